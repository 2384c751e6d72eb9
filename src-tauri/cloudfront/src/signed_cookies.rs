//! Cookies that open what a signed link would open, for sites that set them themselves.
//!
//! Source: "Use signed cookies", Amazon CloudFront Developer Guide.

use std::fmt;

use thiserror::Error;

use crate::address::{AddressError, DocumentAddress};
use crate::encoding;
use crate::key::{HashAlgorithm, SigningError, SigningKey};
use crate::link_conditions::{LinkConditions, PolicyForm};
use crate::policy_resource::{PolicyResource, PolicyResourceError};
use crate::public_key_id::PublicKeyId;

/// What cookies open: one address, or all that a resource with wildcards covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// One address.
    Address(DocumentAddress),
    /// Everything that matches.
    Resource(PolicyResource),
}

/// Why a text says nothing that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenedError {
    /// It has no wildcard and is no address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// It has a wildcard and is no resource.
    #[error(transparent)]
    Resource(#[from] PolicyResourceError),
}

impl Opened {
    /// Takes an address, or a resource with a `*` in it.
    ///
    /// # Errors
    /// [`OpenedError`].
    pub fn parse(text: &str) -> Result<Self, OpenedError> {
        if text.contains('*') {
            return Ok(Self::Resource(PolicyResource::parse(text)?));
        }
        Ok(Self::Address(DocumentAddress::parse_url(text)?))
    }
}

/// Names and values, in the order in which they are written. Whoever has them can open what they
/// open, so their `Debug` hides the values.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedCookies(Vec<(&'static str, String)>);

/// Signs cookies. The policy is canned for one address without limits, and custom otherwise.
///
/// # Errors
/// [`SigningError`].
pub fn sign(
    opened: &Opened,
    terms: &LinkConditions,
    hash: HashAlgorithm,
    key: &SigningKey,
    id: &PublicKeyId,
) -> Result<SignedCookies, SigningError> {
    let stated = match opened {
        Opened::Address(address) => terms.stated_for(address.as_str()),
        Opened::Resource(resource) => terms.custom_for(resource.as_str()),
    };
    let (first, policy) = match stated {
        PolicyForm::Canned { policy, expires_at } => {
            (("CloudFront-Expires", expires_at.to_string()), policy)
        }
        PolicyForm::Custom { policy } => {
            (("CloudFront-Policy", encoding::encode(policy.as_bytes())), policy)
        }
    };
    let signature = encoding::encode(&key.sign(hash, policy.as_bytes())?);
    let mut cookies = vec![
        first,
        ("CloudFront-Signature", signature),
        ("CloudFront-Key-Pair-Id", id.as_str().to_owned()),
    ];
    if hash == HashAlgorithm::Sha256 {
        cookies.push(("CloudFront-Hash-Algorithm", "SHA256".to_owned()));
    }
    Ok(SignedCookies(cookies))
}

impl SignedCookies {
    /// Each name with its value; no value needs quotes in a header or in JSON.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl fmt::Debug for SignedCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(name, _)| (name, "…[hidden]"))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::HashAlgorithm::{Sha1, Sha256};

    #[test]
    fn the_policy_is_custom_where_a_wildcard_stands() {
        let key = SigningKey::generate_p256();
        let id = PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
        let names = |text: &str, hash| {
            let opened = Opened::parse(text).unwrap();
            let cookies = sign(&opened, &LinkConditions::until(10), hash, &key, &id).unwrap();
            assert!(!format!("{cookies:?}").contains("K2JCJMDEHXQW5F"));
            cookies.iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        let rest = ["CloudFront-Signature", "CloudFront-Key-Pair-Id", "CloudFront-Hash-Algorithm"];
        assert_eq!(names("https://h.example/a?b=c", Sha256)[0], "CloudFront-Expires");
        assert_eq!(names("https://h.example/*", Sha256)[0], "CloudFront-Policy");
        assert_eq!(names("https://h.example/*", Sha256)[1..], rest);
        assert_eq!(names("https://h.example/*", Sha1)[1..], rest[..2]);
        assert!(matches!(Opened::parse("a.pdf"), Err(OpenedError::Address(_))));
        assert!(matches!(Opened::parse("a*"), Err(OpenedError::Resource(_))));
    }
}
