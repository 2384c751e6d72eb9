//! A list of documents on its way to links: what is wrong with each row, what is left out, what was
//! made of it.
//!
//! Many hands look at it while links are made, so it guards itself. Deliberately not here: reading the
//! list ([`signet_cloudfront::document_list`]), and the clock.

mod making;
mod reading;
mod row;

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::TimeZone;
use thiserror::Error;

use super::App;
use super::history::HistoryStoreError;
use super::history::{BatchPlan, ExportRow, HeldBatch, PlannedLink, UnfinishedBatch};
use super::key::RegisteredKey;
use super::keys::OpenKeyError;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::clock::{self, ClockWrong};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::document_list::{
    AskedColumn, Asks, DocumentList, ListedDocument, RowEndError,
};
use signet_cloudfront::lifetime::{Lifetime, LifetimeError};
use signet_cloudfront::moment::{MomentError, Order, Reading};
use signet_cloudfront::signed_url::SignedUrl;

pub use making::MadePart;
pub use reading::{ListReader, ReadRow, RowError};
pub use row::{ListRow, RowState, RowsFilter};
use row::{Outcome, Place, Row};

/// A list of documents and the links that are made of it, with one key.
pub struct LinkBatch {
    key: RegisteredKey,
    folder: String,
    encoding: Option<&'static str>,
    work: Mutex<Work>,
}

struct Work {
    rows: Vec<Row>,
    reader: ListReader,
    /// The end of rows that say none, once it was chosen.
    common_end: Option<i64>,
    /// When links were asked for, Unix time.
    created_at: i64,
    stage: Stage,
    shall_stop: bool,
    trouble: Option<Trouble>,
    /// The plan in the history, where it could not be ended. The next one takes its place.
    in_hand: Option<HeldBatch>,
}

/// How far the making is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "BatchStage"))]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Nothing was made yet.
    Planned,
    /// Links are being made.
    Making,
    /// It ended before everything was made: somebody stopped it, or [`Trouble`] did.
    Stopped,
    /// Each row has its link, or cannot have one.
    Finished,
}

/// What a making ended with, beside links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The key could not be opened; nothing was made.
    Key(OpenKeyError),
    /// Links were made, and not written into the history.
    Listing(HistoryStoreError),
}

/// A list in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Rows in all.
    pub total: usize,
    /// Those that cannot be made as they are, and are not left out.
    pub problems: usize,
    /// Those that are left out.
    pub left_out: usize,
    /// Those that say their own end.
    pub own_ends: usize,
    /// Those that have a link.
    pub made: usize,
    /// Those of which no link could be made.
    pub failed: usize,
    /// Those whose link is not in the history.
    pub unlisted: usize,
    /// How far the making is.
    pub stage: Stage,
    /// What the last making ended with.
    pub trouble: Option<Trouble>,
}

/// What a person is asked about a list as a whole. Rows that wait for an answer have a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether the dates of a column are what they may be.
    Column {
        /// Which column.
        column: AskedColumn,
        /// What was answered.
        answer: Option<bool>,
        /// Rows with a date in it.
        rows: usize,
    },
    /// Which number of a date is the day.
    Order {
        /// The first such date.
        example: String,
        /// With the day first, and with the month first.
        readings: [Reading; 2],
        /// Rows with such a date.
        rows: usize,
    },
}

/// A link of the list, to hand out on paper.
#[derive(Debug, Clone)]
pub struct MadeRow {
    /// The link.
    pub link: SignedUrl,
    /// What it is.
    pub planned: PlannedLink,
}

