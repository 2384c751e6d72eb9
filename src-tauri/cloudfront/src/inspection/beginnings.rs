//! Where addresses begin in a text: with `https://` and its kin, plain or percent-encoded, or broken.

use super::gap::Gap;

/// So many `:` and so many `%` are looked at; no text that somebody reads has as many.
const MAX_MARKS: usize = 1 << 20;

/// Schemes that may be encoded or broken.
const WEB: [&str; 2] = ["https", "http"];

/// More slashes than these stand before no host.
const MAX_SLASHES: usize = 4;

const ALL: [&str; 3] = ["https", "http", "s3"];

/// Schemes as they stand in text.
const BEGINNINGS: [&str; 7] =
    ["http://", "https://", "http%3a", "https%3a", "http%253a", "https%253a", "s3://"];

/// A `https://` or `http://` with a gap in it.
pub(super) struct Broken {
    /// The scheme without the gap.
    pub(super) whole: &'static str,
    pub(super) gap: Gap,
    /// Where the text goes on.
    pub(super) end: usize,
}

/// All of them, the first one first.
pub(super) fn of(text: &str) -> Vec<usize> {
    // A beginning is looked for by its rarest character.
    let plain = text.match_indices(':').take(MAX_MARKS);
    let plain = plain.filter_map(|(at, _)| {
        scheme_before(text, at, &["://"], &ALL).or_else(|| {
            has_other_slashes(text, at).then(|| scheme_before(text, at, &[":"], &WEB))?
        })
    });
    let encoded = text.match_indices('%').take(MAX_MARKS);
    let encoded = encoded.filter_map(|(at, _)| scheme_before(text, at, &["%3a", "%253a"], &WEB));
    let mut starts: Vec<usize> = plain.chain(encoded).collect();
    starts.sort();
    starts
}

/// Whether a host follows this `:` behind other slashes than two.
fn has_other_slashes(text: &str, colon: usize) -> bool {
    let rest = text.get(colon + 1..).unwrap_or_default();
    let host = rest.trim_start_matches(['/', '\\']);
    let count = rest.len() - host.len();
    (1..=MAX_SLASHES).contains(&count) && host.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// An address whose scheme stands in a text, without that scheme, where its slashes are others than two.
pub(super) fn other_slashes(text: &str) -> Option<(&'static str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let scheme = WEB.into_iter().position(|web| web.eq_ignore_ascii_case(scheme))?;
    let host = rest.trim_start_matches(['/', '\\']);
    let is_usual = rest.len() - host.len() == 2 && rest.starts_with("//");
    (!is_usual).then_some((["https://", "http://"][scheme], host))
}

/// Where the scheme begins that ends here with one of these marks.
fn scheme_before(text: &str, at: usize, marks: &[&str], schemes: &[&str]) -> Option<usize> {
    let (before, rest) = text.as_bytes().split_at_checked(at)?;
    if !marks.iter().any(|mark| begins(rest, mark)) {
        return None;
    }
    schemes.iter().find_map(|scheme| ends(before, scheme).then(|| at - scheme.len()))
}

/// Whether a new address begins here.
pub(super) fn is_one(text: &str) -> bool {
    BEGINNINGS.into_iter().any(|beginning| begins(text.as_bytes(), beginning))
}

fn begins(text: &[u8], word: &str) -> bool {
    text.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()))
}

fn ends(text: &[u8], word: &str) -> bool {
    let start = text.len().checked_sub(word.len());
    let end = start.and_then(|start| text.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
}

/// The broken ones.
pub(super) fn broken(text: &str) -> impl Iterator<Item = Broken> {
    let mut behind = 0;
    text.match_indices(':').take(MAX_MARKS).filter_map(move |(colon, _)| {
        let before = text.get(behind..colon)?;
        behind = colon + 1;
        // With one gap, either the name or what is behind it is in one piece.
        let is_named = WEB.iter().any(|name| ends(before.as_bytes(), name));
        if text.get(colon..)?.starts_with("://") == is_named {
            return None;
        }
        let is_near = |c: &char| matches!(c, 'p' | 'P' | 's' | 'S' | '>') || c.is_whitespace();
        before.chars().next_back().filter(is_near)?;
        // Nothing in a scheme or a gap is an `h`, but its beginning.
        let start = colon - before.len() + before.rfind(['h', 'H'])?;
        ["https://", "http://"].into_iter().find_map(|whole| {
            let (gap, rest) = across_gap(text.get(start..)?, whole)?;
            Some(Broken { whole, gap, end: text.len() - rest.len() })
        })
    })
}

/// What follows a word that stands at the beginning of a text with one gap in it.
fn across_gap<'a>(text: &'a str, word: &str) -> Option<(Gap, &'a str)> {
    let same = text.bytes().zip(word.bytes());
    let same = same.take_while(|(byte, wanted)| byte.eq_ignore_ascii_case(wanted)).count();
    let (_, rest) = text.split_at_checked(same)?;
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let gap = Gap::of(rest);
    let (_, behind) = word.split_at_checked(same)?;
    let (_, rest) = rest.split_at_checked(gap.length)?;
    let (end, after) = rest.split_at_checked(behind.len())?;
    (!behind.is_empty() && end.eq_ignore_ascii_case(behind)).then_some((gap, after))
}
