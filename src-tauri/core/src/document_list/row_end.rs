//! When one document's link shall end, as people write it in a table.

use chrono::{NaiveDate, TimeZone};
use thiserror::Error;

use crate::lifetime::LifetimeError;
use crate::moment::{self, MomentError, Order, Reading};

/// An end that was written in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowEnd {
    /// What it says.
    pub reading: Reading,
    /// Whether it is a spreadsheet's number of a day, `46387`: nobody sees from it which day that is.
    pub is_day_number: bool,
}

/// Why a text says no end.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no end: {why}")]
pub struct RowEndError {
    /// As it was written.
    pub text: String,
    /// What is wrong with it.
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
        self.reading.end(now, zone)
    }
}
