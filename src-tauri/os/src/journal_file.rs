//! What is written down of a piece of work that may end in the middle: a small private file of JSON for each, replaced
//! whole, and a lock beside it, so that the work is in one program's hands.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use signet_app::documents::{NotKept, Unreadable};

use crate::lock::{Lock, LockError};
use crate::own_file::{self, make_private_folder, save_error};
use crate::private_file::{self, Existing};

/// Hardly any of them is large; a larger file is not ours.
const MAX_BYTES: usize = 1 << 20;

/// Why a piece of work is not to be had.
pub(crate) enum TakeError {
    /// Another program has it.
    Elsewhere,
    /// Something stands in the place of the lock.
    NoLock(PathBuf),
    /// The lock could not be made.
    NotKept(NotKept),
}

/// Takes a piece of work in hand, which has an end. Nobody's end is waited for: what it was planned with would be old.
pub(crate) fn take(lock: PathBuf) -> Result<Lock, TakeError> {
    let folder = lock.parent().unwrap_or(Path::new("."));
    make_private_folder(folder).map_err(|error| TakeError::NotKept(not_kept(&lock, &error)))?;
    Lock::take_once(&lock).map_err(|error| match error {
        LockError::Busy => TakeError::Elsewhere,
        LockError::NoFile => TakeError::NoLock(lock),
        LockError::Io(error) => TakeError::NotKept(not_kept(&lock, &error)),
    })
}

/// What is written down; `None` where nothing is.
pub(crate) fn read<T: DeserializeOwned>(file: &Path) -> Result<Option<T>, Unreadable> {
    read_up_to(file, MAX_BYTES)
}

/// The same where it may have so many bytes.
pub(crate) fn read_up_to<T: DeserializeOwned>(
    file: &Path,
    most: usize,
) -> Result<Option<T>, Unreadable> {
    let unreadable = || Unreadable { file: file.to_owned() };
    let text = own_file::read(file, most).map_err(|_| unreadable())?;
    text.map(|text| serde_json::from_slice(&text).map_err(|_| unreadable())).transpose()
}

/// Writes it down, in place of what was there; where it fails that stands.
pub(crate) fn write(file: &Path, content: &impl Serialize) -> Result<(), NotKept> {
    let written = || {
        make_private_folder(file.parent().unwrap_or(Path::new(".")))?;
        private_file::write(file, &serde_json::to_vec_pretty(content)?, Existing::Replaced)
    };
    written().map_err(|error: io::Error| not_kept(file, &error))
}

/// Nothing is left to be written down.
pub(crate) fn remove(file: &Path) -> Result<(), NotKept> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(not_kept(file, &error)),
        _ => Ok(()),
    }
}

/// What stands between beginning and end in the names of a folder's files, in order.
pub(crate) fn names(folder: &Path, start: &str, end: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = files
        .filter_map(|file| Some(file.strip_prefix(start)?.strip_suffix(end)?.to_owned()))
        .collect();
    names.sort();
    names
}

fn not_kept(file: &Path, error: &io::Error) -> NotKept {
    NotKept { file: file.to_owned(), why: save_error(error) }
}
