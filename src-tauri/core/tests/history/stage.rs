//! A desk whose keychain, settings and history are in memory, and can be told to fail.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use chrono::Utc;
use signet_core::desk::{
    Batch, BatchId, Book, ChosenLimits, Desk, EntryId, HistoryEntry, HistoryPage, HistoryQuery,
    HistorySort, KeyId, KeyName, KeyRecord, Ledger, LedgerError, LinkRecipe, ListVaultError,
    MadeLink, NewLink, Note, Profile, SaveError, StateFilter, UnfinishedBatch, Vault, VaultError,
};
use signet_core::key::SigningKey;
use signet_core::key_file::{self, KeyFile};
use signet_core::lifetime::Lifetime;
use zeroize::Zeroizing;

/// 24 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_521_600;
pub const DAY: i64 = 86_400;

#[derive(Clone, Default)]
pub struct Ports(pub Arc<World>);

#[derive(Default)]
pub struct World {
    pub secrets: Mutex<BTreeMap<String, Vec<u8>>>,
    pub reads: Mutex<usize>,
    pub entries: Mutex<BTreeMap<EntryId, HistoryEntry>>,
    pub last_plan: Mutex<Option<Batch>>,
    pub plans: Mutex<Vec<Option<UnfinishedBatch>>>,
    pub ledger_fails: Mutex<Option<LedgerError>>,
}

impl Vault for Ports {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), VaultError> {
        self.0.secrets.lock().unwrap().insert(id.to_string(), secret.to_vec());
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        *self.0.reads.lock().unwrap() += 1;
        let secrets = self.0.secrets.lock().unwrap();
        secrets.get(id.as_str()).cloned().map(Zeroizing::new).ok_or(VaultError::Missing)
    }

    fn remove(&self, id: &KeyId) -> Result<(), VaultError> {
        self.0.secrets.lock().unwrap().remove(id.as_str()).map(drop).ok_or(VaultError::Missing)
    }

    fn names(&self) -> Result<Vec<String>, ListVaultError> {
        Ok(self.0.secrets.lock().unwrap().keys().cloned().collect())
    }
}

impl Profile for Ports {
    fn save(&self, _: &Book) -> Result<(), SaveError> {
        Ok(())
    }
}

impl Ports {
    fn asked(
        &self,
    ) -> Result<std::sync::MutexGuard<'_, BTreeMap<EntryId, HistoryEntry>>, LedgerError> {
        self.0.ledger_fails.lock().unwrap().map_or(Ok(()), Err)?;
        Ok(self.0.entries.lock().unwrap())
    }
}

impl Ledger for Ports {
    fn append(&self, made: &MadeLink, note: &Note) -> Result<EntryId, LedgerError> {
        let mut entries = self.asked()?;
        let id = EntryId(entries.keys().last().map_or(1, |id| id.0 + 1));
        entries.insert(id, HistoryEntry { id, made: made.clone(), note: note.clone() });
        Ok(id)
    }

    fn begin_batch(&self, batch: &Batch) -> Result<BatchId, LedgerError> {
        drop(self.asked()?);
        *self.0.last_plan.lock().unwrap() = Some(batch.clone());
        let made = vec![false; batch.links.len()];
        let mut plans = self.0.plans.lock().unwrap();
        let id = BatchId(plans.len() as i64 + 1);
        plans.push(Some(UnfinishedBatch { id, batch: batch.clone(), made }));
        Ok(id)
    }

    fn append_batch(&self, id: BatchId, batch: &Batch, rows: &[usize]) -> Result<(), LedgerError> {
        drop(self.asked()?);
        let mut plans = self.0.plans.lock().unwrap();
        let plan = plans[id.0 as usize - 1].as_mut().unwrap();
        for row in rows.iter().filter(|row| !std::mem::replace(&mut plan.made[**row], true)) {
            self.append(&batch.made(&batch.links[*row]), &batch.links[*row].note)?;
        }
        Ok(())
    }

    fn unfinished_batch(&self) -> Result<Option<UnfinishedBatch>, LedgerError> {
        Ok(self.0.plans.lock().unwrap().iter().flatten().last().cloned())
    }

