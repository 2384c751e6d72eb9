//! The port to where the settings are kept.

use thiserror::Error;

use super::save_error::SaveError;
use super::settings::Settings;

/// Where names, ids and last choices are kept: everything about a key but the key. Several programs
/// may change it at once, so nothing is changed but what was read in the same turn.
pub trait Profile: Send + Sync {
    /// Reads what is kept; an empty settings where nothing ever was. Waits for nobody.
    ///
    /// # Errors
    /// [`SettingsError`], why it is not to be had.
    fn read(&self) -> Result<Settings, SettingsError>;
    /// Reads what is kept, has it changed and keeps that, whole or not at all, while no other program
    /// changes it. Gives what is kept then. What was left as it was is not written.
    ///
    /// # Errors
    /// [`SettingsError`], and then the old content stands.
    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError>;
    /// Whether another program may have changed it since it was read or written here. Reads nothing.
    fn is_changed(&self) -> bool;
}

/// Why the list of keys was not read or not changed. What is kept stands as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SettingsError {
    /// Another program is changing it, and did not end in time.
    #[error("another Signet is writing it")]
    Busy,
    /// Something stands in the place of the file by which programs wait for each other.
    #[error("settings.lock is no file that can be written")]
    NoLock,
    /// A newer version wrote it.
    #[error("a newer Signet wrote it")]
    Newer,
    /// The system did not give it, or something else than a file stands in its place.
    #[error("it cannot be read")]
    Unreadable,
    /// It was read, and it is not what Signet writes.
    #[error("it is damaged")]
    Damaged,
    /// It was read, and could not be written.
    #[error(transparent)]
    NotSaved {
        /// Why.
        #[from]
        reason: SaveError,
    },
}
