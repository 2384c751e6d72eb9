//! One moto for all tests of a run. Each test has an account of its own in it.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// It ends with this process, whose end of its standard input then closes.
struct Server {
    port: u16,
    _process: Child,
}

/// The port on which it listens.
pub fn port() -> u16 {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start).port
}

fn start() -> Server {
    let mut process = python("cloudfront.py")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("`make test` installs Python's packages");
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().parse();
    Server { port: port.expect("`make test` installs moto"), _process: process }
}

/// A script of this folder.
pub fn python(script: &str) -> Command {
    let mut command = Command::new(root().join(".cache/venv/bin/python"));
    command.arg(root().join("tests/aws").join(script));
    command
}

/// The folder of Signet's sources.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
