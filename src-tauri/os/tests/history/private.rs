//! Nobody else reads the history, and no link in its place leads anywhere.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use rustix::fs::Mode;
use signet_app::{HistoryStore, Note};
use signet_os::History;

use crate::stage::{FILE, all, assert_played_well, link, names, second_part, second_process};

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn every_file_is_private_whatever_the_mask() {
    if let Some(folder) = second_part() {
        rustix::process::umask(Mode::empty());
        // The control: without care a file is open to all.
        fs::write(folder.join("control"), b"").unwrap();
        assert_eq!(mode(&folder.join("control")), 0o666);
        let home = folder.join("signet");
        let history = History::at(home.clone());
        history.append(&link("a.pdf"), &Note::default()).unwrap();
        assert_eq!(mode(&home), 0o700);
        for name in [FILE, "history.sqlite3-wal", "history.sqlite3-shm", "history.lock"] {
            assert_eq!(mode(&home.join(name)), 0o600, "{name}");
        }
        history.remove(&[signet_app::EntryId(1)]).unwrap();
        history.clear().unwrap();
        drop(history);
        assert_eq!(mode(&home.join(FILE)), 0o600);
        // A copy that was put back is made private again before anything goes into it.
        fs::set_permissions(home.join(FILE), fs::Permissions::from_mode(0o644)).unwrap();
        History::at(home.clone()).append(&link("b.pdf"), &Note::default()).unwrap();
        assert_eq!(mode(&home.join(FILE)), 0o600);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "private::every_file_is_private_whatever_the_mask";
    assert_played_well(second_process(name, folder.path()));
}

#[test]
fn a_link_in_the_place_of_the_file_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    // Even where it leads to a sound history.
    History::at(elsewhere.path().to_owned())
        .append(&link("elsewhere.pdf"), &Note::default())
        .unwrap();
    let target = elsewhere.path().join(FILE);
    let before = fs::read(&target).unwrap();
    symlink(&target, folder.path().join(FILE)).unwrap();
    let history = History::at(folder.path().to_owned());
    history.append(&link("a.pdf"), &Note::default()).unwrap();
    assert_eq!(names(&all(&history)), ["a.pdf"]);
    assert_eq!(history.set_aside().as_deref(), Some("history.damaged-1.sqlite3"));
    assert!(fs::read(&target).unwrap() == before);
}

#[test]
fn a_link_in_the_place_of_what_lies_beside_the_file_is_not_followed() {
    for end in ["-wal", "-shm"] {
        let folder = tempfile::tempdir().unwrap();
        History::at(folder.path().to_owned()).append(&link("a.pdf"), &Note::default()).unwrap();
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, b"").unwrap();
        symlink(&elsewhere, folder.path().join(format!("{FILE}{end}"))).unwrap();
        let history = History::at(folder.path().to_owned());
        // Refused or put out of the way: either way nothing is written there.
        let _ = history.append(&link("b.pdf"), &Note::default());
        assert_eq!(fs::read(&elsewhere).unwrap(), b"", "{end}");
    }
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path().join("elsewhere");
    symlink(&elsewhere, folder.path().join("history.lock")).unwrap();
    assert!(
        History::at(folder.path().to_owned()).append(&link("a.pdf"), &Note::default()).is_err()
    );
    assert!(!elsewhere.exists());
}

#[test]
fn a_home_behind_a_link_is_a_home() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    symlink(folder.path().join("real"), folder.path().join("home")).unwrap();
    let home = folder.path().join("home").join("signet");
    History::at(home).append(&link("a.pdf"), &Note::default()).unwrap();
    assert!(folder.path().join("real/signet").join(FILE).exists());
}
