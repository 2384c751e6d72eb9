use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

use super::*;
use crate::bucket_access::{Denial, ListedBy};
use crate::bucket_policy::{statement, withdrawn};
use crate::distribution_config::{DistributionConfig, Unfit};
use crate::found::FoundGroup;
use crate::spec::examples;
use crate::{DistributionArn, DistributionId};

const CONFIG: &str = "<DistributionConfig><Comment/><Enabled>true</Enabled><Origins><Items><Origin><Id>o</Id><DomainName>client-papers.s3.eu-central-1.amazonaws.com</DomainName><OriginAccessControlId>c</OriginAccessControlId><S3OriginConfig/></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><TrustedKeyGroups><Enabled>true</Enabled><Items><KeyGroup>g</KeyGroup></Items></TrustedKeyGroups><ResponseHeadersPolicyId>67f7725c-6f97-4210-82d7-5512b31e9d03</ResponseHeadersPolicyId></DefaultCacheBehavior></DistributionConfig>";

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
            active_groups: vec![FoundGroup { id: "g".into(), keys: vec!["K2JCJMDEHXQW5F".into()] }],
        }),
        policy: Some(policy.to_string()),
        encryption: Encryption::OfS3,
        is_public_blocked: true,
        unfinished: Unfinished::Ends,
    }
}

/// What is not right, but for what never is.
fn faults(facts: &Facts, spec: &SetupSpec) -> Vec<Line> {
    let lines = facts.lines(spec).into_iter();
    let is_fault = |line: &Line| line.state() != State::Right && *line != Line::LogsNotSeen;
    lines.filter(is_fault).collect()
}

#[test]
fn a_whole_set_up_has_nothing_wrong() {
    let [spec, _] = examples();
    let lines = whole(&spec).lines(&spec);
    // Logs of the newer kind are never seen.
    let others: Vec<_> = lines.iter().filter(|line| **line != Line::LogsNotSeen).collect();
    assert!(others.iter().all(|line| line.state() == State::Right), "{lines:?}");
    assert_eq!((others.len(), lines.len()), (10, 11));
    assert_eq!(Sum::of(&lines), Sum::Right);
}

