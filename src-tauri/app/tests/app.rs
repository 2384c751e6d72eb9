//! The app over a keychain and a profile that fail at the step they are told to: whatever fails,
//! both say the same about every key, and nobody is asked twice.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::Utc;
use signet_app::{
    AddKeyError, AddSiteError, App, ChangeHashError, ChangeSiteError, Choices, ChosenLimits,
    CreateLinkError, Key, KeyId, Keychain, KeychainError, LinkRecipe, ListKeychainError,
    MakeKeyError, Name, NameError, NewKey, NewKeyError, Note, OpenKeyError, OrphanError,
    PlaceError, Profile, RegisterKeyError, RegisteredKey, RememberSetUpError, RemoveKeyError,
    RemoveSiteError, RenameError, ReplaceKeyError, RestoreKeyError, RestoreOrphanError, SaveError,
    Settings, SettingsError, Site, SiteId, SwitchKeyError,
};
use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::clock::{ClockWrong, EARLIEST, LATEST};
use signet_cloudfront::key::{HashAlgorithm, KeyKind, SigningKey, StoredKeyError};
use signet_cloudfront::key_backup::Passphrase;
use signet_cloudfront::key_file::{self, KeyFile};
use signet_cloudfront::lifetime::{Lifetime, LifetimeError};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::SiteAddressError;
use signet_setup::guide::Answers;
use zeroize::Zeroizing;

/// 24 November 2026, 12:00 UTC.
const NOW: i64 = 1_795_521_600;

/// One call of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Store,
    Read,
    Remove,
    List,
    Save,
}

const DISK_FULL: SettingsError = SettingsError::NotSaved { reason: SaveError::DiskFull };

use Step::{List, Read, Remove, Save, Store};

type Meanwhile = Box<dyn FnOnce(&mut World) + Send>;

/// What the ports hold, what they were asked, and which of the coming calls fail.
#[derive(Default)]
struct World {
    secrets: BTreeMap<String, Vec<u8>>,
    saved: Settings,
    asked: Vec<Step>,
    /// Bit `n` stands for the `n`th call from now on.
    failing: u32,
    keychain_error: Option<KeychainError>,
    save_error: Option<SaveError>,
    read_error: Option<SettingsError>,
    /// What another program does in the last moment before the list is changed.
    meanwhile: Option<Meanwhile>,
}

impl World {
    fn fails(&mut self, step: Step) -> bool {
        let fails = self.failing >> self.asked.len() & 1 == 1;
        self.asked.push(step);
        fails
    }

    fn keychain(&mut self, step: Step) -> Result<(), KeychainError> {
        if self.fails(step) {
            Err(self.keychain_error.unwrap_or(KeychainError::Locked))
        } else {
            Ok(())
        }
    }
}

#[derive(Clone, Default)]
struct Ports(Arc<Mutex<World>>);

impl Ports {
    fn world(&self) -> MutexGuard<'_, World> {
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
struct Stage {
    app: App,
    ports: Ports,
}

impl Stage {
    fn new() -> Self {
        let ports = Ports::default();
        let app = App::new(Box::new(ports.clone()), Box::new(ports.clone()));
        Self { app, ports }
    }

    fn describe(&self, name: &str) -> NewKey {
        self.app.describe_key(None, name, "docs.example.com", "K2JCJMDEHXQW5F").unwrap()
    }

    fn add(&self, name: &str, key: &SigningKey) -> RegisteredKey {
        let record = self.app.add_key(&self.describe(name), key).unwrap();
        self.start_afresh(0);
        record
    }

    /// Forgets what was asked, and lets the calls of `failing` fail.
    fn start_afresh(&self, failing: u32) {
        let mut world = self.ports.world();
        world.asked.clear();
        world.failing = failing;
    }

    fn asked(&self) -> Vec<Step> {
        self.ports.world().asked.clone()
    }

    fn held(&self) -> Held {
        let world = self.ports.world();
        Held {
            sites: self.app.sites(),
            listed: self.app.registered_keys(),
            made: unregistered(&self.app),
            saved: world.saved.sites.clone(),
            secrets: world.secrets.keys().cloned().collect(),
        }
    }

    fn link(&self, id: &KeyId, address: &str) -> Result<String, CreateLinkError> {
        self.link_for(id, address, &Lifetime::OneDay)
    }

