//! What a reader's browser is told of a document: what kind of content it is, and what it is called.
//!
//! Deliberately not here: whether it is shown or saved. A browser shows what it can, under the document's own name,
//! and saves the rest.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use signet_cloudfront::characters::letter_under;

use super::key::DocumentKey;

/// What is not known to be anything.
const UNKNOWN: &str = "application/octet-stream";

/// RFC 8187's `attr-char`, which stands in `filename*` as it is.
const ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// So many letters of a name are told; S3 keeps 8 KiB of all that is told together.
const MAX_NAME: usize = 240;

/// What a reader's browser is told of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedAs {
    /// `Content-Type`.
    pub content_type: String,
    /// `Content-Disposition`.
    pub disposition: String,
}

impl ServedAs {
    /// By its name and by what it begins with; a few KiB do.
    #[must_use]
    pub fn of(key: &DocumentKey, beginning: &[u8]) -> Self {
        let name = key.name();
        Self { content_type: content_type(name, beginning), disposition: disposition(name) }
    }

    /// `Content-Disposition` alone, for one whose content stays.
    #[must_use]
    pub fn disposition_of(key: &DocumentKey) -> String {
        disposition(key.name())
    }
}

/// What the name says, unless the content is surely something else.
fn content_type(name: &str, beginning: &[u8]) -> String {
    let named = mime_guess::from_path(name).first_raw();
    let seen = infer::get(beginning).map(|kind| kind.mime_type());
    let kind = match (named, seen) {
        (None, seen) => seen.unwrap_or_else(|| plain_or_unknown(beginning)),
        // What many formats are inside (zip, XML, TIFF) says less than the name.
        (Some(named), Some(seen)) if is_sure(seen) && !is_kind_of(named, seen) => seen,
        (Some(named), _) => named,
    };
    match kind.starts_with("text/") && kind != "text/html" && is_utf8(beginning) {
        // Without it a browser takes the letters for those of its own language.
        true => format!("{kind}; charset=utf-8"),
        false => kind.to_owned(),
    }
}

