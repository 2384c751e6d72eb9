//! A bucket, a person's files, and the second process that this person starts.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::worker::{ANSWER, NAME, WORK, What, Work};
use crate::proxy::{Call, forward};
use crate::server;
use crate::stage::{REGION, SECRETS, Stage};

pub const MIB: usize = 1 << 20;

/// A bucket in an account of its own.
pub struct Papers {
    pub stage: Stage,
}

impl Papers {
    pub fn new() -> Self {
        Self { stage: Stage::new() }
    }

    /// The same where old versions are kept.
    pub fn versioned() -> Self {
        let papers = Self::new();
        let on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
        papers.stage.ask("s3", "PUT", &format!("/{}?versioning", papers.stage.bucket), on);
        papers
    }

    /// A file of this person's.
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.stage.path(name);
        File::create(&path).unwrap().write_all(content).unwrap();
        path
    }

    /// Puts a document there past everything that is tested.
    pub fn put_by_somebody(&self, key: &str, content: &str) {
        self.stage.ask("s3", "PUT", &format!("/{}/{key}", self.stage.bucket), content);
    }

    pub fn start(&self, what: What) -> Child {
        let work =
            Work { bucket: self.stage.bucket.clone(), endpoint_url: self.stage.proxy.url(), what };
        let mut command = Command::new(std::env::current_exe().unwrap());
        self.stage.surround(&mut command);
        command
            .args([NAME, "--exact", "--nocapture"])
            .env(WORK, serde_json::to_string(&work).unwrap())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// What comes of it. Nothing of the login is in it.
    pub fn done(&self, what: What) -> Value {
        answer(self.start(what))
    }

    /// The same where it succeeds.
    pub fn ok(&self, what: What) -> Value {
        let answer = self.done(what);
        assert!(answer.get("ok").is_some(), "{answer}");
        answer["ok"].clone()
    }

    /// The same where it does not.
    pub fn error(&self, what: What) -> String {
        let answer = self.done(what);
        answer["error"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// What the bucket has, as AWS's own library sees it.
    pub fn there(&self) -> Value {
        server::documents(&self.stage.account, &self.stage.bucket)
    }

    /// Nothing is left of uploads: no parts that are paid for, and nothing written down.
    pub fn assert_nothing_left(&self) {
        assert_eq!(self.there()["uploads"], Value::Array(vec![]));
        assert_eq!(self.written_down(), [""; 0]);
    }

    /// What is written down of uploads that are not over.
    pub fn written_down(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.stage.path(".config/signet")).into_iter().flatten();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("upload-") && name.ends_with(".json")).collect()
    }
}

pub fn put(file: PathBuf, key: &str) -> What {
    What::Put { file, key: key.to_owned(), replaces: None, stop_at: None }
}

/// Puts a document there from within a rule of the proxy.
pub fn put_past_the_proxy(path: &str, content: &str, account: &str) {
    let head = format!(
        "PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\nAuthorization: \
         AWS4-HMAC-SHA256 Credential=test/20260101/{REGION}/s3/aws4_request, \
         SignedHeaders=host, Signature=0\r\n\r\n",
        content.len()
    );
    let (method, path, body) = ("PUT".to_owned(), path.to_owned(), content.to_owned());
    let call = Call { method, path, head, body, content: None };
    let answer = String::from_utf8(forward(&call, account).unwrap()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

/// What a second process answers once it has ended by itself.
pub fn answer(child: Child) -> Value {
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    answer_of(&output).unwrap_or_else(|| panic!("{output:?}"))
}

/// The answer in what a second process has said, which has no secret in it.
pub fn answer_of(output: &Output) -> Option<Value> {
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    for secret in SECRETS {
        assert!(!said.contains(secret), "{said}");
    }
    let answer = said.lines().find_map(|line| line.strip_prefix(ANSWER))?;
    serde_json::from_str(answer).ok()
}

pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of which no two parts are alike.
pub fn bytes(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
