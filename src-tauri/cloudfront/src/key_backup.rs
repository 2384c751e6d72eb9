//! A key's backup: a key file that is locked with a passphrase, for [`crate::key_file`] and OpenSSL
//! to open again. Deliberately not here: where the file is put.

use getrandom::SysRng;
use pkcs8::pkcs5::pbes2::Parameters;
use pkcs8::{LineEnding, PrivateKeyInfoRef};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::key::SigningKey;

/// A passphrase that is long enough to lock a file with.
pub struct Passphrase(Zeroizing<String>);

/// Why a passphrase locks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PassphraseError {
    /// It can be guessed.
    #[error("the passphrase has fewer than {least} characters")]
    TooShort {
        /// [`Passphrase::LEAST`].
        least: usize,
    },
}

impl Passphrase {
    /// Whoever has the file can guess at it for years, and nothing but the passphrase stands in the way:
    /// NIST SP 800-63B-4 (3.1.1.2) asks for 15 characters of a password that stands alone, and for no
    /// rules about which.
    pub const LEAST: usize = 15;

    /// Takes a passphrase as it was typed, spaces included: what opens the file is every byte of it.
    ///
    /// # Errors
    /// [`PassphraseError`].
    pub fn parse(typed: Zeroizing<String>) -> Result<Self, PassphraseError> {
        if typed.chars().count() < Self::LEAST {
            return Err(PassphraseError::TooShort { least: Self::LEAST });
        }
        Ok(Self(typed))
    }
}

/// Writes a key as PKCS#8 in PEM, locked by PBES2: AES-256-CBC, and PBKDF2 with HMAC-SHA-256 and
/// 600,000 rounds. Takes as long as a guess is to take.
///
/// scrypt would cost a guesser more, but not every OpenSSL was built with it. The number of rounds
/// is the one that OWASP's Password Storage Cheat Sheet asks for, and the `pkcs5` crate's own.
pub fn to_locked_pem(key: &SigningKey, passphrase: &Passphrase) -> Zeroizing<String> {
    let der = key.to_pkcs8_der();
    let parameters = Parameters::generate_pbkdf2(&mut SysRng).expect("the system has randomness");
    PrivateKeyInfoRef::try_from(der.as_slice())
        .and_then(|info| info.encrypt_with_params(parameters, passphrase.0.as_bytes()))
        .and_then(|locked| Ok(locked.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)?))
        .expect("a key that was written is read, and any passphrase locks")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::KeyKind;
    use crate::key_file::{self, KeyFile, KeyFileError};

    const RIGHT: &str = " a horse, a battery and a st\u{e4}ple ";

    fn passphrase(text: &str) -> Result<Passphrase, PassphraseError> {
        Passphrase::parse(Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn a_short_passphrase_locks_nothing() {
        let too_short = Some(PassphraseError::TooShort { least: 15 });
        for text in
            ["", "hunter2", "14 characters.", "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"]
        {
            assert_eq!(passphrase(text).err(), too_short, "{text}");
        }
        assert!(passphrase("15 characters..").is_ok());
        assert!(passphrase(&"\u{e9}".repeat(15)).is_ok());
    }

    #[test]
    fn a_backup_is_a_key_file_that_its_passphrase_alone_opens() {
        for kind in [KeyKind::P256, KeyKind::Rsa2048] {
            let key = SigningKey::generate(kind).unwrap();
            let backup = to_locked_pem(&key, &passphrase(RIGHT).unwrap());
            let Ok(KeyFile::Locked(locked)) = key_file::read(backup.as_bytes()) else {
                panic!("a backup is a locked key file");
            };
            let opened = locked.unlock(RIGHT).unwrap();
            assert_eq!(opened.to_pkcs8_der(), key.to_pkcs8_der());
            for wrong in [RIGHT.trim(), "", &RIGHT.to_uppercase()] {
                assert_eq!(locked.unlock(wrong).err(), Some(KeyFileError::WrongPassphrase));
            }
            // Another salt each time, so that two files do not say that they hold the same key.
            assert_ne!(to_locked_pem(&key, &passphrase(RIGHT).unwrap()), backup);
        }
    }
}
