//! The addresses in a text, each taken where it begins.

use super::beginnings;
use super::budget::Work;
use super::normalise::finished;
use super::ranking::{Rank, is_whole};
use super::rejoin::joined;
use super::repair::Repair;
use super::scan::Taken;
use crate::host::{Authority, split_authority, split_scheme};

/// An address in the text.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) link: String,
    pub(super) repairs: Vec<Repair>,
    pub(super) rank: Rank,
}

/// All addresses, as far as there is work left for them.
pub(super) fn addresses(text: &str, work: &mut Work) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut behind = 0;
    for start in beginnings::of(text) {
        if start < behind {
            continue;
        }
        if work.finishing.is_spent() {
            break;
        }
        let rest = text.get(start..).unwrap_or_default();
        let (taken, begins) = match beginnings::other_slashes(rest) {
            Some((scheme, rest)) if rest.len() < text.len() => {
                (Taken::with_slashes(scheme), text.len() - rest.len())
            }
            _ => (Taken::behind(""), start),
        };
        let taken = taken.in_quotes(is_quoted(text, start));
        let (candidate, end) = candidate(text, begins, taken, work);
        candidates.push(candidate);
        behind = end;
    }
    candidates
}

/// Whether a `'` is open before this place in its line.
fn is_quoted(text: &str, start: usize) -> bool {
    /// Between a quote and its address are few words.
    const MAX_BEFORE: usize = 80;
    let before = text.get(..start).unwrap_or_default();
    let mut near = before.char_indices().rev().take(MAX_BEFORE);
    let Some((quote, _)) = near.find(|(_, c)| matches!(c, '\'' | '\n')) else { return false };
    let is_open = |before: &str| !before.ends_with(char::is_alphanumeric);
    before.get(quote..).is_some_and(|rest| rest.starts_with('\''))
        && before.get(..quote).is_some_and(is_open)
}

/// An address whose `https://` was lost: it has a signature, or nothing else was pasted.
pub(super) fn without_scheme(text: &str, work: &mut Work) -> Option<Candidate> {
    let alone = Some(text.trim()).filter(|text| !text.contains(char::is_whitespace));
    let names = ["Signature=", "Expires=", "Policy="];
    let likely = names.into_iter().filter_map(|name| text.find(name)).min();
    let word = likely.and_then(|at| word_at(text, at)).or(alone)?;
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (authority, _) = split_authority(word);
    if !authority.contains('.') || split_scheme(word).is_some() || word.contains("CloudFront-") {
        return None;
    }
    Authority::parse(authority)?;
    // Where it stands, for it may go on in the next line.
    let start = (word.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let (mut candidate, _) = candidate(text, start, Taken::behind("https://"), work);
    candidate.repairs.insert(0, Repair::SchemeAdded);
    Some(candidate)
}

fn word_at(text: &str, at: usize) -> Option<&str> {
    let (before, rest) = text.split_at_checked(at)?;
    let start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    text.get(start..at + end)
}

/// A link with a line break in its `https://`.
pub(super) fn broken_in_its_beginning(text: &str, work: &mut Work) -> Option<Candidate> {
    for broken in beginnings::broken(text) {
        if work.finishing.is_spent() {
            break;
        }
        let taken = Taken::across(broken.whole, &broken.gap);
        let (candidate, _) = candidate(text, broken.end, taken, work);
        if is_whole(&candidate.link) {
            return Some(candidate);
        }
    }
    None
}

/// The address that goes on here, and where it ends.
fn candidate(text: &str, start: usize, mut taken: Taken, work: &mut Work) -> (Candidate, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let end = start + taken.take(rest);
    if taken.is_too_long() {
        return too_long(text, end, taken);
    }
    let (plain, repairs) = finished(&taken.text, &mut work.finishing);
    let (taken, end, (link, repairs)) = match joined(text, &taken, end, &plain, work) {
        Some((joined, end)) => {
            let finished = finished(&joined.text, &mut work.finishing);
            (joined, end, finished)
        }
        None => (taken, end, (plain, repairs)),
    };
    let repairs = [taken.repairs(), repairs].concat();
    (Candidate { rank: Rank::of(&link), link, repairs }, end)
}

/// What is too long for a link is only measured.
fn too_long(text: &str, end: usize, taken: Taken) -> (Candidate, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (repairs, rank) = (taken.repairs(), Rank::of(&taken.text));
    let link = taken.text + rest.get(..length).unwrap_or_default();
    (Candidate { link, repairs, rank }, end + length)
}
