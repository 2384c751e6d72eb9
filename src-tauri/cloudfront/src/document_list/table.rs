//! A text whose lines have columns.
//!
//! Which mark stands between them is not asked: each is tried, and the one is taken under which the text
//! makes the most sense. A line that makes none is a row that needs a look, and never a name.

use std::borrow::Cow;

use csv::ReaderBuilder;
use percent_encoding::percent_decode_str;

use super::columns::{Asks, Columns, cell, is_count, is_like_a_document, roles};
use super::headings::{Role, role};
use super::marks::without_marks;
use super::networks::{is_like_a_network, names_a_network};
use super::row_end::is_like_a_date;
use super::{AskedColumn, Doubt, ListedDocument, MAX_ROWS};
use crate::address::{behind_document, ends_as_a_document};
use crate::moment::{self, Reading};

const DELIMITERS: [char; 4] = ['\t', ';', ',', '|'];

/// So many rows show what a table is.
const SAMPLE: usize = 200;

/// Titles stand above a heading, and not more of them.
const MAX_TITLES: usize = 20;

pub(super) struct Table {
    rows: Vec<(usize, Vec<String>)>,
    /// Its place among the rows.
    heading: Option<usize>,
    columns: Columns,
    delimiter: char,
    /// A quotation mark that nothing closes swallows the lines behind it.
    is_open: bool,
}

impl Table {
    /// `None` where the text is no table.
    pub(super) fn read(text: &str) -> Option<Self> {
        match stated_delimiter(text) {
            // What is stated may be wrong: a program wrote it, and another one the rows.
            Some((delimiter, rest)) => {
                Self::read_with(Some(delimiter), rest, 1).or_else(|| Self::read_with(None, rest, 1))
            }
            None => Self::read_with(None, text, 0).or_else(|| {
                let table = Self::read_with(None, &unwrapped(text)?, 0)?;
                // A heading without rows is a name in quotation marks: `"| .pdf"`.
                table.heading.is_some_and(|at| at + 1 < table.rows.len()).then_some(table)
            }),
        }
    }

    fn read_with(delimiter: Option<char>, text: &str, skipped: usize) -> Option<Self> {
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
        let rows = records(text, delimiter, MAX_ROWS + MAX_TITLES + 2)?;
        let Sense { heading, columns, .. } = Sense::of(&rows, delimiter, text)?;
        let rows = rows.into_iter().map(|(line, row)| (line + skipped, row)).collect();
        let is_open = ends_in_a_quotation(text, delimiter);
        Some(Self { rows, heading, columns, delimiter, is_open })
    }

    pub(super) fn has_heading(&self) -> bool {
        self.heading.is_some()
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
            let document =
                row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            // A document above the heading was meant for a link, and the heading says nothing of it. An
            // end or a network there is meant for all of them.
            let doubt = if row.iter().any(|cell| is_like_a_document(cell)) {
                Some(Doubt::SeveralColumns)
            } else if is_like_a_date(&document) && matches!(role(&document), Some(Role::End))
                || names_a_network(&document)
            {
                Some(Doubt::NoDocument)
            } else {
                None
            };
            if doubt.is_some() {
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
                && !is_like_a_network(title)
            {
                section.clone_from(title);
                continue;
            }
            let mut listed = self.listed(*line, row);
            if listed.note.is_empty() && document.is_some() {
                listed.note.clone_from(&section);
            }
            let doubt = self.doubt_of(row);
            listed.doubt = listed.doubt.or(doubt);
            if have_endings
                && filled.len() == 1
                && document.is_some_and(|name| !is_like_a_document(name) && !name.contains('/'))
            {
                listed.doubt = Some(Doubt::NoDocument);
            }
            if row.iter().any(|cell| self.holds_rows(cell)) {
                listed.doubt = Some(Doubt::OpenQuote);
            }
            documents.push(listed);
        }
        documents
    }

    /// Why a row cannot be understood whole.
    fn doubt_of(&self, row: &[String]) -> Option<Doubt> {
        let Columns { document, end, others, .. } = &self.columns;
        let heading = self.heading.map(|at| self.rows[at].1.as_slice());
        // A cell too many: a comma stands in a name or a date, and what is behind it is one column further.
        if heading.is_some_and(|names| row.iter().skip(names.len()).any(|cell| !cell.is_empty())) {
            return Some(Doubt::SeveralColumns);
        }
        // `December 31, 2026` in two cells would end a year early or late.
        let is_year = |text: &str| {
            text.len() == 4 && text.parse().is_ok_and(|year: u16| (1_900..2_200).contains(&year))
        };
        if let Some(end) = *end
            && cell(row, end).is_some_and(|date| date.contains(char::is_alphabetic))
            && cell(row, end + 1).is_some_and(is_year)
        {
            return Some(Doubt::SeveralColumns);
        }
        let document = cell(row, *document)?;
        // A table may have a document's address, and beside it its name as people read it.
        let name = |text: &str| {
            let path = text.split('?').next().unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            percent_decode_str(name).decode_utf8_lossy().to_lowercase()
        };
        let is_other = |at: &usize| {
            cell(row, *at)
                .is_some_and(|other| ends_as_a_document(other) && name(other) != name(document))
        };
        others.iter().any(is_other).then_some(Doubt::SeveralDocuments)
    }

