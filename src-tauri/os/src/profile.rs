//! The profile folder: where everything lies that Signet keeps on disk, readable by its owner alone.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use signet_app::{Book, KeyListError, Profile, SaveError};
use thiserror::Error;

use crate::history::History;
use crate::regular_file::{self, ReadError};
use crate::set_ups::SetUps;
use crate::settings::Settings;

/// The folder in which Signet's settings lie.
pub struct ProfileFolder {
    folder: PathBuf,
    settings: Settings,
}

/// Why the platform's folder cannot be named at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpenProfileError {
    /// The system names no folder for settings.
    #[error("this account has no folder for settings")]
    NoFolder,
}

impl ProfileFolder {
    /// The platform's folder: `~/.config/signet`, `~/Library/Application Support/signet`,
    /// `%APPDATA%\signet`.
    ///
    /// # Errors
    /// [`OpenProfileError`] on an account without a home.
    pub fn of_this_person() -> Result<Self, OpenProfileError> {
        let config = dirs::config_dir().ok_or(OpenProfileError::NoFolder)?;
        Ok(Self::at(config.join("signet")))
    }

    /// The history of links in this folder.
    pub fn history(&self) -> History {
        History::at(self.folder.clone())
    }

    /// What was made in AWS accounts.
    pub fn set_ups(&self) -> SetUps {
        SetUps::at(self.folder.clone())
    }

    /// A folder of the caller's choice.
    pub fn at(folder: PathBuf) -> Self {
        let settings = Settings::in_folder(folder.clone());
        Self { folder, settings }
    }

    /// Puts a damaged settings file aside, under a name that says what it is, and gives that name. What was
    /// written by a newer Signet or cannot be read stays where it is.
    pub fn put_aside_what_is_damaged(&self) -> Option<String> {
        self.settings.put_aside_what_is_damaged()
    }
}

impl Profile for ProfileFolder {
    fn read(&self) -> Result<Book, KeyListError> {
        self.settings.read()
    }

    fn update(&self, change: &mut dyn FnMut(&mut Book)) -> Result<Book, KeyListError> {
        self.settings.update(change)
    }

    fn is_changed(&self) -> bool {
        self.settings.is_changed()
    }
}

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
