//! A file goes up: what is there then, what was there before, and what ends in the middle.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::stage::{MIB, Papers, answer, bytes, put, put_past_the_proxy, sha256};
use super::worker::What;
use crate::proxy::{Answer, Call, header};

fn is_part(call: &Call) -> bool {
    call.method == "PUT" && call.path.contains("partNumber=")
}

fn is_whole(call: &Call) -> bool {
    call.method == "PUT" && !call.path.contains("partNumber=")
}

fn is_end(call: &Call) -> bool {
    call.method == "POST" && call.path.contains("uploadId=")
}

fn is_begin(call: &Call) -> bool {
    call.method == "POST" && call.path.contains("uploads")
}

/// Whether S3 has the means to see that content was damaged.
fn assert_has_checksum(call: &Call) {
    let there = header(&call.head, "x-amz-checksum-crc64nvme").unwrap();
    let own = crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, call.bytes());
    assert_eq!(there, STANDARD.encode(own.to_be_bytes()), "{}", call.head);
}

#[test]
fn a_small_file_is_there_as_it_is_and_under_its_name() {
    let papers = Papers::new();
    for (name, key, content, kind, disposition) in [
        (
            "a.pdf",
            "2026/a.pdf",
            &b"%PDF-1.7\n"[..],
            "application/pdf",
            "inline; filename=\"a.pdf\"",
        ),
        // Written in pieces on the disk, as macOS does it, and composed in the bucket.
        (
            "U\u{308}bersicht.txt",
            "U\u{308}bersicht.txt",
            "Gr\u{fc}\u{df}e".as_bytes(),
            "text/plain; charset=utf-8",
            "inline; filename=\"Ubersicht.txt\"; filename*=UTF-8''%C3%9Cbersicht.txt",
        ),
        ("empty", "a b+c&%/empty", b"", "application/octet-stream", "inline; filename=\"empty\""),
    ] {
        let answer = papers.ok(put(papers.file(name, content), key));
        let key = signet_app::documents::DocumentKey::parse(key).unwrap();
        let there = papers.there()["documents"][key.as_str()].clone();
        assert_eq!(there["sha256"], sha256(content), "{key}");
        assert_eq!(there["size"], content.len(), "{key}");
        assert_eq!(there["type"], kind, "{key}");
        assert_eq!(there["disposition"], disposition, "{key}");
        assert_eq!(there["token"].as_str().unwrap().len(), 32, "{key}");
        assert_eq!((&answer["etag"], &answer["key"]), (&there["etag"], &json!(key.as_str())));
        let looked = papers.ok(What::Look { key: key.to_string() });
        assert_eq!((&looked["etag"], &looked["size"]), (&there["etag"], &there["size"]));
    }
    assert_eq!(papers.there()["documents"].as_object().unwrap().len(), 3);
    papers.assert_nothing_left();
    for call in papers.stage.proxy.calls().iter().filter(|call| is_whole(call)) {
        assert_has_checksum(call);
        assert_eq!(header(&call.head, "if-none-match"), Some("*"));
    }
}

#[test]
fn a_large_file_goes_in_parts_and_is_there_as_one() {
    let papers = Papers::new();
    // One byte more than two parts, and the last part is that byte.
    let content = bytes(16 * MIB + 1);
    papers.ok(put(papers.file("Film.mp4", &content), "Film.mp4"));
    let there = papers.there()["documents"]["Film.mp4"].clone();
    assert_eq!(there["sha256"], sha256(&content));
    assert_eq!(there["type"], "video/mp4");
    assert_eq!(there["disposition"], "inline; filename=\"Film.mp4\"");
    assert_eq!(there["token"].as_str().unwrap().len(), 32);
    papers.assert_nothing_left();
    let calls = papers.stage.proxy.calls();
    assert_eq!(calls.iter().filter(|call| is_part(call)).count(), 3);
    calls.iter().filter(|call| is_part(call)).for_each(assert_has_checksum);
    let end = calls.iter().find(|call| is_end(call)).unwrap();
    let whole = crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, &content);
    let expected = STANDARD.encode(whole.to_be_bytes());
    assert_eq!(header(&end.head, "x-amz-checksum-crc64nvme"), Some(expected.as_str()));
    assert_eq!(header(&end.head, "x-amz-checksum-type"), Some("FULL_OBJECT"));
    assert_eq!(header(&end.head, "x-amz-mp-object-size"), Some(content.len().to_string().as_str()));
    assert_eq!(header(&end.head, "if-none-match"), Some("*"));
}

