//! The documents themselves: what they are called in a site's storage, what is asked of it, and how a file of this
//! computer gets there without being lost, doubled or put over another one.
//!
//! A document is named by its [`DocumentKey`], and [`DocumentKey::address`] is where a link of the site opens it. How
//! the storage is reached ([`DocumentStores`]), files are found ([`FoundFile`]) and read ([`LocalFile`]) and it is written down what is on its way
//! ([`Uploads`]) are ports. What a reader's browser is told of a document is [`ServedAs`].
//!
//! Deliberately not here: how a storage is spoken to (the crate `signet-aws`), and links.

mod etag;
mod found_file;
mod key;
mod local_file;
mod served_as;
mod store;
mod upload;

pub use crate::ask_error::{AskError, DenyingRule, ErrorCode, PlanRule};
pub use crate::login::{DocumentLogin, Login};
pub use crate::save_error::{NotKept, Unreadable};
pub use etag::ETag;
pub use found_file::{FoundFile, LeftOut, LocalFiles};
pub use key::{
    DocumentKey, DocumentKeyError, Folder, MAX_KEY_BYTES, NotAddressed, OriginPath, StoragePlace,
};
pub use local_file::{FileFacts, FileIdentity, FileTime, FileTrouble, LocalFile, OpenFileError};
pub use served_as::ServedAs;
pub use store::{
    DocumentStore, DocumentStores, KmsKey, Listing, MAX_DOCUMENT_BYTES, MAX_LISTED, PageMark,
    PutError, RemoveError, Removed, RenameError, Renamed, RestoreError, StoredDocument, Undo,
    UploadWatch, VersionId,
};
pub use upload::{
    Guard, Upload, UploadHoldError, UploadId, UploadState, UploadToken, UploadTurn, Uploads,
};
