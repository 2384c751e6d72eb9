//! What a login may do with documents, seen without changing anything.
//!
//! AWS looks at permissions before it looks at what is asked for. So what needs a permission is asked for where there is
//! nothing that it could be done to: with an upload in parts that never began, whatever the storage answers, nothing can
//! come of it. Deliberately not here: removing with a name that is not there, which leaves a mark in a bucket that keeps
//! old versions, and an invalidation, which is one however wrong it is. Of these it is said that they were not seen.

use aws_sdk_s3::primitives::ByteStream;
use signet_app::documents::{AskError, DocumentLogin, Folder, StoragePlace, UploadToken};
use signet_setup::document_access::{DocumentAccess, DocumentAction, Seen};

use super::Documents;
use super::listing::GET;
use super::parts::ABORT;
use super::refusal::Refusal;
use super::sending::PUT;
use crate::account::configured_for;

const WHO: &str = "sts:GetCallerIdentity";

impl Documents {
    /// Looks what may be done in a folder. Nothing is changed.
    pub(crate) async fn access(
        &self,
        login: &DocumentLogin,
        place: &StoragePlace,
        folder: &Folder,
    ) -> Result<DocumentAccess, AskError> {
        let account = match login {
            DocumentLogin::OfComputer(_) => None,
            DocumentLogin::AccessKey { .. } => Some(caller(login, place).await?),
        };
        // The first one says whether anything is reached at all.
        let list = match self.list_folder(folder, None, 1).await {
            Ok(_) => Seen::Allowed,
            Err(AskError::NotAllowed { .. }) => Seen::Refused,
            Err(error) => return Err(error),
        };
        let never = format!("{folder}signet-{}", UploadToken::random());
        let seen = vec![
            (DocumentAction::List, list),
            (DocumentAction::Put, self.may_put(&never).await),
            (DocumentAction::Read, self.may_read(&never, list).await),
            (DocumentAction::Abort, self.may_abort(&never).await),
            (DocumentAction::Remove, Seen::NotSeen),
            (DocumentAction::Invalidate, Seen::NotSeen),
        ];
        Ok(DocumentAccess { account, seen })
    }

    async fn may_put(&self, never: &str) -> Seen {
        let part = self
            .s3
            .upload_part()
            .bucket(self.bucket())
            .key(never)
            .upload_id(UploadToken::random().as_str())
            .part_number(1)
            .body(ByteStream::from_static(b"-"));
        seen(part.send().await.map(drop).map_err(|error| self.refusal(PUT, error)))
    }

    async fn may_abort(&self, never: &str) -> Seen {
        let abort = self
            .s3
            .abort_multipart_upload()
            .bucket(self.bucket())
            .key(never)
            .upload_id(UploadToken::random().as_str());
        seen(abort.send().await.map(drop).map_err(|error| self.refusal(ABORT, error)))
    }

    /// Whoever may not see what is there is told of nothing that it is not there.
    async fn may_read(&self, never: &str, list: Seen) -> Seen {
        let head = self.s3.head_object().bucket(self.bucket()).key(never).send().await;
        match seen(head.map(drop).map_err(|error| self.refusal(GET, error))) {
            Seen::Refused if list != Seen::Allowed => Seen::NotSeen,
            seen => seen,
        }
    }
}

/// What an answer shows about what cannot have been done.
fn seen(answer: Result<(), Refusal>) -> Seen {
    match answer {
        Err(Refusal::NoUpload | Refusal::NoDocument) => Seen::Allowed,
        Err(Refusal::Other(AskError::NotAllowed { .. })) => Seen::Refused,
        Ok(()) | Err(_) => Seen::NotSeen,
    }
}

/// The number of the account that a login is of.
async fn caller(login: &DocumentLogin, place: &StoragePlace) -> Result<String, AskError> {
    let (config, hidden) = configured_for(login, &place.region).await?;
    let sts = aws_sdk_sts::config::Builder::from(&config).interceptor(hidden.echo.clone()).build();
    let identity = aws_sdk_sts::Client::from_conf(sts).get_caller_identity().send().await;
    let identity = identity.map_err(|error| hidden.refused(WHO, error))?;
    let is_number = |id: &String| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    identity.account.filter(is_number).ok_or(AskError::Unexpected { action: WHO })
}
