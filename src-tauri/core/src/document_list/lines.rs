//! A list without columns: a document on each line, as people paste it out of mails and notes.

use std::borrow::Cow;

use super::columns::is_like_a_document;
use super::table::has_columns;
use super::{Doubt, ListedDocument};

const BULLETS: [char; 16] =
    ['-', '*', '+', '•', '–', '—', '·', '◦', '▪', '▸', '‣', '●', '○', '∙', '■', '>'];

pub(super) fn documents(text: &str) -> Vec<ListedDocument> {
    // A spreadsheet's empty row is nothing but what stands between its cells.
    let is_empty = |line: &str| line.chars().all(|c| c.is_whitespace() || "\t;,|\"".contains(c));
    let lines = || text.lines().enumerate().filter(|(_, line)| !is_empty(line));
    let are_numbered = are_numbered(text);
    let mut documents = Vec::new();
    for (at, line) in lines() {
        let line = unmarked(line.trim(), are_numbered);
        for address in several_addresses(line) {
            documents.push(listed(at + 1, address));
        }
    }
    let has_ending = |listed: &ListedDocument| is_like_a_document(&listed.document);
    let endings = documents.iter().filter(|listed| has_ending(listed)).count();
    // Among names that have endings a line of words is a sentence or a title.
    let are_names = endings > 1 && endings * 2 > documents.len();
    for listed in &mut documents {
        let words = listed.document.contains(' ') && !listed.document.contains('/');
        if are_names && words && !has_ending(listed) {
            listed.doubt.get_or_insert(Doubt::NoDocument);
        }
    }
    documents
}

fn listed(line: usize, text: &str) -> ListedDocument {
    let inner = unquoted(text);
    let is_quoted = inner.len() < text.len();
    let doubt = if begins_with_a_moment(text) {
        Some(Doubt::SeveralColumns)
    } else {
        // Whoever puts a name into quotation marks says where it ends.
        has_columns(inner).filter(|_| !is_quoted || !is_like_a_document(inner))
    };
    let document =
        if is_quoted { inner.trim().to_owned() } else { taken(inner.trim()).into_owned() };
    ListedDocument { line, document, doubt, ..ListedDocument::default() }
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

/// What a Markdown link leads to, what stands between angle brackets or backticks, without a comma that
/// only ends the line.
pub(super) fn taken(text: &str) -> Cow<'_, str> {
    let text = text.trim_end_matches([',', ';']).trim();
    let inside = |before: char, behind: char| text.strip_prefix(before)?.strip_suffix(behind);
    if let Some(inner) = inside('`', '`').or_else(|| inside('<', '>')) {
        return Cow::Borrowed(inner.trim());
    }
    let link = text.strip_prefix('[').and_then(|text| text.strip_suffix(')'));
    match link.and_then(|text| text.split_once("](")) {
        Some((_, target)) => {
            let target = target.split_once(" \"").map_or(target, |(target, _)| target).trim();
            let inner = target.strip_prefix('<').and_then(|target| target.strip_suffix('>'));
            Cow::Borrowed(inner.unwrap_or(target))
        }
        None => Cow::Borrowed(text),
    }
}

/// Addresses that stand beside each other in a line are as many documents.
fn several_addresses(line: &str) -> Vec<&str> {
    let begins = |at: usize| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|'))
    };
    let mut starts: Vec<usize> = ["https://", "http://"]
        .iter()
        .flat_map(|scheme| line.match_indices(scheme).map(|(at, _)| at))
        .filter(|at| begins(*at))
        .collect();
    starts.sort_unstable();
    if starts.len() < 2 || starts[0] > 0 {
        return vec![line];
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(start, end)| line.get(*start..end));
    parts.map(|part| part.trim().trim_end_matches([',', ';', '|']).trim()).collect()
}

/// `2026-11-01 10:00:00 papers`, as listings have it.
fn begins_with_a_moment(line: &str) -> bool {
    let is_like = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, shape)| {
                if shape == b'0' { byte.is_ascii_digit() } else { byte == shape }
            })
    };
    let mut words = line.split_whitespace();
    let (date, time) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    is_like(date, "0000-00-00") && is_like(time, "00:00:00") && words.next().is_some()
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
        && !begins_with_a_moment(name);
    if is_plain { name.to_owned() } else { format!("\"{name}\"") }
}
