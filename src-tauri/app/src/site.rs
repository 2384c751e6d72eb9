//! A site: a place where documents are, with the keys that make links to them. No secret and no link is
//! in it.

use std::fmt;

use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::site::SiteAddress;
use signet_setup::guide::Answers;

use crate::hex_id;
use crate::key::{Key, KeyId, Name, RegisteredKey};
use crate::storage::Storage;

/// A place where documents are, as a person knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Names it in requests.
    pub id: SiteId,
    /// What the person calls it.
    pub name: Name,
    /// Where its links point, once that is known.
    pub address: Option<SiteAddress>,
    /// Its keys, oldest first. A key that takes another one's place stands behind it.
    pub keys: Vec<Key>,
    /// How long a link of it works unless another lifetime is chosen; `None` for that of the last link.
    pub lifetime: Option<Lifetime>,
    /// When its links end that end on a day.
    pub day_end: DayEnd,
    /// Whether a link of it is tried when it was made.
    pub tries_links: bool,
    /// How far its set-up of CloudFront is.
    pub set_up: Answers,
    /// Where its documents lie, once that is known.
    pub storage: Option<Storage>,
}

/// Whether links can be made for a site, and what is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SiteState {
    /// It has no key.
    NeedsKey,
    /// CloudFront knows none of its keys.
    NeedsSetUp,
    /// Links are made.
    Ready,
    /// Links are made, and a new key waits to make them.
    Replacing,
    /// Links are made, and a key whose place was taken is still here for the links it made.
    OldKeyStays,
}

impl Site {
    /// A site of which no more than the name is known.
    pub(crate) fn named(id: SiteId, name: Name) -> Self {
        Self {
            id,
            name,
            address: None,
            keys: Vec::new(),
            lifetime: None,
            day_end: DayEnd::USUAL,
            tries_links: true,
            set_up: Answers::default(),
            storage: None,
        }
    }

    /// A key with what it signs for, where CloudFront knows it.
    pub fn registered(&self, key: &Key) -> Option<RegisteredKey> {
        let (address, registration) = (self.address.as_ref()?, key.registration.as_ref()?);
        Some(RegisteredKey {
            id: key.id.clone(),
            name: key.name.clone(),
            site: address.clone(),
            public_key_id: registration.public_key_id.clone(),
            kind: key.kind,
            fingerprint: key.fingerprint.clone(),
            hash: registration.hash,
        })
    }

    /// The keys that CloudFront knows, oldest first.
    pub fn registered_keys(&self) -> impl DoubleEndedIterator<Item = RegisteredKey> + '_ {
        self.keys.iter().filter_map(|key| self.registered(key))
    }

    /// The key that makes its links: the newest that CloudFront knows.
    pub fn signing_key(&self) -> Option<RegisteredKey> {
        self.registered_keys().next_back()
    }

    /// The key that was made to take the signing key's place and that CloudFront does not know yet.
    pub fn new_key(&self) -> Option<&Key> {
        let signing = self.keys.iter().rposition(|key| key.registration.is_some())?;
        self.keys.iter().skip(signing + 1).next_back()
    }

    /// Whether links can be made for it, and what is left to do.
    pub fn state(&self) -> SiteState {
        match (self.signing_key(), self.new_key()) {
            (None, _) if self.keys.is_empty() => SiteState::NeedsKey,
            (None, _) => SiteState::NeedsSetUp,
            (Some(_), Some(_)) => SiteState::Replacing,
            (Some(_), None) if self.registered_keys().nth(1).is_some() => SiteState::OldKeyStays,
            (Some(_), None) => SiteState::Ready,
        }
    }

    /// Whether something of its set-up was typed or ticked.
    pub fn is_set_up_begun(&self) -> bool {
        self.set_up.is_begun()
    }

    pub(crate) fn key(&self, id: &KeyId) -> Option<&Key> {
        self.keys.iter().find(|key| key.id == *id)
    }
}

/// Names a site: 32 lower-case hexadecimal digits. Made of the name that the site had at first, so that
/// a list from before there were sites gives the same ones whenever it is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SiteId(String);

impl SiteId {
    /// The id of a site that is called so at first; another for each `attempt`, for a site that was
    /// renamed keeps its id.
    pub fn of(name: &Name, attempt: usize) -> Self {
        Self(hex_id::of(&format!("site\n{attempt}\n{name}")))
    }

    /// Reads an id that was written by [`SiteId::as_str`]; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        hex_id::is_one(text).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
