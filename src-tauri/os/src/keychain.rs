//! The operating system's keychain behind [`Keychain`]: macOS Keychain, Windows Credential Manager,
//! Secret Service on Linux, all through `keyring`.
//!
//! A secret is PKCS#8 DER bytes, never PEM: Windows takes 2,560 bytes an entry and an RSA 2048 PEM,
//! kept as UTF-16, does not fit. Deliberately not here: any other place to keep a key. Where there
//! is no keychain, there is an error and no weaker place.

mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use keyring::{Entry, Error};
use signet_app::{KeyId, Keychain, KeychainError, ListKeychainError};
use signet_cloudfront::stack;
use zeroize::Zeroizing;

use worker::{NoAnswer, Worker};

/// The service under which the entries stand, as a person finds them in the system's own tools.
const SERVICE: &str = "Signet";

/// A person who is asked to unlock the keychain needs time to find a password.
const PATIENCE: Duration = Duration::from_secs(60);

/// A "no" that comes sooner than this was not said by a person: the desktop's question could not be
/// put to anybody, and the keychain is simply locked.
const FASTEST_NO: Duration = Duration::from_millis(300);

/// The keychain of the person who is logged in.
pub struct SystemKeychain {
    worker: Worker<Connection>,
    changes: Arc<Changes>,
    patience: Duration,
}

impl Default for SystemKeychain {
    fn default() -> Self {
        Self { worker: Worker::new(), changes: Arc::default(), patience: PATIENCE }
    }
}

impl Keychain for SystemKeychain {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), KeychainError> {
        let secret = Zeroizing::new(secret.to_vec());
        let change = self.changes.begin(id);
        let (id, late) = (id.clone(), id.clone());
        self.ask(
            move |connection| {
                let entry = connection.entry(&id)?;
                let before = secret_of(&entry)?;
                entry.set_secret(&secret)?;
                Ok(before)
            },
            // Nobody waits any more and the list will not name this secret, so it must not stay.
            move |connection, before| {
                if change.is_last() {
                    connection.put_back(&late, before);
                }
            },
        )?;
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        let id = id.clone();
        self.ask(
            move |connection| Ok(Zeroizing::new(connection.entry(&id)?.get_secret()?)),
            |_, _| {},
        )
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeychainError> {
        let change = self.changes.begin(id);
        let (id, late) = (id.clone(), id.clone());
        self.ask(
            move |connection| {
                let entry = connection.entry(&id)?;
                let before = secret_of(&entry)?;
                entry.delete_credential()?;
                Ok(before)
            },
            // Whoever asked believes that it is still there, and the list still names it.
            move |connection, before| {
                if change.is_last() {
                    connection.put_back(&late, before);
                }
            },
        )?;
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, ListKeychainError> {
        self.answer(|_| names(), |_, _| {})?
    }
}

impl SystemKeychain {
    /// Does something with the keychain. What failed for want of the connection of an earlier question
    /// is done once more with a new one.
    fn ask<T: Send + 'static>(
        &self,
        act: impl Fn(&mut Connection) -> keyring::Result<T> + Send + 'static,
        too_late: impl FnOnce(&mut Connection, T) + Send + 'static,
    ) -> Result<T, KeychainError> {
        self.answer(
            move |connection| connection.attempt(act),
            move |connection, done| {
                if let Ok(done) = done {
                    too_late(connection, done);
                }
            },
        )?
    }

    fn answer<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Connection) -> T + Send + 'static,
        too_late: impl FnOnce(&mut Connection, T) + Send + 'static,
    ) -> Result<T, KeychainError> {
        self.worker.ask(self.patience, act, too_late).map_err(|error| match error {
            NoAnswer::Busy => KeychainError::Busy,
            NoAnswer::Late => KeychainError::Slow,
            NoAnswer::Broken => KeychainError::Failed,
        })
    }
}

/// Which change of a secret was asked for last: one that comes too late undoes itself, but never what
/// was done after it.
#[derive(Default)]
struct Changes(Mutex<HashMap<KeyId, u64>>);

/// One change among them.
struct Change {
    all: Arc<Changes>,
    id: KeyId,
    number: u64,
}

impl Changes {
    fn begin(self: &Arc<Self>, id: &KeyId) -> Change {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = last.entry(id.clone()).or_default();
        *number += 1;
        Change { all: Arc::clone(self), id: id.clone(), number: *number }
    }
}

impl Change {
    fn is_last(&self) -> bool {
        let last = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.get(&self.id) == Some(&self.number)
    }
}

