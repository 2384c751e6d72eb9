//! What an older Signet gave CloudFront besides, the names of all documents, is seen and taken back.

use serde_json::{Value, json};

use crate::stage::Stage;

const THEIRS: &str = r#"{"Sid":"Theirs", "Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::BUCKET/*"}"#;

fn statement(stage: &Stage, id: &str, sid: &str, action: &str) -> Value {
    let inside = if action == "s3:GetObject" { "/*" } else { "" };
    json!({
        "Sid": sid,
        "Effect": "Allow",
        "Principal": { "Service": "cloudfront.amazonaws.com" },
        "Action": action,
        "Resource": format!("arn:aws:s3:::{}{inside}", stage.bucket),
        "Condition": { "StringEquals": {
            "AWS:SourceArn": format!("arn:aws:cloudfront::{}:distribution/{id}", stage.account)
        } }
    })
}

/// An older Signet's set-up of a new distribution, in a bucket with this policy: its id and its policy.
fn older(stage: &Stage, before: Option<&str>) -> (String, String) {
    if let Some(before) = before {
        stage.put_policy(before);
    }
    stage.apply(&[]);
    let made = stage.account();
    let id = made["distributions"].as_object().unwrap().keys().next().unwrap().clone();
    let list = statement(stage, &id, "SignetList", "s3:ListBucket");
    let policy = made["policy"].as_str().unwrap();
    let (start, end) = policy.split_at(policy.rfind(']').unwrap());
    stage.put_policy(&format!("{start},{list}{end}"));
    stage.edit_journal(|journal| {
        let entries = journal["set_up"]["made"].as_array_mut().unwrap().iter_mut();
        let policy = entries.filter(|entry| entry["what"] == "policy");
        policy.for_each(|entry| entry["list"] = json!(true));
    });
    (id, policy.to_owned())
}

fn states(stage: &Stage, line: &str) -> Vec<String> {
    let output = stage.run(&stage.words("check", &["--json"]));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let lines = answer["lines"].as_array().unwrap().iter().filter(|one| one["line"] == line);
    lines
        .map(|line| {
            assert!(!line["do"].is_null(), "{line}");
            assert!(line["what"].as_str().unwrap().contains("names of all documents"), "{line}");
            line["state"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn apply_takes_the_list_of_names_back_and_undo_leaves_nothing() {
    for theirs in [None, Some(format!(r#"{{ "Statement":[{THEIRS}] }}"#))] {
        let stage = Stage::new();
        let theirs = theirs.map(|policy| policy.replace("BUCKET", &stage.bucket));
        let (_, policy) = older(&stage, theirs.as_deref());
        assert_eq!(states(&stage, "names-listed"), ["wrong"]);
        let plan = stage.plan(&[]);
        assert_eq!(plan["nothing_to_do"], false);
        let change = &plan["steps"][3]["changes"][0];
        assert!(change["before"].as_str().unwrap().contains("ListBucket"), "{plan}");
        assert!(!change["after"].as_str().unwrap().contains("ListBucket"), "{plan}");
        stage.apply(&[]);
        assert_eq!(stage.account()["policy"], policy);
        assert_eq!(states(&stage, "names-listed"), [] as [&str; 0]);
        assert_eq!(stage.plan(&[])["nothing_to_do"], true);
        stage.undo();
        assert_eq!(stage.account()["policy"], json!(theirs));
    }
}

/// A journal of that time is taken back whole, also where it was killed before the policy was put.
#[test]
fn undo_takes_the_list_of_names_back() {
    for is_half_done in [false, true] {
        let stage = Stage::new();
        let before = stage.account();
        older(&stage, None);
        if is_half_done {
            stage.ask("s3", "DELETE", &format!("/{}?policy", stage.bucket), "");
        }
        stage.undo();
        assert_eq!(stage.account(), before);
    }
}

#[test]
fn a_list_of_names_that_somebody_else_gave_stays_and_is_named() {
    let stage = Stage::new();
    stage.apply(&[]);
    let made = stage.account();
    let id = made["distributions"].as_object().unwrap().keys().next().unwrap().clone();
    let theirs = statement(&stage, &id, "Listing", "s3:ListBucket");
    let policy = made["policy"].as_str().unwrap();
    let (start, end) = policy.split_at(policy.rfind(']').unwrap());
    let with_theirs = format!("{start} , {theirs}{end}");
    stage.put_policy(&with_theirs);
    assert_eq!(stage.plan(&[])["nothing_to_do"], true);
    stage.apply(&[]);
    assert_eq!(stage.account()["policy"], with_theirs);
    assert_eq!(states(&stage, "names-listed"), ["wrong"]);
    stage.undo();
    let left: Value = serde_json::from_str(stage.account()["policy"].as_str().unwrap()).unwrap();
    assert_eq!(left["Statement"], json!([theirs]));
}

/// A set-up of the script has no journal.
#[test]
fn the_script_takes_the_list_of_names_back() {
    let stage = Stage::new();
    let (_, policy) = older(&stage, None);
    let said = crate::handoff::run_script(&stage, None);
    assert!(said.contains("Public key ID"), "{said}");
    let left: Value = serde_json::from_str(stage.account()["policy"].as_str().unwrap()).unwrap();
    assert_eq!(left, serde_json::from_str::<Value>(&policy).unwrap());
}
