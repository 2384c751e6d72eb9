//! What Signet wrote before there were sites: a list of keys that each carry a site's address, a list of keys
//! without one, pairs of keys that replace each other, and one set-up for all of them.
//!
//! Every key becomes a site of its name, so that nobody loses a choice that was there. Only a key and the
//! one that took its place share a site, and a key that is to take a place waits in that site. The set-up
//! goes where its key is, and where it has none to a site of its own.

use serde::Deserialize;
use signet_app::{Choices, Key, KeyId, Name, Registration, Settings, Site};
use signet_cloudfront::site::SiteAddress;
use signet_setup::guide::Answers;

use super::{StoredHash, StoredKind, StoredLifetime, StoredRegistration, StoredSetUp};

/// Version 1 knew no hash: every key had the one of its kind. Versions 1 and 2 knew no keys that were
/// made here.
const VERSIONS: std::ops::RangeInclusive<u32> = 1..=3;

/// What a site is called whose set-up was begun without a key.
const NEW_SITE: &str = "New site";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    version: u32,
    keys: Vec<ListedKey>,
    #[serde(default)]
    made: Vec<MadeKey>,
    #[serde(default)]
    replacements: Vec<Replacement>,
    last_key: Option<String>,
    last_lifetime: Option<StoredLifetime>,
    #[serde(default)]
    set_up: StoredSetUp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedKey {
    id: String,
    name: String,
    site: String,
    public_key_id: String,
    kind: StoredKind,
    fingerprint: String,
    hash: Option<StoredHash>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MadeKey {
    id: String,
    name: String,
    kind: StoredKind,
    fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replacement {
    old: String,
    new: String,
}

/// What such a file's text says; `None` where anything in it is not what those versions wrote.
pub(super) fn open(text: &[u8]) -> Option<Settings> {
    let book: Book = serde_json::from_slice(text).ok()?;
    if !VERSIONS.contains(&book.version) {
        return None;
    }
    let listed = book.keys.into_iter().map(ListedKey::open).collect::<Option<Vec<_>>>()?;
    let made = book.made.into_iter().map(MadeKey::open).collect::<Option<Vec<_>>>()?;
    let pairs = book.replacements.into_iter().map(Replacement::open);
    let pairs = pairs.collect::<Option<Vec<_>>>()?;
    let last_key = match book.last_key {
        Some(text) => Some(KeyId::parse(&text)?),
        None => None,
    };
    let mut settings = Settings::default();
    let keys = listed.into_iter().chain(made.into_iter().map(|key| (key, None)));
    for group in groups(keys.collect(), &pairs) {
        add(&mut settings, group);
    }
    keep_set_up(&mut settings, book.set_up.open());
    let site = last_key.and_then(|key| with_key(&mut settings, &key).map(|site| site.id.clone()));
    settings.choices = Choices { site, lifetime: book.last_lifetime.map(StoredLifetime::open) };
    Some(settings)
}

/// A key, and where its links point where CloudFront knew it.
type Known = (Key, Option<SiteAddress>);

/// The keys of one site each, in the order of their oldest; in each the one that takes a place is behind
/// the one whose place it takes.
fn groups(keys: Vec<Known>, pairs: &[(KeyId, KeyId)]) -> Vec<Vec<Known>> {
    let mut groups: Vec<Vec<Known>> = keys.into_iter().map(|key| vec![key]).collect();
    for (old, new) in pairs {
        let at = |groups: &[Vec<Known>], id: &KeyId| {
            groups.iter().position(|group| group.iter().any(|(key, _)| key.id == *id))
        };
        let (Some(to), Some(from)) = (at(&groups, old), at(&groups, new)) else { continue };
        // A terminal may have given the new key another site than the old one's.
        let fits = |to: &[Known], from: &[Known]| {
            let mut places = to.iter().chain(from).filter_map(|(_, address)| address.as_ref());
            let first = places.next();
            places.all(|place| Some(place) == first)
        };
        if to == from || !groups.get(to).zip(groups.get(from)).is_some_and(|(to, from)| fits(to, from)) {
            continue;
        }
        let moved = groups.get_mut(from).map(std::mem::take).unwrap_or_default();
        if let Some(group) = groups.get_mut(to) {
            group.extend(moved);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// A site for these keys, called as the key that makes its links, or the first where none does.
fn add(settings: &mut Settings, keys: Vec<Known>) {
    let signing = keys.iter().rev().find(|(_, address)| address.is_some()).or(keys.first());
    let Some((Key { name, .. }, address)) = signing else { return };
    let (name, address) = (name.clone(), address.clone());
    let site = settings.add_site(name);
    site.address = address;
    site.keys = keys.into_iter().map(|(key, _)| key).collect();
}

fn keep_set_up(settings: &mut Settings, set_up: Answers) {
    if set_up == Answers::default() {
        return;
    }
    let key = KeyId::parse(&set_up.key);
    if let Some(site) = key.and_then(|key| with_key(settings, &key)) {
        site.set_up = set_up;
        return;
    }
    let set_up = Answers { key: String::new(), ..set_up };
    if set_up == Answers::default() {
        return;
    }
    let numbered = (2..).map(|number| format!("{NEW_SITE} {number}"));
    let mut names = std::iter::once(NEW_SITE.to_owned()).chain(numbered);
    let is_free = |name: &Name| settings.sites.iter().all(|site| site.name != *name);
    let name = names.find_map(|name| Name::parse(&name).ok().filter(is_free));
    if let Some(name) = name {
        settings.add_site(name).set_up = set_up;
    }
}

fn with_key<'a>(settings: &'a mut Settings, id: &KeyId) -> Option<&'a mut Site> {
    settings.sites.iter_mut().find(|site| site.keys.iter().any(|key| key.id == *id))
}

impl ListedKey {
    fn open(self) -> Option<Known> {
        let kind = self.kind.open();
        let hash = self.hash.unwrap_or_else(|| StoredHash::of(kind.default_hash()));
        let registration = StoredRegistration { public_key_id: self.public_key_id, hash };
        let registration: Registration = registration.open(kind)?;
        let key = Key {
            id: KeyId::parse(&self.id)?,
            name: Name::parse(&self.name).ok()?,
            kind,
            fingerprint: self.fingerprint.parse().ok()?,
            registration: Some(registration),
        };
        Some((key, Some(SiteAddress::parse(&self.site).ok()?)))
    }
}

impl MadeKey {
    fn open(self) -> Option<Key> {
        Some(Key {
            id: KeyId::parse(&self.id)?,
            name: Name::parse(&self.name).ok()?,
            kind: self.kind.open(),
            fingerprint: self.fingerprint.parse().ok()?,
            registration: None,
        })
    }
}

impl Replacement {
    fn open(self) -> Option<(KeyId, KeyId)> {
        Some((KeyId::parse(&self.old)?, KeyId::parse(&self.new)?))
    }
}
