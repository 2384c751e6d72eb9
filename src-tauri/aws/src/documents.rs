//! The documents of a site in their bucket: the port that the use cases ask, done with S3.
//!
//! Every change carries the condition under which it is meant (`If-None-Match`, `If-Match`), so that S3 itself refuses
//! what was not shown. The content of a document goes to S3 over TLS and nowhere else.

mod access;
mod body;
mod changing;
mod listing;
mod parts;
mod refusal;
mod secure;
mod sending;

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_s3::config::StalledStreamProtectionConfig;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use signet_app::documents::{
    AskError, DocumentKey, DocumentLogin, DocumentStore, DocumentStores, Folder, Listing,
    LocalFile, PageMark, PutError, RemoveError, Removed, RenameError, Renamed, RestoreError,
    StoragePlace, StoredDocument, Undo, Upload, UploadWatch,
};
use signet_cloudfront::address::DocumentAddress;
use signet_setup::DistributionId;

use crate::account::configured_for;
use crate::error;
use crate::port::Aws;
use secure::Secure;

/// A part takes a slow line minutes. A line that is dead is known sooner, by its bytes.
const LIMIT_OF_SENDING: Duration = Duration::from_secs(15 * 60);

/// So long no byte goes before a line is taken for dead.
const STALLED: Duration = Duration::from_secs(20);

/// So often a part is tried.
const ATTEMPTS: u32 = 4;

/// A bucket with documents. There is no `Debug`, for it has a login in it.
pub struct Documents {
    place: StoragePlace,
    login: error::Login,
    s3: aws_sdk_s3::Client,
    /// The same for what takes long: content on its way, and copies.
    sending: aws_sdk_s3::Client,
    cloudfront: aws_sdk_cloudfront::Client,
}

impl DocumentStores for Aws {
    type Store = Documents;

    async fn open(
        &self,
        login: &DocumentLogin,
        place: &StoragePlace,
    ) -> Result<Documents, AskError> {
        let (config, hidden) = configured_for(login, &place.region).await?;
        let s3 = aws_sdk_s3::config::Builder::from(&config)
            .interceptor(hidden.echo.clone())
            .interceptor(Secure)
            // A host of its own for each bucket is no name that a test's address has.
            .force_path_style(login.endpoint_url().is_some())
            .build();
        let long = TimeoutConfig::builder()
            .operation_attempt_timeout(LIMIT_OF_SENDING)
            .operation_timeout(LIMIT_OF_SENDING * ATTEMPTS)
            .build();
        let sending = s3
            .to_builder()
            .timeout_config(long)
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
            .stalled_stream_protection(
                StalledStreamProtectionConfig::enabled().grace_period(STALLED).build(),
            )
            .build();
        let cloudfront = aws_sdk_cloudfront::config::Builder::from(&config)
            .interceptor(hidden.echo.clone())
            .build();
        Ok(Documents {
            place: place.clone(),
            login: hidden,
            s3: aws_sdk_s3::Client::from_conf(s3),
            sending: aws_sdk_s3::Client::from_conf(sending),
            cloudfront: aws_sdk_cloudfront::Client::from_conf(cloudfront),
        })
    }
}

impl DocumentStore for Documents {
    async fn list(
        &self,
        folder: &Folder,
        after: Option<&PageMark>,
        most: u16,
    ) -> Result<Listing, AskError> {
        self.list_folder(folder, after, most).await
    }

    async fn look(&self, key: &DocumentKey) -> Result<Option<StoredDocument>, AskError> {
        self.look_at(key).await
    }

    async fn put<F: LocalFile + 'static>(
        &self,
        upload: &mut Upload,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Result<StoredDocument, PutError> {
        self.send(upload, file, watch).await
    }

    async fn abort(&self, upload: &Upload) -> Result<(), AskError> {
        self.take_back(upload).await
    }

    async fn rename(
        &self,
        document: &StoredDocument,
        to: &DocumentKey,
    ) -> Result<Renamed, RenameError> {
        self.copy_and_remove(document, to).await
    }

    async fn remove(&self, document: &StoredDocument) -> Result<Removed, RemoveError> {
        self.take_away(document).await
    }

    async fn restore(&self, undo: &Undo) -> Result<StoredDocument, RestoreError> {
        self.bring_back(undo).await
    }

    async fn invalidate(
        &self,
        distribution: &DistributionId,
        document: &DocumentAddress,
    ) -> Result<(), AskError> {
        self.tell_caches(distribution, document).await
    }
}

impl Documents {
    fn bucket(&self) -> &str {
        self.place.bucket.as_str()
    }
}
