//! The shapes in which the set-up of CloudFront crosses IPC. The key in it is the public half.

use serde::{Deserialize, Serialize};
use signet_setup::guide::{Answers, Field, GuideStep, Standing, StepState, ValueName};

use crate::ipc::IpcError;

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SetUpStep {
    Key,
    Documents,
    PublicKey,
    KeyGroup,
    AccessControl,
    Distribution,
    BucketPolicy,
    RestrictViewerAccess,
    Connect,
}

/// What was typed, right or wrong, and ticked.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SetUpAnswers {
    pub key_id: String,
    pub bucket: String,
    pub region: String,
    /// Empty for a new one.
    pub distribution_id: String,
    pub public_key_id: String,
    pub arn: String,
    pub domain: String,
    /// The AWS profile; empty for the login that the environment has.
    pub profile: String,
    pub done: Vec<SetUpStep>,
}

/// What is typed somewhere.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SetUpField {
    Bucket,
    Region,
    DistributionId,
    PublicKeyId,
    Arn,
    Domain,
}

/// What a value is for.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SetUpValueName {
    Name,
    Key,
    Origin,
    Policy,
    Statement,
}

/// A value to paste.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpValue {
    pub name: SetUpValueName,
    pub text: String,
}

/// Whether a step can be taken, or was.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SetUpStepState {
    Waiting,
    Open,
    Done,
}

/// A step as it stands.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpStepView {
    pub step: SetUpStep,
    pub state: SetUpStepState,
    pub values: Vec<SetUpValue>,
}

/// What is wrong in a field that is not empty.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetUpFieldError {
    pub field: SetUpField,
    pub error: IpcError,
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
    pub answers: SetUpAnswers,
    pub key: Option<SetUpKeyView>,
    pub steps: Vec<SetUpStepView>,
    pub errors: Vec<SetUpFieldError>,
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
    pub answers: SetUpAnswers,
}

/// A value of a step.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CopySetUpValueRequest {
    pub site_id: String,
    pub step: SetUpStep,
    pub value: SetUpValueName,
}

/// What is handed to an IT person.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SaveHandOverRequest {
    pub site_id: String,
    pub kind: HandOverKind,
}

/// The forms in which it is.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HandOverKind {
    Page,
    Script,
    Template,
}

/// What an IT person sent back.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SentBackRequest {
    pub site_id: String,
    pub text: String,
}

impl SetUpStep {
    pub(in crate::ipc) fn of(step: GuideStep) -> Self {
        match step {
            GuideStep::Key => Self::Key,
            GuideStep::Documents => Self::Documents,
            GuideStep::PublicKey => Self::PublicKey,
            GuideStep::KeyGroup => Self::KeyGroup,
            GuideStep::AccessControl => Self::AccessControl,
            GuideStep::Distribution => Self::Distribution,
            GuideStep::BucketPolicy => Self::BucketPolicy,
            GuideStep::RestrictViewerAccess => Self::RestrictViewerAccess,
            GuideStep::Connect => Self::Connect,
        }
    }

    pub(in crate::ipc) fn parse(self) -> GuideStep {
        match self {
            Self::Key => GuideStep::Key,
            Self::Documents => GuideStep::Documents,
            Self::PublicKey => GuideStep::PublicKey,
            Self::KeyGroup => GuideStep::KeyGroup,
            Self::AccessControl => GuideStep::AccessControl,
            Self::Distribution => GuideStep::Distribution,
            Self::BucketPolicy => GuideStep::BucketPolicy,
            Self::RestrictViewerAccess => GuideStep::RestrictViewerAccess,
            Self::Connect => GuideStep::Connect,
        }
    }
}

impl SetUpAnswers {
    pub(in crate::ipc) fn of(answers: &Answers) -> Self {
        let Answers {
            key,
            bucket,
            region,
            distribution,
            public_key_id,
            arn,
            domain,
            profile,
            done,
        } = answers.clone();
        Self {
            key_id: key,
            bucket,
            region,
            distribution_id: distribution,
            public_key_id,
            arn,
            domain,
            profile,
            done: done.into_iter().map(SetUpStep::of).collect(),
        }
    }

    pub(in crate::ipc) fn parse(self) -> Answers {
        Answers {
            key: self.key_id,
            bucket: self.bucket,
            region: self.region,
            distribution: self.distribution_id,
            public_key_id: self.public_key_id,
            arn: self.arn,
            domain: self.domain,
            profile: self.profile,
            done: self.done.into_iter().map(SetUpStep::parse).collect(),
        }
    }
}

impl SetUpField {
    pub(in crate::ipc) fn of(field: Field) -> Self {
        match field {
            Field::Bucket => Self::Bucket,
            Field::Region => Self::Region,
            Field::Distribution => Self::DistributionId,
            Field::PublicKeyId => Self::PublicKeyId,
            Field::Arn => Self::Arn,
            Field::Domain => Self::Domain,
        }
    }
}

impl SetUpValueName {
    fn of(name: ValueName) -> Self {
        match name {
            ValueName::Name => Self::Name,
            ValueName::Key => Self::Key,
            ValueName::Origin => Self::Origin,
            ValueName::Policy => Self::Policy,
            ValueName::Statement => Self::Statement,
        }
    }

    pub(in crate::ipc) fn parse(self) -> ValueName {
        match self {
            Self::Name => ValueName::Name,
            Self::Key => ValueName::Key,
            Self::Origin => ValueName::Origin,
            Self::Policy => ValueName::Policy,
            Self::Statement => ValueName::Statement,
        }
    }
}

impl SetUpStepView {
    pub(in crate::ipc) fn of(standing: Standing) -> Self {
        let value = |(name, text)| SetUpValue { name: SetUpValueName::of(name), text };
        Self {
            step: SetUpStep::of(standing.step),
            state: match standing.state {
                StepState::Waiting => SetUpStepState::Waiting,
                StepState::Open => SetUpStepState::Open,
                StepState::Done => SetUpStepState::Done,
            },
            values: standing.values.into_iter().map(value).collect(),
        }
    }
}
