//! From the pieces of a text to one point in time.
//!
//! The pieces are taken from left to right; each must be a part of a date, a time or a zone, and no part
//! may be there twice in two ways. One piece that is neither makes the text unreadable.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::token::{Kind, Token, compact_date};
use super::words::{Meaning, is_ordinal, meaning, nearest};
use super::zone::{Zone, is_other_zone};
use super::{MomentError, Order, Reading};

/// No zone is further from UTC.
const MAX_OFFSET: i32 = 14 * 3_600;

/// What was found so far.
#[derive(Default)]
struct Parts {
    /// A whole date in each way in which it can be read.
    dates: Vec<(Option<Order>, NaiveDate)>,
    /// The order of numbers that are no date: `31.11.2026`, and what they probably mean.
    no_date: Option<Option<NaiveDate>>,
    is_year_first: bool,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    /// Two numbers without a year, and whether only the first can be the day.
    pair: Option<(u32, u32, bool)>,
    /// `Dec-26`: a day or a year.
    short: Option<u32>,
    weekday: Option<Weekday>,
    in_days: Option<u64>,
    /// Seconds since the day began, at most 86,400.
    time: Option<u32>,
    is_midnight: bool,
    zones: Vec<Offset>,
}

#[derive(Clone)]
enum Offset {
    Seconds(i32),
    Zone(Zone, String),
}

pub(super) fn read(
    tokens: &[Token],
    today: NaiveDate,
    order: Option<Order>,
) -> Result<Reading, MomentError> {
    Scan { tokens, at: 0, is_lenient: false, parts: Parts::default() }
        .parts()?
        .reading(today, order)
}

/// What was probably meant: misspelt names are put right and what is no part of a date is passed over.
pub(super) fn read_leniently(
    tokens: &[Token],
    today: NaiveDate,
    order: Option<Order>,
) -> Option<Reading> {
    let scan = Scan { tokens, at: 0, is_lenient: true, parts: Parts::default() };
    match scan.parts().ok()?.reading(today, order) {
        Ok(reading) => Some(reading),
        Err(MomentError::Unreadable { suggestion } | MomentError::NoSuchDay { suggestion }) => {
            suggestion
        }
        Err(_) => None,
    }
}

/// Which number is the day, where the text itself shows it.
pub(super) fn order_shown(tokens: &[Token], today: NaiveDate) -> Option<Order> {
    let scan = Scan { tokens, at: 0, is_lenient: false, parts: Parts::default() };
    match scan.parts().ok()?.dates_on_their_weekday(today, None).ok()?[..] {
        [(order, _)] => order,
        _ => None,
    }
}

struct Scan<'a> {
    tokens: &'a [Token],
    at: usize,
    is_lenient: bool,
    parts: Parts,
}

fn unreadable() -> MomentError {
    MomentError::Unreadable { suggestion: None }
}

