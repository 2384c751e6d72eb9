//! Ports in memory, which fail where a test says so, and an app over them.

use chrono::Utc;
use signet_app::{
    App, ChosenLimits, CreateLinkError, Key, KeyId, Keychain, KeychainError, LinkRecipe,
    ListKeychainError, NewKey, Note, Profile, RegisteredKey, SaveError, Settings, SettingsError,
    Site,
};
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::key_file::{self, KeyFile};
use signet_cloudfront::lifetime::Lifetime;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use zeroize::Zeroizing;

/// 24 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_521_600;

/// One call of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Store,
    Read,
    Remove,
    List,
    Save,
}

pub const DISK_FULL: SettingsError = SettingsError::NotSaved { reason: SaveError::DiskFull };

pub use Step::{List, Read, Remove, Save, Store};

pub type Meanwhile = Box<dyn FnOnce(&mut World) + Send>;

/// What the ports hold, what they were asked, and which of the coming calls fail.
#[derive(Default)]
pub struct World {
    pub secrets: BTreeMap<String, Vec<u8>>,
    pub saved: Settings,
    pub asked: Vec<Step>,
    /// Bit `n` stands for the `n`th call from now on.
    pub failing: u32,
    pub keychain_error: Option<KeychainError>,
    pub save_error: Option<SaveError>,
    pub read_error: Option<SettingsError>,
    /// What another program does in the last moment before the list is changed.
    pub meanwhile: Option<Meanwhile>,
}

impl World {
    pub fn fails(&mut self, step: Step) -> bool {
        let fails = self.failing >> self.asked.len() & 1 == 1;
        self.asked.push(step);
        fails
    }

    pub fn keychain(&mut self, step: Step) -> Result<(), KeychainError> {
        if self.fails(step) {
            Err(self.keychain_error.unwrap_or(KeychainError::Locked))
        } else {
            Ok(())
        }
    }
}

#[derive(Clone, Default)]
pub struct Ports(pub Arc<Mutex<World>>);

impl Ports {
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }
}

impl Keychain for Ports {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), KeychainError> {
        let mut world = self.world();
        world.keychain(Store)?;
        world.secrets.insert(id.to_string(), secret.to_vec());
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        let mut world = self.world();
        world.keychain(Read)?;
        world.secrets.get(id.as_str()).cloned().map(Zeroizing::new).ok_or(KeychainError::Missing)
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeychainError> {
        let mut world = self.world();
        world.keychain(Remove)?;
        world.secrets.remove(id.as_str()).map(drop).ok_or(KeychainError::Missing)
    }

    fn names(&self) -> Result<Vec<String>, ListKeychainError> {
        let mut world = self.world();
        world.keychain(List)?;
        Ok(world.secrets.keys().cloned().collect())
    }
}

impl Profile for Ports {
    fn read(&self) -> Result<Settings, SettingsError> {
        let world = self.world();
        world.read_error.map_or_else(|| Ok(world.saved.clone()), Err)
    }

    fn update(&self, change: &mut dyn FnMut(&mut Settings)) -> Result<Settings, SettingsError> {
        let meanwhile = self.world().meanwhile.take();
        if let Some(meanwhile) = meanwhile {
            meanwhile(&mut self.world());
        }
        let mut settings = Profile::read(self)?;
        change(&mut settings);
        let mut world = self.world();
        if settings == world.saved {
            return Ok(settings);
        }
        if world.fails(Save) {
            return Err(world.save_error.unwrap_or(SaveError::DiskFull).into());
        }
        world.saved = settings.clone();
        Ok(settings)
    }

    fn is_changed(&self) -> bool {
        true
    }
}

/// A app with its ports in view.
pub struct Stage {
    pub app: App,
    pub ports: Ports,
}

impl Stage {
    pub fn new() -> Self {
        let ports = Ports::default();
        let app = App::new(Box::new(ports.clone()), Box::new(ports.clone()));
        Self { app, ports }
    }

    pub fn describe(&self, name: &str) -> NewKey {
        self.app.describe_key(None, name, "docs.example.com", "K2JCJMDEHXQW5F").unwrap()
    }

    pub fn add(&self, name: &str, key: &SigningKey) -> RegisteredKey {
        let record = self.app.add_key(&self.describe(name), key).unwrap();
        self.start_afresh(0);
        record
    }

    /// Forgets what was asked, and lets the calls of `failing` fail.
    pub fn start_afresh(&self, failing: u32) {
        let mut world = self.ports.world();
        world.asked.clear();
        world.failing = failing;
    }

    pub fn asked(&self) -> Vec<Step> {
        self.ports.world().asked.clone()
    }

    pub fn held(&self) -> Held {
        let world = self.ports.world();
        Held {
            sites: self.app.sites(),
            listed: self.app.registered_keys(),
            made: unregistered(&self.app),
            saved: world.saved.sites.clone(),
            secrets: world.secrets.keys().cloned().collect(),
        }
    }

    pub fn link(&self, id: &KeyId, address: &str) -> Result<String, CreateLinkError> {
        self.link_for(id, address, &Lifetime::OneDay)
    }

    pub fn link_for(
        &self,
        id: &KeyId,
        address: &str,
        lifetime: &Lifetime,
    ) -> Result<String, CreateLinkError> {
        let recipe = LinkRecipe {
            address: address.to_owned(),
            lifetime: *lifetime,
            limits: ChosenLimits::default(),
        };
        let made = self.app.create_link(id, &recipe, &Note::default(), NOW, &Utc)?;
        Ok(made.link.as_str().to_owned())
    }
}

/// All that tells which keys there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub sites: Vec<Site>,
    pub listed: Vec<RegisteredKey>,
    pub made: Vec<Key>,
    pub saved: Vec<Site>,
    pub secrets: Vec<String>,
}

impl Held {
    pub fn agrees(&self) -> bool {
        let finished = self.listed.iter().map(|key| key.id.to_string());
        let mut ids: Vec<_> =
            finished.chain(self.made.iter().map(|key| key.id.to_string())).collect();
        ids.sort();
        self.sites == self.saved && ids == self.secrets
    }
}

/// The keys that CloudFront does not know.
pub fn unregistered(app: &App) -> Vec<Key> {
    app.keys().into_iter().filter(|key| key.registration.is_none()).collect()
}

/// Another key every time.
pub fn key() -> SigningKey {
    SigningKey::generate_p256()
}

pub fn copy_of(key: &SigningKey) -> SigningKey {
    SigningKey::from_pkcs8_der(&key.to_pkcs8_der()).unwrap()
}

pub fn rsa_key() -> SigningKey {
    let pem = std::process::Command::new("openssl")
        .args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        .output()
        .unwrap();
    let Ok(KeyFile::Ready(key)) = key_file::read(&pem.stdout) else {
        panic!("openssl made no key");
    };
    key
}
