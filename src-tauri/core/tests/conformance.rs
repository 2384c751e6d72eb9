//! AWS's own tools as the oracle: for one key, address and second their links are ours, byte for
//! byte. See tests/conformance at the root.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]
#![allow(clippy::print_stdout, reason = "a failing run shows its seed")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use signet_core::address::DocumentAddress;
use signet_core::key::{HashAlgorithm, SigningKey};
use signet_core::key_file::{self, KeyFile};
use signet_core::policy::Network;
use signet_core::policy_resource::PolicyResource;
use signet_core::public_key_id::PublicKeyId;
use signet_core::signed_url;
use signet_core::site::Site;
use signet_core::terms::{Limits, Terms};

const CASES: usize = 1_000;
const ID: &str = "K2JCJMDEHXQW5F";

struct Case {
    /// What a person types.
    typed: String,
    /// What is signed.
    url: String,
    expires: i64,
    link: String,
}

/// Cases that are the same in every run with the same seed.
struct Random(u64);

impl Random {
    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    fn document(&mut self) -> String {
        const PIECES: &[&str] = &[
            "report", "Q3", " ", "é", "ü", "日本", "+", "&", "%", "'", "\"", "(1)", "~", "_", "-",
            ".", "@", "=", ",", ";", "!", "$", "*", "#", "[x]", "{y}", "|", "^", "\\", "e\u{301}",
            "😀",
        ];
        let folders = self.below(3);
        let mut text = String::new();
        for n in 0..=folders {
            if n > 0 {
                text.push('/');
            }
            for _ in 0..=self.below(5) {
                text.push_str(self.one_of(PIECES));
            }
        }
        text.push_str(self.one_of(&[".pdf", ".html", "", ".tar.gz"]));
        text.push_str(self.one_of(&["", "", "?version=2", "?a=1&b=two", "?q=a%20b"]));
        text
    }
}

struct Run {
    // Keeps the key file until every oracle has read it.
    folder: tempfile::TempDir,
    cases: Vec<Case>,
}

fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        let made = Command::new("openssl")
            .args(["genrsa", "-traditional", "-out"])
            .arg(&path)
            .arg("2048")
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(made.success());
        let key = key_in(&path);
        Run { cases: cases(&key), folder }
    })
}

fn cases(key: &SigningKey) -> Vec<Case> {
    let seed = std::env::var("SIGNET_SEED").map_or(1, |seed| seed.parse().unwrap());
    println!("SIGNET_SEED={seed}");
    let mut random = Random(seed);
    let id = PublicKeyId::parse(ID).unwrap();
    let sites = ["docs.example.com", "d111111abcdef8.cloudfront.net", "bücher.example:8443"];
    let mut cases = Vec::new();
    while cases.len() < CASES {
        let site = Site::parse(random.one_of(&sites)).unwrap();
        let typed = random.document();
        let Ok(address) = DocumentAddress::parse(&typed, &site) else { continue };
        // To the year 2100: datetime and Date, which the oracles use, go no further than 9999.
        let expires = 1_767_225_600 + i64::try_from(random.next() % 2_335_219_200).unwrap();
        let link = signed_url::sign(&address, &Terms::until(expires), key.default_hash(), key, &id)
            .unwrap()
            .as_str()
            .to_owned();
        cases.push(Case { typed, url: address.as_str().to_owned(), expires, link });
    }
    cases
}

/// Feeds every case to an oracle and gives its links.
fn links_of(oracle: Command) -> Vec<String> {
    let line =
        |case: &Case| serde_json::json!({"url": case.url, "expires": case.expires, "id": ID});
    answers_of(oracle, &run().folder.path().join("key.pem"), run().cases.iter().map(line))
}

