//! A site's storage, as a port: what is asked of it, whoever speaks to it.
//!
//! Every change names what was shown before it, and is refused by the storage itself where something else is there by
//! then. What a login needs for each (AWS's names): list and look `s3:ListBucket`; put `s3:PutObject`, in parts
//! `s3:AbortMultipartUpload` and `s3:ListMultipartUploadParts` besides, and `s3:ListBucketMultipartUploads` to find what
//! a killed program left; to replace, to rename and to see after a kill that a document is there `s3:GetObject`; remove
//! and rename `s3:DeleteObject`; undo `s3:DeleteObjectVersion`; and `cloudfront:CreateInvalidation`.

use std::sync::Arc;

use signet_cloudfront::address::DocumentAddress;
use signet_setup::DistributionId;
use thiserror::Error;

use super::etag::ETag;
use super::key::{DocumentKey, Folder, StoragePlace};
use super::local_file::{FileTrouble, LocalFile};
use super::upload::Upload;
use crate::ask_error::AskError;
use crate::login::DocumentLogin;
use crate::save_error::NotKept;

/// So many bytes a document has at most: 5 TiB, as every S3 takes it.
pub const MAX_DOCUMENT_BYTES: u64 = 5 << 40;

/// So many keys and folders S3 gives in one answer.
pub const MAX_LISTED: u16 = 1_000;

/// Where storages are: AWS, or a test's.
pub trait DocumentStores: Sync {
    /// A storage that can be asked.
    type Store: DocumentStore;

    /// Finds the login. The storage itself is not asked yet.
    ///
    /// # Errors
    /// [`AskError`].
    fn open(
        &self,
        login: &DocumentLogin,
        place: &StoragePlace,
    ) -> impl Future<Output = Result<Self::Store, AskError>> + Send;
}

/// A storage. All of it is asked in the moment, and nothing is kept.
pub trait DocumentStore: Send + Sync {
    /// A part of what a folder has, at most so many of 1 to [`MAX_LISTED`], as the storage orders them (by the bytes of
    /// the keys): one question, one answer.
    ///
    /// # Errors
    /// [`AskError`].
    fn list(
        &self,
        folder: &Folder,
        after: Option<&PageMark>,
        most: u16,
    ) -> impl Future<Output = Result<Listing, AskError>> + Send;

    /// What is there under a key.
    ///
    /// # Errors
    /// [`AskError`].
    fn look(
        &self,
        key: &DocumentKey,
    ) -> impl Future<Output = Result<Option<StoredDocument>, AskError>> + Send;

    /// Puts a file there, or goes on with it: whatever ended an earlier time, the same upload once more does what is
    /// left of it, and nothing where it is done. Each step is kept (`watch`) before it is asked for. The document is
    /// seen by nobody until it is whole.
    ///
    /// # Errors
    /// [`PutError`]. Unless it says so itself, some of it may be in the storage, where nobody sees it, until it is gone
    /// on with or [aborted](DocumentStore::abort).
    fn put<F: LocalFile + 'static>(
        &self,
        upload: &mut Upload,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> impl Future<Output = Result<StoredDocument, PutError>> + Send;

    /// Takes back what of an unfinished upload is in the storage. A document that is whole stays.
    ///
    /// # Errors
    /// [`AskError`]; then it can be asked for again.
    fn abort(&self, upload: &Upload) -> impl Future<Output = Result<(), AskError>> + Send;

    /// Gives a document another key, if it is still this version and the key is free. Its name for readers goes with it,
    /// and so does all that is written at it.
    ///
    /// # Errors
    /// [`RenameError`].
    fn rename(
        &self,
        document: &StoredDocument,
        to: &DocumentKey,
    ) -> impl Future<Output = Result<Renamed, RenameError>> + Send;

    /// Takes a document away, if it is still this version.
    ///
    /// # Errors
    /// [`RemoveError`].
    fn remove(
        &self,
        document: &StoredDocument,
    ) -> impl Future<Output = Result<Removed, RemoveError>> + Send;

