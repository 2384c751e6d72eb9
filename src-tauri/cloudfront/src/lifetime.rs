//! How long a link lives: from a person's choice to the second at which it ends.
//!
//! Here: arithmetic with the calendar of a time zone. Deliberately not here: the present time and
//! the computer's zone (both are passed in), what its clocks show (`calendar`), whether the clock can be believed (`clock`), and words
//! for people (the window's).
//!
//! A lifetime of days ends with a working day ([`DayEnd`]): "one week" from Friday 15:12 ends on Friday at
//! 18:00. Days are the calendar's and not 24 hours, also when the clocks change in between; what becomes of
//! an end in that very hour is said in [`crate::calendar`]. A [`Span`] is somebody's own words, `7d` in a
//! terminal or "7 days" in a list, and ends at the time of day at which it is said.

use chrono::{Days, Months, NaiveDate, NaiveDateTime, TimeZone};

use crate::calendar::{at_offset, local_at, local_time, moment};
use crate::day_end::DayEnd;
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
    /// The end of today's working day; of the whole day where that is over, or nearly.
    EndOfToday,
    /// The end of tomorrow's working day.
    OneDay,
    /// The end of the working day seven calendar days later.
    SevenDays,
    /// The end of the working day thirty calendar days later.
    ThirtyDays,
    /// The end of this working day.
    OnDay(NaiveDate),
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

    /// An end that was written for one link, where a day means its working day: a day alone, or so many days
    /// and months from `now` on.
    #[must_use]
    pub fn written_as_day<Z: TimeZone>(reading: Reading, now: i64, zone: &Z) -> Self {
        let today = || local_at(now, zone);
        let day = match reading {
            Reading::Day { day, offset: None } => Some(day),
            Reading::Span(span @ (Span::Days(_) | Span::Months(_))) => {
                today().and_then(|local| span.calendar(local)).map(|local| local.date())
            }
            _ => None,
        };
        day.map_or_else(|| Self::written(reading), Self::OnDay)
    }

    /// The second at which the link ends: Unix time, after `now`, computed in `zone`.
    ///
    /// # Errors
    /// [`LifetimeError::Over`] and [`LifetimeError::TooFar`] as they say;
    /// [`LifetimeError::Invalid`] only where `now` is outside the calendar.
    pub fn expires_at<Z: TimeZone>(
        &self,
        now: i64,
        day_end: DayEnd,
        zone: &Z,
    ) -> Result<i64, LifetimeError> {
        let local = local_at(now, zone).ok_or(LifetimeError::Invalid)?;
        let day = |days| local.date().checked_add_days(Days::new(days));
        let day = match self {
            Self::OneMinute => return after(now, 60),
            Self::OneHour => return after(now, 3600),
            Self::Until(wanted) => return until(*wanted, now, zone),
            Self::Written(reading) => return end_of(*reading, now, zone),
            Self::EndOfToday => day(0),
            Self::OneDay => day(1),
            Self::SevenDays => day(7),
            Self::ThirtyDays => day(30),
            Self::OnDay(day) => Some(*day),
        };
        let end = day.and_then(|day| day_end.on(day, now, zone)).ok_or(LifetimeError::Invalid)?;
        until(end, now, zone)
    }
}

/// The second at which clocks show this time: after `now`, and no more than [`MAX_YEARS`] away.
fn until<Z: TimeZone>(wanted: NaiveDateTime, now: i64, zone: &Z) -> Result<i64, LifetimeError> {
    let local = local_at(now, zone).ok_or(LifetimeError::Invalid)?;
    let furthest = local.checked_add_months(Months::new(MAX_YEARS * 12));
    if furthest.is_none_or(|furthest| wanted > furthest) {
        return Err(LifetimeError::TooFar { years: MAX_YEARS });
    }
    let end = moment(wanted, zone).ok_or(LifetimeError::Invalid)?;
    if end <= now { Err(LifetimeError::Over) } else { Ok(end) }
}

/// The second at which an end is that was written: a day without a time means until its last second.
pub(crate) fn end_of<Z: TimeZone>(
    reading: Reading,
    now: i64,
    zone: &Z,
) -> Result<i64, LifetimeError> {
    let too_far = LifetimeError::TooFar { years: MAX_YEARS };
    let local = local_at(now, zone).ok_or(LifetimeError::Invalid)?;
    let until = |wanted: Option<NaiveDateTime>| until(wanted.ok_or(too_far)?, now, zone);
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
    match until(local, now, zone) {
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
