//! *Check my set-up*: each line of it, as AWS and the site answer.

use serde_json::{Value, json};
use signet_cloudfront::key::{KeyKind, PublicKey, SigningKey};

use crate::proxy::{Answer, Proxy};
use crate::stage::Stage;

/// The lines of a check, with their states, and whether it says that all is in force.
fn check(stage: &Stage, more: &[&str]) -> (Vec<(String, String)>, bool) {
    let output = stage.run(&stage.words("check", &[more, &["--json"]].concat()));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.is_empty(), "{error}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["account"], stage.account.as_str());
    let lines = answer["lines"].as_array().unwrap();
    for line in lines {
        // What is not right says what to do.
        assert_eq!(line["state"] == "right", line["do"].is_null(), "{line}");
        assert!(line["what"].as_str().unwrap().ends_with('.'), "{line}");
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let lines = lines.iter().map(|line| (text(&line["line"]), text(&line["state"]))).collect();
    (lines, output.status.success())
}

fn of<'a>(lines: &'a [(String, String)], state: &str) -> Vec<&'a str> {
    lines.iter().filter(|(_, of)| of == state).map(|(line, _)| line.as_str()).collect()
}

#[test]
fn a_set_up_is_checked_before_and_after() {
    let stage = Stage::new();
    let (lines, is_right) = check(&stage, &[]);
    assert!(!is_right);
    assert_eq!(of(&lines, "wrong"), ["key-missing", "no-distribution"]);
    stage.apply(&[]);
    stage.proxy.calls();
    let (lines, is_right) = check(&stage, &[]);
    assert!(is_right, "{lines:?}");
    assert_eq!(
        of(&lines, "right"),
        [
            "key-held",
            "deployed",
            "key-active",
            "asks-for-links",
            "access-control",
            "let-in",
            "encrypted-by-s3"
        ]
    );
    assert_eq!(
        of(&lines, "note"),
        ["ipv6", "no-security-headers", "public-not-blocked", "unfinished-stays"]
    );
    assert_eq!(of(&lines, "not-seen"), ["logs-not-seen"]);
    assert!(!stage.proxy.calls().iter().any(crate::proxy::Call::is_write));
    let said = stage.done(&stage.words("check", &[]));
    assert!(said.contains("  fine     The distribution takes links of this key.\n"), "{said}");

    let bucket = format!("/{}", stage.bucket);
    stage.ask(
        "s3",
        "PUT",
        &format!("{bucket}?publicAccessBlock"),
        "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true\
         </IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true\
         </RestrictPublicBuckets></PublicAccessBlockConfiguration>",
    );
    let notes = check(&stage, &[]).0;
    assert_eq!(of(&notes, "note"), ["ipv6", "no-security-headers", "unfinished-stays"]);
    for (key, line, state) in [
        (
            "<KMSMasterKeyID>arn:aws:kms:eu-central-1:1:key/a</KMSMasterKeyID>",
            "encrypted-by-kms",
            "note",
        ),
        ("", "encrypted-by-aws-key", "wrong"),
    ] {
        let rule = format!(
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
             <SSEAlgorithm>aws:kms</SSEAlgorithm>{key}</ApplyServerSideEncryptionByDefault></Rule>\
             </ServerSideEncryptionConfiguration>"
        );
        stage.ask("s3", "PUT", &format!("{bucket}?encryption"), &rule);
        let (lines, _) = check(&stage, &[]);
        assert!(of(&lines, state).contains(&line), "{lines:?}");
    }
}

