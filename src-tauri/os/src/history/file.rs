//! The history's file: made private and whole, judged before it is believed, put aside where it
//! cannot be used.
//!
//! A file under its name is whole from its first moment, so an empty one is always a fault. What
//! changes names in the folder holds a lock, so that two Signets never put each other's file aside.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, ffi};
use signet_app::{BatchId, HistoryStoreError, SaveError};

use super::row;
use crate::lock::{Lock, LockError};
use crate::own_file::{make_private_folder, save_error};

const FILE: &str = "history.sqlite3";
const LOCK: &str = "history.lock";

/// Of each plan that is being made there is one of these, `many-7.lock`.
const TURN: [&str; 2] = ["many-", ".lock"];

/// SQLite keeps a log and an index of it beside a file that is open, or was when its program died.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Marks the file as Signet's: "Sgnt".
const APPLICATION: u32 = 0x5367_6e74;

/// Each brings the file from one version to the next. Never changed, only added to.
const MIGRATIONS: [&str; VERSION as usize] =
    [include_str!("schema-1.sql"), include_str!("schema-2.sql")];

/// What this Signet writes.
const VERSION: u32 = 2;

/// A second Signet writes for milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where SQLite's header says what the file is.
/// Source: "Database File Format", sqlite.org.
const HEADER_BYTES: usize = 100;

/// Why something could not be done with the file.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is damaged, of a newer version, or no history at all.
    Unusable,
    /// Another Signet is at it.
    Busy,
    /// Another Signet took away what was to be changed.
    Gone,
    Sql(rusqlite::Error),
    Io(io::Error),
}

/// An open file, and the name of one that was put aside for it.
pub(super) struct OpenedFile {
    pub(super) connection: Connection,
    pub(super) set_aside: Option<String>,
}

/// The folder in which the file lies.
pub(super) struct Place {
    folder: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Absent,
    History,
    Unusable,
}

impl Place {
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether nothing was ever written here.
    pub(super) fn is_empty(&self) -> Result<bool, Fault> {
        Ok(self.look()? == Look::Absent)
    }

    /// Opens the file; makes a new one where there is none, or none that can be used.
    pub(super) fn open(&self) -> Result<OpenedFile, Fault> {
        self.open_where(|_| Ok(()))
    }

    /// The same with a look at every page, which takes a while for a large file.
    pub(super) fn open_checked(&self) -> Result<OpenedFile, Fault> {
        self.open_where(|connection| {
            let verdict: String =
                connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            if verdict == "ok" { Ok(()) } else { Err(Fault::Unusable) }
        })
    }

    /// Reads a hundred bytes, and puts the file aside where they are not a history's.
    pub(super) fn quarantine_what_is_no_history(&self) -> Option<String> {
        if self.look().ok()? != Look::Unusable {
            return None;
        }
        let _lock = self.lock().ok()?;
        (self.look().ok()? == Look::Unusable).then(|| self.quarantine().ok()).flatten()
    }

    fn open_where(
        &self,
        is_sound: impl Fn(&Connection) -> Result<(), Fault>,
    ) -> Result<OpenedFile, Fault> {
        make_private_folder(&self.folder)?;
        let _lock = self.lock()?;
        let sound = |place: &Self| {
            let connection = place.connect()?;
            is_sound(&connection)?;
            Ok(connection)
        };
        let found = match self.look()? {
            Look::Absent => None,
            Look::History => Some(sound(self)),
            Look::Unusable => Some(Err(Fault::Unusable)),
        };
        let set_aside = match found {
            Some(Ok(connection)) => return Ok(OpenedFile { connection, set_aside: None }),
            Some(Err(Fault::Unusable)) => Some(self.quarantine()?),
            Some(Err(fault)) => return Err(fault),
            // A log without its file would be read into the new one.
            None if self.is_anything_beside(FILE) => Some(self.quarantine()?),
            None => None,
        };
        self.create()?;
        Ok(OpenedFile { connection: self.connect()?, set_aside })
    }

    /// Two Signets open, make and put aside one after the other.
    fn lock(&self) -> Result<Lock, Fault> {
        Ok(Lock::take(&self.folder.join(LOCK), PATIENCE)?)
    }

