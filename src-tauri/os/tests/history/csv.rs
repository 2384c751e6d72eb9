//! The table for other programs opens in a spreadsheet as text, whatever stands in it.

use chrono::{NaiveDate, Utc};
use chrono_tz::America::New_York;
use chrono_tz::Asia::{Kathmandu, Tokyo};
use chrono_tz::Europe::Berlin;
use chrono_tz::{Tz, UTC};
use signet_app::ExportRow;
use signet_cloudfront::document_list;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::moment::Reading;
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::PolicyResource;
use signet_cloudfront::signed_url;
use signet_os::to_csv;

use crate::stage::{DAY, HOUR, NOW, entry, limited_link, link};

fn read(table: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(table).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark by which spreadsheets know UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let line = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().map(|record| line(record.unwrap())).collect()
}

fn row(entry: signet_app::HistoryEntry) -> ExportRow {
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
    let table = read(&to_csv(&rows, false, &Utc));
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
            "Note",
            "Document name",
            "Works until (local time)"
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
            "c.pdf",
            "Wednesday 25 November 2026, 12:00",
        ]
    );
    assert_eq!(
        table[2][4..],
        [
            "2026-11-24T12:00:00+00:00",
            "2026-11-24T12:01:00+00:00",
            "203.0.113.7/32",
            "https://docs.example.com/*",
            "Jo, \"the\" bank",
            "a b.pdf",
            "Tuesday 24 November 2026, 12:01",
        ]
    );
    assert_eq!(table.len(), 3);

    let with_links = read(&to_csv(&rows, true, &Utc));
    assert_eq!(with_links[0][11], "Link");
    assert_eq!(with_links[1][11], "", "a link that is not there any more");
    assert_eq!(with_links[1][..11], table[1]);
}

#[test]
fn a_letter_gets_the_plain_name_and_an_end_on_the_clock_of_whoever_writes_it() {
    let name_and_end = |document: &str, expires_at, zone: Tz| {
        let made = limited_link(document, expires_at, Limits::default());
        let table = read(&to_csv(&[row(entry(1, made, ""))], false, &zone));
        (table[1][9].clone(), table[1][10].clone())
    };
    for (document, name) in [
        ("contracts/Vertrag Nr. 5 (Endfassung).pdf", "Vertrag Nr. 5 (Endfassung).pdf"),
        ("R\u{e9}sum\u{e9} + 100%.pdf", "R\u{e9}sum\u{e9} + 100%.pdf"),
        ("\u{65e5}\u{672c}.pdf?v=1", "\u{65e5}\u{672c}.pdf"),
        ("reports/-1;=1+1.pdf", "'-1;'=1+1.pdf"),
        ("@A1.pdf", "'@A1.pdf"),
    ] {
        assert_eq!(name_and_end(document, NOW, UTC).0, name);
    }
    for (seconds, zone, end) in [
        (0, UTC, "Tuesday 24 November 2026, 12:00"),
        (0, Berlin, "Tuesday 24 November 2026, 13:00"),
        (0, Tokyo, "Tuesday 24 November 2026, 21:00"),
        (12 * HOUR, New_York, "Tuesday 24 November 2026, 19:00"),
        (15 * HOUR, Kathmandu, "Wednesday 25 November 2026, 08:45"),
        // In summer the clocks there are an hour ahead.
        (200 * DAY, Berlin, "Saturday 12 June 2027, 14:00"),
        (7 * DAY + 59, UTC, "Tuesday 1 December 2026, 12:00"),
    ] {
        assert_eq!(name_and_end("a.pdf", NOW + seconds, zone).1, end);
    }
    let beyond = name_and_end("a.pdf", 10_i64.pow(13), UTC).1;
    assert_eq!(beyond, "", "no calendar has the day");
}

#[test]
fn the_table_is_a_list_of_the_same_documents_with_the_same_ends() {
    let rows = ["contracts/Lease 5.pdf", "b.pdf"].map(|document| row(entry(1, link(document), "")));
    let list = document_list::read_bytes(&to_csv(&rows, false, &Berlin)).unwrap();
    let read: Vec<_> =
        list.rows.iter().map(|row| (&*row.document, &*row.end, row.doubt.is_some())).collect();
    let end = "2026-11-25T12:00:00+00:00";
    assert_eq!(
        read,
        [
            ("https://docs.example.com/contracts/Lease%205.pdf", end, false),
            ("https://docs.example.com/b.pdf", end, false),
        ]
    );
}

