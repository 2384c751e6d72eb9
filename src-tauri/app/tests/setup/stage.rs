//! A person's keys, journals and sites in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use signet_app::setup::{
    AppliedSetUp, ApplySetUpError, CheckSetUpError, Checked, Consent, DocumentToTry, Journals,
    Login, NotKept, NotReached, PlanSetUpError, PlannedSetUp, Progress, Reach, SetUpKey,
    SetUpRequest, SettingUp, Show, Trial, TrialKey, Trials, Turn, TurnError, UndoRequest,
    UndoSetUpError, UndoneSetUp, Unreadable, any_region,
};
use signet_app::{
    App, KeyId, Keychain, KeychainError, ListKeychainError, Profile, RegisteredKey, Settings,
    SettingsError,
};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::{PublicKey, SigningKey};
use signet_cloudfront::signed_url::SignedUrl;
use signet_setup::journal::Journal;
use signet_setup::{Bucket, Names, Region, SetupSpec};
use zeroize::Zeroizing;

use crate::account::FakeAws;

/// 24 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_521_600;

pub struct Stage {
    pub app: App,
    pub aws: FakeAws,
    pub journals: FakeJournals,
    pub sites: FakeSites,
    person: Person,
}

#[derive(Clone, Default)]
struct Person(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    secrets: BTreeMap<String, Vec<u8>>,
    settings: Settings,
    trouble: Option<KeychainError>,
}

impl Keychain for Person {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), KeychainError> {
        let mut held = self.0.lock().unwrap();
        if let Some(trouble) = held.trouble {
            return Err(trouble);
        }
        held.secrets.insert(id.to_string(), secret.to_vec());
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        let held = self.0.lock().unwrap();
        if let Some(trouble) = held.trouble {
            return Err(trouble);
        }
        held.secrets.get(id.as_str()).cloned().map(Zeroizing::new).ok_or(KeychainError::Missing)
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeychainError> {
        let removed = self.0.lock().unwrap().secrets.remove(id.as_str());
        removed.map(drop).ok_or(KeychainError::Missing)
    }

    fn names(&self) -> Result<Vec<String>, ListKeychainError> {
        Ok(self.0.lock().unwrap().secrets.keys().cloned().collect())
    }
}

impl Profile for Person {
    fn read(&self) -> Result<Settings, SettingsError> {
        Ok(self.0.lock().unwrap().settings.clone())
    }

    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError> {
        let mut held = self.0.lock().unwrap();
        change(&mut held.settings);
        Ok(held.settings.clone())
    }

    fn is_changed(&self) -> bool {
        false
    }
}

#[derive(Clone, Default)]
pub struct FakeJournals(Arc<Mutex<WrittenDown>>);

#[derive(Default)]
struct WrittenDown {
    /// Each under what its file would be called.
    journals: BTreeMap<String, Journal>,
    /// The names under which somebody is at work.
    turns: Vec<String>,
}

pub struct FakeTurn {
    journals: FakeJournals,
    name: String,
}

impl Drop for FakeTurn {
    fn drop(&mut self) {
        self.journals.0.lock().unwrap().turns.retain(|name| *name != self.name);
    }
}

impl FakeJournals {
    pub fn held(&self) -> Vec<Journal> {
        self.0.lock().unwrap().journals.values().cloned().collect()
    }

    /// Another program is at work for this key.
    pub fn hold(&self, key: &PublicKey) -> FakeTurn {
        self.begin(key).unwrap()
    }
}

impl Journals for FakeJournals {
    type Turn = FakeTurn;

    fn begin(&self, key: &PublicKey) -> Result<FakeTurn, TurnError> {
        let name = Names::of(key).common();
        let held = &mut self.0.lock().unwrap().turns;
        if held.contains(&name) {
            return Err(TurnError::Elsewhere);
        }
        held.push(name.clone());
        Ok(FakeTurn { journals: self.clone(), name })
    }

    fn journal(&self, name: &str, account: &str) -> Result<Option<Journal>, Unreadable> {
        Ok(self.0.lock().unwrap().journals.get(&self.file_name(name, account)).cloned())
    }

    fn accounts(&self, name: &str) -> Vec<String> {
        let held = self.held().into_iter().filter(|journal| journal.name() == name);
        held.map(|journal| journal.account().to_owned()).collect()
    }

    fn file_name(&self, name: &str, account: &str) -> String {
        format!("{name}-{account}")
    }
}

impl Turn for FakeTurn {
    fn journal(&self, account: &str) -> Result<Option<Journal>, Unreadable> {
        self.journals.journal(&self.name, account)
    }

