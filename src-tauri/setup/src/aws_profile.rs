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

    /// Takes what was pasted into a field: the name, or the name in a line of the AWS settings (`[profile papers]`), of
    /// a shell (`AWS_PROFILE=papers`) or of an option (`--profile papers`). Any other text may be a name with blanks.
    ///
    /// # Errors
    /// [`AwsProfileError`], for an empty one too.
    pub fn pasted(text: &str) -> Result<Self, AwsProfileError> {
        let mut name = text.trim();
        for before in [
            "export ",
            "set ",
            "$env:",
            "--profile=",
            "--profile ",
            "AWS_PROFILE=",
            "AWS_PROFILE =",
        ] {
            name = name.strip_prefix(before).unwrap_or(name).trim_start();
        }
        if let Some(section) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            name = section.strip_prefix("profile ").unwrap_or(section).trim();
        }
        let quotes = ['"', '\'', '`', '“', '”', '„'];
        // An option without its name.
        let name = if name.starts_with("--") { "" } else { name };
        let is_quoted =
            name.starts_with(quotes) && name.ends_with(quotes) && name.chars().count() > 2;
        Self::parse(if is_quoted { name.trim_matches(quotes) } else { name })
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
    fn the_answer_is_taken_where_it_is_in_what_was_pasted() {
        for text in [
            "papers",
            "\"papers\"",
            "[profile papers]",
            "[papers]",
            "--profile papers",
            "--profile=papers",
            "AWS_PROFILE=papers",
            "export AWS_PROFILE=papers",
            "set AWS_PROFILE=papers",
            "$env:AWS_PROFILE = \"papers\"",
            "“papers”",
        ] {
            assert_eq!(AwsProfile::pasted(text).unwrap().as_str(), "papers", "{text}");
        }
        assert_eq!(AwsProfile::pasted("Ms Jones' login").unwrap().as_str(), "Ms Jones' login");
        for text in
            ["", "[]", "--profile ", "AKIAIOSFODNN7EXAMPLE", "AWS_PROFILE=AKIAIOSFODNN7EXAMPLE"]
        {
            assert_eq!(AwsProfile::pasted(text), Err(AwsProfileError), "{text}");
        }
    }

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
