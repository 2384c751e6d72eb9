//! The history as a table for other programs (RFC 4180).
//!
//! A spreadsheet runs a cell that begins like a formula, and what a document is called is not for
//! this program to choose: a cell that begins with neither a letter nor a digit gets an apostrophe, which
//! spreadsheets take as "this is text". Every cell is quoted.

use chrono::{DateTime, SecondsFormat, TimeZone};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use signet_app::ExportRow;
use signet_cloudfront::calendar::local_at;
use signet_cloudfront::foreign;

/// Those for scripts, in the order that they always had; behind them those for a letter to a reader.
const COLUMNS: [&str; 11] = [
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
    "Works until (local time)",
];

/// Where a cell ends, to one spreadsheet or another.
const SEPARATORS: [char; 5] = [',', ';', '\t', '\r', '\n'];

const TEXT_MARK: char = '\'';

/// What begins a part of a sentence, and no formula. A quotation mark is none of it: doubled, as it is
/// written, it would end before it began.
const OPENING: [char; 8] = ['(', '[', '/', '“', '„', '«', '‘', '’'];

const NO_LINK: &str =
    "Copy this link in Signet: a spreadsheet would make a formula of a part of it";

/// Spreadsheets take a file for one in the system's old encoding unless it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line an entry, times in UTC, and the end once more as the clocks in `zone` show it; a column with
/// links where they are wanted.
pub fn to_csv<Z: TimeZone>(rows: &[ExportRow], with_links: bool, zone: &Z) -> Vec<u8> {
    let mut table = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let head = COLUMNS.into_iter().chain(with_links.then_some("Link"));
    // Writing into memory has nothing that could fail.
    let _ = table.write_record(head);
    for row in rows {
        let _ = table.write_record(cells(row, with_links, zone));
    }
    table.into_inner().unwrap_or_default()
}

fn cells<Z: TimeZone>(
    row: &ExportRow,
    with_links: bool,
    zone: &Z,
) -> impl Iterator<Item = String> + use<Z> {
    let made = &row.made;
    let terms = &made.terms;
    let link = row.link.as_ref().map(|link| harmless_link(link.as_str())).unwrap_or_default();
    let folder = terms.resource().map(|resource| resource.as_str().to_owned());
    [
        made.address.as_str().to_owned(),
        made.address.host().to_owned(),
        made.key_name.as_str().to_owned(),
        time(made.created_at),
        terms.starts_at().map(time).unwrap_or_default(),
        time(terms.expires_at()),
        terms.network().map(|network| network.to_string()).unwrap_or_default(),
        folder.unwrap_or_default(),
        row.note.as_str().to_owned(),
        made.address.file_name(),
        moment(terms.expires_at(), zone),
    ]
    .map(|cell| harmless(&cell))
    .into_iter()
    .chain(with_links.then_some(link))
}

/// A cell of which no spreadsheet makes a formula, whichever of comma, semicolon and tab separates cells
/// to it: to one that goes by another than ours, a cell begins behind each of them, for quotes hold
/// only where they begin one.
fn harmless(cell: &str) -> String {
    let mut harmless = String::with_capacity(cell.len() + 1);
    for part in cell.split_inclusive(SEPARATORS) {
        let is_first = harmless.is_empty();
        let content = if is_first { cell } else { part.trim_end_matches(SEPARATORS) };
        // Spreadsheets look past blanks, and past what they do not show.
        let begins = content.chars().find(|c| !c.is_whitespace() && foreign::is_seen(*c));
        let is_text = begins.is_none_or(|first| {
            first.is_alphanumeric()
                || !is_first && OPENING.contains(&first)
                // Our own separator ends no cell inside quotes.
                || first == '"' && harmless.ends_with(',')
        });
        if !is_text {
            harmless.push(TEXT_MARK);
        }
        harmless.push_str(part);
    }
    harmless
}

/// A link is what it is, to the byte, or is not there at all.
fn harmless_link(link: &str) -> String {
    if harmless(link) == link { link.to_owned() } else { NO_LINK.to_owned() }
}

/// `Tuesday 24 November 2026, 12:00`; the time in UTC where no calendar has the day.
fn moment<Z: TimeZone>(seconds: i64, zone: &Z) -> String {
    local_at(seconds, zone)
        .map_or_else(|| time(seconds), |at| at.format("%A %-d %B %Y, %H:%M").to_string())
}

/// `2026-11-24T12:00:00+00:00`.
fn time(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, false))
        .unwrap_or_default()
}
