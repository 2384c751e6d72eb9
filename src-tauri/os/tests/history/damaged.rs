//! Whatever the file has become, links are made and written down; what was there is put aside whole
//! and named.

use std::fs;
use std::path::Path;

use signet_app::{EntryId, HistoryQuery, HistorySort, HistoryStore, HistoryStoreError, Note};
use signet_os::History;

use crate::stage::{FILE, all, everything, files, link, names};

const ASIDE: &str = "history.damaged-1.sqlite3";

/// A sound file with some rows, closed.
fn sound() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    for number in 0..200 {
        history.append(&link(&format!("document {number}.pdf")), &Note::default()).unwrap();
    }
    drop(history);
    fs::read(folder.path().join(FILE)).unwrap()
}

/// A change by SQLite itself.
fn changed(sound: &[u8], sql: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    fs::write(&path, sound).unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(sql).unwrap();
    file.close().unwrap();
    fs::read(path).unwrap()
}

/// Each file with the one thing that is wrong with it.
fn cases() -> Vec<(&'static str, Vec<u8>)> {
    let sound = sound();
    assert!(sound.len() > 10 * 4096);
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = sound.clone();
        change(&mut bytes);
        bytes
    };
    vec![
        ("empty", Vec::new()),
        ("one byte", b"S".to_vec()),
        ("a text", b"Dear Ms Jones, ".repeat(1_000)),
        ("zeros", vec![0; 8_192]),
        ("its first 99 bytes", sound[..99].to_vec()),
        ("its first page", sound[..4_096].to_vec()),
        ("its first half", sound[..sound.len() / 2].to_vec()),
        ("all but its last byte", sound[..sound.len() - 1].to_vec()),
        ("another name in its head", with(&|bytes| bytes[0] = b'X')),
        ("a newer version", changed(&sound, "PRAGMA user_version = 99")),
        ("a version long gone by", changed(&sound, "PRAGMA user_version = 0")),
        ("another program's", changed(&sound, "PRAGMA application_id = 1")),
        ("no table", changed(&sound, "DROP TABLE entries")),
        ("no index", changed(&sound, "DROP INDEX entries_by_name")),
        ("another column", changed(&sound, "ALTER TABLE entries RENAME note TO remark")),
        ("a damaged first page", with(&|bytes| bytes[100..2_000].fill(0xff))),
        ("damaged pages", with(&|bytes| bytes[4_096..].fill(0xff))),
    ]
}

fn lay(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), bytes).unwrap();
    folder
}

fn assert_kept(folder: &Path, name: &str, bytes: &[u8], case: &str) {
    assert!(fs::read(folder.join(name)).unwrap() == bytes, "{case}: it was changed");
}

#[test]
fn a_file_that_cannot_be_used_is_put_aside_and_the_link_is_kept() {
    for (case, bytes) in cases() {
        let folder = lay(&bytes);
        let history = History::at(folder.path().to_owned());
        assert_eq!(history.append(&link("new.pdf"), &Note::default()), Ok(EntryId(1)), "{case}");
        assert_eq!(history.set_aside().as_deref(), Some(ASIDE), "{case}");
        assert_kept(folder.path(), ASIDE, &bytes, case);
        assert_eq!(names(&all(&history)), ["new.pdf"], "{case}");
        // The next start finds a sound one, and the old one is still there.
        drop(history);
        let history = History::at(folder.path().to_owned());
        assert_eq!((history.set_aside(), names(&all(&history)).len()), (None, 1), "{case}");
        assert_kept(folder.path(), ASIDE, &bytes, case);
    }
}

/// The control of the test above.
#[test]
fn a_sound_file_is_left_in_its_place() {
    let folder = lay(&sound());
    let history = History::at(folder.path().to_owned());
    assert_eq!(history.append(&link("new.pdf"), &Note::default()), Ok(EntryId(201)));
    assert_eq!((history.set_aside(), all(&history).total), (None, 201));
}

#[test]
fn a_start_names_what_its_first_bytes_give_away() {
    let by_a_glance = 12;
    for (number, (case, bytes)) in cases().into_iter().enumerate() {
        let folder = lay(&bytes);
        let history = History::at(folder.path().to_owned());
        let named = history.set_aside();
        assert_eq!(named.as_deref(), (number < by_a_glance).then_some(ASIDE), "{case}");
        assert_kept(folder.path(), named.as_deref().unwrap_or(FILE), &bytes, case);
    }
}

#[test]
fn reading_a_damaged_file_says_so_once() {
    let (case, bytes) = cases().pop().unwrap();
    let folder = lay(&bytes);
    let history = History::at(folder.path().to_owned());
    let query = HistoryQuery { sort: HistorySort::Name, ..everything() };
    assert_eq!(history.page(&query, &[], 0), Err(HistoryStoreError::Unreadable));
    assert_eq!(history.set_aside().as_deref(), Some(ASIDE));
    assert_kept(folder.path(), ASIDE, &bytes, case);
    assert_eq!(history.page(&query, &[], 0).unwrap().total, 0);
}

#[test]
fn every_one_is_kept_under_a_name_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    for number in 1..=3 {
        let junk = format!("junk {number}");
        fs::write(folder.path().join(FILE), &junk).unwrap();
        let history = History::at(folder.path().to_owned());
        let name = history.set_aside().unwrap();
        assert_eq!(name, format!("history.damaged-{number}.sqlite3"));
        assert_kept(folder.path(), &name, junk.as_bytes(), &junk);
    }
    fs::create_dir(folder.path().join(FILE)).unwrap();
    let history = History::at(folder.path().to_owned());
    history.append(&link("a.pdf"), &Note::default()).unwrap();
    assert_eq!(history.set_aside().as_deref(), Some("history.damaged-4.sqlite3"));
}

#[test]
fn a_log_is_put_aside_with_its_file_and_never_read_into_another() {
    let folder = tempfile::tempdir().unwrap();
    let first = History::at(folder.path().to_owned());
    first.append(&link("old.pdf"), &Note::default()).unwrap();
    // As a crash leaves it: rows in the log, and nobody to close it.
    let log = fs::read(folder.path().join(format!("{FILE}-wal"))).unwrap();
    assert!(log.len() > 4_096);
    drop(first);
    for whole in [Some(b"junk".as_slice()), None] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(format!("{FILE}-wal")), &log).unwrap();
        if let Some(bytes) = whole {
            fs::write(folder.path().join(FILE), bytes).unwrap();
        }
        let history = History::at(folder.path().to_owned());
        history.append(&link("new.pdf"), &Note::default()).unwrap();
        assert_eq!(names(&all(&history)), ["new.pdf"]);
        assert_eq!(history.set_aside().as_deref(), Some(ASIDE));
        let kept = fs::read(folder.path().join(format!("{ASIDE}-wal"))).unwrap();
        assert!(kept == log);
        assert_eq!(files(folder.path()).iter().any(|(name, _)| name == ASIDE), whole.is_some());
    }
}

#[test]
fn the_log_of_a_crash_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    history.append(&link("a.pdf"), &Note::default()).unwrap();
    let crashed = tempfile::tempdir().unwrap();
    for (name, bytes) in files(folder.path()) {
        fs::write(crashed.path().join(name), bytes).unwrap();
    }
    let again = History::at(crashed.path().to_owned());
    assert_eq!((again.set_aside(), names(&all(&again))), (None, vec!["a.pdf".to_owned()]));
}
