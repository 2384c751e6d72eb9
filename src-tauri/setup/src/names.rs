//! What the things that a set-up makes are called.

use signet_cloudfront::key::PublicKey;

/// The names of all that a set-up makes for one key.
///
/// They come from the key alone, so a set-up that was stopped finds what it made before, even where
/// nothing was written down. Each holds letters, digits and `-`, at most 64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    tag: String,
}

impl Names {
    /// The names for the set-up of this key.
    pub fn of(key: &PublicKey) -> Self {
        let digits = key.fingerprint().to_string();
        let tag = digits.chars().filter(char::is_ascii_hexdigit).take(12).collect::<String>();
        Self { tag: tag.to_ascii_lowercase() }
    }

    /// The origin access control, the public key, the key group, the comment of a new distribution
    /// and the `CallerReference` of what has one: CloudFront keeps each kind apart.
    pub fn common(&self) -> String {
        format!("signet-{}", self.tag)
    }

    /// The IAM user for documents.
    pub fn document_user(&self) -> String {
        Self::document_user_of(&self.common())
    }

    /// The same, of a set-up of that name.
    pub fn document_user_of(set_up: &str) -> String {
        format!("{set_up}-documents")
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use signet_cloudfront::key::SigningKey;

    #[test]
    fn a_key_has_one_name_and_another_key_another() {
        let (one, other) = (SigningKey::generate_p256(), SigningKey::generate_p256());
        let name = |key: &SigningKey| Names::of(&key.public_key()).common();
        assert_eq!(name(&one), name(&one));
        assert_ne!(name(&one), name(&other));
        assert_eq!(name(&one).len(), "signet-".len() + 12);
    }
}
