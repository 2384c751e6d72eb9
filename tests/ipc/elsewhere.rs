//! Another program changes the list of keys while the window is open: both keep what was theirs.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use signet_app::{KeyId, MadeKey, Name, SettingsError};
use signet_cloudfront::key::KeyKind;

use crate::stage::{Stage, call_with, link_of, new_key, own_pages, p256_pem};

/// A key as `signet keys make` lists it.
fn made_elsewhere(stage: &Stage, digit: &str, name: &str) {
    stage.world.settings.lock().unwrap().made.push(MadeKey {
        id: KeyId::parse(&digit.repeat(32)).unwrap(),
        name: Name::parse(name).unwrap(),
        kind: KeyKind::P256,
        fingerprint: "8f".repeat(32).parse().unwrap(),
    });
}

fn names(list: &Value) -> Vec<String> {
    let names = |of: &str| list[of].as_array().unwrap().iter().map(|key| key["name"].clone());
    names("keys").chain(names("madeKeys")).map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn kept(stage: &Stage) -> Vec<String> {
    let settings = stage.world.settings.lock().unwrap();
    let keys = settings.keys.iter().map(|key| key.name.to_string());
    keys.chain(settings.made.iter().map(|made| made.name.to_string())).collect()
}

#[test]
fn what_a_terminal_adds_is_there_after_whatever_the_window_does_next() {
    let stage = Stage::new();
    let id = stage.add("Here", &p256_pem());
    let answers = json!({
        "keyId": id, "bucket": "client-papers", "region": "", "distributionId": "",
        "publicKeyId": "", "arn": "", "domain": "", "done": [], "profile": "",
    });
    let rename = json!({ "id": id, "name": "Renamed" });
    let digits = ["1", "2", "3", "4", "5", "6"];
    let mut digits = digits.iter();
    for (command, request) in [
        ("create_link", link_of(&id, "a.pdf")),
        ("rename_key", rename),
        ("change_hash", json!({ "id": id, "hash": "sha256" })),
        ("make_key", json!({ "name": "Made here", "kind": "p256" })),
        ("answer_set_up", answers),
        ("replace_key", json!({ "id": id, "kind": "p256" })),
    ] {
        let digit = digits.next().unwrap();
        made_elsewhere(&stage, digit, &format!("Elsewhere {digit}"));
        let before = kept(&stage);
        stage.call(command, request).unwrap();
        let after = kept(&stage);
        assert!(after.contains(&format!("Elsewhere {digit}")), "{command}: {after:?}");
        assert!(after.len() >= before.len(), "{command}: {after:?}");
    }
    stage.pick("signing.pem", &p256_pem());
    made_elsewhere(&stage, "7", "Elsewhere 7");
    stage.call("add_key", new_key("Added here")).unwrap();
    stage.call("remove_key", json!({ "id": id })).unwrap();
    let after = kept(&stage);
    for digit in 1..=7 {
        assert!(after.contains(&format!("Elsewhere {digit}")), "{after:?}");
    }
}

#[test]
fn the_window_notices_and_says_nothing_while_nothing_changes() {
    let stage = Stage::new();
    stage.add("Here", &p256_pem());
    let shown = || stage.call("start", Value::Null).unwrap();
    made_elsewhere(&stage, "1", "Elsewhere");
    assert_eq!(names(&shown()), ["Here"], "nobody looks before the window is there");
    call_with(&stage.window, own_pages(), "watch_keys", json!({ "channel": "__CHANNEL__:1" }))
        .unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while names(&shown()) != ["Here", "Elsewhere"] {
        assert!(Instant::now() < end, "{}", shown());
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(shown()["changesElsewhere"], 1);
    *stage.world.read_fails.lock().unwrap() = Some(SettingsError::Newer);
    while shown()["listTrouble"] == Value::Null {
        assert!(Instant::now() < end, "{}", shown());
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(shown()["listTrouble"], json!({ "code": "settings", "why": "newer" }));
    *stage.world.read_fails.lock().unwrap() = None;
    while shown()["listTrouble"] != Value::Null {
        assert!(Instant::now() < end, "{}", shown());
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(names(&shown()), ["Here", "Elsewhere"]);
}

#[test]
fn a_window_that_cannot_read_the_list_changes_nothing_and_does_what_needs_none() {
    for (error, why) in [
        (SettingsError::Newer, "newer"),
        (SettingsError::Unreadable, "unreadable"),
        (SettingsError::Damaged, "damaged"),
    ] {
        let trouble = json!({ "code": "settings", "why": why });
        let stage = Stage::new();
        stage.add("Here", &p256_pem());
        let (settings, secrets) = (
            stage.world.settings.lock().unwrap().clone(),
            stage.world.secrets.lock().unwrap().clone(),
        );
        *stage.world.read_fails.lock().unwrap() = Some(error);
        let blind = stage.started_again();
        let start = blind.call("start", Value::Null).unwrap();
        assert_eq!((&start["listTrouble"], &start["keys"]), (&trouble, &json!([])));
        let refused = blind.call("make_key", json!({ "name": "New", "kind": "p256" }));
        assert_eq!(refused, Err(trouble.clone()));
        blind.pick("signing.pem", &p256_pem());
        assert_eq!(blind.call("add_key", new_key("New")), Err(trouble.clone()));
        let answers = json!({
            "keyId": "", "bucket": "other-papers", "region": "", "distributionId": "",
            "publicKeyId": "", "arn": "", "domain": "", "done": [], "profile": "",
        });
        let told = blind.call("answer_set_up", answers).unwrap();
        assert_eq!((&told["saved"], &told["trouble"]), (&json!(false), &trouble));
        *stage.world.read_fails.lock().unwrap() = None;
        assert_eq!(*stage.world.settings.lock().unwrap(), settings);
        assert_eq!(*stage.world.secrets.lock().unwrap(), secrets);
        // What needs no list.
        let practice = blind.call("start_practice", Value::Null).unwrap();
        let request = json!({
            "signer": { "kind": "practice" }, "address": practice["documentAddress"],
            "lifetime": { "kind": "oneMinute" },
        });
        let link = blind.call("create_link", request).unwrap();
        blind.call("inspect_link", json!({ "text": link["link"] })).unwrap();
    }
}
