//! What a custom policy opens: an address with wildcards, `*` for any characters and `?` for one.
//!
//! Deliberately not here: leaving the resource out, which opens everything of every distribution
//! that trusts the key.

use thiserror::Error;

use crate::address::encode;
use crate::characters::hidden_name;
use crate::reading;

/// A policy's resource: printable ASCII without quotes, backslash, `#`, `<`, `>` and white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyResource(String);

/// Why a text is no resource.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyResourceError {
    /// Nothing.
    #[error("the resource is empty")]
    Empty,
    /// Neither `*` nor `scheme://host/…`.
    #[error("the resource is no address")]
    Invalid,
    /// A character that may not stand there.
    #[error("the resource has a forbidden character: {character:?}")]
    ForbiddenCharacter {
        /// The character.
        character: char,
    },
}

impl PolicyResource {
    /// Takes `https://docs.example.com/reports/*`, `*://…`, or `*` alone. Spaces and what is not
    /// ASCII are encoded as in an address, and nothing else is changed.
    ///
    /// # Errors
    /// [`PolicyResourceError`].
    pub fn parse(text: &str) -> Result<Self, PolicyResourceError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PolicyResourceError::Empty);
        }
        let refused = |c: &char| {
            hidden_name(*c).is_some() || matches!(c, '"' | '\'' | '\\' | '#' | '<' | '>')
        };
        if let Some(character) = text.chars().find(refused) {
            return Err(PolicyResourceError::ForbiddenCharacter { character });
        }
        if text == "*" {
            return Ok(Self(text.to_owned()));
        }
        let (scheme, rest) = text.split_once("://").ok_or(PolicyResourceError::Invalid)?;
        let is_scheme = |c: char| c.is_ascii_alphabetic() || matches!(c, '*' | '?');
        let host = rest.split('/').next().unwrap_or_default();
        if scheme.is_empty()
            || !scheme.chars().all(is_scheme)
            || host.is_empty()
            || !host.is_ascii()
            || host.contains(char::is_whitespace)
        {
            return Err(PolicyResourceError::Invalid);
        }
        Ok(Self(encode::foreign(text)))
    }

    /// The resource as it is signed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it opens this address, judged as links are.
    pub fn opens(&self, url: &str) -> bool {
        reading::opens(&self.0, url)
    }

    /// Whether it opens everything of every distribution that trusts the key.
    pub fn opens_everything(&self) -> bool {
        self.0.bytes().all(|byte| byte == b'*')
            || ["*://*", "https://*", "http://*", "http*://*"].contains(&self.0.as_str())
            || self.0.ends_with("://*/*")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_keep_their_wildcards() {
        for (typed, expected) in [
            ("https://h.example/*", "https://h.example/*"),
            ("*://h.example/a?.pdf", "*://h.example/a?.pdf"),
            ("https://h.example/a b/\u{e9}*?v=1", "https://h.example/a%20b/%C3%A9*?v=1"),
            ("https://h.example/%C3%A9+(1)", "https://h.example/%C3%A9+(1)"),
            (" * ", "*"),
        ] {
            assert_eq!(PolicyResource::parse(typed).unwrap().as_str(), expected);
        }
        for (typed, error) in [
            ("", PolicyResourceError::Empty),
            ("h.example/*", PolicyResourceError::Invalid),
            ("https:///a", PolicyResourceError::Invalid),
            ("https://b\u{fc}cher.example/a", PolicyResourceError::Invalid),
            ("https://h/'", PolicyResourceError::ForbiddenCharacter { character: '\'' }),
            ("https://h/\u{7}", PolicyResourceError::ForbiddenCharacter { character: '\u{7}' }),
            ("https://h/#a", PolicyResourceError::ForbiddenCharacter { character: '#' }),
        ] {
            assert_eq!(PolicyResource::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn what_opens_everything_is_known() {
        for (typed, everything) in [
            ("*", true),
            ("https://*", true),
            ("https://*/*", true),
            ("https://h.example/*", false),
            ("https://*.example/*", false),
        ] {
            assert_eq!(PolicyResource::parse(typed).unwrap().opens_everything(), everything);
        }
    }
}