fn secret_of(entry: &Entry) -> keyring::Result<Option<Zeroizing<Vec<u8>>>> {
    match entry.get_secret() {
        Ok(secret) => Ok(Some(Zeroizing::new(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The way to the keychain, kept while one question follows the other.
#[derive(Default)]
struct Connection {
    #[cfg(not(any(target_os = "macos", target_os = "windows")))]
    store: Option<Arc<zbus_secret_service_keyring_store::Store>>,
}

impl Connection {
    fn attempt<T>(
        &mut self,
        act: impl Fn(&mut Self) -> keyring::Result<T>,
    ) -> Result<T, KeychainError> {
        let is_used = self.is_open();
        let mut done = self.attempt_once(&act);
        if is_used && matches!(done, Err(KeychainError::Absent | KeychainError::Failed)) {
            self.close();
            done = self.attempt_once(&act);
        }
        if matches!(done, Err(KeychainError::Absent | KeychainError::Failed)) {
            self.close();
        }
        done
    }

    fn attempt_once<T>(
        &mut self,
        act: impl Fn(&mut Self) -> keyring::Result<T>,
    ) -> Result<T, KeychainError> {
        let asked = Instant::now();
        // The system keeps the stack of a thread that ended for the next one.
        match stack::wiped_after(|| act(self)).map_err(|error| meaning(&error)) {
            Err(KeychainError::Dismissed) if asked.elapsed() < FASTEST_NO => {
                Err(KeychainError::Locked)
            }
            done => done,
        }
    }

    /// Makes a secret what it was. If that fails, nobody is left to be told.
    fn put_back(&mut self, id: &KeyId, before: Option<Zeroizing<Vec<u8>>>) {
        let _ = stack::wiped_after(|| {
            self.entry(id).and_then(|entry| match before {
                Some(secret) => entry.set_secret(&secret),
                None => entry.delete_credential(),
            })
        });
    }

    #[cfg(any(target_os = "macos", target_os = "windows"))]
    fn entry(&mut self, id: &KeyId) -> keyring::Result<Entry> {
        Entry::new(SERVICE, id.as_str())
    }

    #[cfg(any(target_os = "macos", target_os = "windows"))]
    fn is_open(&self) -> bool {
        false
    }

    #[cfg(any(target_os = "macos", target_os = "windows"))]
    fn close(&mut self) {}

    /// On Linux the connection is made here and not by `keyring`, which remembers until the program
    /// ends that there was no keychain: a person who starts one should not have to start Signet again.
    #[cfg(not(any(target_os = "macos", target_os = "windows")))]
    fn entry(&mut self, id: &KeyId) -> keyring::Result<Entry> {
        use keyring_core::api::CredentialStoreApi;
        let store = match self.store.take() {
            Some(store) => store,
            None => zbus_secret_service_keyring_store::Store::new()?,
        };
        let store = self.store.insert(store);
        let modifiers = HashMap::from([("label", LABEL)]);
        let inner = store.build(SERVICE, id.as_str(), Some(&modifiers))?;
        Ok(Entry { inner })
    }

    #[cfg(not(any(target_os = "macos", target_os = "windows")))]
    fn is_open(&self) -> bool {
        self.store.is_some()
    }

    #[cfg(not(any(target_os = "macos", target_os = "windows")))]
    fn close(&mut self) {
        self.store = None;
    }
}

/// What the system's own keychain program shows for an entry.
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
const LABEL: &str = "Signet key";

/// The accounts of all entries of our service. `keyring` offers a search for some systems; on Linux it
/// asks a person to unlock the keychain, and nobody who only looks at a list expects that question. So
/// the Secret Service is asked by itself, for names and for no secret.
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn names() -> Result<Vec<String>, ListKeychainError> {
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;
    let failed = |error: secret_service::Error| ListKeychainError::Keychain(cause_meaning(&error));
    // No secret crosses this session, so nothing in it is enciphered.
    let service = SecretService::connect(EncryptionType::Plain).map_err(failed)?;
    let found = service.search_items(HashMap::from([("service", SERVICE)])).map_err(failed)?;
    if !found.locked.is_empty() {
        return Err(KeychainError::Locked.into());
    }
    let mut names = Vec::new();
    for item in &found.unlocked {
        let mut attributes = item.get_attributes().map_err(failed)?;
        names.push(attributes.remove("username").unwrap_or_default());
    }
    Ok(names)
}

/// The search is that of the store which [`Entry`] uses.
#[cfg(target_os = "macos")]
fn names() -> Result<Vec<String>, ListKeychainError> {
    if Entry::store_status().is_err() {
        return Err(KeychainError::Absent.into());
    }
    let found = keyring_core::Entry::search(&HashMap::from([("service", SERVICE)]));
    let found = found.map_err(|error| ListKeychainError::Keychain(meaning(&error)))?;
    let specifiers = found.iter().filter_map(keyring_core::Entry::get_specifiers);
    Ok(specifiers.map(|(_, account)| account).collect())
}

/// `keyring` leaves the search out of what it uses of the Credential Manager.
#[cfg(target_os = "windows")]
fn names() -> Result<Vec<String>, ListKeychainError> {
    Err(ListKeychainError::NotOffered)
}

/// What a keychain's error means to a person. The error itself goes no further: some of them carry
/// the secret.
fn meaning(error: &Error) -> KeychainError {
    match error {
        Error::NoEntry => KeychainError::Missing,
        Error::NoDefaultStore => KeychainError::Absent,
        Error::NoStorageAccess(cause) => no_access(cause.as_ref()),
        Error::PlatformFailure(cause) => platform_failure(cause.as_ref()),
        _ => KeychainError::Failed,
    }
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn no_access(_cause: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainError {
    KeychainError::Locked
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn no_access(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainError {
    cause.downcast_ref().map_or(KeychainError::Locked, cause_meaning)
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn platform_failure(_cause: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainError {
    KeychainError::Failed
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn platform_failure(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainError {
    cause.downcast_ref().map_or(KeychainError::Failed, cause_meaning)
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn cause_meaning(cause: &secret_service::Error) -> KeychainError {
    use secret_service::Error as Cause;
    match cause {
        Cause::Prompt => KeychainError::Dismissed,
        Cause::Locked => KeychainError::Locked,
        // A bus, but no collection to keep anything in: a fresh account whose keychain was never made.
        Cause::NoResult => KeychainError::Absent,
        // No bus, or a bus on which no keychain answers.
        Cause::Unavailable | Cause::Zbus(_) | Cause::ZbusFdo(_) => KeychainError::Absent,
        _ => KeychainError::Failed,
    }
}
