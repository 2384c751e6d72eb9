//! Mistakes: each gets two sentences and the exit code of its kind, and none gets a link.

use crate::stage::{ID, Stage, URL, assert_two_sentences, with_key};

const END: [&str; 2] = ["--date-less-than", "1796144400"];

#[test]
fn each_mistake_gets_two_sentences_and_no_link() {
    let stage = Stage::new();
    let key = stage.p256();
    let no_key = stage.file("text.pem", "not a key\n");
    let end = END;
    let with_id = |id| vec!["sign", "--url", URL, "--private-key", &key, "--key-pair-id", id];
    let with_file = |file| vec!["sign", "--url", URL, "--private-key", file, "--key-pair-id", ID];
    let cases = [
        (2, vec!["sing"]),
        (2, vec!["sign"]),
        (2, with_key(&key, &["--url", URL])),
        (2, with_key(&key, &end)),
        (2, with_key(&key, &["--url", URL, "--urls-from", "-", end[0], end[1]])),
        (2, with_key(&key, &["--url", URL, end[0], end[1], "--expires-in", "7d"])),
        (2, with_key(&key, &["--url", URL, end[0], end[1], "--hash-algorithm", "MD5"])),
        (2, with_key(&key, &["--url", URL, end[0], "1969-12-31"])),
        // What a terminal would obey is not shown as it is.
        (2, with_key(&key, &["--url", URL, end[0], "a\nb\u{1b}[31m"])),
        (2, with_key(&key, &["--url", URL, "--expires-in", "7\r\nd"])),
        (1, [with_file("gone\n\u{1b}[2J.pem").as_slice(), &end].concat()),
        (2, with_key(&key, &["--url", URL, end[0], end[1], "--key", "Client papers"])),
        (2, vec!["sign", "--url", URL, "--key", "Client papers", end[0], end[1]]),
        (2, vec!["sign", "--url", URL, "--private-key", &key, end[0], end[1]]),
        (2, [with_id("K-1").as_slice(), &end].concat()),
        (1, [with_file("gone.pem").as_slice(), &end].concat()),
        (1, [with_file(&no_key).as_slice(), &end].concat()),
        (1, with_key(&key, &["--urls-from", "gone.txt", end[0], end[1]])),
        (1, Vec::new()),
    ];
    for (code, words) in cases {
        assert_two_sentences(&stage.signet(&words, b""), code, &words);
    }
}

