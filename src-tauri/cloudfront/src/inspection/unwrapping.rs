//! What programs on the way do to a link, undone: mail's quoted-printable, JSON's and HTML's escapes,
//! a second percent-encoding, and the addresses of others around it.
//!
//! Each is undone only where it shows: a link whose signing parameters are in order is left alone.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::beginnings;
use super::budget::{Budget, Work, price};
use super::inner::{self, Inner};
use super::ranking::{Rank, is_whole};
use super::repair::Repair;
use super::wrappers::{self, Known, Wrapper};
use crate::address::SIGNING_PARAMETERS;
use crate::host::{split_authority, split_scheme};
use crate::verify::Link;

/// A wrapper may lie in a wrapper, and an encoding in an encoding.
const MAX_LAYERS: usize = 8;

/// By these it shows that a text is in JSON or JavaScript.
const JSON_SIGNS: [&str; 7] = [
    "\\u0026Signature",
    "\\u0026Key-Pair-Id",
    "\\U0026Signature",
    "\\U0026Key-Pair-Id",
    "\\x26Signature",
    "\\x26Key-Pair-Id",
    ":\\/\\/",
];

const JSON_ESCAPES: [(&str, &str); 8] = [
    ("\\u0026", "&"),
    ("\\U0026", "&"),
    ("\\x26", "&"),
    ("\\u003d", "="),
    ("\\u003D", "="),
    ("\\U003D", "="),
    ("\\x3d", "="),
    ("\\/", "/"),
];

/// The whole text, out of the form in which mail or JSON carries it.
pub(super) fn text<'a>(mut text: Cow<'a, str>, repairs: &mut Vec<Repair>) -> Cow<'a, str> {
    if let Some(decoded) = quoted_printable(&text) {
        repairs.push(Repair::QuotedPrintable);
        text = Cow::Owned(decoded);
    }
    if text.contains('\\') && JSON_SIGNS.iter().any(|sign| text.contains(sign)) {
        repairs.push(Repair::JsonEscapes);
        let mut plain = text.into_owned();
        for (escape, character) in JSON_ESCAPES {
            plain = plain.replace(escape, character);
        }
        text = Cow::Owned(plain);
    }
    text
}

/// One link, as it was before others had it, or as far as the budget goes.
pub(super) fn link(text: &str, repairs: &mut Vec<Repair>, budget: &mut Budget) -> String {
    layered(text, MAX_LAYERS, repairs, budget)
}

fn layered(text: &str, layers: usize, repairs: &mut Vec<Repair>, budget: &mut Budget) -> String {
    let mut link = text.to_owned();
    for left in (0..layers).rev() {
        if !budget.spend(price(&link)) {
            break;
        }
        let before = link.clone();
        if let Some((scheme, rest)) = beginnings::other_slashes(&link) {
            repairs.push(Repair::Slashes);
            link = format!("{scheme}{rest}");
        }
        if let Some(decoded) = without_entities(&link) {
            repairs.push(Repair::HtmlEntities);
            link = decoded;
        }
        if let Some((inside, undone)) = unwrapped(&link, left, budget) {
            repairs.extend(undone);
            return inside;
        }
        if let Some(decoded) = decoded_once(&link) {
            repairs.push(Repair::EncodedTwice);
            link = decoded;
        }
        if link == before {
            break;
        }
    }
    link
}

