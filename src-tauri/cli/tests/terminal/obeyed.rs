//! Nothing that a terminal would obey, and nothing that nobody could see, is written: whatever stands in an
//! argument, in a file's name or on the standard input.

use crate::stage::{ID, Stage, URL};
use crate::tame::{POISON, assert_tame};

/// What may stand before it, so that it gets past the first look at a value.
const BEFORE: [&str; 4] = ["", "https://docs.example.com/", "file://", "K2JCJMDEHXQW5F"];

/// The words that lead to each command, from what the program says of itself.
fn commands(stage: &Stage, path: &[String]) -> Vec<Vec<String>> {
    let help = help(stage, path);
    let listed = help.split_once("Commands:\n").map(|(_, rest)| rest).unwrap_or_default();
    let names = listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    let mut all = Vec::new();
    for name in names {
        let longer = [path, &[name.to_owned()]].concat();
        let below = commands(stage, &longer);
        if below.is_empty() {
            all.push(longer);
        } else {
            all.extend(below);
        }
    }
    all
}

fn help(stage: &Stage, path: &[String]) -> String {
    let mut words: Vec<_> = path.iter().map(String::as_str).collect();
    words.push("--help");
    stage.link(&words)
}

/// The options of a command that take a value, and how many values it takes without a name.
fn arguments(help: &str) -> (Vec<String>, usize) {
    let mut options = Vec::new();
    for line in help.lines().filter(|line| line.starts_with("  ")) {
        let line = line.trim_start();
        let line = match line.split_once(", ") {
            Some((short, long)) if short.len() == 2 && short.starts_with('-') => long,
            _ => line,
        };
        let mut words = line.split_whitespace();
        if let (Some(name), Some(value)) = (words.next(), words.next())
            && name.starts_with("--")
            && value.starts_with(['<', '['])
        {
            options.push(name.to_owned());
        }
    }
    let usage = help.lines().find(|line| line.starts_with("Usage:")).unwrap_or_default();
    let values = usage.split_whitespace().filter(|word| word.starts_with('<')).count();
    (options, values)
}

/// A call with nothing wrong in it, as far as it goes without a keychain and without AWS.
fn sound(stage: &Stage, command: &[String]) -> Vec<String> {
    let key = stage.path("p256.pem").to_str().unwrap().to_owned();
    let public = stage.path("public.pem").to_str().unwrap().to_owned();
    let phrase = stage.path("phrase").to_str().unwrap().to_owned();
    let end = ["--date-less-than", "2026-12-01"];
    let words: Vec<&str> = match command.join(" ").as_str() {
        "sign" => {
            [&["--url", URL, "--key-pair-id", ID, "--private-key", &key], end.as_slice()].concat()
        }
        "sign-cookies" => {
            [&["--resource", URL, "--key-pair-id", ID, "--private-key", &key], end.as_slice()]
                .concat()
        }
        "inspect" => vec![URL, "--public-key", &public],
        "keys import" => {
            let site = ["--name", "a", "--site", "docs.example.com"];
            [site.as_slice(), &["--key-pair-id", ID, "--private-key", &key]].concat()
        }
        "keys make" => vec!["--name", "a"],
        "keys backup" => vec!["--key", "a", "--file", "backup.pem", "--passphrase-file", &phrase],
        "keys connect" => {
            vec!["--key", "a", "--site", "docs.example.com", "--key-pair-id", ID]
        }
        "setup script" | "setup template" | "setup page" => {
            vec!["--public-key", &public, "--bucket", "papers", "--region", "eu-central-1"]
        }
        "setup plan" | "setup apply" | "setup check" => vec![
            "--public-key",
            &public,
            "--bucket",
            "papers",
            "--region",
            "eu-central-1",
            "--endpoint-url",
            "http://127.0.0.1:9",
        ],
        "setup undo" => vec!["--public-key", &public, "--endpoint-url", "http://127.0.0.1:9"],
        _ => Vec::new(),
    };
    command.iter().cloned().chain(words.into_iter().map(ToOwned::to_owned)).collect()
}