impl Scan<'_> {
    fn parts(mut self) -> Result<Parts, MomentError> {
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                Kind::Number { value, digits } => self.number(*value, *digits)?,
                Kind::Word(word) => self.word(word)?,
                Kind::Mark(mark) => self.mark(*mark)?,
            }
        }
        Ok(self.parts)
    }

    /// The number that stands so many pieces ahead, and its digits.
    fn number_at(&self, ahead: usize) -> Option<(u64, usize)> {
        match self.tokens.get(self.at + ahead)?.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    fn is_mark(&self, ahead: usize, marks: &[char]) -> Option<char> {
        match self.tokens.get(self.at + ahead)?.kind {
            Kind::Mark(mark) if marks.contains(&mark) => Some(mark),
            _ => None,
        }
    }

    fn word_at(&self, ahead: usize) -> Option<&str> {
        match &self.tokens.get(self.at + ahead)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_glued(&self, ahead: usize) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is_glued)
    }

    fn number(&mut self, value: u64, digits: usize) -> Result<(), MomentError> {
        let taken = match self.year_first(value, digits) {
            Some(taken) => taken?,
            None => match self.clock(value, digits) {
                Some(taken) => taken?,
                None => match self.three_numbers(value, digits) {
                    Some(taken) => taken?,
                    None => self.other_number(value, digits)?,
                },
            },
        };
        self.at += taken;
        Ok(())
    }

    /// `2026-12-31`, `2026/12/31`, `20261231T…`. Gives how many pieces it took.
    fn year_first(&mut self, value: u64, digits: usize) -> Option<Result<usize, MomentError>> {
        if digits == 8 {
            let is_followed = self.tokens.len() == 1
                || self.word_at(1) == Some("t") && self.is_glued(1) && self.is_glued(2);
            let day = compact_date(value).filter(|_| is_followed)?;
            self.parts.is_year_first = true;
            return Some(self.date(vec![(None, day)], None).map(|()| 1));
        }
        let first = (digits == 4).then(|| self.is_mark(1, &['-', '/', '.']))??;
        let (month, month_digits) = self.number_at(2)?;
        let (day, day_digits) =
            (self.is_mark(3, &['-', '/', '.']) == Some(first)).then(|| self.number_at(4))??;
        if month_digits > 2 || day_digits > 2 || !(1..=4).all(|ahead| self.is_glued(ahead)) {
            return None;
        }
        self.parts.is_year_first = true;
        let read = ymd(value, month, day).map(|day| (None, day));
        Some(self.date(read.into_iter().collect(), near(value, month, day)).map(|()| 5))
    }

    /// `31.12.2026`, `31/12/2026`, `12-31-26`, and `31. 12. 2026` with dots alone.
    fn three_numbers(&mut self, first: u64, digits: usize) -> Option<Result<usize, MomentError>> {
        let mark = self.is_mark(1, &['.', '/', '-']).filter(|_| digits <= 2)?;
        let (second, _) = self.number_at(2).filter(|(_, digits)| *digits <= 2)?;
        let (year, year_digits) =
            (self.is_mark(3, &[mark]).is_some()).then(|| self.number_at(4))??;
        let is_tight = [1, 3].iter().all(|ahead| self.is_glued(*ahead))
            && (mark == '.' || self.is_glued(2) && self.is_glued(4));
        if !is_tight || !matches!(year_digits, 2 | 4) {
            return None;
        }
        let full = if year_digits == 2 { 2_000 + year } else { year };
        let day_first = ymd(full, second, first);
        let month_first = ymd(full, first, second);
        let mut dates = Vec::new();
        // Only Americans write the month first, and never with dots.
        if mark == '.' {
            dates.extend(day_first.map(|day| (None, day)));
            return Some(
                self.date(dates, month_first.or_else(|| near(full, second, first))).map(|()| 5),
            );
        }
        dates.extend(in_both_orders(day_first, month_first));
        if mark == '-' && year_digits == 2 {
            dates.extend(ymd(2_000 + first, second, year).map(|day| (None, day)));
        }
        Some(self.date(dates, near(full, second, first)).map(|()| 5))
    }

    /// Takes a date; without one, numbers that look like a date and are none.
    fn date(
        &mut self,
        dates: Vec<(Option<Order>, NaiveDate)>,
        near: Option<NaiveDate>,
    ) -> Result<(), MomentError> {
        let parts = &mut self.parts;
        if !parts.dates.is_empty() || parts.no_date.is_some() || parts.pair.is_some() {
            return Err(unreadable());
        }
        if dates.is_empty() {
            parts.no_date = Some(near);
        }
        parts.dates = dates;
        Ok(())
    }

    /// `17:00`, `5:30:00 pm`, `17h00`, `17 Uhr`, `5 p.m.`, `17.30 Uhr`.
    fn clock(&mut self, hour: u64, digits: usize) -> Option<Result<usize, MomentError>> {
        if digits > 2 {
            return None;
        }
        let mut taken = 1;
        let mut parts = [hour, 0, 0];
        let has_colon = self.is_mark(1, &[':']).is_some() && self.is_glued(1) && self.is_glued(2);
        if has_colon && let Some((minute, 2)) = self.number_at(2) {
            parts[1] = minute;
            taken = 3;
            if self.is_mark(3, &[':']).is_some()
                && let Some((second, 2)) = self.number_at(4)
            {
                parts[2] = second;
                taken = 5;
                if self.is_mark(5, &['.', ',']).is_some()
                    && self.is_glued(5)
                    && self.is_glued(6)
                    && self.number_at(6).is_some()
                {
                    taken = 7;
                }
            }
        } else if self.is_mark(1, &['.']).is_some()
            && let Some((minute, 2)) = self.number_at(2)
            && (self.meridiem(3).is_some() || self.word_at(3) == Some("uhr"))
        {
            parts[1] = minute;
            taken = 3;
        }
        if let Some((is_afternoon, words)) = self.meridiem(taken) {
            if !(1..=12).contains(&parts[0]) {
                return Some(Err(MomentError::NoSuchTime));
            }
            parts[0] = parts[0] % 12 + if is_afternoon { 12 } else { 0 };
            taken += words;
        } else if matches!(self.word_at(taken), Some("h" | "uhr" | "heures" | "horas" | "hrs")) {
            taken += 1;
            if taken == 2
                && let Some((minute, 2)) = self.number_at(taken)
                && self.is_mark(taken + 1, &['.', '/', '-', ':']).is_none()
            {
                parts[1] = minute;
                taken += 1;
            }
        } else if taken == 1 {
            return None;
        }
        Some(self.time(parts).map(|()| taken))
    }

    fn time(&mut self, [hour, minute, second]: [u64; 3]) -> Result<(), MomentError> {
        let seconds = hour * 3_600 + minute * 60 + second;
        if minute > 59 || second > 59 || seconds > 86_400 {
            return Err(MomentError::NoSuchTime);
        }
        let seconds = u32::try_from(seconds).map_err(|_| MomentError::NoSuchTime)?;
        if self.parts.time.is_some_and(|time| time != seconds) {
            return Err(unreadable());
        }
        self.parts.time = Some(seconds);
        Ok(())
    }

    /// Whether `am` or `pm` stands so many pieces ahead, and in how many pieces.
    fn meridiem(&self, ahead: usize) -> Option<(bool, usize)> {
        let dot = |ahead: usize| usize::from(self.is_mark(ahead, &['.']).is_some());
        match self.word_at(ahead)? {
            "am" => Some((false, 1)),
            "pm" => Some((true, 1)),
            half @ ("a" | "p") if dot(ahead + 1) == 1 && self.word_at(ahead + 2) == Some("m") => {
                Some((half == "p", 3 + dot(ahead + 3)))
            }
            half @ ("a" | "p") if self.word_at(ahead + 1) == Some("m") => {
                Some((half == "p", 2 + dot(ahead + 2)))
            }
            _ => None,
        }
    }

    /// A day before its month's name, a year, two numbers without a year.
    fn other_number(&mut self, value: u64, digits: usize) -> Result<usize, MomentError> {
        if digits <= 2 {
            if matches!(self.word_at(1).and_then(meaning), Some(Meaning::Noon | Meaning::Midnight))
            {
                return if value == 12 { Ok(1) } else { Err(MomentError::NoSuchTime) };
            }
            if let Some(taken) = self.day_and_month(value) {
                return taken;
            }
            if let Some(mark) = self.is_mark(1, &['/', '.'])
                && let Some((second, 1 | 2)) = self.number_at(2)
                && (self.is_glued(1) && (mark == '.' || self.is_glued(2)))
                && (mark == '/' || self.is_mark(3, &['.']).is_some() || self.is_lenient)
            {
                let parts = &mut self.parts;
                if parts.pair.is_some() || !parts.dates.is_empty() || parts.no_date.is_some() {
                    return Err(unreadable());
                }
                let small = |number: u64| u32::try_from(number).map_err(|_| unreadable());
                parts.pair = Some((small(value)?, small(second)?, mark == '.'));
                return Ok(3 + usize::from(self.is_mark(3, &['.']).is_some()));
            }
            let has_day_and_month = self.parts.day.is_some() && self.parts.month.is_some();
            if has_day_and_month && self.parts.year.is_none() && digits == 2 {
                self.parts.year = i32::try_from(2_000 + value).ok();
                return Ok(1);
            }
            // `T17` behind a date.
            let is_hour = self.at > 0
                && self.is_glued(0)
                && matches!(&self.tokens[self.at - 1].kind, Kind::Word(word) if word == "t");
            if is_hour {
                return self.time([value, 0, 0]).map(|()| 1);
            }
        }
        // `170000` behind `20261231T`.
        let is_behind_t = self.at > 0
            && self.is_glued(0)
            && matches!(&self.tokens[self.at - 1].kind, Kind::Word(word) if word == "t");
        if is_behind_t && matches!(digits, 4 | 6) {
            let value = if digits == 4 { value * 100 } else { value };
            return self.time([value / 10_000, value / 100 % 100, value % 100]).map(|()| 1);
        }
        if digits == 4 && self.parts.year.is_none() && (1_900..10_000).contains(&value) {
            self.parts.year = i32::try_from(value).ok();
            return Ok(1);
        }
        if self.is_lenient { Ok(1) } else { Err(unreadable()) }
    }

    /// `31 December`, `1st of Dec`, `31. Dez.`, `31-Dec-26`.
    fn day_and_month(&mut self, day: u64) -> Option<Result<usize, MomentError>> {
        let mut ahead = 1;
        let is_suffix = |word: &str| is_ordinal(word) || word == "e" || word == "a";
        if self.word_at(ahead).is_some_and(is_suffix) && self.is_glued(ahead) {
            ahead += 1;
        }
        ahead += usize::from(self.is_mark(ahead, &['.']).is_some());
        if self.is_mark(ahead, &['-', '/']).is_some()
            || matches!(self.word_at(ahead), Some("of" | "de" | "di"))
        {
            ahead += 1;
        }
        let word = self.word_at(ahead)?;
        let month = match meaning(word) {
            Some(Meaning::Month(month)) => month,
            None if self.is_lenient => match nearest(word) {
                Some(Meaning::Month(month)) => month,
                _ => return None,
            },
            _ => return None,
        };
        ahead += 1;
        if self.parts.day.is_some() || self.parts.month.is_some() {
            return Some(Err(unreadable()));
        }
        (self.parts.day, self.parts.month) = (u32::try_from(day).ok(), Some(month));
        Some(Ok(ahead + self.year_behind(ahead)))
    }

    /// `, 2026`, `-26`, `de 2026` behind day and month; gives how many pieces that is.
    fn year_behind(&mut self, ahead: usize) -> usize {
        let dots = usize::from(self.is_mark(ahead, &['.']).is_some());
        let ahead = ahead + dots;
        let joint = usize::from(
            self.is_mark(ahead, &['-', '/', ',']).is_some()
                || matches!(self.word_at(ahead), Some("de" | "del")),
        );
        let is_tight = joint == 1 && self.is_mark(ahead, &['-', '/']).is_some();
        match self.number_at(ahead + joint) {
            Some((year, 4)) if self.parts.year.is_none() => {
                self.parts.year = i32::try_from(year).ok();
                dots + joint + 1
            }
            Some((year, 2)) if self.parts.year.is_none() && is_tight => {
                self.parts.year = i32::try_from(2_000 + year).ok();
                dots + joint + 1
            }
            _ => dots,
        }
    }

    fn word(&mut self, word: &str) -> Result<(), MomentError> {
        // The `T` between a date and its time.
        if word == "t" && self.is_glued(0) && self.is_glued(1) && self.number_at(1).is_some() {
            self.at += 1;
            return Ok(());
        }
        if let Some(zone) = Zone::named(word) {
            self.at += 1;
            let has_sign = self.is_mark(0, &['+', '-']).is_some() && self.is_glued(1);
            match self.offset_ahead().filter(|_| has_sign && zone.is_utc()) {
                Some((seconds, taken)) => {
                    self.parts.zones.push(Offset::Seconds(seconds?));
                    self.at += taken;
                }
                None => self.parts.zones.push(Offset::Zone(zone, word.to_ascii_uppercase())),
            }
            return Ok(());
        }
        let found = meaning(word).or_else(|| self.is_lenient.then(|| nearest(word))?);
        let parts = &mut self.parts;
        match found {
            Some(Meaning::Month(month)) => {
                if parts.month.is_some() {
                    return Err(unreadable());
                }
                parts.month = Some(month);
                self.at += 1;
                return self.day_behind_month();
            }
            Some(Meaning::Weekday(day)) if parts.weekday.is_none_or(|known| known == day) => {
                parts.weekday = Some(day);
            }
            Some(Meaning::Weekday(_)) => return Err(unreadable()),
            Some(Meaning::Noon) => self.time([12, 0, 0])?,
            Some(Meaning::Midnight) => parts.is_midnight = true,
            Some(Meaning::InDays(days)) => parts.in_days = Some(days),
            Some(Meaning::Around) => {}
            None if is_other_zone(word) && parts.time.is_some() => {
                return Err(MomentError::UnknownZone { name: word.to_ascii_uppercase() });
            }
            None if self.is_lenient => {}
            None => return Err(unreadable()),
        }
        self.at += 1;
        self.at += usize::from(self.is_mark(0, &['.']).is_some());
        Ok(())
    }

    /// `December 31st, 2026`, `Dec-31-2026`, `December 2026`.
    fn day_behind_month(&mut self) -> Result<(), MomentError> {
        let dots = usize::from(self.is_mark(0, &['.']).is_some());
        let joint = usize::from(self.is_mark(dots, &['-', '/']).is_some());
        let ahead = dots + joint;
        let Some((day, digits)) = self.number_at(ahead).filter(|_| self.parts.day.is_none()) else {
            self.at += dots;
            return Ok(());
        };
        let is_time = self.is_mark(ahead + 1, &[':']).is_some()
            || self.meridiem(ahead + 1).is_some()
            || matches!(self.word_at(ahead + 1), Some("h" | "uhr" | "heures"));
        if digits > 2 || is_time {
            self.at += ahead;
            return Ok(());
        }
        let suffix = usize::from(
            self.word_at(ahead + 1).is_some_and(is_ordinal) && self.is_glued(ahead + 1),
        );
        self.at += ahead + 1 + suffix;
        if joint == 1 && digits == 2 && self.is_mark(0, &['-', '/']).is_none() {
            self.parts.short = u32::try_from(day).ok();
            return Ok(());
        }
        self.parts.day = u32::try_from(day).ok();
        self.at += self.year_behind(0);
        Ok(())
    }

    fn mark(&mut self, mark: char) -> Result<(), MomentError> {
        let is_behind_time = self.parts.time.is_some() && self.number_at(1).is_some();
        if matches!(mark, '+' | '-') && is_behind_time && self.is_glued(1) {
            // `9:00-10:00` is no time at an offset where the date is not as programs write it.
            let may_be_offset = mark == '+' || self.parts.is_year_first || !self.is_glued(0);
            if let Some((seconds, taken)) = self.offset_ahead().filter(|_| may_be_offset) {
                self.parts.zones.push(Offset::Seconds(seconds?));
                self.at += taken;
                return Ok(());
            }
        }
        let closing = match mark {
            '(' => Some(')'),
            '[' => Some(']'),
            _ => None,
        };
        if let Some(closing) = closing.filter(|_| !self.parts.zones.is_empty()) {
            // The zone once more, in words.
            let end = (0..).take_while(|ahead| self.at + ahead < self.tokens.len());
            let end = end.take_while(|ahead| self.is_mark(*ahead, &[closing]).is_none()).count();
            self.at += end + 1;
            return Ok(());
        }
        let is_between = matches!(mark, ',' | ';' | '(' | ')' | '.')
            || matches!(mark, '-' | '@' | '|') && !self.is_glued(0) && !self.is_glued(1);
        if !is_between && !self.is_lenient {
            return Err(unreadable());
        }
        self.at += 1;
        Ok(())
    }

    /// `+01`, `-0500` or `+01:00` here: seconds east of UTC, and how many pieces that is.
    fn offset_ahead(&self) -> Option<(Result<i32, MomentError>, usize)> {
        let sign = match self.is_mark(0, &['+', '-'])? {
            '+' => 1,
            _ => -1,
        };
        let (value, digits) = self.number_at(1)?;
        let ((hours, minutes), taken) = match (digits, self.is_mark(2, &[':']), self.number_at(3)) {
            (1 | 2, Some(_), Some((minutes, 2))) => ((value, minutes), 4),
            (1 | 2, ..) => ((value, 0), 2),
            (4, ..) => ((value / 100, value % 100), 2),
            _ => return None,
        };
        let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
        let is_offset = seconds <= MAX_OFFSET && minutes < 60;
        Some((if is_offset { Ok(sign * seconds) } else { Err(unreadable()) }, taken))
    }
}

