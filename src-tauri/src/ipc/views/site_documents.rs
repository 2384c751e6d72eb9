//! The shapes in which what is done with a document of a site crosses IPC.

use serde::{Deserialize, Serialize};

use super::documents::CachesView;
use super::history::EntryView;

/// A document of the folder that is open.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StoredDocumentRequest {
    /// The folder's.
    pub number: u32,
    /// The row's.
    pub id: usize,
}

/// The links that open a document and have not ended, as far as the history of this computer has them.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DocumentLinksView {
    /// How many open it alone.
    pub own: usize,
    /// How many open it among others of a folder.
    pub of_folders: usize,
    /// The first of both, the newest first.
    pub first: Vec<EntryView>,
}

/// What a document is to be called, and where.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RenameDocumentRequest {
    pub number: u32,
    pub id: usize,
    /// With its folder, as a person types it: `reports/2026/Contract.pdf`.
    pub to: String,
}

/// A file of this computer that takes the place of a document.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReplaceDocumentRequest {
    pub number: u32,
    pub id: usize,
    /// The number of the file.
    pub document: u32,
}

/// A document that was changed or taken away.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ChangedDocumentView {
    /// What it was called, or is called now, with its folder.
    pub name: String,
    /// Names what can be undone; null where it cannot.
    pub undo: Option<u32>,
    pub caches: CachesView,
}

/// What is to be undone.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UndoDocumentRequest {
    pub undo: u32,
}
