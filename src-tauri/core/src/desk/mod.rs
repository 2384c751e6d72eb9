//! The use cases: what a person does with keys and links, over narrow ports.
//!
//! Here: adding, restoring, changing and removing keys ([`keys`]), making new ones and handing out
//! their halves ([`made_keys`]), replacing one by another ([`replacement`]), finding what a list has lost
//! ([`orphans`]), making a link ([`links`]) from what a person asks for ([`recipe`]), and the links that were made ([`history`], [`entry`]).
//! Deliberately not here: how a keychain or a folder is reached (the crate `signet-os` does that
//! behind [`Vault`], [`Profile`] and [`Ledger`]), any window, and the practice edge, whose key is
//! never kept and whose links are not remembered.

mod batch;
mod entry;
mod history;
mod key_record;
mod keys;
mod links;
mod made_keys;
mod many;
mod orphans;
mod ports;
mod recipe;
mod replacement;

use std::sync::{Mutex, MutexGuard};

use crate::lifetime::Lifetime;
use crate::setup::guide::Answers;

pub use batch::{Batch, BatchId, MadePart, PlannedLink, UnfinishedBatch};
pub use entry::{ENDING_SECONDS, EntryId, HistoryEntry, LinkState, MadeLink, Note, NoteError};
pub use history::{EntryError, ExportRow, SetNoteError, SignAgainError};
pub use key_record::{KeyId, KeyName, KeyNameError, KeyRecord, MadeKey, NewKey};
pub use keys::{
    AddKeyError, ChangeHashError, NewKeyError, OpenKeyError, RemoveKeyError, RenameKeyError,
    RestoreKeyError,
};
pub use links::{CreateLinkError, LinkSigner, NewLink, link_with};
pub use made_keys::{ConnectKeyError, MakeKeyError};
pub use many::{
    Busy, ListReader, ListRow, MadeRow, ManyLinks, PlanError, Question, ReadRow, RowError,
    RowState, RowsFilter, Run, Stage, Tally, Trouble,
};
pub use orphans::{Orphan, OrphanError, Orphans, RestoreOrphanError};
pub use ports::{
    Book, Choices, HistoryPage, HistoryQuery, HistorySort, Ledger, LedgerError, ListVaultError,
    Profile, SaveError, StateFilter, Vault, VaultError,
};
pub use recipe::{ChosenLimits, LimitsError, LinkRecipe};
pub use replacement::{ReplaceKeyError, Replacement, ReplacementState, SwitchKeyError};

/// The keys, last choices and links of one person on one computer.
///
/// Every method may wait for the keychain or the disk: call it off the window's thread.
pub struct Desk {
    vault: Box<dyn Vault>,
    profile: Box<dyn Profile>,
    book: Mutex<Book>,
    ledger: Option<Box<dyn Ledger>>,
    removed: Mutex<Vec<HistoryEntry>>,
}

impl Desk {
    /// Sits down at the desk with what was kept the last time.
    pub fn new(vault: Box<dyn Vault>, profile: Box<dyn Profile>, book: Book) -> Self {
        let (book, removed) = (Mutex::new(book), Mutex::default());
        Self { vault, profile, book, ledger: None, removed }
    }

    /// Remembers from now on which links are made.
    #[must_use]
    pub fn with_history(self, ledger: Box<dyn Ledger>) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    /// The keys, in the order in which they were added.
    pub fn keys(&self) -> Vec<KeyRecord> {
        self.book().keys.clone()
    }

    /// The keys that were made here and are not finished, in the order in which they were made.
    pub fn made_keys(&self) -> Vec<MadeKey> {
        self.book().made.clone()
    }

    /// What was chosen last.
    pub fn choices(&self) -> Choices {
        self.book().choices.clone()
    }

    /// Remembers with what links were made, for the next start. A fixed date is not chosen again: the
    /// lifetime before it stays.
    ///
    /// # Errors
    /// [`SaveError`] where the profile cannot be written; the old choice then stands.
    pub fn remember(&self, key: KeyId, lifetime: Lifetime) -> Result<(), SaveError> {
        let again =
            (!matches!(lifetime, Lifetime::Until(_) | Lifetime::Written(_))).then_some(lifetime);
        let choices =
            Choices { key: Some(key), lifetime: again.or_else(|| self.choices().lifetime) };
        if self.book().choices == choices {
            return Ok(());
        }
        self.rewrite(|book| book.choices = choices)
    }

    /// How far the set-up of CloudFront was the last time.
    pub fn set_up(&self) -> Answers {
        self.book().set_up.clone()
    }

    /// Remembers for the next start how far the set-up of CloudFront is.
    ///
    /// # Errors
    /// [`SaveError`] where the profile cannot be written; the old answers then stand.
    pub fn remember_set_up(&self, answers: Answers) -> Result<(), SaveError> {
        if self.book().set_up == answers {
            return Ok(());
        }
        self.rewrite(|book| book.set_up = answers)
    }

    /// A key of the list.
    pub fn key(&self, id: &KeyId) -> Option<KeyRecord> {
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
