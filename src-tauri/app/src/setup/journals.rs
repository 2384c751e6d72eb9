//! What set-ups made, as a port: a journal for each key and account. A set-up reads its journal once and
//! then writes it step by step, so of one key there is one set-up at a time.

use std::path::PathBuf;

use signet_cloudfront::key::PublicKey;
use signet_setup::journal::Journal;
use thiserror::Error;

use crate::save_error::{NotKept, Unreadable};

/// Why a set-up is not begun.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TurnError {
    /// Another window or terminal is at work for this key.
    #[error("a set-up of this key is going on elsewhere")]
    Elsewhere,
    /// Something stands in the place of the file by which programs wait for each other.
    #[error("{} is no file that can be written", .file.display())]
    NoLock {
        /// Which.
        file: PathBuf,
    },
    /// What is made could not be written down.
    #[error(transparent)]
    Save(#[from] NotKept),
}

/// The journals of one person.
pub trait Journals: Sync {
    /// A set-up of one key that is being made or taken back.
    type Turn: Turn;

    /// Begins to make or to take back what belongs to a key: the only one, until the turn is dropped.
    ///
    /// # Errors
    /// [`TurnError`]; then nothing is to be done.
    fn begin(&self, key: &PublicKey) -> Result<Self::Turn, TurnError>;

    /// What was made under a name in an account.
    ///
    /// # Errors
    /// [`Unreadable`].
    fn journal(&self, name: &str, account: &str) -> Result<Option<Journal>, Unreadable>;

    /// The accounts in which something was made under a name.
    fn accounts(&self, name: &str) -> Vec<String>;

    /// What the file of a journal is called, for whoever has to look for it.
    fn file_name(&self, name: &str, account: &str) -> String;
}

/// A set-up of one key that is going on.
pub trait Turn: Send + Sync {
    /// What was made for the key in an account.
    ///
    /// # Errors
    /// [`Unreadable`].
    fn journal(&self, account: &str) -> Result<Option<Journal>, Unreadable>;

    /// Keeps a journal in place of the one before. One in which nothing is left goes.
    ///
    /// # Errors
    /// [`NotKept`]; then the old one stands.
    fn keep(&self, journal: &Journal) -> Result<(), NotKept>;
}
