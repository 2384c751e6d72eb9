//! A key is replaced: the new one takes over, the old one's links are counted until the last one ends.

use chrono::Utc;
use signet_app::{
    HistoryStoreError, LinkRecipe, Note, OpenKeyError, ReplaceKeyError, ReplacementState,
    SignAgainError, SwitchKeyError,
};
use signet_cloudfront::key::{HashAlgorithm, KeyKind, SigningKey};
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::public_key_id::PublicKeyIdError;

use crate::stage::{DAY, NOW, Stage, rsa};

const NEW_ID: &str = "K3TUN4J9WXYZ12";

#[test]
fn the_new_key_takes_over_and_the_old_links_stay() {
    let stage = Stage::new();
    let old = stage.add("Papers", &rsa());
    let other = stage.add("Other", &SigningKey::generate_p256());
    let site = stage.site_with(&old);
    assert_eq!(stage.app.replacement_state(&site, NOW), Ok(None));
    let entry = stage.make_plain(&old, "a.pdf");
    let link = stage.app.sign_again(entry).unwrap();
    stage.make_plain(&other, "d.pdf");
    for (address, lifetime) in [("b.pdf", Lifetime::SevenDays), ("c.pdf", Lifetime::OneHour)] {
        let address = address.to_owned();
        let recipe = LinkRecipe { address, lifetime, limits: Default::default() };
        stage.app.create_link(&old, &recipe, &Note::default(), NOW, &Utc).unwrap();
    }

    let made = stage.app.begin_replacement(&site, KeyKind::P256).unwrap();
    assert_eq!(made.name.as_str(), "Papers (new)");
    let waiting = ReplacementState::Waiting { new: made.id.clone() };
    assert_eq!(stage.app.replacement_state(&site, NOW), Ok(Some(waiting)));
    let begun = ReplaceKeyError::Begun { name: "Papers (new)".to_owned() };
    assert_eq!(stage.app.begin_replacement(&site, KeyKind::P256), Err(begun));
    assert_eq!(stage.app.signing_key(&site).unwrap().id, old, "links are made as before");

    let after = stage.app.switch_key(&site, NEW_ID).unwrap();
    let before = stage.app.registered_key(&old).unwrap();
    assert_eq!((before.id.clone(), before.name.as_str()), (old.clone(), "Papers (old)"));
    assert_eq!((after.id.clone(), after.name.as_str()), (made.id.clone(), "Papers"));
    assert_eq!((after.site.clone(), after.public_key_id.as_str()), (before.site.clone(), NEW_ID));
    assert_eq!(after.hash, HashAlgorithm::Sha256);
    assert_eq!(stage.app.choices().site, Some(site.clone()));
    assert_eq!(stage.app.signing_key(&site), Ok(after.clone()));
    assert_eq!(stage.app.switch_key(&site, NEW_ID), Err(SwitchKeyError::Unknown));

    let state = |now| match stage.app.replacement_state(&site, now) {
        Ok(Some(ReplacementState::Switched { old, new, working, last_end }))
            if (&old, &new) == (&before.id, &after.id) =>
        {
            (working, last_end)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(state(NOW), (3, Some(NOW + 7 * DAY)));
    assert_eq!(state(NOW + DAY), (1, Some(NOW + 7 * DAY)));
    assert_eq!(state(NOW + 7 * DAY), (0, None));
    assert_eq!(stage.app.sign_again(entry).unwrap().as_str(), link.as_str());
    *stage.world.history_fails.lock().unwrap() = Some(HistoryStoreError::Unreadable);
    assert_eq!(stage.app.replacement_state(&site, NOW), Err(HistoryStoreError::Unreadable));
    *stage.world.history_fails.lock().unwrap() = None;

    // Taken out: nothing of it is left but the entries.
    stage.app.remove_key(&old).unwrap();
    assert_eq!(stage.app.replacement_state(&site, NOW), Ok(None));
    let gone = SignAgainError::Key(OpenKeyError::Unknown);
    assert_eq!(stage.app.sign_again(entry).map(drop), Err(gone));
}

#[test]
fn an_id_that_cannot_be_the_new_keys_changes_nothing() {
    let stage = Stage::new();
    let old = stage.add("Papers", &rsa());
    let site = stage.site_with(&old);
    assert_eq!(stage.app.switch_key(&site, NEW_ID), Err(SwitchKeyError::Unknown));
    let made = stage.app.begin_replacement(&site, KeyKind::P256).unwrap();
    for (id, error) in [
        ("", SwitchKeyError::PublicKeyId(PublicKeyIdError::Empty)),
        (" K2JCJMDEHXQW5F", SwitchKeyError::OldPublicKeyId),
    ] {
        assert_eq!(stage.app.switch_key(&site, id), Err(error));
    }
    assert_eq!(stage.app.site(&site).unwrap().new_key(), Some(&made));
}

#[test]
fn a_replacement_that_is_given_up_can_be_begun_again() {
    let stage = Stage::new();
    let old = stage.add("Papers", &rsa());
    let site = stage.site_with(&old);
    let made = stage.app.begin_replacement(&site, KeyKind::P256).unwrap();
    stage.app.remove_key(&made.id).unwrap();
    assert_eq!(stage.app.replacement_state(&site, NOW), Ok(None));
    stage.add("papers (NEW)", &SigningKey::generate_p256());
    let again = stage.app.begin_replacement(&site, KeyKind::P256).unwrap();
    assert_eq!(again.name.as_str(), "Papers (new 2)");
    // A site of which CloudFront knows no key has nothing to replace.
    let unfinished = stage.app.make_key(None, "Plans", KeyKind::P256).unwrap();
    let unfinished = stage.site_with(&unfinished.id);
    assert_eq!(
        stage.app.begin_replacement(&unfinished, KeyKind::P256),
        Err(ReplaceKeyError::Unknown)
    );
}

#[test]
fn a_name_that_somebody_gave_stays_and_a_long_one_is_cut() {
    let stage = Stage::new();
    let long = "a".repeat(60);
    let old = stage.add(&long, &rsa());
    let site = stage.site_with(&old);
    let made = stage.app.begin_replacement(&site, KeyKind::P256).unwrap();
    assert!(made.name.as_str().ends_with("a (new)"), "{}", made.name);
    stage.app.rename_key(&made.id, "Winter").unwrap();
    let after = stage.app.switch_key(&site, NEW_ID).unwrap();
    let before = stage.app.registered_key(&old).unwrap();
    assert_eq!((before.name.as_str(), after.name.as_str()), (long.as_str(), "Winter"));

    // A key that took over can be replaced in its turn.
    let next = stage.app.begin_replacement(&site, KeyKind::Rsa2048).unwrap();
    assert_eq!(next.name.as_str(), "Winter (new)");
}