#[test]
fn a_cell_that_would_be_run_is_text() {
    for (note, cell) in [
        ("=HYPERLINK(\"https://evil.example\")", "'=HYPERLINK(\"https://evil.example\")"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("- Jo", "'- Jo"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1", "''=1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("−1", "'−1"),
        ("＠A1", "'＠A1"),
        (";=1+1", "';'=1+1"),
        ("1;=1+1", "1;'=1+1"),
        ("1; =1+1;x", "1;' =1+1;x"),
        ("1,=1+1", "1,'=1+1"),
        ("1;＝1+1", "1;'＝1+1"),
        ("1;\"=1+1\"", "1;'\"=1+1\""),
        ("\"1;=1+1\"", "'\"1;'=1+1\""),
        ("1;;;-1", "1;;;'-1"),
        ("|cmd", "'|cmd"),
        ("(a)", "'(a)"),
        ("a=1", "a=1"),
        ("a+b - c @ d", "a+b - c @ d"),
        ("Jo; Al (bank), “the” one; /x", "Jo; Al (bank), “the” one; /x"),
        ("\u{e9}", "\u{e9}"),
        ("日本", "日本"),
        ("1 = 1", "1 = 1"),
    ] {
        let mut made = link("a.pdf");
        made.key_name = signet_app::Name::parse(note).unwrap();
        let table = to_csv(&[row(entry(1, made, note))], false, &Utc);
        let cells = read(&table);
        assert_eq!((cells[1][2].as_str(), cells[1][8].as_str()), (cell, cell));
        assert_no_formula(&table, note);
    }
}

#[test]
fn an_address_that_would_be_run_is_text_and_its_link_is_left_out() {
    let key = SigningKey::generate_p256();
    for (path, is_harmless) in [
        ("a;=1+1;.pdf", false),
        ("a,=1+1", false),
        ("a;+1", false),
        ("a;@A1", false),
        ("a?b=c;-1", false),
        ("a=1;b=2,c", true),
        ("a+b@c-d", true),
    ] {
        let made = link(&format!("https://docs.example.com/{path}"));
        let signed = signed_url::sign(
            &made.address,
            &made.terms,
            key.default_hash(),
            &key,
            &made.signer.public_key_id,
        )
        .unwrap();
        let rows = [ExportRow { link: Some(signed.clone()), ..row(entry(1, made, "")) }];
        let table = to_csv(&rows, true, &Utc);
        let cells = read(&table);
        assert_eq!(cells[1][11] == signed.as_str(), is_harmless, "{path}");
        assert_eq!(cells[1][0].contains('\''), !is_harmless, "{path}");
        assert_no_formula(&table, path);
    }
}

#[test]
#[should_panic(expected = "=1+1")]
fn a_formula_would_be_seen() {
    assert_no_formula("\u{feff}\"a\",\"1;=1+1\"\r\n".as_bytes(), "");
}

/// Reads the table as spreadsheets do that separate cells by another character: quotes count where they
/// begin a cell, and what follows them up to the next separator belongs to it.
fn assert_no_formula(table: &[u8], what: &str) {
    let text = std::str::from_utf8(table).unwrap().trim_start_matches('\u{feff}');
    for separator in [',', ';', '\t'] {
        let mut cells = vec![String::new()];
        let (mut is_quoted, mut begins) = (false, true);
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            let cell = cells.last_mut().unwrap();
            match c {
                '"' if begins => (is_quoted, begins) = (true, false),
                '"' if is_quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' if is_quoted => is_quoted = false,
                '\n' | '\r' if !is_quoted => (begins, _) = (true, cells.push(String::new())),
                c if c == separator && !is_quoted => {
                    (begins, _) = (true, cells.push(String::new()));
                }
                c => {
                    begins = false;
                    cell.push(c);
                }
            }
        }
        for cell in cells {
            let first = cell.trim_start().chars().next();
            let signs = "=+-@＝＋－＠−|";
            assert!(!first.is_some_and(|c| signs.contains(c)), "{separator:?} {what}: {cell}");
        }
    }
}

/// *Export…*, then *Many at once* or `signet sign --list`: nothing is asked, and each link ends when the old one did.
#[test]
fn our_own_table_is_read_as_a_list_without_a_question() {
    let key = SigningKey::generate_p256();
    for zone in [UTC, Berlin, New_York, Kathmandu, Tokyo] {
        // Half a year, and so both sides of summer time.
        let rows = (0..26).map(|week| {
            let made = limited_link(
                &format!("Q{week} r\u{e9}port.pdf"),
                NOW + week * 7 * DAY + 59,
                Limits::default(),
            );
            let link = signed_url::sign(
                &made.address,
                &made.terms,
                made.signer.hash,
                &key,
                &made.signer.public_key_id,
            );
            ExportRow { link: Some(link.unwrap()), ..row(entry(week, made, "Ms Jones")) }
        });
        let rows: Vec<_> = rows.collect();
        for with_links in [false, true] {
            let list = document_list::read_bytes(&to_csv(&rows, with_links, &zone)).unwrap();
            assert_eq!(list.asked, [], "{zone} {with_links}");
            assert_eq!(list.rows.len(), rows.len());
            for (listed, row) in list.rows.iter().zip(&rows) {
                assert_eq!(listed.document, row.made.address.as_str());
                assert_eq!((listed.doubt, listed.note.as_str()), (None, "Ms Jones"));
                let end = document_list::RowEnd::parse(&listed.end, NaiveDate::default(), None);
                let end = end.unwrap().unwrap().reading;
                assert_eq!(end, Reading::Moment(row.made.terms.expires_at()), "{}", listed.end);
            }
        }
    }
}
