//! The set-up of CloudFront by hand and by somebody else, from the window's side.

use serde_json::{Value, json};
use signet_app::{KeychainError, SaveError};

use crate::stage::Stage;

const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";

fn made_key(stage: &Stage) -> String {
    let made = json!({ "siteId": null, "name": "Client papers", "kind": "p256" });
    let site = stage.call("make_key", made).unwrap();
    site["keys"][0]["id"].as_str().unwrap().to_owned()
}

fn answers(key: &str) -> Value {
    json!({
        "keyId": key, "bucket": "client-papers", "region": "eu-central-1", "distributionId": "",
        "publicKeyId": "", "arn": "", "domain": "", "profile": "", "done": [],
    })
}

fn states(view: &Value) -> Vec<&str> {
    view["steps"].as_array().unwrap().iter().map(|of| of["state"].as_str().unwrap()).collect()
}

#[test]
fn a_set_up_by_hand_goes_on_after_a_restart_and_ends_with_a_link() {
    let stage = Stage::new();
    let site = stage.add_site("Client papers");
    let of_site = json!({ "siteId": site });
    let empty = stage.call("set_up", of_site.clone()).unwrap();
    assert_eq!(&states(&empty)[..3], ["open", "open", "waiting"]);
    let made = json!({ "siteId": site, "name": "", "kind": "p256" });
    let made = stage.call("make_key", made).unwrap();
    let key = made["keys"][0]["id"].as_str().unwrap().to_owned();
    // Whoever has not chosen means the site's own key.
    let view = stage.call("set_up", of_site.clone()).unwrap();
    assert_eq!((&view["answers"]["keyId"], &states(&view)[0]), (&json!(key), &"done"));
    // To have looked at it is not to have begun it.
    let begun = || stage.call("start", Value::Null).unwrap()["sites"][0]["isSetUpBegun"].clone();
    assert_eq!(begun(), json!(false));
    let mut typed = answers(&key);
    stage.answer(&site, &typed).unwrap();
    assert_eq!(begun(), json!(true));
    let pem = stage.call("show_public_key", json!({ "id": key })).unwrap()["pem"].clone();
    stage
        .call("copy_set_up_value", json!({ "siteId": site, "step": "publicKey", "value": "key" }))
        .unwrap();
    assert_eq!(json!(*stage.world.copied.lock().unwrap()), pem);

    typed["publicKeyId"] = json!("K2JCJMDEHXQW5F");
    typed["done"] = json!(["publicKey", "keyGroup"]);
    typed["arn"] = json!("E2QWRUHAPOMQZL");
    let view = stage.answer(&site, &typed).unwrap();
    let wrong = json!([{
        "field": "arn",
        "error": { "code": "arn", "why": "isDistributionId", "id": "E2QWRUHAPOMQZL" },
    }]);
    assert_eq!((&view["errors"], &view["answers"], &view["saved"]), (&wrong, &typed, &json!(true)));

    // What was wrong is not written down; everything else is.
    let stage = stage.started_again();
    let view = stage.call("set_up", json!({ "siteId": site })).unwrap();
    typed["arn"] = json!("");
    assert_eq!(view["answers"], typed);
    assert_eq!(states(&view)[2..4], ["done", "done"]);
    let early = stage.call("register_set_up", json!({ "siteId": site })).unwrap_err();
    assert_eq!(early, json!({ "code": "setUpIncomplete", "step": "distribution" }));

    typed["arn"] = json!(ARN);
    typed["domain"] = json!("d111111abcdef8.cloudfront.net");
    typed["done"] = json!([
        "publicKey",
        "keyGroup",
        "accessControl",
        "distribution",
        "bucketPolicy",
        "restrictViewerAccess"
    ]);
    let view = stage.answer(&site, &typed).unwrap();
    assert_eq!(states(&view), [["done"; 8].as_slice(), &["open"]].concat());
    stage
        .call(
            "copy_set_up_value",
            json!({ "siteId": site, "step": "bucketPolicy", "value": "policy" }),
        )
        .unwrap();
    assert!(stage.world.copied.lock().unwrap().as_ref().unwrap().contains(ARN));
    let connected = stage.call("register_set_up", json!({ "siteId": site })).unwrap();
    assert_eq!(connected["keys"][0]["registration"]["publicKeyId"], "K2JCJMDEHXQW5F");
    let view = stage.call("set_up", json!({ "siteId": site })).unwrap();
    assert_eq!(view["key"], json!({ "id": key, "name": "Client papers", "isRegistered": true }));
    assert_eq!(states(&view), ["done"; 9]);
    let link = stage.make(&key, "a.pdf")["link"].as_str().unwrap().to_owned();
    assert!(link.starts_with("https://d111111abcdef8.cloudfront.net/a.pdf?"), "{link}");
    let cleared = stage.call("clear_set_up", json!({ "siteId": site })).unwrap();
    assert_eq!(cleared["answers"]["bucket"], "");
}

