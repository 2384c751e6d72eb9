//! A batch is made: signed on all cores while the links before are written down.

use std::ops::ControlFlow;
use std::panic::resume_unwind;

use rayon::prelude::*;

use crate::App;
use crate::history::{
    BatchId, BatchPlan, GoOnError, HeldBatch, HistoryStoreError, UnfinishedBatch,
};
use crate::keys::OpenKeyError;
use signet_cloudfront::signed_url::{SignUrlError, SignedUrl};
use signet_cloudfront::stack;

/// So many links are signed between two writes: less than a tenth of a second for RSA.
const ROWS_AT_ONCE: usize = 512;

/// What became of some links of a batch.
pub struct MadePart<'a> {
    /// The places of the links in the batch.
    pub rows: &'a [usize],
    /// The link in each place, or why there is none.
    pub links: Vec<Result<SignedUrl, SignUrlError>>,
    /// Whether those that were made stand in the history.
    pub listed: Result<(), HistoryStoreError>,
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
        batch: &BatchPlan,
        made: &[bool],
        in_hand: &mut Option<HeldBatch>,
        mut see: impl FnMut(MadePart) -> ControlFlow<()>,
    ) -> Result<(), OpenKeyError> {
        let record = self.registered_key(&batch.key).ok_or(OpenKeyError::Unknown)?;
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
        batch: &BatchPlan,
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
