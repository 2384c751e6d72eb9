//! A disk that takes no more, and a place that takes nothing: the row is refused, and the old ones
//! are whole.

use signet_app::{HistoryStore, HistoryStoreError, Note, SaveError};
use signet_os::History;

use crate::stage::link;

#[cfg(unix)]
#[test]
fn a_full_disk_refuses_a_row_and_keeps_the_others() {
    use crate::stage::{
        all, assert_played_well, second_part, second_process_that_may_write_too_much,
    };
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    if let Some(folder) = second_part() {
        let history = History::at(folder.clone());
        history.append(&link("first.pdf"), &Note::default()).unwrap();
        let limit = |bytes| {
            let maximum = getrlimit(Resource::Fsize).maximum;
            setrlimit(Resource::Fsize, Rlimit { current: bytes, maximum }).unwrap();
        };
        for most in [100_000, 150_001, 200_002] {
            limit(Some(most));
            let before = all(&history).total;
            let mut kept = 0;
            let trouble = loop {
                match history.append(&link(&format!("{}.pdf", "d".repeat(900))), &Note::default()) {
                    Ok(_) => kept += 1,
                    Err(trouble) => break trouble,
                }
                assert!(kept < 1_000, "the disk was never full");
            };
            assert!(matches!(trouble, HistoryStoreError::NotSaved { .. }), "{trouble:?}");
            for history in [&history, &History::at(folder.clone())] {
                let page = all(history);
                assert_eq!((page.total, page.unreadable), (before + kept, 0));
            }
            limit(getrlimit(Resource::Fsize).maximum);
            // With room again it goes on.
            history.append(&link("more.pdf"), &Note::default()).unwrap();
            assert_eq!((all(&history).total, history.set_aside()), (before + kept + 1, None));
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "full::a_full_disk_refuses_a_row_and_keeps_the_others";
    assert_played_well(second_process_that_may_write_too_much(name, folder.path()));
}

/// A file system of its own, of a few megabytes, with nothing left in it.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_a_byte_left_refuses_and_keeps_what_is_on_it() {
    use crate::stage::{all, assert_played_well, second_part, second_process_on_a_small_disk};
    use std::io::Write;

    if let Some(folder) = second_part() {
        let full = HistoryStoreError::NotSaved { reason: SaveError::DiskFull };
        let name = |n: usize| link(&format!("{n} {}.pdf", "d".repeat(900)));
        let history = History::at(folder.join("signet"));
        for n in 0..50 {
            history.append(&name(n), &Note::default()).unwrap();
        }
        let filling = folder.join("filling");
        let fill = || {
            let mut file = std::fs::File::create(&filling).unwrap();
            while file.write_all(&[0; 512]).is_ok() {}
        };
        for round in 1..=3 {
            fill();
            let before = all(&history).total;
            // What is left of pages that were written already may take a few more.
            let mut kept = 0;
            let trouble = loop {
                match history.append(&name(kept), &Note::default()) {
                    Ok(_) => kept += 1,
                    Err(trouble) => break trouble,
                }
                assert!(kept < 1_000, "the disk was never full");
            };
            assert_eq!(trouble, full);
            // Also for a program that starts on the full disk.
            for history in [&history, &History::at(folder.join("signet"))] {
                let page = all(history);
                assert_eq!((page.total, page.unreadable), (before + kept, 0));
                assert_eq!(history.append(&name(0), &Note::default()), Err(full));
                assert_eq!(history.set_aside(), None);
            }
            std::fs::remove_file(&filling).unwrap();
            history.append(&name(0), &Note::default()).unwrap();
            assert_eq!(all(&history).total, before + kept + 1, "round {round}");
        }
        // The last one that closes it leaves nothing beside it; then the disk fills before a start.
        let total = all(&history).total;
        drop(history);
        fill();
        let history = History::at(folder.join("signet"));
        assert_eq!((all(&history).total, history.set_aside()), (total, None));
        assert_eq!(history.append(&name(0), &Note::default()), Err(full));
        std::fs::remove_file(&filling).unwrap();
        history.append(&name(0), &Note::default()).unwrap();
        assert_eq!((all(&history).total, history.set_aside()), (total + 1, None));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "full::a_disk_without_a_byte_left_refuses_and_keeps_what_is_on_it";
    assert_played_well(second_process_on_a_small_disk(name, folder.path()));
}

/// The same for every other file: what a person saves, the list of keys, and what a set-up made.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_a_byte_left_costs_no_file_that_would_be_replaced() {
    use crate::stage::{assert_played_well, second_part, second_process_on_a_small_disk};
    use signet_app::setup::{Journals, NotKept, Turn};
    use signet_app::{Name, Profile, SettingsError};
    use signet_cloudfront::key::SigningKey;
    use signet_os::ProfileFolder;
    use signet_os::saved_file::{self, Existing, Readers, SaveFileError};
    use signet_setup::journal::{Journal, Made};
    use std::io::Write;

    if let Some(folder) = second_part() {
        let home = folder.join("signet");
        let profile = ProfileFolder::at(home.clone());
        let key = SigningKey::generate_p256().public_key();
        let add_site = |name: &str| {
            profile.update(&mut |settings| {
                settings.add_site(Name::parse(name).unwrap());
            })
        };
        let settings = add_site("Client papers").unwrap();
        let set_ups = profile.set_ups();
        let turn = set_ups.begin(&key).unwrap();
        let mut journal = Journal::new(&key, "123456789012");
        journal.begin(Made::key_group(None).unwrap());
        turn.keep(&journal).unwrap();
        let saved = folder.join("links.csv");
        let save = |content: &[u8]| {
            saved_file::write(&saved, content, Existing::Replaced, Readers::AsUsual)
        };
        save(b"the old one").unwrap();
        let there = || {
            let mut names: Vec<_> = [&folder, &home]
                .into_iter()
                .flat_map(|folder| std::fs::read_dir(folder).unwrap())
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        let before = there();
        let mut filling = std::fs::File::create(folder.join("filling")).unwrap();
        while filling.write_all(&[0; 512]).is_ok() {}

        assert_eq!(save(&[b'x'; 100_000]), Err(SaveFileError::Full));
        let full = SaveError::DiskFull;
        assert_eq!(add_site("Reports"), Err(SettingsError::NotSaved { reason: full }));
        let mut more = journal.clone();
        more.finish(&Made::key_group(Some("production")).unwrap());
        let file = home.join(set_ups.file_name(journal.name(), journal.account()));
        assert_eq!(turn.keep(&more), Err(NotKept { file, why: full }));

        std::fs::remove_file(folder.join("filling")).unwrap();
        assert_eq!(there(), before);
        assert_eq!(std::fs::read(&saved).unwrap(), b"the old one");
        assert_eq!(profile.read(), Ok(settings));
        assert_eq!(turn.journal(journal.account()), Ok(Some(journal)));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "full::a_disk_without_a_byte_left_costs_no_file_that_would_be_replaced";
    assert_played_well(second_process_on_a_small_disk(name, folder.path()));
}

#[test]
fn a_place_that_takes_nothing_refuses_and_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    // A file stands where the folder should be: true for root too, unlike a read-only folder.
    let blocked = folder.path().join("signet");
    std::fs::write(&blocked, b"").unwrap();
    let history = History::at(blocked.join("deeper"));
    let refused = Err(HistoryStoreError::NotSaved { reason: SaveError::ReadOnly });
    assert_eq!(history.append(&link("a.pdf"), &Note::default()), refused);
    assert_eq!(history.set_aside(), None);
    assert_eq!(std::fs::read(&blocked).unwrap(), b"");
}
