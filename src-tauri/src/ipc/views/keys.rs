//! The shapes in which keys cross IPC: never a path, and never a byte of one. The passphrase, the one
//! secret among them, is wiped.

use serde::{Deserialize, Serialize};
use signet_app::Orphans;
use signet_cloudfront::foreign::shown;
use signet_cloudfront::key::{HashAlgorithm, KeyKind};
use signet_cloudfront::key_backup::Passphrase;
use zeroize::Zeroizing;

use super::sites::SiteView;
use crate::ipc::IpcError;

/// What is typed about a key before its file is chosen.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AddKeyRequest {
    /// The site that is to have it; null for a new one of this name.
    pub site_id: Option<String>,
    /// Of no account where a site is given.
    pub name: String,
    pub address: String,
    pub public_key_id: String,
}

/// The passphrase of the file that was just chosen.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UnlockKeyRequest {
    #[serde(deserialize_with = "wiped")]
    #[cfg_attr(test, ts(type = "string"))]
    pub passphrase: Zeroizing<String>,
}

/// The key whose file is to be chosen again.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RestoreKeyRequest {
    pub id: String,
}

/// A key and its new name.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RenameKeyRequest {
    pub id: String,
    pub name: String,
}

/// A key and the hash it signs with from now on.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ChangeHashRequest {
    pub id: String,
    pub hash: HashAlgorithm,
}

/// What is chosen of a key that is made here.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MakeKeyRequest {
    /// The site that is to have it; null for a new one of this name.
    pub site_id: Option<String>,
    /// Of no account where a site is given.
    pub name: String,
    pub kind: KeyKind,
}

/// What CloudFront says of a key.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RegisterKeyRequest {
    pub id: String,
    pub address: String,
    pub public_key_id: String,
}

/// The key whose public half is wanted.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PublicKeyRequest {
    pub id: String,
}

/// A key's public half, as CloudFront's *Create public key* wants it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PublicKeyView {
    pub pem: String,
}

/// The key to back up, and the passphrase as it was typed twice.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BackUpKeyRequest {
    pub id: String,
    #[serde(deserialize_with = "wiped")]
    #[cfg_attr(test, ts(type = "string"))]
    passphrase: Zeroizing<String>,
    #[serde(deserialize_with = "wiped")]
    #[cfg_attr(test, ts(type = "string"))]
    repeated: Zeroizing<String>,
}

/// What is in the keychain under Signet's name and in no list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OrphansView {
    Found {
        keys: Vec<OrphanView>,
        /// What is no key of Signet's, by its name there.
        others: Vec<String>,
    },
    /// The keychain of this system does not say.
    NotOffered,
}

/// A key of the keychain that the list does not name.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OrphanView {
    pub id: String,
    pub kind: KeyKind,
    pub fingerprint: String,
    /// What it is called unless the person calls it otherwise.
    pub name: String,
    /// What the list calls this very key, where it is there for another site.
    pub listed_as: Option<String>,
}

/// A key to put back into the list, and what to call it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RestoreOrphanRequest {
    pub id: String,
    pub name: String,
}

/// A key of the keychain to remove, with the fingerprint that the person saw.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RemoveOrphanRequest {
    pub id: String,
    pub fingerprint: String,
}

/// The key to remove.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RemoveKeyRequest {
    pub id: String,
}

/// What became of a key file.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AddKeyOutcome {
    Cancelled,
    PassphraseNeeded {
        file_name: String,
    },
    Added {
        site: Box<SiteView>,
        file_name: String,
        /// The last folder's name alone, never a path.
        folder_name: String,
    },
    Restored,
}

/// What became of a backup.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BackUpOutcome {
    Cancelled,
    Saved {
        file_name: String,
        /// The last folder's name alone, never a path.
        folder_name: String,
    },
}

impl OrphansView {
    pub(in crate::ipc) fn of(found: &Orphans) -> Self {
        let keys = found.keys.iter().map(|key| OrphanView {
            id: key.id.to_string(),
            kind: key.kind,
            fingerprint: key.fingerprint.to_string(),
            name: key.name.as_str().to_owned(),
            listed_as: key.listed_as.as_ref().map(|name| name.as_str().to_owned()),
        });
        Self::Found {
            keys: keys.collect(),
            others: found.others.iter().map(|name| shown(name)).collect(),
        }
    }
}

impl BackUpKeyRequest {
    pub(in crate::ipc) fn passphrase(self) -> Result<Passphrase, IpcError> {
        let differs = self.passphrase != self.repeated;
        let passphrase = Passphrase::parse(self.passphrase)?;
        if differs { Err(IpcError::NewPassphraseDiffers) } else { Ok(passphrase) }
    }
}

fn wiped<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(deserializer).map(Zeroizing::new)
}
