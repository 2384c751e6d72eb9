//! What a row of a list means: its address, its end and its note, as the window's list and the terminal's
//! both read it.

use chrono::TimeZone;
use thiserror::Error;

use crate::history::{Note, NoteError};
use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::calendar::local_at;
use signet_cloudfront::clock::{self, ClockWrong};
use signet_cloudfront::document_list::{
    AskedColumn, Asks, DocumentList, Doubt, ListedDocument, RowEnd, RowEndError,
};
use signet_cloudfront::lifetime::LifetimeError;
use signet_cloudfront::moment::{self, Order};
use signet_cloudfront::signed_url::SignUrlError;
use signet_cloudfront::site::SiteAddress;

/// What a row was read as.
#[derive(Debug, Clone)]
pub struct ReadRow {
    /// What is signed.
    pub address: DocumentAddress,
    /// Its own end.
    pub end: Option<RowEnd>,
    /// That as of when the row was read.
    pub expires_at: Option<i64>,
    /// Its note.
    pub note: Note,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RowError {
    /// The document's address cannot be used.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// Perhaps it is no document.
    #[error(transparent)]
    Doubt(#[from] Doubt),
    /// A date stands in a column of which nobody has said yet what it is.
    #[error("it is not clear what the date in a column means: {text}")]
    Asked {
        /// The column's heading; empty where it has none.
        heading: String,
        /// Its place in the table, from 1.
        number: usize,
        /// The date.
        text: String,
        /// What is asked.
        asks: Asks,
    },
    /// Its own end cannot be read.
    #[error(transparent)]
    End(#[from] RowEndError),
    /// Its own end cannot be used.
    #[error(transparent)]
    Lifetime(#[from] LifetimeError),
    /// Its own end would be reckoned from a clock that cannot be right.
    #[error(transparent)]
    Clock(#[from] ClockWrong),
    /// Its note cannot be used.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// No link can be made of it.
    #[error(transparent)]
    Sign(#[from] SignUrlError),
}

/// How the rows of one list are read: what was asked about its columns and what was answered, and which
/// number of a date is the day.
#[derive(Debug, Clone, Default)]
pub struct ListReader {
    asked: Vec<AskedColumn>,
    answers: Vec<Option<bool>>,
    chosen_order: Option<Order>,
    shown_order: Option<Order>,
}

impl ListReader {
    /// Nothing is answered yet.
    pub fn new(list: &DocumentList) -> Self {
        let mut reader = Self {
            answers: vec![None; list.asked.len()],
            asked: list.asked.clone(),
            ..Self::default()
        };
        reader.look_at(list.rows.iter());
        reader
    }

    /// The columns that are asked about, and what was answered.
    pub fn questions(&self) -> impl Iterator<Item = (&AskedColumn, Option<bool>)> {
        self.asked.iter().zip(self.answers.iter().copied())
    }

    /// The order that a person chose for dates that leave it open.
    pub fn chosen_order(&self) -> Option<Order> {
        self.chosen_order
    }

    pub(super) fn answer(&mut self, column: usize, answer: bool) {
        if let Some(place) = self.answers.get_mut(column) {
            *place = Some(answer);
        }
    }

    pub(super) fn choose(&mut self, order: Order) {
        self.chosen_order = Some(order);
    }

    /// What was answered to the same questions before.
    pub(super) fn answer_as(&mut self, earlier: &Self) {
        if self.asked == earlier.asked {
            self.answers.clone_from(&earlier.answers);
            self.chosen_order = earlier.chosen_order;
        }
    }

    /// Dates of one list are written in one order, which one of them may show: `31/12/2026`.
    pub(super) fn look_at<'a>(&mut self, rows: impl Iterator<Item = &'a ListedDocument>) {
        let ends = rows.map(|row| self.end_of(row)).filter(|end| end.contains(['/', '-']));
        let any_day = chrono::NaiveDate::default();
        let mut shown = ends.filter_map(|end| moment::order_shown(end, any_day));
        let first = shown.next();
        // Where some show one order and some the other, none is the list's.
        self.shown_order = first.filter(|first| shown.all(|order| order == *first));
    }

    /// The text of a row's own end: in its own column, or in one of which somebody said that it is that.
    fn end_of<'a>(&self, row: &'a ListedDocument) -> &'a str {
        let answered = row.asked.iter().zip(&self.asked).zip(&self.answers);
        let mut ends = answered.filter(|((text, column), answer)| {
            !text.is_empty() && column.asks == Asks::IsEnd && **answer == Some(true)
        });
        ends.next_back().map_or(row.end.as_str(), |((text, _), _)| text)
    }

    fn first_question(&self, row: &ListedDocument) -> Option<RowError> {
        let answered = row.asked.iter().zip(&self.asked).zip(&self.answers);
        // Only a date can be something else than it looks like; a limit is left out or it is not.
        let is_open = |asks: Asks, answer: Option<bool>| match asks {
            Asks::IsEnd => answer.is_none(),
            Asks::IgnoresStart | Asks::IgnoresNetwork => answer != Some(true),
        };
        let mut open = answered
            .filter(|((text, column), answer)| !text.is_empty() && is_open(column.asks, **answer));
        open.next().map(|((text, column), _)| RowError::Asked {
            heading: column.heading.clone(),
            number: column.number,
            text: text.clone(),
            asks: column.asks,
        })
    }

    /// Reads a row as of `now`. Names are those of a folder of the site.
    ///
    /// # Errors
    /// [`RowError`].
    pub fn read<Z: TimeZone>(
        &self,
        row: &ListedDocument,
        folder: &str,
        site: &SiteAddress,
        now: i64,
        zone: &Z,
    ) -> Result<ReadRow, RowError> {
        if let Some(doubt) = row.doubt {
            return Err(doubt.into());
        }
        let address = DocumentAddress::parse_in(folder, &row.document, site)?;
        if let Some(question) = self.first_question(row) {
            return Err(question);
        }
        // A clock that is outside the calendar is none to believe.
        let today = local_at(now, zone).unwrap_or_default().date();
        let order = self.chosen_order.or(self.shown_order);
        let end = RowEnd::parse(self.end_of(row), today, order)?;
        if end.is_some() {
            clock::believe(now)?;
        }
        let expires_at = end.map(|end| end.expires_at(now, zone)).transpose()?;
        Ok(ReadRow { address, end, expires_at, note: Note::parse(&row.note)? })
    }
}
