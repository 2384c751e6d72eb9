//! Times on the command line: what the AWS CLI takes means what it means there, in UTC; everything else
//! is read as in the window and its lists.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use signet_cloudfront::moment::{self, FineUnit, MomentError, Reading, Span};

/// Reads `2026-12-01` (0:00 UTC), `2026-12-01T17:00:00` (UTC), the same with `Z`, `+01:00` or
/// `-0500`, seconds since 1970, and what people and programs write besides. Gives Unix time in seconds.
pub fn parse(text: &str, now: i64) -> Result<i64, MomentError> {
    if let Some(seconds) = as_the_aws_cli(text)? {
        return Ok(seconds);
    }
    let today = DateTime::from_timestamp(now, 0).unwrap_or_default().date_naive();
    let unreadable = MomentError::Unreadable { suggestion: None };
    moment::read(text, today, None)?.in_utc().ok_or(unreadable)
}

/// `None` for what the AWS CLI does not document, and a number only where it can be seconds.
fn as_the_aws_cli(text: &str) -> Result<Option<i64>, MomentError> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let Ok(number) = text.parse::<u64>() else {
            return Err(MomentError::Unreadable { suggestion: None });
        };
        if let Some((unit, seconds)) = moment::finer(number) {
            return Err(MomentError::TooFine { unit, seconds });
        }
        return Ok(i64::try_from(number).ok());
    }
    // Chrono would take signs, blanks and years of any length.
    let begins_as_date = text
        .bytes()
        .zip("0000-00-00".bytes())
        .all(|(byte, shape)| if shape == b'0' { byte.is_ascii_digit() } else { byte == shape });
    if !begins_as_date || text.ends_with(":60") {
        return Ok(None);
    }
    if text.len() == 10 {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        return Ok(date.map(|date| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()));
    }
    let text = text.replacen(' ', "T", 1);
    for shape in ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%SZ"] {
        if let Ok(moment) = NaiveDateTime::parse_from_str(&text, shape) {
            return Ok(Some(moment.and_utc().timestamp()));
        }
    }
    let moment = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%z").ok();
    Ok(moment.map(|moment| moment.timestamp()))
}

/// Reads `90s`, `45m`, `168h`, `7d`, `2w` and `7 days`, and gives the second that lies so far behind
/// `now`. Days and weeks are the calendar's, as in the window, and hours are counted.
pub fn end_of_span<Z: TimeZone>(text: &str, now: i64, zone: &Z) -> Option<i64> {
    let minutes = text.strip_suffix('m').and_then(|count| {
        let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| count.parse::<u32>().ok())?
    });
    let span = match minutes {
        // To the window's reader an m is minutes or months.
        Some(minutes) => Span::Seconds(i64::from(minutes) * 60),
        None => moment::read_span(text)?,
    };
    span.after(now, zone).filter(|end| *end > now)
}

/// What is wrong with a time, and what to do: two sentences, the first about `what`, "the value of --starts".
pub fn sentences(what: &str, error: &MomentError) -> (String, String) {
    const A_TIME: &str =
        "Give a time as 2026-12-01, 2026-12-01T17:00:00, 2026-12-01T17:00:00+01:00 or 1796144400.";
    let begin = capital(what);
    let instead = |reading: &Reading| format!("{reading} for {}", reading.in_words());
    let or_suggested = |suggestion: &Option<Reading>| match suggestion {
        Some(reading) => format!("Did you mean {}? Give it as {reading}.", reading.in_words()),
        None => A_TIME.to_owned(),
    };
    match error {
        MomentError::Unreadable { suggestion } => {
            (format!("Signet cannot read {what}."), or_suggested(suggestion))
        }
        MomentError::NoSuchDay { suggestion } => {
            (format!("{begin} is a day that the calendar does not have."), or_suggested(suggestion))
        }
        MomentError::NoSuchTime => {
            (format!("{begin} has a time that no clock shows."), A_TIME.to_owned())
        }
        MomentError::Ambiguous { readings: [first, second], .. } => (
            format!("{begin} can be read in two ways."),
            format!("Give {}, or {}.", instead(first), instead(second)),
        ),
        MomentError::OtherWeekday { is, reading } => (
            format!(
                "{begin} names another day of the week than its date, which is a {}.",
                name(*is)
            ),
            format!("If the date is right, give it as {reading}."),
        ),
        MomentError::UnknownZone { name } => (
            format!("{begin} has a zone that does not say one time then, {name}."),
            "Give the hours from UTC instead, as 2026-12-01T17:00:00+01:00.".to_owned(),
        ),
        MomentError::TooFine { unit, seconds } => {
            let unit = match unit {
                FineUnit::Milliseconds => "milliseconds",
                FineUnit::Microseconds => "microseconds",
                FineUnit::Nanoseconds => "nanoseconds",
            };
            let at = Reading::Moment(*seconds).in_words();
            (
                format!("{begin} is in {unit}, and CloudFront counts seconds."),
                format!("Give {seconds}, which is {at}."),
            )
        }
    }
}

