//! A large file on its way up in parts, a few at once: whoever reads the bucket sees nothing of it until all are there.
//! What is there from an earlier time is asked of S3 and compared with the file, and not sent again.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_sdk_s3::Client;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart};
use bytes::Bytes;
use crc_fast::CrcAlgorithm::Crc64Nvme;
use md5::{Digest, Md5};
use signet_app::documents::{
    AskError, DocumentKey, ETag, FileTrouble, Guard, LocalFile, PutError, ServedAs, StoredDocument,
    Upload, UploadId, UploadState, UploadWatch,
};
use tokio::task::JoinSet;

use super::Documents;
use super::body::{self, Buffers, Gone};
use super::refusal::{Refusal, refusal};
use super::sending::{
    PUT, TICK, WHOLE, beginning, checksum, conditions, in_base64, metadata, on_disk,
};
use crate::pages::Pages;

pub(super) const ABORT: &str = "s3:AbortMultipartUpload";
const LIST_PARTS: &str = "s3:ListMultipartUploadParts";
const LIST_UPLOADS: &str = "s3:ListBucketMultipartUploads";

/// S3 takes no more of them.
const MAX_PARTS: u64 = 10_000;

/// So many bytes are in memory at once, but for one part at least.
const IN_MEMORY: u64 = 32 << 20;

/// A new upload is begun at most so often where S3 does not know the old one any more.
const TIMES: usize = 3;

/// An upload in parts that is stopped is asked to end so often, for a part may arrive after that.
const ABORTS: usize = 3;

/// How long each part of a file is, but for the last: 8 MiB, and more where there would be too many.
fn part_bytes(size: u64) -> u64 {
    const STEP: u64 = 1 << 20;
    size.div_ceil(MAX_PARTS).div_ceil(STEP).saturating_mul(STEP).max(WHOLE)
}

/// A part that S3 has.
#[derive(Debug, Clone)]
struct Listed {
    etag: String,
    size: u64,
    checksum: Option<String>,
}

/// A part of this file that S3 has.
struct Done {
    number: u64,
    etag: String,
    checksum: u64,
    length: u64,
}

/// Why a part is not there.
enum PartError {
    File(FileTrouble),
    Refused(Refusal),
}

/// How an attempt ended.
enum Ended {
    Put(StoredDocument),
    /// S3 does not know the upload any more.
    NoUpload,
}

impl Documents {
    pub(super) async fn send_in_parts<F: LocalFile + 'static>(
        &self,
        upload: &mut Upload,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Result<StoredDocument, PutError> {
        // S3 compares when all of it is there; nobody wants to wait for that.
        let there = self.look_at(&upload.key).await?;
        let is_as_shown = match &upload.guard {
            Guard::New => there.is_none(),
            Guard::Replaces(etag) => there.as_ref().map(|there| &there.etag) == Some(etag),
        };
        if !is_as_shown {
            let there = self.outcome(upload, Refusal::Condition).await?;
            return there.ok_or(AskError::Conflict.into());
        }
        if let UploadState::Asking { others: Some(others) } = &upload.state {
            self.abort_lost(&upload.key, others).await?;
        }
        for _ in 0..TIMES {
            let (id, part_bytes, listed) = match &upload.state {
                UploadState::Parts { id, part_bytes } => {
                    let (id, part_bytes) = (id.clone(), *part_bytes);
                    match self.listed_parts(&upload.key, &id).await? {
                        Some(listed) => (id, part_bytes, listed),
                        // It came to its end, or was ended.
                        None => match self.by_an_earlier_time(upload).await? {
                            Some(there) => return Ok(there),
                            None => {
                                upload.state = UploadState::Planned;
                                continue;
                            }
                        },
                    }
                }
                _ => {
                    if watch.is_stopped() {
                        return Err(PutError::Stopped { is_gone: true });
                    }
                    let (id, part_bytes) =
                        self.begin_parts(upload, Arc::clone(&file), watch).await?;
                    (id, part_bytes, BTreeMap::new())
                }
            };
            let all = AllParts { id, part_bytes, listed, buffers: Buffers::default() };
            match self.send_all(upload, &all, Arc::clone(&file), watch).await? {
                Ended::Put(there) => return Ok(there),
                Ended::NoUpload => upload.state = UploadState::Planned,
            }
        }
        Err(AskError::Conflict.into())
    }

