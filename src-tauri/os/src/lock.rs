//! A file by which programs wait for each other. Nothing is ever in it.
//!
//! It is a file of its own, for what it guards is replaced whole, and with it any lock on it. The system
//! frees it when its program ends, however that ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Between two looks at a lock that another program has.
const PAUSE: Duration = Duration::from_millis(5);

/// A mere look at a lock takes it for much less.
const MOMENT: Duration = Duration::from_millis(50);

/// A turn that one program has at a time, until it is dropped.
pub(crate) struct Lock {
    /// Closing it frees the lock.
    file: File,
    /// Where it goes with the turn.
    goes: Option<PathBuf>,
}

/// Why a turn was not to be had.
#[derive(Debug)]
pub(crate) enum LockError {
    /// Another program has it.
    Busy,
    /// A folder, a pipe, a link or a device stands in its place.
    NoFile,
    /// The system refused.
    Io(io::Error),
}

impl Lock {
    /// Takes a turn; waits for another program's end of it at most so long.
    pub(crate) fn take(path: &Path, patience: Duration) -> Result<Self, LockError> {
        let began = Instant::now();
        loop {
            if let Some(file) = attempt(path, true)? {
                return Ok(Self { file, goes: None });
            }
            if began.elapsed() >= patience {
                return Err(LockError::Busy);
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Takes a turn at something long that has an end, with which the file goes. Nobody's end is waited for.
    pub(crate) fn take_once(path: &Path) -> Result<Self, LockError> {
        let mut lock = Self::take(path, MOMENT)?;
        lock.goes = Some(path.to_owned());
        Ok(lock)
    }

    /// Whether another program has its turn now.
    pub(crate) fn is_taken(path: &Path) -> bool {
        matches!(attempt(path, false), Ok(None))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // An empty file that stays does no harm. One that took its place is another program's.
        if let Some(path) = self.goes.as_ref().filter(|path| is_there(&self.file, path)) {
            let _ = fs::remove_file(path);
        }
    }
}

/// `None` where another program has it. Where there is no file nobody has it; whoever only looks makes none.
fn attempt(path: &Path, is_made: bool) -> Result<Option<File>, LockError> {
    let file = open(path, is_made)?;
    match file.try_lock() {
        // Somebody may have ended a turn, and the file with it, since it was opened.
        Ok(()) => Ok(is_there(&file, path).then_some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        // On a file system without locks nobody has one; each change is still read anew and whole.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(error)) => Err(LockError::Io(error)),
    }
}

fn open(path: &Path, is_made: bool) -> Result<File, LockError> {
    match path.symlink_metadata() {
        Ok(metadata) if !metadata.is_file() => return Err(LockError::NoFile),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create(is_made).truncate(false);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // What has come into its place meanwhile is not followed and not waited for.
        options
            .mode(0o600)
            .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path).map_err(LockError::Io)?;
    match file.metadata() {
        Ok(metadata) if metadata.is_file() => Ok(file),
        Ok(_) => Err(LockError::NoFile),
        Err(error) => Err(LockError::Io(error)),
    }
}

#[cfg(unix)]
fn is_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_there(_: &File, path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn one_has_it_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        assert!(!Lock::is_taken(&path));
        assert!(!path.exists());
        let lock = Lock::take(&path, Duration::ZERO).unwrap();
        assert!(Lock::is_taken(&path));
        let second = Lock::take(&path, Duration::from_millis(20));
        assert!(matches!(second, Err(LockError::Busy)));
        drop(lock);
        assert!(!Lock::is_taken(&path));
        drop(Lock::take(&path, Duration::ZERO).unwrap());
        assert!(path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_took_the_place_of_a_lock_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let first = Lock::take_once(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let second = Lock::take_once(&path).unwrap();
        drop(first);
        assert!(Lock::is_taken(&path));
        drop(second);
        assert!(!path.exists());
    }

    /// Turns that end with their file are taken by eight threads, and never by two at once.
    #[test]
    fn a_turn_that_ends_with_its_file_is_one_at_a_time_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let (inside, turns) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while turns.load(Ordering::SeqCst) < 400 {
                        let Ok(lock) = Lock::take_once(&path) else { continue };
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        assert_eq!(inside.fetch_sub(1, Ordering::SeqCst), 1);
                        turns.fetch_add(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_named_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("elsewhere"), b"not ours").unwrap();
        std::os::unix::fs::symlink(at("elsewhere"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("gone"), at("dangling")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        for name in ["folder", "link", "dangling", "pipe"] {
            let lock = Lock::take(&at(name), Duration::ZERO);
            assert!(matches!(lock, Err(LockError::NoFile)), "{name}");
            assert!(!Lock::is_taken(&at(name)), "{name}");
        }
        assert!(!at("gone").exists());
        assert_eq!(fs::read(at("elsewhere")).unwrap(), b"not ours");
        let nowhere = Lock::take(&at("nowhere/a.lock"), Duration::ZERO);
        assert!(matches!(nowhere, Err(LockError::Io(_))));
    }
}
