//! A list of documents as people have it: pasted lines, names of files, a table out of a spreadsheet.
//!
//! Here: which text is a document, which an end and which a note. Deliberately not here: whether a
//! document can be signed ([`crate::address`]), and files.

mod columns;
mod decoding;
mod headings;
mod lines;
mod marks;
mod networks;
mod rclone;
mod row_end;
mod s3;
mod table;

use thiserror::Error;

pub use columns::Asks;
pub use lines::line_of;
pub use row_end::{RowEnd, RowEndError};

use table::Table;

/// The most documents in one list.
pub const MAX_ROWS: usize = 100_000;

/// The most bytes that a list may have.
pub const MAX_BYTES: usize = 16 << 20;

/// A list that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentList {
    /// Its documents, in their order.
    pub rows: Vec<ListedDocument>,
    /// Columns of dates about which a person has to be asked.
    pub asked: Vec<AskedColumn>,
    /// The encoding of its file, unless that is UTF-8.
    pub encoding: Option<&'static str>,
}

/// One document of a list, in the words of whoever wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedDocument {
    /// Its line in the text, from 1.
    pub line: usize,
    /// A name, a path or a full address.
    pub document: String,
    /// When its link shall end; mostly empty.
    pub end: String,
    /// A note, or who gets the link; mostly empty.
    pub note: String,
    /// Why this may be no document; a person who looks at it decides.
    pub doubt: Option<Doubt>,
    /// What stands in each of [`DocumentList::asked`].
    pub asked: Vec<String>,
}

/// A column with dates in it, of which the heading does not say whether links end then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedColumn {
    /// Its heading; empty where it has none.
    pub heading: String,
    /// Its place in the table, from 1.
    pub number: usize,
    /// The first date in it.
    pub example: String,
    /// What is asked.
    pub asks: Asks,
}

/// Why a row may be no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Doubt {
    /// It looks like a row of a table that was read as one name.
    #[error("this looks like several columns, and not like one name")]
    SeveralColumns,
    /// It looks like several names.
    #[error("this looks like several documents, and not like one name")]
    SeveralDocuments,
    /// It looks like a title or a sentence.
    #[error("this looks like a title, and not like a document")]
    NoDocument,
    /// A quotation mark is never closed, so that other lines may be in this row.
    #[error("a quotation mark is not closed, so lines may be missing")]
    OpenQuote,
}

/// Why a list cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ListError {
    /// No document is in it.
    #[error("the list is empty")]
    Empty,
    /// More documents than [`MAX_ROWS`].
    #[error("more than {most} documents")]
    TooLong {
        /// [`MAX_ROWS`].
        most: usize,
    },
    /// More than [`MAX_BYTES`].
    #[error("more than {most} bytes")]
    TooLarge {
        /// [`MAX_BYTES`].
        most: usize,
    },
    /// Bytes that are no text.
    #[error("the list is no text")]
    NotText,
}

/// Reads a file's bytes: UTF-8, UTF-16, or what spreadsheets and old editors write; which one it was is
/// said, for in another a name with an accent would be another document's.
///
/// # Errors
/// [`ListError`].
pub fn read_bytes(bytes: &[u8]) -> Result<DocumentList, ListError> {
    if bytes.len() > MAX_BYTES {
        return Err(ListError::TooLarge { most: MAX_BYTES });
    }
    let (text, encoding) = decoding::text_of(bytes).ok_or(ListError::NotText)?;
    Ok(DocumentList { encoding, ..read(&text)? })
}

/// Reads a text: a document on each line, a table with tabs, commas, semicolons or upright strokes
/// between its columns, or what S3's tools print. Empty lines are no documents.
///
/// # Errors
/// [`ListError`].
pub fn read(text: &str) -> Result<DocumentList, ListError> {
    if text.len() > MAX_BYTES {
        return Err(ListError::TooLarge { most: MAX_BYTES });
    }
    let text = table::with_line_ends(text.strip_prefix('\u{feff}').unwrap_or(text));
    let listing = s3::listing(&text).or_else(|| rclone::listing(&text));
    let listing = listing.or_else(|| s3::inventory(&text));
    let (rows, asked) = match (listing, Table::read(&text)) {
        (Some(rows), _) => (rows, Vec::new()),
        (None, Some(table)) => (table.documents(), table.asked()),
        (None, None) => (lines::documents(&text), Vec::new()),
    };
    match rows.len() {
        0 => Err(ListError::Empty),
        1..=MAX_ROWS => Ok(DocumentList { rows, asked, encoding: None }),
        _ => Err(ListError::TooLong { most: MAX_ROWS }),
    }
}

