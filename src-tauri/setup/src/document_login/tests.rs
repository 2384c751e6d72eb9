use super::*;
use crate::Names;
use crate::found::CurrentState;
use crate::plan::{Plan, Shown};
use crate::spec::examples;
use signet_cloudfront::key::{PublicKey, SigningKey};

const DISTRIBUTION: &str = "E2QWRUHAPOMQZL";

fn key() -> PublicKey {
    SigningKey::generate_p256().public_key()
}

fn id(text: &str) -> AccessKeyId {
    AccessKeyId::parse(text).unwrap()
}

fn ours() -> AccessKeyId {
    id("AKIAIOSFODNN7EXAMPLE")
}

fn theirs() -> AccessKeyId {
    id("AKIAI44QH8DHBEXAMPLE")
}

fn user(keys: &[AccessKeyId]) -> FoundUser {
    let id = UserId::parse("AIDACKCEVSQ6C2EXAMPLE").unwrap();
    FoundUser { id, is_own: true, policy: None, keys: keys.to_vec() }
}

fn place(distribution: Option<&str>) -> DocumentsPlace {
    DocumentsPlace {
        bucket: Bucket::parse("client-papers").unwrap(),
        prefix: "live/".to_owned(),
        distribution: distribution.map(|id| DistributionId::parse(id).unwrap()),
    }
}

fn journal(made: Made) -> Journal {
    let mut journal = Journal::new(&key(), "123456789012");
    journal.begin(made);
    journal
}

fn plan(
    found: Option<FoundUser>,
    of_site: Option<&AccessKeyId>,
    journal: Option<&Journal>,
) -> Result<DocumentLoginPlan, DocumentLoginObstacle> {
    let spec = DocumentLoginSpec { may_remove: false };
    DocumentLoginPlan::of(spec, "papers".into(), place(Some(DISTRIBUTION)), found, of_site, journal)
}

/// The plan of a set-up that wants it, of which only these steps are looked at.
fn shown(plan: &DocumentLoginPlan) -> Vec<Shown> {
    let spec = examples()[0].clone();
    let nothing = CurrentState::empty();
    let mut whole = Plan::of(&spec, nothing).unwrap();
    let others = whole.shown(&spec).len();
    whole.document_login = Some(plan.clone());
    whole.shown(&spec).split_off(others)
}

fn is_done(plan: &DocumentLoginPlan) -> [bool; 3] {
    let done: Vec<_> = shown(plan).iter().map(|shown| shown.is_done).collect();
    done.try_into().unwrap()
}

#[test]
fn where_nothing_is_all_three_are_made_and_the_policy_is_the_printed_one() {
    let plan = plan(None, None, None).unwrap();
    assert_eq!(is_done(&plan), [false; 3]);
    let id = DistributionId::parse(DISTRIBUTION).unwrap();
    let place = place(Some(DISTRIBUTION));
    let printed = |may_remove| {
        permissions::documents(&DocumentsScope {
            bucket: &place.bucket,
            prefix: "live/",
            distribution: Some(&id),
            may_remove,
        })
    };
    assert_eq!(plan.policy(&id), printed(false));
    assert_eq!(shown(&plan)[1].changes[0].after, format!("{:#}", printed(false)));
    let spec = DocumentLoginSpec { may_remove: true };
    let removing =
        DocumentLoginPlan::of(spec, "papers".into(), place.clone(), None, None, None).unwrap();
    assert_eq!(removing.policy(&id), printed(true));
    assert_ne!(printed(true), printed(false));
}

#[test]
fn a_distribution_that_is_not_there_yet_is_told_as_such() {
    let spec = DocumentLoginSpec { may_remove: false };
    let made = user(&[ours()]);
    let plan =
        DocumentLoginPlan::of(spec, "papers".into(), place(None), Some(made), None, None).unwrap();
    let after = &shown(&plan)[1].changes[0].after;
    assert!(after.contains("distribution/(the new distribution)"), "{after}");
    assert!(!is_done(&plan)[1]);
}

#[test]
fn what_is_there_is_kept_in_whatever_letters_aws_gives_the_policy_back() {
    let id = DistributionId::parse(DISTRIBUTION).unwrap();
    let policy = plan(None, None, None).unwrap().policy(&id);
    let made = |policy: &str| FoundUser { policy: Some(policy.to_owned()), ..user(&[ours()]) };
    let plan = |policy: &str| plan(Some(made(policy)), Some(&ours()), None).unwrap();
    let there = plan(&format!("{policy:#}"));
    assert_eq!(is_done(&there), [true; 3]);
    assert_eq!(shown(&there)[2].id.as_deref(), Some(ours().as_str()));
    for other in ["{}", "no policy", &policy.to_string().replace("s3:PutObject", "s3:*")] {
        let shown = &shown(&plan(other))[1];
        assert!(!shown.is_done);
        assert_eq!(shown.changes[0].before.as_deref(), Some(other));
    }
}

