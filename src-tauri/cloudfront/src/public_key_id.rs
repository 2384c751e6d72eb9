//! The id under which CloudFront knows a public key, and what people paste in its place.

use thiserror::Error;

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