/// Why nothing is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PlanError {
    /// Links of this list are being made.
    #[error("links are being made")]
    Busy,
    /// Rows have to be mended or left out first.
    #[error("{count} rows have a problem")]
    Problems {
        /// How list.
        count: usize,
    },
    /// No row is left to make.
    #[error("nothing to make")]
    Nothing,
    /// The lifetime cannot be used.
    #[error(transparent)]
    Lifetime(#[from] LifetimeError),
    /// The clock cannot be believed, so the links would not end when they say.
    #[error(transparent)]
    Clock(#[from] ClockWrong),
}

/// Links are being made, and the list stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("links are being made")]
pub struct Busy;

/// Links that are about to be made, and whose rows they are.
pub struct Run {
    batch: BatchPlan,
    rows: Vec<usize>,
    /// Which of them stand in the history already.
    made: Vec<bool>,
    /// The plan whose place this one takes.
    in_hand: Option<HeldBatch>,
}

impl LinkBatch {
    /// Looks at each row of a list as of `now`. Names are those of a folder of the key's site.
    pub fn new<Z: TimeZone>(
        key: RegisteredKey,
        folder: &str,
        list: DocumentList,
        now: i64,
        zone: &Z,
    ) -> Self {
        let reader = ListReader::new(&list);
        let place = Place { reader: &reader, folder, site: &key.site };
        let read = |listed| Row::read(listed, &place, now, zone);
        let rows = list.rows.into_iter().map(read).collect();
        let folder = folder.to_owned();
        Self { encoding: list.encoding, ..Self::with_rows(key, folder, rows, reader) }
    }

    /// The encoding of the list's file, unless that is UTF-8.
    pub fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    /// What a person is asked about the list as a whole.
    pub fn questions(&self) -> Vec<Question> {
        let work = self.work();
        let rows = |is: &dyn Fn(&ListedDocument) -> bool| {
            work.rows.iter().filter(|row| is(&row.listed)).count()
        };
        let columns = work.reader.questions().enumerate().map(|(at, (column, answer))| {
            let has_text =
                |row: &ListedDocument| row.asked.get(at).is_some_and(|text| !text.is_empty());
            Question::Column { column: column.clone(), answer, rows: rows(&has_text) }
        });
        let mut questions: Vec<_> = columns.collect();
        let ambiguous = work.rows.iter().filter_map(|row| match &row.read {
            Err(RowError::End(RowEndError {
                text,
                why: MomentError::Ambiguous { readings, by_order: true },
            })) => Some((text.clone(), *readings)),
            _ => None,
        });
        let count = ambiguous.clone().count();
        questions.extend(ambiguous.take(1).map(|(example, readings)| Question::Order {
            example,
            readings,
            rows: count,
        }));
        questions
    }

    /// Answers what is asked about a column, and reads the rows once more.
    ///
    /// # Errors
    /// [`Busy`].
    pub fn answer<Z: TimeZone>(
        &self,
        column: usize,
        answer: bool,
        now: i64,
        zone: &Z,
    ) -> Result<(), Busy> {
        self.read_again(|reader| reader.answer(column, answer), now, zone)
    }

    /// Says which number of the dates is the day, and reads the rows once more.
    ///
    /// # Errors
    /// [`Busy`].
    pub fn choose_order<Z: TimeZone>(&self, order: Order, now: i64, zone: &Z) -> Result<(), Busy> {
        self.read_again(|reader| reader.choose(order), now, zone)
    }

    fn read_again<Z: TimeZone>(
        &self,
        change: impl FnOnce(&mut ListReader),
        now: i64,
        zone: &Z,
    ) -> Result<(), Busy> {
        let mut work = self.idle()?;
        let Work { rows, reader, .. } = &mut *work;
        change(reader);
        reader.look_at(rows.iter().map(|row| &row.listed));
        let place = Place { reader, folder: &self.folder, site: &self.key.site };
        for row in rows {
            row.read_again(&place, now, zone);
        }
        Ok(())
    }

    /// The list of a batch whose making ended with the program, and the run that goes on with it.
    ///
    /// # Errors
    /// [`PlanError::Lifetime`] where a link of it would have ended.
    pub fn unfinished(
        key: RegisteredKey,
        (held, unfinished): (HeldBatch, UnfinishedBatch),
        now: i64,
    ) -> Result<(Self, Run), PlanError> {
        clock::believe(now)?;
        let UnfinishedBatch { batch, made, .. } = unfinished;
        if batch.links.iter().any(|link| link.expires_at <= now) {
            return Err(LifetimeError::Over.into());
        }
        let links = batch.links.iter().zip(&made).enumerate();
        let rows: Vec<_> = links.map(|(at, (link, made))| Row::planned(at, link, *made)).collect();
        let (created_at, common_end) =
            (batch.created_at, batch.links.first().map(|link| link.expires_at));
        let run = Run { rows: (0..rows.len()).collect(), batch, made, in_hand: Some(held) };
        let list = Self::with_rows(key, String::new(), rows, ListReader::default());
        let mut work = list.work();
        (work.stage, work.common_end, work.created_at) = (Stage::Making, common_end, created_at);
        drop(work);
        Ok((list, run))
    }

    fn with_rows(key: RegisteredKey, folder: String, rows: Vec<Row>, reader: ListReader) -> Self {
        let work = Work {
            rows,
            reader,
            common_end: None,
            created_at: 0,
            stage: Stage::Planned,
            shall_stop: false,
            trouble: None,
            in_hand: None,
        };
        Self { key, folder, encoding: None, work: Mutex::new(work) }
    }

    /// The key that makes the links, as it was when the list was read.
    pub fn key(&self) -> &RegisteredKey {
        &self.key
    }

    /// The list in figures.
    pub fn tally(&self) -> Tally {
        let work = self.work();
        let count = |is: fn(&Row) -> bool| work.rows.iter().filter(|row| is(row)).count();
        Tally {
            total: work.rows.len(),
            problems: count(|row| row.state() == RowState::Problem),
            left_out: count(|row| row.is_left_out),
            own_ends: count(|row| matches!(&row.read, Ok(ReadRow { end: Some(_), .. }))),
            made: count(|row| row.state() == RowState::Made),
            failed: count(|row| row.state() == RowState::Failed),
            unlisted: count(Row::is_unlisted),
            stage: work.stage,
            trouble: work.trouble.clone(),
        }
    }

    /// Rows to show, and how many there are of that kind.
    pub fn rows(&self, filter: RowsFilter, skip: usize, take: usize) -> (Vec<ListRow>, usize) {
        let work = self.work();
        let all = || work.rows.iter().enumerate().filter(|(_, row)| row.is_of(filter));
        let rows = all().skip(skip).take(take).map(|(at, row)| row.shown(at)).collect();
        (rows, all().count())
    }

    /// Reads a row again in other words, unless it has its link; `None` where there is no such row.
    ///
    /// # Errors
    /// [`Busy`].
    pub fn mend<Z: TimeZone>(
        &self,
        row: usize,
        words: ListedDocument,
        now: i64,
        zone: &Z,
    ) -> Result<Option<ListRow>, Busy> {
        let mut work = self.idle()?;
        let Work { rows, reader, .. } = &mut *work;
        let Some(place) = rows.get_mut(row) else {
            return Ok(None);
        };
        if place.link().is_none() {
            *place = self.mended(reader, place, words, now, zone);
        }
        Ok(Some(place.shown(row)))
    }

    /// Answers as in an earlier reading of the list, and mends and leaves out each row that was mended or left out in an earlier reading of the list, and
    /// stands there in the same words.
    pub fn mend_as<Z: TimeZone>(&self, earlier: &Self, now: i64, zone: &Z) {
        let earlier = earlier.work();
        // There is nobody else who works on a list that was read this moment.
        let _ = self.read_again(|reader| reader.answer_as(&earlier.reader), now, zone);
        let was_changed = |row: &Row| row.mended.is_some() || row.is_left_out;
        if !earlier.rows.iter().any(was_changed) {
            return;
        }
        // Of rows in the same words the first was the first before.
        let mut before: HashMap<_, VecDeque<&Row>> = HashMap::new();
        for row in &earlier.rows {
            before.entry(row.words()).or_default().push_back(row);
        }
        let mut work = self.work();
        let Work { rows, reader, .. } = &mut *work;
        for row in rows {
            let same = before.get_mut(&row.words()).and_then(VecDeque::pop_front);
            let Some(same) = same.filter(|same| was_changed(same)) else {
                continue;
            };
            if same.mended.is_some() {
                *row = self.mended(reader, row, same.listed.clone(), now, zone);
            }
            row.is_left_out = same.is_left_out;
        }
    }

    fn mended<Z: TimeZone>(
        &self,
        reader: &ListReader,
        row: &Row,
        words: ListedDocument,
        now: i64,
        zone: &Z,
    ) -> Row {
        // What a column says of the row, and no word that was mended, is asked about still; but an end that
        // was typed takes the place of one that may be meant.
        let asked =
            reader.questions().zip(&row.listed.asked).map(|((column, _), text)| {
                match column.asks == Asks::IsEnd && !words.end.trim().is_empty() {
                    true => String::new(),
                    false => text.clone(),
                }
            });
        let listed = ListedDocument { line: row.listed.line, asked: asked.collect(), ..words };
        let mended = Some(row.written().clone());
        let place = Place { reader, folder: &self.folder, site: &self.key.site };
        Row { mended, ..Row::read(listed, &place, now, zone) }
    }

    /// Leaves rows out, or takes them in again. What has its link stays in.
    ///
    /// # Errors
    /// [`Busy`].
    pub fn leave_out(&self, rows: &[usize], is_left_out: bool) -> Result<(), Busy> {
        let mut work = self.idle()?;
        for row in rows {
            if let Some(row) = work.rows.get_mut(*row).filter(|row| row.link().is_none()) {
                row.is_left_out = is_left_out;
            }
        }
        Ok(())
    }

    /// Leaves out every row that cannot be made as it is.
    ///
    /// # Errors
    /// [`Busy`].
    pub fn leave_out_problems(&self) -> Result<(), Busy> {
        let mut work = self.idle()?;
        for row in work.rows.iter_mut().filter(|row| row.state() == RowState::Problem) {
            row.is_left_out = true;
        }
        Ok(())
    }

    /// Plans a link for each row that is not left out. Rows that say no end get this lifetime.
    fn plan<Z: TimeZone>(
        &self,
        lifetime: &Lifetime,
        now: i64,
        day_end: DayEnd,
        zone: &Z,
    ) -> Result<Run, PlanError> {
        clock::believe(now)?;
        let mut work = self.idle().map_err(|Busy| PlanError::Busy)?;
        work.common_end = Some(lifetime.expires_at(now, day_end, zone)?);
        self.begin(&mut work, now, zone)
    }

    /// Plans what has no link yet, or one that is not in the history, with the ends of then.
    ///
    /// # Errors
    /// [`PlanError`].
    pub fn plan_rest<Z: TimeZone>(&self, now: i64, zone: &Z) -> Result<Run, PlanError> {
        clock::believe(now)?;
        let mut work = self.idle().map_err(|Busy| PlanError::Busy)?;
        self.begin(&mut work, now, zone)
    }

    fn begin<Z: TimeZone>(&self, work: &mut Work, now: i64, zone: &Z) -> Result<Run, PlanError> {
        let common_end = work.common_end.ok_or(PlanError::Nothing)?;
        let mut count = 0;
        let mut planned = Vec::with_capacity(work.rows.len());
        for (at, row) in work.rows.iter_mut().enumerate().filter(|(_, row)| !row.is_left_out) {
            match &row.made {
                Some((_, Outcome::Link(_))) if row.is_listed => {}
                Some((link, _)) => planned.push((at, link.clone())),
                None => match row.plan(common_end, now, zone) {
                    Some(link) => planned.push((at, link)),
                    None => count += 1,
                },
            }
        }
        if count > 0 {
            return Err(PlanError::Problems { count });
        }
        if planned.is_empty() {
            return Err(PlanError::Nothing);
        }
        if planned.iter().any(|(_, link)| link.expires_at <= now) {
            return Err(LifetimeError::Over.into());
        }
        for (at, link) in &planned {
            if let Some(row) = work.rows.get_mut(*at)
                && !row.is_unlisted()
            {
                row.made = Some((link.clone(), Outcome::Waiting));
            }
        }
        (work.stage, work.shall_stop, work.trouble) = (Stage::Making, false, None);
        work.created_at = now;
        let (rows, links): (Vec<_>, _) = planned.into_iter().unzip();
        let is_listed = |at: &usize| work.rows.get(*at).is_some_and(|row| row.is_listed);
        let made = rows.iter().map(is_listed).collect();
        let batch = BatchPlan { links, ..self.batch(now) };
        Ok(Run { batch, rows, made, in_hand: work.in_hand.take() })
    }

    fn batch(&self, created_at: i64) -> BatchPlan {
        BatchPlan {
            signer: self.key.signer(),
            key: self.key.id.clone(),
            key_name: self.key.name.clone(),
            created_at,
            links: Vec::new(),
        }
    }

    /// Lets a making end after the links that are being signed.
    pub fn stop(&self) {
        self.work().shall_stop = true;
    }

    /// The document of a row, where that could be read.
    pub fn address(&self, row: usize) -> Option<DocumentAddress> {
        Some(self.work().rows.get(row)?.read.as_ref().ok()?.address.clone())
    }

    /// The link of a row, where it has one.
    pub fn link(&self, row: usize) -> Option<SignedUrl> {
        self.work().rows.get(row)?.link().cloned()
    }

    /// Links that were made, in the order of their rows.
    pub fn made(&self, skip: usize, take: usize) -> Vec<MadeRow> {
        let work = self.work();
        let made = work.rows.iter().filter_map(|row| match &row.made {
            Some((planned, Outcome::Link(link))) => {
                Some(MadeRow { link: link.clone(), planned: planned.clone() })
            }
            _ => None,
        });
        made.skip(skip).take(take).collect()
    }

    /// Links that were made, for a table that other programs read.
    pub fn export(&self) -> Vec<ExportRow> {
        let batch = self.batch(self.work().created_at);
        let row = |MadeRow { link, planned }| ExportRow {
            made: batch.made(&planned),
            note: planned.note,
            link: Some(link),
        };
        self.made(0, usize::MAX).into_iter().map(row).collect()
    }

    fn take(&self, rows: &[usize], part: MadePart) -> ControlFlow<()> {
        let mut work = self.work();
        if let Err(error) = part.listed {
            work.trouble = Some(Trouble::Listing(error));
        }
        let is_listed = part.listed.is_ok();
        for (place, link) in part.rows.iter().zip(part.links) {
            let row = rows.get(*place).and_then(|row| work.rows.get_mut(*row));
            if let Some(row) = row
                && let Some((_, outcome)) = &mut row.made
            {
                row.is_listed |= is_listed && link.is_ok();
                *outcome = link.map_or_else(Outcome::Failed, Outcome::Link);
            }
        }
        if work.shall_stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn finish(&self, outcome: Result<(), OpenKeyError>, in_hand: Option<HeldBatch>) {
        let mut work = self.work();
        work.in_hand = in_hand;
        if let Err(error) = outcome {
            work.trouble = Some(Trouble::Key(error));
        }
        let is_waiting = |row: &Row| matches!(row.made, Some((_, Outcome::Waiting)));
        let is_done = !work.rows.iter().any(is_waiting);
        work.stage = if is_done { Stage::Finished } else { Stage::Stopped };
    }

    fn idle(&self) -> Result<MutexGuard<'_, Work>, Busy> {
        let work = self.work();
        if work.stage == Stage::Making { Err(Busy) } else { Ok(work) }
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        // Each row is replaced whole, so a panic leaves at most fewer of them done.
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Plans a link for each row of a list that is not left out, and remembers with what. Rows that say no
    /// end get this lifetime.
    ///
    /// # Errors
    /// [`PlanError`].
    pub fn plan_batch<Z: TimeZone>(
        &self,
        list: &LinkBatch,
        lifetime: &Lifetime,
        now: i64,
        zone: &Z,
    ) -> Result<Run, PlanError> {
        let run = list.plan(lifetime, now, self.day_end(&list.key().id), zone)?;
        self.remember(&list.key().id, *lifetime);
        Ok(run)
    }

    /// Makes the links of a run; the list is told of each part, and how it ended.
    pub fn make_batch(&self, list: &LinkBatch, run: Run) {
        let Run { batch, rows, made, mut in_hand } = run;
        let see = |part: MadePart| list.take(&rows, part);
        let outcome = self.create_batch(&batch, &made, &mut in_hand, see);
        list.finish(outcome, in_hand);
    }
}
