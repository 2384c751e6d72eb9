//! What the window shows when it opens, and where the practice document is.

use serde::Serialize;

use super::links::{LifetimeRequest, Signer};
use super::sites::SiteListView;
use signet_practice::{DOCUMENT_ADDRESS, Practice};

/// What the window shows when it opens.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    #[serde(flatten)]
    #[cfg_attr(test, ts(flatten))]
    pub list: SiteListView,
    pub last_signer: Option<Signer>,
    pub last_lifetime: Option<LifetimeRequest>,
    pub clock: ClockView,
    /// The name of a damaged settings file that was put aside.
    pub set_aside: Option<String>,
    /// The name of a history file that could not be used and was put aside.
    pub history_set_aside: Option<String>,
}

/// Whether links made by this computer's clock would work.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ClockView {
    Plausible,
    Wrong { now: i64 },
}

/// Where the practice document is.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PracticeView {
    pub site: String,
    pub host: String,
    pub document_address: &'static str,
}

impl PracticeView {
    pub(in crate::ipc) fn of(practice: &Practice) -> Self {
        let site = practice.site();
        Self {
            site: site.origin(),
            host: site.host().to_owned(),
            document_address: DOCUMENT_ADDRESS,
        }
    }
}
