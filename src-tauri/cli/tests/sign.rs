//! The program `signet` from outside: its links against the AWS CLI and openssl, its mistakes, and
//! what it must not need.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ID: &str = "K2JCJMDEHXQW5F";
const URL: &str = "https://d111111abcdef8.cloudfront.net/Q3%20notes.pdf?v=2";

/// A folder with a key in it, and nobody's profile.
struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    fn openssl(&self, arguments: &[&str]) -> Vec<u8> {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {error}");
        output.stdout
    }

    fn rsa(&self) -> String {
        self.openssl(&["genrsa", "-traditional", "-out", "rsa.pem", "2048"]);
        self.path("rsa.pem").to_str().unwrap().to_owned()
    }

    fn p256(&self) -> String {
        let make = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
        self.file("p256.pem", self.openssl(&make))
    }

    /// `signet` with these words, without a display, a home's profile or a terminal.
    fn signet(&self, words: &[&str], input: &[u8]) -> Output {
        let mut process = Command::new(env!("CARGO_BIN_EXE_signet"))
            .args(words)
            .env_clear()
            .env("HOME", self.folder.path())
            .current_dir(self.folder.path())
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

    fn link(&self, words: &[&str]) -> String {
        let output = self.signet(words, b"");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }
}

fn with_key<'a>(key: &'a str, words: &[&'a str]) -> Vec<&'a str> {
    [&["sign", "--key-pair-id", ID, "--private-key", key], words].concat()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

#[test]
fn the_links_are_those_of_the_aws_cli() {
    let stage = Stage::new();
    let key = format!("file://{}", stage.rsa());
    let end = ["--date-less-than", "2026-12-01T17:00:00"];
    let start = ["--date-greater-than", "2026-11-01"];
    let network = ["--ip-address", "203.0.113.0/24"];
    let cases: [&[&[&str]]; 6] = [
        &[&end],
        &[&["--date-less-than", "1796144400"]],
        &[&["--date-less-than", "2026-12-01T17:00:00+05:30"], &network],
        &[&end, &start],
        &[&end, &start, &["--ip-address", "203.0.113.7"]],
        &[&["--date-less-than", "2026-12-01"], &network],
    ];
    for case in cases {
        let words = [&["--url", URL], case.concat().as_slice()].concat();
        let theirs = Command::new(root().join(".cache/venv/bin/python"))
            .args(["-m", "awscli", "cloudfront"])
            .args(with_key(&key, &words))
            .env("AWS_CONFIG_FILE", stage.path("none"))
            .output()
            .expect("`make test` installs the AWS CLI");
        assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stderr));
        let ours = stage.link(&with_key(&key, &words));
        assert_eq!(ours, String::from_utf8(theirs.stdout).unwrap(), "{words:?}");
    }
}

/// The value of a parameter, out of CloudFront's base64.
fn decoded(stage: &Stage, link: &str, name: &str) -> Vec<u8> {
    let value = link.split(['?', '&']).find_map(|part| part.strip_prefix(&format!("{name}=")));
    let base64 = value.unwrap().replace('-', "+").replace('_', "=").replace('~', "/");
    let file = stage.file("base64", base64);
    stage.openssl(&["base64", "-d", "-A", "-in", &file])
}

