//! Percent-encoding, once, for names and for full addresses.
//!
//! Here: which characters stay in which part, and the way back for people. Deliberately not here:
//! what counts as a full address (`super`). Hexadecimal digits that this writes are upper case;
//! triplets that were there already are kept as they came, since they are what CloudFront sees.

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use crate::characters::{code_point, unseen_name};

/// A path from a name: only RFC 3986's unreserved characters and the slash stay.
const NAME: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path of a full address: RFC 3986's `pchar` and the slash, without `*` (a wildcard to
/// CloudFront) and `'` (a quote).
const PATH: &AsciiSet = &NAME
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// A query, of a name or of a full address.
const QUERY: &AsciiSet = &PATH.remove(b'?');

const ENCODED_NAME: &AsciiSet = &NAME.remove(b'%');
const ENCODED_QUERY: &AsciiSet = &QUERY.remove(b'%');

/// Path and query of a full address, once it is known that no `*` stands in it that may not.
const FULL_PATH: &AsciiSet = &PATH.remove(b'%').remove(b'*');
const FULL_QUERY: &AsciiSet = &QUERY.remove(b'%').remove(b'*');

/// What a `*` in a full address is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Star {
    /// A mistake: one document is meant.
    Refused,
    /// A wildcard, as every AWS tool takes it.
    Wildcard,
}

/// The path and query for a name or path as a person wrote it. Takes every text.
pub(super) fn name(text: &str) -> String {
    let (path, query) = split_query(text);
    let path_set = if has_only_triplets(path) { ENCODED_NAME } else { NAME };
    let query_set = if has_only_triplets(query) { ENCODED_QUERY } else { QUERY };
    join(path, path_set, query, query_set)
}

/// A file's name as it is typed so that [`name`] takes every character of it for the name's own: a
/// `?` begins no query, a `*` stands for nothing else, and a `%` is encoded by nobody yet.
pub(super) fn typed(name: &str) -> String {
    let mut typed = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '%' | '?' | '#' | '*' | '"' | '\\' | '<' | '>' => {
                typed.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => typed.push(other),
        }
    }
    typed
}

/// The path of a folder as a person wrote it, in which `*` and `?` are wildcards.
pub(crate) fn pattern(text: &str) -> String {
    const PATTERN: &AsciiSet = &NAME.remove(b'*').remove(b'?');
    const ENCODED_PATTERN: &AsciiSet = &PATTERN.remove(b'%');
    let set = if has_only_triplets(text) { ENCODED_PATTERN } else { PATTERN };
    join(text, set, "", set)
}

/// The path and query for what follows the host in a full address.
///
/// The error is the first character that may not stand in one unencoded. A `%` that begins no
/// triplet is such a character: in a URL it has no meaning, and two ways to guess one.
pub(super) fn full(rest: &str, star: Star) -> Result<String, char> {
    let refused =
        |c: &char| matches!(c, '"' | '\\' | '<' | '>') || *c == '*' && star == Star::Refused;
    if let Some(character) = rest.chars().find(refused) {
        return Err(character);
    }
    if !has_only_triplets(rest) {
        return Err('%');
    }
    let (path, query) = split_query(rest);
    Ok(join(path, FULL_PATH, query, FULL_QUERY))
}

/// Encodes white space and what is not ASCII, and leaves all else as it is.
pub(crate) fn foreign(text: &str) -> String {
    const FOREIGN: &AsciiSet = &CONTROLS.add(b' ');
    utf8_percent_encode(text, FOREIGN).to_string()
}

/// Decoded text; bytes that are not UTF-8 become U+FFFD. For comparing, not for showing.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// One path segment as a person reads it; see [`super::DocumentAddress::file_name`].
pub(super) fn for_people(segment: &str) -> String {
    let Ok(name) = percent_decode_str(segment).decode_utf8() else {
        return segment.to_owned();
    };
    let mut shown = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '/' => shown.push_str("%2F"),
            '\\' => shown.push_str("%5C"),
            hidden if unseen_name(hidden).is_some() => {
                shown.push('[');
                shown.push_str(&code_point(hidden));
                shown.push(']');
            }
            other => shown.push(other),
        }
    }
    shown
}

fn split_query(text: &str) -> (&str, &str) {
    text.split_once('?').unwrap_or((text, ""))
}

/// An empty query is dropped: with the signing parameters behind it, it would not come back from
/// CloudFront's own reading of the link.
fn join(
    path: &str,
    path_set: &'static AsciiSet,
    query: &str,
    query_set: &'static AsciiSet,
) -> String {
    let mut text = String::with_capacity(path.len() + query.len() + 2);
    if !path.starts_with('/') {
        text.push('/');
    }
    text.extend(utf8_percent_encode(path, path_set));
    if !query.is_empty() {
        text.push('?');
        text.extend(utf8_percent_encode(query, query_set));
    }
    text
}

/// Whether every `%` begins `%XX`. True for text without any.
fn has_only_triplets(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let mut bytes = after.bytes();
        let mut is_digit = || bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit());
        is_digit() && is_digit()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triplets_are_recognised() {
        let cases = [
            ("", true),
            ("abc", true),
            ("a%20b", true),
            ("%e2%80%AE", true),
            ("100%", false),
            ("100%2", false),
            ("%%20", false),
            ("%zz", false),
            ("%2é", false),
            ("a%20b 100% c", false),
        ];
        for (text, expected) in cases {
            assert_eq!(has_only_triplets(text), expected, "{text}");
        }
    }
}
