//! Secrets in text: what is or holds a private key, a passphrase, an access key, a token or a
//! signature is recognised, in whatever encoding, and a text is given back without it.
//!
//! All that repeats what a person typed or what a server or a library said goes through
//! [`redacted`] before it is shown or written: error sentences, warnings and logs. It does not know
//! any secret, it looks for what is not harmless, so it hides a long random word too many rather
//! than one too few. What is shown because it was asked for does not go through it: a link, a list
//! of keys with their fingerprints, a plan.
//!
//! Deliberately not here: a passphrase or a name without a label before it, which looks like any
//! other word. Who may hold one of these in the hand does not repeat it at all.

mod labels;
mod numbers;
mod words;

use std::ops::Range;

/// What stands in the place of a secret.
pub const HIDDEN: &str = "…[hidden]";

/// The text without what may be a secret in it.
pub fn redacted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for secret in secrets(text) {
        shown.push_str(text.get(from..secret.start).unwrap_or_default());
        shown.push_str(HIDDEN);
        from = secret.end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

/// Whether [`redacted`] would hide a part of the text.
pub fn holds_secret(text: &str) -> bool {
    !secrets(text).is_empty()
}

/// Where in the text something lies that may be a secret: in order, with something to read between
/// each and the next.
fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = labels::frames(text);
    found.extend(labels::values(text));
    found.extend(numbers::lists(text));
    found.extend(words::random(text));
    found.sort_by_key(|secret| secret.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for next in found {
        match joined.last_mut() {
            Some(last) if is_nothing(text.get(last.end..next.start).unwrap_or_default()) => {
                last.end = last.end.max(next.end);
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// Line ends, blanks and quotation marks between the lines of one secret.
fn is_nothing(between: &str) -> bool {
    !between.contains(|c: char| c.is_alphanumeric() || ".,;&:(".contains(c))
}

#[cfg(test)]
mod tests;
