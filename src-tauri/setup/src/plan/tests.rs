use signet_cloudfront::site::SiteAddress;

use super::*;
use crate::distribution_config::DistributionConfig;
use crate::found::{FoundGroup, FoundKey};
use crate::spec::examples;

const DISTRIBUTION: &str = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";

fn spec() -> SetupSpec {
    examples()[0].clone()
}

fn config(groups: &str) -> DistributionConfig {
    DistributionConfig::parse(&format!(
        "<DistributionConfig><Comment/><Enabled>true</Enabled><Origins><Items><Origin><Id>o</Id>\
         <DomainName>client-papers.s3.eu-central-1.amazonaws.com</DomainName><S3OriginConfig/>\
         </Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId>\
         <TrustedKeyGroups>{groups}</TrustedKeyGroups></DefaultCacheBehavior></DistributionConfig>"
    ))
    .unwrap()
}

fn distribution(groups: &str) -> FoundDistribution {
    FoundDistribution {
        id: DistributionId::parse("E2QWRUHAPOMQZL").unwrap(),
        arn: DistributionArn::parse(DISTRIBUTION).unwrap(),
        site: SiteAddress::parse("d111111abcdef8.cloudfront.net").unwrap(),
        is_deployed: true,
        etag: "1".into(),
        config: config(groups),
        active_groups: Vec::new(),
    }
}

fn key(spec: &SetupSpec) -> FoundKey {
    let id = PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
    FoundKey { id, pem: spec.key.to_spki_pem().replace('\n', "\r\n") }
}

#[test]
fn where_nothing_is_all_is_made_in_order() {
    let spec = spec();
    let plan = Plan::of(&spec, CurrentState::empty()).unwrap();
    let shown = plan.shown(&spec);
    let steps: Vec<_> = shown.iter().map(|one| one.step).collect();
    use PlanStep as S;
    assert_eq!(
        steps,
        [S::AccessControl, S::PublicKey, S::KeyGroup, S::NewDistribution, S::BucketPolicy]
    );
    assert!(shown.iter().all(|one| !one.is_done));
    assert!(shown[4].changes[0].after.contains(NEW_ONE));
    assert!(!plan.closes_documents() && !plan.is_nothing(&spec));
}

#[test]
fn what_is_there_is_kept_and_a_change_says_what_it_costs() {
    let spec = spec();
    let mut found = CurrentState::empty();
    found.public_key = Some(key(&spec));
    found.distribution = Some(distribution("<Enabled>false</Enabled>"));
    let plan = Plan::of(&spec, found.clone()).unwrap();
    assert!(plan.closes_documents());
    let shown = plan.shown(&spec);
    assert_eq!(shown[1].id.as_deref(), Some("K2JCJMDEHXQW5F"));
    assert!(shown[1].is_done && !shown[2].is_done && !shown[4].is_done);
    let change = &shown[4].changes[1];
    assert_eq!((change.before.as_deref(), change.after.as_str()), (None, plan.name.as_str()));

    let groups = "<Enabled>true</Enabled><Items><KeyGroup>theirs</KeyGroup></Items>";
    found.distribution = Some(distribution(groups));
    found.access_control = Some("control".into());
    found.key_group = Some(FoundGroup { id: "group".into(), keys: vec!["K2JCJMDEHXQW5F".into()] });
    let plan = Plan::of(&spec, found.clone()).unwrap();
    assert!(!plan.closes_documents());
    let shown = plan.shown(&spec);
    assert_eq!(shown[4].changes[1].before.as_deref(), Some("theirs"));
    assert_eq!(shown[4].changes[1].after, "theirs, group");

    // Once everything is done there is nothing to do.
    let Part::There(there) = &plan.distribution else { panic!("it is there") };
    let xml = there.found.config.with(&there.change, "control", "group").unwrap();
    let config = DistributionConfig::parse(&xml).unwrap();
    found.policy = Some(there.policy_edit.as_ref().unwrap().after.clone());
    found.distribution = Some(FoundDistribution { config, ..there.found.clone() });
    assert!(Plan::of(&spec, found).unwrap().is_nothing(&spec));
}

/// So a second key is set up beside a first one.
#[test]
fn who_is_let_in_already_needs_no_other_access_control() {
    let spec = spec();
    let there = distribution("<Enabled>true</Enabled><Items><KeyGroup>first</KeyGroup></Items>");
    let xml = there.config.xml().replace(
        "<S3OriginConfig/>",
        "<S3OriginConfig/><OriginAccessControlId>theirs</OriginAccessControlId>",
    );
    let config = DistributionConfig::parse(&xml).unwrap();
    let found = CurrentState {
        distribution: Some(FoundDistribution { config, ..there.clone() }),
        ..CurrentState::empty()
    };
    let plan = Plan::of(&spec, found.clone()).unwrap();
    assert_eq!(plan.other_access_control(&spec), Some("theirs"));
    let shown = plan.shown(&spec);
    assert!(shown[0].is_done && !shown[1].is_done);
    assert_eq!(shown[0].id.as_deref(), Some("theirs"));

    let ours = CurrentState { access_control: Some("theirs".into()), ..found };
    assert_eq!(Plan::of(&spec, ours).unwrap().other_access_control(&spec), None);
    let closed = CurrentState { distribution: Some(there), ..CurrentState::empty() };
    let plan = Plan::of(&spec, closed).unwrap();
    assert_eq!(plan.other_access_control(&spec), None);
    assert!(!plan.shown(&spec)[0].is_done);
}

