//! The shapes in which a list of documents crosses IPC: figures and rows, never a link. The codes of a
//! sheet are drawn here, for paper.

use serde::{Deserialize, Serialize};
use signet_core::desk::{
    self, KeyRecord, ListRow, MadeRow, RowError, Tally, Trouble, UnfinishedBatch,
};
use signet_core::document_list::{self, ListedDocument};
use signet_core::qr::QrCode;

use super::links::{LifetimeRequest, QrView};
use crate::ipc::IpcError;
use crate::native::DroppedNames;

/// Files over the window, or dropped on it.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DropView {
    Over,
    Left,
    Dropped {
        /// Names, as lines of a list.
        names: Vec<String>,
        /// Folders of which the system did not say what is in them.
        skipped: Vec<String>,
    },
}

/// A pasted list and whose documents they are.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReadListRequest {
    pub key_id: String,
    pub text: String,
    /// The folder of the site in which names are; mostly empty.
    pub folder: String,
}

/// Whose documents those of a file are.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChooseListRequest {
    pub key_id: String,
    pub folder: String,
}

/// What became of a file with a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ListOutcome {
    Cancelled,
    Read { file_name: String, list: Box<ManyView> },
}

/// How far the making is.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ManyStage {
    Planned,
    Making,
    Stopped,
    Finished,
}

/// A list in figures.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ManyView {
    pub key_id: String,
    pub key_name: String,
    pub host: String,
    pub total: usize,
    /// Rows that cannot be made as they are, and are not left out.
    pub problems: usize,
    pub left_out: usize,
    /// Rows that say their own end.
    pub own_ends: usize,
    pub stage: ManyStage,
    pub made: usize,
    pub failed: usize,
    /// Links that are not in the history.
    pub unlisted: usize,
    /// Links a second since the making began; 0 before.
    pub rate: u32,
    /// Why the making ended by itself, or why links are unlisted.
    pub trouble: Option<IpcError>,
}

/// A list whose making ended with the program.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UnfinishedView {
    #[cfg_attr(test, ts(type = "number"))]
    pub started_at: i64,
    pub total: usize,
    pub made: usize,
    pub key_name: String,
    pub key_is_here: bool,
}

/// The list there is, and the one that an earlier run left.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ManyState {
    pub list: Option<ManyView>,
    pub unfinished: Option<UnfinishedView>,
}

/// The rows to show.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RowsFilter {
    All,
    Problems,
    Made,
    NotMade,
}

/// Some of the rows.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RowsRequest {
    pub show: RowsFilter,
    pub skip: usize,
    pub take: usize,
}

/// Rows that match, and how many there are.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RowsView {
    pub rows: Vec<RowView>,
    pub found: usize,
}

/// Where a row is on its way.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RowState {
    Ready,
    Problem,
    LeftOut,
    Waiting,
    Made,
    Failed,
}

/// One document of the list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    /// Its place in the list, from 0.
    pub id: usize,
    /// Its line in the text, from 1.
    pub line: usize,
    pub typed: String,
    /// Empty where the address cannot be read.
    pub file_name: String,
    pub url: Option<String>,
    /// The row's own end as it was written; mostly empty.
    pub end: String,
    /// Of the row's own end, or of its link.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub expires_at: Option<i64>,
    pub note: String,
    pub state: RowState,
    pub error: Option<IpcError>,
}

/// A row in other words.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MendRowRequest {
    pub id: usize,
    pub typed: String,
    pub end: String,
    pub note: String,
}

/// Rows to leave out, or to take in again.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LeaveOutRequest {
    pub ids: Vec<usize>,
    pub left_out: bool,
}

/// How long links shall work whose rows say no end.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CreateManyRequest {
    pub lifetime: LifetimeRequest,
}

/// A row with its link.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CopyRowRequest {
    pub id: usize,
}

/// Some of the codes for paper.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SheetRequest {
    pub skip: usize,
    pub take: usize,
}

