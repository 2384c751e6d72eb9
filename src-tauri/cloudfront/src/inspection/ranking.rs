//! How much an address is like a signed link, and whether anything is missing in it.

use super::signature::{self, Outside};
use super::wrappers;
use crate::public_key_id::PublicKeyId;
use crate::verify::Link;

/// How likely an address is the link that is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// It has a part of a signature.
    Signed,
    /// Something in it is like one: an end alone, names in small letters, a signature of the storage;
    /// or one may stand inside where it cannot be read.
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
        let is_hinted =
            names.iter().any(|name| lower.contains(name)) || wrappers::known(link).is_some();
        if is_hinted { Self::Hinted } else { Self::Address }
    }
}

/// Whether nothing is missing: a signature of a length that signatures have, an id, and an end that is
/// not the beginning of more.
pub(super) fn is_whole(link: &str) -> bool {
    const LONGEST_END: &str = "amp;Hash-Algorithm=SHA256";
    let parts = Link::take_apart(link);
    let last = link.rsplit(['&', '?']).next().unwrap_or_default();
    let is_begun = |whole: &str| whole != last && whole.starts_with(last);
    let full_end = LONGEST_END.trim_start_matches("amp;");
    parts.only("Signature").is_some_and(|text| {
        matches!(signature::outside(text), Outside::Whole(..) | Outside::OtherRsa { .. })
    }) && parts.only("Key-Pair-Id").is_some_and(|id| PublicKeyId::parse(id).is_ok())
        && parts.count("Expires") + parts.count("Policy") > 0
        && !is_begun(LONGEST_END)
        && !is_begun(full_end)
}
