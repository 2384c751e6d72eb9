//! Addresses as a script types them: botocore signs them byte for byte, and so does Signet, but for
//! what docs/differences-from-aws-tools.md lists.

use serde_json::{Value, json};
use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::signed_url;

use crate::keys::{ID, TestKey, id};
use crate::oracles::{ask, python_oracle};
use crate::random::{self, Random};

const END: i64 = 4_102_444_800;
const ADDRESSES: usize = 2_000;

/// RFC 3986: unreserved, gen-delims, sub-delims, and triplets.
const ALPHABET: &[&str] = &[
    "a", "Z", "0", "9", "-", ".", "_", "~", ":", "/", "?", "#", "[", "]", "@", "!", "$", "&", "'",
    "(", ")", "*", "+", ",", ";", "=", "%20", "%2F", "%2e", "%c3%a9", "%FF", "%25", "/./", "/../",
    "report", ".pdf",
];

/// All that may stand in an address: RFC 3986's unreserved and reserved characters.
fn characters() -> impl Iterator<Item = char> {
    let reserved = ":/?#[]@!$&'()*+,;=";
    ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("-._~".chars()).chain(reserved.chars())
}

const ORIGINS: &[&str] = &[
    "https://docs.example.com/",
    "https://docs.example.com/",
    "https://d111111abcdef8.cloudfront.net/",
    "https://docs.example.com:8443/",
    "http://docs.example.com/",
    "https://docs.example.com./",
    "https://Docs.Example.com/",
    "https://docs.example.com:443/",
    "http://docs.example.com:80/",
];

/// The differences that are meant, by their heading in the document.
fn difference(typed: &str) -> Option<&'static str> {
    let (scheme, rest) = typed.split_once("://").unwrap();
    let (host, _) = rest.split_once('/').unwrap();
    let (path, query) = typed.split_once('?').unwrap_or((typed, "\0"));
    let usual_port = if scheme == "https" { ":443" } else { ":80" };
    let is_dot = |segment: &str| segment == "." || segment.eq_ignore_ascii_case("%2e");
    if query.contains('\'') {
        Some("An apostrophe in a query")
    } else if path.split('/').skip(3).any(is_dot) {
        Some("A segment that is a single dot")
    } else if host.ends_with(usual_port) || host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Some("The host in capitals, or with the usual port")
    } else if query.is_empty() {
        Some("A question mark with nothing behind it")
    } else {
        None
    }
}

#[test]
fn a_typed_address_is_signed_as_botocore_signs_it_but_for_what_is_documented() {
    let documented = include_str!("../../../../docs/differences-from-aws-tools.md");
    let key = TestKey::rsa();
    let file = key.file();
    let mut random = Random::new(32);
    let mut cases: Vec<(String, Value)> = Vec::new();
    let mut refused = 0;
    let count = random::drawn(ADDRESSES);
    // Each character once alone, and then in any company.
    let mut each: Vec<String> = characters()
        .flat_map(|c| {
            [format!("https://docs.example.com/x{c}y"), format!("https://docs.example.com/x?y{c}z")]
        })
        .collect();
    while cases.len() + refused < count {
        let typed = each.pop().unwrap_or_else(|| {
            let tail: String = (0..random.below(9)).map(|_| random.one_of(ALPHABET)).collect();
            format!("{}{tail}", random.one_of(ORIGINS))
        });
        let address = match DocumentAddress::parse_url(&typed) {
            Ok(address) => address,
            Err(AddressError::HasFragment { .. }) => {
                assert!(typed.contains('#'), "{typed}");
                refused += 1;
                continue;
            }
            Err(AddressError::GoesUp { .. }) => {
                let up = [".", "%2e"];
                let goes_up = up.iter().any(|one| {
                    up.iter().any(|two| typed.to_lowercase().contains(&format!("{one}{two}")))
                });
                assert!(goes_up, "{typed}");
                refused += 1;
                continue;
            }
            Err(error) => panic!("{typed}: {error:?}"),
        };
        let terms = LinkConditions::until(END);
        let link =
            signed_url::sign(&address, &terms, HashAlgorithm::Sha1, &key.key, &id()).unwrap();
        let case = json!({
            "url": typed, "resource": typed, "end": END, "start": null, "network": null, "id": ID,
            "hash": "SHA1", "link": link.as_str(),
        });
        cases.push((typed, case));
    }
    let mut oracle = python_oracle("botocore_oracle.py");
    oracle.arg(file.path());
    let answers = ask(oracle, cases.iter().map(|(_, case)| case.clone()));
    let mut same = 0;
    for ((typed, case), answer) in cases.iter().zip(answers) {
        match difference(typed) {
            None => {
                assert_eq!(answer, "same", "{typed}\n{}", case["link"]);
                same += 1;
            }
            Some(heading) => {
                assert_ne!(answer, "same", "{typed} is no exception");
                assert!(documented.contains(&format!("## {heading}\n")), "{heading}");
            }
        }
    }
    println!("{same} the same, {} meant otherwise, {refused} refused", cases.len() - same);
    assert!(same >= random::drawn(800), "{same}");
}
