//! A point in time as people, spreadsheets and programs write it.
//!
//! Here: one reader for the end of a single link, the ends in a list and the times of the terminal, so
//! that a date is the same day wherever it is typed. Deliberately not here: the present time and the
//! computer's zone (today is passed in), how far away an end may be ([`crate::lifetime`]), and words for
//! people.
//!
//! What can be read in two ways is not read: it is handed back with both. What is almost a date is
//! handed back with the one that was probably meant, for a person to say yes to. Nothing is guessed.

mod pattern;
mod span;
mod token;
mod words;
mod zone;

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Weekday};
use thiserror::Error;

use crate::calendar::{at_offset, local_at};
use crate::folding::folded;

pub use span::Span;

/// No date is longer, with the zone in words that JavaScript writes behind it.
const MAX_BYTES: usize = 120;

/// A point in time that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[serde(into = "String")]
pub enum Reading {
    /// A day without a time of day.
    Day {
        /// The day.
        day: NaiveDate,
        /// Seconds east of UTC, where the text says so; otherwise it is the writer's own day.
        offset: Option<i32>,
    },
    /// A date and time on the writer's clock.
    Local(NaiveDateTime),
    /// A second of Unix time, for the text said its zone.
    Moment(i64),
    /// A span from now on.
    Span(Span),
}

/// Which number of `5/6/2026` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 5 June.
    DayFirst,
    /// 6 May.
    MonthFirst,
}

/// A unit that is finer than the seconds of a link's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FineUnit {
    /// A thousandth, as JavaScript and Java count.
    Milliseconds,
    /// A millionth.
    Microseconds,
    /// A billionth.
    Nanoseconds,
}

/// Why a text is not a point in time.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum MomentError {
    /// It is no date, no time and no span.
    #[error("no date can be read in it")]
    Unreadable {
        /// What was probably meant.
        suggestion: Option<Reading>,
    },
    /// It can be read in two ways.
    #[error("it can be read in two ways")]
    Ambiguous {
        /// Both.
        readings: [Reading; 2],
        /// Whether they differ by which number is the day, so that [`Order`] settles it.
        #[serde(skip)]
        by_order: bool,
    },
    /// The calendar has no such day.
    #[error("there is no such day")]
    NoSuchDay {
        /// What was probably meant.
        suggestion: Option<Reading>,
    },
    /// No clock shows such a time.
    #[error("there is no such time of day")]
    NoSuchTime,
    /// The date falls on another day of the week than it says.
    #[error("that day is another day of the week")]
    OtherWeekday {
        /// The one on which it falls.
        #[serde(skip)]
        is: Weekday,
        /// The date without the weekday.
        #[serde(rename = "suggestion")]
        reading: Reading,
    },
    /// The zone has no one offset, or is not in force on that day.
    #[error("the zone {name} does not say one time")]
    UnknownZone {
        /// As it was written, in capitals.
        name: String,
    },
    /// A number of Unix time in a finer unit than seconds.
    #[error("that is finer than seconds")]
    TooFine {
        /// The unit.
        unit: FineUnit,
        /// The same point in time in seconds.
        #[serde(rename = "suggestion", serialize_with = "as_reading")]
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        seconds: i64,
    },
}

/// Reads a point in time as somebody writes it `today`: `2026-12-31`, `31.12.2026 17:00`,
/// `Fri 4 Dec 2026, 5 pm`, `2026-12-31T17:00:00+01:00`, `1798736400`, `tomorrow`, `in 3 weeks`.
///
/// A date without a year is the next such day. An `order` settles which number is the day where the text
/// alone does not.
///
/// # Errors
/// [`MomentError`].
pub fn read(text: &str, today: NaiveDate, order: Option<Order>) -> Result<Reading, MomentError> {
    let text = text.trim().trim_matches(['"', '\'', '“', '”', '„', '«', '»', '`']);
    if !is_a_line(text) {
        return Err(MomentError::Unreadable { suggestion: None });
    }
    if let Some(number) = number(text) {
        return number;
    }
    let folded = folded(text);
    let spaced = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(span) = Span::read(&spaced) {
        return Ok(Reading::Span(span));
    }
    let tokens = token::of(&folded);
    pattern::read(&tokens, today, order).map_err(|error| match error {
        MomentError::Unreadable { suggestion: None } => {
            MomentError::Unreadable { suggestion: pattern::read_leniently(&tokens, today, order) }
        }
        other => other,
    })
}

