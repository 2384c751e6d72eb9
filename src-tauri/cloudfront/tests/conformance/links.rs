//! Links: botocore, `aws cloudfront sign`, the Go SDK and the JavaScript SDK.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;
use signet_cloudfront::encoding;
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::verify::{self, Request};

use crate::keys::{ID, TestKey, id};
use crate::oracles::{ask, go_oracle, javascript_oracle, python, python_oracle};
use crate::random::{Random, drawn, seed};
use crate::recipe::Recipe;

const RSA_LINKS: usize = 5_000;
const P256_LINKS: usize = 6_000;

struct Run {
    key: TestKey,
    links: Vec<(Recipe, String)>,
}

impl Run {
    fn new(key: TestKey, stream: u64, count: usize) -> Self {
        let mut random = Random::new(stream);
        let links = std::iter::repeat_with(|| Recipe::random(&mut random)).take(count);
        Self { links: links.map(|recipe| with_link(recipe, &key)).collect(), key }
    }

    fn rsa() -> &'static Self {
        static RUN: OnceLock<Run> = OnceLock::new();
        seed();
        RUN.get_or_init(|| Self::new(TestKey::rsa(), 1, drawn(RSA_LINKS)))
    }

    fn p256() -> &'static Self {
        static RUN: OnceLock<Run> = OnceLock::new();
        seed();
        RUN.get_or_init(|| Self::new(TestKey::p256(), 2, drawn(P256_LINKS)))
    }

    /// Whether the practice edge opens a link that another signer made from this recipe.
    fn opens(&self, recipe: &Recipe, link: &str) -> bool {
        let request =
            Request { url: link, from: recipe.reader().into(), now: recipe.end.saturating_sub(1) };
        verify::evaluate(&request, &[(id(), self.key.public.clone())]).is_ok()
    }
}

fn with_link(recipe: Recipe, key: &TestKey) -> (Recipe, String) {
    let link = recipe.link(key);
    (recipe, link)
}

#[test]
fn every_shape_of_link_is_among_them() {
    for run in [Run::rsa(), Run::p256()] {
        let count = |is: fn(&Recipe) -> bool| run.links.iter().filter(|(r, _)| is(r)).count();
        for (shape, found) in [
            ("canned", count(Recipe::is_canned)),
            ("canned with SHA-1", count(|r| r.is_canned() && r.hash == HashAlgorithm::Sha1)),
            ("the resource that is the address", count(|r| r.is_canned() && r.resource.is_some())),
            ("a start", count(|r| r.start.is_some())),
            ("a network", count(|r| r.network.is_some())),
            ("a wildcard", count(|r| r.resource.as_ref().is_some_and(|text| text.contains('*')))),
            (
                "all three",
                count(|r| r.start.is_some() && r.network.is_some() && r.resource.is_some()),
            ),
            ("beyond the year 9999", count(|r| r.end > 253_402_300_799)),
            ("http", count(|r| r.url().starts_with("http:"))),
            ("an IDN", count(|r| r.url().contains("://xn--"))),
            ("a port", count(|r| r.address.host().contains(':'))),
            ("a query", count(|r| r.url().contains('?'))),
        ] {
            assert!(found >= drawn(200), "{shape}: {found}");
        }
    }
}

#[test]
fn any_rsa_link_is_botocores_byte_for_byte() {
    let run = Run::rsa();
    let key = run.key.file();
    let mut oracle = python_oracle("botocore_oracle.py");
    oracle.arg(key.path());
    let cases = run.links.iter().map(|(recipe, link)| judged(recipe, link));
    for ((recipe, _), answer) in run.links.iter().zip(ask(oracle, cases)) {
        assert_eq!(answer, "same", "{}", recipe.to_json());
    }
}

/// ECDSA leaves a signer free in its random part, so these links are not compared but verified, by
/// python's cryptography, with the policy that botocore writes.
#[test]
fn any_p256_link_has_botocores_policy_and_verifies() {
    let run = Run::p256();
    let key = run.key.file();
    let answers = |links: &[(&Recipe, &str)]| {
        let mut oracle = python_oracle("botocore_oracle.py");
        oracle.arg(key.path());
        ask(oracle, links.iter().map(|(recipe, link)| judged(recipe, link)))
    };
    let own: Vec<_> = run.links.iter().map(|(recipe, link)| (recipe, link.as_str())).collect();
    for ((recipe, _), answer) in own.iter().zip(answers(&own)) {
        assert_eq!(answer, "verified", "{}", recipe.to_json());
    }
    // The positive control: each link with the signature of the one after it.
    let swapped: Vec<_> = run
        .links
        .windows(2)
        .map(|pair| {
            let ((recipe, link), (_, other)) = (&pair[0], &pair[1]);
            let (own, other) = (parameters(link)["Signature"], parameters(other)["Signature"]);
            (recipe, link.replace(own, other))
        })
        .collect();
    let swapped: Vec<_> = swapped.iter().map(|(recipe, link)| (*recipe, link.as_str())).collect();
    assert_eq!(answers(&swapped), vec!["not verified"; swapped.len()]);
}

