//! What is said beside the verdict.

use signet_cloudfront::inspection::{
    Finding as F, Hash, PolicyKind, Resource, Signature, Unseen, Verdict as V, find,
};
use signet_cloudfront::key::HashAlgorithm::{Sha1, Sha256};
use signet_cloudfront::key::KeyKind;
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::PolicyResource;

use crate::stage::{END, NOW, P256_ID, RSA_ID, STAGE, STRANGE_ID, URL, value, with, without};

#[test]
fn a_canned_link_says_what_stands_in_it() {
    let link = STAGE.link(RSA_ID, Sha1, URL, Limits::default());
    let inspection = STAGE.inspect(&link);
    let details = inspection.details;
    assert_eq!(details.address.as_deref(), Some(URL));
    assert_eq!(details.policy, Some(PolicyKind::Canned));
    assert_eq!((details.resource, details.network), (None, None));
    assert_eq!((details.starts_at, details.ends_at), (None, Some(END)));
    assert_eq!(details.key_id.as_deref(), Some(RSA_ID));
    assert_eq!(details.key.as_deref(), Some("Client papers"));
    assert_eq!(details.hash, Hash::Known(Sha1));
    assert_eq!(details.signature, Signature::Valid);
    assert_eq!(details.signed_with, Some(KeyKind::Rsa2048));
}

#[test]
fn a_custom_link_says_its_limits() {
    let network = Network::parse("192.168.1.0/24");
    let folder = "https://docs.example.com/a/*";
    let limits = Limits {
        starts_after: Some(NOW - 1),
        network,
        resource: PolicyResource::parse(folder).ok(),
    };
    let inspection = STAGE.inspect(&STAGE.link(P256_ID, Sha256, URL, limits));
    let details = inspection.details;
    assert_eq!(details.policy, Some(PolicyKind::Custom));
    assert_eq!(details.resource, Some(Resource::Matching(folder.to_owned())));
    assert_eq!((details.starts_at, details.network), (Some(NOW), network));
    assert_eq!(details.hash, Hash::Known(Sha256));
    assert_eq!(details.signed_with, Some(KeyKind::P256));
    let network = network.unwrap();
    assert!(inspection.findings.contains(&F::OnlyFrom { network, private: true }));
    assert!(inspection.findings.contains(&F::OpensMore { resource: folder.to_owned() }));
}

#[test]
fn a_signature_is_valid_wrong_unchecked_or_not_there() {
    let link = STAGE.link(P256_ID, Sha256, URL, Limits::default());
    let strange = STAGE.link(STRANGE_ID, Sha256, URL, Limits::default());
    for (text, expected) in [
        (link.clone(), Signature::Valid),
        (with(&link, "Expires", "1"), Signature::Wrong),
        (link.replace("SHA256", "SHA512"), Signature::Wrong),
        (strange, Signature::NotChecked),
        (without(&link, "Signature"), Signature::None),
        (URL.to_owned(), Signature::None),
    ] {
        assert_eq!(STAGE.inspect(&text).details.signature, expected);
    }
    let ended = STAGE.inspect_at(&link, END);
    assert_eq!((ended.verdict, ended.details.signature), (V::Ended { at: END }, Signature::Valid));
}

#[test]
fn what_cannot_be_seen_is_said_of_a_link_that_works() {
    let unseen = |text: &str, now| {
        let findings = STAGE.inspect_at(text, now).findings;
        findings.into_iter().find_map(|finding| match finding {
            F::CannotSee { unseen } => Some(unseen),
            _ => None,
        })
    };
    let link = STAGE.link(P256_ID, Sha256, URL, Limits::default());
    let always = [
        Unseen::Missing,
        Unseen::BucketPolicy,
        Unseen::Distribution,
        Unseen::Firewall,
        Unseen::Public,
    ];
    assert_eq!(unseen(&link, END - 86_400), Some(always.to_vec()));
    let last_day = unseen(&link, END - 86_399).unwrap();
    assert_eq!(last_day.last(), Some(&Unseen::LongDownload));
    assert_eq!(unseen(&link, END), None);
    let network = Limits { network: Network::parse("203.0.113.7"), ..Limits::default() };
    let limited = STAGE.link(P256_ID, Sha256, URL, network);
    assert!(unseen(&limited, NOW).unwrap().contains(&Unseen::ReadersNetwork));
}

