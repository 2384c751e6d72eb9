//! Many links in one go: signed on all cores while those before them are written down.
//!
//! Deliberately not here: how documents are listed, mended and shown ([`super::many`]). What is
//! written down is the plan, row by row, so that a making that ended with the program goes on where
//! it was and repeats nothing. A plan is in the hands of one program at a time ([`HeldBatch`]): two that
//! go on with one would each make all of it, and tell of links that are not written down, though they are.

use std::ops::ControlFlow;
use std::panic::resume_unwind;

use rayon::prelude::*;
use thiserror::Error;

use super::App;
use super::entry::{MadeLink, Note};
use super::key::{KeyId, Name};
use super::keys::OpenKeyError;
use super::links::SigningParameters;
use super::ports::HistoryStoreError;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::signed_url::{self, SignUrlError, SignedUrl};
use signet_cloudfront::stack;

/// So many links are signed between two writes: less than a tenth of a second for RSA.
const ROWS_AT_ONCE: usize = 512;

/// Links to be made with one key, and what became of them is remembered by their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Their site, and how they are signed.
    pub signer: SigningParameters,
    /// The key that signs them.
    pub key: KeyId,
    /// What it is called.
    pub key_name: Name,
    /// When they were asked for, Unix time.
    pub created_at: i64,
    /// The links.
    pub links: Vec<PlannedLink>,
}

/// A link that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLink {
    /// What it opens.
    pub address: DocumentAddress,
    /// When it ends, Unix time.
    pub expires_at: i64,
    /// What the person noted.
    pub note: Note,
}

/// Names a batch in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchId(pub i64);

/// A batch in this program's hands: no other goes on with it or forgets it until this is dropped.
pub struct HeldBatch {
    /// Its name.
    pub id: BatchId,
    _turn: Box<dyn Send>,
}

/// Why a batch is not gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GoOnError {
    /// Another program is making it.
    #[error("another program is making these links")]
    Elsewhere,
    /// Another program has made the rest of it or left it.
    #[error("another program has made these links or left them")]
    Gone,
    /// The history cannot be asked.
    #[error(transparent)]
    HistoryStore(#[from] HistoryStoreError),
}

/// A batch whose making ended before all of it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedBatch {
    /// Its name.
    pub id: BatchId,
    /// What was asked for.
    pub batch: Batch,
    /// For each link whether it stands in the history already.
    pub made: Vec<bool>,
}

/// What became of some links of a batch.
pub struct MadePart<'a> {
    /// The places of the links in the batch.
    pub rows: &'a [usize],
    /// The link in each place, or why there is none.
    pub links: Vec<Result<SignedUrl, SignUrlError>>,
    /// Whether those that were made stand in the history.
    pub listed: Result<(), HistoryStoreError>,
}

impl HeldBatch {
    /// A batch that is held as long as this turn is not dropped.
    pub fn new(id: BatchId, turn: impl Send + 'static) -> Self {
        Self { id, _turn: Box::new(turn) }
    }
}

impl Batch {
    /// What was made in one place.
    pub fn made(&self, link: &PlannedLink) -> MadeLink {
        MadeLink {
            address: link.address.clone(),
            signer: self.signer.clone(),
            key: self.key.clone(),
            key_name: self.key_name.clone(),
            terms: LinkConditions::until(link.expires_at),
            created_at: self.created_at,
        }
    }

    fn sign(&self, row: usize, key: &SigningKey) -> Option<Result<SignedUrl, SignUrlError>> {
        let PlannedLink { address, expires_at, .. } = self.links.get(row)?;
        let SigningParameters { public_key_id, hash, .. } = &self.signer;
        Some(signed_url::sign(
            address,
            &LinkConditions::until(*expires_at),
            *hash,
            key,
            public_key_id,
        ))
    }
}

