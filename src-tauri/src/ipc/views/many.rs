//! The shapes in which a list of documents crosses IPC: figures and rows, never a link. The codes of a
//! sheet are drawn here, for paper.

use serde::{Deserialize, Serialize};
use signet_app::{
    LinkBatch, ListRow, MadeRow, Name, Question, RowError, RowState, RowsFilter, Site, SiteId,
    Stage, Tally, Trouble, UnfinishedBatch,
};
use signet_cloudfront::address::typed_name;
use signet_cloudfront::document_list::{self, AskedColumn, Asks, ListedDocument};
use signet_cloudfront::qr::QrCode;

use super::documents::DocumentView;
use super::files::FilesView;
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
        /// What is typed for the one file, where it was one.
        only: Option<String>,
        /// Folders of which the system did not say what is in them.
        skipped: Vec<String>,
        /// The files themselves; null where it was one that cannot be read.
        taken: Option<Taken>,
    },
}

/// What was dropped, for a site that takes documents.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", content = "taken", rename_all = "camelCase")]
pub enum Taken {
    /// One file.
    Document(DocumentView),
    /// Several, or a folder.
    Files(Box<FilesView>),
    /// Nothing of them.
    Refused(IpcError),
}

/// A pasted list and whose documents they are.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReadListRequest {
    pub site_id: String,
    pub text: String,
    /// The folder of the site in which names are; mostly empty.
    pub folder: String,
}

/// Whose documents those of a file are.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChooseListRequest {
    pub site_id: String,
    pub folder: String,
}

/// What became of a file with a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ListOutcome {
    Cancelled,
    Read { file_name: String, list: Box<BatchView> },
}

/// A list in figures.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BatchView {
    pub site_id: String,
    pub site_name: String,
    pub host: String,
    pub total: usize,
    /// Rows that cannot be made as they are, and are not left out.
    pub problems: usize,
    pub left_out: usize,
    /// Rows that say their own end.
    pub own_ends: usize,
    /// The encoding in which its file was read, unless that is UTF-8.
    pub encoding: Option<String>,
    /// What the person is asked about the list as a whole; rows that wait for an answer have a problem.
    pub questions: Vec<QuestionView>,
    pub stage: Stage,
    pub made: usize,
    pub failed: usize,
    /// Links that are not in the history.
    pub unlisted: usize,
    /// Links a second since the making began; 0 before.
    pub rate: u32,
    /// Why the making ended by itself, or why links are unlisted.
    pub trouble: Option<IpcError>,
}

/// A question about the list as a whole.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum QuestionView {
    /// Whether links end when a column says; or, of a column that says a start or a network, whether they
    /// may work before it or open from elsewhere.
    Column {
        /// Which of the columns that are asked about.
        column: usize,
        /// Empty where it has none.
        heading: String,
        /// Its place in the table, from 1.
        number: usize,
        example: String,
        asks: Asks,
        answer: Option<bool>,
        rows: usize,
    },
    /// Which number of the dates is the day.
    Order {
        example: String,
        /// With the day first, and with the month first.
        readings: [String; 2],
        rows: usize,
    },
}

/// The answer to a question about the list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AnswerListRequest {
    Column { column: usize, answer: bool },
    Order { is_day_first: bool },
}

/// A list whose making ended with the program.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UnfinishedView {
    pub started_at: i64,
    pub total: usize,
    pub made: usize,
    /// As it is now; the name of the key that made it where no site has that any more.
    pub site_name: String,
    pub site_is_here: bool,
}

/// The list there is, and the one that an earlier run left.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BatchState {
    pub list: Option<BatchView>,
    pub unfinished: Option<UnfinishedView>,
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
    /// Whether that is a spreadsheet's number of a day.
    pub is_day_number: bool,
    /// Of the row's own end, or of its link.
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
pub struct CreateBatchRequest {
    pub lifetime: LifetimeRequest,
}

