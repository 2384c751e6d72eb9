//! Why AWS did not do what it was asked.

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use signet_core::setup::Region;
use signet_core::{foreign, secrecy};
use thiserror::Error;

use crate::echo::{Echo, Repeated};

/// No code of AWS's is longer.
const LONGEST_CODE: usize = 64;

/// In the place of words that repeat a part of the login.
const REPEATED: &str = "what it says repeats a part of the login and is left out";

/// A code of AWS's, as `TooManyKeyGroups`: up to 64 letters, digits and dots, or `Unknown`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode(String);

impl ErrorCode {
    /// Takes a code; `None` for any other text, and for what may be an access key.
    pub fn parse(text: &str) -> Option<Self> {
        let is_code = (1..=LONGEST_CODE).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
            && !secrecy::holds_secret(text);
        is_code.then(|| Self(text.to_owned()))
    }

    /// What is no code, or repeats a part of the login, is unknown.
    fn of(text: &str, echo: &Echo) -> Self {
        let code = Self::parse(text).filter(|_| !echo.is_in(text.as_bytes()));
        code.unwrap_or_else(|| Self("Unknown".to_owned()))
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
    pub(crate) fn is_answer(&self) -> bool {
        !matches!(self, Self::Unreachable | Self::Unexpected { .. } | Self::Busy)
    }
}

/// What AWS was sent with and may repeat in its words, but nobody is shown.
pub(crate) struct Login {
    pub(crate) echo: Echo,
}

impl Login {
    pub(crate) fn of(credentials: &Credentials) -> Self {
        Self { echo: Echo::of(credentials) }
    }

    /// What an error of a call means; `action` is what IAM calls it.
    pub(crate) fn refused<E: ProvideErrorMetadata + std::error::Error + 'static>(
        &self,
        action: &'static str,
        error: SdkError<E, HttpResponse>,
    ) -> AskError {
        match &error {
            SdkError::ServiceError(service) => {
                let (status, headers) = (service.raw().status().as_u16(), service.raw().headers());
                let echoes = |text: &&str| self.echo.is_in(text.as_bytes());
                let region = headers.get("x-amz-bucket-region").filter(|text| !echoes(text));
                let region = region.and_then(|text| Region::parse(text).ok());
                let code = service.err().code().unwrap_or_default();
                let message = service.err().message().unwrap_or_default();
                let message = if echoes(&message) { REPEATED } else { message };
                meaning(action, (status, code, message), region, &self.echo)
            }
            _ if is_repeated(&error) => AskError::Unexpected { action },
            SdkError::TimeoutError(_)
            | SdkError::DispatchFailure(_)
            | SdkError::ResponseError(_) => AskError::Unreachable,
            _ => AskError::Unexpected { action },
        }
    }
}

fn meaning(
    action: &'static str,
    (status, code, message): (u16, &str, &str),
    region: Option<Region>,
    echo: &Echo,
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
            AskError::Quota { what: ErrorCode::of(code, echo) }
        }
        _ if code.ends_with("InUse") => AskError::InUse,
        _ if code.ends_with("AlreadyExists") => AskError::IsThere,
        _ if code.starts_with("NoSuch") => AskError::NotThere,
        // The answer to HEAD and to some redirects has no body.
        "" if status == 301 => AskError::WrongRegion { region },
        "" if status == 403 => AskError::NotAllowed { action: action.to_owned() },
        _ if status >= 500 => AskError::Busy,
        _ => {
            let code = ErrorCode::of(code, echo);
            AskError::Refused { action, code, message: shown(message) }
        }
    }
}

/// Whether an answer was given up because it repeats a part of the login.
fn is_repeated(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<Repeated>())
}

/// The action that IAM names in its refusal, `service:Action`; it may be another than the one that was
/// asked for.
fn denied(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("not authorized to perform: ")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ':' | '-'));
    let action = rest.get(..end.unwrap_or(rest.len()))?;
    let (service, verb) = action.split_once(':')?;
    let is_service = (1..=32).contains(&service.len())
        && service.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let is_verb = (1..=64).contains(&verb.len()) && verb.bytes().all(|b| b.is_ascii_alphabetic());
    (is_service && is_verb).then_some(action)
}

/// AWS's words as they may be shown: in one line, all of it visible, not endless, and without what may be
/// a secret, whosever it is.
fn shown(text: &str) -> String {
    let shown = secrecy::redacted(text).split_whitespace().collect::<Vec<_>>().join(" ");
    foreign::shown(shown.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, message: &str) -> AskError {
        let credentials = Credentials::new("AKIAOWN", "ownSecretAccessKey0", None, None, "test");
        let region = Region::parse("eu-west-1").ok();
        let answer = (400, code, message);
        meaning("cloudfront:CreateKeyGroup", answer, region, &Echo::of(&credentials))
    }

    #[test]
    fn each_has_its_meaning() {
        let not_allowed = |action: &str| AskError::NotAllowed { action: action.to_owned() };
        let quota = |what: &str| AskError::Quota { what: ErrorCode(what.to_owned()) };
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
            (
                "PermanentRedirect",
                "",
                AskError::WrongRegion { region: Region::parse("eu-west-1").ok() },
            ),
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
        assert_eq!(message, "The key …[hidden], or …[hidden]");
    }

    #[test]
    fn what_is_no_code_and_no_action_is_not_shown() {
        let unknown = |code: &str| match of(code, "no") {
            AskError::Refused { code, .. } | AskError::Quota { what: code } => {
                code.as_str() == "Unknown"
            }
            other => panic!("{other:?}"),
        };
        for code in [
            "Odd code",
            "Odd\u{1b}[2J",
            "Odd\u{202e}",
            "TooMany\nLines",
            "ownSecretAccessKey0",
            "TooManyownSecretAccessKey0",
            "AKIAIOSFODNN7EXAMPLE",
            &"a".repeat(65),
            &"0f".repeat(32),
        ] {
            assert!(unknown(code), "{code}");
        }
        assert!(!unknown("Client.Odd2"));
        let own = AskError::NotAllowed { action: "cloudfront:CreateKeyGroup".to_owned() };
        for action in [
            "AKIAIOSFODNN7EXAMPLE:x",
            "s3:",
            "s3:a1",
            "s3",
            "S3:GetObject",
            &format!("s3:{}", "a".repeat(65)),
        ] {
            let message = format!("User is not authorized to perform: {action} on x");
            assert_eq!(of("AccessDenied", &message), own, "{action}");
        }
        let message = "is not authorized to perform: kms:Decrypt on x";
        assert_eq!(
            of("AccessDenied", message),
            AskError::NotAllowed { action: "kms:Decrypt".into() }
        );
    }

    #[test]
    fn no_access_key_and_no_signature_is_said_whosever_it_is() {
        for secret in [
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "wJalrXUtnFEMI+K7MDENG+bPxRfiCYEXAMPLEKEY",
            "4f1a3c1bd0f8e0c6a5b44f1a3c1bd0f8e0c6a5b44f1a3c1bd0f8e0c6a5b44f1a",
        ] {
            let AskError::Refused { message, .. } =
                of("Odd", &format!("Not {secret}, Signature={secret}."))
            else {
                panic!("{secret}");
            };
            assert!(!message.contains(secret) && message.starts_with("Not …[hidden]"), "{message}");
        }
        let AskError::Refused { message, .. } = of("Odd", "a\u{202e}b\u{1b}c") else { panic!() };
        assert_eq!(message, "a[U+202E]b[U+001B]c");
    }
}
