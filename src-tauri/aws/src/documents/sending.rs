//! A file on its way up: what is done first after whatever ended the time before, and a small file in one piece.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use crc_fast::CrcAlgorithm::Crc64Nvme;
use signet_app::documents::{
    AskError, ETag, FileTrouble, Guard, LocalFile, MAX_DOCUMENT_BYTES, PutError, ServedAs,
    StoredDocument, Upload, UploadState, UploadWatch,
};

use super::Documents;
use super::body::{self, Gone};
use super::listing::TOKEN;
use super::refusal::Refusal;

pub(super) const PUT: &str = "s3:PutObject";

/// A file of at most so many bytes goes in one piece.
pub(super) const WHOLE: u64 = 8 << 20;

/// So much of a file says what kind it is.
const BEGINNING: usize = 8 << 10;

/// So often it is looked whether to stop, and told how far it is.
pub(super) const TICK: Duration = Duration::from_millis(150);

/// So often a change is asked for again that somebody else made at the same time.
const TIMES: u32 = 4;

/// Between two of these.
const PAUSE: Duration = Duration::from_millis(400);

/// What S3 is asked to compare.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    crc_fast::checksum(Crc64Nvme, bytes)
}

/// As S3 writes it.
pub(super) fn in_base64(checksum: u64) -> String {
    STANDARD.encode(checksum.to_be_bytes())
}

/// Does what waits for the disk where nobody else waits for it.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileTrouble> + Send + 'static,
) -> Result<T, FileTrouble> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(FileTrouble::Unreadable))
}

impl Documents {
    pub(super) async fn send<F: LocalFile + 'static>(
        &self,
        upload: &mut Upload,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Result<StoredDocument, PutError> {
        let size = upload.file.size;
        if size > MAX_DOCUMENT_BYTES {
            return Err(PutError::TooLarge { size, most: MAX_DOCUMENT_BYTES });
        }
        // Whatever became of the file, a document that is there is there.
        if let Some(there) = self.by_an_earlier_time(upload).await? {
            watch.sent(size);
            return Ok(there);
        }
        upload.file.compare(file.facts())?;
        let same = Arc::clone(&file);
        on_disk(move || same.check()).await?;
        if size > WHOLE {
            return self.send_in_parts(upload, file, watch).await;
        }
        self.send_whole(upload, file, watch).await
    }

    /// The document, where an earlier time has put it there: also one that was killed, whose last call S3 does when
    /// nobody waits for it any more.
    pub(super) async fn by_an_earlier_time(
        &self,
        upload: &Upload,
    ) -> Result<Option<StoredDocument>, AskError> {
        match upload.is_begun() {
            true => self.with_token(&upload.key, &upload.token).await,
            false => Ok(None),
        }
    }

