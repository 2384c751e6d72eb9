//! A app whose keychain, settings and history are in memory, and can be told to fail.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use chrono::Utc;
use signet_app::{
    App, BatchId, BatchPlan, ChosenLimits, EntryId, GoOnError, HeldBatch, HistoryEntry,
    HistoryPage, HistoryQuery, HistorySort, HistoryStore, HistoryStoreError, KeyId, Keychain,
    KeychainError, LinkRecipe, ListKeychainError, MadeLink, Name, NewLink, Note, Profile,
    RegisteredKey, SaveError, Settings, SettingsError, SiteId, StateFilter, UnfinishedBatch,
};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::key_file::{self, KeyFile};
use signet_cloudfront::lifetime::Lifetime;
use zeroize::Zeroizing;

/// 24 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_521_600;
pub const DAY: i64 = 86_400;

#[derive(Clone, Default)]
pub struct Ports(pub Arc<World>);

#[derive(Default)]
pub struct World {
    pub secrets: Mutex<BTreeMap<String, Vec<u8>>>,
    pub settings: Mutex<Settings>,
    pub reads: Mutex<usize>,
    pub entries: Mutex<BTreeMap<EntryId, HistoryEntry>>,
    pub last_plan: Mutex<Option<BatchPlan>>,
    pub plans: Mutex<Vec<Option<UnfinishedBatch>>>,
    /// The plans that somebody has in hand.
    pub held: Arc<Mutex<BTreeSet<i64>>>,
    /// No plan can be ended.
    pub ends_fail: Mutex<bool>,
    pub history_fails: Mutex<Option<HistoryStoreError>>,
}

impl Keychain for Ports {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), KeychainError> {
        self.0.secrets.lock().unwrap().insert(id.to_string(), secret.to_vec());
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        *self.0.reads.lock().unwrap() += 1;
        let secrets = self.0.secrets.lock().unwrap();
        secrets.get(id.as_str()).cloned().map(Zeroizing::new).ok_or(KeychainError::Missing)
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.0.secrets.lock().unwrap().remove(id.as_str()).map(drop).ok_or(KeychainError::Missing)
    }

    fn names(&self) -> Result<Vec<String>, ListKeychainError> {
        Ok(self.0.secrets.lock().unwrap().keys().cloned().collect())
    }
}

impl Profile for Ports {
    fn read(&self) -> Result<Settings, SettingsError> {
        Ok(self.0.settings.lock().unwrap().clone())
    }

    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError> {
        let mut settings = self.0.settings.lock().unwrap();
        change(&mut settings);
        Ok(settings.clone())
    }

    fn is_changed(&self) -> bool {
        false
    }
}

impl Ports {
    fn asked(
        &self,
    ) -> Result<std::sync::MutexGuard<'_, BTreeMap<EntryId, HistoryEntry>>, HistoryStoreError> {
        self.0.history_fails.lock().unwrap().map_or(Ok(()), Err)?;
        Ok(self.0.entries.lock().unwrap())
    }

    fn hold(&self, id: BatchId) -> Option<HeldBatch> {
        let held = Arc::clone(&self.0.held);
        let is_free = held.lock().unwrap().insert(id.0);
        is_free.then(|| HeldBatch::new(id, Turn { held, id: id.0 }))
    }
}

/// A plan in somebody's hands.
struct Turn {
    held: Arc<Mutex<BTreeSet<i64>>>,
    id: i64,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.held.lock().unwrap().remove(&self.id);
    }
}

impl HistoryStore for Ports {
    fn append(&self, made: &MadeLink, note: &Note) -> Result<EntryId, HistoryStoreError> {
        let mut entries = self.asked()?;
        let id = EntryId(entries.keys().last().map_or(1, |id| id.0 + 1));
        entries.insert(id, HistoryEntry { id, made: made.clone(), note: note.clone() });
        Ok(id)
    }

    fn begin_batch(
        &self,
        batch: &BatchPlan,
        made: &[bool],
        instead_of: Option<BatchId>,
    ) -> Result<HeldBatch, HistoryStoreError> {
        drop(self.asked()?);
        *self.0.last_plan.lock().unwrap() = Some(batch.clone());
        let mut plans = self.0.plans.lock().unwrap();
        let id = BatchId(plans.len() as i64 + 1);
        plans.push(Some(UnfinishedBatch { id, batch: batch.clone(), made: made.to_vec() }));
        if let Some(before) = instead_of {
            assert!(plans[before.0 as usize - 1].take().is_some(), "it was there and in hand");
        }
        Ok(self.hold(id).unwrap())
    }

