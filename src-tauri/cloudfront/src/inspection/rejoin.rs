//! A link over several lines: joined over white space where only that makes a signature whole.

use super::beginnings;
use super::budget::{Work, price};
use super::gap::Gap;
use super::normalise::finished;
use super::ranking::is_whole;
use super::scan::Taken;

/// A link in more pieces than this is not put together.
const MAX_PIECES: usize = 400;

/// What a piece costs beyond its bytes.
const PER_PIECE: usize = 16;

/// Parts of names without which nothing is whole; what encodes a name leaves its letters.
const NEEDED: [&str; 2] = ["Signature", "Pair"];

/// The address with what follows in the next lines or behind spaces, where that makes it whole.
pub(super) fn joined(
    text: &str,
    taken: &Taken,
    end: usize,
    plain: &str,
    work: &mut Work,
) -> Option<(Taken, usize)> {
    let rest = |at: usize| text.get(at..).unwrap_or_default();
    let mut missing: Vec<_> =
        NEEDED.into_iter().filter(|name| !taken.text.contains(name)).collect();
    let (mut joined, mut at, mut best) = (taken.clone(), end, None);
    let mut is_complete = None;
    for _ in 0..MAX_PIECES {
        let gap = Gap::of(rest(at));
        if gap.length == 0 || !work.joining.spend(gap.length + PER_PIECE) {
            break;
        }
        let next = rest(at + gap.length);
        if beginnings::is_one(next)
            || *is_complete.get_or_insert_with(|| is_whole(plain))
                && !(gap.has_break() && next.starts_with('&'))
        {
            break;
        }
        let before = joined.text.len();
        joined.cross(&gap);
        let length = joined.take(next);
        if length == 0 || joined.is_too_long() || !work.joining.spend(length) {
            break;
        }
        at += gap.length + length;
        let tail = tail(&joined.text, before);
        missing.retain(|name| !tail.contains(name));
        if missing.is_empty() {
            if !work.joining.spend(price(&joined.text)) {
                break;
            }
            let complete = is_whole(&finished(&joined.text, &mut work.joining).0);
            is_complete = Some(complete);
            if complete {
                best = Some((joined.clone(), at));
            }
        }
    }
    best
}

/// The new end of a text, with as much before it as a name may have begun in.
fn tail(text: &str, before: usize) -> &str {
    let start = before.saturating_sub("Signature".len());
    (0..=start).rev().find_map(|start| text.get(start..)).unwrap_or(text)
}
