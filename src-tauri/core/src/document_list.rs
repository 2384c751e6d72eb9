//! A list of documents as people have it: pasted lines, names of files, a table out of a spreadsheet.
//!
//! Here: which text is a document, which an end and which a note. Deliberately not here: whether a
//! document can be signed ([`crate::address`]), and files.

mod columns;
mod row_end;

use csv::{ReaderBuilder, StringRecord};
use thiserror::Error;

pub use row_end::{RowEnd, RowEndError};

use columns::Columns;

/// The most documents in one list.
pub const MOST_ROWS: usize = 100_000;

/// The most bytes that a list may have.
pub const MOST_BYTES: usize = 16 << 20;

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
}

/// Why a list cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ListError {
    /// No document is in it.
    #[error("the list is empty")]
    Empty,
    /// More documents than [`MOST_ROWS`].
    #[error("more than {most} documents")]
    TooLong {
        /// [`MOST_ROWS`].
        most: usize,
    },
    /// More than [`MOST_BYTES`].
    #[error("more than {most} bytes")]
    TooLarge {
        /// [`MOST_BYTES`].
        most: usize,
    },
    /// Bytes that are no text in UTF-8 or UTF-16.
    #[error("the list is no text")]
    NotText,
}

/// Reads a file's bytes: UTF-8, or UTF-16 with a byte order mark, as spreadsheets write them.
///
/// Another encoding is not guessed at: a name with an accent would become another document's.
///
/// # Errors
/// [`ListError`].
pub fn read_bytes(bytes: &[u8]) -> Result<Vec<ListedDocument>, ListError> {
    if bytes.len() > MOST_BYTES {
        return Err(ListError::TooLarge { most: MOST_BYTES });
    }
    let units = |from: fn([u8; 2]) -> u16| {
        bytes.chunks_exact(2).skip(1).map(move |two| from([two[0], two[1]])).collect::<Vec<_>>()
    };
    let text = if bytes.starts_with(b"\xff\xfe") {
        String::from_utf16(&units(u16::from_le_bytes)).ok()
    } else if bytes.starts_with(b"\xfe\xff") {
        String::from_utf16(&units(u16::from_be_bytes)).ok()
    } else {
        String::from_utf8(bytes.to_vec()).ok()
    };
    // A spreadsheet's own file, say, may be text by chance in its first bytes, but no list has a NUL.
    read(&text.filter(|text| !text.contains('\0')).ok_or(ListError::NotText)?)
}

/// Reads a text: a document on each line, or a table with tabs, commas or semicolons between its
/// columns. Empty lines are no documents.
///
/// # Errors
/// [`ListError`].
pub fn read(text: &str) -> Result<Vec<ListedDocument>, ListError> {
    if text.len() > MOST_BYTES {
        return Err(ListError::TooLarge { most: MOST_BYTES });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table = ['\t', ';', ','].into_iter().find_map(|delimiter| Table::read(text, delimiter));
    let documents: Vec<_> = match &table {
        Some(table) => table.documents().take(MOST_ROWS + 1).collect(),
        None => lines(text).take(MOST_ROWS + 1).collect(),
    };
    match documents.len() {
        0 => Err(ListError::Empty),
        1..=MOST_ROWS => Ok(documents),
        _ => Err(ListError::TooLong { most: MOST_ROWS }),
    }
}

fn lines(text: &str) -> impl Iterator<Item = ListedDocument> {
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, line)| {
        let document = unquoted(line.trim()).trim().to_owned();
        ListedDocument { line: at + 1, document, ..ListedDocument::default() }
    })
}

/// A name as a line of a list: in quotes where it could be taken for columns.
pub fn line_of(name: &str) -> String {
    if name.contains(['\t', ';', ',']) { format!("\"{name}\"") } else { name.to_owned() }
}

/// Windows copies a file's path in quotes, and no address may hold one.
fn unquoted(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(text)
}

/// A text whose lines have columns.
struct Table {
    records: Vec<StringRecord>,
    columns: Columns,
}

impl Table {
    /// `None` where the text is a plain list to whoever reads it with this delimiter.
    fn read(text: &str, delimiter: char) -> Option<Self> {
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        if !first.contains(delimiter) {
            return None;
        }
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(u8::try_from(delimiter).ok()?)
            .from_reader(text.as_bytes());
        // One more than the most, and perhaps a heading: enough to see that a table is too long.
        let records: Vec<_> =
            reader.records().take(MOST_ROWS + 2).collect::<Result<_, _>>().ok()?;
        let columns = Columns::find(&records, delimiter == '\t')?;
        Some(Self { records, columns })
    }

    fn documents(&self) -> impl Iterator<Item = ListedDocument> {
        let Columns { has_heading, document, end, note } = self.columns;
        let cell = |record: &StringRecord, at: Option<usize>| {
            at.and_then(|at| record.get(at)).map(plain).unwrap_or_default()
        };
        self.records
            .iter()
            .skip(usize::from(has_heading))
            .map(move |record| ListedDocument {
                line: record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0)),
                document: cell(record, Some(document)),
                end: cell(record, end),
                note: cell(record, note),
            })
            .filter(|row| !(row.document.is_empty() && row.end.is_empty() && row.note.is_empty()))
    }
}

/// A cell without the apostrophe that our own tables put before what a spreadsheet would run.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, String, String, String)> {
        let rows = read(text).unwrap().into_iter();
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
                read(&lines.join("\n")).unwrap().into_iter().map(|row| row.document).collect();
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
            assert_eq!(read_bytes(&bytes).unwrap()[0].document, "R\u{e9}sum\u{e9}.pdf");
        }
        for bytes in [&b"R\xe9sum\xe9.pdf"[..], b"PK\x03\x04\0\0", b"\xff\xfe\0\xd8"] {
            assert_eq!(read_bytes(bytes), Err(ListError::NotText), "{bytes:?}");
        }
    }

    #[test]
    fn a_list_has_an_end() {
        for empty in ["", " \n\t\n", "\u{feff}", ",,\n"] {
            assert_eq!(read(empty), Err(ListError::Empty), "{empty:?}");
        }
        let many = "a\n".repeat(MOST_ROWS);
        assert_eq!(read(&many).unwrap().len(), MOST_ROWS);
        let most = MOST_ROWS;
        assert_eq!(read(&format!("{many}a\n")), Err(ListError::TooLong { most }));
        let table = format!("Document\tNote\n{}", "a\t\n".repeat(MOST_ROWS));
        assert_eq!(read(&table).unwrap().len(), MOST_ROWS);
        assert_eq!(read(&format!("{table}a\t\n")), Err(ListError::TooLong { most }));
        let most = MOST_BYTES;
        assert_eq!(read(&"a".repeat(MOST_BYTES + 1)), Err(ListError::TooLarge { most }));
    }
}
