//! Whether the computer's clock can be believed.
//!
//! Here: one plain check with fixed bounds. Deliberately not here: reading the clock (callers pass
//! the time in), and asking anybody for the right time (nothing connects anywhere unasked).
//!
//! Why: a link's end is a number computed from this computer's clock. With an empty battery the
//! clock says 1970 or 2010, and every link would be dead when it is made; with a clock decades
//! ahead a link meant for an hour would live for years. Neither shows in the link itself. The
//! bounds are constants and not the build's date, so that a build from the same source is the same
//! program; they cannot catch a clock that is wrong by hours.

/// 2026-01-01T00:00:00Z: before this program existed.
pub const EARLIEST: i64 = 1_767_225_600;

/// 2046-01-01T00:00:00Z: twenty years later.
pub const LATEST: i64 = 2_398_377_600;

/// Whether `now`, in seconds since the Unix epoch, lies in the years 2026 to 2045.
#[must_use]
pub fn plausible_clock(now: i64) -> bool {
    (EARLIEST..LATEST).contains(&now)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        }
    }
}
