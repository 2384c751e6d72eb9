//! Another program changes the list of keys while the window is open: both keep what was theirs.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use signet_app::{Key, KeyId, Name, SettingsError};
use signet_cloudfront::key::KeyKind;

use crate::stage::{Stage, call_with, new_key, own_pages, p256_pem};

/// A key with its site as `signet keys make` lists them.
fn made_elsewhere(stage: &Stage, digit: &str, name: &str) {
    let name = Name::parse(name).unwrap();
    let key = Key {
        id: KeyId::parse(&digit.repeat(32)).unwrap(),
        name: name.clone(),
        kind: KeyKind::P256,
        fingerprint: "8f".repeat(32).parse().unwrap(),
        registration: None,
    };
    stage.world.settings.lock().unwrap().add_site(name).keys.push(key);
}

fn names(list: &Value) -> Vec<String> {
    let sites = list["sites"].as_array().unwrap().iter();
    sites.map(|site| site["name"].as_str().unwrap().to_owned()).collect()
}

fn kept(stage: &Stage) -> Vec<String> {
    let settings = stage.world.settings.lock().unwrap();
    let keys = settings.sites.iter().flat_map(|site| &site.keys);
    keys.map(|key| key.name.to_string()).collect()
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
    let digits = ["1", "2", "3", "4", "5", "6", "8", "9"];
    let mut digits = digits.iter();
    for (command, request) in [
        ("create_link", stage.link_of(&id, "a.pdf")),
        ("rename_key", rename),
        ("change_hash", json!({ "id": id, "hash": "sha256" })),
        ("make_key", json!({ "siteId": null, "name": "Made here", "kind": "p256" })),
        ("answer_set_up", json!({ "siteId": stage.site_of(&id), "answers": answers })),
        ("replace_key", json!({ "siteId": stage.site_of(&id), "kind": "p256" })),
        ("rename_site", json!({ "id": stage.site_of(&id), "name": "Renamed site" })),
        ("add_site", json!({ "name": "Added site" })),
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
    call_with(&stage.window, own_pages(), "watch_sites", json!({ "channel": "__CHANNEL__:1" }))
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
    for (error, why, code) in [
        (SettingsError::Newer, "newer", "settingsNewer"),
        (SettingsError::Unreadable, "unreadable", "settingsUnreadable"),
        (SettingsError::Damaged, "damaged", "settingsDamaged"),
    ] {
        let stage = Stage::new();
        stage.add("Here", &p256_pem());
        let (settings, secrets) = (
            stage.world.settings.lock().unwrap().clone(),
            stage.world.secrets.lock().unwrap().clone(),
        );
        *stage.world.read_fails.lock().unwrap() = Some(error);
        let blind = stage.started_again();
        let start = blind.call("start", Value::Null).unwrap();
        assert_eq!(
            (&start["listTrouble"], &start["sites"]),
            (&json!({ "code": "settings", "why": why }), &json!([]))
        );
        assert_eq!(
            blind.code("make_key", json!({ "siteId": null, "name": "New", "kind": "p256" })),
            code
        );
        blind.pick("signing.pem", &p256_pem());
        assert_eq!(blind.code("add_key", new_key("New")), code);
        let answers = json!({
            "keyId": "", "bucket": "other-papers", "region": "", "distributionId": "",
            "publicKeyId": "", "arn": "", "domain": "", "done": [], "profile": "",
        });
        // No site is known, so nothing is set up for one.
        assert_eq!(blind.answer(&"0".repeat(32), &answers).unwrap_err()["code"], "siteUnknown");
        assert_eq!(blind.code("add_site", json!({ "name": "New" })), code);
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
