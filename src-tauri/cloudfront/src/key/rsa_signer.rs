//! RSA signatures with PKCS#1 v1.5: made by AWS-LC, verified before they leave.

use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256,
};
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use signet_hazmat::{Digest, RsaPrivateKey, SIGNATURE_BYTES};

use super::{HashAlgorithm, SigningError};

/// A key of 2,048 bits, in the form it is stored from and in the form it signs with.
pub(super) struct RsaSigner {
    key: rsa::PrivateKey,
    engine: RsaPrivateKey,
    verify_sha1: ParsedPublicKey,
    verify_sha256: ParsedPublicKey,
}

impl RsaSigner {
    /// `None` where the key has another size or AWS-LC finds that its numbers do not belong together.
    pub(super) fn new(key: rsa::PrivateKey) -> Option<Self> {
        let engine = RsaPrivateKey::from_pkcs1_der(key.to_pkcs1_der().ok()?.as_bytes())?;
        let public = key.as_public_key().to_pkcs1_der().ok()?;
        let parsed = |algorithm| ParsedPublicKey::new(algorithm, public.as_bytes()).ok();
        let verify_sha1 = parsed(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY)?;
        let verify_sha256 = parsed(&RSA_PKCS1_2048_8192_SHA256)?;
        Some(Self { key, engine, verify_sha1, verify_sha256 })
    }

    pub(super) fn key(&self) -> &rsa::PrivateKey {
        &self.key
    }

    pub(super) fn sign(
        &self,
        hash: HashAlgorithm,
        message: &[u8],
    ) -> Result<[u8; SIGNATURE_BYTES], SigningError> {
        let (digest, public) = match hash {
            HashAlgorithm::Sha1 => (Digest::Sha1(Sha1::digest(message).into()), &self.verify_sha1),
            HashAlgorithm::Sha256 => {
                (Digest::Sha256(Sha256::digest(message).into()), &self.verify_sha256)
            }
        };
        let signature = self.engine.sign(&digest).ok_or(SigningError)?;
        public.verify_sig(message, &signature).map_err(|_| SigningError)?;
        Ok(signature)
    }
}