impl App {
    /// Makes the links of a batch in their order and tells `see` of each part once it is made. Where
    /// `see` says so, nothing more is begun.
    ///
    /// The plan is in the history while links are made, in the place of the one that was `in_hand`. What
    /// stands there already (`made`) is signed, to the same bytes as before, and not written down again. A
    /// plan stays in hand where it could not be forgotten in the end.
    ///
    /// # Errors
    /// [`OpenKeyError`]; then no link was made, and the plan in hand is as it was.
    pub fn create_batch(
        &self,
        batch: &Batch,
        made: &[bool],
        in_hand: &mut Option<HeldBatch>,
        mut see: impl FnMut(MadePart) -> ControlFlow<()>,
    ) -> Result<(), OpenKeyError> {
        let record = self.key(&batch.key).ok_or(OpenKeyError::Unknown)?;
        let key = self.open_key(&record.id)?;
        let before = in_hand.as_ref().map(|held| held.id);
        let begun = self.history_store().and_then(|store| store.begin_batch(batch, made, before));
        let id = begun.map(|held| in_hand.insert(held).id);
        let places: Vec<usize> = (0..batch.links.len()).collect();
        let sign = |rows: &[usize]| -> Vec<_> {
            rows.par_iter().filter_map(|row| batch.sign(*row, &key)).collect()
        };
        let mut parts = places.chunks(ROWS_AT_ONCE);
        let mut waiting = parts.next().map(|rows| (rows, sign(rows)));
        let mut flow = ControlFlow::Continue(());
        while let Some((rows, links)) = waiting {
            let next = if flow.is_continue() { parts.next() } else { None };
            // On a thread of its own, which mostly waits for the disk: all cores sign meanwhile.
            let (listed, signed) = std::thread::scope(|scope| {
                let listing =
                    scope.spawn(|| id.and_then(|id| self.list_rows(id, batch, rows, &links)));
                let signed = next.map(|rows| (rows, sign(rows)));
                (listing.join().unwrap_or_else(|panic| resume_unwind(panic)), signed)
            });
            flow = see(MadePart { rows, links, listed });
            waiting = signed;
        }
        drop(key);
        // Each thread that signed had the key's numbers on its stack.
        rayon::broadcast(|_| stack::wiped_after(|| ()));
        // What was left out on purpose is not to be gone on with. Where this cannot be written, the plan
        // that comes next takes its place; if none does, the next start asks about it.
        if let Ok(id) = id
            && self.history_store().and_then(|store| store.end_batch(id)).is_ok()
        {
            *in_hand = None;
        }
        Ok(())
    }

    fn list_rows(
        &self,
        id: BatchId,
        batch: &Batch,
        rows: &[usize],
        links: &[Result<SignedUrl, SignUrlError>],
    ) -> Result<(), HistoryStoreError> {
        let made = rows.iter().zip(links).filter(|(_, link)| link.is_ok());
        let rows: Vec<usize> = made.map(|(row, _)| *row).collect();
        self.history_store()?.append_batch(id, batch, &rows)
    }

    /// A batch whose making ended with its program, and that is in nobody's hands.
    ///
    /// # Errors
    /// [`HistoryStoreError`].
    pub fn unfinished_batch(&self) -> Result<Option<UnfinishedBatch>, HistoryStoreError> {
        self.history_store()?.unfinished_batch()
    }

    /// Takes an unfinished batch in hand, to go on with it; gives how far it is now.
    ///
    /// # Errors
    /// [`GoOnError`].
    pub fn hold_batch(&self, id: BatchId) -> Result<(HeldBatch, UnfinishedBatch), GoOnError> {
        self.history_store()?.hold_batch(id)
    }

    /// Forgets what of a batch was not made; what was made stays.
    ///
    /// # Errors
    /// [`GoOnError::Elsewhere`] and [`GoOnError::HistoryStore`].
    pub fn leave_batch(&self, id: BatchId) -> Result<(), GoOnError> {
        match self.hold_batch(id) {
            Ok((held, _)) => Ok(self.history_store()?.end_batch(held.id)?),
            Err(GoOnError::Gone) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
