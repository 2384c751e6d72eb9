//! Keys that sign and keys that verify: RSA 2048 and P-256, the two kinds that CloudFront takes.
//!
//! [`SigningKey`] has no `Debug`, `Clone` or `Serialize`, and its numbers are wiped when it is
//! dropped (by `rsa`, `p256` and AWS-LC). `rsa` and `p256` read, check and verify; AWS-LC does what
//! takes long when signing. Deliberately not here: the many shapes of key files, see
//! [`crate::key_file`].

mod deterministic_ecdsa;
mod fingerprint;
mod rsa_signer;

use getrandom::SysRng;
use p256::ecdsa;
use pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::pkcs1v15;
use rsa::signature::{Verifier, hazmat};
use rsa::traits::PublicKeyParts;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

pub use fingerprint::{Fingerprint, FingerprintError};
use rsa_signer::RsaSigner;

/// The kinds of key that CloudFront takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum KeyKind {
    /// RSA with a modulus of 2,048 bits.
    Rsa2048,
    /// ECDSA on the curve P-256.
    P256,
}

impl KeyKind {
    /// SHA-1 for RSA, as every AWS SDK signs; SHA-256 for P-256, as the AWS CLI does. For a key that no list
    /// describes.
    pub fn default_hash(self) -> HashAlgorithm {
        match self {
            Self::Rsa2048 => HashAlgorithm::Sha1,
            Self::P256 => HashAlgorithm::Sha256,
        }
    }
}

/// The hashes that CloudFront takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "Hash"))]
#[serde(rename_all = "camelCase")]
pub enum HashAlgorithm {
    /// SHA-1: what a link without `Hash-Algorithm` is read with.
    Sha1,
    /// SHA-256: what `Hash-Algorithm=SHA256` says.
    Sha256,
}

impl HashAlgorithm {
    /// What a key signs with that is new in the list: the stronger one, which CloudFront takes everywhere.
    /// Keys that are listed already keep theirs.
    pub const RECOMMENDED: Self = Self::Sha256;
}

/// A private key that signs links.
pub struct SigningKey(Private);

enum Private {
    Rsa(Box<RsaSigner>),
    // On the heap, as the other one: whoever moves the key on leaves no copy of its number behind.
    P256(Box<ecdsa::SigningKey>),
}

/// The public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(Public);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Public {
    Rsa(Box<rsa::PublicKey>),
    P256(ecdsa::VerifyingKey),
}

/// Why a key is not one that CloudFront takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// An RSA key of another size.
    #[error("the RSA key has {bits} bits")]
    RsaSize {
        /// The size of its modulus.
        bits: usize,
    },
    /// Its numbers do not belong together, or it does not verify what it signs.
    #[error("the key is damaged")]
    Damaged,
}

/// What the keychain gave back is not the key that was stored there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("what the keychain holds is not the key")]
pub struct StoredKeyError;

/// A signature could not be made, or did not verify and was thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the signature could not be made")]
pub struct SigningError;

impl SigningKey {
    /// A new P-256 key from the system's randomness, for a key that is thrown away.
    pub fn generate_p256() -> Self {
        use rsa::Generate;
        Self(Private::P256(Box::new(ecdsa::SigningKey::generate())))
    }

    /// A new key from the system's randomness, to be kept. RSA takes about a second.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] where it does not verify what it signs, which is a fault of the computer.
    pub fn generate(kind: KeyKind) -> Result<Self, KeyError> {
        match kind {
            KeyKind::P256 => Self::generate_p256().tried(),
            KeyKind::Rsa2048 => {
                // The crate's own default is 3,072 bits, which CloudFront does not take.
                let key = rsa::PrivateKey::new(&mut SysRng, 2048);
                Self::from_rsa(key.map_err(|_| KeyError::Damaged)?)
            }
        }
    }

    /// Takes an RSA key once it is known to be whole.
    pub(crate) fn from_rsa(key: rsa::PrivateKey) -> Result<Self, KeyError> {
        let bits = key.n().bit_width() as usize;
        if bits != 2048 {
            return Err(KeyError::RsaSize { bits });
        }
        key.validate().map_err(|_| KeyError::Damaged)?;
        let signer = RsaSigner::new(key).ok_or(KeyError::Damaged)?;
        Self(Private::Rsa(Box::new(signer))).tried()
    }

