//! What an answer of AWS's means where it did not do what it was asked.

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use signet_app::setup::AskError;
use signet_setup::Region;

use crate::echo::{Echo, Repeated};
use crate::meaning::{Answer, meaning};

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
                    _ => meaning(action, &Answer { status, code, message, region }, &self.echo),
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

/// Whether an answer was given up because it repeats a part of the login.
fn is_repeated(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<Repeated>())
}

/// Whether nothing was asked, for there are no credentials.
fn is_of_the_login(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(|error| error.is::<CredentialsError>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_access_key_it_is_told_what_is_wrong_with_it() {
        let credentials = Credentials::new("AKIAOWN", "ownSecretAccessKey0", None, None, "test");
        let echo = Echo::of(&credentials);
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
            let is_login =
                meaning("s3:Any", &Answer { status: 400, code, message: "", region: None }, &echo)
                    == AskError::LoginExpired;
            assert_eq!(is_login, expected.is_some(), "{code}");
        }
    }
}
