//! A text whose lines have columns.
//!
//! Which mark stands between them is not asked: each is tried, and the one is taken under which the text
//! makes the most sense. A line that makes none is a row that needs a look, and never a name.

use std::borrow::Cow;

use csv::ReaderBuilder;

use super::columns::{Asks, Columns, cell, is_like_a_document, roles};
use super::headings::Role;
use super::lines::taken;
use super::row_end::is_like_a_date;
use super::{AskedColumn, Doubt, ListedDocument, MOST_ROWS};
use crate::moment::{self, Reading};

const DELIMITERS: [char; 4] = ['\t', ';', ',', '|'];

/// So many rows show what a table is.
const SAMPLE: usize = 200;

/// Titles stand above a heading, and not more of them.
const MOST_TITLES: usize = 20;

pub(super) struct Table {
    rows: Vec<(usize, Vec<String>)>,
    /// Its place among the rows.
    heading: Option<usize>,
    columns: Columns,
    /// A quotation mark that nothing closes swallows the lines behind it.
    is_open: bool,
}

impl Table {
    /// `None` where the text is no table.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (delimiter, text, skipped) = match stated_delimiter(text) {
            Some((delimiter, rest)) => (Some(delimiter), rest, 1),
            None => (None, text, 0),
        };
        let is_tried = |tried: &char| delimiter.is_none_or(|stated| stated == *tried);
        let mut tried =
            DELIMITERS.into_iter().filter(is_tried).filter(|tried| text.contains(*tried));
        let first = tried.next();
        let best = first.into_iter().chain(tried).filter_map(|delimiter| {
            let rows = records(text, delimiter, SAMPLE)?;
            let sense = Sense::of(&rows, delimiter, text)?;
            Some((sense, delimiter))
        });
        // Of two that make the same sense the first is the surer mark.
        let (_, delimiter) =
            best.reduce(|best, next| if next.0.score > best.0.score { next } else { best })?;
        let rows = records(text, delimiter, MOST_ROWS + MOST_TITLES + 2)?;
        let Sense { heading, columns, .. } = Sense::of(&rows, delimiter, text)?;
        let rows = rows.into_iter().map(|(line, row)| (line + skipped, row)).collect();
        Some(Self { rows, heading, columns, is_open: text.matches('"').count() % 2 == 1 })
    }

    pub(super) fn asked(&self) -> Vec<AskedColumn> {
        let heading = self.heading.map(|at| self.rows[at].1.as_slice()).unwrap_or_default();
        let example =
            |at: usize| self.data().find_map(|(_, row)| cell(row, at)).unwrap_or_default();
        let column = |&(at, asks): &(usize, Asks)| AskedColumn {
            heading: heading.get(at).cloned().unwrap_or_default(),
            number: at + 1,
            example: example(at).to_owned(),
            asks,
        };
        self.columns.asked.iter().map(column).collect()
    }

    fn data(&self) -> impl Iterator<Item = &(usize, Vec<String>)> {
        self.rows.iter().skip(self.heading.map_or(0, |at| at + 1))
    }

    pub(super) fn documents(&self) -> Vec<ListedDocument> {
        let mut documents = Vec::new();
        for (line, row) in self.rows.iter().take(self.heading.unwrap_or(0)) {
            // A document above the heading was meant for a link, and the heading says nothing of it.
            if row.iter().any(|cell| is_like_a_document(cell)) {
                let document = row
                    .iter()
                    .filter(|cell| !cell.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" ");
                let doubt = Some(Doubt::SeveralColumns);
                documents.push(ListedDocument {
                    line: *line,
                    document,
                    doubt,
                    ..ListedDocument::default()
                });
            }
        }
        let heading = self.heading.map(|at| &self.rows[at].1);
        let last =
            self.rows.iter().rposition(|(_, row)| cell(row, self.columns.document).is_some());
        let first = self.rows.len() - self.data().count();
        let have_endings = self.have_endings();
        let mut section = String::new();
        for (at, (line, row)) in self.rows.iter().enumerate().skip(first) {
            if heading == Some(row) || row.iter().all(String::is_empty) {
                continue;
            }
            let filled: Vec<_> = row.iter().filter(|cell| !cell.is_empty()).collect();
            let document = cell(row, self.columns.document);
            if document.is_none()
                && at < last.unwrap_or(0)
                && let [title] = filled[..]
                && !is_like_a_date(title)
            {
                section.clone_from(title);
                continue;
            }
            let mut listed = self.listed(*line, row);
            if listed.note.is_empty() && document.is_some() {
                listed.note.clone_from(&section);
            }
            if have_endings
                && filled.len() == 1
                && document.is_some_and(|name| !is_like_a_document(name) && !name.contains('/'))
            {
                listed.doubt = Some(Doubt::NoDocument);
            }
            if self.is_open && row.iter().any(|cell| cell.contains('\n')) {
                listed.doubt = Some(Doubt::OpenQuote);
            }
            documents.push(listed);
        }
        documents
    }

    /// Whether most documents have an ending, so that a text without one is a title.
    fn have_endings(&self) -> bool {
        let names = || self.data().filter_map(|(_, row)| cell(row, self.columns.document));
        names().filter(|name| is_like_a_document(name)).count() * 2 > names().count()
    }

    fn listed(&self, line: usize, row: &[String]) -> ListedDocument {
        let cell = |at: usize| row.get(at).cloned().unwrap_or_default();
        let Columns { document, end, is_end_in_utc, note, asked } = &self.columns;
        let end = end.map(cell).unwrap_or_default();
        ListedDocument {
            line,
            document: taken(&cell(*document)).into_owned(),
            end: if *is_end_in_utc { in_utc(end) } else { end },
            note: note.map(cell).unwrap_or_default(),
            doubt: None,
            asked: asked.iter().map(|(at, _)| cell(*at)).collect(),
        }
    }
}

