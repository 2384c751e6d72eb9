//! The name of a login that the AWS tools of a computer know.

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
            && !name.chars().any(char::is_control);
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
        let long = "a".repeat(101);
        for text in ["", "  ", "a\nb", "a\u{1b}[2J", "-----BEGIN PRIVATE KEY-----", &long] {
            assert_eq!(AwsProfile::parse(text), Err(AwsProfileError), "{text:?}");
        }
    }
}
