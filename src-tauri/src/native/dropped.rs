//! Files that are dropped on the window: their names, and those of what is in dropped folders.
//!
//! The window's page is told of names alone, which is why the system's drag and drop ends here and not
//! in the page. What is in a file is never looked at.

use std::path::{Path, PathBuf};

use signet_cloudfront::document_list::MAX_ROWS;

/// What was dropped.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DroppedNames {
    /// Names of files; those of a dropped folder begin below it.
    pub names: Vec<String>,
    /// Names of folders of which the system did not say what is in them.
    pub skipped: Vec<String>,
}

/// The names of dropped files. May wait for the disk.
pub fn names_of(dropped: &[PathBuf]) -> DroppedNames {
    let mut found = DroppedNames::default();
    for path in dropped {
        if !path.is_dir() {
            found.names.push(name_of(path));
        } else if add_names_in(path, "", &mut found.names).is_err() {
            found.skipped.push(name_of(path));
        }
    }
    found.names.truncate(MAX_ROWS + 1);
    found
}

fn add_names_in(folder: &Path, before: &str, names: &mut Vec<String>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        // One more than the most is enough to see that there are too many.
        if names.len() > MAX_ROWS {
            break;
        }
        // A link is not followed: it may lead around in a circle.
        if entry.file_type()?.is_dir() {
            add_names_in(&entry.path(), &format!("{name}/"), names)?;
        } else if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            // The system's own files (.DS_Store) are no documents.
            names.push(name);
        }
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_and_folders_listed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("papers/2026/empty")).unwrap();
        for name in ["a b.pdf", "papers/c.pdf", "papers/.DS_Store", "papers/2026/d.pdf"] {
            std::fs::write(at(name), "").unwrap();
        }
        let found = names_of(&[at("a b.pdf"), at("papers"), at("gone.pdf")]);
        assert_eq!(found.names, ["a b.pdf", "2026/d.pdf", "c.pdf", "gone.pdf"]);
        assert!(found.skipped.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_in_a_circle_has_an_end() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        std::fs::write(folder.path().join("a.pdf"), "").unwrap();
        assert_eq!(names_of(&[folder.path().to_owned()]).names, ["a.pdf", "again"]);
    }
}
