//! Which files become documents together, written down before the first of them goes: a small private file for each run
//! beside the settings, in the hands of one program. Paths of this computer are in it, and no login, no link and nothing
//! of what is in the files.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use signet_app::documents::{NotKept, UploadHoldError};
use signet_app::sharing::{FilesRun, MAX_FILES, RunId};

use crate::journal_file::{self, TakeError};
use crate::lock::Lock;

/// Bumped whenever an older Signet could not read what a newer one wrote.
const VERSION: u32 = 1;

const START: &str = "files-";
const END: &str = ".json";
const LOCK_END: &str = ".lock";

/// Each file has two names of up to 4 KiB, in numbers of up to four digits.
const MAX_BYTES: usize = MAX_FILES * (40 << 10);

/// The runs of one person on one computer.
#[derive(Clone)]
pub struct FilesRuns {
    folder: PathBuf,
}

/// A run that is in this program's hands, until this is dropped.
pub struct KeptFilesRun {
    file: PathBuf,
    _lock: Lock,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    run: FilesRun,
}

impl FilesRuns {
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes a run down before anything of it is done.
    ///
    /// # Errors
    /// [`UploadHoldError`]; then nothing is to be done.
    pub fn begin(&self, run: &FilesRun) -> Result<KeptFilesRun, UploadHoldError> {
        let kept = self.hold(&RunId::random())?;
        kept.write(run)?;
        Ok(kept)
    }

    /// Takes a run in hand: the only one, until it is dropped.
    ///
    /// # Errors
    /// [`UploadHoldError`].
    pub fn hold(&self, id: &RunId) -> Result<KeptFilesRun, UploadHoldError> {
        let (name, lock) = (id.as_str(), self.lock(id.as_str()));
        let lock = journal_file::take(lock).map_err(|error| match error {
            TakeError::Elsewhere => UploadHoldError::Elsewhere,
            TakeError::NoLock(file) => UploadHoldError::NoLock { file },
            TakeError::NotKept(error) => error.into(),
        })?;
        Ok(KeptFilesRun { file: self.file(name), _lock: lock })
    }

    /// What did not come to its end and is in nobody's hands, the oldest first. What cannot be read is left out.
    pub fn unfinished(&self) -> Vec<(RunId, FilesRun)> {
        let names = journal_file::names(&self.folder, START, END);
        let free = names.into_iter().filter(|name| !Lock::is_taken(&self.lock(name)));
        let mut runs: Vec<_> = free
            .filter_map(|name| {
                let read = journal_file::read_up_to::<Stored>(&self.file(&name), MAX_BYTES);
                let Stored { version, run } = read.ok()??;
                Some((RunId::parse(&name)?, run)).filter(|_| version == VERSION)
            })
            .collect();
        runs.sort_by_key(|(_, run)| run.begun_at);
        runs
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{START}{name}{END}"))
    }

    fn lock(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{START}{name}{LOCK_END}"))
    }
}

impl KeptFilesRun {
    /// Writes it down anew, in place of what was there.
    ///
    /// # Errors
    /// [`NotKept`]; then what was there stands.
    pub fn write(&self, run: &FilesRun) -> Result<(), NotKept> {
        journal_file::write(&self.file, &Stored { version: VERSION, run: run.clone() })
    }

    /// Nothing is left to be done.
    ///
    /// # Errors
    /// [`NotKept`]; then it is found again as unfinished, and going on with it does nothing.
    pub fn forget(&self) -> Result<(), NotKept> {
        journal_file::remove(&self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    use signet_app::SiteId;
    use signet_app::documents::{Folder, FoundFile};
    use signet_app::sharing::Replaces;

    fn run(begun_at: i64, files: usize) -> FilesRun {
        let file = |number| FoundFile {
            path: format!("/home/a/Papers/{number}.pdf").into(),
            folder: "Papers".to_owned(),
            name: format!("{number}.pdf"),
            size: number as u64,
        };
        FilesRun {
            site: SiteId::parse("0123456789abcdef0123456789abcdef").unwrap(),
            folder: Folder::default(),
            expires_at: begun_at + 3600,
            begun_at,
            files: (0..files).map(|number| (file(number), Replaces::Nothing)).collect(),
        }
    }

    #[test]
    fn a_run_is_written_down_until_it_is_over_and_is_in_one_programs_hands() {
        let folder = tempfile::tempdir().unwrap();
        let runs = FilesRuns::at(folder.path().join("signet"));
        assert_eq!(runs.unfinished(), []);
        let kept = runs.begin(&run(2, 3)).unwrap();
        assert_eq!(runs.unfinished(), [], "it is going on");
        drop(kept);
        drop(runs.begin(&run(1, 1)).unwrap());
        let unfinished = runs.unfinished();
        let seen: Vec<_> = unfinished.iter().map(|(_, run)| run.clone()).collect();
        assert_eq!(seen, [run(1, 1), run(2, 3)]);
        let kept = runs.hold(&unfinished[1].0).unwrap();
        let refused = runs.hold(&unfinished[1].0).err();
        assert_eq!(refused, Some(UploadHoldError::Elsewhere));
        kept.forget().unwrap();
        drop(kept);
        assert_eq!(runs.unfinished().len(), 1);
        assert_eq!(fs::read_dir(folder.path().join("signet")).unwrap().count(), 1);
    }

    /// More than other files of Signet's may have.
    #[test]
    fn as_many_files_as_may_be_are_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let runs = FilesRuns::at(folder.path().to_owned());
        let long = run(1, MAX_FILES);
        drop(runs.begin(&long).unwrap());
        let unfinished = runs.unfinished();
        assert_eq!(unfinished.len(), 1);
        assert!(unfinished[0].1 == long);
    }

    #[test]
    fn what_cannot_be_read_is_no_run_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let runs = FilesRuns::at(folder.path().to_owned());
        drop(runs.begin(&run(1, 1)).unwrap());
        let file = runs.file(runs.unfinished()[0].0.as_str());
        let text = fs::read_to_string(&file).unwrap();
        for junk in ["", "{", &text.replace("\"version\": 1", "\"version\": 2")] {
            fs::write(&file, junk).unwrap();
            assert_eq!(runs.unfinished(), []);
            assert_eq!(fs::read_to_string(&file).unwrap(), *junk);
        }
    }
}
