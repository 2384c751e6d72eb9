//! *Replace this key*, from the window's side.

use serde_json::{Value, json};
use signet_app::HistoryStoreError;

use crate::stage::{Stage, day_end_in, rsa_pem};

#[test]
fn a_key_is_replaced_and_its_last_link_is_told() {
    let stage = Stage::new();
    let old = stage.add("Client papers", &rsa_pem("2048"));
    let site = stage.site_of(&old);
    let id = json!({ "siteId": site });
    assert_eq!(stage.call("replacement", id.clone()), Ok(Value::Null));
    stage.make(&old, "a.pdf");
    let replace = json!({ "siteId": site, "kind": "p256" });
    let begun = stage.call("replace_key", replace.clone()).unwrap();
    let made = begun["keys"][1].clone();
    assert_eq!(made["name"], "Client papers (new)");
    assert_eq!((&begun["signingKeyId"], &begun["newKeyId"]), (&json!(old), &made["id"]));
    assert_eq!(stage.code("replace_key", replace), "keyBeingReplaced");

    let stage = stage.started_again();
    let start = stage.call("start", Value::Null).unwrap();
    assert_eq!(start["sites"], json!([begun]));
    let waiting = json!({ "kind": "waiting", "key": made });
    assert_eq!(stage.call("replacement", id.clone()), Ok(waiting));

    let switch = |public_key_id| json!({ "siteId": site, "publicKeyId": public_key_id });
    assert_eq!(stage.code("switch_key", switch("K2JCJMDEHXQW5F")), "publicKeyIdOfOldKey");
    assert_eq!(stage.code("switch_key", switch("")), "publicKeyIdEmpty");
    let switched = stage.call("switch_key", switch("K3TUN4J9WXYZ12")).unwrap();
    assert_eq!(switched["name"], "Client papers", "the site is called as it was");
    assert_eq!(switched["keys"][0]["name"], "Client papers (old)");
    assert_eq!(switched["keys"][1]["name"], "Client papers");
    assert_eq!((&switched["signingKeyId"], &switched["newKeyId"]), (&made["id"], &Value::Null));

    let state = stage.call("replacement", id.clone()).unwrap();
    let told = json!({
        "kind": "switched", "key": switched["keys"][1], "old": switched["keys"][0], "working": 1,
        "lastEnd": day_end_in(1),
    });
    assert_eq!(state, told);
    // A link of the site is made with the new key from now on, and one like an old one too.
    let link = stage.make(&old, "b.pdf")["link"].as_str().unwrap().to_owned();
    assert!(link.contains("&Key-Pair-Id=K3TUN4J9WXYZ12"), "{link}");
    *stage.world.history_fails.lock().unwrap() = Some(HistoryStoreError::Unreadable);
    assert_eq!(stage.code("replacement", id.clone()), "historyUnreadable");
    *stage.world.history_fails.lock().unwrap() = None;

    stage.call("remove_key", json!({ "id": old })).unwrap();
    assert_eq!(stage.call("replacement", id), Ok(Value::Null));
}
