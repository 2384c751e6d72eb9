//! What set-ups made in AWS accounts, a small file for each key and account beside the settings:
//! private, and replaced whole. Ids and names are in it, and no login.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use signet_core::desk::SaveError;
use signet_core::setup::journal::Journal;
use thiserror::Error;

use crate::private_file::{self, Existing};
use crate::profile::{make_private_folder, read, save_error};

/// Bumped whenever an older Signet could not read what a newer one wrote.
const VERSION: u32 = 1;

/// A set-up has a dozen things; a larger file is not ours.
const MOST_BYTES: usize = 1 << 20;

const START: &str = "set-up-";
const END: &str = ".json";

/// The journals of one person on one computer.
pub struct SetUps {
    folder: PathBuf,
}

/// A journal is there and cannot be read. It stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} cannot be read", .file.display())]
pub struct Unreadable {
    /// The file.
    pub file: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    set_up: Journal,
}

impl SetUps {
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What was made under a name in an account.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn journal(&self, name: &str, account: &str) -> Result<Option<Journal>, Unreadable> {
        let file = self.file(name, account);
        let unreadable = || Unreadable { file: file.clone() };
        let Some(text) = read(&file, MOST_BYTES).map_err(|_| unreadable())? else {
            return Ok(None);
        };
        let stored: Stored = serde_json::from_slice(&text).map_err(|_| unreadable())?;
        let is_it = stored.version == VERSION
            && stored.set_up.name() == name
            && stored.set_up.account() == account;
        if is_it { Ok(Some(stored.set_up)) } else { Err(unreadable()) }
    }

    /// The accounts in which something was made under a name.
    pub fn accounts(&self, name: &str) -> Vec<String> {
        let start = format!("{START}{name}-");
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut accounts: Vec<_> = names
            .filter_map(|file| Some(file.strip_prefix(&start)?.strip_suffix(END)?.to_owned()))
            .collect();
        accounts.sort();
        accounts
    }

    /// Keeps a journal in place of the one before. One in which nothing is left goes.
    ///
    /// # Errors
    /// [`SaveError`]; then the old one stands.
    pub fn keep(&self, journal: &Journal) -> Result<(), SaveError> {
        self.write(journal).map_err(|error| save_error(&error))
    }

    fn write(&self, journal: &Journal) -> io::Result<()> {
        let file = self.file(journal.name(), journal.account());
        if journal.is_empty() {
            return match fs::remove_file(file) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                other => other,
            };
        }
        make_private_folder(&self.folder)?;
        let stored = Stored { version: VERSION, set_up: journal.clone() };
        let text = serde_json::to_vec_pretty(&stored)?;
        private_file::write(&file, &text, Existing::Replaced)
    }

    fn file(&self, name: &str, account: &str) -> PathBuf {
        self.folder.join(Self::file_name(name, account))
    }

    /// What the file is called, for whoever has to look for it.
    pub fn file_name(name: &str, account: &str) -> String {
        format!("{START}{name}-{account}{END}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_core::key::SigningKey;
    use signet_core::setup::journal::Made;

    const ACCOUNT: &str = "123456789012";

    fn journal() -> Journal {
        let mut journal = Journal::new(&SigningKey::generate_p256().public_key(), ACCOUNT);
        journal.begin(Made::KeyGroup { id: None });
        journal
    }

    #[test]
    fn gives_back_what_was_kept_until_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let set_ups = SetUps::at(folder.path().join("signet"));
        let (mut one, other) = (journal(), journal());
        assert_eq!(set_ups.journal(one.name(), ACCOUNT), Ok(None));
        set_ups.keep(&one).unwrap();
        set_ups.keep(&other).unwrap();
        let made = Made::key_group(Some("group")).unwrap();
        one.finish(&made);
        set_ups.keep(&one).unwrap();
        assert_eq!(set_ups.journal(one.name(), ACCOUNT), Ok(Some(one.clone())));
        assert_eq!(set_ups.accounts(one.name()), [ACCOUNT]);
        one.strike(&made);
        set_ups.keep(&one).unwrap();
        set_ups.keep(&one).unwrap();
        assert_eq!(set_ups.journal(one.name(), ACCOUNT), Ok(None));
        assert_eq!(set_ups.journal(other.name(), ACCOUNT), Ok(Some(other)));
    }

    #[test]
    fn what_cannot_be_read_stays() {
        let folder = tempfile::tempdir().unwrap();
        let set_ups = SetUps::at(folder.path().to_owned());
        let journal = journal();
        set_ups.keep(&journal).unwrap();
        let file = set_ups.file(journal.name(), ACCOUNT);
        let text = fs::read_to_string(&file).unwrap();
        for junk in [
            "",
            "{",
            &text.replace("\"version\": 1", "\"version\": 2"),
            &text.replace(ACCOUNT, "1"),
        ] {
            fs::write(&file, junk).unwrap();
            let unreadable = Unreadable { file: file.clone() };
            assert_eq!(set_ups.journal(journal.name(), ACCOUNT), Err(unreadable));
            assert_eq!(fs::read_to_string(&file).unwrap(), *junk);
        }
    }

    #[cfg(unix)]
    #[test]
    fn is_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let set_ups = SetUps::at(folder.path().join("signet"));
        let journal = journal();
        set_ups.keep(&journal).unwrap();
        let metadata = fs::metadata(set_ups.file(journal.name(), ACCOUNT)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
}
