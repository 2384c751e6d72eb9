//! A file that a person saves: written whole beside its place and then put there, so that the old one
//! stays as it was until the new one is whole, on a full disk too.
//!
//! A symbolic link in its place is replaced and not followed: what it points at is not what was named.
//! What is not an ordinary file (a device, a pipe) is refused here; [`write_into`] is for a terminal, in
//! which a person may name one on purpose.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

#[cfg(unix)]
use crate::umask;

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// The new one takes its place. A link is replaced, not followed.
    Replaced,
    /// It stays, and nothing is written.
    Kept,
}

/// Who may read the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone (0600): there is a key in it, or a link that opens something.
    Owner,
    /// Whoever the person lets read new files, or might read the one that is replaced.
    AsUsual,
}

/// Why a file was not saved; the old one is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SaveFileError {
    /// There is one that was to be kept.
    #[error("there is a file of that name")]
    IsThere,
    /// A folder, a device or a pipe has that name.
    #[error("it is not an ordinary file")]
    NotAFile,
    /// The folder is not there.
    #[error("its folder is not there")]
    NoFolder,
    /// The file may be written, but no other one beside it, and without that a full disk would cost the
    /// old one.
    #[error("no new file may be made in its folder")]
    FolderLocked,
    /// The folder or the old file may not be written.
    #[error("it may not be written there")]
    NotAllowed,
    /// There is no room.
    #[error("the disk is full")]
    Full,
    /// Anything else, as the system calls it.
    #[error("{0}")]
    Other(ErrorKind),
}

/// Saves a file.
///
/// # Errors
/// [`SaveFileError`]; then nothing of the new file is left.
pub fn write(
    path: &Path,
    content: &[u8],
    existing: Existing,
    readers: Readers,
) -> Result<(), SaveFileError> {
    let old = path.symlink_metadata().ok();
    if old.is_some() && existing == Existing::Kept {
        return Err(SaveFileError::IsThere);
    }
    if is_special(path) {
        return Err(SaveFileError::NotAFile);
    }
    let old = old.filter(fs::Metadata::is_file);
    // To replace a file takes no right to it, only to its folder; but who protected it meant it.
    if old.is_some() && OpenOptions::new().write(true).open(path).is_err() {
        return Err(SaveFileError::NotAllowed);
    }
    put(path, content, existing, readers, &|file| {
        #[cfg(unix)]
        if readers == Readers::AsUsual {
            use std::os::unix::fs::PermissionsExt;
            let mode = match &old {
                Some(old) => Some(old.permissions().mode() & 0o777),
                None => umask::of_a_new_file(),
            };
            return mode.map_or(Ok(()), |mode| file.set_permissions(Permissions::from_mode(mode)));
        }
        Ok(())
    })
    .map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => SaveFileError::IsThere,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveFileError::Full,
        ErrorKind::PermissionDenied if old.is_some() => SaveFileError::FolderLocked,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveFileError::NotAllowed,
        ErrorKind::NotFound | ErrorKind::NotADirectory => SaveFileError::NoFolder,
        ErrorKind::IsADirectory => SaveFileError::NotAFile,
        other => SaveFileError::Other(other),
    })
}

/// Writes behind what is there: into a device, a pipe, or a stream of this process by its name.
///
/// # Errors
/// Whatever the system said. A pipe that nobody reads is waited for.
pub fn write_into(path: &Path, content: &[u8]) -> io::Result<()> {
    OpenOptions::new().append(true).open(path)?.write_all(content)
}

/// A new file beside the old one, private from its first byte on, then one rename.
pub(crate) fn put(
    path: &Path,
    content: &[u8],
    existing: Existing,
    readers: Readers,
    finish: &dyn Fn(&File) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = beside(path, readers)?;
    file.write_all(content)?;
    finish(file.as_file())?;
    file.as_file().sync_all()?;
    let put = match existing {
        Existing::Replaced => file.persist(path),
        Existing::Kept => file.persist_noclobber(path),
    };
    put.map(drop).map_err(|error| error.error)
}

fn beside(path: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let mut new = tempfile::Builder::new();
    new.prefix(".signet-");
    #[cfg(unix)]
    if readers == Readers::AsUsual && umask::of_a_new_file().is_none() {
        use std::os::unix::fs::PermissionsExt;
        // The umask is the person's, so the system does it.
        return new.permissions(Permissions::from_mode(0o666)).tempfile_in(folder_of(path)?);
    }
    #[cfg(not(unix))]
    let _ = readers;
    new.tempfile_in(folder_of(path)?)
}

