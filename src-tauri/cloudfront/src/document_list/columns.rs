//! Which column of a table is what: by its heading, and by what stands in it.

use std::collections::HashMap;

use super::headings::{Role, is_in_utc, is_sure_start, role, unit};
use super::networks::is_like_a_network;
use super::row_end::{RowEnd, SOME_DAY, is_like_a_date, is_like_a_day_number};
use crate::address::ends_as_a_document;
use crate::moment::Reading;

/// Where things are in a row, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) document: usize,
    pub(super) end: Option<usize>,
    /// Whether ends are written in UTC.
    pub(super) is_end_in_utc: bool,
    pub(super) note: Option<usize>,
    /// The folder of each document.
    pub(super) folder: Option<usize>,
    /// Where else a document may stand: a row with another one there is none that is understood.
    pub(super) others: Vec<usize>,
    /// What the numbers of a column count.
    pub(super) units: Vec<(usize, &'static str)>,
    /// Columns of dates of which only a person knows what they are.
    pub(super) asked: Vec<(usize, Asks)>,
}

/// What a person is asked about a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ColumnAsks"))]
#[serde(rename_all = "camelCase")]
pub enum Asks {
    /// Whether each link ends when it says.
    IsEnd,
    /// Whether links may work before it says: a list knows no start.
    IgnoresStart,
    /// Whether links may open from elsewhere too: a list knows no network.
    IgnoresNetwork,
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
        let units: Vec<_> = (0..width)
            .filter_map(|at| Some((at, unit(heading.get(at)?)?)))
            .filter(|(at, _)| are_counts(rows, *at))
            .collect();
        let has_dates = |at: usize| {
            rows.iter().any(|row| cell(row, at).is_some_and(is_like_a_date))
                || are_day_numbers(rows, at)
                || units.iter().any(|(counted, _)| *counted == at)
        };
        let of_role = |at: usize| roles.get(at).copied().flatten();
        let is_network = |at: &usize| match of_role(*at) {
            Some(Role::Network) => cells(rows, *at).next().is_some(),
            Some(Role::OtherDate) => false,
            _ => are_mostly_networks(rows, *at),
        };
        let networks: Vec<_> = (0..width).filter(is_other).filter(is_network).collect();
        let is_sure_start = |at: usize| {
            heading.get(at).is_some_and(|cell| is_sure_start(cell))
                && cells(rows, at).next().is_some()
        };
        let dates: Vec<_> = (0..width)
            .filter(is_other)
            .filter(|at| has_dates(*at) || is_sure_start(*at))
            .filter(|at| !networks.contains(at))
            .collect();
        // A date of whatever is the end where no other column can be.
        let only_date = of(Role::Date).next().filter(|at| dates.iter().all(|other| other == at));
        let end = end_of_all(&of(Role::End).collect::<Vec<_>>(), rows).or(only_date);
        let is_end = |at: usize| of_role(at) == Some(Role::End);
        let repeats_end = |at: usize| {
            is_end(at) && end.is_some_and(|end| is_end(end) && say_the_same(rows, end, at))
        };
        let other_dates = || dates.iter().copied().filter(|at| Some(*at) != end);
        let asked =
            other_dates().filter(|at| !repeats_end(*at)).filter_map(|at| match of_role(at) {
                Some(Role::OtherDate) => None,
                Some(Role::Note) if !are_mostly_dates(rows, at) && !are_day_numbers(rows, at) => {
                    None
                }
                Some(Role::Start) => Some((at, Asks::IgnoresStart)),
                _ => Some((at, Asks::IsEnd)),
            });
        let networks = networks.iter().filter(|at| Some(**at) != end);
        let asked: Vec<_> = asked.chain(networks.map(|at| (*at, Asks::IgnoresNetwork))).collect();
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
        let folder = of(Role::Folder).next();
        let is_document = |at: &usize| {
            is_other(at)
                && Some(*at) != end
                && Some(*at) != note
                && match roles.get(*at).copied().flatten() {
                    Some(Role::Document(rank)) => rank <= 59,
                    None => true,
                    Some(_) => false,
                }
        };
        let others = (0..width).filter(is_document).collect();
        Some(Self { document, end, is_end_in_utc, note, folder, others, units, asked })
    }

    /// Without a heading: which column holds names with an ending or addresses, which ends, and which
    /// words. `None` where that cannot be told.
    pub(super) fn by_content(rows: &[&Row], is_surely_a_table: bool) -> Option<Self> {
        let width = width(&[], rows);
        let has_text = |at: usize| rows.iter().any(|row| cell(row, at).is_some());
        let is_network = |at: &usize| are_mostly_networks(rows, *at);
        let has_dates =
            |at: &usize| rows.iter().any(|row| cell(row, *at).is_some_and(is_like_a_date));
        let document = match documents(rows, width)[..] {
            [document] => document,
            // Several documents in a row are no table that is known here.
            [_, _, ..] => return None,
            [] => {
                let rest: Vec<_> = (0..width)
                    .filter(|at| has_text(*at) && !has_dates(at) && !is_network(at))
                    .collect();
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
            .chain(others().filter(is_network).map(|at| (at, Asks::IgnoresNetwork)))
            .collect();
        let is_free = |at: &usize| Some(*at) != end && asked.iter().all(|(other, _)| other != at);
        // Among notes a few may look like dates.
        let is_words =
            |at: &usize| Some(*at) != end && !are_mostly_dates(rows, *at) && !is_network(at);
        let texts = || others().filter(|at| has_text(*at));
        let note = texts().find(is_free).or_else(|| texts().find(is_words));
        Some(Self {
            document,
            end,
            is_end_in_utc: false,
            note,
            folder: None,
            others: Vec::new(),
            units: Vec::new(),
            asked,
        })
    }
}

/// Of columns that are all called an end, the one that counts: where one says the same as another and its
/// zone too, that one; else the first.
fn end_of_all(ends: &[usize], rows: &[&Row]) -> Option<usize> {
    let has_zone =
        |at: &usize| cells(rows, *at).all(|cell| matches!(read(cell), Some(Reading::Moment(_))));
    let is_repeated =
        |at: &usize| ends.iter().any(|other| other != at && say_the_same(rows, *at, *other));
    match ends {
        [] | [_] => ends.first().copied(),
        [first, ..] => {
            ends.iter().find(|at| has_zone(at) && is_repeated(at)).or(Some(first)).copied()
        }
    }
}

/// Whether a column of ends says those of another one once more, for people: `Friday 4 December 2026, 18:00`
/// beside `2026-12-04T17:00:00+00:00`. Of which place the clock is need not be known: it is as far from UTC in
/// every row, but for the hour of summer time. An end that was changed in one of the two is not the same any more.
fn say_the_same(rows: &[&Row], end: usize, other: usize) -> bool {
    let mut offsets = HashMap::new();
    for row in rows {
        let (said, again) = match (cell(row, end), cell(row, other)) {
            (_, None) => continue,
            (Some(said), Some(again)) => (read(said), read(again)),
            (None, Some(_)) => return false,
        };
        let offset = match (said, again) {
            (Some(said), Some(again)) if said == again => continue,
            (Some(Reading::Moment(moment)), Some(Reading::Local(local)))
            | (Some(Reading::Local(local)), Some(Reading::Moment(moment))) => {
                // What is written for people has no seconds.
                let clock = local.and_utc().timestamp();
                clock.div_euclid(60) * 60 - moment.div_euclid(60) * 60
            }
            _ => return false,
        };
        let is_of_a_place = offset.abs() <= 14 * HOUR && offset % (HOUR / 4) == 0;
        let is_same_end = *offsets.entry(said).or_insert(offset) == offset;
        if !is_of_a_place || !is_same_end {
            return false;
        }
    }
    let (least, most) = (offsets.values().min(), offsets.values().max());
    least.zip(most).is_none_or(|(least, most)| most - least <= HOUR)
}

const HOUR: i64 = 3_600;

/// An end, read on any day.
fn read(cell: &str) -> Option<Reading> {
    RowEnd::parse(cell, SOME_DAY, None).ok().flatten().map(|end| end.reading)
}

/// What stands in a cell, unless it is empty.
pub(super) fn cell(row: &[String], at: usize) -> Option<&str> {
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

/// Whether at least half of what stands in a column names a network.
fn are_mostly_networks(rows: &[&Row], at: usize) -> bool {
    let networks = cells(rows, at).filter(|cell| is_like_a_network(cell)).count();
    networks > 0 && networks * 2 >= cells(rows, at).count()
}

/// Whether a column holds nothing but small numbers: of days, say.
fn are_counts(rows: &[&Row], at: usize) -> bool {
    cells(rows, at).next().is_some() && cells(rows, at).all(is_count)
}

pub(super) fn is_count(cell: &str) -> bool {
    (1..=4).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
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
    let is_named = has_ending && !cell.contains('@');
    // A date in the name of a document makes it no date.
    cell.contains("://") || is_named && (ends_as_a_document(cell) || !is_like_a_date(cell))
}
