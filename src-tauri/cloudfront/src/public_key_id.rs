//! The id under which CloudFront knows a public key, and what people paste in its place.

use thiserror::Error;

use crate::pasted;

/// A public key ID: `K` and 13 letters or digits, or an old root-account key-pair id (`APKA…`, 20).
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PublicKeyId(String);

/// What was pasted instead of a public key ID.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PublicKeyIdError {
    /// Nothing.
    #[error("the public key ID is empty")]
    Empty,
    /// A distribution's id, `E…`.
    #[error("this is a distribution ID")]
    IsDistributionId {
        /// What was pasted.
        id: String,
    },
    /// A key group's id, a UUID.
    #[error("this is a key group ID")]
    IsKeyGroupId {
        /// What was pasted.
        id: String,
    },
    /// An access key's id, `AKIA…` or `ASIA…`. It is not repeated: it belongs to a secret.
    #[error("this is an access key ID")]
    IsAccessKey,
    /// The text of a key.
    #[error("this is a key, not its ID")]
    IsPem,
    /// What a program writes where nothing was filled in: `undefined`, `null`, `YOUR_KEY_ID`.
    #[error("no ID was filled in")]
    NotFilledIn,
    /// An id in small letters, under which CloudFront knows no key.
    #[error("its letters are small, and those of an ID are capitals")]
    SmallLetters,
    /// Anything else.
    #[error("an ID is a K and 13 capital letters or digits")]
    Invalid,
}

/// What programs and instructions have in the place of an id, in small letters.
const NOT_FILLED_IN: [&str; 11] =
    ["undefined", "null", "nan", "none", "nil", "true", "false", "nothing", "empty", "todo", "xxx"];

