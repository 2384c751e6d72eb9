//! What is done with a document of a site: links, another name, other content, taking away and bringing back, as practice
//! has it. A real storage is asked in tests/window/test_site_documents.py.

use serde_json::{Value, json};

use crate::folders::{names, open, page, put};
use crate::stage::Stage;

/// Practice with a contract and an offer, and the folder that is open.
fn practice() -> (Stage, Value) {
    let stage = Stage::new();
    stage.call("start_practice", Value::Null).unwrap();
    put(&stage, "", "Contract.pdf", b"the contract");
    put(&stage, "", "Offer.pdf", b"the offer");
    let opened = open(&stage, "");
    (stage, opened["number"].clone())
}

fn row(stage: &Stage, number: &Value, name: &str) -> Value {
    let there = page(stage, number, name, "name");
    there["rows"][0].clone()
}

fn of(number: &Value, row: &Value) -> Value {
    json!({ "number": number, "id": row["id"] })
}

#[test]
fn a_document_that_is_taken_away_comes_back_on_undo_and_only_once() {
    let (stage, number) = practice();
    let contract = row(&stage, &number, "Contract");
    let taken = stage.call("take_away_document", of(&number, &contract)).unwrap();
    assert_eq!((&taken["name"], &taken["caches"]), (&json!("Contract.pdf"), &json!("told")));
    let all = |stage: &Stage| {
        names(&page(stage, &number, "", "name"))
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&stage), ["Offer.pdf", "Practice letter.html"]);
    assert_eq!(stage.code("take_away_document", of(&number, &contract)), "folderClosed");

    let undo = json!({ "undo": taken["undo"] });
    stage.call("undo_document", undo.clone()).unwrap();
    assert_eq!(all(&stage), ["Contract.pdf", "Offer.pdf", "Practice letter.html"]);
    assert_eq!(row(&stage, &number, "Contract"), contract);
    assert_eq!(stage.code("undo_document", undo), "nothingToUndo");
}

#[test]
fn what_has_its_name_by_then_is_not_overwritten_by_undo() {
    let (stage, number) = practice();
    let contract = row(&stage, &number, "Contract");
    let taken = stage.call("take_away_document", of(&number, &contract)).unwrap();
    put(&stage, "", "Contract.pdf", b"another one");
    assert_eq!(stage.code("undo_document", json!({ "undo": taken["undo"] })), "documentNotKept");
    let again = open(&stage, "");
    assert_eq!(row(&stage, &again["number"], "Contract")["size"], 11);
}

#[test]
fn a_document_gets_another_name_and_its_old_one_back() {
    let (stage, number) = practice();
    let contract = row(&stage, &number, "Contract");
    let rename = |to: &str| {
        let mut request = of(&number, &contract);
        request["to"] = json!(to);
        request
    };
    assert_eq!(stage.code("rename_document", rename("Offer.pdf")), "documentNameTaken");
    assert_eq!(stage.code("rename_document", rename(" ")), "documentNewNameEmpty");
    assert_eq!(stage.code("rename_document", rename("a/../b.pdf")), "documentNewNameDots");
    let renamed = stage.call("rename_document", rename("reports/Vertrag.pdf")).unwrap();
    assert_eq!(renamed["name"], "Vertrag.pdf");
    // It lies elsewhere now.
    assert_eq!(names(&page(&stage, &number, "", "name")), ["Offer.pdf", "Practice letter.html"]);
    let reports = open(&stage, "reports/");
    assert_eq!(row(&stage, &reports["number"], "")["name"], "Vertrag.pdf");

    stage.call("undo_document", json!({ "undo": renamed["undo"] })).unwrap();
    let again = open(&stage, "");
    assert_eq!(row(&stage, &again["number"], "Contract")["size"], 12);
}

#[test]
fn a_file_takes_the_place_of_the_version_that_was_shown_and_of_no_other() {
    let (stage, number) = practice();
    let contract = row(&stage, &number, "Contract");
    stage.pick("signed.pdf", b"the contract, signed");
    let chosen = stage.call("choose_document", Value::Null).unwrap();
    let mut request = of(&number, &contract);
    request["document"] = chosen["document"]["number"].clone();
    let replaced = stage.call("replace_document", request).unwrap();
    assert_eq!((&replaced["name"], &replaced["undo"]), (&json!("Contract.pdf"), &Value::Null));
    assert_eq!(row(&stage, &number, "Contract")["size"], 20);

    // Somebody else replaces it while this folder is looked at.
    let offer = row(&stage, &number, "Offer");
    stage.pick("Offer.pdf", b"another offer");
    let chosen = stage.call("choose_document", Value::Null).unwrap();
    let share = crate::documents::share(&chosen["document"]["number"], "replace");
    stage.call("share_document", share).unwrap();
    for command in ["take_away_document", "rename_document", "replace_document"] {
        let mut request = of(&number, &offer);
        request["to"] = json!("x.pdf");
        request["document"] = chosen["document"]["number"].clone();
        assert_eq!(stage.code(command, request), "documentNotAsShown", "{command}");
    }
    let again = open(&stage, "");
    assert_eq!(row(&stage, &again["number"], "Offer")["size"], 13);
}

#[test]
fn of_practice_no_links_are_written_down() {
    let (stage, number) = practice();
    let contract = row(&stage, &number, "Contract");
    assert_eq!(stage.call("links_of_document", of(&number, &contract)).unwrap(), Value::Null);
    let unknown = json!({ "number": number, "id": 99 });
    assert_eq!(stage.code("links_of_document", unknown), "folderClosed");
}
