//! Words that look random: base64 in each of its alphabets, base32, hexadecimal digits, the numbers of
//! access keys.
//!
//! What people write changes between capitals, small letters and digits seldom: `Contract`, `2026`,
//! `QuarterlyReport` are runs of one kind, with a capital before small letters counted to them. In
//! base64 a run ends after two letters in the middle.

use std::ops::Range;

/// What holds a word together, beside letters and digits: the other signs of the three base64 alphabets,
/// and what carries one in an address.
const SIGNS: &[char] = &['+', '/', '=', '-', '_', '~', '%'];

/// How a kind of access key's ID begins. `APKA` is not here: the ID of a key pair is no secret.
const ACCESS_KEYS: &[&str] = &["AKIA", "ASIA", "ABIA", "ACCA"];

/// What stands before an ID in the names that AWS gives to things: the ID is judged without it.
const RESOURCES: &[&str] = &["distribution/", "origin-access-control/"];

/// Words that may be a secret.
pub(super) fn random(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words(text) {
        let is_next = found.last().is_some_and(|last| {
            // The lines of one secret: between them are line ends, quotes, marks of a quotation.
            let between = text.get(last.end..word.start).unwrap_or_default();
            between.len() <= 8 && !between.contains(['.', ',', '(', '“', '„'])
        });
        let content = text.get(word.clone()).unwrap_or_default();
        if is_random(content) || (is_next && is_rest(content)) {
            found.push(word);
        }
    }
    found
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
    let mut escaped = false;
    for (at, c) in ends {
        // The `n` of a `\n` that was written out belongs to no word.
        let is_part =
            !escaped && c.is_some_and(|c| c.is_ascii_alphanumeric() || SIGNS.contains(&c));
        escaped = c == Some('\\');
        match (is_part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_random(word: &str) -> bool {
    let decoded = decoded(word);
    let Some(word) = decoded.as_deref() else {
        // Percent signs that stand for bytes of no text: a name in an old encoding has few of them.
        return word.matches('%').count() >= 8;
    };
    let id = RESOURCES.iter().find_map(|kind| word.strip_prefix(kind));
    let word = id.unwrap_or(word);
    let pieces: Vec<&str> = word
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|piece| !piece.is_empty())
        .collect();
    if pieces.iter().any(|piece| is_random_piece(piece)) {
        return true;
    }
    let kinds = Kinds::of(word);
    let longest = pieces.iter().map(|piece| piece.len()).max().unwrap_or_default();
    let is_mixed = kinds.upper && kinds.lower;
    // A secret access key has forty letters, digits, `/` and `+`.
    let is_secret_access_key =
        word.len() == 40 && !word.contains(['-', '_', '=', '~']) && is_mixed && kinds.digit;
    let runs: usize = pieces.iter().map(|piece| runs(piece)).sum();
    let letters: usize = pieces.iter().map(|piece| piece.len()).sum();
    longest >= 8
        && ((is_secret_access_key && letters < runs * 4)
            || (letters >= 20 && is_mixed && letters * 10 < runs * 29)
            || (letters >= 40 && longest >= 20 && is_mixed && letters * 10 < runs * 36))
}

/// Without a sign in it.
fn is_random_piece(piece: &str) -> bool {
    let (length, kinds, runs) = (piece.len(), Kinds::of(piece), runs(piece));
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = piece.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_one_case = kinds.upper != kinds.lower;
    ACCESS_KEYS.iter().any(|key| {
        length >= 16 && piece.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(key))
    }) || (is_hex && length >= 32)
        || (digits == length && length >= 40)
        || (kinds.upper && kinds.lower && length >= 16 && length * 10 < runs * 29)
        || (is_one_case && length >= 26 && digits >= 3 && length * 10 < runs * 45)
        || length > 128
}

/// Whether a word behind a secret may be the end of it: no word of a sentence.
fn is_rest(word: &str) -> bool {
    let kinds = Kinds::of(word);
    let is_name = runs(word) <= 1 && word.chars().all(char::is_alphanumeric);
    !is_name && (kinds.digit || word.contains(['=', '+', '/']) || (kinds.upper && kinds.lower))
}

/// The kinds of letters in a word.
struct Kinds {
    upper: bool,
    lower: bool,
    digit: bool,
}

impl Kinds {
    fn of(word: &str) -> Self {
        let any = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
        Self {
            upper: any(u8::is_ascii_uppercase),
            lower: any(u8::is_ascii_lowercase),
            digit: any(u8::is_ascii_digit),
        }
    }
}

/// How many runs of one kind a piece has.
fn runs(piece: &str) -> usize {
    let kind = |byte: u8| match byte {
        b'A'..=b'Z' => 0,
        b'a'..=b'z' => 1,
        _ => 2,
    };
    let bytes = piece.as_bytes();
    let mut count = 0;
    let mut length = 0;
    let mut last = None;
    for kind in bytes.iter().map(|byte| kind(*byte)) {
        match last {
            Some(last) if last == kind => length += 1,
            // A capital and the small letters behind it.
            Some(0) if kind == 1 && length == 1 => length = 2,
            _ => (count, length) = (count + 1, 1),
        }
        last = Some(kind);
    }
    count
}

/// The word with its `%2B` read; `None` where it stands for bytes that are no text.
fn decoded(word: &str) -> Option<String> {
    if !word.contains('%') {
        return Some(word.to_owned());
    }
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(word).collect();
    String::from_utf8(bytes).ok()
}
