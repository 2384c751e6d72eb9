//! The links that were made: found, made once more, noted, removed and forgotten.
//!
//! What was removed is kept in memory alone, to be put back until the program ends.

mod batch_plan;
mod entry;
mod store;

use std::sync::{MutexGuard, PoisonError};

use chrono::{DateTime, TimeZone};
use thiserror::Error;

use super::App;
use super::key::{KeyId, Name};
use super::keys::OpenKeyError;
use super::recipe::{ChosenLimits, LinkRecipe};
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::policy_resource::PolicyResource;
use signet_cloudfront::signed_url::{self, SignUrlError, SignedUrl};

pub use batch_plan::{BatchId, BatchPlan, HeldBatch, PlannedLink, UnfinishedBatch};
pub use entry::{
    ENDING_SECONDS, EntryId, HistoryEntry, LinkState, MadeLink, Note, NoteError, StateCounts,
};
pub use store::{
    GoOnError, HistoryPage, HistoryQuery, HistorySort, HistoryStore, HistoryStoreError, StateFilter,
};

/// Before a key is removed, a person sees at most so many of its links.
const MAX_LINKS_OF_A_KEY: usize = 100;

/// Why an entry could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EntryError {
    /// It was removed.
    #[error("no such entry")]
    Unknown,
    /// The history did not do it.
    #[error(transparent)]
    HistoryStore(#[from] HistoryStoreError),
}

/// Why a note was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SetNoteError {
    /// The note cannot be used.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The entry could not be had.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// Why a link was not made once more.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignAgainError {
    /// The entry could not be had.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Its key could not be opened.
    #[error(transparent)]
    Key(#[from] OpenKeyError),
    /// Signing failed.
    #[error(transparent)]
    Sign(#[from] SignUrlError),
}

/// An entry to be written into a file for other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    /// What the link is.
    pub made: MadeLink,
    /// What was noted of it.
    pub note: Note,
    /// The link itself, where it is wanted and can be had.
    pub link: Option<SignedUrl>,
}

impl App {
    /// The name of a history file that was put aside because it could not be used.
    pub fn history_set_aside(&self) -> Option<String> {
        self.history_store.as_ref()?.set_aside()
    }

    /// A page of the history. Keys that are in the list appear under their present names.
    ///
    /// # Errors
    /// [`HistoryStoreError`].
    pub fn history(
        &self,
        query: &HistoryQuery,
        now: i64,
    ) -> Result<HistoryPage, HistoryStoreError> {
        let keys = self.registered_keys();
        let mut page = self.history_store()?.page(query, &keys, now)?;
        for entry in &mut page.entries {
            self.give_present_name(entry);
        }
        Ok(page)
    }

    /// The keys of the list, and behind them those that are gone and made an entry of the history.
    ///
    /// # Errors
    /// [`HistoryStoreError`].
    pub fn history_keys(&self) -> Result<Vec<(KeyId, Name)>, HistoryStoreError> {
        let here = self.registered_keys().into_iter().map(|key| (key.id, key.name));
        let mut keys: Vec<_> = here.collect();
        for (id, name) in self.history_store()?.keys()? {
            if !keys.iter().any(|(here, _)| *here == id) {
                keys.push((id, name));
            }
        }
        Ok(keys)
    }

    /// The links of a key that have not ended, which nobody can make again once the key is gone.
    ///
    /// # Errors
    /// [`HistoryStoreError`].
    pub fn working_links_of(
        &self,
        key: &KeyId,
        now: i64,
    ) -> Result<HistoryPage, HistoryStoreError> {
        let query = HistoryQuery {
            state: StateFilter::Working,
            key: Some(key.clone()),
            sort: HistorySort::EndsFirst,
            take: MAX_LINKS_OF_A_KEY,
            ..HistoryQuery::default()
        };
        self.history(&query, now)
    }

    /// Makes the link of an entry once more, byte for byte: with the hash and the public key ID of
    /// then, whatever the key has now.
    ///
    /// # Errors
    /// [`SignAgainError`].
    pub fn sign_again(&self, id: EntryId) -> Result<SignedUrl, SignAgainError> {
        let entry = self.entry(id)?;
        let record = self.registered_key(&entry.made.key).ok_or(OpenKeyError::Unknown)?;
        Ok(link_of(&entry.made, &self.open_key(&record.id)?)?)
    }

