//! Cookies in place of a link.

use signet_cloudfront::inspection::{Finding, Form, PolicyKind, Verdict as V, find};
use signet_cloudfront::key::HashAlgorithm::{self, Sha1, Sha256};
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_cookies::{self, Opened};

use crate::stage::{END, NOW, P256_ID, RSA_ID, STAGE, STRANGE_ID, URL};

const FOLDER: &str = "https://docs.example.com/a/*";

fn cookies(id: &str, hash: HashAlgorithm, opened: &str, end: i64) -> Vec<(String, String)> {
    let key = match id {
        RSA_ID => &STAGE.rsa,
        STRANGE_ID => &STAGE.strange,
        _ => &STAGE.p256,
    };
    let opened = Opened::parse(opened).unwrap();
    let id = PublicKeyId::parse(id).unwrap();
    let cookies =
        signed_cookies::sign(&opened, &LinkConditions::until(end), hash, key, &id).unwrap();
    cookies.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

type Dress = fn(&[(String, String)]) -> String;

const DRESSES: &[(&str, Dress)] = &[
    ("a request's header", |cookies| {
        let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("Cookie: theme=dark; {}; _ga=GA1.2", pairs.join("; "))
    }),
    ("an answer's headers", |cookies| {
        let line = |(name, value): &(String, String)| {
            format!("set-cookie: {}={value}; Path=/; Secure; HttpOnly\r\n", name.to_lowercase())
        };
        cookies.iter().map(line).collect()
    }),
    ("JSON", |cookies| {
        let lines: Vec<_> =
            cookies.iter().map(|(name, value)| format!("    \"{name}\": \"{value}\"")).collect();
        format!("{{\n{}\n}}\n", lines.join(",\n"))
    }),
    ("a browser's table", |cookies| {
        let line = |(name, value): &(String, String)| {
            format!("{name}\t{value}\tdocs.example.com\t/\tSession\n")
        };
        cookies.iter().map(line).collect()
    }),
];

#[test]
fn cookies_are_read_like_a_link() {
    for (name, dress) in DRESSES {
        for id in [RSA_ID, P256_ID] {
            for hash in [Sha1, Sha256] {
                let text = dress(&cookies(id, hash, FOLDER, END));
                let found = find(&text).unwrap();
                assert_eq!(found.form, Form::Cookies { has_address: false }, "{name}");
                let inspection = STAGE.inspect(&text);
                assert_eq!(inspection.verdict, V::Works { until: END }, "{name}");
                assert_eq!(inspection.findings[0], Finding::CookiesInstead);
                assert_eq!(inspection.details.policy, Some(PolicyKind::Custom));
                assert_eq!(inspection.details.address, None);
            }
        }
        let ended = dress(&cookies(P256_ID, Sha256, FOLDER, NOW));
        assert_eq!(STAGE.inspect(&ended).verdict, V::Ended { at: NOW }, "{name}");
        let strange = dress(&cookies(STRANGE_ID, Sha256, FOLDER, END));
        assert_eq!(STAGE.inspect(&strange).verdict, V::UnknownKey { id: STRANGE_ID.into() });
        let everything = dress(&cookies(P256_ID, Sha256, "*", END));
        let inspection = STAGE.inspect(&everything);
        assert_eq!(inspection.verdict, V::Works { until: END }, "{name}");
        assert!(inspection.findings.contains(&Finding::OpensEverything), "{name}");
    }
}

#[test]
fn canned_cookies_need_the_address_of_their_page() {
    for (name, dress) in DRESSES {
        let text = dress(&cookies(RSA_ID, Sha256, URL, END));
        let alone = STAGE.inspect(&text).verdict;
        assert_eq!(alone, V::CookiesWithoutAddress { until: END }, "{name}");
        let at = |url: &str| STAGE.inspect(&format!("curl '{url}'\n{text}")).verdict;
        assert_eq!(at(URL), V::Works { until: END }, "{name}");
        assert_eq!(at("https://docs.example.com/b"), V::Altered, "{name}");
        let ended = dress(&cookies(RSA_ID, Sha256, URL, NOW));
        assert_eq!(STAGE.inspect(&ended).verdict, V::Ended { at: NOW }, "{name}");
    }
}

#[test]
fn the_address_beside_cookies_is_held_against_their_policy() {
    let (_, header) = DRESSES[0];
    let text = header(&cookies(P256_ID, Sha256, FOLDER, END));
    let at = |url: &str| STAGE.inspect(&format!("curl {url} -H '{text}'")).verdict;
    assert_eq!(at("https://docs.example.com/a/b"), V::Works { until: END });
    let outside = V::OutsideResource { resource: FOLDER.into() };
    assert_eq!(at("https://docs.example.com/b"), outside);
}

#[test]
fn cookies_that_are_not_whole_say_so() {
    let (_, header) = DRESSES[0];
    let mut whole = cookies(P256_ID, Sha256, FOLDER, END);
    let hash = whole.pop().unwrap();
    let verdict = STAGE.inspect(&header(&whole)).verdict;
    assert_eq!(verdict, V::WrongHash { stated: None, signed_with: Some(Sha256) });
    whole.push(hash);
    whole.remove(1);
    let verdict = STAGE.inspect(&header(&whole)).verdict;
    assert_eq!(verdict, V::ParameterMissing { names: vec!["Signature"] });
}
