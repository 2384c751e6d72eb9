//! More is asked at once than the keychain can answer: each is a link or a refusal that says why, and
//! nothing else has to wait.

use std::collections::BTreeMap;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::json;

use crate::stage::{Stage, first_links, p256_pem};

/// As many as the line has places, and some.
const ASKED: usize = 1_100;
const BUSY: usize = 76;

/// Long enough for a computer that does much else.
const LONG: Duration = Duration::from_secs(120);

/// Of this process, where the system tells.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

#[test]
fn a_crowd_of_links_waits_for_the_keychain_and_holds_up_nothing_else() {
    let stage = Stage::new();
    let id = stage.add("Papers", &p256_pem());
    let before = threads();
    let silent = stage.world.keychain_waits.lock().unwrap();
    let (answer, answers) = channel();
    for number in 0..ASKED {
        stage.send("create_link", stage.link_of(&id, &format!("{number}.pdf")), &answer);
    }
    for _ in 0..BUSY {
        assert_eq!(
            answers.recv_timeout(LONG).unwrap(),
            Err(json!({ "code": "keychain", "why": "busy" }))
        );
    }
    // What needs no keychain goes on, on threads that are left for it.
    let (other, others) = channel();
    stage.send("list_history", first_links(""), &other);
    stage.send("rename_key", json!({ "id": id, "name": "Renamed" }), &other);
    for _ in 0..2 {
        others.recv_timeout(LONG).unwrap().unwrap();
    }
    let more = threads().saturating_sub(before);
    assert!(more < 128, "{more} threads");
    assert!(answers.try_recv().is_err(), "nobody got an answer from a keychain that gives none");

    drop(silent);
    let mut refused = BTreeMap::<String, usize>::new();
    for _ in BUSY..ASKED {
        match answers.recv_timeout(LONG).unwrap() {
            Ok(made) => assert!(made["link"].as_str().unwrap().contains("Signature=")),
            Err(error) => *refused.entry(error.to_string()).or_default() += 1,
        }
    }
    assert_eq!(refused, BTreeMap::new());
}
