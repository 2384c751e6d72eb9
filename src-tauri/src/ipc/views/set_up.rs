//! The shapes in which the set-up of CloudFront crosses IPC. The key in it is the public half.

use serde::{Deserialize, Serialize};
use signet_setup::guide::{Answers, Field, GuideStep, Standing, StepState, ValueName};

use crate::ipc::IpcError;

/// A value to paste.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpValue {
    pub name: ValueName,
    pub text: String,
}

/// A step as it stands.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpStepView {
    pub step: GuideStep,
    pub state: StepState,
    pub values: Vec<SetUpValue>,
}

/// What is wrong in a field that is not empty.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpFieldError {
    pub field: Field,
    pub error: IpcError,
}

/// What was understood in a field in which more than that was pasted.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpUnderstood {
    pub field: Field,
    pub text: String,
}

/// The key that is set up.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SetUpKeyView {
    pub id: String,
    pub name: String,
    pub is_registered: bool,
}

/// A set-up as it stands.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpView {
    pub answers: Answers,
    pub key: Option<SetUpKeyView>,
    pub steps: Vec<SetUpStepView>,
    pub errors: Vec<SetUpFieldError>,
    pub understood: Vec<SetUpUnderstood>,
    /// Whether what is right will be here after a restart.
    pub saved: bool,
    /// Why it will not, or why the key's public half is not to be had.
    pub trouble: Option<IpcError>,
}

/// The site that is set up.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SetUpRequest {
    pub site_id: String,
}

/// What is typed and ticked for the set-up of a site.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AnswerSetUpRequest {
    pub site_id: String,
    pub answers: Answers,
}

/// A value of a step.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CopySetUpValueRequest {
    pub site_id: String,
    pub step: GuideStep,
    pub value: ValueName,
}

/// What is handed to an IT person.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SaveHandoffRequest {
    pub site_id: String,
    pub kind: HandoffKind,
}

/// The forms in which it is.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HandoffKind {
    Page,
    Script,
    Template,
}

/// What an IT person sent back.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SetUpResultRequest {
    pub site_id: String,
    pub text: String,
}

impl SetUpStepView {
    pub(in crate::ipc) fn of(standing: Standing) -> Self {
        let value = |(name, text)| SetUpValue { name, text };
        Self {
            step: standing.step,
            state: standing.state,
            values: standing.values.into_iter().map(value).collect(),
        }
    }
}
