//! A file of this computer that becomes the document of a link: what the window is told of it, and that the link opens it.

use std::io::{Read, Write};
use std::net::TcpStream;

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
    assert!(TcpStream::connect(host).is_err());
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
