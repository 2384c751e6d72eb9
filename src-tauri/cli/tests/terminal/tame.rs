//! A text that would do something to whoever reads it, and whether one is in what a program writes.

use std::fmt::Debug;
use std::process::Output;

/// What a terminal obeys, what turns text round, what nobody sees, and a line of somebody else's.
pub const POISON: &str = "x\u{1b}[2J\u{1b}]0;a\u{7}\u{9b}31m\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}\u{e0041}\nFORGED\rFORGED\u{2028}FORGED";

/// What is wrong with a text that was written, if anything is.
fn obeyed(text: &str) -> Option<String> {
    let is_bad = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    let bad = text.chars().find(|c| is_bad(*c)).map(|c| format!("U+{:04X}", u32::from(c)));
    let forged = text.lines().find(|line| line.trim_start().starts_with("FORGED"));
    bad.or(forged.map(ToOwned::to_owned))
}

#[test]
fn what_would_be_obeyed_is_seen() {
    for text in
        ["\u{1b}[2J", "\u{9b}2J", "a\rb", "\u{202e}", "\u{200b}", "a\n  FORGED", "\u{e0041}"]
    {
        assert!(obeyed(text).is_some(), "{text:?}");
    }
    assert_eq!(obeyed("a\tb\n[U+001B] é FORGED\n"), None);
}

/// That nothing of what was written would be obeyed, and all of it.
pub fn assert_tame(output: &Output, what: &dyn Debug) -> String {
    let written = [output.stdout.as_slice(), &output.stderr].concat();
    let written = String::from_utf8(written).unwrap_or_else(|_| panic!("no text: {what:?}"));
    assert_eq!(obeyed(&written), None, "{what:?}\n{written}");
    assert!(!written.contains("panicked"), "{what:?}\n{written}");
    written
}
