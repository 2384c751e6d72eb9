//! Ends of links around changing clocks, in real zones and in fixed ones.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;

/// Any end of a day, where it decides nothing.
const END: DayEnd = DayEnd::USUAL;

/// Seconds for an RFC 3339 text.
fn at(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).unwrap().timestamp()
}

fn until(text: &str) -> Lifetime {
    Lifetime::until(text).unwrap()
}

#[test]
fn texts_of_a_date_field_are_read_and_no_others() {
    for text in ["2026-12-01T17:00", "2026-12-01T17:00:30", "2028-02-29T00:00"] {
        assert!(Lifetime::until(text).is_ok(), "{text}");
    }
    assert_eq!(until("2026-12-01T17:00"), until("2026-12-01T17:00:00"));
    for text in [
        "",
        "2026-12-01",
        "2026-12-01 17:00",
        "2026-12-01T17:00Z",
        "2026-12-01T17:00:00+01:00",
        "2026-12-01T17:00:00.5",
        "2026-13-01T17:00",
        "2026-02-29T17:00",
        "2026-12-01T24:00",
        "2026-12-01T17:60",
        "2026-12-01T17:00:60",
        "12026-12-01T17:00",
        "+026-12-01T17:00",
        " 2026-12-01T17:00",
        "2026- 2-01T17:00",
        "\u{662}026-12-01T17:0",
        "tomorrow",
    ] {
        assert_eq!(Lifetime::until(text), Err(LifetimeError::Invalid), "{text:?}");
    }
}

#[test]
fn short_lifetimes_count_seconds() {
    let now = at("2026-03-29T01:59:30+01:00");
    let zone = Tz::Europe__Berlin;
    assert_eq!(Lifetime::OneMinute.expires_at(now, END, &zone), Ok(now + 60));
    assert_eq!(Lifetime::OneHour.expires_at(now, END, &zone), Ok(now + 3600));
}

#[test]
fn days_are_calendar_days() {
    let cases = [
        (
            "no change",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-11-24T09:00:00+01:00",
            "2026-11-25T09:00:00+01:00",
        ),
        (
            "into summer",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-03-28T15:00:00+01:00",
            "2026-03-29T15:00:00+02:00",
        ),
        (
            "into winter",
            Tz::Europe__Berlin,
            Lifetime::SevenDays,
            "2026-10-20T15:00:00+02:00",
            "2026-10-27T15:00:00+01:00",
        ),
        (
            "into the gap",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-03-28T02:30:00+01:00",
            "2026-03-29T03:00:00+02:00",
        ),
        (
            "gap's first second",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-03-28T02:00:00+01:00",
            "2026-03-29T03:00:00+02:00",
        ),
        (
            "behind the gap",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-03-28T03:00:00+01:00",
            "2026-03-29T03:00:00+02:00",
        ),
        (
            "before the gap",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-03-28T01:59:00+01:00",
            "2026-03-29T01:59:00+01:00",
        ),
        (
            "into the fold",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-10-24T02:30:00+02:00",
            "2026-10-25T02:30:00+01:00",
        ),
        (
            "fold's first second",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-10-24T02:00:00+02:00",
            "2026-10-25T02:00:00+01:00",
        ),
        (
            "out of the fold",
            Tz::Europe__Berlin,
            Lifetime::OneDay,
            "2026-10-25T02:30:00+02:00",
            "2026-10-26T02:30:00+01:00",
        ),
        (
            "half an hour's gap",
            Tz::Australia__Lord_Howe,
            Lifetime::OneDay,
            "2026-10-03T02:15:00+10:30",
            "2026-10-04T02:30:00+11:00",
        ),
        (
            "half an hour's fold",
            Tz::Australia__Lord_Howe,
            Lifetime::OneDay,
            "2026-04-04T01:45:00+11:00",
            "2026-04-05T01:45:00+10:30",
        ),
        (
            "gap at midnight",
            Tz::Africa__Cairo,
            Lifetime::OneDay,
            "2026-04-23T00:10:00+02:00",
            "2026-04-24T01:00:00+03:00",
        ),
        (
            "a day that was not",
            Tz::Pacific__Apia,
            Lifetime::OneDay,
            "2011-12-29T12:00:00-10:00",
            "2011-12-31T00:00:00+14:00",
        ),
        (
            "half-hour zone",
            Tz::Asia__Kolkata,
            Lifetime::ThirtyDays,
            "2026-01-31T08:15:00+05:30",
            "2026-03-02T08:15:00+05:30",
        ),
        (
            "quarter-hour zone",
            Tz::Asia__Kathmandu,
            Lifetime::ThirtyDays,
            "2026-01-31T08:15:00+05:45",
            "2026-03-02T08:15:00+05:45",
        ),
        (
            "leap day",
            Tz::UTC,
            Lifetime::OneDay,
            "2028-02-28T10:00:00+00:00",
            "2028-02-29T10:00:00+00:00",
        ),
        (
            "past 2038",
            Tz::America__New_York,
            Lifetime::SevenDays,
            "2038-01-15T10:00:00-05:00",
            "2038-01-22T10:00:00-05:00",
        ),
    ];
    for (name, zone, lifetime, now, end) in cases {
        // Around clocks that change at night, as a working day may end then too.
        let day_end = DayEnd::parse(now.get(11..16).unwrap()).unwrap();
        assert_eq!(lifetime.expires_at(at(now), day_end, &zone), Ok(at(end)), "{name}");
    }
}

