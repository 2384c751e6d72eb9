//! What a person types for a document that is no whole address: a name, a path, and what is taken for
//! one.
//!
//! Here: the marks around a name, several names in one line, another site's host without its scheme,
//! the two readings of a question mark. Deliberately not here: paths on the person's own computer
//! ([`super::computer`]).

use super::around::{in_formula, is_formula};
use super::extension::{has_known_extension, split_at_last_name};
use super::unlikely::placeholder_in_name;
use super::{computer, encode};
use crate::host::{Authority, split_authority};

/// The ends of hosts that more than two letters have. Those of two letters are countries.
const DOMAINS: [&str; 28] = [
    "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "pro", "app", "dev", "cloud",
    "online", "site", "store", "shop", "tech", "xyz", "blog", "example", "test", "local",
    "internal", "lan", "intranet", "corp", "aero",
];

/// What stands between the columns of a table.
const COLUMN_MARKS: [char; 3] = [',', ';', '|'];

/// An address without the columns of a table behind it, where such are: `https://…/a.pdf,Jones`.
pub(super) fn without_columns(address: &str) -> Option<&str> {
    let (document, behind) = with_words_behind(address)?;
    behind.starts_with(COLUMN_MARKS).then_some(document)
}

/// A document's name, and the words or the `#…` that stand behind it: `a.pdf for Mr Smith`,
/// `a.pdf - 31.12.2026`, `a.pdf#page=2`, or the next columns of a table: `a.pdf,Jones`. `None` where the
/// text ends as a name does.
pub(super) fn with_words_behind(text: &str) -> Option<(&str, &str)> {
    let path = match text.split_once('?') {
        Some((path, query)) if is_query(path, query) => path,
        _ => text,
    };
    let (document, behind) = split_at_last_name(path)?;
    let is_apart = behind.starts_with(|c: char| c.is_whitespace() || c == '#')
        || behind.starts_with(COLUMN_MARKS) && behind.len() > 1
        || behind.starts_with(':') && behind.contains(char::is_whitespace);
    // Between digits a slash is a date's or a network's, and leads to no other document.
    let is_path = behind.match_indices('/').any(|(at, _)| {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = (behind.get(..at), behind.get(at + 1..));
        !is_digit(before.and_then(|text| text.chars().next_back()))
            || !is_digit(after.and_then(|text| text.chars().next()))
    });
    (is_apart && !is_path).then_some((document, behind))
}

/// A name without the marks around it, where all of it stands in them: quotes, angle brackets, what
/// Markdown and lists put there, a formula that only names it, a full stop behind it.
pub(super) fn unmarked(text: &str) -> &str {
    let mut name = text;
    loop {
        let shorter = without_one_mark(name).trim();
        if shorter.is_empty() || shorter == name {
            return name;
        }
        name = shorter;
    }
}

fn without_one_mark(name: &str) -> &str {
    // Any text can stand in these, and no document's name begins and ends with them.
    const QUOTES: [(&str, &str); 11] = [
        ("\"", "\""),
        ("“", "”"),
        ("„", "“"),
        ("„", "”"),
        ("«", "»"),
        ("»", "«"),
        ("‹", "›"),
        ("‘", "’"),
        ("`", "`"),
        ("<", ">"),
        ("**", "**"),
    ];
    // These begin and end names as well: only a whole document's name is taken out.
    const BRACKETS: [(&str, &str); 7] =
        [("[[", "]]"), ("'", "'"), ("(", ")"), ("[", "]"), ("{", "}"), ("*", "*"), ("_", "_")];
    let bare = name.trim_end_matches([',', ';', '.']);
    let between = |(opening, closing): &(&str, &str)| {
        let inner = bare.strip_prefix(opening)?.strip_suffix(closing)?;
        (!inner.contains(opening) && !inner.contains(closing)).then_some(inner)
    };
    // `<name>` is what instructions have in the place of a name.
    let is_placeholder = bare.starts_with('<') && placeholder_in_name(bare).is_some();
    if let Some(inner) = QUOTES.iter().find_map(between).filter(|_| !is_placeholder) {
        return inner;
    }
    if let Some(inner) =
        BRACKETS.iter().find_map(between).filter(|inner| has_known_extension(inner))
    {
        return inner;
    }
    if let Some(inner) = in_formula(name).filter(|_| is_formula(name)) {
        return inner;
    }
    if name.starts_with('[')
        && let Some((_, target)) = name.split_once("](")
        && let Some(target) = target.strip_suffix(')')
    {
        return target;
    }
    for bullet in ["- [ ] ", "- [x] ", "• ", "· ", "‣ ", "– ", "— ", "- ", "* ", "> "] {
        if let Some(rest) = name.strip_prefix(bullet) {
            return rest;
        }
    }
    let shorter = name.trim_end_matches(['.', ',', ';', ':', '!']);
    if has_known_extension(shorter) { shorter } else { name }
}

