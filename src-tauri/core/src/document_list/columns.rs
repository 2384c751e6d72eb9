//! Which column of a table is what: by its heading, and by what stands in it.

use super::headings::{Role, is_in_utc, role};
use super::row_end::{is_like_a_date, is_like_a_day_number};

/// Where things are in a row, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) document: usize,
    pub(super) end: Option<usize>,
    /// Whether ends are written in UTC.
    pub(super) is_end_in_utc: bool,
    pub(super) note: Option<usize>,
    /// Columns of dates of which only a person knows what they are.
    pub(super) asked: Vec<(usize, Asks)>,
}

/// What a person is asked about a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Whether each link ends when it says.
    IsEnd,
    /// Whether links may work before it says: a list knows no start.
    IgnoresStart,
}

type Row = Vec<String>;

/// What a heading makes of its columns.
pub(super) fn roles(heading: &[String]) -> Vec<Option<Role>> {
    heading.iter().map(|cell| role(cell)).collect()
}

impl Columns {
    /// By the heading's words; where those name no document, by what looks like one. `None` where nothing
    /// does.
    pub(super) fn of_heading(heading: &[String], rows: &[&Row]) -> Option<Self> {
        let roles = roles(heading);
        let document = document_by_heading(&roles, rows).or_else(|| {
            let is_free = |at: usize| roles.get(at).copied().flatten().is_none();
            most_documents(rows).filter(|at| is_free(*at))
        })?;
        let is_other = |at: &usize| *at != document;
        let of = |wanted: Role| {
            let all = roles.iter().enumerate().filter(move |(_, role)| **role == Some(wanted));
            all.map(|(at, _)| at).filter(is_other)
        };
        let width = width(heading, rows);
        let has_dates = |at: usize| {
            rows.iter().any(|row| cell(row, at).is_some_and(is_like_a_date))
                || are_day_numbers(rows, at)
        };
        let dates: Vec<_> = (0..width).filter(is_other).filter(|at| has_dates(*at)).collect();
        // A date of whatever is the end where no other column can be.
        let only_date = of(Role::Date).next().filter(|at| dates.iter().all(|other| other == at));
        let end = of(Role::End).next().or(only_date);
        let asked =
            dates.iter().copied().filter(|at| Some(*at) != end).filter_map(|at| {
                match roles.get(at).copied().flatten() {
                    Some(Role::OtherDate) => None,
                    Some(Role::Note) if !are_mostly_dates(rows, at) => None,
                    Some(Role::Start) => Some((at, Asks::IgnoresStart)),
                    _ => Some((at, Asks::IsEnd)),
                }
            });
        let asked: Vec<_> = asked.collect();
        let is_free = |at: &usize| Some(*at) != end && asked.iter().all(|(other, _)| other != at);
        // A name that is not the document's is a reader's.
        let names = roles
            .iter()
            .enumerate()
            .filter(|(_, role)| matches!(role, Some(Role::Document(rank)) if *rank > 59));
        let note = of(Role::Note)
            .find(is_free)
            .or_else(|| names.map(|(at, _)| at).filter(is_other).find(is_free));
        let is_end_in_utc =
            end.is_some_and(|at| heading.get(at).is_some_and(|cell| is_in_utc(cell)));
        Some(Self { document, end, is_end_in_utc, note, asked })
    }

