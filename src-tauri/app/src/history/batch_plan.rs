//! What is written down of a batch before its first link is signed: the plan, row by row, so that a making that
//! ended with the program goes on where it was and repeats nothing. A plan is in the hands of one program at a
//! time ([`HeldBatch`]): two that go on with one would each make all of it, and tell of links that are not
//! written down, though they are.

use super::entry::{MadeLink, Note};
use crate::key::{KeyId, Name};
use crate::signing_parameters::SigningParameters;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::signed_url::{self, SignUrlError, SignedUrl};

/// Links to be made with one key, and what became of them is remembered by their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchPlan {
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

/// A batch whose making ended before all of it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedBatch {
    /// Its name.
    pub id: BatchId,
    /// What was asked for.
    pub batch: BatchPlan,
    /// For each link whether it stands in the history already.
    pub made: Vec<bool>,
}

impl HeldBatch {
    /// A batch that is held as long as this turn is not dropped.
    pub fn new(id: BatchId, turn: impl Send + 'static) -> Self {
        Self { id, _turn: Box::new(turn) }
    }
}

impl BatchPlan {
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

    pub(crate) fn sign(
        &self,
        row: usize,
        key: &SigningKey,
    ) -> Option<Result<SignedUrl, SignUrlError>> {
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
