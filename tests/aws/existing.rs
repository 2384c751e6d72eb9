//! A distribution and a policy that are there: what changes is said before, and all else stays.

use serde_json::json;

use crate::proxy::{Answer, ETAG, header};
use crate::server;
use crate::stage::{REGION, Stage};

const POLICY: &str = r#"{ "Version":"2012-10-17", "Id" : "theirs","Statement":[ {"Sid":"Theirs","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::BUCKET/*"} ] }"#;

#[test]
fn an_open_distribution_is_closed_and_opened_again() {
    let stage = Stage::new();
    stage.put_policy(&POLICY.replace("BUCKET", &stage.bucket));
    let id = stage.open_distribution();
    let options = ["--distribution", id.as_str()];
    let before = stage.account();

    let plan = stage.plan(&options);
    assert_eq!(plan["closes_documents"], true);
    let steps = plan["steps"].as_array().unwrap();
    let policy = &steps[3]["changes"][0];
    assert_eq!(policy["before"], before["policy"]);
    assert!(policy["after"].as_str().unwrap().contains("SignetRead"));
    assert_eq!(steps[4]["step"], "change-distribution");
    let said = stage.done(&stage.words("plan", &options));
    assert!(said.contains("what opens for everyone today will need a link"), "{said}");

    stage.apply(&options);
    let after = stage.account();
    assert_eq!(after["policy"], policy["after"]);
    // All but what was planned is as it was.
    let mut config = after["distributions"][&id].clone();
    let group = &after["key_groups"][0]["Id"];
    let behaviour = &mut config["DefaultCacheBehavior"];
    assert_eq!(behaviour["TrustedKeyGroups"]["Items"], json!([group]));
    behaviour["TrustedKeyGroups"] =
        before["distributions"][&id]["DefaultCacheBehavior"]["TrustedKeyGroups"].clone();
    let control = &mut config["Origins"]["Items"][0]["OriginAccessControlId"];
    assert_eq!(*control, after["access_controls"][0]["Id"]);
    *control = json!("");
    assert_eq!(config, before["distributions"][&id]);

    assert_eq!(stage.plan(&options)["nothing_to_do"], true);
    stage.undo();
    assert_eq!(stage.account(), before);
}

/// Every field that CloudFront's interface documents, and one that nobody knows: moto keeps neither all
/// of them nor the strange one, so the proxy shows the configuration and looks at what comes back.
#[test]
fn every_byte_of_a_configuration_comes_back() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    let mut fields = server::python("every_field.py");
    let fields =
        fields.arg(format!("{}.s3.{REGION}.amazonaws.com", stage.bucket)).output().unwrap();
    let xml = String::from_utf8(fields.stdout).unwrap();
    assert!(xml.len() > 5_000, "{xml}");
    let (shown, path) = (xml.clone(), format!("/2020-05-31/distribution/{id}/config"));
    stage.proxy.rule(move |call| match call.method.as_str() {
        "GET" if call.path == path => Answer::Other(200, shown.clone()),
        "PUT" if call.path == path => Answer::Other(200, "<Distribution/>".to_owned()),
        _ => Answer::Real,
    });
    stage.apply(&["--distribution", &id]);
    let calls = stage.proxy.calls();
    let sent: Vec<_> =
        calls.iter().filter(|call| call.path.ends_with("/config") && call.is_write()).collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(header(&sent[0].head, "if-match"), Some(ETAG));
    let made = stage.account();
    let id_of = |what: &str| made[what][0]["Id"].as_str().unwrap().to_owned();
    let control = format!("<OriginAccessControlId>{}<", id_of("access_controls"));
    let groups = format!(
        "<Quantity>2</Quantity><Items><KeyGroup>theirs</KeyGroup><KeyGroup>{}</KeyGroup>",
        id_of("key_groups")
    );
    // The other behaviours have key groups of their own, so only the first place is meant.
    let wanted = xml
        .replacen("<OriginAccessControlId><", &control, 1)
        .replacen("origin-access-identity/cloudfront/E127EXAMPLE51Z", "", 1)
        .replacen("<Quantity>1</Quantity><Items><KeyGroup>theirs</KeyGroup>", &groups, 1);
    assert_eq!(wanted.matches("<Newer").count(), 2);
    assert_eq!(sent[0].body, wanted);
}