impl Parts {
    fn reading(self, today: NaiveDate, order: Option<Order>) -> Result<Reading, MomentError> {
        let dates = self.dates_on_their_weekday(today, order)?;
        let mut readings: Vec<(Option<Order>, Reading)> = Vec::new();
        for (order, day) in dates {
            let days =
                if self.is_midnight { [Some(day), day.succ_opt()] } else { [Some(day), None] };
            for day in days.into_iter().flatten() {
                readings.push((order, self.at(day)?));
            }
        }
        match readings[..] {
            [] => Err(unreadable()),
            [(_, reading)] => Ok(reading),
            [(first, a), (second, b), ..] => {
                let by_order = first != second && readings.len() == 2;
                Err(MomentError::Ambiguous { readings: [a, b], by_order })
            }
        }
    }

    fn dates_on_their_weekday(
        &self,
        today: NaiveDate,
        order: Option<Order>,
    ) -> Result<Vec<(Option<Order>, NaiveDate)>, MomentError> {
        let mut dates = self.dates(today, order)?;
        if let Some(weekday) = self.weekday
            && let Some((_, first)) = dates.first().copied()
        {
            dates.retain(|(_, day)| day.weekday() == weekday);
            if dates.is_empty() {
                let reading = self.at(first)?;
                return Err(MomentError::OtherWeekday { is: first.weekday(), reading });
            }
        }
        Ok(dates)
    }

