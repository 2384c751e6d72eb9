//! Cookies: botocore, the Go SDK and the JavaScript SDK.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Value, json};
use signet_cloudfront::encoding;
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::signed_cookies::{self, Opened};

use crate::keys::{TestKey, id};
use crate::oracles::{ask, go_oracle, javascript_oracle, python_oracle};
use crate::random::{Random, drawn, seed};
use crate::recipe::{Recipe, covering};

const COUNT: usize = 1_000;

type Cookies = BTreeMap<String, String>;

struct Run {
    key: TestKey,
    cookies: Vec<(Recipe, Cookies)>,
}

impl Run {
    fn new(key: TestKey, stream: u64) -> Self {
        let mut random = Random::new(stream);
        let recipes = std::iter::repeat_with(|| recipe(&mut random)).take(drawn(COUNT));
        Self { cookies: recipes.map(|recipe| with_cookies(recipe, &key)).collect(), key }
    }

    fn rsa() -> &'static Self {
        static RUN: OnceLock<Run> = OnceLock::new();
        seed();
        RUN.get_or_init(|| Self::new(TestKey::rsa(), 3))
    }

    fn p256() -> &'static Self {
        static RUN: OnceLock<Run> = OnceLock::new();
        seed();
        RUN.get_or_init(|| Self::new(TestKey::p256(), 4))
    }
}

/// Cookies open an address or a resource with `*`.
fn recipe(random: &mut Random) -> Recipe {
    let recipe = Recipe::random(random);
    let resource = random.maybe().then(|| covering(random, recipe.url()));
    let resource = resource.filter(|text| text.contains('*'));
    Recipe { resource, ..recipe }
}

fn with_cookies(recipe: Recipe, key: &TestKey) -> (Recipe, Cookies) {
    let opened = Opened::parse(recipe.opened()).unwrap();
    let terms = LinkConditions::new(recipe.end, recipe.limits()).unwrap();
    let signed = signed_cookies::sign(&opened, &terms, recipe.hash, &key.key, &id()).unwrap();
    let cookies = signed.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    (recipe, cookies.collect())
}

#[test]
fn botocore_makes_the_same_cookies() {
    for (run, verdict) in [(Run::rsa(), "same"), (Run::p256(), "verified")] {
        let key = run.key.file();
        let mut oracle = python_oracle("botocore_oracle.py");
        oracle.arg(key.path());
        let cases = run.cookies.iter().map(|(recipe, cookies)| judged(recipe, cookies));
        for ((recipe, _), answer) in run.cookies.iter().zip(ask(oracle, cases)) {
            assert_eq!(answer, verdict, "{}", recipe.to_json());
        }
        let canned = run.cookies.iter().filter(|(recipe, _)| recipe.is_canned()).count();
        assert!((drawn(200)..drawn(COUNT - 200)).contains(&canned), "{canned}");
    }
}

