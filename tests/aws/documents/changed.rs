//! A document gets another name, goes away and comes back.

use serde_json::{Value, json};

use super::stage::{Papers, put, put_past_the_proxy};
use super::worker::What;
use crate::proxy::{Answer, Call};

fn etag(papers: &Papers, key: &str) -> String {
    papers.there()["documents"][key]["etag"].as_str().unwrap().to_owned()
}

fn rename(papers: &Papers, key: &str, to: &str) -> What {
    What::Rename { key: key.to_owned(), to: to.to_owned(), etag: etag(papers, key) }
}

fn remove(key: &str, etag: String) -> What {
    What::Remove { key: key.to_owned(), etag }
}

fn is_copy(call: &Call) -> bool {
    call.head.to_ascii_lowercase().contains("x-amz-copy-source:")
}

#[test]
fn a_renamed_document_is_the_same_under_its_new_name() {
    let papers = Papers::new();
    let name = "a b+c & \u{dc}.txt";
    papers.ok(put(papers.file("a.txt", "Gr\u{fc}\u{df}e".as_bytes()), name));
    let before = papers.there()["documents"][name].clone();
    let renamed = papers.ok(rename(&papers, name, "2026/\u{c4}.txt"));
    assert_eq!(renamed["key"], "2026/\u{c4}.txt");
    let there = papers.there();
    assert_eq!(there["documents"].as_object().unwrap().len(), 1);
    let after = &there["documents"]["2026/\u{c4}.txt"];
    for same in ["sha256", "type", "token", "size"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    assert_eq!(after["disposition"], "inline; filename=\"A.txt\"; filename*=UTF-8''%C3%84.txt");
    assert_eq!(renamed["etag"], after["etag"]);
}

#[test]
fn nothing_is_overwritten_by_a_new_name_and_nothing_renamed_that_was_not_shown() {
    let papers = Papers::new();
    papers.put_by_somebody("a.txt", "one");
    papers.put_by_somebody("b.txt", "other");
    let before = papers.there()["documents"].clone();
    let error = papers.error(rename(&papers, "a.txt", "b.txt"));
    assert!(error.starts_with("AlreadyThere") && error.contains("size: 5"), "{error}");
    let shown = rename(&papers, "a.txt", "c.txt");
    assert_eq!(papers.there()["documents"], before);
    papers.put_by_somebody("a.txt", "changed");
    let error = papers.error(shown.clone());
    assert!(error.starts_with("ChangedMeanwhile") && error.contains("size: 7"), "{error}");
    papers.stage.ask("s3", "DELETE", &format!("/{}/a.txt", papers.stage.bucket), "");
    assert_eq!(papers.error(shown), "ChangedMeanwhile { there: None }");
    assert_eq!(papers.there()["documents"].as_object().unwrap().len(), 1);
    // It changes between the look and the copy, and the other name is taken then.
    for (changed, told) in [("a.txt", "ChangedMeanwhile"), ("c.txt", "AlreadyThere")] {
        papers.put_by_somebody("a.txt", "one");
        let shown = rename(&papers, "a.txt", "c.txt");
        let path = format!("/{}/{changed}", papers.stage.bucket);
        let account = papers.stage.account.clone();
        papers.stage.proxy.rule(move |call| {
            if is_copy(call) {
                put_past_the_proxy(&path, "theirs", &account);
            }
            Answer::Real
        });
        let error = papers.error(shown);
        assert!(error.starts_with(told) && error.contains("size: 6"), "{error}");
        papers.stage.proxy.rule(|_| Answer::Real);
    }
    let there = papers.there()["documents"].clone();
    assert_eq!((&there["a.txt"]["size"], &there["c.txt"]["size"]), (&json!(3), &json!(6)));
}

#[test]
fn where_the_old_name_stays_it_is_said_that_both_open() {
    let papers = Papers::new();
    papers.put_by_somebody("a.txt", "one");
    papers.stage.proxy.rule(|call| match call.method.as_str() {
        "DELETE" => Answer::s3_error(
            403,
            "AccessDenied",
            "User: a is not authorized to perform: s3:DeleteObject on resource: b",
        ),
        _ => Answer::Real,
    });
    let error = papers.error(rename(&papers, "a.txt", "b.txt"));
    assert!(error.starts_with("HasBoth") && error.contains("s3:DeleteObject"), "{error}");
    assert_eq!(papers.there()["documents"].as_object().unwrap().len(), 2);
}

#[test]
fn a_document_goes_away_for_good_or_comes_back_where_versions_are_kept() {
    let papers = Papers::new();
    papers.put_by_somebody("a.txt", "one");
    let shown = etag(&papers, "a.txt");
    papers.put_by_somebody("a.txt", "changed");
    let error = papers.error(remove("a.txt", shown));
    assert!(error.starts_with("ChangedMeanwhile") && error.contains("size: 7"), "{error}");
    let shown = etag(&papers, "a.txt");
    assert_eq!(papers.ok(remove("a.txt", shown.clone())), Value::Null);
    assert_eq!(papers.there()["documents"], json!({}));
    assert_eq!(papers.error(remove("a.txt", shown)), "ChangedMeanwhile { there: None }");

    let papers = Papers::versioned();
    papers.put_by_somebody("a.txt", "one");
    let marker = papers.ok(remove("a.txt", etag(&papers, "a.txt")));
    assert_eq!(papers.there()["documents"], json!({}));
    assert_eq!(
        (papers.there()["versions"].clone(), papers.there()["marks"].clone()),
        (json!(1), json!(1))
    );
    let marker = marker.as_str().unwrap().to_owned();
    let restore = || What::Restore { key: "a.txt".to_owned(), marker: marker.clone() };
    assert_eq!(papers.ok(restore())["size"], 3);
    assert_eq!(papers.there()["documents"]["a.txt"]["size"], 3);
    // Another one has come into its place: it stays.
    let marker = papers.ok(remove("a.txt", etag(&papers, "a.txt")));
    papers.put_by_somebody("a.txt", "another");
    let what =
        What::Restore { key: "a.txt".to_owned(), marker: marker.as_str().unwrap().to_owned() };
    assert_eq!(papers.error(what), "NotKept");
    assert_eq!(papers.there()["documents"]["a.txt"]["size"], 7);
}

#[test]
fn caches_are_told_the_path_of_the_document() {
    let papers = Papers::new();
    let distribution = papers.stage.open_distribution();
    papers.stage.proxy.calls();
    papers.ok(What::Invalidate {
        distribution: distribution.clone(),
        document: "2026/\u{dc}bersicht.pdf".to_owned(),
    });
    let calls = papers.stage.proxy.calls();
    let call = calls.iter().find(|call| call.path.contains("/invalidation")).unwrap();
    assert!(call.path.contains(&distribution), "{}", call.path);
    assert!(call.body.contains("<Path>/2026/%C3%9Cbersicht.pdf</Path>"), "{}", call.body);
    let error = papers.error(What::Invalidate {
        distribution: "E0000000000000".to_owned(),
        document: "a.pdf".to_owned(),
    });
    assert_eq!(error, "NoDistribution");
}
