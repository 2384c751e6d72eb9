//! A passphrase on the first line and a key file after it: a key, or a sentence that tells nothing
//! of the file.
#![no_main]

use std::fmt::Display;

use libfuzzer_sys::fuzz_target;
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::pbes2::Kdf;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::key_file::{self, KeyFile};

fuzz_target!(|input: &[u8]| {
    let line = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (passphrase, file) = (&input[..line], input.get(line + 1..).unwrap_or_default());
    match key_file::read(file) {
        Ok(KeyFile::Ready(key)) => comes_back(&key),
        Ok(KeyFile::Locked(locked)) if is_quick(file) => {
            match locked.unlock(&String::from_utf8_lossy(passphrase)) {
                Ok(key) => comes_back(&key),
                Err(error) => tells_nothing(error, input),
            }
        }
        Ok(KeyFile::Locked(_)) => {}
        Err(error) => tells_nothing(error, input),
    }
});

fn comes_back(key: &SigningKey) {
    let der = key.to_pkcs8_der();
    let stored = SigningKey::from_pkcs8_der(&der).unwrap();
    assert!(stored.public_key() == key.public_key());
    let Ok(KeyFile::Ready(again)) = key_file::read(&der) else { panic!("not read again") };
    assert!(again.public_key() == key.public_key());
}

/// Long words of the sentences themselves are in small letters; nine bytes of a key are hardly ever.
fn tells_nothing(error: impl Display, input: &[u8]) {
    let sentence = error.to_string();
    let is_word = |piece: &[u8]| piece.contains(&b' ') || piece.iter().all(u8::is_ascii_lowercase);
    for piece in sentence.as_bytes().windows(9).filter(|piece| !is_word(piece)) {
        assert!(!input.windows(9).any(|other| other == piece), "{sentence}");
    }
}

/// A person waits for four million rounds; a fuzzer has no time for it. PEM is not looked into here:
/// unlocking sees the same DER either way.
fn is_quick(file: &[u8]) -> bool {
    if file.windows(9).any(|piece| piece == b"DEK-Info:") {
        return true;
    }
    let Ok(info) = EncryptedPrivateKeyInfoRef::try_from(file) else { return false };
    match info.encryption_algorithm.pbes2().map(|parameters| &parameters.kdf) {
        Some(Kdf::Pbkdf2(kdf)) => kdf.iteration_count <= 3_000,
        Some(Kdf::Scrypt(kdf)) => {
            let work = kdf.cost_parameter.saturating_mul(u64::from(kdf.block_size));
            work.saturating_mul(u64::from(kdf.parallelization)) <= 1 << 14
        }
        _ => false,
    }
}
