//! What S3's own tools print: the listing of `aws s3 ls`, and an inventory's rows, which have no heading.

use std::borrow::Cow;

use csv::ReaderBuilder;

use super::row_end::SOME_DAY;
use super::{Doubt, ListedDocument};
use crate::moment::{self, Reading};

/// `2026-11-01 10:00:00      12345 reports/a.pdf`; `None` where a line is none of a listing.
pub(super) fn listing(text: &str) -> Option<Vec<ListedDocument>> {
    let mut rows = Vec::new();
    let mut has_object = false;
    let mut others = 0_usize;
    for (at, line) in text.lines().enumerate() {
        let words = line.trim();
        if words.is_empty()
            || words.starts_with("Total Objects:")
            || words.starts_with("Total Size:")
        {
            continue;
        }
        let row = |document: &str, doubt| ListedDocument {
            line: at + 1,
            document: document.to_owned(),
            doubt,
            ..ListedDocument::default()
        };
        rows.push(match words.strip_prefix("PRE ") {
            // A folder, as which it is refused wherever it stands.
            Some(folder) => row(folder, None),
            None => match key_of(words) {
                Some(key) => {
                    has_object = true;
                    row(key, None)
                }
                None => {
                    // The command itself stands above what it printed.
                    others += 1;
                    row(words, Some(Doubt::NoDocument))
                }
            },
        });
    }
    (has_object && others * 2 <= rows.len()).then_some(rows)
}

/// A key may have spaces in it, and one behind the size is not the key's.
fn key_of(line: &str) -> Option<&str> {
    let (date, rest) = line.split_once(' ')?;
    let (time, rest) = rest.split_once(' ')?;
    if date.len() != 10
        || time.len() != 8
        || moment::read(&format!("{date} {time}"), SOME_DAY, None).is_err()
    {
        return None;
    }
    let (size, rest) = rest.trim_start().split_once(' ')?;
    if size.is_empty() || !size.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    // `--human-readable` has a unit.
    let unit = ["Bytes ", "Byte ", "KiB ", "MiB ", "GiB ", "TiB ", "PiB "];
    Some(unit.iter().find_map(|unit| rest.strip_prefix(unit)).unwrap_or(rest))
        .filter(|key| !key.is_empty())
}

/// `"papers","reports/Quarter+3.pdf","12345","2026-11-01T10:00:00.000Z"`: the bucket in each row, its key,
/// and somewhere the moment of the last change; or nothing more than what every inventory has, each cell in
/// quotation marks.
pub(super) fn inventory(text: &str) -> Option<Vec<ListedDocument>> {
    let is_in_quotes = |line: &str| {
        let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
        inner.is_some_and(|inner| inner.split("\",\"").all(|cell| !cell.contains('"')))
    };
    let are_in_quotes =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).all(is_in_quotes);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut bucket: Option<String> = None;
    for record in reader.records() {
        let record = record.ok()?;
        let (of, key) = (record.get(0)?, record.get(1)?);
        if !is_bucket(of) || bucket.get_or_insert_with(|| of.to_owned()) != of || key.is_empty() {
            return None;
        }
        let is_change = |cell: &str| {
            cell.ends_with('Z')
                && matches!(moment::read(cell, SOME_DAY, None), Ok(Reading::Moment(_)))
        };
        let is_encoded = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%+/*".contains(&byte);
        let is_plain = are_in_quotes
            && key.bytes().all(is_encoded)
            && record.iter().skip(2).all(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
        if !is_plain && !record.iter().skip(2).any(is_change) {
            return None;
        }
        rows.push(ListedDocument {
            line: record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0)),
            document: key_encoded(key).into_owned(),
            ..ListedDocument::default()
        });
    }
    (!rows.is_empty()).then_some(rows)
}

/// An inventory encodes keys as a form does: `+` is a space there.
fn key_encoded(key: &str) -> Cow<'_, str> {
    if key.contains('+') { Cow::Owned(key.replace('+', "%20")) } else { Cow::Borrowed(key) }
}

fn is_bucket(text: &str) -> bool {
    let is_letter = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
    };
    (3..=63).contains(&text.len()) && text.bytes().all(is_letter)
}
