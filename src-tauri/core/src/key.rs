//! Keys that sign and keys that verify: RSA 2048 and P-256, the two kinds that CloudFront takes.
//!
//! [`SigningKey`] has no `Debug`, `Clone` or `Serialize`, and its numbers are wiped when it is
//! dropped (by `rsa` and `p256`). Deliberately not here: the many shapes of key files, see
//! [`crate::key_file`].

use std::fmt;
use std::str::FromStr;

use p256::ecdsa;
use pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::pkcs1v15;
use rsa::signature::{SignatureEncoding, Signer, Verifier, hazmat};
use rsa::traits::PublicKeyParts;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

/// The kinds of key that CloudFront takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA with a modulus of 2,048 bits.
    Rsa2048,
    /// ECDSA on the curve P-256.
    P256,
}

/// The hashes that CloudFront takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashAlgorithm {
    /// SHA-1: what a link without `Hash-Algorithm` is read with.
    Sha1,
    /// SHA-256: what `Hash-Algorithm=SHA256` says.
    Sha256,
}

/// A private key that signs links.
pub struct SigningKey(Private);

enum Private {
    Rsa(Box<rsa::PrivateKey>),
    P256(ecdsa::SigningKey),
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
        Self(Private::P256(ecdsa::SigningKey::generate()))
    }

    /// Takes an RSA key once it is known to be whole.
    pub(crate) fn from_rsa(key: rsa::PrivateKey) -> Result<Self, KeyError> {
        let bits = key.n().bit_width() as usize;
        if bits != 2048 {
            return Err(KeyError::RsaSize { bits });
        }
        key.validate().map_err(|_| KeyError::Damaged)?;
        Self(Private::Rsa(Box::new(key))).tried()
    }

    /// Takes a P-256 key.
    pub(crate) fn from_p256(key: &p256::SecretKey) -> Result<Self, KeyError> {
        Self(Private::P256(key.into())).tried()
    }

    /// Reads what [`SigningKey::to_pkcs8_der`] wrote.
    ///
    /// # Errors
    /// [`StoredKeyError`] for anything else.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, StoredKeyError> {
        if let Ok(key) = ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(Self(Private::P256(key)));
        }
        let key = rsa::PrivateKey::from_pkcs8_der(der).map_err(|_| StoredKeyError)?;
        if key.n().bit_width() != 2048 {
            return Err(StoredKeyError);
        }
        Ok(Self(Private::Rsa(Box::new(key))))
    }

    /// The key as PKCS#8 DER, for the keychain: at most 1,250 bytes.
    pub fn to_pkcs8_der(&self) -> Zeroizing<Vec<u8>> {
        let document = match &self.0 {
            Private::Rsa(key) => key.to_pkcs8_der(),
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
            Private::Rsa(key) => Public::Rsa(Box::new(key.to_public_key())),
            Private::P256(key) => Public::P256(*key.verifying_key()),
        })
    }

    /// SHA-1 for RSA, as every AWS SDK signs; SHA-256 for P-256, as the AWS CLI does.
    pub fn default_hash(&self) -> HashAlgorithm {
        match self.kind() {
            KeyKind::Rsa2048 => HashAlgorithm::Sha1,
            KeyKind::P256 => HashAlgorithm::Sha256,
        }
    }

    /// Signs: PKCS#1 v1.5 for RSA, ASN.1 DER of RFC 6979's deterministic ECDSA for P-256. A
    /// signature is verified before it leaves, for a faulty one can give the key away.
    pub(crate) fn sign(
        &self,
        hash: HashAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningError> {
        let signature = self.sign_unverified(hash, message)?;
        if self.public_key().verify(hash, message, &signature) {
            Ok(signature)
        } else {
            Err(SigningError)
        }
    }

    fn sign_unverified(
        &self,
        hash: HashAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningError> {
        match (&self.0, hash) {
            (Private::Rsa(key), HashAlgorithm::Sha1) => {
                let signer = pkcs1v15::SigningKey::<Sha1>::new((**key).clone());
                signer.try_sign(message).map(|signature| signature.to_vec())
            }
            (Private::Rsa(key), HashAlgorithm::Sha256) => {
                let signer = pkcs1v15::SigningKey::<Sha256>::new((**key).clone());
                signer.try_sign(message).map(|signature| signature.to_vec())
            }
            (Private::P256(key), HashAlgorithm::Sha256) => {
                let signature: Result<ecdsa::DerSignature, _> = key.try_sign(message);
                signature.map(|signature| signature.as_bytes().to_vec())
            }
            (Private::P256(key), HashAlgorithm::Sha1) => {
                let digest = widened(&Sha1::digest(message));
                let signature: Result<ecdsa::Signature, _> =
                    hazmat::PrehashSigner::sign_prehash(key, &digest);
                signature.map(|signature| signature.to_der().as_bytes().to_vec())
            }
        }
        .map_err(|_| SigningError)
    }

    /// Signs and verifies once before anybody keeps the key.
    fn tried(self) -> Result<Self, KeyError> {
        match self.sign(HashAlgorithm::Sha256, b"Signet tries this key") {
            Ok(_) => Ok(self),
            Err(SigningError) => Err(KeyError::Damaged),
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
/// 4.1.3); `ecdsa` asks for at least half the curve's length, which SHA-1's 20 bytes have, but
/// derives RFC 6979's nonce from the widened form.
fn widened(digest: &[u8]) -> [u8; 32] {
    let mut wide = [0; 32];
    let (_, end) = wide.split_at_mut(32 - digest.len());
    end.copy_from_slice(digest);
    wide
}

/// Recognises a public key: 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A text is not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not a fingerprint")]
pub struct FingerprintError;

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        let digit = |c: u8| match c {
            b'0'..=b'9' => Ok(c - b'0'),
            b'a'..=b'f' => Ok(c - b'a' + 10),
            _ => Err(FingerprintError),
        };
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(FingerprintError);
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let [high, low] = *pair else {
                return Err(FingerprintError);
            };
            *byte = digit(high)? << 4 | digit(low)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use static_assertions::assert_not_impl_any;

    assert_not_impl_any!(SigningKey: fmt::Debug, Clone, serde::Serialize);

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
        for (message, r, s) in [
            (
                "sample",
                "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
                "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
            ),
            (
                "test",
                "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
                "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
            ),
        ] {
            let signature = rfc_6979().sign(HashAlgorithm::Sha256, message.as_bytes()).unwrap();
            let signature = ecdsa::Signature::from_der(&signature).unwrap();
            assert_eq!(signature.to_bytes().to_vec(), [hex(r), hex(s)].concat());
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
    fn a_public_key_and_its_fingerprint_are_read_back() {
        let public = SigningKey::generate_p256().public_key();
        assert_eq!(PublicKey::from_spki_pem(&public.to_spki_pem()), Some(public.clone()));
        assert_eq!(public.fingerprint().to_string().parse(), Ok(public.fingerprint()));
        assert!("00".repeat(31).parse::<Fingerprint>().is_err());
        assert!("0G".repeat(32).parse::<Fingerprint>().is_err());
    }
}
