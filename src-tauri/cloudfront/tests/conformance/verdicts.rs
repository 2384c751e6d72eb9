//! Verdicts: `reading::judge` and a verifier in python that was written from AWS's documentation
//! alone see the same links, good ones and spoiled ones.
//!
//! Where AWS says with which words CloudFront refuses, the words are compared; where it is silent
//! the verifier says `Refused`, and any words will do.

use std::collections::BTreeMap;

use p256::ecdsa::signature::Signer;
use p256::pkcs8::DecodePrivateKey;
use signet_cloudfront::encoding;
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::verify::{self, Denial, Request};

use crate::keys::TestKey;
use crate::oracles::{ask, python_oracle};
use crate::random::{Random, drawn};
use crate::spoiling::{Asked, Good, WAYS};

const RSA_ID: &str = "K2JCJMDEHXQW5F";
const P256_ID: &str = "APKAEIBAERJR2EXAMPLE";
const LINKS: usize = 200;

/// Two keys that a distribution trusts.
struct Edge {
    rsa: TestKey,
    p256: TestKey,
}

impl Edge {
    fn new() -> Self {
        Self { rsa: TestKey::rsa(), p256: TestKey::p256() }
    }

    fn trusted(&self) -> [(PublicKeyId, PublicKey); 2] {
        let entry = |id, key: &TestKey| (PublicKeyId::parse(id).unwrap(), key.public.clone());
        [entry(RSA_ID, &self.rsa), entry(P256_ID, &self.p256)]
    }

    /// How often each verdict fell, once both agree about every request.
    fn verdicts(&self, requests: &[(String, Asked)]) -> BTreeMap<String, usize> {
        let (rsa, p256) = (self.rsa.public_file(), self.p256.public_file());
        let mut oracle = python_oracle("verifier.py");
        oracle.arg(RSA_ID).arg(rsa.path()).arg(P256_ID).arg(p256.path());
        let theirs = ask(oracle, requests.iter().map(|(_, asked)| asked.to_json()));
        let trusted = self.trusted();
        let mut other = Vec::new();
        let mut counts = BTreeMap::new();
        for ((name, asked), theirs) in requests.iter().zip(theirs) {
            let request = Request { url: &asked.url, from: asked.from, now: asked.now };
            let ours = in_words(verify::evaluate(&request, &trusted));
            if ours != theirs && (theirs != "Refused" || ours == "Opened") {
                other.push(format!("{name}: {ours} instead of {theirs}: {}", asked.to_json()));
            }
            *counts.entry(theirs).or_default() += 1;
        }
        let shown = other.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
        assert!(other.is_empty(), "{} of {}:\n{shown}", other.len(), requests.len());
        counts
    }
}

fn in_words(verdict: Result<(), Denial>) -> &'static str {
    match verdict {
        Ok(()) => "Opened",
        Err(Denial::MissingKey) => "MissingKey",
        Err(Denial::UnknownKey) => "InvalidKey",
        Err(Denial::MalformedSignature) => "MalformedSignature",
        Err(Denial::MalformedPolicy) => "MalformedPolicy",
        Err(Denial::AccessDenied(_)) => "AccessDenied",
    }
}

#[test]
fn a_link_spoiled_in_one_place_gets_the_same_verdict() {
    let edge = Edge::new();
    let mut random = Random::new(5);
    let mut requests = Vec::new();
    for number in 0..drawn(LINKS) {
        let good = match number % 2 {
            0 => Good::random(&mut random, &edge.rsa, RSA_ID, P256_ID),
            _ => Good::random(&mut random, &edge.p256, P256_ID, RSA_ID),
        };
        for (name, way) in WAYS {
            let asked = way(&mut random, &good);
            requests.extend(asked.map(|asked| ((*name).to_owned(), asked)));
        }
    }
    // A way that never had anything to spoil would prove nothing.
    for (name, _) in WAYS {
        let count = requests.iter().filter(|(way, _)| way == name).count();
        assert!(count >= drawn(10), "{name}: {count}");
    }
    let counts = edge.verdicts(&requests);
    println!("{} requests: {counts:?}", requests.len());
    assert!(requests.len() >= drawn(5_000), "{}", requests.len());
    for (verdict, least) in [
        ("Opened", 1_000),
        ("AccessDenied", 2_000),
        ("MissingKey", 500),
        ("InvalidKey", 100),
        ("MalformedSignature", 300),
        ("MalformedPolicy", 200),
    ] {
        assert!(counts[verdict] >= drawn(least), "{verdict}: {}", counts[verdict]);
    }
    assert!(counts["Refused"] * 3 < requests.len(), "{}", counts["Refused"]);
}

