use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

use super::*;
use crate::bucket_access::{Denial, ListedBy};
use crate::bucket_policy::{statement, withdrawn};
use crate::distribution_config::{DistributionConfig, Unfit};
use crate::spec::examples;
use crate::{DistributionArn, DistributionId};

const CONFIG: &str = "<DistributionConfig><Comment/><Enabled>true</Enabled><Origins><Items><Origin><Id>o</Id><DomainName>client-papers.s3.eu-central-1.amazonaws.com</DomainName><OriginAccessControlId>c</OriginAccessControlId><S3OriginConfig/></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><TrustedKeyGroups><Enabled>true</Enabled><Items><KeyGroup>g</KeyGroup></Items></TrustedKeyGroups></DefaultCacheBehavior></DistributionConfig>";

fn whole(spec: &SetupSpec) -> Facts {
    let key = PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
    let arn = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";
    let arn = DistributionArn::parse(arn).unwrap();
    let policy = serde_json::json!({ "Statement": [statement(&spec.bucket, &arn)] });
    Facts {
        account: "123456789012".into(),
        public_key: Some(FoundKey { id: key, pem: spec.key.to_spki_pem() }),
        distribution: Some(FoundDistribution {
            id: DistributionId::parse("E2QWRUHAPOMQZL").unwrap(),
            arn,
            site: SiteAddress::parse("d111111abcdef8.cloudfront.net").unwrap(),
            is_deployed: true,
            etag: "1".into(),
            config: DistributionConfig::parse(CONFIG).unwrap(),
            active_keys: vec!["K2JCJMDEHXQW5F".into()],
        }),
        policy: Some(policy.to_string()),
        encryption: Encryption::OfS3,
        is_public_blocked: true,
        unfinished: Unfinished::Ends,
    }
}

#[test]
fn a_whole_set_up_has_nothing_wrong() {
    let [spec, _] = examples();
    let lines = whole(&spec).lines(&spec);
    assert!(lines.iter().all(|line| line.state() == State::Right), "{lines:?}");
    assert_eq!(lines.len(), 9);
}

#[test]
fn each_fault_is_its_own_line() {
    let [spec, other] = examples();
    let with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = whole(&spec);
        change(&mut facts);
        let lines = facts.lines(&spec);
        lines.into_iter().filter(|line| line.state() != State::Right).collect::<Vec<_>>()
    };
    let config = |from: &'static str, to: &'static str| {
        move |facts: &mut Facts| {
            let there = facts.distribution.as_mut().unwrap();
            there.config = DistributionConfig::parse(&CONFIG.replace(from, to)).unwrap();
        }
    };
    let id = || DistributionId::parse("E2QWRUHAPOMQZL").unwrap();
    let key = || PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
    let star = || vec!["*".to_owned()];
    let everybody = |facts: &mut Facts| {
        let policy = facts.policy.take().unwrap();
        let statement = r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"StringLike":{"aws:Referer":"x"}}},"#;
        facts.policy = Some(policy.replacen('[', &format!("[{statement}"), 1));
    };
    let cases: Vec<(Vec<Line>, Vec<Line>)> = vec![
        (with(&|facts| facts.public_key = None), vec![Line::KeyMissing, Line::KeyNotActive]),
        (
            with(&|facts| facts.public_key.as_mut().unwrap().pem = other.key.to_spki_pem()),
            vec![Line::OtherKey { id: key() }, Line::KeyNotActive],
        ),
        (with(&|facts| facts.distribution = None), vec![Line::NoDistribution]),
        (
            with(&|facts| facts.distribution.as_mut().unwrap().is_deployed = false),
            vec![Line::Deploying { id: id() }],
        ),
        (
            with(&|facts| facts.distribution.as_mut().unwrap().active_keys.clear()),
            vec![Line::KeyNotActive],
        ),
        (
            with(&config("<Enabled>true</Enabled><Origins>", "<Enabled>false</Enabled><Origins>")),
            vec![Line::SwitchedOff { id: id() }],
        ),
        (
            with(&config("<TrustedKeyGroups><Enabled>true", "<TrustedKeyGroups><Enabled>false")),
            vec![Line::OpenToEveryone],
        ),
        (with(&config(">c</Origin", "></Origin")), vec![Line::NoAccessControl]),
        (
            with(&config("client-papers.s3", "other.s3")),
            vec![Line::Unfit { id: id(), why: Unfit::OtherBucket }],
        ),
        (
            with(&config("<Comment/>", "<Comment/><IsIPV6Enabled>true</IsIPV6Enabled>")),
            vec![Line::Ipv6],
        ),
        (with(&|facts| facts.policy = None), vec![Line::NotLetIn]),
        (with(&|facts| facts.policy = Some("{}".into())), vec![Line::PolicyUnreadable]),
        (with(&everybody), vec![Line::OthersLetIn { who: star() }]),
        (with(&|facts| facts.is_public_blocked = false), vec![Line::PublicNotBlocked]),
        (with(&|facts| facts.encryption = Encryption::AwsManaged), vec![Line::EncryptedByAwsKey]),
        (with(&|facts| facts.unfinished = Unfinished::Stays), vec![Line::UnfinishedStays]),
        (with(&|facts| facts.unfinished = Unfinished::NotSeen), vec![Line::UnfinishedNotSeen]),
    ];
    for (found, wanted) in cases {
        assert_eq!(found, wanted);
    }
}

