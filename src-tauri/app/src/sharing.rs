//! Documents and their links: a file of this computer becomes a document of a site and a link to it, and what is there
//! is listed, renamed and taken away, each with the links that it concerns. Many files do so together ([`ManyFiles`]), and
//! what they were to become is written down before the first byte ([`FilesRun`]).
//!
//! Deliberately not here: what a document is called and how a storage is asked ([`crate::documents`]).

mod document_links;
mod files_run;
mod folder_reading;
mod folder_store;
mod many_files;
mod share_many;
mod site_documents;

pub use document_links::{DocumentLinks, WantedLink};
pub use files_run::{FilesRun, MAX_FILES, RunId};
pub use folder_reading::{FolderEntry, FolderOrder, FolderPage, FolderQuery, FolderReading};
pub use folder_store::FolderStore;
pub use many_files::{
    FileRow, FileState, FilesBusy, FilesStage, FilesTally, ManyFiles, Replaces, SharedFile,
};
pub use share_many::{ShareFileError, ShareMany, ShowMany};
pub use site_documents::{
    Caches, DocumentThere, IfThere, LinkDocumentError, OpenDocumentsError, PlanDocumentError,
    PlannedDocument, PutDocument, PutDocumentError, RemovedDocument, RenameDocumentError,
    RenamedDocument, ShowUpload, SiteDocuments,
};
