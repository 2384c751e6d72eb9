//! The desk over a keychain and a profile that fail at the step they are told to: whatever fails,
//! both say the same about every key, and nobody is asked twice.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::Utc;
use signet_core::address::AddressError;
use signet_core::desk::{
    AddKeyError, Book, Choices, CreateLinkError, Desk, KeyId, KeyName, KeyNameError, KeyRecord,
    NewKey, NewKeyError, OpenKeyError, Profile, RemoveKeyError, RenameKeyError, RestoreKeyError,
    SaveError, Vault, VaultError,
};
use signet_core::key::{SigningKey, StoredKeyError};
use signet_core::key_file::{self, KeyFile};
use signet_core::lifetime::{Lifetime, LifetimeError};
use signet_core::public_key_id::PublicKeyIdError;
use signet_core::site::SiteError;
use zeroize::Zeroizing;

/// 24 November 2026, 12:00 UTC.
const NOW: i64 = 1_795_521_600;

/// One call of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Store,
    Read,
    Remove,
    Save,
}

use Step::{Read, Remove, Save, Store};

/// What the ports hold, what they were asked, and which of the coming calls fail.
#[derive(Default)]
struct World {
    secrets: BTreeMap<String, Vec<u8>>,
    saved: Book,
    asked: Vec<Step>,
    /// Bit `n` stands for the `n`th call from now on.
    failing: u32,
    vault_error: Option<VaultError>,
    save_error: Option<SaveError>,
}

impl World {
    fn fails(&mut self, step: Step) -> bool {
        let fails = self.failing >> self.asked.len() & 1 == 1;
        self.asked.push(step);
        fails
    }

    fn vault(&mut self, step: Step) -> Result<(), VaultError> {
        if self.fails(step) { Err(self.vault_error.unwrap_or(VaultError::Locked)) } else { Ok(()) }
    }
}

#[derive(Clone, Default)]
struct Ports(Arc<Mutex<World>>);

impl Ports {
    fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }
}

impl Vault for Ports {
    fn store(&self, id: &KeyId, secret: &[u8]) -> Result<(), VaultError> {
        let mut world = self.world();
        world.vault(Store)?;
        world.secrets.insert(id.to_string(), secret.to_vec());
        Ok(())
    }

    fn read(&self, id: &KeyId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut world = self.world();
        world.vault(Read)?;
        world.secrets.get(id.as_str()).cloned().map(Zeroizing::new).ok_or(VaultError::Missing)
    }

    fn remove(&self, id: &KeyId) -> Result<(), VaultError> {
        let mut world = self.world();
        world.vault(Remove)?;
        world.secrets.remove(id.as_str()).map(drop).ok_or(VaultError::Missing)
    }
}

impl Profile for Ports {
    fn save(&self, book: &Book) -> Result<(), SaveError> {
        let mut world = self.world();
        if world.fails(Save) {
            return Err(world.save_error.unwrap_or(SaveError::DiskFull));
        }
        world.saved = book.clone();
        Ok(())
    }
}

/// A desk with its ports in view.
struct Stage {
    desk: Desk,
    ports: Ports,
}

impl Stage {
    fn new() -> Self {
        let ports = Ports::default();
        let desk = Desk::new(Box::new(ports.clone()), Box::new(ports.clone()), Book::default());
        Self { desk, ports }
    }

    fn describe(&self, name: &str) -> NewKey {
        self.desk.describe_key(name, "docs.example.com", "K2JCJMDEHXQW5F").unwrap()
    }

    fn add(&self, name: &str, key: &SigningKey) -> KeyRecord {
        let record = self.desk.add_key(&self.describe(name), key).unwrap();
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
            listed: self.desk.keys(),
            saved: world.saved.keys.clone(),
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
        let made = self.desk.create_link(id, address, lifetime, NOW, &Utc)?;
        Ok(made.link.as_str().to_owned())
    }
}

/// All that tells which keys there are.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    listed: Vec<KeyRecord>,
    saved: Vec<KeyRecord>,
    secrets: Vec<String>,
}

impl Held {
    fn agrees(&self) -> bool {
        let mut ids: Vec<_> = self.listed.iter().map(|key| key.id.to_string()).collect();
        ids.sort();
        self.listed == self.saved && ids == self.secrets
    }
}

/// Another key every time.
fn key() -> SigningKey {
    SigningKey::generate_p256()
}

fn copy_of(key: &SigningKey) -> SigningKey {
    SigningKey::from_pkcs8_der(&key.to_pkcs8_der()).unwrap()
}