    /// The days that the text can mean.
    fn dates(
        &self,
        today: NaiveDate,
        order: Option<Order>,
    ) -> Result<Vec<(Option<Order>, NaiveDate)>, MomentError> {
        let suggested = |day: Option<NaiveDate>| day.and_then(|day| self.at(day).ok());
        let has_named = self.day.is_some() || self.month.is_some();
        let sources = [
            !self.dates.is_empty() || self.no_date.is_some(),
            has_named,
            self.pair.is_some(),
            self.in_days.is_some(),
        ];
        if sources.iter().filter(|is_there| **is_there).count() > 1 {
            return Err(unreadable());
        }
        if let Some(near) = self.no_date {
            return Err(MomentError::NoSuchDay { suggestion: suggested(near) });
        }
        if !self.dates.is_empty() {
            // A year beside a whole date says it twice or says another.
            if self.year.is_some_and(|year| self.dates.iter().any(|(_, day)| day.year() != year)) {
                return Err(unreadable());
            }
            return Ok(settled(self.dates.clone(), order));
        }
        if let Some((first, second, is_day_first)) = self.pair {
            let day_first = self.in_year(first, second, today);
            let month_first = self.in_year(second, first, today);
            let dates = match is_day_first {
                true => day_first.map(|day| (None, day)).into_iter().collect(),
                false => in_both_orders(day_first, month_first),
            };
            if dates.is_empty() {
                return Err(MomentError::NoSuchDay { suggestion: suggested(month_first) });
            }
            return Ok(settled(dates, order));
        }
        if let Some(month) = self.month {
            let last = |year: i32| {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                first.checked_add_months(Months::new(1))?.pred_opt()
            };
            if let Some(short) = self.short {
                let day = self.in_year(short, month, today);
                let days = day.into_iter().chain(last(2_000 + short as i32));
                return Ok(days.map(|day| (None, day)).collect());
            }
            let year = self.year.unwrap_or_else(|| today.year() + i32::from(month < today.month()));
            let Some(day) = self.day else {
                return Err(MomentError::Unreadable { suggestion: suggested(last(year)) });
            };
            return match self.in_year(day, month, today) {
                Some(day) => Ok(vec![(None, day)]),
                None => Err(MomentError::NoSuchDay {
                    suggestion: suggested(last(year)).filter(|_| day <= 31),
                }),
            };
        }
        if self.year.is_some() || self.day.is_some() {
            return Err(unreadable());
        }
        if let Some(days) = self.in_days {
            let day = today.checked_add_days(Days::new(days)).ok_or_else(unreadable)?;
            return Ok(vec![(None, day)]);
        }
        if let Some(weekday) = self.weekday {
            let away =
                (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
            let day =
                |away: u32| today.checked_add_days(Days::new(away.into())).map(|day| (None, day));
            let next = if away == 0 { day(7) } else { None };
            return Ok(day(away).into_iter().chain(next).collect());
        }
        let suggestion = (self.time.is_some() && !self.is_midnight).then_some(today);
        Err(MomentError::Unreadable { suggestion: suggested(suggestion) })
    }

    /// The day in the year that was said, or the next such day.
    fn in_year(&self, day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
        if let Some(year) = self.year {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        // 29 February comes every fourth year, and once in a while every eighth.
        let years = today.year()..=today.year() + 8;
        years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|day| *day >= today)
    }

    /// The day with the time and the zone that were said.
    fn at(&self, day: NaiveDate) -> Result<Reading, MomentError> {
        let mut offset = None;
        for zone in &self.zones {
            let seconds = match zone {
                Offset::Seconds(seconds) => *seconds,
                Offset::Zone(zone, name) => zone
                    .offset_on(day)
                    .ok_or_else(|| MomentError::UnknownZone { name: name.clone() })?,
            };
            if offset.is_some_and(|known| known != seconds) {
                return Err(unreadable());
            }
            offset = Some(seconds);
        }
        let time = if self.is_midnight { Some(0) } else { self.time };
        if self.is_midnight && self.time.is_some_and(|time| time != 0) {
            return Err(unreadable());
        }
        let Some(time) = time else {
            return Ok(Reading::Day { day, offset });
        };
        let local = day
            .and_time(NaiveTime::MIN)
            .checked_add_signed(TimeDelta::seconds(time.into()))
            .ok_or_else(unreadable)?;
        Ok(match offset {
            None => Reading::Local(local),
            Some(offset) => Reading::Moment(local.and_utc().timestamp() - i64::from(offset)),
        })
    }
}

/// One date where both orders give the same, which then says nothing of the order.
fn in_both_orders(
    day_first: Option<NaiveDate>,
    month_first: Option<NaiveDate>,
) -> Vec<(Option<Order>, NaiveDate)> {
    match (day_first, month_first) {
        (Some(day), Some(same)) if day == same => vec![(None, day)],
        _ => {
            let day_first = day_first.map(|day| (Some(Order::DayFirst), day));
            let month_first = month_first.map(|day| (Some(Order::MonthFirst), day));
            day_first.into_iter().chain(month_first).collect()
        }
    }
}

/// The dates in this order, where there is one.
fn settled(
    dates: Vec<(Option<Order>, NaiveDate)>,
    order: Option<Order>,
) -> Vec<(Option<Order>, NaiveDate)> {
    let chosen = dates.iter().find(|(of, _)| order.is_some() && *of == order).copied();
    chosen.map_or(dates, |date| vec![date])
}

fn ymd(year: u64, month: u64, day: u64) -> Option<NaiveDate> {
    let part = |number: u64| u32::try_from(number).ok();
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, part(month)?, part(day)?)
}

/// What numbers that are no date probably mean: day and month changed, or the month's last day.
fn near(year: u64, month: u64, day: u64) -> Option<NaiveDate> {
    let last = || {
        let last_day = ymd(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt();
        last_day.filter(|_| day <= 31)
    };
    ymd(year, day, month).or_else(last)
}
