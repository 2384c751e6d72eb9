//! Whether the computer's clock can be believed.
//!
//! Here: one plain check with fixed bounds, the end of what lives for a span from now, and a
//! comparison with the time in a site's answer. Deliberately not here: reading the clock (callers
//! pass the time in), and asking anybody for the right time (nothing connects anywhere unasked).
//!
//! Why: a link's end is a number computed from this computer's clock. With an empty battery the
//! clock says 1970 or 2010, and every link would be dead when it is made; with a clock decades
//! ahead a link meant for an hour would live for years. Neither shows in the link itself. The
//! bounds are constants and not the build's date, so that a build from the same source is the same
//! program; they cannot catch a clock that is wrong by hours.
//!
//! The rule, for every door: under a clock that cannot be believed no end is computed, so there is no
//! link and no cookie. An end that is *given*, as a date and time with its zone or in seconds, needs
//! no clock: it is signed as it stands, with a warning, because scripts in containers that begin in
//! 1970 rely on it, and it means the same on every computer. The window has no such end (its dates
//! are judged by the clock, and its history is sorted by it), so there nothing is made.

use chrono::DateTime;
use thiserror::Error;

/// 2026-01-01T00:00:00Z: before this program existed.
pub const EARLIEST: i64 = 1_767_225_600;

/// 2046-01-01T00:00:00Z: twenty years later.
pub const LATEST: i64 = 2_398_377_600;

/// Whether `now`, in seconds since the Unix epoch, lies in the years 2026 to 2045.
#[must_use]
pub fn plausible_clock(now: i64) -> bool {
    (EARLIEST..LATEST).contains(&now)
}

/// The clock says a time that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the clock of this computer is wrong")]
pub struct ClockWrong {
    /// What it says, in seconds since the Unix epoch.
    pub now: i64,
}

/// Believes the clock, or says that it is wrong.
///
/// # Errors
/// [`ClockWrong`] where [`plausible_clock`] says no.
pub fn believe(now: i64) -> Result<(), ClockWrong> {
    if plausible_clock(now) { Ok(()) } else { Err(ClockWrong { now }) }
}

/// The second, so many seconds after `now`, at which something ends.
///
/// # Errors
/// [`ClockWrong`] where [`plausible_clock`] says no.
pub fn end_after(now: i64, seconds: i64) -> Result<i64, ClockWrong> {
    believe(now)?;
    Ok(now.saturating_add(seconds))
}

/// So far a clock may be from a site's and still be called right.
///
/// `Date` has whole seconds, each cache on the way rounds `Age` to a second, and the answer may have
/// been on its way for the ten seconds that a trial takes at most. Half a minute covers that, and a
/// link that ends half a minute off is still what was meant.
const TOLERANCE: u64 = 30;

/// This computer's clock beside a site's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "TrialClockView"))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Comparison {
    /// They agree.
    Right,
    /// This computer's is later: links end later than they say.
    Ahead {
        /// By so much.
        seconds: u64,
    },
    /// This computer's is earlier: links end sooner than they say.
    Behind {
        /// By so much.
        seconds: u64,
    },
}

/// Compares `now`, in seconds since the Unix epoch, with the headers `Date` and `Age` of an answer
/// that has just come. `None` where they cannot be read.
#[must_use]
pub fn compare(now: i64, date: &str, age: Option<&str>) -> Option<Comparison> {
    let date = DateTime::parse_from_rfc2822(date).ok()?.timestamp();
    // What comes from a cache says when it was first sent, and for how long it has lain there.
    let age: u32 = age.map_or(Some(0), |age| age.trim().parse().ok())?;
    let theirs = date.saturating_add(i64::from(age));
    let seconds = now.abs_diff(theirs);
    Some(match seconds {
        0..=TOLERANCE => Comparison::Right,
        _ if now > theirs => Comparison::Ahead { seconds },
        _ => Comparison::Behind { seconds },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_compared_with_the_second_of_the_answer() {
        const DATE: &str = "Tue, 24 Nov 2026 09:00:00 GMT";
        const THEIRS: i64 = 1_795_510_800;
        for (now, age, expected) in [
            (THEIRS, None, Comparison::Right),
            (THEIRS + 30, None, Comparison::Right),
            (THEIRS - 30, None, Comparison::Right),
            (THEIRS + 31, None, Comparison::Ahead { seconds: 31 }),
            (THEIRS - 31, None, Comparison::Behind { seconds: 31 }),
            (THEIRS + 86_400, Some("86400"), Comparison::Right),
            (THEIRS, Some(" 420 "), Comparison::Behind { seconds: 420 }),
            (0, None, Comparison::Behind { seconds: 1_795_510_800 }),
        ] {
            assert_eq!(compare(now, DATE, age), Some(expected), "{now} {age:?}");
        }
        assert!(compare(i64::MAX, DATE, Some("4294967295")).is_some());
        assert!(compare(i64::MIN, DATE, None).is_some());
        for (date, age) in [
            ("", None),
            ("yesterday", None),
            ("Wed, 24 Nov 2026 09:00:00 GMT", None),
            ("Tue, 99 Nov 2026 09:00:00 GMT", None),
            (DATE, Some("-1")),
            (DATE, Some("long")),
        ] {
            assert_eq!(compare(THEIRS, date, age), None, "{date:?} {age:?}");
        }
    }

    #[test]
    fn the_bounds_are_the_dates_they_say() {
        for (seconds, date) in
            [(EARLIEST, "2026-01-01T00:00:00+00:00"), (LATEST, "2046-01-01T00:00:00+00:00")]
        {
            let time = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(time.to_rfc3339(), date);
        }
    }

    #[test]
    fn clocks_decades_off_are_not_believed() {
        let cases = [
            ("1970", 0, false),
            ("before the epoch", -1, false),
            ("the second before", EARLIEST - 1, false),
            ("the first second", EARLIEST, true),
            ("November 2026", 1_795_500_000, true),
            ("after 2038", 2_200_000_000, true),
            ("the last second", LATEST - 1, true),
            ("2046", LATEST, false),
            ("milliseconds taken for seconds", 1_795_500_000_000, false),
            ("the largest", i64::MAX, false),
            ("the smallest", i64::MIN, false),
        ];
        for (name, now, expected) in cases {
            assert_eq!(plausible_clock(now), expected, "{name}");
            let end = if expected { Ok(now + 300) } else { Err(ClockWrong { now }) };
            assert_eq!(end_after(now, 300), end, "{name}");
            assert_eq!(believe(now), end.map(drop), "{name}");
        }
    }
}
