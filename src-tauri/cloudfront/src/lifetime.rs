//! How long a link lives: from a person's choice to the second at which it ends.
//!
//! Here: arithmetic with the calendar of a time zone. Deliberately not here: the present time and
//! the computer's zone (both are passed in), what its clocks show (`calendar`), whether the clock can be believed (`clock`), and words
//! for people (the window's).
//!
//! Days are calendar days and not 24 hours: "seven days" from Friday 15:00 ends on Friday 15:00,
//! also when the clocks change in between; what becomes of an end in that very hour is said in
//! [`crate::calendar`].

use chrono::{Days, Months, NaiveDateTime, NaiveTime, TimeZone};

use crate::calendar::{at_offset, local_at, local_time, moment};
use crate::moment::{Reading, Span};

/// The furthest end that can be chosen, in calendar years from now.
pub const MAX_YEARS: u32 = 20;

/// When a link ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lifetime {
    /// 60 seconds from now; for practice.
    OneMinute,
    /// 3,600 seconds from now.
    OneHour,
    /// Today at 23:59:59.
    EndOfToday,
    /// The same time of day tomorrow.
    OneDay,
    /// The same time of day seven calendar days later.
    SevenDays,
    /// The same time of day thirty calendar days later.
    ThirtyDays,
    /// A date and time of day in the zone of whoever chose it.
    Until(NaiveDateTime),
    /// Another end that was written: a day alone, a second, or a span.
    Written(Reading),
}

/// Why a lifetime has no end that can be signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LifetimeError {
    /// The end has passed, or is this very second.
    #[error("that time is over")]
    Over,
    /// Further away than a link should live.
    #[error("that time is more than {years} years away")]
    TooFar {
        /// [`MAX_YEARS`].
        years: u32,
    },
    /// Not a date and time.
    #[error("that is not a date and time")]
    Invalid,
}

impl Lifetime {
    /// An end that was read from a text.
    #[must_use]
    pub fn written(reading: Reading) -> Self {
        match reading {
            Reading::Local(local) => Self::Until(local),
            other => Self::Written(other),
        }
    }

    /// Reads a date and time as [`local_time`] does.
    ///
    /// # Errors
    /// [`LifetimeError::Invalid`] for any other text.
    pub fn until(text: &str) -> Result<Self, LifetimeError> {
        local_time(text).map(Self::Until).ok_or(LifetimeError::Invalid)
    }

    /// The second at which the link ends: Unix time, after `now`, computed in `zone`.
    ///
    /// # Errors
    /// [`LifetimeError::Over`] and [`LifetimeError::TooFar`] as they say;
    /// [`LifetimeError::Invalid`] only where `now` is outside the calendar.
    pub fn expires_at<Z: TimeZone>(&self, now: i64, zone: &Z) -> Result<i64, LifetimeError> {
        let local = local_at(now, zone).ok_or(LifetimeError::Invalid)?;
        let wanted = match self {
            Self::OneMinute => return after(now, 60),
            Self::OneHour => return after(now, 3600),
            Self::EndOfToday => {
                NaiveTime::from_hms_opt(23, 59, 59).map(|end| local.date().and_time(end))
            }
            Self::OneDay => local.checked_add_days(Days::new(1)),
            Self::SevenDays => local.checked_add_days(Days::new(7)),
            Self::ThirtyDays => local.checked_add_days(Days::new(30)),
            Self::Written(reading) => return end_of(*reading, now, zone),
            Self::Until(wanted) => {
                let furthest = local.checked_add_months(Months::new(MAX_YEARS * 12));
                if furthest.is_none_or(|furthest| *wanted > furthest) {
                    return Err(LifetimeError::TooFar { years: MAX_YEARS });
                }
                Some(*wanted)
            }
        };
        let end = wanted.and_then(|wanted| moment(wanted, zone)).ok_or(LifetimeError::Invalid)?;
        if end <= now {
            return Err(LifetimeError::Over);
        }
        Ok(end)
    }
}

/// The second at which an end is that was written: a day without a time means until its last second.
fn end_of<Z: TimeZone>(reading: Reading, now: i64, zone: &Z) -> Result<i64, LifetimeError> {
    let too_far = LifetimeError::TooFar { years: MAX_YEARS };
    let local = local_at(now, zone).ok_or(LifetimeError::Invalid)?;
    let until = |wanted: Option<NaiveDateTime>| {
        Lifetime::Until(wanted.ok_or(too_far)?).expires_at(now, zone)
    };
    match reading {
        Reading::Day { day, offset: None } => until(day.and_hms_opt(23, 59, 59)),
        Reading::Day { day, offset: Some(offset) } => {
            let end = at_offset(day.and_hms_opt(23, 59, 59), offset).ok_or(too_far)?;
            checked(end, now, zone)
        }
        Reading::Local(wanted) => until(Some(wanted)),
        Reading::Moment(moment) => checked(moment, now, zone),
        Reading::Span(Span::Seconds(seconds)) => {
            checked(now.checked_add(seconds).ok_or(too_far)?, now, zone)
        }
        Reading::Span(span) => until(span.calendar(local)),
    }
}

/// A second that must lie where every other end does.
fn checked<Z: TimeZone>(moment: i64, now: i64, zone: &Z) -> Result<i64, LifetimeError> {
    let local = local_at(moment, zone).ok_or(LifetimeError::TooFar { years: MAX_YEARS })?;
    match Lifetime::Until(local).expires_at(now, zone) {
        Err(error @ LifetimeError::TooFar { .. }) => Err(error),
        // Where clocks show this time twice, the one that was said counts, and not the later one.
        _ if moment <= now => Err(LifetimeError::Over),
        _ => Ok(moment),
    }
}

fn after(now: i64, seconds: i64) -> Result<i64, LifetimeError> {
    now.checked_add(seconds).ok_or(LifetimeError::Invalid)
}

#[cfg(test)]
mod tests;
