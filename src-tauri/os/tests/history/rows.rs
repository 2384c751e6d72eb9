//! What was written is read, found, ordered, changed and removed.

use signet_app::{
    EntryId, HistoryEntry, HistoryPage, HistoryQuery, HistorySort, HistoryStore, LinkState, Name,
    Note, RegisteredKey, StateCounts, StateFilter,
};
use signet_cloudfront::key::{HashAlgorithm, KeyKind, SigningKey};
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::PolicyResource;
use signet_os::History;

use crate::stage::{
    DAY, FILE, HOUR, NOW, all, entry, everything, files, key_id, limited_link, link, names,
};

fn search(history: &History, text: &str) -> Vec<String> {
    let query = HistoryQuery { search: text.to_owned(), ..everything() };
    let page = history.page(&query, &[], NOW).unwrap();
    assert_eq!(page.found, page.entries.len());
    names(&page)
}

#[test]
fn a_history_that_nobody_wrote_to_is_empty_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().join("signet"));
    assert_eq!(all(&history), Default::default());
    assert_eq!(history.find(EntryId(1)), Ok(None));
    assert_eq!(history.set_note(EntryId(1), &Note::default()), Ok(false));
    assert_eq!(history.remove(&[EntryId(1)]), Ok(vec![]));
    assert_eq!(history.clear(), Ok(()));
    assert_eq!(history.set_aside(), None);
    assert!(!folder.path().join("signet").exists());
}

#[test]
fn gives_back_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    let resource = PolicyResource::parse("https://docs.example.com/a%20b/*");
    let full = Limits {
        starts_after: Some(NOW + 9),
        network: Network::parse("203.0.113.0/24"),
        resource: resource.ok(),
    };
    let mut other = link("b.pdf?v='1'");
    other.signer.hash = HashAlgorithm::Sha256;
    let written = [link("R\u{e9}sum\u{e9} + 1.pdf"), limited_link("a b/c", NOW + 99, full), other];
    let ids = written.clone().map(|made| history.append(&made, &Note::default()).unwrap());
    assert_eq!(ids, [1, 2, 3].map(EntryId));
    assert_eq!(history.set_note(EntryId(2), &Note::parse("for J\u{f6}").unwrap()), Ok(true));
    let expected: Vec<HistoryEntry> = (1..=3_i64)
        .collect::<Vec<_>>()
        .into_iter()
        .zip(written)
        .map(|(id, made)| entry(id, made, if id == 2 { "for J\u{f6}" } else { "" }))
        .rev()
        .collect();
    // In this run, and in the next.
    for history in [history, History::at(folder.path().to_owned())] {
        let page = all(&history);
        assert_eq!(page.entries, expected);
        assert_eq!((page.found, page.total, page.unreadable), (3, 3, 0));
        assert_eq!(history.find(EntryId(2)), Ok(Some(expected[1].clone())));
    }
}

#[test]
fn a_search_looks_at_name_host_note_and_key() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    for document in ["\u{dc}BERSICHT 100%.pdf", "under_score.pdf", "plain.pdf"] {
        history.append(&link(document), &Note::default()).unwrap();
    }
    history.set_note(EntryId(3), &Note::parse("Ms O'Hara").unwrap()).unwrap();
    for (text, found) in [
        ("\u{fc}bersicht", vec!["\u{dc}BERSICHT 100%.pdf"]),
        ("100%", vec!["\u{dc}BERSICHT 100%.pdf"]),
        ("%", vec!["\u{dc}BERSICHT 100%.pdf"]),
        ("_", vec!["under_score.pdf"]),
        (" o'HARA ", vec!["plain.pdf"]),
        ("\"' OR 1=1 --", vec![]),
        ("docs.example", vec!["plain.pdf", "under_score.pdf", "\u{dc}BERSICHT 100%.pdf"]),
        ("client PAPERS", vec!["plain.pdf", "under_score.pdf", "\u{dc}BERSICHT 100%.pdf"]),
        (&"x".repeat(100_000), vec![]),
    ] {
        assert_eq!(search(&history, text), found, "{text:.20}");
    }
    // A key that has another name by now is found by that, too.
    let renamed = RegisteredKey {
        id: key_id("a"),
        name: Name::parse("Contracts").unwrap(),
        site: link("a").signer.site,
        public_key_id: link("a").signer.public_key_id,
        kind: KeyKind::P256,
        fingerprint: SigningKey::generate_p256().public_key().fingerprint(),
        hash: HashAlgorithm::Sha256,
    };
    let query = HistoryQuery { search: "contracts".to_owned(), ..everything() };
    assert_eq!(history.page(&query, &[], NOW).unwrap().found, 0);
    assert_eq!(history.page(&query, &[renamed], NOW).unwrap().found, 3);
}

