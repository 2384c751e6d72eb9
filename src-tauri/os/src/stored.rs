//! The shape of the settings file, and the way from it to what the use cases hold and back.
//!
//! A file of another shape is not guessed at: [`Stored::open`] gives nothing, and the caller puts
//! the file aside.

use serde::{Deserialize, Serialize};
use signet_core::desk::{Book, Choices, KeyId, KeyName, KeyRecord};
use signet_core::key::KeyKind;
use signet_core::lifetime::Lifetime;
use signet_core::public_key_id::PublicKeyId;
use signet_core::site::Site;

/// Bumped whenever an older Signet could not read what a newer one wrote.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stored {
    version: u32,
    keys: Vec<StoredKey>,
    last_key: Option<String>,
    last_lifetime: Option<StoredLifetime>,
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
    pub(crate) fn of(book: &Book) -> Self {
        Self {
            version: VERSION,
            keys: book.keys.iter().map(StoredKey::of).collect(),
            last_key: book.choices.key.as_ref().map(ToString::to_string),
            last_lifetime: book.choices.lifetime.as_ref().and_then(StoredLifetime::of),
        }
    }

    /// `None` where anything in the file is not what this version writes.
    pub(crate) fn open(self) -> Option<Book> {
        if self.version != VERSION {
            return None;
        }
        let keys = self.keys.into_iter().map(StoredKey::open).collect::<Option<Vec<_>>>()?;
        let key = match self.last_key {
            Some(text) => Some(KeyId::parse(&text)?),
            None => None,
        };
        let lifetime = self.last_lifetime.map(StoredLifetime::open);
        Some(Book { keys, choices: Choices { key, lifetime } })
    }
}

impl StoredKey {
    fn of(key: &KeyRecord) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name.as_str().to_owned(),
            site: key.site.origin(),
            public_key_id: key.public_key_id.as_str().to_owned(),
            kind: match key.kind {
                KeyKind::Rsa2048 => StoredKind::Rsa2048,
                KeyKind::P256 => StoredKind::P256,
            },
            fingerprint: key.fingerprint.to_string(),
        }
    }

    fn open(self) -> Option<KeyRecord> {
        Some(KeyRecord {
            id: KeyId::parse(&self.id)?,
            name: KeyName::parse(&self.name).ok()?,
            site: Site::parse(&self.site).ok()?,
            public_key_id: PublicKeyId::parse(&self.public_key_id).ok()?,
            kind: match self.kind {
                StoredKind::Rsa2048 => KeyKind::Rsa2048,
                StoredKind::P256 => KeyKind::P256,
            },
            fingerprint: self.fingerprint.parse().ok()?,
        })
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
            Lifetime::OneMinute | Lifetime::Until(_) => None,
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