    /// What a person would ask for to get a link like this one from now on, of which key, and what is
    /// noted of it. The document is named as it is typed on the site that the key has now.
    ///
    /// A start that has passed is left out, and what the span was is not known: it is seven days.
    ///
    /// # Errors
    /// [`EntryError`].
    pub fn recipe_of<Z: TimeZone>(
        &self,
        id: EntryId,
        now: i64,
        zone: &Z,
    ) -> Result<(KeyId, LinkRecipe, Note), EntryError> {
        let HistoryEntry { made, note, .. } = self.entry(id)?;
        let start = made.terms.starts_at().filter(|start| *start > now);
        let start = start.and_then(|start| DateTime::from_timestamp(start, 0));
        let limits = ChosenLimits {
            start: start.map(|start| start.with_timezone(zone).naive_local()),
            network: made.terms.network(),
            folder: made.terms.resource().map(PolicyResource::path).map(str::to_owned),
        };
        let address = match self.registered_key(&made.key) {
            Some(key) => made.address.as_typed(|typed| limits.document(typed, &key.site).ok()),
            None => made.address.as_str().to_owned(),
        };
        Ok((made.key, LinkRecipe { address, lifetime: Lifetime::SevenDays, limits }, note))
    }

    /// Notes something about a link; nothing takes the note away.
    ///
    /// # Errors
    /// [`SetNoteError`]; then the old note stands.
    pub fn set_note(&self, id: EntryId, text: &str) -> Result<HistoryEntry, SetNoteError> {
        let note = Note::parse(text)?;
        if !self
            .history_store()
            .and_then(|store| store.set_note(id, &note))
            .map_err(EntryError::from)?
        {
            return Err(EntryError::Unknown.into());
        }
        Ok(self.entry(id)?)
    }

    /// Removes entries at once. Those that are not there any more are removed already.
    ///
    /// # Errors
    /// [`HistoryStoreError`]; then all are still there.
    pub fn remove_entries(&self, ids: &[EntryId]) -> Result<(), HistoryStoreError> {
        let mut removed = self.removed();
        removed.extend(self.history_store()?.remove(ids)?);
        Ok(())
    }

    /// Puts back entries that were removed since the program was started.
    ///
    /// # Errors
    /// [`EntryError`]; then none was put back.
    pub fn restore_entries(&self, ids: &[EntryId]) -> Result<(), EntryError> {
        let mut removed = self.removed();
        let wanted: Vec<_> =
            removed.iter().filter(|entry| ids.contains(&entry.id)).cloned().collect();
        if ids.iter().any(|id| !wanted.iter().any(|entry| entry.id == *id)) {
            return Err(EntryError::Unknown);
        }
        self.history_store()?.restore(&wanted)?;
        removed.retain(|entry| !ids.contains(&entry.id));
        Ok(())
    }

    /// Forgets every link, and what could be put back too.
    ///
    /// # Errors
    /// [`HistoryStoreError`].
    pub fn clear_history(&self) -> Result<(), HistoryStoreError> {
        let mut removed = self.removed();
        self.history_store()?.clear()?;
        *removed = Vec::new();
        Ok(())
    }

    /// Every entry, newest first, for a file that other programs read.
    ///
    /// # Errors
    /// [`SignAgainError`], where links are wanted and a key of the list cannot be opened.
    pub fn export_history(
        &self,
        with_links: bool,
        now: i64,
    ) -> Result<Vec<ExportRow>, SignAgainError> {
        let all = HistoryQuery { take: usize::MAX, ..HistoryQuery::default() };
        let entries = self.history(&all, now).map_err(EntryError::from)?.entries;
        let mut rows: Vec<_> = entries
            .into_iter()
            .map(|HistoryEntry { made, note, .. }| ExportRow { made, note, link: None })
            .collect();
        if with_links {
            // Key by key, so that the keychain is asked once for each and one key at most is open.
            for record in self.registered_keys() {
                let mut of_key: Vec<_> = rows
                    .iter_mut()
                    .filter(|row| row.made.key == record.id)
                    .filter(|row| row.made.terms.expires_at() > now)
                    .collect();
                if of_key.is_empty() {
                    continue;
                }
                let key = self.open_key(&record.id)?;
                for row in &mut of_key {
                    row.link = Some(link_of(&row.made, &key)?);
                }
            }
        }
        Ok(rows)
    }

    pub(super) fn history_store(&self) -> Result<&dyn HistoryStore, HistoryStoreError> {
        self.history_store.as_deref().ok_or(HistoryStoreError::Unreadable)
    }

    fn entry(&self, id: EntryId) -> Result<HistoryEntry, EntryError> {
        let mut entry = self.history_store()?.find(id)?.ok_or(EntryError::Unknown)?;
        self.give_present_name(&mut entry);
        Ok(entry)
    }

    fn give_present_name(&self, entry: &mut HistoryEntry) {
        if let Some(record) = self.registered_key(&entry.made.key) {
            entry.made.key_name = record.name;
        }
    }

    fn removed(&self) -> MutexGuard<'_, Vec<HistoryEntry>> {
        // Each change is one call on the list, so a panic leaves it whole.
        self.removed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn link_of(made: &MadeLink, key: &SigningKey) -> Result<SignedUrl, SignUrlError> {
    let signer = &made.signer;
    signed_url::sign(&made.address, &made.terms, signer.hash, key, &signer.public_key_id)
}
