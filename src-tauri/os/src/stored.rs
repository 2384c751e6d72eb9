//! The shape of the settings file, and the way from it to what the use cases hold and back.
//!
//! A file of another shape is not guessed at: [`open`] says whether a newer Signet wrote it, or that it is
//! damaged. What was written before there were sites is brought forward in [`before_sites`].

mod before_sites;

use serde::{Deserialize, Serialize};
use signet_app::{
    Choices, Key, KeyId, Name, Registration, Settings, Site, SiteId, Storage, TypedStorage, Zoom,
};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::key::{HashAlgorithm, KeyKind};
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::guide::{Answers, GuideStep};
use signet_setup::{AccessKeyId, AwsProfile, DistributionId};

/// Bumped whenever an older Signet could not read what a newer one wrote.
const VERSION: u32 = 4;

/// Why a file's text is not what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unopened {
    /// A newer version wrote it, and knows what it means.
    Newer,
    /// It is not what any version wrote.
    Damaged,
}

/// What a file's text says.
pub(crate) fn open(text: &[u8]) -> Result<Settings, Unopened> {
    let version = serde_json::from_slice(text).map(|Versioned { version }| version).ok();
    if version.is_some_and(|version| version > f64::from(VERSION)) {
        return Err(Unopened::Newer);
    }
    let settings = if version == Some(f64::from(VERSION)) {
        serde_json::from_slice(text).ok().and_then(Stored::open)
    } else {
        before_sites::open(text)
    };
    settings.ok_or(Unopened::Damaged)
}

/// The text in which it is kept.
pub(crate) fn text(settings: &Settings) -> Option<Vec<u8>> {
    serde_json::to_vec_pretty(&Stored::of(settings)).ok()
}

/// What every version's file has in it, whatever else a newer one's has.
#[derive(Deserialize)]
struct Versioned {
    version: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    sites: Vec<StoredSite>,
    last_site: Option<String>,
    last_lifetime: Option<StoredLifetime>,
    /// In percent, where it is another than in the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    zoom: Option<u16>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSite {
    id: String,
    name: String,
    address: Option<String>,
    keys: Vec<StoredKey>,
    lifetime: Option<StoredLifetime>,
    /// `18:00`; not there where nobody chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day_end: Option<String>,
    /// Not there where it is so, as in files from before it could be chosen.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    tries_links: bool,
    set_up: StoredSetUp,
    /// Not there where it is not known, as in files from before documents were put anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    storage: Option<StoredStorage>,
}

