//! A hundred thousand rows: the right ones are found, and nobody waits for them.

use std::time::{Duration, Instant};

use signet_app::{
    HistoryEntry, HistoryQuery, HistorySort, HistoryStore, LinkState, Note, StateFilter,
};
use signet_cloudfront::link_conditions::Limits;
use signet_os::History;

use crate::stage::{DAY, NOW, entry, key_id, limited_link};

const ROWS: i64 = 100_000;

/// Fifty times what it takes, for a slow computer that does something else besides.
const MAX: Duration = Duration::from_millis(1_000);

fn rows() -> Vec<HistoryEntry> {
    let words = ["report", "minutes", "lease", "offer", "statement", "r\u{e9}sum\u{e9}", "photo"];
    let word = |number: i64| words[number as usize % words.len()];
    (0..ROWS)
        .map(|number| {
            let name = format!("papers/{} {} {number}.pdf", word(number), word(number / 7));
            let expires_at = NOW + (number % 200 - 100) * DAY / 10 + 1;
            let mut made = limited_link(&name, expires_at, Limits::default());
            made.key = key_id(["a", "b", "c"][number as usize % 3]);
            let note = if number % 1_000 == 0 { "for Ms Okafor" } else { "" };
            entry(number + 1, made, note)
        })
        .collect()
}

#[test]
fn a_hundred_thousand_rows_are_searched() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().to_owned());
    history.restore(&rows()).unwrap();
    let history = History::at(folder.path().to_owned());
    let page = HistoryQuery { take: 50, ..HistoryQuery::default() };
    let search = |text: &str| HistoryQuery { search: text.to_owned(), ..page.clone() };
    for (what, query, found) in [
        ("newest", page.clone(), 100_000),
        ("ends first", HistoryQuery { sort: HistorySort::EndsFirst, ..page.clone() }, 100_000),
        ("by name", HistoryQuery { sort: HistorySort::Name, ..page.clone() }, 100_000),
        ("far down", HistoryQuery { skip: 99_000, ..page.clone() }, 100_000),
        ("one", search("77777.pdf"), 1),
        ("a note", search("okafor"), 100),
        ("nothing", search("no such document"), 0),
        ("everything", search("e"), 100_000),
        ("a key", HistoryQuery { key: Some(key_id("b")), ..page.clone() }, 33_333),
        (
            "a state",
            HistoryQuery { state: StateFilter::Is(LinkState::Ended), ..page.clone() },
            50_000,
        ),
    ] {
        let mut times: Vec<_> = (0..5)
            .map(|_| {
                let start = Instant::now();
                let page = history.page(&query, &[], NOW).unwrap();
                assert_eq!((page.found, page.total), (found, 100_000), "{what}");
                let counted = page.counts.map(|counts| counts.working() + counts.ended);
                let of_any_state = if what == "a state" { 100_000 } else { found };
                assert_eq!(counted, (query.skip == 0).then_some(of_any_state), "{what}");
                assert_eq!(page.entries.len(), found.min(50), "{what}");
                start.elapsed()
            })
            .collect();
        times.sort();
        println!("{what}: {:?}", times[0]);
        assert!(times[0] < MAX, "{what}: {times:?}");
    }
    let start = Instant::now();
    history
        .append(&limited_link("one more.pdf", NOW + DAY, Limits::default()), &Note::default())
        .unwrap();
    println!("one more: {:?}", start.elapsed());
    let start = Instant::now();
    history.clear().unwrap();
    println!("cleared: {:?}", start.elapsed());
}
