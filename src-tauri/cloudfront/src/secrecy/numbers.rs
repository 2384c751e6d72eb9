//! Bytes that are written as numbers: `30:82:04:a4`, `[48, 130, 4, 164]`, `\x30\x82`.

use std::ops::Range;

/// So many bytes in a row may be a part of a key. An IPv6 address, a MAC address and a time have fewer
/// numbers.
const FEWEST: usize = 12;

/// Lists of numbers of a byte each.
pub(super) fn lists(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (end, count) = list_at(bytes, at);
        if count >= FEWEST {
            found.push(at..end);
        }
        at = if count > 0 { end } else { at + 1 };
        // A number that is no byte is passed whole, so that its end is not taken for one.
        if count == 0 {
            while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
                && bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric)
            {
                at += 1;
            }
        }
    }
    found
}

/// Where the list that begins here ends, and how many numbers it has.
fn list_at(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut at, mut end, mut count) = (start, start, 0);
    while let Some(next) = number_at(bytes, at) {
        (end, count) = (next, count + 1);
        at = next;
        // Between two of them; a `\x` and a `0x` before the next is taken with it.
        let mut between = 0;
        while bytes.get(at).is_some_and(|byte| b":, \t\r\n;\\".contains(byte)) && between < 12 {
            (at, between) = (at + 1, between + 1);
        }
        if between == 0 {
            break;
        }
    }
    (end, count)
}

/// A byte in two hexadecimal digits, with `0x`, `x` or nothing before it, or in up to three decimal
/// ones; nothing else may touch it.
fn number_at(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    let prefix = match rest {
        [b'0', b'x' | b'X', ..] => 2,
        [b'x' | b'X', ..] => 1,
        _ => 0,
    };
    let digits = rest.get(prefix..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let word = rest.get(prefix..prefix + digits)?;
    let is_hex = word.len() == 2 && word.iter().all(u8::is_ascii_hexdigit);
    let is_decimal = prefix == 0
        && (1..=3).contains(&word.len())
        && std::str::from_utf8(word).is_ok_and(|word| word.parse::<u8>().is_ok());
    (is_hex || is_decimal).then_some(start + prefix + digits)
}