/// Which number of `31/12/2026` is the day, where the text can be read in one order only; `None` for
/// texts that do not tell.
#[must_use]
pub fn order_shown(text: &str, today: NaiveDate) -> Option<Order> {
    let is_pattern = text.len() <= MAX_BYTES && text.contains(['/', '-']);
    is_pattern.then(|| pattern::order_shown(&token::of(&folded(text)), today))?
}

/// Whether a text says another time when it is read on another day, as `tomorrow`, `Friday` and a date
/// without its year do: under a clock that is wrong it is not what was meant.
#[must_use]
pub fn is_by_today(text: &str, order: Option<Order>) -> bool {
    // They have neither day, month, year nor day of the week in common.
    let on = |year, ordinal| read(text, NaiveDate::from_yo_opt(year, ordinal)?, order).ok();
    on(2026, 63) != on(2037, 288)
}

/// Reads a span alone: `7 days`, `7d`, `168h`, `in 3 weeks`.
#[must_use]
pub fn read_span(text: &str) -> Option<Span> {
    is_a_line(text).then(|| Span::read(&folded(text)))?
}

/// A text that a person can have typed as a date: what cannot be seen is no part of one.
fn is_a_line(text: &str) -> bool {
    let is_seen = |c: char| !c.is_control() || c == '\t';
    !text.is_empty() && text.len() <= MAX_BYTES && text.chars().all(is_seen)
}

/// A text that is one number: a second of Unix time, or a day as `20261231`.
fn number(text: &str) -> Option<Result<Reading, MomentError>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let is_whole = !text.contains('.');
    let unreadable = MomentError::Unreadable { suggestion: None };
    let Ok(value) = whole.parse::<u64>() else {
        return Some(Err(unreadable));
    };
    Some(match whole.len() {
        8 if is_whole => match token::compact_date(value) {
            Some(day) => Ok(Reading::Day { day, offset: None }),
            None => Err(unreadable),
        },
        9..=11 => i64::try_from(value).map(Reading::Moment).map_err(|_| unreadable),
        12.. => match finer(value) {
            Some((unit, seconds)) => Err(MomentError::TooFine { unit, seconds }),
            None => Err(unreadable),
        },
        // `10.12` may be a day.
        _ if !is_whole => return None,
        _ => Err(unreadable),
    })
}

/// The unit and the seconds of a number that is too large to be seconds of any year that people plan for;
/// `None` for seconds.
#[must_use]
pub fn finer(number: u64) -> Option<(FineUnit, i64)> {
    let (unit, each) = match number {
        0..=99_999_999_999 => return None,
        100_000_000_000..=99_999_999_999_999 => (FineUnit::Milliseconds, 1_000),
        100_000_000_000_000..=99_999_999_999_999_999 => (FineUnit::Microseconds, 1_000_000),
        _ => (FineUnit::Nanoseconds, 1_000_000_000),
    };
    Some((unit, i64::try_from(number / each).ok()?))
}

/// A spreadsheet's number of a day, counted from 1900, perhaps with a part of the day behind it: 46387
/// is 31 December 2026, 46387.708333 its 17:00. Of numbers only these are days: from 2000 to 2099.
#[must_use]
pub fn read_day_number(text: &str) -> Option<Reading> {
    let text = text.trim().replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !is_number(whole) || !is_number(fraction) || fraction.len() > 17 {
        return None;
    }
    let days: u64 = whole.parse().ok().filter(|days| (36_526..73_051).contains(days))?;
    // Day 60 is 29 February 1900, which never was; all days that are read lie behind it.
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))?;
    let part: f64 = format!("0.{fraction}0").parse().ok()?;
    if part == 0.0 {
        return Some(Reading::Day { day, offset: None });
    }
    // Spreadsheets cut the fraction, so the second before is as near as the second behind.
    let seconds = (part * 86_400.0).round() as i64;
    let midnight = day.and_time(NaiveTime::MIN);
    midnight.checked_add_signed(chrono::TimeDelta::seconds(seconds)).map(Reading::Local)
}