#[test]
fn a_policy_that_refuses_cloudfront_is_never_in_force() {
    let stage = Stage::new();
    stage.apply(&[]);
    let policy = crate::server::account(&stage.account, &stage.bucket)["policy"].clone();
    let policy: Value = serde_json::from_str(policy.as_str().unwrap()).unwrap();
    let vpce = json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1a2b3c4d" } });
    let tag = json!({ "StringEquals": { "s3:ExistingObjectTag/secret": "yes" } });
    let insecure = json!({ "Bool": { "aws:SecureTransport": "false" } });
    for (condition, state, is_in_force) in
        [(vpce, Some("wrong"), false), (tag, Some("not-seen"), false), (insecure, None, true)]
    {
        let mut guarded = policy.clone();
        guarded["Statement"].as_array_mut().unwrap().push(json!({
            "Sid": "Guard", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
            "Resource": format!("arn:aws:s3:::{}/*", stage.bucket), "Condition": condition
        }));
        stage.put_policy(&guarded.to_string());
        let (lines, is_right) = check(&stage, &[]);
        let denied = lines.iter().find(|(line, _)| line == "denied");
        assert_eq!(denied.map(|(_, state)| state.as_str()), state, "{lines:?}");
        assert_eq!(of(&lines, "right").contains(&"let-in"), is_in_force, "{lines:?}");
        assert_eq!(is_right, is_in_force, "{lines:?}");
        let said = String::from_utf8(stage.run(&stage.words("check", &[])).stdout).unwrap();
        assert_eq!(said.contains("“Guard” (Deny)"), state.is_some(), "{said}");
    }
}

#[test]
fn what_is_not_yet_in_force_is_waited_for() {
    let stage = Stage::new();
    stage.apply(&[]);
    // moto has everything in force at once.
    let account = stage.account.clone();
    stage.proxy.rule(move |call| {
        let words: Vec<_> = call.path.split('/').collect();
        if call.method == "GET" && matches!(words[..], ["", _, "distribution", _]) {
            let answer = String::from_utf8(crate::proxy::forward(call, &account).unwrap()).unwrap();
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            assert!(body.contains(">Deployed<"));
            return Answer::Other(200, body.replace(">Deployed<", ">InProgress<"));
        }
        Answer::Real
    });
    let (lines, is_right) = check(&stage, &[]);
    assert_eq!(of(&lines, "waiting"), ["deploying"]);
    assert!(!is_right);
}

#[test]
fn a_missing_permission_is_named() {
    let stage = Stage::new();
    stage.proxy.rule(|call| {
        if call.path.contains("?encryption") {
            return Answer::s3_error(403, "AccessDenied", "Access Denied");
        }
        Answer::Real
    });
    let (what, _) = stage.failed(&stage.words("check", &[]));
    assert!(what.contains("s3:GetEncryptionConfiguration"), "{what}");
}

/// The site is asked with a link that the key signs, and without.
#[test]
fn a_document_opens_by_a_link_and_is_refused_without() {
    let stage = Stage::new();
    stage.apply(&[]);
    let made = stage.account();
    let id = made["public_keys"][0]["Id"].as_str().unwrap().to_owned();
    let site = Proxy::start(&stage.account);
    let denial = || {
        Answer::Other(
            403,
            "<Error><Code>MissingKey</Code><Message>Missing</Message></Error>".into(),
        )
    };
    let trusted = id.clone();
    site.rule(move |call| {
        let is_signed =
            call.path.contains(&format!("&Key-Pair-Id={trusted}&Hash-Algorithm=SHA256"));
        if is_signed { Answer::Other(206, "%".into()) } else { denial() }
    });
    let document = format!("{}/a.pdf", site.url());
    let more = ["--document", &document, "--private-key", "private.pem"];
    let (lines, is_right) = check(&stage, &more);
    assert!(is_right, "{lines:?}");
    let last = |lines: &[(String, String)]| {
        let [.., unsigned, signed] = lines else { panic!("{lines:?}") };
        (unsigned.0.clone(), signed.0.clone())
    };
    assert_eq!(last(&lines), ("unsigned-refused".into(), "signed-opens".into()));
    // An open site, and one that refuses all.
    site.rule(|_| Answer::Other(206, "%".into()));
    let (lines, is_right) = check(&stage, &more);
    assert_eq!((last(&lines), is_right), (("unsigned-opens".into(), "signed-opens".into()), false));
    site.rule(move |_| denial());
    let (lines, is_right) = check(&stage, &more);
    assert_eq!(
        (last(&lines), is_right),
        (("unsigned-refused".into(), "signed-refused".into()), false)
    );

    // Another key's private half makes no link that would open.
    let other: PublicKey = SigningKey::generate_p256().public_key();
    std::fs::write(stage.path("public.pem"), other.to_spki_pem()).unwrap();
    let output = stage.run(&stage.words("check", &more));
    assert!(!output.status.success());
}

