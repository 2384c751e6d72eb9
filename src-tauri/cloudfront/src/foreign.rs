//! Text from outside, as it may be shown: what a terminal would obey and what nobody could see becomes a
//! mark, `[U+202E]`, the same everywhere.
//!
//! Foreign is what Signet did not write itself: arguments, names of files and of things in an account,
//! parts of links, a server's words. Deliberately not here: what is secret in it, and
//! letters that look like others.

use crate::characters::{code_point, unseen_name};

/// Nobody reads more of one name or of one message.
pub const MAX_CHARACTERS: usize = 300;

/// Nor of a sentence that has such in it.
const MAX_IN_A_SENTENCE: usize = 1_000;

/// A foreign text as a part of a sentence or a cell of a table: in one line, all of it visible, with
/// at most [`MAX_CHARACTERS`] of its characters and `…` for the rest.
pub fn shown(text: &str) -> String {
    bounded(text, MAX_CHARACTERS)
}

/// A sentence that has foreign text in it: the same, but longer.
pub fn sentence(text: &str) -> String {
    bounded(text, MAX_IN_A_SENTENCE)
}

fn bounded(text: &str, most: usize) -> String {
    let mut characters = text.chars();
    let mut bounded = marked(characters.by_ref().take(most));
    if characters.next().is_some() {
        bounded.push('…');
    }
    bounded
}

/// A whole line, however long: for what ends up on it in many parts.
pub fn line(text: &str) -> String {
    marked(text.chars())
}

/// The same for a text of several lines, whose line breaks are its own.
pub fn lines(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// JSON with the same characters written as JSON's own escapes: to a program it is the same value, and
/// a terminal obeys none of it. Takes JSON only, in which they stand inside strings.
pub fn json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\n' || unseen_name(character).is_none() {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            escaped.push_str(&format!("\\u{unit:04x}"));
        }
    }
    escaped
}

/// Whether a character shows as itself.
pub fn is_seen(character: char) -> bool {
    unseen_name(character).is_none()
}

fn marked(text: impl Iterator<Item = char>) -> String {
    let mut marked = String::new();
    for character in text {
        match unseen_name(character) {
            Some(_) => marked.push_str(&format!("[{}]", code_point(character))),
            None => marked.push(character),
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_marked() {
        for (text, expected) in [
            ("", ""),
            ("eu-west-1", "eu-west-1"),
            ("Müller & Söhne, 日本.pdf", "Müller & Söhne, 日本.pdf"),
            ("\u{1b}[2Jgone", "[U+001B][2Jgone"),
            ("\u{9b}2J\u{7f}", "[U+009B]2J[U+007F]"),
            ("a\r\nb\tc", "a[U+000D][U+000A]b[U+0009]c"),
            ("fdp\u{202e}exe.pdf", "fdp[U+202E]exe.pdf"),
            ("\u{200b}\u{feff}\u{ad}", "[U+200B][U+FEFF][U+00AD]"),
            ("a\u{a0}b\u{3000}c", "a[U+00A0]b[U+3000]c"),
            ("\u{e0041}\u{1d173}", "[U+E0041][U+1D173]"),
        ] {
            assert_eq!(shown(text), expected);
            assert_eq!(line(text), expected);
            assert_eq!(shown(&shown(text)), shown(text));
        }
    }

    #[test]
    fn it_is_not_endless() {
        let most = "é".repeat(MAX_CHARACTERS);
        assert_eq!(shown(&most), most);
        assert_eq!(shown(&format!("{most}a")), format!("{most}…"));
        assert_eq!(line(&format!("{most}a")), format!("{most}a"));
        assert!(shown(&"\u{202e}".repeat(1 << 20)).len() < 4_000);
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(lines("a\n\u{1b}b\n"), "a\n[U+001B]b\n");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({ "a\u{202e}": ["\u{9b}\u{e0041}\u{7f}\n", "é 日", 1] });
        let text = format!("{value:#}");
        let escaped = json(&text);
        assert_ne!(escaped, text);
        assert!(escaped.chars().all(|c| c == '\n' || unseen_name(c).is_none()), "{escaped}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
    }
}
