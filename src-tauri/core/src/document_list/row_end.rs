//! When one document's link shall end, as people write it in a table.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use thiserror::Error;

use crate::lifetime::{Lifetime, LifetimeError, MOST_YEARS, local_at};

/// An end that was written in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowEnd {
    /// A date and time on this computer's clock.
    Local(NaiveDateTime),
    /// A second of Unix time: the text said its zone.
    Moment(i64),
    /// So many seconds after the link is made.
    Seconds(i64),
    /// The same time of day so many days later.
    Days(u32),
    /// The same time of day so many months later, or the last day of that month.
    Months(u32),
}

/// Why a text says no end.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RowEndError {
    /// It is no date, and no span of time.
    #[error("no end can be read in it")]
    Unreadable {
        /// As it was written.
        text: String,
    },
    /// Day and month could stand either way: `01/02/2026`.
    #[error("day and month can be read in two ways")]
    Ambiguous {
        /// As it was written.
        text: String,
    },
}

impl RowEnd {
    /// Reads `2026-12-31`, `2026-12-31 17:00`, `31.12.2026`, `2026-12-31T17:00:00+01:00`, `7 days` or
    /// `24 hours`. A day without a time means until its last second. `None` for an empty text.
    ///
    /// # Errors
    /// [`RowEndError`].
    pub fn parse(text: &str) -> Result<Option<Self>, RowEndError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let read = moment(text).or_else(|| local(text)).or_else(|| span(text));
        read.map(Some).ok_or_else(|| {
            let text = text.to_owned();
            if text.matches('/').count() == 2 {
                RowEndError::Ambiguous { text }
            } else {
                RowEndError::Unreadable { text }
            }
        })
    }

    /// The second at which a link made `now` ends.
    ///
    /// # Errors
    /// [`LifetimeError`].
    pub fn expires_at<Z: TimeZone>(&self, now: i64, zone: &Z) -> Result<i64, LifetimeError> {
        let local = local_at(now, zone).ok_or(LifetimeError::Invalid)?;
        let too_far = LifetimeError::TooFar { years: MOST_YEARS };
        let until = |wanted: Option<NaiveDateTime>| {
            Lifetime::Until(wanted.ok_or(too_far)?).expires_at(now, zone)
        };
        match *self {
            Self::Local(wanted) => until(Some(wanted)),
            Self::Days(days) => until(local.checked_add_days(Days::new(days.into()))),
            Self::Months(months) => until(local.checked_add_months(Months::new(months))),
            Self::Seconds(seconds) => checked(now.checked_add(seconds).ok_or(too_far)?, now, zone),
            Self::Moment(moment) => checked(moment, now, zone),
        }
    }
}

/// A second that must lie where every other end does.
fn checked<Z: TimeZone>(moment: i64, now: i64, zone: &Z) -> Result<i64, LifetimeError> {
    let local = local_at(moment, zone).ok_or(LifetimeError::TooFar { years: MOST_YEARS })?;
    match Lifetime::Until(local).expires_at(now, zone) {
        Err(error @ LifetimeError::TooFar { .. }) => Err(error),
        // Where clocks show this time twice, the one that was said counts, and not the later one.
        _ if moment <= now => Err(LifetimeError::Over),
        _ => Ok(moment),
    }
}

fn moment(text: &str) -> Option<RowEnd> {
    let read = DateTime::parse_from_rfc3339(text).ok()?;
    Some(RowEnd::Moment(read.timestamp()))
}

fn local(text: &str) -> Option<RowEnd> {
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time.trim())),
        None => (text, None),
    };
    let date = date_of(date)?;
    let time = match time {
        None => NaiveTime::from_hms_opt(23, 59, 59)?,
        Some(time) => NaiveTime::parse_from_str(time, "%H:%M")
            .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
            .ok()?,
    };
    Some(RowEnd::Local(date.and_time(time)))
}

