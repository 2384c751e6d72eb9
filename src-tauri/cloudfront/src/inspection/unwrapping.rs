//! What programs on the way do to a link, undone: mail's quoted-printable, JSON's and HTML's escapes,
//! a second percent-encoding, and the addresses of others around it.
//!
//! Each is undone only where it shows: a link whose signing parameters are in order is left alone.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;

use super::budget::{Budget, price};
use super::repair::{Repair, Wrapper};
use crate::address::SIGNING_PARAMETERS;
use crate::host::{split_authority, split_scheme};
use crate::verify::Link;

/// A wrapper may lie in a wrapper, and an encoding in an encoding.
const MAX_LAYERS: usize = 8;

/// The whole text, out of the form in which mail or JSON carries it.
pub(super) fn text<'a>(mut text: Cow<'a, str>, repairs: &mut Vec<Repair>) -> Cow<'a, str> {
    if let Some(decoded) = quoted_printable(&text) {
        repairs.push(Repair::QuotedPrintable);
        text = Cow::Owned(decoded);
    }
    if ["\\u0026Signature", "\\u0026Key-Pair-Id", ":\\/\\/"].iter().any(|sign| text.contains(sign))
    {
        repairs.push(Repair::JsonEscapes);
        text = Cow::Owned(
            text.replace("\\u0026", "&")
                .replace("\\u003d", "=")
                .replace("\\u003D", "=")
                .replace("\\/", "/"),
        );
    }
    text
}

/// One link, as it was before others had it, or as far as the budget goes.
pub(super) fn link(text: &str, repairs: &mut Vec<Repair>, budget: &mut Budget) -> String {
    let mut link = text.to_owned();
    for _ in 0..MAX_LAYERS {
        if !budget.spend(price(&link)) {
            break;
        }
        let before = link.clone();
        if let Some(decoded) = without_entities(&link) {
            repairs.push(Repair::HtmlEntities);
            link = decoded;
        }
        if let Some((inner, wrapper)) = unwrapped(&link) {
            repairs.push(Repair::Unwrapped { from: wrapper });
            link = inner;
            continue;
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

/// The address inside one of a program that looks at each click first.
fn unwrapped(link: &str) -> Option<(String, Wrapper)> {
    let (_, rest) = split_scheme(link)?;
    let (host, rest) = split_authority(rest);
    let host = host.to_ascii_lowercase();
    let inner = |name: &str| {
        let (_, query) = rest.split_once('?')?;
        // An entity may still stand before the name.
        let mut parts = query.split('&').map(|part| part.strip_prefix("amp;").unwrap_or(part));
        parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    };
    let is_address = |text: &String| {
        let lower = text.to_ascii_lowercase();
        ["http://", "https://", "http%3a", "https%3a"].iter().any(|sign| lower.starts_with(sign))
    };
    let percent = |text: &str| decoded(text).or_else(|| Some(text.to_owned())).filter(is_address);
    if host.ends_with(".safelinks.protection.outlook.com") {
        return Some((percent(inner("url")?)?, Wrapper::SafeLinks));
    }
    if host == "google.com" || host.starts_with("www.google.") {
        let path = rest.split('?').next()?;
        let target = inner("q").or_else(|| inner("url")).filter(|_| path == "/url")?;
        return Some((percent(target)?, Wrapper::Google));
    }
    if host == "urldefense.com" && rest.starts_with("/v3/__") {
        return Some((proofpoint_3(rest.strip_prefix("/v3/__")?)?, Wrapper::Proofpoint));
    }
    if host.starts_with("urldefense.") && rest.starts_with("/v2/url") {
        let escaped = inner("u")?.replace('-', "%").replace('_', "/");
        return Some((percent(&escaped)?, Wrapper::Proofpoint));
    }
    None
}

/// The address with a `*` for each character that was taken out, or `**` and a letter for several;
/// then `__;`, these characters in base64, and `!!`.
fn proofpoint_3(text: &str) -> Option<String> {
    const COUNTS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (address, rest) = text.rsplit_once("__;")?;
    let taken_out = rest.split("!!").next().unwrap_or_default();
    let taken_out =
        URL_SAFE_NO_PAD.decode(taken_out).or_else(|_| URL_SAFE.decode(taken_out)).ok()?;
    let taken_out = String::from_utf8(taken_out).ok()?;
    let mut taken_out = taken_out.chars();
    let mut address = match address.split_once(":/") {
        Some((scheme, rest)) if !rest.starts_with('/') => format!("{scheme}://{rest}"),
        _ => address.to_owned(),
    };
    if address.contains('*') {
        let mut whole = String::with_capacity(address.len());
        let mut rest = address.chars().peekable();
        while let Some(character) = rest.next() {
            if character != '*' {
                whole.push(character);
                continue;
            }
            let count = match rest.next_if_eq(&'*') {
                Some(_) => COUNTS.find(rest.next()?)? + 2,
                None => 1,
            };
            whole.extend(taken_out.by_ref().take(count));
        }
        address = whole;
    }
    split_scheme(&address).is_some().then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::budget::Work;

    #[test]
    fn proofpoint_gives_its_characters_back() {
        for (text, expected) in [
            ("https://h.example/a.pdf__;!!abc!def$", "https://h.example/a.pdf"),
            ("https:/h.example/a.pdf__;!!abc!def$", "https://h.example/a.pdf"),
            ("https://h.example/a*b__;Iw!!abc!def$", "https://h.example/a#b"),
            ("https://h.example/a**Bb__;Iys-!!abc!def$", "https://h.example/a#+>b"),
        ] {
            assert_eq!(proofpoint_3(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(proofpoint_3("https://h.example/a"), None);
    }

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
