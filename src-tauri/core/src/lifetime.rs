//! How long a link lives: from a person's choice to the second at which it ends.
//!
//! Here: arithmetic with the calendar of a time zone. Deliberately not here: the present time and
//! the computer's zone (both are passed in), whether the clock can be believed (`clock`), and words
//! for people (the window's).
//!
//! Days are calendar days and not 24 hours: "seven days" from Friday 15:00 ends on Friday 15:00,
//! also when the clocks change in between. Where the clocks change at the very moment of the end,
//! a time that does not exist becomes the first moment after the gap, and a time that comes twice
//! becomes the second one: a link never ends sooner than promised.

use chrono::{DateTime, Days, Months, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};

use crate::moment::Reading;

/// The furthest end that can be chosen, in calendar years from now.
pub const MOST_YEARS: u32 = 20;

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
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LifetimeError {
    /// The end has passed, or is this very second.
    #[error("that time is over")]
    Over,
    /// Further away than a link should live.
    #[error("that time is more than {years} years away")]
    TooFar {
        /// [`MOST_YEARS`].
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
            Self::Written(reading) => return reading.end(now, zone),
            Self::Until(wanted) => {
                let furthest = local.checked_add_months(Months::new(MOST_YEARS * 12));
                if furthest.is_none_or(|furthest| *wanted > furthest) {
                    return Err(LifetimeError::TooFar { years: MOST_YEARS });
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

/// Reads `2026-12-01T17:00` or `2026-12-01T17:00:30`, as a date-and-time field gives it; `None` for any
/// other text, a zone behind the time too, and for dates that do not exist.
pub fn local_time(text: &str) -> Option<NaiveDateTime> {
    // Chrono's reader is lenient (signs, spaces, years of any length); the shape is checked first.
    let is_shape = |shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            })
    };
    let format = if is_shape("0000-00-00T00:00") {
        "%Y-%m-%dT%H:%M"
    } else if is_shape("0000-00-00T00:00:00") && !text.ends_with(":60") {
        "%Y-%m-%dT%H:%M:%S"
    } else {
        return None;
    };
    NaiveDateTime::parse_from_str(text, format).ok()
}

/// What clocks in `zone` show at a moment; `None` outside the calendar.
pub fn local_at<Z: TimeZone>(moment: i64, zone: &Z) -> Option<NaiveDateTime> {
    let local = DateTime::from_timestamp(moment, 0)?.with_timezone(zone);
    local.naive_utc().checked_add_offset(local.offset().fix())
}

fn after(now: i64, seconds: i64) -> Result<i64, LifetimeError> {
    now.checked_add(seconds).ok_or(LifetimeError::Invalid)
}

/// The moment at which clocks in `zone` show `wanted`; see the module's header for gaps and folds.
///
/// Asks the zone only for its offset at a moment, which has exactly one answer. (Asking it for the
/// moment of a local time has none in a gap, and then tells nothing about where the gap ends.)
pub fn moment<Z: TimeZone>(wanted: NaiveDateTime, zone: &Z) -> Option<i64> {
    // No zone is further than 14 hours from UTC, so the moment lies well inside this window, and no
    // zone changes its clocks twice in three days.
    let window = TimeDelta::hours(36);
    let wanted_as_utc = wanted.and_utc().timestamp();
    let before = wanted.checked_sub_signed(window)?.and_utc().timestamp();
    let behind = wanted.checked_add_signed(window)?.and_utc().timestamp();
    let first = offset_at(before, zone)?;
    let last = offset_at(behind, zone)?;

    let showing = [first, last]
        .into_iter()
        .filter_map(|offset| {
            let moment = wanted_as_utc - offset;
            (offset_at(moment, zone) == Some(offset)).then_some(moment)
        })
        .max();
    showing.or_else(|| first_moment_with_other_offset(before, behind, first, zone))
}

/// Halves `before..behind` until it ends at the first second whose offset is not `offset`.
fn first_moment_with_other_offset<Z: TimeZone>(
    mut before: i64,
    mut behind: i64,
    offset: i64,
    zone: &Z,
) -> Option<i64> {
    while behind - before > 1 {
        let middle = before + (behind - before) / 2;
        if offset_at(middle, zone)? == offset {
            before = middle;
        } else {
            behind = middle;
        }
    }
    Some(behind)
}

/// Seconds east of UTC at a moment.
fn offset_at<Z: TimeZone>(moment: i64, zone: &Z) -> Option<i64> {
    let utc = DateTime::from_timestamp(moment, 0)?.naive_utc();
    let offset = zone.offset_from_utc_datetime(&utc).fix();
    Some(i64::from(offset.local_minus_utc()))
}

#[cfg(test)]
#[path = "lifetime_tests.rs"]
mod tests;
