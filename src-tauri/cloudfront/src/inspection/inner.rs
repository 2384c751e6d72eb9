//! Addresses that stand in another one: in a parameter or a part of its path, percent-encoded as often as
//! it may be, in base64, in JSON, or as they are.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

use crate::address::SIGNING_PARAMETERS;

/// So many addresses of one are tried.
const MAX_INSIDE: usize = 16;

/// So often an address may be percent-encoded in one layer.
const MAX_ENCODINGS: usize = 4;

/// No address in base64 is shorter.
const MIN_BASE64: usize = 20;

/// What Check Point puts on both sides of an address.
const FRAME: &str = "___";

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// An address within the rest of another one, behind that one's host.
pub(super) struct Inner {
    pub(super) address: String,
    /// It stands in the path as it is, so that whatever is behind belongs to it and not to the other.
    pub(super) is_rest_of_path: bool,
}

/// All of them, the likelier readings of one first.
pub(super) fn of(rest: &str) -> Vec<Inner> {
    let path_end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (path, query) = rest.split_at_checked(path_end).unwrap_or((rest, ""));
    let (mut inside, unsigned): (Vec<_>, Vec<_>) =
        plain(rest, path_end).partition(|inner| inner.is_rest_of_path || is_signed(&inner.address));
    let pieces = path.split('/').map(|part| (part, part));
    let parameters = query.split(['&', '#']).map(|part| {
        let part = part.trim_start_matches('?');
        let part = part.strip_prefix("amp;").unwrap_or(part);
        (part, part.split_once('=').map_or(part, |(_, value)| value))
    });
    for (whole, value) in pieces.chain(parameters) {
        let mut found = encoded(value).or_else(|| base64(value));
        if found.is_none() && whole.len() > value.len() {
            found = encoded(whole);
        }
        inside.extend(found.map(|address| Inner { address, is_rest_of_path: false }));
        if inside.len() >= MAX_INSIDE {
            break;
        }
    }
    inside.extend(unsigned);
    inside
}

/// Addresses that are not encoded. What is behind one in a query belongs to it as far as it signs it.
fn plain(rest: &str, path_end: usize) -> impl Iterator<Item = Inner> {
    schemes(rest).take(MAX_INSIDE / 4).filter_map(move |at| {
        let (before, tail) = rest.split_at_checked(at)?;
        if at < path_end {
            let framed = before.ends_with(FRAME).then(|| tail.split_once(FRAME)).flatten();
            let address = framed.map_or(tail, |(address, _)| address).to_owned();
            return Some(Inner { address, is_rest_of_path: true });
        }
        let parts: Vec<&str> = tail.split('&').collect();
        let signs = |part: &&str| SIGNING_PARAMETERS.contains(&name(part));
        let last = parts.iter().rposition(signs).unwrap_or_default();
        Some(Inner { address: parts.get(..=last)?.join("&"), is_rest_of_path: false })
    })
}

/// Whether it is signed as it stands there, without anything undone.
fn is_signed(address: &str) -> bool {
    ["Signature", "Key-Pair-Id"]
        .iter()
        .all(|needed| address.split('&').any(|part| name(part) == *needed))
}

/// The name of a parameter, the first one of an address too.
fn name(part: &str) -> &str {
    part.rsplit('?').next().unwrap_or_default().split('=').next().unwrap_or_default()
}

/// Where `http://` and its kin stand, one slash or two.
fn schemes(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(":/").filter_map(|(at, _)| {
        let before = text.as_bytes().get(..at)?;
        ["https", "http"].iter().find_map(|scheme| {
            let start = at.checked_sub(scheme.len())?;
            before.get(start..)?.eq_ignore_ascii_case(scheme.as_bytes()).then_some(start)
        })
    })
}

/// The address in a piece, percent-encoded at least once as a whole or behind its scheme.
fn encoded(piece: &str) -> Option<String> {
    let mut text = decoded(piece)?;
    for _ in 1..MAX_ENCODINGS {
        if let Some(address) = cut_out(&text) {
            return Some(address);
        }
        text = decoded(&text)?;
    }
    cut_out(&text)
}

fn decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    (decoded != text).then(|| decoded.into_owned())
}

/// The address in a piece of base64, alone or in JSON, behind what may stand before it.
fn base64(piece: &str) -> Option<String> {
    /// `http` in base64.
    const BEGINS: &str = "aHR0c";
    if piece.len() < MIN_BASE64 {
        return None;
    }
    let piece = percent_decode_str(piece).decode_utf8().ok()?;
    let start = piece.find(BEGINS).unwrap_or_default();
    let letters: String = piece
        .get(start..)?
        .chars()
        .map(|letter| match letter {
            '+' | ' ' => '-',
            '/' => '_',
            other => other,
        })
        .collect();
    if letters.len() < MIN_BASE64 {
        return None;
    }
    let text = String::from_utf8(LENIENT.decode(letters).ok()?).ok()?;
    cut_out(&text).or_else(|| encoded(&text))
}

/// The address in a text, which may be JSON in JSON.
fn cut_out(text: &str) -> Option<String> {
    let plain;
    let text = if text.contains('\\') {
        plain = text.replace("\\u0026", "&").replace("\\u003d", "=").replace('\\', "");
        plain.as_str()
    } else {
        text
    };
    let tail = text.get(schemes(text).next()?..)?;
    let is_end = |c: char| matches!(c, '"' | '<' | '>') || c.is_control();
    let is_alone = tail.len() == text.len();
    let end = tail.find(|c: char| is_end(c) || !is_alone && c.is_whitespace());
    tail.get(..end.unwrap_or(tail.len())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_any_part() {
        for (rest, expected) in [
            ("/?url=https%3A%2F%2Fh.example%2Fa%2520b", Some("https://h.example/a%20b")),
            ("/?url=https%253A%252F%252Fh.example%252Fa", Some("https://h.example/a")),
            ("/L0/https:%2F%2Fh.example%2Fa/1/2", Some("https://h.example/a")),
            ("/c/aHR0cHM6Ly9oLmV4YW1wbGUvYQ==/1", Some("https://h.example/a")),
            ("/ck/a?u=a1aHR0cHM6Ly9oLmV4YW1wbGUvYQ&n=1", Some("https://h.example/a")),
            ("/?text=Look%3A%20https%3A%2F%2Fh.example%2Fa%20now", Some("https://h.example/a")),
            ("/v2/___https://h.example/a?b=c___.YXA", Some("https://h.example/a?b=c")),
            ("/x/https:/h.example/a", Some("https:/h.example/a")),
            ("/a.pdf?x=1", None),
            ("/a.pdf?x=http", None),
        ] {
            let found = of(rest).into_iter().next().map(|inner| inner.address);
            assert_eq!(found.as_deref(), expected, "{rest}");
        }
    }
}
