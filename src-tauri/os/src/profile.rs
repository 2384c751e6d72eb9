//! The profile folder: where everything lies that Signet keeps on disk, readable by its owner alone.

use std::path::PathBuf;

use signet_app::{Profile, Settings, SettingsError};
use thiserror::Error;

use crate::history::History;
use crate::set_ups::SetUps;
use crate::settings_file::SettingsFile;
use crate::uploads::KeptUploads;

/// The folder in which Signet's settings lie.
pub struct ProfileFolder {
    folder: PathBuf,
    settings: SettingsFile,
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

    /// Which documents are on their way to a storage.
    pub fn uploads(&self) -> KeptUploads {
        KeptUploads::at(self.folder.clone())
    }

    /// A folder of the caller's choice.
    pub fn at(folder: PathBuf) -> Self {
        let settings = SettingsFile::in_folder(folder.clone());
        Self { folder, settings }
    }

    /// Where the settings are, for a person who has to look for them.
    pub fn settings_file(&self) -> PathBuf {
        self.settings.file()
    }

    /// Puts a damaged settings file aside, under a name that says what it is, and gives that name. What was
    /// written by a newer Signet or cannot be read stays where it is.
    pub fn quarantine_what_is_damaged(&self) -> Option<String> {
        self.settings.quarantine_what_is_damaged()
    }
}

impl Profile for ProfileFolder {
    fn read(&self) -> Result<Settings, SettingsError> {
        self.settings.read()
    }

    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError> {
        self.settings.update(change)
    }

    fn is_changed(&self) -> bool {
        self.settings.is_changed()
    }
}
