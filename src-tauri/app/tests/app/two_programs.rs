//! What two programs do with one list.

use chrono::Utc;
use signet_app::{
    AddKeyError, App, ChangeHashError, ChosenLimits, CreateLinkError, LinkRecipe, MakeKeyError,
    Note, OpenKeyError, PlaceError, RegisterKeyError, RememberSetUpError, RemoveKeyError,
    RenameError, ReplaceKeyError, SettingsError, SwitchKeyError,
};
use signet_cloudfront::key::{HashAlgorithm, KeyKind};
use signet_cloudfront::lifetime::Lifetime;
use signet_setup::guide::Answers;

use crate::stage::*;

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
