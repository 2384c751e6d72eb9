//! The port to the operating system's keychain.

use thiserror::Error;
use zeroize::Zeroizing;

use super::key::KeyId;
use super::profile::SettingsError;

/// The operating system's keychain, as far as Signet uses it: one secret a key, PKCS#8 DER bytes.
pub trait Keychain: Send + Sync {
    /// Stores a secret.
    ///
    /// # Errors
    /// [`KeychainError`], and then nothing was stored.
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), KeychainError>;
    /// Reads a secret.
    ///
    /// # Errors
    /// [`KeychainError::Missing`] where it was removed outside Signet, otherwise what the keychain said.
    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, KeychainError>;
    /// Removes a secret.
    ///
    /// # Errors
    /// [`KeychainError::Missing`] where there was none.
    fn remove(&self, id: &KeyId) -> Result<(), KeychainError>;
    /// What the secrets under Signet's name are called there, in any order: ids, and whatever else
    /// somebody put beside them. Nobody is asked to unlock anything for it.
    ///
    /// # Errors
    /// [`ListKeychainError`].
    fn names(&self) -> Result<Vec<String>, ListKeychainError>;
}

/// Why the keychain did not say what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ListKeychainError {
    /// The keychain of this system gives a secret to whoever names it, and names none itself.
    #[error("the keychain of this system does not say what is in it")]
    NotOffered,
    /// It could not be asked.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// It is not known which of it the list of keys names.
    #[error(transparent)]
    List(#[from] SettingsError),
}

/// Why the keychain did not do what it was asked. Carries nothing of the secret, whatever the
/// platform's own error holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum KeychainError {
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
    /// More is asked of it at once than will be answered in time; this was not asked.
    #[error("too much is asked of the keychain at once")]
    Busy,
    /// It has no such secret.
    #[error("the keychain has no such secret")]
    Missing,
    /// It refused or broke for another reason.
    #[error("the keychain failed")]
    Failed,
}