#[test]
fn of_documents_only_what_was_seen_is_right() {
    let [spec, _] = examples();
    let facts = whole(&spec);
    let lines = |account: Option<&str>, seen| {
        let account = account.map(str::to_owned);
        let seen = vec![(DocumentAction::List, seen)];
        facts.lines_of_documents(&Ok(DocumentAccess { account, seen }))
    };
    let action = DocumentAction::List;
    for (seen, line, state) in [
        (Seen::Allowed, Line::DocumentsAllowed { action }, State::Right),
        (Seen::NotSeen, Line::DocumentsNotSeen { action }, State::NotSeen),
        (Seen::Refused, Line::DocumentsRefused { action }, State::Wrong),
    ] {
        assert_eq!(line.state(), state);
        assert_eq!(lines(None, seen), std::slice::from_ref(&line));
        assert_eq!(lines(Some(&facts.account), seen), [line]);
    }
    // Whatever an access key of another account may do, it is not with these documents.
    let account = "210987654321".to_owned();
    let other = Line::DocumentsNotReached { no_access: NoAccess::OtherAccount { account } };
    assert_eq!(lines(Some("210987654321"), Seen::Allowed), std::slice::from_ref(&other));
    assert_eq!(other.state(), State::Wrong);
    assert_eq!(facts.lines_of_documents(&Err(NoAccess::Login)).len(), 1);
}

#[test]
fn who_may_list_the_names_is_told_what_that_means() {
    let [spec, _] = examples();
    let mut facts = whole(&spec);
    let there = facts.distribution.as_mut().unwrap();
    let list = withdrawn(&spec.bucket, there.arn.as_str());
    let read = statement(&spec.bucket, &there.arn);
    let policy = |statements: &[&serde_json::Value]| {
        Some(serde_json::json!({ "Statement": statements }).to_string())
    };
    let fault = |facts: &Facts| {
        let lines = facts.lines(&spec).into_iter();
        lines.filter(|line| line.state() != State::Right).collect::<Vec<_>>()
    };
    facts.policy = policy(&[&read, &list]);
    let shown = Line::NamesListed { by: ListedBy::Signet, has_root_object: false };
    assert_eq!(shown.state(), State::Wrong);
    assert_eq!(fault(&facts), std::slice::from_ref(&shown));
    // Also where documents are not let through.
    facts.policy = policy(&[&list]);
    assert_eq!(fault(&facts), [Line::NotLetIn, shown]);

    let mut theirs = list;
    theirs["Sid"] = "Theirs".into();
    facts.policy = policy(&[&theirs, &read]);
    let config =
        CONFIG.replace("<Comment/>", "<Comment/><DefaultRootObject>a.html</DefaultRootObject>");
    facts.distribution.as_mut().unwrap().config = DistributionConfig::parse(&config).unwrap();
    let shown = Line::NamesListed { by: ListedBy::Others, has_root_object: true };
    assert_eq!(shown.state(), State::Note);
    assert_eq!(fault(&facts), [shown]);
}

