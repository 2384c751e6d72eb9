use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Denial as F, Reason as R, Request, evaluate};
use crate::address::DocumentAddress;
use crate::encoding::encode;
use crate::key::{HashAlgorithm, SigningKey};
use crate::link_conditions::LinkConditions;
use crate::public_key_id::PublicKeyId;
use crate::signed_url;
use crate::site::SiteAddress;

const END: i64 = 1_796_144_400;
const ID: &str = "K2JCJMDEHXQW5F";
const BASE: &str = "https://docs.example.com/a.pdf";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

struct Edge {
    key: SigningKey,
}

impl Edge {
    fn new() -> Self {
        Self { key: SigningKey::generate_p256() }
    }

    fn canned(&self) -> String {
        let address =
            DocumentAddress::parse("a.pdf", &SiteAddress::parse("docs.example.com").unwrap())
                .unwrap();
        let id = PublicKeyId::parse(ID).unwrap();
        signed_url::sign(
            &address,
            &LinkConditions::until(END),
            self.key.default_hash(),
            &self.key,
            &id,
        )
        .unwrap()
        .as_str()
        .to_owned()
    }

    fn custom(&self, base: &str, policy: &str, hash: HashAlgorithm) -> String {
        let signature = self.key.sign(hash, policy.as_bytes()).unwrap();
        let algorithm = if hash == HashAlgorithm::Sha256 { "&Hash-Algorithm=SHA256" } else { "" };
        let separator = if base.contains('?') { '&' } else { '?' };
        format!(
            "{base}{separator}Policy={}&Signature={}&Key-Pair-Id={ID}{algorithm}",
            encode(policy.as_bytes()),
            encode(&signature)
        )
    }

    fn evaluate(&self, url: &str, from: IpAddr, now: i64) -> Result<(), F> {
        let trusted = [(PublicKeyId::parse(ID).unwrap(), self.key.public_key())];
        evaluate(&Request { url, from, now }, &trusted)
    }
}

fn denied(reason: R) -> Result<(), F> {
    Err(F::AccessDenied(reason))
}

#[test]
fn a_canned_link_opens_until_its_end() {
    let edge = Edge::new();
    let link = edge.canned();
    assert_eq!(edge.evaluate(&link, HERE, END - 1), Ok(()));
    assert_eq!(edge.evaluate(&link, HERE, END), denied(R::Ended));
    assert_eq!(edge.evaluate(&link, HERE, END + 1), denied(R::Ended));
    assert_eq!(edge.evaluate(&link, IpAddr::V6(Ipv6Addr::LOCALHOST), END - 1), Ok(()));
}

#[test]
fn the_order_of_the_parameters_is_free() {
    let edge = Edge::new();
    let link = edge.canned();
    let (base, query) = link.split_once('?').unwrap();
    let mut parts: Vec<&str> = query.split('&').collect();
    parts.reverse();
    assert_eq!(edge.evaluate(&format!("{base}?{}", parts.join("&")), HERE, END - 1), Ok(()));
}

#[test]
fn a_link_spoiled_in_one_place_has_its_own_refusal() {
    let edge = Edge::new();
    let link = edge.canned();
    let signature = link.split_once("Signature=").unwrap().1.split('&').next().unwrap();
    let without = |name: &str| {
        let (base, query) = link.split_once('?').unwrap();
        let parts: Vec<&str> = query.split('&').filter(|part| !part.starts_with(name)).collect();
        format!("{base}?{}", parts.join("&"))
    };
    for (spoiled, expected) in [
        (BASE.to_owned(), Err(F::MissingKey)),
        (without("Key-Pair-Id"), Err(F::MissingKey)),
        (link.replace(ID, "not-an-id"), Err(F::MissingKey)),
        (format!("{link}&Key-Pair-Id={ID}"), Err(F::MissingKey)),
        (link.replace(ID, "K00000000000AA"), Err(F::UnknownKey)),
        (without("Signature"), Err(F::MalformedSignature)),
        (link.replace(signature, ""), Err(F::MalformedSignature)),
        (link.replace(signature, "a"), Err(F::MalformedSignature)),
        (
            link.replace(signature, &signature.replace('_', "=")).replace("&Key", "=&Key"),
            Err(F::MalformedSignature),
        ),
        (link.replace(signature, &encode(b"another signature")), denied(R::WrongSignature)),
        (without("Hash-Algorithm"), denied(R::WrongSignature)),
        (link.replace("SHA256", "SHA1"), denied(R::WrongSignature)),
        (link.replace("SHA256", "SHA512"), denied(R::WrongSignature)),
        (without("Expires"), denied(R::NoPolicy)),
        (format!("{link}&Policy=e30_"), denied(R::NoPolicy)),
        (link.replace(&END.to_string(), &format!("{END}000")), denied(R::WrongSignature)),
        (link.replace(&END.to_string(), &format!("0{END}")), denied(R::NoPolicy)),
        (link.replace(&END.to_string(), "never"), denied(R::NoPolicy)),
        (link.replace(&END.to_string(), "%31"), denied(R::NoPolicy)),
        (link.replace("a.pdf", "b.pdf"), denied(R::WrongSignature)),
        (link.replace("a.pdf", "A.pdf"), denied(R::WrongSignature)),
        (link.replace("a.pdf", "%61.pdf"), denied(R::WrongSignature)),
        (link.replace("https:", "http:"), denied(R::WrongSignature)),
        (
            link.replace("docs.example.com", "d111111abcdef8.cloudfront.net"),
            denied(R::WrongSignature),
        ),
        (format!("{link}&utm_source=mail"), denied(R::WrongSignature)),
        (link.replace("?Expires", "?fbclid=x&Expires"), denied(R::WrongSignature)),
        (link.replace('&', "&amp;"), Err(F::MissingKey)),
    ] {
        assert_eq!(edge.evaluate(&spoiled, HERE, END - 1), expected, "{spoiled}");
    }
}

