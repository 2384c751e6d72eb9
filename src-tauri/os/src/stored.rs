//! The shape of the settings file, and the way from it to what the use cases hold and back.
//!
//! A file of another shape is not guessed at: [`open`] says whether a newer Signet wrote it, or that it is
//! damaged.

use serde::{Deserialize, Serialize};
use signet_app::{Choices, KeyId, MadeKey, Name, RegisteredKey, Replacement, Settings};
use signet_cloudfront::key::{HashAlgorithm, KeyKind};
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::guide::{Answers, GuideStep};

/// Bumped whenever an older Signet could not read what a newer one wrote.
const VERSION: u32 = 3;

/// Version 1 knew no hash: every key had the one of its kind. Versions 1 and 2 knew no keys that were
/// made here.
const FIRST_VERSION: u32 = 1;

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
    if let Ok(Versioned { version }) = serde_json::from_slice(text)
        && version > f64::from(VERSION)
    {
        return Err(Unopened::Newer);
    }
    let stored = serde_json::from_slice::<Stored>(text).ok();
    stored.and_then(Stored::open).ok_or(Unopened::Damaged)
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
    keys: Vec<StoredKey>,
    #[serde(default)]
    made: Vec<StoredMadeKey>,
    #[serde(default)]
    replacements: Vec<StoredReplacement>,
    last_key: Option<String>,
    last_lifetime: Option<StoredLifetime>,
    #[serde(default)]
    set_up: StoredSetUp,
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

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredKey {
    id: String,
    name: String,
    site: String,
    public_key_id: String,
    kind: StoredKind,
    fingerprint: String,
    hash: Option<StoredHash>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredMadeKey {
    id: String,
    name: String,
    kind: StoredKind,
    fingerprint: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredReplacement {
    old: String,
    new: String,
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
            keys: settings.keys.iter().map(StoredKey::of).collect(),
            made: settings.made.iter().map(StoredMadeKey::of).collect(),
            replacements: settings.replacements.iter().map(StoredReplacement::of).collect(),
            last_key: settings.choices.key.as_ref().map(ToString::to_string),
            last_lifetime: settings.choices.lifetime.as_ref().and_then(StoredLifetime::of),
            set_up: StoredSetUp::of(&settings.set_up),
        }
    }

    /// `None` where anything in the file is not what this version writes.
    fn open(self) -> Option<Settings> {
        if !(FIRST_VERSION..=VERSION).contains(&self.version) {
            return None;
        }
        let keys = self.keys.into_iter().map(StoredKey::open).collect::<Option<Vec<_>>>()?;
        let made = self.made.into_iter().map(StoredMadeKey::open).collect::<Option<Vec<_>>>()?;
        let replacements = self.replacements.into_iter().map(StoredReplacement::open);
        let replacements = replacements.collect::<Option<Vec<_>>>()?;
        let key = match self.last_key {
            Some(text) => Some(KeyId::parse(&text)?),
            None => None,
        };
        let lifetime = self.last_lifetime.map(StoredLifetime::open);
        let set_up = self.set_up.open();
        Some(Settings { keys, made, replacements, choices: Choices { key, lifetime }, set_up })
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
        let done = STEPS.iter().filter(|(step, _)| done.contains(step));
        let done = done.map(|(_, name)| (*name).to_owned()).collect();
        Self { key, bucket, region, distribution, public_key_id, arn, domain, profile, done }
    }

    fn open(self) -> Answers {
        let Self { key, bucket, region, distribution, public_key_id, arn, domain, profile, done } =
            self;
        let done = STEPS.iter().filter(|(_, name)| done.iter().any(|known| known == name));
        let done = done.map(|(step, _)| *step).collect();
        Answers { key, bucket, region, distribution, public_key_id, arn, domain, profile, done }
    }
}

const STEPS: [(GuideStep, &str); 9] = [
    (GuideStep::Key, "key"),
    (GuideStep::Documents, "documents"),
    (GuideStep::PublicKey, "public-key"),
    (GuideStep::KeyGroup, "key-group"),
    (GuideStep::AccessControl, "access-control"),
    (GuideStep::Distribution, "distribution"),
    (GuideStep::BucketPolicy, "bucket-policy"),
    (GuideStep::RestrictViewerAccess, "restrict-viewer-access"),
    (GuideStep::Connect, "connect"),
];

impl StoredKey {
    fn of(key: &RegisteredKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name.as_str().to_owned(),
            site: key.site.origin(),
            public_key_id: key.public_key_id.as_str().to_owned(),
            kind: StoredKind::of(key.kind),
            fingerprint: key.fingerprint.to_string(),
            hash: Some(match key.hash {
                HashAlgorithm::Sha1 => StoredHash::Sha1,
                HashAlgorithm::Sha256 => StoredHash::Sha256,
            }),
        }
    }

    fn open(self) -> Option<RegisteredKey> {
        let kind = self.kind.open();
        let hash = match self.hash {
            Some(StoredHash::Sha1) => HashAlgorithm::Sha1,
            Some(StoredHash::Sha256) => HashAlgorithm::Sha256,
            None => kind.default_hash(),
        };
        if kind == KeyKind::P256 && hash != HashAlgorithm::Sha256 {
            return None;
        }
        Some(RegisteredKey {
            id: KeyId::parse(&self.id)?,
            name: Name::parse(&self.name).ok()?,
            site: SiteAddress::parse(&self.site).ok()?,
            public_key_id: PublicKeyId::parse(&self.public_key_id).ok()?,
            kind,
            fingerprint: self.fingerprint.parse().ok()?,
            hash,
        })
    }
}

impl StoredMadeKey {
    fn of(made: &MadeKey) -> Self {
        Self {
            id: made.id.to_string(),
            name: made.name.as_str().to_owned(),
            kind: StoredKind::of(made.kind),
            fingerprint: made.fingerprint.to_string(),
        }
    }

    fn open(self) -> Option<MadeKey> {
        Some(MadeKey {
            id: KeyId::parse(&self.id)?,
            name: Name::parse(&self.name).ok()?,
            kind: self.kind.open(),
            fingerprint: self.fingerprint.parse().ok()?,
        })
    }
}

impl StoredReplacement {
    fn of(replacement: &Replacement) -> Self {
        Self { old: replacement.old.to_string(), new: replacement.new.to_string() }
    }

    fn open(self) -> Option<Replacement> {
        Some(Replacement { old: KeyId::parse(&self.old)?, new: KeyId::parse(&self.new)? })
    }
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
            Lifetime::OneMinute | Lifetime::Until(_) | Lifetime::Written(_) => None,
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
