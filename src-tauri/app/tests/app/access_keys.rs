//! The access key to a site's documents: in the keychain as long as the list names it, and asked for by nothing else.

use signet_app::{
    AccessKey, ForgetAccessKeyError, KeychainError, OpenAccessKeyError, OrphanError,
    RemoveKeyError, RemoveSiteError, SetAccessKeyError, SiteId, TypedStorage,
};

use crate::stage::*;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const OTHER: &str = "AKIAI44QH8DHBEXAMPLE";

const PAPERS: TypedStorage<'_> = TypedStorage {
    bucket: "client-papers",
    region: "eu-central-1",
    profile: "",
    origin_path: "",
    distribution: "",
    folder: "",
};

fn access_key(id: &str) -> AccessKey {
    AccessKey::read(format!("{id},{SECRET}").as_bytes()).ok().unwrap()
}

/// A site with a storage, and what was asked forgotten.
fn site(stage: &Stage) -> SiteId {
    let site = stage.app.add_site("Papers").unwrap().id;
    stage.app.set_storage(&site, &PAPERS).unwrap();
    stage.start_afresh(0);
    site
}

/// What the list calls the access key, and whether the keychain has that one and nothing else.
fn listed(stage: &Stage, site: &SiteId) -> Option<String> {
    let held = stage.held();
    assert_eq!(held.sites, held.saved);
    let id = stage.app.site(site).unwrap().storage.unwrap().access_key;
    let secrets: Vec<_> = stage.ports.world().secrets.values().cloned().collect();
    let expected: Vec<_> =
        id.iter().map(|id| format!("{}\n{SECRET}", id.as_str()).into_bytes()).collect();
    assert_eq!(secrets, expected);
    id.map(|id| id.as_str().to_owned())
}

#[test]
fn it_is_kept_opened_replaced_and_forgotten() {
    let stage = Stage::new();
    let site = site(&stage);
    assert_eq!(stage.app.open_access_key(&site).err(), Some(OpenAccessKeyError::None));
    for id in [ID, ID, OTHER] {
        stage.app.set_access_key(&site, &access_key(id)).unwrap();
        assert_eq!(listed(&stage, &site).as_deref(), Some(id));
        let opened = stage.app.open_access_key(&site).ok().unwrap();
        assert_eq!((opened.id().as_str(), opened.secret()), (id, SECRET));
    }
    // Where documents lie is said once more, and it stays.
    stage.app.set_storage(&site, &TypedStorage { region: "eu-west-1", ..PAPERS }).unwrap();
    assert_eq!(listed(&stage, &site).as_deref(), Some(OTHER));
    stage.app.forget_access_key(&site).unwrap();
    assert_eq!(listed(&stage, &site), None);
    stage.start_afresh(0);
    stage.app.forget_access_key(&site).unwrap();
    assert_eq!(stage.asked(), [], "the keychain is not asked for what is not there");
}

#[test]
fn each_site_has_its_own_and_takes_it_along() {
    let stage = Stage::new();
    let papers = site(&stage);
    let other = stage.app.add_site("Other").unwrap().id;
    stage.app.set_storage(&other, &PAPERS).unwrap();
    stage.app.set_access_key(&papers, &access_key(ID)).unwrap();
    stage.app.set_access_key(&other, &access_key(OTHER)).unwrap();
    assert_eq!(stage.app.open_access_key(&papers).ok().unwrap().id().as_str(), ID);
    assert_eq!(stage.app.open_access_key(&other).ok().unwrap().id().as_str(), OTHER);
    // It is no key that a list has lost.
    let orphans = stage.app.orphans().unwrap();
    assert_eq!((orphans.keys, orphans.others), (vec![], vec![]));
    stage.app.forget_storage(&other).unwrap();
    assert_eq!(listed(&stage, &papers).as_deref(), Some(ID));
    stage.app.remove_site(&papers).unwrap();
    assert!(stage.ports.world().secrets.is_empty());
}