/// Shows this configuration of a distribution in the place of its own: moto does not keep all of it.
fn show(stage: &Stage, id: &str, inside: &str, default: &str, others: &str) {
    let (bucket, path) = (&stage.bucket, format!("/2020-05-31/distribution/{id}/config"));
    let xml = format!(
        "<DistributionConfig><CallerReference>a</CallerReference><Comment>c</Comment><Enabled>true</Enabled>{inside}\
         <Origins><Quantity>2</Quantity><Items><Origin><Id>p</Id><DomainName>{bucket}.s3.{REGION}.amazonaws.com\
         </DomainName><OriginPath></OriginPath><S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity>\
         </S3OriginConfig><OriginAccessControlId>OAC0</OriginAccessControlId></Origin><Origin><Id>s</Id><DomainName>\
         {bucket}-dr.s3.eu-west-1.amazonaws.com</DomainName><S3OriginConfig></S3OriginConfig></Origin></Items></Origins>\
         <DefaultCacheBehavior><TargetOriginId>p</TargetOriginId>{default}</DefaultCacheBehavior>\
         <CacheBehaviors><Items>{others}</Items></CacheBehaviors></DistributionConfig>"
    );
    stage.proxy.rule(move |call| match call.method.as_str() {
        "GET" if call.path == path => Answer::Other(200, xml.clone()),
        _ => Answer::Real,
    });
}

fn trusting(groups: &[&str]) -> String {
    let items: String = groups.iter().map(|id| format!("<KeyGroup>{id}</KeyGroup>")).collect();
    format!("<TrustedKeyGroups><Enabled>true</Enabled><Items>{items}</Items></TrustedKeyGroups>")
}

/// Said before anything is made, and by a check too.
#[test]
fn what_is_in_the_way_of_a_site_is_said_before_anything_is_made() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    let options = ["--distribution", id.as_str()];
    let four = trusting(&["a", "b", "c", "d"]);
    for (inside, default, wanted) in [
        ("<Staging>true</Staging>", "", "is a staging distribution"),
        ("<ConnectionMode>tenant-only</ConnectionMode>", "", "is a multi-tenant one"),
        ("", four.as_str(), "has 4 key groups already"),
    ] {
        show(&stage, &id, inside, default, "");
        let (what, _) = stage.failed(&stage.words("plan", &options));
        assert!(what.contains(wanted), "{what}");
        let words = stage.words("apply", &[&options[..], &["--yes"]].concat());
        assert!(stage.failed(&words).0.contains(wanted));
        let output = stage.run(&stage.words("check", &options));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(wanted) && !output.status.success(), "{said}");
    }
    let china = ["plan", "--bucket", &stage.bucket, "--region", "cn-north-1"];
    assert!(stage.failed(&china).0.contains("cn-north-1 is in a part of AWS that is by itself"));
    assert!(!stage.proxy.calls().iter().any(crate::proxy::Call::is_write));
}

/// What others open of the bucket, and what stands around the distribution, is said in both.
#[test]
fn a_plan_and_a_check_say_what_else_a_distribution_does() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    let options = ["--distribution", id.as_str()];
    let behaviour = |path: &str, target: &str, inside: &str| {
        format!(
            "<CacheBehavior><PathPattern>{path}</PathPattern><TargetOriginId>{target}</TargetOriginId>{inside}\
             </CacheBehavior>"
        )
    };
    let others = [
        behaviour("/free/*", "group", ""),
        behaviour("/reports/*", "p", &trusting(&["THEIRS"])),
        behaviour("/elsewhere/*", "s", ""),
    ];
    let inside = "<WebACLId>acl</WebACLId><ContinuousDeploymentPolicyId>cd</ContinuousDeploymentPolicyId><OriginGroups><Items><OriginGroup><Id>group</Id><Members><Items><OriginGroupMember><OriginId>p</OriginId></OriginGroupMember><OriginGroupMember><OriginId>s</OriginId></OriginGroupMember></Items></Members></OriginGroup></Items></OriginGroups>";
    show(&stage, &id, inside, &trusting(&["OURS"]), &others.concat());
    let plan = stage.plan(&options);
    assert_eq!(plan["stays_open"], json!(["/free/*"]));
    let remarks = plan["remarks"].as_array().unwrap();
    let names: Vec<_> = remarks.iter().map(|one| one["line"].as_str().unwrap()).collect();
    assert_eq!(names, ["paths-other-keys", "continuous-deployment", "web-acl"]);
    let said = stage.done(&stage.words("plan", &options));
    let output = stage.run(&stage.words("check", &options));
    let checked = String::from_utf8(output.stdout).unwrap();
    assert!(checked.contains("open for everyone, without a link: /free/*."), "{checked}");
    for text in [&said, &checked] {
        assert!(text.contains("none of this key opens a document there: /reports/*."), "{text}");
        assert!(text.contains("continuous deployment") && text.contains("AWS WAF"), "{text}");
        assert!(!text.contains("/elsewhere/*"), "{text}");
    }
}
