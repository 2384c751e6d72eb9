//! One moto for all tests of a run, in which each test has an account of its own, and one who looks at
//! these accounts.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::{Value, json};

/// A script that runs until this process ends, whose end of its standard input then closes.
pub struct Script {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    _process: Child,
}

impl Script {
    pub fn start(mut command: Command) -> Self {
        let mut process = command
            .env_remove("AWS_PROFILE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("`make test` installs Python's packages");
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { input: process.stdin.take().unwrap(), output, _process: process }
    }

    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "a script ended; `make test` installs what it needs");
        line
    }

    /// The answer, where it answers each line with one of its own.
    pub fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.input, "{question}").unwrap();
        serde_json::from_str(&self.line()).unwrap()
    }
}

/// The port on which moto listens.
pub fn port() -> u16 {
    static MOTO: OnceLock<(u16, Script)> = OnceLock::new();
    let (port, _) = MOTO.get_or_init(|| {
        let mut moto = Script::start(python("cloudfront.py"));
        (moto.line().trim().parse().unwrap(), moto)
    });
    *port
}

/// What an account has that a set-up could touch.
pub fn account(id: &str, bucket: &str) -> Value {
    look(&json!({ "account": id, "bucket": bucket }))
}

/// What a bucket has: its documents as they are read, uploads in parts that are not finished, and old versions.
pub fn documents(account: &str, bucket: &str) -> Value {
    look(&json!({ "account": account, "bucket": bucket, "documents": true }))
}

fn look(at: &Value) -> Value {
    static LOOKING: OnceLock<Mutex<Script>> = OnceLock::new();
    let looking = LOOKING.get_or_init(|| {
        let mut command = python("account.py");
        command.arg(format!("http://127.0.0.1:{}", port()));
        Mutex::new(Script::start(command))
    });
    looking.lock().unwrap().ask(at)
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
