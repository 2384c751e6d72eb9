//! *Check a link*: somebody pastes anything, and is told what the link in it does, or why it does not
//! open.
//!
//! [`find`] looks for the link in what was pasted and undoes what programs on the way did to it;
//! [`inspect`] says what it does, verdict first. Both answer with data, and the words are the
//! caller's. A link is read by [`crate::verify`], the one reader of links, and its judgement decides
//! whether it works. Deliberately not here: networks. What only a network can tell is listed with a
//! link that works ([`Unseen`]).

mod beginnings;
mod budget;
mod candidates;
mod cookies;
mod diagnosis;
mod finding;
mod gap;
mod inner;
mod mail;
mod message;
mod normalise;
mod playlists;
mod proofpoint;
mod ranking;
mod redact;
mod rejoin;
mod repair;
mod scan;
mod services;
mod signature;
mod spellings;
mod storage;
mod unwrapping;
mod variants;
mod verdict;
mod wrappers;
mod writings;

use crate::key::PublicKey;
use crate::public_key_id::PublicKeyId;
use crate::site::SiteAddress;

pub use finding::{Form, Found, MAX_BYTES, NotFound, find};
pub use repair::Repair;
pub use verdict::{
    Details, Finding, Hash, Inspection, PolicyKind, PolicyWriting, Resource, Signature,
    SignatureFault, Unseen, Verdict,
};
pub use wrappers::Wrapper;

/// A key by which links may be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// What the person calls it.
    pub name: String,
    /// What CloudFront calls it.
    pub public_key_id: PublicKeyId,
    /// Its public half; without it the key is recognised, and no signature is checked.
    pub public_key: Option<PublicKey>,
}

/// The address that a mail filter, a click counter or a redirect has put another one around, where it is one that is
/// known; `None` of every other address.
pub fn address_inside(address: &str) -> Option<String> {
    unwrapping::inside_known(address)
}

/// Says what a link does at a moment (Unix time in seconds), for a reader whom its network lets in.
pub fn inspect(found: &Found, now: i64, keys: &[KnownKey], sites: &[SiteAddress]) -> Inspection {
    diagnosis::of(found, now, keys, sites)
}