#[test]
fn a_key_is_added_or_not_whichever_step_fails() {
    for (failing, expected, asked) in [
        (0b00, Ok(()), vec![Store, Save]),
        (0b01, Err(AddKeyError::Vault(VaultError::Locked)), vec![Store]),
        (0b10, Err(AddKeyError::Save(SaveError::DiskFull)), vec![Store, Save, Remove]),
    ] {
        let stage = Stage::new();
        stage.add("First", &key());
        let before = stage.held();
        let new = stage.describe("Second");
        stage.start_afresh(failing);
        let added = stage.desk.add_key(&new, &key());
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
    stage.start_afresh(0b110);
    assert_eq!(stage.desk.add_key(&new, &own), Err(AddKeyError::Save(SaveError::DiskFull)));
    assert_eq!(stage.asked(), [Store, Save, Remove]);
    // Nothing can be done about the secret now. Added again it takes the same place.
    assert_eq!((stage.held().listed.len(), stage.held().secrets.len()), (0, 1));
    stage.start_afresh(0);
    stage.desk.add_key(&new, &own).unwrap();
    assert!(stage.held().agrees());
}

#[test]
fn a_key_is_removed_or_not_whichever_step_fails() {
    let vault = Err(RemoveKeyError::Vault(VaultError::Locked));
    let save = Err(RemoveKeyError::Save(SaveError::DiskFull));
    for (failing, expected, asked) in [
        (0b000, Ok(()), vec![Read, Remove, Save]),
        (0b001, vault.clone(), vec![Read]),
        (0b010, vault, vec![Read, Remove]),
        (0b100, save, vec![Read, Remove, Save, Store]),
    ] {
        let stage = Stage::new();
        stage.add("First", &key());
        let id = stage.add("Second", &key()).id;
        let before = stage.held();
        stage.start_afresh(failing);
        let removed = stage.desk.remove_key(&id);
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
    let removed = stage.desk.remove_key(&id);
    assert_eq!(removed, Err(RemoveKeyError::Vault(VaultError::Locked)));
    let missing = CreateLinkError::Key(OpenKeyError::Missing { name: "Papers".to_owned() });
    stage.start_afresh(0);
    assert_eq!(stage.link(&id, "a.pdf"), Err(missing));
    stage.desk.restore_key(&id, &own).unwrap();
    assert!(stage.held().agrees());
    assert!(stage.link(&id, "a.pdf").is_ok());
}

#[test]
fn a_key_that_was_removed_outside_can_be_removed_here() {
    let stage = Stage::new();
    let id = stage.add("Papers", &key()).id;
    stage.ports.world().secrets.clear();
    assert_eq!(stage.desk.remove_key(&id), Ok(()));
    assert_eq!(stage.asked(), [Read, Save]);
    assert!(stage.held().agrees());
    assert_eq!(stage.desk.remove_key(&id), Err(RemoveKeyError::Unknown));
}

#[test]
fn a_removed_key_is_no_longer_the_one_chosen_last() {
    let stage = Stage::new();
    let (gone, other) = (stage.add("Gone", &key()).id, stage.add("Other", &key()).id);
    for (chosen, expected) in [(&other, Some(other.clone())), (&gone, None)] {
        let choices = Choices { key: Some(chosen.clone()), lifetime: Some(Lifetime::SevenDays) };
        stage.desk.remember(choices).unwrap();
        let target = if chosen == &gone { &gone } else { &stage.add("Third", &key()).id };
        stage.desk.remove_key(target).unwrap();
        let choices = Choices { key: expected, lifetime: Some(Lifetime::SevenDays) };
        assert_eq!(stage.desk.choices(), choices);
        assert_eq!(stage.ports.world().saved.choices, choices);
    }
}

#[test]
fn what_was_chosen_is_written_once() {
    let stage = Stage::new();
    let choices = Choices { key: None, lifetime: Some(Lifetime::OneHour) };
    stage.start_afresh(0b1);
    assert_eq!(stage.desk.remember(choices.clone()), Err(SaveError::DiskFull));
    assert_eq!(stage.desk.choices(), Choices::default());
    stage.desk.remember(choices.clone()).unwrap();
    stage.desk.remember(choices.clone()).unwrap();
    assert_eq!(stage.asked(), [Save; 2]);
    assert_eq!(stage.desk.choices(), choices);
    assert_eq!(stage.ports.world().saved.choices, choices);
}

#[test]
fn a_key_is_renamed_or_not() {
    let stage = Stage::new();
    stage.add("First", &key());
    let id = stage.add("Second", &key()).id;
    let before = stage.held();
    stage.start_afresh(0b1);
    let renamed = stage.desk.rename_key(&id, "Contracts");
    assert_eq!(renamed, Err(RenameKeyError::Save(SaveError::DiskFull)));
    assert_eq!(stage.held(), before);

    for (name, error) in [
        (" ", RenameKeyError::Name(KeyNameError::Empty)),
        (" fIRST ", RenameKeyError::NameTaken { name: "First".to_owned() }),
    ] {
        assert_eq!(stage.desk.rename_key(&id, name), Err(error));
    }
    assert_eq!(stage.held(), before);
    // Its own name in other letters is free for it.
    for name in ["SECOND", "Contracts"] {
        let record = stage.desk.rename_key(&id, name).unwrap();
        assert_eq!(record.name.as_str(), name);
        assert_eq!(stage.held().listed[1], record);
        assert!(stage.held().agrees());
    }
    let nobody = KeyId::parse(&"0".repeat(32)).unwrap();
    assert_eq!(stage.desk.rename_key(&nobody, "x"), Err(RenameKeyError::Unknown));
    assert_eq!(stage.asked(), [Save; 3], "the keychain is not asked for a name");
}

#[test]
fn a_key_is_restored_with_its_own_file_only() {
    let stage = Stage::new();
    let own = key();
    let id = stage.add("Papers", &own).id;
    stage.ports.world().secrets.clear();
    let listed = stage.held().listed;

    assert_eq!(stage.desk.restore_key(&id, &key()), Err(RestoreKeyError::OtherKey));
    let nobody = KeyId::parse(&"0".repeat(32)).unwrap();
    assert_eq!(stage.desk.restore_key(&nobody, &own), Err(RestoreKeyError::Unknown));
    assert!(stage.asked().is_empty());
    stage.start_afresh(0b1);
    let refused = Err(RestoreKeyError::Vault(VaultError::Locked));
    assert_eq!(stage.desk.restore_key(&id, &own), refused);
    stage.start_afresh(0);
    stage.desk.restore_key(&id, &own).unwrap();
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
    assert_eq!(stage.desk.add_key(&again, &own), taken);
    assert!(stage.asked().is_empty());
    for (name, site, id) in [
        ("Other site", "d111111abcdef8.cloudfront.net", "K2JCJMDEHXQW5F"),
        ("Other id", "docs.example.com", "K36X4X2EO997HM"),
    ] {
        let new = stage.desk.describe_key(name, site, id).unwrap();
        stage.desk.add_key(&new, &own).unwrap();
    }
    assert_eq!(stage.held().listed.len(), 3);
    assert!(stage.held().agrees());
}

#[test]
fn the_first_wrong_field_is_named() {
    let stage = Stage::new();
    stage.add("Papers", &key());
    let describe = |name: &str, site: &str, id: &str| stage.desk.describe_key(name, site, id);
    let taken = NewKeyError::NameTaken { name: "Papers".to_owned() };
    for (name, site, id, error) in [
        ("", "", "", NewKeyError::Name(KeyNameError::Empty)),
        ("PAPERS", "", "", taken),
        ("Other", "", "", NewKeyError::Site(SiteError::Empty)),
        ("Other", "docs.example.com", "", NewKeyError::PublicKeyId(PublicKeyIdError::Empty)),
    ] {
        assert_eq!(describe(name, site, id), Err(error));
    }
    assert!(stage.asked().is_empty());
}

#[test]
fn names_are_what_a_person_sees() {
    let parsed = |text: &str| KeyName::parse(text).map(|name| name.as_str().to_owned());
    assert_eq!(parsed("  Client papers\n"), Ok("Client papers".to_owned()));
    assert_eq!(parsed("a\u{202e}b\u{7}c\u{200b}"), Ok("abc".to_owned()));
    assert_eq!(parsed(&"\u{e9}".repeat(60)), Ok("\u{e9}".repeat(60)));
    let too_long = Err(KeyNameError::TooLong { most: 60 });
    assert_eq!(parsed(&"\u{e9}".repeat(61)), too_long);
    for nothing in ["", " \t ", "\u{200b}\u{feff}", " \u{202e} "] {
        assert_eq!(parsed(nothing), Err(KeyNameError::Empty), "{nothing:?}");
    }
}

#[test]
fn every_refusal_of_the_keychain_is_told_and_it_is_asked_once() {
    let stage = Stage::new();
    let own = key();
    let id = stage.add("Papers", &own).id;
    let new = stage.describe("Other");
    for error in [
        VaultError::Absent,
        VaultError::Locked,
        VaultError::Dismissed,
        VaultError::Slow,
        VaultError::Failed,
    ] {
        stage.ports.world().vault_error = Some(error);
        let before = stage.held();
        let asked_once = |step: Step| {
            assert_eq!(stage.asked(), [step], "{error:?}");
            stage.start_afresh(u32::MAX);
        };
        stage.start_afresh(u32::MAX);
        assert_eq!(stage.link(&id, "a.pdf"), Err(CreateLinkError::Key(OpenKeyError::Vault(error))));
        asked_once(Read);
        assert_eq!(stage.desk.add_key(&new, &key()), Err(AddKeyError::Vault(error)));
        asked_once(Store);
        assert_eq!(stage.desk.restore_key(&id, &own), Err(RestoreKeyError::Vault(error)));
        asked_once(Store);
        assert_eq!(stage.desk.remove_key(&id), Err(RemoveKeyError::Vault(error)));
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
        assert_eq!(stage.desk.rename_key(&id, "x"), Err(RenameKeyError::Save(error)));
        stage.start_afresh(0b10);
        let new = stage.describe("Other");
        assert_eq!(stage.desk.add_key(&new, &key()), Err(AddKeyError::Save(error)));
        stage.start_afresh(0b100);
        assert_eq!(stage.desk.remove_key(&id), Err(RemoveKeyError::Save(error)));
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
    assert_eq!(stage.asked(), [Read]);
}

#[test]
fn what_the_keychain_gives_must_be_the_key_that_was_stored() {
    let stage = Stage::new();
    let (papers, other) = (stage.add("Papers", &key()), stage.add("Other", &key()));
    stage.link(&papers.id, "a.pdf").unwrap();
    let secret_of = |record: &KeyRecord| stage.ports.world().secrets[record.id.as_str()].clone();
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
