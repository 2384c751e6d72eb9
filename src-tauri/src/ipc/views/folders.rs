//! The shapes in which a site's folders cross IPC, page by page.

use serde::{Deserialize, Serialize};
use signet_app::sharing::FolderOrder;

use super::links::Signer;

/// A folder of a site's documents.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OpenFolderRequest {
    pub signer: Signer,
    /// As a row named it; empty for the site's first one.
    pub folder: String,
}

/// A folder that is open, as far as it was read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OpenFolderView {
    /// Names it, as long as no other one is opened.
    pub number: u32,
    pub is_whole: bool,
    /// How many folders and documents were read.
    pub read: usize,
    /// How many there are besides that no link can open, in what was read.
    pub without_address: usize,
}

/// How far to read on.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReadFolderRequest {
    pub number: u32,
    /// So many answers of the storage; null to the end.
    pub answers: Option<u16>,
}

/// A part of what was read of a folder.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FolderPageRequest {
    pub number: u32,
    /// A part of a name.
    pub search: String,
    pub order: FolderOrder,
    pub skip: usize,
    pub take: usize,
}

/// What of it was found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FolderPageView {
    pub rows: Vec<FolderRowView>,
    pub found: usize,
    /// By name where not all was read, whatever was asked for.
    pub order: FolderOrder,
    pub folder: OpenFolderView,
}

/// A folder or a document.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FolderRowView {
    Folder {
        id: usize,
        name: String,
        /// What it is opened by.
        folder: String,
    },
    Document {
        id: usize,
        name: String,
        /// In bytes.
        size: u64,
        put_at: i64,
        /// What is typed for it; null where no link of the site can open it.
        typed: Option<String>,
    },
}

/// A folder at which nobody looks any more.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CloseFolderRequest {
    pub number: u32,
}
