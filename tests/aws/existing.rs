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
