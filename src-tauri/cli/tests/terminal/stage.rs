//! A folder with keys in it, and the program as a script calls it.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

pub const ID: &str = "K2JCJMDEHXQW5F";
pub const URL: &str = "https://d111111abcdef8.cloudfront.net/Q3%20notes.pdf?v=2";

/// A folder with a key in it, and nobody's profile.
pub struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    pub fn openssl(&self, arguments: &[&str]) -> Vec<u8> {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {error}");
        output.stdout
    }

    pub fn rsa(&self) -> String {
        self.openssl(&["genrsa", "-traditional", "-out", "rsa.pem", "2048"]);
        self.path("rsa.pem").to_str().unwrap().to_owned()
    }

    pub fn p256(&self) -> String {
        let make = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
        self.file("p256.pem", self.openssl(&make))
    }

    /// `signet` with these words, without a display, a home's profile or a terminal.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = self.at_home(env!("CARGO_BIN_EXE_signet"));
        command.args(words);
        command
    }

    fn at_home(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", self.folder.path()).current_dir(self.folder.path());
        command
    }

    /// The program, as another one starts it that takes its place.
    #[cfg(target_os = "linux")]
    pub fn started_by(&self, words: &[&str]) -> Command {
        let mut command = self.at_home(words[0]);
        command.args(&words[1..]).arg(env!("CARGO_BIN_EXE_signet"));
        command
    }

    pub fn signet(&self, words: &[&str], input: &[u8]) -> Output {
        run(&mut self.command(words), input)
    }

    pub fn link(&self, words: &[&str]) -> String {
        let output = self.signet(words, b"");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Calls a command with something on its standard input.
pub fn run(command: &mut Command, input: &[u8]) -> Output {
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that fails early closes its input.
    let feeding = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = process.wait_with_output().unwrap();
    feeding.join().unwrap();
    output
}

pub fn with_key<'a>(key: &'a str, words: &[&'a str]) -> Vec<&'a str> {
    [&["sign", "--key-pair-id", ID, "--private-key", key], words].concat()
}

/// The value of a parameter as it stands in a link.
pub fn value<'a>(link: &'a str, name: &str) -> &'a str {
    link.split(['?', '&'])
        .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        .unwrap_or_else(|| panic!("{name} in {link}"))
}

/// That a command failed with this code, wrote nothing, and said what happened and what to do.
pub fn assert_two_sentences(output: &Output, code: i32, words: &[&str]) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{words:?}: {error}");
    assert!(output.stdout.is_empty(), "{words:?}");
    assert_eq!(error.trim_end().lines().count(), 2, "{words:?}: {error}");
    assert!(error.lines().all(|line| line.ends_with('.')), "{words:?}: {error}");
    assert!(!error.contains("panicked"), "{words:?}: {error}");
}
