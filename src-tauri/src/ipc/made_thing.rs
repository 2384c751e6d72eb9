//! What a set-up makes or changes, as it crosses: in views, and in errors about one.

use serde::Serialize;
use signet_app::setup::{Kept, WhyKept};
use signet_setup::journal::Made;

/// What a set-up makes or changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum MadeThing {
    AccessControl,
    PublicKey,
    KeyGroup,
    Distribution,
    Policy,
    Change,
    DocumentUser,
    DocumentPolicy,
    AccessKey,
}

/// A thing that was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LeftView {
    pub thing: MadeThing,
    pub id: Option<String>,
    pub why: WhyKept,
}

impl MadeThing {
    /// What was made, and its id where it has one of its own.
    pub(in crate::ipc) fn of(made: &Made) -> (Self, Option<String>) {
        let text = str::to_owned;
        match made {
            Made::AccessControl { id } => {
                (Self::AccessControl, id.as_ref().map(|id| text(id.as_str())))
            }
            Made::PublicKey { id } => (Self::PublicKey, id.as_ref().map(|id| text(id.as_str()))),
            Made::KeyGroup { id } => (Self::KeyGroup, id.as_ref().map(|id| text(id.as_str()))),
            Made::Distribution { id } => {
                (Self::Distribution, id.as_ref().map(|id| text(id.as_str())))
            }
            Made::Policy { bucket, .. } => (Self::Policy, Some(text(bucket.as_str()))),
            Made::Change { id, .. } => (Self::Change, Some(text(id.as_str()))),
            Made::DocumentUser { .. } => (Self::DocumentUser, None),
            Made::DocumentPolicy => (Self::DocumentPolicy, None),
            Made::AccessKey { id, .. } => {
                (Self::AccessKey, id.as_ref().map(|id| text(id.as_str())))
            }
        }
    }
}

impl LeftView {
    pub(in crate::ipc) fn of(kept: &Kept) -> Self {
        let (thing, id) = MadeThing::of(&kept.made);
        Self { thing, id, why: kept.why }
    }
}