    async fn send_whole<F: LocalFile + 'static>(
        &self,
        upload: &mut Upload,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Result<StoredDocument, PutError> {
        let length = usize::try_from(upload.file.size).map_err(|_| FileTrouble::Unreadable)?;
        let bytes = on_disk(move || {
            let mut bytes = vec![0; length];
            file.read_at(0, &mut bytes)?;
            // What was read belongs together only if nothing was changed meanwhile.
            file.check().map(|()| Bytes::from(bytes))
        })
        .await?;
        if watch.is_stopped() {
            return Err(PutError::Stopped { is_gone: true });
        }
        upload.state = UploadState::Sending;
        watch.keep(upload)?;
        let mut times = 0;
        loop {
            let refusal = match self.put_whole(upload, bytes.clone(), watch).await {
                Some(Ok(etag)) => return Ok(self.just_put(upload, etag).await?),
                Some(Err(refusal)) => refusal,
                None => return self.stopped(upload).await,
            };
            times += 1;
            if matches!(refusal, Refusal::AtOnce) && times < TIMES {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            return match self.outcome(upload, refusal).await? {
                Some(there) => Ok(there),
                None => Err(AskError::Unexpected { action: PUT }.into()),
            };
        }
    }

    /// Asks once; `None` where it was stopped.
    async fn put_whole(
        &self,
        upload: &Upload,
        bytes: Bytes,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Option<Result<Option<ETag>, Refusal>> {
        let beginning = bytes.get(..bytes.len().min(BEGINNING)).unwrap_or_default();
        let served = ServedAs::of(&upload.key, beginning);
        let (if_none_match, if_match) = conditions(&upload.guard);
        let gone = Gone::default();
        let asked = self
            .sending
            .put_object()
            .bucket(self.bucket())
            .key(upload.key.as_str())
            .content_type(served.content_type)
            .content_disposition(served.disposition)
            .set_metadata(Some(metadata(upload)))
            .checksum_crc64_nvme(in_base64(checksum(&bytes)))
            .content_length(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
            .set_if_none_match(if_none_match)
            .set_if_match(if_match)
            .body(body::stream(bytes, &gone))
            .send();
        tokio::pin!(asked);
        loop {
            tokio::select! {
                answer = &mut asked => {
                    let answer = answer.map_err(|error| self.refusal(PUT, error));
                    watch.sent(upload.file.size);
                    return Some(answer.map(|put| put.e_tag().and_then(ETag::parse)));
                }
                () = tokio::time::sleep(TICK) => {
                    if watch.is_stopped() {
                        return None;
                    }
                    watch.sent(gone.bytes().min(upload.file.size));
                }
            }
        }
    }

    /// What became of an upload in one piece that was stopped on its way.
    async fn stopped(&self, upload: &Upload) -> Result<StoredDocument, PutError> {
        match self.with_token(&upload.key, &upload.token).await {
            // It was too late.
            Ok(Some(there)) => Ok(there),
            Ok(None) => Err(PutError::Stopped { is_gone: true }),
            Err(_) => Err(PutError::Stopped { is_gone: false }),
        }
    }

    /// What a refusal of the document means: that it is there already by an attempt whose answer was lost, or why it
    /// is not. `None` where there is no upload of that id any more, and no document by it.
    pub(super) async fn outcome(
        &self,
        upload: &Upload,
        refusal: Refusal,
    ) -> Result<Option<StoredDocument>, PutError> {
        let is_unclear = matches!(
            refusal,
            Refusal::Condition | Refusal::NoUpload | Refusal::Other(AskError::Unreachable)
        );
        if is_unclear {
            match self.by_an_earlier_time(upload).await {
                Ok(Some(there)) => return Ok(Some(there)),
                Ok(None) => {}
                // Nothing is known then; the next time it is looked for.
                Err(_) if matches!(refusal, Refusal::Other(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let error = match refusal {
            Refusal::NoUpload => return Ok(None),
            Refusal::Condition | Refusal::NoDocument => {
                let there = self.look_at(&upload.key).await?;
                match (&upload.guard, there) {
                    (Guard::New, Some(there)) => PutError::AlreadyThere { there },
                    // It was there a moment ago.
                    (Guard::New, None) => AskError::Conflict.into(),
                    (Guard::Replaces(_), there) => PutError::ChangedMeanwhile { there },
                }
            }
            Refusal::Kms(key) => PutError::KmsKey { key },
            Refusal::TooLarge => {
                PutError::TooLarge { size: upload.file.size, most: MAX_DOCUMENT_BYTES }
            }
            refusal @ (Refusal::AtOnce | Refusal::Other(_)) => refusal.into_ask(PUT).into(),
        };
        Err(error)
    }

    /// A document that S3 has just taken. It does not say when.
    pub(super) async fn just_put(
        &self,
        upload: &Upload,
        etag: Option<ETag>,
    ) -> Result<StoredDocument, AskError> {
        let Some(etag) = etag else {
            let there = self.look_at(&upload.key).await?;
            return there.ok_or(AskError::Unexpected { action: PUT });
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(StoredDocument {
            key: upload.key.clone(),
            size: upload.file.size,
            modified: i64::try_from(now.as_secs()).unwrap_or(i64::MAX),
            etag,
        })
    }
}

/// `If-None-Match` and `If-Match`.
pub(super) fn conditions(guard: &Guard) -> (Option<String>, Option<String>) {
    match guard {
        Guard::New => (Some("*".to_owned()), None),
        Guard::Replaces(etag) => (None, Some(etag.quoted())),
    }
}

pub(super) fn metadata(upload: &Upload) -> HashMap<String, String> {
    HashMap::from([(TOKEN.to_owned(), upload.token.as_str().to_owned())])
}

/// What a file begins with.
pub(super) async fn beginning<F: LocalFile + 'static>(
    file: Arc<F>,
    size: u64,
) -> Result<Vec<u8>, FileTrouble> {
    let length = usize::try_from(size).unwrap_or(BEGINNING).min(BEGINNING);
    on_disk(move || {
        let mut bytes = vec![0; length];
        file.read_at(0, &mut bytes).map(|()| bytes)
    })
    .await
}