/// The whole program as an administrator runs it; few cases, for each start takes a second.
#[test]
fn aws_cloudfront_sign_makes_the_same_links() {
    let run = Run::rsa();
    let key = run.key.file();
    // The program knows dates as python does, and neither SHA-256 nor another resource.
    let possible = |recipe: &&(Recipe, String)| {
        let (recipe, _) = recipe;
        recipe.end < 253_402_300_799
            && recipe.hash == HashAlgorithm::Sha1
            && recipe.opened() == recipe.url()
    };
    let (canned, custom): (Vec<_>, Vec<_>) =
        run.links.iter().filter(possible).partition(|(recipe, _)| recipe.is_canned());
    let cases: Vec<_> = canned.iter().take(6).chain(custom.iter().take(6)).collect();
    assert_eq!(cases.len(), 12);
    let date = |second: i64| chrono::DateTime::from_timestamp(second, 0).unwrap().to_rfc3339();
    for (recipe, link) in cases {
        let mut program = python();
        program.args(["-m", "awscli", "cloudfront", "sign", "--key-pair-id", ID]);
        program.args(["--url", recipe.url(), "--date-less-than", &date(recipe.end)]);
        program.arg("--private-key").arg(format!("file://{}", key.path().display()));
        if let Some(start) = recipe.start {
            program.args(["--date-greater-than", &date(start)]);
        }
        if let Some(network) = &recipe.network {
            program.args(["--ip-address", network]);
        }
        let output =
            program.env("AWS_CONFIG_FILE", key.path().with_extension("none")).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}; `make test` installs it");
        let theirs = String::from_utf8(output.stdout).unwrap();
        assert_eq!(theirs.trim_end(), link, "{}", recipe.to_json());
    }
}

/// It knows RSA with SHA-1 alone. Of a policy it takes the parts and not the bytes, and writes the
/// network and the start before the end: with either, its policy is compared as JSON, its signature
/// verified, and everything else is the same byte for byte, as the whole link is without them.
#[test]
fn the_go_sdk_makes_the_same_links() {
    let run = Run::rsa();
    let (folder, key) = (tempfile::tempdir().unwrap(), run.key.file());
    let mut oracle = go_oracle(folder.path());
    oracle.arg("links").arg(key.path());
    let links: Vec<_> = run.links.iter().filter(|(r, _)| r.hash == HashAlgorithm::Sha1).collect();
    let (mut whole, mut in_parts) = (0, 0);
    let cases = links.iter().map(|(recipe, _)| recipe.to_json_for_go());
    for ((recipe, ours), theirs) in links.iter().zip(ask(oracle, cases)) {
        if recipe.start.is_none() && recipe.network.is_none() {
            assert_eq!(ours, &theirs, "{}", recipe.to_json());
            whole += 1;
        } else {
            let (our, their) = (parameters(ours), parameters(&theirs));
            let policy = encoding::decode(their["Policy"]).unwrap();
            let own_policy = encoding::decode(our["Policy"]).unwrap();
            assert_eq!(json(&policy), json(&own_policy), "{}", recipe.to_json());
            let signature = encoding::decode(their["Signature"]).unwrap();
            assert!(run.key.public.verify(HashAlgorithm::Sha1, &policy, &signature), "{theirs}");
            let in_our_words = theirs
                .replace(their["Policy"], our["Policy"])
                .replace(their["Signature"], our["Signature"]);
            assert_eq!(ours, &in_our_words, "{}", recipe.to_json());
            in_parts += 1;
        }
        assert!(run.opens(recipe, &theirs), "{theirs}");
    }
    println!("{whole} links the same, {in_parts} but for the order in their policy");
    assert!(whole >= drawn(1_000) && in_parts >= drawn(1_000));
}

