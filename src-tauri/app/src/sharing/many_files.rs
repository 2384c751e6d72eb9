//! Files that become documents together, one after the other: what became of each, how far all of them are, and whether
//! to stop.
//!
//! Many hands look at it while files are on their way, so it guards itself. Deliberately not here: how a file gets to its
//! place, which is another one in practice.

use std::sync::{Mutex, MutexGuard, PoisonError};

use signet_cloudfront::address::DocumentAddress;

use super::site_documents::{Caches, DocumentThere, IfThere, PutDocument};
use crate::documents::{DocumentKey, ETag, FoundFile, StoredDocument};
use crate::links::NewLink;

/// Files on their way, with what went wrong as whoever shows it says it.
pub struct ManyFiles<E> {
    files: Vec<FoundFile>,
    work: Mutex<Work<E>>,
}

struct Work<E> {
    rows: Vec<Row<E>>,
    stage: FilesStage,
    going: Option<usize>,
    /// Of the file that is going, in bytes.
    sent: u64,
    shall_stop: bool,
    trouble: Option<E>,
}

struct Row<E> {
    there: Option<Shown>,
    replaces: Replaces,
    outcome: Outcome<E>,
}

enum Outcome<E> {
    Waiting,
    Shared(Box<SharedFile>),
    Failed(E),
}

/// What was shown of a document that is there.
struct Shown {
    document: StoredDocument,
    links: Option<usize>,
}

/// How far they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FilesStage {
    /// Nothing was asked for yet.
    Chosen,
    /// It is being looked what is there already.
    Looking,
    /// Something is there already, and nobody said yet what becomes of it.
    Asked,
    /// They are on their way.
    Going,
    /// It ended before all was done: somebody stopped it, or something did.
    Stopped,
    /// Each file is there and has its link, or cannot be there.
    Finished,
}

/// What a file may take the place of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Replaces {
    /// Nothing: both are kept.
    #[default]
    Nothing,
    /// Whatever is there when it is its turn, which is said then.
    WhatIsThere,
    /// This version, which was shown, and no other.
    Version(ETag),
}

/// A file that is a document now.
#[derive(Debug)]
pub struct SharedFile {
    /// What it is called where it lies.
    pub name: String,
    /// Where it opens.
    pub address: DocumentAddress,
    /// Whether there was one of its name, beside which it is kept.
    pub is_beside: bool,
    /// Whether it took the place of another one.
    pub has_replaced: bool,
    /// What became of CloudFront's caches.
    pub caches: Caches,
    /// Its link, where one was wanted.
    pub link: Option<NewLink>,
    /// What is written down of it until all are done; `None` where nothing is.
    pub put: Option<PutDocument>,
}

/// All of them in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilesTally {
    /// How many files.
    pub total: usize,
    /// How many bytes.
    pub size: u64,
    /// Those that are there, with a link where one is wanted.
    pub made: usize,
    /// Those that cannot be there.
    pub failed: usize,
    /// Those of whose name one is there already, which was shown.
    pub there: usize,
    /// Links that were made here and still work, of those; `None` where that is not known.
    pub links_there: Option<usize>,
    /// Those that are kept beside another one.
    pub beside: usize,
    /// Those that took the place of another one.
    pub replaced: usize,
    /// Whether readers may get one of the old documents for a day.
    pub is_old_for_a_day: bool,
    /// Bytes that are there.
    pub sent: u64,
    /// The file that is on its way.
    pub going: Option<usize>,
    /// How far they are.
    pub stage: FilesStage,
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FileState {
    /// It is its turn some time.
    Waiting,
    /// It is on its way.
    Going,
    /// It is there.
    Made,
    /// It cannot be there.
    Failed,
}

/// A file to show.
pub struct FileRow<'a, E> {
    /// Its place, from 0.
    pub row: usize,
    /// Which file.
    pub file: &'a FoundFile,
    /// Where it is.
    pub state: FileState,
    /// What is there already under its name.
    pub there: Option<&'a StoredDocument>,
    /// What it has become.
    pub shared: Option<&'a SharedFile>,
    /// Why it cannot be there.
    pub error: Option<&'a E>,
}

/// Files are on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("files are on their way")]
pub struct FilesBusy;

impl<E> ManyFiles<E> {
    /// Files of which nothing is done yet.
    #[must_use]
    pub fn new(files: Vec<FoundFile>, replaces: &Replaces) -> Self {
        let row = |_: &FoundFile| Row {
            there: None,
            replaces: replaces.clone(),
            outcome: Outcome::Waiting,
        };
        let work = Work {
            rows: files.iter().map(row).collect(),
            stage: FilesStage::Chosen,
            going: None,
            sent: 0,
            shall_stop: false,
            trouble: None,
        };
        Self { files, work: Mutex::new(work) }
    }

