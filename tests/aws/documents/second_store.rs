//! The same documents in a store of other people's making, OpenStack's Swift: what Signet says of S3 is not only what moto
//! takes it to be. Signatures and checksums are compared here. Swift has no conditions but that a document sent is a new one,
//! so it refuses what replaces and what renames; that these succeed is moto's to show.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use serde_json::{Value, json};

use super::stage::{MIB, answer, bytes, put, sha256};
use super::worker::{NAME, WORK, What, Work};
use crate::server::{Script, python};

const ACCESS_KEY: &str = "test:tester";
const SECRET: &str = "testing";

fn url() -> String {
    static SWIFT: OnceLock<(String, Script)> = OnceLock::new();
    let start = || {
        let mut swift = Script::start(python("openstack_swift.py"));
        (format!("http://127.0.0.1:{}", swift.line().trim()), swift)
    };
    SWIFT.get_or_init(start).0.clone()
}

/// A bucket of Swift's, and a person's folder.
struct Bucket {
    folder: tempfile::TempDir,
    name: String,
}

impl Bucket {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("papers-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let bucket = Self { folder: tempfile::tempdir().unwrap(), name };
        bucket.look(json!({ "new": true }));
        bucket
    }

    fn look(&self, mut at: Value) -> Value {
        static LOOKING: OnceLock<Mutex<Script>> = OnceLock::new();
        let looking = LOOKING.get_or_init(|| {
            let mut command = python("account.py");
            command.args([&url(), ACCESS_KEY, SECRET]);
            Mutex::new(Script::start(command))
        });
        at["account"] = json!("");
        at["bucket"] = json!(self.name);
        at["documents"] = json!(true);
        looking.lock().unwrap().ask(&at)
    }

    fn there(&self) -> Value {
        self.look(json!({}))
    }

    fn file(&self, name: &str, content: &[u8]) -> std::path::PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn done(&self, what: What) -> Value {
        let work = Work { bucket: self.name.clone(), endpoint_url: url(), what };
        let child = Command::new(std::env::current_exe().unwrap())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .args([NAME, "--exact", "--nocapture"])
            .env(WORK, serde_json::to_string(&work).unwrap())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        answer(child)
    }

    fn ok(&self, what: What) -> Value {
        let answer = self.done(what);
        assert!(answer.get("ok").is_some(), "{answer}");
        answer["ok"].clone()
    }

    fn error(&self, what: What) -> String {
        let answer = self.done(what);
        answer["error"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }
}

#[test]
fn documents_of_any_name_go_up_and_are_listed() {
    let bucket = Bucket::new();
    let keys = ["2026/a b+c&%.pdf", "2026/\u{dc}bersicht (2).pdf", "2026/x/deep.txt", "top.bin"];
    for key in keys {
        let content = [key.as_bytes(), &bytes(MIB / 3)].concat();
        let sent = bucket.ok(put(bucket.file("file", &content), key));
        let there = bucket.there()["documents"][key].clone();
        assert_eq!(there["sha256"], sha256(&content), "{key}");
        assert_eq!(sent["etag"], there["etag"], "{key}");
        assert_eq!(there["disposition"].as_str().unwrap().split(';').next(), Some("inline"));
        let looked = bucket.ok(What::Look { key: key.to_owned() });
        assert_eq!((&looked["etag"], &looked["size"]), (&there["etag"], &there["size"]), "{key}");
    }
    let list = |after, most| What::List { folder: "2026/".to_owned(), after, most };
    let first = bucket.ok(list(None, 2));
    let rest = bucket.ok(list(first["next"].as_str().map(str::to_owned), 2));
    assert!(first["next"].is_string() && rest["next"].is_null(), "{first} {rest}");
    let both = |name: &str| -> Vec<Value> {
        [&first, &rest]
            .into_iter()
            .flat_map(|page| page[name].as_array().unwrap().clone())
            .collect()
    };
    assert_eq!(both("folders"), ["2026/x/"]);
    let listed: Vec<_> = both("documents").iter().map(|document| document["key"].clone()).collect();
    assert_eq!(listed, keys[..2]);
}

#[test]
fn what_is_there_is_never_written_over() {
    let bucket = Bucket::new();
    for size in [1, 8 * MIB + 1] {
        let key = format!("{size}.bin");
        let first = bytes(size);
        bucket.ok(put(bucket.file("file", &first), &key));
        let error = bucket.error(put(bucket.file("file", &bytes(size + 1)[1..]), &key));
        assert!(error.starts_with("AlreadyThere"), "{error}");
        assert_eq!(bucket.there()["documents"][key.as_str()]["sha256"], sha256(&first));
    }
    assert_eq!(bucket.there()["uploads"], json!([]));
}

#[test]
fn a_large_document_goes_in_parts_and_a_stopped_one_goes_on() {
    let bucket = Bucket::new();
    let content = bytes(24 * MIB + 5);
    let file = bucket.file("film.mp4", &content);
    let put =
        |stop_at| What::Put { file: file.clone(), key: "film.mp4".into(), replaces: None, stop_at };
    bucket.error(put(Some(8 * MIB as u64)));
    assert_eq!(bucket.there()["documents"], json!({}));
    bucket.ok(put(None));
    let there = bucket.there();
    assert_eq!(there["documents"]["film.mp4"]["sha256"], sha256(&content));
    assert_eq!(there["uploads"], json!([]));
}

#[test]
fn a_document_is_taken_away() {
    let bucket = Bucket::new();
    for key in ["a b+c.pdf", "2026/stays.pdf"] {
        bucket.ok(put(bucket.file("file", key.as_bytes()), key));
    }
    let etag = bucket.ok(What::Look { key: "a b+c.pdf".to_owned() })["etag"].clone();
    let etag = etag.as_str().unwrap().to_owned();
    // Old versions are not kept here, so nothing can be put back.
    assert_eq!(bucket.ok(What::Remove { key: "a b+c.pdf".to_owned(), etag }), Value::Null);
    let there = bucket.there()["documents"].clone();
    assert_eq!(there.as_object().unwrap().keys().collect::<Vec<_>>(), ["2026/stays.pdf"]);
}

#[test]
fn where_a_condition_cannot_be_had_nothing_is_changed() {
    let bucket = Bucket::new();
    let content = b"one".as_slice();
    let sent = bucket.ok(put(bucket.file("file", content), "a.pdf"));
    let etag = sent["etag"].as_str().unwrap().to_owned();
    let (key, file) = ("a.pdf".to_owned(), bucket.file("other", b"two"));
    bucket.error(What::Put { file, key: key.clone(), replaces: Some(etag.clone()), stop_at: None });
    bucket.error(What::Rename { key, to: "b.pdf".to_owned(), etag });
    let there = bucket.there()["documents"].clone();
    assert_eq!(there.as_object().unwrap().len(), 1);
    assert_eq!(there["a.pdf"]["sha256"], sha256(content));
}