#[test]
fn what_is_there_already_is_shown_and_never_overwritten() {
    for size in [1, 8 * MIB + 1] {
        let papers = Papers::new();
        papers.put_by_somebody("a.bin", "theirs");
        let file = papers.file("a.bin", &bytes(size));
        let error = papers.error(put(file.clone(), "a.bin"));
        assert!(error.starts_with("AlreadyThere") && error.contains("size: 6"), "{error}");
        assert_eq!(papers.there()["documents"]["a.bin"]["size"], 6);
        // What was shown is replaced, and nothing else.
        let replace = |etag: &Value| What::Put {
            file: file.clone(),
            key: "a.bin".to_owned(),
            replaces: Some(etag.as_str().unwrap().to_owned()),
            stop_at: None,
        };
        let shown = papers.ok(What::Look { key: "a.bin".to_owned() })["etag"].clone();
        papers.put_by_somebody("a.bin", "another");
        let error = papers.error(replace(&shown));
        assert!(error.starts_with("ChangedMeanwhile") && error.contains("size: 7"), "{error}");
        let shown = papers.ok(What::Look { key: "a.bin".to_owned() })["etag"].clone();
        papers.ok(replace(&shown));
        assert_eq!(papers.there()["documents"]["a.bin"]["size"], size);
        // What was shown is gone.
        papers.stage.ask("s3", "DELETE", &format!("/{}/a.bin", papers.stage.bucket), "");
        let error = papers.error(replace(&shown));
        assert!(error.starts_with("ChangedMeanwhile { there: None"), "{error}");
        papers.ok(put(file, "a.bin"));
        papers.assert_nothing_left();
    }
}

#[test]
fn what_appears_while_it_goes_stays_and_nothing_is_sent_again() {
    let papers = Papers::new();
    let content = bytes(20 * MIB);
    let file = papers.file("a.bin", &content);
    let (account, bucket) = (papers.stage.account.clone(), papers.stage.bucket.clone());
    papers.stage.proxy.rule(move |call| {
        if is_end(call) {
            put_past_the_proxy(&format!("/{bucket}/a.bin"), "theirs", &account);
        }
        Answer::Real
    });
    let error = papers.error(put(file.clone(), "a.bin"));
    assert!(error.starts_with("AlreadyThere") && error.contains("size: 6"), "{error}");
    assert_eq!(papers.there()["documents"]["a.bin"]["size"], 6);
    papers.stage.proxy.rule(|_| Answer::Real);
    papers.stage.proxy.calls();
    // The person wants to replace it: the parts are there.
    let shown = papers.ok(What::Look { key: "a.bin".to_owned() })["etag"].clone();
    papers.ok(What::Put {
        file: file.clone(),
        key: "a.bin".to_owned(),
        replaces: Some(shown.as_str().unwrap().to_owned()),
        stop_at: None,
    });
    assert_eq!(papers.there()["documents"]["a.bin"]["sha256"], sha256(&content));
    assert!(!papers.stage.proxy.calls().iter().any(is_part));
    papers.assert_nothing_left();
}

#[test]
fn what_is_stopped_leaves_nothing_behind() {
    let papers = Papers::new();
    let file = papers.file("a.bin", &bytes(40 * MIB));
    let what =
        What::Put { file, key: "a.bin".to_owned(), replaces: None, stop_at: Some(8 * MIB as u64) };
    // The third part and those after it wait for ever, so that there is something to be stopped.
    let seen = Arc::new(AtomicUsize::new(0));
    papers.stage.proxy.rule(move |call| match is_part(call) {
        true if seen.fetch_add(1, Ordering::Relaxed) >= 2 => {
            Answer::Never { is_done: false, then: Box::new(|| {}) }
        }
        _ => Answer::Real,
    });
    let error = papers.error(what);
    assert_eq!(error, "Stopped { is_gone: true }");
    assert_eq!(papers.there()["documents"], json!({}));
    papers.assert_nothing_left();
}

/// Every call of one kind breaks off from the nth on.
fn broken_from(papers: &Papers, n: usize, is_it: fn(&Call) -> bool, is_done: bool) {
    let seen = Arc::new(AtomicUsize::new(0));
    papers.stage.proxy.rule(move |call| {
        if is_it(call) && seen.fetch_add(1, Ordering::Relaxed) >= n {
            return if is_done {
                Answer::Lost
            } else {
                Answer::Never { is_done, then: Box::new(|| {}) }
            };
        }
        Answer::Real
    });
}

#[test]
fn a_lost_line_ends_with_an_error_and_going_on_sends_what_is_missing() {
    let papers = Papers::new();
    let content = bytes(40 * MIB + 5);
    let file = papers.file("a.bin", &content);
    // Parts arrive, and from the fourth on nobody learns of it.
    broken_from(&papers, 3, is_part, true);
    let error = papers.error(put(file.clone(), "a.bin"));
    assert_eq!(error, "Ask(Unreachable)");
    assert_eq!(papers.there()["documents"], json!({}));
    assert_eq!(papers.there()["uploads"], json!(["a.bin"]));
    papers.stage.proxy.rule(|_| Answer::Real);
    papers.stage.proxy.calls();
    papers.ok(put(file, "a.bin"));
    assert_eq!(papers.there()["documents"]["a.bin"]["sha256"], sha256(&content));
    papers.assert_nothing_left();
    let calls = papers.stage.proxy.calls();
    let sent = calls.iter().filter(|call| is_part(call)).count();
    assert!(sent <= 3, "{sent} parts were sent again");
    assert!(!calls.iter().any(is_begin));
}