    /// A plan in this program's hands.
    pub(super) fn turn_of(&self, id: BatchId) -> Result<Lock, Fault> {
        Ok(Lock::take_once(&self.turn_file(id))?)
    }

    /// Whether a plan is in somebody's hands.
    pub(super) fn is_held(&self, id: BatchId) -> bool {
        Lock::is_taken(&self.turn_file(id))
    }

    /// What killed programs left of plans that are gone now.
    pub(super) fn remove_free_turns(&self) {
        let [start, end] = TURN;
        let is_turn = |name: &str| name.starts_with(start) && name.ends_with(end);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(is_turn) {
                // It goes with its turn, and one that is held stays.
                drop(Lock::take_once(&entry.path()));
            }
        }
    }

    fn turn_file(&self, BatchId(id): BatchId) -> PathBuf {
        let [start, end] = TURN;
        self.folder.join(format!("{start}{id}{end}"))
    }

    fn look(&self) -> Result<Look, Fault> {
        let path = self.folder.join(FILE);
        let metadata = match path.symlink_metadata() {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Look::Absent),
            Err(error) => return Err(error.into()),
        };
        if !metadata.is_file() {
            return Ok(Look::Unusable);
        }
        let mut header = [0; HEADER_BYTES];
        match File::open(&path)?.read_exact(&mut header) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(Look::Unusable),
            Err(error) => return Err(error.into()),
        }
        // While there is a log, the file may still be shorter than it is going to be.
        let wal = self.folder.join(format!("{FILE}-wal"));
        let has_log = wal.symlink_metadata().is_ok_and(|metadata| metadata.len() > 0);
        let is_whole = has_log || metadata.len() >= bytes_promised(&header);
        Ok(if is_history(&header) && is_whole { Look::History } else { Look::Unusable })
    }

    fn connect(&self) -> Result<Connection, Fault> {
        let path = real(&self.folder)?.join(FILE);
        keep_private(&path)?;
        self.only_files_beside()?;
        let mut connection = match open(&path, "NORMAL") {
            // On a full disk there is no room for what several programs share. One alone needs none.
            Err(Fault::Sql(error)) if is_without_room_to_share(&error) => open(&path, "EXCLUSIVE")?,
            opened => opened?,
        };
        migrate(&mut connection)?;
        // A file of our version without our columns is not ours.
        match connection.prepare(&format!("{} INDEXED BY entries_by_name", row::SELECT)) {
            Ok(_) => {}
            Err(_) => return Err(Fault::Unusable),
        }
        Ok(connection)
    }

    /// Makes the file under another name, and gives it its own once it is whole.
    fn create(&self) -> Result<(), Fault> {
        let folder = real(&self.folder)?;
        let file = tempfile::Builder::new().prefix(".history-").tempfile_in(&folder)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(file.path(), flags)?;
        connection.execute_batch("PRAGMA journal_mode = MEMORY")?;
        connection.pragma_update(None, "application_id", APPLICATION)?;
        migrate(&mut connection)?;
        connection.execute_batch("PRAGMA journal_mode = WAL")?;
        connection.close().map_err(|(_, error)| error)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(folder.join(FILE)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Gives the file, and what SQLite keeps beside it, a name that says what it is.
    fn quarantine(&self) -> Result<String, Fault> {
        let is_free = |name: &String| {
            self.folder.join(name).symlink_metadata().is_err() && !self.is_anything_beside(name)
        };
        let mut names = (1..1000).map(|n| format!("history.damaged-{n}.sqlite3"));
        let name = names.find(is_free).ok_or(Fault::Unusable)?;
        // The file itself comes last: left without it, its log would be taken for a new file's.
        for end in BESIDE.into_iter().chain([""]) {
            let (from, to) = (format!("{FILE}{end}"), format!("{name}{end}"));
            match fs::rename(self.folder.join(from), self.folder.join(to)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(name)
    }

    /// SQLite opens what has these names, and would wait for a pipe among them for ever.
    fn only_files_beside(&self) -> Result<(), Fault> {
        for end in BESIDE.into_iter().chain(["-journal"]) {
            match self.folder.join(format!("{FILE}{end}")).symlink_metadata() {
                Ok(found) if !found.is_file() => {
                    return Err(io::Error::from(ErrorKind::InvalidInput).into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn is_anything_beside(&self, name: &str) -> bool {
        let beside = |end: &&str| self.folder.join(format!("{name}{end}"));
        BESIDE.iter().any(|end| beside(end).symlink_metadata().is_ok())
    }
}

fn open(path: &Path, locking: &str) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "locking_mode", locking)?;
    // An answer means that the row is on the disk; what is removed is overwritten; nothing goes
    // through a temporary file elsewhere; and nothing that the file says of itself is run.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
         PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    Ok(connection)
}

fn is_without_room_to_share(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHMSIZE)
}

impl Fault {
    /// What it means to somebody who wanted to change something.
    pub(super) fn while_writing(&self) -> HistoryStoreError {
        let error = match self {
            Self::Unusable => return HistoryStoreError::Unreadable,
            Self::Busy | Self::Gone => SaveError::Other,
            Self::Io(error) => save_error(error),
            Self::Sql(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => SaveError::DiskFull,
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                    SaveError::ReadOnly
                }
                _ => SaveError::Other,
            },
        };
        HistoryStoreError::NotSaved { reason: error }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Unusable,
            _ => Self::Sql(error),
        }
    }
}

impl From<LockError> for Fault {
    fn from(error: LockError) -> Self {
        match error {
            LockError::Busy => Self::Busy,
            LockError::NoFile => Self::Io(ErrorKind::InvalidInput.into()),
            LockError::Io(error) => error.into(),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn is_history(header: &[u8; HEADER_BYTES]) -> bool {
    header.starts_with(b"SQLite format 3\0")
        && number(header, 68, 4) == u64::from(APPLICATION)
        && (1..=u64::from(VERSION)).contains(&number(header, 60, 4))
}

fn bytes_promised(header: &[u8; HEADER_BYTES]) -> u64 {
    let page_bytes = match number(header, 16, 2) {
        1 => 65_536,
        bytes => bytes,
    };
    page_bytes * number(header, 28, 4)
}

fn number(header: &[u8; HEADER_BYTES], at: usize, bytes: usize) -> u64 {
    header.iter().skip(at).take(bytes).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Brings an older file to this version, whole or not at all.
fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    let version = |connection: &Connection| {
        connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))
    };
    if version(connection)? == VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&transaction)?;
    if from > VERSION {
        return Err(Fault::Unusable);
    }
    for migration in MIGRATIONS.iter().skip(from as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(transaction.commit()?)
}

/// A copy that was put back may have been readable by others.
#[cfg(unix)]
fn keep_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if path.symlink_metadata()?.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_private(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The folder without links on the way to it, for SQLite follows none and a home may lie behind one.
#[cfg(unix)]
fn real(folder: &Path) -> io::Result<PathBuf> {
    folder.canonicalize()
}

#[cfg(not(unix))]
fn real(folder: &Path) -> io::Result<PathBuf> {
    Ok(folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_by_its_cause() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (b); PRAGMA max_page_count = 2").unwrap();
        let full = connection.execute("INSERT INTO t VALUES (zeroblob(100000))", []).unwrap_err();
        let written = |fault: Fault| fault.while_writing();
        assert_eq!(
            written(full.into()),
            HistoryStoreError::NotSaved { reason: SaveError::DiskFull }
        );
        connection.execute_batch("PRAGMA query_only = ON").unwrap();
        let refused = connection.execute("DELETE FROM t", []).unwrap_err();
        assert_eq!(
            written(refused.into()),
            HistoryStoreError::NotSaved { reason: SaveError::ReadOnly }
        );
        assert_eq!(written(Fault::Busy), HistoryStoreError::NotSaved { reason: SaveError::Other });
        assert_eq!(written(Fault::Unusable), HistoryStoreError::Unreadable);
        let denied = io::Error::from(ErrorKind::PermissionDenied);
        assert_eq!(
            written(denied.into()),
            HistoryStoreError::NotSaved { reason: SaveError::ReadOnly }
        );
    }
}
