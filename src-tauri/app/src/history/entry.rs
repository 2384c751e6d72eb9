//! What is remembered of a link: enough to make the very same one again with its key, and what a
//! person noted about it.
//!
//! Deliberately not here: the signature and the policy's text. Without the key an entry opens nothing.

use thiserror::Error;

use crate::key::{KeyId, Name};
use crate::signing_parameters::SigningParameters;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::characters::as_seen;
use signet_cloudfront::link_conditions::LinkConditions;

/// Less than this before its end, a link is about to end.
pub const ENDING_SECONDS: i64 = 3_600;

/// A link that was made with a key of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeLink {
    /// What it opens.
    pub address: DocumentAddress,
    /// Its site, and how it was signed.
    pub signer: SigningParameters,
    /// The key that signed it.
    pub key: KeyId,
    /// What the key was called then.
    pub key_name: Name,
    /// When it works and within which limits.
    pub terms: LinkConditions,
    /// When it was made, Unix time.
    pub created_at: i64,
}

/// A link in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Names the entry; never given twice.
    pub id: EntryId,
    /// What the link is.
    pub made: MadeLink,
    /// What the person noted.
    pub note: Note,
}

/// Names an entry of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub i64);

/// Where a link is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum LinkState {
    /// It does not work yet.
    Waiting,
    /// It works.
    Works,
    /// It works for less than an hour more.
    Ending,
    /// It no longer works.
    Ended,
}

impl LinkState {
    /// The state at `now` of a link with these terms.
    pub fn at(terms: &LinkConditions, now: i64) -> Self {
        Self::between(terms.starts_at(), terms.expires_at(), now)
    }

    /// The same for the first moment at which a link works and the one at which it ends.
    pub fn between(starts_at: Option<i64>, expires_at: i64, now: i64) -> Self {
        let left = expires_at.saturating_sub(now);
        if left <= 0 {
            Self::Ended
        } else if starts_at.is_some_and(|start| start > now) {
            Self::Waiting
        } else if left < ENDING_SECONDS {
            Self::Ending
        } else {
            Self::Works
        }
    }
}

/// How many links are in each state, and until when that is so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StateCounts {
    /// Those that do not work yet.
    pub waiting: usize,
    /// Those that work, but for the next.
    pub works: usize,
    /// Those that work for less than an hour more.
    pub ending: usize,
    /// Those that no longer work.
    pub ended: usize,
    /// The first moment, Unix time, at which a link may be in another state; `None` where all have ended.
    pub next_change: Option<i64>,
}

impl StateCounts {
    /// Counts one link more, and says in which state it is.
    pub fn add(&mut self, starts_at: Option<i64>, expires_at: i64, now: i64) -> LinkState {
        let state = LinkState::between(starts_at, expires_at, now);
        let (count, change) = match state {
            LinkState::Waiting => (&mut self.waiting, starts_at.map(|start| start.min(expires_at))),
            LinkState::Works => {
                (&mut self.works, Some(expires_at.saturating_sub(ENDING_SECONDS - 1)))
            }
            LinkState::Ending => (&mut self.ending, Some(expires_at)),
            LinkState::Ended => (&mut self.ended, None),
        };
        *count += 1;
        self.next_change = self.next_change.into_iter().chain(change).min();
        state
    }

    /// How many links have not ended.
    pub fn working(&self) -> usize {
        self.waiting + self.works + self.ending
    }
}

/// A note, or the name of who got the link: at most [`Note::MAX`] characters, all of them visible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// The most characters a note may have.
    pub const MAX: usize = 200;

    /// Takes a typed note; white space around it goes, and so does what cannot be seen.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let note = as_seen(text);
        if note.chars().count() > Self::MAX {
            return Err(NoteError::TooLong { most: Self::MAX });
        }
        Ok(Self(note))
    }

    /// The note as text; mostly empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a typed note may be wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum NoteError {
    /// More than `most` characters.
    #[error("the note has more than {most} characters")]
    TooLong {
        /// The most characters a note may have.
        most: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_cloudfront::link_conditions::Limits;

    #[test]
    fn a_link_waits_works_ends_and_has_ended() {
        let terms = |starts_after| {
            LinkConditions::new(10_000, Limits { starts_after, ..Limits::default() }).unwrap()
        };
        for (starts_after, now, expected) in [
            (None, 0, LinkState::Works),
            (None, 6_400, LinkState::Works),
            (None, 6_401, LinkState::Ending),
            (None, 9_999, LinkState::Ending),
            (None, 10_000, LinkState::Ended),
            (None, i64::MAX, LinkState::Ended),
            (None, i64::MIN, LinkState::Works),
            (Some(5_000), 5_000, LinkState::Waiting),
            (Some(5_000), 5_001, LinkState::Works),
            (Some(9_000), 9_000, LinkState::Waiting),
            (Some(9_000), 9_001, LinkState::Ending),
            (Some(5_000), 10_000, LinkState::Ended),
        ] {
            assert_eq!(
                LinkState::at(&terms(starts_after), now),
                expected,
                "{starts_after:?} {now}"
            );
        }
    }

    #[test]
    fn counts_hold_until_the_next_change_and_no_longer() {
        let links = [(None, 10_000), (Some(5_000), 10_000), (Some(9_500), 9_600), (None, 100)];
        let counted = |now| {
            let mut counts = StateCounts::default();
            for (starts_at, expires_at) in links {
                counts.add(starts_at, expires_at, now);
            }
            let StateCounts { waiting, works, ending, ended, next_change } = counts;
            assert_eq!(counts.working(), links.len() - ended);
            ([waiting, works, ending, ended], next_change)
        };
        let mut now = 0;
        let mut seen = vec![now];
        while let (before, Some(change)) = counted(now) {
            assert_eq!(counted(change - 1), (before, Some(change)), "{now} to {change}");
            assert_ne!(counted(change).0, before, "{change}");
            now = change;
            seen.push(now);
        }
        assert_eq!(seen, [0, 100, 5_000, 6_401, 9_500, 9_600, 10_000]);
        assert_eq!(counted(now), ([0, 0, 0, 4], None));
    }

    #[test]
    fn notes_are_what_a_person_sees() {
        let parsed = |text: &str| Note::parse(text).map(|note| note.as_str().to_owned());
        assert_eq!(parsed("  Ms Jones\n"), Ok("Ms Jones".to_owned()));
        assert_eq!(parsed("a\u{202e}b\nc\u{200b}"), Ok("ab c".to_owned()));
        assert_eq!(parsed("Ms\u{a0}J\u{ad}ones\u{3164}\u{e0041}"), Ok("Ms Jones".to_owned()));
        assert_eq!(parsed(" "), Ok(String::new()));
        assert_eq!(parsed(&"\u{e9}".repeat(200)), Ok("\u{e9}".repeat(200)));
        assert_eq!(parsed(&"\u{e9}".repeat(201)), Err(NoteError::TooLong { most: 200 }));
    }
}