/// The names of several documents in one line; `None` where it may be one.
pub(super) fn several(text: &str) -> Option<Vec<&str>> {
    for separator in [',', ';', '|', '\t'] {
        let parts: Vec<_> = parts(text, |c| c == separator);
        if parts.len() > 1 && are_documents(&parts) {
            return Some(parts);
        }
    }
    for word in [" and ", " & ", " + ", " und ", " et ", " y "] {
        let parts: Vec<_> = text.split(word).map(str::trim).collect();
        if parts.len() > 1 && are_documents(&parts) {
            return Some(parts);
        }
    }
    in_quotes(text).or_else(|| {
        let parts = parts(text, char::is_whitespace);
        (parts.len() > 1 && parts.iter().all(|part| has_known_extension(part))).then_some(parts)
    })
}

/// `"a.pdf" "b.pdf"`, as the dialogs of Windows write several files.
fn in_quotes(text: &str) -> Option<Vec<&str>> {
    let pieces: Vec<_> = text.split('"').collect();
    let (names, between): (Vec<_>, Vec<_>) =
        pieces.iter().enumerate().partition(|(at, _)| at % 2 == 1);
    let are_apart = between
        .iter()
        .all(|(_, gap)| gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';')));
    let names: Vec<_> = names.into_iter().map(|(_, name)| *name).collect();
    (names.len() > 1 && are_apart && names.iter().all(|name| !name.trim().is_empty()))
        .then_some(names)
}

fn parts(text: &str, separator: impl Fn(char) -> bool) -> Vec<&str> {
    text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether each of these is a document: by an extension that is known, or the same one at all of them.
fn are_documents(parts: &[&str]) -> bool {
    let extension = |part: &&str| {
        let (before, extension) = part.rsplit_once('.')?;
        let is_one = (1..=8).contains(&extension.len())
            && !before.is_empty()
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && extension.bytes().any(|byte| byte.is_ascii_alphabetic());
        is_one.then(|| extension.to_ascii_lowercase())
    };
    let extensions: Vec<_> = parts.iter().map(extension).collect();
    parts.iter().all(|part| has_known_extension(part.trim_matches(['"', '\''])))
        || extensions.iter().all(|one| one.is_some() && Some(one) == extensions.first())
}

/// The host at the beginning of a text that has no scheme, where it is one to every appearance; and
/// whether it may be a folder's name as well.
pub(super) fn other_host(text: &str) -> Option<(Authority, bool)> {
    let (first, rest) = split_authority(text);
    let (user, first) = match first.rsplit_once('@') {
        Some((user, host)) if !user.contains(char::is_whitespace) => (Some(user), host),
        Some(_) => return None,
        None => (None, first),
    };
    let authority = Authority::parse(first)?;
    let name = authority.name.as_str();
    if name.starts_with("www.") && name.matches('.').count() > 1 {
        return Some((authority, false));
    }
    let (_, last) = name.rsplit_once('.').unwrap_or(("", ""));
    let is_domain = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        || last.starts_with("xn--")
        || DOMAINS.contains(&last);
    if authority.port.is_some() {
        let is_host = name == "localhost" || is_domain || authority.is_ip_address();
        return is_host.then_some((authority, false));
    }
    if user.is_some() {
        return is_domain.then_some((authority, false));
    }
    let is_path = rest.starts_with('/');
    let is_host = if is_path {
        is_domain || name == "localhost" || name.parse::<std::net::Ipv4Addr>().is_ok()
    } else {
        matches!(last, "com" | "net" | "org") || rest.starts_with('?') && is_domain
    };
    is_host.then_some((authority, true))
}

/// Whether what follows a `?` is a query to every appearance, and the `?` no part of a name.
pub(super) fn is_query(path: &str, query: &str) -> bool {
    let first = query.split('&').next().unwrap_or_default();
    // Marks alone end a sentence: in a whole address they would not be read as a query.
    let is_word = |text: &str| {
        text.contains(char::is_alphanumeric)
            && !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '"'))
    };
    match first.split_once('=') {
        Some((name, _)) => {
            is_word(name) && !name.contains('.') || is_word(name) && has_known_extension(path)
        }
        None => is_word(first) && has_known_extension(path) && !has_known_extension(query),
    }
}

