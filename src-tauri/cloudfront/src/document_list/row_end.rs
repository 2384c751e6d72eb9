//! When one document's link shall end, as people write it in a table.

use chrono::{NaiveDate, TimeZone};
use thiserror::Error;

use crate::lifetime::{self, LifetimeError};
use crate::moment::{self, MomentError, Order, Reading};

/// A day from which ends are told from other text; which one it is decides nothing.
pub(super) const SOME_DAY: NaiveDate =
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day of the calendar");

/// An end that was written in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowEnd {
    /// What it says.
    pub reading: Reading,
    /// Whether it is a spreadsheet's number of a day, `46387`: nobody sees from it which day that is.
    pub is_day_number: bool,
}

/// Why a text says no end.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[error("no end: {why}")]
pub struct RowEndError {
    /// As it was written.
    pub text: String,
    /// What is wrong with it.
    #[serde(flatten)]
    pub why: MomentError,
}

impl RowEnd {
    /// Reads an end as [`moment::read`] does, and a spreadsheet's number of a day. `None` for an empty
    /// text.
    ///
    /// # Errors
    /// [`RowEndError`].
    pub fn parse(
        text: &str,
        today: NaiveDate,
        order: Option<Order>,
    ) -> Result<Option<Self>, RowEndError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(reading) = moment::read_day_number(text) {
            return Ok(Some(Self { reading, is_day_number: true }));
        }
        match moment::read(text, today, order) {
            Ok(reading) => Ok(Some(Self { reading, is_day_number: false })),
            Err(why) => Err(RowEndError { text: text.to_owned(), why }),
        }
    }

    /// The second at which a link made `now` ends.
    ///
    /// # Errors
    /// [`LifetimeError`].
    pub fn expires_at<Z: TimeZone>(&self, now: i64, zone: &Z) -> Result<i64, LifetimeError> {
        lifetime::end_of(self.reading, now, zone)
    }
}

/// Whether a cell says a day, a time or a span, rightly or not: what stands in a column of them is an
/// end to somebody.
pub(super) fn is_like_a_date(cell: &str) -> bool {
    // A number alone is a second of Unix time only in the years that links are made for, or else it
    // may be anything, a telephone's too.
    let cell = cell.trim();
    if !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = cell.parse::<u64>().unwrap_or_default();
        let is_second = |number: u64| (1_600_000_000..2_500_000_000).contains(&number);
        let is_day = cell.len() == 8 && moment::read(cell, SOME_DAY, None).is_ok();
        return is_day || is_second(number) || is_second(number / 1_000);
    }
    match moment::read(cell, SOME_DAY, None) {
        Ok(_) => true,
        Err(MomentError::Unreadable { suggestion }) => {
            suggestion.is_some()
                && cell.bytes().any(|byte| byte.is_ascii_digit())
                && !has_only_decimals(cell)
        }
        Err(_) => true,
    }
}

/// Whether the digits of a text are those of numbers as `12.1 KB` and `v1.2`, beside which words stand.
fn has_only_decimals(cell: &str) -> bool {
    let has_digit = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
    let is_decimal = |word: &str| {
        let number = word.trim_matches(|c: char| !c.is_ascii_digit());
        let parts: Vec<_> = number.split(['.', ',']).collect();
        parts.len() <= 2
            && !word.ends_with('.')
            && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    // A month by its name would make a day of such a number.
    let mut others = cell.split_whitespace().filter(|word| !has_digit(word));
    !others.any(|word| moment::read(&format!("1 {word} 2026"), SOME_DAY, None).is_ok())
        && cell.split_whitespace().filter(has_digit).all(is_decimal)
}

/// Whether a cell is a spreadsheet's number of a day in the years that links are made for.
pub(super) fn is_like_a_day_number(cell: &str) -> bool {
    let days = cell.trim().split(['.', ',']).next().and_then(|days| days.parse::<u32>().ok());
    // 2025 to 2050.
    days.is_some_and(|days| (45_658..55_153).contains(&days))
        && moment::read_day_number(cell).is_some()
}
