//! The shapes in which the replacement of a key crosses IPC.

use serde::{Deserialize, Serialize};
use signet_app::{KeyId, ReplacementState, Site};
use signet_cloudfront::key::KeyKind;

use super::key::KeyView;

/// The site whose key is to be replaced, and what kind the new one is.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReplaceKeyRequest {
    pub site_id: String,
    pub kind: KeyKind,
}

/// The site whose key is being replaced.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReplacementRequest {
    pub site_id: String,
}

/// The site whose key is being replaced, and what CloudFront calls the new one.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SwitchKeyRequest {
    pub site_id: String,
    pub public_key_id: String,
}

/// How far a replacement is.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ReplacementView {
    /// CloudFront does not know the new key yet.
    Waiting { key: KeyView },
    /// The new key makes the links.
    Switched {
        key: KeyView,
        /// The key whose place was taken.
        old: KeyView,
        /// How many links of the old key work, as far as they were made here.
        working: usize,
        /// When the last of them ends.
        last_end: Option<i64>,
    },
}

impl ReplacementView {
    /// How far the replacement of a site's key is; the keys as the site has them.
    pub(in crate::ipc) fn of(state: &ReplacementState, site: &Site) -> Option<Self> {
        let view = |id: &KeyId| site.keys.iter().find(|key| key.id == *id).map(KeyView::of);
        Some(match state {
            ReplacementState::Waiting { new } => Self::Waiting { key: view(new)? },
            ReplacementState::Switched { old, new, working, last_end } => Self::Switched {
                key: view(new)?,
                old: view(old)?,
                working: *working,
                last_end: *last_end,
            },
        })
    }
}