    fn link_for(
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
struct Held {
    sites: Vec<Site>,
    listed: Vec<RegisteredKey>,
    made: Vec<Key>,
    saved: Vec<Site>,
    secrets: Vec<String>,
}

impl Held {
    fn agrees(&self) -> bool {
        let finished = self.listed.iter().map(|key| key.id.to_string());
        let mut ids: Vec<_> =
            finished.chain(self.made.iter().map(|key| key.id.to_string())).collect();
        ids.sort();
        self.sites == self.saved && ids == self.secrets
    }
}

/// The keys that CloudFront does not know.
fn unregistered(app: &App) -> Vec<Key> {
    app.keys().into_iter().filter(|key| key.registration.is_none()).collect()
}

/// Another key every time.
fn key() -> SigningKey {
    SigningKey::generate_p256()
}

fn copy_of(key: &SigningKey) -> SigningKey {
    SigningKey::from_pkcs8_der(&key.to_pkcs8_der()).unwrap()
}

#[test]
fn a_trial_gets_a_link_that_ends_at_once() {
    let stage = Stage::new();
    let record = stage.add("Papers", &key());
    let address = DocumentAddress::parse("a b.pdf", &record.site).unwrap();
    let link = stage.app.trial_link(&record, &address, NOW).unwrap();
    let start = format!("https://docs.example.com/a%20b.pdf?Expires={}&Signature=", NOW + 300);
    assert!(link.as_str().starts_with(&start), "{}", link.as_str());
    assert_eq!(stage.asked(), [Read]);
    stage.start_afresh(1);
    let error = stage.app.trial_link(&record, &address, NOW).unwrap_err();
    assert_eq!(error, CreateLinkError::Key(OpenKeyError::Keychain(KeychainError::Locked)));
}

#[test]
fn a_key_is_added_or_not_whichever_step_fails() {
    for (failing, expected, asked) in [
        (0b000, Ok(()), vec![Read, Store, Save]),
        (0b001, Err(AddKeyError::Keychain(KeychainError::Locked)), vec![Read]),
        (0b010, Err(AddKeyError::Keychain(KeychainError::Locked)), vec![Read, Store]),
        (0b100, Err(AddKeyError::Save(DISK_FULL)), vec![Read, Store, Save, Remove]),
    ] {
        let stage = Stage::new();
        stage.add("First", &key());
        let before = stage.held();
        let new = stage.describe("Second");
        stage.start_afresh(failing);
        let added = stage.app.add_key(&new, &key());
        assert_eq!(added.as_ref().map(drop).map_err(Clone::clone), expected);
        assert_eq!(stage.asked(), asked);
        let after = stage.held();
        assert!(after.agrees(), "{failing:b}: {after:?}");
        assert_eq!(after == before, added.is_err());
    }
}

#[test]
fn a_key_that_could_not_be_taken_back_is_added_the_next_time() {
    let stage = Stage::new();
    let (new, own) = (stage.describe("Papers"), key());
    stage.start_afresh(0b1100);
    assert_eq!(stage.app.add_key(&new, &own), Err(AddKeyError::Save(DISK_FULL)));
    assert_eq!(stage.asked(), [Read, Store, Save, Remove]);
    // Nothing can be done about the secret now. Added again it takes the same place.
    assert_eq!((stage.held().listed.len(), stage.held().secrets.len()), (0, 1));
    stage.start_afresh(0);
    stage.app.add_key(&new, &own).unwrap();
    assert!(stage.held().agrees());
}

/// A key that a lost list left in the keychain is added again, to the same place.
#[test]
fn where_the_list_is_not_saved_the_keychain_has_what_it_had_before() {
    let stage = Stage::new();
    let (new, own) = (stage.describe("Papers"), key());
    let id = stage.add("Papers", &own).id;
    stage.ports.world().saved = Settings::default();
    let of_another = key().to_pkcs8_der().to_vec();
    for before in [own.to_pkcs8_der().to_vec(), of_another, b"no key".to_vec()] {
        stage.ports.world().secrets.insert(id.to_string(), before.clone());
        stage.start_afresh(0b100);
        assert_eq!(stage.app.add_key(&new, &own), Err(AddKeyError::Save(DISK_FULL)));
        assert_eq!(stage.ports.world().secrets.get(id.as_str()), Some(&before));
    }
    // Another program adds the very same in this moment: it is in the list, and its secret stays.
    stage.start_afresh(0);
    stage.app.add_key(&new, &own).unwrap();
    let listed = std::mem::take(&mut stage.ports.world().saved);
    stage.ports.world().meanwhile = Some(Box::new(move |world| world.saved = listed));
    let taken = AddKeyError::Taken { name: "Papers".to_owned() };
    assert_eq!(stage.app.add_key(&new, &own), Err(taken));
    assert_eq!(stage.link(&id, "a.pdf").map(drop), Ok(()));
}

#[test]
fn a_key_is_removed_or_not_whichever_step_fails() {
    let keychain = Err(RemoveKeyError::Keychain(KeychainError::Locked));
    let save = Err(RemoveKeyError::Save(DISK_FULL));
    for (failing, expected, asked) in [
        (0b000, Ok(()), vec![Read, Remove, Save]),
        (0b001, keychain.clone(), vec![Read]),
        (0b010, keychain, vec![Read, Remove]),
        (0b100, save, vec![Read, Remove, Save, Store]),
    ] {
        let stage = Stage::new();
        stage.add("First", &key());
        let id = stage.add("Second", &key()).id;
        let before = stage.held();
        stage.start_afresh(failing);
        let removed = stage.app.remove_key(&id);
        assert_eq!(removed, expected);
        assert_eq!(stage.asked(), asked);
        let after = stage.held();
        assert!(after.agrees(), "{failing:b}: {after:?}");
        assert_eq!(after == before, removed.is_err());
        assert_eq!(stage.link(&id, "a.pdf").is_ok(), removed.is_err());
    }
}

#[test]
fn a_key_that_could_not_be_put_back_stays_in_the_list_to_be_restored() {
    let stage = Stage::new();
    let own = key();
    let id = stage.add("Papers", &own).id;
    stage.start_afresh(0b1100);
    let removed = stage.app.remove_key(&id);
    assert_eq!(removed, Err(RemoveKeyError::Keychain(KeychainError::Locked)));
    let missing = CreateLinkError::Key(OpenKeyError::Missing { name: "Papers".to_owned() });
    stage.start_afresh(0);
    assert_eq!(stage.link(&id, "a.pdf"), Err(missing));
    stage.app.restore_key(&id, &own).unwrap();
    assert!(stage.held().agrees());
    assert!(stage.link(&id, "a.pdf").is_ok());
}

#[test]
fn a_key_that_was_removed_outside_can_be_removed_here() {
    let stage = Stage::new();
    let id = stage.add("Papers", &key()).id;
    stage.ports.world().secrets.clear();
    assert_eq!(stage.app.remove_key(&id), Ok(()));
    assert_eq!(stage.asked(), [Read, Save]);
    assert!(stage.held().agrees());
    assert_eq!(stage.app.remove_key(&id), Err(RemoveKeyError::Unknown));
}

#[test]
fn a_key_is_made_or_not_whichever_step_fails() {
    for (failing, expected, asked) in [
        (0b000, Ok(()), vec![Read, Store, Save]),
        (0b001, Err(MakeKeyError::Keychain(KeychainError::Locked)), vec![Read]),
        (0b010, Err(MakeKeyError::Keychain(KeychainError::Locked)), vec![Read, Store]),
        (0b100, Err(MakeKeyError::Save(DISK_FULL)), vec![Read, Store, Save, Remove]),
    ] {
        let stage = Stage::new();
        stage.add("First", &key());
        let before = stage.held();
        stage.start_afresh(failing);
        let made = stage.app.make_key(None, "Second", KeyKind::P256);
        assert_eq!(made.as_ref().map(drop).map_err(Clone::clone), expected);
        assert_eq!(stage.asked(), asked);
        let after = stage.held();
        assert!(after.agrees(), "{failing:b}: {after:?}");
        assert_eq!(after == before, made.is_err());
    }
}

#[test]
fn a_made_key_makes_links_once_it_is_finished() {
    for kind in [KeyKind::P256, KeyKind::Rsa2048] {
        let stage = Stage::new();
        let made = stage.app.make_key(None, " Papers ", kind).unwrap();
        assert_eq!((made.name.as_str(), made.kind), ("Papers", kind));
        let unknown = Err(CreateLinkError::Key(OpenKeyError::Unknown));
        assert_eq!(stage.link(&made.id, "a.pdf"), unknown);

        let secrets = stage.held().secrets;
        stage.start_afresh(0b1);
        let connect = || stage.app.register_key(&made.id, "docs.example.com", "K2JCJMDEHXQW5F");
        assert_eq!(connect(), Err(RegisterKeyError::Save(DISK_FULL)));
        assert_eq!(stage.held().made, std::slice::from_ref(&made));
        let record = connect().unwrap();
        assert_eq!(record.id, made.id);
        assert_eq!(record.fingerprint, made.fingerprint);
        assert_eq!(record.hash, HashAlgorithm::Sha256, "the recommended one");
        assert_eq!(stage.asked(), [Save; 2], "the secret stays where it is");
        let held = stage.held();
        assert!(held.agrees() && held.made.is_empty() && held.secrets == secrets);
        let link = stage.link(&made.id, "a.pdf").unwrap();
        assert!(link.starts_with("https://docs.example.com/a.pdf?"), "{link}");
        assert_eq!(connect(), Err(RegisterKeyError::Unknown));

        // And back, where its set-up is taken back.
        let disconnect = |id: &str| {
            let id = PublicKeyId::parse(id).unwrap();
            stage.app.unregister_key(&made.id, &id)
        };
        stage.start_afresh(0b1);
        assert_eq!(disconnect("K3JCJMDEHXQW5F"), Ok(None));
        assert_eq!(disconnect("K2JCJMDEHXQW5F"), Err(DISK_FULL));
        assert_eq!(disconnect("K2JCJMDEHXQW5F"), Ok(Some(made.clone())));
        let held = stage.held();
        assert!(
            held.agrees() && held.made == std::slice::from_ref(&made) && held.secrets == secrets
        );
        connect().unwrap();
    }
}

#[test]
fn what_finishes_a_made_key_is_checked_as_what_is_typed_of_an_added_one() {
    let stage = Stage::new();
    let id = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap().id;
    stage.start_afresh(0);
    let before = stage.held();
    for (site, public_key_id, error) in [
        ("", "", RegisterKeyError::Address(SiteAddressError::Empty)),
        ("docs.example.com", "", RegisterKeyError::PublicKeyId(PublicKeyIdError::Empty)),
    ] {
        assert_eq!(stage.app.register_key(&id, site, public_key_id), Err(error));
    }
    assert_eq!(stage.held(), before);
    assert!(stage.asked().is_empty());
}

#[test]
fn names_are_unique_over_finished_and_unfinished_keys() {
    let stage = Stage::new();
    stage.add("Finished", &key());
    let made = stage.app.make_key(None, "Made", KeyKind::P256).unwrap();
    let other = stage.app.make_key(None, "Other", KeyKind::P256).unwrap();
    stage.start_afresh(0);
    let before = stage.held();
    for (typed, taken) in [("made", "Made"), ("FINISHED", "Finished")] {
        let name = taken.to_owned();
        let make = stage.app.make_key(None, typed, KeyKind::P256);
        assert_eq!(make, Err(MakeKeyError::Place(PlaceError::NameTaken { name: name.clone() })));
        let describe = stage.app.describe_key(None, typed, "docs.example.com", "K2JCJMDEHXQW5F");
        assert_eq!(describe, Err(NewKeyError::Place(PlaceError::NameTaken { name: name.clone() })));
        let rename = stage.app.rename_key(&other.id, typed);
        assert_eq!(rename, Err(RenameError::NameTaken { name }));
    }
    let finished = stage.app.id_named("Finished").unwrap();
    let rename = stage.app.rename_key(&finished, "MADE");
    assert_eq!(rename, Err(RenameError::NameTaken { name: "Made".to_owned() }));
    assert_eq!(stage.held(), before);
    assert!(stage.asked().is_empty());

    let empty = Err(MakeKeyError::Name(NameError::Empty));
    assert_eq!(stage.app.make_key(None, " ", KeyKind::P256), empty);
    let renamed = stage.app.rename_key(&made.id, "MADE").unwrap();
    assert_eq!(unregistered(&stage.app), [renamed.clone(), other]);
    assert_eq!(stage.app.id_named(" made "), Some(renamed.id));
    assert_eq!(stage.app.id_named("nobody"), None);
    assert!(stage.held().agrees());
}

#[test]
fn an_unfinished_key_is_removed_and_restored_as_a_finished_one() {
    let stage = Stage::new();
    let id = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap().id;
    let secret = stage.ports.world().secrets[id.as_str()].clone();
    stage.ports.world().secrets.clear();
    let missing = OpenKeyError::Missing { name: "Papers".to_owned() };
    assert_eq!(stage.app.public_half(&id).map(drop), Err(missing));
    assert_eq!(stage.app.restore_key(&id, &key()), Err(RestoreKeyError::OtherKey));
    let own = SigningKey::from_pkcs8_der(&secret).unwrap();
    stage.app.restore_key(&id, &own).unwrap();
    assert!(stage.held().agrees());

    stage.start_afresh(0b100);
    assert_eq!(stage.app.remove_key(&id), Err(RemoveKeyError::Save(DISK_FULL)));
    assert!(stage.held().agrees());
    stage.start_afresh(0);
    stage.app.remove_key(&id).unwrap();
    assert!(stage.held().agrees() && stage.held().secrets.is_empty());
}

#[test]
fn a_backup_of_a_made_key_is_added_where_it_is_not_there_already() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let passphrase = "a horse, a battery and a staple";
    let typed = Passphrase::parse(Zeroizing::new(passphrase.to_owned())).unwrap();
    let (_, backup) = stage.app.back_up_key(&made.id, &typed).unwrap();
    let opened = || {
        let Ok(KeyFile::Locked(locked)) = key_file::read(backup.as_bytes()) else {
            panic!("a backup is locked");
        };
        locked.unlock(passphrase).unwrap()
    };
    let again = stage.describe("Again");
    let unfinished = AddKeyError::Unfinished { name: "Papers".to_owned() };
    assert_eq!(stage.app.add_key(&again, &opened()), Err(unfinished));
    stage.app.register_key(&made.id, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
    let taken = AddKeyError::Taken { name: "Papers".to_owned() };
    assert_eq!(stage.app.add_key(&again, &opened()), Err(taken));
    // For another site it is another key of the list.
    let elsewhere =
        stage.app.describe_key(None, "B", "d111111abcdef8.cloudfront.net", "K2JCJMDEHXQW5F");
    stage.app.add_key(&elsewhere.unwrap(), &opened()).unwrap();
    assert!(stage.held().agrees());
    stage.app.remove_key(&made.id).unwrap();
    let record = stage.app.add_key(&again, &opened()).unwrap();
    assert_eq!(record.fingerprint, made.fingerprint);
    assert!(stage.held().agrees());
}

#[test]
fn the_public_half_of_any_key_is_told() {
    let stage = Stage::new();
    let own = key();
    let added = stage.add("Added", &own).id;
    assert_eq!(stage.app.public_half(&added).unwrap().1, own.public_key());
    let made = stage.app.make_key(None, "Made", KeyKind::P256).unwrap();
    let (name, public) = stage.app.public_half(&made.id).unwrap();
    assert_eq!((name.as_str(), public.fingerprint()), ("Made", made.fingerprint));
    // Somebody wrote another key into its place.
    let other = key().to_pkcs8_der().to_vec();
    stage.ports.world().secrets.insert(made.id.to_string(), other);
    let stored = Err(OpenKeyError::Stored(StoredKeyError));
    assert_eq!(stage.app.public_half(&made.id).map(drop), stored);
    let nobody = KeyId::parse(&"0".repeat(32)).unwrap();
    assert_eq!(stage.app.public_half(&nobody).map(drop), Err(OpenKeyError::Unknown));
}

#[test]
fn a_removed_site_is_no_longer_the_one_chosen_last() {
    let stage = Stage::new();
    let site_of = |key: &KeyId| stage.app.site_with(key).unwrap().id;
    let (gone, other) = (stage.add("Gone", &key()).id, stage.add("Other", &key()).id);
    let (gone_site, other_site) = (site_of(&gone), site_of(&other));
    for (chosen, expected) in [(&other, Some(other_site)), (&gone, None)] {
        stage.link_for(chosen, "a.pdf", &Lifetime::SevenDays).unwrap();
        let third = stage.add("Third", &key()).id;
        let target = if *chosen == gone { gone_site.clone() } else { site_of(&third) };
        stage.app.remove_site(&target).unwrap();
        let choices = Choices { site: expected, lifetime: Some(Lifetime::SevenDays) };
        assert_eq!(stage.app.choices(), choices);
        assert_eq!(stage.ports.world().saved.choices, choices);
        assert!(stage.held().agrees());
    }
}

#[test]
fn a_site_is_added_renamed_with_its_key_and_given_a_lifetime() {
    let stage = Stage::new();
    let site = stage.app.add_site(" Client papers ").unwrap();
    assert_eq!(
        (site.name.as_str(), site.address.as_ref(), site.keys.len()),
        ("Client papers", None, 0)
    );
    let taken = |name: &str| AddSiteError::NameTaken { name: name.to_owned() };
    assert_eq!(stage.app.add_site("client PAPERS"), Err(taken("Client papers")));
    assert_eq!(stage.app.add_site(" "), Err(AddSiteError::Name(NameError::Empty)));
    // A key that is made for it is called as it is, and another one finds no place in it.
    let key = stage.app.make_key(Some(&site.id), "", KeyKind::P256).unwrap();
    assert_eq!(key.name.as_str(), "Client papers");
    let name = "Client papers".to_owned();
    let has_key = MakeKeyError::Place(PlaceError::SiteHasKey { name: name.clone() });
    assert_eq!(stage.app.make_key(Some(&site.id), "", KeyKind::P256), Err(has_key));
    let describe = stage.app.describe_key(Some(&site.id), "", "docs.example.com", "K2JCJMDEHXQW5F");
    assert_eq!(describe, Err(NewKeyError::Place(PlaceError::SiteHasKey { name })));
    let renamed = stage.app.rename_site(&site.id, "Contracts").unwrap();
    assert_eq!((renamed.name.as_str(), renamed.keys[0].name.as_str()), ("Contracts", "Contracts"));
    // A key that has a name of its own keeps it, and both names lead to it.
    stage.app.rename_key(&key.id, "Vault 7").unwrap();
    let renamed = stage.app.rename_site(&site.id, "Papers").unwrap();
    assert_eq!((renamed.name.as_str(), renamed.keys[0].name.as_str()), ("Papers", "Vault 7"));
    assert_eq!(stage.app.id_named("papers"), Some(key.id.clone()));
    assert_eq!(stage.app.id_named("vault 7"), Some(key.id));
    stage.app.add_site("Other").unwrap();
    for (typed, name) in [("OTHER", "Other"), ("vault 7", "Vault 7")] {
        let taken = RenameError::NameTaken { name: name.to_owned() };
        assert_eq!(stage.app.rename_site(&site.id, typed), Err(taken));
    }
    for lifetime in [Some(Lifetime::ThirtyDays), None] {
        let changed = stage.app.set_site_lifetime(&site.id, lifetime).unwrap();
        assert_eq!((changed.lifetime, &changed.name), (lifetime, &renamed.name));
    }
    assert!(stage.held().agrees());
    let nobody = SiteId::parse(&"0".repeat(32)).unwrap();
    assert_eq!(stage.app.rename_site(&nobody, "x"), Err(RenameError::Unknown));
    assert_eq!(stage.app.set_site_lifetime(&nobody, None), Err(ChangeSiteError::Unknown));
    assert_eq!(stage.app.remove_site(&nobody), Err(RemoveSiteError::Unknown));
}

#[test]
fn a_site_of_the_name_that_another_had_at_first_is_another_site() {
    let stage = Stage::new();
    let first = stage.app.add_site("Papers").unwrap();
    stage.app.rename_site(&first.id, "Contracts").unwrap();
    let second = stage.app.add_site("Papers").unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(stage.app.sites().len(), 2);
}

#[test]
fn a_site_is_removed_with_its_keys_or_keeps_what_could_not_be_removed() {
    let stage = Stage::new();
    stage.add("Other", &key());
    let id = stage.add("Papers", &key()).id;
    let site = stage.app.site_with(&id).unwrap().id;
    stage.app.begin_replacement(&site, KeyKind::P256).unwrap();
    stage.start_afresh(0b1);
    let locked = RemoveSiteError::Key(RemoveKeyError::Keychain(KeychainError::Locked));
    assert_eq!(stage.app.remove_site(&site), Err(locked));
    assert!(stage.held().agrees() && stage.held().sites.len() == 2);
    stage.start_afresh(0);
    stage.app.remove_site(&site).unwrap();
    let held = stage.held();
    assert!(held.agrees(), "{held:?}");
    assert_eq!((held.sites.len(), held.secrets.len()), (1, 1));
}

#[test]
fn a_key_of_a_site_is_registered_where_the_site_is_and_under_an_id_of_its_own() {
    let stage = Stage::new();
    let old = stage.add("Papers", &key());
    let site = stage.app.site_with(&old.id).unwrap().id;
    let new = stage.app.begin_replacement(&site, KeyKind::P256).unwrap();
    let register = |address, id| stage.app.register_key(&new.id, address, id);
    let elsewhere =
        RegisterKeyError::OtherAddress { address: "https://docs.example.com".to_owned() };
    assert_eq!(register("other.example.com", "K36X4X2EO997HM"), Err(elsewhere));
    let taken = RegisterKeyError::IdTaken { name: "Papers".to_owned() };
    assert_eq!(register("docs.example.com", "K2JCJMDEHXQW5F"), Err(taken));
    assert_eq!(stage.app.signing_key(&site).unwrap().id, old.id, "it makes the links as before");
    register("docs.example.com", "K36X4X2EO997HM").unwrap();
    assert_eq!(stage.app.signing_key(&site).unwrap().id, new.id);
    // And back to the old one, where CloudFront has the new one no more.
    let id = PublicKeyId::parse("K36X4X2EO997HM").unwrap();
    stage.app.unregister_key(&new.id, &id).unwrap();
    assert_eq!(stage.app.signing_key(&site).unwrap().id, old.id);
    let id = PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
    stage.app.unregister_key(&old.id, &id).unwrap();
    assert_eq!(stage.app.site(&site).unwrap().address, None, "no key says where it is");
    assert_eq!(stage.app.signing_key(&site), Err(OpenKeyError::Unknown));
    assert!(stage.held().agrees());
}

#[test]
fn what_was_chosen_is_written_once() {
    let stage = Stage::new();
    let id = stage.add("Papers", &key()).id;
    let site = stage.app.site_with(&id).map(|site| site.id);
    let choices = Choices { site, lifetime: Some(Lifetime::OneHour) };
    let link = |lifetime| stage.link_for(&id, "a.pdf", &lifetime);
    // The link is made also where that cannot be written down.
    stage.start_afresh(0b10);
    link(Lifetime::OneHour).unwrap();
    assert_eq!(stage.asked(), [Read, Save]);
    assert_eq!(stage.app.choices(), Choices::default());
    stage.start_afresh(0);
    link(Lifetime::OneHour).unwrap();
    link(Lifetime::OneHour).unwrap();
    // A date is not chosen again.
    link(Lifetime::until("2030-01-01T00:00").unwrap()).unwrap();
    assert_eq!(stage.asked(), [Read, Save, Read, Read]);
    // No choice is made by a link that is not made.
    link(Lifetime::until("2020-01-01T00:00").unwrap()).unwrap_err();
    assert_eq!(stage.app.choices(), choices);
    assert_eq!(stage.ports.world().saved.choices, choices);
}

#[test]
fn a_key_is_renamed_or_not() {
    let stage = Stage::new();
    stage.add("First", &key());
    let id = stage.add("Second", &key()).id;
    let before = stage.held();
    stage.start_afresh(0b1);
    let renamed = stage.app.rename_key(&id, "Contracts");
    assert_eq!(renamed, Err(RenameError::Save(DISK_FULL)));
    assert_eq!(stage.held(), before);

    for (name, error) in [
        (" ", RenameError::Name(NameError::Empty)),
        (" fIRST ", RenameError::NameTaken { name: "First".to_owned() }),
    ] {
        assert_eq!(stage.app.rename_key(&id, name), Err(error));
    }
    assert_eq!(stage.held(), before);
    // Its own name in other letters is free for it.
    for name in ["SECOND", "Contracts"] {
        let record = stage.app.rename_key(&id, name).unwrap();
        assert_eq!(record.name.as_str(), name);
        assert_eq!(stage.held().sites[1].keys, [record]);
        assert!(stage.held().agrees());
    }
    let nobody = KeyId::parse(&"0".repeat(32)).unwrap();
    assert_eq!(stage.app.rename_key(&nobody, "x"), Err(RenameError::Unknown));
    assert_eq!(stage.asked(), [Save; 3], "the keychain is not asked for a name");
}

#[test]
fn a_key_is_restored_with_its_own_file_only() {
    let stage = Stage::new();
    let own = key();
    let id = stage.add("Papers", &own).id;
    stage.ports.world().secrets.clear();
    let listed = stage.held().listed;

    assert_eq!(stage.app.restore_key(&id, &key()), Err(RestoreKeyError::OtherKey));
    let nobody = KeyId::parse(&"0".repeat(32)).unwrap();
    assert_eq!(stage.app.restore_key(&nobody, &own), Err(RestoreKeyError::Unknown));
    assert!(stage.asked().is_empty());
    stage.start_afresh(0b1);
    let refused = Err(RestoreKeyError::Keychain(KeychainError::Locked));
    assert_eq!(stage.app.restore_key(&id, &own), refused);
    stage.start_afresh(0);
    stage.app.restore_key(&id, &own).unwrap();
    assert!(stage.held().agrees());
    assert_eq!(stage.held().listed, listed);
}

#[test]
fn the_same_key_is_taken_once_for_a_site_and_id() {
    let stage = Stage::new();
    let own = key();
    stage.add("Papers", &own);
    let again = stage.describe("Contracts");
    let taken = Err(AddKeyError::Taken { name: "Papers".to_owned() });
    assert_eq!(stage.app.add_key(&again, &own), taken);
    assert!(stage.asked().is_empty());
    for (name, site, id) in [
        ("Other site", "d111111abcdef8.cloudfront.net", "K2JCJMDEHXQW5F"),
        ("Other id", "docs.example.com", "K36X4X2EO997HM"),
    ] {
        let new = stage.app.describe_key(None, name, site, id).unwrap();
        stage.app.add_key(&new, &own).unwrap();
    }
    assert_eq!(stage.held().listed.len(), 3);
    assert!(stage.held().agrees());
}

#[test]
fn the_first_wrong_field_is_named() {
    let stage = Stage::new();
    stage.add("Papers", &key());
    let describe = |name: &str, site: &str, id: &str| stage.app.describe_key(None, name, site, id);
    let taken = NewKeyError::Place(PlaceError::NameTaken { name: "Papers".to_owned() });
    for (name, site, id, error) in [
        ("", "", "", NewKeyError::Name(NameError::Empty)),
        ("PAPERS", "", "", taken),
        ("Other", "", "", NewKeyError::Address(SiteAddressError::Empty)),
        ("Other", "docs.example.com", "", NewKeyError::PublicKeyId(PublicKeyIdError::Empty)),
    ] {
        assert_eq!(describe(name, site, id), Err(error));
    }
    assert!(stage.asked().is_empty());
}

#[test]
fn names_are_what_a_person_sees() {
    let parsed = |text: &str| Name::parse(text).map(|name| name.as_str().to_owned());
    assert_eq!(parsed("  Client papers\n"), Ok("Client papers".to_owned()));
    assert_eq!(parsed("a\u{202e}b\u{7}c\u{200b}"), Ok("abc".to_owned()));
    assert_eq!(parsed(&"\u{e9}".repeat(60)), Ok("\u{e9}".repeat(60)));
    let too_long = Err(NameError::TooLong { most: 60 });
    assert_eq!(parsed(&"\u{e9}".repeat(61)), too_long);
    for nothing in ["", " \t ", "\u{200b}\u{feff}", " \u{202e} "] {
        assert_eq!(parsed(nothing), Err(NameError::Empty), "{nothing:?}");
    }
}

#[test]
fn every_refusal_of_the_keychain_is_told_and_it_is_asked_once() {
    let stage = Stage::new();
    let own = key();
    let id = stage.add("Papers", &own).id;
    let new = stage.describe("Other");
    for error in [
        KeychainError::Absent,
        KeychainError::Locked,
        KeychainError::Dismissed,
        KeychainError::Slow,
        KeychainError::Failed,
    ] {
        stage.ports.world().keychain_error = Some(error);
        let before = stage.held();
        let asked_once = |step: Step| {
            assert_eq!(stage.asked(), [step], "{error:?}");
            stage.start_afresh(u32::MAX);
        };
        stage.start_afresh(u32::MAX);
        assert_eq!(
            stage.link(&id, "a.pdf"),
            Err(CreateLinkError::Key(OpenKeyError::Keychain(error)))
        );
        asked_once(Read);
        assert_eq!(stage.app.add_key(&new, &key()), Err(AddKeyError::Keychain(error)));
        asked_once(Read);
        assert_eq!(stage.app.restore_key(&id, &own), Err(RestoreKeyError::Keychain(error)));
        asked_once(Store);
        assert_eq!(stage.app.remove_key(&id), Err(RemoveKeyError::Keychain(error)));
        asked_once(Read);
        let made = stage.app.make_key(None, "Made", KeyKind::P256);
        assert_eq!(made, Err(MakeKeyError::Keychain(error)));
        asked_once(Read);
        assert_eq!(stage.app.public_half(&id).map(drop), Err(OpenKeyError::Keychain(error)));
        asked_once(Read);
        let typed = Passphrase::parse(Zeroizing::new("a".repeat(15))).unwrap();
        let backup = stage.app.back_up_key(&id, &typed).map(drop);
        assert_eq!(backup, Err(OpenKeyError::Keychain(error)));
        asked_once(Read);
        assert_eq!(stage.held(), before);
    }
}

#[test]
fn every_fault_of_the_disk_is_told() {
    let stage = Stage::new();
    let id = stage.add("Papers", &key()).id;
    for error in [SaveError::DiskFull, SaveError::ReadOnly, SaveError::Other] {
        stage.ports.world().save_error = Some(error);
        let before = stage.held();
        stage.start_afresh(0b1);
        assert_eq!(stage.app.rename_key(&id, "x"), Err(RenameError::Save(error.into())));
        stage.start_afresh(0b100);
        let new = stage.describe("Other");
        assert_eq!(stage.app.add_key(&new, &key()), Err(AddKeyError::Save(error.into())));
        stage.start_afresh(0b100);
        assert_eq!(stage.app.remove_key(&id), Err(RemoveKeyError::Save(error.into())));
        assert_eq!(stage.held(), before);
    }
}

#[test]
fn the_keychain_is_asked_only_when_everything_else_is_in_order() {
    let stage = Stage::new();
    let id = stage.add("Papers", &key()).id;
    let until = |text: &str| Lifetime::until(text).unwrap();
    let nobody = KeyId::parse(&"0".repeat(32)).unwrap();
    for (id, address, lifetime, wrong) in [
        (&nobody, "a.pdf", Lifetime::OneDay, CreateLinkError::Key(OpenKeyError::Unknown)),
        (&id, "", Lifetime::OneDay, CreateLinkError::Address(AddressError::Empty)),
        (&id, "", until("2020-01-01T12:00"), CreateLinkError::Address(AddressError::Empty)),
    ] {
        assert_eq!(stage.link_for(id, address, &lifetime), Err(wrong));
    }
    let over = stage.link_for(&id, "a.pdf", &until("2020-01-01T12:00"));
    assert_eq!(over, Err(CreateLinkError::Lifetime(LifetimeError::Over)));
    assert!(stage.asked().is_empty());
    stage.link(&id, "a.pdf").unwrap();
    // And what it was made with is written down.
    assert_eq!(stage.asked(), [Read, Save]);
}

#[test]
fn what_the_keychain_gives_must_be_the_key_that_was_stored() {
    let stage = Stage::new();
    let (papers, other) = (stage.add("Papers", &key()), stage.add("Other", &key()));
    stage.link(&papers.id, "a.pdf").unwrap();
    let secret_of =
        |record: &RegisteredKey| stage.ports.world().secrets[record.id.as_str()].clone();
    let half = |secret: Vec<u8>| secret[..secret.len() / 2].to_vec();
    for secret in [secret_of(&other), half(secret_of(&papers)), Vec::new()] {
        stage.ports.world().secrets.insert(papers.id.to_string(), secret);
        let not_the_key = CreateLinkError::Key(OpenKeyError::Stored(StoredKeyError));
        assert_eq!(stage.link(&papers.id, "a.pdf"), Err(not_the_key));
    }
}

fn rsa_key() -> SigningKey {
    let pem = std::process::Command::new("openssl")
        .args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        .output()
        .unwrap();
    let Ok(KeyFile::Ready(key)) = key_file::read(&pem.stdout) else {
        panic!("openssl made no key");
    };
    key
}

/// PKCS#1 v1.5 has no random part, and ECDSA takes its own from the message (RFC 6979).
#[test]
fn the_same_recipe_gives_the_same_link() {
    for key in [rsa_key(), key()] {
        let stage = Stage::new();
        let first = stage.add("First", &key).id;
        let link = stage.link(&first, "Ann\u{e9}e 1.pdf").unwrap();
        assert_eq!(stage.link(&first, "/Ann%C3%A9e%201.pdf").unwrap(), link);

        let elsewhere = Stage::new();
        let second = elsewhere.add("Second", &copy_of(&key)).id;
        assert_eq!(second, first, "a key is known by what it is, not by its name");
        assert_eq!(elsewhere.link(&second, "Ann\u{e9}e 1.pdf").unwrap(), link);
    }
}

#[test]
fn a_keys_links_are_signed_with_the_hash_that_was_chosen() {
    let stage = Stage::new();
    let rsa = stage.add("Client papers", &rsa_key());
    assert_eq!(rsa.hash, HashAlgorithm::Sha256, "the recommended one");
    assert!(stage.link(&rsa.id, "a.pdf").unwrap().ends_with("&Hash-Algorithm=SHA256"));
    let changed = stage.app.change_hash(&rsa.id, HashAlgorithm::Sha1).unwrap();
    assert_eq!(changed, RegisteredKey { hash: HashAlgorithm::Sha1, ..rsa.clone() });
    assert_eq!(stage.held().listed, [changed]);
    assert!(stage.held().agrees());
    assert!(!stage.link(&rsa.id, "a.pdf").unwrap().contains("Hash-Algorithm"));
    stage.app.change_hash(&rsa.id, HashAlgorithm::Sha256).unwrap();
    assert_eq!(stage.held().listed, std::slice::from_ref(&rsa));

    stage.start_afresh(1);
    let failed = stage.app.change_hash(&rsa.id, HashAlgorithm::Sha1);
    assert_eq!(failed, Err(ChangeHashError::Save(DISK_FULL)));
    assert_eq!(stage.held().listed, std::slice::from_ref(&rsa));

    let stage = Stage::new();
    let p256 = stage.add("Client papers", &SigningKey::generate_p256());
    assert_eq!(p256.hash, HashAlgorithm::Sha256);
    let fixed = stage.app.change_hash(&p256.id, HashAlgorithm::Sha1);
    assert_eq!(fixed, Err(ChangeHashError::Fixed));
    assert!(stage.app.change_hash(&p256.id, HashAlgorithm::Sha256).is_ok());
    let nobody = KeyId::parse(&"0".repeat(32)).unwrap();
    let unknown = stage.app.change_hash(&nobody, HashAlgorithm::Sha256);
    assert_eq!(unknown, Err(ChangeHashError::Unknown));
}

/// A secret in the keychain that no list names, as a lost list leaves it.
fn orphan_in(stage: &Stage, id: &str, secret: &[u8]) -> KeyId {
    stage.ports.world().secrets.insert(id.to_owned(), secret.to_vec());
    KeyId::parse(id).unwrap_or_else(|| KeyId::parse(&"0".repeat(32)).unwrap())
}

#[test]
fn what_no_list_names_is_found_and_what_is_no_key_is_named_and_left_alone() {
    let stage = Stage::new();
    let listed = stage.add("Client papers", &key());
    let made = stage.app.make_key(None, "Board", KeyKind::P256).unwrap();
    assert_eq!(stage.app.orphans(), Ok(Default::default()));

    let (p256, rsa) = (key(), rsa_key());
    let lost = orphan_in(&stage, &"a".repeat(32), &p256.to_pkcs8_der());
    orphan_in(&stage, &"b".repeat(32), &rsa.to_pkcs8_der());
    orphan_in(&stage, &"c".repeat(32), &key().to_pkcs8_der()[1..]);
    orphan_in(&stage, &"d".repeat(32), b"");
    for other in ["", "notes", &"E".repeat(32), &"f".repeat(33), "\u{1b}[2J"] {
        orphan_in(&stage, other, &p256.to_pkcs8_der());
    }
    let same = orphan_in(&stage, &"9".repeat(32), &secret_of(&stage, &listed.id));
    let before = stage.held();
    let found = stage.app.orphans().unwrap();
    let keys: Vec<_> = found
        .keys
        .iter()
        .map(|key| (key.id.as_str(), key.kind, key.fingerprint.clone(), key.listed_as.clone()))
        .collect();
    assert_eq!(
        keys,
        [
            (same.as_str(), listed.kind, listed.fingerprint.clone(), Some(listed.name.clone())),
            (lost.as_str(), KeyKind::P256, p256.public_key().fingerprint(), None),
            (&*"b".repeat(32), KeyKind::Rsa2048, rsa.public_key().fingerprint(), None),
        ]
    );
    let others = [
        "",
        "\u{1b}[2J",
        &*"E".repeat(32),
        &*"c".repeat(32),
        &*"d".repeat(32),
        &*"f".repeat(33),
        "notes",
    ];
    let mut sorted = found.others.clone();
    sorted.sort();
    assert_eq!(sorted, others);
    // Nothing was put back, and nothing removed.
    assert_eq!(stage.held(), before);
    for no_key in ["c", "d"] {
        let id = KeyId::parse(&no_key.repeat(32)).unwrap();
        let removed = stage.app.remove_orphan(&id, &p256.public_key().fingerprint());
        assert_eq!(removed, Err(OrphanError::NoKey));
        let restored = stage.app.restore_orphan(&id, None);
        assert_eq!(restored, Err(OrphanError::NoKey.into()));
    }
    for name in [&listed.id, &made.id] {
        let removed = stage.app.remove_orphan(name, &listed.fingerprint);
        assert!(matches!(removed, Err(OrphanError::Listed { .. })), "{removed:?}");
        let restored = stage.app.restore_orphan(name, None);
        assert!(matches!(restored, Err(RestoreOrphanError::Orphan(OrphanError::Listed { .. }))));
    }
    assert_eq!(stage.held(), before);
}

fn secret_of(stage: &Stage, id: &KeyId) -> Vec<u8> {
    stage.ports.world().secrets.get(id.as_str()).unwrap().clone()
}

#[test]
fn a_found_key_is_put_back_as_one_to_finish_and_makes_the_links_it_made() {
    let stage = Stage::new();
    let lost = stage.add("Client papers", &key());
    let link = stage.link(&lost.id, "a.pdf").unwrap();
    // The list is lost, and the keychain is not.
    let ports = stage.ports.clone();
    ports.world().saved = Settings::default();
    let app = App::new(Box::new(ports.clone()), Box::new(ports.clone()));
    let stage = Stage { app, ports };
    assert_eq!(stage.app.orphans().unwrap().keys.len(), 1);

    let digits = lost.fingerprint.to_string();
    let made = stage.app.restore_orphan(&lost.id, None).unwrap();
    assert_eq!(made.name.as_str(), format!("Found key {}…", digits.get(..4).unwrap()));
    assert_eq!((&made.id, &made.fingerprint), (&lost.id, &lost.fingerprint));
    assert_eq!(stage.app.orphans(), Ok(Default::default()));
    assert!(stage.held().agrees());
    assert_eq!(stage.app.public_half(&lost.id).unwrap().1.fingerprint(), lost.fingerprint);
    stage.app.register_key(&lost.id, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
    assert_eq!(stage.link(&lost.id, "a.pdf").unwrap(), link);
}

#[test]
fn a_found_key_gets_a_name_that_is_free_or_the_one_that_was_given() {
    let stage = Stage::new();
    stage.add("Client papers", &key());
    let found = key();
    let digits = found.public_key().fingerprint().to_string();
    let id = orphan_in(&stage, &"a".repeat(32), &found.to_pkcs8_der());
    let before = stage.held();
    let named = |name| stage.app.restore_orphan(&id, Some(name));
    assert_eq!(named("  "), Err(NameError::Empty.into()));
    let taken = RestoreOrphanError::NameTaken { name: "Client papers".to_owned() };
    assert_eq!(named("client PAPERS"), Err(taken));
    stage.start_afresh(0b100);
    assert_eq!(named("Contracts"), Err(DISK_FULL.into()));
    assert_eq!(stage.held(), before);
    stage.start_afresh(0);
    stage.add(&format!("found key {}…", digits.get(..4).unwrap()), &key());
    let made = stage.app.restore_orphan(&id, None).unwrap();
    assert_eq!(made.name.as_str(), format!("Found key {}…", digits.get(..5).unwrap()));
    assert!(stage.held().agrees());
}

#[test]
fn only_the_key_whose_fingerprint_was_shown_is_removed() {
    let stage = Stage::new();
    let found = key();
    let fingerprint = found.public_key().fingerprint();
    let id = orphan_in(&stage, &"a".repeat(32), &found.to_pkcs8_der());
    let other = key().public_key().fingerprint();
    assert_eq!(stage.app.remove_orphan(&id, &other), Err(OrphanError::Unknown));
    stage.start_afresh(0b10);
    let locked = Err(OrphanError::Keychain(KeychainError::Locked));
    assert_eq!(stage.app.remove_orphan(&id, &fingerprint), locked);
    assert_eq!(stage.held().secrets.len(), 1);
    stage.start_afresh(0);
    assert_eq!(stage.app.remove_orphan(&id, &fingerprint), Ok(()));
    assert_eq!(stage.app.remove_orphan(&id, &fingerprint), Err(OrphanError::Unknown));
    assert_eq!(stage.held().secrets.len(), 0);
}

#[test]
fn a_found_key_that_a_terminal_puts_back_is_not_removed_and_one_that_it_removes_is_not_put_back() {
    let found = key();
    let fingerprint = found.public_key().fingerprint();
    let window = Stage::new();
    let id = orphan_in(&window, &"a".repeat(32), &found.to_pkcs8_der());
    assert_eq!(window.app.orphans().unwrap().keys.len(), 1);
    let terminal = App::new(Box::new(window.ports.clone()), Box::new(window.ports.clone()));
    terminal.restore_orphan(&id, Some("Papers")).unwrap();
    assert_eq!(unregistered(&window.app), [], "the window has not looked again");
    let listed = Err(OrphanError::Listed { name: "Papers".to_owned() });
    assert_eq!(window.app.remove_orphan(&id, &fingerprint), listed);
    assert!(window.ports.world().secrets.contains_key(id.as_str()));

    // In the very moment of it.
    let put_back = std::mem::take(&mut window.ports.world().saved);
    window.ports.world().meanwhile = Some(Box::new(move |world| world.saved = put_back));
    assert_eq!(window.app.remove_orphan(&id, &fingerprint), listed);
    assert!(window.ports.world().secrets.contains_key(id.as_str()));

    window.ports.world().saved = Settings::default();
    window.ports.world().meanwhile = Some(Box::new(|world| world.secrets.clear()));
    let gone = Err(RestoreOrphanError::Orphan(OrphanError::Unknown));
    assert_eq!(window.app.restore_orphan(&id, None), gone);
    assert_eq!(window.ports.world().saved, Settings::default(), "no key without its secret");
}

#[test]
fn a_keychain_that_does_not_say_what_is_in_it_is_not_taken_for_an_empty_one() {
    let stage = Stage::new();
    orphan_in(&stage, &"a".repeat(32), &key().to_pkcs8_der());
    for (failing, asked) in [(0b01, vec![List]), (0b10, vec![List, Read])] {
        stage.start_afresh(failing);
        assert_eq!(stage.app.orphans(), Err(KeychainError::Locked.into()));
        assert_eq!(stage.asked(), asked);
    }
    // One that cannot be read hides none of the others.
    orphan_in(&stage, &"b".repeat(32), &key().to_pkcs8_der());
    stage.ports.world().keychain_error = Some(KeychainError::Failed);
    stage.start_afresh(0b10);
    let found = stage.app.orphans().unwrap();
    assert_eq!((found.keys.len(), found.others), (1, vec!["a".repeat(32)]));
}

#[test]
fn under_a_clock_that_cannot_be_right_no_link_is_made_and_no_keychain_asked() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &key()).id;
    let recipe = |lifetime| LinkRecipe {
        address: "a.pdf".to_owned(),
        lifetime,
        limits: ChosenLimits::default(),
    };
    let until = Lifetime::until("2026-12-01T17:00").unwrap();
    for now in [0, EARLIEST - 1, LATEST, i64::MAX, i64::MIN] {
        for lifetime in [Lifetime::OneMinute, Lifetime::EndOfToday, Lifetime::SevenDays, until] {
            let made = stage.app.create_link(&id, &recipe(lifetime), &Note::default(), now, &Utc);
            let wrong = CreateLinkError::Clock(ClockWrong { now });
            assert_eq!(made.unwrap_err(), wrong, "{now} {lifetime:?}");
        }
    }
    assert_eq!(stage.asked(), []);
    for now in [EARLIEST, LATEST - 1] {
        let made =
            stage.app.create_link(&id, &recipe(Lifetime::OneDay), &Note::default(), now, &Utc);
        assert!(made.is_ok());
    }
}

/// Two programs at one profile and keychain.
fn two() -> (Stage, App) {
    let stage = Stage::new();
    let ports = stage.ports.clone();
    let other = App::new(Box::new(ports.clone()), Box::new(ports));
    (stage, other)
}

fn names(app: &App) -> Vec<String> {
    app.keys().into_iter().map(|key| key.name.to_string()).collect()
}

#[test]
fn what_two_programs_change_is_kept_of_both() {
    let (stage, other) = two();
    let here = stage.add("Here", &key());
    let there = other.make_key(None, "There", KeyKind::P256).unwrap();
    // A link is made by who has not looked since.
    stage.link(&here.id, "a.pdf").unwrap();
    assert_eq!(names(&stage.app), ["Here", "There"]);
    stage.app.rename_key(&there.id, "Renamed here").unwrap();
    other.rename_key(&here.id, "Renamed there").unwrap();
    stage.app.make_key(None, "Third", KeyKind::P256).unwrap();
    other.look_again();
    for app in [&stage.app, &other] {
        assert_eq!(names(app), ["Renamed there", "Renamed here", "Third"]);
    }
    assert_eq!(other.choices().site, other.site_with(&here.id).map(|site| site.id));
    assert!(stage.held().agrees());
}

#[test]
fn what_another_program_did_first_is_told_and_nothing_is_lost() {
    let (stage, other) = two();
    let first = stage.add("First", &key()).id;
    let first_site = stage.app.site_with(&first).unwrap().id;
    let made = stage.app.make_key(None, "Made", KeyKind::P256).unwrap().id;
    other.look_again();
    let taken = |name: &str| name.to_owned();

    // Each of these is decided on what the other program has not seen yet.
    stage.app.make_key(None, "Taken", KeyKind::P256).unwrap();
    let name = taken("Taken");
    assert_eq!(
        other.make_key(None, "TAKEN", KeyKind::P256).unwrap_err(),
        MakeKeyError::Place(PlaceError::NameTaken { name: name.clone() })
    );
    stage.app.make_key(None, "Also taken", KeyKind::P256).unwrap();
    let name = taken("Also taken");
    assert_eq!(
        other.rename_key(&first, "also taken"),
        Err(RenameError::NameTaken { name: name.clone() })
    );
    stage.app.make_key(None, "New here", KeyKind::P256).unwrap();
    assert_eq!(
        other.rename_key(&made, "New here"),
        Err(RenameError::NameTaken { name: taken("New here") })
    );
    let new = other.describe_key(None, "Twice", "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
    let own = key();
    stage.app.add_key(&new, &own).unwrap();
    // The secret of the key that is in the list stays.
    assert_eq!(
        other.add_key(&new, &copy_of(&own)),
        Err(AddKeyError::Taken { name: taken("Twice") })
    );
    let same_name = other.add_key(&new, &key());
    assert_eq!(same_name, Err(AddKeyError::Place(PlaceError::NameTaken { name: taken("Twice") })));

    // Renamed by both.
    stage.app.rename_key(&first, "Of one").unwrap();
    let stale = App::new(Box::new(stage.ports.clone()), Box::new(stage.ports.clone()));
    other.look_again();
    other.rename_key(&first, "Of the other").unwrap();
    let clash = stale.rename_key(&first, "Of a third");
    assert_eq!(clash, Err(RenameError::Changed { name: taken("Of the other") }));
    // Now it is known, and meant.
    stale.rename_key(&first, "Of a third").unwrap();

    // Finished by both: with the same it is the same, with something else it is told.
    stage.app.look_again();
    let finished = stage.app.register_key(&made, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
    let same = stale.register_key(&made, "docs.example.com", "K2JCJMDEHXQW5F");
    assert_eq!(same, Ok(finished));
    let fresh = || App::new(Box::new(stage.ports.clone()), Box::new(stage.ports.clone()));
    let (one, two) = (fresh(), fresh());
    let third = one.make_key(None, "Third", KeyKind::P256).unwrap().id;
    two.look_again();
    one.register_key(&third, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
    let clash = two.register_key(&third, "other.example.com", "K2JCJMDEHXQW5F");
    assert_eq!(clash, Err(RegisterKeyError::Unknown));

    // Removed by one, changed by the other.
    let (one, two) = (fresh(), fresh());
    one.remove_key(&third).unwrap();
    assert_eq!(two.rename_key(&third, "Gone"), Err(RenameError::Unknown));
    let (one, two) = (fresh(), fresh());
    one.remove_key(&first).unwrap();
    let recipe = LinkRecipe {
        address: "a.pdf".to_owned(),
        lifetime: Lifetime::OneHour,
        limits: ChosenLimits::default(),
    };
    let gone = two.create_link(&first, &recipe, &Note::default(), NOW, &Utc);
    assert!(matches!(gone, Err(CreateLinkError::Key(OpenKeyError::Missing { .. }))));
    assert!(fresh().site(&first_site).unwrap().keys.is_empty(), "the site stays");
    assert_eq!(two.change_hash(&first, HashAlgorithm::Sha256), Err(ChangeHashError::Unknown));
    stage.app.look_again();
    assert!(stage.held().agrees(), "{:?}", stage.held());
}

#[test]
fn a_key_is_replaced_by_one_of_two_programs() {
    let (stage, other) = two();
    let old = stage.add("Papers", &key()).id;
    let old = stage.app.site_with(&old).unwrap().id;
    other.look_again();
    stage.app.begin_replacement(&old, KeyKind::P256).unwrap();
    let begun = ReplaceKeyError::Begun { name: "Papers (new)".to_owned() };
    assert_eq!(other.begin_replacement(&old, KeyKind::P256).unwrap_err(), begun);
    stage.app.switch_key(&old, "K1AAAAAAAAAAAA").unwrap();
    let twice = other.switch_key(&old, "K1BBBBBBBBBBBB").unwrap_err();
    assert_eq!(twice, SwitchKeyError::Unknown);
    assert_eq!(names(&other), ["Papers (old)", "Papers"]);
    assert!(stage.held().agrees());
}

#[test]
fn where_the_list_is_not_known_nothing_is_changed_and_no_keychain_is_asked() {
    for error in [SettingsError::Newer, SettingsError::Unreadable, SettingsError::Damaged] {
        let stage = Stage::new();
        let id = stage.add("Papers", &key()).id;
        let before = stage.held();
        stage.ports.world().read_error = Some(error);
        let blind = App::new(Box::new(stage.ports.clone()), Box::new(stage.ports.clone()));
        assert_eq!((blind.trouble(), blind.keys()), (Some(error), Vec::new()));
        let made = blind.make_key(None, "Other", KeyKind::P256);
        assert_eq!(made.unwrap_err(), MakeKeyError::Save(error));
        let new = blind.describe_key(None, "Other", "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
        assert_eq!(blind.add_key(&new, &key()), Err(AddKeyError::Save(error)));
        // Who knew the list goes on to make links, and changes nothing either.
        stage.app.look_again();
        assert_eq!(stage.app.trouble(), Some(error));
        assert!(stage.link(&id, "a.pdf").is_ok());
        stage.start_afresh(0);
        assert_eq!(stage.app.rename_key(&id, "Other"), Err(RenameError::Save(error)));
        let made = stage.app.make_key(None, "Other", KeyKind::P256);
        assert_eq!(made.unwrap_err(), MakeKeyError::Save(error));
        assert_eq!(stage.asked(), []);
        assert_eq!(stage.held(), before);
        // A key that is removed is put back.
        assert_eq!(stage.app.remove_key(&id), Err(RemoveKeyError::Save(error)));
        assert_eq!(stage.held(), before);
        let edition = blind.edition();
        stage.ports.world().read_error = None;
        blind.look_again();
        assert_eq!((blind.trouble(), blind.sites()), (None, before.sites));
        assert_ne!(blind.edition(), edition);
        blind.make_key(None, "Other", KeyKind::P256).unwrap();
    }
}

#[test]
fn the_answers_of_a_set_up_are_put_together_or_one_is_told() {
    let (stage, other) = two();
    let site = stage.app.add_site("Papers").unwrap().id;
    let none = Answers::default();
    let bucket = Answers { bucket: "client-papers".to_owned(), ..none.clone() };
    assert_eq!(stage.app.remember_set_up(&site, &none, &bucket), Ok(bucket.clone()));
    let region = Answers { region: "eu-central-1".to_owned(), ..none.clone() };
    let both = Answers { region: region.region.clone(), ..bucket.clone() };
    assert_eq!(other.remember_set_up(&site, &none, &region), Ok(both.clone()));
    let clash = Answers { bucket: "board-papers".to_owned(), ..none.clone() };
    let kept = Box::new(both.clone());
    let told = other.remember_set_up(&site, &none, &clash);
    assert_eq!(told, Err(RememberSetUpError::ChangedElsewhere { kept }));
    assert_eq!(stage.ports.world().saved.sites[0].set_up, both);
}
