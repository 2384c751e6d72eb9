//! What an answer of AWS's means where it did not do what it was asked.

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use signet_app::setup::{AskError, ErrorCode};
use signet_cloudfront::{foreign, secrecy};
use signet_setup::Region;

use crate::echo::{Echo, Repeated};

/// In the place of words that repeat a part of the login.
const REPEATED: &str = "what it says repeats a part of the login and is left out";

/// What AWS was sent with and may repeat in its words, but nobody is shown.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) echo: Echo,
    /// Whether it is an access key that was given to Signet, and none of this computer's logins.
    is_access_key: bool,
}

impl Login {
    pub(crate) fn of(credentials: &Credentials) -> Self {
        Self { echo: Echo::of(credentials), is_access_key: false }
    }

    pub(crate) fn of_access_key(credentials: &Credentials) -> Self {
        Self { is_access_key: true, ..Self::of(credentials) }
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
                match refused_access_key(code) {
                    Some(refused) if self.is_access_key => refused,
                    _ => meaning(action, (status, code, message), region, &self.echo),
                }
            }
            _ if is_repeated(&error) => AskError::Unexpected { action },
            // A login that is asked for anew in the middle and is not given any more.
            _ if is_of_the_login(&error) => AskError::LoginExpired,
            SdkError::TimeoutError(_)
            | SdkError::DispatchFailure(_)
            | SdkError::ResponseError(_) => AskError::Unreachable,
            _ => AskError::Unexpected { action },
        }
    }
}

/// What a code says of an access key. One that was made inactive is as unknown to AWS as one that was deleted.
fn refused_access_key(code: &str) -> Option<AskError> {
    match code {
        "InvalidAccessKeyId" | "InvalidClientTokenId" | "UnrecognizedClientException" => {
            Some(AskError::AccessKeyUnknown)
        }
        "SignatureDoesNotMatch" | "InvalidSignatureException" => Some(AskError::AccessKeyMismatch),
        _ => None,
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
        | "RequestTimeout"
        | "ServiceUnavailable" => AskError::Busy,
        _ if code.starts_with("TooMany") || code.ends_with("LimitExceeded") => {
            AskError::Quota { what: code_of(code, echo) }
        }
        _ if code.ends_with("InUse") => AskError::InUse,
        _ if code.ends_with("AlreadyExists") => AskError::IsThere,
        _ if code.starts_with("NoSuch") => AskError::NotThere,
        // The answer to HEAD and to some redirects has no body.
        "NotFound" => AskError::NotThere,
        "" if status == 301 => AskError::WrongRegion { region },
        "" if status == 403 => AskError::NotAllowed { action: action.to_owned() },
        _ if status >= 500 && code != "NotImplemented" => AskError::Busy,
        _ => {
            let code = code_of(code, echo);
            AskError::Refused { action, code, message: shown(message) }
        }
    }
}

/// What is no code, or repeats a part of the login, is unknown.
fn code_of(text: &str, echo: &Echo) -> ErrorCode {
    let code = ErrorCode::parse(text).filter(|_| !echo.is_in(text.as_bytes()));
    code.unwrap_or_else(ErrorCode::unknown)
}

/// Whether an answer was given up because it repeats a part of the login.
fn is_repeated(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<Repeated>())
}

/// Whether nothing was asked, for there are no credentials.
fn is_of_the_login(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(|error| error.is::<CredentialsError>())
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
        let quota = |what: &str| AskError::Quota { what: ErrorCode::parse(what).unwrap() };
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
    fn of_an_access_key_it_is_told_what_is_wrong_with_it() {
        for (code, expected) in [
            ("InvalidAccessKeyId", Some(AskError::AccessKeyUnknown)),
            ("InvalidClientTokenId", Some(AskError::AccessKeyUnknown)),
            ("UnrecognizedClientException", Some(AskError::AccessKeyUnknown)),
            ("SignatureDoesNotMatch", Some(AskError::AccessKeyMismatch)),
            ("InvalidSignatureException", Some(AskError::AccessKeyMismatch)),
            ("AccessDenied", None),
            ("RequestTimeTooSkewed", None),
        ] {
            assert_eq!(refused_access_key(code), expected, "{code}");
            // Of a login of this computer it is as before.
            let is_login = of(code, "") == AskError::LoginExpired;
            assert_eq!(is_login, expected.is_some(), "{code}");
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
