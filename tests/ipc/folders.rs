//! The documents of a site to choose from: what the window is told of a folder, page by page. Those of a real storage
//! are looked at in tests/window/test_choose.py.

use serde_json::{Value, json};

use crate::documents::share;
use crate::stage::{Stage, p256_pem};

fn practice() -> Value {
    json!({ "kind": "practice" })
}

/// Shares a file of this content in a folder of practice.
pub fn put(stage: &Stage, folder: &str, name: &str, content: &[u8]) {
    stage.pick(name, content);
    let chosen = stage.call("choose_document", Value::Null).unwrap();
    let mut request = share(&chosen["document"]["number"], "ask");
    request["folder"] = json!(folder);
    assert_eq!(stage.call("share_document", request).unwrap()["kind"], "shared");
}

pub fn open(stage: &Stage, folder: &str) -> Value {
    stage.call("open_folder", json!({ "signer": practice(), "folder": folder })).unwrap()
}

pub fn page(stage: &Stage, number: &Value, search: &str, order: &str) -> Value {
    let request =
        json!({ "number": number, "search": search, "order": order, "skip": 0, "take": 100 });
    stage.call("folder_page", request).unwrap()
}

pub fn names(page: &Value) -> Vec<&str> {
    let rows = page["rows"].as_array().unwrap();
    rows.iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[test]
fn the_documents_of_practice_are_there_to_choose_from_and_what_is_chosen_opens() {
    let stage = Stage::new();
    stage.call("start_practice", Value::Null).unwrap();
    put(&stage, "reports/2026", "U\u{308}bersicht #1?.pdf", b"an overview");
    put(&stage, "", "Contract.pdf", b"a contract");

    let opened = open(&stage, "");
    assert_eq!((&opened["isWhole"], &opened["read"]), (&json!(true), &json!(3)));
    let first = page(&stage, &opened["number"], "", "newest");
    assert_eq!(first["order"], "newest");
    assert_eq!(names(&first)[0], "reports");
    assert_eq!(
        first["rows"][0],
        json!({ "kind": "folder", "id": 2, "name": "reports", "folder": "reports/" })
    );
    assert_eq!(
        names(&page(&stage, &opened["number"], "", "name")),
        ["Contract.pdf", "Practice letter.html", "reports"]
    );
    assert_eq!(names(&page(&stage, &opened["number"], "CONTR", "newest")), ["Contract.pdf"]);

    let opened = open(&stage, "reports/");
    assert_eq!(page(&stage, &opened["number"], "", "newest")["rows"][0]["folder"], "reports/2026/");
    let opened = open(&stage, "reports/2026/");
    let there = page(&stage, &opened["number"], "", "newest");
    let row = &there["rows"][0];
    assert_eq!(
        (&row["kind"], &row["name"], &row["size"]),
        (&json!("document"), &json!("Übersicht #1?.pdf"), &json!(11))
    );

    // What is typed for it is this very document.
    let typed = row["typed"].as_str().unwrap();
    let request = json!({
        "signer": practice(), "address": typed, "lifetime": { "kind": "oneHour" }, "limits": {}, "note": "",
    });
    let made = stage.call("create_link", request).unwrap();
    assert_eq!(made["fileName"], "Übersicht #1?.pdf");
    assert_eq!(
        stage.call("try_fresh_link", json!({ "number": made["number"] })).unwrap()["answer"]["kind"],
        "opens"
    );
}

#[test]
fn a_folder_is_shown_page_by_page() {
    let stage = Stage::new();
    stage.call("start_practice", Value::Null).unwrap();
    for name in ["a.pdf", "b.pdf", "c.pdf"] {
        put(&stage, "", name, b"x");
    }
    let opened = open(&stage, "");
    let request = json!({ "number": opened["number"], "search": ".pdf", "order": "name", "skip": 1, "take": 1 });
    let second = stage.call("folder_page", request).unwrap();
    assert_eq!((names(&second), &second["found"]), (vec!["b.pdf"], &json!(3)));
    // All is read already.
    let read = json!({ "number": opened["number"], "answers": null });
    assert_eq!(stage.call("read_folder", read).unwrap(), opened);
}

#[test]
fn only_the_folder_that_was_opened_last_is_looked_at() {
    let stage = Stage::new();
    stage.call("start_practice", Value::Null).unwrap();
    let first = open(&stage, "");
    let second = open(&stage, "");
    let of = |opened: &Value| json!({ "number": opened["number"], "search": "", "order": "name", "skip": 0, "take": 9 });
    assert_eq!(stage.code("folder_page", of(&first)), "folderClosed");
    stage.call("close_folder", json!({ "number": first["number"] })).unwrap();
    assert_eq!(stage.call("folder_page", of(&second)).unwrap()["found"], 1);
    stage.call("close_folder", json!({ "number": second["number"] })).unwrap();
    assert_eq!(stage.code("folder_page", of(&second)), "folderClosed");
    let read = json!({ "number": second["number"], "answers": 1 });
    assert_eq!(stage.code("read_folder", read), "folderClosed");
}

#[test]
fn a_folder_that_is_none_and_a_site_without_a_storage_are_said() {
    let stage = Stage::new();
    let open = |signer: Value, folder: &str| {
        stage.code("open_folder", json!({ "signer": signer, "folder": folder }))
    };
    assert_eq!(open(practice(), ""), "practiceNotRunning");
    stage.call("start_practice", Value::Null).unwrap();
    assert_eq!(open(practice(), "a//b/"), "documentFolderEmptyFolder");
    let unknown = json!({ "kind": "site", "id": "5".repeat(32) });
    assert_eq!(open(unknown, ""), "siteUnknown");
    let key = stage.add("Client papers", &p256_pem());
    let site = json!({ "kind": "site", "id": stage.site_of(&key) });
    assert_eq!(open(site, ""), "siteTakesNoDocuments");
}
