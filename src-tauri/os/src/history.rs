//! The history of links behind [`HistoryStore`]: one SQLite file in the profile folder.
//!
//! A row is a recipe; no signature and no policy's text is ever in it. The file is opened when it is
//! first needed, for a start must not wait for it. What was removed is overwritten in the file, and
//! its write-ahead log is emptied. A file that cannot be used is put aside, never deleted.

mod batch;
mod csv;
mod file;
mod page;
mod row;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params};
use signet_app::{
    BatchId, BatchPlan, EntryId, GoOnError, HeldBatch, HistoryEntry, HistoryPage, HistoryQuery,
    HistoryStore, HistoryStoreError, KeyId, MadeLink, Name, Note, RegisteredKey, UnfinishedBatch,
};

pub use csv::to_csv;
use file::{Fault, Place};
use row::Row;

/// The history in a profile folder.
pub struct History {
    place: Place,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    connection: Option<Connection>,
    set_aside: Option<String>,
}

impl History {
    /// The history in this folder; touches nothing yet.
    pub fn at(folder: PathBuf) -> Self {
        Self { place: Place::in_folder(folder), held: Mutex::default() }
    }

    /// Does something with the file, if need be with a new one.
    fn write<T>(
        &self,
        act: impl Fn(&mut Connection) -> Result<T, Fault>,
    ) -> Result<T, HistoryStoreError> {
        let mut held = self.held();
        let done = self.attempt(&mut held, &act);
        // What was damaged is put aside now, and there is a new file to write to.
        let done =
            if matches!(done, Err(Fault::Unusable)) { self.attempt(&mut held, &act) } else { done };
        done.map_err(|fault| fault.while_writing())
    }