    async fn begin_parts<F: LocalFile + 'static>(
        &self,
        upload: &mut Upload,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Result<(UploadId, u64), PutError> {
        let size = upload.file.size;
        let beginning = beginning(file, size).await?;
        let served = ServedAs::of(&upload.key, &beginning);
        // What comes to these is ours, should its id be lost.
        let others = match self.uploads_of(&upload.key).await {
            Ok(others) => Some(others),
            // Nor does every server that speaks as S3 does list them.
            Err(AskError::NotAllowed { .. } | AskError::Refused { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        upload.state = UploadState::Asking { others };
        watch.keep(upload)?;
        let begun = self
            .s3
            .create_multipart_upload()
            .bucket(self.bucket())
            .key(upload.key.as_str())
            .content_type(served.content_type)
            .content_disposition(served.disposition)
            .set_metadata(Some(metadata(upload)))
            .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
            .checksum_type(ChecksumType::FullObject)
            .send()
            .await;
        let begun = match begun.map_err(|error| self.refusal(PUT, error)) {
            Ok(begun) => begun,
            Err(Refusal::Kms(key)) => return Err(PutError::KmsKey { key }),
            Err(refusal) => return Err(refusal.into_ask(PUT).into()),
        };
        let id = begun.upload_id().and_then(UploadId::parse);
        let id = id.ok_or(AskError::Unexpected { action: PUT })?;
        let part_bytes = part_bytes(size);
        upload.state = UploadState::Parts { id: id.clone(), part_bytes };
        watch.keep(upload)?;
        Ok((id, part_bytes))
    }

    async fn send_all<F: LocalFile + 'static>(
        &self,
        upload: &Upload,
        all: &AllParts,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Result<Ended, PutError> {
        let count = upload.file.size.div_ceil(all.part_bytes);
        let at_once = (IN_MEMORY / all.part_bytes).max(1);
        let mut waiting = 1..=count;
        let mut going: JoinSet<Result<Done, PartError>> = JoinSet::new();
        let mut gone: BTreeMap<u64, Gone> = BTreeMap::new();
        let mut done: BTreeMap<u64, Done> = BTreeMap::new();
        let mut told = 0;
        loop {
            while (going.len() as u64) < at_once
                && let Some(number) = waiting.next()
            {
                let counter = Gone::default();
                gone.insert(number, counter.clone());
                going.spawn(self.part(upload, all, number, Arc::clone(&file), counter));
            }
            let ended = tokio::select! {
                ended = going.join_next() => ended,
                () = tokio::time::sleep(TICK) => {
                    if watch.is_stopped() {
                        going.shutdown().await;
                        let is_gone = self.abort_parts(&upload.key, &all.id).await.is_ok();
                        return Err(PutError::Stopped { is_gone });
                    }
                    let going: u64 = gone.values().map(Gone::bytes).sum();
                    let sent = done.values().map(|part| part.length).sum::<u64>() + going;
                    // A part that is sent anew does not take back what was told.
                    told = sent.min(upload.file.size).max(told);
                    watch.sent(told);
                    continue;
                }
            };
            let part = match ended {
                None => break,
                Some(Ok(part)) => part,
                Some(Err(_)) => Err(PartError::File(FileTrouble::Unreadable)),
            };
            match part {
                Ok(part) => {
                    gone.remove(&part.number);
                    done.insert(part.number, part);
                }
                Err(error) => {
                    going.shutdown().await;
                    return match error {
                        PartError::File(trouble) => Err(trouble.into()),
                        PartError::Refused(Refusal::NoUpload | Refusal::NoDocument) => {
                            self.ended(upload, Refusal::NoUpload).await
                        }
                        PartError::Refused(refusal) => self.ended(upload, refusal).await,
                    };
                }
            }
        }
        watch.sent(upload.file.size);
        // What was read at different times belongs together only if nothing was changed.
        on_disk(move || file.check()).await?;
        if watch.is_stopped() {
            let is_gone = self.abort_parts(&upload.key, &all.id).await.is_ok();
            return Err(PutError::Stopped { is_gone });
        }
        self.complete(upload, all, &done).await
    }

    /// One part: read, compared with what S3 has of it, and sent where that is something else.
    fn part<F: LocalFile + 'static>(
        &self,
        upload: &Upload,
        all: &AllParts,
        number: u64,
        file: Arc<F>,
        gone: Gone,
    ) -> impl Future<Output = Result<Done, PartError>> + Send + 'static {
        let offset = (number - 1) * all.part_bytes;
        let length = all.part_bytes.min(upload.file.size - offset);
        let listed = all.listed.get(&number).filter(|listed| listed.size == length).cloned();
        let (client, login): (Client, _) = (self.sending.clone(), self.login.clone());
        let (bucket, key) = (self.bucket().to_owned(), upload.key.as_str().to_owned());
        let (id, buffers) = (all.id.as_str().to_owned(), all.buffers.clone());
        async move {
            let read = on_disk(move || {
                let size = usize::try_from(length).map_err(|_| FileTrouble::Unreadable)?;
                let mut bytes = buffers.take(size);
                file.read_at(offset, bytes.bytes_mut())?;
                let checksum = checksum(bytes.as_ref());
                let same = listed.filter(|listed| listed.is_of(bytes.as_ref(), checksum));
                Ok((Bytes::from_owner(bytes), checksum, same))
            });
            let (bytes, checksum, same) = read.await.map_err(PartError::File)?;
            if let Some(Listed { etag, .. }) = same {
                return Ok(Done { number, etag, checksum, length });
            }
            let sent = client
                .upload_part()
                .bucket(bucket)
                .key(key)
                .upload_id(id)
                .part_number(i32::try_from(number).unwrap_or(i32::MAX))
                .checksum_crc64_nvme(in_base64(checksum))
                .content_length(i64::try_from(length).unwrap_or(i64::MAX))
                .body(body::stream(bytes, &gone))
                .send()
                .await
                .map_err(|error| PartError::Refused(refusal(&login, PUT, error)))?;
            let unexpected = Refusal::Other(AskError::Unexpected { action: PUT });
            let etag = sent.e_tag().ok_or(PartError::Refused(unexpected))?.to_owned();
            Ok(Done { number, etag, checksum, length })
        }
    }

    /// All parts become the document.
    async fn complete(
        &self,
        upload: &Upload,
        all: &AllParts,
        done: &BTreeMap<u64, Done>,
    ) -> Result<Ended, PutError> {
        let parts = done.values().map(|part| {
            CompletedPart::builder()
                .part_number(i32::try_from(part.number).unwrap_or(i32::MAX))
                .e_tag(&part.etag)
                .checksum_crc64_nvme(in_base64(part.checksum))
                .build()
        });
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
        let whole = done.values().map(|part| (part.checksum, part.length)).reduce(
            |(before, length), (part, more)| {
                (crc_fast::checksum_combine(Crc64Nvme, before, part, more), length + more)
            },
        );
        let (if_none_match, if_match) = conditions(&upload.guard);
        let completed = self
            .sending
            .complete_multipart_upload()
            .bucket(self.bucket())
            .key(upload.key.as_str())
            .upload_id(all.id.as_str())
            .multipart_upload(parts)
            // What S3 has put together is what the file is.
            .checksum_type(ChecksumType::FullObject)
            .set_checksum_crc64_nvme(whole.map(|(checksum, _)| in_base64(checksum)))
            .mpu_object_size(i64::try_from(upload.file.size).unwrap_or(i64::MAX))
            .set_if_none_match(if_none_match)
            .set_if_match(if_match)
            .send()
            .await;
        match completed {
            Ok(put) => {
                let etag = put.e_tag().and_then(ETag::parse);
                Ok(Ended::Put(self.just_put(upload, etag).await?))
            }
            Err(error) => self.ended(upload, self.refusal(PUT, error)).await,
        }
    }

    async fn ended(&self, upload: &Upload, refusal: Refusal) -> Result<Ended, PutError> {
        let there = self.outcome(upload, refusal).await?;
        Ok(there.map_or(Ended::NoUpload, Ended::Put))
    }

    /// Takes back what an unfinished upload has in the bucket.
    pub(super) async fn take_back(&self, upload: &Upload) -> Result<(), AskError> {
        match &upload.state {
            UploadState::Planned | UploadState::Sending | UploadState::Asking { others: None } => {
                Ok(())
            }
            UploadState::Asking { others: Some(others) } => {
                self.abort_lost(&upload.key, others).await
            }
            UploadState::Parts { id, .. } => self.abort_parts(&upload.key, id).await,
        }
    }

    async fn abort_parts(&self, key: &DocumentKey, id: &UploadId) -> Result<(), AskError> {
        for _ in 0..ABORTS {
            let aborted = self
                .s3
                .abort_multipart_upload()
                .bucket(self.bucket())
                .key(key.as_str())
                .upload_id(id.as_str())
                .send()
                .await;
            match aborted.map_err(|error| self.refusal(ABORT, error)) {
                Ok(_) => {}
                Err(Refusal::NoUpload | Refusal::NoDocument) => return Ok(()),
                Err(refusal) => return Err(refusal.into_ask(ABORT)),
            }
            // A part that was on its way may have come after that.
            match self.listed_parts(key, id).await {
                Ok(None) | Err(AskError::NotAllowed { .. }) => return Ok(()),
                Ok(Some(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(AskError::Conflict)
    }

    /// Aborts what was begun for a key since, and has no part: an upload whose id was never written down has none.
    async fn abort_lost(&self, key: &DocumentKey, others: &[UploadId]) -> Result<(), AskError> {
        for id in self.uploads_of(key).await? {
            let is_empty = || async {
                let parts = self.listed_parts(key, &id).await?;
                Ok::<_, AskError>(parts.is_some_and(|parts| parts.is_empty()))
            };
            if !others.contains(&id) && is_empty().await? {
                self.abort_parts(key, &id).await?;
            }
        }
        Ok(())
    }

    /// The uploads in parts of a key that are not finished.
    async fn uploads_of(&self, key: &DocumentKey) -> Result<Vec<UploadId>, AskError> {
        let mut pages = Pages::of(LIST_UPLOADS);
        let (mut ids, mut marker, mut id_marker) = (vec![], None, None);
        loop {
            let page = self
                .s3
                .list_multipart_uploads()
                .bucket(self.bucket())
                .prefix(key.as_str())
                .set_key_marker(marker.take())
                .set_upload_id_marker(id_marker.take())
                .send()
                .await
                .map_err(|error| self.refused(LIST_UPLOADS, error))?;
            // Longer keys that begin with it come after it.
            let is_over = page.uploads().iter().any(|there| there.key() != Some(key.as_str()));
            let own = page.uploads().iter().filter(|there| there.key() == Some(key.as_str()));
            ids.extend(own.filter_map(|there| UploadId::parse(there.upload_id()?)));
            let next = page.next_upload_id_marker().filter(|_| page.is_truncated() == Some(true));
            match pages.next(page.uploads().len(), next.map(str::to_owned))? {
                Some(next) if !is_over => {
                    marker = page.next_key_marker().map(str::to_owned);
                    id_marker = Some(next);
                }
                _ => return Ok(ids),
            }
        }
    }

    /// The parts that S3 has of an upload; `None` where it does not know the upload.
    async fn listed_parts(
        &self,
        key: &DocumentKey,
        id: &UploadId,
    ) -> Result<Option<BTreeMap<u64, Listed>>, AskError> {
        let mut pages = Pages::of(LIST_PARTS);
        let (mut parts, mut marker) = (BTreeMap::new(), None);
        loop {
            let page = self
                .s3
                .list_parts()
                .bucket(self.bucket())
                .key(key.as_str())
                .upload_id(id.as_str())
                .set_part_number_marker(marker.take())
                .send()
                .await;
            let page = match page.map_err(|error| self.refusal(LIST_PARTS, error)) {
                Ok(page) => page,
                Err(Refusal::NoUpload | Refusal::NoDocument) => return Ok(None),
                Err(refusal) => return Err(refusal.into_ask(LIST_PARTS)),
            };
            for part in page.parts() {
                let number = part.part_number().and_then(|number| u64::try_from(number).ok());
                let size = part.size().and_then(|size| u64::try_from(size).ok());
                if let (Some(number), Some(size), Some(etag)) = (number, size, part.e_tag()) {
                    let checksum = part.checksum_crc64_nvme().map(str::to_owned);
                    parts.insert(number, Listed { etag: etag.to_owned(), size, checksum });
                }
            }
            let next = page.next_part_number_marker().filter(|_| page.is_truncated() == Some(true));
            match pages.next(page.parts().len(), next.map(str::to_owned))? {
                Some(next) => marker = Some(next),
                None => return Ok(Some(parts)),
            }
        }
    }
}

/// An upload in parts.
struct AllParts {
    id: UploadId,
    part_bytes: u64,
    /// What S3 has from an earlier time.
    listed: BTreeMap<u64, Listed>,
    buffers: Buffers,
}

impl Listed {
    /// Whether it is these bytes: by the checksum, or by the ETag where that is MD5's.
    fn is_of(&self, bytes: &[u8], checksum: u64) -> bool {
        if let Some(there) = &self.checksum {
            return *there == in_base64(checksum);
        }
        let hash: String = Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.etag.trim_matches('"').eq_ignore_ascii_case(&hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_few_enough_and_fit_into_memory() {
        const MIB: u64 = 1 << 20;
        for (size, length) in [
            (WHOLE + 1, 8 * MIB),
            (1 << 30, 8 * MIB),
            (5 << 30, 8 * MIB),
            (8 * MIB * MAX_PARTS, 8 * MIB),
            (8 * MIB * MAX_PARTS + 1, 9 * MIB),
            (5 << 40, 525 * MIB),
        ] {
            assert_eq!(part_bytes(size), length, "{size}");
            assert!(size.div_ceil(length) <= MAX_PARTS, "{size}");
            // S3 takes no larger one.
            assert!(length <= 5 << 30);
        }
    }

    #[test]
    fn parts_come_together_to_the_whole() {
        let bytes: Vec<u8> =
            (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let whole = checksum(&bytes);
        for length in [1, 7, 4_096, 99_999, 100_000] {
            let parts = bytes.chunks(length).map(|part| (checksum(part), part.len() as u64));
            let (joined, _) = parts
                .reduce(|(before, length), (part, more)| {
                    (crc_fast::checksum_combine(Crc64Nvme, before, part, more), length + more)
                })
                .unwrap();
            assert_eq!(joined, whole, "{length}");
        }
        // The check value of the catalogue of parametrised CRCs.
        assert_eq!(checksum(b"123456789"), 0xae8b_1486_0a79_9888);
    }

    #[test]
    fn a_part_is_told_from_another() {
        let listed = |etag: &str, checksum: Option<&str>| Listed {
            etag: etag.to_owned(),
            size: 3,
            checksum: checksum.map(str::to_owned),
        };
        let own = in_base64(checksum(b"abc"));
        let md5 = "\"900150983cd24fb0d6963f7d28e17f72\"";
        assert!(listed("\"x\"", Some(&own)).is_of(b"abc", checksum(b"abc")));
        assert!(!listed(md5, Some("AAAAAAAAAAA=")).is_of(b"abc", checksum(b"abc")));
        assert!(listed(md5, None).is_of(b"abc", checksum(b"abc")));
        assert!(!listed(md5, None).is_of(b"abd", checksum(b"abd")));
    }
}