#[test]
fn a_named_principal_is_a_note_and_everybody_is_wrong() {
    let of = |who: &[&str]| {
        Line::OthersLetIn { who: who.iter().map(|one| (*one).to_owned()).collect() }.state()
    };
    assert_eq!(of(&["arn:aws:iam::1:root"]), State::Note);
    assert_eq!(of(&["arn:aws:iam::1:root", "*"]), State::Wrong);
}

/// A policy that refuses the distribution, and what the lines say of it.
#[test]
fn a_refusing_statement_is_named_and_nothing_is_right_beside_it() {
    let [spec, _] = examples();
    let mut facts = whole(&spec);
    let read = statement(&spec.bucket, &facts.distribution.as_ref().unwrap().arn);
    let mut lines = |condition: serde_json::Value, resource: &str| {
        let deny = serde_json::json!({
            "Sid": "VpceOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
            "Resource": resource, "Condition": condition
        });
        facts.policy = Some(serde_json::json!({ "Statement": [read, deny] }).to_string());
        let lines = facts.lines(&spec);
        let denied = lines.iter().find_map(|line| match line {
            Line::Denied { denial } => Some((denial.sid.clone(), line.state())),
            _ => None,
        });
        (lines.contains(&Line::LetIn), denied)
    };
    let all = "arn:aws:s3:::client-papers/*";
    let vpce = || serde_json::json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1a2b3c4d" } });
    let sid = || Some("VpceOnly".to_owned());
    assert_eq!(lines(vpce(), all), (false, Some((sid(), State::Wrong))));
    let part = "arn:aws:s3:::client-papers/internal/*";
    assert_eq!(lines(vpce(), part), (true, Some((sid(), State::Wrong))));
    let tag = serde_json::json!({ "StringEquals": { "s3:ExistingObjectTag/secret": "yes" } });
    assert_eq!(lines(tag, all), (false, Some((sid(), State::NotSeen))));
    let insecure = serde_json::json!({ "Bool": { "aws:SecureTransport": "false" } });
    assert_eq!(lines(insecure, all), (true, None));
}

#[test]
fn nothing_is_right_where_it_was_not_seen_whether_the_bucket_lets_the_distribution_in() {
    let denied = |is_certain| Line::Denied {
        denial: Denial { sid: None, number: 1, is_certain, is_of_all: true },
    };
    let waiting = || Line::Deploying { id: DistributionId::parse("E2QWRUHAPOMQZL").unwrap() };
    for (lines, sum) in [
        (vec![Line::KeyActive, Line::LetIn, Line::Ipv6], Sum::Right),
        (vec![Line::LetIn, Line::UnfinishedNotSeen, Line::UnsignedUnknown], Sum::Right),
        (vec![Line::KeyActive, Line::LetInPerhaps], Sum::NotSeen),
        (vec![denied(false), Line::UnsignedRefused], Sum::NotSeen),
        (vec![denied(false), Line::LetInPerhaps, Line::SignedOpens], Sum::Right),
        (vec![Line::LetInPerhaps, waiting()], Sum::Waiting),
        (vec![waiting(), Line::KeyMissing, Line::LetInPerhaps], Sum::Wrong),
        (vec![denied(true), Line::SignedOpens], Sum::Wrong),
    ] {
        assert_eq!(Sum::of(&lines), sum, "{lines:?}");
    }
}
