//! RSA's private-key operation by AWS-LC: the only unsafe code of Signet, kept as small as it can be.
//!
//! Why it is here: CloudFront reads a link without `Hash-Algorithm` with SHA-1, the safe interface of
//! AWS-LC signs no SHA-1, and the `rsa` crate, which is safe and does, takes about nine times as long.
//! Deliberately not here: reading and checking keys, hashing, verifying, and the other kind of key,
//! all of which have safe libraries.
//!
//! The proof: `tests/differential.rs` signs beside the `rsa` crate, `tests/traces.rs` looks for the
//! key in the process's memory after it was dropped, and `make memcheck` runs the first under
//! valgrind.
#![allow(unsafe_code, reason = "the safe interface of AWS-LC has no RSA signature with SHA-1")]

use std::ptr::NonNull;

use aws_lc_sys::{
    NID_sha1, NID_sha256, RSA, RSA_free, RSA_private_key_from_bytes, RSA_sign, RSA_size,
};

/// The bytes of a signature: those of the modulus.
pub const SIGNATURE_BYTES: usize = 256;

/// An RSA 2048 private key, ready to sign. Its memory is wiped when it is dropped: AWS-LC overwrites
/// every block that it gives back (`OPENSSL_free`, crypto/mem.c).
pub struct RsaPrivateKey(NonNull<RSA>);

/// The hash of a message, as PKCS#1 v1.5 signs it with the hash's name.
#[derive(Debug, Clone, Copy)]
pub enum Digest {
    /// SHA-1's.
    Sha1([u8; 20]),
    /// SHA-256's.
    Sha256([u8; 32]),
}

// SAFETY: an RSA structure belongs to no thread; it is plain memory with a lock in it (openssl/rsa.h).
unsafe impl Send for RsaPrivateKey {}
// SAFETY: the functions that are called on a shared key, `RSA_sign` and `RSA_size`, "are considered
// non-mutating for thread-safety purposes and may be used concurrently" (openssl/rsa.h).
unsafe impl Sync for RsaPrivateKey {}

impl RsaPrivateKey {
    /// Takes a key as PKCS#1 DER. `None` where AWS-LC does not take it or it is not of 2,048 bits.
    pub fn from_pkcs1_der(der: &[u8]) -> Option<Self> {
        aws_lc_rs::init();
        // SAFETY: the pointer and the length are those of one slice, which the function only reads.
        let key = unsafe { RSA_private_key_from_bytes(der.as_ptr(), der.len()) };
        let key = Self(NonNull::new(key)?);
        // SAFETY: the key was made above and is not freed before `key` is dropped.
        let bytes = unsafe { RSA_size(key.0.as_ptr()) };
        (bytes as usize == SIGNATURE_BYTES).then_some(key)
    }

    /// Signs with PKCS#1 v1.5 (RFC 8017, 8.2.1), in constant time and blinded. `None` where AWS-LC
    /// fails, or finds for itself that the result does not verify.
    pub fn sign(&self, digest: &Digest) -> Option<[u8; SIGNATURE_BYTES]> {
        let (name, digest) = match digest {
            Digest::Sha1(digest) => (NID_sha1, digest.as_slice()),
            Digest::Sha256(digest) => (NID_sha256, digest.as_slice()),
        };
        let mut signature = [0; SIGNATURE_BYTES];
        let mut length = 0;
        // SAFETY: the digest's pointer and length are those of one slice, which is only read. At
        // most `RSA_size` bytes are written, and `from_pkcs1_der` took no key of another size than
        // the buffer's. The key is alive as long as `self`, and is not changed.
        let signed = unsafe {
            RSA_sign(
                name,
                digest.as_ptr(),
                digest.len(),
                signature.as_mut_ptr(),
                &raw mut length,
                self.0.as_ptr(),
            )
        };
        (signed == 1 && length as usize == SIGNATURE_BYTES).then_some(signature)
    }
}

impl Drop for RsaPrivateKey {
    fn drop(&mut self) {
        // SAFETY: the key came from `RSA_private_key_from_bytes`, nobody else has it, and nothing of
        // `self` is used after its drop.
        unsafe { RSA_free(self.0.as_ptr()) }
    }
}
