//! An ordinary file from the disk into memory, up to a length.
//!
//! The file is only ever read: never moved, changed or locked.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// There is nothing at this place.
    NotFound,
    /// It is a folder, a pipe or a device.
    NotRegular,
    /// It is longer.
    TooLarge,
    /// The system refused.
    Unreadable,
}

/// Reads a file of at most so many bytes into a buffer. Never waits for a pipe and never reads a device.
pub(crate) fn read(path: &Path, most: usize, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
    let file = open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => ReadError::NotFound,
        ErrorKind::IsADirectory => ReadError::NotRegular,
        _ => ReadError::Unreadable,
    })?;
    let metadata = file.metadata().map_err(|_| ReadError::Unreadable)?;
    if !metadata.is_file() {
        return Err(ReadError::NotRegular);
    }
    if metadata.len() > most as u64 {
        return Err(ReadError::TooLarge);
    }
    // It may have grown since.
    file.take(most as u64 + 1).read_to_end(bytes).map_err(|_| ReadError::Unreadable)?;
    if bytes.len() > most { Err(ReadError::TooLarge) } else { Ok(()) }
}

/// Opens whatever is there to be read, and waits for nobody.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Opening a pipe would otherwise wait until somebody writes to it.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}
