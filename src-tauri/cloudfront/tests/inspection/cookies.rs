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
    ("cookies.txt of Netscape", |cookies| {
        let line = |(name, value): &(String, String)| {
            format!(".example.com\tTRUE\t/\tTRUE\t1796144400\t{name}\t{value}\n")
        };
        format!("# Netscape HTTP Cookie File\n\n{}", cookies.iter().map(line).collect::<String>())
    }),
    ("cookies.txt, only for HTTP", |cookies| {
        let line = |(name, value): &(String, String)| {
            format!("#HttpOnly_docs.example.com\tFALSE\t/a\tTRUE\t0\t{name}\t{value}\n")
        };
        cookies.iter().map(line).collect()
    }),
    ("JSON of an extension", |cookies| {
        let all: Vec<_> = cookies
            .iter()
            .map(|(name, value)| {
                serde_json::json!({"domain": ".example.com", "hostOnly": false, "httpOnly": true, "name": name, "path": "/", "sameSite": "lax", "secure": true, "session": true, "storeId": "0", "value": value, "id": 1})
            })
            .collect();
        serde_json::to_string_pretty(&all).unwrap()
    }),
    ("JSON of an extension, the value before", |cookies| {
        let all: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{{\"Path raw\":\"/\",\"value\":\"{value}\",\"Host raw\":\"https://docs.example.com/\",\"name\":\"{name}\"}}"))
            .collect();
        format!("[{}]", all.join(","))
    }),
    ("JSON of another extension", |cookies| {
        let all: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{{\"Host raw\": \"docs.example.com\", \"Name raw\": \"{name}\", \"Path raw\": \"/\", \"Content raw\": \"{value}\", \"Expires\": \"1\"}}"))
            .collect();
        format!("[{}]", all.join(","))
    }),
    ("JSON of Playwright", |cookies| {
        let all: Vec<_> = cookies
            .iter()
            .map(|(name, value)| serde_json::json!({"name": name, "value": value, "domain": "docs.example.com", "path": "/", "expires": -1}))
            .collect();
        serde_json::json!({ "cookies": all, "origins": [] }).to_string()
    }),
    ("curl's -b", |cookies| {
        let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("curl -b \"{}\" -o a.pdf", pairs.join(";"))
    }),
    ("curl's -H, as a browser copies it", |cookies| {
        let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!(
            "curl \\\n  -H 'accept: */*' \\\n  -H 'cookie: {}' \\\n  --compressed",
            pairs.join("; ")
        )
    }),
    ("a row of the developer tools", |cookies| {
        let line = |(name, value): &(String, String)| {
            format!(
                "{name}\t{value}\tdocs.example.com\t/\t2026-12-01T17:00:00.000Z\t420\t\u{2713}\t\u{2713}\tNone\t\t\tMedium\n"
            )
        };
        cookies.iter().map(line).collect()
    }),
    ("a row of Firefox's tools", |cookies| {
        let line = |(name, value): &(String, String)| {
            format!(
                "{name}:\"{value}\"\nCreated:\"Mon, 30 Nov 2026 10:00:00 GMT\"\nDomain:\"docs.example.com\"\nExpires / Max-Age:\"Session\"\n"
            )
        };
        cookies.iter().map(line).collect()
    }),
    ("an answer's headers with an end", |cookies| {
        let line = |(name, value): &(String, String)| {
            format!(
                "Set-Cookie: {name}={value}; Domain=docs.example.com; Path=/; Expires=Tue, 01 Dec 2026 17:00:00 GMT; Secure; HttpOnly; SameSite=None\n"
            )
        };
        cookies.iter().map(line).collect()
    }),
    ("encoded values", |cookies| {
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| {
                format!("{name}={}", value.replace('~', "%7E").replace('_', "%5F"))
            })
            .collect();
        format!("Cookie: {}", pairs.join("; "))
    }),
    ("JavaScript", |cookies| {
        cookies
            .iter()
            .map(|(name, value)| format!("document.cookie = '{name}={value}; path=/';\n"))
            .collect()
    }),
    ("Python's dictionary", |cookies| {
        let all: Vec<_> =
            cookies.iter().map(|(name, value)| format!("'{name}': '{value}'")).collect();
        format!("cookies = {{{}}}", all.join(", "))
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
