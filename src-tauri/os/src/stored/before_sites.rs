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
    let lifetime = book.last_lifetime.map(StoredLifetime::open);
    settings.choices = Choices { site, lifetime, ..Choices::default() };
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
        if to == from
            || !groups.get(to).zip(groups.get(from)).is_some_and(|(to, from)| fits(to, from))
        {
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
    if !set_up.is_begun() {
        return;
    }
    let key = KeyId::parse(&set_up.key);
    if let Some(site) = key.and_then(|key| with_key(settings, &key)) {
        site.set_up = set_up;
        return;
    }
    let set_up = Answers { key: String::new(), ..set_up };
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use signet_app::Profile;
    use signet_cloudfront::key::HashAlgorithm;
    use signet_cloudfront::lifetime::Lifetime;
    use signet_setup::guide::GuideStep;

    use super::*;
    use crate::ProfileFolder;

    fn id(digit: u32) -> String {
        format!("{digit:032x}")
    }

    fn listed(digit: u32, name: &str, site: &str) -> Value {
        json!({
            "id": id(digit), "name": name, "site": site, "kind": "rsa2048",
            "public_key_id": format!("KLISTED{digit:07}"), "fingerprint": "8f".repeat(32), "hash": "sha1",
        })
    }

    fn made(digit: u32, name: &str) -> Value {
        json!({ "id": id(digit), "name": name, "kind": "p256", "fingerprint": "8f".repeat(32) })
    }

    fn book() -> Value {
        let none: [Value; 0] = [];
        json!({
            "version": 3, "keys": none, "made": none, "replacements": none,
            "last_key": null, "last_lifetime": null,
        })
    }

    fn brought_forward(book: &Value) -> Settings {
        open(book.to_string().as_bytes()).unwrap()
    }

    /// Name, address and keys of each site.
    fn seen(settings: &Settings) -> Vec<(String, Option<String>, Vec<String>)> {
        let seen = |site: &Site| {
            let keys = site.keys.iter().map(|key| {
                let id = key.registration.as_ref();
                format!("{}: {}", key.name, id.map_or("-", |known| known.public_key_id.as_str()))
            });
            let address = site.address.as_ref().map(SiteAddress::origin);
            (site.name.to_string(), address, keys.collect())
        };
        settings.sites.iter().map(seen).collect()
    }

    fn site(name: &str, address: &str, keys: &[&str]) -> (String, Option<String>, Vec<String>) {
        let address = (!address.is_empty()).then(|| address.to_owned());
        (name.to_owned(), address, keys.iter().map(|key| (*key).to_owned()).collect())
    }

    const DOCS: &str = "https://docs.example.com";

    #[test]
    fn every_key_is_a_site_of_its_name_also_where_two_have_one_address() {
        let mut book = book();
        book["keys"] = json!([listed(1, "Papers", DOCS), listed(2, "Drafts", DOCS)]);
        book["made"] = json!([made(3, "Plans")]);
        book["last_key"] = json!(id(2));
        book["last_lifetime"] = json!("seven-days");
        let settings = brought_forward(&book);
        assert_eq!(
            seen(&settings),
            [
                site("Papers", DOCS, &["Papers: KLISTED0000001"]),
                site("Drafts", DOCS, &["Drafts: KLISTED0000002"]),
                site("Plans", "", &["Plans: -"]),
            ]
        );
        let [_, drafts, _] = &settings.sites[..] else { panic!() };
        assert_eq!(settings.choices.site.as_ref(), Some(&drafts.id));
        assert_eq!(settings.choices.lifetime, Some(Lifetime::SevenDays));
        let hash = drafts.keys[0].registration.as_ref().unwrap().hash;
        assert_eq!(hash, HashAlgorithm::Sha1, "a key keeps what it had");
        assert_eq!(brought_forward(&book), settings, "read again, they are the same");
    }

    #[test]
    fn a_key_and_the_one_that_takes_its_place_share_a_site() {
        let mut waiting = book();
        waiting["keys"] = json!([listed(1, "Papers", DOCS), listed(2, "Drafts", DOCS)]);
        waiting["made"] = json!([made(3, "Papers (new)")]);
        waiting["replacements"] = json!([{ "old": id(1), "new": id(3) }]);
        let settings = brought_forward(&waiting);
        let papers = site("Papers", DOCS, &["Papers: KLISTED0000001", "Papers (new): -"]);
        assert_eq!(seen(&settings), [papers, site("Drafts", DOCS, &["Drafts: KLISTED0000002"])]);
        assert_eq!(settings.sites[0].new_key().unwrap().name.as_str(), "Papers (new)");

        // Twice in a row, the newest listed before the others.
        let mut switched = book();
        switched["keys"] =
            json!([listed(3, "Papers", DOCS), listed(1, "First", DOCS), listed(2, "Second", DOCS)]);
        switched["replacements"] =
            json!([{ "old": id(1), "new": id(2) }, { "old": id(2), "new": id(3) }]);
        switched["last_key"] = json!(id(3));
        let settings = brought_forward(&switched);
        let keys = ["First: KLISTED0000001", "Second: KLISTED0000002", "Papers: KLISTED0000003"];
        assert_eq!(seen(&settings), [site("Papers", DOCS, &keys)]);
        assert_eq!(settings.sites[0].signing_key().unwrap().id.as_str(), id(3));
        assert_eq!(settings.choices.site.as_ref(), Some(&settings.sites[0].id));
    }

    #[test]
    fn no_site_has_two_addresses() {
        let other = "https://other.example.com";
        let mut book = book();
        book["keys"] = json!([listed(1, "Papers", DOCS), listed(2, "Drafts", other)]);
        book["replacements"] =
            json!([{ "old": id(1), "new": id(2) }, { "old": id(9), "new": id(1) }]);
        assert_eq!(
            seen(&brought_forward(&book)),
            [
                site("Papers", DOCS, &["Papers: KLISTED0000001"]),
                site("Drafts", other, &["Drafts: KLISTED0000002"]),
            ]
        );
    }

    #[test]
    fn a_set_up_that_was_begun_goes_where_its_key_is() {
        let mut book = book();
        book["keys"] = json!([listed(1, "New site", DOCS)]);
        book["made"] = json!([made(2, "Plans")]);
        book["set_up"] =
            json!({ "key": id(2), "bucket": "plans", "done": ["documents", "of-later"] });
        let settings = brought_forward(&book);
        let [_, plans] = &settings.sites[..] else { panic!() };
        assert_eq!((plans.set_up.bucket.as_str(), plans.set_up.key.as_str()), ("plans", &*id(2)));
        assert_eq!(plans.set_up.done, [GuideStep::Documents].into());
        assert!(!settings.sites[0].is_set_up_begun());

        // Without a key, and with one that was removed since; the name is taken.
        for key in [String::new(), id(7)] {
            book["set_up"]["key"] = json!(key);
            let settings = brought_forward(&book);
            let [_, _, begun] = &settings.sites[..] else { panic!() };
            assert_eq!(begun.name.as_str(), "New site 2");
            assert_eq!((begun.set_up.bucket.as_str(), begun.set_up.key.as_str()), ("plans", ""));
        }
        book["set_up"] = json!({ "key": id(7), "done": [] });
        assert_eq!(brought_forward(&book).sites.len(), 2, "nothing was begun but a choice");
    }

    #[test]
    fn the_first_change_writes_it_as_sites_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        let profile = ProfileFolder::at(folder.path().to_owned());
        let mut before = book();
        before["keys"] = json!([listed(1, "Papers", DOCS)]);
        before["set_up"] = json!({ "key": id(1), "bucket": "papers", "done": [] });
        std::fs::write(&file, before.to_string()).unwrap();
        let read = profile.read().unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), before.to_string());
        let kept = profile
            .update(&mut |settings| settings.choices.lifetime = Some(Lifetime::OneDay))
            .unwrap();
        assert_eq!(kept.sites, read.sites);
        let written: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(written["version"], 4);
        assert_eq!(profile.read(), Ok(kept));
    }
}