#[test]
fn another_key_under_the_same_id_does_not_open() {
    assert_eq!(
        Edge::new().evaluate(&Edge::new().canned(), HERE, END - 1),
        denied(R::WrongSignature)
    );
}

#[test]
fn a_custom_policy_is_held_to_every_condition() {
    let edge = Edge::new();
    let policy = r#"{"Statement":[{"Resource":"https://docs.example.com/*","Condition":{"DateLessThan":{"AWS:EpochTime":200},"DateGreaterThan":{"AWS:EpochTime":100},"IpAddress":{"AWS:SourceIp":"203.0.113.0/24"}}}]}"#;
    for hash in [HashAlgorithm::Sha1, HashAlgorithm::Sha256] {
        let link = edge.custom("https://docs.example.com/a.pdf?v=2", policy, hash);
        assert_eq!(edge.evaluate(&link, HERE, 150), Ok(()));
        assert_eq!(edge.evaluate(&link, HERE, 199), Ok(()));
        assert_eq!(edge.evaluate(&link, HERE, 200), denied(R::Ended));
        assert_eq!(edge.evaluate(&link, HERE, 101), Ok(()));
        assert_eq!(edge.evaluate(&link, HERE, 100), denied(R::NotBegun));
        assert_eq!(
            edge.evaluate(&link, IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1)), 150),
            denied(R::OtherNetwork)
        );
        assert_eq!(
            edge.evaluate(&link, IpAddr::V6(Ipv6Addr::LOCALHOST), 150),
            denied(R::OtherNetwork)
        );
        let elsewhere = edge.custom("https://other.example.com/a.pdf", policy, hash);
        assert_eq!(edge.evaluate(&elsewhere, HERE, 150), denied(R::OtherResource));
    }
}

#[test]
fn a_policy_that_cannot_be_read_is_malformed_before_it_is_wrong() {
    let edge = Edge::new();
    for policy in ["", "{}", "not json", r#"{"Statement":[]}"#] {
        let link = edge.custom(BASE, policy, HashAlgorithm::Sha256);
        assert_eq!(edge.evaluate(&link, HERE, 1), Err(F::MalformedPolicy), "{policy}");
    }
    let link = edge.custom(BASE, "{}", HashAlgorithm::Sha256).replace("Policy=", "Policy=!");
    assert_eq!(edge.evaluate(&link, HERE, 1), Err(F::MalformedPolicy));
}

#[test]
fn a_policy_without_a_resource_opens_everything() {
    let edge = Edge::new();
    let policy = r#"{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":200}}}]}"#;
    let link = edge.custom("https://any.example/x", policy, HashAlgorithm::Sha256);
    assert_eq!(edge.evaluate(&link, HERE, 150), Ok(()));
}

#[test]
fn no_byte_of_a_link_can_be_changed() {
    let edge = Edge::new();
    let link = edge.canned();
    for at in 0..link.len() {
        let mut bytes = link.clone().into_bytes();
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        let spoiled = String::from_utf8(bytes).unwrap();
        assert!(edge.evaluate(&spoiled, HERE, END - 1).is_err(), "{spoiled}");
    }
}
