//! A list without columns: a document on each line, as people paste it out of mails and notes.

use super::columns::is_like_a_document;
use super::marks::without_marks;
use super::row_end::is_like_a_date;
use super::table::{has_columns, may_be_columns, stated_delimiter};
use super::{Doubt, ListedDocument};
use crate::address::{ends_as_a_document, several_in};

const BULLETS: [char; 16] =
    ['-', '*', '+', '•', '–', '—', '·', '◦', '▪', '▸', '‣', '●', '○', '∙', '■', '>'];

pub(super) fn documents(text: &str) -> Vec<ListedDocument> {
    // A spreadsheet's empty row is nothing but what stands between its cells.
    // One name in quotation marks is a file's, whatever it is made of.
    let is_empty = |line: &str| {
        let line = line.trim();
        let inner = unquoted(line);
        (inner.len() == line.len() || inner.trim().is_empty())
            && line.chars().all(|c| c.is_whitespace() || "\t;,|\"".contains(c))
    };
    // What says which mark stands between columns is no document.
    let first = usize::from(stated_delimiter(text).is_some());
    let lines = || text.lines().enumerate().skip(first).filter(|(_, line)| !is_empty(line));
    let are_numbered = are_numbered(text);
    let may_be_columns = may_be_columns(text);
    let mut documents = Vec::new();
    let mut are_salutations = Vec::new();
    for (at, line) in lines() {
        let line = unmarked(line.trim(), are_numbered);
        // Addresses that stand beside each other in a line are as many documents.
        let several = line.contains("://").then(|| several_in(line)).flatten();
        match several {
            Some(addresses) => documents.extend(addresses.iter().map(|one| listed(at + 1, one))),
            None => documents.push(listed(at + 1, line)),
        }
        if may_be_columns && let Some(listed) = documents.last_mut() {
            listed.doubt.get_or_insert(Doubt::SeveralColumns);
        }
        are_salutations.resize(documents.len(), line.ends_with([',', ':', '!', '?', '.']));
    }
    let has_ending = |listed: &ListedDocument| is_like_a_document(&listed.document);
    let endings = documents.iter().filter(|listed| has_ending(listed)).count();
    // Among names that have endings a line of words is a sentence or a title.
    for (listed, is_salutation) in documents.iter_mut().zip(are_salutations) {
        let is_of_words = listed.document.contains(' ') || is_salutation;
        let may_be_prose = endings > 0 && is_of_words && !listed.document.contains('/');
        if may_be_prose && !has_ending(listed) {
            listed.doubt.get_or_insert(Doubt::NoDocument);
        }
    }
    documents
}

fn listed(line: usize, text: &str) -> ListedDocument {
    let shorter = text.trim_end_matches([',', ';']).trim_end();
    let is_quoted = unquoted(shorter).len() < shorter.len();
    let inner = if is_quoted { unquoted(shorter) } else { text };
    let document =
        if is_quoted { inner.trim().to_owned() } else { without_marks(inner.trim()).into_owned() };
    let doubt = if begins_as_a_listing(text) || !is_quoted && goes_on(text) {
        Some(Doubt::SeveralColumns)
    } else {
        // Whoever puts a name into quotation marks says where it ends.
        let is_date = !is_quoted && !is_like_a_document(&document) && is_like_a_date(&document);
        has_columns(inner)
            .filter(|_| !is_quoted || !is_like_a_document(inner))
            .or(is_date.then_some(Doubt::NoDocument))
    };
    ListedDocument { line, document, doubt, ..ListedDocument::default() }
}

/// Whether an address that is one to every appearance goes on behind a mark, as it would with a column
/// behind it: `https://…/a.pdf,Jones`.
fn goes_on(line: &str) -> bool {
    let ends = |(at, _): (usize, &str)| {
        line.get(..at).is_some_and(|before| !before.contains('?') && ends_as_a_document(before))
    };
    let has_more = |at: usize| line.get(at + 1..).is_some_and(|rest| !rest.trim().is_empty());
    line.contains("://")
        && !line.contains(' ')
        && line.match_indices([',', ';', '|']).any(|found| ends(found) && has_more(found.0))
}

/// A line without bullets, numbers and boxes before its text.
fn unmarked(line: &str, are_numbered: bool) -> &str {
    let mut line = line;
    while let Some(rest) = line.strip_prefix(BULLETS).filter(|rest| rest.starts_with([' ', '\t'])) {
        line = rest.trim_start();
    }
    for mark in ["[ ] ", "[x] ", "[X] ", "☐ ", "☑ ", "✓ "] {
        line = line.strip_prefix(mark).unwrap_or(line).trim_start();
    }
    match number_before(line) {
        Some((_, rest)) if are_numbered => rest,
        _ => line,
    }
}

/// `1. c.pdf` and `2) d.pdf`: the number, and what it stands before.
fn number_before(line: &str) -> Option<(usize, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at_checked(digits)?;
    let rest = rest.strip_prefix(['.', ')'])?;
    let number = number.parse().ok().filter(|_| digits <= 5)?;
    rest.starts_with([' ', '\t']).then(|| (number, rest.trim_start()))
}

/// Whether numbers count lines, and are not a part of names: they begin at 1 and go up by one, and there
/// are several of them, or other marks of a list beside them.
fn are_numbered(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let numbers: Vec<_> =
        lines().filter_map(|line| number_before(line).map(|(number, _)| number)).collect();
    let is_counted = numbers.iter().zip(1..).all(|(number, expected)| *number == expected);
    let is_marked = |line: &str| line.starts_with(BULLETS) && line.chars().nth(1) == Some(' ');
    is_counted && (numbers.len() > 1 || !numbers.is_empty() && lines().any(is_marked))
}

/// `2026-11-01 10:00:00 papers`, `01.11.2026  10:00  12 a.pdf`, `-rw-r--r-- 1 me me 12 Nov  1 10:00 a.pdf`:
/// what programs print that list files.
fn begins_as_a_listing(line: &str) -> bool {
    let mut words = line.trim_start_matches('[').split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_moment = || {
        first.starts_with(|c: char| c.is_ascii_digit())
            && second.contains(':')
            && is_like_a_date(first)
            && is_like_a_date(&format!("{first} {second}"))
    };
    let is_mode = || {
        first.len() >= 10
            && first.starts_with(['-', 'd', 'l'])
            && first.bytes().skip(1).take(9).all(|byte| b"rwxsStT-".contains(&byte))
            && first.contains('r')
    };
    words.next().is_some() && (is_moment() || is_mode())
}

/// Windows copies a file's path in quotes, and no address may hold one.
fn unquoted(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(text)
}

/// A name as a line of a list: in quotes where it could be taken for something else than a name.
pub fn line_of(name: &str) -> String {
    let is_plain = !name.contains(['\t', ';', ',', '|', '`', '[', '<'])
        && unmarked(name.trim(), true) == name
        && documents(name)
            .first()
            .is_some_and(|read| read.doubt.is_none() && read.document == name);
    if is_plain { name.to_owned() } else { format!("\"{name}\"") }
}
