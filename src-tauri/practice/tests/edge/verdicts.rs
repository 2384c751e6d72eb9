//! The edge answers what a verifier in another language says of the same requests, over 5,000 of them:
//! links of every kind, whole and with one byte changed. See tests/conformance at the root.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use signet_cloudfront::link_conditions::{Limits, LinkConditions};
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::PolicyResource;
use signet_practice::DOCUMENT_ADDRESS;

use crate::running::{Answer, END, Running};

const NOW: i64 = END - 1;

/// LinkConditions of every kind, some of which let a reader on this computer in.
fn all_terms(origin: &str) -> Vec<LinkConditions> {
    let networks = [None, Some("127.0.0.1"), Some("127.0.0.0/8"), Some("203.0.113.0/24")];
    let starts = [None, Some(NOW - 1), Some(NOW)];
    let folder = format!("{origin}/*");
    let resources = [None, Some(folder.as_str()), Some("*://127.0.0.1:?????/Practice*")];
    let mut all = Vec::new();
    for end in [END, END + 5, NOW + 1_000_000] {
        for network in networks {
            for starts_after in starts {
                for resource in resources {
                    let limits = Limits {
                        starts_after,
                        network: network.map(|text| Network::parse(text).unwrap()),
                        resource: resource.map(|text| PolicyResource::parse(text).unwrap()),
                    };
                    // Between a start and an end must lie a second, so some cannot be said at all.
                    all.extend(LinkConditions::new(end, limits));
                }
            }
        }
    }
    all.push(LinkConditions::until(NOW));
    all.push(LinkConditions::until(NOW - 1_000));
    all
}

/// The link, and the link with one byte changed, at places all over it.
fn spoiled(link: &str, origin: &str) -> Vec<String> {
    let first = origin.len() + 1;
    let places = (0..53).map(|n| first + (link.len() - first) * n / 53);
    let changed = places.map(|place| {
        let mut bytes = link.as_bytes().to_vec();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    });
    let tail = ["&utm_source=mail", "&Expires=1", "&Hash-Algorithm=SHA256", "x"];
    let longer = tail.iter().map(|tail| format!("{link}{tail}"));
    let shorter = [1, 20, 60].map(|cut| link.get(..link.len() - cut).unwrap().to_owned());
    [link.to_owned()].into_iter().chain(changed).chain(longer).chain(shorter).collect()
}

fn verdict_of(answer: &Answer) -> String {
    match answer.status {
        // Let in; only the practice letter is there.
        200 | 404 => "Opened".to_owned(),
        403 => {
            let body = String::from_utf8(answer.body.clone()).unwrap();
            let code = body.split("<Code>").nth(1).unwrap().split('<').next().unwrap();
            code.to_owned()
        }
        other => panic!("the edge answered {other}"),
    }
}

#[test]
fn the_edge_says_what_another_verifier_says() {
    let running = Running::at(|| NOW);
    let origin = running.edge.site().origin();
    let urls: Vec<String> = all_terms(&origin)
        .iter()
        .flat_map(|terms| spoiled(&running.link_within(DOCUMENT_ADDRESS, terms), &origin))
        .collect();
    assert!(urls.len() > 5_000, "only {}", urls.len());

    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public.pem");
    std::fs::write(&public, running.key.public_key().to_spki_pem()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut verifier = Command::new(root.join(".cache/venv/bin/python"))
        .arg(root.join("tests/conformance/verifier.py"))
        .arg(running.id.as_str())
        .arg(&public)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`make test` installs it");
    let requests: String = urls
        .iter()
        .map(|url| {
            format!("{}\n", serde_json::json!({ "url": url, "from": "127.0.0.1", "now": NOW }))
        })
        .collect();
    let mut input = verifier.stdin.take().unwrap();
    let feeding = std::thread::spawn(move || input.write_all(requests.as_bytes()));
    let mut seen = BTreeMap::new();
    let ours: Vec<String> = urls.iter().map(|url| verdict_of(&running.get(url))).collect();
    let theirs = verifier.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    let theirs = String::from_utf8(theirs.stdout).unwrap();
    let theirs: Vec<&str> = theirs.lines().collect();
    assert_eq!(theirs.len(), urls.len());
    for ((url, ours), theirs) in urls.iter().zip(&ours).zip(theirs) {
        // Where AWS names no words for a denial, any will do.
        let agree = ours == theirs || theirs == "Refused" && ours != "Opened";
        assert!(agree, "the edge: {ours}, the verifier: {theirs}, {url}");
        *seen.entry(ours.as_str()).or_insert(0) += 1;
    }
    for verdict in [
        "Opened",
        "AccessDenied",
        "MissingKey",
        "InvalidKey",
        "MalformedSignature",
        "MalformedPolicy",
    ] {
        assert!(seen.get(verdict).is_some_and(|count| *count >= 20), "{seen:?}");
    }
}
