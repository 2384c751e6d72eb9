//! A file of this computer that is to become a document, as a port: what is known of it, its bytes, and whether it is
//! still the same file.

use std::ffi::OsString;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a file was when it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileFacts {
    path: OsString,
    /// In bytes; 0 is a size too.
    pub size: u64,
    /// When it was last changed, where the system says so.
    pub modified: Option<FileTime>,
    /// Which file of the disk it is, where the system says so.
    pub identity: Option<FileIdentity>,
}

/// A moment of a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileTime {
    /// Since the Unix epoch; before it they are negative.
    pub seconds: i64,
    /// The part of a second.
    pub nanoseconds: u32,
}

/// What a file is to the system, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileIdentity {
    /// The file system.
    pub device: u64,
    /// The file in it.
    pub file: u64,
}

/// Why a file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum OpenFileError {
    /// There is nothing of that name.
    #[error("there is no such file")]
    NotFound,
    /// It is a folder.
    #[error("this is a folder")]
    Folder,
    /// It is a link to a folder.
    #[error("this is a link to a folder")]
    LinkToFolder,
    /// A link that leads nowhere.
    #[error("this is a link that leads nowhere")]
    DeadLink,
    /// A pipe, or a socket: what other programs put in there.
    #[error("this is a pipe")]
    Pipe,
    /// A device.
    #[error("this is a device")]
    Device,
    /// This person may not read it.
    #[error("the file may not be read")]
    NotAllowed,
    /// The system did not open it.
    #[error("the file cannot be read")]
    Unreadable,
}

/// What happened to a file while it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum FileTrouble {
    /// It was written to, or another one took its place.
    #[error("the file was changed")]
    Changed,
    /// It has fewer bytes than it had.
    #[error("the file has become shorter")]
    Shrank,
    /// It is gone.
    #[error("the file is gone")]
    Vanished,
    /// The system does not give its bytes any more.
    #[error("the file cannot be read")]
    Unreadable,
}

/// A file that is open.
pub trait LocalFile: Send + Sync {
    /// What it was when it was opened.
    fn facts(&self) -> &FileFacts;

    /// Fills a buffer from there on. May wait for the disk.
    ///
    /// # Errors
    /// [`FileTrouble`], where there are not so many bytes too.
    fn read_at(&self, offset: u64, bytes: &mut [u8]) -> Result<(), FileTrouble>;

    /// Whether it is still what it was, and still lies there. May wait for the disk.
    ///
    /// # Errors
    /// [`FileTrouble`].
    fn check(&self) -> Result<(), FileTrouble>;
}

impl FileFacts {
    /// What is known of a file at a place.
    #[must_use]
    pub fn new(
        path: &Path,
        size: u64,
        modified: Option<FileTime>,
        identity: Option<FileIdentity>,
    ) -> Self {
        Self { path: path.as_os_str().to_owned(), size, modified, identity }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        Path::new(&self.path)
    }

    /// What it is called; bytes that are no text become U+FFFD.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path().file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// What happened between then and now, where this is the same place.
    ///
    /// # Errors
    /// [`FileTrouble`].
    pub fn compare(&self, now: &Self) -> Result<(), FileTrouble> {
        if now.identity == self.identity && now.size < self.size {
            return Err(FileTrouble::Shrank);
        }
        let is_same =
            now.size == self.size && now.modified == self.modified && now.identity == self.identity;
        if is_same { Ok(()) } else { Err(FileTrouble::Changed) }
    }
}
