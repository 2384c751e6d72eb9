//! What the use cases need of the computer, as narrowly as it can be said.

use thiserror::Error;
use zeroize::Zeroizing;

use super::{KeyId, KeyRecord};
use crate::lifetime::Lifetime;

/// The operating system's keychain, as far as Signet uses it: one secret a key, PKCS#8 DER bytes.
pub trait Vault: Send + Sync {
    /// Stores a secret.
    ///
    /// # Errors
    /// [`VaultError`], and then nothing was stored.
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), VaultError>;
    /// Reads a secret.
    ///
    /// # Errors
    /// [`VaultError::Missing`] where it was removed outside Signet, otherwise what the keychain said.
    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, VaultError>;
    /// Removes a secret.
    ///
    /// # Errors
    /// [`VaultError::Missing`] where there was none.
    fn remove(&self, id: &KeyId) -> Result<(), VaultError>;
}

/// Why the keychain did not do what it was asked. Carries nothing of the secret, whatever the
/// platform's own error holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VaultError {
    /// No keychain answers on this computer.
    #[error("no keychain is running")]
    Absent,
    /// It is locked, and nobody was asked to open it.
    #[error("the keychain is locked")]
    Locked,
    /// The person was asked to open it and said no.
    #[error("the request to unlock the keychain was dismissed")]
    Dismissed,
    /// No answer in time.
    #[error("the keychain did not answer in time")]
    Slow,
    /// It has no such secret.
    #[error("the keychain has no such secret")]
    Missing,
    /// It refused or broke for another reason.
    #[error("the keychain failed")]
    Failed,
}

/// Where names, ids and last choices are kept: everything about a key but the key.
pub trait Profile: Send + Sync {
    /// Replaces what is kept, whole or not at all.
    ///
    /// # Errors
    /// [`SaveError`], and then the old content stands.
    fn save(&self, book: &Book) -> Result<(), SaveError>;
}

/// Why the profile could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SaveError {
    /// No space is left.
    #[error("the disk is full")]
    DiskFull,
    /// The folder may not be written.
    #[error("the folder cannot be written to")]
    ReadOnly,
    /// Anything else.
    #[error("the settings could not be written")]
    Other,
}

/// All that Signet remembers about keys and habits. No secret and no link is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// The keys, oldest first.
    pub keys: Vec<KeyRecord>,
    /// What was chosen last.
    pub choices: Choices,
}

/// What a returning person finds already chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The key of the last link.
    pub key: Option<KeyId>,
    /// The lifetime of the last link, where it can be chosen again (never a fixed date).
    pub lifetime: Option<Lifetime>,
}