/// A row with its link.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RowRequest {
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
    pub expires_at: i64,
    pub qr: QrView,
}

impl DropView {
    pub(in crate::ipc) fn dropped(
        DroppedNames { names, skipped }: DroppedNames,
        taken: Option<Taken>,
    ) -> Self {
        let typed: Vec<_> = names.iter().map(|name| typed_name(name)).collect();
        let names = typed.iter().map(|name| document_list::line_of(name)).collect();
        let only = <[String; 1]>::try_from(typed).ok().map(|[name]| name);
        Self::Dropped { names, only, skipped, taken }
    }
}

impl BatchView {
    pub(in crate::ipc) fn of(
        list: &LinkBatch,
        site: &(SiteId, Name),
        tally: Tally,
        rate: u32,
    ) -> Self {
        let key = list.key();
        // Asked before anything is made, and not at each look at how far that is.
        let questions = match tally.stage {
            Stage::Planned => list.questions(),
            _ => Vec::new(),
        };
        let Tally { total, problems, left_out, own_ends, made, failed, unlisted, stage, trouble } =
            tally;
        Self {
            site_id: site.0.to_string(),
            site_name: site.1.to_string(),
            host: key.site.host().to_owned(),
            total,
            problems,
            left_out,
            own_ends,
            encoding: list.encoding().map(str::to_owned),
            questions: questions.into_iter().enumerate().map(QuestionView::of).collect(),
            stage,
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

impl QuestionView {
    fn of((at, question): (usize, Question)) -> Self {
        match question {
            Question::Column { column, answer, rows } => {
                let AskedColumn { heading, number, example, asks } = column;
                // Columns are asked about before anything else.
                Self::Column { column: at, heading, number, example, asks, answer, rows }
            }
            Question::Order { example, readings, rows } => {
                let readings = readings.map(|reading| reading.to_string());
                Self::Order { example, readings, rows }
            }
        }
    }
}

impl UnfinishedView {
    pub(in crate::ipc) fn of(unfinished: &UnfinishedBatch, site: Option<&Site>) -> Self {
        let UnfinishedBatch { batch, made, .. } = unfinished;
        Self {
            started_at: batch.created_at,
            total: made.len(),
            made: made.iter().filter(|made| **made).count(),
            site_name: site.map_or(&batch.key_name, |site| &site.name).to_string(),
            site_is_here: site.is_some(),
        }
    }
}

impl RowView {
    pub(in crate::ipc) fn of(row: ListRow) -> Self {
        let ListRow { row: id, listed, address, expires_at, is_day_number, state, error } = row;
        let ListedDocument { line, document, end, note, .. } = listed;
        Self {
            id,
            line,
            typed: document,
            file_name: address.as_ref().map(|address| address.file_name()).unwrap_or_default(),
            url: address.map(|address| address.as_str().to_owned()),
            end,
            is_day_number,
            expires_at,
            note,
            state,
            error: error.map(IpcError::from),
        }
    }
}

impl MendRowRequest {
    pub(in crate::ipc) fn parse(self) -> (usize, ListedDocument) {
        let Self { id, typed: document, end, note } = self;
        (id, ListedDocument { document, end, note, ..ListedDocument::default() })
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
            RowError::Doubt(doubt) => doubt.into(),
            RowError::Asked { heading, number, text, asks: Asks::IsEnd } => {
                Self::EndColumnAsked { heading, number, text }
            }
            RowError::Asked { heading, number, text, asks: Asks::IgnoresStart } => {
                Self::EndStartAsked { heading, number, text }
            }
            RowError::Asked { heading, number, text, asks: Asks::IgnoresNetwork } => {
                Self::RowNetworkAsked { heading, number, text }
            }
            RowError::End(error) => error.into(),
            RowError::Lifetime(error) => error.into(),
            RowError::Clock(error) => error.into(),
            RowError::Note(error) => error.into(),
            RowError::Sign(error) => error.into(),
        }
    }
}