fn folder_of(path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().ok_or(ErrorKind::NotADirectory)?;
    // A path of a name alone lies in the folder one is in.
    Ok(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
}

/// Whether the name stands for something other than an ordinary file, links followed, or may do so any
/// time: in `/dev` and `/proc` it names this process's streams, and whoever may would replace them.
fn is_special(path: &Path) -> bool {
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return true;
    }
    let folder = folder_of(path).and_then(|folder| folder.canonicalize());
    cfg!(unix)
        && folder.is_ok_and(|folder| {
            let is_in = |system: &str| folder.starts_with(system);
            (is_in("/dev") && !is_in("/dev/shm")) || is_in("/proc") || is_in("/sys")
        })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn mode(path: &Path) -> u32 {
        path.symlink_metadata().unwrap().permissions().mode() & 0o777
    }

    fn replace(path: &Path, content: &[u8], readers: Readers) -> Result<(), SaveFileError> {
        write(path, content, Existing::Replaced, readers)
    }

    #[test]
    fn what_holds_links_is_its_owners_and_the_rest_keeps_its_rights() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("links.csv");
        replace(&path, b"new", Readers::AsUsual).unwrap();
        // A file of the standard library's is made with the same umask.
        let usual = folder.path().join("usual");
        fs::write(&usual, b"").unwrap();
        assert_eq!(mode(&path), mode(&usual));
        for old in [0o644, 0o640, 0o600, 0o660] {
            fs::set_permissions(&path, Permissions::from_mode(old)).unwrap();
            replace(&path, b"newer", Readers::AsUsual).unwrap();
            assert_eq!(mode(&path), old);
            assert_eq!(fs::read(&path).unwrap(), b"newer");
            replace(&path, b"secret", Readers::Owner).unwrap();
            assert_eq!(mode(&path), 0o600);
        }
        assert_eq!(names(folder.path()), ["links.csv", "usual"]);
    }

    #[test]
    fn a_link_is_replaced_and_what_it_points_at_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (elsewhere, link) = (folder.path().join("elsewhere"), folder.path().join("link"));
        fs::write(&elsewhere, b"not ours").unwrap();
        for target in ["elsewhere", "gone", "link"] {
            let _ = fs::remove_file(&link);
            symlink(target, &link).unwrap();
            assert_eq!(
                write(&link, b"new", Existing::Kept, Readers::AsUsual),
                Err(SaveFileError::IsThere)
            );
            replace(&link, b"new", Readers::AsUsual).unwrap();
            assert!(link.symlink_metadata().unwrap().is_file(), "{target}");
        }
        assert_eq!(fs::read(&elsewhere).unwrap(), b"not ours");
        assert_eq!(names(folder.path()), ["elsewhere", "link"]);
    }

    #[test]
    fn what_is_no_ordinary_file_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("folder");
        fs::create_dir(&inside).unwrap();
        let to_null = folder.path().join("null");
        symlink("/dev/null", &to_null).unwrap();
        for path in [&inside, &to_null] {
            assert_eq!(replace(path, b"new", Readers::Owner), Err(SaveFileError::NotAFile));
        }
        for path in ["/dev/stdout", "/dev/null", "/dev/signet", "/proc/self/fd/1", "/"] {
            assert_eq!(
                replace(Path::new(path), b"", Readers::AsUsual),
                Err(SaveFileError::NotAFile),
                "{path}"
            );
        }
        assert!(to_null.is_symlink());
        let gone = inside.join("gone/a.csv");
        assert_eq!(replace(&gone, b"new", Readers::AsUsual), Err(SaveFileError::NoFolder));
        assert_eq!(names(folder.path()), ["folder", "null"]);
    }

    #[test]
    fn a_pipe_is_written_into_where_that_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .unwrap();
        assert_eq!(replace(&pipe, b"", Readers::AsUsual), Err(SaveFileError::NotAFile));
        let reading = {
            let pipe = pipe.clone();
            std::thread::spawn(move || fs::read(pipe).unwrap())
        };
        write_into(&pipe, b"a page").unwrap();
        assert_eq!(reading.join().unwrap(), b"a page");
        // It makes no file of its own.
        assert!(write_into(&folder.path().join("gone"), b"").is_err());
    }
}
