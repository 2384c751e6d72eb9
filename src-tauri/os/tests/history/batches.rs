//! Links that are made together: the plan outlives the program, and no link gets two entries.

use std::collections::BTreeMap;

use signet_app::{
    BatchPlan, GoOnError, HeldBatch, HistoryStore, HistoryStoreError, Name, Note, PlannedLink,
    SaveError, UnfinishedBatch,
};
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::policy::Network;
use signet_os::History;

use crate::stage::{
    DAY, FILE, NOW, all, files, key_id, kills, limited_link, link, names, said, say, second_part,
    second_process,
};

fn batch(count: usize) -> BatchPlan {
    let made = link("a.pdf");
    let planned = |number| PlannedLink {
        address: link(&format!("planned {number}.pdf")).address,
        expires_at: NOW + DAY + number as i64,
        note: Note::parse(&format!("for reader {number}")).unwrap(),
    };
    BatchPlan {
        signer: made.signer,
        key: made.key,
        key_name: made.key_name,
        created_at: NOW,
        links: (0..count).map(planned).collect(),
    }
}

/// A plan of which nothing is made yet.
fn begun(history: &History, batch: &BatchPlan) -> HeldBatch {
    history.begin_batch(batch, &vec![false; batch.links.len()], None).unwrap()
}

fn times_of_each_name(history: &History) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for name in names(&all(history)) {
        *times.entry(name).or_default() += 1;
    }
    times
}

#[test]
fn a_plan_is_gone_on_with_by_the_next_program() {
    let folder = tempfile::tempdir().unwrap();
    let history = || History::at(folder.path().to_owned());
    assert_eq!(history().unfinished_batch(), Ok(None));
    assert!(files(folder.path()).is_empty(), "to ask makes no file");

    let batch = batch(5);
    let first = history();
    let held = begun(&first, &batch);
    let id = held.id;
    first.append_batch(id, &batch, &[0, 3]).unwrap();
    drop((first, held));

    let next = history();
    let unfinished = next.unfinished_batch().unwrap().unwrap();
    assert_eq!((unfinished.id, &unfinished.batch), (id, &batch));
    assert_eq!(unfinished.made, [true, false, false, true, false]);
    next.append_batch(id, &batch, &[0, 1, 2, 3, 4]).unwrap();
    let entries = all(&next).entries;
    let mut made: Vec<_> = entries.iter().map(|entry| (&entry.made, &entry.note)).collect();
    made.reverse();
    let expected = [0, 3, 1, 2, 4].map(|row: usize| batch.made(&batch.links[row]));
    assert_eq!(made.iter().map(|(made, _)| *made).collect::<Vec<_>>(), expected.each_ref());
    assert_eq!(made[1].1.as_str(), "for reader 3");

    next.end_batch(id).unwrap();
    assert_eq!(next.unfinished_batch(), Ok(None));
    let refused = Err(HistoryStoreError::NotSaved { reason: SaveError::Other });
    assert_eq!(next.append_batch(id, &batch, &[0]), refused, "its plan is gone");
    assert_eq!(all(&next).total, 5);
}

#[test]
fn two_that_go_on_with_one_plan_write_each_entry_once() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| History::at(folder.path().to_owned()));
    let batch = batch(64);
    let id = begun(&one, &batch).id;
    let rows: Vec<usize> = (0..64).collect();
    std::thread::scope(|scope| {
        for history in [&one, &other] {
            scope.spawn(|| {
                for part in rows.chunks(5) {
                    history.append_batch(id, &batch, part).unwrap();
                }
            });
        }
    });
    let times = times_of_each_name(&one);
    assert_eq!((times.len(), times.values().max()), (64, Some(&1)));
}

