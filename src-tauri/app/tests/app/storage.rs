//! Where the documents of a site lie: typed, learnt, forgotten.

use signet_app::documents::Folder;
use signet_app::{
    ForgetAccessKeyError, SetStorageError, SiteId, Storage, StorageError, TypedStorage,
};
use signet_cloudfront::key::KeyKind;
use signet_setup::guide::Answers;
use signet_setup::{BucketError, RegionError};

use crate::stage::*;

const PAPERS: TypedStorage<'_> = TypedStorage {
    bucket: "client-papers",
    region: "eu-central-1",
    profile: "",
    origin_path: "",
    distribution: "",
    folder: "",
};

fn storage(stage: &Stage, site: &SiteId) -> Option<Storage> {
    assert!(stage.held().agrees());
    stage.app.site(site).unwrap().storage
}

#[test]
fn storage_is_typed_and_forgotten() {
    let stage = Stage::new();
    let site = stage.app.add_site("Papers").unwrap().id;
    assert_eq!(storage(&stage, &site), None);
    let typed = TypedStorage {
        bucket: " client-papers ",
        profile: " papers ",
        origin_path: "production/",
        distribution: "E2QWRUHAPOMQZL",
        folder: "/reports/2026",
        ..PAPERS
    };
    let set = stage.app.set_storage(&site, &typed).unwrap().storage.unwrap();
    assert_eq!(set.bucket.as_str(), "client-papers");
    assert_eq!(set.login().profile.as_deref(), Some("papers"));
    assert_eq!(set.place().root().as_str(), "production/");
    assert_eq!(set.folder.as_str(), "reports/2026/");
    assert_eq!(storage(&stage, &site), Some(set));
    // Another folder is remembered, and the rest stays.
    let folder = Folder::parse("letters").unwrap();
    stage.app.set_storage_folder(&site, &folder).unwrap();
    let kept = storage(&stage, &site).unwrap();
    assert_eq!((kept.folder, kept.bucket.as_str()), (folder.clone(), "client-papers"));
    stage.app.forget_storage(&site).unwrap();
    assert_eq!(storage(&stage, &site), None);
    stage.app.set_storage_folder(&site, &folder).unwrap();
    assert_eq!(storage(&stage, &site), None, "without storage there is no folder in it");
}

#[test]
fn what_is_wrong_in_a_storage_is_named_and_nothing_is_kept() {
    let stage = Stage::new();
    let site = stage.app.add_site("Papers").unwrap().id;
    stage.app.set_storage(&site, &PAPERS).unwrap();
    let before = storage(&stage, &site);
    let error = |typed: TypedStorage<'_>| match stage.app.set_storage(&site, &typed) {
        Err(SetStorageError::Storage(error)) => error,
        other => panic!("{other:?}"),
    };
    assert_eq!(error(TypedStorage::default()), StorageError::Bucket(BucketError::Empty));
    let address = TypedStorage { bucket: "s3://client-papers/a s3://other-papers/a", ..PAPERS };
    assert_eq!(error(address), StorageError::Bucket(BucketError::Several));
    assert_eq!(
        error(TypedStorage { region: "Europe", ..PAPERS }),
        StorageError::Region(RegionError)
    );
    let key = "-----BEGIN PRIVATE KEY-----\nMIGH";
    assert!(matches!(error(TypedStorage { profile: key, ..PAPERS }), StorageError::Profile(_)));
    let up = TypedStorage { origin_path: "/a/../b", ..PAPERS };
    assert!(matches!(error(up), StorageError::OriginPath(_)));
    let domain = TypedStorage { distribution: "d1.cloudfront.net", ..PAPERS };
    assert!(matches!(error(domain), StorageError::Distribution(_)));
    assert!(matches!(error(TypedStorage { folder: "..", ..PAPERS }), StorageError::Folder(_)));
    assert_eq!(storage(&stage, &site), before);
    stage.app.remove_site(&site).unwrap();
    assert_eq!(stage.app.set_storage(&site, &PAPERS), Err(SetStorageError::Unknown));
    assert_eq!(stage.app.forget_storage(&site), Err(ForgetAccessKeyError::Unknown));
    let other = stage.app.add_site("Other").unwrap().id;
    stage.start_afresh(1);
    assert_eq!(stage.app.set_storage(&other, &PAPERS), Err(SetStorageError::Save(DISK_FULL)));
    assert_eq!(storage(&stage, &other), None);
}

/// What was answered while a set-up was made by hand.
#[test]
fn a_set_up_by_hand_says_where_documents_lie_once_it_is_finished() {
    let answered = |answers: Answers| {
        let stage = Stage::new();
        let site = stage.app.add_site("Papers").unwrap().id;
        let key = stage.app.make_key(Some(&site), "", KeyKind::P256).unwrap();
        let base = stage.app.set_up(&site).unwrap();
        stage.app.remember_set_up(&site, &base, &answers).unwrap();
        assert_eq!(storage(&stage, &site), None, "it is not finished");
        stage.app.register_key(&key.id, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
        storage(&stage, &site)
    };
    let answers = Answers {
        bucket: "client-papers".to_owned(),
        region: "eu-central-1".to_owned(),
        profile: "papers".to_owned(),
        arn: "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL".to_owned(),
        ..Answers::default()
    };
    let known = answered(answers.clone()).unwrap();
    assert_eq!((known.bucket.as_str(), known.region.as_str()), ("client-papers", "eu-central-1"));
    assert_eq!(known.profile.as_ref().unwrap().as_str(), "papers");
    assert_eq!(known.distribution.as_ref().unwrap().as_str(), "E2QWRUHAPOMQZL");
    assert_eq!(known.origin_path.as_str(), "");
    assert_eq!(answered(Answers::default()), None);
    assert_eq!(answered(Answers { region: String::new(), ..answers.clone() }), None);
    // It was there, and which part of the bucket it fetches from nobody was asked.
    let there = Answers { distribution: "E2QWRUHAPOMQZL".to_owned(), ..answers };
    assert_eq!(answered(there), None);
}

#[test]
fn what_somebody_said_stands() {
    let stage = Stage::new();
    let site = stage.app.add_site("Papers").unwrap().id;
    let key = stage.app.make_key(Some(&site), "", KeyKind::P256).unwrap();
    let answers = Answers {
        bucket: "other-papers".to_owned(),
        region: "eu-central-1".to_owned(),
        ..Answers::default()
    };
    let base = stage.app.set_up(&site).unwrap();
    stage.app.remember_set_up(&site, &base, &answers).unwrap();
    let typed = stage.app.set_storage(&site, &PAPERS).unwrap().storage;
    stage.app.register_key(&key.id, "docs.example.com", "K2JCJMDEHXQW5F").unwrap();
    assert_eq!(storage(&stage, &site), typed);
}
