//! The list of links from the window's side, over the real file.

use serde_json::{Value, json};
use signet_app::{HistoryStoreError, SaveError};

use crate::stage::{NOW, Stage, first_links, p256_pem, rsa_pem};

fn listed(stage: &Stage, search: &str) -> Value {
    stage.call("list_history", first_links(search)).unwrap()
}

fn names(view: &Value) -> Vec<&str> {
    let entries = view["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["fileName"].as_str().unwrap()).collect()
}

#[test]
fn a_link_is_listed_with_what_it_is() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    assert_eq!(
        listed(&stage, ""),
        json!({ "entries": [], "found": 0, "total": 0, "counts": null, "unreadable": 0 })
    );
    let mut request = stage.link_of(&id, "reports/Q3 r\u{e9}sum\u{e9}.pdf");
    request["limits"] = json!({ "start": null, "network": "203.0.113.7", "folder": "" });
    let made = stage.call("create_link", request).unwrap();
    assert_eq!(made["historyTrouble"], Value::Null);
    let view = listed(&stage, "");
    let entry = json!({
        "id": made["entryId"], "fileName": "Q3 r\u{e9}sum\u{e9}.pdf",
        "url": "https://docs.example.com/reports/Q3%20r%C3%A9sum%C3%A9.pdf",
        "host": "docs.example.com", "keyId": id, "keyName": "Client papers", "keyIsHere": true,
        "createdAt": NOW, "startsAt": null, "expiresAt": made["expiresAt"],
        "network": "203.0.113.7", "folder": "/reports/*", "note": "",
    });
    // The hour before its end is a state of its own.
    let next_change = made["expiresAt"].as_i64().unwrap() - 3_599;
    let counts = json!({
        "waiting": 0, "works": 1, "ending": 0, "ended": 0, "nextChange": next_change,
    });
    assert_eq!(
        view,
        json!({ "entries": [entry], "found": 1, "total": 1, "counts": counts, "unreadable": 0 })
    );

    // A key is listed under its present name while it is here.
    stage.call("rename_key", json!({ "id": id, "name": "Board papers" })).unwrap();
    assert_eq!(listed(&stage, "BOARD")["entries"][0]["keyName"], "Board papers");
    let of_key = stage.call("links_of_key", json!({ "keyId": id })).unwrap();
    assert_eq!(of_key["found"], 1);
    stage.call("remove_key", json!({ "id": id })).unwrap();
    let entry = &listed(&stage, "")["entries"][0];
    assert_eq!((&entry["keyName"], &entry["keyIsHere"]), (&json!("Client papers"), &json!(false)));
}

#[test]
fn a_link_is_copied_again_as_it_was() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &rsa_pem("2048"));
    let made = stage.make(&id, "a.pdf");
    // The key signs differently from now on, and the old link stays what it was.
    stage.call("change_hash", json!({ "id": id, "hash": "sha256" })).unwrap();
    stage.world.now.fetch_add(600, std::sync::atomic::Ordering::Relaxed);
    stage.call("copy_again", json!({ "id": made["entryId"] })).unwrap();
    assert_eq!(stage.world.copied.lock().unwrap().as_deref(), made["link"].as_str());
}

#[test]
fn a_link_like_an_old_one_is_made_from_its_recipe() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let mut request = stage.link_of(&id, "reports/a b.pdf");
    request["lifetime"] = json!({ "kind": "until", "local": "2026-12-31T17:00" });
    let limits =
        json!({ "start": "2026-11-26T09:00", "network": "203.0.113.0/24", "folder": "reports" });
    request["limits"] = limits;
    let made = stage.call("create_link", request).unwrap();
    stage.call("set_note", json!({ "id": made["entryId"], "note": "Frau Schmidt" })).unwrap();
    let recipe = stage.call("recipe_of", json!({ "id": made["entryId"] })).unwrap();
    let limits = json!({
        "start": "2026-11-26T09:00", "network": "203.0.113.0/24", "folder": "/reports/*",
    });
    assert_eq!(
        recipe,
        json!({
            "signer": { "kind": "site", "id": stage.site_of(&id) },
            "address": "reports/a b.pdf",
            "limits": limits, "lifetime": { "kind": "sevenDays" }, "note": "Frau Schmidt",
        })
    );
    let again = stage.call("create_link", recipe).unwrap();
    assert_eq!(again["url"], made["url"]);
    assert_eq!(again["limited"], made["limited"]);
    assert_ne!(again["expiresAt"], made["expiresAt"]);
}

#[test]
fn a_note_is_kept_and_found() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let made = stage.make(&id, "a.pdf");
    stage.make(&id, "b.pdf");
    let request = json!({ "id": made["entryId"], "note": "  Ms J\u{d3}NES " });
    let entry = stage.call("set_note", request).unwrap();
    assert_eq!(entry["note"], "Ms J\u{d3}NES");
    let found = listed(&stage, "j\u{f3}nes");
    assert_eq!((names(&found), &found["found"]), (vec!["a.pdf"], &json!(1)));
    assert_eq!(found["entries"][0], entry);
}

