//! Setting CloudFront up, over an account, journals, a keychain and a site in memory.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod account;
mod document_login;
mod stage;

use account::{ACCOUNT, GROUP, HELD, SITE};
use signet_app::documents::Folder;
use signet_app::setup::{
    ApplyError, ApplySetUpError, AskError, CheckSetUpError, Consent, LostKey, SetUpKey, TurnError,
    UndoSetUpError,
};
use signet_app::{AccessKey, KeychainError, RegisteredKey, Storage, TypedStorage};
use signet_cloudfront::clock::{ClockWrong, EARLIEST, LATEST};
use signet_cloudfront::key::{HashAlgorithm, KeyKind, SigningKey};
use signet_setup::check::Line;
use signet_setup::document_access::{DocumentAction, NoAccess};
use signet_setup::journal::{Journal, Made};
use stage::{NOW, Stage};

#[tokio::test]
async fn what_was_planned_is_made_and_the_key_makes_links_until_it_is_taken_back() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let request = stage.request(&made.id);
    let mut planned = stage.plan(&request).await.unwrap();
    assert!(!planned.plan.is_nothing(&request.spec));
    assert_eq!(stage.journals.held(), [], "planning makes nothing");
    let done = stage.apply(&request, Consent::Seen(&planned.begin())).await.unwrap();
    let record = done.key.unwrap();
    assert_eq!((record.id, record.public_key_id.as_str()), (made.id.clone(), HELD));
    assert_eq!(record.site.host(), SITE);
    assert_eq!(stage.journals.held().len(), 1);
    assert!(stage.plan(&request).await.unwrap().plan.is_nothing(&request.spec));

    let undone = stage.undo(&made.id).await.unwrap();
    assert_eq!((undone.kept, undone.end), (vec![], Ok(())));
    assert_eq!(undone.key, Some(LostKey { waiting: Ok(Some(made.clone())), others: vec![] }));
    assert_eq!(stage.app.keys(), std::slice::from_ref(&made));
    assert_eq!(stage.journals.held(), []);
    assert!(matches!(stage.undo(&made.id).await, Err(UndoSetUpError::NothingMade)));
}

#[tokio::test]
async fn the_key_that_was_named_is_meant_where_two_are_of_one_private_key() {
    let stage = Stage::new();
    let key = SigningKey::generate(KeyKind::Rsa2048).unwrap();
    let first = stage.add("First", "one.example.com", HELD, &key);
    let second = stage.add("Second", "two.example.com", HELD, &key);
    let first = stage.app.change_hash(&first.id, HashAlgorithm::Sha1).unwrap();
    let second = stage.app.change_hash(&second.id, HashAlgorithm::Sha256).unwrap();
    let request = stage.request(&second.id);
    let done = stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    assert_eq!(done.key.as_ref(), Some(&second));

    // A check looks at that key's site, and its link is signed as that key signs.
    let links = |record: RegisteredKey| {
        let stage = &stage;
        async move {
            let request = stage.request(&record.id);
            let address = format!("https://{}/a.pdf", record.site.host());
            let checked = stage.check(&request, Some((&address, NOW))).await.unwrap();
            assert!(checked.lines.ends_with(&[Line::UnsignedRefused, Line::SignedOpens]));
            (stage.aws.world().inspected.take().unwrap(), stage.sites.links().pop().unwrap())
        }
    };
    let (site, link) = links(second.clone()).await;
    assert_eq!(site.host(), "two.example.com");
    assert!(link.ends_with("&Hash-Algorithm=SHA256"), "{link}");
    let (site, link) = links(first.clone()).await;
    assert_eq!(site.host(), "one.example.com");
    assert!(!link.contains("Hash-Algorithm"), "{link}");

    // By its public half alone it is not known which is meant, so nothing is done.
    let several = stage.app.set_up_key_of(key.public_key()).unwrap_err();
    assert_eq!(several.names, [first.name.clone(), second.name.clone()]);

    let undone = stage.undo(&second.id).await.unwrap().key.unwrap();
    assert_eq!(undone.waiting.unwrap().unwrap().id, second.id);
    assert_eq!(undone.others, std::slice::from_ref(&first.name), "its links open nothing either");
    assert_eq!(stage.app.registered_keys(), [first]);
}

