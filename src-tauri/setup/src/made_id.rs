//! The ids of what a set-up makes that have no form of their own known to Signet.

/// So long no id of CloudFront's is.
const MAX_CHARACTERS: usize = 64;

/// The id of an origin access control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessControlId(String);

/// The id of a key group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGroupId(String);

/// The id of an IAM user, `AIDACKCEVSQ6C2EXAMPLE`. A user who is made anew under the same name has another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserId(String);

/// What the ids of IAM users begin with.
const USER: &str = "AIDA";

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

impl UserId {
    /// Takes `AIDA` and 12 to 124 capitals and digits; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.starts_with(USER)
            && (16..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        is_one.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{AccessControlId, KeyGroupId, UserId};

    #[test]
    fn an_id_is_short_and_says_nothing_to_a_terminal_or_an_address() {
        for text in ["E327GJI25M56DG", "8f2c8f2c-8f2c-8f2c-8f2c-8f2c8f2c8f2c"] {
            assert_eq!(AccessControlId::parse(text).unwrap().as_str(), text);
            assert_eq!(KeyGroupId::parse(text).unwrap().as_str(), text);
        }
        for text in ["", " ", "a/b", "../a", "a?b", "a\u{1b}[2J", "\u{202e}a", &"a".repeat(65)] {
            assert_eq!(AccessControlId::parse(text), None, "{text}");
            assert_eq!(KeyGroupId::parse(text), None, "{text}");
            assert_eq!(UserId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_user_is_known_by_an_id_of_its_kind() {
        let text = "AIDACKCEVSQ6C2EXAMPLE";
        assert_eq!(UserId::parse(text).unwrap().as_str(), text);
        for text in
            ["AKIAIOSFODNN7EXAMPLE", "AROACKCEVSQ6C2EXAMPLE", "AIDA", "aidackcevsq6c2example"]
        {
            assert_eq!(UserId::parse(text), None, "{text}");
        }
    }
}