/// Feeds lines of JSON to an oracle and gives its answers.
fn answers_of(
    mut oracle: Command,
    key_file: &Path,
    cases: impl Iterator<Item = serde_json::Value>,
) -> Vec<String> {
    let mut process = oracle
        .arg(key_file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{oracle:?}: {error}; `make test` installs it"));
    let mut input = process.stdin.take().unwrap();
    let lines: String = cases.map(|case| format!("{case}\n")).collect();
    let feeding = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = process.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    assert!(output.status.success(), "{oracle:?} failed; `make test` installs what it needs");
    String::from_utf8(output.stdout).unwrap().lines().map(ToOwned::to_owned).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn key_in(path: &Path) -> SigningKey {
    let KeyFile::Ready(key) = key_file::read(&std::fs::read(path).unwrap()).unwrap() else {
        panic!("openssl locked the key")
    };
    key
}

fn python() -> Command {
    Command::new(root().join(".cache/venv/bin/python"))
}

fn assert_same(links: &[String]) {
    assert_eq!(links.len(), CASES);
    for (case, link) in run().cases.iter().zip(links) {
        assert_eq!(&case.link, link, "{}", case.typed);
    }
}

#[test]
fn botocore_makes_the_same_links() {
    let mut oracle = python();
    oracle.arg(root().join("tests/conformance/botocore_links.py"));
    assert_same(&links_of(oracle));
}

/// The whole program as an administrator runs it; few cases, for each start takes a second.
#[test]
fn aws_cloudfront_sign_makes_the_same_links() {
    let key = format!("file://{}", run().folder.path().join("key.pem").display());
    for case in run().cases.iter().step_by(CASES / 10) {
        let end = chrono::DateTime::from_timestamp(case.expires, 0).unwrap().to_rfc3339();
        let output = python()
            .args(["-m", "awscli", "cloudfront", "sign", "--key-pair-id", ID])
            .args(["--url", &case.url, "--private-key", &key, "--date-less-than", &end])
            .env("AWS_CONFIG_FILE", run().folder.path().join("none"))
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}; `make test` installs it");
        let link = String::from_utf8(output.stdout).unwrap();
        assert_eq!(link.trim_end(), case.link, "{}", case.typed);
    }
}

/// ECDSA leaves a signer free in its random part, so the links are not compared but verified, by
/// python's cryptography, with a policy that the oracle writes itself.
#[test]
fn p256_links_verify_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public.pem");
    let key = SigningKey::generate_p256();
    std::fs::write(&public, key.public_key().to_spki_pem()).unwrap();
    let cases = cases(&key);
    let verdicts = |later: i64| {
        let mut oracle = python();
        oracle.arg(root().join("tests/conformance/verify_p256.py"));
        let line = |case: &Case| serde_json::json!({"url": case.url, "expires": case.expires + later, "link": case.link});
        answers_of(oracle, &public, cases.iter().map(line))
    };
    assert_eq!(verdicts(0), vec!["true"; CASES]);
    // The positive control: the same links, said to end a second later.
    assert_eq!(verdicts(1), vec!["false"; CASES]);
    assert!(cases.iter().all(|case| case.link.ends_with("&Hash-Algorithm=SHA256")));
}

/// Any link that Signet can make: canned and custom, both hashes, dates to the last second there is.
fn any_link(random: &mut Random, key: &SigningKey) -> Option<serde_json::Value> {
    let host = random.one_of(&["docs.example.com", "D111111abcdef8.cloudfront.net:8443"]);
    let site = Site::parse(host).unwrap();
    let address = DocumentAddress::parse(&random.document(), &site).ok()?;
    let url = address.as_str().to_owned();
    let maybe = |random: &mut Random| random.below(2) == 0;
    let end = match random.below(8) {
        0 => i64::MAX - i64::try_from(random.below(1_000)).unwrap(),
        _ => i64::try_from(1 + random.next() % 4_102_444_800).unwrap() + 1,
    };
    let start = maybe(random).then(|| i64::try_from(random.next() % end.unsigned_abs()).unwrap());
    let start = start.filter(|start| *start < end - 1);
    let network = maybe(random).then(|| {
        let address = std::net::Ipv4Addr::from(u32::try_from(random.next() >> 32).unwrap());
        match random.below(3) {
            0 => address.to_string(),
            _ => format!("{address}/{}", random.below(33)),
        }
    });
    let resource = maybe(random).then(|| match random.below(4) {
        0 => "*".to_owned(),
        1 => format!("*{}", url.trim_start_matches("https")),
        2 => format!("{}/*", site.origin()),
        _ => url.split_inclusive('/').take(3).chain(["*"]).collect(),
    });
    let limits = Limits {
        starts_after: start,
        network: network.as_deref().map(|text| Network::parse(text).unwrap()),
        resource: resource.as_deref().map(|text| PolicyResource::parse(text).unwrap()),
    };
    let terms = Terms::new(end, limits).unwrap();
    let (hash, name) = match random.below(2) {
        0 => (HashAlgorithm::Sha1, "SHA1"),
        _ => (HashAlgorithm::Sha256, "SHA256"),
    };
    let id = PublicKeyId::parse(ID).unwrap();
    let link = signed_url::sign(&address, &terms, hash, key, &id).unwrap();
    Some(serde_json::json!({
        "link": link.as_str(), "resource": resource.as_ref().unwrap_or(&url), "url": url,
        "end": end, "start": start, "network": network, "id": ID, "hash": name,
    }))
}

