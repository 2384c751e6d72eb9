//! `signet sites`: what is listed is what the window lists.

use crate::stage::{ID, Stage, assert_two_sentences};

fn listed(stage: &Stage) -> String {
    String::from_utf8(stage.signet(&["sites", "list"], b"").stdout).unwrap()
}

/// Settings of one site in each state that a terminal alone does not bring about.
fn put(stage: &Stage) {
    let registration = |id: &str| format!(r#"{{"public_key_id":"{id}","hash":"sha256"}}"#);
    let key = |digit: &str, name: &str, registration: &str| {
        format!(
            r#"{{"id":"{}","name":"{name}","kind":"p256","fingerprint":"{}","registration":{registration}}}"#,
            digit.repeat(32),
            "8f".repeat(32)
        )
    };
    let site = |digit: &str, name: &str, address: &str, keys: &[String]| {
        let set_up = r#"{"key":"","bucket":"","region":"","distribution":"","public_key_id":"","arn":"","domain":"","profile":"","done":[]}"#;
        format!(
            r#"{{"id":"{}","name":"{name}","address":{address},"keys":[{}],"lifetime":null,"set_up":{set_up}}}"#,
            digit.repeat(32),
            keys.join(",")
        )
    };
    let docs = r#""https://docs.example.com""#;
    let known = |digit: &str, name: &str| key(digit, name, &registration(ID));
    let sites = [
        site("a", "Empty", "null", &[]),
        site("b", "Begun", "null", &[key("1", "Begun", "null")]),
        site("c", "Papers", docs, &[known("2", "Papers")]),
        site("d", "Renewed", docs, &[known("3", "Renewed"), key("4", "Renewed (new)", "null")]),
        site(
            "e",
            "After",
            docs,
            &[known("5", "After (old)"), key("6", "After", &registration("K3TUN4J9WXYZ12"))],
        ),
        // As after an undo for the old key: it made no link that still needs it.
        site("f", "Undone", docs, &[key("7", "Undone (old)", "null"), known("8", "Undone")]),
    ];
    std::fs::create_dir_all(stage.path(".config/signet")).unwrap();
    let settings = format!(
        r#"{{"version":4,"sites":[{}],"last_site":null,"last_lifetime":null}}"#,
        sites.join(",")
    );
    stage.file(".config/signet/settings.json", &settings);
}

#[test]
fn each_site_is_listed_with_its_state() {
    let stage = Stage::new();
    assert_eq!(listed(&stage), "");
    put(&stage);
    assert_eq!(
        listed(&stage),
        format!(
            "Empty\t\tneeds-key\t\n\
             Begun\t\tneeds-set-up\t\n\
             Papers\thttps://docs.example.com\tready\t{ID}\n\
             Renewed\thttps://docs.example.com\treplacing\t{ID}\n\
             After\thttps://docs.example.com\told-key-stays\tK3TUN4J9WXYZ12\n\
             Undone\thttps://docs.example.com\tready\t{ID}\n"
        )
    );
}

#[test]
fn a_site_is_renamed_with_the_key_that_is_called_so() {
    let stage = Stage::new();
    put(&stage);
    let rename = |site: &str, name: &str| {
        stage.signet(&["sites", "rename", "--site", site, "--name", name], b"")
    };
    assert!(rename("papers", "Contracts").status.success());
    assert!(listed(&stage).contains("Contracts\thttps://docs.example.com\tready"));
    let keys = String::from_utf8(stage.signet(&["keys", "list"], b"").stdout).unwrap();
    assert!(keys.contains("Contracts\t") && !keys.contains("Papers\t"), "{keys}");
    for (site, name, says) in [
        ("Nobody", "x", "There is no site of the name"),
        ("Contracts", " ", "The site cannot be called so: the name is empty."),
        ("Contracts", "after (OLD)", "another site or key has this name"),
    ] {
        let output = rename(site, name);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn it_is_said_where_documents_lie_and_forgotten() {
    let stage = Stage::new();
    put(&stage);
    let storage = |words: &[&str]| stage.signet(&[&["sites", "storage"], words].concat(), b"");
    let said = |words: &[&str]| {
        let output = storage(words);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{words:?}: {error}");
        String::from_utf8(output.stdout).unwrap() + &error
    };
    let nowhere = "It is not known where the documents of this site lie.\n";
    assert_eq!(said(&["papers"]), nowhere);
    let json = |words: &[&str]| -> serde_json::Value {
        serde_json::from_str(&said(&[words, &["--json"]].concat())).unwrap()
    };
    assert_eq!(json(&["papers"]), serde_json::json!({ "site": "Papers", "storage": null }));
    let place = ["Papers", "--bucket", "client-papers", "--region", "eu-central-1"];
    assert_eq!(
        said(&place),
        "The documents of this site lie in the bucket client-papers in eu-central-1.\n\
         They are reached with the usual AWS login of this computer.\n\
         The distribution is not known, so readers may get a replaced document a day later.\n"
    );
    assert_eq!(said(&["papers"]), "client-papers\teu-central-1\t\t\t\t\t\n");
    let more = ["--profile", "papers", "--origin-path", "production/"];
    let all =
        [&place[..], &more, &["--distribution", "E2QWRUHAPOMQZL", "--folder", "reports/2026"]];
    let line =
        "client-papers\teu-central-1\tpapers\t/production\tE2QWRUHAPOMQZL\treports/2026/\t\n";
    // What was typed as free text is not repeated.
    assert_eq!(
        said(&all.concat()),
        "The documents of this site lie in the bucket client-papers in eu-central-1 below its origin path, new ones in \
         the folder for new documents.\n\
         They are reached with the profile that is said for this site.\n\
         A change is told to the caches of the distribution E2QWRUHAPOMQZL.\n"
    );
    assert_eq!(said(&["papers"]), line);
    assert_eq!(json(&["papers"])["storage"]["origin_path"], "/production");
    assert!(listed(&stage).contains("Papers\thttps://docs.example.com\tready"));
    // The policy of a login for these documents, and of no others.
    let policy = |words: &[&str]| -> serde_json::Value {
        let words = [&["setup", "policy", "--for", "documents"], words].concat();
        serde_json::from_str(&stage.link(&words)).unwrap()
    };
    let of_site = policy(&["--site", "Papers", "--folder", "reports"]);
    let objects = &of_site["Statement"][2];
    assert_eq!(objects["Resource"], "arn:aws:s3:::client-papers/production/reports/*");
    assert!(!objects["Action"].to_string().contains("Delete"));
    assert!(of_site.to_string().contains("distribution/E2QWRUHAPOMQZL"));
    let removing = policy(&["--bucket", "client-papers", "--remove"]);
    assert!(removing["Statement"][2]["Action"].to_string().contains("s3:DeleteObject"));
    assert_eq!(said(&["papers", "--forget"]), nowhere);
    assert_eq!(said(&["papers"]), nowhere);
    let with = |option: &'static str, value: &'static str| {
        let mut words = place.to_vec();
        match words.iter().position(|word| *word == option) {
            Some(at) => words[at + 1] = value,
            None => words.extend([option, value]),
        }
        words
    };
    for (words, says) in [
        (vec!["Nobody"], "There is no site of the name that NAME gives."),
        (with("--bucket", "Client Papers"), "The value of --bucket cannot be used"),
        (with("--region", "Europe"), "The value of --region cannot be used"),
        (with("--origin-path", "a/../b"), "The value of --origin-path cannot be used"),
        (with("--distribution", "d1.cloudfront.net"), "The value of --distribution cannot be used"),
        (with("--folder", "a//b"), "The value of --folder cannot be used"),
        (vec!["Papers", "--bucket", "client-papers"], "--region"),
        (vec!["Papers", "--folder", "reports"], "--bucket"),
        (vec!["Papers", "--access-key-file", "a.csv", "--forget"], "--forget"),
        (vec!["Papers", "--access-key-file", "a.csv", "--forget-access-key"], "together"),
        (
            with("--access-key-file", "-").into_iter().chain(["--profile", "x"]).collect(),
            "--profile",
        ),
    ] {
        let output = storage(&words);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(says), "{error}");
    }
    assert_eq!(said(&["papers"]), nowhere);
}

/// What is no access key is named, whichever way it comes, and nothing is changed.
#[test]
fn what_is_no_access_key_is_named() {
    let stage = Stage::new();
    put(&stage);
    let place =
        ["sites", "storage", "Papers", "--bucket", "client-papers", "--region", "eu-central-1"];
    let (id, secret) = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    let key = std::fs::read_to_string(stage.p256()).unwrap();
    for (text, says) in [
        ("notes".to_owned(), "there is no access key in it"),
        (key, "it holds a private key for links"),
        (id.to_owned(), "the ID of an access key and not its secret"),
        (secret.to_owned(), "the secret of an access key and not its ID"),
        (format!("{id} {secret} AKIAI44QH8DHBEXAMPLE"), "more than one access key"),
        (format!("ASIAIOSFODNN7EXAMPLE {secret}"), "a login that ends by itself"),
    ] {
        let file = stage.file("access.csv", &text);
        for (from, input) in [(file.as_str(), ""), ("-", text.as_str())] {
            let words = [&place[..], &["--access-key-file", from]].concat();
            let output = stage.signet(&words, input.as_bytes());
            assert_two_sentences(&output, 1, &words);
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.contains(says) && !error.contains("wJalrXUtnFEMI"), "{error}");
        }
    }
    let words = [&place[..], &["--access-key-file", "nowhere.csv"]].concat();
    assert_two_sentences(&stage.signet(&words, b""), 1, &words);
    let known = stage.signet(&["sites", "storage", "Papers"], b"");
    assert_eq!(
        String::from_utf8(known.stderr).unwrap(),
        "It is not known where the documents of this site lie.\n"
    );
    let words = ["sites", "storage", "Papers", "--access-key-file", "-"];
    let output = stage.signet(&words, format!("{id},{secret}").as_bytes());
    assert_two_sentences(&output, 2, &words);
}