    /// Takes a P-256 key.
    pub(crate) fn from_p256(key: &p256::SecretKey) -> Result<Self, KeyError> {
        Self(Private::P256(Box::new(key.into()))).tried()
    }

    /// Reads what [`SigningKey::to_pkcs8_der`] wrote.
    ///
    /// # Errors
    /// [`StoredKeyError`] for anything else.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, StoredKeyError> {
        if let Ok(key) = ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(Self(Private::P256(Box::new(key))));
        }
        let key = rsa::PrivateKey::from_pkcs8_der(der).map_err(|_| StoredKeyError)?;
        let signer = RsaSigner::new(key).ok_or(StoredKeyError)?;
        Ok(Self(Private::Rsa(Box::new(signer))))
    }

    /// The key as PKCS#8 DER, for the keychain: at most 1,250 bytes.
    pub fn to_pkcs8_der(&self) -> Zeroizing<Vec<u8>> {
        let document = match &self.0 {
            Private::Rsa(signer) => signer.key().to_pkcs8_der(),
            Private::P256(key) => key.to_pkcs8_der(),
        };
        document.expect("a key that was read or generated can be written").to_bytes()
    }

    /// RSA 2048 or P-256.
    pub fn kind(&self) -> KeyKind {
        match self.0 {
            Private::Rsa(_) => KeyKind::Rsa2048,
            Private::P256(_) => KeyKind::P256,
        }
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(match &self.0 {
            Private::Rsa(signer) => Public::Rsa(Box::new(signer.key().to_public_key())),
            Private::P256(key) => Public::P256(*key.verifying_key()),
        })
    }

    /// The hash of its kind, where nobody chose one.
    pub fn default_hash(&self) -> HashAlgorithm {
        self.kind().default_hash()
    }

    /// Signs: PKCS#1 v1.5 for RSA, ASN.1 DER of RFC 6979's deterministic ECDSA for P-256.
    ///
    /// A signature is checked before it leaves, for a faulty one can give the key away: one of RSA is
    /// verified, one of P-256 is held against the numbers that it was made of, since verifying it
    /// would take twice as long as signing.
    pub(crate) fn sign(
        &self,
        hash: HashAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningError> {
        match &self.0 {
            Private::Rsa(signer) => Ok(signer.sign(hash, message)?.to_vec()),
            Private::P256(key) => {
                let key = key.as_nonzero_scalar();
                let signature = match hash {
                    HashAlgorithm::Sha1 => deterministic_ecdsa::sign::<Sha1>(key, message),
                    HashAlgorithm::Sha256 => deterministic_ecdsa::sign::<Sha256>(key, message),
                };
                Ok(signature?.to_der().as_bytes().to_vec())
            }
        }
    }

    /// Signs and verifies once before anybody keeps the key.
    fn tried(self) -> Result<Self, KeyError> {
        let message = b"Signet tries this key";
        match self.sign(HashAlgorithm::Sha256, message) {
            Ok(signature)
                if self.public_key().verify(HashAlgorithm::Sha256, message, &signature) =>
            {
                Ok(self)
            }
            _ => Err(KeyError::Damaged),
        }
    }
}

impl PublicKey {
    /// Reads `-----BEGIN PUBLIC KEY-----`; `None` for anything but RSA 2048 and P-256.
    pub fn from_spki_pem(text: &str) -> Option<Self> {
        if let Ok(key) = ecdsa::VerifyingKey::from_public_key_pem(text) {
            return Some(Self(Public::P256(key)));
        }
        let key = rsa::PublicKey::from_public_key_pem(text).ok()?;
        (key.n().bit_width() == 2048).then(|| Self(Public::Rsa(Box::new(key))))
    }