/// It puts the parameters into another order, which CloudFront does not mind, and writes some
/// characters of the address anew (`%28` as `(`). So it gets our policy, and must make the same
/// parameters of it whatever it does to the address; and where it leaves the address as it was
/// given, it must make them from dates and network too. There its policy differs only where both a
/// start and a network stand in it: it writes the start first.
#[test]
fn the_javascript_sdk_makes_the_same_parameters() {
    let run = Run::rsa();
    let key = run.key.file();
    let mut oracle = javascript_oracle("links.mjs");
    oracle.arg(key.path());
    let cases = run.links.iter().map(|(recipe, link)| with_policy(recipe, link));
    let (mut kept, mut canned, mut custom) = (0, 0, 0);
    for ((recipe, ours), answer) in run.links.iter().zip(ask(oracle, cases)) {
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let theirs = answer["from_policy"].as_str().unwrap();
        let (our, mut their) = (parameters(ours), parameters(theirs));
        let end = recipe.end.to_string();
        if recipe.is_canned() {
            // Whoever gives it a policy gets `Policy`; the bytes that are signed are the same.
            assert_eq!(
                their.remove("Policy"),
                Some(encoding::encode(recipe.canned().as_bytes()).as_str())
            );
            their.insert("Expires", &end);
        }
        assert_eq!(our, their, "{}", recipe.to_json());
        // A byte that is not UTF-8 it encodes a second time, and so signs another address.
        if let Some(path) = decoded_path(ours) {
            assert_eq!(Some(path), decoded_path(theirs), "{}", recipe.to_json());
        }
        let kept_address = format!("{}{}", recipe.url(), separator(recipe.url()));
        let from_dates = answer["from_dates"].as_str();
        let Some(theirs) = from_dates.filter(|link| link.starts_with(&kept_address)) else {
            continue;
        };
        kept += 1;
        if recipe.start.is_some() && recipe.network.is_some() {
            assert!(run.opens(recipe, theirs), "{theirs}");
            continue;
        }
        assert_eq!(parameters(ours), parameters(theirs), "{}", recipe.to_json());
        *(if recipe.is_canned() { &mut canned } else { &mut custom }) += 1;
    }
    println!("of {kept} addresses kept, {canned} canned and {custom} custom links the same");
    assert!(canned >= drawn(250) && custom >= drawn(60));
}

/// Node signs with P-256 too, and what it signs opens here.
#[test]
fn p256_links_of_the_javascript_sdk_open() {
    let run = Run::p256();
    let key = run.key.file();
    let mut oracle = javascript_oracle("links.mjs");
    oracle.arg(key.path());
    let links = || run.links.iter().filter(|(recipe, _)| !recipe.is_canned()).take(500);
    let cases = links().map(|(recipe, link)| with_policy(recipe, link));
    for ((recipe, ours), answer) in links().zip(ask(oracle, cases)) {
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let theirs = parameters(answer["from_policy"].as_str().unwrap())["Signature"].to_owned();
        let own = parameters(ours)["Signature"];
        assert_ne!(own, theirs);
        assert!(run.opens(recipe, &ours.replace(own, &theirs)), "{}", recipe.to_json());
    }
}

fn judged(recipe: &Recipe, link: &str) -> Value {
    let mut case = recipe.to_json();
    case["link"] = link.into();
    case
}

/// The case with the very bytes that were signed.
fn with_policy(recipe: &Recipe, link: &str) -> Value {
    let mut case = recipe.to_json();
    let policy = parameters(link).get("Policy").map(|text| encoding::decode(text).unwrap());
    case["policy"] = match policy {
        Some(policy) => String::from_utf8(policy).unwrap().into(),
        None => recipe.canned().into(),
    };
    case
}

fn separator(url: &str) -> char {
    if url.contains('?') { '&' } else { '?' }
}

fn json(policy: &[u8]) -> Value {
    serde_json::from_slice(policy).unwrap()
}

/// CloudFront's parameters in a link.
fn parameters(link: &str) -> BTreeMap<&str, &str> {
    const NAMES: [&str; 5] = ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];
    let query = link.split_once('?').unwrap().1;
    let parameters = query.split('&').filter_map(|part| part.split_once('='));
    parameters.filter(|(name, _)| NAMES.contains(name)).collect()
}

fn decoded_path(link: &str) -> Option<String> {
    let path = percent_encoding::percent_decode_str(link.split('?').next().unwrap());
    path.decode_utf8().ok().map(Cow::into_owned)
}