#[test]
fn what_the_aws_cli_cannot_make_verifies_with_openssl() {
    for hash in ["SHA1", "SHA256"] {
        for kind in ["RSA", "P-256"] {
            let stage = Stage::new();
            let key = if kind == "RSA" { stage.rsa() } else { stage.p256() };
            let resource = "https://d111111abcdef8.cloudfront.net/Q3*";
            let words = [
                "--url",
                URL,
                "--policy-resource",
                resource,
                "--date-less-than",
                "1796144400",
                "--date-greater-than",
                "1793491200",
                "--ip-address",
                "203.0.113.0/24",
                "--hash-algorithm",
                hash,
            ];
            let link = stage.link(&with_key(&key, &words));
            assert!(link.starts_with(&format!("{URL}&Policy=")));
            assert_eq!(link.ends_with("&Hash-Algorithm=SHA256"), hash == "SHA256");
            let policy = decoded(&stage, &link, "Policy");
            assert_eq!(
                String::from_utf8(policy.clone()).unwrap(),
                format!(
                    r#"{{"Statement":[{{"Resource":"{resource}","Condition":{{"DateLessThan":{{"AWS:EpochTime":1796144400}},"IpAddress":{{"AWS:SourceIp":"203.0.113.0/24"}},"DateGreaterThan":{{"AWS:EpochTime":1793491200}}}}}}]}}"#
                )
            );
            let signature = stage.file("signature", decoded(&stage, &link, "Signature"));
            let policy = stage.file("policy", policy);
            stage.openssl(&["pkey", "-in", &key, "-pubout", "-out", "public.pem"]);
            let hash = format!("-{}", hash.to_lowercase());
            let verify =
                ["dgst", &hash, "-verify", "public.pem", "-signature", &signature, &policy];
            assert_eq!(stage.openssl(&verify), b"Verified OK\n");
        }
    }
}

#[test]
fn a_file_of_addresses_becomes_links_in_the_same_order() {
    let stage = Stage::new();
    let key = stage.p256();
    let mut addresses = String::new();
    for n in 1..=9_000 {
        match n {
            17 => writeln!(addresses, "no address"),
            8_999 => writeln!(addresses, "https://h.example/a?Policy=x"),
            _ => write!(addresses, "https://h.example/{n}.pdf{}", ["\n", "\r\n"][n % 2]),
        }
        .unwrap();
    }
    let file = stage.file("addresses.txt", &addresses);
    let end = ["--date-less-than", "1796144400"];
    for (from, input) in [(file.as_str(), ""), ("-", addresses.as_str())] {
        let words = with_key(&key, &["--urls-from", from, end[0], end[1]]);
        let output = stage.signet(&words, input.as_bytes());
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8(output.stderr).unwrap();
        let [first, second, last, _] = error.lines().collect::<Vec<_>>()[..] else {
            panic!("{error}");
        };
        assert!(first.starts_with("Line 17: "), "{error}");
        assert!(second.starts_with("Line 8999: "), "{error}");
        assert_eq!(last, "2 of 9000 lines have no link.");
        let links = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<usize> = links
            .lines()
            .map(|link| link.split(['/', '.']).nth(4).unwrap().parse().unwrap())
            .collect();
        let expected: Vec<usize> = (1..=9_000).filter(|n| ![17, 8_999].contains(n)).collect();
        assert_eq!(numbers, expected);
    }
    let one = with_key(&key, &["--url", "https://h.example/3.pdf", end[0], end[1]]);
    let words = with_key(&key, &["--urls-from", "-", end[0], end[1]]);
    let output = stage.signet(&words, b"https://h.example/3.pdf");
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), stage.link(&one));
    assert!(output.status.success());
}

#[test]
fn a_line_of_any_length_is_one_line() {
    let stage = Stage::new();
    let key = stage.p256();
    let long = format!("https://h.example/{}", "a".repeat(30_000_000));
    let input = format!("{long}\nhttps://h.example/b\n\n\u{fffd}https://h.example/c\n");
    let words = ["--urls-from", "-", "--date-less-than", "1796144400"];
    let output = stage.signet(&with_key(&key, &words), input.as_bytes());
    let error = String::from_utf8(output.stderr).unwrap();
    let links = String::from_utf8(output.stdout).unwrap();
    assert!(links.starts_with("https://h.example/b?Expires=") && links.lines().count() == 1);
    for number in [1, 3, 4] {
        assert!(error.contains(&format!("Line {number}: ")), "{error}");
    }
    assert!(error.contains("3 of 4 lines have no link."), "{error}");
}