#[test]
fn what_is_in_the_way_is_named() {
    let spec = spec();
    let other = FoundKey { pem: examples()[0].key.to_spki_pem(), ..key(&spec) };
    let with_key = |key| CurrentState { public_key: Some(key), ..CurrentState::empty() };
    assert!(matches!(Plan::of(&spec, with_key(other)), Err(Obstacle::OtherKey { .. })));
    let group = FoundGroup { id: "group".into(), keys: vec!["K3JCJMDEHXQW5F".into()] };
    for found in [with_key(key(&spec)), CurrentState::empty()] {
        let found = CurrentState { key_group: Some(group.clone()), ..found };
        assert!(matches!(Plan::of(&spec, found), Err(Obstacle::KeyNotInGroup { .. })));
    }
    let found = CurrentState { policy: Some("{}".into()), ..CurrentState::empty() };
    assert_eq!(Plan::of(&spec, found), Err(Obstacle::Policy));
    let mut elsewhere = spec.clone();
    elsewhere.bucket = crate::Bucket::parse("other").unwrap();
    let found = CurrentState { distribution: Some(distribution("")), ..CurrentState::empty() };
    assert!(matches!(Plan::of(&elsewhere, found), Err(Obstacle::Unfit { .. })));
    for region in ["cn-north-1", "us-gov-west-1", "us-iso-east-1"] {
        let region = Region::parse(region).unwrap();
        let closed = SetupSpec { region: region.clone(), ..spec.clone() };
        assert_eq!(
            Plan::of(&closed, CurrentState::empty()),
            Err(Obstacle::OtherPartition { region })
        );
    }
}

#[test]
fn what_is_left_of_a_plan_does_nothing_besides_it() {
    let spec = spec();
    let plan = |found: CurrentState| Plan::of(&spec, found).unwrap();
    let group = || FoundGroup { id: "g".into(), keys: vec!["K2JCJMDEHXQW5F".into()] };
    let seen = plan(CurrentState::empty());
    let half = || CurrentState {
        access_control: Some("c".into()),
        public_key: Some(key(&spec)),
        key_group: Some(group()),
        ..CurrentState::empty()
    };
    assert!(plan(half()).is_part_of(&seen, &spec));
    assert!(!seen.is_part_of(&plan(half()), &spec), "what was there is gone");
    let elsewhere = CurrentState { account: "210987654321".into(), ..CurrentState::empty() };
    assert!(!plan(elsewhere).is_part_of(&seen, &spec));
    let policy = CurrentState {
        policy: Some(r#"{"Version":"2012-10-17","Statement":[]}"#.into()),
        ..half()
    };
    assert!(!plan(policy).is_part_of(&seen, &spec), "somebody gave the bucket a policy");

    // A distribution that is there closes documents, and that was seen or was not.
    let open = || CurrentState {
        distribution: Some(distribution("<Enabled>false</Enabled><Quantity>0</Quantity>")),
        ..half()
    };
    assert!(plan(open()).closes_documents(), "the control");
    assert!(plan(open()).is_part_of(&plan(open()), &spec));
    assert!(!plan(open()).is_part_of(&seen, &spec));
}

/// Before anything is made it is said what else there is.
#[test]
fn a_plan_says_who_else_opens_what_and_what_stands_around() {
    let spec = spec();
    let there = distribution("<Enabled>true</Enabled><Items><KeyGroup>first</KeyGroup></Items>");
    let behaviour = |path: &str, groups: &str| {
        format!(
            "<CacheBehavior><PathPattern>{path}</PathPattern><TargetOriginId>o</TargetOriginId>\
             <TrustedKeyGroups>{groups}</TrustedKeyGroups></CacheBehavior>"
        )
    };
    let theirs = "<Enabled>true</Enabled><Items><KeyGroup>theirs</KeyGroup></Items>";
    let others = [behaviour("/free/*", ""), behaviour("/reports/*", theirs)].concat();
    let end = format!(
        "<CacheBehaviors><Items>{others}</Items></CacheBehaviors><WebACLId>a</WebACLId>\
         <ContinuousDeploymentPolicyId>p</ContinuousDeploymentPolicyId></DistributionConfig>"
    );
    let xml = there.config.xml().replace("</DistributionConfig>", &end);
    let config = DistributionConfig::parse(&xml).unwrap();
    let groups = [("first", "K1"), ("theirs", "K2")];
    let active_groups =
        groups.map(|(id, key)| FoundGroup { id: id.into(), keys: vec![key.into()] });
    let found = FoundDistribution { config, active_groups: active_groups.to_vec(), ..there };
    let plan = Plan::of(&spec, CurrentState { distribution: Some(found), ..CurrentState::empty() })
        .unwrap();
    let paths: Vec<_> = plan.behaviours().iter().map(BehaviourAccess::pattern).collect();
    assert_eq!(paths, ["/free/*", "/reports/*", "*"]);
    assert_eq!(plan.behaviours()[2].groups[0].keys, ["K1"]);
    assert_eq!(plan.stays_open(), ["/free/*"]);
    let foreign = Line::PathsOtherKeys { paths: vec!["/reports/*".into()] };
    assert_eq!(plan.remarks(), [foreign, Line::ContinuousDeployment, Line::WebAcl]);
    let new = Plan::of(&spec, CurrentState::empty()).unwrap();
    assert!(new.behaviours().is_empty() && new.remarks().is_empty());
}