#[test]
fn what_was_removed_is_put_back_until_all_is_cleared() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let made = ["a.pdf", "b.pdf", "c.pdf"].map(|name| stage.make(&id, name));
    let both = json!({ "ids": [made[0]["entryId"], made[2]["entryId"]] });
    let before = listed(&stage, "");
    stage.call("remove_entries", both.clone()).unwrap();
    assert_eq!(names(&listed(&stage, "")), ["b.pdf"]);
    assert_eq!(stage.code("copy_again", json!({ "id": made[0]["entryId"] })), "entryUnknown");
    stage.call("restore_entries", both.clone()).unwrap();
    assert_eq!(listed(&stage, ""), before);
    // It was put back, so there is nothing more to put back.
    assert_eq!(stage.code("restore_entries", both.clone()), "entryUnknown");

    stage.call("remove_entries", both.clone()).unwrap();
    stage.call("clear_history", Value::Null).unwrap();
    assert_eq!(listed(&stage, "")["total"], 0);
    assert_eq!(stage.code("restore_entries", both), "entryUnknown");
}

#[test]
fn the_list_is_exported_for_a_spreadsheet() {
    let stage = Stage::new();
    let id = stage.add("=1+1", &p256_pem());
    let made = stage.make(&id, "a.pdf");
    let request = json!({ "id": made["entryId"], "note": "@Jun, \"now\"" });
    stage.call("set_note", request).unwrap();
    for (with_links, name) in [(false, "links"), (true, "with links")] {
        let path = stage.folder.path().join(name);
        stage.pick_path(path.clone());
        let saved = stage.call("export_history", json!({ "withLinks": with_links })).unwrap();
        assert_eq!(saved, json!({ "kind": "saved", "fileName": format!("{name}.csv") }));
        let table = std::fs::read_to_string(path.with_extension("csv")).unwrap();
        assert!(table.contains(",\"'=1+1\",\"2026-11-24T12:00:00+00:00\",\"\","), "{table}");
        assert!(table.contains(",\"'@Jun, \"\"now\"\"\""), "{table}");
        assert_eq!(table.contains(made["link"].as_str().unwrap()), with_links);
        assert_eq!(table.contains("Signature="), with_links);
    }
    let request = json!({ "withLinks": false });
    assert_eq!(stage.call("export_history", request).unwrap(), json!({ "kind": "cancelled" }));
}

#[test]
fn a_link_is_made_where_it_cannot_be_listed() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let listed_link = stage.make(&id, "a.pdf");
    for (fault, reason) in [
        (HistoryStoreError::NotSaved { reason: SaveError::DiskFull }, "diskFull"),
        (HistoryStoreError::NotSaved { reason: SaveError::ReadOnly }, "readOnly"),
        (HistoryStoreError::Unreadable, "other"),
    ] {
        *stage.world.history_fails.lock().unwrap() = Some(fault);
        let made = stage.make(&id, "a.pdf");
        assert_eq!(made["link"], listed_link["link"]);
        assert_eq!(made["entryId"], Value::Null);
        assert_eq!(made["historyTrouble"], json!({ "reason": reason }));
    }
    *stage.world.history_fails.lock().unwrap() = None;
    assert_eq!(listed(&stage, "")["total"], 1);
}

#[test]
fn a_history_that_is_none_is_put_aside_and_named_at_the_start() {
    let stage = Stage::new();
    let profile = stage.folder.path().join("profile");
    std::fs::create_dir(&profile).unwrap();
    std::fs::write(profile.join("history.sqlite3"), b"not a history").unwrap();
    let start = stage.call("start", Value::Null).unwrap();
    assert_eq!(start["historySetAside"], "history.damaged-1.sqlite3");
    let kept = std::fs::read(profile.join("history.damaged-1.sqlite3")).unwrap();
    assert_eq!(kept, b"not a history");
    let id = stage.add("Client papers", &p256_pem());
    assert_eq!(stage.make(&id, "a.pdf")["historyTrouble"], Value::Null);
}

#[test]
fn practice_is_not_listed() {
    let stage = Stage::new();
    let practice = stage.call("start_practice", Value::Null).unwrap();
    let request = json!({
        "signer": { "kind": "practice" }, "address": practice["documentAddress"],
        "lifetime": { "kind": "oneMinute" },
    });
    let made = stage.call("create_link", request).unwrap();
    assert_eq!((&made["entryId"], &made["historyTrouble"]), (&Value::Null, &Value::Null));
    assert_eq!(listed(&stage, "")["total"], 0);
    stage.call("leave_practice", Value::Null).unwrap();
}
