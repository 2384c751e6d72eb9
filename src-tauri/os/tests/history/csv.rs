//! The table for other programs opens in a spreadsheet as text, whatever stands in it.

use signet_core::desk::ExportRow;
use signet_core::policy::Network;
use signet_core::policy_resource::PolicyResource;
use signet_core::terms::Limits;
use signet_os::to_csv;

use crate::stage::{NOW, entry, limited_link, link};

fn read(table: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(table).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark by which spreadsheets know UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let line = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().map(|record| line(record.unwrap())).collect()
}

fn row(entry: signet_core::desk::HistoryEntry) -> ExportRow {
    ExportRow { made: entry.made, note: entry.note, link: None }
}

#[test]
fn each_column_has_its_own() {
    let limits = Limits {
        starts_after: Some(NOW - 1),
        network: Network::parse("203.0.113.7"),
        resource: PolicyResource::parse("https://docs.example.com/*").ok(),
    };
    let limited = limited_link("a b.pdf", NOW + 60, limits);
    let rows = [row(entry(1, link("c.pdf"), "")), row(entry(2, limited, "Jo, \"the\" bank"))];
    let table = read(&to_csv(&rows, false));
    assert_eq!(
        table[0],
        [
            "Document",
            "Site",
            "Key",
            "Made",
            "Works from",
            "Works until",
            "Network",
            "Folder",
            "Note"
        ]
    );
    assert_eq!(
        table[1],
        [
            "https://docs.example.com/c.pdf",
            "docs.example.com",
            "Client papers",
            "2026-11-24T12:00:00+00:00",
            "",
            "2026-11-25T12:00:00+00:00",
            "",
            "",
            "",
        ]
    );
    assert_eq!(
        table[2][4..],
        [
            "2026-11-24T12:00:00+00:00",
            "2026-11-24T12:01:00+00:00",
            "203.0.113.7/32",
            "/*",
            "Jo, \"the\" bank"
        ]
    );
    assert_eq!(table.len(), 3);

    let with_links = read(&to_csv(&rows, true));
    assert_eq!(with_links[0][9], "Link");
    assert_eq!(with_links[1][9], "", "a link that is not there any more");
    assert_eq!(with_links[1][..9], table[1]);
}

#[test]
fn a_cell_that_would_be_run_is_text() {
    for (note, cell) in [
        ("=HYPERLINK(\"https://evil.example\")", "'=HYPERLINK(\"https://evil.example\")"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1", "'=1"),
        ("a=1", "a=1"),
        ("\u{e9}", "\u{e9}"),
    ] {
        let mut made = link("a.pdf");
        made.key_name = signet_core::desk::KeyName::parse(note).unwrap();
        let table = read(&to_csv(&[row(entry(1, made, note))], false));
        assert_eq!((table[1][2].as_str(), table[1][8].as_str()), (cell, cell));
    }
}
