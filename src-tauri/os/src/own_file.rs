//! What is alike in all files that Signet keeps for itself: the private folder that they lie in, how they are
//! read, and what it means that one was not written.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use signet_app::SaveError;

use crate::regular_file::{self, ReadError};

/// What a failed write means to a person.
pub(crate) fn save_error(error: &io::Error) -> SaveError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveError::DiskFull,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied | ErrorKind::NotADirectory => {
            SaveError::ReadOnly
        }
        _ => SaveError::Other,
    }
}

/// A file of ours, of at most so many bytes; `Ok(None)` where there is none. No link is followed, and
/// nothing is waited for.
pub(crate) fn read(path: &Path, most: usize) -> Result<Option<Vec<u8>>, ReadError> {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(ReadError::NotRegular),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(_) => return Err(ReadError::Unreadable),
    }
    let mut text = Vec::new();
    match regular_file::read(path, most, &mut text) {
        Ok(()) => Ok(Some(text)),
        Err(ReadError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let metadata = folder.symlink_metadata()?;
    // Somebody else's link or folder in this place is not ours to write into.
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    if metadata.is_dir() && metadata.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    // The folder of a person's own profile is private to that person on Windows.
    fs::create_dir_all(folder)
}
