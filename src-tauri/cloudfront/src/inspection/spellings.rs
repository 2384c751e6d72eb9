//! The same address in other spellings: as programs and browsers write it, before it was encoded, and with
//! accents as characters of their own or not.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use crate::address::encode;

/// With more kinds of characters than this not all of their combinations are tried.
const MAX_IN_SUBSETS: usize = 6;

/// As other programs write it.
pub(super) fn others(base: &str) -> Vec<String> {
    let (path, query) = base.split_once('?').unwrap_or((base, ""));
    let with = |path: String| if query.is_empty() { path } else { format!("{path}?{query}") };
    let slash = match path.strip_suffix('/') {
        Some(bare) => bare.to_owned(),
        None => format!("{path}/"),
    };
    let paths = [
        slash,
        path.replace('+', "%20"),
        path.replace('+', "%2B"),
        path.replace("%20", "+"),
        path.replace("%2B", "+").replace("%2b", "+"),
        path.replace('(', "%28").replace(')', "%29"),
        path.replace("%28", "(").replace("%29", ")"),
        path.replace("%2F", "/").replace("%2f", "/"),
        with_triplets(path, u8::to_ascii_uppercase),
        with_triplets(path, u8::to_ascii_lowercase),
        with_plain_letters(path),
        path.replace("[", "%5B").replace("]", "%5D"),
        path.replace('\'', "%27"),
    ];
    let mut all: Vec<String> = paths.into_iter().map(with).collect();
    all.push(with_triplets(base, u8::to_ascii_uppercase));
    all.push(with_plain_letters(base));
    all.extend(encoded_further(path).into_iter().map(with));
    all
}

/// With characters encoded that a path may have as they are.
fn encoded_further(path: &str) -> Vec<String> {
    const MAY_STAND: &str = "!$'()*,;=:@+&[]";
    let Some((before, path)) = path.split_once("://") else { return Vec::new() };
    let kinds: Vec<char> = MAY_STAND.chars().filter(|c| path.contains(*c)).collect();
    let with = |chosen: &[bool]| {
        let mut path = path.to_owned();
        for (kind, _) in kinds.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
            path = path.replace(*kind, &format!("%{:02X}", u32::from(*kind)));
        }
        format!("{before}://{path}")
    };
    subsets(kinds.len()).iter().map(|chosen| with(chosen)).collect()
}

/// Before some or all of its characters were encoded.
pub(super) fn not_encoded(base: &str) -> Vec<String> {
    let mut kinds: Vec<u8> = triplets(base).filter_map(|(_, byte)| byte).map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let with = |chosen: &[bool]| {
        let is_chosen = |byte| {
            kinds.iter().position(|other| *other == kind(byte)).and_then(|at| chosen.get(at))
                == Some(&true)
        };
        decoded(base, is_chosen)
    };
    subsets(kinds.len()).iter().filter_map(|chosen| with(chosen)).collect()
}

/// With accents as characters of their own, or not.
pub(super) fn composed_otherwise(base: &str) -> Vec<String> {
    let Some(plain) = decoded(base, |byte| !byte.is_ascii()) else { return Vec::new() };
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&plain).into_owned();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&plain).into_owned();
    let others = [composed, decomposed].into_iter().filter(|other| *other != plain);
    others.flat_map(|other| [encode::foreign(&other), other]).collect()
}

/// All letters outside ASCII are of one kind.
fn kind(byte: u8) -> u8 {
    byte.min(0x80)
}

/// Which of so many to choose together, few before many.
fn subsets(count: usize) -> Vec<Vec<bool>> {
    let mut subsets: Vec<Vec<bool>> = if count <= MAX_IN_SUBSETS {
        (1..1_usize << count)
            .map(|bits| (0..count).map(|at| bits >> at & 1 == 1).collect())
            .collect()
    } else {
        let one = |is_chosen: bool| {
            (0..count).map(move |at| (0..count).map(|other| (other == at) == is_chosen).collect())
        };
        one(true).chain(one(false)).chain([vec![true; count]]).collect()
    };
    subsets.sort_by_key(|chosen| chosen.iter().filter(|chosen| **chosen).count());
    subsets
}

/// The pieces of a text, each with the byte of its triplet.
fn triplets(text: &str) -> impl Iterator<Item = (&str, Option<u8>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let byte =
            rest.strip_prefix('%').and_then(|behind| u8::from_str_radix(behind.get(..2)?, 16).ok());
        let length = match byte {
            Some(_) => 3,
            None => rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| *c == '%')
                .map_or(rest.len(), |(at, _)| at),
        };
        let (piece, behind) = rest.split_at_checked(length)?;
        rest = behind;
        (!piece.is_empty()).then_some((piece, byte))
    })
}

/// With some of its triplets decoded; `None` where there are none, or they are no text.
fn decoded(text: &str, is_chosen: impl Fn(u8) -> bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    for (piece, byte) in triplets(text) {
        match byte.filter(|byte| is_chosen(*byte)) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(piece.as_bytes()),
        }
    }
    String::from_utf8(bytes).ok().filter(|decoded| decoded != text)
}

fn with_triplets(text: &str, case: fn(&u8) -> u8) -> String {
    let mut parts = text.split('%');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        written.push('%');
        for (at, character) in part.chars().enumerate() {
            match u8::try_from(character) {
                Ok(byte) if at < 2 => written.push(char::from(case(&byte))),
                _ => written.push(character),
            }
        }
    }
    written
}

/// Without the triplets of RFC 3986's unreserved characters, which a browser writes plain.
fn with_plain_letters(text: &str) -> String {
    let mut parts = text.split('%');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let plain = digits.filter(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
        });
        match (plain, part.get(2..)) {
            (Some(byte), Some(rest)) => {
                written.push(char::from(byte));
                written.push_str(rest);
            }
            _ => {
                written.push('%');
                written.push_str(part);
            }
        }
    }
    written
}
