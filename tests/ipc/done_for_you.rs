//! *Done for you*, from the window's side, as far as it goes without an AWS account. The rest is
//! tests/window/test_done_for_you.py's.

use serde_json::{Value, json};

use signet_app::setup::Journals as _;

use crate::stage::{Stage, p256_pem};

fn answers(key: &str, bucket: &str) -> Value {
    json!({
        "keyId": key, "bucket": bucket, "region": "eu-central-1", "distributionId": "",
        "publicKeyId": "", "arn": "", "domain": "", "profile": "nobody's profile", "done": [],
    })
}

const ASKING: &[&str] = &["aws_places", "plan_set_up", "undo_set_up"];

#[test]
fn nobody_is_asked_before_it_is_known_what_for() {
    let stage = Stage::new();
    let no_key = json!({ "code": "setUpIncomplete", "step": "key" });
    let empty = json!({ "siteId": stage.add_site("Plans") });
    for command in ASKING {
        assert_eq!(stage.call(command, empty.clone()), Err(no_key.clone()), "{command}");
    }
    let check = |site: &str| json!({ "siteId": site, "document": "" });
    assert_eq!(stage.call("check_set_up", check(empty["siteId"].as_str().unwrap())), Err(no_key));
    let key = stage.add("Papers", &p256_pem());
    let site = stage.site_of(&key);
    let of_site = json!({ "siteId": site });
    stage.answer(&site, &answers(&key, "")).unwrap();
    let no_documents = json!({ "code": "setUpIncomplete", "step": "documents" });
    assert_eq!(stage.call("plan_set_up", of_site.clone()), Err(no_documents.clone()));
    assert_eq!(stage.call("check_set_up", check(&site)), Err(no_documents));
    assert_eq!(stage.code("apply_set_up", of_site.clone()), "setUpNotPlanned");
    // An address that cannot be is found before anybody is asked.
    stage.answer(&site, &answers(&key, "client-papers")).unwrap();
    let elsewhere = json!({ "siteId": site, "document": "https://elsewhere.example.com/a.pdf" });
    assert_eq!(stage.code("check_set_up", elsewhere), "addressOtherSite");
    // The control: then somebody is, as far as there is such a login.
    assert_eq!(stage.code("plan_set_up", of_site.clone()), "awsLoginUnusable");
    assert_eq!(stage.code("aws_places", of_site.clone()), "awsLoginUnusable");
    // What was not planned is not done.
    assert_eq!(stage.code("apply_set_up", of_site.clone()), "setUpNotPlanned");
}

#[test]
fn what_was_made_is_told_without_asking_anybody() {
    let stage = Stage::new();
    let empty = json!({ "siteId": stage.add_site("Plans") });
    assert_eq!(stage.call("set_up_made", empty.clone()), Ok(Value::Null));
    assert_eq!(stage.call("set_up_work", empty.clone()), Ok(Value::Null));
    assert_eq!(stage.call("stop_set_up", empty), Ok(Value::Null));
    let key = stage.add("Papers", &p256_pem());
    let site = stage.site_of(&key);
    let of_site = json!({ "siteId": site });
    stage.answer(&site, &answers(&key, "client-papers")).unwrap();
    assert_eq!(stage.call("set_up_made", of_site.clone()), Ok(Value::Null));
    assert_eq!(stage.code("undo_set_up", of_site.clone()), "setUpNothingMade");

    let journal = br#"{"version":1,"set_up":{"name":"@NAME@","account":"123456789012",
        "made":[{"what":"public-key","id":"K2JCJMDEHXQW5F"},{"what":"key-group","id":null}]}}"#;
    stage.plant_journal(&key, journal);
    let made = json!({
        "account": "123456789012",
        "made": [
            { "thing": "publicKey", "id": "K2JCJMDEHXQW5F" },
            { "thing": "keyGroup", "id": null },
        ],
    });
    assert_eq!(stage.call("set_up_made", of_site.clone()), Ok(made));
    assert_eq!(stage.code("undo_set_up", of_site.clone()), "awsLoginUnusable");
    stage.plant_journal(&key, b"{");
    let error = stage.call("set_up_made", of_site.clone()).unwrap_err();
    assert_eq!(error["code"], "setUpJournalUnreadable");
    assert!(error["fileName"].as_str().unwrap().starts_with("set-up-signet-"), "{error}");
    // While a terminal is at work for this key, nothing is taken back here and nobody is asked.
    let turn = stage.set_ups().begin(&stage.public_half(&key)).unwrap();
    let elsewhere = json!({ "code": "setUpElsewhere" });
    assert_eq!(stage.call("undo_set_up", of_site.clone()), Err(elsewhere));
    drop(turn);
    // Nothing is under way after a failure.
    assert_eq!(stage.call("set_up_work", of_site.clone()), Ok(Value::Null));
    assert_eq!(stage.code("undo_set_up", of_site.clone()), "awsLoginUnusable");
}