/// The call with a value in the place of an option's own.
fn with(call: &[String], option: &str, value: &str) -> Vec<String> {
    let mut call = call.to_vec();
    match call.iter().position(|word| word == option) {
        Some(at) => value.clone_into(&mut call[at + 1]),
        None => call.extend([option.to_owned(), value.to_owned()]),
    }
    call
}

#[test]
fn no_argument_of_any_command_reaches_a_terminal_as_it_is() {
    let stage = Stage::new();
    stage.p256();
    stage.openssl(&["pkey", "-in", "p256.pem", "-pubout", "-out", "public.pem"]);
    stage.file("phrase", "a horse, a battery and a staple\n");
    let all = commands(&stage, &[]);
    assert!(all.len() > 12, "{all:?}");
    let mut calls = 0;
    let mut try_it = |call: &[String]| {
        let words: Vec<_> = call.iter().map(String::as_str).collect();
        assert_tame(&stage.signet(&words, POISON.as_bytes()), &words);
        calls += 1;
    };
    for command in &all {
        let (options, values) = arguments(&help(&stage, command));
        let call = sound(&stage, command);
        for before in BEFORE {
            let poisoned = format!("{before}{POISON}");
            for option in &options {
                try_it(&with(&call, option, &poisoned));
                try_it(&with(&call, &format!("{option}{POISON}"), "a"));
            }
            try_it(&[command.as_slice(), std::slice::from_ref(&poisoned)].concat());
            if values > 0 {
                try_it(&[call.as_slice(), &[poisoned]].concat());
            }
        }
    }
    let stray = POISON.to_owned();
    try_it(std::slice::from_ref(&stray));
    try_it(&["keys".to_owned(), stray]);
    assert!(calls > 200, "{calls}");
}

#[test]
fn a_name_of_a_file_is_shown_as_text_and_is_whole_in_json() {
    let stage = Stage::new();
    let key = stage.p256();
    let link = stage
        .link(&crate::stage::with_key(&key, &["--url", URL, "--date-less-than", "2100-01-01"]));
    let name = POISON.replace('/', "");
    stage.file(&name, stage.openssl(&["pkey", "-in", "p256.pem", "-pubout"]));
    let inspect = ["inspect", &link, "--public-key", &name];
    let shown = assert_tame(&stage.signet(&inspect, b""), &inspect);
    assert!(shown.contains("[U+001B][2J") && shown.contains("[U+202E]"), "{shown}");

    let json = [inspect.as_slice(), &["--json"]].concat();
    let answer = assert_tame(&stage.signet(&json, b""), &json);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["details"]["key"], name.as_str());
    assert_eq!(answer["works"], true);
}

#[test]
fn what_a_link_is_made_of_is_shown_as_text() {
    let stage = Stage::new();
    for part in
        ["", "&Policy=", "&Hash-Algorithm=", "&Key-Pair-Id=", "&Signature=", "&expires=", "/"]
    {
        for given in [POISON.to_owned(), encoded(POISON)] {
            let link = format!(
                "https://d111111abcdef8.cloudfront.net/a{given}.pdf?Expires=1{part}{given}&b={given}"
            );
            for words in [&["inspect", "-"][..], &["inspect", "--json", "-"], &["inspect", &link]] {
                assert_tame(&stage.signet(words, link.as_bytes()), &words);
            }
        }
    }
    let key = stage.p256();
    let lines =
        format!("https://h.example/{POISON}\nhttps://h.example/{}\n{POISON}", encoded(POISON));
    let words =
        crate::stage::with_key(&key, &["--urls-from", "-", "--date-less-than", "2100-01-01"]);
    assert_tame(&stage.signet(&words, lines.as_bytes()), &words);
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