/// A name as a text that is read as this very name, whatever stands in it: of a file, or of a document
/// in a bucket.
pub(super) fn as_text(name: &str) -> String {
    let (first, rest) = split_authority(name);
    let mut text = encode::typed(name);
    let is_more = text.trim() != text
        || unmarked(&text) != text
        || several(&text).is_some()
        || text.starts_with(['~', '=', '+', '@', '“', '„', '”'])
        || text.contains([':', '@'])
        || text.contains('&') && text.contains(';')
        || with_words_behind(&text).is_some()
        || text.starts_with(['{', '['])
        || !text.contains(char::is_alphanumeric)
        || computer::is_there(&text);
    if is_more {
        text = encode::wholly(name);
    }
    // A full stop that ends a sentence is dropped.
    if unmarked(&text) != text && text.ends_with('.') {
        text.pop();
        text.push_str("%2E");
    }
    if rest.starts_with('/') && !first.is_empty() && (first.contains('.') || first.contains(':')) {
        return format!("/{text}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_a_name_go() {
        for text in [
            "a b.pdf",
            "\"a b.pdf\"",
            "“a b.pdf”",
            "„a b.pdf“",
            "«a b.pdf»",
            "‘a b.pdf’",
            "'a b.pdf'",
            "`a b.pdf`",
            "<a b.pdf>",
            "(a b.pdf)",
            "[a b.pdf]",
            "[[a b.pdf]]",
            "**a b.pdf**",
            "_a b.pdf_",
            "*a b.pdf*",
            "[Contract](a b.pdf)",
            "- a b.pdf",
            "* a b.pdf",
            "• a b.pdf",
            "- [ ] a b.pdf",
            "> a b.pdf",
            "a b.pdf.",
            "a b.pdf,",
            "a b.pdf;",
            "\"a b.pdf\",",
            "=HYPERLINK(\"a b.pdf\")",
            "=HYPERLINK(\"a b.pdf\";\"Contract\")",
        ] {
            assert_eq!(unmarked(text), "a b.pdf", "{text}");
        }
        for text in [
            "(1)",
            "(draft) a.pdf",
            "a (1)",
            "[x]",
            "it's \"x\".pdf",
            "a.pdf (1)",
            "Agenda etc.",
            "v1.2.",
            "1. Introduction.pdf",
            "-a.pdf",
            "=a.pdf",
            "=SUM(A1)",
            "\"",
            "''",
        ] {
            assert_eq!(unmarked(text), text, "{text}");
        }
    }

    #[test]
    fn several_names_are_seen() {
        for (text, names) in [
            ("a.pdf, b.pdf", &["a.pdf", "b.pdf"][..]),
            ("a.pdf,b.docx", &["a.pdf", "b.docx"]),
            ("a.pdf; b.pdf; c.pdf", &["a.pdf", "b.pdf", "c.pdf"]),
            ("a.pdf\tb.pdf", &["a.pdf", "b.pdf"]),
            ("a.pdf | b.pdf", &["a.pdf", "b.pdf"]),
            ("a.pdf b.pdf", &["a.pdf", "b.pdf"]),
            ("a.pdf and b.pdf", &["a.pdf", "b.pdf"]),
            ("annual report.pdf and b.pdf", &["annual report.pdf", "b.pdf"]),
            ("\"a.pdf\" \"b c.pdf\"", &["a.pdf", "b c.pdf"]),
            ("a.qqq, b.qqq", &["a.qqq", "b.qqq"]),
            ("contracts/a.pdf, contracts/b.pdf", &["contracts/a.pdf", "contracts/b.pdf"]),
        ] {
            assert_eq!(several(text).as_deref(), Some(names), "{text}");
        }
        for text in [
            "a.pdf",
            "Smith, John; final.pdf",
            "R&D, Q1 (final)!.pdf",
            "Smith and Jones.pdf",
            "Smith, J. Contract.pdf",
            "v1.2, v1.3 notes.pdf",
            "annual report.pdf",
            "a, b",
            "\"x\".pdf",
            "Minutes of 1.2.2026, final.pdf",
        ] {
            assert_eq!(several(text), None, "{text}");
        }
    }

    #[test]
    fn a_host_is_told_from_a_folder() {
        for (text, host) in [
            ("www.other.example/a.pdf", "www.other.example"),
            ("www.other.example", "www.other.example"),
            ("other.com/a.pdf", "other.com"),
            ("other.com", "other.com"),
            ("files.client.de/a.pdf", "files.client.de"),
            ("acme.app/a.pdf", "acme.app"),
            ("b\u{fc}cher.de/a.pdf", "xn--bcher-kva.de"),
            ("localhost:3000/a.pdf", "localhost:3000"),
            ("other.example:8080", "other.example:8080"),
            ("192.168.1.10/a.pdf", "192.168.1.10"),
            ("me@example.com", "example.com"),
            ("docs.example.com@evil.example/x", "evil.example"),
        ] {
            let found = other_host(text).map(|(authority, _)| authority.to_text());
            assert_eq!(found.as_deref(), Some(host), "{text}");
        }
        for text in [
            "a.pdf",
            "readme.md",
            "archive.tar.gz",
            "v1.2/a.pdf",
            "2026.11/a.pdf",
            "Smith.John/a.pdf",
            "J. Smith.de/a.pdf",
            "node.pdf/a",
            "reports/www.other.example/a",
            "Report:17/a.pdf",
            "a@b.pdf",
            "a.b/c",
            "www.pdf",
        ] {
            assert_eq!(other_host(text), None, "{text}");
        }
    }

    #[test]
    fn a_query_is_told_from_a_question() {
        for (path, query) in [
            ("a.pdf", "version=2"),
            ("a.pdf", "download"),
            ("a", "x=1&y=2"),
            ("reports/a", "v=What is this?.pdf"),
            ("a.pdf", "k[]=1"),
            ("a.pdf", "response.type=1"),
        ] {
            assert!(is_query(path, query), "{path}?{query}");
        }
        for (path, query) in [
            ("What is this", ".pdf"),
            ("Ready", ""),
            ("Why", " Because.pdf"),
            ("a", "b"),
            ("a.pdf", "b.pdf"),
            ("What", "x = y.pdf"),
            ("1+1", " a=b.pdf"),
            ("a.pdf", ""),
        ] {
            assert!(!is_query(path, query), "{path}?{query}");
        }
    }
}