fn is_sure(seen: &str) -> bool {
    matches!(seen, "application/pdf" | "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// Formats that begin as another one does, and are more.
fn is_kind_of(named: &str, seen: &str) -> bool {
    named == seen
        || matches!(
            (named, seen),
            ("application/postscript" | "application/illustrator", "application/pdf")
                | ("image/apng" | "image/vnd.mozilla.apng", "image/png")
                | ("image/pjpeg", "image/jpeg")
        )
}

fn plain_or_unknown(beginning: &[u8]) -> &'static str {
    let is_text = !beginning.is_empty() && is_utf8(beginning) && !beginning.contains(&0);
    if is_text { "text/plain" } else { UNKNOWN }
}

/// Whether it is UTF-8 as far as it goes; the last letter may be cut.
fn is_utf8(beginning: &[u8]) -> bool {
    std::str::from_utf8(beginning).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// RFC 6266: the name in ASCII for whoever reads no more, and as it is (RFC 8187).
fn disposition(name: &str) -> String {
    let name = shortened(name);
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '/' | '%' => '_',
            ' '..='~' => c,
            other => ascii(other),
        })
        .collect();
    if plain == name {
        return format!("inline; filename=\"{plain}\"");
    }
    let encoded = utf8_percent_encode(&name, ATTR_CHAR);
    format!("inline; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// A letter without what stands above or below it, where it has one; `_` for all others.
fn ascii(letter: char) -> char {
    letter_under(letter).filter(char::is_ascii_alphanumeric).unwrap_or('_')
}

/// A name that no system refuses, with its ending.
fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_NAME {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 16 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let stem: String = stem.chars().take(MAX_NAME - ending.chars().count()).collect();
    format!("{}{ending}", stem.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, beginning: &[u8]) -> String {
        ServedAs::of(&DocumentKey::parse(name).unwrap(), beginning).content_type
    }

    #[test]
    fn the_kind_is_what_the_name_says_unless_it_is_surely_something_else() {
        const PDF: &[u8] = b"%PDF-1.7\n";
        const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
        const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\x08\0";
        for (name, beginning, kind) in [
            ("Contract.pdf", PDF, "application/pdf"),
            ("2026/Contract.PDF", PDF, "application/pdf"),
            ("Contract.pdf", b"", "application/pdf"),
            ("Contract", PDF, "application/pdf"),
            ("Contract.docx", PDF, "application/pdf"),
            ("photo.jpg", PNG, "image/png"),
            ("photo.jpeg", JPEG, "image/jpeg"),
            ("photo", JPEG, "image/jpeg"),
            ("logo.ai", PDF, "application/postscript"),
            (
                "a.docx",
                ZIP,
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("a.odt", ZIP, "application/vnd.oasis.opendocument.text"),
            ("a.epub", ZIP, "application/epub+zip"),
            ("a.zip", ZIP, "application/zip"),
            ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml"),
            ("a.txt", "Gr\u{fc}\u{df}e".as_bytes(), "text/plain; charset=utf-8"),
            ("a.txt", b"Gr\xfc\xdfe", "text/plain"),
            ("a.csv", "a,\u{fc}".as_bytes(), "text/csv; charset=utf-8"),
            ("a.html", "<p>\u{fc}".as_bytes(), "text/html"),
            ("README", "Read me".as_bytes(), "text/plain; charset=utf-8"),
            ("a.qqq", b"\0\x01\x02", UNKNOWN),
            ("empty", b"", UNKNOWN),
            // A letter that is cut at the end of what was looked at.
            ("a.txt", b"Gr\xc3", "text/plain; charset=utf-8"),
        ] {
            assert_eq!(of(name, beginning), kind, "{name}");
        }
    }

    #[test]
    fn a_reader_gets_the_name_as_it_is() {
        for (name, disposition) in [
            ("Contract.pdf", "inline; filename=\"Contract.pdf\""),
            ("2026/Contract (2).pdf", "inline; filename=\"Contract (2).pdf\""),
            (
                "\u{dc}bersicht.pdf",
                "inline; filename=\"Ubersicht.pdf\"; filename*=UTF-8''%C3%9Cbersicht.pdf",
            ),
            ("a \"b\".pdf", "inline; filename=\"a _b_.pdf\"; filename*=UTF-8''a%20%22b%22.pdf"),
            ("50%.pdf", "inline; filename=\"50_.pdf\"; filename*=UTF-8''50%25.pdf"),
            (
                "\u{20ac} it's; a*.pdf",
                "inline; filename=\"_ it's; a*.pdf\"; filename*=UTF-8''%E2%82%AC%20it%27s%3B%20a%2A.pdf",
            ),
            (
                "\u{5951}\u{7d04}.pdf",
                "inline; filename=\"__.pdf\"; filename*=UTF-8''%E5%A5%91%E7%B4%84.pdf",
            ),
        ] {
            let key = DocumentKey::parse(name).unwrap();
            assert_eq!(ServedAs::disposition_of(&key), disposition, "{name}");
            assert_eq!(ServedAs::of(&key, b"").disposition, disposition, "{name}");
        }
    }

    #[test]
    fn whatever_the_name_it_is_one_header_of_ascii() {
        let long = format!("{}.pdf", "\u{1f4c4}".repeat(255));
        for name in ["a;b=c.pdf", "a'b.pdf", "\u{2764}\u{fe0f}", "a\u{202f}b", &long] {
            let key = DocumentKey::parse(name).unwrap();
            let disposition = ServedAs::disposition_of(&key);
            assert!(disposition.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{disposition}");
            assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
            assert!(disposition.len() < 4_096);
        }
        assert!(ServedAs::disposition_of(&DocumentKey::parse(&long).unwrap()).ends_with(".pdf"));
    }
}
