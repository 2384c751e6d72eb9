//! The list of keys under several programs at once, and where it cannot be used: nothing in it is lost.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use crate::stage::{ID, Stage, URL, assert_two_sentences};

const FILE: &str = ".config/signet/settings.json";

/// Settings as they are when so many keys were made and none is finished.
fn with_made_keys(stage: &Stage, count: usize) {
    let made: Vec<_> = (0..count)
        .map(|n| {
            format!(
                r#"{{"id":"{n:032x}","name":"Key {n}","kind":"p256","fingerprint":"{}"}}"#,
                "8f".repeat(32)
            )
        })
        .collect();
    let made = made.join(",");
    put(
        stage,
        &format!(
            r#"{{"version":3,"keys":[],"made":[{made}],"last_key":null,"last_lifetime":null}}"#
        ),
    );
}

fn put(stage: &Stage, settings: &str) -> PathBuf {
    fs::create_dir_all(stage.path(".config/signet")).unwrap();
    stage.file(FILE, settings);
    stage.path(FILE)
}

fn names(stage: &Stage) -> Vec<String> {
    let entries = fs::read_dir(stage.path(".config/signet")).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn connect(n: usize) -> Vec<String> {
    let (key, site) = (format!("Key {n}"), format!("docs{n}.example.com"));
    ["keys", "connect", "--key", &key, "--site", &site, "--key-pair-id", ID]
        .map(str::to_owned)
        .into()
}

#[test]
fn what_six_commands_at_once_were_told_is_all_in_the_list() {
    const AT_ONCE: usize = 6;
    for _ in 0..3 {
        let stage = Stage::new();
        with_made_keys(&stage, AT_ONCE);
        let commands: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                let words = connect(n);
                let words: Vec<_> = words.iter().map(String::as_str).collect();
                let mut command = stage.command(&words);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for command in commands {
            let output = command.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let listed = String::from_utf8(stage.signet(&["keys", "list"], b"").stdout).unwrap();
        let connected: Vec<_> = (0..AT_ONCE)
            .filter(|n| listed.contains(&format!("Key {n}\thttps://docs{n}.example.com\t{ID}")))
            .collect();
        assert_eq!(connected, (0..AT_ONCE).collect::<Vec<_>>(), "{listed}");
        assert_eq!(names(&stage), ["settings.json", "settings.lock"]);
    }
}

/// Each is killed somewhere on its way; whoever was told "done" is in the list, and it is always whole.
#[test]
fn a_command_that_is_killed_loses_nobodys_key() {
    const ROUNDS: usize = 40;
    let stage = Stage::new();
    with_made_keys(&stage, ROUNDS);
    let mut done = Vec::new();
    for n in 0..ROUNDS {
        let words = connect(n);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let mut command =
            stage.command(&words).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // From a moment after its start on; each fifth has time enough.
        std::thread::sleep(std::time::Duration::from_micros(n as u64 * 400));
        if n % 5 == 4 {
            command.wait().unwrap();
        } else {
            command.kill().unwrap();
        }
        let output = command.wait_with_output().unwrap();
        if !output.stdout.is_empty() {
            done.push(n);
        }
        let list = stage.signet(&["keys", "list"], b"");
        assert!(list.status.success(), "{}", String::from_utf8_lossy(&list.stderr));
        let listed = String::from_utf8(list.stdout).unwrap();
        assert_eq!(listed.lines().count(), ROUNDS, "{listed}");
        for n in &done {
            assert!(
                listed.contains(&format!("Key {n}\thttps://docs{n}.example.com")),
                "{n}: {listed}"
            );
        }
    }
    assert!(done.len() >= ROUNDS / 5, "{done:?}");
}

/// A command that needs no list.
fn signing(key: &str) -> Vec<&str> {
    ["sign", "--key-pair-id", ID, "--private-key", key, "--url", URL, "--expires-in", "7d"].into()
}

/// Every command that needs the list.
fn commands<'a>(key: &'a str, link: &'a str) -> Vec<Vec<&'a str>> {
    let place = ["--bucket", "client-papers", "--region", "eu-central-1"];
    let setup = |command| [&["setup", command, "--key", "Papers"], &place[..]].concat();
    vec![
        vec!["keys", "list"],
        vec!["keys", "make", "--name", "Other"],
        vec![
            "keys",
            "import",
            "--name",
            "Other",
            "--site",
            "docs.example.com",
            "--key-pair-id",
            ID,
            "--private-key",
            key,
        ],
        vec![
            "keys",
            "connect",
            "--key",
            "Papers",
            "--site",
            "docs.example.com",
            "--key-pair-id",
            ID,
        ],
        vec!["keys", "public", "--key", "Papers"],
        vec!["keys", "backup", "--key", "Papers", "--file", "b.pem", "--passphrase-file", key],
        vec!["sign", "--key", "Papers", "--url", URL, "--expires-in", "7d"],
        vec!["sign-cookies", "--key", "Papers", "--resource", URL, "--expires-in", "7d"],
        vec!["inspect", "--check-signature", link],
        setup("plan"),
        setup("apply"),
        setup("check"),
        vec!["setup", "undo", "--key", "Papers"],
    ]
}

#[test]
fn a_list_that_cannot_be_used_is_told_by_every_command_and_stays_as_it_is() {
    let stage = Stage::new();
    let key = stage.p256();
    let sign = signing(&key);
    let link = stage.link(&sign);
    let newer = r#"{"version":5,"keys":[{"name":"Papers"}]}"#;
    for (settings, said) in [
        (newer, "a newer Signet wrote it"),
        (r#"{"version":4,"keys":[{"name":"Papers"}]}"#, "it is damaged"),
        (r#"{"version":3,"keys":[{"name":"Papers"}]}"#, "it is damaged"),
        ("", "it is damaged"),
    ] {
        let file = put(&stage, settings);
        for words in commands(&key, link.trim_end()) {
            let output = stage.signet(&words, b"");
            assert_two_sentences(&output, 1, &words);
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.contains(said), "{words:?}: {error}");
            assert_eq!(fs::read_to_string(&file).unwrap(), settings, "{words:?}");
            assert_eq!(names(&stage), ["settings.json"], "{words:?}");
        }
    }
    // What needs no list works.
    stage.link(&sign);
}

#[cfg(unix)]
#[test]
fn what_stands_in_the_place_of_the_list_is_told_and_not_waited_for() {
    let stage = Stage::new();
    let key = stage.p256();
    let link = stage.link(&signing(&key));
    let file = put(&stage, "");
    fs::remove_file(&file).unwrap();
    stage.file("elsewhere", "{}");
    let obstacles: [(&str, &dyn Fn()); 3] = [
        ("a folder", &|| fs::create_dir(&file).unwrap()),
        ("a pipe", &|| {
            let made = std::process::Command::new("mkfifo").arg(&file).status().unwrap();
            assert!(made.success());
        }),
        ("a link", &|| std::os::unix::fs::symlink(stage.path("elsewhere"), &file).unwrap()),
    ];
    for (name, put) in obstacles {
        put();
        for words in commands(&key, link.trim_end()) {
            let output = stage.signet(&words, b"");
            assert_two_sentences(&output, 1, &words);
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.contains("it cannot be read"), "{name} {words:?}: {error}");
            assert_eq!(names(&stage), ["settings.json"], "{name} {words:?}");
        }
        if file.symlink_metadata().unwrap().is_dir() {
            fs::remove_dir(&file).unwrap();
        } else {
            fs::remove_file(&file).unwrap();
        }
    }
    assert_eq!(fs::read_to_string(stage.path("elsewhere")).unwrap(), "{}");
}