    fn hold_batch(&self, id: BatchId) -> Result<(HeldBatch, UnfinishedBatch), GoOnError> {
        let plan = self.0.plans.lock().unwrap()[id.0 as usize - 1].clone();
        let held = self.hold(id).ok_or(GoOnError::Elsewhere)?;
        plan.map(|plan| (held, plan)).ok_or(GoOnError::Gone)
    }

    fn append_batch(
        &self,
        id: BatchId,
        batch: &BatchPlan,
        rows: &[usize],
    ) -> Result<(), HistoryStoreError> {
        drop(self.asked()?);
        let mut plans = self.0.plans.lock().unwrap();
        let plan = plans[id.0 as usize - 1].as_mut().unwrap();
        for row in rows.iter().filter(|row| !std::mem::replace(&mut plan.made[**row], true)) {
            self.append(&batch.made(&batch.links[*row]), &batch.links[*row].note)?;
        }
        Ok(())
    }

    fn unfinished_batch(&self) -> Result<Option<UnfinishedBatch>, HistoryStoreError> {
        let (plans, held) = (self.0.plans.lock().unwrap(), self.0.held.lock().unwrap());
        Ok(plans.iter().flatten().rfind(|plan| !held.contains(&plan.id.0)).cloned())
    }

    fn end_batch(&self, id: BatchId) -> Result<(), HistoryStoreError> {
        drop(self.asked()?);
        if *self.0.ends_fail.lock().unwrap() {
            return Err(HistoryStoreError::NotSaved { reason: SaveError::DiskFull });
        }
        self.0.plans.lock().unwrap()[id.0 as usize - 1] = None;
        Ok(())
    }

    fn keys(&self) -> Result<Vec<(KeyId, Name)>, HistoryStoreError> {
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
        _: &[RegisteredKey],
        now: i64,
    ) -> Result<HistoryPage, HistoryStoreError> {
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

    fn find(&self, id: EntryId) -> Result<Option<HistoryEntry>, HistoryStoreError> {
        Ok(self.asked()?.get(&id).cloned())
    }

    fn set_note(&self, id: EntryId, note: &Note) -> Result<bool, HistoryStoreError> {
        Ok(self.asked()?.get_mut(&id).map(|entry| entry.note = note.clone()).is_some())
    }

    fn remove(&self, ids: &[EntryId]) -> Result<Vec<HistoryEntry>, HistoryStoreError> {
        let mut entries = self.asked()?;
        Ok(ids.iter().filter_map(|id| entries.remove(id)).collect())
    }

    fn restore(&self, restored: &[HistoryEntry]) -> Result<(), HistoryStoreError> {
        self.asked()?.extend(restored.iter().map(|entry| (entry.id, entry.clone())));
        Ok(())
    }

    fn clear(&self) -> Result<(), HistoryStoreError> {
        self.asked()?.clear();
        Ok(())
    }

    fn set_aside(&self) -> Option<String> {
        Some("history.damaged-1.sqlite3".to_owned())
    }
}

pub struct Stage {
    pub app: App,
    pub world: Arc<World>,
}

impl Stage {
    /// The site that has a key.
    pub fn site_with(&self, key: &KeyId) -> SiteId {
        self.app.site_with(key).unwrap().id
    }

    pub fn new() -> Self {
        let ports = Ports::default();
        let app = App::new(Box::new(ports.clone()), Box::new(ports.clone()))
            .with_history(Box::new(ports.clone()));
        Self { app, world: ports.0 }
    }

    pub fn add(&self, name: &str, key: &SigningKey) -> KeyId {
        let new = self.app.describe_key(None, name, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
        let id = self.app.add_key(&new, key).unwrap().id;
        // Days end at the time of day that it is, so that ends are counted in whole days.
        let noon = DayEnd::parse("12:00").unwrap();
        self.app.set_site_day_end(&self.site_with(&id), noon).unwrap();
        id
    }

    pub fn make(&self, key: &KeyId, address: &str, limits: &ChosenLimits) -> NewLink {
        let recipe = LinkRecipe {
            address: address.to_owned(),
            lifetime: Lifetime::OneDay,
            limits: limits.clone(),
        };
        self.app.create_link(key, &recipe, &Note::default(), NOW, &Utc).unwrap()
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