    /// Which files, in their order.
    #[must_use]
    pub fn files(&self) -> &[FoundFile] {
        &self.files
    }

    /// What each of them may take the place of.
    pub fn replaces(&self) -> Vec<Replaces> {
        self.work().rows.iter().map(|row| row.replaces.clone()).collect()
    }

    /// The same as it was said in an earlier run; what is not said stays.
    pub fn replace_as(&self, replaces: Vec<Replaces>) {
        for (row, replaces) in self.work().rows.iter_mut().zip(replaces) {
            row.replaces = replaces;
        }
    }

    /// Each of those that were shown is replaced, and of two files of one name the first one does it: the other one is kept
    /// beside it.
    pub fn replace_what_was_shown(&self) {
        let mut seen = Vec::new();
        for row in &mut self.work().rows {
            let Some(Shown { document, .. }) = &row.there else { continue };
            if !seen.contains(&document.key) {
                seen.push(document.key.clone());
                row.replaces = Replaces::Version(document.etag.clone());
            }
        }
    }

    /// Both are kept of all of them.
    pub fn keep_both(&self) {
        for row in &mut self.work().rows {
            row.replaces = Replaces::Nothing;
        }
    }

    /// Stops what is under way, in a moment.
    pub fn stop(&self) {
        self.work().shall_stop = true;
    }

    /// Whether to stop.
    pub fn is_stopped(&self) -> bool {
        self.work().shall_stop
    }

    /// Begins with a look at what is there, or with the files themselves. What went wrong before may have been mended.
    ///
    /// # Errors
    /// [`FilesBusy`].
    pub fn begin(&self, stage: FilesStage) -> Result<(), FilesBusy> {
        let mut work = self.work();
        if work.is_busy() {
            return Err(FilesBusy);
        }
        work.stage = stage;
        work.shall_stop = false;
        work.trouble = None;
        for row in &mut work.rows {
            if let Outcome::Failed(_) = row.outcome {
                row.outcome = Outcome::Waiting;
            }
            if stage == FilesStage::Looking {
                (row.there, row.replaces) = (None, Replaces::Nothing);
            }
        }
        Ok(())
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.work().is_busy()
    }

    /// The next file from there on that is to be shared, which is under way from now on; `None` where there is none, or all
    /// is to stop.
    pub fn next(&self, from: usize) -> Option<usize> {
        let mut work = self.work();
        if work.shall_stop || work.trouble.is_some() {
            return None;
        }
        let is_waiting = |row: &Row<E>| matches!(row.outcome, Outcome::Waiting);
        let next = from + work.rows.iter().skip(from).position(is_waiting)?;
        (work.going, work.sent) = (Some(next), 0);
        Some(next)
    }

    /// What is there under the name of a file.
    pub(super) fn found(&self, row: usize, there: Option<DocumentThere>) {
        let shown = |there: DocumentThere| Shown {
            links: there.links.ok().map(|links| links.own + links.of_folders),
            document: there.document,
        };
        if let Some(row) = self.work().rows.get_mut(row) {
            row.there = there.map(shown);
        }
    }

    /// So many bytes of the file that is under way are there.
    pub fn sent(&self, bytes: u64) {
        self.work().sent = bytes;
    }

    /// A file is there.
    pub fn shared(&self, row: usize, file: SharedFile) {
        self.work().end(row, Outcome::Shared(Box::new(file)));
    }

    /// A file cannot be there, and the others may be.
    pub fn failed(&self, row: usize, error: E) {
        self.work().end(row, Outcome::Failed(error));
    }

    /// Nothing goes on: the others would fare the same, or it was stopped (`None`).
    pub fn halted(&self, trouble: Option<E>) {
        let mut work = self.work();
        work.trouble = trouble;
        work.shall_stop = true;
    }

    /// It was looked at all of them; gives whether they go at once, for nothing is there that has to be asked about.
    pub fn looked(&self) -> bool {
        let mut work = self.work();
        work.going = None;
        let is_there = work.rows.iter().any(|row| row.there.is_some());
        work.stage = match work.shall_stop {
            true => FilesStage::Chosen,
            false if is_there => FilesStage::Asked,
            false => FilesStage::Going,
        };
        work.stage == FilesStage::Going
    }

    /// Nothing is under way any more; gives whether all are there.
    pub fn ended(&self) -> bool {
        let mut work = self.work();
        work.going = None;
        let is_waiting = work.rows.iter().any(|row| matches!(row.outcome, Outcome::Waiting));
        work.stage = if is_waiting { FilesStage::Stopped } else { FilesStage::Finished };
        work.rows.iter().all(|row| matches!(row.outcome, Outcome::Shared(_)))
    }

    /// Looks at what went wrong for all of them.
    pub fn with_trouble<T>(&self, look: impl FnOnce(Option<&E>) -> T) -> T {
        look(self.work().trouble.as_ref())
    }

