//! A file of each released version is read by every later one.

use signet_app::{HistoryStore, Name, Note};
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::PolicyResource;
use signet_os::History;

use crate::stage::{DAY, FILE, NOW, all, entry, key_id, limited_link, link};

/// As `.dump` of SQLite's own shell writes it, with the two numbers that it leaves out.
const FIRST: &str = include_str!("schema-1.sql");
const SECOND: &str = include_str!("schema-2.sql");

#[test]
fn a_file_of_each_version_is_read() {
    for dump in [FIRST, SECOND] {
        assert_read(dump);
    }
}

fn assert_read(dump: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    file.execute_batch(dump).unwrap();
    file.close().unwrap();

    let history = History::at(folder.path().to_owned());
    let limits = Limits {
        starts_after: Some(NOW - 1),
        network: Network::parse("203.0.113.0/24"),
        resource: PolicyResource::parse("https://docs.example.com/reports/*").ok(),
    };
    let mut second = limited_link("reports/R\u{e9}sum\u{e9}.pdf?v=1", NOW + 7 * DAY, limits);
    second.key = key_id("b");
    second.key_name = Name::parse("Board").unwrap();
    second.signer.hash = HashAlgorithm::Sha256;
    let page = all(&history);
    assert_eq!(page.entries, [entry(3, second, "for Ms O'Hara"), entry(1, link("a.pdf"), "")]);
    assert_eq!((page.unreadable, history.set_aside()), (0, None));
    history.append(&link("b.pdf"), &Note::default()).unwrap();
    assert_eq!(all(&history).entries[0], entry(5, link("b.pdf"), ""));
}

#[test]
fn a_plan_of_the_second_version_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let file = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    file.execute_batch(SECOND).unwrap();
    file.close().unwrap();
    let history = History::at(folder.path().to_owned());
    let unfinished = history.unfinished_batch().unwrap().unwrap();
    assert_eq!(unfinished.made, [true, false]);
    let [first, second] = &unfinished.batch.links[..] else { panic!("two links") };
    assert_eq!(first.address, link("R\u{e9}sum\u{e9}.pdf").address);
    assert_eq!((second.expires_at, second.note.as_str()), (NOW + DAY, "for Ms O'Hara"));
    history.append_batch(unfinished.id, &unfinished.batch, &[0, 1]).unwrap();
    assert_eq!(all(&history).total, 3);
}
