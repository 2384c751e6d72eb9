//! The requests are signed as AWS works it out, above all the one whose body is put in at the last
//! moment; moto takes any signature.

use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use crate::proxy::Call;
use crate::server::python;
use crate::stage::{SECRETS, Stage};

fn is_right(call: &Call) -> bool {
    let mut oracle = python("signature.py")
        .arg(SECRETS[1])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`make test` installs Python");
    let Call { method, path, head, body, .. } = call;
    let case = json!({ "method": method, "path": path, "head": head, "body": body });
    oracle.stdin.take().unwrap().write_all(case.to_string().as_bytes()).unwrap();
    match String::from_utf8(oracle.wait_with_output().unwrap().stdout).unwrap().trim() {
        "right" => true,
        "wrong" => false,
        other => panic!("{call:?}: {other}"),
    }
}

#[test]
fn every_change_is_signed_with_its_body() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    stage.apply(&["--distribution", &id]);
    let calls = stage.proxy.calls();
    let writes: Vec<_> = calls.iter().filter(|call| call.is_write()).collect();
    assert_eq!(writes.len(), 5);
    for call in &writes {
        assert!(is_right(call), "{} {}", call.method, call.path);
    }
    let change = writes.iter().find(|call| call.path.ends_with("/config")).unwrap();
    assert!(change.body.contains("<Comment>Papers</Comment>"));
    // Another body is noticed.
    let body = change.body.replace("Papers", "Others");
    assert!(!is_right(&Call { body, ..(*change).clone() }));
}
