//! The shapes in which files of this computer that go to a site together cross IPC: figures and rows with names and sizes,
//! never a place of this computer and never a link.

use serde::{Deserialize, Serialize};
use signet_app::Site;
use signet_app::documents::LeftOut;
use signet_app::sharing::{FileRow, FileState, FilesRun, FilesStage, FilesTally, ManyFiles};
use signet_cloudfront::foreign;

use super::documents::{DocumentView, Existing};
use super::links::{LifetimeRequest, Signer};
use crate::ipc::IpcError;

/// So much of what was left out is named.
const MOST_LEFT_OUT: usize = 5;

/// Whether files are chosen, or a folder.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChooseFilesRequest {
    pub is_folder: bool,
}

/// What came of asking for a file.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ChosenDocument {
    Cancelled,
    Chosen {
        document: DocumentView,
    },
    /// More than one, which go together.
    Several {
        files: Box<FilesView>,
    },
}

/// What came of asking for files.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ChosenFiles {
    Cancelled,
    Chosen { files: Box<FilesView> },
}

/// Where the files go, and until when their links work.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ShareFilesRequest {
    pub signer: Signer,
    /// The folder of the site into which they go; mostly empty.
    pub folder: String,
    pub lifetime: LifetimeRequest,
    /// What becomes of documents that are there already under their names.
    pub existing: Existing,
}

/// The files in figures.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FilesView {
    pub total: usize,
    /// In bytes.
    pub size: u64,
    pub stage: FilesStage,
    /// Those that have their link.
    pub made: usize,
    pub failed: usize,
    /// Those of whose name one is on the site already.
    pub there: usize,
    /// How many links that were made here and still work open those; null where that is not known.
    pub links_there: Option<usize>,
    /// Those that are kept beside another one.
    pub beside: usize,
    pub replaced: usize,
    /// Whether readers may get one of the old documents for a day.
    pub is_old_for_a_day: bool,
    /// In bytes.
    pub sent: u64,
    /// The name of the file that is on its way.
    pub going: Option<String>,
    /// The site to which they go, once that was said; null in practice too.
    pub site_id: Option<String>,
    /// What it is called.
    pub site_name: String,
    /// The folder of it.
    pub folder: String,
    /// When their links end, once that was said.
    pub expires_at: Option<i64>,
    /// The first of what was left out of folders.
    pub left_out: Vec<LeftOutView>,
    /// How many there are besides.
    pub more_left_out: usize,
    /// Why it ended by itself.
    pub trouble: Option<IpcError>,
}

/// Something in a folder that is no document.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LeftOutView {
    pub name: String,
    pub why: LeftOut,
}

/// Where the files go, as far as that was said.
#[derive(Debug, Clone, Default)]
pub(in crate::ipc) struct WhereTo {
    pub(in crate::ipc) site_id: Option<String>,
    pub(in crate::ipc) site_name: String,
    pub(in crate::ipc) folder: String,
    pub(in crate::ipc) expires_at: Option<i64>,
}

/// Files whose way ended with the program.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UnfinishedFilesView {
    pub begun_at: i64,
    pub total: usize,
    /// As it is now; empty where it is not here any more.
    pub site_name: String,
    pub site_is_here: bool,
}

/// The files there are, and those that an earlier run left.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FilesState {
    pub files: Option<FilesView>,
    pub unfinished: Option<UnfinishedFilesView>,
}

/// Some of the files.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FileRowsRequest {
    /// Those alone that have no link.
    pub only_not_made: bool,
    pub skip: usize,
    pub take: usize,
}

/// Files that match, and how many there are.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FileRowsView {
    pub rows: Vec<FileRowView>,
    pub found: usize,
}

/// One file.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FileRowView {
    /// Its place, from 0.
    pub id: usize,
    /// With the folders below the one that was chosen.
    pub name: String,
    /// In bytes.
    pub size: u64,
    pub state: FileState,
    /// What is on the site already under its name, in bytes.
    pub there_size: Option<u64>,
    pub there_put_at: Option<i64>,
    /// What it is called there, where it is kept beside another one.
    pub kept_as: Option<String>,
    pub replaced: bool,
    pub expires_at: Option<i64>,
    pub error: Option<IpcError>,
}

/// A file of the list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FileRequest {
    pub id: usize,
}

impl FilesView {
    pub(in crate::ipc) fn of(
        many: &ManyFiles<IpcError>,
        left_out: &[(String, LeftOut)],
        to: WhereTo,
    ) -> Self {
        let FilesTally {
            total,
            size,
            made,
            failed,
            there,
            links_there,
            beside,
            replaced,
            is_old_for_a_day,
            sent,
            going,
            stage,
        } = many.tally();
        let name = |row: usize| many.files().get(row).map(|file| foreign::shown(&file.name));
        let left =
            |(name, why): &(String, LeftOut)| LeftOutView { name: foreign::shown(name), why: *why };
        let WhereTo { site_id, site_name, folder, expires_at } = to;
        Self {
            total,
            size,
            stage,
            made,
            failed,
            there,
            links_there,
            beside,
            replaced,
            is_old_for_a_day,
            sent,
            going: going.and_then(name),
            site_id,
            site_name,
            folder: foreign::shown(&folder),
            expires_at,
            left_out: left_out.iter().take(MOST_LEFT_OUT).map(left).collect(),
            more_left_out: left_out.len().saturating_sub(MOST_LEFT_OUT),
            trouble: many.with_trouble(|trouble| trouble.cloned()),
        }
    }
}

impl UnfinishedFilesView {
    pub(in crate::ipc) fn of(run: &FilesRun, site: Option<&Site>) -> Self {
        Self {
            begun_at: run.begun_at,
            total: run.files.len(),
            site_name: site.map(|site| site.name.to_string()).unwrap_or_default(),
            site_is_here: site.is_some(),
        }
    }
}

impl FileRowView {
    pub(in crate::ipc) fn of(row: FileRow<'_, IpcError>) -> Self {
        let shared = row.shared;
        let kept_as = shared.filter(|shared| shared.is_beside);
        Self {
            id: row.row,
            name: foreign::shown(&row.file.with_folder()),
            size: row.file.size,
            state: row.state,
            there_size: row.there.map(|there| there.size),
            there_put_at: row.there.map(|there| there.modified),
            kept_as: kept_as.map(|shared| {
                let name = shared.name.rsplit('/').next().unwrap_or(&shared.name);
                foreign::shown(name)
            }),
            replaced: shared.is_some_and(|shared| shared.has_replaced),
            expires_at: shared.and_then(|shared| Some(shared.link.as_ref()?.terms.expires_at())),
            error: row.error.cloned(),
        }
    }
}
