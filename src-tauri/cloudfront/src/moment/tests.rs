//! How dates are written, each as it is read on a Tuesday: 24 November 2026.

use chrono_tz::Europe::{Berlin, London};

use super::*;
use crate::day_end::DayEnd;
use crate::lifetime::{Lifetime, LifetimeError, MAX_YEARS};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn read(text: &str) -> Result<Reading, MomentError> {
    super::read(text, today(), None)
}

/// What was read, as a text that means one thing.
fn said(text: &str) -> String {
    read(text).map_or_else(|error| format!("{error:?}"), |reading| reading.to_string())
}

#[test]
fn a_day_is_read_in_every_dress() {
    for text in [
        "2026-12-31",
        "2026-12-31.",
        " 2026-12-31 ",
        "\"2026-12-31\"",
        "2026/12/31",
        "2026.12.31",
        "20261231",
        "31.12.2026",
        "31.12.26",
        "31. 12. 2026",
        "31.\u{a0}12.\u{a0}2026",
        "31/12/2026",
        "31/12/26",
        "31-12-2026",
        "12/31/2026",
        "12-31-2026",
        "12/31/26",
        "31.12.",
        "31/12",
        "12/31",
        "31 December 2026",
        "31 december 2026",
        "31 DEC 2026",
        "31 Dec. 2026",
        "31-Dec-2026",
        "31-Dec-26",
        "31/Dec/2026",
        "31 Dec 26",
        "31st December 2026",
        "31st of December, 2026",
        "the 31st of December 2026",
        "until 31 December 2026",
        "December 31, 2026",
        "December 31st, 2026",
        "Dec 31 2026",
        "Dec. 31, 2026",
        "Dec-31-2026",
        "2026 December 31",
        "31 December",
        "Thursday 31 December",
        "Thu 31 Dec 2026",
        "Thu, 31 Dec 2026",
        "Thu. 31 Dec",
        "Thursday, December 31, 2026",
        "Thu 31/12/2026",
        "31. Dezember 2026",
        "31. Dez. 2026",
        "31. Dez",
        "Do, 31.12.2026",
        "Do., 31. Dez. 2026",
        "Donnerstag, den 31. Dezember 2026",
        "bis 31. Dezember 2026",
        "bis zum 31.12.2026",
        "31 décembre 2026",
        "31 d\u{65}\u{301}cembre 2026",
        "jeudi 31 décembre 2026",
        "le 31 déc. 2026",
        "jusqu'au 31 décembre 2026",
        "31 de diciembre de 2026",
        "jueves, 31 de diciembre de 2026",
        "31 dic 2026",
        "hasta el 31 de diciembre de 2026",
        "31 dicembre 2026",
        "31 december 2026",
        "31 de dezembro de 2026",
        "１２/３１/２０２６",
    ] {
        assert_eq!(said(text), "2026-12-31", "{text}");
    }
    for (text, expected) in [
        ("30 Sept", "2027-09-30"),
        ("1 März", "2027-03-01"),
        ("1. Jänner 2027", "2027-01-01"),
        ("1er août 2027", "2027-08-01"),
        ("15 août", "2027-08-15"),
        ("24 November", "2026-11-24"),
        ("23 November", "2027-11-23"),
        ("29 Feb", "2028-02-29"),
        ("2 May 2027", "2027-05-02"),
        ("3rd June 2027", "2027-06-03"),
        ("22nd July 2027", "2027-07-22"),
        ("5/5/2027", "2027-05-05"),
        ("5.6.2027", "2027-06-05"),
        ("today", "2026-11-24"),
        ("heute", "2026-11-24"),
        ("tomorrow", "2026-11-25"),
        ("aujourd’hui", "2026-11-24"),
        ("mañana", "2026-11-25"),
        ("Friday", "2026-11-27"),
        ("Mo", "2026-11-30"),
        ("viernes", "2026-11-27"),
        ("1 mar 2027", "2027-03-01"),
        ("Fri 4 Dec", "2026-12-04"),
        ("Fri 4/12/2026", "2026-12-04"),
        ("Tue 12 Jan", "2027-01-12"),
        ("2026-12-1", "2026-12-01"),
        ("2028-02-29", "2028-02-29"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn a_time_of_day_is_read_with_it() {
    for text in [
        "2026-12-31 17:00",
        "2026-12-31T17:00",
        "2026-12-31T17:00:00",
        "2026-12-31t17:00",
        "2026-12-31T17",
        "2026-12-31  17:00",
        "2026-12-31, 17:00",
        "2026-12-31 - 17:00",
        "20261231T170000",
        "31.12.2026 17:00",
        "31.12.2026, 17:00:00",
        "31.12.2026 um 17 Uhr",
        "31.12.2026 17.00 Uhr",
        "31.12.2026 17:00 Uhr",
        "31.12.2026 17:00 h",
        "31/12/2026 17:00",
        "31/12/2026 17h00",
        "31/12/2026 17h",
        "31/12/2026 à 17 h 00",
        "12/31/2026, 5:00:00 PM",
        "12/31/2026 5:00\u{202f}PM",
        "12/31/2026 5pm",
        "31 Dec 2026 5 p.m.",
        "31 Dec 2026, 5 pm",
        "31 Dec 2026 at 5:00 p.m.",
        "5 pm on 31 December 2026",
        "17:00, 31 December 2026",
        "17:00 31.12.2026",
        "Thu 31 Dec 2026, 5 pm",
        "Thu Dec 31 17:00:00 2026",
        "Dec 31 5pm",
        "31. Dez. 2026 17:00",
        "jeudi 31 décembre 2026 à 17h00",
        "31 de diciembre de 2026, 17:00 horas",
        "2026-12-31 17:00:00.000",
        "2026-12-31 17:00:00,000",
    ] {
        assert_eq!(said(text), "2026-12-31 17:00", "{text}");
    }
    for (text, expected) in [
        ("31 December 2026 noon", "2026-12-31 12:00"),
        ("31 December 2026, 12 noon", "2026-12-31 12:00"),
        ("31 décembre 2026 à midi", "2026-12-31 12:00"),
        ("31 Dec 2026 12 am", "2026-12-31 00:00"),
        ("31 Dec 2026 12:30 pm", "2026-12-31 12:30"),
        ("2026-12-31 24:00", "2027-01-01 00:00"),
        ("2026-12-31 17:00:30", "2026-12-31 17:00:30"),
        ("Friday 5 pm", "2026-11-27 17:00"),
        ("tomorrow, 9:30", "2026-11-25 09:30"),
        ("heute 18 Uhr 30", "2026-11-24 18:30"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn what_programs_write_is_a_second() {
    for text in [
        "2026-12-31T16:00:00Z",
        "2026-12-31T16:00Z",
        "2026-12-31T16:00:00.000Z",
        "2026-12-31T16:00:00.000000Z",
        "2026-12-31 16:00:00+00:00",
        "2026-12-31 16:00:00 UTC",
        "2026-12-31 16:00 GMT",
        "2026-12-31 16:00:00 +0000 UTC",
        "2026-12-31T17:00:00+01:00",
        "2026-12-31T17:00:00+0100",
        "2026-12-31T17:00:00+01",
        "2026-12-31T17:00+01",
        "2026-12-31 17:00 +01:00",
        "2026-12-31T11:00:00-05:00",
        "2026-12-31T17:00:00+01:00[Europe/Berlin]",
        "20261231T160000Z",
        "20261231T170000+0100",
        "Thu, 31 Dec 2026 16:00:00 GMT",
        "Thu, 31 Dec 2026 17:00:00 +0100",
        "Thu Dec 31 2026 17:00:00 GMT+0100 (Central European Standard Time)",
        "Thu Dec 31 16:00:00 UTC 2026",
        "Thu Dec 31 17:00:00 CET 2026",
        "Thu 31 Dec 2026 05:00:00 PM CET",
        "31.12.2026 17:00 MEZ",
        "31/12/2026 17:00 UTC+1",
        "31 Dec 2026 11:00 EST",
        "1798732800",
        "1798732800.0",
        "1798732800.999",
    ] {
        assert_eq!(said(text), "2026-12-31T16:00:00Z", "{text}");
    }
    assert_eq!(said("2027-07-01 17:00 CEST"), "2027-07-01T15:00:00Z");
    assert_eq!(said("2026-12-31 UTC"), "2026-12-31 UTC+00:00");
    assert_eq!(said("2026-12-31Z"), "2026-12-31 UTC+00:00");
}

#[test]
fn a_zone_that_no_clock_shows_then_is_refused() {
    for (text, name) in [
        ("2027-07-01 17:00 CET", "CET"),
        ("2026-12-31 17:00 CEST", "CEST"),
        ("2026-07-31 17:00 EST", "EST"),
        ("2026-12-31 17:00 BST", "BST"),
        ("2026-12-31 17:00 IST", "IST"),
        ("2026-12-31 17:00 CST", "CST"),
    ] {
        assert_eq!(read(text), Err(MomentError::UnknownZone { name: name.to_owned() }), "{text}");
    }
    // The clocks change on 28 March and 31 October 2027 in Europe, on 14 March and 7 November in America.
    for (text, is_read) in [
        ("2027-03-27 17:00 CET", true),
        ("2027-03-28 17:00 CET", false),
        ("2027-10-30 17:00 CET", false),
        ("2027-10-31 17:00 CET", true),
        ("2027-03-13 17:00 EST", true),
        ("2027-03-14 17:00 EST", false),
        ("2027-11-07 17:00 EDT", false),
    ] {
        assert_eq!(read(text).is_ok(), is_read, "{text}");
    }
}

#[test]
fn a_span_is_the_calendars() {
    for (text, expected) in [
        ("7 days", Span::Days(7)),
        ("7d", Span::Days(7)),
        ("1 Week", Span::Days(7)),
        ("2w", Span::Days(14)),
        ("in 3 weeks", Span::Days(21)),
        ("3 weeks from now", Span::Days(21)),
        ("a week", Span::Days(7)),
        ("in einer Woche", Span::Days(7)),
        ("2 Wochen", Span::Days(14)),
        ("7 Tage", Span::Days(7)),
        ("in 7 Tagen", Span::Days(7)),
        ("7 jours", Span::Days(7)),
        ("dans 2 semaines", Span::Days(14)),
        ("7 días", Span::Days(7)),
        ("1 month", Span::Months(1)),
        ("6 mois", Span::Months(6)),
        ("2 años", Span::Months(24)),
        ("1 y", Span::Months(12)),
        ("168h", Span::Seconds(604_800)),
        ("24 hours", Span::Seconds(86_400)),
        ("90 min", Span::Seconds(5_400)),
        ("30s", Span::Seconds(30)),
    ] {
        assert_eq!(read(text), Ok(Reading::Span(expected)), "{text}");
        assert_eq!(read_span(text), Some(expected), "{text}");
    }
    for text in
        ["7", "7 m", "-7 days", "d", "1.5h", "days", "2026-12-31", "99999999999 days", "7\r\nd", ""]
    {
        assert_eq!(read_span(text), None, "{text}");
    }
}

#[test]
fn seven_days_are_the_same_time_of_day_and_168_hours_are_counted() {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().timestamp();
    // The clocks go back on 25 October 2026 in Berlin, and forward on 28 March 2027.
    for (now, days, hours) in [
        ("2026-10-22T15:00:00+02:00", "2026-10-29T15:00:00+01:00", "2026-10-29T14:00:00+01:00"),
        ("2027-03-25T15:00:00+01:00", "2027-04-01T15:00:00+02:00", "2027-04-01T16:00:00+02:00"),
        ("2027-03-21T02:30:00+01:00", "2027-03-28T03:00:00+02:00", "2027-03-28T03:30:00+02:00"),
        ("2026-11-20T15:00:00+01:00", "2026-11-27T15:00:00+01:00", "2026-11-27T15:00:00+01:00"),
    ] {
        let end = |text: &str| {
            Lifetime::Written(Reading::Span(read_span(text).unwrap())).expires_at(
                at(now),
                DayEnd::USUAL,
                &Berlin,
            )
        };
        for text in ["7d", "7 days", "1w", "in a week"] {
            assert_eq!(end(text), Ok(at(days)), "{text} from {now}");
        }
        assert_eq!(end("168h"), Ok(at(hours)), "from {now}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_handed_back_with_both() {
    let day = |text: &str| match read(text) {
        Ok(reading) => reading,
        Err(error) => panic!("{text}: {error:?}"),
    };
    for (text, first, second, by_order) in [
        ("5/6/2026", "2026-06-05", "2026-05-06", true),
        ("05/06/26", "2026-06-05", "2026-05-06", true),
        ("5-6-2026", "2026-06-05", "2026-05-06", true),
        ("5/6/2026 17:00", "2026-06-05 17:00", "2026-05-06 17:00", true),
        ("5/6", "2027-06-05", "2027-05-06", true),
        ("Tuesday", "2026-11-24", "2026-12-01", false),
        ("31 Dec 2026 midnight", "2026-12-31 00:00", "2027-01-01 00:00", false),
    ] {
        let readings = [day(first), day(second)];
        assert_eq!(read(text), Err(MomentError::Ambiguous { readings, by_order }), "{text}");
        if by_order {
            let by = |order| super::read(text, today(), Some(order));
            assert_eq!(by(Order::DayFirst), Ok(readings[0]), "{text}");
            assert_eq!(by(Order::MonthFirst), Ok(readings[1]), "{text}");
        }
    }
    for text in ["Dec-26", "26-12-31"] {
        assert!(matches!(read(text), Err(MomentError::Ambiguous { .. })), "{text}: {}", said(text));
    }
    // An order settles only what the text leaves open.
    for text in ["31/12/2026", "12/31/2026", "31.12.2026"] {
        for order in [Order::DayFirst, Order::MonthFirst] {
            assert_eq!(super::read(text, today(), Some(order)), Ok(day("2026-12-31")), "{text}");
        }
    }
}

#[test]
fn what_is_almost_a_date_is_handed_back_with_what_was_probably_meant() {
    for (text, expected) in [
        ("31 Decmber 2026", Some("2026-12-31")),
        ("31 Dezembr 2026", Some("2026-12-31")),
        ("31. Decembre. 2026 fin", Some("2026-12-31")),
        ("please before 31 December 2026", Some("2026-12-31")),
        ("31.12.2026 EOD", Some("2026-12-31")),
        ("December 2026", Some("2026-12-31")),
        ("Ende Februar 2028", Some("2028-02-29")),
        ("17:00", Some("2026-11-24 17:00")),
        ("31.12", Some("2026-12-31")),
        ("soon", None),
        ("never", None),
        ("7", None),
        ("1.2", Some("2027-02-01")),
        ("2026", None),
        ("", None),
        ("Vertrag Müller.pdf", None),
        ("99999999999999999999999", None),
    ] {
        let suggestion = expected.map(|text| read(text).unwrap());
        assert_eq!(read(text), Err(MomentError::Unreadable { suggestion }), "{text}");
    }
    for (text, expected) in [
        ("2026-02-30", Some("2026-02-28")),
        ("31.11.2026", Some("2026-11-30")),
        ("31 November 2026", Some("2026-11-30")),
        ("2026-31-12", Some("2026-12-31")),
        ("12.31.2026", Some("2026-12-31")),
        ("29 Feb 2027", Some("2027-02-28")),
        ("99.99.2026", None),
        ("32 December 2026", None),
    ] {
        let suggestion = expected.map(|text| read(text).unwrap());
        assert_eq!(read(text), Err(MomentError::NoSuchDay { suggestion }), "{text}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    for text in ["2026-12-31 25:00", "2026-12-31 17:60", "2026-12-31T17:00:60Z", "31 Dec 13 pm"] {
        assert_eq!(read(text), Err(MomentError::NoSuchTime), "{text}");
    }
    let reading = read("4 Dec 2026").unwrap();
    let other = MomentError::OtherWeekday { is: Weekday::Fri, reading };
    assert_eq!(read("Thu 4 Dec 2026"), Err(other));
    for (text, unit, seconds) in [
        ("1798732800000", FineUnit::Milliseconds, 1_798_732_800),
        ("1798732800000.0", FineUnit::Milliseconds, 1_798_732_800),
        ("1798732800000000", FineUnit::Microseconds, 1_798_732_800),
        ("1798732800000000000", FineUnit::Nanoseconds, 1_798_732_800),
    ] {
        assert_eq!(read(text), Err(MomentError::TooFine { unit, seconds }), "{text}");
    }
    for text in [
        "2026-12-31 17:00 2026-12-31",
        "2026-12-31 2027-12-31",
        "31.12.2026 17:00 18:00",
        "31 Dec 2026 2027",
        "31 Dec Jan 2026",
        "Mon Tue 31 Dec",
        "2026-12-31 9:00 - 10:00",
        "31.12.2026 9:00-10:00",
        "1.12.2026 - 31.12.2026",
        "2026-12-31T17:00+99:00",
        "+2026-12-31",
        "-5",
        "1e3",
        "2026-12-31 17:00Z +01:00",
        "\u{662}026-12-31",
        "a/b/c",
        "12345678",
        "2026-\n12-31",
        "31 Dec\u{7} 2026",
    ] {
        assert!(
            matches!(read(text), Err(MomentError::Unreadable { .. })),
            "{text}: {}",
            said(text)
        );
    }
}

#[test]
fn a_spreadsheets_number_is_a_day() {
    for (text, expected) in [
        ("46387", Some("2026-12-31")),
        ("46387.0", Some("2026-12-31")),
        ("46387.708333", Some("2026-12-31 17:00")),
        ("46387,708333", Some("2026-12-31 17:00")),
        ("46387.70833333333", Some("2026-12-31 17:00")),
        ("46387.5", Some("2026-12-31 12:00")),
        ("36526", Some("2000-01-01")),
        ("73050", Some("2099-12-31")),
        ("73051", None),
        ("36525", None),
        ("4638", None),
        ("463870", None),
        ("46387.7.1", None),
        ("-46387", None),
        ("", None),
        ("a", None),
    ] {
        let expected = expected.map(str::to_owned);
        assert_eq!(read_day_number(text).map(|day| day.to_string()), expected, "{text}");
    }
}

#[test]
fn what_is_said_back_is_read_as_the_same() {
    for text in [
        "31.12.2026",
        "31.12.2026 17:00",
        "31.12.2026 17:00:30",
        "1798732800",
        "7 days",
        "90 min",
        "2026-12-31 UTC",
    ] {
        let reading = read(text).unwrap();
        assert_eq!(read(&reading.to_string()), Ok(reading), "{text}");
    }
    assert_eq!(read("31.12.2026 17:00").unwrap().in_words(), "Thursday 31 December 2026, 17:00");
    assert_eq!(read("1798732800").unwrap().in_words(), "Thursday 31 December 2026, 16:00 UTC");
}

/// 24 November 2026, 12:00 in London.
const NOW: i64 = 1_795_521_600;
const DAY: i64 = 86_400;

#[test]
fn a_day_ends_with_its_last_second_and_begins_with_its_first() {
    for (text, end) in [
        ("2026-12-01", NOW + 7 * DAY + DAY / 2 - 1),
        ("2026-12-01 17:00", NOW + 7 * DAY + 5 * 3_600),
        ("2026-12-01T17:00:00Z", NOW + 7 * DAY + 5 * 3_600),
        ("2026-12-01T17:00:00+01:00", NOW + 7 * DAY + 4 * 3_600),
        ("2026-12-01 UTC+2", NOW + 7 * DAY + DAY / 2 - 1 - 7_200),
        ("7 days", NOW + 7 * DAY),
        ("24 hours", NOW + DAY),
        ("1 month", NOW + 30 * DAY),
        // Summer time begins in between.
        ("6 months", NOW + 181 * DAY - 3_600),
    ] {
        assert_eq!(
            Lifetime::written(read(text).unwrap()).expires_at(NOW, DayEnd::USUAL, &London),
            Ok(end),
            "{text}"
        );
    }
    for (text, begins) in [
        ("2026-12-01", "2026-12-01 00:00:00"),
        ("2026-12-01 17:00", "2026-12-01 17:00:00"),
        ("2026-12-01T17:00:00+01:00", "2026-12-01 16:00:00"),
        ("7 days", "2026-12-01 12:00:00"),
    ] {
        let local = read(text).unwrap().beginning(NOW, &London).unwrap();
        assert_eq!(local.to_string(), begins, "{text}");
    }
}

#[test]
fn an_end_lies_in_the_years_to_come() {
    let end =
        |text: &str| Lifetime::written(read(text).unwrap()).expires_at(NOW, DayEnd::USUAL, &London);
    for over in [
        "2026-11-23",
        "2026-11-24T12:00:00Z",
        "0 days",
        "0 h",
        "2026-11-24 12:00",
        "2020-01-01 UTC",
    ] {
        assert_eq!(end(over), Err(LifetimeError::Over), "{over}");
    }
    let too_far = LifetimeError::TooFar { years: MAX_YEARS };
    for far in ["2046-11-25", "21 years", "4000000000 h", "9999-01-01T00:00:00Z", "9999-12-31 UTC"]
    {
        assert_eq!(end(far), Err(too_far), "{far}");
    }
    assert!(end("20 years").is_ok());
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[0-9./: TZ+-]{0,30}|([0-9]{1,4}|[a-z]{1,9}|[-./,: ]){0,12}") {
        let _ = read(&text);
        let _ = read_day_number(&text);
        let _ = read_span(&text);
    }

    #[test]
    fn every_day_is_itself_in_each_dress(days in 0_u64..7_000) {
        let day = today().checked_add_days(chrono::Days::new(days)).unwrap();
        for shape in ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%-d %B %Y", "%B %-d, %Y", "%a %-d %b %Y", "%d-%b-%y", "%Y%m%d"] {
            let text = day.format(shape).to_string();
            proptest::prop_assert_eq!(read(&text), Ok(Reading::Day { day, offset: None }), "{}", text);
        }
        for shape in ["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"] {
            let text = day.format(shape).to_string();
            let day = Reading::Day { day, offset: None };
            let is_right = match read(&text) {
                Ok(reading) => reading == day,
                Err(MomentError::Ambiguous { readings, .. }) => readings.contains(&day),
                Err(_) => false,
            };
            proptest::prop_assert!(is_right, "{}", text);
        }
    }
}

#[test]
fn what_is_reckoned_from_today_is_told_from_what_says_its_day() {
    for text in [
        "tomorrow",
        "today",
        "Friday",
        "next friday 17:00",
        "31 December",
        "31.12.",
        "morgen",
        "1 December 17:00",
        "Dec 1",
    ] {
        let is_read = read(text).is_ok();
        assert_eq!(is_by_today(text, None), is_read, "{text}");
    }
    assert!(is_by_today("tomorrow", None) && is_by_today("31 December", None), "the control");
    for text in [
        "2026-12-01",
        "1 December 2026",
        "1.12.2026",
        "2026-12-01T17:00:00Z",
        "1796144400",
        "Tue, 01 Dec 2026 17:00:00 GMT",
        "20261201",
        "7 days",
        "",
        "soon",
    ] {
        assert!(!is_by_today(text, None), "{text}");
    }
}
