//! The shapes in which a trial crosses IPC: what a site answered, and nothing of the link.

use serde::{Deserialize, Serialize};
use signet_cloudfront::clock::Comparison;
use signet_probe::response::Classification;
use signet_probe::{Outcome, Trial};

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
    pub signed: TrialAnswer,
    /// Whether it is only most likely so: seen of the services, and not documented.
    pub likely: bool,
    /// Whether the document is given without a signature too; none where that could not be seen.
    pub is_public: Option<bool>,
    /// This computer's clock beside the site's.
    pub clock: TrialClockView,
}

/// What came of a request.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TrialAnswer {
    Opens,
    KeyIdMissing,
    KeyUnknown,
    SignatureMalformed,
    PolicyMalformed,
    Refused,
    StorageRefused,
    StorageAddressSigned,
    NotFound,
    Blocked,
    Redirected { host: String },
    Unexpected { status: u16 },
    NoSuchHost,
    NoConnection,
    NotTrusted,
    TimedOut,
}

/// This computer's clock beside another.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TrialClockView {
    Right,
    Ahead {
        #[cfg_attr(test, ts(type = "number"))]
        seconds: u64,
    },
    Behind {
        #[cfg_attr(test, ts(type = "number"))]
        seconds: u64,
    },
    Unknown,
}

impl TrialView {
    pub(in crate::ipc) fn of(trial: Trial) -> Self {
        let Trial { host, signed, is_public, clock, .. } = trial;
        Self {
            host,
            likely: signed.is_likely(),
            signed: TrialAnswer::of(signed),
            is_public,
            clock: match clock {
                Some(Comparison::Right) => TrialClockView::Right,
                Some(Comparison::Ahead { seconds }) => TrialClockView::Ahead { seconds },
                Some(Comparison::Behind { seconds }) => TrialClockView::Behind { seconds },
                None => TrialClockView::Unknown,
            },
        }
    }
}

impl TrialAnswer {
    fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Answered(meaning) => match meaning {
                Classification::Opens => Self::Opens,
                Classification::KeyIdMissing => Self::KeyIdMissing,
                Classification::KeyUnknown => Self::KeyUnknown,
                Classification::SignatureMalformed => Self::SignatureMalformed,
                Classification::PolicyMalformed => Self::PolicyMalformed,
                Classification::Refused => Self::Refused,
                Classification::StorageRefused => Self::StorageRefused,
                Classification::StorageAddressSigned => Self::StorageAddressSigned,
                Classification::NotFound => Self::NotFound,
                Classification::Blocked => Self::Blocked,
                Classification::Unexpected { status } => Self::Unexpected { status },
            },
            Outcome::Redirected { host } => Self::Redirected { host },
            Outcome::NoSuchHost => Self::NoSuchHost,
            Outcome::NoConnection => Self::NoConnection,
            Outcome::NotTrusted => Self::NotTrusted,
            Outcome::TimedOut => Self::TimedOut,
        }
    }
}
