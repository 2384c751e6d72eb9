//! A piece of a mail: parts in base64 (RFC 2045, 6.8), undone where they are text. A mail that has its
//! header is read by [`super::message`]; what is here is for the rest.
//!
//! A part is known by its header. Deliberately not here: quoted-printable, which shows in the link
//! itself and also without the header.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

const ENCODING: &str = "content-transfer-encoding:";

const TYPE: &str = "content-type:";

/// The last letter of a part that was cut may have bits of the next byte.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));

/// A mail with parts in base64.
pub(super) struct Mail {
    /// All but these parts.
    pub(super) rest: String,
    /// What those of them say that are text.
    pub(super) decoded: String,
}

impl Mail {
    /// Opens a mail; `None` where nothing in it is in base64.
    pub(super) fn open(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let mut mail = Self { rest: String::new(), decoded: String::new() };
        let mut behind = 0;
        let mut kept = 0;
        for (at, _) in lower.match_indices(ENCODING) {
            // Nothing is looked at twice, however many headers there are.
            let Some(before) = lower.get(behind..at) else {
                continue;
            };
            // A header without an end has no body either.
            let Some(length) = blank_line(lower.get(at..)?) else {
                break;
            };
            behind = at + length;
            let start = at - before.len() + header_start(before);
            let header = lower.get(start..behind)?;
            if field(header, ENCODING) != Some("base64") {
                continue;
            }
            let body = body(text.get(behind..)?);
            mail.rest.push_str(text.get(kept..behind)?);
            behind += body.len();
            kept = behind;
            if field(header, TYPE).is_none_or(|kind| kind.starts_with("text/")) {
                mail.decoded.push_str(&decoded(body));
                mail.decoded.push('\n');
            }
        }
        mail.rest.push_str(text.get(kept..)?);
        (kept > 0).then_some(mail)
    }
}

/// Where an empty line ends the header that goes on here.
fn blank_line(text: &str) -> Option<usize> {
    let mut ends = text.match_indices('\n').map(|(at, _)| at + 1);
    ends.find(|end| is_blank_line(text.get(*end..).unwrap_or_default()))
}

fn is_blank_line(text: &str) -> bool {
    text.starts_with('\n') || text.starts_with("\r\n")
}

/// Where the header begins whose last lines these are: behind an empty line or a boundary.
fn header_start(text: &str) -> usize {
    let mut ends = text.rmatch_indices('\n').map(|(at, _)| at + 1);
    let start = ends.find(|end| {
        let line = text.get(*end..).unwrap_or_default();
        is_blank_line(line) || line.starts_with("--")
    });
    start.unwrap_or_default()
}

/// The value of a field, without its parameters. It may stand in the next line, behind white space.
fn field<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut found = header.match_indices(name).filter_map(|(at, _)| header.split_at_checked(at));
    let (_, field) = found.find(|(before, _)| before.is_empty() || before.ends_with('\n'))?;
    field.strip_prefix(name)?.trim_start().split([';', '\r', '\n', ' ', '\t']).next()
}

/// The lines of base64 behind a header.
fn body(text: &str) -> &str {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let start = text.len() - text.trim_start().len();
    let mut end = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let letters = line.trim_end();
        if letters.is_empty() || !letters.bytes().all(is_base64) {
            break;
        }
        end += line.len();
    }
    text.get(..end).unwrap_or_default()
}

/// What a part says, as far as it goes.
fn decoded(body: &str) -> String {
    let letters = body.split('=').next().unwrap_or_default();
    let mut letters: Vec<u8> = letters.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    let bytes = BASE64.decode(letters).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
