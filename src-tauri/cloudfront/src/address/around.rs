//! What stands around an address where people copy one: a sentence, marks, brackets, quotes, a formula.
//!
//! Here: taking the one address out, and seeing that there are two. Of a text that begins with its
//! address nothing is taken away here. Deliberately not here: names without a host ([`super::name`]),
//! and what the address says.

use super::extension::{has_known_extension, split_at_last_name};

/// What was found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Around<'a> {
    /// No web address stands in it.
    NoAddress,
    /// This one, or the same one several times.
    One(&'a str),
    /// Several, in the order in which they stand there.
    Several(Vec<&'a str>),
    /// One, and words with it that may belong to its name; the likelier reading.
    Unclear(&'a str),
    /// One, and names of so many documents with it; all of them.
    Names(&'a str, usize),
}

/// The web addresses in a text, without what stands around them.
pub(super) fn look(text: &str) -> Around<'_> {
    // What could not be read as text may have been anything, a part of the address too.
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Around::NoAddress;
    }
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut from = 0;
    while let Some(begin) = next_beginning(text, from) {
        if found.is_empty() && is_inside_a_path(text.get(..begin).unwrap_or_default()) {
            return Around::NoAddress;
        }
        let piece = Piece::at(text, begin);
        from = begin + piece.address.len().max(1);
        found.push(piece);
    }
    let mut addresses: Vec<&str> = Vec::new();
    for piece in &found {
        if !addresses.contains(&piece.address) {
            addresses.push(piece.address);
        }
    }
    match (addresses.as_slice(), found.as_slice()) {
        ([], _) => Around::NoAddress,
        ([one], [piece, ..]) => match piece.longer {
            Some(longer) => Around::Unclear(longer),
            None => match names_behind(one) {
                0 => Around::One(one),
                count => Around::Names(one, count + 1),
            },
        },
        _ => Around::Several(addresses),
    }
}

/// Whether a spreadsheet would calculate this: `=HYPERLINK(…)`.
pub(super) fn is_formula(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['=', '+', '@']) else {
        return false;
    };
    let name = rest.split('(').next().unwrap_or_default();
    rest.len() > name.len()
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
}

/// What a formula calls first, in quotes.
pub(super) fn in_formula(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("(\"")?;
    let (inner, rest) = rest.split_once('"')?;
    rest.trim_start().starts_with([',', ';', ')']).then_some(inner)
}

/// An address in a text.
struct Piece<'a> {
    address: &'a str,
    /// The address with the words behind it, where these may belong to its name.
    longer: Option<&'a str>,
}