    /// Whether a cell has lines in it that are rows of their own: a quotation mark is missing.
    fn holds_rows(&self, cell: &str) -> bool {
        let is_row =
            |line: &str| line.split(self.delimiter).any(|part| ends_as_a_document(part.trim()));
        cell.contains('\n')
            && (self.is_open
                || cell.lines().skip(1).any(|line| line.contains(self.delimiter) && is_row(line)))
    }

    /// The document of a row with its folder, where that stands in another column.
    fn document_of(&self, row: &[String]) -> String {
        let Columns { document, folder, others, .. } = &self.columns;
        let name = without_marks(cell(row, *document).unwrap_or_default()).into_owned();
        if name.is_empty() || name.contains("://") || name.starts_with(['/', '\\']) {
            return name;
        }
        let with_slash = format!("/{name}");
        let longer = |at: &usize| cell(row, *at).filter(|other| other.ends_with(&with_slash));
        if let Some(longer) = others.iter().find_map(longer) {
            return without_marks(longer).into_owned();
        }
        let is_folder = |text: &&str| text.ends_with('/') && text.len() > 1;
        let folder = folder.and_then(|at| cell(row, at));
        let folder =
            folder.or_else(|| others.iter().filter_map(|at| cell(row, *at)).find(is_folder));
        match folder {
            Some(folder) => format!("{}/{name}", folder.trim_end_matches('/')),
            None => name,
        }
    }

    /// Whether most documents have an ending, so that a text without one is a title.
    fn have_endings(&self) -> bool {
        let names = || self.data().filter_map(|(_, row)| cell(row, self.columns.document));
        names().filter(|name| is_like_a_document(name)).count() * 2 >= names().count()
    }