impl Reading {
    /// What this computer's clock shows when something begins that begins then: a day without a time
    /// means its first second. `None` outside the calendar.
    pub fn beginning<Z: TimeZone>(self, now: i64, zone: &Z) -> Option<NaiveDateTime> {
        match self {
            Self::Day { day, offset: None } => Some(day.and_time(NaiveTime::MIN)),
            Self::Day { day, offset: Some(offset) } => {
                local_at(at_offset(Some(day.and_time(NaiveTime::MIN)), offset)?, zone)
            }
            Self::Local(local) => Some(local),
            Self::Moment(moment) => local_at(moment, zone),
            Self::Span(Span::Seconds(seconds)) => local_at(now.checked_add(seconds)?, zone),
            Self::Span(span) => span.calendar(local_at(now, zone)?),
        }
    }

    /// The second of Unix time where clocks are UTC's and a day begins at 0:00, as the AWS CLI reads a
    /// time without a zone. `None` for spans and outside the calendar.
    #[must_use]
    pub fn in_utc(self) -> Option<i64> {
        match self {
            Self::Day { day, offset } => {
                at_offset(Some(day.and_time(NaiveTime::MIN)), offset.unwrap_or(0))
            }
            Self::Local(local) => Some(local.and_utc().timestamp()),
            Self::Moment(moment) => Some(moment),
            Self::Span(_) => None,
        }
    }

    /// For a sentence: `Thursday 31 December 2026, 17:00`.
    #[must_use]
    pub fn in_words(self) -> String {
        let at = |local: NaiveDateTime| local.format("%A %-d %B %Y, %H:%M").to_string();
        match self {
            Self::Day { day, .. } => day.format("%A %-d %B %Y").to_string(),
            Self::Local(local) => at(local),
            Self::Moment(moment) => match DateTime::from_timestamp(moment, 0) {
                Some(utc) => format!("{} UTC", at(utc.naive_utc())),
                None => moment.to_string(),
            },
            Self::Span(Span::Seconds(seconds)) => format!("{seconds} seconds"),
            Self::Span(Span::Days(days)) => format!("{days} days"),
            Self::Span(Span::Months(months)) => format!("{months} months"),
        }
    }
}

impl From<Reading> for String {
    fn from(reading: Reading) -> Self {
        reading.to_string()
    }
}

/// A text that is read as the same point in time by everybody.
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day { day, offset: None } => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Day { day, offset: Some(seconds) } => {
                let offset = FixedOffset::east_opt(*seconds).ok_or(fmt::Error)?;
                write!(f, "{} UTC{offset}", day.format("%Y-%m-%d"))
            }
            Self::Local(local) if local.format("%S").to_string() == "00" => {
                write!(f, "{}", local.format("%Y-%m-%d %H:%M"))
            }
            Self::Local(local) => write!(f, "{}", local.format("%Y-%m-%d %H:%M:%S")),
            Self::Moment(moment) => match DateTime::from_timestamp(*moment, 0) {
                Some(utc) => write!(f, "{}", utc.format("%Y-%m-%dT%H:%M:%SZ")),
                None => write!(f, "{moment}"),
            },
            Self::Span(_) => f.write_str(&self.in_words()),
        }
    }
}

/// A second crosses as every reading does: a person says yes to it, and it is typed.
fn as_reading<S: serde::Serializer>(seconds: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Reading::Moment(*seconds))
}

#[cfg(test)]
mod tests;