/// Year first, or the day first with dots, as only that order is written with dots.
fn date_of(text: &str) -> Option<NaiveDate> {
    let of = |separator: char| -> Option<Vec<&str>> {
        let parts: Vec<_> = text.split(separator).collect();
        let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (parts.len() == 3 && parts.iter().all(is_number)).then_some(parts)
    };
    let year_first = of('-').or_else(|| of('/')).filter(|parts| parts[0].len() == 4);
    let day_first = || of('.').filter(|parts| parts[2].len() == 4);
    let (year, month, day) = match year_first {
        Some(parts) => (parts[0], parts[1], parts[2]),
        None => day_first().map(|parts| (parts[2], parts[1], parts[0]))?,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn span(text: &str) -> Option<RowEnd> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u32 = number.parse().ok()?;
    let unit = unit.trim().to_lowercase();
    let seconds = |each: i64| {
        let delta = TimeDelta::try_seconds(i64::from(number) * each)?;
        Some(RowEnd::Seconds(delta.num_seconds()))
    };
    match unit.as_str() {
        "min" | "minute" | "minutes" => seconds(60),
        "h" | "hour" | "hours" => seconds(3_600),
        "d" | "day" | "days" => Some(RowEnd::Days(number)),
        "w" | "week" | "weeks" => Some(RowEnd::Days(number.checked_mul(7)?)),
        "month" | "months" => Some(RowEnd::Months(number)),
        "y" | "year" | "years" => Some(RowEnd::Months(number.checked_mul(12)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::London;

    /// 24 November 2026, 12:00 in London.
    const NOW: i64 = 1_795_521_600;
    const DAY: i64 = 86_400;

    fn end(text: &str) -> Result<i64, LifetimeError> {
        RowEnd::parse(text).unwrap().unwrap().expires_at(NOW, &London)
    }

    #[test]
    fn an_end_is_read_as_people_write_it() {
        for (text, expected) in [
            ("2026-12-01", NOW + 7 * DAY + DAY / 2 - 1),
            ("2026-12-01 17:00", NOW + 7 * DAY + 5 * 3_600),
            ("2026-12-01T17:00", NOW + 7 * DAY + 5 * 3_600),
            (" 2026-12-01  17:00:30 ", NOW + 7 * DAY + 5 * 3_600 + 30),
            ("2026/12/1 17:00", NOW + 7 * DAY + 5 * 3_600),
            ("1.12.2026", NOW + 7 * DAY + DAY / 2 - 1),
            ("01.12.2026 17:00", NOW + 7 * DAY + 5 * 3_600),
            ("2026-12-01T17:00:00Z", NOW + 7 * DAY + 5 * 3_600),
            ("2026-12-01T17:00:00+01:00", NOW + 7 * DAY + 4 * 3_600),
            ("7 days", NOW + 7 * DAY),
            ("7d", NOW + 7 * DAY),
            ("1 Week", NOW + 7 * DAY),
            ("24 hours", NOW + DAY),
            ("90 min", NOW + 5_400),
            ("1 month", NOW + 30 * DAY),
            // Summer time begins in between.
            ("6 months", NOW + 181 * DAY - 3_600),
        ] {
            assert_eq!(end(text), Ok(expected), "{text}");
        }
        assert_eq!(RowEnd::parse(" "), Ok(None));
    }

    #[test]
    fn an_end_lies_in_the_years_to_come() {
        for over in ["2026-11-23", "2026-11-24T12:00:00Z", "0 days", "0 h", "2026-11-24 12:00"] {
            assert_eq!(end(over), Err(LifetimeError::Over), "{over}");
        }
        let too_far = LifetimeError::TooFar { years: MOST_YEARS };
        for far in ["2046-11-25", "21 years", "4000000000 h", "9999-01-01T00:00:00Z", "600000000 y"]
        {
            match RowEnd::parse(far) {
                Ok(Some(read)) => assert_eq!(read.expires_at(NOW, &London), Err(too_far), "{far}"),
                other => assert!(matches!(other, Err(RowEndError::Unreadable { .. })), "{far}"),
            }
        }
        assert!(end("20 years").is_ok());
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        for text in ["01/02/2026", "12/31/2026", "31/12/2026 17:00"] {
            let text = text.to_owned();
            assert_eq!(RowEnd::parse(&text), Err(RowEndError::Ambiguous { text: text.clone() }));
        }
        for text in [
            "soon",
            "7",
            "7 m",
            "-7 days",
            "2026-02-30",
            "2026-12-01 25:00",
            "1.2.26",
            "\u{667} days",
        ] {
            let text = text.to_owned();
            assert_eq!(RowEnd::parse(&text), Err(RowEndError::Unreadable { text: text.clone() }));
        }
    }
}