/// A link on paper.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SheetCode {
    pub file_name: String,
    pub note: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub expires_at: i64,
    pub qr: QrView,
}

impl DropView {
    pub(in crate::ipc) fn dropped(DroppedNames { names, skipped }: DroppedNames) -> Self {
        let names = names.iter().map(|name| document_list::line_of(name)).collect();
        Self::Dropped { names, skipped }
    }
}

impl ManyView {
    pub(in crate::ipc) fn of(key: &KeyRecord, tally: Tally, rate: u32) -> Self {
        let Tally { total, problems, left_out, own_ends, made, failed, unlisted, stage, trouble } =
            tally;
        Self {
            key_id: key.id.to_string(),
            key_name: key.name.as_str().to_owned(),
            host: key.site.host().to_owned(),
            total,
            problems,
            left_out,
            own_ends,
            stage: match stage {
                desk::Stage::Planned => ManyStage::Planned,
                desk::Stage::Making => ManyStage::Making,
                desk::Stage::Stopped => ManyStage::Stopped,
                desk::Stage::Finished => ManyStage::Finished,
            },
            made,
            failed,
            unlisted,
            rate,
            trouble: trouble.map(|trouble| match trouble {
                Trouble::Key(error) => error.into(),
                Trouble::Listing(error) => error.into(),
            }),
        }
    }
}

impl UnfinishedView {
    pub(in crate::ipc) fn of(unfinished: &UnfinishedBatch, key_is_here: bool) -> Self {
        let UnfinishedBatch { batch, made, .. } = unfinished;
        Self {
            started_at: batch.created_at,
            total: made.len(),
            made: made.iter().filter(|made| **made).count(),
            key_name: batch.key_name.as_str().to_owned(),
            key_is_here,
        }
    }
}

impl RowsFilter {
    pub(in crate::ipc) fn parse(self) -> desk::RowsFilter {
        match self {
            Self::All => desk::RowsFilter::All,
            Self::Problems => desk::RowsFilter::Problems,
            Self::Made => desk::RowsFilter::Made,
            Self::NotMade => desk::RowsFilter::NotMade,
        }
    }
}

impl RowView {
    pub(in crate::ipc) fn of(row: ListRow) -> Self {
        let ListRow { row: id, listed, address, expires_at, state, error } = row;
        let ListedDocument { line, document, end, note } = listed;
        Self {
            id,
            line,
            typed: document,
            file_name: address.as_ref().map(|address| address.file_name()).unwrap_or_default(),
            url: address.map(|address| address.as_str().to_owned()),
            end,
            expires_at,
            note,
            state: match state {
                desk::RowState::Ready => RowState::Ready,
                desk::RowState::Problem => RowState::Problem,
                desk::RowState::LeftOut => RowState::LeftOut,
                desk::RowState::Waiting => RowState::Waiting,
                desk::RowState::Made => RowState::Made,
                desk::RowState::Failed => RowState::Failed,
            },
            error: error.map(IpcError::from),
        }
    }
}

impl MendRowRequest {
    pub(in crate::ipc) fn parse(self) -> (usize, ListedDocument) {
        let Self { id, typed: document, end, note } = self;
        (id, ListedDocument { line: 0, document, end, note })
    }
}

impl SheetCode {
    /// None for a link of more than 2,953 bytes, which no QR code holds.
    pub(in crate::ipc) fn of(row: &MadeRow) -> Option<Self> {
        let MadeRow { link, planned } = row;
        let code = QrCode::of(link.as_str()).ok()?;
        Some(Self {
            file_name: planned.address.file_name(),
            note: planned.note.as_str().to_owned(),
            expires_at: planned.expires_at,
            qr: QrView::of(&code),
        })
    }
}

impl From<RowError> for IpcError {
    fn from(error: RowError) -> Self {
        match error {
            RowError::Address(error) => error.into(),
            RowError::End(error) => error.into(),
            RowError::Lifetime(error) => error.into(),
            RowError::Note(error) => error.into(),
            RowError::Sign(error) => error.into(),
        }
    }
}
