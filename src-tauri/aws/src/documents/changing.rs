//! Documents that are there already: another name, away, back again, and what CloudFront's caches are told.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_sdk_cloudfront::types::{InvalidationBatch, Paths};
use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::types::{MetadataDirective, StorageClass, TaggingDirective};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use signet_app::documents::{
    AskError, DocumentKey, ETag, RemoveError, Removed, RenameError, Renamed, RestoreError,
    ServedAs, StoredDocument, Undo, UploadToken, VersionId,
};
use signet_cloudfront::address::DocumentAddress;
use signet_setup::DistributionId;

use super::Documents;
use super::listing::GET;
use super::refusal::Refusal;
use super::sending::PUT;

const DELETE: &str = "s3:DeleteObject";
const DELETE_VERSION: &str = "s3:DeleteObjectVersion";
const INVALIDATE: &str = "cloudfront:CreateInvalidation";

/// S3 copies no more in one step.
const MAX_COPIED: u64 = 5 << 30;

/// A key in the header that names what is copied.
const SOURCE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

impl Documents {
    pub(super) async fn copy_and_remove(
        &self,
        document: &StoredDocument,
        to: &DocumentKey,
    ) -> Result<Renamed, RenameError> {
        if document.size > MAX_COPIED {
            return Err(RenameError::TooLarge { size: document.size, most: MAX_COPIED });
        }
        let head = self
            .s3
            .head_object()
            .bucket(self.bucket())
            .key(document.key.as_str())
            .if_match(document.etag.quoted())
            .send()
            .await;
        let head = match head.map_err(|error| self.refusal(GET, error)) {
            Ok(head) => head,
            Err(refusal) => return Err(self.not_renamed(document, to, refusal, GET).await),
        };
        let renamed = match self.copy(document, to, head).await {
            Ok(renamed) => renamed,
            Err(refusal) => return Err(self.not_renamed(document, to, refusal, PUT).await),
        };
        match self.take_away(document).await {
            Ok(Removed { undo }) => Ok(Renamed { document: renamed, undo }),
            Err(why) => Err(RenameError::HasBoth { document: renamed, why }),
        }
    }

    async fn copy(
        &self,
        document: &StoredDocument,
        to: &DocumentKey,
        head: HeadObjectOutput,
    ) -> Result<StoredDocument, Refusal> {
        let source = utf8_percent_encode(document.key.as_str(), SOURCE);
        let source = format!("{}/{source}", self.bucket());
        // A copy keeps neither, unless that is said.
        let expires = head.expires_string().and_then(|text| {
            use aws_smithy_types::date_time::{DateTime, Format};
            DateTime::from_str(text, Format::HttpDate).ok()
        });
        let class = head.storage_class().map(|class| StorageClass::from(class.as_str()));
        let copied = self
            .sending
            .copy_object()
            .bucket(self.bucket())
            .key(to.as_str())
            .copy_source(source)
            .copy_source_if_match(document.etag.quoted())
            .if_none_match("*")
            // Readers get it under its new name; all else stays.
            .metadata_directive(MetadataDirective::Replace)
            .content_disposition(ServedAs::disposition_of(to))
            .set_content_type(head.content_type)
            .set_content_encoding(head.content_encoding)
            .set_content_language(head.content_language)
            .set_cache_control(head.cache_control)
            .set_expires(expires)
            .set_website_redirect_location(head.website_redirect_location)
            .set_metadata(head.metadata)
            .set_storage_class(class)
            .tagging_directive(TaggingDirective::Copy)
            .send()
            .await
            .map_err(|error| self.refusal(PUT, error))?;
        let result = copied.copy_object_result();
        let unexpected = || Refusal::Other(AskError::Unexpected { action: PUT });
        let etag = result.and_then(|result| result.e_tag()).and_then(ETag::parse);
        let modified = result.and_then(|result| result.last_modified()).map(|at| at.secs());
        Ok(StoredDocument {
            key: to.clone(),
            size: document.size,
            modified: modified.unwrap_or_else(now),
            etag: etag.ok_or_else(unexpected)?,
        })
    }

    async fn not_renamed(
        &self,
        document: &StoredDocument,
        to: &DocumentKey,
        refusal: Refusal,
        action: &'static str,
    ) -> RenameError {
        match refusal {
            Refusal::Condition | Refusal::NoDocument => {
                let there = match self.look_at(&document.key).await {
                    Ok(there) => there,
                    Err(error) => return error.into(),
                };
                if there.as_ref().map(|there| &there.etag) != Some(&document.etag) {
                    return RenameError::ChangedMeanwhile { there };
                }
                match self.look_at(to).await {
                    Ok(Some(there)) => RenameError::AlreadyThere { there },
                    Ok(None) => AskError::Conflict.into(),
                    Err(error) => error.into(),
                }
            }
            Refusal::Kms(key) => RenameError::KmsKey { key },
            Refusal::TooLarge => RenameError::TooLarge { size: document.size, most: MAX_COPIED },
            refusal => refusal.into_ask(action).into(),
        }
    }

    pub(super) async fn take_away(
        &self,
        document: &StoredDocument,
    ) -> Result<Removed, RemoveError> {
        let removed = self
            .s3
            .delete_object()
            .bucket(self.bucket())
            .key(document.key.as_str())
            .if_match(document.etag.quoted())
            .send()
            .await;
        match removed.map_err(|error| self.refusal(DELETE, error)) {
            Ok(removed) => {
                let marker = removed.version_id().and_then(VersionId::parse);
                let marker = marker.filter(|_| removed.delete_marker() == Some(true));
                let key = document.key.clone();
                Ok(Removed { undo: marker.map(|marker| Undo { key, marker }) })
            }
            Err(Refusal::Condition | Refusal::NoDocument) => {
                let there = self.look_at(&document.key).await?;
                Err(RemoveError::ChangedMeanwhile { there })
            }
            Err(refusal) => Err(refusal.into_ask(DELETE).into()),
        }
    }

    pub(super) async fn bring_back(&self, undo: &Undo) -> Result<StoredDocument, RestoreError> {
        if self.look_at(&undo.key).await?.is_some() {
            return Err(RestoreError::NotKept);
        }
        let removed = self
            .s3
            .delete_object()
            .bucket(self.bucket())
            .key(undo.key.as_str())
            .version_id(undo.marker.as_str())
            .send()
            .await;
        match removed.map_err(|error| self.refusal(DELETE_VERSION, error)) {
            Ok(_) | Err(Refusal::NoDocument) => {}
            Err(refusal) => return Err(refusal.into_ask(DELETE_VERSION).into()),
        }
        self.look_at(&undo.key).await?.ok_or(RestoreError::NotKept)
    }

    pub(super) async fn tell_caches(
        &self,
        distribution: &DistributionId,
        document: &DocumentAddress,
    ) -> Result<(), AskError> {
        let path = document.path().split('?').next().unwrap_or_default();
        let unexpected = |_| AskError::Unexpected { action: INVALIDATE };
        let paths = Paths::builder().quantity(1).items(path).build().map_err(unexpected)?;
        let batch = InvalidationBatch::builder()
            .paths(paths)
            // The same once more is the same invalidation to CloudFront.
            .caller_reference(format!("signet-{}", UploadToken::random()))
            .build()
            .map_err(unexpected)?;
        self.cloudfront
            .create_invalidation()
            .distribution_id(distribution.as_str())
            .invalidation_batch(batch)
            .send()
            .await
            .map_err(|error| self.refused(INVALIDATE, error))?;
        Ok(())
    }
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}