impl<'a> Piece<'a> {
    fn at(text: &'a str, begin: usize) -> Self {
        let (before, rest) = text.split_at_checked(begin).unwrap_or((text, ""));
        let rest = rest.get(..own_length(rest)).unwrap_or(rest);
        let opening = before.chars().next_back();
        let closed = opening.and_then(|opening| inside(opening, rest));
        if let Some(address) = closed {
            return Self { address, longer: None };
        }
        if before.trim().is_empty() {
            return Self::first(rest.trim_end());
        }
        let end = rest.find(|c: char| c.is_whitespace() || "\"<>”“«»".contains(c));
        let (word, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        let address = without_punctuation(word);
        let goes_on = behind.starts_with(char::is_whitespace) && address.len() == word.len();
        let longer = match goes_on && !has_known_extension(path(word)) {
            true => split_at_last_name(rest).map(|(name, _)| name),
            false => None,
        };
        Self { address, longer }
    }

    /// An address that begins the text: what follows is its own, spaces too, but for words behind the
    /// name of a document.
    fn first(rest: &'a str) -> Self {
        let whole = Self { address: rest, longer: None };
        let Some((word, behind)) = rest.split_once(char::is_whitespace) else {
            return whole;
        };
        let word = without_punctuation(word);
        if !has_known_extension(path(word)) || has_known_extension(path(behind)) {
            return whole;
        }
        Self { address: rest, longer: Some(word) }
    }
}

/// How many names of documents stand behind an address that is one itself: `https://…/a.pdf, b.pdf`.
fn names_behind(address: &str) -> usize {
    let is_name = |part: &str| has_known_extension(path(without_punctuation(part)));
    let mut parts = address.split_whitespace();
    match parts.next().is_some_and(is_name) && parts.clone().all(is_name) {
        true => parts.count(),
        false => 0,
    }
}

fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// Where the next address begins: `http://` or `https://`, in whatever letters.
fn next_beginning(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.match_indices("://").find_map(|(colon, _)| {
        let scheme = rest.get(..colon)?;
        ["https", "http"].into_iter().find_map(|name| {
            let begin = scheme.len().checked_sub(name.len())?;
            scheme.get(begin..)?.eq_ignore_ascii_case(name).then_some(from + begin)
        })
    })
}

/// Whether an address that begins behind this stands in the path or in a parameter of another one, which
/// is a path itself: `a.pdf?to=https://…`.
fn is_inside_a_path(before: &str) -> bool {
    before.ends_with(JOINTS) && before.contains(['/', '?']) && !before.contains(MARKS)
}

/// What stands before an address that is a part of another one.
const JOINTS: [char; 5] = ['=', '/', '?', '&', ':'];

/// What stands in a sentence, in marks or in a formula, and never in an address.
const MARKS: [char; 8] = [' ', '\t', '"', '<', '>', '|', '“', '„'];

/// How much of the text can be this address: up to where another one begins that is no part of it. An
/// address may stand in the path or in a parameter of another one.
fn own_length(rest: &str) -> usize {
    let mut from = 1;
    while let Some(begin) = next_beginning(rest, from) {
        let before = rest.get(..begin).unwrap_or_default();
        if !before.ends_with(JOINTS) && !ends_encoded_in_a_query(before) {
            return begin;
        }
        from = begin + 1;
    }
    rest.len()
}

/// Whether what stands before an address is an encoded character of a query, which no mark between two
/// addresses is.
fn ends_encoded_in_a_query(before: &str) -> bool {
    let end = before.len().saturating_sub(3);
    before.contains('?')
        && before.get(end..).and_then(|end| end.strip_prefix('%')).is_some_and(|digits| {
            digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

/// The address in brackets or quotes that are closed behind it.
fn inside(opening: char, rest: &str) -> Option<&str> {
    let closing: &[char] = match opening {
        '<' => &['>', '|'],
        '"' => &['"'],
        '\'' => &['\''],
        '“' | '„' => &['”', '“'],
        '‘' | '‚' => &['’', '‘'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '`' => &['`'],
        '*' => &['*'],
        '_' => &['_'],
        '>' => &['<'],
        '(' | '[' | '{' => return in_brackets(opening, rest),
        _ => return None,
    };
    // Of marks that an address may hold itself, the last one closes.
    let end = match opening {
        '\'' | '_' | '*' => {
            let word = rest.split(char::is_whitespace).next()?;
            word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).strip_suffix(closing)?.len()
        }
        _ => rest.find(closing)?,
    };
    rest.get(..end).map(|inner| inner.trim_end_matches(['*', '_']))
}

fn in_brackets(opening: char, rest: &str) -> Option<&str> {
    let closing = match opening {
        '(' => ')',
        '[' => ']',
        _ => '}',
    };
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        if c.is_whitespace() {
            return None;
        }
        if c == opening {
            depth += 1;
        } else if c == closing {
            if depth == 0 {
                return rest.get(..at);
            }
            depth -= 1;
        }
    }
    None
}

/// An address without the marks behind its document's name. Only a person's: a script means each of them.
pub(super) fn without_end_marks(address: &str) -> &str {
    let shorter = without_punctuation(address);
    let is_name = !shorter.contains(['?', '#']) && has_known_extension(shorter);
    if is_name { shorter } else { address }
}

/// Without the marks with which a sentence goes on; a bracket stays where it was opened inside.
pub(super) fn without_punctuation(mut word: &str) -> &str {
    loop {
        let shorter = match word.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*') => {
                word.get(..word.len() - word.chars().next_back().map_or(0, char::len_utf8))
            }
            Some(closing @ (')' | ']' | '}')) => {
                let opening = match closing {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                let unopened = word.matches(closing).count() > word.matches(opening).count();
                unopened.then(|| word.strip_suffix(closing)).flatten()
            }
            _ => None,
        };
        match shorter {
            Some(shorter) => word = shorter,
            None => return word,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, look};

    #[test]
    fn the_one_address_is_taken_out_of_what_stands_around_it() {
        const A: &str = "https://h.example/a.pdf";
        for text in [
            "https://h.example/a.pdf",
            "<https://h.example/a.pdf>",
            "[Contract](https://h.example/a.pdf)",
            "[Contract](https://h.example/a.pdf).",
            "[https://h.example/a.pdf](https://h.example/a.pdf)",
            "[Contract]: https://h.example/a.pdf",
            "![scan](https://h.example/a.pdf)",
            "See https://h.example/a.pdf.",
            "See https://h.example/a.pdf!",
            "See (https://h.example/a.pdf), please",
            "Contract: https://h.example/a.pdf",
            "Siehe https://h.example/a.pdf, danke",
            "**https://h.example/a.pdf**",
            "*https://h.example/a.pdf*",
            "_https://h.example/a.pdf_",
            "`https://h.example/a.pdf`",
            "\"https://h.example/a.pdf\"",
            "'https://h.example/a.pdf'",
            "“https://h.example/a.pdf”",
            "„https://h.example/a.pdf“",
            "«https://h.example/a.pdf»",
            "‘https://h.example/a.pdf’",
            "<https://h.example/a.pdf|Contract>",
            "<a href=\"https://h.example/a.pdf\">Contract</a>",
            "<a href='https://h.example/a.pdf'>Contract</a>",
            "<a href=\"https://h.example/a.pdf\">https://h.example/a.pdf</a>",
            "=HYPERLINK(\"https://h.example/a.pdf\",\"Contract\")",
            "=HYPERLINK(\"https://h.example/a.pdf\";\"Contract\")",
            "=LIEN_HYPERTEXTE(\"https://h.example/a.pdf\")",
            "- https://h.example/a.pdf",
            "• https://h.example/a.pdf",
            "1. https://h.example/a.pdf",
            "> https://h.example/a.pdf",
            "view-source:https://h.example/a.pdf",
            "ms-word:ofe|u|https://h.example/a.pdf",
            "URL=https://h.example/a.pdf",
            "Linkhttps://h.example/a.pdf",
            "{https://h.example/a.pdf}",
            "a https://h.example/a.pdf b https://h.example/a.pdf c",
        ] {
            assert_eq!(look(text), Around::One(A), "{text}");
        }
    }

    #[test]
    fn what_belongs_to_an_address_stays() {
        for text in [
            "https://h.example/a.pdf.",
            "https://h.example/a'",
            "https://h.example/annual report.pdf",
            "https://h.example/a (1).pdf",
            "https://h.example/a_(b)",
            "https://h.example/go?to=https://other.example/b",
            "https://h.example/web/https://other.example/b",
            "https://h.example/",
            "HTTPS://h.example/a",
        ] {
            assert_eq!(look(text), Around::One(text), "{text}");
        }
        assert_eq!(look("(see https://h.example/a_(b))"), Around::One("https://h.example/a_(b)"));
        assert_eq!(
            look("\"https://h.example/annual report.pdf\""),
            Around::One("https://h.example/annual report.pdf")
        );
        for text in [
            "",
            "a.pdf",
            "s3://b/a",
            "http:/a",
            "://",
            "xhttp:",
            "a.pdf?to=https://h.example/b",
            "/p/https://h.example/b",
            "docs.example.com/a?x=1&to=https://h.example/b",
        ] {
            assert_eq!(look(text), Around::NoAddress, "{text}");
        }
    }

    #[test]
    fn several_addresses_are_seen() {
        let several = ["https://h.example/a.pdf", "https://h.example/b.pdf"];
        for text in [
            "https://h.example/a.pdf https://h.example/b.pdf",
            "https://h.example/a.pdf, https://h.example/b.pdf",
            "https://h.example/a.pdf;https://h.example/b.pdf",
            "https://h.example/a.pdf,https://h.example/b.pdf",
            "https://h.example/a.pdf\thttps://h.example/b.pdf",
            "https://h.example/a.pdfhttps://h.example/b.pdf",
            "https://h.example/a.pdf|https://h.example/b.pdf",
            "https://h.example/a.pdf and https://h.example/b.pdf",
            "<https://h.example/a.pdf> <https://h.example/b.pdf>",
            "\"https://h.example/a.pdf\" \"https://h.example/b.pdf\"",
            "[https://h.example/a.pdf](https://h.example/b.pdf)",
            "<a href=\"https://h.example/a.pdf\">https://h.example/b.pdf</a>",
        ] {
            match look(text) {
                Around::Several(found) => {
                    let found: Vec<_> =
                        found.iter().map(|one| super::without_punctuation(one)).collect();
                    assert_eq!(found[1], several[1], "{text}");
                    assert!(found[0].starts_with(several[0]), "{text}: {found:?}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn words_that_may_belong_to_the_name_are_left_to_the_person() {
        for (text, likelier) in [
            ("See https://h.example/annual report.pdf", "https://h.example/annual report.pdf"),
            ("https://h.example/a.pdf for Mr Smith", "https://h.example/a.pdf"),
            ("https://h.example/a.pdf (the contract)", "https://h.example/a.pdf"),
        ] {
            assert_eq!(look(text), Around::Unclear(likelier), "{text}");
        }
        for (text, count) in [
            ("https://h.example/a.pdf b.pdf", 2),
            ("https://h.example/a.pdf, b.pdf", 2),
            ("https://h.example/a.pdf; b.pdf; x/c.docx", 3),
        ] {
            assert_eq!(look(text), Around::Names(text, count), "{text}");
        }
    }
}
