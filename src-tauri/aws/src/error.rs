//! Why AWS did not do what it was asked.

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use thiserror::Error;
use zeroize::Zeroizing;

/// More of AWS's own words nobody reads.
const MOST_CHARACTERS: usize = 300;

const HIDDEN: &str = "…[hidden]";

/// What AWS answered, or why it did not. Nothing of a login is in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
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
        what: String,
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
        region: Option<String>,
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
    /// Anything else that AWS said.
    #[error("AWS refused {action}: {code}: {message}")]
    Refused {
        /// What was asked for.
        action: &'static str,
        /// AWS's code.
        code: String,
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
    pub(crate) fn is_answer(&self) -> bool {
        !matches!(self, Self::Unreachable | Self::Unexpected { .. } | Self::Busy)
    }
}

/// What AWS was sent with and may repeat in its words, but nobody is shown.
pub(crate) struct Login(Vec<Zeroizing<String>>);

impl Login {
    pub(crate) fn of(credentials: &Credentials) -> Self {
        let parts = [
            Some(credentials.access_key_id()),
            Some(credentials.secret_access_key()),
            credentials.session_token(),
        ];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        Self(parts.map(|part| Zeroizing::new(part.to_owned())).collect())
    }

    /// What an error of a call means; `action` is what IAM calls it.
    pub(crate) fn refused<E: ProvideErrorMetadata>(
        &self,
        action: &'static str,
        error: SdkError<E, HttpResponse>,
    ) -> AskError {
        match &error {
            SdkError::ServiceError(service) => {
                let (status, headers) = (service.raw().status().as_u16(), service.raw().headers());
                let region = headers.get("x-amz-bucket-region").map(ToOwned::to_owned);
                let code = service.err().code().unwrap_or_default();
                let mut message = service.err().message().unwrap_or_default().to_owned();
                for part in &self.0 {
                    message = message.replace(part.as_str(), HIDDEN);
                }
                meaning(action, status, code, &message, region)
            }
            SdkError::TimeoutError(_)
            | SdkError::DispatchFailure(_)
            | SdkError::ResponseError(_) => AskError::Unreachable,
            _ => AskError::Unexpected { action },
        }
    }
}

fn meaning(
    action: &'static str,
    status: u16,
    code: &str,
    message: &str,
    region: Option<String>,
) -> AskError {
    match code {
        "ExpiredToken"
        | "ExpiredTokenException"
        | "TokenRefreshRequired"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "UnrecognizedClientException"
        | "InvalidToken"
        | "InvalidSignatureException" => AskError::LoginExpired,
        "RequestTimeTooSkewed" | "RequestExpired" | "RequestInTheFuture" => AskError::WrongClock,
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation"
            if message.contains("BlockPublicPolicy") || message.contains("public policies") =>
        {
            AskError::PublicAccessBlocked
        }
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" => {
            AskError::NotAllowed { action: denied(message).unwrap_or(action).to_owned() }
        }
        "PreconditionFailed" | "InvalidIfMatchVersion" | "OperationAborted" => AskError::Conflict,
        "NoSuchBucket" => AskError::NoBucket,
        "NoSuchDistribution" => AskError::NoDistribution,
        "PermanentRedirect"
        | "AuthorizationHeaderMalformed"
        | "IllegalLocationConstraintException" => AskError::WrongRegion { region },
        "MalformedPolicy" => AskError::PolicyRefused { message: shown(message) },
        "Throttling"
        | "ThrottlingException"
        | "SlowDown"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "ServiceUnavailable" => AskError::Busy,
        _ if code.starts_with("TooMany") || code.ends_with("LimitExceeded") => {
            AskError::Quota { what: shown(code) }
        }
        _ if code.ends_with("InUse") => AskError::InUse,
        _ if code.ends_with("AlreadyExists") => AskError::IsThere,
        _ if code.starts_with("NoSuch") => AskError::NotThere,
        // The answer to HEAD and to some redirects has no body.
        "" if status == 301 => AskError::WrongRegion { region },
        "" if status == 403 => AskError::NotAllowed { action: action.to_owned() },
        _ if status >= 500 => AskError::Busy,
        _ => AskError::Refused { action, code: shown(code), message: shown(message) },
    }
}

/// The action that IAM names in its refusal; it may be another than the one that was asked for.
fn denied(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("not authorized to perform: ")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(rest.len());
    rest.get(..end).filter(|action| action.contains(':'))
}

/// AWS's words as they may be shown: in one line, not endless, and without the id of an access key,
/// whosever it is.
fn shown(text: &str) -> String {
    let is_key_id = |word: &&str| {
        word.len() >= 16 && ["AKIA", "ASIA"].iter().any(|start| word.starts_with(start))
    };
    let mut shown: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_CHARACTERS).collect();
    let hidden: Vec<String> = shown
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(is_key_id)
        .map(ToOwned::to_owned)
        .collect();
    for word in hidden {
        shown = shown.replace(&word, HIDDEN);
    }
    shown.trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, message: &str) -> AskError {
        meaning("cloudfront:CreateKeyGroup", 400, code, message, Some("eu-west-1".to_owned()))
    }

    #[test]
    fn each_has_its_meaning() {
        let not_allowed = |action: &str| AskError::NotAllowed { action: action.to_owned() };
        let quota = |what: &str| AskError::Quota { what: what.to_owned() };
        for (code, message, meaning) in [
            ("ExpiredToken", "", AskError::LoginExpired),
            ("RequestTimeTooSkewed", "", AskError::WrongClock),
            ("AccessDenied", "Access Denied", not_allowed("cloudfront:CreateKeyGroup")),
            (
                "AccessDenied",
                "User: arn:aws:iam::1:user/a is not authorized to perform: s3:PutBucketPolicy on resource: x",
                not_allowed("s3:PutBucketPolicy"),
            ),
            (
                "AccessDenied",
                "User: a is not authorized to perform: s3:PutBucketPolicy on resource: \"b\" because public policies are blocked by the BlockPublicPolicy block public access setting.",
                AskError::PublicAccessBlocked,
            ),
            ("PreconditionFailed", "", AskError::Conflict),
            ("TooManyKeyGroups", "", quota("TooManyKeyGroups")),
            ("PermanentRedirect", "", AskError::WrongRegion { region: Some("eu-west-1".into()) }),
            ("ResourceInUse", "", AskError::InUse),
            ("KeyGroupAlreadyExists", "", AskError::IsThere),
            ("NoSuchResource", "", AskError::NotThere),
            ("Throttling", "", AskError::Busy),
        ] {
            assert_eq!(of(code, message), meaning, "{code}");
        }
    }

    #[test]
    fn no_key_id_and_no_line_break_is_said() {
        let said = of("Odd", "The key AKIAIOSFODNN7EXAMPLE,\n or ASIAIOSFODNN7EXAMPLE. ");
        let AskError::Refused { message, .. } = said else { panic!("{said:?}") };
        assert_eq!(message, "The key …[hidden],  or …[hidden]");
    }
}
