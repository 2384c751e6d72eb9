//! A document's address, terms and a key become a link: the only place that signs.
//!
//! Nothing is parsed again after signing: the link begins with the very bytes that were signed.

use std::fmt;

use thiserror::Error;

use crate::address::DocumentAddress;
use crate::encoding;
use crate::key::{HashAlgorithm, SigningError, SigningKey};
use crate::link_conditions::{LinkConditions, PolicyForm};
use crate::public_key_id::PublicKeyId;

/// CloudFront takes no longer link.
pub const MAX_BYTES: usize = 8_192;

/// A link that opens a document until it ends.
///
/// Whoever has it can open the document, so its `Debug` hides the signature.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedUrl(String);

/// Why no link was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignUrlError {
    /// The key did not sign.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The policy's resource does not open the link's own address.
    #[error("the policy does not open the address")]
    NotCovered,
    /// The link would be longer than CloudFront takes.
    #[error("the link has {length} characters, of at most {most}")]
    TooLong {
        /// Its length.
        length: usize,
        /// The most it may have.
        most: usize,
    },
}

/// Signs: `<address>?[own&]Expires=N|Policy=P&Signature=S&Key-Pair-Id=K[&Hash-Algorithm=SHA256]`.
///
/// This order is every AWS tool's, and such a link never ends in a character that mail programs cut
/// off.
///
/// # Errors
/// [`SignUrlError`].
pub fn sign(
    address: &DocumentAddress,
    terms: &LinkConditions,
    hash: HashAlgorithm,
    key: &SigningKey,
    id: &PublicKeyId,
) -> Result<SignedUrl, SignUrlError> {
    let url = address.as_str();
    if !terms.covers(address) {
        return Err(SignUrlError::NotCovered);
    }
    let (stated, policy) = match terms.stated_for(url) {
        PolicyForm::Canned { policy, expires_at } => (format!("Expires={expires_at}"), policy),
        PolicyForm::Custom { policy } => {
            (format!("Policy={}", encoding::encode(policy.as_bytes())), policy)
        }
    };
    let signature = key.sign(hash, policy.as_bytes())?;
    let separator = if url.contains('?') { '&' } else { '?' };
    let algorithm = match hash {
        HashAlgorithm::Sha1 => "",
        HashAlgorithm::Sha256 => "&Hash-Algorithm=SHA256",
    };
    let link = format!(
        "{url}{separator}{stated}&Signature={}&Key-Pair-Id={}{algorithm}",
        encoding::encode(&signature),
        id.as_str(),
    );
    if link.len() > MAX_BYTES {
        return Err(SignUrlError::TooLong { length: link.len(), most: MAX_BYTES });
    }
    Ok(SignedUrl(link))
}

impl SignedUrl {
    /// The link, to be handed out as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.split_once("Signature=").map_or("", |(before, _)| before);
        write!(f, "SignedUrl({shown}Signature=…[hidden])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link_conditions::Limits;
    use crate::policy;
    use crate::policy_resource::PolicyResource;
    use crate::site::SiteAddress;

    fn sign_until(
        address: &DocumentAddress,
        end: i64,
        key: &SigningKey,
    ) -> Result<SignedUrl, SignUrlError> {
        sign(address, &LinkConditions::until(end), key.default_hash(), key, &id())
    }

    fn id() -> PublicKeyId {
        PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap()
    }

    fn address(text: &str) -> DocumentAddress {
        DocumentAddress::parse(text, &SiteAddress::parse("docs.example.com").unwrap()).unwrap()
    }

    #[test]
    fn the_parameters_stand_in_this_order() {
        let key = SigningKey::generate_p256();
        for (text, separator) in [("a.pdf", '?'), ("a.pdf?v=2", '&')] {
            let link = sign_until(&address(text), 1_796_144_400, &key).unwrap();
            let rest = link.as_str().strip_prefix(address(text).as_str()).unwrap();
            let rest =
                rest.strip_prefix(&format!("{separator}Expires=1796144400&Signature=")).unwrap();
            let (signature, tail) = rest.split_once('&').unwrap();
            assert_eq!(tail, "Key-Pair-Id=K2JCJMDEHXQW5F&Hash-Algorithm=SHA256");
            let signature = encoding::decode(signature).unwrap();
            let policy = policy::canned(address(text).as_str(), 1_796_144_400);
            assert!(key.public_key().verify(HashAlgorithm::Sha256, policy.as_bytes(), &signature));
        }
    }

    #[test]
    fn a_custom_policy_travels_in_the_link() {
        let key = SigningKey::generate_p256();
        let resource = PolicyResource::parse("https://docs.example.com/reports/*").ok();
        let limits = Limits { resource, ..Limits::default() };
        let terms = LinkConditions::new(1_796_144_400, limits).unwrap();
        let sign = |text: &str| sign(&address(text), &terms, HashAlgorithm::Sha1, &key, &id());
        assert_eq!(sign("letters/a.pdf"), Err(SignUrlError::NotCovered));
        let link = sign("reports/a.pdf?v=2").unwrap();
        let tail = link.as_str().split_once("a.pdf?v=2&Policy=").unwrap().1;
        let (policy, tail) = tail.split_once("&Signature=").unwrap();
        let (signature, tail) = tail.split_once('&').unwrap();
        assert_eq!(tail, "Key-Pair-Id=K2JCJMDEHXQW5F");
        let (policy, signature) = (encoding::decode(policy), encoding::decode(signature));
        let (policy, signature) = (policy.unwrap(), signature.unwrap());
        assert!(
            policy
                .starts_with(br#"{"Statement":[{"Resource":"https://docs.example.com/reports/*","#)
        );
        assert!(key.public_key().verify(HashAlgorithm::Sha1, &policy, &signature));
    }

    #[test]
    fn the_same_recipe_gives_the_same_link() {
        let key = SigningKey::generate_p256();
        let link = || sign_until(&address("a.pdf"), 1_796_144_400, &key).unwrap();
        assert_eq!(link(), link());
    }

    #[test]
    fn a_link_too_long_for_cloudfront_is_not_made() {
        let long = address(&"a".repeat(8_100));
        let error = sign_until(&long, 1_796_144_400, &SigningKey::generate_p256()).unwrap_err();
        assert!(matches!(error, SignUrlError::TooLong { most: 8_192, .. }));
    }

    #[test]
    fn debug_hides_the_signature() {
        let link =
            sign_until(&address("a.pdf"), 1_796_144_400, &SigningKey::generate_p256()).unwrap();
        let signature =
            link.as_str().split_once("Signature=").unwrap().1.split_once('&').unwrap().0.to_owned();
        assert!(link.as_str().contains(&signature));
        assert!(!format!("{link:?}").contains(&signature));
        assert!(format!("{link:?}").contains("[hidden]"));
    }
}
