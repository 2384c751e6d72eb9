//! The history as a table for other programs (RFC 4180).
//!
//! A spreadsheet runs a cell that begins like a formula, and what a document is called is not for
//! this program to choose: such a cell gets an apostrophe, which spreadsheets take as "this is text".

use chrono::{DateTime, SecondsFormat};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use signet_core::desk::ExportRow;

const COLUMNS: [&str; 9] =
    ["Document", "Site", "Key", "Made", "Works from", "Works until", "Network", "Folder", "Note"];

/// Spreadsheets take a file for one in the system's old encoding unless it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line an entry, times in UTC; a column with links where they are wanted.
pub fn to_csv(rows: &[ExportRow], with_links: bool) -> Vec<u8> {
    let mut table = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let head = COLUMNS.into_iter().chain(with_links.then_some("Link"));
    // Writing into memory has nothing that could fail.
    let _ = table.write_record(head);
    for row in rows {
        let _ = table.write_record(cells(row, with_links).map(harmless));
    }
    table.into_inner().unwrap_or_default()
}

fn cells(row: &ExportRow, with_links: bool) -> impl Iterator<Item = String> {
    let made = &row.made;
    let terms = &made.terms;
    let link = row.link.as_ref().map(|link| link.as_str().to_owned()).unwrap_or_default();
    let folder = terms.resource().map(|resource| resource.path().to_owned());
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
    ]
    .into_iter()
    .chain(with_links.then_some(link))
}

fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// `2026-11-24T12:00:00+00:00`.
fn time(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, false))
        .unwrap_or_default()
}
