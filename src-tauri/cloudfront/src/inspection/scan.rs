//! The characters of one address, as they are taken from a text: where it ends, and what in it nobody
//! can see.

use super::budget::MAX_LINK_BYTES;
use super::gap::Gap;
use super::repair::Repair;
use crate::address::SIGNING_PARAMETERS;
use crate::characters::hidden_name;

/// What Proofpoint puts behind an address may stand in no value.
const PROOFPOINT: &str = "https://urldefense.";

/// The characters of one address, as they are taken from the text.
#[derive(Clone, Default)]
pub(super) struct Taken {
    pub(super) text: String,
    /// Where the parameter begins that is being taken.
    part: usize,
    has_query: bool,
    /// Inside the value of a signing parameter, in which few characters may stand.
    in_value: bool,
    is_signed: bool,
    hidden: usize,
    breaks: usize,
    has_marks: bool,
    has_spaces: bool,
    /// A `'` stands before it.
    is_quoted: bool,
    escapes: usize,
    has_other_slashes: bool,
}

impl Taken {
    /// Begins with what is not in the text.
    pub(super) fn behind(prefix: &str) -> Self {
        Self { text: prefix.to_owned(), ..Self::default() }
    }

    /// Begins with what is in the text with other slashes.
    pub(super) fn with_slashes(scheme: &str) -> Self {
        Self { has_other_slashes: true, ..Self::behind(scheme) }
    }

    /// The same, ending where a `'` is that closes one before it.
    pub(super) fn in_quotes(self, is_quoted: bool) -> Self {
        Self { is_quoted, ..self }
    }

    /// Begins with what was in the text with a gap in it.
    pub(super) fn across(prefix: &str, gap: &Gap) -> Self {
        Self {
            breaks: gap.breaks,
            has_marks: gap.has_marks,
            has_spaces: !gap.has_break(),
            ..Self::behind(prefix)
        }
    }

    /// Takes what belongs to the address and says how many bytes that were. What is too long for a link
    /// is not taken to its end.
    pub(super) fn take(&mut self, source: &str) -> usize {
        for (at, character) in source.char_indices() {
            if self.is_too_long() {
                return at;
            }
            if character.is_ascii_alphanumeric() {
                self.text.push(character);
                continue;
            }
            let rest = source.get(at..).unwrap_or_default();
            if self.is_escape(character, rest) {
                self.escapes += 1;
                continue;
            }
            if self.is_end(character, rest) {
                return at;
            }
            if hidden_name(character).is_some() {
                self.hidden += 1;
                continue;
            }
            if character == '&' || character == '?' && !self.has_query {
                self.has_query |= character == '?';
                self.part = self.text.len() + 1;
                self.in_value = false;
            }
            if character == ';' && self.has_query {
                self.part = self.text.len() + 1;
            }
            self.in_value &= character != '#';
            if character == '=' && self.has_query && !self.in_value {
                let name = self.text.get(self.part..).unwrap_or_default();
                self.in_value = SIGNING_PARAMETERS.contains(&name);
                self.is_signed |= self.in_value;
            }
            self.text.push(character);
        }
        source.len()
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.text.len() > MAX_LINK_BYTES
    }

    /// Whether a shell or Markdown put this before a character that belongs to the address.
    fn is_escape(&self, character: char, rest: &str) -> bool {
        let escaped = match character {
            '\\' => "?&=_~-%*;()+/",
            '^' => "&%=?()",
            '`' => "&",
            _ => return false,
        };
        match rest.trim_start_matches(character).chars().next() {
            Some('\'') => character == '\\' && !self.is_quoted,
            Some(next) => escaped.contains(next),
            None => false,
        }
    }

    fn is_end(&self, character: char, rest: &str) -> bool {
        const ENTITIES: [&str; 6] = ["&quot;", "&lt;", "&gt;", "&#34;", "&#39;", "&nbsp;"];
        match character {
            '\'' => self.is_quoted || self.in_value,
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^' => true,
            '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' => true,
            '&' => self.is_signed && ENTITIES.iter().any(|entity| rest.starts_with(entity)),
            _ if character.is_whitespace() || character.is_control() => true,
            _ if hidden_name(character).is_some() => false,
            _ if self.in_value => {
                !character.is_ascii_alphanumeric()
                    && !matches!(
                        character,
                        '-' | '_' | '~' | '%' | '+' | '/' | '=' | ':' | '.' | '#'
                    )
                    && !self.text.starts_with(PROOFPOINT)
            }
            _ => !character.is_ascii() && self.is_signed,
        }
    }

    /// Goes on behind white space. A space in a path stands for itself, and otherwise nothing does.
    pub(super) fn cross(&mut self, gap: &Gap) {
        self.breaks += gap.breaks;
        self.has_marks |= gap.has_marks;
        if !gap.has_break() {
            self.has_spaces = true;
            if !self.has_query {
                self.text.push_str("%20");
            }
        }
    }

    pub(super) fn repairs(&self) -> Vec<Repair> {
        let mut repairs = Vec::new();
        if self.breaks > 0 {
            repairs.push(Repair::LineBreaks { count: self.breaks });
        }
        if self.has_marks {
            repairs.push(Repair::ReplyMarks);
        }
        if self.has_spaces {
            repairs.push(Repair::Spaces);
        }
        if self.escapes > 0 {
            repairs.push(Repair::EscapeMarks);
        }
        if self.has_other_slashes {
            repairs.push(Repair::Slashes);
        }
        if self.hidden > 0 {
            repairs.push(Repair::HiddenCharacters { count: self.hidden });
        }
        repairs
    }
}
