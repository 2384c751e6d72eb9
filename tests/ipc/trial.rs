//! *Try it now* from the window's side: nobody is asked before it, and two requests are sent by it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::stage::{Stage, p256_pem};

const MISSING_KEY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>MissingKey</Code>\
    <Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>";

/// Answers one request, and gives its first line.
fn answer_one(site: &TcpListener) -> String {
    let (mut connection, _) = site.accept().unwrap();
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = connection.read(&mut part).unwrap();
        assert!(length > 0, "the request ended early");
        request.extend_from_slice(&part[..length]);
    }
    let first = String::from_utf8(request).unwrap().lines().next().unwrap().to_owned();
    let (head, body) = if first.contains("Signature=") {
        ("206 Partial Content", "x")
    } else {
        ("403 Forbidden\r\nServer: CloudFront", MISSING_KEY)
    };
    let length = body.len();
    let answer =
        format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    connection.write_all(answer.as_bytes()).unwrap();
    first
}

/// Nobody can be asked from here, where no network is; that a document is there is said of no such answer.
#[test]
fn the_document_of_a_row_is_tried_before_its_link_is_made_and_written_down_nowhere() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let error = stage.call("try_row", json!({ "id": 0 })).unwrap_err();
    assert_eq!(error["code"], "noList");
    let list = json!({ "siteId": stage.site_of(&id), "text": "a.pdf\nhttps://elsewhere.example/b.pdf", "folder": "" });
    stage.call("read_list", list).unwrap();
    let trial = stage.call("try_row", json!({ "id": 0 })).unwrap();
    assert_eq!(trial["host"], "docs.example.com");
    assert_ne!(trial["signed"]["kind"], "opens");
    for row in [1, 2] {
        let error = stage.call("try_row", json!({ "id": row })).unwrap_err();
        assert_eq!(error["code"], "noList", "{row}");
    }
    let query = json!({ "search": "", "state": null, "keyId": null, "sort": "newest", "skip": 0, "take": 9 });
    assert_eq!(stage.call("list_history", query).unwrap()["total"], 0);
    stage.world.now.store(0, Ordering::Relaxed);
    let error = stage.call("try_row", json!({ "id": 0 })).unwrap_err();
    assert_eq!(error["code"], "clockWrong");
}

#[test]
fn a_link_is_tried_with_and_without_its_signature_and_only_then() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    stage.world.now.store(now.try_into().unwrap(), Ordering::Relaxed);
    let link = stage.make(&id, "a b.pdf")["link"].as_str().unwrap().to_owned();
    let site = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", site.local_addr().unwrap());
    let link = link.replace("https://docs.example.com", &here);

    // To look at a link asks nobody; the trial below is the control that such a visit would be seen.
    stage.call("inspect_link", json!({ "text": link })).unwrap();
    site.set_nonblocking(true).unwrap();
    assert!(site.accept().is_err(), "somebody was asked");
    site.set_nonblocking(false).unwrap();

    let answering = std::thread::spawn(move || [answer_one(&site), answer_one(&site)]);
    let text = format!("Dear Ms Jones,\n<{link}>.");
    let trial = stage.call("try_link", json!({ "text": text })).unwrap();
    let mut asked = answering.join().unwrap();
    assert_eq!(
        trial,
        json!({
            "host": here.strip_prefix("http://"), "signed": { "kind": "opens" }, "likely": false,
            "isPublic": false, "clock": null,
        })
    );
    asked.sort();
    let path = link.strip_prefix(&here).unwrap();
    assert_eq!(asked, ["GET /a%20b.pdf HTTP/1.1".to_owned(), format!("GET {path} HTTP/1.1")]);
}
