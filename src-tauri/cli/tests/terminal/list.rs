//! `--list`: the window's tables from a terminal, and times that are no seconds.

use chrono::{TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Berlin;

use crate::stage::{Stage, URL, assert_two_sentences, value, with_key};

const SITE: [&str; 4] = ["--site", "docs.example.com", "--date-less-than", "1796144400"];

#[test]
fn a_table_becomes_links_in_its_order_and_what_is_not_clear_is_refused_with_its_line() {
    let stage = Stage::new();
    let key = stage.p256();
    let table = "Notes for Meier;;\r\nDateiname;Gültig bis;Empfänger\r\nMüller.pdf;31.12.2035 17:00 UTC;x\r\n\
                 b.pdf;5/6/2035;\r\nc.pdf;;\r\nhttps://elsewhere.example.org/d.pdf;;\r\n/reports/e.pdf;soon;\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(table);
    let file = stage.file("papers.csv", &bytes);
    for (from, input) in [(file.as_str(), &b""[..]), ("-", &bytes)] {
        let words = with_key(&key, &[&["--list", from], &SITE[..]].concat());
        let output = stage.signet(&words, input);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        let lines: Vec<_> = error.lines().collect();
        assert_eq!(lines[0], "The list was read as windows-1252.");
        assert!(
            lines[1].starts_with("Line 4: The end “5/6/2035” can be read in two ways."),
            "{error}"
        );
        assert!(lines[1].contains("2035-06-05 for Tuesday 5 June 2035"), "{error}");
        assert!(lines[2].starts_with("Line 6: "), "{error}");
        assert!(lines[3].starts_with("Line 7: Signet cannot read the end “soon”."), "{error}");
        assert_eq!(lines[4], "3 of 5 documents have no link.");
        let links = String::from_utf8(output.stdout).unwrap();
        let [first, second] = links.lines().collect::<Vec<_>>()[..] else { panic!("{links}") };
        assert!(first.starts_with("https://docs.example.com/M%C3%BCller.pdf?"), "{links}");
        let own_end = Utc.with_ymd_and_hms(2035, 12, 31, 17, 0, 0).unwrap().timestamp();
        assert_eq!(value(first, "Expires"), own_end.to_string());
        assert!(second.starts_with("https://docs.example.com/c.pdf?"), "{links}");
        assert_eq!(value(second, "Expires"), "1796144400");
    }
}

#[test]
fn a_column_about_which_the_window_asks_is_refused_with_the_way_out() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = with_key(&key, &[&["--list", "-"], &SITE[..]].concat());
    let output = stage.signet(&words, b"Document;Meeting\na.pdf;2035-12-31\nb.pdf;\n");
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("Line 2: It is not clear whether the link ends at “2035-12-31”, in the column “Meeting”."), "{error}");
    assert!(output.stdout.starts_with(b"https://docs.example.com/b.pdf?"));
    assert_eq!(output.status.code(), Some(1));
    let output = stage.signet(&words, b"Document;Expires\na.pdf;2035-12-31\nb.pdf;\n");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_list_needs_a_site_and_documents() {
    let stage = Stage::new();
    let key = stage.p256();
    let end = ["--date-less-than", "1796144400"];
    let list = stage.file("list.txt", "a.pdf\n");
    let empty = stage.file("empty.txt", "\n");
    for (code, words) in [
        (2, vec!["--list", &list, end[0], end[1]]),
        (2, vec!["--list", &list, "--site", "not a site", end[0], end[1]]),
        (1, vec!["--list", &empty, "--site", "docs.example.com", end[0], end[1]]),
        (1, vec!["--list", "/nowhere.csv", "--site", "docs.example.com", end[0], end[1]]),
        (2, vec!["--url", URL, "--site", "docs.example.com", end[0], end[1]]),
    ] {
        let words = with_key(&key, &words);
        assert_two_sentences(&stage.signet(&words, b""), code, &words);
    }
}

#[test]
fn an_address_with_columns_behind_it_is_refused_alone() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = with_key(&key, &["--urls-from", "-", "--date-less-than", "1796144400"]);
    let input = b"https://h.example/a.pdf;2026-12-31;Ms Jones\nhttps://h.example/a,b;c.pdf\n";
    let output = stage.signet(&words, input);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("Line 1: This line has several columns"), "{error}");
    assert!(output.stdout.starts_with(b"https://h.example/a,b;c.pdf?"), "{error}");
}

#[test]
fn times_that_are_no_seconds_are_refused_and_named() {
    let stage = Stage::new();
    let key = stage.p256();
    for (text, words) in [
        ("1796144400000", "milliseconds"),
        ("5/6/2035", "two ways"),
        ("31.11.2035", "day that the calendar does not have"),
        ("soon", "Signet cannot read the value of --date-less-than."),
    ] {
        let words_of_it = with_key(&key, &["--url", URL, "--date-less-than", text]);
        let output = stage.signet(&words_of_it, b"");
        assert_two_sentences(&output, 2, &words_of_it);
        assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{text}");
    }
    for text in ["31.12.2035", "31 December 2035", "2035-12-31T00:00:00.000Z", "2082672000.0"] {
        let link = stage.link(&with_key(&key, &["--url", URL, "--date-less-than", text]));
        assert_eq!(value(&link, "Expires"), "2082672000", "{text}");
    }
}

/// The clocks of Berlin change twice a year, so in half a year they do once at most days.
#[test]
fn days_are_the_calendars_and_hours_are_counted() {
    let stage = Stage::new();
    let key = stage.p256();
    let end = |span: &str| -> (i64, i64, i64) {
        let before = Utc::now();
        let words = with_key(&key, &["--url", URL, "--expires-in", span]);
        let output = stage.command(&words).env("TZ", "Europe/Berlin").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let link = String::from_utf8(output.stdout).unwrap();
        (before.timestamp(), value(&link, "Expires").parse().unwrap(), Utc::now().timestamp())
    };
    let days = |from: i64| {
        let local = Berlin.timestamp_opt(from, 0).unwrap().naive_local() + TimeDelta::days(183);
        Berlin.from_local_datetime(&local).latest().map(|end| end.timestamp())
    };
    let (before, found, after) = end("183d");
    if let (Some(first), Some(last)) = (days(before), days(after)) {
        assert!((first..=last).contains(&found), "{first} {found} {last}");
    }
    let (before, found, after) = end("4392h");
    assert!((before + 15_811_200..=after + 15_811_200).contains(&found));
}