    fn keep(&self, journal: &Journal) -> Result<(), NotKept> {
        let file = self.journals.file_name(&self.name, journal.account());
        let held = &mut self.journals.0.lock().unwrap().journals;
        if journal.is_empty() {
            held.remove(&file);
        } else {
            held.insert(file, journal.clone());
        }
        Ok(())
    }
}

/// Sites that open for every link and for nobody without.
#[derive(Default)]
pub struct FakeSites(Mutex<Vec<String>>);

#[derive(Debug)]
pub struct Opened;

impl FakeSites {
    /// The links that were tried.
    pub fn links(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Trials for FakeSites {
    type Trial = Opened;

    async fn ask(&self, link: &SignedUrl) -> Option<Opened> {
        self.0.lock().unwrap().push(link.as_str().to_owned());
        Some(Opened)
    }
}

impl Trial for Opened {
    fn is_public(&self) -> Option<bool> {
        Some(false)
    }

    fn opens(&self) -> bool {
        true
    }
}

struct Here<'a>(&'a App);

impl Reach for Here<'_> {
    async fn keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        Ok(work(self.0))
    }

    async fn disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        Ok(work(self.0))
    }
}

struct Nobody;

impl Show for Nobody {
    fn progress(&mut self, _: Progress) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

impl Stage {
    pub fn new() -> Self {
        let person = Person::default();
        let app = App::new(Box::new(person.clone()), Box::new(person.clone()));
        let (aws, journals, sites) = Default::default();
        Self { app, aws, journals, sites, person }
    }

    pub fn add(&self, name: &str, site: &str, id: &str, key: &SigningKey) -> RegisteredKey {
        self.app.add_key(&self.app.describe_key(None, name, site, id).unwrap(), key).unwrap()
    }

    pub fn keychain_fails(&self, trouble: KeychainError) {
        self.person.0.lock().unwrap().trouble = Some(trouble);
    }

    pub fn keychain_answers(&self) {
        self.person.0.lock().unwrap().trouble = None;
    }

    /// How many secrets the keychain has.
    pub fn secrets(&self) -> usize {
        self.person.0.lock().unwrap().secrets.len()
    }

    /// What is to be set up for a key of the list.
    pub fn request(&self, id: &KeyId) -> SetUpRequest {
        let SetUpKey { public_half, listed } = self.app.set_up_key(id).unwrap();
        let spec = SetupSpec {
            key: public_half,
            bucket: Bucket::parse("client-papers").unwrap(),
            region: Region::parse("eu-central-1").unwrap(),
            distribution: None,
        };
        SetUpRequest { key: listed, spec, login: Login::default(), document_login: None }
    }

    pub async fn plan(&self, request: &SetUpRequest) -> Result<PlannedSetUp, PlanSetUpError> {
        self.with(&Here(&self.app)).plan(request.clone()).await
    }

    pub async fn apply(
        &self,
        request: &SetUpRequest,
        consent: Consent<'_>,
    ) -> Result<AppliedSetUp, ApplySetUpError> {
        self.with(&Here(&self.app)).apply(request, consent, &mut Nobody).await
    }

    pub async fn undo(&self, id: &KeyId) -> Result<UndoneSetUp, UndoSetUpError> {
        self.undo_if(id, true).await
    }

    pub async fn undo_if(&self, id: &KeyId, wanted: bool) -> Result<UndoneSetUp, UndoSetUpError> {
        self.undo_by(&self.undo_request(id), wanted).await
    }

    /// What is taken back for a key of the list.
    pub fn undo_request(&self, id: &KeyId) -> UndoRequest {
        let key = self.app.set_up_key(id).unwrap();
        UndoRequest { key, login: Login::default(), region: any_region() }
    }

    pub async fn undo_by(
        &self,
        request: &UndoRequest,
        wanted: bool,
    ) -> Result<UndoneSetUp, UndoSetUpError> {
        self.with(&Here(&self.app)).undo(request, &mut |_| wanted, &mut Nobody).await
    }

    pub async fn check(
        &self,
        request: &SetUpRequest,
        document: Option<(&str, i64)>,
    ) -> Result<Checked<Opened>, CheckSetUpError> {
        let document = document.map(|(address, now)| DocumentToTry {
            address: DocumentAddress::parse_url(address).unwrap(),
            now,
            key: TrialKey::Listed,
        });
        self.with(&Here(&self.app)).check(request, document, &self.sites).await
    }

    fn with<'a, 'b>(&'a self, app: &'a Here<'b>) -> SettingUp<'a, FakeAws, FakeJournals, Here<'b>> {
        SettingUp { accounts: &self.aws, journals: &self.journals, app }
    }
}
