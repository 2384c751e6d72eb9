//! What people type and paste, from a terminal.

use std::process::Output;

use chrono::NaiveDateTime;
use serde_json::Value;

use crate::field_tables::{
    ADDRESSES, AROUND_LINKS, CAUSES, LISTS, NO_IDS, NO_LINKS, OTHER_KEYS, TIMES, dressed,
};
use crate::stage::{ID, Stage, URL, assert_two_sentences, run, value, with_key};

/// The year 2100.
const END: [&str; 2] = ["--date-less-than", "4102444800"];

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn an_address_is_signed_as_it_is_meant_or_refused() {
    let stage = Stage::new();
    let key = stage.p256();
    for (typed, meant, _) in ADDRESSES {
        let option = format!("--url={typed}");
        let words = with_key(&key, &[&option, END[0], END[1]]);
        let output = stage.signet(&words, b"");
        match meant {
            Ok(address) => {
                let link = String::from_utf8(output.stdout.clone()).unwrap();
                let behind = link
                    .strip_prefix(address)
                    .unwrap_or_else(|| panic!("{typed}: {link}{}", errors(&output)));
                assert!(behind.starts_with(['?', '&']), "{typed}: {link}");
                // What is signed in another form is shown.
                let shown = format!("Signed address: {address}\n");
                assert_eq!(errors(&output).contains(&shown), typed != address, "{typed}");
            }
            Err(says) => {
                assert_two_sentences(&output, 2, &words);
                assert!(errors(&output).contains(says), "{typed}: {}", errors(&output));
                assert!(!errors(&output).contains("[hidden]"), "{typed}: {}", errors(&output));
            }
        }
    }
}

#[test]
fn a_list_is_read_as_it_is_meant_and_refused_line_by_line() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = with_key(&key, &["--list", "-", "--site", "docs.example.com", END[0], END[1]]);
    for (name, bytes, encoding, rows) in LISTS {
        let output = run(stage.command(&words).env("TZ", "UTC"), bytes);
        let (error, links) = (errors(&output), String::from_utf8(output.stdout).unwrap());
        let mut links = links.lines();
        for row in *rows {
            match row {
                Ok((path, end, _)) => {
                    let link = links.next().unwrap_or_else(|| panic!("{name}: {error}"));
                    assert!(
                        link.starts_with(&format!("https://docs.example.com{path}?")),
                        "{name}: {link}"
                    );
                    let at =
                        |end: &str| end.parse::<NaiveDateTime>().unwrap().and_utc().timestamp();
                    assert_eq!(
                        value(link, "Expires"),
                        end.map_or(4_102_444_800, at).to_string(),
                        "{name}: {path}"
                    );
                }
                Err(line) => {
                    let said =
                        error.lines().any(|said| said.starts_with(&format!("Line {line}: ")));
                    assert!(said, "{name}: {error}");
                }
            }
        }
        assert_eq!(links.next(), None, "{name}");
        let refused = rows.iter().filter(|row| row.is_err()).count();
        assert_eq!(output.status.code(), Some(i32::from(refused > 0)), "{name}: {error}");
        assert_eq!(
            error.lines().filter(|line| line.starts_with("Line ")).count(),
            refused,
            "{name}: {error}"
        );
        let said = error.lines().find_map(|line| line.strip_prefix("The list was read as "));
        assert_eq!(said.map(|said| said.trim_end_matches('.')), *encoding, "{name}");
    }
}

#[test]
fn a_time_is_one_second_or_refused_by_name() {
    let stage = Stage::new();
    let key = stage.p256();
    for (text, meant) in TIMES {
        let option = format!("--date-less-than={text}");
        let words = with_key(&key, &["--url", URL, &option]);
        let output = stage.signet(&words, b"");
        match meant {
            Ok(second) => {
                let link = String::from_utf8(output.stdout).unwrap();
                assert_eq!(value(&link, "Expires"), second.to_string(), "{text}");
            }
            Err((says, _)) => {
                assert_two_sentences(&output, 2, &words);
                assert!(errors(&output).contains(says), "{text}: {}", errors(&output));
            }
        }
    }
}

#[test]
fn a_key_is_the_same_in_every_dress_and_by_every_way() {
    let stage = Stage::new();
    for (kind, key) in [("RSA", stage.rsa()), ("P-256", stage.p256())] {
        let pem = String::from_utf8(stage.openssl(&["pkcs8", "-topk8", "-nocrypt", "-in", &key]))
            .unwrap();
        let url = ["--url", URL, END[0], END[1]];
        let expected = stage.link(&with_key(&key, &url));
        for (dress, text) in dressed(&pem) {
            let file = stage.file("dressed", &text);
            assert_eq!(stage.link(&with_key(&file, &url)), expected, "{kind}, {dress}");
            let output = stage.signet(&with_key("-", &url), text.as_bytes());
            assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{kind}, {dress}, -");
            let output = run(stage.command(&with_key("env://KEY", &url)).env("KEY", &text), b"");
            assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{kind}, {dress}, env");
        }
        for way in [pem.clone(), format!("file://{key}"), format!("fileb://{key}")] {
            assert_eq!(stage.link(&with_key(&way, &url)), expected, "{kind}");
        }
        let home = key.rsplit('/').next().unwrap();
        assert_eq!(stage.link(&with_key(&format!("file://~/{home}"), &url)), expected, "{kind}");
    }
    for (text, says, _) in OTHER_KEYS {
        let file = stage.file("other", text);
        for (way, input) in [(file.as_str(), ""), ("-", text), (text, "")] {
            let words = with_key(way, &["--url", URL, END[0], END[1]]);
            let output = stage.signet(&words, input.as_bytes());
            assert!(output.stdout.is_empty() && !output.status.success(), "{says}");
            assert!(errors(&output).contains(says), "{says}: {}", errors(&output));
            assert!(!errors(&output).contains("MOONLIGHT"), "{says}: {}", errors(&output));
        }
    }
}