    /// Brings back what was taken away.
    ///
    /// # Errors
    /// [`RestoreError`].
    fn restore(
        &self,
        undo: &Undo,
    ) -> impl Future<Output = Result<StoredDocument, RestoreError>> + Send;

    /// Tells the caches of CloudFront that a document is another one now. Takes them a minute or so.
    ///
    /// # Errors
    /// [`AskError`].
    fn invalidate(
        &self,
        distribution: &DistributionId,
        document: &DocumentAddress,
    ) -> impl Future<Output = Result<(), AskError>> + Send;
}

/// Asked while a file goes up.
pub trait UploadWatch {
    /// Keeps how far it is, so that it survives whatever comes next.
    ///
    /// # Errors
    /// [`NotKept`]; then nothing more is done.
    fn keep(&mut self, upload: &Upload) -> Result<(), NotKept>;

    /// So many bytes of it are in the storage, also from an earlier time.
    fn sent(&mut self, bytes: u64);

    /// Whether to stop. Asked several times a second.
    fn is_stopped(&self) -> bool;
}

/// A part of what a folder has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The folders in it.
    pub folders: Vec<Folder>,
    /// The documents in it.
    pub documents: Vec<StoredDocument>,
    /// How many there are besides that no link can open: `a//b`, names with characters that nobody sees.
    pub without_address: usize,
    /// Where the next part begins; `None` at the end.
    pub next: Option<PageMark>,
}

/// A document as a storage has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDocument {
    /// Its key.
    pub key: DocumentKey,
    /// In bytes.
    pub size: u64,
    /// When it was put there, in seconds since the Unix epoch.
    pub modified: i64,
    /// Which version of it is there.
    pub etag: ETag,
}

/// Where a listing goes on, in the storage's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMark(String);

/// What a bucket that keeps old versions calls one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionId(String);

/// A key of KMS's, as AWS names it: `arn:aws:kms:…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsKey(String);

/// How a document that was taken away comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Which document.
    pub key: DocumentKey,
    /// The mark that stands in its place.
    pub marker: VersionId,
}

/// A document was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Where the bucket keeps old versions: how it comes back, and that its content is still there.
    pub undo: Option<Undo>,
}

/// A document has another key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// It.
    pub document: StoredDocument,
    /// Where the bucket keeps old versions: how it comes back under its old key as well.
    pub undo: Option<Undo>,
}

/// Why a file is not in the storage.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PutError {
    /// The storage did not do it.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// There is a document of that key already. With another guard the same upload goes on and sends nothing again.
    #[error("there is a document of that name already")]
    AlreadyThere {
        /// It.
        there: StoredDocument,
    },
    /// What was to be replaced is not there any more, or is another version. As before.
    #[error("the document was changed meanwhile")]
    ChangedMeanwhile {
        /// What is there.
        there: Option<StoredDocument>,
    },
    /// The bucket encrypts with a key that this login may not use, or that is not in use.
    #[error("the storage encrypts with a key that cannot be used")]
    KmsKey {
        /// Which, if AWS says so.
        key: Option<KmsKey>,
    },
    /// Larger than S3 takes.
    #[error("the file has {size} bytes of at most {most}")]
    TooLarge {
        /// In bytes.
        size: u64,
        /// [`MAX_DOCUMENT_BYTES`].
        most: u64,
    },
    /// The file is not what it was when the upload began. Nothing of it can be seen; the upload is to be aborted.
    #[error(transparent)]
    File(#[from] FileTrouble),
    /// It could not be written down, so nothing more was done.
    #[error(transparent)]
    Save(#[from] NotKept),
    /// It was stopped.
    #[error("it was stopped")]
    Stopped {
        /// Whether nothing of it is in the storage; otherwise it is to be aborted.
        is_gone: bool,
    },
}

/// Why a document has not got another key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenameError {
    /// The storage did not do it.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// There is one of the new key already.
    #[error("there is a document of that name already")]
    AlreadyThere {
        /// It.
        there: StoredDocument,
    },
    /// It is not there any more, or is another version.
    #[error("the document was changed meanwhile")]
    ChangedMeanwhile {
        /// What is there.
        there: Option<StoredDocument>,
    },
    /// The bucket encrypts with a key that this login may not use, or that is not in use.
    #[error("the storage encrypts with a key that cannot be used")]
    KmsKey {
        /// Which, if AWS says so.
        key: Option<KmsKey>,
    },
    /// S3 copies no more than that.
    #[error("the document has {size} bytes of at most {most}")]
    TooLarge {
        /// In bytes.
        size: u64,
        /// In bytes.
        most: u64,
    },
    /// It has the new key, and the old one as well: links to both open.
    #[error("the document has both names: {why}")]
    HasBoth {
        /// Under the new key.
        document: StoredDocument,
        /// Why the old one stayed.
        why: RemoveError,
    },
}

