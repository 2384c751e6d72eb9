//! What scripts read, made of the shapes that the window gets: `pathChanged` is `path-changed` to a script, and
//! the field `keyId` is `key_id`. Released names stay, and the tests of each answer hold them.

use serde::Serialize;
use serde_json::{Map, Value};

/// The name of a value of an enum.
pub fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => parted(&name, '-'),
        Ok(Value::Object(mut all)) => match all.remove("kind") {
            Some(Value::String(kind)) => parted(&kind, '-'),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// What belongs to it beside its name.
pub fn fields(value: &impl Serialize) -> Map<String, Value> {
    let Ok(Value::Object(all)) = serde_json::to_value(value) else { return Map::new() };
    let named = all.into_iter().filter(|(name, _)| name != "kind");
    named.map(|(name, value)| (parted(&name, '_'), value)).collect()
}

fn parted(name: &str, mark: char) -> String {
    let mut parted = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            parted.push(mark);
        }
        parted.push(character.to_ascii_lowercase());
    }
    parted
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_parted_where_a_word_begins() {
        for (name, expected) in [
            ("works", "works"),
            ("pathChanged", "path-changed"),
            ("encryptedByS3", "encrypted-by-s3"),
            ("ipv6", "ipv6"),
            ("idIsNotAKeyId", "id-is-not-a-key-id"),
        ] {
            assert_eq!(parted(name, '-'), expected);
            assert_eq!(code(&json!(name)), expected);
            let shape = json!({"kind": name, "keyId": 1, "name": "pathChanged"});
            assert_eq!(code(&shape), expected);
            assert_eq!(Value::Object(fields(&shape)), json!({"key_id": 1, "name": "pathChanged"}));
        }
        assert_eq!(fields(&json!("works")), Map::new());
    }
}
