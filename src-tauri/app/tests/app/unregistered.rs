//! Keys that CloudFront does not know yet.

use signet_app::{
    AddKeyError, CreateLinkError, KeyId, KeychainError, MakeKeyError, NameError, NewKeyError,
    OpenKeyError, PlaceError, RegisterKeyError, RemoveKeyError, RenameError, RestoreKeyError,
};
use signet_cloudfront::key::{HashAlgorithm, KeyKind, SigningKey, StoredKeyError};
use signet_cloudfront::key_backup::Passphrase;
use signet_cloudfront::key_file::{self, KeyFile};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::SiteAddressError;
use zeroize::Zeroizing;

use crate::stage::*;

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
