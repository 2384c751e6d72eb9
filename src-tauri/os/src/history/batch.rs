//! Plans of links that are made together, and the entries of those that were made.
//!
//! A plan is read and written whole, so its links are one text. What was made is marked in the same
//! transaction that writes the entries: whoever goes on with a plan, and how many do, no link gets two.
//! Beside the file lies a lock for each plan that is being made, and goes with the end of it.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params};
use serde::{Deserialize, Serialize};
use signet_app::{
    BatchId, BatchPlan, HeldBatch, KeyId, Name, Note, PlannedLink, SigningParameters,
    UnfinishedBatch,
};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

use super::empty_log;
use super::file::{Fault, Place};
use super::row::{Row, hash_name, hash_of};

/// A link of a plan in the file.
#[derive(Serialize, Deserialize)]
struct StoredLink {
    url: String,
    expires_at: i64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

pub(super) fn begin(
    connection: &mut Connection,
    place: &Place,
    batch: &BatchPlan,
    made: &[bool],
    instead_of: Option<BatchId>,
) -> Result<HeldBatch, Fault> {
    let links: Vec<_> = batch.links.iter().map(StoredLink::of).collect();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        "INSERT INTO batches (site, key_id, key_name, public_key_id, hash, created_at, links) \
         VALUES (:site, :key_id, :key_name, :public_key_id, :hash, :created_at, :links)",
        named_params! {
            ":site": batch.signer.site.origin(),
            ":key_id": batch.key.as_str(),
            ":key_name": batch.key_name.as_str(),
            ":public_key_id": batch.signer.public_key_id.as_str(),
            ":hash": hash_name(batch.signer.hash),
            ":created_at": batch.created_at,
            // Texts and numbers have nothing that could fail.
            ":links": serde_json::to_string(&links).unwrap_or_default(),
        },
    )?;
    let id = BatchId(transaction.last_insert_rowid());
    let made: Vec<u8> = made.iter().map(|made| u8::from(*made)).collect();
    transaction
        .execute("INSERT INTO batch_progress (batch, made) VALUES (?1, ?2)", (id.0, made))?;
    if let Some(before) = instead_of {
        forget(&transaction, before)?;
    }
    // Before anybody else can see it.
    let held = HeldBatch::new(id, place.turn_of(id)?);
    transaction.commit()?;
    if instead_of.is_some() {
        empty_log(connection);
    }
    Ok(held)
}

/// Holds a plan; `None` where it is gone, [`Fault::Busy`] where somebody else holds it.
pub(super) fn hold(
    connection: &Connection,
    place: &Place,
    id: BatchId,
) -> Result<Option<(HeldBatch, UnfinishedBatch)>, Fault> {
    let held = HeldBatch::new(id, place.turn_of(id)?);
    Ok(read(connection, id)?.map(|unfinished| (held, unfinished)))
}

pub(super) fn append(
    connection: &mut Connection,
    id: BatchId,
    batch: &BatchPlan,
    rows: &[usize],
) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut made = made_of(&transaction, id)?.ok_or(Fault::Gone)?;
    for row in rows {
        if let (Some(link), Some(made @ 0)) = (batch.links.get(*row), made.get_mut(*row)) {
            Row::of(&batch.made(link), &link.note).insert(&transaction, None)?;
            *made = 1;
        }
    }
    transaction.execute("UPDATE batch_progress SET made = ?2 WHERE batch = ?1", (id.0, made))?;
    Ok(transaction.commit()?)
}

fn made_of(transaction: &Transaction, id: BatchId) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut statement =
        transaction.prepare_cached("SELECT made FROM batch_progress WHERE batch = ?1")?;
    statement.query_row([id.0], |row| row.get(0)).optional()
}

/// The last plan that nobody holds; `None` too where it is not what this version writes.
pub(super) fn unfinished(
    connection: &Connection,
    place: &Place,
) -> Result<Option<UnfinishedBatch>, Fault> {
    let mut statement = connection.prepare_cached("SELECT id FROM batches ORDER BY id DESC")?;
    let mut ids = statement.query([])?;
    while let Some(row) = ids.next()? {
        let id = BatchId(row.get(0)?);
        if !place.is_held(id) {
            return read(connection, id);
        }
    }
    Ok(None)
}

/// A plan; `None` too where it is not what this version writes.
fn read(connection: &Connection, id: BatchId) -> Result<Option<UnfinishedBatch>, Fault> {
    let stored = connection
        .query_row(
            "SELECT * FROM batches JOIN batch_progress ON batch = id WHERE id = ?1",
            [id.0],
            |row| {
                Ok(StoredBatch {
                    id: row.get("id")?,
                    site: row.get("site")?,
                    key_id: row.get("key_id")?,
                    key_name: row.get("key_name")?,
                    public_key_id: row.get("public_key_id")?,
                    hash: row.get("hash")?,
                    created_at: row.get("created_at")?,
                    links: row.get("links")?,
                    made: row.get("made")?,
                })
            },
        )
        .optional()?;
    Ok(stored.and_then(StoredBatch::open))
}

pub(super) fn end(connection: &mut Connection, id: BatchId) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    forget(&transaction, id)?;
    transaction.commit()?;
    empty_log(connection);
    Ok(())
}

fn forget(transaction: &Transaction, id: BatchId) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM batches WHERE id = ?1", [id.0])?;
    transaction.execute("DELETE FROM batch_progress WHERE batch = ?1", [id.0])?;
    Ok(())
}

struct StoredBatch {
    id: i64,
    site: String,
    key_id: String,
    key_name: String,
    public_key_id: String,
    hash: String,
    created_at: i64,
    links: String,
    made: Vec<u8>,
}

impl StoredBatch {
    fn open(self) -> Option<UnfinishedBatch> {
        let site = SiteAddress::parse(&self.site).ok()?;
        let links: Vec<StoredLink> = serde_json::from_str(&self.links).ok()?;
        let links: Vec<_> =
            links.into_iter().map(|link| link.open(&site)).collect::<Option<_>>()?;
        let made: Vec<_> = self.made.iter().map(|made| *made != 0).collect();
        let public_key_id = PublicKeyId::parse(&self.public_key_id).ok()?;
        (made.len() == links.len()).then_some(())?;
        Some(UnfinishedBatch {
            id: BatchId(self.id),
            batch: BatchPlan {
                signer: SigningParameters { site, public_key_id, hash: hash_of(&self.hash)? },
                key: KeyId::parse(&self.key_id)?,
                key_name: Name::parse(&self.key_name).ok()?,
                created_at: self.created_at,
                links,
            },
            made,
        })
    }
}

impl StoredLink {
    fn of(link: &PlannedLink) -> Self {
        let PlannedLink { address, expires_at, note } = link;
        let (url, note) = (address.as_str().to_owned(), note.as_str().to_owned());
        Self { url, expires_at: *expires_at, note }
    }

    fn open(self, site: &SiteAddress) -> Option<PlannedLink> {
        let address = DocumentAddress::signed_before(&self.url, site)?;
        // Read in other words it would be another link.
        (address.as_str() == self.url).then_some(())?;
        let note = Note::parse(&self.note).ok()?;
        Some(PlannedLink { address, expires_at: self.expires_at, note })
    }
}
