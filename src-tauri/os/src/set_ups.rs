//! What set-ups made in AWS accounts, a small file for each key and account beside the settings:
//! private, and replaced whole. Ids and names are in it, and no login.
//!
//! A set-up reads its journal once and then writes it step by step, so there is one at a time for each
//! key ([`SetUpTurn`]), whichever window or terminal it is of. Whoever comes second is refused, and does not
//! wait: a set-up takes minutes, and what was planned with would be old by then.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use signet_app::SaveError;
use signet_app::setup::{Journals, NotKept, Turn, TurnError, Unreadable};
use signet_cloudfront::key::PublicKey;
use signet_setup::Names;
use signet_setup::journal::Journal;

use crate::journal_file::{self, TakeError};
use crate::lock::Lock;

/// Bumped whenever an older Signet could not read what a newer one wrote.
const VERSION: u32 = 1;

const START: &str = "set-up-";
const END: &str = ".json";
const LOCK_END: &str = ".lock";

/// The journals of one person on one computer.
#[derive(Clone)]
pub struct SetUps {
    folder: PathBuf,
}

/// A set-up of one key that is being made or taken back: the only one, until this is dropped.
pub struct SetUpTurn {
    set_ups: SetUps,
    name: String,
    _lock: Lock,
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

    fn write(&self, journal: &Journal, file: &Path) -> Result<(), NotKept> {
        if journal.is_empty() {
            return journal_file::remove(file);
        }
        journal_file::write(file, &Stored { version: VERSION, set_up: journal.clone() })
    }

    fn file(&self, name: &str, account: &str) -> PathBuf {
        self.folder.join(self.file_name(name, account))
    }
}

impl Journals for SetUps {
    type Turn = SetUpTurn;

    fn begin(&self, key: &PublicKey) -> Result<SetUpTurn, TurnError> {
        let name = Names::of(key).common();
        let lock = self.folder.join(format!("{START}{name}{LOCK_END}"));
        let lock = journal_file::take(lock).map_err(|error| match error {
            TakeError::Elsewhere => TurnError::Elsewhere,
            TakeError::NoLock(file) => TurnError::NoLock { file },
            TakeError::NotKept(error) => error.into(),
        })?;
        Ok(SetUpTurn { set_ups: self.clone(), name, _lock: lock })
    }

    fn journal(&self, name: &str, account: &str) -> Result<Option<Journal>, Unreadable> {
        let file = self.file(name, account);
        let Some(stored) = journal_file::read::<Stored>(&file)? else { return Ok(None) };
        let is_it = stored.version == VERSION
            && stored.set_up.name() == name
            && stored.set_up.account() == account;
        if is_it { Ok(Some(stored.set_up)) } else { Err(Unreadable { file }) }
    }

    fn accounts(&self, name: &str) -> Vec<String> {
        journal_file::names(&self.folder, &format!("{START}{name}-"), END)
    }

    fn file_name(&self, name: &str, account: &str) -> String {
        format!("{START}{name}-{account}{END}")
    }
}

impl Turn for SetUpTurn {
    fn journal(&self, account: &str) -> Result<Option<Journal>, Unreadable> {
        self.set_ups.journal(&self.name, account)
    }