    fn end_batch(&self, id: BatchId) -> Result<(), LedgerError> {
        self.0.plans.lock().unwrap()[id.0 as usize - 1] = None;
        Ok(())
    }

    fn keys(&self) -> Result<Vec<(KeyId, KeyName)>, LedgerError> {
        let entries = self.asked()?;
        let keys =
            entries.values().map(|entry| (entry.made.key.clone(), entry.made.key_name.clone()));
        Ok(keys
            .map(|(id, name)| (id.to_string(), (id, name)))
            .collect::<BTreeMap<_, _>>()
            .into_values()
            .collect())
    }

    fn page(
        &self,
        query: &HistoryQuery,
        _: &[KeyRecord],
        now: i64,
    ) -> Result<HistoryPage, LedgerError> {
        let entries = self.asked()?;
        let end = |entry: &HistoryEntry| entry.made.terms.expires_at();
        let is_wanted = |entry: &&HistoryEntry| {
            query.key.as_ref().is_none_or(|key| *key == entry.made.key)
                && (query.state == StateFilter::Any || end(entry) > now)
        };
        let mut wanted: Vec<_> = entries.values().rev().filter(is_wanted).cloned().collect();
        if query.sort == HistorySort::EndsFirst {
            wanted.sort_by_key(end);
        }
        let found = wanted.len();
        let entries = wanted.into_iter().skip(query.skip).take(query.take).collect();
        Ok(HistoryPage { found, entries, ..HistoryPage::default() })
    }

    fn find(&self, id: EntryId) -> Result<Option<HistoryEntry>, LedgerError> {
        Ok(self.asked()?.get(&id).cloned())
    }

    fn set_note(&self, id: EntryId, note: &Note) -> Result<bool, LedgerError> {
        Ok(self.asked()?.get_mut(&id).map(|entry| entry.note = note.clone()).is_some())
    }

    fn remove(&self, ids: &[EntryId]) -> Result<Vec<HistoryEntry>, LedgerError> {
        let mut entries = self.asked()?;
        Ok(ids.iter().filter_map(|id| entries.remove(id)).collect())
    }

    fn restore(&self, restored: &[HistoryEntry]) -> Result<(), LedgerError> {
        self.asked()?.extend(restored.iter().map(|entry| (entry.id, entry.clone())));
        Ok(())
    }

    fn clear(&self) -> Result<(), LedgerError> {
        self.asked()?.clear();
        Ok(())
    }

    fn set_aside(&self) -> Option<String> {
        Some("history.damaged-1.sqlite3".to_owned())
    }
}

pub struct Stage {
    pub desk: Desk,
    pub world: Arc<World>,
}

impl Stage {
    pub fn new() -> Self {
        let ports = Ports::default();
        let desk = Desk::new(Box::new(ports.clone()), Box::new(ports.clone()), Book::default())
            .with_history(Box::new(ports.clone()));
        Self { desk, world: ports.0 }
    }

    pub fn add(&self, name: &str, key: &SigningKey) -> KeyId {
        let new = self.desk.describe_key(name, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
        self.desk.add_key(&new, key).unwrap().id
    }

    pub fn make(&self, key: &KeyId, address: &str, limits: &ChosenLimits) -> NewLink {
        let recipe = LinkRecipe {
            address: address.to_owned(),
            lifetime: Lifetime::OneDay,
            limits: limits.clone(),
        };
        self.desk.create_link(key, &recipe, &Note::default(), NOW, &Utc).unwrap()
    }

    pub fn make_plain(&self, key: &KeyId, address: &str) -> EntryId {
        self.make(key, address, &ChosenLimits::default()).entry.unwrap().unwrap()
    }

    pub fn ids(&self) -> Vec<EntryId> {
        self.world.entries.lock().unwrap().keys().copied().collect()
    }
}

pub fn rsa() -> SigningKey {
    let pem = Command::new("openssl").args(["genrsa", "2048"]).stderr(Stdio::null()).output();
    let KeyFile::Ready(key) = key_file::read(&pem.unwrap().stdout).unwrap() else {
        panic!("openssl locked the key")
    };
    key
}
