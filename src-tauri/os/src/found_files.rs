//! Which files are meant by a few places: those that are named, and of a folder what is in it, folders and all. What a
//! file has in it is not looked at.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf, absolute};

use signet_app::documents::{FoundFile, LeftOut};
use thiserror::Error;

/// What systems put into folders for themselves, in small letters.
const OF_SYSTEM: [&str; 3] = ["thumbs.db", "ehthumbs.db", "desktop.ini"];

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FoundFiles {
    /// In the order of the places, and in a folder by name.
    pub all: Vec<FoundFile>,
    /// What was left out of folders, with them, and why.
    pub left_out: Vec<(String, LeftOut)>,
}

/// Why no files are found.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FindFilesError {
    /// A folder cannot be read.
    #[error("the folder cannot be read")]
    Unreadable {
        /// Which, with the folders around it that were chosen too.
        name: String,
    },
    /// More files than are wanted.
    #[error("more than {most} files")]
    TooMany {
        /// As many as are.
        most: usize,
    },
}

/// Finds the files, at most so many. No link is followed inside a folder: it may lead around in a circle. May wait for the
/// disk.
///
/// # Errors
/// [`FindFilesError`].
pub fn find(places: &[PathBuf], most: usize) -> Result<FoundFiles, FindFilesError> {
    let mut found = FoundFiles::default();
    for place in places {
        let path = absolute(place).map_err(|_| unreadable(&name_of(place)))?;
        if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            // Of “.” and “..” too.
            let path = path.canonicalize().map_err(|_| unreadable(&name_of(place)))?;
            let name = name_of(&path);
            walk(&path, &name, most, &mut found)?;
        } else {
            let size = path.metadata().map_or(0, |metadata| metadata.len());
            let name = name_of(&path);
            found.all.push(FoundFile { name, path, folder: String::new(), size });
        }
    }
    let mut seen = HashSet::new();
    found.all.retain(|file| seen.insert(file.path.clone()));
    if found.all.len() > most { Err(FindFilesError::TooMany { most }) } else { Ok(found) }
}

fn walk(
    folder: &Path,
    name: &str,
    most: usize,
    found: &mut FoundFiles,
) -> Result<(), FindFilesError> {
    let unreadable = |_| unreadable(name);
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let own_name = name_of(&path);
        let kind = entry.file_type().map_err(unreadable)?;
        let with_folder = format!("{name}/{own_name}");
        if let Some(why) = why_left_out(&own_name, kind.is_symlink()) {
            found.left_out.push((with_folder, why));
        } else if kind.is_dir() {
            walk(&path, &with_folder, most, found)?;
        } else if found.all.len() > most {
            // Whoever has chosen a whole disk need not wait for all of it.
            return Err(FindFilesError::TooMany { most });
        } else {
            let size = entry.metadata().map_or(0, |metadata| metadata.len());
            found.all.push(FoundFile { path, folder: name.to_owned(), name: own_name, size });
        }
    }
    Ok(())
}

fn why_left_out(name: &str, is_link: bool) -> Option<LeftOut> {
    if name.starts_with('.') {
        Some(LeftOut::Hidden)
    } else if OF_SYSTEM.contains(&name.to_lowercase().as_str()) {
        Some(LeftOut::OfSystem)
    } else {
        is_link.then_some(LeftOut::Link)
    }
}

fn unreadable(name: &str) -> FindFilesError {
    FindFilesError::Unreadable { name: name.to_owned() }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &FoundFiles) -> Vec<String> {
        files.all.iter().map(FoundFile::with_folder).collect()
    }

    #[test]
    fn a_folder_is_all_that_is_in_it_and_not_hidden() {
        let folder = tempfile::tempdir().unwrap();
        let papers = folder.path().join("Papers");
        fs::create_dir_all(papers.join("2026/.git")).unwrap();
        let files = [
            "b.pdf",
            "a.pdf",
            ".DS_Store",
            "2026/c.pdf",
            "2026/.git/config",
            "2026/Thumbs.db",
            "Desktop.ini",
        ];
        for file in files {
            fs::write(papers.join(file), file).unwrap();
        }
        fs::create_dir(papers.join("empty")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&papers, papers.join("again")).unwrap();
        let places = [papers.clone(), papers.join("a.pdf"), papers.join("2026/c.pdf")];
        let found = find(&places, 3).unwrap();
        // What was named twice is meant once.
        assert_eq!(names(&found), ["Papers/2026/c.pdf", "Papers/a.pdf", "Papers/b.pdf"]);
        assert_eq!(found.all.iter().map(|file| file.size).collect::<Vec<_>>(), [10, 5, 5]);
        let mut left_out = found.left_out;
        left_out.retain(|(_, why)| *why != LeftOut::Link || cfg!(unix));
        left_out.sort_by(|(one, _), (other, _)| one.cmp(other));
        let expected = [
            ("Papers/.DS_Store", LeftOut::Hidden),
            ("Papers/2026/.git", LeftOut::Hidden),
            ("Papers/2026/Thumbs.db", LeftOut::OfSystem),
            ("Papers/Desktop.ini", LeftOut::OfSystem),
            ("Papers/again", LeftOut::Link),
        ];
        let expected = if cfg!(unix) { &expected[..] } else { &expected[..4] };
        let left_out: Vec<_> = left_out.iter().map(|(name, why)| (name.as_str(), *why)).collect();
        assert_eq!(left_out, expected);
        assert_eq!(find(&[papers], 2), Err(FindFilesError::TooMany { most: 2 }));
    }

    #[test]
    fn a_file_that_is_named_lies_in_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let [file, hidden] = ["a.pdf", ".hidden.pdf"].map(|name| folder.path().join(name));
        // Whether it is there is said when it is opened, and what was named was meant.
        let found = find(&[file, hidden], 10).unwrap();
        assert_eq!(names(&found), ["a.pdf", ".hidden.pdf"]);
        assert_eq!(find(&[folder.path().to_owned()], 10), Ok(FoundFiles::default()));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_not_be_read_is_named() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let locked = folder.path().join("Papers/locked");
        fs::create_dir_all(&locked).unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        // Whoever runs this may read everything.
        if fs::read_dir(&locked).is_err() {
            let error = find(&[folder.path().join("Papers")], 10).unwrap_err();
            assert_eq!(error, FindFilesError::Unreadable { name: "Papers/locked".to_owned() });
        }
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    }
}