/// Policies as others write them, and resources that open more or less than their address.
#[test]
fn a_policy_from_elsewhere_gets_the_same_verdict() {
    let edge = Edge::new();
    let mut random = Random::new(6);
    let mut requests = Vec::new();
    for _ in 0..drawn(50) {
        for shape in SHAPES {
            let now = 95 + random.second_below(110);
            requests.push(edge.signed(shape, "https://docs.example.com/a/b.pdf?x=1", now));
        }
    }
    for _ in 0..drawn(3_000) {
        let url = any_url(&mut random);
        let resource = any_resource(&mut random, &url);
        let policy = format!(
            r#"{{"Statement":[{{"Resource":"{resource}","Condition":{{"DateLessThan":{{"AWS:EpochTime":200}}}}}}]}}"#
        );
        requests.push(edge.signed(&policy, &url, 199));
    }
    let counts = edge.verdicts(&requests);
    println!("{} requests: {counts:?}", requests.len());
    for (verdict, least) in [("Opened", 500), ("AccessDenied", 500), ("MalformedPolicy", 500)] {
        assert!(counts[verdict] >= drawn(least), "{verdict}: {}", counts[verdict]);
    }
}

impl Edge {
    /// A request with any bytes for a policy, from 203.0.113.7.
    fn signed(&self, policy: &str, url: &str, now: i64) -> (String, Asked) {
        let key = p256::ecdsa::SigningKey::from_pkcs8_der(&self.p256.key.to_pkcs8_der()).unwrap();
        let signature: p256::ecdsa::DerSignature = key.sign(policy.as_bytes());
        let separator = if url.contains('?') { '&' } else { '?' };
        let url = format!(
            "{url}{separator}Policy={}&Signature={}&Key-Pair-Id={P256_ID}&Hash-Algorithm=SHA256",
            encoding::encode(policy.as_bytes()),
            encoding::encode(signature.as_bytes()),
        );
        (policy.to_owned(), Asked { url, from: [203, 0, 113, 7].into(), now })
    }
}

const SHAPES: &[&str] = &[
    r#"{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":200}}}]}"#,
    r#"{ "Statement" : [ { "Condition" : { "DateLessThan" : { "AWS:EpochTime" : 200 } } } ] }"#,
    r#"{"Statement":[{"Condition":{"IpAddress":{"AWS:SourceIp":"203.0.113.0/24"},"DateGreaterThan":{"AWS:EpochTime":100},"DateLessThan":{"AWS:EpochTime":200}},"Resource":"*"}]}"#,
    r#"{"Statement":[{"Resource":"https:\/\/docs.example.com\/a\/*","Condition":{"DateLessThan":{"AWS:EpochTime":200}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200},"IpAddress":{"AWS:SourceIp":"203.0.113.7"}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200},"IpAddress":{"AWS:SourceIp":"203.0.113.200/25"}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200},"IpAddress":{"AWS:SourceIp":"0.0.0.0/0"}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200},"IpAddress":{"AWS:SourceIp":"2001:db8::/32"}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200},"IpAddress":{"AWS:SourceIp":"203.0.113.0/33"}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateGreaterThan":{"AWS:EpochTime":100}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":"200"}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200.5}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":9223372036854775808}}}]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":200}}]}"#,
    r#"{"Statement":{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200}}}}"#,
    r#"{"Statement":[]}"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200}}},{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200}}}]}"#,
    r#"{"Statement":[{"Resource":"*"}]}"#,
    r#"{"Statement":[{"Resource":["*"],"Condition":{"DateLessThan":{"AWS:EpochTime":200}}}]}"#,
    r#"[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200}}}]"#,
    r#"{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":200}}}]}, "#,
    "Resource: *",
    "",
];

/// Without a `?` of which nobody knows whether it begins the query: one that is a wildcard stands
/// before neither a `*` nor another `?`, and what follows it is no query of [`any_url`].
fn any_resource(random: &mut Random, url: &str) -> String {
    let scheme = random.one_of(&["https", "http", "*", "http*", "h??p", "*s"]);
    let host = random.one_of(&[
        "docs.example.com",
        "*.example.com",
        "d?cs.example.com",
        "docs.*",
        "*",
        "docs.example.com:8443",
        "*:8443",
        "*docs*com*",
    ]);
    if random.below(8) == 0 {
        return format!("{scheme}://{host}");
    }
    let own_path = url.split('?').next().unwrap().split('/').skip(3).collect::<Vec<_>>().join("/");
    loop {
        let path: String = match random.maybe() {
            true => pieces(random, 4, &["a", "b", "c", "/", "*", "?"]),
            false => own_path.chars().map(|letter| wildcard(random, letter)).collect(),
        };
        let query = random.one_of(&["", "", "?x=1", "?x=?", "?x=*", "?x=1&*"]);
        let unclear = path.contains("?*") || format!("{path}{query}").contains("??");
        if !unclear {
            return format!("{scheme}://{host}/{path}{query}");
        }
    }
}

fn any_url(random: &mut Random) -> String {
    let scheme = random.one_of(&["https", "https", "http"]);
    let host = random.one_of(&["docs.example.com", "docs.example.com", "docs.example.com:8443"]);
    let path = pieces(random, 4, &["a", "b", "c", "/"]);
    let query = random.one_of(&["", "", "?x=1", "?x=2", "?x=1&y=2", "?y"]);
    format!("{scheme}://{host}/{path}{query}")
}

fn pieces(random: &mut Random, most: usize, pieces: &[&str]) -> String {
    (0..=random.below(most)).map(|_| random.one_of(pieces)).collect()
}

fn wildcard(random: &mut Random, letter: char) -> char {
    match random.below(6) {
        0 => '*',
        1 => '?',
        _ => letter,
    }
}
