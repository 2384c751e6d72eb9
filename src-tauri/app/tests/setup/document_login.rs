//! A login for documents as a part of a set-up: its access key and the keychain.

use signet_app::setup::{
    AccessKeyNotKept, ApplySetUpError, Consent, PlanSetUpError, SetUpRequest, UndoSetUpError,
};
use signet_app::{
    AccessKey, ForgetAccessKeyError, Key, KeychainError, SetAccessKeyError, Site, TypedStorage,
};
use signet_cloudfront::key::KeyKind;
use signet_setup::document_login::{DocumentLoginObstacle, DocumentLoginSpec};
use signet_setup::plan::PlanStep;

use crate::account::SECRET;
use crate::stage::Stage;

const FIRST: &str = "AKIAIOSFODNN7EXAMPL1";
const SECOND: &str = "AKIAIOSFODNN7EXAMPL2";

/// A person with a key, and the request that wants a login for documents.
fn stage() -> (Stage, Key, SetUpRequest) {
    let stage = Stage::new();
    let key = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let document_login = Some(DocumentLoginSpec { may_remove: false });
    let request = SetUpRequest { document_login, ..stage.request(&key.id) };
    (stage, key, request)
}

fn site(stage: &Stage, key: &Key) -> Site {
    stage.app.site_with(&key.id).unwrap()
}

/// What AWS calls the access key of the site, and its secret as the keychain has it.
fn held(stage: &Stage, key: &Key) -> Option<(String, String)> {
    let site = site(stage, key);
    let listed = site.storage.as_ref()?.access_key.as_ref()?.as_str().to_owned();
    let held = stage.app.open_access_key(&site.id).unwrap();
    assert_eq!(held.id().as_str(), listed);
    Some((listed, held.secret().to_owned()))
}

fn given(key: &str) -> AccessKey {
    AccessKey::read(format!("{key} {SECRET}").as_bytes())
        .map_err(|error| format!("{error:?}"))
        .ok()
        .unwrap()
}

#[tokio::test]
async fn its_access_key_goes_into_the_keychain_and_nowhere_else_until_it_is_taken_back() {
    let (stage, key, request) = stage();
    let mut planned = stage.plan(&request).await.unwrap();
    let done = stage.apply(&request, Consent::Seen(&planned.begin())).await.unwrap();
    assert_eq!(done.access_key.unwrap().as_str(), FIRST);
    assert_eq!(held(&stage, &key), Some((FIRST.to_owned(), SECRET.to_owned())));
    let written = serde_json::to_string(&stage.journals.held()).unwrap();
    assert!(written.contains(FIRST) && !written.contains(SECRET), "{written}");

    // The same once more finds all of it there.
    assert!(stage.plan(&request).await.unwrap().plan.is_nothing(&request.spec));
    let again = stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    assert_eq!((again.access_key.unwrap().as_str(), stage.aws.world().keys_made), (FIRST, 1));
    // Who does not ask for one leaves it.
    let without = SetUpRequest { document_login: None, ..request.clone() };
    let plan = stage.plan(&without).await.unwrap().plan;
    assert!(plan.shown(&request.spec).iter().all(|shown| shown.step != PlanStep::AccessKey));
    assert_eq!(
        stage.apply(&without, Consent::Asked(&mut |_| true)).await.unwrap().access_key,
        None
    );
    assert!(held(&stage, &key).is_some());

    let secrets = stage.secrets();
    let undone = stage.undo(&key.id).await.unwrap();
    assert_eq!((undone.kept, undone.end), (vec![], Ok(())));
    assert_eq!((held(&stage, &key), stage.secrets()), (None, secrets - 1));
    assert!(site(&stage, &key).storage.is_some(), "the place of the documents stays");
    assert_eq!(stage.aws.world().user, None);
    assert_eq!(stage.journals.held(), []);
}

