//! However large a file is, little of it is in memory.
#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};

use super::sink::Sink;
use super::stage::{MIB, Papers};
use super::worker::{NAME, WORK, What, Work};

/// Larger than all that may be in memory, many times.
const SIZE: u64 = 1 << 30;

#[test]
fn a_large_file_takes_little_memory() {
    let papers = Papers::new();
    let sink = Sink::start();
    let file = papers.stage.path("large.bin");
    std::fs::File::create(&file).unwrap().set_len(SIZE).unwrap();
    let work = Work {
        bucket: papers.stage.bucket.clone(),
        endpoint_url: format!("http://127.0.0.1:{}", sink.port),
        what: What::Put { file, key: "large.bin".to_owned(), replaces: None, stop_at: None },
    };
    let mut command = Command::new(std::env::current_exe().unwrap());
    papers.stage.surround(&mut command);
    let output = command
        .args([NAME, "--exact", "--nocapture"])
        .env(WORK, serde_json::to_string(&work).unwrap())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("answer {\"ok\""), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(sink.taken(), SIZE);
    let bytes = |word: &str| -> usize {
        let line = said.lines().find_map(|line| line.strip_prefix(word)).unwrap();
        line.trim().parse().unwrap()
    };
    let more = bytes("peak ") - bytes("idle ");
    // What is on its way is in memory, so this measures something.
    assert!(more > 8 * MIB, "{more}");
    assert!(more <= 64 * MIB, "{} MiB more than idle", more / MIB);
}