#[test]
fn a_locked_key_takes_its_passphrase_from_a_file() {
    let stage = Stage::new();
    let key = stage.p256();
    let lock =
        ["pkcs8", "-topk8", "-in", &key, "-passout", "pass:right horse", "-out", "locked.pem"];
    stage.openssl(&lock);
    let right = stage.file("right", "right horse\r\nnot this\n");
    let wrong = stage.file("wrong", "wrong horse");
    let words = ["--url", URL, "--date-less-than", "1796144400"];
    let open = stage.link(&with_key(&key, &words));
    let locked = |more: &[&'static str], file: &str| {
        let words = [words.as_slice(), more].concat();
        let mut words: Vec<_> = with_key("locked.pem", &words);
        words.extend((!file.is_empty()).then_some(file));
        stage.signet(&words, b"")
    };
    let output = locked(&["--passphrase-file"], &right);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), open);
    let output = locked(&["--passphrase-file"], &wrong);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("the passphrase is wrong"));
    let output = locked(&[], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--passphrase-file"));
}

#[test]
fn each_mistake_gets_two_sentences_and_no_link() {
    let stage = Stage::new();
    let key = stage.p256();
    let certificate = stage.file("text.pem", "not a key\n");
    let end = ["--date-less-than", "1796144400"];
    let sign = |words: &[&'static str]| -> Vec<String> {
        with_key(&key, words).into_iter().map(ToOwned::to_owned).collect()
    };
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let cases: Vec<(i32, Vec<String>)> = vec![
        (2, owned(&["sing"])),
        (2, owned(&["sign"])),
        (2, sign(&["--url", URL])),
        (2, sign(&[end[0], end[1]])),
        (2, sign(&["--url", URL, "--urls-from", "-", end[0], end[1]])),
        (2, sign(&["--url", URL, end[0], end[1], "--expires-in", "7d"])),
        (2, sign(&["--url", URL, end[0], "tomorrow"])),
        (2, sign(&["--url", URL, "--expires-in", "7"])),
        (2, sign(&["--url", URL, end[0], end[1], "--date-greater-than", "1796144400"])),
        (2, sign(&["--url", URL, end[0], end[1], "--ip-address", "2001:db8::/32"])),
        (2, sign(&["--url", URL, end[0], end[1], "--ip-address", "300.0.0.1"])),
        (2, sign(&["--url", URL, end[0], end[1], "--hash-algorithm", "MD5"])),
        (2, sign(&["--url", URL, end[0], end[1], "--policy-resource", "https://other.example/*"])),
        (2, sign(&["--url", URL, end[0], end[1], "--policy-resource", "https://h/\"*"])),
        (2, sign(&["--url", "a.pdf", end[0], end[1]])),
        (2, sign(&["--url", "https://h.example/\"a", end[0], end[1]])),
        (2, sign(&["--url", "https://h.example/a\\b", end[0], end[1]])),
        (2, sign(&["--url", "https://h.example/a\u{7}", end[0], end[1]])),
        (2, sign(&["--url", "https://h.example/a#b", end[0], end[1]])),
        (2, sign(&["--url", "https://h.example/a?Signature=x", end[0], end[1]])),
        (2, sign(&["--url", URL, end[0], end[1], "--key", "Client papers"])),
        (2, owned(&["sign", "--url", URL, "--key", "Client papers", end[0], end[1]])),
        (2, owned(&["sign", "--url", URL, "--private-key", &key, end[0], end[1]])),
        (
            2,
            owned(&[
                "sign",
                "--url",
                URL,
                "--private-key",
                &key,
                "--key-pair-id",
                "K-1",
                end[0],
                end[1],
            ]),
        ),
        (
            1,
            owned(&[
                "sign",
                "--url",
                URL,
                "--private-key",
                "gone.pem",
                "--key-pair-id",
                ID,
                end[0],
                end[1],
            ]),
        ),
        (
            1,
            owned(&[
                "sign",
                "--url",
                URL,
                "--private-key",
                &certificate,
                "--key-pair-id",
                ID,
                end[0],
                end[1],
            ]),
        ),
        (1, sign(&["--urls-from", "gone.txt", end[0], end[1]])),
        (1, Vec::new()),
    ];
    for (code, words) in cases {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = stage.signet(&words, b"");
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{words:?}: {error}");
        assert!(output.stdout.is_empty(), "{words:?}");
        assert_eq!(error.trim_end().lines().count(), 2, "{words:?}: {error}");
        assert!(error.lines().all(|line| line.ends_with('.')), "{words:?}: {error}");
        assert!(!error.contains("panicked"), "{words:?}: {error}");
    }
}