    fn listed(&self, line: usize, row: &[String]) -> ListedDocument {
        let cell = |at: usize| row.get(at).cloned().unwrap_or_default();
        let Columns { end, is_end_in_utc, note, asked, units, .. } = &self.columns;
        let counted = |at: usize| {
            let unit = units.iter().find(|(counted, _)| *counted == at);
            match unit.filter(|_| is_count(&cell(at))) {
                Some((_, unit)) => format!("{} {unit}", cell(at)),
                None => cell(at),
            }
        };
        let end = end.map(counted).unwrap_or_default();
        ListedDocument {
            line,
            document: self.document_of(row),
            end: if *is_end_in_utc { in_utc(end) } else { end },
            note: note.map(cell).unwrap_or_default(),
            doubt: None,
            asked: asked.iter().map(|(at, _)| counted(*at)).collect(),
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

/// The text of rows that stand in quotation marks as a whole, as a spreadsheet writes them that read them
/// as one column each; `None` where one does not.
fn unwrapped(text: &str) -> Option<String> {
    let mut rows = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        if !line.is_empty() {
            let inner = line.strip_prefix('"')?.strip_suffix('"')?.replace("\"\"", "\u{0}");
            if inner.contains('"') {
                return None;
            }
            rows.push_str(&inner.replace('\u{0}', "\""));
        }
        rows.push('\n');
    }
    Some(rows)
}

/// Whether a text ends between quotation marks, which open at the beginning of a cell alone.
fn ends_in_a_quotation(text: &str, delimiter: char) -> bool {
    let (mut is_inside, mut is_begin) = (false, true);
    for character in text.chars() {
        if character == '"' && (is_inside || is_begin) {
            is_inside = !is_inside;
            // A second mark behind one that closes stands for a mark in the cell.
            is_begin = !is_inside;
        } else {
            is_begin = !is_inside && (character == delimiter || character == '\n');
        }
    }
    is_inside
}

/// `sep=;` in the first line, as Excel reads it, and what follows it.
pub(super) fn stated_delimiter(text: &str) -> Option<(char, &str)> {
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
    // As Markdown and databases have it.
    let is_in_frame = |line: &str| {
        let (first, last) = (line.chars().next(), line.chars().next_back());
        matches!((first, last), (Some('|'), Some('|')) | (Some('+'), Some('+')))
    };
    let is_framed = delimiter == '|'
        && text.lines().map(str::trim).filter(|line| !line.is_empty()).all(is_in_frame);
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
            cell.is_empty()
                || cell.contains("--") && cell.chars().all(|c| matches!(c, '-' | ':' | '+'))
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
        if !is_surely_a_table && may_be_a_name(&columns, &data, text) {
            return None;
        }
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
        let at = rows.iter().take(MAX_TITLES).position(|(_, row)| is_title(row))?;
        let heading = &rows[at].1;
        if heading.iter().any(|cell| is_no_word(cell)) {
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

/// Whether a cell is of a row, and of no heading.
fn is_no_word(cell: &str) -> bool {
    is_like_a_document(cell) || is_like_a_date(cell) || is_like_a_network(cell)
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
        is_named && !row.iter().any(|cell| is_no_word(cell))
    };
    rows.iter().take(MAX_TITLES).position(|(_, row)| is_heading(row))
}

/// Whether what was taken for a document and what stands beside it may be one name: `Smith,John.pdf`, or
/// an address with such marks in it.
fn may_be_a_name(columns: &Columns, rows: &[&Vec<String>], text: &str) -> bool {
    let is_beside = |row: &&&Vec<String>| {
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        filled > 1 && cell(row, columns.document).is_some()
    };
    columns.end.is_none()
        && columns.asked.is_empty()
        && rows.iter().any(|row| is_beside(&row))
        && (columns.document > 0 || text.contains("://"))
}

/// Whether each line of a text has the same columns, so that its rows were not meant for names, though
/// nothing says so: `Jones;a.pdf`.
pub(super) fn may_be_columns(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    // In prose a mark has a space behind it, and between digits a comma is a decimal's.
    let is_mark = |line: &str, at: usize, mark: char| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let behind = line.get(at + mark.len_utf8()..).and_then(|behind| behind.chars().next());
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        behind.is_some_and(|c| !c.is_whitespace())
            && !(mark == ',' && is_digit(before) && is_digit(behind))
    };
    let is_row = |line: &str, mark: char| {
        let marks: Vec<_> = line.match_indices(mark).map(|(at, _)| at).collect();
        let last = marks.last().and_then(|at| line.get(at + mark.len_utf8()..));
        !marks.is_empty()
            && marks.iter().all(|at| is_mark(line, *at, mark))
            && !line.contains("://")
            && !line.starts_with('"')
            && last.is_some_and(ends_as_a_document)
    };
    [';', ',', '|']
        .into_iter()
        .any(|mark| lines().next().is_some() && lines().all(|line| is_row(line, mark)))
}

/// Whether a line has columns to whoever wrote it, though it was not read as a table: a cell of it says
/// a date, or several of its cells are documents.
pub(super) fn has_columns(line: &str) -> Option<Doubt> {
    let parts = |delimiter: char| line.split(delimiter).map(str::trim);
    // An address without a space may have such marks in it.
    let is_address = line.contains("://") && !line.contains(' ');
    if !is_address && says_more(line) {
        return Some(Doubt::SeveralColumns);
    }
    for delimiter in ['\t', ';', ',', '|'] {
        if !line.contains(delimiter) {
            continue;
        }
        let count = parts(delimiter).count();
        let has_document = parts(delimiter).any(is_like_a_document);
        // A name with an ending may stand between the marks of an address.
        let names = |part: &&str| is_like_a_document(part) && (part.contains("://") || !is_address);
        if parts(delimiter).filter(names).count() > 1 {
            return Some(Doubt::SeveralDocuments);
        }
        let is_date = |part: &str| is_like_a_date(part) && part.len() > 3;
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_query = is_address && line.contains('?');
        if !is_query && has_document && parts(delimiter).any(is_like_a_network) {
            return Some(Doubt::SeveralColumns);
        }
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

/// Whether a line says more than a name: a date behind it, a heading's words or an empty cell in it, or
/// what only columns need.
fn says_more(line: &str) -> bool {
    let has_date = behind_document(line).is_some_and(|behind| {
        let words = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
        is_like_a_date(words)
            || is_like_a_date(words.trim_end_matches(|c: char| !c.is_alphanumeric()))
    });
    let headings = |mark: char| match line.contains(mark) {
        true => line.split(mark).filter(|part| role(part.trim()).is_some()).count(),
        false => 0,
    };
    let is_named = line.split_once(": ").is_some_and(|(name, text)| {
        !text.trim().is_empty()
            && name.len() <= 24
            && role(name.trim_start_matches(['-', ' ', '"'])).is_some()
    });
    let cells = line.trim_end_matches([',', ';', '|', ' ']);
    let trailing = line.len() - cells.len();
    let has_empty_cell = |mark: char| {
        let mut parts = cells.split(mark).map(str::trim);
        parts.any(str::is_empty) && cells.contains(mark)
            || trailing > 1 && line.ends_with(mark) && !is_like_a_document(cells)
    };
    has_date
        || is_named
        || line.contains("   ")
        || line.contains(['│', '┃', '¦'])
        || [':', '^', '~', '，', '；', '、', '،', '؛'].into_iter().any(|mark| headings(mark) > 1)
        || [',', ';', '|'].into_iter().any(|mark| headings(mark) > 1 || has_empty_cell(mark))
}

/// The text with one kind of line end.
pub(super) fn with_line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n"))
}
