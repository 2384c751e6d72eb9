//! What S3 refuses for a document, as far as it is another thing than a mere refusal.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use signet_app::documents::{AskError, KmsKey};

use super::Documents;
use super::secure::Insecure;
use crate::error::Login;

/// What S3 says to a change of a document.
pub(super) enum Refusal {
    /// The condition does not hold: something else is there than is meant.
    Condition,
    /// Somebody changes the same document in this moment.
    AtOnce,
    /// There is no such document.
    NoDocument,
    /// There is no such upload in parts any more.
    NoUpload,
    /// A key of KMS's cannot be used.
    Kms(Option<KmsKey>),
    /// Too many bytes.
    TooLarge,
    /// Everything else.
    Other(AskError),
}

/// What an error of a call means; `action` is what IAM calls it.
pub(super) fn refusal<E: ProvideErrorMetadata + std::error::Error + 'static>(
    login: &Login,
    action: &'static str,
    error: SdkError<E, HttpResponse>,
) -> Refusal {
    if let SdkError::ServiceError(service) = &error {
        let status = service.raw().status().as_u16();
        let code = service.err().code().unwrap_or_default();
        let message = service.err().message().unwrap_or_default();
        match (status, code) {
            (412, _) | (_, "PreconditionFailed") => return Refusal::Condition,
            (_, "ConditionalRequestConflict" | "OperationAborted") => return Refusal::AtOnce,
            (_, "NoSuchKey" | "NotFound") => return Refusal::NoDocument,
            (_, "NoSuchUpload") => return Refusal::NoUpload,
            (_, "EntityTooLarge") => return Refusal::TooLarge,
            _ if is_of_kms(code, message) => {
                let is_echo = login.echo.is_in(message.as_bytes());
                return Refusal::Kms(KmsKey::in_words(message).filter(|_| !is_echo));
            }
            _ => {}
        }
    }
    Refusal::Other(refused(login, action, error))
}

/// The same where nothing but a mere refusal is to be expected.
fn refused<E: ProvideErrorMetadata + std::error::Error + 'static>(
    login: &Login,
    action: &'static str,
    error: SdkError<E, HttpResponse>,
) -> AskError {
    let first: &(dyn std::error::Error + 'static) = &error;
    let mut causes = std::iter::successors(Some(first), |error| error.source());
    match causes.any(|error| error.is::<Insecure>()) {
        true => AskError::LoginUnusable,
        false => login.refused(action, error),
    }
}

impl Documents {
    pub(super) fn refusal<E: ProvideErrorMetadata + std::error::Error + 'static>(
        &self,
        action: &'static str,
        error: SdkError<E, HttpResponse>,
    ) -> Refusal {
        refusal(&self.login, action, error)
    }

    pub(super) fn refused<E: ProvideErrorMetadata + std::error::Error + 'static>(
        &self,
        action: &'static str,
        error: SdkError<E, HttpResponse>,
    ) -> AskError {
        refused(&self.login, action, error)
    }
}

impl Refusal {
    /// As an answer that was not done, where none of the others is to be expected.
    pub(super) fn into_ask(self, action: &'static str) -> AskError {
        match self {
            Self::Condition | Self::AtOnce => AskError::Conflict,
            Self::NoDocument | Self::NoUpload => AskError::NotThere,
            Self::Kms(_) => {
                AskError::NotAllowed { action: "kms:Decrypt".to_owned(), denied_by: None }
            }
            Self::TooLarge => AskError::Unexpected { action },
            Self::Other(error) => error,
        }
    }
}

fn is_of_kms(code: &str, message: &str) -> bool {
    code.starts_with("KMS.")
        || matches!(code, "AccessDenied" | "AccessDeniedException")
            && message.contains("not authorized to perform: kms:")
}

#[cfg(test)]
mod tests {
    use super::is_of_kms;

    #[test]
    fn what_the_encryption_refuses_is_told_from_what_the_bucket_refuses() {
        let kms = "User: a is not authorized to perform: kms:GenerateDataKey on resource: b";
        assert!(is_of_kms("AccessDenied", kms));
        for code in
            ["KMS.DisabledException", "KMS.NotFoundException", "KMS.KMSInvalidStateException"]
        {
            assert!(is_of_kms(code, ""), "{code}");
        }
        let s3 = "User: a is not authorized to perform: s3:PutObject on resource: b";
        assert!(!is_of_kms("AccessDenied", s3));
        assert!(!is_of_kms("AccessDenied", "Access Denied"));
        assert!(!is_of_kms("InvalidRequest", kms));
    }
}