#[test]
fn days_end_with_the_working_day() {
    let now = at("2026-11-27T15:12:40+01:00");
    let berlin = Tz::Europe__Berlin;
    for (day_end, lifetime, end) in [
        ("18:00", Lifetime::EndOfToday, "2026-11-27T18:00:00+01:00"),
        ("18:00", Lifetime::OneDay, "2026-11-28T18:00:00+01:00"),
        ("18:00", Lifetime::SevenDays, "2026-12-04T18:00:00+01:00"),
        ("18:00", Lifetime::ThirtyDays, "2026-12-27T18:00:00+01:00"),
        ("16:30", Lifetime::EndOfToday, "2026-11-27T16:30:00+01:00"),
        ("16:30", Lifetime::SevenDays, "2026-12-04T16:30:00+01:00"),
        ("09:00", Lifetime::OneDay, "2026-11-28T09:00:00+01:00"),
        ("23:59", Lifetime::SevenDays, "2026-12-04T23:59:00+01:00"),
    ] {
        let day_end = DayEnd::parse(day_end).unwrap();
        assert_eq!(
            lifetime.expires_at(now, day_end, &berlin),
            Ok(at(end)),
            "{day_end} {lifetime:?}"
        );
    }
    // Over the change of the clocks it is 18:00 all the same.
    let before = at("2026-10-22T09:00:00+02:00");
    let week = Lifetime::SevenDays.expires_at(before, END, &berlin);
    assert_eq!(week, Ok(at("2026-10-29T18:00:00+01:00")));
}

