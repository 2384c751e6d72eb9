//! A reader that leaves before the end, as `head` does.

use std::io::{BufRead as _, BufReader, PipeWriter, Read as _};
use std::process::{ExitStatus, Stdio};

use crate::stage::{Stage, URL, with_key};

const END: [&str; 2] = ["--date-less-than", "1796144400"];

#[test]
fn a_reader_that_has_enough_ends_the_batch() {
    let stage = Stage::new();
    let key = stage.p256();
    let lines: String = (0..20_000).map(|n| format!("https://h.example/{n}.pdf\n")).collect();
    let file = stage.file("addresses.txt", lines);
    let words = with_key(&key, &["--urls-from", &file, END[0], END[1]]);
    let mut process =
        stage.command(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    let mut links = BufReader::new(process.stdout.take().unwrap());
    links.read_line(&mut first).unwrap();
    assert!(first.starts_with("https://h.example/0.pdf?Expires="), "{first}");
    drop(links);
    let mut error = String::new();
    process.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    let status = process.wait().unwrap();
    assert!(!status.success(), "not all links can have been written");
    assert_ends_in_peace(status, &error, &words);
}

#[test]
fn a_reader_that_was_never_there_is_no_panic() {
    let stage = Stage::new();
    let key = stage.p256();
    let file = stage.file("address.txt", URL);
    let sign = with_key(&key, &["--url", URL, END[0], END[1]]);
    let batch = with_key(&key, &["--urls-from", &file, END[0], END[1]]);
    let mut cookies = with_key(&key, &["--resource", URL, END[0], END[1]]);
    cookies[0] = "sign-cookies";
    for words in [
        sign.as_slice(),
        &batch,
        &cookies,
        &["keys", "list"],
        &["man"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["completions", "fish"],
        &["--help"],
        &["--version"],
    ] {
        let output = stage.command(words).stdout(nobody()).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_ends_in_peace(output.status, &error, words);
    }
}

/// A pipe whose other end is closed.
fn nobody() -> PipeWriter {
    std::io::pipe().unwrap().1
}

/// Two sentences or none, and an end that the program itself chose.
fn assert_ends_in_peace(status: ExitStatus, error: &str, words: &[&str]) {
    assert!(!error.contains("panicked"), "{words:?}: {error}");
    assert!(matches!(status.code(), Some(0..=2)), "{words:?}: {status}: {error}");
    assert!([0, 2].contains(&error.lines().count()), "{words:?}: {error}");
}