/// A canned policy it writes into `CloudFront-Policy` and never into `CloudFront-Expires`; its bytes
/// and their signature are the same. Otherwise as with links.
#[test]
fn the_go_sdk_makes_the_same_cookies() {
    let run = Run::rsa();
    let (folder, key) = (tempfile::tempdir().unwrap(), run.key.file());
    let mut oracle = go_oracle(folder.path());
    oracle.arg("cookies").arg(key.path());
    let cookies: Vec<_> =
        run.cookies.iter().filter(|(recipe, _)| recipe.hash == HashAlgorithm::Sha1).collect();
    let (mut whole, mut in_parts) = (0, 0);
    let cases = cookies.iter().map(|(recipe, _)| recipe.to_json_for_go());
    for ((recipe, ours), theirs) in cookies.iter().zip(ask(oracle, cases)) {
        let mut theirs: Cookies = serde_json::from_str(&theirs).unwrap();
        let policy = encoding::decode(&theirs["CloudFront-Policy"]).unwrap();
        if recipe.is_canned() {
            assert_eq!(policy, recipe.canned().as_bytes());
            theirs.remove("CloudFront-Policy");
            theirs.insert("CloudFront-Expires".into(), recipe.end.to_string());
        }
        if recipe.start.is_none() && recipe.network.is_none() {
            assert_eq!(ours, &theirs, "{}", recipe.to_json());
            whole += 1;
        } else {
            let own_policy = encoding::decode(&ours["CloudFront-Policy"]).unwrap();
            let value = |policy| serde_json::from_slice::<Value>(policy).unwrap();
            assert_eq!(value(&policy), value(&own_policy), "{}", recipe.to_json());
            let signature = encoding::decode(&theirs["CloudFront-Signature"]).unwrap();
            assert!(run.key.public.verify(recipe.hash, &policy, &signature));
            for name in ["CloudFront-Policy", "CloudFront-Signature"] {
                theirs.insert(name.into(), ours[name].clone());
            }
            assert_eq!(ours, &theirs, "{}", recipe.to_json());
            in_parts += 1;
        }
    }
    println!("{whole} cookies the same, {in_parts} but for the order in their policy");
    assert!(whole >= drawn(200) && in_parts >= drawn(200));
}

/// From our policy it makes the same cookies, a canned one as `CloudFront-Policy`. From dates and a
/// network it makes the same but where both a start and a network stand in the policy, for it writes
/// the start first; and where a `*` is all that makes a policy custom, it writes the end alone, with
/// a signature that no end can rebuild.
#[test]
fn the_javascript_sdk_makes_the_same_cookies() {
    let run = Run::rsa();
    let key = run.key.file();
    let mut oracle = javascript_oracle("cookies.mjs");
    oracle.arg(key.path());
    let cases = run.cookies.iter().map(|(recipe, cookies)| with_policy(recipe, cookies));
    let (mut canned, mut custom) = (0, 0);
    for ((recipe, ours), answer) in run.cookies.iter().zip(ask(oracle, cases)) {
        let mut answer: Value = serde_json::from_str(&answer).unwrap();
        let mut theirs = texts(&answer["from_policy"]);
        if recipe.is_canned() {
            let policy = encoding::encode(recipe.canned().as_bytes());
            assert_eq!(theirs.remove("CloudFront-Policy"), Some(policy));
            theirs.insert("CloudFront-Expires".into(), recipe.end.to_string());
        }
        assert_eq!(ours, &theirs, "{}", recipe.to_json());

        let limits = [recipe.start.is_some(), recipe.network.is_some()];
        if answer["from_dates"].is_null() || limits == [true, true] {
            continue;
        }
        let mut theirs = texts(&answer["from_dates"].take());
        if limits == [false, false] && !recipe.is_canned() {
            assert_eq!(theirs.remove("CloudFront-Expires"), Some(recipe.end.to_string()));
            theirs.insert("CloudFront-Policy".into(), ours["CloudFront-Policy"].clone());
        }
        assert_eq!(ours, &theirs, "{}", recipe.to_json());
        *(if recipe.is_canned() { &mut canned } else { &mut custom }) += 1;
    }
    println!("{canned} canned and {custom} custom sets from dates the same");
    assert!(canned >= drawn(100) && custom >= drawn(100));
}

fn judged(recipe: &Recipe, cookies: &Cookies) -> Value {
    let mut case = recipe.to_json();
    case["cookies"] = json!(cookies);
    case
}

/// The case with the very bytes that were signed.
fn with_policy(recipe: &Recipe, cookies: &Cookies) -> Value {
    let mut case = recipe.to_json();
    case["policy"] = match cookies.get("CloudFront-Policy") {
        Some(text) => String::from_utf8(encoding::decode(text).unwrap()).unwrap().into(),
        None => recipe.canned().into(),
    };
    case
}

/// Numbers are written as they will stand in a header.
fn texts(cookies: &Value) -> Cookies {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let cookies = cookies.as_object().unwrap();
    cookies.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}
