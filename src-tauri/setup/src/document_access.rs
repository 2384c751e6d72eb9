//! What the login for a site's documents may do, as far as that can be seen without changing anything.

/// What is done with documents, each as one permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum DocumentAction {
    /// Seeing what is in the folder: `s3:ListBucket`.
    List,
    /// Putting a document there: `s3:PutObject`.
    Put,
    /// Replacing one, and seeing after a stop that it is there: `s3:GetObject`.
    Read,
    /// Taking back what was sent before a stop: `s3:AbortMultipartUpload`.
    Abort,
    /// Renaming and taking away: `s3:DeleteObject`.
    Remove,
    /// Telling CloudFront's caches of a change: `cloudfront:CreateInvalidation`.
    Invalidate,
}

/// What was seen of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The storage let it through, as far as it could be asked for without doing it.
    Allowed,
    /// It refused it.
    Refused,
    /// Only doing it would show it.
    NotSeen,
}

/// What was seen of the login for a site's documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentAccess {
    /// The AWS account of an access key; `None` for a login of this computer.
    pub account: Option<String>,
    /// Each action, in the order in which it is told.
    pub seen: Vec<(DocumentAction, Seen)>,
}

/// Why the documents were not reached at all.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum NoAccess {
    /// The keychain does not have the access key, or does not give it.
    AccessKeyMissing,
    /// AWS does not know the access key: it was deleted there, or made inactive.
    AccessKeyUnknown,
    /// The secret of the access key is another one's.
    AccessKeyMismatch,
    /// The access key is of another AWS account than the one that was looked at.
    OtherAccount {
        /// Which.
        account: String,
    },
    /// The login of this computer that is said for the documents does not work.
    Login,
    /// No such bucket, or in another region.
    Bucket,
    /// The storage did not answer, or otherwise than is known.
    NoAnswer,
}
