//! No message repeats a key, a passphrase, an access key or a signature, wherever on the command line
//! or on the standard input it stands. What there is to call is read from the help, so that an option
//! that is added is tried too.

use std::collections::{BTreeMap, HashSet};
use std::process::Output;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::stage::{ID, Stage, URL, assert_two_sentences, run, value, with_key};

/// So many bytes of a secret in a row are a part of it, and no chance.
const PIECE: usize = 12;

/// A command, its options that take a value, and whether it takes a word of its own.
struct Call {
    command: Vec<String>,
    options: Vec<String>,
    takes_word: bool,
}

/// All commands, as the help of each names them.
fn calls(stage: &Stage) -> Vec<Call> {
    let mut open = vec![Vec::<String>::new()];
    let mut calls = Vec::new();
    while let Some(command) = open.pop() {
        let words: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = stage.link(&words);
        let section = |name: &str| {
            let rest = help.split_once(&format!("\n{name}:\n")).map_or("", |(_, rest)| rest);
            rest.split("\n\n").next().unwrap_or_default().to_owned()
        };
        let names: Vec<String> = section("Commands")
            .lines()
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| Some(line.split_whitespace().next()?.to_owned()))
            .filter(|name| name != "help")
            .collect();
        open.extend(names.iter().map(|name| [command.clone(), vec![name.clone()]].concat()));
        let all_options = help.split_once("\nOptions:\n").map_or("", |(_, rest)| rest);
        let options = all_options.lines().filter_map(|line| {
            let line = line.trim_start();
            let line = line.strip_prefix("-o, ").unwrap_or(line);
            let (name, rest) = line.split_once(' ')?;
            (name.starts_with("--") && rest.starts_with('<')).then(|| name.to_owned())
        });
        let options = options.collect();
        calls.push(Call { command, options, takes_word: help.contains("\nArguments:\n") });
    }
    calls
}

/// What the other options have while one is tried.
fn right_values<'a>(key: &'a str, public: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("--url", URL),
        ("--resource", URL),
        ("--key-pair-id", ID),
        ("--private-key", key),
        ("--date-less-than", "1796144400"),
        ("--bucket", "client-papers"),
        ("--region", "eu-central-1"),
        ("--public-key", public),
        ("--document", URL),
        ("--name", "Client papers"),
        ("--site", "docs.example.com"),
        ("--file", "backup.pem"),
    ]
}

/// The words of its own that a command needs, so that its options are looked at.
fn right_words(command: &str) -> &'static [&'static str] {
    match command {
        "share" | "documents put" | "documents remove" => &["a.pdf"],
        "documents rename" => &["a.pdf", "b.pdf"],
        "sites storage" => &["Papers"],
        _ => &[],
    }
}

/// A site whose documents can be asked for, as far as there is a login.
fn put_site(stage: &Stage) {
    stage.file("a.pdf", "one");
    std::fs::create_dir_all(stage.path(".config/signet")).unwrap();
    let registration = format!(r#"{{"public_key_id":"{ID}","hash":"sha256"}}"#);
    let key = format!(
        r#"{{"id":"{}","name":"Papers","kind":"p256","fingerprint":"{}","registration":{registration}}}"#,
        "1".repeat(32),
        "8f".repeat(32)
    );
    let settings = format!(
        r#"{{"version":4,"sites":[{{"id":"{}","name":"Papers","address":"https://docs.example.com","keys":[{key}],"lifetime":null,"set_up":{{}},"storage":{{"bucket":"client-papers","region":"eu-central-1"}}}}],"last_site":null,"last_lifetime":null}}"#,
        "a".repeat(32)
    );
    stage.file(".config/signet/settings.json", settings);
}

/// What cannot stand beside an option.
fn conflicts(option: &str) -> &'static [&'static str] {
    match option {
        "--key" => &["--private-key", "--key-pair-id", "--public-key", "--document"],
        "--urls-from" => &["--url"],
        "--expires-in" => &["--date-less-than"],
        "--site" => &["--bucket"],
        _ => &[],
    }
}