#[test]
fn each_fault_is_its_own_line() {
    let [spec, other] = examples();
    let with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = whole(&spec);
        change(&mut facts);
        faults(&facts, &spec)
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
            with(&|facts| facts.distribution.as_mut().unwrap().active_groups.clear()),
            vec![Line::KeyNotActive],
        ),
        (
            with(&config("<Enabled>true</Enabled><Origins>", "<Enabled>false</Enabled><Origins>")),
            vec![Line::SwitchedOff { id: id() }],
        ),
        (
            with(&config("<TrustedKeyGroups><Enabled>true", "<TrustedKeyGroups><Enabled>false")),
            vec![Line::KeyNotActive, Line::OpenToEveryone],
        ),
        (with(&config(">c</Origin", "></Origin")), vec![Line::NoAccessControl]),
        (
            with(&config("client-papers.s3", "other.s3")),
            vec![Line::Unfit { id: id(), why: Unfit::OtherBucket }],
        ),
        (
            with(&config("<Comment/>", "<Comment/><Staging>true</Staging>")),
            vec![Line::Unfit { id: id(), why: Unfit::Staging }],
        ),
        (
            with(&config("<Comment/>", "<Comment/><ConnectionMode>tenant-only</ConnectionMode>")),
            vec![Line::Unfit { id: id(), why: Unfit::MultiTenant }],
        ),
        (
            with(&config("<S3OriginConfig/>", "<CustomOriginConfig/>")),
            vec![Line::Unfit { id: id(), why: Unfit::CustomOrigin }],
        ),
        (
            with(&config(
                "<KeyGroup>g</KeyGroup>",
                "<KeyGroup>a</KeyGroup><KeyGroup>b</KeyGroup><KeyGroup>c</KeyGroup><KeyGroup>d</KeyGroup>",
            )),
            vec![Line::KeyNotActive, Line::Unfit { id: id(), why: Unfit::KeyGroupsFull }],
        ),
        (
            with(&config(
                "<KeyGroup>g</KeyGroup>",
                "<KeyGroup>a</KeyGroup><KeyGroup>b</KeyGroup><KeyGroup>c</KeyGroup><KeyGroup>g</KeyGroup>",
            )),
            vec![],
        ),
        (
            with(&config(
                "<Comment/>",
                "<Comment/><ContinuousDeploymentPolicyId>p</ContinuousDeploymentPolicyId>",
            )),
            vec![Line::ContinuousDeployment],
        ),
        (
            with(&config(
                "<Comment/>",
                "<Comment/><ContinuousDeploymentPolicyId/><Staging>false</Staging><WebACLId/>",
            )),
            vec![],
        ),
        (with(&config("<Comment/>", "<Comment/><WebACLId>arn:1</WebACLId>")), vec![Line::WebAcl]),
        (
            with(&config(
                "<Origins>",
                "<Logging><Enabled>true</Enabled><Bucket>l.s3.amazonaws.com</Bucket></Logging><Origins>",
            )),
            vec![Line::LogsKept { bucket: "l.s3.amazonaws.com".into() }],
        ),
        (
            with(&config(
                "<Origins>",
                "<Logging><Enabled>false</Enabled><Bucket>l.s3.amazonaws.com</Bucket></Logging><Origins>",
            )),
            vec![],
        ),
        (
            with(&config(
                "<Origins>",
                "<CustomErrorResponses><Items><CustomErrorResponse><ErrorCode>403</ErrorCode><ResponsePagePath>/no.html</ResponsePagePath></CustomErrorResponse><CustomErrorResponse><ErrorCode>404</ErrorCode><ErrorCachingMinTTL>1</ErrorCachingMinTTL></CustomErrorResponse><CustomErrorResponse><ErrorCode>500</ErrorCode><ResponsePagePath>/no.html</ResponsePagePath></CustomErrorResponse></Items></CustomErrorResponses><Origins>",
            )),
            vec![Line::ErrorPages { codes: vec![403] }],
        ),
        (with(&config("67f7725c-6f97-4210-82d7-5512b31e9d03", "")), vec![Line::NoSecurityHeaders]),
        (
            with(&config(
                "67f7725c-6f97-4210-82d7-5512b31e9d03",
                "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
            )),
            vec![Line::NoSecurityHeaders],
        ),
        (
            with(&config(
                "67f7725c-6f97-4210-82d7-5512b31e9d03",
                "00000000-0000-0000-0000-000000000000",
            )),
            vec![Line::SecurityHeadersNotSeen],
        ),
        (
            with(&config(
                "<TrustedKeyGroups>",
                "<RealtimeLogConfigArn>arn:1</RealtimeLogConfigArn><TrustedKeyGroups>",
            )),
            vec![Line::RealTimeLogs { paths: star() }],
        ),
        (
            with(&config(
                "<TrustedKeyGroups>",
                "<TrustedSigners><Enabled>true</Enabled><Items><AwsAccountNumber>self</AwsAccountNumber></Items></TrustedSigners><TrustedKeyGroups>",
            )),
            vec![Line::LegacySigners { paths: star() }],
        ),
        (
            with(&config(
                "<S3OriginConfig/>",
                "<OriginPath>/production</OriginPath><S3OriginConfig/>",
            )),
            vec![Line::OriginPath { path: "/production".into() }],
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
    let fault = |facts: &Facts| faults(facts, &spec);
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
        // One document that opened says nothing of the readers who get another configuration.
        (vec![Line::LetIn, Line::ContinuousDeployment, Line::SignedOpens], Sum::NotSeen),
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

/// A behaviour besides the default one, at `/reports/*`.
fn behaviour(target: &str, inside: &str) -> String {
    format!(
        "<CacheBehaviors><Items><CacheBehavior><PathPattern>/reports/*</PathPattern><TargetOriginId>{target}\
         </TargetOriginId>{inside}</CacheBehavior></Items></CacheBehaviors></DistributionConfig>"
    )
}

fn trusting(group: &str) -> String {
    format!(
        "<TrustedKeyGroups><Enabled>true</Enabled><Items><KeyGroup>{group}</KeyGroup></Items></TrustedKeyGroups>"
    )
}

/// That the default behaviour is right says nothing of the others.
#[test]
fn no_check_is_right_that_another_behaviour_makes_untrue() {
    let [spec, _] = examples();
    const END: &str = "</DistributionConfig>";
    // Ways to the bucket beside the one of the default behaviour, and one to elsewhere.
    let ways = "<Origin><Id>custom</Id><DomainName>client-papers.s3.eu-central-1.amazonaws.com</DomainName><CustomOriginConfig/></Origin><Origin><Id>website</Id><DomainName>client-papers.s3-website.eu-central-1.amazonaws.com</DomainName><CustomOriginConfig/></Origin><Origin><Id>dual</Id><DomainName>client-papers.s3.dualstack.eu-central-1.amazonaws.com</DomainName><S3OriginConfig/></Origin><Origin><Id>elsewhere</Id><DomainName>www.example.com</DomainName><CustomOriginConfig/></Origin></Items></Origins><OriginGroups><Items><OriginGroup><Id>group</Id><Members><Items><OriginGroupMember><OriginId>elsewhere</OriginId></OriginGroupMember><OriginGroupMember><OriginId>o</OriginId></OriginGroupMember></Items></Members></OriginGroup></Items></OriginGroups>";
    let of = |other: String| {
        let mut facts = whole(&spec);
        let xml = CONFIG.replace("</Items></Origins>", ways).replace(END, &other);
        let there = facts.distribution.as_mut().unwrap();
        there.config = DistributionConfig::parse(&xml).unwrap();
        // The key is in force somewhere; that is not everywhere.
        there.active_groups.push(FoundGroup { id: "theirs".into(), keys: vec!["K3".into()] });
        let faults = faults(&facts, &spec);
        let lines = facts.lines(&spec);
        let is_right = (lines.contains(&Line::KeyActive), lines.contains(&Line::AsksForLinks));
        (faults, is_right, Sum::of(&lines))
    };
    let paths = || vec!["/reports/*".to_owned()];
    let open = || vec![Line::PathsOpen { paths: paths() }];
    for target in ["o", "dual", "custom", "website", "group"] {
        let found = of(behaviour(target, ""));
        assert_eq!(found, (open(), (true, false), Sum::Wrong), "{target}");
        let found = of(behaviour(target, &trusting("theirs")));
        let foreign = vec![Line::PathsOtherKeys { paths: paths() }];
        assert_eq!(found, (foreign, (false, true), Sum::Wrong), "{target}");
        let found = of(behaviour(target, &trusting("g")));
        assert_eq!(found, (vec![], (true, true), Sum::Right), "{target}");
    }
    let found = of(behaviour("elsewhere", ""));
    assert_eq!(found, (vec![], (true, true), Sum::Right));
}

/// A key that is in force at another behaviour alone opens nothing at the default one.
#[test]
fn a_key_is_in_force_where_its_group_is() {
    let [spec, _] = examples();
    let mut facts = whole(&spec);
    let there = facts.distribution.as_mut().unwrap();
    let xml = CONFIG
        .replace("<KeyGroup>g<", "<KeyGroup>theirs<")
        .replace("</DistributionConfig>", &behaviour("o", &trusting("g")));
    there.config = DistributionConfig::parse(&xml).unwrap();
    assert_eq!(faults(&facts, &spec), [Line::KeyNotActive]);
}

#[test]
fn an_origin_group_is_a_way_to_the_bucket_and_what_stands_beside_it_is_named() {
    let [spec, _] = examples();
    let group = |members: [&str; 2]| {
        let members = members
            .map(|id| format!("<OriginGroupMember><OriginId>{id}</OriginId></OriginGroupMember>"));
        let mut facts = whole(&spec);
        let xml = CONFIG
            .replace("</Items></Origins>", &format!("<Origin><Id>s</Id><DomainName>client-papers-dr.s3.eu-west-1.amazonaws.com</DomainName><S3OriginConfig/></Origin></Items></Origins><OriginGroups><Items><OriginGroup><Id>grp</Id><Members><Items>{}</Items></Members></OriginGroup></Items></OriginGroups>", members.concat()))
            .replace("<TargetOriginId>o<", "<TargetOriginId>grp<");
        facts.distribution.as_mut().unwrap().config = DistributionConfig::parse(&xml).unwrap();
        faults(&facts, &spec)
    };
    let hosts = || vec!["client-papers-dr.s3.eu-west-1.amazonaws.com".to_owned()];
    assert_eq!(group(["o", "s"]), [Line::OriginGroup { hosts: hosts(), is_first: true }]);
    assert_eq!(group(["s", "o"]), [Line::OriginGroup { hosts: hosts(), is_first: false }]);
}
