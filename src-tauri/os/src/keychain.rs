//! The operating system's keychain behind [`Vault`]: macOS Keychain, Windows Credential Manager,
//! Secret Service on Linux, all through `keyring`.
//!
//! A secret is PKCS#8 DER bytes, never PEM: Windows takes 2,560 bytes an entry and an RSA 2048 PEM,
//! kept as UTF-16, does not fit. Deliberately not here: any other place to keep a key. Where there
//! is no keychain, there is an error and no weaker place.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use keyring::{Entry, Error};
use signet_core::desk::{KeyId, Vault, VaultError};
use signet_core::stack;
use zeroize::Zeroizing;

/// The service under which the entries stand, as a person finds them in the system's own tools.
const SERVICE: &str = "Signet";

/// A person who is asked to unlock the keychain needs time to find a password.
const PATIENCE: Duration = Duration::from_secs(60);

/// A "no" that comes sooner than this was not said by a person: the desktop's question could not be
/// put to anybody, and the keychain is simply locked.
const FASTEST_NO: Duration = Duration::from_millis(300);

/// The keychain of the person who is logged in.
pub struct Keychain {
    patience: Duration,
}

impl Default for Keychain {
    fn default() -> Self {
        Self { patience: PATIENCE }
    }
}

impl Vault for Keychain {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), VaultError> {
        let secret = Zeroizing::new(secret.to_vec());
        let late = id.clone();
        self.wait(
            id,
            move |entry| entry.set_secret(&secret),
            // Nobody waits any more and the list will not name this secret, so it must not stay.
            move |()| {
                if let Ok(entry) = entry(&late) {
                    let _ = entry.delete_credential();
                }
            },
        )
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.wait(id, |entry| entry.get_secret().map(Zeroizing::new), drop)
    }

    fn remove(&self, id: &KeyId) -> Result<(), VaultError> {
        self.wait(id, Entry::delete_credential, drop)
    }
}

impl Keychain {
    /// Does one thing with one entry in a thread of its own, for a keychain may never answer.
    fn wait<T: Send + 'static>(
        &self,
        id: &KeyId,
        act: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
        too_late: impl FnOnce(T) + Send + 'static,
    ) -> Result<T, VaultError> {
        let (answer, answered) = mpsc::sync_channel(0);
        let id = id.clone();
        let asked = Instant::now();
        thread::spawn(move || {
            // The system keeps the stack of a thread that ended for the next one.
            let result = stack::wiped_after(|| entry(&id).and_then(|entry| act(&entry)))
                .map_err(|error| meaning(&error));
            if let Err(mpsc::SendError(Ok(done))) = answer.send(result) {
                too_late(done);
            }
        });
        match answered.recv_timeout(self.patience) {
            Ok(Err(VaultError::Dismissed)) if asked.elapsed() < FASTEST_NO => {
                Err(VaultError::Locked)
            }
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => Err(VaultError::Slow),
            Err(RecvTimeoutError::Disconnected) => Err(VaultError::Failed),
        }
    }
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn entry(id: &KeyId) -> keyring::Result<Entry> {
    Entry::new(SERVICE, id.as_str())
}

/// On Linux the connection is made anew each time: `keyring` remembers until the program ends that
/// there was no keychain, and a person who starts one should not have to start Signet again.
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn entry(id: &KeyId) -> keyring::Result<Entry> {
    use keyring_core::api::CredentialStoreApi;
    let store = zbus_secret_service_keyring_store::Store::new()?;
    let modifiers = std::collections::HashMap::from([("label", LABEL)]);
    let inner = store.build(SERVICE, id.as_str(), Some(&modifiers))?;
    Ok(Entry { inner })
}

/// What the system's own keychain program shows for an entry.
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
const LABEL: &str = "Signet key";

/// What a keychain's error means to a person. The error itself goes no further: some of them carry
/// the secret.
fn meaning(error: &Error) -> VaultError {
    match error {
        Error::NoEntry => VaultError::Missing,
        Error::NoDefaultStore => VaultError::Absent,
        Error::NoStorageAccess(cause) => no_access(cause.as_ref()),
        Error::PlatformFailure(cause) => platform_failure(cause.as_ref()),
        _ => VaultError::Failed,
    }
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn no_access(_cause: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    VaultError::Locked
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn no_access(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    use secret_service::Error as Cause;
    match cause.downcast_ref::<Cause>() {
        Some(Cause::Prompt) => VaultError::Dismissed,
        // A bus, but no collection to keep anything in: a fresh account whose keychain was never made.
        Some(Cause::NoResult) => VaultError::Absent,
        _ => VaultError::Locked,
    }
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn platform_failure(_cause: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    VaultError::Failed
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn platform_failure(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> VaultError {
    use secret_service::Error as Cause;
    match cause.downcast_ref::<Cause>() {
        // No bus, or a bus on which no keychain answers.
        Some(Cause::Unavailable | Cause::Zbus(_) | Cause::ZbusFdo(_)) => VaultError::Absent,
        _ => VaultError::Failed,
    }
}
