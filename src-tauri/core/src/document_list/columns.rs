//! Which column of a table is what: by its heading, or by what stands in it.

use csv::StringRecord;

use super::{RowEnd, RowEndError};

/// Where things are in a row, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) has_heading: bool,
    pub(super) document: usize,
    pub(super) end: Option<usize>,
    pub(super) note: Option<usize>,
}

/// What a column is called, the surest word first.
const DOCUMENT: [&str; 11] = [
    "document",
    "documents",
    "document address",
    "address",
    "url",
    "link",
    "file name",
    "filename",
    "file",
    "path",
    "name",
];

const END: [&str; 9] =
    ["works until", "until", "valid until", "ends", "end", "expires", "expiry", "lifetime", "date"];

const NOTE: [&str; 9] =
    ["note", "notes", "reader", "recipient", "for whom", "for", "client", "comment", "name"];

impl Columns {
    /// `None` where the rows look like a plain list whose names have the delimiter in them. Between
    /// tabs there are columns in any case: no name has one.
    pub(super) fn find(rows: &[StringRecord], is_surely_a_table: bool) -> Option<Self> {
        let heading = rows.first().and_then(Self::of_heading);
        heading.or_else(|| {
            (is_surely_a_table || rows.iter().all(begins_with_a_document))
                .then(|| Self::by_content(rows))
        })
    }

    fn of_heading(row: &StringRecord) -> Option<Self> {
        let cells: Vec<String> = row.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let find = |words: &[&str], taken: Option<usize>| {
            words.iter().find_map(|word| {
                cells.iter().enumerate().position(|(at, cell)| cell == word && Some(at) != taken)
            })
        };
        let document = find(&DOCUMENT, None)?;
        let (end, note) = (find(&END, None), find(&NOTE, Some(document)));
        // One word alone may be a document's name.
        let is_heading = end.is_some() || note.is_some() || cells.len() > 1;
        is_heading.then_some(Self { has_heading: true, document, end, note })
    }

    fn by_content(rows: &[StringRecord]) -> Self {
        let width = rows.iter().map(StringRecord::len).max().unwrap_or(0);
        let end = (1..width).find(|column| holds_ends(rows, *column));
        let note = (1..width).find(|column| Some(*column) != end);
        Self { has_heading: false, document: 0, end, note }
    }
}

/// A full address, a name with an ending, or an empty line's cell.
fn begins_with_a_document(row: &StringRecord) -> bool {
    let first = row.get(0).unwrap_or_default().trim();
    let has_ending = first.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && (1..=8).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    row.iter().all(|cell| cell.trim().is_empty())
        || row.len() > 1 && (has_ending || first.contains("://"))
}

/// Whether at least half of what stands in a column is an end: the others are mistakes, and are said
/// to be.
fn holds_ends(rows: &[StringRecord], column: usize) -> bool {
    let cells =
        || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty());
    let ends = cells()
        .filter(|cell| {
            matches!(RowEnd::parse(cell), Ok(Some(_)) | Err(RowEndError::Ambiguous { .. }))
        })
        .count();
    ends > 0 && ends * 2 >= cells().count()
}
