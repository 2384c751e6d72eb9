//! The ids of what a set-up makes that have no form of their own known to Signet.

/// So long no id of CloudFront's is.
const MAX_CHARACTERS: usize = 64;

/// The id of an origin access control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessControlId(String);

/// The id of a key group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGroupId(String);

fn is_id(text: &str) -> bool {
    (1..=MAX_CHARACTERS).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl AccessControlId {
    /// Takes 1 to 64 letters, digits and `-`; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        is_id(text).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KeyGroupId {
    /// Takes 1 to 64 letters, digits and `-`; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        is_id(text).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{AccessControlId, KeyGroupId};

    #[test]
    fn an_id_is_short_and_says_nothing_to_a_terminal_or_an_address() {
        for text in ["E327GJI25M56DG", "8f2c8f2c-8f2c-8f2c-8f2c-8f2c8f2c8f2c"] {
            assert_eq!(AccessControlId::parse(text).unwrap().as_str(), text);
            assert_eq!(KeyGroupId::parse(text).unwrap().as_str(), text);
        }
        for text in ["", " ", "a/b", "../a", "a?b", "a\u{1b}[2J", "\u{202e}a", &"a".repeat(65)] {
            assert_eq!(AccessControlId::parse(text), None, "{text}");
            assert_eq!(KeyGroupId::parse(text), None, "{text}");
        }
    }
}