#[test]
fn an_id_that_is_none_signs_nothing() {
    let stage = Stage::new();
    let key = stage.p256();
    for (id, says) in NO_IDS {
        let option = format!("--key-pair-id={id}");
        let words = ["sign", "--url", URL, "--private-key", &key, &option, END[0], END[1]];
        let output = stage.signet(&words, b"");
        assert_two_sentences(&output, 2, &words);
        assert!(errors(&output).contains(says), "{id}: {}", errors(&output));
    }
    assert!(stage.link(&with_key(&key, &["--url", URL, END[0], END[1]])).contains(ID));
}

#[test]
fn a_table_among_the_addresses_is_said_once() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = with_key(&key, &["--urls-from", "-", END[0], END[1]]);
    for table in [
        "Document;Expires\nhttps://h.example/a.pdf;31.12.2035\nhttps://h.example/b.pdf;\n",
        "URL,Note\nhttps://h.example/a.pdf,Jones\n",
        "https://h.example/a.pdf\t31.12.2035\nhttps://h.example/b.pdf\t1.1.2036\n",
        "https://h.example/a.pdf,2035-12-31\n",
        "| URL | Expires |\n|---|---|\n| https://h.example/a.pdf | 2035-12-31 |\n",
        "sep=;\r\nURL;Bis\r\nhttps://h.example/a.pdf;31.12.2035\r\n",
        "URL;Bis\rhttps://h.example/a.pdf;31.12.2035\r",
    ] {
        let output = stage.signet(&words, table.as_bytes());
        assert_two_sentences(&output, 2, &words);
        assert!(
            errors(&output).contains("is a table") && errors(&output).contains("--list"),
            "{table}"
        );
    }
    // Addresses with such marks in them are none, and one line with columns spoils no other.
    for (text, links) in [
        ("https://h.example/a,b\nhttps://h.example/c;d?e=1,2\n", 2),
        ("https://h.example/a.pdf,2035-12-31\nhttps://h.example/b.pdf\n", 1),
    ] {
        let output = stage.signet(&words, text.as_bytes());
        assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), links, "{text}");
    }
    let utf16: Vec<u8> =
        "\u{feff}https://h.example/a.pdf\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let output = stage.signet(&words, &utf16);
    assert_two_sentences(&output, 2, &words);
}

/// What the terminal says of a link in JSON, with the public half of the stage's key.
fn inspected(stage: &Stage, text: &str) -> Value {
    let words = ["inspect", text, "--public-key", "public.pem", "--key-pair-id", ID, "--json"];
    let output = stage.signet(&words, b"");
    assert!(output.stderr.is_empty(), "{text}: {}", errors(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// `safe-links` for the window's `safeLinks`.
fn for_scripts(name: &str) -> String {
    let parted = |c: char| match c.is_ascii_uppercase() {
        true => format!("-{}", c.to_ascii_lowercase()),
        false => c.to_string(),
    };
    name.chars().map(parted).collect()
}

#[test]
fn a_link_is_found_inside_what_stands_around_it() {
    let stage = Stage::new();
    let key = stage.p256();
    stage.openssl(&["pkey", "-in", &key, "-pubout", "-out", "public.pem"]);
    let url = "https://docs.example.com/it's.pdf";
    let link = stage.link(&with_key(&key, &["--url", url, END[0], END[1]]));
    for (name, paste, programs) in AROUND_LINKS {
        let said = inspected(&stage, &paste(&link));
        assert_eq!(said["verdict"], "works", "{name}: {said}");
        let repairs = said["repairs"].as_array().unwrap().iter();
        let around: Vec<_> = repairs.filter_map(|repair| repair["from"].as_str()).collect();
        let programs: Vec<_> = programs.iter().map(|name| for_scripts(name)).collect();
        assert_eq!(around, programs, "{name}");
    }
    for (text, verdict) in NO_LINKS {
        assert_eq!(inspected(&stage, text)["verdict"], for_scripts(verdict), "{text}");
    }
}

#[test]
fn a_cause_is_named_that_the_signature_proves() {
    let stage = Stage::new();
    let key = stage.p256();
    stage.openssl(&["pkey", "-in", &key, "-pubout", "-out", "public.pem"]);
    for cause in CAUSES {
        let link = cause.link(ID, |text| {
            let text = stage.file("signed.txt", text);
            stage.openssl(&["dgst", "-sha256", "-sign", &key, &text])
        });
        assert_eq!(
            inspected(&stage, &link)["verdict"],
            for_scripts(cause.verdict),
            "{}",
            cause.name
        );
        // Two sentences for a person.
        let output = stage.signet(&["inspect", &link, "--public-key", "public.pem"], b"");
        let answer = String::from_utf8(output.stdout).unwrap();
        assert!(answer.lines().take(2).all(|line| line.ends_with('.')), "{answer}");
    }
}
