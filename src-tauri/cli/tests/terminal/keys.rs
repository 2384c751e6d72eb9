//! Keys that are locked, and a keychain in which there is none.

use crate::stage::{ID, Stage, URL, assert_two_sentences, with_key};

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
fn a_new_profile_has_no_keys() {
    assert!(Stage::new().signet(&["keys", "list"], b"").stdout.is_empty());
}

/// Settings as the window leaves them when a key was made and is not finished.
fn with_made_key(stage: &Stage) {
    let settings = format!(
        r#"{{"version":3,"keys":[],"made":[{{"id":"{}","name":"Client papers","kind":"p256","fingerprint":"{}"}}],"last_key":null,"last_lifetime":null}}"#,
        "1".repeat(32),
        "8f".repeat(32)
    );
    std::fs::create_dir_all(stage.path(".config/signet")).unwrap();
    stage.file(".config/signet/settings.json", settings);
}

#[test]
fn an_unfinished_key_is_listed_with_empty_columns_until_it_is_connected() {
    let stage = Stage::new();
    with_made_key(&stage);
    let list = || String::from_utf8(stage.signet(&["keys", "list"], b"").stdout).unwrap();
    let fingerprint = "8f".repeat(32);
    assert_eq!(list(), format!("Client papers\t\t\tP-256\t{fingerprint}\n"));
    let sign = ["sign", "--key", "Client papers", "--url", URL, "--expires-in", "7d"];
    let refused = stage.signet(&sign, b"");
    assert_two_sentences(&refused, 2, &sign);
    assert!(String::from_utf8(refused.stderr).unwrap().contains("not connected with a site"));

    let words = |site| {
        let key = ["--key", "client PAPERS", "--key-pair-id", ID];
        [&["keys", "connect", "--site", site], &key[..]].concat()
    };
    let wrong = words("http://docs.example.com");
    assert_two_sentences(&stage.signet(&wrong, b""), 2, &wrong);
    let right = words("docs.example.com");
    let connected = stage.signet(&right, b"");
    assert_eq!(connected.stdout, format!("Client papers\t{fingerprint}\n").into_bytes());
    assert_eq!(
        list(),
        format!("Client papers\thttps://docs.example.com\t{ID}\tP-256\t{fingerprint}\n")
    );
    assert_two_sentences(&stage.signet(&right, b""), 2, &right);
}

#[test]
fn what_cannot_be_made_or_backed_up_is_told_and_leaves_nothing() {
    let stage = Stage::new();
    with_made_key(&stage);
    let short = stage.file("short", "14 characters.\n");
    let long = stage.file("long", "a horse, a battery and a staple\n");
    let backup = |key, file| {
        ["keys", "backup", "--key", key, "--file", "b.pem", "--passphrase-file", file].to_vec()
    };
    for (code, words) in [
        (2, vec!["keys", "make", "--name", " "]),
        (2, vec!["keys", "make", "--name", "CLIENT papers"]),
        (2, vec!["keys", "make", "--name", "Other", "--type", "P384"]),
        // No keychain answers here.
        (1, vec!["keys", "make", "--name", "Other"]),
        (1, vec!["keys", "make", "--name", "Other", "--type", "rsa2048"]),
        (1, vec!["keys", "public", "--key", "Client papers"]),
        (2, vec!["keys", "public", "--key", "Other"]),
        (2, backup("Other", &long)),
        (2, backup("Client papers", &short)),
        (1, backup("Client papers", "gone")),
        (1, backup("Client papers", &long)),
        (2, vec!["keys", "backup", "--key", "Client papers", "--file", "b.pem"]),
    ] {
        assert_two_sentences(&stage.signet(&words, b""), code, &words);
    }
    assert!(!stage.path("b.pem").exists());
    let listed = stage.signet(&["keys", "list"], b"").stdout;
    assert_eq!(listed.iter().filter(|byte| **byte == b'\n').count(), 1);
}
