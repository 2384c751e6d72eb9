//! Plan, apply and undo, where nothing goes wrong.

use serde_json::json;

use crate::stage::Stage;

#[test]
fn what_is_planned_is_made_once_and_taken_back_whole() {
    let stage = Stage::new();
    let before = stage.account();
    let plan = stage.plan(&[]);
    assert_eq!(plan["account"], stage.account.as_str());
    let steps: Vec<_> =
        plan["steps"].as_array().unwrap().iter().map(|step| &step["step"]).collect();
    assert_eq!(
        steps,
        ["access-control", "public-key", "key-group", "new-distribution", "bucket-policy"]
    );
    assert!(stage.proxy.calls().iter().all(|call| !call.is_write()));
    assert_eq!(stage.account(), before);

    let said = stage.apply(&[]);
    let made = stage.account();
    let [distributions, keys] = [&made["distributions"], &made["public_keys"]];
    let (id, config) = distributions.as_object().unwrap().iter().next().unwrap();
    assert_eq!(distributions.as_object().unwrap().len(), 1);
    let key = keys[0]["Id"].as_str().unwrap();
    assert!(said.starts_with(&format!("Public key ID: {key}\nSite: ")), "{said}");
    assert_eq!(keys[0]["PublicKeyConfig"]["EncodedKey"], stage.key.to_spki_pem());
    assert_eq!(made["key_groups"][0]["KeyGroupConfig"]["Items"], json!([key]));
    let trusted = &config["DefaultCacheBehavior"]["TrustedKeyGroups"];
    assert_eq!(trusted["Items"], json!([made["key_groups"][0]["Id"]]));
    assert_eq!(
        config["Origins"]["Items"][0]["OriginAccessControlId"],
        made["access_controls"][0]["Id"]
    );
    // The console shows it by this name.
    let tag = json!({ "Key": "Name", "Value": plan["name"] });
    assert_eq!(made["tags"][id], json!([tag]));
    let policy = made["policy"].as_str().unwrap();
    assert!(policy.contains(&format!("distribution/{id}")));
    assert!(policy.contains("s3:GetObject") && !policy.contains("ListBucket"), "{policy}");

    // A second time there is nothing to do, and nothing is made twice.
    assert_eq!(stage.plan(&[])["nothing_to_do"], true);
    stage.proxy.calls();
    assert_eq!(stage.apply(&[]), said);
    assert!(stage.proxy.calls().iter().all(|call| !call.is_write()));
    assert_eq!(stage.account(), made);

    stage.undo();
    assert_eq!(stage.account(), before);
    let (what, _) = stage.failed(&["undo", "--yes"]);
    assert_eq!(what, "Nothing was made for this key from this computer.");
    // A key that is in no list leaves nothing behind, and the list was not touched.
    let folder = std::fs::read_dir(stage.path(".config/signet")).unwrap();
    let left: Vec<_> = folder.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_key_that_was_made_here_is_connected_and_waits_again_after_undo() {
    let stage = Stage::new();
    let folder = stage.path(".config/signet");
    std::fs::create_dir_all(&folder).unwrap();
    let settings = folder.join("settings.json");
    let key = json!({
        "id": "1".repeat(32), "name": "Papers", "kind": "p256",
        "fingerprint": stage.key.fingerprint().to_string()
    });
    let written = json!({
        "version": 3, "keys": [], "made": [key], "last_key": null, "last_lifetime": null
    });
    std::fs::write(&settings, written.to_string()).unwrap();
    let read = || -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(&settings).unwrap()).unwrap()
    };
    let words = stage.words("apply", &["--yes", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&stage.done(&words)).unwrap();
    assert_eq!(said["key"], "Papers");
    let kept = read();
    assert_eq!(kept["version"], 4, "what an older version wrote is brought forward");
    let id = |kept: &serde_json::Value| {
        kept["sites"][0]["keys"][0]["registration"]["public_key_id"].clone()
    };
    assert_eq!(id(&kept), said["public_key_id"]);
    assert_eq!(kept["sites"][0]["address"], format!("https://{}", said["site"].as_str().unwrap()));
    stage.apply(&[]);
    assert_eq!(read(), kept);
    stage.undo();
    let undone = read();
    let [site] = undone["sites"].as_array().unwrap().as_slice() else { panic!("{undone}") };
    assert_eq!(site["keys"][0]["fingerprint"], key["fingerprint"]);
    assert_eq!((&site["address"], &id(&undone)), (&json!(null), &json!(null)));
    // And once more, under another id.
    stage.apply(&[]);
    assert!(id(&read()).is_string());
    assert_ne!(id(&read()), said["public_key_id"]);
}

#[test]
fn nothing_is_done_without_a_yes() {
    let stage = Stage::new();
    let before = stage.account();
    let output = stage.run(&stage.words("apply", &[]));
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("will make   the public key") && error.contains("--yes"), "{error}");
    assert_eq!(stage.account(), before);
}
