//! The port to where the history is kept.

use thiserror::Error;

use super::batch_plan::{BatchId, BatchPlan, HeldBatch, UnfinishedBatch};
use super::entry::{EntryId, HistoryEntry, LinkState, MadeLink, Note, StateCounts};
use crate::key::{KeyId, Name, RegisteredKey};
use crate::save_error::SaveError;

/// Where the links that were made are kept, as recipes: nothing in it opens a document.
pub trait HistoryStore: Send + Sync {
    /// Writes a link down. Once this has answered, no crash takes the entry away.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`].
    fn append(&self, made: &MadeLink, note: &Note) -> Result<EntryId, HistoryStoreError>;
    /// Keeps the plan of a batch, with those places marked of which an entry is written already, and in
    /// the same moment forgets another plan, which is held here. The new one is held from its first moment.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`]; then the other plan stands.
    fn begin_batch(
        &self,
        batch: &BatchPlan,
        made: &[bool],
        instead_of: Option<BatchId>,
    ) -> Result<HeldBatch, HistoryStoreError>;
    /// Writes down what was made in these places of a batch, all or none. A place of which an entry
    /// was written before, by whomever, gets no second one.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`], also where the plan is gone.
    fn append_batch(
        &self,
        id: BatchId,
        batch: &BatchPlan,
        rows: &[usize],
    ) -> Result<(), HistoryStoreError>;
    /// The plan that was begun last and not ended, of those that no program holds.
    ///
    /// # Errors
    /// [`HistoryStoreError::Unreadable`].
    fn unfinished_batch(&self) -> Result<Option<UnfinishedBatch>, HistoryStoreError>;
    /// Holds a plan that was begun and not ended, as it is now.
    ///
    /// # Errors
    /// [`GoOnError`].
    fn hold_batch(&self, id: BatchId) -> Result<(HeldBatch, UnfinishedBatch), GoOnError>;
    /// Forgets a plan; its entries stay. The file keeps nothing of it.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`].
    fn end_batch(&self, id: BatchId) -> Result<(), HistoryStoreError>;
    /// The keys that made an entry, with the names that they had in the last one.
    ///
    /// # Errors
    /// [`HistoryStoreError::Unreadable`].
    fn keys(&self) -> Result<Vec<(KeyId, Name)>, HistoryStoreError>;
    /// The entries that match. `keys` are those of the list: their present names are searched too.
    ///
    /// # Errors
    /// [`HistoryStoreError::Unreadable`].
    fn page(
        &self,
        query: &HistoryQuery,
        keys: &[RegisteredKey],
        now: i64,
    ) -> Result<HistoryPage, HistoryStoreError>;
    /// One entry; `None` where it was removed.
    ///
    /// # Errors
    /// [`HistoryStoreError::Unreadable`].
    fn find(&self, id: EntryId) -> Result<Option<HistoryEntry>, HistoryStoreError>;
    /// Replaces a note; `false` where the entry was removed.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`], and then the old note stands.
    fn set_note(&self, id: EntryId, note: &Note) -> Result<bool, HistoryStoreError>;
    /// Removes entries, and gives back those that were there. The file keeps nothing of them.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`], and then all of them are still there.
    fn remove(&self, ids: &[EntryId]) -> Result<Vec<HistoryEntry>, HistoryStoreError>;
    /// Puts entries back under their ids, all or none.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`].
    fn restore(&self, entries: &[HistoryEntry]) -> Result<(), HistoryStoreError>;
    /// Removes every entry. The file keeps nothing of them.
    ///
    /// # Errors
    /// [`HistoryStoreError::NotSaved`].
    fn clear(&self) -> Result<(), HistoryStoreError>;
    /// The name of a file that could not be used and was put aside.
    fn set_aside(&self) -> Option<String>;
}

/// Why the history did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum HistoryStoreError {
    /// It could not be written; what was there stands.
    #[error(transparent)]
    NotSaved {
        /// Why.
        #[from]
        reason: SaveError,
    },
    /// It could not be read.
    #[error("the history cannot be read")]
    Unreadable,
}

/// Why a batch is not gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GoOnError {
    /// Another program is making it.
    #[error("another program is making these links")]
    Elsewhere,
    /// Another program has made the rest of it or left it.
    #[error("another program has made these links or left them")]
    Gone,
    /// The history cannot be asked.
    #[error(transparent)]
    HistoryStore(#[from] HistoryStoreError),
}

/// Which entries are wanted, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// What the file name, host, note or key's name holds, in capitals or not; empty for all.
    pub search: String,
    /// In which state the links are.
    pub state: StateFilter,
    /// The key that made them; `None` for any.
    pub key: Option<KeyId>,
    /// The order.
    pub sort: HistorySort,
    /// So many of the first are left out.
    pub skip: usize,
    /// At most so many are given.
    pub take: usize,
}

/// The states that are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// All.
    #[default]
    Any,
    /// All but [`LinkState::Ended`].
    Working,
    /// This one.
    Is(LinkState),
}

/// The orders in which entries are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HistorySort {
    /// The link made last comes first.
    #[default]
    Newest,
    /// The link that ends next comes first; behind those that work, the one that ended last.
    EndsFirst,
    /// By file name.
    Name,
}

/// Entries that match, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryPage {
    /// The wanted part of those that match.
    pub entries: Vec<HistoryEntry>,
    /// Entries of this part that say nothing this version understands; they are left out.
    pub unreadable: usize,
    /// How many match in all.
    pub found: usize,
    /// How many entries there are.
    pub total: usize,
    /// In which states they are, of all that match but for the state that is wanted. With the first
    /// entries alone: those that follow belong to the same answer.
    pub counts: Option<StateCounts>,
}
