//! Two Signets at once: each writes, and neither loses what the other wrote.

use std::collections::BTreeSet;

use signet_app::{EntryId, HistoryStore, Note};
use signet_os::History;

use crate::stage::{
    FILE, all, assert_played_well, files, link, names, said, say, second_part, second_process,
};

const ROWS: usize = 100;

#[test]
fn two_processes_write_at_once() {
    if let Some(folder) = second_part() {
        let history = History::at(folder);
        for number in 0..ROWS {
            let id = history.append(&link(&format!("{number}.pdf")), &Note::default()).unwrap();
            say(&format!("kept {}", id.0));
        }
        return;
    }
    // From an empty folder: both want to make the file.
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let mut processes =
            [(); 2].map(|()| second_process("two::two_processes_write_at_once", folder.path()));
        let said = processes.each_mut().map(said);
        let mut ids = BTreeSet::new();
        for lines in said {
            ids.extend(lines.filter_map(|line| Some(line.strip_prefix("kept ")?.to_owned())));
        }
        for mut process in processes {
            assert!(process.wait().unwrap().success());
        }
        assert_eq!(ids.len(), 2 * ROWS, "each row has an id of its own");
        let page = all(&History::at(folder.path().to_owned()));
        assert_eq!((page.total, page.unreadable), (2 * ROWS, 0));
        let left: Vec<_> = files(folder.path()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(left, ["history.lock", FILE], "neither was put aside");
    }
}

#[test]
fn each_sees_what_the_other_did() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| History::at(folder.path().to_owned()));
    one.append(&link("a.pdf"), &Note::default()).unwrap();
    other.append(&link("b.pdf"), &Note::default()).unwrap();
    assert_eq!(names(&all(&one)), ["b.pdf", "a.pdf"]);
    one.remove(&[EntryId(2)]).unwrap();
    assert_eq!(names(&all(&other)), ["a.pdf"]);
    other.clear().unwrap();
    assert_eq!(all(&one).total, 0);
    assert_eq!(one.append(&link("c.pdf"), &Note::default()), Ok(EntryId(3)));
}

#[test]
fn a_damaged_file_is_put_aside_once_for_both() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| History::at(folder.path().to_owned()));
    one.append(&link("a.pdf"), &Note::default()).unwrap();
    other.append(&link("b.pdf"), &Note::default()).unwrap();
    drop(other);
    // One has it open while it is damaged, and another finds that out first.
    let sound = std::fs::read(folder.path().join(FILE)).unwrap();
    let mut damaged = sound;
    damaged[..16].fill(0);
    std::fs::write(folder.path().join(FILE), damaged).unwrap();
    let other = History::at(folder.path().to_owned());
    other.append(&link("c.pdf"), &Note::default()).unwrap();
    assert_eq!(other.set_aside().as_deref(), Some("history.damaged-1.sqlite3"));
    // What the first writes now goes where the second wrote, or is refused; nothing more is put aside.
    let _ = one.append(&link("d.pdf"), &Note::default());
    drop(one);
    assert!(names(&all(&other)).contains(&"c.pdf".to_owned()));
    assert!(!folder.path().join("history.damaged-2.sqlite3").exists());
}

#[test]
fn the_second_part_is_really_played() {
    if second_part().is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    assert_played_well(second_process("two::the_second_part_is_really_played", folder.path()));
}
