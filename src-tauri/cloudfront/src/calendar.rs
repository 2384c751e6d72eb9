//! What clocks in a time zone show at a moment, and back.
//!
//! Where the clocks change at the very moment that is asked for, a time that does not exist becomes the first
//! moment after the gap, and a time that comes twice becomes the second one: a link never ends sooner than
//! promised. Deliberately not here: the present time and the computer's zone; both are passed in.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone};

/// Reads `2026-12-01T17:00` or `2026-12-01T17:00:30`, as a date-and-time field gives it; `None` for any
/// other text, a zone behind the time too, and for dates that do not exist.
pub fn local_time(text: &str) -> Option<NaiveDateTime> {
    // Chrono's reader is lenient (signs, spaces, years of any length); the shape is checked first.
    let is_shape = |shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            })
    };
    let format = if is_shape("0000-00-00T00:00") {
        "%Y-%m-%dT%H:%M"
    } else if is_shape("0000-00-00T00:00:00") && !text.ends_with(":60") {
        "%Y-%m-%dT%H:%M:%S"
    } else {
        return None;
    };
    NaiveDateTime::parse_from_str(text, format).ok()
}

/// What clocks in `zone` show at a moment; `None` outside the calendar.
pub fn local_at<Z: TimeZone>(moment: i64, zone: &Z) -> Option<NaiveDateTime> {
    let local = DateTime::from_timestamp(moment, 0)?.with_timezone(zone);
    local.naive_utc().checked_add_offset(local.offset().fix())
}

/// The moment at which clocks in `zone` show `wanted`; see the module's header for gaps and folds.
///
/// Asks the zone only for its offset at a moment, which has exactly one answer. (Asking it for the
/// moment of a local time has none in a gap, and then tells nothing about where the gap ends.)
pub fn moment<Z: TimeZone>(wanted: NaiveDateTime, zone: &Z) -> Option<i64> {
    // No zone is further than 14 hours from UTC, so the moment lies well inside this window, and no
    // zone changes its clocks twice in three days.
    let window = TimeDelta::hours(36);
    let wanted_as_utc = wanted.and_utc().timestamp();
    let before = wanted.checked_sub_signed(window)?.and_utc().timestamp();
    let behind = wanted.checked_add_signed(window)?.and_utc().timestamp();
    let first = offset_at(before, zone)?;
    let last = offset_at(behind, zone)?;

    let showing = [first, last]
        .into_iter()
        .filter_map(|offset| {
            let moment = wanted_as_utc - offset;
            (offset_at(moment, zone) == Some(offset)).then_some(moment)
        })
        .max();
    showing.or_else(|| first_moment_with_other_offset(before, behind, first, zone))
}

/// Halves `before..behind` until it ends at the first second whose offset is not `offset`.
fn first_moment_with_other_offset<Z: TimeZone>(
    mut before: i64,
    mut behind: i64,
    offset: i64,
    zone: &Z,
) -> Option<i64> {
    while behind - before > 1 {
        let middle = before + (behind - before) / 2;
        if offset_at(middle, zone)? == offset {
            before = middle;
        } else {
            behind = middle;
        }
    }
    Some(behind)
}

/// Seconds east of UTC at a moment.
fn offset_at<Z: TimeZone>(moment: i64, zone: &Z) -> Option<i64> {
    let utc = DateTime::from_timestamp(moment, 0)?.naive_utc();
    let offset = zone.offset_from_utc_datetime(&utc).fix();
    Some(i64::from(offset.local_minus_utc()))
}

/// The moment at which clocks that are so many seconds east of UTC show `local`.
pub(crate) fn at_offset(local: Option<NaiveDateTime>, offset: i32) -> Option<i64> {
    Some(local?.and_utc().timestamp() - i64::from(offset))
}
