//! Which files are meant by the words of a command: those that are named, and of a folder what is in it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf, absolute};

use crate::failure::Failure;

/// A file, and where it would lie below the folder that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it lies on this computer.
    pub path: PathBuf,
    /// The folders that it lies in, `Papers/2026`; empty for a file that was named itself.
    pub folder: String,
    /// What it is called.
    pub name: String,
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// In the order of the words, and in a folder by name.
    pub all: Vec<Found>,
    /// What was left out of folders, and why.
    pub left_out: Vec<(String, LeftOut)>,
}

/// Why something in a folder is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Its name begins with a full stop.
    Hidden,
    /// It stands for something else on this computer.
    Link,
}

/// Finds the files.
pub fn find(words: &[PathBuf]) -> Result<Files, Failure> {
    let mut files = Files::default();
    for word in words {
        if word.as_os_str() == "-" {
            return Err(Failure::usage(
                "The standard input is no document, for it has no name.",
                "Give a file.",
            ));
        }
        let path = absolute(word).map_err(|_| unreadable("A file or folder"))?;
        if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            // Of “.” and “..” too.
            let path = path.canonicalize().map_err(|_| unreadable("A folder"))?;
            let name = name_of(&path);
            walk(&path, &name, &mut files)?;
        } else {
            files.all.push(Found { name: name_of(&path), path, folder: String::new() });
        }
    }
    let mut seen = HashSet::new();
    files.all.retain(|found| seen.insert(found.path.clone()));
    if files.all.is_empty() {
        return Err(Failure::other(
            "There is no document in what was given.",
            "Give a file, or a folder with files in it that are not hidden.",
        ));
    }
    Ok(files)
}

fn walk(folder: &Path, name: &str, files: &mut Files) -> Result<(), Failure> {
    let unreadable = |_| unreadable(&format!("The folder {name}"));
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let own_name = name_of(&path);
        let kind = entry.file_type().map_err(unreadable)?;
        let with_folder = format!("{name}/{own_name}");
        if own_name.starts_with('.') {
            files.left_out.push((with_folder, LeftOut::Hidden));
        } else if kind.is_symlink() {
            files.left_out.push((with_folder, LeftOut::Link));
        } else if kind.is_dir() {
            walk(&path, &with_folder, files)?;
        } else {
            files.all.push(Found { path, folder: name.to_owned(), name: own_name });
        }
    }
    Ok(())
}

fn unreadable(what: &str) -> Failure {
    Failure::other(
        format!("{what} cannot be read."),
        "Look whether it is there and whether you may read it.",
    )
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a test sets its stage")]
mod tests {
    use super::*;

    fn names(files: &Files) -> Vec<String> {
        let name = |found: &Found| match found.folder.as_str() {
            "" => found.name.clone(),
            folder => format!("{folder}/{}", found.name),
        };
        files.all.iter().map(name).collect()
    }

    #[test]
    fn a_folder_is_all_that_is_in_it_and_not_hidden() {
        let folder = tempfile::tempdir().unwrap();
        let papers = folder.path().join("Papers");
        fs::create_dir_all(papers.join("2026/.git")).unwrap();
        for file in ["b.pdf", "a.pdf", ".DS_Store", "2026/c.pdf", "2026/.git/config"] {
            fs::write(papers.join(file), file).unwrap();
        }
        fs::create_dir(papers.join("empty")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&papers, papers.join("again")).unwrap();
        let found =
            find(&[papers.clone(), papers.join("a.pdf"), papers.join("2026/c.pdf")]).unwrap();
        // What was named twice is meant once.
        assert_eq!(names(&found), ["Papers/2026/c.pdf", "Papers/a.pdf", "Papers/b.pdf"]);
        let left_out: Vec<_> = found.left_out.iter().map(|(name, _)| name.as_str()).collect();
        let expected = ["Papers/.DS_Store", "Papers/2026/.git", "Papers/again"];
        let expected = if cfg!(unix) { &expected[..] } else { &expected[..2] };
        let mut left_out = left_out;
        left_out.sort_unstable();
        assert_eq!(left_out, expected);
    }

    #[test]
    fn a_file_that_is_named_lies_in_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let [file, hidden] = ["a.pdf", ".hidden.pdf"].map(|name| folder.path().join(name));
        // Whether it is there is said when it is opened.
        let found = find(&[file, hidden]).unwrap();
        assert_eq!(names(&found), ["a.pdf", ".hidden.pdf"]);
        assert_eq!(find(&[PathBuf::from("-")]).unwrap_err().what().split(' ').next(), Some("The"));
        assert!(find(&[folder.path().to_owned()]).is_err(), "nothing is in it");
    }
}
