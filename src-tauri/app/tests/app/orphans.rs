//! Keys in the keychain that no list names.

use signet_app::{App, KeyId, KeychainError, NameError, OrphanError, RestoreOrphanError, Settings};
use signet_cloudfront::key::KeyKind;

use crate::stage::*;

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