/// A secret in the form in which it is typed, and the bytes it stands for.
struct Canary {
    name: String,
    text: String,
    bytes: Vec<u8>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn canaries(stage: &Stage) -> Vec<Canary> {
    let mut canaries = Vec::new();
    let mut add = |name: &str, text: String, bytes: &[u8]| {
        canaries.push(Canary { name: name.to_owned(), text, bytes: bytes.to_vec() });
    };
    for (kind, file) in [("RSA", stage.rsa()), ("P-256", stage.p256())] {
        let der = stage.openssl(&["pkcs8", "-topk8", "-nocrypt", "-in", &file, "-outform", "DER"]);
        let pem = String::from_utf8(std::fs::read(&file).unwrap()).unwrap();
        // What every key begins with is no secret: the secret lies behind it.
        let secret = &der[if kind == "RSA" { 320 } else { 36 }..][..32];
        let percent: String = pem
            .bytes()
            .map(|byte| match byte.is_ascii_alphanumeric() {
                true => char::from(byte).to_string(),
                false => format!("%{byte:02X}"),
            })
            .collect();
        for (dress, text) in [
            ("PEM", pem.clone()),
            ("PEM in one line", pem.replace('\n', "\\n")),
            ("PEM in base64", STANDARD.encode(&pem)),
            ("base64", STANDARD.encode(&der)),
            ("hex", hex(&der)),
            ("percent", percent),
        ] {
            add(&format!("{kind}, {dress}"), text, secret);
        }
    }
    let key = stage.p256();
    // Another end than the links that are made on the way.
    let link = stage.link(&with_key(&key, &["--url", URL, "--date-less-than", "1796144401"]));
    let signature = value(&link, "Signature").to_owned();
    add("signature", signature.clone(), signature.as_bytes());
    add("link", link, signature.as_bytes());
    for (name, text) in [
        ("passphrase", "correct horse battery staple"),
        ("short passphrase", "Tr0ub4dor&33!"),
        ("access key", "AKIAZ7QXW2RTY5PLMN4B"),
        ("secret access key", "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"),
        ("session token", "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQDq8Zk3Wm"),
    ] {
        add(name, text.to_owned(), text.as_bytes());
    }
    canaries
}

/// Every piece of it in every encoding.
fn pieces(canary: &Canary) -> HashSet<Vec<u8>> {
    let mut texts = vec![canary.bytes.clone()];
    for bytes in [&canary.bytes, &canary.text.clone().into_bytes()] {
        texts.extend([hex(bytes).into_bytes(), hex(bytes).to_uppercase().into_bytes()]);
        for shift in 0..3 {
            let text = STANDARD.encode([&vec![0; shift], bytes.as_slice()].concat());
            // The ends depend on the neighbours.
            let text = text.get(4..text.len() - 4).unwrap();
            texts.push(text.replace('+', "-").replace('/', "_").into_bytes());
            texts.push(text.replace('+', "-").replace('/', "~").into_bytes());
            texts.push(text.as_bytes().to_vec());
        }
    }
    // Of what was typed the words of its frame and of an address are no secret.
    if !canary.text.contains("PRIVATE") && !canary.text.starts_with("http") {
        texts.push(canary.text.clone().into_bytes());
    }
    texts.iter().flat_map(|text| text.windows(PIECE)).map(<[u8]>::to_vec).collect()
}

fn leaks(output: &Output, pieces: &HashSet<Vec<u8>>) -> bool {
    [&output.stdout, &output.stderr]
        .iter()
        .any(|text| text.windows(PIECE).any(|piece| pieces.contains(piece)))
}

#[test]
fn no_message_repeats_a_secret_of_the_command_line() {
    let stage = Stage::new();
    let calls = calls(&stage);
    let counted: BTreeMap<String, usize> =
        calls.iter().map(|call| (call.command.join(" "), call.options.len())).collect();
    // The help is read as it is meant.
    assert!(counted["sign"] >= 11 && counted["keys import"] >= 5, "{counted:?}");
    assert!(counted["setup check"] >= 9 && counted.len() >= 20, "{counted:?}");

    let (key, public) = (stage.p256(), stage.path("public.pem").to_str().unwrap().to_owned());
    stage.openssl(&["pkey", "-in", &key, "-pubout", "-out", &public]);
    // The control: with right words a command comes as far as the login.
    put_site(&stage);
    let mut reached = stage.command(&["share", "a.pdf"]);
    let reached = run(reached.env("AWS_EC2_METADATA_DISABLED", "true"), b"");
    assert!(String::from_utf8_lossy(&reached.stderr).contains("There is no AWS login"));
    let right = right_values(&key, &public);
    let mut leaking = Vec::new();
    let mut count = 0;
    for canary in canaries(&stage) {
        let pieces = pieces(&canary);
        let text = canary.text.as_str();
        let mut tried = |words: &[&str], input: &[u8], where_it_is: &str| {
            let mut command = stage.command(words);
            // No computer is asked for a login.
            command.env("AWS_EC2_METADATA_DISABLED", "true");
            let output = run(&mut command, input);
            count += 1;
            if leaks(&output, &pieces) {
                let shown = String::from_utf8_lossy(&output.stderr).into_owned();
                leaking.push(format!("{} {where_it_is}: {shown}", canary.name));
            }
        };
        for call in &calls {
            let command: Vec<&str> = call.command.iter().map(String::as_str).collect();
            let name = command.join(" ");
            let own = right_words(&name);
            // Of documents the one site is meant.
            let has_site = own.first().is_none_or(|word| *word == "Papers");
            let others = |option: &str| -> Vec<&str> {
                right
                    .iter()
                    .filter(|(name, _)| call.options.iter().any(|other| other == name))
                    .filter(|(name, _)| *name != option && !conflicts(option).contains(name))
                    .filter(|(name, _)| has_site || *name != "--site")
                    .flat_map(|(name, value)| [*name, *value])
                    .collect()
            };
            for option in &call.options {
                let words = [&command, own, &others(option), &[option, text]].concat();
                tried(&words, b"", &format!("{name} {option}"));
                // Once with the secret that has no look of its own, and with the one that begins with dashes.
                if !["passphrase", "P-256, PEM"].contains(&canary.name.as_str()) {
                    continue;
                }
                let joined = format!("{option}={text}");
                let words = [&command, own, &others(option), &[joined.as_str()]].concat();
                tried(&words, b"", &format!("{name} {option}="));
            }
            tried(&[command.clone(), vec![text]].concat(), b"", &format!("{name}, a word"));
            tried(
                &[command.clone(), others(""), vec![text]].concat(),
                b"",
                &format!("{name}, more"),
            );
            let unknown = format!("--{text}");
            tried(&[command.clone(), vec![&unknown]].concat(), b"", &format!("{name}, an option"));
            if call.takes_word {
                tried(
                    &[command.clone(), vec!["-"]].concat(),
                    text.as_bytes(),
                    &format!("{name} -"),
                );
            }
        }
        let end = ["--date-less-than", "1796144400"];
        let of_input = |option: &'static str| [with_key(&key, &end), vec![option, "-"]].concat();
        tried(&of_input("--urls-from"), text.as_bytes(), "--urls-from -");
        let words =
            ["sign", "--url", URL, "--key-pair-id", ID, end[0], end[1], "--private-key", "-"];
        let half = text.get(..text.len() - text.len() / 3).unwrap();
        tried(&words, half.as_bytes(), "--private-key -");
        tried(&words, format!("{text}{text}").as_bytes(), "--private-key -, twice");
        let file = stage.file("half.pem", half);
        tried(&with_key(&file, &["--url", URL, end[0], end[1]]), b"", "the key's file");
        let words = ["sites", "storage", "Papers", "--access-key-file"];
        tried(&[&words[..], &[&file]].concat(), b"", "the access key's file");
        tried(&[&words[..], &["-"]].concat(), text.as_bytes(), "--access-key-file -");
        let words = ["--url", URL, end[0], end[1], "--passphrase-file", &file];
        tried(&with_key(&key, &words), b"", "the passphrase's file");
    }
    assert!(count > 1_000, "{count}");
    assert!(leaking.is_empty(), "{} of {count}:\n{}", leaking.len(), leaking.join("\n"));
}

/// The control: said in any encoding, each of the secrets is found.
#[test]
fn a_secret_that_is_repeated_would_be_found() {
    let stage = Stage::new();
    for canary in canaries(&stage) {
        let pieces = pieces(&canary);
        for said in [
            canary.bytes.clone(),
            STANDARD.encode(&canary.bytes).into_bytes(),
            STANDARD.encode([b"x", canary.bytes.as_slice()].concat()).into_bytes(),
            STANDARD.encode([b"xy", canary.bytes.as_slice()].concat()).into_bytes(),
            hex(&canary.bytes).into_bytes(),
            canary.text.clone().into_bytes(),
        ] {
            let said = [b"The value is wrong: ", said.as_slice(), b"."].concat();
            let mut output = stage.signet(&["--version"], b"");
            assert!(!leaks(&output, &pieces), "{}", canary.name);
            output.stderr = said;
            // A key in percent signs or hexadecimal digits is found in the line that has it so.
            assert!(leaks(&output, &pieces) || canary.text.contains("PRIVATE"), "{}", canary.name);
        }
    }
}

/// What was a place for a file takes the key itself too, and says no word of it.
#[test]
fn a_private_key_comes_from_its_text_a_variable_the_standard_input_and_its_file() {
    let stage = Stage::new();
    for file in [stage.rsa(), stage.p256()] {
        let pem = std::fs::read_to_string(&file).unwrap();
        let der = stage.openssl(&["pkcs8", "-topk8", "-nocrypt", "-in", &file, "-outform", "DER"]);
        std::fs::write(stage.path("my key.pem"), &pem).unwrap();
        let words = ["--url", URL, "--date-less-than", "1796144400"];
        let expected = stage.link(&with_key(&file, &words));
        let in_url = format!("file://{file}");
        let in_bytes = format!("fileb://{file}");
        for given in [
            pem.as_str(),
            &format!("file://{pem}"),
            &pem.replace('\n', "\\n"),
            &pem.replace('\n', "\r\n"),
            &STANDARD.encode(&pem),
            &STANDARD.encode(&der),
            &in_url,
            &in_bytes,
            "file://my key.pem",
            "file://my%20key.pem",
            "my key.pem",
            "~/my key.pem",
            "file://~/my key.pem",
            "env://SIGNET_TEST_KEY",
            "-",
        ] {
            let given = given.to_owned();
            let words = with_key(&given, &words);
            let mut command = stage.command(&words);
            command.env("SIGNET_TEST_KEY", &pem);
            let output = run(&mut command, pem.as_bytes());
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{error}");
        }
        // DER on the standard input, as `openssl` writes it.
        assert_eq!(stage.signet(&with_key("-", &words), &der).stdout, expected.as_bytes());
        let both = [with_key("-", &words[2..]), vec!["--urls-from", "-"]].concat();
        assert_two_sentences(&stage.signet(&both, pem.as_bytes()), 2, &both);
        let gone = with_key("env://SIGNET_NO_SUCH_KEY", &words);
        assert_two_sentences(&stage.signet(&gone, b""), 2, &gone);
    }
}
