//! Spans of time: `7 days`, `168h`, `in 3 weeks`.

use chrono::{Days, Months, NaiveDateTime, TimeZone};

use crate::calendar::{local_at, moment};

/// A span from a moment on.
///
/// Days, weeks, months and years are the calendar's, so that "7 days" from Friday 15:00 end on Friday
/// 15:00 though the clocks change in between; minutes and hours are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// So many seconds.
    Seconds(i64),
    /// The same time of day so many days later.
    Days(u32),
    /// The same time of day so many months later, or the last day of that month.
    Months(u32),
}

/// Every unit in each of its words, folded. A single `m` is none: it is minutes to one and months to
/// another.
const UNITS: [(&[&str], Unit); 7] = [
    (
        &[
            "s", "sec", "secs", "second", "seconds", "sekunde", "sekunden", "seconde", "secondes",
            "segundo", "segundos",
        ],
        Unit::Seconds(1),
    ),
    (&["min", "mins", "minute", "minutes", "minuten", "minuto", "minutos"], Unit::Seconds(60)),
    (
        &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures",
            "hora", "horas",
        ],
        Unit::Seconds(3_600),
    ),
    (
        &["d", "day", "days", "t", "tag", "tage", "tagen", "j", "jour", "jours", "dia", "dias"],
        Unit::Days(1),
    ),
    (
        &[
            "w", "wk", "wks", "week", "weeks", "woche", "wochen", "semaine", "semaines", "semana",
            "semanas",
        ],
        Unit::Days(7),
    ),
    (&["month", "months", "monat", "monate", "monaten", "mois", "mes", "meses"], Unit::Months(1)),
    (
        &[
            "y", "yr", "yrs", "year", "years", "jahr", "jahre", "jahren", "an", "ans", "annee",
            "annees", "ano", "anos",
        ],
        Unit::Months(12),
    ),
];

const ONE: [&str; 9] = ["a", "an", "one", "ein", "eine", "einem", "einer", "un", "une"];

const BEFORE: [&str; 5] = ["in", "for", "dans", "en", "fur"];

#[derive(Clone, Copy)]
enum Unit {
    Seconds(u32),
    Days(u32),
    Months(u32),
}

impl Span {
    /// Reads `7 days`, `7d`, `168h`, `in 3 weeks`, `2 Wochen`, `a month`, from a folded text.
    pub(super) fn read(folded: &str) -> Option<Self> {
        let mut text = folded.trim();
        if let Some((first, rest)) = text.split_once(' ')
            && BEFORE.contains(&first)
        {
            text = rest.trim_start();
        }
        let text = text.strip_suffix(" from now").unwrap_or(text);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = match digits {
            0 => {
                let (one, unit) = text.split_once(' ')?;
                (ONE.contains(&one).then_some(1)?, unit)
            }
            _ => {
                let (count, unit) = text.split_at_checked(digits)?;
                (count.parse::<u32>().ok()?, unit)
            }
        };
        let unit = unit.trim();
        let (_, unit) = UNITS.iter().find(|(names, _)| names.contains(&unit))?;
        Some(match unit {
            Unit::Seconds(each) => Self::Seconds(i64::from(*each) * i64::from(count)),
            Unit::Days(each) => Self::Days(each.checked_mul(count)?),
            Unit::Months(each) => Self::Months(each.checked_mul(count)?),
        })
    }

    /// The second of Unix time that lies so far behind `now`, however far that is; `None` outside the
    /// calendar.
    pub fn after<Z: TimeZone>(self, now: i64, zone: &Z) -> Option<i64> {
        match self {
            Self::Seconds(seconds) => now.checked_add(seconds),
            span => moment(span.calendar(local_at(now, zone)?)?, zone),
        }
    }

    /// What clocks show a span of calendar days or months after they showed `local`; `None` for seconds,
    /// and outside the calendar.
    pub(crate) fn calendar(self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Seconds(_) => None,
            Self::Days(days) => local.checked_add_days(Days::new(days.into())),
            Self::Months(months) => local.checked_add_months(Months::new(months)),
        }
    }
}