#[tokio::test]
async fn the_id_of_the_named_key_decides_and_not_that_of_another() {
    let stage = Stage::new();
    let key = SigningKey::generate_p256();
    let right = stage.add("Right", "one.example.com", HELD, &key);
    let wrong = stage.add("Wrong", "two.example.com", "K3JCJMDEHXQW5F", &key);
    let asked = &mut |_: &_| true;
    let done = stage.apply(&stage.request(&right.id), Consent::Asked(asked)).await.unwrap();
    assert_eq!(done.key, Some(right));
    let error = stage.apply(&stage.request(&wrong.id), Consent::Asked(asked)).await.unwrap_err();
    let ApplySetUpError::OtherId { name, made } = error else { panic!("{error:?}") };
    assert_eq!((name, made.public_key_id.as_str()), (wrong.name.clone(), HELD));
    // It keeps its place in the list, since CloudFront never had it under that id.
    let undone = stage.undo(&wrong.id).await.unwrap().key.unwrap();
    assert_eq!(undone.waiting, Ok(None));
    assert!(stage.app.registered_keys().contains(&wrong));
}

#[tokio::test]
async fn a_public_half_finds_the_one_key_that_has_it() {
    let stage = Stage::new();
    let key = SigningKey::generate_p256();
    let public_half = key.public_key();
    let nobody = SetUpKey { public_half: public_half.clone(), listed: None };
    assert_eq!(stage.app.set_up_key_of(public_half.clone()), Ok(nobody));
    let record = stage.add("Papers", "docs.example.com", HELD, &key);
    let found = stage.app.set_up_key_of(public_half).unwrap();
    assert_eq!(found.listed, Some(record.id.clone()));
    assert_eq!(stage.app.set_up_key(&record.id), Ok(found));
}

#[tokio::test]
async fn what_another_program_did_since_it_was_shown_is_looked_at_once_more() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let request = stage.request(&made.id);
    // All but the distribution is there, and that is what a person sees.
    stage.aws.world().stops_after = Some(2);
    let stopped = stage.apply(&request, Consent::Asked(&mut |_| true)).await;
    assert_eq!(stopped.unwrap_err(), ApplySetUpError::Apply(ApplyError::Stopped));
    let seen = stage.plan(&request).await.unwrap();
    // The control: what was seen is done without another look.
    let looks = stage.aws.world().looks;
    stage.aws.world().stops_after = Some(0);
    let stopped = stage.apply(&request, Consent::Seen(&seen)).await;
    assert_eq!(stopped.unwrap_err(), ApplySetUpError::Apply(ApplyError::Stopped));
    assert_eq!(stage.aws.world().looks, looks);
    stage.aws.world().stops_after = None;

    // A terminal takes it back, so that more would be made than was seen.
    stage.undo(&made.id).await.unwrap();
    let more = stage.apply(&request, Consent::Seen(&seen)).await;
    assert_eq!(more.unwrap_err(), ApplySetUpError::NotPlanned);
    assert_eq!(stage.aws.world().looks, looks + 1);
    assert!(stage.aws.world().key.is_none(), "nothing was made");

    // It finishes it, so that less is left than was seen.
    let whole = stage.plan(&request).await.unwrap();
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    let done = stage.apply(&request, Consent::Seen(&whole)).await.unwrap();
    assert_eq!(done.key.unwrap().id, made.id);
    let made = ["public key", "group", "public key", "group", "distribution"];
    assert_eq!(stage.aws.world().made, made);
}

#[tokio::test]
async fn what_was_stopped_goes_on_from_there_and_makes_nothing_twice() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let request = stage.request(&made.id);
    let mut planned = stage.plan(&request).await.unwrap();
    for step in 0..3 {
        stage.aws.world().stops_after = Some(step);
        let stopped = stage.apply(&request, Consent::Seen(&planned.begin())).await;
        assert_eq!(stopped.unwrap_err(), ApplySetUpError::Apply(ApplyError::Stopped));
    }
    stage.aws.world().stops_after = None;
    let done = stage.apply(&request, Consent::Seen(&planned.begin())).await.unwrap();
    assert_eq!(done.key.unwrap().id, made.id);
    assert_eq!(stage.aws.world().made, ["public key", "group", "distribution"]);
    let entry = Made::key_group(Some(GROUP)).unwrap();
    assert!(stage.journals.held()[0].made().contains(&entry));
}

