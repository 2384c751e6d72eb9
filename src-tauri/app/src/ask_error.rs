//! Why AWS did not do what it was asked.

use signet_cloudfront::secrecy;
use signet_setup::Region;
use thiserror::Error;

/// No code of AWS's is longer.
const LONGEST_CODE: usize = 64;

/// A code of AWS's, as `TooManyKeyGroups`: up to 64 letters, digits and dots, or `Unknown`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ErrorCode(String);

impl ErrorCode {
    /// Takes a code; `None` for any other text, and for what may be an access key.
    pub fn parse(text: &str) -> Option<Self> {
        let is_code = (1..=LONGEST_CODE).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
            && !secrecy::holds_secret(text);
        is_code.then(|| Self(text.to_owned()))
    }

    /// In the place of what is no code, or is not to be shown.
    pub fn unknown() -> Self {
        Self("Unknown".to_owned())
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What forbids a thing beside the permissions of whoever is logged in, in IAM's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum DenyingRule {
    /// Of the organisation, for its accounts.
    #[serde(rename = "service control policy")]
    ServiceControlPolicy,
    /// Of the organisation, for what its accounts have.
    #[serde(rename = "resource control policy")]
    ResourceControlPolicy,
    /// The most that a user or a role may.
    #[serde(rename = "permissions boundary")]
    PermissionsBoundary,
    /// The most that this login may, as it was made.
    #[serde(rename = "session policy")]
    SessionPolicy,
    /// Of the network that the computer is in.
    #[serde(rename = "VPC endpoint policy")]
    EndpointPolicy,
    /// A `Deny` with the user, the role or the group.
    #[serde(rename = "identity-based policy")]
    IdentityPolicy,
    /// A `Deny` with the bucket or the key.
    #[serde(rename = "resource-based policy")]
    ResourcePolicy,
}

impl DenyingRule {
    /// As IAM calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceControlPolicy => "service control policy",
            Self::ResourceControlPolicy => "resource control policy",
            Self::PermissionsBoundary => "permissions boundary",
            Self::SessionPolicy => "session policy",
            Self::EndpointPolicy => "VPC endpoint policy",
            Self::IdentityPolicy => "identity-based policy",
            Self::ResourcePolicy => "resource-based policy",
        }
    }
}

/// What a flat-rate plan of CloudFront's does not let.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PlanRule {
    /// What is subscribed cannot be deleted before the plan has ended.
    Subscribed,
    /// Its web ACL cannot be taken off.
    NeedsWebAcl,
    /// Something that the plan does not have, or has less of.
    NotInPlan,
}

/// What AWS answered, or why it did not. Nothing of a login is in it.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AskError {
    /// This computer has no AWS login.
    #[error("there is no AWS login on this computer")]
    NoLogin,
    /// The profile or its settings cannot be used.
    #[error("the AWS settings of this computer cannot be used")]
    LoginUnusable,
    /// The login is one of `aws login`, whose store is the AWS tools' alone: to use it is to write
    /// credentials to the disk.
    #[error("the AWS login was made with aws login")]
    LoginOfTools {
        /// The profile it is in, where one was asked for.
        profile: Option<String>,
    },
    /// The login has ended, or AWS does not know it.
    #[error("the AWS login is not valid any more")]
    LoginExpired,
    /// AWS does not know the access key: it was deleted there or made inactive.
    #[error("AWS does not know the access key, or it is not active")]
    AccessKeyUnknown,
    /// The secret of the access key is not the one that belongs to its ID.
    #[error("the secret of the access key does not belong to its ID")]
    AccessKeyMismatch,
    /// This computer's clock is too wrong.
    #[error("the clock of this computer is too wrong for AWS")]
    WrongClock,
    /// The login may not do this.
    #[error("the AWS login may not do {action}")]
    NotAllowed {
        /// As IAM calls it, `cloudfront:CreateKeyGroup`.
        action: String,
        /// What forbids it although the login itself may do it: a permission more does not help then.
        denied_by: Option<DenyingRule>,
    },
    /// AWS holds the account back: it is new, suspended, or not signed up for the service.
    #[error("AWS does not let this account do that: {message}")]
    AccountNotReady {
        /// AWS's words, or its code.
        message: String,
    },
    /// The flat-rate plan of the distribution stands in the way.
    #[error("the pricing plan of the distribution does not let it: {message}")]
    PricingPlan {
        /// Which of its rules.
        rule: PlanRule,
        /// AWS's words.
        message: String,
    },
    /// The distribution was switched on again, so it is not removed.
    #[error("the distribution is switched on")]
    SwitchedOn,
    /// Somebody else has changed it since it was looked at.
    #[error("somebody else has just changed it")]
    Conflict,
    /// The account has as many as it may have.
    #[error("the AWS account may not have more of these: {what}")]
    Quota {
        /// AWS's name for it, `TooManyKeyGroups`.
        what: ErrorCode,
    },
    /// No such bucket.
    #[error("there is no such bucket")]
    NoBucket,
    /// No such distribution in this account.
    #[error("there is no such distribution in this AWS account")]
    NoDistribution,
    /// The bucket is in another region.
    #[error("the bucket is in another region")]
    WrongRegion {
        /// Where it is, if AWS said so.
        region: Option<Region>,
    },
    /// *Block public access* refuses the policy, because something in it lets everybody in.
    #[error("Block public access refuses the bucket policy")]
    PublicAccessBlocked,
    /// AWS takes the policy for wrong.
    #[error("AWS does not take the bucket policy: {message}")]
    PolicyRefused {
        /// AWS's words.
        message: String,
    },
    /// It is used by something else, so it is not removed.
    #[error("it is still in use")]
    InUse,
    /// It is there already.
    #[error("it is there already")]
    IsThere,
    /// It is not there.
    #[error("it is not there")]
    NotThere,
    /// Too many requests at once.
    #[error("AWS has too much to do")]
    Busy,
    /// No answer.
    #[error("AWS did not answer")]
    Unreachable,
    /// A list has no end.
    #[error("the list that AWS gives for {action} does not end")]
    Endless {
        /// What was asked for.
        action: &'static str,
    },
    /// Anything else that AWS said.
    #[error("AWS refused {action}: {code}: {message}")]
    Refused {
        /// What was asked for.
        action: &'static str,
        /// AWS's code.
        #[serde(skip)]
        code: ErrorCode,
        /// AWS's words.
        message: String,
    },
    /// An answer without what it has to have.
    #[error("AWS answered {action} otherwise than is known here")]
    Unexpected {
        /// What was asked for.
        action: &'static str,
    },
}

impl AskError {
    /// Whether AWS has said that it did not do it, so that nothing of it is there.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        !matches!(self, Self::Unreachable | Self::Unexpected { .. } | Self::Busy)
    }
}
