//! Files of this computer that were found where somebody pointed: those that are named, and of a folder what is in it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::local_file::{LocalFile, OpenFileError};

/// A file, and where it would lie below the folder that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundFile {
    /// Where it lies on this computer.
    #[serde(with = "as_system_text")]
    pub path: PathBuf,
    /// The folders that it lies in, `Papers/2026`; empty for a file that was named itself.
    pub folder: String,
    /// What it is called; bytes that are no text become U+FFFD.
    pub name: String,
    /// In bytes, when it was found; 0 where that was not said.
    pub size: u64,
}

/// Why something in a folder is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum LeftOut {
    /// Its name begins with a full stop.
    Hidden,
    /// It stands for something else on this computer.
    Link,
    /// The system keeps it there for itself: `Thumbs.db`, `desktop.ini`.
    OfSystem,
}

/// Opens files of this computer.
pub trait LocalFiles: Clone + Send + Sync + 'static {
    /// One that is open.
    type File: LocalFile + 'static;

    /// Opens an ordinary file. May wait for the disk.
    ///
    /// # Errors
    /// [`OpenFileError`].
    fn open(&self, path: &Path) -> Result<Self::File, OpenFileError>;
}

impl FoundFile {
    /// Its name with the folders below the one that was chosen: `Papers/2026/a.pdf`.
    #[must_use]
    pub fn with_folder(&self) -> String {
        match self.folder.as_str() {
            "" => self.name.clone(),
            folder => format!("{folder}/{}", self.name),
        }
    }
}

/// A path may be no text, and must come back byte for byte.
mod as_system_text {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        path.as_os_str().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        Ok(OsString::deserialize(from)?.into())
    }
}