/// A day or a time below a heading that says UTC.
fn in_utc(end: String) -> String {
    let Ok(Some(read)) = super::RowEnd::parse(&end, super::row_end::SOME_DAY, None) else {
        return end;
    };
    match read.reading {
        Reading::Day { offset: None, .. } | Reading::Local(_) if read.is_day_number => {
            format!("{} UTC", read.reading)
        }
        Reading::Day { offset: None, .. } | Reading::Local(_) => format!("{end} UTC"),
        _ => end,
    }
}

/// `sep=;` in the first line, as Excel reads it, and what follows it.
fn stated_delimiter(text: &str) -> Option<(char, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let first = first.trim().trim_matches('"');
    let (name, mark) = first.split_at_checked(4)?;
    let mut marks = mark.chars();
    let delimiter = marks.next().unwrap_or('\t');
    (name.eq_ignore_ascii_case("sep=") && marks.next().is_none()).then_some((delimiter, rest))
}

/// The rows between these marks, and the line of each.
fn records(text: &str, delimiter: char, most: usize) -> Option<Vec<(usize, Vec<String>)>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).ok()?)
        .from_reader(text.as_bytes());
    // As Markdown has it.
    let is_framed = delimiter == '|'
        && text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .all(|line| line.trim().starts_with('|') && line.trim().ends_with('|'));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let mut row: Vec<_> = record.iter().map(plain).collect();
        if is_framed {
            // The mark stands around a row too.
            if row.first().is_some_and(String::is_empty) {
                row.remove(0);
            }
            if row.last().is_some_and(String::is_empty) && row.len() > 1 {
                row.pop();
            }
        }
        let is_rule = |cell: &String| {
            cell.is_empty() || cell.contains("--") && cell.chars().all(|c| matches!(c, '-' | ':'))
        };
        if row.iter().all(is_rule) {
            continue;
        }
        rows.push((line, row));
        if rows.len() > most {
            break;
        }
    }
    Some(rows)
}

