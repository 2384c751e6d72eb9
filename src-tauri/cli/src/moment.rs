//! Times as the AWS CLI takes them, spans of our own, and the present time.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Reads `2026-12-01` (0:00 UTC), `2026-12-01T17:00:00` (UTC), the same with `Z`, `+01:00` or
/// `-0500`, or seconds since 1970. A space may stand for the `T`. Gives Unix time in seconds.
pub fn parse(text: &str) -> Option<i64> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    // Chrono would take signs, blanks and years of any length.
    let begins_as_date = text
        .bytes()
        .zip("0000-00-00".bytes())
        .all(|(byte, shape)| if shape == b'0' { byte.is_ascii_digit() } else { byte == shape });
    if !begins_as_date || text.ends_with(":60") {
        return None;
    }
    if text.len() == 10 {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        return Some(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp());
    }
    let text = text.replacen(' ', "T", 1);
    for shape in ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%SZ"] {
        if let Ok(moment) = NaiveDateTime::parse_from_str(&text, shape) {
            return Some(moment.and_utc().timestamp());
        }
    }
    let moment = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%z").ok()?;
    Some(moment.timestamp())
}

/// Reads `90s`, `45m`, `12h`, `7d`, `2w` as seconds; a day is 24 hours.
pub fn parse_span(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return None,
    };
    let count = text.strip_suffix(unit)?;
    if count.is_empty() || !count.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    count.parse::<i64>().ok()?.checked_mul(seconds).filter(|span| *span > 0)
}

/// What the clock says, in seconds since 1970; a time before that is 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_span};

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
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("", None),
            ("-5", None),
            ("+5", None),
            ("1e3", None),
            ("2026-13-01", None),
            ("2026-02-30", None),
            ("2026-12-1", None),
            ("2026-12-01T25:00:00", None),
            ("2026-12-01T17:00:60", None),
            ("2026-12-01T17:00:00 tomorrow", None),
            ("tomorrow", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn spans_have_a_unit() {
        for (text, expected) in [
            ("90s", Some(90)),
            ("45m", Some(2_700)),
            ("12h", Some(43_200)),
            ("7d", Some(604_800)),
            ("2w", Some(1_209_600)),
            ("7", None),
            ("d", None),
            ("", None),
            ("0d", None),
            ("-1d", None),
            ("1.5h", None),
            ("7 d", None),
            ("7\u{e9}", None),
            ("99999999999999999999d", None),
            ("9223372036854775807w", None),
        ] {
            assert_eq!(parse_span(text), expected, "{text}");
        }
    }
}
