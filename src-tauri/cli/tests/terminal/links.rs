//! One link: the AWS CLI makes the same, and what it cannot make verifies with openssl.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::stage::{Stage, URL, value, with_key};

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

/// The value of a parameter, out of CloudFront's base64.
fn decoded(stage: &Stage, link: &str, name: &str) -> Vec<u8> {
    let base64 = value(link, name).replace('-', "+").replace('_', "=").replace('~', "/");
    let file = stage.file("base64", base64);
    stage.openssl(&["base64", "-d", "-A", "-in", &file])
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// It is what AWS's tools sign, so it is made; but where CloudFront may list the bucket, it shows the names.
#[test]
fn a_link_for_the_site_itself_is_made_with_a_warning() {
    let stage = Stage::new();
    let key = stage.p256();
    let said = |words: &[&str], input: &[u8]| {
        let output = stage.signet(words, input);
        assert!(output.status.success(), "{words:?}");
        assert!(!output.stdout.is_empty(), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let end = ["--expires-in", "1h"];
    let signed = |url: &str| said(&with_key(&key, &["--url", url, end[0], end[1]]), b"");
    let cookies = |resource: &str| {
        let words = with_key(&key, &["--resource", resource, end[0], end[1]]);
        said(&[&["sign-cookies"], &words[1..]].concat(), b"")
    };
    for url in ["https://h.example/", "https://h.example/?prefix=a"] {
        for said in [signed(url), cookies(url)] {
            assert!(said.contains("shows the names of all documents"), "{url}: {said}");
        }
    }
    for said in [signed("https://h.example/a"), cookies("https://h.example/a")] {
        assert_eq!(said, "");
    }
    let lines = b"https://h.example/a\nhttps://h.example/\n";
    let said = said(&with_key(&key, &["--urls-from", "-", end[0], end[1]]), lines);
    assert!(said.starts_with("Line 2: Warning:") && said.lines().count() == 1, "{said}");
}