/// A cell without the apostrophe that our own tables put before what a spreadsheet would run.
fn plain(cell: &str) -> String {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// What a text is under one delimiter, and how sure that is.
struct Sense {
    score: usize,
    heading: Option<usize>,
    columns: Columns,
}

impl Sense {
    fn of(rows: &[(usize, Vec<String>)], delimiter: char, text: &str) -> Option<Self> {
        let named = heading(rows).and_then(|at| Self::below(rows, at));
        let is_sure = matches!(&named, Some(named) if named.score >= 100);
        if is_sure {
            return named;
        }
        named.or_else(|| Self::without_heading(rows, delimiter, text))
    }

    fn below(rows: &[(usize, Vec<String>)], at: usize) -> Option<Self> {
        let data: Vec<_> = rows[at + 1..].iter().map(|(_, row)| row).collect();
        let heading = &rows[at].1;
        let columns = Columns::of_heading(heading, &data)?;
        let known = roles(heading).iter().flatten().count();
        let is_named =
            matches!(roles(heading).get(columns.document), Some(Some(Role::Document(_))));
        let score = known + if is_named { 100 } else { 50 };
        Some(Self { score, heading: Some(at), columns })
    }

    fn without_heading(rows: &[(usize, Vec<String>)], delimiter: char, text: &str) -> Option<Self> {
        let data: Vec<_> = rows.iter().map(|(_, row)| row).collect();
        // Between tabs there are columns in any case: no name has one.
        let is_surely_a_table = delimiter == '\t';
        let is_whole = |row: &&Vec<String>| row.len() > 1;
        if data.is_empty() || !is_surely_a_table && !data.iter().all(is_whole) {
            return None;
        }
        if let Some(found) = Self::below_unknown_words(rows) {
            return Some(found);
        }
        let columns = Columns::by_content(&data, is_surely_a_table)?;
        // In prose a mark has a space behind it: `Smith, John.pdf` is a name.
        let is_prose = text.contains(&format!("{delimiter} "));
        if columns.document > 0 && columns.end.is_none() && is_prose && !is_surely_a_table {
            return None;
        }
        Some(Self { score: 10, heading: None, columns })
    }

    /// A first row in words of another language: no document and no date is in it, and dates are below
    /// one of its words.
    fn below_unknown_words(rows: &[(usize, Vec<String>)]) -> Option<Self> {
        let is_title = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count() > 1;
        let at = rows.iter().take(MOST_TITLES).position(|(_, row)| is_title(row))?;
        let heading = &rows[at].1;
        if heading.iter().any(|cell| is_like_a_document(cell) || is_like_a_date(cell)) {
            return None;
        }
        let data: Vec<_> = rows[at + 1..].iter().map(|(_, row)| row).collect();
        let columns = Columns::of_heading(heading, &data)?;
        let has_name = |at: &usize| heading.get(*at).is_some_and(|name| !name.is_empty());
        let has_dates =
            columns.end.iter().chain(columns.asked.iter().map(|(at, _)| at)).any(has_name);
        has_dates.then_some(Self { score: 20, heading: Some(at), columns })
    }
}

/// The first row in known words, with perhaps titles above it.
fn heading(rows: &[(usize, Vec<String>)]) -> Option<usize> {
    let is_heading = |row: &[String]| {
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        let roles = roles(row);
        let has_document = roles.iter().any(|role| matches!(role, Some(Role::Document(_))));
        let has_other = roles.iter().flatten().count() > usize::from(has_document);
        // One word alone may be a document's name.
        let is_named = row.len() > 1 && (has_document || has_other && filled > 1);
        is_named && !row.iter().any(|cell| is_like_a_document(cell) || is_like_a_date(cell))
    };
    rows.iter().take(MOST_TITLES).position(|(_, row)| is_heading(row))
}

/// Whether a line has columns to whoever wrote it, though it was not read as a table: a cell of it says
/// a date, or several of its cells are documents.
pub(super) fn has_columns(line: &str) -> Option<Doubt> {
    let parts = |delimiter: char| line.split(delimiter).map(str::trim);
    for delimiter in ['\t', ';', ',', '|'] {
        if !line.contains(delimiter) {
            continue;
        }
        let count = parts(delimiter).count();
        let has_document = parts(delimiter).any(is_like_a_document);
        // An address without a space may have such marks in it, and a name with an ending between them.
        let is_address = line.contains("://") && !line.contains(' ');
        let names = |part: &&str| is_like_a_document(part) && (part.contains("://") || !is_address);
        if parts(delimiter).filter(names).count() > 1 {
            return Some(Doubt::SeveralDocuments);
        }
        let is_date = |part: &str| is_like_a_date(part) && part.len() > 3;
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if parts(delimiter).any(|part| {
            is_date(part) && !is_number(part)
                || moment::read_day_number(part).is_some() && has_document
        }) {
            return Some(Doubt::SeveralColumns);
        }
        let most = if delimiter == ',' { 4 } else { 3 };
        if count >= most && !is_address || delimiter == '\t' {
            return Some(Doubt::SeveralColumns);
        }
    }
    None
}

/// The text with one kind of line end.
pub(super) fn with_line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n"))
}