#[test]
fn states_keys_and_orders() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    let starting = |starts_after| Limits { starts_after: Some(starts_after), ..Limits::default() };
    for (name, expires_at, limits) in [
        ("works", NOW + HOUR, Limits::default()),
        ("Ended", NOW, Limits::default()),
        ("ending", NOW + HOUR - 1, Limits::default()),
        ("waiting", NOW + DAY, starting(NOW)),
        ("begun", NOW + DAY, starting(NOW - 1)),
        ("ended long", NOW - DAY, starting(NOW - 2 * DAY)),
    ] {
        history.append(&limited_link(name, expires_at, limits), &Note::default()).unwrap();
    }
    let mut other = link("other key");
    other.key = key_id("b");
    history.append(&other, &Note::default()).unwrap();
    let page = |query: HistoryQuery| history.page(&query, &[], NOW).unwrap();
    let whole = all(&history);
    assert_eq!((whole.found, whole.total), (7, 7));

    // In whatever way they are counted, and with whatever is left out of the answer.
    let mut counts = StateCounts::default();
    for HistoryEntry { made, .. } in &whole.entries {
        counts.add(made.terms.starts_at(), made.terms.expires_at(), NOW);
    }
    assert_eq!((counts.waiting, counts.works, counts.ending, counts.ended), (1, 3, 1, 2));
    for state in [StateFilter::Any, StateFilter::Working, StateFilter::Is(LinkState::Ended)] {
        for sort in [HistorySort::Newest, HistorySort::EndsFirst, HistorySort::Name] {
            for search in ["", "e"] {
                let query = HistoryQuery { state, sort, search: search.into(), ..everything() };
                assert_eq!(page(query.clone()).counts, Some(counts), "{state:?} {sort:?} {search}");
                assert_eq!(page(HistoryQuery { take: 0, ..query.clone() }).counts, Some(counts));
                assert_eq!(page(HistoryQuery { skip: 1, ..query }).counts, None);
            }
        }
    }
    let of_key = page(HistoryQuery { key: Some(key_id("b")), ..everything() }).counts.unwrap();
    assert_eq!((of_key.works, of_key.working(), of_key.ended), (1, 1, 0));
    // They hold until the moment that they name, and the sum is always the same.
    let mut now = NOW;
    let mut seen = Vec::new();
    loop {
        let at = |now| history.page(&everything(), &[], now).unwrap().counts.unwrap();
        let before = at(now);
        seen.push([before.waiting, before.works, before.ending, before.ended]);
        let Some(change) = before.next_change else { break };
        assert_eq!(at(change - 1), before, "{change}");
        now = change;
    }
    assert_eq!(seen.first(), Some(&[1, 3, 1, 2]));
    assert_eq!(seen.last(), Some(&[0, 0, 0, 7]));
    assert!(seen.iter().all(|counts| counts.iter().sum::<usize>() == 7), "{seen:?}");
    assert!(seen.len() >= 6, "{seen:?}");

    // The file says the same of each entry as the use cases do.
    for state in [LinkState::Waiting, LinkState::Works, LinkState::Ending, LinkState::Ended] {
        let found = page(HistoryQuery { state: StateFilter::Is(state), ..everything() });
        let expected: Vec<_> = whole
            .entries
            .iter()
            .filter(|entry| LinkState::at(&entry.made.terms, NOW) == state)
            .cloned()
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(found.entries, expected, "{state:?}");
        assert_eq!(found.found, expected.len());
    }
    let working = HistoryQuery {
        state: StateFilter::Working,
        key: Some(key_id("a")),
        sort: HistorySort::EndsFirst,
        ..everything()
    };
    assert_eq!(names(&page(working)), ["ending", "works", "waiting", "begun"]);

    let sorted = |sort| names(&page(HistoryQuery { sort, ..everything() }));
    assert_eq!(
        sorted(HistorySort::EndsFirst),
        ["ending", "works", "waiting", "begun", "other key", "Ended", "ended long"]
    );
    assert_eq!(
        sorted(HistorySort::Name),
        ["begun", "Ended", "ended long", "ending", "other key", "waiting", "works"]
    );
    for (skip, take, expected) in
        [(0, 2, &["begun", "Ended"][..]), (5, 9, &["waiting", "works"]), (7, 1, &[]), (0, 0, &[])]
    {
        let part = page(HistoryQuery { sort: HistorySort::Name, skip, take, ..everything() });
        assert_eq!(
            (names(&part), part.found),
            (expected.iter().map(|s| s.to_string()).collect(), 7)
        );
        let found = page(HistoryQuery { search: "e".into(), skip, take, ..everything() });
        assert_eq!(found.found, 7, "all have one in their host");
    }
}