#[tokio::test]
async fn nothing_is_done_that_nobody_wants_or_somebody_else_does() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let request = stage.request(&made.id);
    let unwanted = stage.apply(&request, Consent::Asked(&mut |_| false)).await;
    assert_eq!(unwanted.unwrap_err(), ApplySetUpError::NotWanted);
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    let unwanted = stage.undo_if(&made.id, false).await;
    assert!(matches!(unwanted, Err(UndoSetUpError::NotWanted)));

    let opened = stage.aws.world().opened;
    let turn = stage.journals.hold(&request.spec.key);
    let elsewhere = stage.apply(&request, Consent::Asked(&mut |_| true)).await;
    assert_eq!(elsewhere.unwrap_err(), ApplySetUpError::NotBegun(TurnError::Elsewhere));
    let elsewhere = stage.undo(&made.id).await;
    assert!(matches!(elsewhere, Err(UndoSetUpError::NotBegun(TurnError::Elsewhere))));
    assert_eq!(stage.aws.world().opened, opened, "nobody is asked");
    drop(turn);

    stage.aws.world().account = "210987654321";
    let elsewhere = stage.undo(&made.id).await;
    let Err(UndoSetUpError::OtherAccount { accounts }) = elsewhere else { panic!() };
    assert_eq!(accounts, [ACCOUNT]);
    assert_eq!(stage.app.keys().len(), 1, "the key is as it was");
}

#[tokio::test]
async fn a_clock_that_cannot_be_right_makes_no_link_for_a_trial_and_nobody_is_asked() {
    let stage = Stage::new();
    let record = stage.add("Papers", "docs.example.com", HELD, &SigningKey::generate_p256());
    let request = stage.request(&record.id);
    let document = "https://docs.example.com/a.pdf";
    for now in [0, 1, EARLIEST - 1, LATEST, 4_102_444_800, i64::MAX] {
        let wrong = stage.check(&request, Some((document, now))).await;
        assert_eq!(wrong.unwrap_err(), CheckSetUpError::Clock(ClockWrong { now }));
        assert_eq!((stage.aws.world().opened, stage.sites.links()), (0, vec![]));
        // Without a document there is no link either, and AWS judges the clock itself.
        stage.check(&request, None).await.unwrap();
        stage.aws.world().opened = 0;
    }
    for now in [EARLIEST, LATEST - 1] {
        stage.check(&request, Some((document, now))).await.unwrap();
    }
}

#[tokio::test]
async fn a_key_without_an_id_is_tried_with_the_one_that_cloudfront_has() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let request = stage.request(&made.id);
    let document = Some(("https://docs.example.com/a.pdf", NOW));
    let none = stage.check(&request, document).await;
    assert_eq!(none.unwrap_err(), CheckSetUpError::NoPublicKey);
    stage.aws.world().key = Some(request.spec.key.clone());
    stage.check(&request, document).await.unwrap();
    let [link] = &stage.sites.links()[..] else { panic!() };
    assert!(link.contains(&format!("&Key-Pair-Id={HELD}")), "{link}");
    // The site is not asked with what the keychain does not give.
    stage.keychain_fails(KeychainError::Locked);
    let locked = stage.check(&request, document).await;
    assert!(matches!(locked, Err(CheckSetUpError::Link(_))));
    assert_eq!(stage.sites.links().len(), 1);
}

#[tokio::test]
async fn what_aws_does_not_do_is_told_with_its_own_error() {
    let stage = Stage::new();
    let record = stage.add("Papers", "docs.example.com", HELD, &SigningKey::generate_p256());
    let request = stage.request(&record.id);
    stage.aws.world().trouble = Some(AskError::LoginExpired);
    assert_eq!(
        stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap_err(),
        ApplySetUpError::Ask(AskError::LoginExpired)
    );
    assert_eq!(
        stage.check(&request, None).await.unwrap_err(),
        CheckSetUpError::Ask(AskError::LoginExpired)
    );
    assert!(stage.plan(&request).await.is_err());
    assert_eq!(stage.journals.held(), [] as [Journal; 0]);
}

#[tokio::test]
async fn a_set_up_that_was_made_says_where_the_documents_lie() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let mut request = stage.request(&made.id);
    request.login.profile = Some("papers".to_owned());
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    let site = stage.app.site_with(&made.id).unwrap();
    let storage = site.storage.unwrap();
    assert_eq!(storage.bucket, request.spec.bucket);
    assert_eq!(storage.region, request.spec.region);
    assert_eq!(storage.login().profile.as_deref(), Some("papers"));
    assert_eq!(storage.distribution.as_ref().unwrap().as_str(), "E2QWRUHAPOMQZL");
    // The same once more, with another login: what is known stands.
    request.login.profile = None;
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    assert_eq!(stage.app.site(&site.id).unwrap().storage, Some(storage));
    // Forgotten, it is learnt again by the next check.
    stage.app.forget_storage(&site.id).unwrap();
    stage.check(&request, None).await.unwrap();
    let found = stage.app.site(&site.id).unwrap().storage.unwrap();
    assert_eq!((found.bucket, found.profile), (request.spec.bucket, None));
}

