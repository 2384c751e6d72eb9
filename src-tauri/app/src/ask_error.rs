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
    },
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
