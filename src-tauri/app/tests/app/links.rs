//! Links: made with what was chosen, and not by a wrong clock or key.

use chrono::{DateTime, Utc};
use signet_app::{
    ChangeHashError, Choices, ChosenLimits, CreateLinkError, FreshLink, KeyId, KeychainError,
    LinkRecipe, NewLink, NotTried, Note, OpenKeyError, RegisteredKey,
};
use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::clock::{ClockWrong, EARLIEST, LATEST};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::key::{HashAlgorithm, SigningKey};
use signet_cloudfront::lifetime::{Lifetime, LifetimeError};

use crate::stage::*;

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
fn a_fresh_link_is_tried_unless_it_works_later_opens_a_folder_or_its_site_says_no() {
    let stage = Stage::new();
    let id = stage.add("Papers", &key()).id;
    let site = stage.app.site_with(&id).unwrap().id;
    let made = |address: &str, limits: ChosenLimits| {
        let recipe = LinkRecipe { address: address.to_owned(), lifetime: Lifetime::OneDay, limits };
        stage.app.create_link(&id, &recipe, &Note::default(), NOW, &Utc).unwrap()
    };
    let tried =
        |made: &NewLink, now| stage.app.link_to_try(FreshLink::of(made, Some(site.clone())), now);
    let folder = || Some(String::new());
    let link = made("a.pdf", ChosenLimits::default());
    assert_eq!(tried(&link, NOW), Ok(link.link.clone()));
    let of_folder = made("reports/a.pdf", ChosenLimits { folder: folder(), ..Default::default() });
    assert_eq!(tried(&of_folder, NOW), Ok(of_folder.link.clone()));
    let of_folder = made("reports/", ChosenLimits { folder: folder(), ..Default::default() });
    assert_eq!(tried(&of_folder, NOW), Err(NotTried::Folder));
    let start =
        Lifetime::until("2026-11-24T13:00").unwrap().expires_at(NOW, DayEnd::USUAL, &Utc).ok();
    let start = start.and_then(|start| DateTime::from_timestamp(start, 0)).map(|at| at.naive_utc());
    let later = made("a.pdf", ChosenLimits { start, ..Default::default() });
    assert_eq!(tried(&later, NOW), Err(NotTried::NotBegun));
    assert_eq!(tried(&later, NOW + 3_600), Ok(later.link.clone()));
    // Practice has no site that could say so.
    stage.app.set_site_tries_links(&site, false).unwrap();
    assert_eq!(tried(&link, NOW), Err(NotTried::SwitchedOff));
    assert_eq!(stage.app.link_to_try(FreshLink::of(&link, None), NOW), Ok(link.link.clone()));
    stage.app.set_site_tries_links(&site, true).unwrap();
    assert_eq!(tried(&link, NOW), Ok(link.link.clone()));
    stage.app.remove_site(&site).unwrap();
    assert_eq!(tried(&link, NOW), Err(NotTried::SwitchedOff));
}

#[test]
fn what_was_chosen_is_written_once() {
    let stage = Stage::new();
    let id = stage.add("Papers", &key()).id;
    let site = stage.app.site_with(&id).map(|site| site.id);
    let choices = Choices { site, lifetime: Some(Lifetime::OneHour), ..Choices::default() };
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
