//! A file of Signet's own that its owner alone may read, written whole or not at all.

use std::io;
use std::path::Path;

pub use crate::saved_file::Existing;
use crate::saved_file::{Readers, put};

/// Writes a file.
///
/// # Errors
/// Whatever the system said, [`io::ErrorKind::AlreadyExists`] where there was one to be kept; then
/// nothing of the new one is left.
pub fn write(path: &Path, content: &[u8], existing: Existing) -> io::Result<()> {
    put(path, content, existing, Readers::Owner, &|_| Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::ErrorKind;

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