/// What is empty is not there.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredStorage {
    bucket: String,
    region: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    profile: String,
    /// What AWS calls the access key that is in the keychain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_key: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    origin_path: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    distribution: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    folder: String,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_yes(is_so: &bool) -> bool {
    *is_so
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredKey {
    id: String,
    name: String,
    kind: StoredKind,
    fingerprint: String,
    registration: Option<StoredRegistration>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredRegistration {
    public_key_id: String,
    hash: StoredHash,
}

/// A step or field that this version does not know is left out: nothing is lost but a tick.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct StoredSetUp {
    key: String,
    bucket: String,
    region: String,
    distribution: String,
    public_key_id: String,
    arn: String,
    domain: String,
    profile: String,
    done: Vec<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StoredHash {
    Sha1,
    Sha256,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StoredKind {
    Rsa2048,
    P256,
}

/// The lifetimes that can be chosen again: a fixed date is over one day, so it is not among them,
/// and neither is practice's minute.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StoredLifetime {
    OneHour,
    EndOfToday,
    OneDay,
    SevenDays,
    ThirtyDays,
}

impl Stored {
    fn of(settings: &Settings) -> Self {
        Self {
            version: VERSION,
            sites: settings.sites.iter().map(StoredSite::of).collect(),
            last_site: settings.choices.site.as_ref().map(ToString::to_string),
            last_lifetime: settings.choices.lifetime.as_ref().and_then(StoredLifetime::of),
            zoom: Some(settings.choices.zoom)
                .filter(|zoom| *zoom != Zoom::default())
                .map(Zoom::percent),
        }
    }

    /// `None` where anything in the file is not what this version writes.
    fn open(self) -> Option<Settings> {
        let sites = self.sites.into_iter().map(StoredSite::open).collect::<Option<Vec<_>>>()?;
        let site = match self.last_site {
            Some(text) => Some(SiteId::parse(&text)?),
            None => None,
        };
        let lifetime = self.last_lifetime.map(StoredLifetime::open);
        // A size is not worth a list of sites.
        let zoom = self.zoom.and_then(Zoom::of_percent).unwrap_or_default();
        Some(Settings { sites, choices: Choices { site, lifetime, zoom } })
    }
}

impl StoredSite {
    fn of(site: &Site) -> Self {
        Self {
            id: site.id.to_string(),
            name: site.name.to_string(),
            address: site.address.as_ref().map(SiteAddress::origin),
            keys: site.keys.iter().map(StoredKey::of).collect(),
            lifetime: site.lifetime.as_ref().and_then(StoredLifetime::of),
            day_end: (site.day_end != DayEnd::USUAL).then(|| site.day_end.to_string()),
            tries_links: site.tries_links,
            set_up: StoredSetUp::of(&site.set_up),
            storage: site.storage.as_ref().map(StoredStorage::of),
        }
    }

    fn open(self) -> Option<Site> {
        let address = match self.address {
            Some(text) => Some(SiteAddress::parse(&text).ok()?),
            None => None,
        };
        let keys = self.keys.into_iter().map(StoredKey::open).collect::<Option<Vec<_>>>()?;
        // What CloudFront knows signs for somewhere.
        if address.is_none() && keys.iter().any(|key| key.registration.is_some()) {
            return None;
        }
        Some(Site {
            id: SiteId::parse(&self.id)?,
            name: Name::parse(&self.name).ok()?,
            address,
            keys,
            lifetime: self.lifetime.map(StoredLifetime::open),
            day_end: match self.day_end {
                Some(text) => DayEnd::parse(&text)?,
                None => DayEnd::USUAL,
            },
            tries_links: self.tries_links,
            set_up: self.set_up.open(),
            storage: match self.storage {
                Some(storage) => Some(storage.open()?),
                None => None,
            },
        })
    }
}

impl StoredStorage {
    fn of(storage: &Storage) -> Self {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Self {
            bucket: storage.bucket.as_str().to_owned(),
            region: storage.region.as_str().to_owned(),
            profile: text(storage.profile.as_ref().map(AwsProfile::as_str)),
            access_key: storage.access_key.as_ref().map(|id| id.as_str().to_owned()),
            origin_path: storage.origin_path.as_str().to_owned(),
            distribution: text(storage.distribution.as_ref().map(DistributionId::as_str)),
            folder: storage.folder.as_str().to_owned(),
        }
    }

    fn open(self) -> Option<Storage> {
        let Self { bucket, region, profile, access_key, origin_path, distribution, folder } = &self;
        let typed = TypedStorage { bucket, region, profile, origin_path, distribution, folder };
        let access_key = match access_key {
            Some(id) => Some(AccessKeyId::parse(id).ok()?),
            None => None,
        };
        Some(Storage { access_key, ..Storage::parse(&typed).ok()? })
    }
}

impl StoredKey {
    fn of(key: &Key) -> Self {
        let registration = |registration: &Registration| StoredRegistration {
            public_key_id: registration.public_key_id.as_str().to_owned(),
            hash: StoredHash::of(registration.hash),
        };
        Self {
            id: key.id.to_string(),
            name: key.name.to_string(),
            kind: StoredKind::of(key.kind),
            fingerprint: key.fingerprint.to_string(),
            registration: key.registration.as_ref().map(registration),
        }
    }

    fn open(self) -> Option<Key> {
        let kind = self.kind.open();
        let registration = match self.registration {
            Some(registration) => Some(registration.open(kind)?),
            None => None,
        };
        Some(Key {
            id: KeyId::parse(&self.id)?,
            name: Name::parse(&self.name).ok()?,
            kind,
            fingerprint: self.fingerprint.parse().ok()?,
            registration,
        })
    }
}

impl StoredRegistration {
    fn open(self, kind: KeyKind) -> Option<Registration> {
        let hash = self.hash.open();
        // A P-256 key has no other, and none was ever written.
        if kind == KeyKind::P256 && hash != HashAlgorithm::Sha256 {
            return None;
        }
        Some(Registration { public_key_id: PublicKeyId::parse(&self.public_key_id).ok()?, hash })
    }
}

impl StoredHash {
    fn of(hash: HashAlgorithm) -> Self {
        match hash {
            HashAlgorithm::Sha1 => Self::Sha1,
            HashAlgorithm::Sha256 => Self::Sha256,
        }
    }

    fn open(self) -> HashAlgorithm {
        match self {
            Self::Sha1 => HashAlgorithm::Sha1,
            Self::Sha256 => HashAlgorithm::Sha256,
        }
    }
}

impl StoredSetUp {
    fn of(answers: &Answers) -> Self {
        let Answers {
            key,
            bucket,
            region,
            distribution,
            public_key_id,
            arn,
            domain,
            profile,
            done,
        } = answers.clone();
        let done = done.into_iter().filter_map(name_of).collect();
        Self { key, bucket, region, distribution, public_key_id, arn, domain, profile, done }
    }

    fn open(self) -> Answers {
        let Self { key, bucket, region, distribution, public_key_id, arn, domain, profile, done } =
            self;
        let done = done.iter().filter_map(|name| step_named(name)).collect();
        Answers { key, bucket, region, distribution, public_key_id, arn, domain, profile, done }
    }
}

/// What a step is called in the file: as it crosses to the window, `bucketPolicy`, in small letters, `bucket-policy`.
fn name_of(step: GuideStep) -> Option<String> {
    let crossing = serde_json::to_value(step).ok()?;
    let mut name = String::new();
    for character in crossing.as_str()?.chars() {
        if character.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(character.to_ascii_lowercase());
    }
    Some(name)
}

fn step_named(name: &str) -> Option<GuideStep> {
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    let crossing = words.fold(first, |crossing, word| {
        let mut letters = word.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        crossing.chars().chain(initial).chain(letters).collect()
    });
    let step = serde_json::from_value(crossing.into()).ok()?;
    (name_of(step)? == name).then_some(step)
}

impl StoredKind {
    fn of(kind: KeyKind) -> Self {
        match kind {
            KeyKind::Rsa2048 => Self::Rsa2048,
            KeyKind::P256 => Self::P256,
        }
    }

    fn open(self) -> KeyKind {
        match self {
            Self::Rsa2048 => KeyKind::Rsa2048,
            Self::P256 => KeyKind::P256,
        }
    }
}

impl StoredLifetime {
    fn of(lifetime: &Lifetime) -> Option<Self> {
        match lifetime {
            Lifetime::OneHour => Some(Self::OneHour),
            Lifetime::EndOfToday => Some(Self::EndOfToday),
            Lifetime::OneDay => Some(Self::OneDay),
            Lifetime::SevenDays => Some(Self::SevenDays),
            Lifetime::ThirtyDays => Some(Self::ThirtyDays),
            Lifetime::OneMinute
            | Lifetime::OnDay(_)
            | Lifetime::Until(_)
            | Lifetime::Written(_) => None,
        }
    }

    fn open(self) -> Lifetime {
        match self {
            Self::OneHour => Lifetime::OneHour,
            Self::EndOfToday => Lifetime::EndOfToday,
            Self::OneDay => Lifetime::OneDay,
            Self::SevenDays => Lifetime::SevenDays,
            Self::ThirtyDays => Lifetime::ThirtyDays,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files that were written have them.
    #[test]
    fn steps_keep_the_names_that_they_have_in_files() {
        for (step, name) in [
            (GuideStep::Key, "key"),
            (GuideStep::Documents, "documents"),
            (GuideStep::PublicKey, "public-key"),
            (GuideStep::KeyGroup, "key-group"),
            (GuideStep::AccessControl, "access-control"),
            (GuideStep::Distribution, "distribution"),
            (GuideStep::BucketPolicy, "bucket-policy"),
            (GuideStep::RestrictViewerAccess, "restrict-viewer-access"),
            (GuideStep::Connect, "connect"),
        ] {
            assert_eq!(name_of(step).as_deref(), Some(name));
            assert_eq!(step_named(name), Some(step));
        }
        for name in ["", "-", "publicKey", "Public-key", "public--key", "of-later", "é-é"] {
            assert_eq!(step_named(name), None, "{name}");
        }
    }

    /// A file of the version before documents were put anywhere, and one of now.
    #[test]
    fn storage_is_there_where_it_is_known_and_nowhere_else() {
        let file = |storage: &str| {
            format!(
                r#"{{"version":4,"sites":[{{"id":"{}","name":"Papers","address":null,"keys":[],"lifetime":null,"set_up":{{}}{storage}}}],"last_site":null,"last_lifetime":null}}"#,
                "a".repeat(32)
            )
        };
        let storage = |text: &str| {
            let settings = open(file(text).as_bytes()).map_err(|error| (error, text.to_owned()))?;
            // What was read is written so that it is read the same.
            assert_eq!(open(&super::text(&settings).unwrap()), Ok(settings.clone()));
            Ok(settings.sites[0].storage.clone())
        };
        assert_eq!(storage(""), Ok(None));
        let without = open(file("").as_bytes()).unwrap();
        let written = String::from_utf8(super::text(&without).unwrap()).unwrap();
        assert!(!written.contains("storage"), "an older Signet reads it: {written}");

        let least = r#","storage":{"bucket":"client-papers","region":"eu-central-1"}"#;
        let least = storage(least).unwrap().unwrap();
        assert_eq!(
            (least.bucket.as_str(), least.region.as_str()),
            ("client-papers", "eu-central-1")
        );
        assert_eq!((least.profile, least.distribution), (None, None));
        assert_eq!((least.origin_path.as_str(), least.folder.as_str()), ("", ""));
        let most = r#","storage":{"bucket":"client-papers","region":"eu-central-1","profile":"papers","origin_path":"/production","distribution":"E2QWRUHAPOMQZL","folder":"reports/2026/"}"#;
        let most = storage(most).unwrap().unwrap();
        assert_eq!(most.profile.unwrap().as_str(), "papers");
        assert_eq!(most.origin_path.as_str(), "/production");
        assert_eq!(
            (most.distribution.unwrap().as_str(), most.access_key),
            ("E2QWRUHAPOMQZL", None)
        );
        let keyed = r#","storage":{"bucket":"client-papers","region":"eu-central-1","access_key":"AKIAIOSFODNN7EXAMPLE"}"#;
        let keyed = storage(keyed).unwrap().unwrap();
        assert_eq!(keyed.access_key.unwrap().as_str(), "AKIAIOSFODNN7EXAMPLE");
        // What might be a secret there is not taken for an ID.
        let damaged = r#","storage":{"bucket":"client-papers","region":"eu-central-1","access_key":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}"#;
        assert!(storage(damaged).is_err());
        assert_eq!(most.folder.as_str(), "reports/2026/");
        for wrong in [
            r#","storage":{"bucket":"client-papers"}"#,
            r#","storage":{"bucket":"","region":"eu-central-1"}"#,
            r#","storage":{"bucket":"client-papers","region":"nowhere"}"#,
            r#","storage":{"bucket":"client-papers","region":"eu-central-1","of_later":1}"#,
            r#","storage":{"bucket":"client-papers","region":"eu-central-1","folder":"../up"}"#,
        ] {
            let damaged = Err((Unopened::Damaged, wrong.to_owned()));
            assert_eq!(storage(wrong), damaged);
        }
    }
}