/// Nobody makes a link for today that is over in a moment.
#[test]
fn today_has_an_hour_at_least_or_the_rest_of_the_day() {
    let berlin = Tz::Europe__Berlin;
    let ends = [
        ("first second", berlin, "2026-11-24T00:00:00+01:00", "2026-11-24T18:00:00+01:00"),
        ("morning", berlin, "2026-11-24T09:00:00+01:00", "2026-11-24T18:00:00+01:00"),
        ("an hour before", berlin, "2026-11-24T17:00:00+01:00", "2026-11-24T18:00:00+01:00"),
        ("less than that", berlin, "2026-11-24T17:00:01+01:00", "2026-11-24T23:59:59+01:00"),
        ("at the end", berlin, "2026-11-24T18:00:00+01:00", "2026-11-24T23:59:59+01:00"),
        ("evening", berlin, "2026-11-24T21:00:00+01:00", "2026-11-24T23:59:59+01:00"),
        ("day of the gap", berlin, "2026-03-29T01:00:00+01:00", "2026-03-29T18:00:00+02:00"),
        ("day of the fold", berlin, "2026-10-25T02:30:00+02:00", "2026-10-25T18:00:00+01:00"),
        ("evening of the fold", berlin, "2026-10-25T19:30:00+01:00", "2026-10-25T23:59:59+01:00"),
        ("last second but one", berlin, "2026-11-24T23:59:58+01:00", "2026-11-24T23:59:59+01:00"),
        // Cairo falls back at midnight: the last hour of the day comes twice.
        (
            "fold at midnight",
            Tz::Africa__Cairo,
            "2026-10-29T20:00:00+03:00",
            "2026-10-29T23:59:59+02:00",
        ),
        (
            "far east",
            Tz::Pacific__Kiritimati,
            "2026-11-24T19:00:00+14:00",
            "2026-11-24T23:59:59+14:00",
        ),
    ];
    for (name, zone, now, end) in ends {
        let today = at(now);
        assert_eq!(Lifetime::EndOfToday.expires_at(today, END, &zone), Ok(at(end)), "{name}");
        // Whoever types the day means no other second.
        let day = local_at(today, &zone).unwrap().date();
        assert_eq!(Lifetime::OnDay(day).expires_at(today, END, &zone), Ok(at(end)), "{name}");
    }
    let now = at("2026-11-24T23:59:59+01:00");
    assert_eq!(Lifetime::EndOfToday.expires_at(now, END, &berlin), Err(LifetimeError::Over));
}

#[test]
fn a_day_that_was_written_for_one_link_ends_with_the_working_day() {
    let berlin = Tz::Europe__Berlin;
    // Friday.
    let now = at("2026-11-27T15:12:40+01:00");
    let today = local_at(now, &berlin).unwrap().date();
    for (text, end) in [
        ("31.12.2026", Ok("2026-12-31T18:00:00+01:00")),
        ("31.12.26", Ok("2026-12-31T18:00:00+01:00")),
        ("Monday", Ok("2026-11-30T18:00:00+01:00")),
        ("tomorrow", Ok("2026-11-28T18:00:00+01:00")),
        ("today", Ok("2026-11-27T18:00:00+01:00")),
        ("in 3 weeks", Ok("2026-12-18T18:00:00+01:00")),
        ("7 days", Ok("2026-12-04T18:00:00+01:00")),
        ("a month", Ok("2026-12-27T18:00:00+01:00")),
        // What says a time has it.
        ("31.12.2026 17:00", Ok("2026-12-31T17:00:00+01:00")),
        ("tomorrow 9 am", Ok("2026-11-28T09:00:00+01:00")),
        ("2026-12-31T17:00Z", Ok("2026-12-31T18:00:00+01:00")),
        ("48h", Ok("2026-11-29T15:12:40+01:00")),
        ("90 minutes", Ok("2026-11-27T16:42:40+01:00")),
        ("26.11.2026", Err(LifetimeError::Over)),
        ("31.12.2046", Err(LifetimeError::TooFar { years: 20 })),
        ("900 months", Err(LifetimeError::TooFar { years: 20 })),
    ] {
        let reading = crate::moment::read(text, today, None).unwrap();
        let written = Lifetime::written_as_day(reading, now, &berlin);
        assert_eq!(written.expires_at(now, END, &berlin), end.map(at), "{text}");
    }
    // In a list and in a terminal they stay what they were.
    for (text, end) in
        [("31.12.2026", "2026-12-31T23:59:59+01:00"), ("7 days", "2026-12-04T15:12:40+01:00")]
    {
        let reading = crate::moment::read(text, today, None).unwrap();
        let written = Lifetime::written(reading).expires_at(now, END, &berlin);
        assert_eq!(written, Ok(at(end)), "{text}");
    }
}

