//! How much an address is like a signed link.

use crate::verify::Link;

/// How likely an address is the link that is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// It has a part of a signature.
    Signed,
    /// Something in it is like one: an end alone, names in small letters, a signature of the storage.
    Hinted,
    Address,
}

impl Rank {
    pub(super) fn of(link: &str) -> Self {
        let parts = Link::take_apart(link);
        if ["Signature", "Policy", "Key-Pair-Id"].iter().any(|name| parts.count(name) > 0) {
            return Self::Signed;
        }
        let lower = link.to_ascii_lowercase();
        let names = ["signature=", "key-pair-id=", "expires="];
        if names.iter().any(|name| lower.contains(name)) { Self::Hinted } else { Self::Address }
    }
}