#[test]
fn each_form_is_handed_over_and_what_comes_back_is_read() {
    let stage = Stage::new();
    let site = stage.add_site("Plans");
    let early = stage.call("save_handoff", json!({ "siteId": site, "kind": "page" })).unwrap_err();
    assert_eq!(early, json!({ "code": "setUpIncomplete", "step": "key" }));
    let key = made_key(&stage);
    let site = stage.site_of(&key);
    stage.answer(&site, &answers(&key)).unwrap();
    for (kind, name, begins) in [
        ("page", "page.html", "<!doctype html>"),
        ("script", "script.sh", "#!/bin/sh"),
        ("template", "template.json", "{"),
    ] {
        let path = stage.folder.path().join(name);
        stage.pick_path(path.clone());
        let saved = stage.call("save_handoff", json!({ "siteId": site, "kind": kind })).unwrap();
        assert_eq!(saved, json!({ "kind": "saved", "fileName": name }));
        let text = std::fs::read_to_string(path).unwrap();
        assert!(
            text.to_lowercase().starts_with(begins),
            "{kind}: {}",
            text.lines().next().unwrap_or_default()
        );
        assert!(text.contains("PUBLIC KEY") && !text.contains("PRIVATE KEY"), "{kind}");
    }
    let text = "ID: K2JCJMDEHXQW5F\nSite: d111111abcdef8.cloudfront.net\n";
    let view = stage.call("read_set_up_result", json!({ "siteId": site, "text": text })).unwrap();
    assert_eq!(view["answers"]["publicKeyId"], "K2JCJMDEHXQW5F");
    assert_eq!(view["answers"]["domain"], "d111111abcdef8.cloudfront.net");
    assert_eq!(view["answers"]["bucket"], "client-papers");
    stage.call("register_set_up", json!({ "siteId": site })).unwrap();
}

#[test]
fn a_private_key_that_is_pasted_is_written_nowhere() {
    let stage = Stage::new();
    let site = stage.add_site("Client papers");
    // The beginning of a key file, and no key.
    let pem = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----";
    let mut typed = answers("");
    for field in ["region", "distributionId", "publicKeyId", "arn", "domain"] {
        typed[field] = json!(pem);
    }
    typed["profile"] = json!(pem);
    let view = stage.answer(&site, &typed).unwrap();
    assert_eq!(view["errors"].as_array().unwrap().len(), 5);
    assert_eq!(
        stage.code("read_set_up_result", json!({ "siteId": site, "text": pem })),
        "sentBackPrivateKey"
    );
    let written = format!("{:?}", stage.world.settings.lock().unwrap());
    assert!(written.contains("client-papers"), "the control: what is right is written down");
    assert!(!written.contains("MIGHAgEAMBMG"));
}

#[test]
fn what_cannot_be_kept_or_read_is_said_and_nothing_typed_is_lost() {
    let stage = Stage::new();
    let key = made_key(&stage);
    let site = stage.site_of(&key);
    *stage.world.save_fails.lock().unwrap() = Some(SaveError::DiskFull);
    let view = stage.answer(&site, &answers(&key)).unwrap();
    assert_eq!((&view["saved"], &view["answers"]), (&json!(false), &answers(&key)));
    assert_eq!(
        view["trouble"],
        json!({ "code": "settings", "why": "notSaved", "reason": "diskFull" })
    );
    assert_eq!(stage.call("set_up", json!({ "siteId": site })).unwrap()["answers"], answers(&key));
    *stage.world.save_fails.lock().unwrap() = None;

    let stage = stage.started_again();
    *stage.world.keychain_fails.lock().unwrap() = Some(KeychainError::Locked);
    let view = stage.answer(&site, &answers(&key)).unwrap();
    assert_eq!(view["trouble"], json!({ "code": "keychain", "why": "locked" }));
    assert_eq!(view["key"]["name"], "Client papers");
    assert_eq!(
        stage.code("save_handoff", json!({ "siteId": site, "kind": "page" })),
        "keychainLocked"
    );
}

#[test]
fn two_sites_in_the_middle_of_a_set_up_know_nothing_of_each_other() {
    let stage = Stage::new();
    let key = made_key(&stage);
    let (one, other) = (stage.site_of(&key), stage.add_site("Plans"));
    let mut typed = answers(&key);
    typed["done"] = json!(["publicKey"]);
    stage.answer(&one, &typed).unwrap();
    let mut plans = answers("");
    plans["bucket"] = json!("plans");
    plans["region"] = json!("Frankfurt");
    stage.answer(&other, &plans).unwrap();
    let shown =
        |stage: &Stage, site: &str| stage.call("set_up", json!({ "siteId": site })).unwrap();
    assert_eq!(shown(&stage, &one)["answers"], typed);
    assert_eq!(shown(&stage, &other)["answers"], plans, "wrong as it is, it stays typed");
    assert_eq!(shown(&stage, &other)["key"], Value::Null, "no key of another site is meant");
    // A key of another site is none of this one's.
    plans["keyId"] = json!(key);
    stage.answer(&other, &plans).unwrap();
    assert_eq!(shown(&stage, &other)["answers"]["keyId"], "");

    let stage = stage.started_again();
    assert_eq!(shown(&stage, &one)["answers"], typed);
    assert_eq!(shown(&stage, &other)["answers"]["bucket"], "plans");
    stage.call("clear_set_up", json!({ "siteId": one })).unwrap();
    assert_eq!(shown(&stage, &other)["answers"]["bucket"], "plans");
    let start = stage.call("start", Value::Null).unwrap();
    let begun = |at: usize| start["sites"][at]["isSetUpBegun"].clone();
    assert_eq!((begun(0), begun(1)), (json!(false), json!(true)));
    stage.call("remove_site", json!({ "id": other })).unwrap();
    assert_eq!(stage.code("set_up", json!({ "siteId": other })), "siteUnknown");
}
