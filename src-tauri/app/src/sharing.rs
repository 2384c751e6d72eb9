//! Documents and their links: a file of this computer becomes a document of a site and a link to it, and what is there
//! is listed, renamed and taken away, each with the links that it concerns.
//!
//! Deliberately not here: what a document is called and how a storage is asked ([`crate::documents`]).

mod document_links;
mod folder_reading;
mod site_documents;

pub use document_links::{DocumentLinks, WantedLink};
pub use folder_reading::{FolderEntry, FolderOrder, FolderPage, FolderQuery, FolderReading};
pub use site_documents::{
    Caches, DocumentThere, IfThere, LinkDocumentError, OpenDocumentsError, PlanDocumentError,
    PlannedDocument, PutDocument, PutDocumentError, RemovedDocument, RenameDocumentError,
    RenamedDocument, ShowUpload, SiteDocuments,
};