    /// The key as CloudFront's *Create public key* wants it.
    pub fn to_spki_pem(&self) -> String {
        match &self.0 {
            Public::Rsa(key) => key.to_public_key_pem(LineEnding::LF),
            Public::P256(key) => key.to_public_key_pem(LineEnding::LF),
        }
        .expect("a public key that was read can be written")
    }

    /// RSA 2048 or P-256.
    pub fn kind(&self) -> KeyKind {
        match self.0 {
            Public::Rsa(_) => KeyKind::Rsa2048,
            Public::P256(_) => KeyKind::P256,
        }
    }

    /// Whether these bytes are this key: a point of P-256 in either form, or RSA's modulus and exponent in
    /// DER.
    pub(crate) fn is_stated_as(&self, bytes: &[u8]) -> bool {
        match &self.0 {
            Public::P256(key) => {
                p256::PublicKey::from_sec1_bytes(bytes).is_ok_and(|stated| stated == key.into())
            }
            Public::Rsa(key) => {
                use rsa::pkcs1::DecodeRsaPublicKey;
                rsa::PublicKey::from_pkcs1_der(bytes).is_ok_and(|stated| stated == **key)
            }
        }
    }

    /// Whether this signature is one of this key over this message.
    pub fn verify(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            Public::Rsa(key) => {
                let Ok(signature) = pkcs1v15::Signature::try_from(signature) else {
                    return false;
                };
                let key = (**key).clone();
                match hash {
                    HashAlgorithm::Sha1 => {
                        pkcs1v15::VerifyingKey::<Sha1>::new(key).verify(message, &signature).is_ok()
                    }
                    HashAlgorithm::Sha256 => pkcs1v15::VerifyingKey::<Sha256>::new(key)
                        .verify(message, &signature)
                        .is_ok(),
                }
            }
            Public::P256(key) => {
                let Ok(signature) = ecdsa::Signature::from_der(signature) else {
                    return false;
                };
                match hash {
                    HashAlgorithm::Sha1 => {
                        let digest = widened(&Sha1::digest(message));
                        hazmat::PrehashVerifier::verify_prehash(key, &digest, &signature).is_ok()
                    }
                    HashAlgorithm::Sha256 => key.verify(message, &signature).is_ok(),
                }
            }
        }
    }

    /// SHA-256 of the public key's DER: what
    /// `openssl pkey -in key.pem -pubout -outform DER | sha256sum` prints.
    pub fn fingerprint(&self) -> Fingerprint {
        let der = match &self.0 {
            Public::Rsa(key) => key.to_public_key_der(),
            Public::P256(key) => key.to_public_key_der(),
        }
        .expect("a public key that was read can be written");
        Fingerprint(Sha256::digest(der.as_bytes()).into())
    }
}

