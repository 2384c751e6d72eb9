//! The settings file: one small file, replaced whole, readable by its owner alone. No key and no link is
//! ever in it.
//!
//! Several programs change it. Each takes its turn ([`Lock`]), reads what is there, changes that and
//! writes it. What cannot be read, or was written by a newer version, is left as it is and never written
//! over; a damaged file is put aside under a name of its own only where that was asked for. A link in its
//! place is neither followed nor replaced.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use signet_app::{SaveError, Settings, SettingsError};

use crate::lock::{Lock, LockError};
use crate::own_file::{make_private_folder, read, save_error};
use crate::private_file::{self, Existing};
use crate::stored::{self, Unopened};

const FILE: &str = "settings.json";
const LOCK: &str = "settings.lock";

/// More than ten thousand keys need; a larger file is not ours.
const MAX_BYTES: usize = 8 << 20;

/// Another program writes for milliseconds, on a slow disk for a tenth of a second; several may wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// The settings in a profile folder.
pub(crate) struct SettingsFile {
    folder: PathBuf,
    seen: Mutex<Option<Stamp>>,
}

impl SettingsFile {
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { folder, seen: Mutex::default() }
    }

    pub(crate) fn read(&self) -> Result<Settings, SettingsError> {
        // The stamp comes first: of what is replaced meanwhile it is the old one.
        let stamp = Stamp::of(&self.file());
        let settings = self.content().and_then(|text| match text {
            Some(text) => stored::open(&text).map_err(SettingsError::from),
            None => Ok(Settings::default()),
        });
        self.remember(stamp);
        settings
    }

    pub(crate) fn update(
        &self,
        change: &mut dyn FnMut(&mut Settings),
    ) -> Result<Settings, SettingsError> {
        make_private_folder(&self.folder).map_err(|error| save_error(&error))?;
        let _turn = self.turn()?;
        let before = self.read()?;
        let mut settings = before.clone();
        change(&mut settings);
        if settings != before {
            self.write(&settings)?;
        }
        Ok(settings)
    }

    pub(crate) fn is_changed(&self) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen != Stamp::of(&self.file())
    }

    /// Gives a damaged file a name that says what it is, and gives that name. Nothing else is touched.
    pub(crate) fn quarantine_what_is_damaged(&self) -> Option<String> {
        let is_damaged = || self.read() == Err(SettingsError::Damaged);
        if !is_damaged() {
            return None;
        }
        // Another program may have put it aside meanwhile, and written a sound one.
        let _turn = self.turn().ok()?;
        if !is_damaged() {
            return None;
        }
        let name = (1..1000)
            .map(|n| format!("settings.damaged-{n}.json"))
            .find(|name| self.folder.join(name).symlink_metadata().is_err())?;
        fs::rename(self.file(), self.folder.join(&name)).ok()?;
        Some(name)
    }

    fn turn(&self) -> Result<Lock, SettingsError> {
        Lock::take(&self.folder.join(LOCK), PATIENCE).map_err(|error| match error {
            LockError::Busy => SettingsError::Busy,
            LockError::NoFile => SettingsError::NoLock,
            LockError::Io(error) => save_error(&error).into(),
        })
    }

    fn content(&self) -> Result<Option<Vec<u8>>, SettingsError> {
        match read(&self.file(), MAX_BYTES) {
            // A folder that leads nowhere at this moment has its settings elsewhere.
            Ok(None)
                if self.folder.symlink_metadata().is_ok() && self.folder.metadata().is_err() =>
            {
                Err(SettingsError::Unreadable)
            }
            content => content.map_err(|_| SettingsError::Unreadable),
        }
    }

    fn write(&self, settings: &Settings) -> Result<(), SaveError> {
        let text = stored::text(settings).ok_or(SaveError::Other)?;
        if text.len() > MAX_BYTES {
            return Err(SaveError::Other);
        }
        private_file::write(&self.file(), &text, Existing::Replaced)
            .map_err(|error| save_error(&error))?;
        self.remember(Stamp::of(&self.file()));
        Ok(())
    }

    fn remember(&self, stamp: Option<Stamp>) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = stamp;
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}

impl From<Unopened> for SettingsError {
    fn from(error: Unopened) -> Self {
        match error {
            Unopened::Newer => Self::Newer,
            Unopened::Damaged => Self::Damaged,
        }
    }
}

/// What tells one content of the file from another without reading it.
#[derive(PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<std::time::SystemTime>,
    #[cfg(unix)]
    inode: (u64, u64, i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        path.symlink_metadata().ok().map(|metadata| Self {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            inode: inode(&metadata),
        })
    }
}

/// Which file it is, and when anything about it was changed last.
#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(test)]
mod tests;