    /// Takes what went wrong for all of them.
    pub fn take_trouble(&self) -> Option<E> {
        self.work().trouble.take()
    }

    /// Looks at some of the files, and gives how many there are.
    pub fn rows<T>(
        &self,
        show_failed: bool,
        skip: usize,
        take: usize,
        look: impl FnMut(FileRow<'_, E>) -> T,
    ) -> (Vec<T>, usize) {
        let work = self.work();
        let is_shown = |row: &Row<E>| !show_failed || !matches!(row.outcome, Outcome::Shared(_));
        let found = work.rows.iter().filter(|row| is_shown(row)).count();
        let rows = work.rows.iter().zip(&self.files).enumerate();
        let rows = rows.filter(|(_, (row, _))| is_shown(row)).skip(skip).take(take);
        let rows = rows.map(|(at, (row, file))| row.to_show(at, file, work.going == Some(at)));
        (rows.map(look).collect(), found)
    }

    /// Looks at each file that is there, in their order.
    pub fn shared_files<T>(&self, mut look: impl FnMut(usize, &SharedFile) -> T) -> Vec<T> {
        let work = self.work();
        let shared = work.rows.iter().enumerate().filter_map(|(at, row)| match &row.outcome {
            Outcome::Shared(file) => Some((at, file)),
            _ => None,
        });
        shared.map(|(at, file)| look(at, file)).collect()
    }

    /// Whether another file of these lies under a name.
    pub(super) fn is_taken(&self, key: &DocumentKey) -> bool {
        self.work().rows.iter().any(|row| match &row.outcome {
            Outcome::Shared(file) => file.put.as_ref().is_some_and(|put| put.document.key == *key),
            _ => false,
        })
    }

    /// All of them in figures.
    pub fn tally(&self) -> FilesTally {
        let work = self.work();
        let mut tally = FilesTally {
            total: self.files.len(),
            size: self.files.iter().map(|file| file.size).sum(),
            made: 0,
            failed: 0,
            there: 0,
            links_there: Some(0),
            beside: 0,
            replaced: 0,
            is_old_for_a_day: false,
            sent: if work.going.is_some() { work.sent } else { 0 },
            going: work.going,
            stage: work.stage,
        };
        for (row, file) in work.rows.iter().zip(&self.files) {
            if let Some(shown) = &row.there {
                tally.there += 1;
                tally.links_there =
                    tally.links_there.zip(shown.links).map(|(all, more)| all + more);
            }
            match &row.outcome {
                Outcome::Waiting => continue,
                Outcome::Failed(_) => tally.failed += 1,
                Outcome::Shared(shared) => {
                    tally.made += 1;
                    tally.beside += usize::from(shared.is_beside);
                    tally.replaced += usize::from(shared.has_replaced);
                    tally.is_old_for_a_day |=
                        matches!(shared.caches, Caches::NotKnown | Caches::NotTold(_));
                }
            }
            // What cannot go is behind the bar too.
            tally.sent += file.size;
        }
        tally.sent = tally.sent.min(tally.size);
        tally
    }

    /// What a file may take the place of.
    pub(super) fn replaced_by(&self, row: usize) -> Replaces {
        self.work().rows.get(row).map(|row| row.replaces.clone()).unwrap_or_default()
    }

    fn work(&self) -> MutexGuard<'_, Work<E>> {
        // Whoever panicked while it was held had changed one row at most.
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<E> Work<E> {
    fn is_busy(&self) -> bool {
        self.stage == FilesStage::Going || self.stage == FilesStage::Looking
    }

    fn end(&mut self, row: usize, outcome: Outcome<E>) {
        if let Some(row) = self.rows.get_mut(row) {
            row.outcome = outcome;
        }
        (self.going, self.sent) = (None, 0);
    }
}

impl<E> Row<E> {
    fn to_show<'a>(&'a self, at: usize, file: &'a FoundFile, is_going: bool) -> FileRow<'a, E> {
        let (state, shared, error) = match &self.outcome {
            Outcome::Waiting if is_going => (FileState::Going, None, None),
            Outcome::Waiting => (FileState::Waiting, None, None),
            Outcome::Shared(shared) => (FileState::Made, Some(&**shared), None),
            Outcome::Failed(error) => (FileState::Failed, None, Some(error)),
        };
        let there = self.there.as_ref().map(|shown| &shown.document);
        FileRow { row: at, file, state, there, shared, error }
    }
}

impl Replaces {
    /// What this means for a document in whose place one may be.
    pub(super) fn if_there(&self) -> IfThere {
        match self {
            Self::Nothing => IfThere::KeepBoth,
            Self::WhatIsThere | Self::Version(_) => IfThere::Replace,
        }
    }
}
