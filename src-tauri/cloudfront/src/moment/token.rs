//! A text in pieces: numbers, words and marks, and which of them touch.

use chrono::NaiveDate;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Whether nothing stands between it and the piece before.
    pub(super) is_glued: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII digits, and how many of them.
    Number {
        value: u64,
        digits: usize,
    },
    Word(String),
    Mark(char),
}

/// The pieces of a folded text. An apostrophe between letters is none: `aujourd'hui`, `o'clock`.
pub(super) fn of(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut is_glued = false;
    let mut rest = folded.chars().peekable();
    while let Some(first) = rest.next() {
        if first.is_whitespace() {
            is_glued = false;
            continue;
        }
        let kind = if first.is_ascii_digit() {
            let mut text = String::from(first);
            while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                text.push(digit);
            }
            // A number that is too large for this is no part of a date either.
            Kind::Number { value: text.parse().unwrap_or(u64::MAX), digits: text.len() }
        } else if first.is_alphabetic() {
            let mut word = String::from(first);
            while let Some(next) = rest.next_if(|c| c.is_alphabetic() || is_apostrophe(*c)) {
                word.push(next);
            }
            word.retain(|c| !is_apostrophe(c));
            Kind::Word(word)
        } else {
            Kind::Mark(match first {
                '–' | '—' | '−' | '‐' | '‑' => '-',
                other => other,
            })
        };
        tokens.push(Token { kind, is_glued });
        is_glued = true;
    }
    tokens
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’')
}

/// `20261231`.
pub(super) fn compact_date(number: u64) -> Option<NaiveDate> {
    let number = i32::try_from(number).ok()?;
    let (year, rest) = (number / 10_000, number % 10_000);
    let part = |number: i32| u32::try_from(number).ok();
    (1970..2200)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, part(rest / 100)?, part(rest % 100)?))?
}
