//! A file of this computer that becomes the document of a link: what the window is told of it, and that the link opens it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::stage::Stage;

/// A request to share the file of a number in practice.
pub fn share(number: &Value, existing: &str) -> Value {
    json!({
        "document": number, "folder": "", "existing": existing, "signer": { "kind": "practice" },
        "lifetime": { "kind": "oneHour" }, "limits": {}, "note": "",
    })
}

fn choose(stage: &Stage, name: &str, content: &[u8]) -> Value {
    stage.pick(name, content);
    let chosen = stage.call("choose_document", Value::Null).unwrap();
    assert_eq!(chosen["kind"], "chosen", "{chosen}");
    chosen["document"].clone()
}

/// Head and body of what a link brings.
fn get(link: &str) -> (String, Vec<u8>) {
    let (host, target) = link.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
}

#[test]
fn a_file_of_this_computer_opens_by_its_link_until_practice_is_left() {
    let stage = Stage::new();
    let content = b"%PDF-1.7\nWhat only she wrote".to_vec();
    let document = choose(&stage, "Vertrag fu\u{308}r O\u{308}mer.pdf", &content);
    assert_eq!(document["name"], "Vertrag fu\u{308}r O\u{308}mer.pdf");
    assert_eq!(document["size"], content.len());
    stage.call("start_practice", Value::Null).unwrap();
    let shared = stage.call("share_document", share(&document["number"], "ask")).unwrap();
    assert_eq!(shared["kind"], "shared");
    let link = &shared["link"];
    assert_eq!(link["fileName"], "Vertrag für Ömer.pdf");
    let link = link["link"].as_str().unwrap();
    assert!(link.contains("/Vertrag%20f%C3%BCr%20%C3%96mer.pdf?"), "{link}");
    let (head, body) = get(link);
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("application/pdf"), "{head}");
    assert_eq!(body, content);
    let tried = json!({ "number": shared["link"]["number"] });
    let tried = stage.call("try_fresh_link", tried).unwrap();
    assert_eq!(tried["kind"], "tried", "{tried}");

    stage.call("leave_practice", Value::Null).unwrap();
    let host = link.strip_prefix("http://").unwrap().split('/').next().unwrap();
    // The edge ends in a moment, on a thread of its own.
    let is_gone = (0..500).any(|_| {
        sleep(Duration::from_millis(20));
        TcpStream::connect(host).is_err()
    });
    assert!(is_gone);
}

#[test]
fn nothing_is_written_over_that_was_not_shown() {
    let stage = Stage::new();
    stage.call("start_practice", Value::Null).unwrap();
    let first = choose(&stage, "Contract.pdf", b"the first");
    let made = stage.call("share_document", share(&first["number"], "ask")).unwrap();
    let first_link = made["link"]["link"].as_str().unwrap().to_owned();

    let second = choose(&stage, "Contract.pdf", b"the second one");
    let asked = stage.call("share_document", share(&second["number"], "ask")).unwrap();
    assert_eq!(asked["kind"], "alreadyThere");
    let already = &asked["already"];
    assert_eq!((&already["size"], &already["ownSize"]), (&json!(9), &json!(14)));
    assert_eq!(already["keptAs"], "Contract (2).pdf");
    assert_eq!(get(&first_link).1, b"the first");

    let both = stage.call("share_document", share(&second["number"], "keepBoth")).unwrap();
    assert_eq!(both["link"]["fileName"], "Contract (2).pdf");
    assert_eq!(get(&first_link).1, b"the first");
    assert_eq!(get(both["link"]["link"].as_str().unwrap()).1, b"the second one");

    stage.call("share_document", share(&second["number"], "replace")).unwrap();
    assert_eq!(get(&first_link).1, b"the second one");
}

#[test]
fn the_window_is_told_the_name_of_a_file_and_not_its_place() {
    let stage = Stage::new();
    let path = stage.pick("Contract.pdf", b"x");
    let chosen = stage.call("choose_document", Value::Null).unwrap();
    let folder = path.parent().unwrap().to_str().unwrap();
    assert!(chosen.to_string().contains("Contract.pdf"));
    assert!(!chosen.to_string().contains(folder));
    // What is gone when it is shared is said by its name as well.
    std::fs::remove_file(&path).unwrap();
    stage.call("start_practice", Value::Null).unwrap();
    let request = share(&chosen["document"]["number"], "ask");
    let error = stage.call("share_document", request).unwrap_err();
    assert_eq!((&error["code"], &error["why"]), (&json!("openDocument"), &json!("notFound")));
    assert!(!error.to_string().contains(folder));
}

#[test]
fn only_the_file_that_was_chosen_last_can_be_shared() {
    let stage = Stage::new();
    stage.call("start_practice", Value::Null).unwrap();
    let first = choose(&stage, "a.pdf", b"x");
    let _second = choose(&stage, "b.pdf", b"x");
    assert_eq!(stage.code("share_document", share(&first["number"], "ask")), "noDocument");
    assert_eq!(stage.call("choose_document", Value::Null).unwrap()["kind"], "cancelled");
}

