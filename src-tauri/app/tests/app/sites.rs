//! Sites: added, renamed, removed.

use signet_app::{
    AddSiteError, ChangeSiteError, Choices, KeyId, KeychainError, MakeKeyError, NameError,
    NewKeyError, OpenKeyError, PlaceError, RegisterKeyError, RemoveKeyError, RemoveSiteError,
    RenameError, SiteId,
};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::key::KeyKind;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::public_key_id::PublicKeyId;

use crate::stage::*;

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
        let choices =
            Choices { site: expected, lifetime: Some(Lifetime::SevenDays), ..Choices::default() };
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
    let early = DayEnd::parse("16:30").unwrap();
    assert_eq!((renamed.day_end, DayEnd::USUAL.to_string().as_str()), (DayEnd::USUAL, "18:00"));
    assert_eq!(stage.app.set_site_day_end(&site.id, early).unwrap().day_end, early);
    for tries_links in [false, true] {
        let changed = stage.app.set_site_tries_links(&site.id, tries_links).unwrap();
        assert_eq!(changed.tries_links, tries_links);
    }
    assert!(stage.held().agrees());
    let nobody = SiteId::parse(&"0".repeat(32)).unwrap();
    assert_eq!(stage.app.rename_site(&nobody, "x"), Err(RenameError::Unknown));
    assert_eq!(stage.app.set_site_lifetime(&nobody, None), Err(ChangeSiteError::Unknown));
    assert_eq!(stage.app.set_site_day_end(&nobody, early), Err(ChangeSiteError::Unknown));
    assert_eq!(stage.app.set_site_tries_links(&nobody, true), Err(ChangeSiteError::Unknown));
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
