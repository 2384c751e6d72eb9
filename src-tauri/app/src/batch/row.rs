//! One document of a list: how it was read, what is wrong with it, and what was made of it.

use chrono::TimeZone;

use super::reading::{ListReader, ReadRow, RowError};
use crate::history::PlannedLink;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::document_list::ListedDocument;
use signet_cloudfront::signed_url::{SignUrlError, SignedUrl};
use signet_cloudfront::site::SiteAddress;

/// How and where documents are read.
pub(super) struct Place<'a> {
    pub(super) reader: &'a ListReader,
    pub(super) folder: &'a str,
    pub(super) site: &'a SiteAddress,
}

pub(super) struct Row {
    /// In the person's words, as they are now.
    pub(super) listed: ListedDocument,
    /// As the list says it, where the row was mended.
    pub(super) mended: Option<ListedDocument>,
    pub(super) read: Result<ReadRow, RowError>,
    pub(super) is_left_out: bool,
    pub(super) made: Option<(PlannedLink, Outcome)>,
    /// Whether what is planned of it stands in the history, made now or by an earlier program.
    pub(super) is_listed: bool,
}

pub(super) enum Outcome {
    Waiting,
    Link(SignedUrl),
    Failed(SignUrlError),
}

/// Where a row is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RowState {
    /// It can be made.
    Ready,
    /// It cannot be made as it is.
    Problem,
    /// The person left it out.
    LeftOut,
    /// It is going to be made, or was not reached.
    Waiting,
    /// It has its link.
    Made,
    /// No link could be made of it.
    Failed,
}

/// A row to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// Its place in the list, from 0.
    pub row: usize,
    /// In the words of whoever wrote it.
    pub listed: ListedDocument,
    /// What is signed, where that can be read.
    pub address: Option<DocumentAddress>,
    /// When its link ends: as the row itself says, or as it was made.
    pub expires_at: Option<i64>,
    /// Whether it says that as a spreadsheet's number of a day.
    pub is_day_number: bool,
    /// Where it is.
    pub state: RowState,
    /// What is wrong with it.
    pub error: Option<RowError>,
}

/// The rows to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RowsFilter {
    /// All.
    All,
    /// Those that cannot be made as they are.
    Problems,
    /// Those that have a link.
    Made,
    /// Those that were asked for and have none.
    NotMade,
}

impl Row {
    pub(super) fn read<Z: TimeZone>(
        listed: ListedDocument,
        place: &Place<'_>,
        now: i64,
        zone: &Z,
    ) -> Self {
        let Place { reader, folder, site } = place;
        let read = reader.read(&listed, folder, site, now, zone);
        Self { read, listed, mended: None, is_left_out: false, made: None, is_listed: false }
    }

    /// Reads it once more, unless it has its link: something was answered about the whole list.
    pub(super) fn read_again<Z: TimeZone>(&mut self, place: &Place<'_>, now: i64, zone: &Z) {
        if self.made.is_none() {
            let Place { reader, folder, site } = place;
            self.read = reader.read(&self.listed, folder, site, now, zone);
        }
    }

    pub(super) fn planned(at: usize, link: &PlannedLink, is_listed: bool) -> Self {
        let PlannedLink { address, expires_at, note } = link.clone();
        let document = address.as_str().to_owned();
        Self {
            listed: ListedDocument {
                line: at + 1,
                document,
                note: note.as_str().to_owned(),
                ..ListedDocument::default()
            },
            mended: None,
            read: Ok(ReadRow { address, end: None, expires_at: Some(expires_at), note }),
            is_left_out: false,
            made: Some((link.clone(), Outcome::Waiting)),
            is_listed,
        }
    }

    /// The link to make of the row; `None` where it has a problem. An end that lay ahead when the list
    /// was read may have passed since then.
    pub(super) fn plan<Z: TimeZone>(
        &mut self,
        common_end: i64,
        now: i64,
        zone: &Z,
    ) -> Option<PlannedLink> {
        if let Ok(ReadRow { end: Some(end), expires_at, .. }) = &mut self.read {
            match end.expires_at(now, zone) {
                Ok(end) => *expires_at = Some(end),
                Err(error) => self.read = Err(error.into()),
            }
        }
        let ReadRow { address, expires_at, note, .. } = self.read.as_ref().ok()?;
        Some(PlannedLink {
            address: address.clone(),
            expires_at: expires_at.unwrap_or(common_end),
            note: note.clone(),
        })
    }

    /// What the list says in this row.
    pub(super) fn written(&self) -> &ListedDocument {
        self.mended.as_ref().unwrap_or(&self.listed)
    }

    /// Its document, end and note, wherever in the list they stand.
    pub(super) fn words(&self) -> [String; 3] {
        let ListedDocument { document, end, note, .. } = self.written();
        [document, end, note].map(String::clone)
    }

    pub(super) fn state(&self) -> RowState {
        match (&self.made, &self.read) {
            _ if self.is_left_out => RowState::LeftOut,
            (Some((_, Outcome::Waiting)), _) => RowState::Waiting,
            (Some((_, Outcome::Link(_))), _) => RowState::Made,
            (Some((_, Outcome::Failed(_))), _) => RowState::Failed,
            (None, Ok(_)) => RowState::Ready,
            (None, Err(_)) => RowState::Problem,
        }
    }

    pub(super) fn is_of(&self, filter: RowsFilter) -> bool {
        match filter {
            RowsFilter::All => true,
            RowsFilter::Problems => self.state() == RowState::Problem,
            RowsFilter::Made => self.state() == RowState::Made,
            RowsFilter::NotMade => matches!(self.state(), RowState::Waiting | RowState::Failed),
        }
    }

    pub(super) fn is_unlisted(&self) -> bool {
        self.link().is_some() && !self.is_listed
    }

    pub(super) fn link(&self) -> Option<&SignedUrl> {
        match &self.made {
            Some((_, Outcome::Link(link))) => Some(link),
            _ => None,
        }
    }

    pub(super) fn shown(&self, row: usize) -> ListRow {
        let read = self.read.as_ref();
        let own_end = read.ok().and_then(|read| read.expires_at);
        let made_end = self.made.as_ref().map(|(link, _)| link.expires_at);
        let failure = match &self.made {
            Some((_, Outcome::Failed(error))) => Some(RowError::from(*error)),
            _ => None,
        };
        ListRow {
            row,
            listed: self.listed.clone(),
            address: read.ok().map(|read| read.address.clone()),
            expires_at: made_end.or(own_end),
            is_day_number: read.is_ok_and(|read| read.end.is_some_and(|end| end.is_day_number)),
            state: self.state(),
            error: failure.or_else(|| read.err().cloned()),
        }
    }
}
