//! *Test whether the document opens* from the window's side: nobody is asked before it, and two requests are sent by it. And the link
//! that was just made, which is tried once.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

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

fn practice_link(stage: &Stage, address: &str) -> Value {
    let request = json!({
        "signer": { "kind": "practice" }, "address": address, "lifetime": { "kind": "oneHour" },
    });
    json!({ "number": stage.call("create_link", request).unwrap()["number"] })
}

/// Which link is tried is no word of the window's: only the last one that Rust made, by its number.
#[test]
fn only_the_link_that_was_made_last_is_tried_and_only_once() {
    let stage = Stage::new();
    assert_eq!(stage.code("try_fresh_link", json!({ "number": 0 })), "trialCancelled");
    stage.call("start_practice", Value::Null).unwrap();
    let first = practice_link(&stage, "Practice letter.html");
    let second = practice_link(&stage, "Practice letter.html");
    let site = TcpListener::bind("127.0.0.1:0").unwrap();
    let other = format!("http://{}/a.pdf?Signature=x", site.local_addr().unwrap());
    for number in [&first["number"], &json!(0), &json!(9)] {
        let request = json!({ "number": number, "text": other, "link": other });
        assert_eq!(stage.code("try_fresh_link", request), "trialCancelled");
    }
    let opening = stage.call("try_fresh_link", second.clone()).unwrap();
    assert_eq!(opening, json!({ "kind": "tried", "answer": { "kind": "opens" } }));
    assert_eq!(stage.code("try_fresh_link", second), "trialCancelled");
    site.set_nonblocking(true).unwrap();
    assert!(site.accept().is_err(), "somebody was asked");
    let absent = practice_link(&stage, "another.html");
    let opening = stage.call("try_fresh_link", absent).unwrap();
    assert_eq!(opening, json!({ "kind": "tried", "answer": { "kind": "notFound" } }));
}

/// That nobody is asked then is seen in tests/window/test_your_link.py.
#[test]
fn a_link_of_a_site_that_says_no_and_one_that_begins_later_are_not_tried() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let tried = |request: Value| {
        let made = stage.call("create_link", request).unwrap();
        stage.call("try_fresh_link", json!({ "number": made["number"] })).unwrap()
    };
    let mut later = stage.link_of(&id, "a.pdf");
    later["limits"] = json!({ "start": "2026-11-25T09:00" });
    later["lifetime"] = json!({ "kind": "sevenDays" });
    assert_eq!(tried(later), json!({ "kind": "notTried", "why": "notBegun" }));
    let switch = |on: bool| json!({ "id": stage.site_of(&id), "triesLinks": on });
    stage.call("set_site_tries_links", switch(false)).unwrap();
    let off = json!({ "kind": "notTried", "why": "switchedOff" });
    assert_eq!(tried(stage.link_of(&id, "a.pdf")), off);
    // Nor can the same link be asked for later.
    let made = stage.make(&id, "a.pdf");
    let fresh = json!({ "number": made["number"] });
    assert_eq!(stage.call("try_fresh_link", fresh.clone()), Ok(off));
    stage.call("set_site_tries_links", switch(true)).unwrap();
    assert_eq!(stage.code("try_fresh_link", fresh), "trialCancelled");
    // The control: with it on it is asked, of whom nothing is known here.
    let opening = tried(stage.link_of(&id, "a.pdf"));
    assert_eq!(opening["kind"], "tried");
    assert_ne!(opening["answer"]["kind"], "opens");
}

/// Names this very test where it runs once more, cut off from every network.
#[cfg(target_os = "linux")]
const CUT_OFF: &str = "SIGNET_TEST_IS_CUT_OFF";

/// This test once more in a network of its own, in which nobody is; what it is to be there is done by a shell
/// first.
#[cfg(target_os = "linux")]
fn cut_off(name: &str, routes: &str) -> String {
    let own = std::env::current_exe().unwrap();
    let script = format!("{routes} exec \"$0\" --exact {name} --nocapture");
    let run = std::process::Command::new("unshare")
        .args(["--user", "--map-root-user", "--net", "sh", "-c", &script])
        .arg(own)
        .env(CUT_OFF, "yes")
        .output()
        .expect("unshare is a part of every Linux");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    said
}

/// Without a route to anywhere the computer is called offline; with one, and the same silence, it is not.
#[cfg(target_os = "linux")]
#[test]
fn on_a_computer_without_a_network_a_new_link_says_that_it_is_offline() {
    const OFFLINE: &str = r#"answer: {"kind":"offline"}"#;
    if std::env::var_os(CUT_OFF).is_some() {
        let stage = Stage::new();
        let id = stage.add("Client papers", &p256_pem());
        let made = stage.make(&id, "a.pdf");
        let fresh = json!({ "number": made["number"] });
        let opening = stage.call("try_fresh_link", fresh).unwrap();
        assert_eq!(opening["kind"], "tried");
        println!("answer: {}", opening["answer"]);
        return;
    }
    let name = "trial::on_a_computer_without_a_network_a_new_link_says_that_it_is_offline";
    let said = cut_off(name, "");
    assert!(said.contains(OFFLINE), "{said}");
    // The control: a route that leads to nobody.
    let said = cut_off(name, "ip link set lo up && ip route add default dev lo &&");
    assert!(said.contains("answer: ") && !said.contains(OFFLINE), "{said}");
}
