//! Keys: added, restored, renamed, removed; the keychain and the list agree whichever step fails.

use signet_app::{
    AddKeyError, CreateLinkError, KeyId, KeychainError, MakeKeyError, Name, NameError, NewKeyError,
    OpenKeyError, PlaceError, RegisteredKey, RemoveKeyError, RenameError, RestoreKeyError,
    SaveError, Settings,
};
use signet_cloudfront::key::{KeyKind, StoredKeyError};
use signet_cloudfront::key_backup::Passphrase;
use signet_cloudfront::public_key_id::PublicKeyIdError;
use signet_cloudfront::site::SiteAddressError;
use zeroize::Zeroizing;

use crate::stage::*;

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