#[test]
fn somebody_elses_user_and_key_are_left_alone() {
    let other = FoundUser { is_own: false, ..user(&[]) };
    let user_name = || "papers".to_owned();
    assert_eq!(
        plan(Some(other), None, None),
        Err(DocumentLoginObstacle::OtherUser { user: user_name() })
    );
    let given = Err(DocumentLoginObstacle::HasAccessKey);
    assert_eq!(plan(None, Some(&theirs()), None), given);
    assert_eq!(plan(Some(user(&[ours()])), Some(&theirs()), None), given);
    let made = journal(Made::AccessKey { id: Some(ours()), others: Vec::new() });
    assert_eq!(plan(Some(user(&[ours()])), Some(&theirs()), Some(&made)), given);
    // Another computer has one of its own, and a third finds no place.
    assert_eq!(plan(Some(user(&[theirs()])), None, None).unwrap().lost, []);
    let both = user(&[theirs(), ours()]);
    assert_eq!(
        plan(Some(both), None, None),
        Err(DocumentLoginObstacle::NoMoreKeys { user: user_name() })
    );
}

#[test]
fn a_key_whose_secret_nobody_has_is_replaced() {
    let made = journal(Made::AccessKey { id: Some(ours()), others: Vec::new() });
    let begun = journal(Made::AccessKey { id: None, others: vec![theirs()] });
    let none = journal(Made::AccessKey { id: None, others: Vec::new() });
    for (journal, keys, lost) in [
        // It was made, and did not come into the keychain.
        (&made, vec![ours()], vec![ours()]),
        (&made, vec![theirs(), ours()], vec![ours()]),
        (&made, vec![theirs()], vec![]),
        // It was asked for, and no answer came.
        (&begun, vec![theirs(), ours()], vec![ours()]),
        (&begun, vec![theirs()], vec![]),
        (&none, vec![ours()], vec![ours()]),
        (&none, vec![], vec![]),
    ] {
        let plan = plan(Some(user(&keys)), None, Some(journal)).unwrap();
        assert_eq!(plan.lost, lost);
        assert_eq!(shown(&plan)[2].changes.is_empty(), lost.is_empty());
        assert!(!is_done(&plan)[2]);
    }
    // Which of the two is it? None is removed.
    let both = plan(Some(user(&[theirs(), ours()])), None, Some(&none));
    assert!(matches!(both, Err(DocumentLoginObstacle::NoMoreKeys { .. })));
    // The one that the site has was removed at AWS.
    let gone = plan(Some(user(&[])), Some(&ours()), Some(&made)).unwrap();
    assert_eq!((gone.access_key.clone(), gone.lost), (None, vec![]));
    let there = plan(Some(user(&[ours()])), Some(&ours()), Some(&made)).unwrap();
    assert!(is_done(&there)[2]);
}

#[test]
fn no_more_is_given_than_was_seen() {
    let seen = plan(None, None, None).unwrap();
    let begun = journal(Made::AccessKey { id: None, others: Vec::new() });
    let left = plan(Some(user(&[ours()])), None, Some(&begun)).unwrap();
    assert!(left.is_within(&seen) && left.lost == [ours()]);
    let spec = DocumentLoginSpec { may_remove: true };
    let more =
        DocumentLoginPlan::of(spec, "papers".into(), place(Some(DISTRIBUTION)), None, None, None);
    assert!(!more.unwrap().is_within(&seen));
    let whole = DocumentsPlace { prefix: String::new(), ..place(Some(DISTRIBUTION)) };
    let spec = DocumentLoginSpec { may_remove: false };
    let more = DocumentLoginPlan::of(spec, "papers".into(), whole, None, None, None);
    assert!(!more.unwrap().is_within(&seen));
    // Somebody has meanwhile put another policy there, which would be replaced.
    let other = FoundUser { policy: Some("{}".into()), ..user(&[]) };
    assert!(!plan(Some(other), None, None).unwrap().is_within(&seen));
}

#[test]
fn the_user_has_the_name_of_the_set_up() {
    let names = Names::of(&key());
    assert_eq!(names.document_user(), format!("{}-documents", names.common()));
}