#[test]
fn what_is_worth_a_warning_is_found() {
    let findings = |text: &str| STAGE.inspect(text).findings;
    let milliseconds = END * 1_000;
    let link = STAGE.link_with_end(URL, milliseconds);
    let expected = F::EndInMilliseconds { stated: milliseconds, meant: END };
    assert!(findings(&link).contains(&expected));
    let starting = Limits { starts_after: Some(milliseconds), ..Limits::default() };
    let link = STAGE.link_until(i64::MAX, P256_ID, Sha256, URL, starting);
    let inspection = STAGE.inspect(&link);
    assert_eq!(inspection.verdict, V::NotBegun { from: milliseconds + 1 });
    let expected = F::StartInMilliseconds { stated: milliseconds, meant: END };
    assert_eq!(inspection.findings, [expected]);
    let never = r#"{"Statement":[{"Resource":"https://h.example/a","Condition":{"DateLessThan":{"AWS:EpochTime":1796144400},"DateGreaterThan":{"AWS:EpochTime":1796144399}}}]}"#;
    assert!(
        findings(&STAGE.link_with_policy("https://h.example/a", never)).contains(&F::NeverOpens)
    );
    let no_resource =
        r#"{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":1796144400}}}]}"#;
    let link = STAGE.link_with_policy(URL, no_resource);
    assert!(findings(&link).contains(&F::OpensEverything));
    assert_eq!(STAGE.inspect(&link).details.resource, Some(Resource::Everything));
    let plain = STAGE.link_with_end("http://docs.example.com/a", END);
    assert!(findings(&plain).contains(&F::NotSecure));
    // The control: none of these is said of an ordinary link.
    let ordinary = findings(&STAGE.link_with_end(URL, END));
    assert!(matches!(ordinary.as_slice(), [F::CannotSee { .. }]), "{ordinary:?}");
}

#[test]
fn no_secret_is_in_what_is_said() {
    let link = STAGE.link(P256_ID, Sha256, URL, Limits::default());
    let signature = value(&link, "Signature");
    let access_key = "AKIAIOSFODNN7EXAMPLE";
    for (secret, text) in [
        (signature, link.clone()),
        (signature, link.replace("Signature=", "signature=")),
        (signature, link.replace("Signature=", "Signatur=")),
        (signature, link.replace("Signature=", "Xy=")),
        (signature, link.replace("Signature=", "Hash-Algorithm=")),
        (signature, link.replace("Signature=", "Key-Pair-Id=")),
        (signature, link.replace(&END.to_string(), signature)),
        (signature, link.replace('?', "")),
        (access_key, with(&link, "Key-Pair-Id", access_key)),
        ("ab12cd", "https://b.s3.amazonaws.com/a?X-Amz-Signature=ab12cd".to_owned()),
    ] {
        assert!(text.contains(secret));
        let said = format!("{:?}", STAGE.inspect(&text));
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn an_address_without_its_signature_is_the_rest_byte_for_byte() {
    for (link, expected) in [
        (
            "https://h.example/a%20b?Expires=1&Signature=AbCd&Key-Pair-Id=K2",
            "https://h.example/a%20b",
        ),
        (
            "https://h.example/a?v=2&Policy=eyJ9&Signature=AbCd&w=%zz",
            "https://h.example/a?v=2&w=%zz",
        ),
        ("https://h.example/a?Signature=AbCd&Hash-Algorithm=SHA256&", "https://h.example/a?"),
        ("https://h.example/a?X-Amz-Date=1&x-amz-signature=a&v=2", "https://h.example/a?v=2"),
        ("https://h.example/a?AWSAccessKeyId=A&Expires=1&Signature=Ab", "https://h.example/a"),
        ("https://h.example/a?signed=no", "https://h.example/a?signed=no"),
    ] {
        assert_eq!(find(link).unwrap().without_signature(), expected, "{link}");
    }
}
