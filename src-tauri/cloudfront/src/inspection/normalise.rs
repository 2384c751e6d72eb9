//! The link in the characters that were taken: out of what stands around it, encoded as a browser
//! does, and with the end that was cut off.

use super::budget::Budget;
use super::repair::Repair;
use super::signature::{self, Outside};
use super::unwrapping;
use crate::address::encode;
use crate::host::{Authority, split_authority, split_scheme};

/// The link in what was taken.
pub(super) fn finished(taken: &str, budget: &mut Budget) -> (String, Vec<Repair>) {
    let mut repairs = Vec::new();
    let (text, removed) = without_punctuation(taken);
    let mut link = unwrapping::link(text, &mut repairs, budget);
    if !removed.is_empty() {
        repairs.push(Repair::Punctuation { removed: removed.to_owned() });
    }
    if let Some((before, _)) = link.split_once('#') {
        link = before.to_owned();
        repairs.push(Repair::Fragment);
    }
    if let Some(encoded) = encoded(&link) {
        link = encoded;
        repairs.push(Repair::Encoded);
    }
    if let Some(restored) = with_padding(&link) {
        link = restored;
        repairs.push(Repair::PaddingRestored);
    }
    (link, repairs)
}

/// A closing bracket stays where an opening one stands in the address.
fn without_punctuation(text: &str) -> (&str, &str) {
    let surplus = |opening: char, closing: char| {
        text.matches(closing).count().saturating_sub(text.matches(opening).count())
    };
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    let kept = text.trim_end_matches(|last: char| match last {
        '.' | ',' | ';' | ':' | '!' | '?' | '*' => true,
        ')' => less(&mut round),
        ']' => less(&mut square),
        _ => !last.is_ascii() && !last.is_alphanumeric(),
    });
    text.split_at_checked(kept.len()).unwrap_or((text, ""))
}

/// Whether there was one to take away.
fn less(count: &mut usize) -> bool {
    let is_left = *count > 0;
    *count = count.saturating_sub(1);
    is_left
}

/// Letters outside ASCII, as a browser sends them.
fn encoded(link: &str) -> Option<String> {
    if link.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let (scheme, rest) = split_scheme(link)?;
    let (authority, rest) = split_authority(rest);
    let host = match Authority::parse(authority) {
        Some(normal) if !authority.is_ascii() => normal.to_text(),
        _ => encode::foreign(authority),
    };
    Some(format!("{scheme}://{host}{}", encode::foreign(rest)))
}

/// A signature at the end of a link, whose `_` were cut off.
fn with_padding(link: &str) -> Option<String> {
    let (_, last) = link.rsplit_once('&')?;
    let value = last.strip_prefix("Signature=")?;
    let padding = match value.len() % 4 {
        2 => "__",
        3 => "_",
        _ => return None,
    };
    let padded = format!("{value}{padding}");
    matches!(signature::outside(&padded), Outside::Whole(..)).then(|| format!("{link}{padding}"))
}
