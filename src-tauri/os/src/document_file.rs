//! A file of this computer that is to become a document: opened once, read in parts, and compared at the end with what
//! it was. It is never moved, changed or locked.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use signet_app::documents::{
    FileFacts, FileIdentity, FileTime, FileTrouble, LocalFile, LocalFiles, OpenFileError,
};

use crate::regular_file;

/// The files of this computer.
#[derive(Debug, Clone, Copy)]
pub struct DocumentFiles;

impl LocalFiles for DocumentFiles {
    type File = DocumentFile;

    fn open(&self, path: &Path) -> Result<DocumentFile, OpenFileError> {
        DocumentFile::open(path)
    }
}

/// An ordinary file that is open.
pub struct DocumentFile {
    file: File,
    facts: FileFacts,
}

impl DocumentFile {
    /// Opens an ordinary file; a link to one is followed. Never waits for a pipe and never reads a device.
    ///
    /// # Errors
    /// [`OpenFileError`].
    pub fn open(path: &Path) -> Result<Self, OpenFileError> {
        // A program that goes on with it later may stand in another folder.
        let path = std::path::absolute(path).map_err(|_| OpenFileError::NotFound)?;
        // Nothing else is even opened: that alone changes what some devices and pipes do.
        check_kind(&path, path.metadata())?;
        let file = regular_file::open(&path).map_err(|error| why_not(&path, &error))?;
        // Something else may have come into its place since.
        let metadata = check_kind(&path, file.metadata())?;
        let facts = facts(path, &metadata);
        Ok(Self { file, facts })
    }
}

impl LocalFile for DocumentFile {
    fn facts(&self) -> &FileFacts {
        &self.facts
    }

    fn read_at(&self, offset: u64, bytes: &mut [u8]) -> Result<(), FileTrouble> {
        read_exact_at(&self.file, bytes, offset).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => FileTrouble::Shrank,
            _ => FileTrouble::Unreadable,
        })
    }

    fn check(&self) -> Result<(), FileTrouble> {
        let open = self.file.metadata().map_err(|_| FileTrouble::Unreadable)?;
        self.facts.compare(&facts(self.facts.path().to_owned(), &open))?;
        let there = match self.facts.path().metadata() {
            Ok(there) => there,
            Err(error) if is_gone(&error) => return Err(FileTrouble::Vanished),
            Err(_) => return Err(FileTrouble::Unreadable),
        };
        self.facts.compare(&facts(self.facts.path().to_owned(), &there))
    }
}

fn facts(path: PathBuf, metadata: &Metadata) -> FileFacts {
    FileFacts::new(&path, metadata.len(), modified(metadata), identity(metadata))
}

fn modified(metadata: &Metadata) -> Option<FileTime> {
    let modified = metadata.modified().ok()?;
    let seconds = |duration: std::time::Duration| i64::try_from(duration.as_secs()).ok();
    Some(match modified.duration_since(UNIX_EPOCH) {
        Ok(since) => FileTime { seconds: seconds(since)?, nanoseconds: since.subsec_nanos() },
        Err(before) => FileTime {
            seconds: -seconds(before.duration())?,
            nanoseconds: before.duration().subsec_nanos(),
        },
    })
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt;
    Some(FileIdentity { device: metadata.dev(), file: metadata.ino() })
}

/// Rust's own library does not tell it on Windows.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<FileIdentity> {
    None
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    use std::os::unix::fs::FileExt;
    file.read_exact_at(bytes, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt;
    while !bytes.is_empty() {
        let read = file.seek_read(bytes, offset)?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        bytes = bytes.split_at_mut(read).1;
        offset += read as u64;
    }
    Ok(())
}

fn check_kind(path: &Path, metadata: io::Result<Metadata>) -> Result<Metadata, OpenFileError> {
    let metadata = metadata.map_err(|error| why_not(path, &error))?;
    if metadata.is_file() {
        return Ok(metadata);
    }
    if metadata.is_dir() {
        return Err(match fs::symlink_metadata(path) {
            Ok(itself) if itself.is_symlink() => OpenFileError::LinkToFolder,
            _ => OpenFileError::Folder,
        });
    }
    Err(if is_pipe(&metadata) { OpenFileError::Pipe } else { OpenFileError::Device })
}