#[test]
fn chosen_times_lie_ahead_and_within_twenty_years() {
    let zone = FixedOffset::west_opt(3 * 3600 + 1800).unwrap();
    let now = at("2026-11-24T09:00:00-03:30");
    let too_far = Err(LifetimeError::TooFar { years: 20 });
    let cases = [
        ("2026-12-01T17:00", Ok(at("2026-12-01T17:00:00-03:30"))),
        ("2026-11-24T09:00:01", Ok(now + 1)),
        ("2026-11-24T09:00", Err(LifetimeError::Over)),
        ("2026-11-24T08:59", Err(LifetimeError::Over)),
        ("1969-12-31T23:59", Err(LifetimeError::Over)),
        ("0000-01-01T00:00", Err(LifetimeError::Over)),
        ("2046-11-24T09:00", Ok(at("2046-11-24T09:00:00-03:30"))),
        ("2046-11-24T09:00:01", too_far),
        ("9999-12-31T23:59", too_far),
    ];
    for (text, expected) in cases {
        assert_eq!(until(text).expires_at(now, END, &zone), expected, "{text}");
    }
    let far = Lifetime::Until(NaiveDateTime::MAX);
    assert_eq!(far.expires_at(now, END, &zone), too_far);
    let past = Lifetime::Until(NaiveDateTime::MIN);
    assert!(past.expires_at(now, END, &zone).is_err());
}

#[test]
fn a_chosen_time_in_a_fold_is_the_later_one() {
    let zone = Tz::Europe__Berlin;
    // Chosen while the first 02:30 of that night is over already, but not the second.
    let now = at("2026-10-25T02:45:00+02:00");
    assert_eq!(
        until("2026-10-25T02:30").expires_at(now, END, &zone),
        Ok(at("2026-10-25T02:30:00+01:00"))
    );
    let gap = until("2027-03-28T02:30").expires_at(now, END, &zone);
    assert_eq!(gap, Ok(at("2027-03-28T03:00:00+02:00")));
}

#[test]
fn absurd_clocks_are_errors_and_not_panics() {
    let every = [
        Lifetime::OneMinute,
        Lifetime::OneHour,
        Lifetime::EndOfToday,
        Lifetime::OneDay,
        Lifetime::SevenDays,
        Lifetime::ThirtyDays,
        Lifetime::Until(NaiveDateTime::MAX),
    ];
    let edges = [
        i64::MIN,
        i64::MAX,
        DateTime::<Utc>::MIN_UTC.timestamp(),
        DateTime::<Utc>::MAX_UTC.timestamp(),
    ];
    for now in edges {
        for lifetime in every {
            let _ = lifetime.expires_at(now, END, &Tz::Pacific__Kiritimati);
            let _ = lifetime.expires_at(now, END, &Tz::Pacific__Niue);
        }
    }
    assert_eq!(Lifetime::OneHour.expires_at(i64::MAX, END, &Utc), Err(LifetimeError::Invalid));
}

proptest! {
    #[test]
    fn ends_agree_with_the_zone_database(
        now in 1_767_225_600_i64..2_398_377_600,
        zone in prop::sample::select(vec![
            Tz::Europe__Berlin, Tz::America__St_Johns, Tz::Australia__Lord_Howe, Tz::Africa__Casablanca,
            Tz::Asia__Tehran, Tz::Pacific__Chatham, Tz::America__Santiago, Tz::UTC,
        ]),
        days in prop::sample::select(vec![(Lifetime::OneDay, 1), (Lifetime::SevenDays, 7), (Lifetime::ThirtyDays, 30)]),
    ) {
        let (lifetime, count) = days;
        let end = lifetime.expires_at(now, END, &zone).unwrap();
        let day = zone.timestamp_opt(now, 0).unwrap().naive_local().date();
        let wanted = day.checked_add_days(Days::new(count)).unwrap().and_hms_opt(18, 0, 0).unwrap();
        // In a gap the database has no answer, and the tables above have.
        if let Some(expected) = zone.from_local_datetime(&wanted).latest() {
            prop_assert_eq!(end, expected.timestamp());
        }
    }
}