    fn keep(&self, journal: &Journal) -> Result<(), NotKept> {
        let file = self.set_ups.file(journal.name(), journal.account());
        // Another key's is in nobody's hands here.
        if journal.name() != self.name {
            return Err(NotKept { file, why: SaveError::Other });
        }
        self.set_ups.write(journal, &file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    use signet_cloudfront::key::SigningKey;
    use signet_setup::journal::Made;

    const ACCOUNT: &str = "123456789012";

    fn key() -> PublicKey {
        SigningKey::generate_p256().public_key()
    }

    fn journal(key: &PublicKey) -> Journal {
        let mut journal = Journal::new(key, ACCOUNT);
        journal.begin(Made::KeyGroup { id: None });
        journal
    }

    fn names(set_ups: &SetUps) -> Vec<String> {
        let entries = fs::read_dir(&set_ups.folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn gives_back_what_was_kept_until_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let set_ups = SetUps::at(folder.path().join("signet"));
        let keys = [key(), key()];
        let [mut one, other] = keys.each_ref().map(journal);
        assert_eq!(set_ups.journal(one.name(), ACCOUNT), Ok(None));
        let [turn, others_turn] = keys.each_ref().map(|key| set_ups.begin(key).unwrap());
        turn.keep(&one).unwrap();
        others_turn.keep(&other).unwrap();
        let made = Made::key_group(Some("group")).unwrap();
        one.finish(&made);
        turn.keep(&one).unwrap();
        assert_eq!(turn.journal(ACCOUNT), Ok(Some(one.clone())));
        assert_eq!(set_ups.accounts(one.name()), [ACCOUNT]);
        one.remove(&made);
        turn.keep(&one).unwrap();
        turn.keep(&one).unwrap();
        assert_eq!(set_ups.journal(one.name(), ACCOUNT), Ok(None));
        let file = set_ups.file(other.name(), ACCOUNT);
        assert_eq!(turn.keep(&other), Err(NotKept { file, why: SaveError::Other }));
        drop((turn, others_turn));
        assert_eq!(set_ups.journal(other.name(), ACCOUNT), Ok(Some(other.clone())));
        assert_eq!(names(&set_ups), [set_ups.file_name(other.name(), ACCOUNT)]);
    }

    #[test]
    fn of_one_key_one_is_going_on() {
        let folder = tempfile::tempdir().unwrap();
        let [here, there] = [(); 2].map(|()| SetUps::at(folder.path().to_owned()));
        let (one, other) = (key(), key());
        let turn = here.begin(&one).unwrap();
        for set_ups in [&here, &there] {
            assert_eq!(set_ups.begin(&one).err(), Some(TurnError::Elsewhere));
        }
        // It stands in nobody's way but that key's, and everybody may look.
        drop(there.begin(&other).unwrap());
        assert_eq!(there.accounts(&Names::of(&one).common()), [""; 0]);
        turn.keep(&journal(&one)).unwrap();
        assert_eq!(there.accounts(&Names::of(&one).common()), [ACCOUNT]);
        drop(turn);
        let turn = there.begin(&one).unwrap();
        assert_eq!(turn.journal(ACCOUNT), Ok(Some(journal(&one))));
        drop(turn);
        assert_eq!(names(&here), [here.file_name(&Names::of(&one).common(), ACCOUNT)]);
    }

    #[test]
    fn what_stands_in_the_place_of_the_lock_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let set_ups = SetUps::at(folder.path().to_owned());
        let key = key();
        let lock = format!("set-up-{}.lock", Names::of(&key).common());
        let file = folder.path().join(&lock);
        fs::create_dir(&file).unwrap();
        assert_eq!(set_ups.begin(&key).err(), Some(TurnError::NoLock { file }));
        let nowhere = folder.path().join("file");
        fs::write(&nowhere, b"no folder").unwrap();
        let set_ups = SetUps::at(nowhere.clone());
        let refused = set_ups.begin(&key).err();
        assert!(
            matches!(refused, Some(TurnError::Save(NotKept { file, .. })) if file == nowhere.join(&lock))
        );
    }

    #[test]
    fn what_cannot_be_written_is_named_and_the_old_one_stands() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("signet");
        let set_ups = SetUps::at(home.clone());
        let key = key();
        let (turn, mut journal) = (set_ups.begin(&key).unwrap(), journal(&key));
        turn.keep(&journal).unwrap();
        let (file, kept) = (set_ups.file(journal.name(), ACCOUNT), journal.clone());
        let aside = folder.path().join("aside");
        // A folder in its place, a file in the place of its folder.
        fs::rename(&file, &aside).unwrap();
        fs::create_dir(&file).unwrap();
        journal.finish(&Made::key_group(Some("group")).unwrap());
        assert_eq!(turn.keep(&journal).unwrap_err().file, file);
        fs::remove_dir(&file).unwrap();
        fs::rename(&aside, &file).unwrap();
        assert_eq!(turn.journal(ACCOUNT), Ok(Some(kept)));
        fs::rename(&home, &aside).unwrap();
        fs::write(&home, b"no folder").unwrap();
        let refused = turn.keep(&journal).unwrap_err();
        assert_eq!(refused, NotKept { file: file.clone(), why: SaveError::Other });
        assert!(refused.to_string().starts_with(&format!("{} could not be", file.display())));
    }

    #[test]
    fn what_cannot_be_read_stays() {
        let folder = tempfile::tempdir().unwrap();
        let set_ups = SetUps::at(folder.path().to_owned());
        let key = key();
        let (turn, journal) = (set_ups.begin(&key).unwrap(), journal(&key));
        turn.keep(&journal).unwrap();
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
        let key = key();
        let turn = set_ups.begin(&key).unwrap();
        turn.keep(&journal(&key)).unwrap();
        for name in names(&set_ups) {
            let metadata = fs::metadata(set_ups.folder.join(&name)).unwrap();
            assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
        }
        assert_eq!(names(&set_ups).len(), 2);
    }
}