/// A request to share several files in practice.
pub fn share_files(folder: &str) -> Value {
    json!({
        "signer": { "kind": "practice" }, "folder": folder, "lifetime": { "kind": "oneHour" },
        "existing": "ask",
    })
}

/// Files in a folder of this computer that is called so.
fn folder_with(stage: &Stage, name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = stage.folder.path().join(name);
    for (file, content) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

fn rows(stage: &Stage) -> Vec<Value> {
    let all = json!({ "onlyNotMade": false, "skip": 0, "take": 100 });
    stage.call("file_rows", all).unwrap()["rows"].as_array().unwrap().clone()
}

#[test]
fn the_files_of_a_folder_open_by_their_links_in_practice() {
    let stage = Stage::new();
    let files: [(&str, &[u8]); 4] =
        [("a.pdf", b"%PDF-1.7 a"), ("2026/b.txt", b"b"), (".DS_Store", b"x"), ("Thumbs.db", b"x")];
    let folder = folder_with(&stage, "Papers", &files);
    stage.world.picks.lock().unwrap().push_back(folder);
    let chosen = stage.call("choose_files", json!({ "isFolder": true })).unwrap();
    let view = &chosen["files"];
    assert_eq!(
        (&view["total"], &view["size"], &view["stage"]),
        (&json!(2), &json!(11), &json!("chosen"))
    );
    let left_out = json!([
        { "name": "Papers/.DS_Store", "why": "hidden" },
        { "name": "Papers/Thumbs.db", "why": "ofSystem" },
    ]);
    assert_eq!(view["leftOut"], left_out);
    assert!(!chosen.to_string().contains(stage.folder.path().to_str().unwrap()), "{chosen}");

    stage.call("start_practice", Value::Null).unwrap();
    let made = stage.call("share_files", share_files("in")).unwrap();
    assert_eq!((&made["made"], &made["stage"]), (&json!(2), &json!("finished")));
    assert_eq!((&made["sent"], &made["trouble"]), (&json!(11), &Value::Null));
    stage.call("copy_all_file_links", Value::Null).unwrap();
    let links = stage.world.copied.lock().unwrap().clone().unwrap();
    let links: Vec<_> = links.lines().collect();
    assert!(links[0].contains("/in/Papers/2026/b.txt?") && links[1].contains("/in/Papers/a.pdf?"));
    assert_eq!(get(links[0]).1, b"b");
    assert_eq!(get(links[1]).1, b"%PDF-1.7 a");
    stage.call("copy_file_link", json!({ "id": 1 })).unwrap();
    assert_eq!(stage.world.copied.lock().unwrap().as_deref(), Some(links[1]));
    let names: Vec<_> = rows(&stage).iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["Papers/2026/b.txt", "Papers/a.pdf"]);
    // Nothing of practice is kept, so there is nothing to save, to go on with or to forget.
    assert_eq!(stage.code("save_file_links", Value::Null), "nothingToMake");
    stage.call("drop_files", Value::Null).unwrap();
    let state = stage.call("files_state", Value::Null).unwrap();
    assert_eq!(state, json!({ "files": null, "unfinished": null }));
    assert_eq!(stage.code("go_on_with_files", Value::Null), "noDocument");
}

#[test]
fn what_practice_has_no_room_for_costs_only_itself_and_the_same_name_is_kept_beside() {
    let stage = Stage::new();
    let folder = folder_with(&stage, "Papers", &[("a.txt", b"one"), ("two/a.txt", b"two")]);
    let large = folder.join("large.bin");
    std::fs::File::create(&large).unwrap().set_len((100 << 20) + 1).unwrap();
    let chosen = vec![folder.join("a.txt"), large, folder.join("two/a.txt")];
    stage.world.picks_together.lock().unwrap().push_back(chosen);
    let chosen = stage.call("choose_document", Value::Null).unwrap();
    assert_eq!((&chosen["kind"], &chosen["files"]["total"]), (&json!("several"), &json!(3)));
    stage.call("start_practice", Value::Null).unwrap();
    let made = stage.call("share_files", share_files("")).unwrap();
    let figures = ["made", "failed", "beside"].map(|figure| made[figure].clone());
    assert_eq!(figures, [json!(2), json!(1), json!(1)]);
    let rows = rows(&stage);
    assert_eq!(rows[1]["error"]["code"], "practiceFull");
    assert_eq!(rows[1]["error"]["fileName"], "large.bin");
    assert_eq!(rows[2]["keptAs"], "a (2).txt");
    let failed = json!({ "onlyNotMade": true, "skip": 0, "take": 100 });
    assert_eq!(stage.call("file_rows", failed).unwrap()["found"], 1);
    // Mended, it goes on, and the others are not made again.
    std::fs::write(folder.join("large.bin"), b"small now").unwrap();
    let made = stage.call("go_on_with_files", Value::Null).unwrap();
    assert_eq!((&made["made"], &made["beside"]), (&json!(3), &json!(1)));
}
