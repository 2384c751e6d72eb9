//! The shapes in which a trial crosses IPC: what a site answered, and nothing of the link.

use serde::{Deserialize, Serialize};
use signet_app::NotTried;
use signet_cloudfront::clock::Comparison;
use signet_probe::{Opening, Outcome, Trial};

/// The pasted text whose link is tried.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrialRequest {
    pub text: String,
}

/// What a trial brought.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TrialView {
    pub host: String,
    /// What the link with its signature got.
    pub signed: Outcome,
    /// Whether it is only most likely so: seen of the services, and not documented.
    pub likely: bool,
    /// Whether the document is given without a signature too; none where that could not be seen.
    pub is_public: Option<bool>,
    /// This computer's clock beside the site's; none where it did not say.
    pub clock: Option<Comparison>,
}

impl TrialView {
    pub(in crate::ipc) fn of(trial: Trial) -> Self {
        let Trial { host, signed, is_public, clock, .. } = trial;
        Self { host, likely: signed.is_likely(), signed, is_public, clock }
    }
}

/// The number of the link that was made last.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FreshLinkRequest {
    pub number: u32,
}

/// Whether a link that was just made opens.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum OpeningView {
    NotTried { why: NotTried },
    Tried { answer: Opening },
}
