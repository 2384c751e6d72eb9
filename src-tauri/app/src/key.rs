//! What is known of a key without the key: its name, how to recognise it, and what CloudFront knows of it.

use std::fmt;

use thiserror::Error;

use super::hex_id;
use super::signing_parameters::SigningParameters;
use signet_cloudfront::characters::{as_read, as_seen};
use signet_cloudfront::key::{Fingerprint, HashAlgorithm, KeyKind, PublicKey};
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

/// A key of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Names the secret in the keychain.
    pub id: KeyId,
    /// What the person calls it; at first as its site.
    pub name: Name,
    /// RSA 2048 or P-256.
    pub kind: KeyKind,
    /// SHA-256 of the public half.
    pub fingerprint: Fingerprint,
    /// What CloudFront knows of it; `None` for a key that it does not know yet, which makes no links.
    pub registration: Option<Registration>,
}

/// What makes a key one whose links open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// What CloudFront calls the key.
    pub public_key_id: PublicKeyId,
    /// The hash under its signatures.
    pub hash: HashAlgorithm,
}

/// A key that CloudFront knows, with what it signs for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredKey {
    /// Names the secret in the keychain.
    pub id: KeyId,
    /// What the person calls it.
    pub name: Name,
    /// Where its links point.
    pub site: SiteAddress,
    /// What CloudFront calls it.
    pub public_key_id: PublicKeyId,
    /// RSA 2048 or P-256.
    pub kind: KeyKind,
    /// SHA-256 of the public half.
    pub fingerprint: Fingerprint,
    /// The hash under its signatures.
    pub hash: HashAlgorithm,
}

impl RegisteredKey {
    /// Whose links the key makes.
    pub fn signer(&self) -> SigningParameters {
        SigningParameters {
            site: self.site.clone(),
            public_key_id: self.public_key_id.clone(),
            hash: self.hash,
        }
    }
}

/// Names a secret in the keychain, mostly a key's: 32 lower-case hexadecimal digits.
///
/// Derived from the public half, the site and the public key ID, so the same key added again after
/// the list was lost finds its old place instead of leaving a second secret behind. A key that was
/// made here had neither site nor ID at first; its id is derived from the public half alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyId(String);

impl KeyId {
    pub(super) fn of(public_key: &PublicKey, address: &SiteAddress, id: &PublicKeyId) -> Self {
        let (fingerprint, origin) = (public_key.fingerprint(), address.origin());
        Self::digest(&format!("{fingerprint}\n{origin}\n{}", id.as_str()))
    }

    pub(super) fn of_made(public_key: &PublicKey) -> Self {
        Self::digest(&format!("{}\nmade", public_key.fingerprint()))
    }

    /// Where the access key to a site's documents lies, which is no key that signs.
    pub(super) fn of_access_key(site_id: &str) -> Self {
        Self::digest(&format!("{site_id}\naccess key"))
    }

    fn digest(text: &str) -> Self {
        Self(hex_id::of(text))
    }

    /// Reads an id that was written by [`KeyId::as_str`]; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        hex_id::is_one(text).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a site or a key: 1 to [`Name::MAX`] characters, none of them a control or direction mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// The most characters a name may have.
    pub const MAX: usize = 60;

    /// Takes a typed name; white space around it goes, and so does what cannot be seen.
    ///
    /// # Errors
    /// [`NameError`] where nothing is left, or too much.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = as_seen(text);
        if name.is_empty() {
            return Err(NameError::Empty);
        }
        if name.chars().count() > Self::MAX {
            return Err(NameError::TooLong { most: Self::MAX });
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// So many digits of a fingerprint a name has room for.
    pub(super) const MAX_OF_FOUND: usize = 40;

    /// What a key is called whose name is lost: "Found key 8f3a…", with so many digits.
    pub(super) fn found(fingerprint: &Fingerprint, digits: usize) -> Self {
        let digits: String =
            fingerprint.to_string().chars().take(digits.min(Self::MAX_OF_FOUND)).collect();
        Self(format!("Found key {digits}…"))
    }

    /// Whether a person would take both for the same name.
    pub(super) fn reads_like(&self, other: &Self) -> bool {
        as_read(&self.0) == as_read(&other.0)
    }
}

/// What a typed name may be wrong with.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum NameError {
    /// Nothing was typed.
    #[error("the name is empty")]
    Empty,
    /// More than `most` characters.
    #[error("the name has more than {most} characters")]
    TooLong {
        /// The most characters a name may have.
        most: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_a_person_sees() {
        let parsed = |text: &str| Name::parse(text).map(|name| name.as_str().to_owned());
        for (text, seen) in [
            ("  Main key\n", "Main key"),
            ("Main\u{a0}key\u{3000}", "Main key"),
            ("Ma\u{202e}in\u{ad} k\u{3164}ey\u{e0041}\u{1d173}\u{2065}\u{17b4}", "Main key"),
            ("\u{2800}Main\u{2800}key", "Main key"),
            ("Schlüssel 鍵", "Schlüssel 鍵"),
        ] {
            assert_eq!(parsed(text).as_deref(), Ok(seen), "{text:?}");
        }
        for text in
            ["", " ", "\u{3164}", "\u{2800}\u{a0}", "\u{fe0f}", "\u{e0100}\u{180b}", "\u{ad}"]
        {
            assert_eq!(parsed(text), Err(NameError::Empty), "{text:?}");
        }
    }

    #[test]
    fn a_name_that_reads_like_another_is_found() {
        let name = |text: &str| Name::parse(text).unwrap();
        for other in ["main KEY", "Main  key", "Ma\u{2065}in\u{2003}key", "Ｍain key"] {
            assert!(name("Main key").reads_like(&name(other)), "{other:?}");
        }
        assert!(!name("Main key").reads_like(&name("Main key 2")));
    }
}