/// Why a document was not taken away.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RemoveError {
    /// The storage did not do it.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// It is not there any more, or is another version.
    #[error("the document was changed meanwhile")]
    ChangedMeanwhile {
        /// What is there.
        there: Option<StoredDocument>,
    },
}

/// Why a document is not back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// The storage did not do it.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// Somebody has put another one in its place, or its content is gone for good.
    #[error("the document is not kept any more")]
    NotKept,
}

impl PageMark {
    /// Takes what S3 says; `None` for what it never says.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = (1..=4_096).contains(&text.len()) && !text.chars().any(char::is_control);
        is_one.then(|| Self(text.to_owned()))
    }

    /// As S3 said it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl VersionId {
    /// Takes what S3 says; `None` for what it never says.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_one =
            (1..=1_024).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_one.then(|| Self(text.to_owned()))
    }

    /// As S3 said it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KmsKey {
    /// Finds a key's name in AWS's words.
    #[must_use]
    pub fn in_words(text: &str) -> Option<Self> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '/' | '_');
        let arn = text.split(|c: char| !is_part(c)).find(|word| {
            let mut parts = word.splitn(6, ':');
            let mut next = || parts.next().unwrap_or_default();
            let (arn, partition, service, _, account, key) =
                (next(), next(), next(), next(), next(), next());
            arn == "arn"
                && partition.starts_with("aws")
                && service == "kms"
                && account.len() == 12
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && (key.starts_with("key/") || key.starts_with("alias/"))
        })?;
        (arn.len() <= 300).then(|| Self(arn.to_owned()))
    }

    /// As AWS names it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_etag_is_the_same_with_quotes_and_without() {
        let etag = ETag::parse("\"d41d8cd98f00b204e9800998ecf8427e-2\"").unwrap();
        assert_eq!(ETag::parse(etag.as_str()).as_ref(), Some(&etag));
        assert_eq!(etag.quoted(), "\"d41d8cd98f00b204e9800998ecf8427e-2\"");
        for text in ["", "\"\"", "a b", "a\nb", "a\"b", "\u{fc}", &"a".repeat(129)] {
            assert_eq!(ETag::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_key_of_kms_is_found_in_what_aws_says() {
        let arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let words = |arn: &str| {
            format!(
                "User: arn:aws:iam::123456789012:user/a is not authorized to perform: \
                 kms:GenerateDataKey on resource: {arn} because no identity-based policy allows it"
            )
        };
        assert_eq!(KmsKey::in_words(&words(arn)).unwrap().as_str(), arn);
        assert_eq!(KmsKey::in_words(&format!("{arn} is disabled.")).unwrap().as_str(), arn);
        for text in [
            "",
            "arn:aws:kms",
            "arn:aws:iam::123456789012:key/a",
            "arn:aws:kms:eu-central-1:1:key/a",
            &words("x"),
        ] {
            assert_eq!(KmsKey::in_words(text), None, "{text}");
        }
    }
}
