//! A key as it crosses.

use serde::Serialize;
use signet_app::Key;
use signet_cloudfront::key::{HashAlgorithm, KeyKind};

/// A key of a site.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct KeyView {
    pub id: String,
    pub name: String,
    pub kind: KeyKind,
    pub fingerprint: String,
    /// What CloudFront knows of it; null for a key that it does not know yet, which makes no links.
    pub registration: Option<RegistrationView>,
}

/// What makes a key one whose links open.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Registration"))]
#[serde(rename_all = "camelCase")]
pub struct RegistrationView {
    pub public_key_id: String,
    pub hash: HashAlgorithm,
}

impl KeyView {
    pub(in crate::ipc) fn of(key: &Key) -> Self {
        let registration = key.registration.as_ref().map(|registration| RegistrationView {
            public_key_id: registration.public_key_id.as_str().to_owned(),
            hash: registration.hash,
        });
        Self {
            id: key.id.to_string(),
            name: key.name.to_string(),
            kind: key.kind,
            fingerprint: key.fingerprint.to_string(),
            registration,
        }
    }
}