#[cfg(unix)]
fn is_pipe(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_fifo() || metadata.file_type().is_socket()
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn why_not(path: &Path, error: &io::Error) -> OpenFileError {
    match error.kind() {
        _ if is_gone(error) => match fs::symlink_metadata(path) {
            Ok(itself) if itself.is_symlink() => OpenFileError::DeadLink,
            _ => OpenFileError::NotFound,
        },
        ErrorKind::PermissionDenied => OpenFileError::NotAllowed,
        _ => OpenFileError::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &DocumentFile, offset: u64, length: usize) -> Result<Vec<u8>, FileTrouble> {
        let mut bytes = vec![0; length];
        file.read_at(offset, &mut bytes).map(|()| bytes)
    }

    fn refused(path: &Path) -> OpenFileError {
        DocumentFile::open(path).err().unwrap()
    }

    #[test]
    fn reads_parts_and_knows_whether_it_is_still_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("U\u{308}bersicht.pdf");
        fs::write(&path, b"0123456789").unwrap();
        let file = DocumentFile::open(&path).unwrap();
        assert_eq!(
            (file.facts().size, file.facts().name()),
            (10, "U\u{308}bersicht.pdf".to_owned())
        );
        assert_eq!(file.facts().path(), path);
        assert_eq!(read(&file, 3, 4).unwrap(), b"3456");
        assert_eq!(read(&file, 0, 10).unwrap(), b"0123456789");
        assert_eq!(read(&file, 10, 0).unwrap(), b"");
        assert_eq!(read(&file, 8, 3), Err(FileTrouble::Shrank));
        assert_eq!(file.check(), Ok(()));
        assert_eq!(DocumentFile::open(&path).unwrap().facts(), file.facts());
        // As long as before, shorter, and another file in its place.
        let later = UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000);
        fs::write(&path, b"9876543210").unwrap();
        File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        assert_eq!(file.check(), Err(FileTrouble::Changed));
        fs::write(&path, b"0").unwrap();
        assert_eq!(file.check(), Err(FileTrouble::Shrank));
        let file = DocumentFile::open(&path).unwrap();
        let old = folder.path().join("old");
        fs::rename(&path, &old).unwrap();
        assert_eq!(file.check(), Err(FileTrouble::Vanished));
        fs::write(&path, b"0").unwrap();
        #[cfg(unix)]
        assert_eq!(file.check(), Err(FileTrouble::Changed));
        fs::rename(&old, &path).unwrap();
        assert_eq!(file.check(), Ok(()));
        fs::remove_file(&path).unwrap();
        assert_eq!(file.check(), Err(FileTrouble::Vanished));
    }

    #[test]
    fn an_empty_file_is_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty");
        fs::write(&path, b"").unwrap();
        let file = DocumentFile::open(&path).unwrap();
        assert_eq!((file.facts().size, read(&file, 0, 0).unwrap().len()), (0, 0));
        assert_eq!(file.check(), Ok(()));
    }

    #[test]
    fn names_what_is_not_there_and_what_is_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(refused(&folder.path().join("none")), OpenFileError::NotFound);
        assert_eq!(refused(&folder.path().join("none/either")), OpenFileError::NotFound);
        assert_eq!(refused(folder.path()), OpenFileError::Folder);
        assert_eq!(refused(Path::new("")), OpenFileError::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn names_what_is_no_file_and_waits_for_nobody() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        use std::os::unix::net::UnixListener;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        let _socket = UnixListener::bind(at("socket")).unwrap();
        symlink(folder.path(), at("folder")).unwrap();
        symlink(at("none"), at("dead")).unwrap();
        symlink(at("circle"), at("circle")).unwrap();
        symlink(at("pipe"), at("to-pipe")).unwrap();
        fs::write(at("locked"), b"a").unwrap();
        fs::write(at("file"), b"a").unwrap();
        symlink(at("file"), at("link")).unwrap();
        for (name, error) in [
            ("pipe", OpenFileError::Pipe),
            ("socket", OpenFileError::Pipe),
            ("to-pipe", OpenFileError::Pipe),
            ("folder", OpenFileError::LinkToFolder),
            ("dead", OpenFileError::DeadLink),
            ("circle", OpenFileError::Unreadable),
        ] {
            assert_eq!(refused(&at(name)), error, "{name}");
        }
        assert_eq!(refused(Path::new("/dev/zero")), OpenFileError::Device);
        let link = DocumentFile::open(&at("link")).unwrap();
        assert_eq!((link.facts().size, link.facts().name()), (1, "link".to_owned()));
        fs::set_permissions(at("locked"), fs::Permissions::from_mode(0o000)).unwrap();
        // Whoever runs this may read everything.
        if File::open(at("locked")).is_err() {
            assert_eq!(refused(&at("locked")), OpenFileError::NotAllowed);
        }
    }
}
