//! The programs that are asked: each reads a case a line (JSON) and prints an answer a line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Feeds every case and gives the answers, one for each.
pub fn ask(mut oracle: Command, cases: impl Iterator<Item = Value>) -> Vec<String> {
    let lines: Vec<_> = cases.map(|case| format!("{case}\n")).collect();
    let count = lines.len();
    let mut process = oracle
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{oracle:?}: {error}; `make test` installs it"));
    let mut input = process.stdin.take().unwrap();
    let feeding = std::thread::spawn(move || input.write_all(lines.concat().as_bytes()));
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{oracle:?} failed; `make test` installs what it needs");
    feeding.join().unwrap().unwrap();
    let answers: Vec<_> =
        String::from_utf8(output.stdout).unwrap().lines().map(ToOwned::to_owned).collect();
    assert_eq!(answers.len(), count, "{oracle:?}");
    answers
}

pub fn python() -> Command {
    Command::new(root().join(".cache/venv/bin/python"))
}

/// A script of tests/conformance.
pub fn python_oracle(script: &str) -> Command {
    let mut oracle = python();
    oracle.arg(conformance().join(script));
    oracle
}

pub fn javascript_oracle(script: &str) -> Command {
    let mut oracle = Command::new("node");
    oracle.arg(conformance().join("js").join(script));
    oracle
}

/// The Go SDK as Debian packs it. What was compiled for it stays in the target folder.
pub fn go_oracle(folder: &Path) -> Command {
    let program = folder.join("oracle");
    let built = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg(conformance().join("go/main.go"))
        .env("GO111MODULE", "off")
        .env("GOPATH", "/usr/share/gocode")
        .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache"))
        .status()
        .expect("`make test` installs Go");
    assert!(built.success());
    Command::new(program)
}

fn conformance() -> PathBuf {
    root().join("tests/conformance")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
