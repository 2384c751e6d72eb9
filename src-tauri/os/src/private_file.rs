//! A file that its owner alone may read, written whole or not at all.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// The new one takes its place. A link is replaced, not followed.
    Replaced,
    /// It stays, and nothing is written.
    Kept,
}

/// Writes a file.
///
/// # Errors
/// Whatever the system said, [`ErrorKind::AlreadyExists`] where there was one to be kept; then nothing
/// of the new one is left.
pub fn write(path: &Path, content: &[u8], existing: Existing) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::NotADirectory)?;
    // A path of a name alone lies in the folder one is in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // A new file beside the old one (0600 from its first byte on), then one rename.
    let mut file = tempfile::Builder::new().prefix(".signet-").tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    let put = match existing {
        Existing::Replaced => file.persist(path),
        Existing::Kept => file.persist_noclobber(path),
    };
    put.map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_kept_or_replaced_as_was_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        write(&path, b"first", Existing::Kept).unwrap();
        let error = write(&path, b"second", Existing::Kept).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write(&path, b"third", Existing::Replaced).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"third");
        assert_eq!(names(folder.path()), ["key.pem"]);
    }

    #[test]
    fn what_cannot_be_put_in_its_place_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("folder");
        fs::create_dir(&taken).unwrap();
        for existing in [Existing::Kept, Existing::Replaced] {
            assert!(write(&taken, b"content", existing).is_err());
            assert!(write(&taken.join("gone/key.pem"), b"content", existing).is_err());
        }
        assert_eq!(names(folder.path()), ["folder"]);
        assert!(names(&taken).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn is_private_and_follows_no_link() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (elsewhere, link) = (folder.path().join("elsewhere"), folder.path().join("link"));
        fs::write(&elsewhere, b"not ours").unwrap();
        fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o644)).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
        assert!(write(&link, b"content", Existing::Kept).is_err());
        write(&link, b"content", Existing::Replaced).unwrap();
        assert_eq!(fs::read(&elsewhere).unwrap(), b"not ours");
        let metadata = link.symlink_metadata().unwrap();
        assert!(metadata.is_file());
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
}