#[test]
fn an_answer_that_is_lost_is_found_again_and_nothing_is_there_twice() {
    for (size, is_it) in [(5, is_whole as fn(&Call) -> bool), (9 * MIB, is_end)] {
        let papers = Papers::versioned();
        let content = bytes(size);
        let file = papers.file("a.bin", &content);
        // S3 has done it; the attempt after that is refused by its own condition.
        let seen = Arc::new(AtomicUsize::new(0));
        papers.stage.proxy.rule(move |call| match is_it(call) {
            true if seen.fetch_add(1, Ordering::Relaxed) == 0 => Answer::Lost,
            _ => Answer::Real,
        });
        papers.ok(put(file.clone(), "a.bin"));
        assert_eq!(papers.there()["documents"]["a.bin"]["sha256"], sha256(&content));
        assert_eq!(papers.there()["versions"], 1);
        papers.assert_nothing_left();
    }
}

#[test]
fn a_changed_file_is_not_put_together_of_two() {
    let papers = Papers::new();
    let file = papers.file("a.bin", &bytes(40 * MIB));
    broken_from(&papers, 2, is_part, true);
    papers.error(put(file.clone(), "a.bin"));
    papers.stage.proxy.rule(|_| Answer::Real);
    std::fs::File::options().append(true).open(&file).unwrap().set_len(39 * MIB as u64).unwrap();
    assert_eq!(papers.error(put(file.clone(), "a.bin")), "File(Shrank)");
    std::fs::remove_file(&file).unwrap();
    papers.file("a.bin", &bytes(40 * MIB));
    assert_eq!(papers.error(put(file.clone(), "a.bin")), "File(Changed)");
    papers.ok(What::Abort { key: "a.bin".to_owned() });
    papers.assert_nothing_left();
    assert_eq!(papers.there()["documents"], json!({}));
    // While it goes: the file is cut before its last part is read.
    let cut = file.clone();
    papers.stage.proxy.rule(move |call| {
        if is_part(call) {
            let file = std::fs::File::options().append(true).open(&cut).unwrap();
            file.set_len(MIB as u64).unwrap();
        }
        Answer::Real
    });
    let error = papers.error(put(file.clone(), "a.bin"));
    assert_eq!(error, "File(Shrank)");
    assert_eq!(papers.there()["documents"], json!({}));
    papers.stage.proxy.rule(|_| Answer::Real);
    papers.ok(What::Abort { key: "a.bin".to_owned() });
    papers.assert_nothing_left();
    // The same once all of it was read: a byte of it becomes another one.
    std::fs::write(&file, bytes(9 * MIB)).unwrap();
    let (changed, seen) = (file.clone(), AtomicUsize::new(0));
    papers.stage.proxy.rule(move |call| {
        if is_part(call) && seen.fetch_add(1, Ordering::Relaxed) == 1 {
            let mut file = std::fs::File::options().write(true).open(&changed).unwrap();
            file.write_all(b"x").unwrap();
        }
        Answer::Real
    });
    assert_eq!(papers.error(put(file, "a.bin")), "File(Changed)");
    assert_eq!(papers.there()["documents"], json!({}));
    papers.stage.proxy.rule(|_| Answer::Real);
    papers.ok(What::Abort { key: "a.bin".to_owned() });
    papers.assert_nothing_left();
}

#[test]
fn an_upload_that_s3_does_not_know_any_more_is_begun_anew() {
    let papers = Papers::new();
    let content = bytes(20 * MIB);
    let file = papers.file("a.bin", &content);
    broken_from(&papers, 1, is_part, true);
    papers.error(put(file.clone(), "a.bin"));
    papers.stage.proxy.rule(|_| Answer::Real);
    let uploads = papers.stage.ask("s3", "GET", &format!("/{}?uploads", papers.stage.bucket), "");
    let id = uploads.split_once("<UploadId>").unwrap().1.split('<').next().unwrap().to_owned();
    let path = format!("/{}/a.bin?uploadId={id}", papers.stage.bucket);
    papers.stage.ask("s3", "DELETE", &path, "");
    papers.ok(put(file, "a.bin"));
    assert_eq!(papers.there()["documents"]["a.bin"]["sha256"], sha256(&content));
    papers.assert_nothing_left();
}

#[test]
fn of_one_document_one_upload_is_going_on() {
    let papers = Papers::new();
    let file = papers.file("a.bin", &bytes(9 * MIB));
    let (reached, waiting) = std::sync::mpsc::channel();
    papers.stage.proxy.rule(move |call| {
        if is_part(call) && reached.send(()).is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(300));
        }
        Answer::Real
    });
    let first = papers.start(put(file.clone(), "a.bin"));
    waiting.recv().unwrap();
    assert_eq!(papers.error(put(file, "a.bin")), "Elsewhere");
    assert!(answer(first).get("ok").is_some());
    papers.assert_nothing_left();
}
