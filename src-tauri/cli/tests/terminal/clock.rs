//! Under a clock that cannot be right no end is reckoned, and one that is given is signed with a warning. What
//! has no end is not read as a time zone.

use std::path::PathBuf;
use std::process::{Output, Stdio};

use crate::stage::{ID, Stage, URL, assert_two_sentences, with_key};

/// Where Debian and its kin put libfaketime, for every kind of processor.
fn faketime() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().flatten().map(|entry| entry.path());
    let libraries = folders.map(|folder| folder.join("faketime/libfaketime.so.1"));
    libraries.into_iter().find(|library| library.exists()).expect("libfaketime is installed")
}

fn at(stage: &Stage, clock: &str, words: &[&str]) -> Output {
    let mut command = stage.command(words);
    command.env("LD_PRELOAD", faketime()).env("FAKETIME", clock);
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").stdin(Stdio::null());
    command.output().unwrap()
}

const WRONG: [&str; 4] = [
    "@1970-01-02 00:00:00",
    "@2019-06-01 12:00:00",
    "@2025-12-30 12:00:00",
    "@2046-01-03 12:00:00",
];
const RIGHT: &str = "@2026-11-24 12:00:00";
const SAID: &str = "The clock of this computer is wrong, so links would not work.";

#[test]
fn no_end_is_reckoned_from_a_clock_that_cannot_be_right() {
    let stage = Stage::new();
    let key = stage.p256();
    let list = stage.file("addresses", format!("{URL}\n{URL}\n"));
    let sign = with_key(&key, &["--expires-in", "7d"]);
    let link = [&sign, &["--url", URL][..]].concat();
    let many = [&sign, &["--urls-from", &list][..]].concat();
    let resource = "https://d111111abcdef8.cloudfront.net/reports/*";
    let mut cookies = [&sign, &["--resource", resource][..]].concat();
    *cookies.first_mut().unwrap() = "sign-cookies";
    for words in [link, many, cookies] {
        for clock in WRONG {
            let output = at(&stage, clock, &words);
            assert_two_sentences(&output, 1, &words);
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!(error.lines().next(), Some(SAID), "{clock}");
        }
        // The positive control: the same words under a clock that can be right.
        let output = at(&stage, RIGHT, &words);
        assert!(output.status.success(), "{words:?}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{words:?}");
    }
}

#[test]
fn an_end_that_is_given_is_signed_under_every_clock_with_a_warning_under_a_wrong_one() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = with_key(&key, &["--url", URL, "--date-less-than", "1796144400"]);
    let right = at(&stage, RIGHT, &words);
    assert!(right.status.success() && right.stderr.is_empty());
    assert!(String::from_utf8_lossy(&right.stdout).contains(ID));
    for clock in WRONG {
        let output = at(&stage, clock, &words);
        assert!(output.status.success());
        assert_eq!(output.stdout, right.stdout, "{clock}");
        let warning = String::from_utf8(output.stderr).unwrap();
        let day = clock.get(1..11).unwrap();
        let mut expected =
            format!("Warning: the clock of this computer is wrong, it says {day}.\n");
        if day.starts_with("2046") {
            expected +=
                "Warning: this ended on Tuesday 1 December 2026, 17:00 UTC, so it opens nothing.\n";
        }
        assert_eq!(warning, expected);
    }
}

#[test]
fn what_is_reckoned_from_today_is_no_end_that_is_given() {
    let stage = Stage::new();
    let key = stage.p256();
    for words in [
        vec!["--date-less-than", "tomorrow"],
        vec!["--date-less-than", "31 December"],
        vec!["--date-less-than", "4102444800", "--date-greater-than", "tomorrow"],
    ] {
        let words = with_key(&key, &[&["--url", URL], &words[..]].concat());
        for clock in WRONG {
            let output = at(&stage, clock, &words);
            assert!(output.stdout.is_empty(), "{clock} {words:?}");
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.lines().any(|line| line == SAID), "{clock} {words:?}: {error}");
        }
        // The positive control.
        let output = at(&stage, RIGHT, &words);
        assert!(output.status.success() && !output.stdout.is_empty(), "{words:?}");
    }
}

#[test]
fn a_row_of_a_list_has_no_end_of_its_own_under_a_wrong_clock() {
    let stage = Stage::new();
    let key = stage.p256();
    let list = stage.file("list.csv", "a.pdf\t7 days\nb.pdf\ttomorrow\nc.pdf\t\n");
    let site = ["--site", "d111111abcdef8.cloudfront.net", "--list", &list];
    let words = with_key(&key, &[&site[..], &["--date-less-than", "4102444800"]].concat());
    let lines = |output: &Output| {
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for clock in WRONG {
        let output = at(&stage, clock, &words);
        // The row without one has the end that was given, and only that.
        let [link] = &lines(&output)[..] else { panic!("{clock}: {:?}", lines(&output)) };
        assert!(link.contains("/c.pdf?Expires=4102444800&"), "{clock}: {link}");
        let error = String::from_utf8(output.stderr).unwrap();
        for line in 1..=2 {
            let said = format!("Line {line}: The clock of this computer is wrong");
            assert!(error.contains(&said), "{clock}: {error}");
        }
    }
    assert_eq!(lines(&at(&stage, RIGHT, &words)).len(), 3, "the control");
}

#[test]
fn a_link_is_judged_with_a_warning_under_a_wrong_clock() {
    let stage = Stage::new();
    let key = stage.p256();
    let link = stage.link(&with_key(&key, &["--url", URL, "--date-less-than", "1796144400"]));
    let inspect = ["inspect", link.trim()];
    assert!(at(&stage, RIGHT, &inspect).stderr.is_empty());
    let wrong = at(&stage, "@1970-01-02 00:00:00", &inspect);
    let warning = String::from_utf8(wrong.stderr).unwrap();
    assert_eq!(warning, "Warning: the clock of this computer is wrong, it says 1970-01-02.\n");
}

#[test]
fn a_time_zone_without_an_end_is_refused_and_not_read() {
    let stage = Stage::new();
    let key = stage.p256();
    let link = stage.link(&with_key(&key, &["--url", URL, "--date-less-than", "1796144400"]));
    let pipe = stage.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let words = ["inspect", link.trim()];
    let within_a_minute = |zone: &str| {
        let signet = stage.command(&words);
        let mut command = std::process::Command::new("timeout");
        command.arg("--signal=KILL").arg("60").arg(signet.get_program()).args(words);
        command.env("TZ", zone).env("HOME", stage.path("")).stdin(Stdio::null()).output().unwrap()
    };
    for zone in ["/dev/zero", ":/dev/zero", "../../../dev/zero", pipe.to_str().unwrap()] {
        let output = within_a_minute(zone);
        assert_two_sentences(&output, 1, &words);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.starts_with("The environment variable TZ names no time zone."), "{error}");
    }
    // The positive control: other zones are none of its business.
    for zone in ["", "Europe/London", "EST5EDT"] {
        assert!(!within_a_minute(zone).stdout.is_empty(), "{zone}");
    }
}