    /// Without a heading: which column holds names with an ending or addresses, which ends, and which
    /// words. `None` where that cannot be told.
    pub(super) fn by_content(rows: &[&Row], is_surely_a_table: bool) -> Option<Self> {
        let width = width(&[], rows);
        let has_text = |at: usize| rows.iter().any(|row| cell(row, at).is_some());
        let has_dates =
            |at: &usize| rows.iter().any(|row| cell(row, *at).is_some_and(is_like_a_date));
        let document = match documents(rows, width)[..] {
            [document] => document,
            // Several documents in a row are no table that is known here.
            [_, _, ..] => return None,
            [] => {
                let rest: Vec<_> =
                    (0..width).filter(|at| has_text(*at)).filter(|at| !has_dates(at)).collect();
                let has_ends = (0..width).any(|at| are_mostly_dates(rows, at));
                match rest[..] {
                    [document] if has_ends => document,
                    [document, ..] if is_surely_a_table => document,
                    _ => return None,
                }
            }
        };
        let others = || (0..width).filter(|at| *at != document);
        let end = others().find(|at| are_mostly_dates(rows, *at));
        let asked: Vec<_> = others()
            .filter(|at| Some(*at) != end && (has_dates(at) || are_day_numbers(rows, *at)))
            .map(|at| (at, Asks::IsEnd))
            .collect();
        let is_free = |at: &usize| Some(*at) != end && asked.iter().all(|(other, _)| other != at);
        // Among notes a few may look like dates.
        let is_words = |at: &usize| Some(*at) != end && !are_mostly_dates(rows, *at);
        let texts = || others().filter(|at| has_text(*at));
        let note = texts().find(is_free).or_else(|| texts().find(is_words));
        Some(Self { document, end, is_end_in_utc: false, note, asked })
    }
}

/// What stands in a cell, unless it is empty.
pub(super) fn cell(row: &Row, at: usize) -> Option<&str> {
    row.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
}

fn width(heading: &[String], rows: &[&Row]) -> usize {
    rows.iter().map(|row| row.len()).chain([heading.len()]).max().unwrap_or(0)
}

fn cells<'a>(rows: &'a [&Row], at: usize) -> impl Iterator<Item = &'a str> {
    rows.iter().filter_map(move |row| cell(row, at))
}

/// Whether at least half of what stands in a column is an end: the others are mistakes, and are said
/// to be.
fn are_mostly_dates(rows: &[&Row], at: usize) -> bool {
    let dates = cells(rows, at).filter(|cell| is_like_a_date(cell)).count();
    dates > 0 && dates * 2 >= cells(rows, at).count()
}

fn are_day_numbers(rows: &[&Row], at: usize) -> bool {
    cells(rows, at).next().is_some() && cells(rows, at).all(is_like_a_day_number)
}

/// Columns in which every name has an ending or is an address, but for titles that stand alone in a row.
fn documents(rows: &[&Row], width: usize) -> Vec<usize> {
    let is_title = |row: &&&Row, at: usize| {
        row.iter().filter(|cell| !cell.is_empty()).count() == 1 && cell(row, at).is_some()
    };
    let is_one = |at: &usize| {
        let is_document = |row: &&&Row| cell(row, *at).is_some_and(is_like_a_document);
        let mut others = rows.iter().filter(|row| cell(row, *at).is_some() && !is_document(row));
        rows.iter().any(|row| is_document(&row)) && others.all(|row| is_title(&row, *at))
    };
    (0..width).filter(is_one).collect()
}

fn most_documents(rows: &[&Row]) -> Option<usize> {
    let count = |at: usize| cells(rows, at).filter(|cell| is_like_a_document(cell)).count();
    let counted = (0..width(&[], rows)).map(|at| (count(at), at)).filter(|(count, _)| *count > 0);
    counted.max_by_key(|(count, at)| (*count, usize::MAX - at)).map(|(_, at)| at)
}

/// The surest word, unless another column alone holds what looks like documents: below *Document* may
/// stand what it is, and below *File* which.
fn document_by_heading(roles: &[Option<Role>], rows: &[&Row]) -> Option<usize> {
    let named = roles.iter().enumerate().filter_map(|(at, role)| match role {
        Some(Role::Document(rank)) => Some((*rank, at)),
        _ => None,
    });
    named
        .map(|(rank, at)| (!cells(rows, at).any(is_like_a_document), rank, at))
        .min()
        .map(|(_, _, at)| at)
}

/// A full address, or a name with an ending.
pub(super) fn is_like_a_document(cell: &str) -> bool {
    let has_ending = cell.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && (1..=8).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
    });
    cell.contains("://") || has_ending && !cell.contains('@') && !is_like_a_date(cell)
}
