//! A list of documents from the disk into memory, and no more of it than a list can be.

use std::path::Path;

use signet_cloudfront::document_list::MAX_BYTES;
use thiserror::Error;

use crate::regular_file::{self, ReadError};

/// Why a file could not be read as a list, before its content matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReadListError {
    /// It has more bytes than a list may have.
    #[error("the file has more than {most} bytes")]
    TooLarge {
        /// [`MAX_BYTES`].
        most: usize,
    },
    /// It is not there, no ordinary file, or the system refused.
    #[error("the file cannot be read")]
    Unreadable,
}

/// Reads a file of at most 16 MiB.
///
/// # Errors
/// [`ReadListError`]; never waits for a pipe and never reads a device.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadListError> {
    let mut bytes = Vec::new();
    regular_file::read(path, MAX_BYTES, &mut bytes).map_err(|error| match error {
        ReadError::TooLarge => ReadListError::TooLarge { most: MAX_BYTES },
        ReadError::NotFound | ReadError::NotRegular | ReadError::Unreadable => {
            ReadListError::Unreadable
        }
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_list_and_refuses_what_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, "a.pdf\n").unwrap();
        assert_eq!(read(&path).unwrap(), b"a.pdf\n");
        assert_eq!(read(folder.path()), Err(ReadListError::Unreadable));
        assert_eq!(read(&folder.path().join("none")), Err(ReadListError::Unreadable));
        std::fs::File::create(&path).unwrap().set_len(MAX_BYTES as u64 + 1).unwrap();
        assert_eq!(read(&path), Err(ReadListError::TooLarge { most: MAX_BYTES }));
    }
}