/// The answers of `judge_links.py` to so many random links of a key.
fn judgements(
    key: &SigningKey,
    key_file: &Path,
    count: usize,
) -> (Vec<serde_json::Value>, Vec<String>) {
    let seed = std::env::var("SIGNET_SEED").map_or(2, |seed| seed.parse().unwrap());
    println!("SIGNET_SEED={seed}");
    let mut random = Random(seed);
    let links: Vec<_> =
        std::iter::repeat_with(|| any_link(&mut random, key)).flatten().take(count).collect();
    let mut oracle = python();
    oracle.arg(root().join("tests/conformance/judge_links.py"));
    let answers = answers_of(oracle, key_file, links.iter().cloned());
    (links, answers)
}

#[test]
fn any_rsa_link_is_botocores_byte_for_byte() {
    let path = run().folder.path().join("key.pem");
    let key = key_in(&path);
    let (links, answers) = judgements(&key, &path, 4_000);
    assert_eq!(answers.len(), links.len());
    for (link, answer) in links.iter().zip(&answers) {
        assert_eq!(answer, "same", "{link}");
    }
}

#[test]
fn any_p256_link_has_botocores_policy_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p256.pem");
    let made = Command::new("openssl")
        .args(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out"])
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success());
    let key = key_in(&path);
    let (links, answers) = judgements(&key, &path, 6_000);
    assert_eq!(answers.len(), links.len());
    for (link, answer) in links.iter().zip(&answers) {
        assert_eq!(answer, "verified", "{link}");
    }
}

#[test]
fn the_go_sdk_makes_the_same_links() {
    let program = run().folder.path().join("go-links");
    let built = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg(root().join("tests/conformance/go/main.go"))
        .env("GO111MODULE", "off")
        .env("GOPATH", "/usr/share/gocode")
        .env("GOCACHE", run().folder.path().join("go-cache"))
        .status()
        .expect("`make test` installs Go");
    assert!(built.success());
    assert_same(&links_of(Command::new(program)));
}

/// The JavaScript SDK puts the parameters into another order, which CloudFront does not mind, and
/// before it signs it writes some characters of the address anew (`%28` as `(`). Where it left the
/// address as it was given, what it signed is the same bytes; elsewhere it is another spelling of
/// the same address.
#[test]
fn the_javascript_sdk_signs_the_same_where_it_keeps_the_address() {
    let mut oracle = Command::new("node");
    oracle.arg(root().join("tests/conformance/js/links.mjs"));
    let theirs = links_of(oracle);
    assert_eq!(theirs.len(), CASES);
    let mut kept = 0;
    for (case, link) in run().cases.iter().zip(&theirs) {
        if link.starts_with(&case.url) {
            assert_eq!(signing_parameters(&case.link), signing_parameters(link), "{}", case.typed);
            kept += 1;
        } else {
            assert_eq!(decoded_address(&case.link), decoded_address(link), "{}", case.typed);
        }
    }
    println!("{kept} of {CASES} addresses kept");
    assert!(kept >= CASES / 3, "only {kept}");
}

/// `Expires`, `Key-Pair-Id` and `Signature`, sorted.
fn signing_parameters(link: &str) -> Vec<&str> {
    let names = ["Expires=", "Key-Pair-Id=", "Signature="];
    let query = link.split_once('?').unwrap().1;
    let is_one = |part: &&str| names.iter().any(|name| part.starts_with(name));
    let mut parameters: Vec<&str> = query.split('&').filter(is_one).collect();
    parameters.sort_unstable();
    parameters
}

fn decoded_address(link: &str) -> String {
    let address = link.split("Expires=").next().unwrap();
    percent_encoding::percent_decode_str(address).decode_utf8().unwrap().into_owned()
}