#[test]
fn a_plan_is_in_the_hands_of_one_program() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| History::at(folder.path().to_owned()));
    let left = || -> Vec<_> {
        let names = files(folder.path()).into_iter().map(|(name, _)| name);
        names.filter(|name| name.starts_with("many-")).collect()
    };
    let batch = batch(4);
    let held = begun(&one, &batch);
    let id = held.id;
    one.append_batch(id, &batch, &[2]).unwrap();
    let refused = |history: &History| history.hold_batch(id).err();
    for history in [&one, &other] {
        assert_eq!(history.unfinished_batch(), Ok(None), "nobody is asked to go on with it");
        assert_eq!(refused(history), Some(GoOnError::Elsewhere));
    }
    drop(held);
    assert!(left().is_empty());

    // It ended with its program, and the next one goes on: in its place, with what is made.
    let (held, unfinished) = other.hold_batch(id).unwrap();
    assert_eq!(unfinished.made, [false, false, true, false]);
    assert_eq!(refused(&one), Some(GoOnError::Elsewhere));
    let next = other.begin_batch(&batch, &unfinished.made, Some(held.id)).unwrap();
    drop(held);
    assert_eq!(refused(&one), Some(GoOnError::Gone));
    assert_eq!(one.unfinished_batch(), Ok(None));
    other.append_batch(next.id, &batch, &[0, 1, 2, 3]).unwrap();
    assert_eq!(times_of_each_name(&one).values().max(), Some(&1));
    assert_eq!(all(&one).total, 4);
    assert_eq!(left(), [format!("many-{}.lock", next.id.0)]);
    other.end_batch(next.id).unwrap();
    drop(next);
    assert!(left().is_empty());

    // Two lists at once are none of each other's business.
    let [here, there] = [&one, &other].map(|history| begun(history, &batch));
    assert_ne!(here.id, there.id);
    assert_eq!(one.unfinished_batch(), Ok(None));
    drop(here);
    assert!(other.unfinished_batch().unwrap().is_some());
    // What a killed program left goes with the history; what is held stays.
    std::fs::write(folder.path().join("many-99.lock"), b"").unwrap();
    one.clear().unwrap();
    assert_eq!(left(), [format!("many-{}.lock", there.id.0)]);
}

#[test]
fn two_plans_do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    let (first, second) = (batch(3), batch(2));
    let [one, two] = [&first, &second].map(|batch| begun(&history, batch).id);
    history.append_batch(one, &first, &[1]).unwrap();
    let last = history.unfinished_batch().unwrap().unwrap();
    assert_eq!((last.id, last.made), (two, vec![false; 2]));
    history.end_batch(two).unwrap();
    let left = history.unfinished_batch().unwrap().unwrap();
    assert_eq!((left.id, left.made), (one, vec![false, true, false]));
}

#[test]
fn what_is_ended_or_cleared_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    let holds_plan = || {
        let is_in = |bytes: &[u8]| bytes.windows(16).any(|part| part == b"planned%20299.pd");
        files(folder.path()).iter().any(|(_, bytes)| is_in(bytes))
    };
    let id = begun(&history, &batch(300)).id;
    assert!(holds_plan(), "it would be found");
    history.end_batch(id).unwrap();
    assert!(!holds_plan());
    begun(&history, &batch(300));
    assert!(holds_plan());
    history.clear().unwrap();
    assert!(!holds_plan());
    assert_eq!(history.unfinished_batch(), Ok(None));
}

#[test]
fn a_plan_in_other_words_is_no_plan() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    let spoil = |column: &str, value: &str| {
        begun(&history, &batch(2));
        let file = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
        file.execute(&format!("UPDATE batches SET {column} = ?1"), [value]).unwrap();
        let read = history.unfinished_batch();
        file.execute_batch("DELETE FROM batches; DELETE FROM batch_progress").unwrap();
        read
    };
    assert!(spoil("key_name", "Another name").unwrap().is_some(), "a sound one is read");
    for (column, value) in [
        ("site", "http://docs.example.com"),
        ("key_id", "a"),
        ("key_name", ""),
        ("public_key_id", "E2JCJMDEHXQW5F"),
        ("hash", "md5"),
        ("links", "[]"),
        ("links", "no JSON"),
        (
            "links",
            r#"[{"url":"https://other.example/a","expires_at":1},{"url":"https://docs.example.com/b","expires_at":1}]"#,
        ),
        (
            "links",
            r#"[{"url":"https://docs.example.com/a b","expires_at":1},{"url":"https://docs.example.com/b","expires_at":1}]"#,
        ),
    ] {
        assert_eq!(spoil(column, value), Ok(None), "{column} {value}");
    }
}