/// One at a time, in `--url`, as a cookie's resource, and all of them as the lines of a file.
#[test]
fn an_address_that_could_be_read_in_two_ways_is_refused() {
    let stage = Stage::new();
    let key = stage.p256();
    let long = format!("https://h.example/{}", "a".repeat(8_192));
    let addresses = [
        "",
        " ",
        "a.pdf",
        "/a.pdf",
        "?a",
        "h.example/a.pdf",
        "d111111abcdef8.cloudfront.net/a.pdf",
        "//d111111abcdef8.cloudfront.net/a.pdf",
        "://h.example/a.pdf",
        "https:h.example/a.pdf",
        "https:/h.example/a.pdf",
        "https://",
        "https:///a.pdf",
        "ftp://h.example/a.pdf",
        "file:///a.pdf",
        "s3://bucket/a.pdf",
        "javascript:alert(1)",
        "https://bucket.s3.eu-west-1.amazonaws.com/a.pdf",
        "https://h.example@evil.example/a.pdf",
        "https://[2001:db8::1]/a.pdf",
        "https://h.example:0/a.pdf",
        "https://h.example:65536/a.pdf",
        "https://h example/a.pdf",
        "https://h%2eexample/a.pdf",
        "https://h.example/\"a",
        "https://h.example/a?b=\"c\"",
        "https://h.example/a\\b",
        "https://h.example\\a",
        "https://h.example/<a>",
        "https://h.example/a\u{7}",
        "https://h.example/a\tb",
        "https://h.example/a\u{7f}b",
        "https://h.example/a\u{85}b",
        "https://h.example/a\u{202e}fdp.exe",
        "https://h.example/a\u{200b}b",
        "https://h.example/a#b",
        "https://h.example/a#",
        "https://h.example/#/a",
        "https://h.example/100%",
        "https://h.example/a?b=%2",
        "https://h.example/a?Expires=1",
        "https://h.example/a?Policy=x",
        "https://h.example/a?Signature=x",
        "https://h.example/a?Key-Pair-Id=x",
        "https://h.example/a?Hash-Algorithm=SHA256",
        "https://h.example/a?b=c&expires=1",
        "https://h.example/a?POLICY",
        "https://h.example/a?&sIgNaTuRe=",
        "https://h.example/a?b&amp;Key-Pair-Id=x",
        "https://h.example/a?%45xpires=1",
        "https://h.example/a?key%2dpair%2Did=x",
        "https://h.example/a?%48%61%73%68%2D%41%6C%67%6F%72%69%74%68%6D=x",
        &long,
    ];
    for address in addresses {
        let words = with_key(&key, &["--url", address, END[0], END[1]]);
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
        let mut words = with_key(&key, &["--resource", address, END[0], END[1]]);
        words[0] = "sign-cookies";
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
    }
    let words = with_key(&key, &["--urls-from", "-", END[0], END[1]]);
    let output = stage.signet(&words, addresses.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let error = String::from_utf8(output.stderr).unwrap();
    let of_lines = error.lines().filter(|line| line.starts_with("Line "));
    assert_eq!(of_lines.count(), addresses.len(), "{error}");
    assert!(error.contains(&format!("{0} of {0} lines have no link.", addresses.len())));
}

#[test]
fn a_resource_that_could_be_read_in_two_ways_is_refused() {
    let stage = Stage::new();
    let key = stage.p256();
    for resource in [
        "",
        "Q3*",
        "/Q3*",
        "d111111abcdef8.cloudfront.net/*",
        "https:///*",
        "https://other.example/*",
        "http://d111111abcdef8.cloudfront.net/*",
        "https://h/\"*",
        "https://d111111abcdef8.cloudfront.net/x/../*",
        "https://d111111abcdef8.cloudfront.net/\\*",
        "https://d111111abcdef8.cloudfront.net/*#",
        "https://d111111abcdef8.cloudfront.net/\u{7}*",
        "https://d111111abcdef8.cloudfront.net/\n*",
        "https://d111111abcdef8.cloudfront.net/\u{202e}*",
    ] {
        let words = ["--url", URL, "--policy-resource", resource, END[0], END[1]];
        let words = with_key(&key, &words);
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
    }
}

#[test]
fn a_limit_that_is_none_is_refused() {
    let stage = Stage::new();
    let key = stage.p256();
    let limits = [
        ["--date-less-than", ""],
        ["--date-less-than", "soon"],
        ["--date-less-than", "2026-02-30"],
        ["--date-less-than", "2026-12-01T17:00:00 Europe/Paris"],
        ["--date-less-than", "1/12/2027"],
        ["--date-less-than", "-1796144400"],
        ["--date-less-than", "1796144400000"],
        ["--date-less-than", "99999999999999999999"],
        ["--date-less-than", "\u{661}\u{667}\u{669}\u{666}"],
        ["--expires-in", "7"],
        ["--expires-in", "0d"],
        ["--expires-in", "-7d"],
        ["--expires-in", "9223372036854775807s"],
    ];
    for [name, text] in limits {
        let option = format!("{name}={text}");
        let words = with_key(&key, &["--url", URL, &option]);
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
    }
    let limits = [
        ["--date-greater-than", "soon"],
        // The end, after it, and so near that no second is left between.
        ["--date-greater-than", "1796144400"],
        ["--date-greater-than", "2026-12-01T17:00:00"],
        ["--date-greater-than", "2027-01-01"],
        ["--date-greater-than", "1796144399"],
        ["--ip-address", ""],
        ["--ip-address", "2001:db8::/32"],
        ["--ip-address", "::1"],
        ["--ip-address", "::ffff:203.0.113.7"],
        ["--ip-address", "300.0.0.1"],
        ["--ip-address", "203.0.113"],
        ["--ip-address", "203.0.113.0/33"],
        ["--ip-address", "203.0.113.0/024"],
        ["--ip-address", "203.0.113.0/255.255.255.0"],
        ["--ip-address", "203.0.113.007"],
        ["--ip-address", "203.0.113.7,203.0.113.8"],
        ["--ip-address", "office.example"],
        ["--ip-address", "203.0.113.7\"}"],
    ];
    for [name, text] in limits {
        let words = with_key(&key, &["--url", URL, END[0], END[1], name, text]);
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
    }
    // The last start that leaves a second.
    let words = ["--url", URL, END[0], END[1], "--date-greater-than", "1796144398"];
    stage.link(&with_key(&key, &words));
}

#[test]
fn an_id_of_other_characters_is_refused() {
    let stage = Stage::new();
    let key = stage.p256();
    let long = "K".repeat(129);
    for id in [
        "",
        "K 1",
        "K_1",
        "K&Policy=x",
        "K#",
        "K\"1",
        "K%31",
        "K\n1",
        "\u{212a}2JCJMDEHXQW5F",
        "K2JCJMDEHXQW5\u{661}",
        "E2QWRUHAPOMQZL",
        "AKIAIOSFODNN7EXAMPLE",
        "a1b2c3d4-5678-90ab-cdef-1234567890ab",
        "-----BEGIN PUBLIC KEY-----",
        &long,
    ] {
        let option = format!("--key-pair-id={id}");
        let words = ["sign", "--url", URL, "--private-key", &key, &option, END[0], END[1]];
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
    }
}

#[test]
fn a_locked_key_without_its_passphrase_signs_nothing() {
    let stage = Stage::new();
    let key = stage.p256();
    let lock = ["pkcs8", "-topk8", "-in", &key, "-passout", "pass:horse", "-out", "locked.pem"];
    stage.openssl(&lock);
    let old = ["ec", "-in", &key, "-aes128", "-passout", "pass:horse", "-out", "old.pem"];
    stage.openssl(&old);
    let empty = stage.file("empty", "");
    for (command, address) in
        [("sign", "--url"), ("sign", "--urls-from"), ("sign-cookies", "--resource")]
    {
        for (code, file, more) in [
            (2, "locked.pem", &[][..]),
            (1, "locked.pem", &["--passphrase-file", &empty]),
            (1, "locked.pem", &["--passphrase-file", "gone"]),
            (2, "old.pem", &[]),
            (1, "old.pem", &["--passphrase-file", &empty]),
        ] {
            let value = if address == "--urls-from" { "-" } else { URL };
            let mut words = with_key(file, &[&[address, value, END[0], END[1]], more].concat());
            words[0] = command;
            assert_two_sentences(&stage.signet(&words, URL.as_bytes()), code, &words);
        }
    }
}

/// A script's broken variable, or a name from a file system with another encoding.
#[test]
#[cfg(unix)]
fn words_that_are_no_text_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let stage = Stage::new();
    let key = stage.p256();
    for (code, option) in [(2, "--url"), (1, "--urls-from")] {
        let words = with_key(&key, &[END[0], END[1], option]);
        let mut command = stage.command(&words);
        let output = command.arg(OsStr::from_bytes(b"https://h.example/\xe9")).output().unwrap();
        assert_two_sentences(&output, code, &words);
    }
}