#[tokio::test]
async fn a_check_finds_the_storage_of_the_site_whose_distribution_it_looked_at() {
    let stage = Stage::new();
    let key = SigningKey::generate_p256();
    let here = stage.add("Here", SITE, HELD, &key);
    let elsewhere = stage.add("Elsewhere", "docs.example.com", HELD, &key);
    let storage = |record: &RegisteredKey| stage.app.site_with(&record.id).unwrap().storage;
    stage.apply(&stage.request(&here.id), Consent::Asked(&mut |_| true)).await.unwrap();
    stage.app.forget_storage(&stage.app.site_with(&here.id).unwrap().id).unwrap();
    stage.check(&stage.request(&elsewhere.id), None).await.unwrap();
    // That distribution answers for another site.
    assert_eq!(storage(&elsewhere), None);
    stage.check(&stage.request(&here.id), None).await.unwrap();
    assert_eq!(storage(&here).unwrap().bucket.as_str(), "client-papers");
}

#[tokio::test]
async fn a_check_looks_with_the_documents_own_login_where_new_ones_are_put() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let mut request = stage.request(&made.id);
    request.login.profile = Some("papers".to_owned());
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    let site = stage.app.site_with(&made.id).unwrap().id;
    stage.app.set_storage_folder(&site, &Folder::parse("reports").unwrap()).unwrap();
    // Whoever checks is somebody else than whoever puts documents there.
    request.login.profile = Some("admin".to_owned());
    let asked = async || {
        let lines = stage.check(&request, None).await.unwrap().lines;
        (std::mem::take(&mut stage.aws.world().documents_asked), lines.last().cloned().unwrap())
    };
    let right = Line::DocumentsAllowed { action: DocumentAction::List };
    let place = || "client-papers/reports/".to_owned();
    assert_eq!(asked().await, (vec![("papers".to_owned(), place())], right.clone()));
    let id = "AKIAIOSFODNN7EXAMPLE";
    let pair = format!("{id},wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    let access_key = AccessKey::read(pair.as_bytes()).ok().unwrap();
    stage.app.set_access_key(&site, &access_key).unwrap();
    assert_eq!(asked().await, (vec![(id.to_owned(), place())], right));

    let not_reached = |no_access| Line::DocumentsNotReached { no_access };
    for (trouble, no_access) in [
        (AskError::AccessKeyUnknown, NoAccess::AccessKeyUnknown),
        (AskError::AccessKeyMismatch, NoAccess::AccessKeyMismatch),
        (AskError::LoginExpired, NoAccess::Login),
        (AskError::NoLogin, NoAccess::Login),
        (AskError::NoBucket, NoAccess::Bucket),
        (AskError::WrongRegion { region: None }, NoAccess::Bucket),
        (AskError::Unreachable, NoAccess::NoAnswer),
    ] {
        stage.aws.world().documents_trouble = Some(trouble);
        assert_eq!(asked().await.1, not_reached(no_access));
    }
    stage.aws.world().documents_trouble = None;
    stage.aws.world().account = "210987654321";
    let account = ACCOUNT.to_owned();
    assert_eq!(asked().await.1, not_reached(NoAccess::OtherAccount { account }));
    // Where the keychain does not give it, nobody else's login is tried.
    stage.keychain_fails(KeychainError::Locked);
    assert_eq!(asked().await, (vec![], not_reached(NoAccess::AccessKeyMissing)));
}

#[tokio::test]
async fn a_check_adds_the_distribution_to_what_was_said_and_changes_nothing_else() {
    let stage = Stage::new();
    let made = stage.app.make_key(None, "Papers", KeyKind::P256).unwrap();
    let request = stage.request(&made.id);
    stage.apply(&request, Consent::Asked(&mut |_| true)).await.unwrap();
    let site = stage.app.site_with(&made.id).unwrap().id;
    let typed = TypedStorage {
        bucket: "client-papers",
        region: "eu-central-1",
        profile: "papers",
        folder: "reports",
        ..TypedStorage::default()
    };
    let known = stage.app.set_storage(&site, &typed).unwrap().storage.unwrap();
    assert_eq!(known.distribution, None);
    stage.check(&request, None).await.unwrap();
    let found = stage.app.site(&site).unwrap().storage.unwrap();
    assert_eq!(found.distribution.as_ref().unwrap().as_str(), "E2QWRUHAPOMQZL");
    assert_eq!(Storage { distribution: None, ..found }, known);
    // What lies elsewhere is not told by this distribution.
    let typed = TypedStorage { origin_path: "production", ..typed };
    let known = stage.app.set_storage(&site, &typed).unwrap().storage;
    stage.check(&request, None).await.unwrap();
    assert_eq!(stage.app.site(&site).unwrap().storage, known);
}