/// The list says with which hash a key signs, and not its kind: moto's account has the key, and the site
/// takes what the list says.
#[test]
fn the_link_of_a_trial_is_signed_as_the_list_says_that_the_key_signs() {
    let stage = Stage::new();
    let key = SigningKey::generate(KeyKind::Rsa2048).unwrap();
    std::fs::write(stage.path("private.pem"), key.to_pkcs8_der().as_slice()).unwrap();
    std::fs::write(stage.path("public.pem"), key.public_key().to_spki_pem()).unwrap();
    stage.apply(&[]);
    let id = stage.account()["public_keys"][0]["Id"].as_str().unwrap().to_owned();
    let site = Proxy::start(&stage.account);
    for (hash, signs_with_sha256) in [("sha256", true), ("sha1", false)] {
        list_keys(&stage, &key.public_key(), &[("Papers", &id, hash)]);
        site.rule(move |call| {
            let is_sha256 = call.path.ends_with("&Hash-Algorithm=SHA256");
            let is_signed = call.path.contains("&Key-Pair-Id=");
            if is_signed && is_sha256 == signs_with_sha256 {
                Answer::Other(206, "%".into())
            } else {
                Answer::Other(403, "<Error><Code>AccessDenied</Code></Error>".into())
            }
        });
        let document = format!("{}/a.pdf", site.url());
        let (lines, _) = check(&stage, &["--document", &document, "--private-key", "private.pem"]);
        let [.., unsigned, signed] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!((unsigned.0.as_str(), signed.0.as_str()), ("unsigned-refused", "signed-opens"));
    }
}

/// One private key for two sites: its public half does not say which one is meant, and none is taken.
#[test]
fn a_public_key_that_is_listed_twice_is_asked_about_and_nothing_is_done() {
    let stage = Stage::new();
    let ids = ["K2JCJMDEHXQW5F", "K3JCJMDEHXQW5F"];
    list_keys(&stage, &stage.key, &[("First", ids[0], "sha256"), ("Second", ids[1], "sha256")]);
    let before = stage.account();
    for words in [
        stage.words("plan", &[]),
        stage.words("apply", &["--yes"]),
        stage.words("check", &[]),
        vec!["undo", "--yes"],
    ] {
        let output = stage.run(&words);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {error}");
        assert!(output.stdout.is_empty());
        assert_eq!(
            error,
            "Signet has this key more than once, as “First” and “Second”.\nName the one that is meant with --key, and leave out --public-key.\n"
        );
    }
    assert_eq!(stage.account(), before);
    // The control: once it is listed once, it is known which is meant.
    list_keys(&stage, &stage.key, &[("First", ids[0], "sha256")]);
    stage.plan(&[]);
}

/// The list of keys as another program left it: this one, under each of these names, ids and hashes.
fn list_keys(stage: &Stage, key: &PublicKey, names: &[(&str, &str, &str)]) {
    let kind = match key.kind() {
        KeyKind::Rsa2048 => "rsa2048",
        KeyKind::P256 => "p256",
    };
    let keys: Vec<_> = names
        .iter()
        .zip(1..)
        .map(|((name, public_key_id, hash), number)| {
            serde_json::json!({
                "id": format!("{number:032}"),
                "name": name,
                "site": format!("https://site-{number}.example.com"),
                "public_key_id": public_key_id,
                "kind": kind,
                "fingerprint": key.fingerprint().to_string(),
                "hash": hash
            })
        })
        .collect();
    let settings = serde_json::json!({
        "version": 2, "keys": keys, "last_key": null, "last_lifetime": null
    });
    std::fs::create_dir_all(stage.path(".config/signet")).unwrap();
    std::fs::write(stage.path(".config/signet/settings.json"), settings.to_string()).unwrap();
}