#[test]
fn whichever_step_fails_keychain_and_list_agree() {
    for failing in 0..32 {
        let stage = Stage::new();
        let site = site(&stage);
        stage.start_afresh(failing);
        let set = stage.app.set_access_key(&site, &access_key(ID));
        let calls = stage.asked().len();
        assert_eq!(set.is_ok(), failing & ((1 << calls) - 1) == 0, "{failing:b} {set:?}");
        let is_both_no =
            matches!(set, Err(SetAccessKeyError::Save(_))) && calls > 3 && failing & 8 != 0;
        if is_both_no {
            // Both "no" at once: the keychain is left as it then is.
            continue;
        }
        assert_eq!(listed(&stage, &site).as_deref(), set.is_ok().then_some(ID), "{failing:b}");

        stage.start_afresh(0);
        stage.app.set_access_key(&site, &access_key(OTHER)).unwrap();
        stage.start_afresh(failing);
        let forgotten = stage.app.forget_access_key(&site);
        if stage.asked().iter().filter(|step| **step == Store).count() == 1 && failing & 8 != 0 {
            continue;
        }
        let expected = forgotten.is_err().then_some(OTHER);
        assert_eq!(listed(&stage, &site).as_deref(), expected, "{failing:b} {forgotten:?}");
    }
}

#[test]
fn what_the_keychain_has_instead_lets_nobody_in() {
    let stage = Stage::new();
    let site = site(&stage);
    stage.app.set_access_key(&site, &access_key(ID)).unwrap();
    let id = stage.app.site(&site).unwrap().storage.unwrap().access_key.unwrap();
    let missing = Some(OpenAccessKeyError::Missing { id });
    let place = stage.ports.world().secrets.keys().next().unwrap().clone();
    for other in
        [format!("{OTHER}\n{SECRET}").into_bytes(), b"".to_vec(), key().to_pkcs8_der().to_vec()]
    {
        stage.ports.world().secrets.insert(place.clone(), other);
        assert_eq!(stage.app.open_access_key(&site).err(), missing);
    }
    stage.ports.world().secrets.clear();
    assert_eq!(stage.app.open_access_key(&site).err(), missing);
    // What is gone there is forgotten here all the same.
    stage.app.forget_access_key(&site).unwrap();
    assert_eq!(listed(&stage, &site), None);
}

#[test]
fn a_refusal_says_which() {
    let stage = Stage::new();
    let bare = stage.app.add_site("Bare").unwrap().id;
    let key = access_key(ID);
    assert_eq!(stage.app.set_access_key(&bare, &key), Err(SetAccessKeyError::NoStorage));
    let site = site(&stage);
    stage.start_afresh(1);
    let locked = stage.app.set_access_key(&site, &key);
    assert_eq!(locked, Err(SetAccessKeyError::Keychain(KeychainError::Locked)));
    stage.start_afresh(0);
    stage.app.set_access_key(&site, &key).unwrap();
    stage.start_afresh(1);
    let locked = Some(OpenAccessKeyError::Keychain(KeychainError::Locked));
    assert_eq!(stage.app.open_access_key(&site).err(), locked);
    stage.start_afresh(1);
    assert_eq!(
        stage.app.remove_site(&site),
        Err(RemoveSiteError::Key(RemoveKeyError::Keychain(KeychainError::Locked)))
    );
    assert_eq!(listed(&stage, &site).as_deref(), Some(ID));
    // It is nothing that could be removed as a lost key.
    let place = stage.ports.world().secrets.keys().next().unwrap().clone();
    let place = signet_app::KeyId::parse(&place).unwrap();
    assert_eq!(
        stage.app.orphan(&place).err(),
        Some(OrphanError::Listed { name: "Papers".to_owned() })
    );
    stage.app.remove_site(&bare).unwrap();
    assert_eq!(stage.app.forget_access_key(&bare), Err(ForgetAccessKeyError::Unknown));
    assert_eq!(stage.app.set_access_key(&bare, &key), Err(SetAccessKeyError::Unknown));
}
