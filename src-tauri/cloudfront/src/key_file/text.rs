//! PEM as people have it: with a BOM, as UTF-16, with other line ends, with text around it, quoted, in a
//! line of a `.env` or JSON file, wrapped once more in base64, or without its first and last line.
//!
//! Everything that may hold a part of a key lies in buffers that are wiped, reserved at once so
//! that growing leaves no copy behind.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::KeyFileError;

/// Padding gets lost where lines are copied; what it says is in the length too.
const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A key without a frame has more bytes of base64 than this, and few other words have.
const FEWEST_FRAMELESS: usize = 48;

/// What may stand before or behind a line that was quoted, commented out or put into a program.
const DRESS: &[char] = &['>', '|', '#', '*', ',', ';', '\\', ' ', '\t', '\u{feff}', '\u{a0}'];

/// One `-----BEGIN …-----` to its `-----END …-----`.
pub(super) struct Block<'a> {
    pub(super) label: &'a str,
    body: &'a str,
}

impl Block<'_> {
    /// What RFC 1421's `DEK-Info` says of an encrypted body: the algorithm and its parameter.
    pub(super) fn old_lock(&self) -> Option<(&str, &str)> {
        if !(self.body.contains("Proc-Type:") && self.body.contains("ENCRYPTED")) {
            return None;
        }
        let line = self.body.lines().find_map(|line| line.split_once("DEK-Info:"));
        let (algorithm, parameter) =
            line.and_then(|(_, info)| info.split_once(',')).unwrap_or_default();
        Some((algorithm.trim(), parameter.trim().trim_end_matches(DRESS)))
    }

    pub(super) fn der(&self) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
        from_base64(&letters(self.body)).ok_or(KeyFileError::Damaged)
    }
}

/// The file as text: UTF-8 or UTF-16, with or without its mark; `None` where it is neither.
pub(super) fn decoded(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes)?,
        [first, 0, second, 0, ..] if first.is_ascii_graphic() && second.is_ascii_graphic() => {
            from_utf16(bytes, u16::from_le_bytes)?
        }
        [0, first, 0, second, ..] if first.is_ascii_graphic() && second.is_ascii_graphic() => {
            from_utf16(bytes, u16::from_be_bytes)?
        }
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            // Text around the block may be in any old encoding; the block itself is ASCII.
            let mut text = Zeroizing::new(String::with_capacity(rest.len() * 3));
            for chunk in rest.utf8_chunks() {
                text.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    text.push('\u{fffd}');
                }
            }
            text
        }
    };
    Some(unescaped(&without_percents(text)))
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0,
    });
    for character in char::decode_utf16(units) {
        text.push(character.ok()?);
    }
    Some(text)
}

/// A key as a part of an address or a form: its blanks are `%20` or `+`.
fn without_percents(text: Zeroizing<String>) -> Zeroizing<String> {
    let is_form = text.contains("-----BEGIN+");
    if !is_form && !text.contains("-----BEGIN%20") && !text.contains("%2D%2DBEGIN") {
        return text;
    }
    let mut decoded = Zeroizing::new(String::with_capacity(text.len()));
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '+' if is_form => decoded.push(' '),
            '%' => {
                let mut code = 0;
                for digit in characters.by_ref().take(2) {
                    code = code * 16 + digit.to_digit(16).unwrap_or_default();
                }
                decoded.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => decoded.push(c),
        }
    }
    decoded
}

/// A string of a program or of JSON: `\n` for a line end, `\/`, `\u002b`, and the same escaped again.
fn unescaped(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let mut next = characters.next();
        while next == Some('\\') {
            next = characters.next();
        }
        match next {
            Some('n' | 'r' | 't') => plain.push('\n'),
            Some('u') => {
                let mut code = 0;
                for digit in characters.by_ref().take(4) {
                    code = code * 16 + digit.to_digit(16).unwrap_or_default();
                }
                plain.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

/// The blocks that say they are a private key.
pub(super) fn private_blocks(text: &str) -> Result<Vec<Block<'_>>, KeyFileError> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let Some((label, after)) = after.split_once("-----") else {
            break;
        };
        let end = format!("-----END {label}-----");
        let is_private = label.ends_with("PRIVATE KEY");
        match after.split_once(end.as_str()) {
            Some((body, after)) => {
                if is_private {
                    found.push(Block { label, body });
                }
                rest = after;
            }
            None if is_private => return Err(KeyFileError::Damaged),
            None => rest = after,
        }
    }
    Ok(found)
}

