//! No message repeats the command line: whatever stands there may be a key, a passphrase or an access
//! key in the wrong place.
//!
//! Sentences name the option and not its value. Where one has a value all the same, from an error of
//! another part, it is shown only if it is the kind of thing that this option takes.

use std::env;
use std::sync::LazyLock;

use signet_cloudfront::foreign;
use signet_cloudfront::secrecy::{HIDDEN, holds_secret};

/// Shorter words stand in sentences by chance.
const FEWEST_BYTES: usize = 5;

/// What sentences give as examples.
const EXAMPLES: [&str; 4] = [
    "https://docs.example.com/a.pdf",
    "https://docs.example.com/reports/*",
    "203.0.113.7 or 203.0.113.0/24",
    "2026-12-01, 2026-12-01T17:00:00, 2026-12-01T17:00:00+01:00 or 1796144400",
];

/// The values that are not repeated, the longest first.
static UNSEEN: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words: Vec<String> =
        env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let mut unseen = unseen(&words);
    unseen.sort_by_key(|value| std::cmp::Reverse(value.len()));
    unseen.dedup();
    unseen
});

/// The text without what was called with.
pub fn without_arguments(text: &str) -> String {
    hidden(text, &UNSEEN)
}

fn hidden(text: &str, unseen: &[String]) -> String {
    let mut text = text.to_owned();
    for value in unseen {
        if text.contains(value.as_str()) {
            text = text.replace(value.as_str(), HIDDEN);
        }
    }
    text
}

fn unseen(words: &[String]) -> Vec<String> {
    let mut unseen = Vec::new();
    let mut option = None;
    for word in words {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if is_option(name) => (Some(name), value),
            _ if is_option(word) => {
                option = Some(word.as_str());
                continue;
            }
            _ => (option.take(), word.as_str()),
        };
        // Blanks around it make nothing of it a secret.
        let bare = value.trim();
        if bare.len() < FEWEST_BYTES || is_harmless(name, bare) {
            continue;
        }
        for value in [value, bare] {
            // With marks, where it is not text that can be shown as it is.
            unseen.extend([value.to_owned(), foreign::line(value), foreign::shown(value)]);
        }
    }
    unseen
}

/// Small letters and hyphens, as all options are written.
pub fn is_option(word: &str) -> bool {
    word.strip_prefix("--").is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= 24
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    })
}

/// Whether the value is of the kind that the option takes. The name of a file is not repeated, even of one
/// that is there.
fn is_harmless(option: Option<&str>, value: &str) -> bool {
    if holds_secret(value) {
        return false;
    }
    // What stands in a sentence's own example is no secret, and the example is cut to pieces without it.
    if EXAMPLES.iter().any(|example| example.contains(value)) {
        return true;
    }
    match option {
        None => is_command(value) || is_address(value),
        // The name of a key or a profile that is there; one that is not is not repeated by any sentence.
        Some("--key" | "--name" | "--profile") => true,
        Some("--bucket" | "--region" | "--distribution" | "--key-pair-id" | "--site") => {
            value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-/:".contains(&byte))
        }
        Some("--date-less-than" | "--date-greater-than" | "--expires-in" | "--ip-address") => {
            is_number_or_date(value)
        }
        Some(_) => is_address(value),
    }
}

/// A command or a choice is a short word in letters.
fn is_command(word: &str) -> bool {
    word.len() <= 14 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn is_address(value: &str) -> bool {
    (value.starts_with("https://") || value.starts_with("http://"))
        && !value.contains(['@', ' ', '\n'])
}

/// Digits, and beside them at most two words, for a month and a day of the week.
fn is_number_or_date(value: &str) -> bool {
    let parts: Vec<&str> =
        value.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let all = |part: &&str, is: fn(&u8) -> bool| part.as_bytes().iter().all(is);
    let words = parts.iter().filter(|part| part.chars().all(char::is_alphabetic)).count();
    let numbers = parts.iter().filter(|part| all(part, u8::is_ascii_digit)).count();
    let times = parts.iter().filter(|part| is_time(part)).count();
    value.len() <= 40
        && words <= 2
        && numbers + times >= 1
        && words + numbers + times == parts.len()
}

/// A part in which digits and the letters of a time stand: `01T17`, `00Z`, `90s`.
fn is_time(part: &str) -> bool {
    let letters = part.bytes().filter(|byte| !byte.is_ascii_digit()).count();
    part.starts_with(|c: char| c.is_ascii_digit()) && letters == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unseen_of(words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut unseen = unseen(&words);
        unseen.dedup();
        unseen
    }

    #[test]
    fn what_the_option_does_not_take_is_not_repeated() {
        for words in [
            ["--private-key", "correct horse battery staple"],
            ["--passphrase-file", "correct horse battery staple"],
            ["--passphrase-file", "hunter2"],
            ["--urls-from", "/no/such/file"],
            ["--date-less-than", "correct horse battery staple"],
            ["--date-less-than", "hunter2"],
            ["--expires-in", "correct horse 7"],
            ["--bucket", "correct horse battery staple"],
            ["--url", "hunter2:correct"],
            ["--url", "https://ada:hunter2@h.example/"],
            ["--key", "AKIAIOSFODNN7EXAMPLE"],
            ["sign", "correct horse battery staple"],
            ["keys", "hunter2"],
            ["--hash-algorithm", "hunter2"],
        ] {
            let expected = if words[1] == "correct horse 7" { 0 } else { 1 };
            assert_eq!(unseen_of(&words).len(), expected, "{words:?}");
            let joined = format!("{}={}", words[0], words[1]);
            if words[0].starts_with("--") {
                assert_eq!(unseen_of(&[&joined]).len(), expected, "{joined}");
            }
        }
    }

    #[test]
    fn what_people_need_is_repeated() {
        for words in [
            ["--date-less-than", "2026-12-01T17:00:00+01:00"],
            ["--date-less-than", "31 Dezember 2026"],
            ["--date-less-than", "31.12.26"],
            ["--expires-in", "7 days"],
            ["--ip-address", "203.0.113.0/33"],
            ["--bucket", "client-papers"],
            ["--region", "eu-central-1"],
            ["--key", "Client papers"],
            ["--url", "https://docs.example.com/Q3%20notes.pdf"],
            ["--url", "docs.example.com/a.pdf"],
            ["--url", "ttps://docs.example.com/a.pdf"],
            ["--url", " a.pdf "],
            ["--policy-resource", "reports/*"],
            ["setup", "apply"],
        ] {
            assert_eq!(unseen_of(&words), Vec::<String>::new());
        }
    }

    #[test]
    fn every_place_is_hidden() {
        let unseen = ["correct horse".to_owned()];
        assert_eq!(hidden("a correct horse, correct horse.", &unseen), "a …[hidden], …[hidden].");
    }
}
