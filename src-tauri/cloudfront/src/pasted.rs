//! What people paste into a field for one thing: that thing with a label, quotes, marks, a comma or the
//! address of a console's page around it. Each type says which of these pieces it is; here they are taken apart.
//!
//! Deliberately not here: a guess. Where two pieces would do and differ, there is no answer in it.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::characters::unseen_name;
use crate::host::{is_console, split_authority, split_scheme};

/// Nobody pastes more for one thing; a whole mail is another matter.
const MAX_BYTES: usize = 8_192;

/// The text, if it is not endless, without characters that nobody sees.
fn seen(text: &str) -> Cow<'_, str> {
    // A key is no answer with something around it, whatever its letters look like.
    let is_other = text.len() > MAX_BYTES || text.contains("-----BEGIN");
    let text = if is_other { "" } else { text };
    let is_hidden = |c: char| !c.is_whitespace() && unseen_name(c).is_some();
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_hidden(*c)).collect())
}

/// The words of a text, each without quotes, brackets, marks of Markdown, what ends a sentence, and a label
/// before a colon or an equals sign.
pub fn words(text: &str) -> Vec<String> {
    let text = seen(text);
    let ends = |c: char| c.is_whitespace() || "\"'`„“”‚‘’«»‹›<>()[]{},;|*".contains(c);
    text.split(ends).map(bare).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// One word without what stands around it.
fn bare(word: &str) -> &str {
    let word = word.trim_end_matches(['.', ':', '!', '?', '\\', '=']);
    // `Bucket:client-papers`, `region=eu-central-1`; an address, an ARN and a port have colons of their own.
    let is_address = word.contains("://") || word.starts_with("arn:");
    let label = |c: char| c.is_alphabetic() || matches!(c, '-' | '_');
    match word.split_once([':', '=']) {
        Some((before, after))
            if !is_address
                && !before.is_empty()
                && before.chars().all(label)
                && !after.is_empty() =>
        {
            after.trim_start_matches(['=', ':'])
        }
        _ => word,
    }
}

/// The pieces that an ID or a code may be: runs of letters, digits and `-`, also of an address of the AWS
/// console, and of no other address.
pub fn pieces(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(text) {
        let word = match split_scheme(&word) {
            Some((_, rest)) if !is_console(split_authority(rest).0) => continue,
            _ => percent_decode_str(&word).decode_utf8_lossy().into_owned(),
        };
        let pieces = word.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        found.extend(pieces.filter(|piece| !piece.is_empty()).map(str::to_owned));
    }
    found
}

/// The one that is there; `None` where there is none, or where two differ.
pub fn only<T: PartialEq>(found: impl IntoIterator<Item = T>) -> Option<T> {
    let mut found = found.into_iter();
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_what_stands_around_them() {
        for text in [
            "client-papers",
            "\"client-papers\",",
            "“client-papers”",
            "**client-papers**",
            "`client-papers`.",
            "<client-papers>",
            "bucket=client-papers",
            "Bucket:client-papers",
            "\u{feff}client-papers\u{200b}",
            "(client-papers)\r\n",
        ] {
            assert_eq!(words(text), ["client-papers"], "{text:?}");
        }
        assert_eq!(words("Bucket: a b"), ["Bucket", "a", "b"]);
        assert_eq!(words("arn:aws:s3:::client-papers/*"), ["arn:aws:s3:::client-papers/"]);
        assert_eq!(words("docs.example.com:8443"), ["docs.example.com:8443"]);
        assert!(words(&"a".repeat(8_193)).is_empty());
        let id = "K2JCJMDEHXQW5F";
        assert!(words(&format!("-----BEGIN EC PRIVATE KEY-----\n{id}\n")).is_empty());
        assert_eq!(words(&format!("----- BEGIN\n{id}")), ["-----", "BEGIN", id]);
    }

    #[test]
    fn only_addresses_of_the_console_have_pieces() {
        let id = "K2JCJMDEHXQW5F";
        let console =
            format!("https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/publickey/{id}");
        assert!(pieces(&console).contains(&id.to_owned()));
        assert!(pieces(&console.replace('/', "%2F")).contains(&id.to_owned()));
        assert!(pieces(&format!("https://docs.example.com/{id}")).is_empty());
    }

    #[test]
    fn two_that_differ_are_no_answer() {
        assert_eq!(only([1, 1]), Some(1));
        assert_eq!(only([1, 2]), None);
        assert_eq!(only([0; 0]), None);
    }
}
