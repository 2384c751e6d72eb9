//! Zones and offsets as they are written behind a time.
//!
//! Only names that mean one offset are here. *CET* in July is a time that no clock shows, and whoever
//! writes it means the clock on the wall: it is refused, for an hour would be lost or won silently.

use chrono::{Datelike, NaiveDate, Weekday};

/// In which half of the year a name is in force.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Always,
    EuropeWinter,
    EuropeSummer,
    AmericaWinter,
    AmericaSummer,
}

use Half::{Always, AmericaSummer, AmericaWinter, EuropeSummer, EuropeWinter};

/// Hours east of UTC.
const NAMES: [(&str, i32, Half); 21] = [
    ("z", 0, Always),
    ("utc", 0, Always),
    ("gmt", 0, Always),
    ("zulu", 0, Always),
    ("wet", 0, EuropeWinter),
    ("west", 1, EuropeSummer),
    ("cet", 1, EuropeWinter),
    ("cest", 2, EuropeSummer),
    ("mez", 1, EuropeWinter),
    ("mesz", 2, EuropeSummer),
    ("eet", 2, EuropeWinter),
    ("eest", 3, EuropeSummer),
    ("est", -5, AmericaWinter),
    ("edt", -4, AmericaSummer),
    ("cdt", -5, AmericaSummer),
    ("mst", -7, AmericaWinter),
    ("mdt", -6, AmericaSummer),
    ("pst", -8, AmericaWinter),
    ("pdt", -7, AmericaSummer),
    ("msk", 3, Always),
    ("jst", 9, Always),
];

/// Names that mean several zones, or a place: known, so that they can be called so.
const OTHERS: [&str; 15] = [
    "cst", "bst", "ist", "ct", "et", "pt", "mt", "ast", "sst", "akst", "hst", "aest", "aedt",
    "acst", "nzst",
];

/// A zone by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone(usize);

impl Zone {
    /// Before which an offset may stand: `GMT+0100`.
    pub(super) fn is_utc(self) -> bool {
        matches!(NAMES[self.0], ("utc" | "gmt", ..))
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        NAMES.iter().position(|(name, ..)| *name == word).map(Self)
    }

    /// Seconds east of UTC; `None` on a day on which no clock shows this zone.
    pub(super) fn offset_on(self, day: NaiveDate) -> Option<i32> {
        let (_, hours, half) = NAMES[self.0];
        let is_in_force = match half {
            Always => true,
            EuropeSummer => is_summer_in_europe(day)?,
            EuropeWinter => !is_summer_in_europe(day)?,
            AmericaSummer => is_summer_in_america(day)?,
            AmericaWinter => !is_summer_in_america(day)?,
        };
        is_in_force.then_some(hours * 3_600)
    }
}

/// Whether a word is the name of a zone that cannot be used.
pub(super) fn is_other_zone(word: &str) -> bool {
    OTHERS.contains(&word)
}

/// From the last Sunday of March to the last of October.
fn is_summer_in_europe(day: NaiveDate) -> Option<bool> {
    let last_sunday = |month: u32| {
        let last = NaiveDate::from_ymd_opt(day.year(), month, 31)?;
        last.checked_sub_days(chrono::Days::new(last.weekday().num_days_from_sunday().into()))
    };
    Some(day >= last_sunday(3)? && day < last_sunday(10)?)
}

/// From the second Sunday of March to the first of November.
fn is_summer_in_america(day: NaiveDate) -> Option<bool> {
    let sunday = |month: u32, n: u8| {
        NaiveDate::from_weekday_of_month_opt(day.year(), month, Weekday::Sun, n)
    };
    Some(day >= sunday(3, 2)? && day < sunday(11, 1)?)
}