impl PublicKeyId {
    /// Takes a pasted id; white space around it goes.
    ///
    /// # Errors
    /// [`PublicKeyIdError`], named after what was pasted instead.
    pub fn parse(text: &str) -> Result<Self, PublicKeyIdError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PublicKeyIdError::Empty);
        }
        if text.contains("-----BEGIN") {
            return Err(PublicKeyIdError::IsPem);
        }
        if is_key_group_id(text) {
            return Err(PublicKeyIdError::IsKeyGroupId { id: text.to_owned() });
        }
        if is_not_filled_in(text) {
            return Err(PublicKeyIdError::NotFilledIn);
        }
        if !text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            let capitals = text.to_ascii_uppercase();
            return Err(match capitals != text && Self::parse(&capitals).is_ok() {
                true => PublicKeyIdError::SmallLetters,
                false => PublicKeyIdError::Invalid,
            });
        }
        match (text.bytes().next(), text.len()) {
            (Some(b'K'), 14) => Ok(Self(text.to_owned())),
            _ if text.starts_with("APKA") && text.len() == 20 => Ok(Self(text.to_owned())),
            _ if text.starts_with("AKIA") || text.starts_with("ASIA") => {
                Err(PublicKeyIdError::IsAccessKey)
            }
            (Some(b'E'), 12..=15) => {
                Err(PublicKeyIdError::IsDistributionId { id: text.to_owned() })
            }
            _ => Err(PublicKeyIdError::Invalid),
        }
    }

    /// Takes what was pasted into a field: the id alone, or the one id in a label, quotes, a line of a table or the
    /// address of the console's page about it.
    ///
    /// # Errors
    /// [`PublicKeyIdError`], named after what was pasted instead.
    pub fn pasted(text: &str) -> Result<Self, PublicKeyIdError> {
        let error = match Self::parse(text) {
            Err(error) if error != PublicKeyIdError::IsPem => error,
            parsed => return parsed,
        };
        let found: Vec<_> = pasted::pieces(text).iter().map(|piece| Self::parse(piece)).collect();
        if let Some(id) = pasted::only(found.iter().flatten()) {
            return Ok(id.clone());
        }
        // What stands there instead is said of a part as of the whole.
        let is_named = |error: &&PublicKeyIdError| {
            !matches!(error, PublicKeyIdError::Invalid | PublicKeyIdError::NotFilledIn)
        };
        let named = found.iter().filter_map(|found| found.as_ref().err()).find(is_named);
        match (error, named) {
            (PublicKeyIdError::Invalid, Some(named)) if found.iter().flatten().next().is_none() => {
                Err(named.clone())
            }
            (error, _) => Err(error),
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A word of a programming language, a variable that was not replaced, or a hint what to type.
fn is_not_filled_in(text: &str) -> bool {
    let small = text.to_ascii_lowercase();
    // Of the ids that CloudFront gives, not one in a million million has so many of one letter in a row.
    let is_crossed_out = text.contains("XXXXXXXX") || text.contains("xxxxxxxx");
    NOT_FILLED_IN.contains(&small.as_str())
        || is_crossed_out
        || small.starts_with(['<', '$', '{', '%', '['])
        || ["your", "key_", "key-", "keypair", "publickey", "public_key", "public-key"]
            .iter()
            .any(|hint| small.starts_with(hint))
}

/// Eight, four, four, four and twelve hexadecimal digits.
fn is_key_group_id(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{PublicKeyId, PublicKeyIdError as E};

    #[test]
    fn the_answer_is_taken_where_it_is_in_what_was_pasted() {
        let id = "K2JCJMDEHXQW5F";
        let console = "https://us-east-1.console.aws.amazon.com/cloudfront/v4/home?region=eu-central-1#/publickey";
        for text in [
            id.to_owned(),
            format!("\"{id}\","),
            format!("Key ID: {id}"),
            format!("Id={id};"),
            format!("**{id}**"),
            format!("`{id}`."),
            format!("<{id}>"),
            format!("„{id}“"),
            format!("PublicKeyId\t{id}\tSend this back"),
            format!("Key-Pair-Id={id}"),
            format!("--key-pair-id {id}"),
            format!("\u{feff}{id}\u{200b}"),
            format!("{console}/{id}"),
            format!("{console}/edit/{id}"),
            format!("| signet-papers | {id} | 29 November 2026 |"),
            format!("{id}\n{id}"),
        ] {
            assert_eq!(
                PublicKeyId::pasted(&text).map(|found| found.as_str().to_owned()),
                Ok(id.into()),
                "{text}"
            );
        }
        for (text, error) in [
            (String::new(), E::Empty),
            (format!("{id} K3JCJMDEHXQW5F"), E::Invalid),
            (format!("https://docs.example.com/{id}"), E::Invalid),
            (
                "Distribution ID: E2QWRUHAPOMQZL".into(),
                E::IsDistributionId { id: "E2QWRUHAPOMQZL".into() },
            ),
            ("Key ID: k2jcjmdehxqw5f".into(), E::SmallLetters),
            ("Key: AKIAIOSFODNN7EXAMPLE".into(), E::IsAccessKey),
            (
                "Key group: a1b2c3d4-5678-90ab-cdef-1234567890ab".into(),
                E::IsKeyGroupId { id: "a1b2c3d4-5678-90ab-cdef-1234567890ab".into() },
            ),
            ("the key".into(), E::Invalid),
            ("undefined".into(), E::NotFilledIn),
        ] {
            assert_eq!(PublicKeyId::pasted(&text), Err(error), "{text}");
        }
    }

    #[test]
    fn takes_new_and_old_ids() {
        for (text, id) in [
            ("K2JCJMDEHXQW5F", "K2JCJMDEHXQW5F"),
            (" K2JCJMDEHXQW5F\n", "K2JCJMDEHXQW5F"),
            // What looks made up may be real.
            ("K1234567890ABC", "K1234567890ABC"),
            ("K00000000000AA", "K00000000000AA"),
            ("K2XXXX4XXXXQ5F", "K2XXXX4XXXXQ5F"),
            ("APKAEIBAERJR2EXAMPLE", "APKAEIBAERJR2EXAMPLE"),
        ] {
            assert_eq!(
                PublicKeyId::parse(text).map(|id| id.as_str().to_owned()),
                Ok(id.to_owned())
            );
        }
    }

    #[test]
    fn names_what_people_paste_instead() {
        let group = "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111";
        let real_group = "a1b2c3d4-5678-90ab-cdef-1234567890ab";
        for (text, error) in [
            ("", E::Empty),
            (" \t", E::Empty),
            ("E2QWRUHAPOMQZL", E::IsDistributionId { id: "E2QWRUHAPOMQZL".into() }),
            ("EDFDVBD6EXAMPLE", E::IsDistributionId { id: "EDFDVBD6EXAMPLE".into() }),
            (real_group, E::IsKeyGroupId { id: real_group.into() }),
            (group, E::Invalid),
            ("AKIAIOSFODNN7EXAMPLE", E::IsAccessKey),
            ("ASIAIOSFODNN7EXAMPLE", E::IsAccessKey),
            ("-----BEGIN PUBLIC KEY-----\nMIIB", E::IsPem),
            ("K2JCJMDEHXQW5", E::Invalid),
            ("K2JCJMDEHXQW5FF", E::Invalid),
            ("k2jcjmdehxqw5f", E::SmallLetters),
            ("K2JCJMDEHXQw5F", E::SmallLetters),
            ("apkaeibaerjr2example", E::SmallLetters),
            ("k2jcjmdehxqw5", E::Invalid),
            ("undefined", E::NotFilledIn),
            ("Undefined", E::NotFilledIn),
            ("null", E::NotFilledIn),
            ("NULL", E::NotFilledIn),
            ("NaN", E::NotFilledIn),
            ("None", E::NotFilledIn),
            ("nil", E::NotFilledIn),
            ("true", E::NotFilledIn),
            ("[object Object]", E::NotFilledIn),
            ("$KEY_PAIR_ID", E::NotFilledIn),
            ("${KEY_PAIR_ID}", E::NotFilledIn),
            ("{{ key_id }}", E::NotFilledIn),
            ("%KEY_ID%", E::NotFilledIn),
            ("<your-key-id>", E::NotFilledIn),
            ("YOUR_KEY_ID", E::NotFilledIn),
            ("KEY_PAIR_ID", E::NotFilledIn),
            ("KEYPAIRID", E::NotFilledIn),
            ("KXXXXXXXXXXXXX", E::NotFilledIn),
            ("Kxxxxxxxxxxxxx", E::NotFilledIn),
            ("K2XXXXXXXXXXXX", E::NotFilledIn),
            ("APKAXXXXXXXXXXXXXXXX", E::NotFilledIn),
            ("12345", E::Invalid),
            ("K1", E::Invalid),
            ("K-1", E::Invalid),
            ("Key", E::Invalid),
            ("APKAEIBAERJR2EXAMPL", E::Invalid),
            ("K2JCJMDEHXQW5\u{202e}", E::Invalid),
            ("K2JCJMDEHXQW-F", E::Invalid),
        ] {
            assert_eq!(PublicKeyId::parse(text), Err(error), "{text}");
        }
    }
}
