//! The shapes in which the replacement of a key crosses IPC.

use serde::{Deserialize, Serialize};
use signet_app::{RegisteredKey, Replacement, ReplacementState};
use signet_cloudfront::key::KeyKind;

use super::keys::{KeyView, MadeKeyView};

/// Which key takes the place of which, by their ids.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReplacedView {
    pub old: String,
    pub new: String,
}

/// The key that is to be replaced, and what kind the new one is.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReplaceKeyRequest {
    pub id: String,
    pub kind: KeyKind,
}

/// The key that is being replaced.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReplacementRequest {
    pub id: String,
}

/// The key that is being replaced, and what CloudFront calls the new one.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SwitchKeyRequest {
    pub id: String,
    pub public_key_id: String,
}

/// How far a replacement is.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ReplacementView {
    /// CloudFront does not know the new key yet.
    Waiting { key: MadeKeyView },
    /// The new key makes the links.
    Switched {
        key: KeyView,
        /// How many links of the old key work, as far as they were made here.
        working: usize,
        /// When the last of them ends.
        last_end: Option<i64>,
    },
}

/// Both keys after the switch.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SwitchView {
    pub old: KeyView,
    pub new: KeyView,
}

impl ReplacedView {
    pub(in crate::ipc) fn of(replacement: &Replacement) -> Self {
        Self { old: replacement.old.to_string(), new: replacement.new.to_string() }
    }
}

impl ReplacementView {
    pub(in crate::ipc) fn of(state: ReplacementState) -> Self {
        match state {
            ReplacementState::Waiting(made) => Self::Waiting { key: MadeKeyView::of(&made) },
            ReplacementState::Switched { new, working, last_end } => {
                Self::Switched { key: KeyView::of(&new), working, last_end }
            }
        }
    }
}

impl SwitchView {
    pub(in crate::ipc) fn of(old: &RegisteredKey, new: &RegisteredKey) -> Self {
        Self { old: KeyView::of(old), new: KeyView::of(new) }
    }
}
