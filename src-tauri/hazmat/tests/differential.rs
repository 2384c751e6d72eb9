//! What AWS-LC signs is what the `rsa` crate signs, byte for byte: PKCS#1 v1.5 leaves no choice.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::{PrivateKey, pkcs1v15};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use signet_hazmat::{Digest, RsaPrivateKey};

fn new_key(bits: usize) -> PrivateKey {
    PrivateKey::new(&mut rsa::rand_core::UnwrapErr(getrandom::SysRng), bits).unwrap()
}

fn ours(key: &PrivateKey) -> RsaPrivateKey {
    RsaPrivateKey::from_pkcs1_der(key.to_pkcs1_der().unwrap().as_bytes()).unwrap()
}

fn messages() -> impl Iterator<Item = Vec<u8>> {
    (0..200u32).map(|n| n.to_be_bytes().repeat(n as usize))
}

#[test]
fn both_hashes_are_signed_as_the_rsa_crate_signs() {
    for _ in 0..3 {
        let key = new_key(2048);
        let ours = ours(&key);
        let sha1 = pkcs1v15::SigningKey::<Sha1>::new(key.clone());
        let sha256 = pkcs1v15::SigningKey::<Sha256>::new(key);
        for message in messages() {
            let signature = ours.sign(&Digest::Sha1(Sha1::digest(&message).into())).unwrap();
            assert_eq!(signature.as_slice(), sha1.sign(&message).to_vec());
            let signature = ours.sign(&Digest::Sha256(Sha256::digest(&message).into())).unwrap();
            assert_eq!(signature.as_slice(), sha256.sign(&message).to_vec());
        }
    }
}

#[test]
fn many_threads_sign_with_one_key() {
    let key = ours(&new_key(2048));
    let digest = |message: &[u8]| Digest::Sha1(Sha1::digest(message).into());
    let alone: Vec<_> = messages().map(|message| key.sign(&digest(&message)).unwrap()).collect();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for (message, expected) in messages().zip(&alone) {
                    assert_eq!(key.sign(&digest(&message)).as_ref(), Some(expected));
                }
            });
        }
    });
}

#[test]
fn what_is_no_key_of_2048_bits_is_refused() {
    let whole = new_key(2048).to_pkcs1_der().unwrap();
    let whole = whole.as_bytes();
    assert!(RsaPrivateKey::from_pkcs1_der(whole).is_some());
    for end in [0, 1, 4, whole.len() / 2, whole.len() - 1] {
        assert!(RsaPrivateKey::from_pkcs1_der(whole.get(..end).unwrap()).is_none(), "{end}");
    }
    assert!(RsaPrivateKey::from_pkcs1_der(&[whole, b"\0"].concat()).is_none());
    for bits in [1024, 1536, 3072] {
        let other = new_key(bits).to_pkcs1_der().unwrap();
        assert!(RsaPrivateKey::from_pkcs1_der(other.as_bytes()).is_none(), "{bits}");
    }
}