/// Whether a line of addresses has columns behind its address, which would become a part of it.
#[must_use]
pub fn has_columns(line: &str) -> bool {
    table::has_columns(line.trim()).is_some()
}

/// Whether a text that was given as addresses alone is a table: a heading is above it, or each of its lines
/// has columns.
#[must_use]
pub fn is_table(text: &str) -> bool {
    if !text.contains([',', ';', '\t', '|']) {
        return false;
    }
    let text = table::with_line_ends(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.all(has_columns) || Table::read(&text).is_some_and(|table| table.has_heading())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, String, String, String)> {
        let rows = read(text).unwrap().rows.into_iter();
        rows.map(|row| (row.line, row.document, row.end, row.note)).collect()
    }

    fn row(line: usize, document: &str, end: &str, note: &str) -> (usize, String, String, String) {
        (line, document.to_owned(), end.to_owned(), note.to_owned())
    }

    #[test]
    fn a_document_stands_on_each_line() {
        let text = "\u{feff}a.pdf\r\n\r\n  Smith, John; final.pdf \n\" C d.pdf\"\nhttps://h.example/e?v=1,2\n";
        assert_eq!(
            rows(text),
            [
                row(1, "a.pdf", "", ""),
                row(3, "Smith, John; final.pdf", "", ""),
                row(4, "C d.pdf", "", ""),
                row(5, "https://h.example/e?v=1,2", "", ""),
            ]
        );
    }

    #[test]
    fn a_name_is_a_line_whatever_stands_in_it() {
        let names = ["a.pdf, b.pdf", "c.v2; final.pdf", "d.pdf", "e\tf.pdf"];
        for first in names {
            let lines: Vec<_> = [first].into_iter().chain(names).map(line_of).collect();
            let read: Vec<_> =
                read(&lines.join("\n")).unwrap().rows.into_iter().map(|row| row.document).collect();
            assert_eq!(read[0], first);
            assert_eq!(read[1..], names);
        }
    }

    #[test]
    fn a_heading_says_which_column_is_which() {
        let text =
            "Reader;Works until;Ref;Document\nMs Jones;2026-12-31;7;a.pdf\n;;;\n;;8;b;c.pdf\n";
        assert_eq!(rows(text), [row(2, "a.pdf", "2026-12-31", "Ms Jones"), row(4, "b", "", "")]);
        let quoted = "File name,Note\n\"Smith, J.pdf\",\"line one\nline two\"\nb.pdf,\n";
        assert_eq!(
            rows(quoted),
            [row(2, "Smith, J.pdf", "", "line one\nline two"), row(4, "b.pdf", "", "")]
        );
        // A heading alone names no document.
        assert_eq!(read("Document,Note\n"), Err(ListError::Empty));
        assert_eq!(rows("Document\na.pdf").len(), 2, "one column has no heading");
    }

    /// A table of ends, each said twice, and whether the second is asked about.
    fn is_asked(heading: &str, ends: &[(&str, &str)]) -> bool {
        let rows = ends.iter().enumerate().map(|(at, (end, again))| {
            format!("\"https://h.example/{at}.pdf\",\"{end}\",\"{again}\"\n")
        });
        let text = format!("Document,{heading}\n{}", rows.collect::<String>());
        !read(&text).unwrap().asked.is_empty()
    }

    #[test]
    fn an_end_that_is_said_once_more_for_people_is_not_asked_about() {
        let ours = "Works until,Works until (local time)";
        let berlin = [
            ("2026-12-04T17:00:00+00:00", "Friday 4 December 2026, 18:00"),
            ("2026-12-04T17:00:00+00:00", "Friday 4 December 2026, 18:00"),
            // Summer time, and seconds that people are not told.
            ("2027-07-01T16:00:59+00:00", "Thursday 1 July 2027, 18:00"),
        ];
        assert!(!is_asked(ours, &berlin));
        for (heading, ends) in [
            (ours, &[("2026-12-04T17:00:00+00:00", "Friday 4 December 2026, 17:00")][..]),
            (ours, &[("2026-12-04T17:00:00+00:00", "Saturday 5 December 2026, 06:00")]),
            (ours, &[("2026-12-04T17:00:00+00:00", "Friday 4 December 2026, 22:45")]),
            ("Expires (UTC),Expires (Berlin)", &[("2026-12-04T17:00:00Z", "4.12.2026 18:00")]),
            ("Expires,Valid until", &[("2026-12-04", "4 December 2026")]),
            ("Expires,Valid until", &[("2026-12-04", ""), ("2026-12-05", "2026-12-05")]),
        ] {
            assert!(!is_asked(heading, ends), "{heading} {ends:?}");
        }
        // Whichever comes first, the one with its zone counts.
        let text = "Document,Works until (local time),Works until\nhttps://h.example/a.pdf,\"Friday 4 December 2026, 18:00\",2026-12-04T17:00:00+00:00\n";
        let list = read(text).unwrap();
        assert_eq!((list.rows[0].end.as_str(), list.asked.len()), ("2026-12-04T17:00:00+00:00", 0));
    }

    #[test]
    fn an_end_that_differs_from_the_other_is_asked_about() {
        let ours = "Works until,Works until (local time)";
        let said = "2026-12-04T17:00:00+00:00";
        for ends in [
            // Changed by hand: by a week, by minutes, and in one row of two by an hour.
            &[(said, "Friday 11 December 2026, 18:00")][..],
            &[(said, "Friday 4 December 2026, 18:05")],
            &[(said, "Friday 4 December 2026, 18:00"), (said, "Friday 4 December 2026, 19:00")],
            &[
                (said, "Friday 4 December 2026, 18:00"),
                ("2026-12-05T17:00:00+00:00", "Saturday 5 December 2026, 20:00"),
            ],
            &[("", "Friday 4 December 2026, 18:00"), (said, "")],
            &[(said, "4 December 2026")],
            &[(said, "soon, on 4 December")],
        ] {
            assert!(is_asked(ours, ends), "{ends:?}");
        }
        assert!(is_asked("Works until,Meeting", &[(said, "Friday 4 December 2026, 18:00")]));
    }

    #[test]
    fn columns_without_a_heading_are_told_by_what_is_in_them() {
        assert_eq!(rows("a.pdf\tMs Jones\n"), [row(1, "a.pdf", "", "Ms Jones")]);
        assert_eq!(
            rows("a.pdf,Ms Jones,7 days\nb.pdf,,\nc.pdf,Mr Smith,sometime\n"),
            [
                row(1, "a.pdf", "7 days", "Ms Jones"),
                row(2, "b.pdf", "", ""),
                row(3, "c.pdf", "sometime", "Mr Smith"),
            ]
        );
        assert_eq!(rows("a.pdf;2026-12-31\n"), [row(1, "a.pdf", "2026-12-31", "")]);
        assert_eq!(rows("\"a, b.pdf\",Ms Jones\n"), [row(1, "a, b.pdf", "", "Ms Jones")]);
    }

    #[test]
    fn what_our_own_tables_made_harmless_is_read_as_it_was() {
        assert_eq!(
            rows("Document,Note\n'=a.pdf,'-1\n'b.pdf,\n"),
            [row(2, "=a.pdf", "", "-1"), row(3, "'b.pdf", "", "")]
        );
    }

    #[test]
    fn a_file_is_text_in_utf8_or_utf16() {
        let text = "R\u{e9}sum\u{e9}.pdf\n";
        let utf16 = |mark: u16, bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(mark).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<_>>()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            utf16(0xfeff, u16::to_le_bytes),
            utf16(0xfeff, u16::to_be_bytes),
        ] {
            assert_eq!(read_bytes(&bytes).unwrap().rows[0].document, "R\u{e9}sum\u{e9}.pdf");
        }
        for bytes in [&b"PK\x03\x04\0\0"[..], b"\xff\xfe\0\xd8"] {
            assert_eq!(read_bytes(bytes), Err(ListError::NotText), "{bytes:?}");
        }
    }

    #[test]
    fn a_list_has_an_end() {
        for empty in ["", " \n\t\n", "\u{feff}", ",,\n"] {
            assert_eq!(read(empty), Err(ListError::Empty), "{empty:?}");
        }
        let many = "a\n".repeat(MAX_ROWS);
        assert_eq!(read(&many).unwrap().rows.len(), MAX_ROWS);
        let most = MAX_ROWS;
        assert_eq!(read(&format!("{many}a\n")), Err(ListError::TooLong { most }));
        let table = format!("Document\tNote\n{}", "a\t\n".repeat(MAX_ROWS));
        assert_eq!(read(&table).unwrap().rows.len(), MAX_ROWS);
        assert_eq!(read(&format!("{table}a\t\n")), Err(ListError::TooLong { most }));
        let most = MAX_BYTES;
        assert_eq!(read(&"a".repeat(MAX_BYTES + 1)), Err(ListError::TooLarge { most }));
    }
}