/// The values of the cookies are the values of the link's parameters.
#[test]
fn cookies_open_what_the_link_opens() {
    let stage = Stage::new();
    let key = stage.rsa();
    let end = ["--date-less-than", "1796144400"];
    let resource = "https://d111111abcdef8.cloudfront.net/Q3*";
    for (opens, link_words, first) in [
        (URL, vec!["--url", URL], "Expires"),
        (resource, vec!["--url", URL, "--policy-resource", resource], "Policy"),
    ] {
        let link = stage.link(&with_key(&key, &[link_words.as_slice(), &end].concat()));
        let value = |name: &str| {
            let found = link.split(['?', '&']).find_map(|p| p.strip_prefix(&format!("{name}=")));
            found.unwrap().to_owned()
        };
        let names = [first, "Signature", "Key-Pair-Id"];
        let mut words = with_key(&key, &["--resource", opens, end[0], end[1]]);
        words[0] = "sign-cookies";
        let lines = names.map(|name| format!("    \"CloudFront-{name}\": \"{}\"", value(name)));
        assert_eq!(stage.link(&words), format!("{{\n{}\n}}\n", lines.join(",\n")));
        words.extend(["--format", "header"]);
        let lines = names.map(|name| {
            format!("Set-Cookie: CloudFront-{name}={}; Path=/; Secure; HttpOnly\n", value(name))
        });
        assert_eq!(stage.link(&words), lines.concat());
    }
}

#[test]
fn a_link_for_everything_is_made_with_a_warning() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = ["--url", URL, "--policy-resource", "*", "--expires-in", "1h"];
    let output = stage.signet(&with_key(&key, &words), b"");
    assert!(output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(error, "Warning: this link opens everything that the key protects.\n");
    assert!(output.stdout.starts_with(URL.as_bytes()));
}

#[test]
fn help_is_no_failure_and_shows_examples() {
    let stage = Stage::new();
    for words in [&["--help"][..], &["sign", "--help"], &["--version"]] {
        let output = stage.signet(words, b"");
        assert!(output.status.success(), "{words:?}");
        assert!(output.stderr.is_empty() && !output.stdout.is_empty());
    }
    let help = String::from_utf8(stage.signet(&["--help"], b"").stdout).unwrap();
    assert!(help.contains("signet sign --url"));
    assert!(stage.signet(&["keys", "list"], b"").stdout.is_empty());
}

#[test]
fn completions_and_the_manual_page_name_every_option() {
    let stage = Stage::new();
    for words in [&["completions", "bash"][..], &["completions", "zsh"], &["completions", "fish"]] {
        let text = stage.link(words);
        assert!(text.contains("date-less-than") && text.contains("sign-cookies"), "{words:?}");
    }
    assert!(stage.link(&["man"]).starts_with(".ie"));
}

/// A toolkit would cost a command its first tenth of a second.
#[test]
#[cfg(target_os = "linux")]
fn no_toolkit_is_loaded() {
    let libraries = |program: &str| {
        let output = Command::new("ldd").arg(program).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let ours = libraries(env!("CARGO_BIN_EXE_signet"));
    assert!(ours.contains("libc.so"), "{ours}");
    for toolkit in ["libgtk", "libwebkit", "libgdk", "libX11", "libssl", "libcrypto"] {
        assert!(!ours.contains(toolkit), "{ours}");
    }
}
