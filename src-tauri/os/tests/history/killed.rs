//! A process that is killed in the middle of writing loses nothing that it has answered for.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::time::Duration;

use signet_app::{EntryId, HistoryStore, Note};
use signet_os::History;

use crate::stage::{FILE, all, kills, link, said, say, second_part, second_process};

const NAME: &str = "killed::no_kill_loses_a_row_that_was_answered_for";

/// So many files at once: each mostly waits for the disk.
const LANES: u64 = 4;

#[test]
fn no_kill_loses_a_row_that_was_answered_for() {
    if let Some(folder) = second_part() {
        write_until_killed(folder);
    }
    let rounds = kills();
    let lanes: Vec<_> = (0..LANES)
        .map(|_| {
            std::thread::spawn(move || {
                let folder = tempfile::tempdir().unwrap();
                let mut answered = BTreeSet::new();
                for _ in 0..rounds.div_ceil(LANES) {
                    answered.extend(kill_one(folder.path()));
                    assert_whole(folder.path(), &answered);
                }
                assert_eq!(all(&History::at(folder.path().to_owned())).unreadable, 0);
                answered.len() as u64
            })
        })
        .collect();
    let rows: u64 = lanes.into_iter().map(|lane| lane.join().unwrap()).sum();
    assert!(rows > rounds, "only {rows} rows were written between {rounds} kills");
}

/// Adds, and now and then notes and removes, and says of each row when it is there to stay.
fn write_until_killed(folder: PathBuf) -> ! {
    let history = History::at(folder);
    for round in 0_u64.. {
        let id = history.append(&link("a document with a name.pdf"), &Note::default()).unwrap();
        say(&format!("kept {}", id.0));
        if round % 4 == 1 {
            let passing = history.append(&link("removed at once.pdf"), &Note::default()).unwrap();
            history.remove(&[passing]).unwrap();
        }
    }
    unreachable!("nobody killed this process")
}

/// Starts a process, kills it after some rows and a moment more, and gives the rows it answered for.
fn kill_one(folder: &Path) -> Vec<EntryId> {
    let mut process = second_process(NAME, folder);
    let mut lines = said(&mut process)
        .filter_map(|line| line.strip_prefix("kept ").map(|id| EntryId(id.parse().unwrap())));
    let mut rows: Vec<_> = lines.by_ref().take(random_below(8)).collect();
    std::thread::sleep(Duration::from_micros(random_below(5_000) as u64));
    process.kill().unwrap();
    process.wait().unwrap();
    rows.extend(lines);
    rows
}

fn assert_whole(folder: &Path, answered: &BTreeSet<EntryId>) {
    if answered.is_empty() && !folder.join(FILE).exists() {
        return;
    }
    let file = rusqlite::Connection::open(folder.join(FILE)).unwrap();
    let verdict: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let mut there = file.prepare("SELECT id FROM entries").unwrap();
    let there: BTreeSet<_> =
        there.query_map([], |row| row.get(0).map(EntryId)).unwrap().map(Result::unwrap).collect();
    let lost: Vec<_> = answered.difference(&there).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// Another number every time.
pub fn random_below(end: u64) -> usize {
    (RandomState::new().hash_one(0) % end) as usize
}
