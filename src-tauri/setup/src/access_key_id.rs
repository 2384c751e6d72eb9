//! What AWS calls an access key.

use thiserror::Error;

/// What the access keys of IAM users begin with. Those of `ASIA…` end within hours, and are none that is kept.
const BEGINNING: &str = "AKIA";

/// The ID of an access key of an IAM user, `AKIAIOSFODNN7EXAMPLE`. It is no secret: the console shows it to whoever may
/// see the user. What belongs to it is one, and is nowhere in this crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKeyId(String);

/// What was given is no access key's ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not the ID of an access key")]
pub struct AccessKeyIdError;

impl AccessKeyId {
    /// Takes an ID as AWS writes it.
    ///
    /// # Errors
    /// [`AccessKeyIdError`], for one of a login that ends by itself too.
    pub fn parse(text: &str) -> Result<Self, AccessKeyIdError> {
        let is_one = text.starts_with(BEGINNING)
            && (16..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        is_one.then(|| Self(text.to_owned())).ok_or(AccessKeyIdError)
    }

    /// The ID as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_id_of_a_key_that_stays_is_one() {
        for text in ["AKIAIOSFODNN7EXAMPLE", "AKIA234567ABCDEFGHIJ"] {
            assert_eq!(AccessKeyId::parse(text).unwrap().as_str(), text);
        }
        for text in [
            "",
            "AKIA",
            "ASIAIOSFODNN7EXAMPLE",
            "AKIAiosfodnn7example",
            " AKIAIOSFODNN7EXAMPLE",
            "AIDAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            &format!("AKIA{}", "A".repeat(125)),
        ] {
            assert_eq!(AccessKeyId::parse(text), Err(AccessKeyIdError), "{text}");
        }
    }
}
