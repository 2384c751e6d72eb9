//! *Replace this key*, from the window's side.

use serde_json::{Value, json};
use signet_app::HistoryStoreError;

use crate::stage::{NOW, Stage, rsa_pem};

#[test]
fn a_key_is_replaced_and_its_last_link_is_told() {
    let stage = Stage::new();
    let old = stage.add("Client papers", &rsa_pem("2048"));
    let id = json!({ "id": old });
    assert_eq!(stage.call("replacement", id.clone()), Ok(Value::Null));
    stage.make(&old, "a.pdf");
    let spec = json!({ "id": old, "kind": "p256" });
    let made = stage.call("replace_key", spec.clone()).unwrap();
    assert_eq!(made["name"], "Client papers (new)");
    assert_eq!(stage.code("replace_key", spec), "keyBeingReplaced");

    let stage = stage.started_again();
    let start = stage.call("start", Value::Null).unwrap();
    assert_eq!(start["replacements"], json!([{ "old": old, "new": made["id"] }]));
    let waiting = json!({ "kind": "waiting", "key": made });
    assert_eq!(stage.call("replacement", id.clone()), Ok(waiting));

    let switch = |public_key_id| json!({ "id": old, "publicKeyId": public_key_id });
    assert_eq!(stage.code("switch_key", switch("K2JCJMDEHXQW5F")), "publicKeyIdOfOldKey");
    assert_eq!(stage.code("switch_key", switch("")), "publicKeyIdEmpty");
    let both = stage.call("switch_key", switch("K3TUN4J9WXYZ12")).unwrap();
    assert_eq!(both["old"]["name"], "Client papers (old)");
    assert_eq!(both["new"]["name"], "Client papers");
    assert_eq!(both["new"]["site"], both["old"]["site"]);

    let state = stage.call("replacement", id.clone()).unwrap();
    let switched = json!({
        "kind": "switched", "key": both["new"], "working": 1, "lastEnd": NOW + 86_400,
    });
    assert_eq!(state, switched);
    *stage.world.history_fails.lock().unwrap() = Some(HistoryStoreError::Unreadable);
    assert_eq!(stage.code("replacement", id.clone()), "historyUnreadable");
    *stage.world.history_fails.lock().unwrap() = None;

    stage.call("remove_key", id.clone()).unwrap();
    assert_eq!(stage.call("replacement", id), Ok(Value::Null));
}