#[test]
fn keys_are_told_by_their_entries() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    assert_eq!(history.keys(), Ok(Vec::new()));
    let named = |digit: &str, name: &str| {
        let mut made = limited_link(
            "a.pdf",
            NOW + DAY,
            Limits { network: Network::parse("203.0.113.7"), ..Limits::default() },
        );
        (made.key, made.key_name) = (key_id(digit), Name::parse(name).unwrap());
        made
    };
    for made in [named("c", "Old"), named("b", "Board"), named("c", "New"), named("a", "Archive")] {
        history.append(&made, &Note::default()).unwrap();
    }
    let keys = history.keys().unwrap();
    let keys: Vec<_> = keys.iter().map(|(id, name)| (id.clone(), name.as_str())).collect();
    assert_eq!(keys, [(key_id("a"), "Archive"), (key_id("b"), "Board"), (key_id("c"), "New")]);
}

#[cfg(unix)]
const KILLED: &str = "batches::a_plan_outlives_every_kill_and_repeats_nothing";

#[cfg(unix)]
#[test]
fn a_plan_outlives_every_kill_and_repeats_nothing() {
    const LINKS: usize = 2_000;
    if let Some(folder) = second_part() {
        let history = History::at(folder);
        // As the window goes on: what is in hand is begun anew, with what is made marked as such.
        let (held, batch) = match history.unfinished_batch().unwrap() {
            Some(UnfinishedBatch { id, .. }) => {
                let (before, UnfinishedBatch { batch, made, .. }) = history.hold_batch(id).unwrap();
                (history.begin_batch(&batch, &made, Some(before.id)).unwrap(), batch)
            }
            None => {
                let batch = batch(LINKS);
                (begun(&history, &batch), batch)
            }
        };
        let id = held.id;
        // From the beginning, as the window does: what is there already is not written again.
        for part in (0..LINKS).collect::<Vec<_>>().chunks(7) {
            history.append_batch(id, &batch, part).unwrap();
            say("a part");
        }
        history.end_batch(id).unwrap();
        drop(held);
        say("all");
        // It is killed while nothing is left to do, too.
        std::thread::sleep(std::time::Duration::from_secs(60));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut killed = 0;
    let mut is_done = false;
    while !is_done || killed < kills() {
        let mut process = second_process(KILLED, folder.path());
        let mut lines = said(&mut process).filter(|line| line == "a part" || line == "all");
        // The first kills come at once, the later ones ever later, so that it comes to its end.
        let parts = crate::killed::random_below(4 + killed % 100 * 4);
        is_done |= lines.by_ref().take(parts).any(|line| line == "all");
        process.kill().unwrap();
        process.wait().unwrap();
        is_done |= lines.any(|line| line == "all");
        killed += 1;
        let times = times_of_each_name(&History::at(folder.path().to_owned()));
        assert!(times.values().all(|times| *times == 1), "{times:?}");
        if is_done {
            assert_eq!(times.len(), LINKS);
            let history = History::at(folder.path().to_owned());
            assert_eq!(history.unfinished_batch(), Ok(None));
            history.clear().unwrap();
            let left: Vec<_> = files(folder.path()).into_iter().map(|(name, _)| name).collect();
            assert!(!left.iter().any(|name| name.starts_with("many-")), "{left:?}");
            if killed < kills() {
                is_done = false;
            }
        }
    }
}