/// RFC 2045, 6.7. A signing parameter's `=` is `=3D` there, and nowhere else.
fn quoted_printable(text: &str) -> Option<String> {
    if !text.contains("=3D") && !text.contains("=3d") {
        return None;
    }
    let joined = text.replace("=\r\n", "").replace("=\n", "");
    let shows = |name: &&str| {
        joined.contains(&format!("{name}=3D")) || joined.contains(&format!("{name}=3d"))
    };
    SIGNING_PARAMETERS.into_iter().find(shows)?;
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (ahead.next().and_then(hex), ahead.next().and_then(hex));
        match (byte, pair) {
            (b'=', (Some(high), Some(low))) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

/// `&amp;` and its kin before a signing parameter.
fn without_entities(link: &str) -> Option<String> {
    const AMPERSANDS: [&str; 4] = ["&amp;", "&#38;", "&#038;", "&#x26;"];
    const SIGNS: [&str; 4] = ["amp;", "&#38;", "&#038;", "&#x26;"];
    if !link.contains("amp;") && !link.contains("&#") {
        return None;
    }
    let is_before_name = |rest: &str| {
        let mut behind = SIGNING_PARAMETERS.iter().filter_map(|name| rest.strip_prefix(name));
        behind.any(|rest| rest.starts_with('=') || rest.starts_with("&#"))
    };
    let shows = |sign: &str| {
        link.match_indices(sign)
            .any(|(at, _)| link.get(at + sign.len()..).is_some_and(is_before_name))
    };
    if !SIGNS.into_iter().any(shows) {
        return None;
    }
    let mut decoded = link.replace("&#61;", "=").replace("&#x3D;", "=").replace("&#x3d;", "=");
    for entity in AMPERSANDS {
        decoded = decoded.replace(entity, "&");
    }
    (decoded != link).then_some(decoded)
}

/// Percent-encoding over the whole link, over its query, or over the values of its parameters.
fn decoded_once(link: &str) -> Option<String> {
    let lower = link.to_ascii_lowercase();
    if lower.starts_with("http%3a")
        || lower.starts_with("https%3a")
        || lower.starts_with("http%253a")
        || lower.starts_with("https%253a")
    {
        return decoded(link);
    }
    let is_encoded = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        SIGNING_PARAMETERS.contains(&name) && value.contains('%')
    };
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    if query.split('&').any(is_encoded) {
        let parts: Vec<_> = query
            .split('&')
            .map(|part| match is_encoded(part) {
                true => decoded(part).unwrap_or_else(|| part.to_owned()),
                false => part.to_owned(),
            })
            .collect();
        let link_again = format!("{path}?{}", parts.join("&"));
        return (link_again != link).then_some(link_again);
    }
    // Only a link without any parameter in order is taken apart further.
    let shows = ["signature%3d", "signature%253d", "key-pair-id%3d", "key-pair-id%253d"];
    if !shows.iter().any(|sign| lower.contains(sign)) {
        return None;
    }
    let parts = Link::take_apart(link);
    if SIGNING_PARAMETERS.iter().any(|name| parts.count(name) > 0) {
        return None;
    }
    let names = ["expires%", "policy%", "signature%", "key-pair-id%", "hash-algorithm%"];
    let first = names.iter().filter_map(|name| lower.find(name)).min()?;
    let (before, _) = lower.split_at_checked(first)?;
    let begins = if before.ends_with(['?', '&']) {
        first
    } else {
        before.find('?').or_else(|| before.find("%3f")).or_else(|| before.find("%253f"))?
    };
    let (path, query) = link.split_at_checked(begins)?;
    Some(format!("{path}{}", decoded(query)?))
}

fn decoded(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    (decoded != text && !decoded.contains(char::is_control)).then(|| decoded.into_owned())
}

/// The address inside one of a program that is known.
pub(super) fn inside_known(address: &str) -> Option<String> {
    wrappers::known(address)?;
    let inside = unwrapped(address, MAX_LAYERS, &mut Work::new().finishing)?.0;
    (inside != address).then_some(inside)
}

/// The address inside another one, and all that was undone to get it. Of an unknown program it is only
/// taken where it is signed: an address may have another one among its own parameters.
fn unwrapped(link: &str, layers: usize, budget: &mut Budget) -> Option<(String, Vec<Repair>)> {
    let (_, rest) = split_scheme(link)?;
    let (host, rest) = split_authority(rest);
    let known = wrappers::known(link);
    let own_writing = known
        .and_then(|known| (known.own_writing)(rest))
        .map(|address| Inner { address, is_rest_of_path: true });
    let inside: Vec<Inner> = own_writing.into_iter().chain(inner::of(rest)).collect();
    if inside.is_empty() {
        return None;
    }
    let from = known.map_or_else(|| Wrapper::other(host), Known::wrapper);
    let is_in_order = known.is_none() && is_in_order(link);
    let mut best = None;
    for Inner { address, is_rest_of_path } in inside {
        if is_in_order && !is_rest_of_path {
            continue;
        }
        let mut repairs = vec![Repair::Unwrapped { from: from.clone() }];
        let inside = layered(&address, layers, &mut repairs, budget);
        let rank = match Rank::of(&inside) {
            Rank::Signed if is_whole(&inside) => 2,
            Rank::Signed => 1,
            _ if known.is_some() => 0,
            _ => continue,
        };
        if best.as_ref().is_none_or(|(other, _)| rank > *other) {
            best = Some((rank, (inside, repairs)));
        }
        if rank == 2 {
            break;
        }
    }
    best.map(|(_, inside)| inside)
}

/// Whether all that signs a link is its own.
fn is_in_order(link: &str) -> bool {
    let parts = Link::take_apart(link);
    let has = |name| parts.count(name) > 0;
    has("Signature") && has("Key-Pair-Id") && (has("Expires") || has("Policy"))
}

#[cfg(test)]
mod tests {
    use crate::inspection::budget::Work;

    #[test]
    fn a_link_in_order_is_left_alone() {
        for link in [
            "https://h.example/a%20b?x=%3D&Expires=1&Signature=a&Key-Pair-Id=K",
            "https://h.example/a?x=&amp;y=1&Expires=1&Signature=a&Key-Pair-Id=K",
            "https://h.example/a?url=https%3A%2F%2Fx&Expires=1&Signature=a&Key-Pair-Id=K",
            "https://h.example/a?q=Signature%3D&Expires=1&Signature=a&Key-Pair-Id=K",
        ] {
            let mut repairs = Vec::new();
            assert_eq!(super::link(link, &mut repairs, &mut Work::new().finishing), link);
            assert_eq!(repairs, []);
        }
    }
}