#[test]
fn what_is_removed_can_be_restored_and_no_id_is_given_twice() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    for name in ["a.pdf", "b.pdf", "c.pdf"] {
        history.append(&link(name), &Note::default()).unwrap();
    }
    let removed = history.remove(&[EntryId(3), EntryId(1), EntryId(99)]).unwrap();
    assert_eq!(removed, [entry(3, link("c.pdf"), ""), entry(1, link("a.pdf"), "")]);
    assert_eq!(names(&all(&history)), ["b.pdf"]);
    assert_eq!(history.append(&link("d.pdf"), &Note::default()), Ok(EntryId(4)));
    history.restore(&removed).unwrap();
    assert_eq!(names(&all(&history)), ["d.pdf", "c.pdf", "b.pdf", "a.pdf"]);
    // All or none: the second is there already.
    history.remove(&[EntryId(1)]).unwrap();
    let both = [entry(1, link("a.pdf"), ""), entry(2, link("b.pdf"), "")];
    assert!(history.restore(&both).is_err());
    assert_eq!(names(&all(&history)), ["d.pdf", "c.pdf", "b.pdf"]);
    history.clear().unwrap();
    let nothing = HistoryPage { counts: Some(StateCounts::default()), ..HistoryPage::default() };
    assert_eq!(all(&history), nothing);
    assert_eq!(history.append(&link("e.pdf"), &Note::default()), Ok(EntryId(5)));
}

#[test]
fn a_row_that_says_nothing_is_left_out_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    history.append(&link("sound.pdf"), &Note::default()).unwrap();
    let spoilt = [
        "url = 'https://other.example/a'",
        "url = 'https://docs.example.com/a b'",
        "url = 'https://docs.example.com/a?Signature=x'",
        "site = 'http://docs.example.com'",
        "key_id = 'x'",
        "key_name = ''",
        "public_key_id = 'E2QWRUHAPOMQZL'",
        "hash = 'md5'",
        "starts_after = expires_at",
        "network = '::1'",
        "resource = 'https://docs.example.com/a b'",
        "resource = '\"'",
        "note = printf('%.*c', 201, 'n')",
    ];
    for _ in spoilt {
        history.append(&link("spoilt.pdf"), &Note::default()).unwrap();
    }
    let file = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    for (id, change) in (2..).zip(spoilt) {
        let changed = file.execute(&format!("UPDATE entries SET {change} WHERE id = {id}"), []);
        assert_eq!(changed, Ok(1), "{change}");
        assert_eq!(history.find(EntryId(id)), Ok(None), "{change}");
    }
    let page = all(&history);
    assert_eq!(names(&page), ["sound.pdf"]);
    assert_eq!((page.unreadable, page.found), (spoilt.len(), 1 + spoilt.len()));
}

#[test]
fn nothing_is_left_in_the_folder_but_the_file_and_its_lock() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    history.append(&link("a.pdf"), &Note::default()).unwrap();
    drop(history);
    let left: Vec<_> = files(folder.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(left, ["history.lock", FILE]);
}
