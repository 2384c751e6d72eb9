//! A key file from the disk into memory, and no more of it than a key file can be.

use std::path::Path;

use signet_cloudfront::key_file::MAX_BYTES;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::regular_file::{self, ReadError};

/// Why a file could not be read as a key file, before its content matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ReadKeyFileError {
    /// There is nothing at this place.
    #[error("there is no such file")]
    NotFound,
    /// It is a folder, a pipe or a device.
    #[error("this is not an ordinary file")]
    NotRegular,
    /// It has more than 64 KiB.
    #[error("the file is too large for a key")]
    TooLarge,
    /// The system refused.
    #[error("the file cannot be read")]
    Unreadable,
}

/// Reads a key file of at most 64 KiB. The buffer is wiped when it is dropped.
///
/// # Errors
/// [`ReadKeyFileError`]; never waits for a pipe and never reads a device.
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, ReadKeyFileError> {
    // Reserved at once, so that growing leaves no copy of a key behind in freed memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
    regular_file::read(path, MAX_BYTES, &mut bytes).map_err(|error| match error {
        ReadError::NotFound => ReadKeyFileError::NotFound,
        ReadError::NotRegular => ReadKeyFileError::NotRegular,
        ReadError::TooLarge => ReadKeyFileError::TooLarge,
        ReadError::Unreadable => ReadKeyFileError::Unreadable,
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn reads_an_ordinary_file_and_leaves_it_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        fs::write(&path, b"content").unwrap();
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(read(&path).unwrap().as_slice(), b"content");
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    }

    #[test]
    fn takes_the_largest_and_refuses_one_byte_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        fs::write(&path, vec![b'a'; MAX_BYTES]).unwrap();
        assert_eq!(read(&path).unwrap().len(), MAX_BYTES);
        fs::write(&path, vec![b'a'; MAX_BYTES + 1]).unwrap();
        assert_eq!(read(&path).unwrap_err(), ReadKeyFileError::TooLarge);
    }

    #[test]
    fn names_what_is_not_there_and_what_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("none")).unwrap_err(), ReadKeyFileError::NotFound);
        assert_eq!(read(folder.path()).unwrap_err(), ReadKeyFileError::NotRegular);
    }

    #[cfg(unix)]
    #[test]
    fn never_waits_for_a_pipe_nor_reads_a_device() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        assert_eq!(read(&pipe).unwrap_err(), ReadKeyFileError::NotRegular);
        assert_eq!(read(Path::new("/dev/zero")).unwrap_err(), ReadKeyFileError::NotRegular);
    }

    #[cfg(unix)]
    #[test]
    fn refuses_links_in_a_circle_and_a_sparse_giant() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        std::os::unix::fs::symlink(&a, &b).unwrap();
        std::os::unix::fs::symlink(&b, &a).unwrap();
        assert_eq!(read(&a).unwrap_err(), ReadKeyFileError::Unreadable);
        let giant = folder.path().join("giant");
        fs::File::create(&giant).unwrap().set_len(1 << 30).unwrap();
        assert_eq!(read(&giant).unwrap_err(), ReadKeyFileError::TooLarge);
    }
}
