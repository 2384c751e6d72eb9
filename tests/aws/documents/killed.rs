//! `kill -9` while a file goes up, at any moment: the same once more makes it whole, nothing is there twice, nothing in
//! halves, and nothing is left that is paid for.

use std::hash::{BuildHasher, RandomState};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::stage::{MIB, Papers, answer_of, bytes, put, sha256};
use crate::proxy::{Answer, Call, forward};

const KEY: &str = "2026/\u{dc}bersicht.bin";

/// What a killed upload may have left: nothing that anybody sees, or the whole document.
fn assert_whole_or_nothing(papers: &Papers, content: &[u8]) {
    let there = papers.there()["documents"].clone();
    let is_whole = there[KEY]["sha256"] == sha256(content);
    assert!(there == json!({}) || is_whole, "{there}");
}

fn assert_there_once(papers: &Papers, content: &[u8]) {
    let there = papers.there();
    assert_eq!(there["documents"][KEY]["sha256"], sha256(content));
    assert_eq!(there["documents"].as_object().unwrap().len(), 1);
    assert_eq!(there["versions"], 1, "it went up twice");
    papers.assert_nothing_left();
}

/// Kills it while its nth call that changes something waits for an answer; gives whether there was such a call.
fn killed_at(papers: &Papers, n: usize, is_done: bool, size: usize) -> bool {
    let (reached, waiting) = mpsc::channel();
    let mut seen = 0;
    papers.stage.proxy.rule(move |call: &Call| {
        seen += usize::from(call.is_write());
        if call.is_write() && seen == n {
            let reached = reached.clone();
            return Answer::Never { is_done, then: Box::new(move || reached.send(()).unwrap()) };
        }
        Answer::Real
    });
    let content = bytes(size);
    let file = papers.file("a.bin", &content);
    let mut process = papers.start(put(file, KEY));
    let was_reached = loop {
        if waiting.try_recv().is_ok() {
            break true;
        }
        if process.try_wait().unwrap().is_some() {
            break false;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    process.kill().unwrap();
    process.wait().unwrap();
    papers.stage.proxy.rule(|_| Answer::Real);
    was_reached
}

/// How many calls there were at which it was killed.
fn rounds(size: usize) -> usize {
    let content = bytes(size);
    let mut rounds = 0;
    for is_done in [false, true] {
        for n in 1.. {
            let papers = Papers::versioned();
            if !killed_at(&papers, n, is_done, size) {
                break;
            }
            rounds += 1;
            assert_whole_or_nothing(&papers, &content);
            papers.ok(put(papers.stage.path("a.bin"), KEY));
            assert_there_once(&papers, &content);
        }
    }
    rounds
}

#[test]
fn a_small_file_that_was_killed_at_its_call_is_there_once() {
    assert_eq!(rounds(1_000), 2);
}

#[test]
fn a_large_file_that_was_killed_at_any_call_is_there_once() {
    // It is begun, has two parts, and is put together.
    assert_eq!(rounds(9 * MIB), 8);
}

/// A call of a killed program that S3 does only when the next program is at work already.
#[test]
fn what_a_killed_program_asked_for_last_is_done_late_and_there_once() {
    let content = bytes(9 * MIB);
    let late: [fn(&Call) -> bool; 3] = [
        |call| call.path.contains("list-type=2"),
        |call| call.method == "GET" && call.path.contains("uploadId="),
        |call| call.method == "POST" && call.path.contains("uploadId="),
    ];
    for is_then in late {
        let papers = Papers::versioned();
        // The fourth call puts it together.
        assert!(killed_at(&papers, 4, false, content.len()));
        let calls = papers.stage.proxy.calls();
        let mut last = calls.into_iter().rfind(|call| call.method == "POST");
        let account = papers.stage.account.clone();
        papers.stage.proxy.rule(move |call| {
            if let Some(last) = last.take_if(|_| is_then(call)) {
                forward(&last, &account).unwrap();
            }
            Answer::Real
        });
        papers.ok(put(papers.stage.path("a.bin"), KEY));
        assert_there_once(&papers, &content);
    }
}

#[test]
fn a_file_that_was_killed_in_any_moment_is_there_once() {
    let usual = if std::env::var_os("SIGNET_FULL").is_some() { 200 } else { 8 };
    let kills = std::env::var("SIGNET_KILLS").map_or(usual, |kills| kills.parse().unwrap());
    for round in 0..kills {
        let content = bytes(if round % 4 == 0 { 100_000 } else { 17 * MIB });
        let papers = Papers::versioned();
        let file = papers.file("a.bin", &content);
        let mut longest = Duration::from_millis(600);
        loop {
            let begun = Instant::now();
            let mut process = papers.start(put(file.clone(), KEY));
            let moment = longest.mul_f64(random());
            while begun.elapsed() < moment && process.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(1));
            }
            let has_ended = process.try_wait().unwrap().is_some();
            process.kill().unwrap();
            let answer = answer_of(&process.wait_with_output().unwrap());
            assert!(answer.is_some() || !has_ended, "it ended without an answer");
            if let Some(answer) = answer {
                assert!(answer.get("ok").is_some(), "{answer}");
                // Killed behind its answer it has not said to itself that it is over.
                if !papers.written_down().is_empty() {
                    papers.ok(put(file.clone(), KEY));
                }
                break;
            }
            assert_whole_or_nothing(&papers, &content);
            // So it comes to its end some time, also where everything is slow.
            longest = longest.mul_f64(1.5);
        }
        assert_there_once(&papers, &content);
    }
}

/// From 0 to 1, another one every time.
fn random() -> f64 {
    (RandomState::new().hash_one(0) >> 11) as f64 / (1_u64 << 53) as f64
}
