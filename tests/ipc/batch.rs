//! Many links at once from the window's side, over the real file.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use signet_app::{BatchId, HistoryStore, HistoryStoreError, KeychainError, SaveError};

use crate::stage::{NOW, Stage, day_end_in, first_links, name_of, p256_pem};

const DAY: i64 = 86_400;

impl Stage {
    fn with_list(text: &str) -> (Self, String) {
        let stage = Self::new();
        let id = stage.add("Client papers", &p256_pem());
        let request = json!({ "siteId": stage.site_of(&id), "text": text, "folder": "" });
        stage.call("read_list", request).unwrap();
        (stage, id)
    }

    fn make_list(&self) -> Value {
        let request = json!({ "lifetime": { "kind": "oneDay" } });
        assert_eq!(self.call("create_batch", request).unwrap()["stage"], "making");
        self.made_list()
    }

    /// The list once nothing is being made any more.
    fn made_list(&self) -> Value {
        let began = Instant::now();
        loop {
            let list = self.list();
            if list["stage"] != "making" {
                return list;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{list}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn list(&self) -> Value {
        self.call("batch_state", Value::Null).unwrap()["list"].clone()
    }

    fn rows(&self, show: &str) -> Vec<Value> {
        let request = json!({ "show": show, "skip": 0, "take": 100_000 });
        let view = self.call("list_rows", request).unwrap();
        assert_eq!(view["found"], view["rows"].as_array().unwrap().len());
        view["rows"].as_array().unwrap().clone()
    }

    fn copied(&self) -> String {
        self.world.copied.lock().unwrap().clone().unwrap()
    }
}

fn numbered(count: usize) -> String {
    (0..count).map(|number| format!("{number}.pdf\n")).collect()
}

#[test]
fn a_list_becomes_links_that_are_copied_saved_and_printed() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let text = "Document\tFor\tWorks until\nQ3 r\u{e9}sum\u{e9}.pdf\tMs Jones\t\nb.pdf\t\t2 days\n";
    let request = json!({ "siteId": stage.site_of(&id), "text": text, "folder": "reports" });
    let read = stage.call("read_list", request).unwrap();
    assert_eq!(
        read,
        json!({
            "siteId": stage.site_of(&id), "siteName": "Client papers", "host": "docs.example.com", "total": 2,
            "problems": 0, "leftOut": 0, "ownEnds": 1, "stage": "planned", "made": 0, "failed": 0,
            "unlisted": 0, "rate": 0, "trouble": null, "encoding": null, "questions": [],
        })
    );
    assert_eq!(
        stage.rows("all")[0],
        json!({
            "id": 0, "line": 2, "typed": "Q3 r\u{e9}sum\u{e9}.pdf", "fileName": "Q3 r\u{e9}sum\u{e9}.pdf",
            "url": "https://docs.example.com/reports/Q3%20r%C3%A9sum%C3%A9.pdf", "end": "",
            "isDayNumber": false, "expiresAt": null, "note": "Ms Jones", "state": "ready", "error": null,
        })
    );
    assert_eq!(stage.rows("all")[1]["expiresAt"], NOW + 2 * DAY);

    let list = stage.make_list();
    assert_eq!((&list["stage"], &list["made"]), (&json!("finished"), &json!(2)));
    assert!(list["rate"].as_u64().unwrap() > 0, "{list}");
    let row = &stage.rows("made")[0];
    assert_eq!((&row["state"], &row["expiresAt"]), (&json!("made"), &json!(day_end_in(1))));

    // The same links as alone, and in the history with their notes.
    let alone = stage.make(&id, "reports/Q3 r\u{e9}sum\u{e9}.pdf")["link"].clone();
    stage.call("copy_row", json!({ "id": 0 })).unwrap();
    let first = stage.copied();
    assert_eq!(first, alone.as_str().unwrap());
    stage.call("copy_all_rows", Value::Null).unwrap();
    let all = stage.copied();
    let lines: Vec<_> = all.lines().collect();
    assert_eq!((lines.len(), lines[0]), (2, first.as_str()));
    let history = stage.call("list_history", first_links("jones")).unwrap();
    assert_eq!(history["entries"][0]["note"], "Ms Jones");

    let path = stage.folder.path().join("links.csv");
    stage.pick_path(path.clone());
    let saved = stage.call("save_rows", Value::Null).unwrap();
    assert_eq!(saved, json!({ "kind": "saved", "fileName": "links.csv" }));
    let table = std::fs::read_to_string(path).unwrap();
    let end = chrono::DateTime::from_timestamp(day_end_in(1), 0).unwrap().to_rfc3339();
    for part in [first.as_str(), lines[1], "Ms Jones", &end, "docs.example.com"] {
        assert!(table.contains(part), "{part}\n{table}");
    }

    let codes = stage.call("sheet_codes", json!({ "skip": 1, "take": 5 })).unwrap();
    let [code] = &codes.as_array().unwrap()[..] else { panic!("{codes}") };
    assert_eq!((&code["fileName"], &code["expiresAt"]), (&json!("b.pdf"), &json!(NOW + 2 * DAY)));
    assert!(code["qr"]["path"].as_str().unwrap().starts_with('M'));
    stage.call("print_sheet", Value::Null).unwrap();
    assert_eq!(*stage.world.printed.lock().unwrap(), 1);

    // What was chosen is chosen the next time.
    let start = stage.call("start", Value::Null).unwrap();
    assert_eq!(start["lastLifetime"], json!({ "kind": "oneDay" }));
    assert_eq!(start["lastSigner"], json!({ "kind": "site", "id": stage.site_of(&id) }));
}

#[test]
fn a_list_comes_out_of_a_file_too() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let request = json!({ "siteId": stage.site_of(&id), "folder": "" });
    assert_eq!(stage.call("choose_list", request.clone()).unwrap(), json!({ "kind": "cancelled" }));
    stage.pick("readers.csv", "Datei;x\n\u{fc}.pdf;y\n".as_bytes());
    let read = stage.call("choose_list", request).unwrap();
    assert_eq!((&read["kind"], &read["fileName"]), (&json!("read"), &json!("readers.csv")));
    assert_eq!(read["list"]["total"], 1, "the heading is known");
    assert_eq!(read["list"]["encoding"], Value::Null);
    assert!(!read.to_string().contains(stage.folder.path().to_str().unwrap()), "no path");
}

#[test]
fn a_column_of_dates_is_asked_about_and_answered_for_all_rows() {
    let (stage, _) = Stage::with_list("Document;Meeting;Note\na.pdf;2027-01-08;x\nb.pdf;;y\n");
    let state = || stage.call("batch_state", Value::Null).unwrap()["list"].clone();
    let question = json!({
        "kind": "column", "column": 0, "heading": "Meeting", "number": 2, "example": "2027-01-08",
        "asks": "isEnd", "answer": null, "rows": 1,
    });
    assert_eq!((&state()["questions"], &state()["problems"]), (&json!([question]), &json!(1)));
    let answer = |answer: bool| {
        let request = json!({ "kind": "column", "column": 0, "answer": answer });
        stage.call("answer_list", request).unwrap()
    };
    assert_eq!((&answer(true)["problems"], &state()["ownEnds"]), (&json!(0), &json!(1)));
    assert!(stage.rows("all")[0]["expiresAt"].is_i64());
    assert_eq!((&answer(false)["problems"], &state()["ownEnds"]), (&json!(0), &json!(0)));

    let (stage, _) = Stage::with_list("Document;Expires\na.pdf;5/6/2027\nb.pdf;46387\n");
    let list = stage.call("batch_state", Value::Null).unwrap()["list"].clone();
    let question = json!({
        "kind": "order", "example": "5/6/2027", "readings": ["2027-06-05", "2027-05-06"], "rows": 1,
    });
    assert_eq!(list["questions"], json!([question]));
    let request = json!({ "kind": "order", "isDayFirst": true });
    assert_eq!(stage.call("answer_list", request).unwrap()["problems"], 0);
    let rows = stage.rows("all");
    assert_eq!((&rows[0]["isDayNumber"], &rows[1]["isDayNumber"]), (&json!(false), &json!(true)));
}

#[test]
fn rows_with_problems_are_mended_or_left_out() {
    let (stage, _) = Stage::with_list("a.pdf\nhttps://h.example/b.pdf\nc#.pdf?Expires=1\nd.pdf\n");
    let problems = stage.rows("problems");
    let codes: Vec<_> = problems.iter().map(|row| name_of(&row["error"])).collect();
    assert_eq!(codes, ["addressOtherSite", "addressHasSigningParameter"]);
    let mend = |id: usize, typed: &str| {
        stage.call("mend_row", json!({ "id": id, "typed": typed, "end": "", "note": "" })).unwrap()
    };
    assert_eq!(mend(1, "b.pdf")["state"], "ready");
    assert_eq!(name_of(&mend(2, "")["error"]), "addressEmpty");
    let left = stage.call("leave_out_problems", Value::Null).unwrap();
    assert_eq!((&left["problems"], &left["leftOut"]), (&json!(0), &json!(1)));
    stage.call("leave_out_rows", json!({ "ids": [3], "leftOut": true })).unwrap();
    let list = stage.make_list();
    assert_eq!((&list["made"], &list["leftOut"]), (&json!(2), &json!(2)));
    let names: Vec<_> = stage.rows("made").iter().map(|row| row["fileName"].clone()).collect();
    assert_eq!(names, ["a.pdf", "b.pdf"]);
}

#[test]
fn what_was_stopped_is_made_later_and_nothing_twice() {
    let (stage, _) = Stage::with_list(&numbered(20_000));
    let request = json!({ "lifetime": { "kind": "oneDay" } });
    stage.call("create_batch", request).unwrap();
    stage.call("stop_batch", Value::Null).unwrap();
    let list = stage.made_list();
    assert_eq!(list["stage"], "stopped");
    let made = list["made"].as_u64().unwrap();
    assert!((1..20_000).contains(&made), "{made}");
    let total = || stage.call("list_history", first_links("")).unwrap()["total"].as_u64().unwrap();
    assert_eq!(total(), made, "what is done is kept");
    stage.call("retry_batch", Value::Null).unwrap();
    assert_eq!(stage.made_list()["made"], 20_000);
    assert_eq!(total(), 20_000);
    assert_eq!(stage.code("retry_batch", Value::Null), "nothingToMake");
}

#[test]
fn a_fault_is_said_and_what_it_left_is_made_afterwards() {
    let (stage, _) = Stage::with_list(&numbered(3));
    *stage.world.keychain_fails.lock().unwrap() = Some(KeychainError::Locked);
    let list = stage.make_list();
    assert_eq!(list["trouble"]["why"], "locked");
    assert_eq!((&list["stage"], &list["made"]), (&json!("stopped"), &json!(0)));
    *stage.world.keychain_fails.lock().unwrap() = None;

    let full = HistoryStoreError::NotSaved { reason: SaveError::DiskFull };
    *stage.world.history_fails.lock().unwrap() = Some(full);
    stage.call("retry_batch", Value::Null).unwrap();
    let list = stage.made_list();
    assert_eq!(
        list["trouble"],
        json!({ "code": "history", "why": "notSaved", "reason": "diskFull" })
    );
    assert_eq!((&list["made"], &list["unlisted"]), (&json!(3), &json!(3)), "the links are there");
    stage.call("copy_all_rows", Value::Null).unwrap();
    let links = stage.copied();
    *stage.world.history_fails.lock().unwrap() = None;
    stage.call("retry_batch", Value::Null).unwrap();
    let list = stage.made_list();
    assert_eq!((&list["unlisted"], &list["trouble"]), (&json!(0), &Value::Null));
    stage.call("copy_all_rows", Value::Null).unwrap();
    assert_eq!(stage.copied(), links);
}

#[test]
fn a_list_whose_making_ended_with_the_program_is_gone_on_with_or_left() {
    let begin = || {
        let (stage, id) = Stage::with_list(&numbered(1_000));
        stage.make_list();
        // What a killed program leaves: the plan, and a part of the entries.
        let file = rusqlite::Connection::open(stage.history_file()).unwrap();
        let links: Vec<Value> = (0..1_000)
            .map(|n| json!({ "url": format!("https://docs.example.com/{n}.pdf"), "expires_at": day_end_in(1) }))
            .collect();
        file.execute("DELETE FROM entries WHERE id > 312", []).unwrap();
        file.execute(
            "INSERT INTO batches SELECT 7, site, key_id, key_name, public_key_id, hash, created_at, ?1 \
             FROM entries WHERE id = 1",
            [Value::from(links).to_string()],
        )
        .unwrap();
        let made: Vec<u8> = (0..1_000).map(|n| u8::from(n < 312)).collect();
        file.execute("INSERT INTO batch_progress VALUES (7, ?1)", [made]).unwrap();
        stage.call("copy_all_rows", Value::Null).unwrap();
        let links = stage.copied();
        (stage.started_again(), id, links)
    };
    let (stage, _, links) = begin();
    let state = stage.call("batch_state", Value::Null).unwrap();
    let unfinished = json!({
        "startedAt": NOW, "total": 1_000, "made": 312, "siteName": "Client papers", "siteIsHere": true,
    });
    assert_eq!(state, json!({ "list": null, "unfinished": unfinished }));
    stage.call("resume_batch", Value::Null).unwrap();
    assert_eq!(stage.made_list()["made"], 1_000);
    let total =
        |stage: &Stage| stage.call("list_history", first_links("")).unwrap()["total"].clone();
    assert_eq!(total(&stage), 1_000, "nothing is there twice");
    stage.call("copy_all_rows", Value::Null).unwrap();
    assert_eq!(stage.copied(), links);
    assert_eq!(stage.call("batch_state", Value::Null).unwrap()["unfinished"], Value::Null);

    // Another window is at it, and has made the rest before this one is asked again.
    let (stage, ..) = begin();
    assert_eq!(stage.call("batch_state", Value::Null).unwrap()["unfinished"], unfinished);
    let elsewhere = stage.started_again();
    assert_eq!(elsewhere.call("batch_state", Value::Null).unwrap()["unfinished"], unfinished);
    let held = stage.history().hold_batch(BatchId(7)).unwrap();
    assert_eq!(stage.code("resume_batch", Value::Null), "manyElsewhere");
    assert_eq!(stage.code("drop_batch", Value::Null), "manyElsewhere");
    let third = stage.started_again();
    assert_eq!(third.call("batch_state", Value::Null).unwrap()["unfinished"], Value::Null);
    drop(held);
    elsewhere.call("resume_batch", Value::Null).unwrap();
    assert_eq!(elsewhere.made_list()["made"], 1_000);
    assert_eq!(stage.code("resume_batch", Value::Null), "manyGone");
    assert_eq!(stage.call("batch_state", Value::Null).unwrap()["unfinished"], Value::Null);
    assert_eq!(total(&stage), 1_000, "nothing is there twice");

    // The keychain is locked at first, and the person tries again: the same plan, and nothing twice.
    let (stage, ..) = begin();
    stage.call("batch_state", Value::Null).unwrap();
    *stage.world.keychain_fails.lock().unwrap() = Some(KeychainError::Locked);
    stage.call("resume_batch", Value::Null).unwrap();
    assert_eq!(stage.made_list()["trouble"]["why"], "locked");
    *stage.world.keychain_fails.lock().unwrap() = None;
    stage.call("retry_batch", Value::Null).unwrap();
    assert_eq!(stage.made_list()["made"], 1_000);
    assert_eq!(total(&stage), 1_000, "nothing is there twice");
    let again = stage.started_again();
    assert_eq!(again.call("batch_state", Value::Null).unwrap()["unfinished"], Value::Null);

    let (stage, ..) = begin();
    assert_eq!(stage.call("batch_state", Value::Null).unwrap()["unfinished"], unfinished);
    stage.call("drop_batch", Value::Null).unwrap();
    assert_eq!(stage.call("batch_state", Value::Null).unwrap()["unfinished"], Value::Null);
    assert_eq!(total(&stage), 312);
    assert_eq!(stage.code("resume_batch", Value::Null), "noList");
    let again = stage.started_again();
    assert_eq!(again.call("batch_state", Value::Null).unwrap()["unfinished"], Value::Null);

    let (stage, id, _) = begin();
    stage.world.now.fetch_add(2 * DAY, Ordering::Relaxed);
    stage.call("batch_state", Value::Null).unwrap();
    assert_eq!(stage.code("resume_batch", Value::Null), "lifetimeOver", "they would be dead");
    stage.world.now.store(NOW, Ordering::Relaxed);
    stage.call("remove_key", json!({ "id": id })).unwrap();
    let state = stage.call("batch_state", Value::Null).unwrap();
    assert_eq!(state["unfinished"]["siteIsHere"], false);
    assert_eq!(stage.code("resume_batch", Value::Null), "keyUnknown");
}

#[test]
fn a_note_is_taken_with_the_link() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let mut request = stage.link_of(&id, "a.pdf");
    request["note"] = json!(" for Ms Jones ");
    stage.call("create_link", request).unwrap();
    let history = stage.call("list_history", first_links("")).unwrap();
    assert_eq!(history["entries"][0]["note"], "for Ms Jones");
    let keys = stage.call("history_keys", Value::Null).unwrap();
    assert_eq!(keys, json!([{ "id": id, "name": "Client papers", "isHere": true }]));
    stage.call("remove_key", json!({ "id": id })).unwrap();
    let keys = stage.call("history_keys", Value::Null).unwrap();
    assert_eq!(keys, json!([{ "id": id, "name": "Client papers", "isHere": false }]));
}