/// What a text is that lost its frame, or has base64 around all of it: the bytes that stand in its base64
/// or its hexadecimal digits. Whether they are a key is for the caller to see.
pub(super) fn frameless(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.contains("-----BEGIN") {
        return None;
    }
    let all = letters(text);
    if all.len() >= FEWEST_FRAMELESS && all.iter().all(|byte| is_base64(*byte)) {
        let is_hex = all.len().is_multiple_of(2) && all.iter().all(u8::is_ascii_hexdigit);
        let bytes = if is_hex { Some(from_hex(&all)) } else { from_base64(&all) };
        if bytes.is_some() {
            return bytes;
        }
    }
    // The longest word: the value of a setting.
    let words = text.split(|c: char| !c.is_ascii() || !is_base64(c as u8));
    // `KEY=` before a value ends in the sign that base64 may end in.
    let words = words
        .flat_map(|word| word.split_inclusive('=').filter(|part| part.len() >= FEWEST_FRAMELESS));
    from_base64(words.max_by_key(|word| word.len())?.as_bytes())
}

/// Digits, with or without colons between them.
fn from_hex(digits: &[u8]) -> Zeroizing<Vec<u8>> {
    let value = |digit: &u8| char::from(*digit).to_digit(16).unwrap_or_default();
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2));
    bytes.extend(digits.chunks_exact(2).map(|pair| {
        let number = pair.iter().fold(0, |number, digit| number * 16 + value(digit));
        u8::try_from(number).unwrap_or_default()
    }));
    bytes
}

/// A text without what stands between the letters of its base64: line ends, quotation marks, and on each
/// line the dress of a quotation or of a program.
fn letters(text: &str) -> Zeroizing<Vec<u8>> {
    let mut letters = Zeroizing::new(Vec::with_capacity(text.len()));
    for line in text.split(['\n', '\r']) {
        let line = line.trim_matches(|c| DRESS.contains(&c) || is_quote(c));
        // Between the pieces of a string in a program: `"…" +`.
        let line = line.strip_suffix(" +").unwrap_or(if line == "+" { "" } else { line });
        let is_header = line.contains(": ") && line.starts_with(|c: char| c.is_ascii_uppercase());
        if is_header {
            continue;
        }
        let line = line.trim_matches(|c| DRESS.contains(&c) || is_quote(c));
        for c in line.chars().filter(|c| !c.is_whitespace() && *c != ':') {
            // A letter of no base64 stays one, as a byte that is none.
            letters.push(u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(0));
        }
    }
    letters
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’' | '«' | '»')
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte)
}

/// From base64 in its standard alphabet or the one for addresses.
fn from_base64(letters: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut standard = Zeroizing::new(Vec::with_capacity(letters.len()));
    // The dashes of a frame are no letters.
    let is_framed = letters.windows(5).any(|window| window == b"-----");
    standard.extend(letters.iter().map(|byte| match byte {
        b'-' if !is_framed => b'+',
        b'_' => b'/',
        other => *other,
    }));
    let mut bytes = Zeroizing::new(vec![0; standard.len()]);
    // Of two signs at the end one may be lost.
    let end = standard.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let length = STANDARD.decode_slice(standard.get(..end)?, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

/// What a text without a private key is.
pub(super) fn what_it_is_instead(text: &str) -> KeyFileError {
    let start = text.trim_start();
    if start.starts_with("PuTTY-User-Key-File") {
        KeyFileError::Putty
    } else if start.starts_with(['{', '[']) && text.contains("\"kty\"") {
        KeyFileError::Jwk
    } else if text.contains("<RSAKeyValue")
        || text.contains("<ECDSAKeyValue")
        || text.contains("<Modulus>")
    {
        KeyFileError::Xml
    } else if ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|k| start.starts_with(k))
        || text.contains("BEGIN SSH2 ")
    {
        KeyFileError::OpenSsh
    } else if text.contains("-----BEGIN CERTIFICATE")
        || text.contains("-----BEGIN NEW CERTIFICATE")
        || text.contains("-----BEGIN X509")
        || text.contains("-----BEGIN TRUSTED CERTIFICATE")
    {
        KeyFileError::Certificate
    } else if text.contains("PUBLIC KEY-----") {
        KeyFileError::PublicKey
    } else if text.contains("BEGIN PGP PRIVATE KEY BLOCK") {
        KeyFileError::OtherKind
    } else if holds_access_key(start) {
        KeyFileError::Csv
    } else if text.lines().any(is_worn_boundary) {
        KeyFileError::Damaged
    } else {
        KeyFileError::Unknown
    }
}

/// Whether the line was a block's first or last before an editor or a mail changed its dashes.
fn is_worn_boundary(line: &str) -> bool {
    ["BEGIN ", "END "]
        .iter()
        .filter_map(|word| line.split_once(word))
        .any(|(_, label)| label.contains("PRIVATE KEY"))
}

/// AWS heads its lists "Access key ID,Secret access key", with other columns around; the root
/// user's and its tools' files name it as a setting; old key pairs came with "KeyPairId,…".
fn holds_access_key(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    first.contains(',') && (first.contains("access key") || first.contains("keypair"))
        || text.contains("AWSAccessKeyId")
        || text.contains("aws_access_key_id")
}