#[tokio::test]
async fn where_the_keychain_does_not_take_it_no_key_is_left_that_nobody_has() {
    for keeps in [false, true] {
        let (stage, key, request) = stage();
        let mut planned = stage.plan(&request).await.unwrap().begin();
        stage.keychain_fails(KeychainError::Locked);
        stage.aws.world().keeps_keys = keeps;
        let failed = stage.apply(&request, Consent::Seen(&planned)).await;
        let locked = SetAccessKeyError::Keychain(KeychainError::Locked);
        let expected = ApplySetUpError::AccessKey(AccessKeyNotKept::Set(locked));
        assert_eq!(failed, Err(expected));
        // Where AWS is not reached either, it is written down.
        let keys = stage.aws.world().user.clone().unwrap().keys;
        assert_eq!(keys.len(), usize::from(keeps));
        let written = serde_json::to_string(&stage.journals.held()).unwrap();
        assert_eq!(written.contains(FIRST), keeps, "{written}");
        assert_eq!(held(&stage, &key), None);

        stage.keychain_answers();
        stage.aws.world().keeps_keys = false;
        planned = planned.begin();
        let done = stage.apply(&request, Consent::Seen(&planned)).await.unwrap();
        assert_eq!(done.access_key.unwrap().as_str(), SECOND);
        let keys = stage.aws.world().user.clone().unwrap().keys;
        assert_eq!(keys.iter().map(|key| key.as_str()).collect::<Vec<_>>(), [SECOND]);
        assert_eq!(held(&stage, &key).unwrap().0, SECOND);
    }
}

#[tokio::test]
async fn an_undo_that_the_keychain_stops_goes_on_from_there() {
    let (stage, key, request) = stage();
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    let undo = stage.undo_request(&key.id);
    stage.keychain_fails(KeychainError::Locked);
    let stopped = stage.undo_by(&undo, true).await;
    let locked = ForgetAccessKeyError::Keychain(KeychainError::Locked);
    assert!(matches!(stopped, Err(UndoSetUpError::AccessKey(error)) if error == locked));
    // At AWS it is gone, and everything else is there.
    assert_eq!(stage.aws.world().user.clone().unwrap().keys, []);
    assert!(stage.aws.world().key.is_some());
    stage.keychain_answers();
    assert_eq!(stage.undo(&key.id).await.unwrap().end, Ok(()));
    assert_eq!((held(&stage, &key), stage.journals.held()), (None, vec![]));
}

#[tokio::test]
async fn what_somebody_gave_the_site_is_not_replaced() {
    let (stage, key, request) = stage();
    let place =
        TypedStorage { bucket: "client-papers", region: "eu-central-1", ..TypedStorage::default() };
    let id = site(&stage, &key).id;
    stage.app.set_storage(&id, &place).unwrap();
    let planned = stage.plan(&request).await.unwrap();
    // Between the plan and the click.
    stage.app.set_access_key(&id, &given(SECOND)).unwrap();
    let obstacle = DocumentLoginObstacle::HasAccessKey;
    let refused = stage.apply(&request, Consent::Seen(&planned)).await;
    assert_eq!(refused, Err(ApplySetUpError::DocumentLogin(obstacle.clone())));
    assert_eq!(stage.plan(&request).await.err(), Some(PlanSetUpError::DocumentLogin(obstacle)));
    assert_eq!((held(&stage, &key).unwrap().0.as_str(), stage.aws.world().keys_made), (SECOND, 0));

    // And an undo leaves what was given later.
    stage.app.forget_access_key(&id).unwrap();
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    stage.app.set_access_key(&id, &given(SECOND)).unwrap();
    assert_eq!(stage.undo(&key.id).await.unwrap().end, Ok(()));
    assert_eq!(held(&stage, &key).unwrap().0, SECOND);
}

#[tokio::test]
async fn it_is_for_the_place_of_the_sites_documents_or_for_none() {
    let (stage, key, request) = stage();
    let id = site(&stage, &key).id;
    for (bucket, origin_path) in [("other-papers", ""), ("client-papers", "/live")] {
        let place =
            TypedStorage { bucket, region: "eu-central-1", origin_path, ..TypedStorage::default() };
        stage.app.set_storage(&id, &place).unwrap();
        let elsewhere = DocumentLoginObstacle::Elsewhere { bucket: bucket.to_owned() };
        let planned = stage.plan(&request).await;
        assert_eq!(planned.err(), Some(PlanSetUpError::DocumentLogin(elsewhere)));
    }
    // A public half that no site has.
    let nobodys = SetUpRequest { key: None, ..request };
    let planned = stage.plan(&nobodys).await;
    let obstacle = DocumentLoginObstacle::NoSite;
    assert_eq!(planned.err(), Some(PlanSetUpError::DocumentLogin(obstacle)));
}
