//! What the window shows when it opens, and where the practice document is.

use serde::Serialize;
use signet_app::App;

use super::keys::{KeyView, MadeKeyView};
use super::links::{LifetimeRequest, Signer};
use super::replacement::ReplacedView;
use crate::ipc::IpcError;
use signet_practice::{DOCUMENT_ADDRESS, Practice};

/// All keys, as they are known.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct KeyListView {
    pub keys: Vec<KeyView>,
    pub made_keys: Vec<MadeKeyView>,
    pub replacements: Vec<ReplacedView>,
    /// Why it is not known which keys there are now. Nothing can be changed as long as there is one.
    pub list_trouble: Option<IpcError>,
    /// Another number whenever something was changed by a terminal or another window.
    pub changes_elsewhere: u64,
}

impl KeyListView {
    pub(in crate::ipc) fn of(app: &App) -> Self {
        Self {
            keys: app.keys().iter().map(KeyView::of).collect(),
            made_keys: app.made_keys().iter().map(MadeKeyView::of).collect(),
            replacements: app.replacements().iter().map(ReplacedView::of).collect(),
            list_trouble: app.trouble().map(IpcError::from),
            changes_elsewhere: app.changes_elsewhere(),
        }
    }
}

/// What the window shows when it opens.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    #[serde(flatten)]
    #[cfg_attr(test, ts(flatten))]
    pub list: KeyListView,
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