/// With which a sentence begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// What the clock says, in seconds since 1970; a time before that is 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, Utc};

    use super::*;

    /// 24 November 2026, 12:00 UTC.
    const NOW: i64 = 1_795_521_600;

    #[test]
    fn times_are_the_aws_clis() {
        for (text, expected) in [
            ("2026-12-01", Some(1_796_083_200)),
            ("2026-12-01T17:00:00", Some(1_796_144_400)),
            ("2026-12-01 17:00:00", Some(1_796_144_400)),
            ("2026-12-01T17:00", Some(1_796_144_400)),
            ("2026-12-01T17:00:00Z", Some(1_796_144_400)),
            ("2026-12-01T17:00:00+00:00", Some(1_796_144_400)),
            ("2026-12-01T18:00:00+01:00", Some(1_796_144_400)),
            ("2026-12-01T12:00:00-0500", Some(1_796_144_400)),
            ("1796144400", Some(1_796_144_400)),
            ("20261201", Some(20_261_201)),
            ("9223372036854775807", None),
            ("9223372036854775808", None),
            ("", None),
            ("-5", None),
            ("+5", None),
            ("1e3", None),
            ("2026-13-01", None),
            ("2026-02-30", None),
            ("2026-12-01T25:00:00", None),
            ("2026-12-01T17:00:60", None),
            ("2026-12-01T17:00:00 tomorrow", None),
            ("in 3 weeks", None),
        ] {
            assert_eq!(parse(text, NOW).ok(), expected, "{text}");
        }
    }

    #[test]
    fn what_aws_tools_and_javascript_write_is_read_too() {
        for (text, expected) in [
            ("2026-12-1", 1_796_083_200),
            ("2026-12-01Z", 1_796_083_200),
            ("1.12.2026", 1_796_083_200),
            ("1 December 2026", 1_796_083_200),
            ("2026-12-01T17:00Z", 1_796_144_400),
            ("2026-12-01T17:00:00.000Z", 1_796_144_400),
            ("2026-12-01T18:00:00+01", 1_796_144_400),
            ("2026-12-01 17:00:00 UTC", 1_796_144_400),
            ("2026-12-01T17:00:00.000000+00:00", 1_796_144_400),
            ("1796144400.0", 1_796_144_400),
            ("Tue, 01 Dec 2026 17:00:00 GMT", 1_796_144_400),
            ("Tue Dec 01 2026 18:00:00 GMT+0100 (Central European Standard Time)", 1_796_144_400),
            ("tomorrow", NOW + 43_200),
        ] {
            assert_eq!(parse(text, NOW), Ok(expected), "{text}");
        }
        let error = parse("1796144400000", NOW).unwrap_err();
        assert_eq!(
            error,
            MomentError::TooFine { unit: FineUnit::Milliseconds, seconds: 1_796_144_400 }
        );
        assert!(matches!(parse("5/6/2027", NOW), Err(MomentError::Ambiguous { .. })));
    }

    #[test]
    fn what_is_wrong_with_a_time_is_two_sentences() {
        for text in [
            "soon",
            "31 Decembr 2026",
            "2026-02-30",
            "2026-12-01 25:00",
            "5/6/2027",
            "Mon 1 Dec 2026",
            "2027-07-01 17:00 CET",
            "1796144400000",
        ] {
            let (what, do_now) = sentences("the value", &parse(text, NOW).unwrap_err());
            for sentence in [&what, &do_now] {
                assert!(sentence.ends_with('.'), "{sentence}");
            }
            assert!(what.to_lowercase().contains("the value"), "{what}");
        }
    }

    #[test]
    fn what_was_probably_meant_is_asked_as_in_the_window() {
        let error = parse("31 Decembr 2026", NOW).unwrap_err();
        assert_eq!(
            sentences("the end “31 Decembr 2026”", &error),
            (
                "Signet cannot read the end “31 Decembr 2026”.".to_owned(),
                "Did you mean Thursday 31 December 2026? Give it as 2026-12-31.".to_owned()
            )
        );
    }

    #[test]
    fn spans_have_a_unit() {
        for (text, expected) in [
            ("90s", Some(90)),
            ("45m", Some(2_700)),
            ("12h", Some(43_200)),
            ("7d", Some(604_800)),
            ("2w", Some(1_209_600)),
            ("7 days", Some(604_800)),
            ("in 2 weeks", Some(1_209_600)),
            ("7", None),
            ("d", None),
            ("", None),
            ("0d", None),
            ("0m", None),
            ("-1d", None),
            ("1.5h", None),
            ("7\u{e9}", None),
            ("99999999999999999999d", None),
            ("9223372036854775807w", None),
        ] {
            let expected = expected.map(|seconds| NOW + seconds);
            assert_eq!(end_of_span(text, NOW, &Utc), expected, "{text}");
            let elsewhere = FixedOffset::west_opt(34_200).unwrap();
            assert_eq!(end_of_span(text, NOW, &elsewhere), expected, "{text}");
        }
    }

    /// The clocks of Berlin go back in the night of 25 October 2026: seven days are an hour longer there than
    /// seven times 24 hours, at every door that reads them.
    #[test]
    fn days_are_the_calendars_and_hours_are_counted() {
        use chrono_tz::Europe::Berlin;
        use signet_app::ListReader;
        use signet_cloudfront::day_end::DayEnd;
        use signet_cloudfront::document_list;
        use signet_cloudfront::lifetime::Lifetime;
        use signet_cloudfront::site::SiteAddress;
        // Wednesday 21 October 2026, 12:00 in Berlin.
        const BEFORE: i64 = 1_792_576_800;
        const WEEK: i64 = 7 * 86_400;
        let site = SiteAddress::parse("docs.example.com").unwrap();
        for (text, expected) in [
            ("7d", WEEK + 3_600),
            ("7 days", WEEK + 3_600),
            ("1w", WEEK + 3_600),
            ("a week", WEEK + 3_600),
            ("168h", WEEK),
            ("168 hours", WEEK),
            ("604800s", WEEK),
            ("10080 minutes", WEEK),
        ] {
            let expected = Some(BEFORE + expected);
            assert_eq!(end_of_span(text, BEFORE, &Berlin), expected, "terminal: {text}");
            let reading = moment::read(text, NaiveDate::default(), None).unwrap();
            let typed = Lifetime::written(reading).expires_at(BEFORE, DayEnd::USUAL, &Berlin);
            assert_eq!(typed.ok(), expected, "window: {text}");
            let list = document_list::read(&format!("a.pdf\t{text}\n")).unwrap();
            let row = ListReader::new(&list).read(&list.rows[0], "", &site, BEFORE, &Berlin);
            assert_eq!(row.unwrap().expires_at, expected, "list: {text}");
        }
        // The window's own week, and days that are typed there, end with the working day, six hours later.
        let chosen = Lifetime::SevenDays.expires_at(BEFORE, DayEnd::USUAL, &Berlin);
        assert_eq!(chosen, Ok(BEFORE + WEEK + 7 * 3_600));
    }
}
