//! The use cases: what a person does with keys and links, over narrow ports.
//!
//! Here: adding, restoring, renaming and removing keys ([`keys`]), making a link ([`links`]).
//! Deliberately not here: how a keychain or a folder is reached (the crate `signet-os` does that
//! behind [`Vault`] and [`Profile`]), any window, and the practice edge, whose key is never kept.

mod key_record;
mod keys;
mod links;
mod ports;

use std::sync::{Mutex, MutexGuard};

pub use key_record::{KeyId, KeyName, KeyNameError, KeyRecord, NewKey};
pub use keys::{
    AddKeyError, NewKeyError, OpenKeyError, RemoveKeyError, RenameKeyError, RestoreKeyError,
};
pub use links::{CreateLinkError, NewLink, link_with};
pub use ports::{Book, Choices, Profile, SaveError, Vault, VaultError};

/// The keys and last choices of one person on one computer.
///
/// Every method may wait for the keychain or the disk: call it off the window's thread.
pub struct Desk {
    vault: Box<dyn Vault>,
    profile: Box<dyn Profile>,
    book: Mutex<Book>,
}

impl Desk {
    /// Sits down at the desk with what was kept the last time.
    pub fn new(vault: Box<dyn Vault>, profile: Box<dyn Profile>, book: Book) -> Self {
        Self { vault, profile, book: Mutex::new(book) }
    }

    /// The keys, in the order in which they were added.
    pub fn keys(&self) -> Vec<KeyRecord> {
        self.book().keys.clone()
    }

    /// What was chosen last.
    pub fn choices(&self) -> Choices {
        self.book().choices.clone()
    }

    /// Remembers what was chosen, for the next start.
    ///
    /// # Errors
    /// [`SaveError`] where the profile cannot be written; the old choice then stands.
    pub fn remember(&self, choices: Choices) -> Result<(), SaveError> {
        if self.book().choices == choices {
            return Ok(());
        }
        self.rewrite(|book| book.choices = choices)
    }

    fn find(&self, id: &KeyId) -> Option<KeyRecord> {
        self.book().keys.iter().find(|key| key.id == *id).cloned()
    }

    /// Changes the list of keys on disk and in memory, or neither.
    fn rewrite(&self, change: impl FnOnce(&mut Book)) -> Result<(), SaveError> {
        let mut book = self.book();
        let mut next = book.clone();
        change(&mut next);
        self.profile.save(&next)?;
        *book = next;
        Ok(())
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // A panic while the book was held cannot have left it half changed: `rewrite` replaces it whole.
        self.book.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
