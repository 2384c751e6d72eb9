//! When a working day ends: until then a link works that is to work until a day.
//!
//! Whoever says "until Friday" means neither the minute at which they said it nor midnight, when nobody is
//! there to help a reader whom the link shuts out.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike};

use crate::calendar::{local_at, moment};
use crate::moment::{Reading, read};

/// A link that ends today works at least so many seconds, as one of an hour does; later it has the rest of
/// the day.
const LEAST_OF_TODAY: i64 = 3_600;

/// The minute at which the working day ends, never midnight, at which no day ends that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayEnd(NaiveTime);

impl DayEnd {
    /// 18:00.
    pub const USUAL: Self =
        Self(NaiveTime::from_hms_opt(18, 0, 0).expect("a clock shows this time"));

    /// Reads a time of day as everything else reads one: `18:00`, `17.30`, `6 pm`. `None` for any other text,
    /// for midnight and for what has seconds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let day = NaiveDate::from_ymd_opt(2000, 1, 1)?;
        // A text with a day of its own is read as no time behind this one.
        let Ok(Reading::Local(local)) = read(&format!("2000-01-01 {}", text.trim()), day, None)
        else {
            return None;
        };
        let time = local.time();
        let is_minute = time.second() == 0 && time != NaiveTime::MIN;
        (local.date() == day && is_minute).then_some(Self(time))
    }

    /// The end of this day on a clock that shows it in `zone`. Today ends with the last second where the
    /// working day is over, or nearly. `None` outside the calendar.
    pub(crate) fn on<Z: TimeZone>(
        self,
        day: NaiveDate,
        now: i64,
        zone: &Z,
    ) -> Option<NaiveDateTime> {
        let end = day.and_time(self.0);
        let is_today = local_at(now, zone)?.date() == day;
        let is_nearly_over = is_today && moment(end, zone)?.checked_sub(now)? < LEAST_OF_TODAY;
        if is_nearly_over { day.and_hms_opt(23, 59, 59) } else { Some(end) }
    }
}

/// `18:00`.
impl fmt::Display for DayEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::DayEnd;

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (text, expected) in [
            ("18:00", Some("18:00")),
            (" 17:30 ", Some("17:30")),
            ("9:05", Some("09:05")),
            ("6 pm", Some("18:00")),
            ("5:30pm", Some("17:30")),
            ("12 pm", Some("12:00")),
            ("23:59", Some("23:59")),
            ("00:01", Some("00:01")),
            ("", None),
            ("00:00", None),
            ("12 am", None),
            ("24:00", None),
            ("25:00", None),
            ("18:60", None),
            ("18:00:30", None),
            ("18:00 UTC", None),
            ("18:00+01:00", None),
            ("18:00Z", None),
            ("tomorrow 18:00", None),
            ("2000-01-02 18:00", None),
            ("evening", None),
            ("7 days", None),
        ] {
            let read = DayEnd::parse(text).map(|end| end.to_string());
            assert_eq!(read.as_deref(), expected, "{text:?}");
        }
        assert_eq!(DayEnd::parse("18:00"), Some(DayEnd::USUAL));
    }
}
