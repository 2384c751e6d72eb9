//! The name of a login that the AWS tools of a computer know.

use signet_cloudfront::secrecy;
use thiserror::Error;

/// Longer names are no names.
const LONGEST: usize = 100;

/// A profile of the AWS tools. Whether there is one of this name is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsProfile(String);

/// What was given is no profile's name, and may be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not the name of a profile")]
pub struct AwsProfileError;

impl AwsProfile {
    /// Takes a typed name; white space around it goes.
    ///
    /// # Errors
    /// [`AwsProfileError`], for an empty one too.
    pub fn parse(text: &str) -> Result<Self, AwsProfileError> {
        let is_too_long = text.chars().count() > LONGEST;
        let name = text.trim();
        let is_name = !name.is_empty()
            && !is_too_long
            && !name.contains("-----")
            && !name.chars().any(char::is_control)
            && !secrecy::holds_secret(name);
        is_name.then(|| Self(name.to_owned())).ok_or(AwsProfileError)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{AwsProfile, AwsProfileError};

    #[test]
    fn what_was_pasted_by_mistake_is_no_name() {
        for (text, name) in [(" papers ", "papers"), ("Ms Jones' login", "Ms Jones' login")] {
            assert_eq!(AwsProfile::parse(text).unwrap().as_str(), name);
        }
        for name in [
            "AdministratorAccess-123456789012",
            "AWSPowerUserAccess-123456789012",
            "client-papers-production-eu-central-1",
            "ada.lovelace@example.com",
            "default",
        ] {
            assert_eq!(AwsProfile::parse(name).unwrap().as_str(), name);
        }
        let long = "a".repeat(101);
        let access_key = "AKIAIOSFODNN7EXAMPLE";
        for text in
            ["", "  ", access_key, "a\nb", "a\u{1b}[2J", "-----BEGIN PRIVATE KEY-----", &long]
        {
            assert_eq!(AwsProfile::parse(text), Err(AwsProfileError), "{text:?}");
        }
    }
}
