//! Percent-encoding, once, for names and for full addresses.
//!
//! Here: which characters stay in which part, and the way back for people. Deliberately not here:
//! what counts as a full address (`super`). Hexadecimal digits that this writes are upper case;
//! triplets that were there already are kept as they came, since they are what CloudFront sees.

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use crate::characters::{code_point, hidden_name, unseen_name};

/// A path from a name: only RFC 3986's unreserved characters and the slash stay.
const NAME: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path of a full address: RFC 3986's `pchar` and the slash, without `*` (a wildcard to
/// CloudFront) and `'`, which only stays where a full address has it in its path.
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

/// A query, of a name or of a full address. A browser writes `'` as `%27` in it.
const QUERY: &AsciiSet = &PATH.remove(b'?');

const ENCODED_NAME: &AsciiSet = &NAME.remove(b'%');
const ENCODED_QUERY: &AsciiSet = &QUERY.remove(b'%');

/// Path and query of a full address, once it is known that no `*` stands in it that may not. In a path
/// browsers leave `'` as it is, and so does every tool of AWS.
const FULL_PATH: &AsciiSet = &PATH.remove(b'%').remove(b'*').remove(b'\'');
const FULL_QUERY: &AsciiSet = &QUERY.remove(b'%').remove(b'*');

/// What scripts give: brackets, which browsers leave as they are, stay too.
const SCRIPT_PATH: &AsciiSet = &FULL_PATH.remove(b'[').remove(b']');
const SCRIPT_QUERY: &AsciiSet = &FULL_QUERY.remove(b'[').remove(b']');

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
            hidden if hidden_name(hidden).is_some() => {
                typed.extend(utf8_percent_encode(hidden.encode_utf8(&mut [0; 4]), NAME));
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

/// The path and query for what follows the host in a full address, in which every `%` begins a triplet.
/// `is_script` is the one choice: it leaves brackets as they are.
pub(super) fn full(rest: &str, is_script: bool) -> String {
    let (path, query) = split_query(rest);
    match is_script {
        true => join(path, SCRIPT_PATH, query, SCRIPT_QUERY),
        false => join(path, FULL_PATH, query, FULL_QUERY),
    }
}

/// The same for every text: nothing in it is more than a letter.
pub(super) fn wholly(name: &str) -> String {
    let text = utf8_percent_encode(name, NAME).to_string();
    match text.strip_prefix('~') {
        Some(rest) => format!("%7E{rest}"),
        None => text,
    }
}

/// A text with each `%` that begins no triplet as `%25`.
pub(super) fn stray_percents(text: &str) -> String {
    let mut fixed = String::with_capacity(text.len() + 2);
    let mut pieces = text.split('%');
    fixed.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        fixed.push_str(if begins_triplet(piece) { "%" } else { "%25" });
        fixed.push_str(piece);
    }
    fixed
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
pub(super) fn has_only_triplets(text: &str) -> bool {
    text.split('%').skip(1).all(begins_triplet)
}

fn begins_triplet(after: &str) -> bool {
    let mut bytes = after.bytes();
    let mut is_digit = || bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit());
    is_digit() && is_digit()
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