/// ECDSA reads a hash as a number, so a shorter hash is the same with zeros before it (SEC 1,
/// 4.1.3).
fn widened(digest: &[u8]) -> [u8; 32] {
    let mut wide = [0; 32];
    let (_, end) = wide.split_at_mut(32 - digest.len());
    end.copy_from_slice(digest);
    wide
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_backup::Passphrase;
    use crate::key_file::{KeyFile, LockedKey};
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use static_assertions::assert_not_impl_any;
    use std::fmt;

    assert_not_impl_any!(SigningKey: fmt::Debug, fmt::Display, Clone, Serialize, DeserializeOwned);
    assert_not_impl_any!(KeyFile: fmt::Debug, fmt::Display, Clone, Serialize, DeserializeOwned);
    assert_not_impl_any!(LockedKey: fmt::Debug, fmt::Display, Clone, Serialize, DeserializeOwned);
    assert_not_impl_any!(Passphrase: fmt::Debug, fmt::Display, Clone, Serialize, DeserializeOwned);

    /// RFC 6979, A.2.5: the key of its P-256 examples.
    fn rfc_6979() -> SigningKey {
        let scalar = hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
        SigningKey::from_p256(&p256::SecretKey::from_slice(&scalar).unwrap()).unwrap()
    }

    fn hex(text: &str) -> Vec<u8> {
        text.to_lowercase()
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    #[test]
    fn signs_p256_as_rfc_6979_says() {
        for (hash, message, r, s) in [
            (
                HashAlgorithm::Sha1,
                "sample",
                "61340C88C3AAEBEB4F6D667F672CA9759A6CCAA9FA8811313039EE4A35471D32",
                "6D7F147DAC089441BB2E2FE8F7A3FA264B9C475098FDCF6E00D7C996E1B8B7EB",
            ),
            (
                HashAlgorithm::Sha256,
                "sample",
                "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
                "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
            ),
            (
                HashAlgorithm::Sha1,
                "test",
                "0CBCC86FD6ABD1D99E703E1EC50069EE5C0B4BA4B9AC60E409E8EC5910D81A89",
                "01B9D7B73DFAA60D5651EC4591A0136F87653E0FD780C3B1BC872FFDEAE479B1",
            ),
            (
                HashAlgorithm::Sha256,
                "test",
                "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
                "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
            ),
        ] {
            let signature = rfc_6979().sign(hash, message.as_bytes()).unwrap();
            let signature = ecdsa::Signature::from_der(&signature).unwrap();
            assert_eq!(signature.to_bytes().to_vec(), [hex(r), hex(s)].concat());
        }
    }

    /// The `p256` crate signs the same way, only slower.
    #[test]
    fn signs_p256_as_the_p256_crate_does() {
        use rsa::{Generate, signature::Signer};
        for n in 0..1_000_u32 {
            let secret = p256::SecretKey::generate();
            let message = n.to_be_bytes().repeat(n as usize % 50);
            let theirs: ecdsa::DerSignature = ecdsa::SigningKey::from(&secret).sign(&message);
            let ours = SigningKey::from_p256(&secret).unwrap();
            let ours = ours.sign(HashAlgorithm::Sha256, &message).unwrap();
            assert_eq!(ours, theirs.as_bytes());
        }
    }

    #[test]
    fn a_signature_holds_for_its_message_hash_and_key_only() {
        let (key, other) = (SigningKey::generate_p256(), SigningKey::generate_p256());
        for hash in [HashAlgorithm::Sha1, HashAlgorithm::Sha256] {
            let signature = key.sign(hash, b"message").unwrap();
            assert!(key.public_key().verify(hash, b"message", &signature));
            assert!(!key.public_key().verify(hash, b"messagf", &signature));
            assert!(!other.public_key().verify(hash, b"message", &signature));
        }
        let signature = key.sign(HashAlgorithm::Sha1, b"message").unwrap();
        assert!(!key.public_key().verify(HashAlgorithm::Sha256, b"message", &signature));
    }

    #[test]
    fn what_the_keychain_gives_back_is_the_same_key() {
        let key = SigningKey::generate_p256();
        let again = SigningKey::from_pkcs8_der(&key.to_pkcs8_der()).unwrap();
        assert_eq!(again.public_key(), key.public_key());
        assert!(SigningKey::from_pkcs8_der(b"").is_err());
        assert!(SigningKey::from_pkcs8_der(&[0x30; 1000]).is_err());
    }

    #[test]
    fn a_key_that_is_made_is_of_the_kind_that_was_asked_for() {
        for kind in [KeyKind::P256, KeyKind::Rsa2048] {
            let (one, other) =
                (SigningKey::generate(kind).unwrap(), SigningKey::generate(kind).unwrap());
            assert_eq!((one.kind(), one.public_key().kind()), (kind, kind));
            assert_ne!(one.public_key(), other.public_key());
            assert_eq!(
                PublicKey::from_spki_pem(&one.public_key().to_spki_pem()).unwrap().kind(),
                kind
            );
        }
    }

    #[test]
    fn a_public_key_and_its_fingerprint_are_read_back() {
        let public = SigningKey::generate_p256().public_key();
        assert_eq!(PublicKey::from_spki_pem(&public.to_spki_pem()), Some(public.clone()));
        assert_eq!(public.fingerprint().to_string().parse(), Ok(public.fingerprint()));
        assert!("00".repeat(31).parse::<Fingerprint>().is_err());
        assert!("0G".repeat(32).parse::<Fingerprint>().is_err());
    }
}