    /// Does something with the file, where there is one.
    fn with_file<T: Default>(
        &self,
        act: impl Fn(&mut Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut held = self.held();
        if held.connection.is_none() && self.place.is_empty()? {
            return Ok(T::default());
        }
        self.attempt(&mut held, &act)
    }

    fn attempt<T>(
        &self,
        held: &mut Held,
        act: impl Fn(&mut Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let connection = match held.connection.take() {
            Some(connection) => connection,
            None => self.open(held)?,
        };
        // After any fault the file is opened anew.
        let connection = held.connection.insert(connection);
        let done = act(connection);
        if done.is_err() {
            held.connection = None;
        }
        if !matches!(done, Err(Fault::Unusable)) {
            return done;
        }
        // Another Signet may have put the damaged file aside already, and this is a sound one.
        let opened = self.place.open_checked()?;
        let is_sound = opened.set_aside.is_none();
        held.keep(opened.set_aside);
        let connection = held.connection.insert(opened.connection);
        if is_sound { act(connection) } else { Err(Fault::Unusable) }
    }

    fn open(&self, held: &mut Held) -> Result<Connection, Fault> {
        let opened = self.place.open()?;
        held.keep(opened.set_aside);
        Ok(opened.connection)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A panic cannot have left more behind than an unfinished transaction, and SQLite takes it back.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn keep(&mut self, set_aside: Option<String>) {
        self.set_aside = set_aside.or(self.set_aside.take());
    }
}

impl HistoryStore for History {
    fn append(&self, made: &MadeLink, note: &Note) -> Result<EntryId, HistoryStoreError> {
        let row = Row::of(made, note);
        self.write(|connection| {
            row.insert(connection, None)?;
            Ok(EntryId(connection.last_insert_rowid()))
        })
    }

    fn begin_batch(
        &self,
        batch: &BatchPlan,
        made: &[bool],
        instead_of: Option<BatchId>,
    ) -> Result<HeldBatch, HistoryStoreError> {
        self.write(|connection| batch::begin(connection, &self.place, batch, made, instead_of))
    }

    fn append_batch(
        &self,
        id: BatchId,
        batch: &BatchPlan,
        rows: &[usize],
    ) -> Result<(), HistoryStoreError> {
        self.write(|connection| batch::append(connection, id, batch, rows))
    }

    fn unfinished_batch(&self) -> Result<Option<UnfinishedBatch>, HistoryStoreError> {
        self.with_file(|connection| batch::unfinished(connection, &self.place))
            .map_err(|_| HistoryStoreError::Unreadable)
    }

    fn hold_batch(&self, id: BatchId) -> Result<(HeldBatch, UnfinishedBatch), GoOnError> {
        let held = self.with_file(|connection| match batch::hold(connection, &self.place, id) {
            // It is no fault of the file's, and the file stays open.
            Err(Fault::Busy) => Ok(Some(Err(GoOnError::Elsewhere))),
            Ok(held) => Ok(held.map(Ok)),
            Err(fault) => Err(fault),
        });
        held.map_err(|_| HistoryStoreError::Unreadable)?.unwrap_or(Err(GoOnError::Gone))
    }

    fn end_batch(&self, id: BatchId) -> Result<(), HistoryStoreError> {
        self.with_file(|connection| batch::end(connection, id))
            .map_err(|fault| fault.while_writing())
    }

    fn keys(&self) -> Result<Vec<(KeyId, Name)>, HistoryStoreError> {
        self.with_file(|connection| Ok(page::keys(connection)?))
            .map_err(|_| HistoryStoreError::Unreadable)
    }

    fn page(
        &self,
        query: &HistoryQuery,
        keys: &[RegisteredKey],
        now: i64,
    ) -> Result<HistoryPage, HistoryStoreError> {
        self.with_file(|connection| page::read(connection, query, keys, now))
            .map_err(|_| HistoryStoreError::Unreadable)
    }

    fn find(&self, id: EntryId) -> Result<Option<HistoryEntry>, HistoryStoreError> {
        self.with_file(|connection| Ok(Row::find(connection, id.0)?.and_then(Row::open)))
            .map_err(|_| HistoryStoreError::Unreadable)
    }

    fn set_note(&self, id: EntryId, note: &Note) -> Result<bool, HistoryStoreError> {
        self.with_file(|connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let Some(entry) = Row::find(&transaction, id.0)?.and_then(Row::open) else {
                return Ok(false);
            };
            let row = Row::of(&entry.made, note);
            transaction.execute(
                "UPDATE entries SET note = :note, searched = :searched WHERE id = :id",
                named_params! { ":note": row.note, ":searched": row.searched(), ":id": id.0 },
            )?;
            transaction.commit()?;
            empty_log(connection);
            Ok(true)
        })
        .map_err(|fault| fault.while_writing())
    }

    fn remove(&self, ids: &[EntryId]) -> Result<Vec<HistoryEntry>, HistoryStoreError> {
        self.with_file(|connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut removed = Vec::new();
            for id in ids {
                removed.extend(Row::find(&transaction, id.0)?.and_then(Row::open));
                transaction.execute("DELETE FROM entries WHERE id = ?1", [id.0])?;
            }
            transaction.commit()?;
            empty_log(connection);
            Ok(removed)
        })
        .map_err(|fault| fault.while_writing())
    }

    fn restore(&self, entries: &[HistoryEntry]) -> Result<(), HistoryStoreError> {
        self.write(|connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for entry in entries {
                Row::of(&entry.made, &entry.note).insert(&transaction, Some(entry.id.0))?;
            }
            Ok(transaction.commit()?)
        })
    }

    fn clear(&self) -> Result<(), HistoryStoreError> {
        self.with_file(|connection| {
            connection.execute_batch(
                "BEGIN IMMEDIATE; DELETE FROM entries; DELETE FROM batches; \
                 DELETE FROM batch_progress; COMMIT",
            )?;
            connection.execute_batch("VACUUM")?;
            let busy: i64 =
                connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            self.place.remove_free_turns();
            // Another Signet is reading: the log still holds what shall be gone.
            if busy == 0 { Ok(()) } else { Err(Fault::Busy) }
        })
        .map_err(|fault| fault.while_writing())
    }

    fn set_aside(&self) -> Option<String> {
        let mut held = self.held();
        if held.connection.is_none() {
            let name = self.place.quarantine_what_is_no_history();
            held.keep(name);
        }
        held.set_aside.clone()
    }
}

/// Takes what was overwritten out of the log too. Where another Signet is reading it cannot be done
/// now; the change itself is made, and the next one empties the log.
fn empty_log(connection: &Connection) {
    let _ = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        .optional();
}
