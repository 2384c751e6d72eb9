//! What the use cases need of the computer, as narrowly as it can be said.

use thiserror::Error;
use zeroize::Zeroizing;

use super::batch::{Batch, BatchId, GoOnError, HeldBatch, UnfinishedBatch};
use super::entry::{EntryId, HistoryEntry, LinkState, MadeLink, Note};
use super::settings::Settings;
use super::{KeyId, Name, RegisteredKey};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
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

/// Where names, ids and last choices are kept: everything about a key but the key. Several programs
/// may change it at once, so nothing is changed but what was read in the same turn.
pub trait Profile: Send + Sync {
    /// Reads what is kept; an empty settings where nothing ever was. Waits for nobody.
    ///
    /// # Errors
    /// [`SettingsError`], why it is not to be had.
    fn read(&self) -> Result<Settings, SettingsError>;
    /// Reads what is kept, has it changed and keeps that, whole or not at all, while no other program
    /// changes it. Gives what is kept then. What was left as it was is not written.
    ///
    /// # Errors
    /// [`SettingsError`], and then the old content stands.
    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError>;
    /// Whether another program may have changed it since it was read or written here. Reads nothing.
    fn is_changed(&self) -> bool;
}

/// Why the list of keys was not read or not changed. What is kept stands as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// Another program is changing it, and did not end in time.
    #[error("another Signet is writing it")]
    Busy,
    /// Something stands in the place of the file by which programs wait for each other.
    #[error("settings.lock is no file that can be written")]
    NoLock,
    /// A newer version wrote it.
    #[error("a newer Signet wrote it")]
    Newer,
    /// The system did not give it, or something else than a file stands in its place.
    #[error("it cannot be read")]
    Unreadable,
    /// It was read, and it is not what Signet writes.
    #[error("it is damaged")]
    Damaged,
    /// It was read, and could not be written.
    #[error(transparent)]
    NotSaved(#[from] SaveError),
}

/// Why something could not be written.
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
        batch: &Batch,
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
        batch: &Batch,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HistoryStoreError {
    /// It could not be written; what was there stands.
    #[error(transparent)]
    NotSaved(#[from] SaveError),
    /// It could not be read.
    #[error("the history cannot be read")]
    Unreadable,
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
    /// How many links have not ended.
    pub working: usize,
}
