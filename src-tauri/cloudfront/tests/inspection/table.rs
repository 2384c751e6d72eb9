//! Links that are spoiled in one way each, and the verdict on them.

use signet_cloudfront::encoding::{decode, encode};
use signet_cloudfront::inspection::{SignatureFault, Verdict as V};
use signet_cloudfront::key::HashAlgorithm::{self, Sha1, Sha256};
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::policy::{Network, PolicyFault};
use signet_cloudfront::policy_resource::PolicyResource;
use signet_cloudfront::public_key_id::PublicKeyIdError;

use crate::stage::{
    END, LISTED_ID, NOW, OTHER_ID, P256_ID, RSA_ID, STAGE, STRANGE_ID, URL, value, with, without,
};

/// What it is called, what is pasted, and what is said.
type Row = (String, String, V);

const PLAIN: &str = "https://docs.example.com/a/Q3%20notes.pdf";

#[test]
fn each_link_has_its_verdict() {
    let mut rows = of_every_kind();
    rows.extend(of_canned_ones());
    rows.extend(of_custom_ones());
    rows.extend(of_ids_and_keys());
    rows.extend(of_shapes());
    let names: std::collections::HashSet<_> = rows.iter().map(|(name, ..)| name).collect();
    assert_eq!(names.len(), rows.len(), "a name stands there twice");
    assert!(rows.len() >= 80, "{}", rows.len());
    let wrong: Vec<_> = rows
        .into_iter()
        .map(|(name, text, expected)| (name, STAGE.inspect(&text).verdict, expected))
        .filter(|(_, verdict, expected)| verdict != expected)
        .collect();
    assert!(wrong.is_empty(), "name, verdict, expected: {wrong:#?}");
}

/// Both kinds of key, both hashes and both policies, spoiled alike.
fn of_every_kind() -> Vec<Row> {
    let mut rows = Vec::new();
    for (kind, id) in [("RSA", RSA_ID), ("P-256", P256_ID)] {
        for hash in [Sha1, Sha256] {
            for is_custom in [false, true] {
                let policy = if is_custom { "custom" } else { "canned" };
                let name = |what: &str| format!("{kind}, {hash:?}, {policy}: {what}");
                let limits =
                    Limits { starts_after: is_custom.then_some(NOW - 1), ..Limits::default() };
                let link = STAGE.link(id, hash, URL, limits.clone());
                let ended = STAGE.link_until(
                    NOW,
                    id,
                    hash,
                    URL,
                    Limits { starts_after: is_custom.then_some(NOW - 9), ..limits },
                );
                let signature = value(&link, "Signature");
                let (half, _) = signature.split_at(signature.len() / 2);
                let (before, _) = link.split_once("&Signature=").unwrap();
                let swapped = with(&link, "Signature", value(&ended, "Signature"));
                let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
                rows.extend([
                    (name("whole"), link.clone(), V::Works { until: END }),
                    (name("ended"), ended.clone(), V::Ended { at: NOW }),
                    (name("the signature of another link"), swapped, V::Altered),
                    (
                        name("half a signature"),
                        format!("{before}&Signature={half}"),
                        V::CutOff { missing: vec!["Signature", "Key-Pair-Id"] },
                    ),
                    (
                        name("a tracker behind"),
                        format!("{link}&utm_source=mail"),
                        V::AddedAfterSigning { names: names(&["utm_source"]) },
                    ),
                    (
                        name("http"),
                        link.replacen("https", "http", 1),
                        V::SchemeChanged { signed_for: "https".into(), points_at: "http".into() },
                    ),
                    (
                        name("another host"),
                        link.replacen("docs.example.com", "d111111abcdef8.cloudfront.net", 1),
                        V::PointsElsewhere {
                            signed_for: "docs.example.com".into(),
                            points_at: "d111111abcdef8.cloudfront.net".into(),
                        },
                    ),
                    (
                        name("another hash"),
                        with_other_hash(&link, hash),
                        V::WrongHash {
                            stated: (hash == Sha1).then(|| "SHA256".to_owned()),
                            signed_with: Some(hash),
                        },
                    ),
                    (
                        name("the id of another key"),
                        with(&link, "Key-Pair-Id", OTHER_ID),
                        V::OtherKeySigned {
                            id: OTHER_ID.into(),
                            key: if id == RSA_ID { "Client papers" } else { "Board" }.into(),
                            key_id: id.into(),
                        },
                    ),
                ]);
            }
        }
    }
    rows
}

fn with_other_hash(link: &str, hash: HashAlgorithm) -> String {
    match hash {
        Sha1 => format!("{link}&Hash-Algorithm=SHA256"),
        Sha256 => without(link, "Hash-Algorithm"),
    }
}

fn row(name: &str, text: impl Into<String>, verdict: V) -> Row {
    (name.to_owned(), text.into(), verdict)
}

fn of_canned_ones() -> Vec<Row> {
    let canned = |url: &str| STAGE.link(P256_ID, Sha256, url, Limits::default());
    let link = canned(URL);
    let plain = canned(PLAIN);
    let added = |names: &[&str]| V::AddedAfterSigning {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    let path = |signed_for: &str, points_at: &str| V::PathChanged {
        signed_for: format!("https://docs.example.com{signed_for}"),
        points_at: format!("https://docs.example.com{points_at}"),
    };
    let elsewhere = |signed_for: &str, points_at: &str| V::PointsElsewhere {
        signed_for: signed_for.to_owned(),
        points_at: points_at.to_owned(),
    };
    let many = "&utm_source=a&utm_medium=b&utm_campaign=c&mc_cid=d&mc_eid=e&fbclid=f&gclid=g";
    let names = ["utm_source", "utm_medium", "utm_campaign", "mc_cid", "mc_eid", "fbclid", "gclid"];
    vec![
        row(
            "fbclid before",
            plain.replacen("?Expires", "?fbclid=x&Expires", 1),
            added(&["fbclid"]),
        ),
        row(
            "gclid between",
            plain.replacen("&Signature", "&gclid=x&Signature", 1),
            added(&["gclid"]),
        ),
        row("two trackers", format!("{link}&mc_cid=1&mc_eid=2"), added(&["mc_cid", "mc_eid"])),
        row("seven trackers", format!("{link}{many}"), added(&names)),
        row("an unknown parameter", format!("{link}&seite=3"), added(&["seite"])),
        row("an empty parameter", format!("{link}&"), added(&[""])),
        row(
            "http signed, https asked for",
            canned("http://docs.example.com/a").replacen("http", "https", 1),
            V::SchemeChanged { signed_for: "http".into(), points_at: "https".into() },
        ),
        row(
            "capitals in the host",
            link.replacen("docs.example", "Docs.Example", 1),
            elsewhere("docs.example.com", "Docs.Example.com"),
        ),
        row(
            "a port added",
            link.replacen(".com/", ".com:443/", 1),
            elsewhere("docs.example.com", "docs.example.com:443"),
        ),
        row(
            "www added",
            link.replacen("docs.", "www.docs.", 1),
            elsewhere("docs.example.com", "www.docs.example.com"),
        ),
        row(
            "a host that nobody knows",
            canned("https://papers.example.org/a").replacen("papers.", "letters.", 1),
            V::Altered,
        ),
        row(
            "a slash behind the path",
            plain.replacen(".pdf?", ".pdf/?", 1),
            path("/a/Q3%20notes.pdf", "/a/Q3%20notes.pdf/"),
        ),
        row(
            "a plus for a space",
            plain.replacen("%20", "+", 1),
            path("/a/Q3%20notes.pdf", "/a/Q3+notes.pdf"),
        ),
        row(
            "a letter encoded",
            plain.replacen("notes", "%6Eotes", 1),
            path("/a/Q3%20notes.pdf", "/a/Q3%20%6Eotes.pdf"),
        ),
        row(
            "small hexadecimal digits",
            canned("https://docs.example.com/caf%C3%A9").replacen("%C3%A9", "%c3%a9", 1),
            path("/caf%C3%A9", "/caf%c3%a9"),
        ),
        row(
            "brackets encoded",
            canned("https://docs.example.com/a(1)").replacen("(1)", "%281%29", 1),
            path("/a(1)", "/a%281%29"),
        ),
        row(
            "the address encoded twice",
            plain.replacen("%20", "%2520", 1),
            V::EncodedTwice { signed_for: PLAIN.into() },
        ),
        row("another letter in the path", plain.replacen("notes", "nodes", 1), V::Altered),
        row("a second more", with(&link, "Expires", &(END + 1).to_string()), V::Altered),
        row("an end long ago", with(&link, "Expires", "1000000000"), V::Altered),
        row(
            "milliseconds put in",
            with(&link, "Expires", &format!("{END}000")),
            V::EndInMilliseconds { stated: END * 1_000, meant: END },
        ),
        row(
            "milliseconds signed",
            STAGE.link_with_end(URL, END * 1_000),
            V::Works { until: END * 1_000 },
        ),
        row(
            "an end in words",
            with(&link, "Expires", "never"),
            V::EndUnreadable { stated: "never".into() },
        ),
        row(
            "an end with a fraction",
            with(&link, "Expires", "1796144400.5"),
            V::EndUnreadable { stated: "1796144400.5".into() },
        ),
        row(
            "an end as a date",
            with(&link, "Expires", "2026-12-01T17:00:00"),
            V::EndUnreadable { stated: "2026-12-01T17:00:00".into() },
        ),
        row(
            "a zero before the end",
            with(&link, "Expires", &format!("0{END}")),
            V::EndUnreadable { stated: format!("0{END}") },
        ),
        row(
            "ended and a tracker",
            format!("{}&utm_id=1", STAGE.link_with_end(URL, NOW)),
            V::Ended { at: NOW },
        ),
    ]
}

fn of_custom_ones() -> Vec<Row> {
    let custom = |limits: Limits| STAGE.link(RSA_ID, Sha1, PLAIN, limits);
    let resource =
        |text: &str| Limits { resource: PolicyResource::parse(text).ok(), ..Limits::default() };
    let starting = |start| Limits { starts_after: Some(start), ..Limits::default() };
    let network = |text: &str| Limits { network: Network::parse(text), ..Limits::default() };
    let folder = "https://docs.example.com/a/*";
    let in_folder = custom(resource(folder));
    let limited = custom(network("203.0.113.0/24"));
    let works = V::Works { until: END };
    let unreadable = |why| V::PolicyUnreadable { why };
    let policy = |json: &str| STAGE.link_with_policy(PLAIN, json);
    let until = r#"{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":1796144400}}}]}"#;
    let two = r#"{"Statement":[{"Resource":"a","Condition":{"DateLessThan":{"AWS:EpochTime":1796144400}}},{"Resource":"b","Condition":{"DateLessThan":{"AWS:EpochTime":1796144400}}}]}"#;
    let changed = {
        let json = String::from_utf8(decode(value(&limited, "Policy")).unwrap()).unwrap();
        with(&limited, "Policy", &encode(json.replace("203.0", "0.0").as_bytes()))
    };
    vec![
        row("a folder", in_folder.clone(), works.clone()),
        row("another file in the folder", in_folder.replacen("Q3", "Q4", 1), works.clone()),
        row("a tracker in the folder", format!("{in_folder}&utm_source=x"), works.clone()),
        row(
            "outside the folder",
            in_folder.replacen("/a/", "/b/", 1),
            V::OutsideResource { resource: folder.into() },
        ),
        row(
            "a folder on another host",
            in_folder.replacen("docs.", "papers.", 1),
            V::PointsElsewhere {
                signed_for: "docs.example.com".into(),
                points_at: "papers.example.com".into(),
            },
        ),
        row(
            "a wildcard for hosts",
            custom(resource("https://*.example.com/a/*")).replacen(
                "docs.example.com",
                "docs.example.org",
                1,
            ),
            V::OutsideResource { resource: "https://*.example.com/a/*".into() },
        ),
        row(
            "one address, another path",
            limited.replacen("/a/", "/b/", 1),
            V::PathChanged {
                signed_for: PLAIN.into(),
                points_at: "https://docs.example.com/b/Q3%20notes.pdf".into(),
            },
        ),
        row(
            "one address, encoded twice",
            limited.replacen("%20", "%2520", 1),
            V::EncodedTwice { signed_for: PLAIN.into() },
        ),
        row("one network", limited.clone(), works.clone()),
        row("an office's network", custom(network("192.168.0.0/16")), works.clone()),
        row("a policy changed", changed, V::Altered),
        row("not begun", custom(starting(NOW)), V::NotBegun { from: NOW + 1 }),
        row("begun this second", custom(starting(NOW - 1)), works.clone()),
        row("everything", custom(resource("*")), works.clone()),
        row("no resource", policy(until), works),
        row("two statements", policy(two), unreadable(PolicyFault::SeveralStatements { count: 2 })),
        row("no policy in the policy", policy("{}"), unreadable(PolicyFault::NoStatement)),
        row(
            "a policy in other base64",
            with(&limited, "Policy", "e30="),
            unreadable(PolicyFault::OtherBase64),
        ),
        row("a policy of letters", with(&limited, "Policy", "x"), unreadable(PolicyFault::Cut)),
        row("an empty policy", with(&limited, "Policy", ""), unreadable(PolicyFault::Cut)),
    ]
}

fn of_ids_and_keys() -> Vec<Row> {
    let link = STAGE.link(RSA_ID, Sha1, URL, Limits::default());
    let with_id = |id: &str| with(&link, "Key-Pair-Id", id);
    let instead = |instead| V::IdIsNotAKeyId { instead };
    let damaged = || V::IdDamaged { key: "Client papers".into(), key_id: RSA_ID.into() };
    let strange = |id| STAGE.link(id, Sha256, URL, Limits::default());
    let distribution = "E2QWRUHAPOMQZL";
    let group = "a1b2c3d4-5678-90ab-cdef-1234567890ab";
    let length = |bytes: usize| with(&link, "Signature", &encode(&vec![7; bytes]));
    let unreadable = |why| V::SignatureUnreadable { why };
    let signature = value(&link, "Signature");
    let standard = signature.replace('-', "+").replace('_', "=").replace('~', "/");
    let (first, rest) = signature.split_at(1);
    vec![
        row("a key in no list", strange(STRANGE_ID), V::UnknownKey { id: STRANGE_ID.into() }),
        row(
            "a key in the list alone",
            strange(LISTED_ID).replace(P256_ID, LISTED_ID),
            V::OtherKeySigned { id: LISTED_ID.into(), key: "Board".into(), key_id: P256_ID.into() },
        ),
        row(
            "the list's id on a strange signature",
            strange(STRANGE_ID).replace(STRANGE_ID, LISTED_ID),
            V::SignatureNotChecked { key: "Listed".into(), until: END },
        ),
        row(
            "an unknown id on a known signature",
            with_id("K00000000000AA"),
            V::OtherKeySigned {
                id: "K00000000000AA".into(),
                key: "Client papers".into(),
                key_id: RSA_ID.into(),
            },
        ),
        row("a distribution's id", with_id(distribution), damaged()),
        row("a key group's id", with_id(group), damaged()),
        row("an access key's id", with_id("AKIAIOSFODNN7EXAMPLE"), damaged()),
        row("an id in small letters", with_id(&RSA_ID.to_lowercase()), damaged()),
        row("a letter more in the id", with_id("K2JCJMDEHXQW5FF"), damaged()),
        row(
            "a distribution's id on a strange signature",
            strange(STRANGE_ID).replace(STRANGE_ID, distribution),
            instead(PublicKeyIdError::IsDistributionId { id: distribution.into() }),
        ),
        row(
            "a key group's id on a strange signature",
            strange(STRANGE_ID).replace(STRANGE_ID, group),
            instead(PublicKeyIdError::IsKeyGroupId { id: group.into() }),
        ),
        row(
            "an access key's id on a strange signature",
            strange(STRANGE_ID).replace(STRANGE_ID, "AKIAIOSFODNN7EXAMPLE"),
            instead(PublicKeyIdError::IsAccessKey),
        ),
        row(
            "an id in small letters on a strange signature",
            strange(STRANGE_ID).replace(STRANGE_ID, &STRANGE_ID.to_lowercase()),
            instead(PublicKeyIdError::Invalid),
        ),
        row("an RSA key of 4096 bits", length(512), V::KeyOfOtherSize { bits: 4096 }),
        row("an RSA key of 1024 bits", length(128), V::KeyOfOtherSize { bits: 1024 }),
        row("a signature one byte too long", length(257), V::Altered),
        row(
            "a signature one byte too short",
            length(255),
            V::CutOff { missing: vec!["Signature"] },
        ),
        row(
            "a letter of the signature",
            with(&link, "Signature", &format!("{}{rest}", if first == "A" { "B" } else { "A" })),
            V::Altered,
        ),
        row(
            "a letter of the signature lost",
            with(&link, "Signature", rest),
            V::CutOff { missing: vec!["Signature"] },
        ),
        row(
            "standard base64",
            with(&link, "Signature", &standard),
            unreadable(SignatureFault::OtherBase64),
        ),
        row("no base64", with(&link, "Signature", "a:b"), unreadable(SignatureFault::NoBase64)),
        row(
            "an empty signature",
            with(&link, "Signature", ""),
            V::CutOff { missing: vec!["Signature"] },
        ),
        row(
            "a hash that is none",
            format!("{link}&Hash-Algorithm=SHA512"),
            V::WrongHash { stated: Some("SHA512".into()), signed_with: Some(Sha1) },
        ),
        row(
            "a hash in small letters",
            format!("{link}&Hash-Algorithm=sha256"),
            V::WrongHash { stated: Some("sha256".into()), signed_with: Some(Sha1) },
        ),
        row(
            "a hash that may not be said",
            format!("{link}&Hash-Algorithm=SHA1"),
            V::WrongHash { stated: Some("SHA1".into()), signed_with: Some(Sha1) },
        ),
    ]
}

fn of_shapes() -> Vec<Row> {
    let link = STAGE.link(P256_ID, Sha256, URL, Limits::default());
    let cut = |missing: &[&'static str]| V::CutOff { missing: missing.to_vec() };
    let up_to = |text: &str| link.split_at(link.find(text).unwrap()).0.to_owned();
    let missing = |names: &[&'static str]| V::ParameterMissing { names: names.to_vec() };
    let storage = |host: &str, presigned| V::StorageAddress { host: host.into(), presigned };
    let bucket = "papers.s3.eu-west-1.amazonaws.com";
    let moved = link.replacen("docs.example.com", bucket, 1);
    let long = format!("{link}&q={}", "x".repeat(8_192));
    let misnamed = |given: &str, meant| V::Misnamed { given: given.into(), meant };
    vec![
        row("an address alone", URL, V::NotSigned),
        row("a site alone", "docs.example.com", V::NotSigned),
        row("no signature and no id", up_to("&Signature="), cut(&["Signature", "Key-Pair-Id"])),
        row("cut in the signature's name", up_to("nature="), cut(&["Signature", "Key-Pair-Id"])),
        row("no id at the end", up_to("&Key-Pair-Id="), cut(&["Key-Pair-Id"])),
        row("cut in the id", up_to("256&Hash"), cut(&["Key-Pair-Id"])),
        row("cut before the id", up_to("K3P256"), cut(&["Key-Pair-Id"])),
        row("cut in the hash's name", up_to("-Algorithm"), cut(&["Hash-Algorithm"])),
        row("cut in the hash", link.strip_suffix("56").unwrap(), cut(&["Hash-Algorithm"])),
        row("cut before the hash", up_to("Hash-"), cut(&["Hash-Algorithm"])),
        row("no signature in the middle", without(&link, "Signature"), missing(&["Signature"])),
        row("no end", without(&link, "Expires"), missing(&["Expires"])),
        row(
            "an id alone",
            format!("{URL}&Key-Pair-Id={P256_ID}"),
            missing(&["Expires", "Signature"]),
        ),
        row("an empty id in the middle", with(&link, "Key-Pair-Id", ""), missing(&["Key-Pair-Id"])),
        row("an end and a policy", format!("{link}&Policy=e30_"), V::BothPolicyAndExpires),
        row(
            "two signatures",
            format!("{link}&Signature=a"),
            V::DuplicatedParameter { name: "Signature" },
        ),
        row(
            "two ends",
            link.replacen("&Signature", "&Expires=1&Signature", 1),
            V::DuplicatedParameter { name: "Expires" },
        ),
        row(
            "two ids",
            format!("{link}&Key-Pair-Id={P256_ID}"),
            V::DuplicatedParameter { name: "Key-Pair-Id" },
        ),
        row(
            "two hashes",
            format!("{link}&Hash-Algorithm=SHA256"),
            V::DuplicatedParameter { name: "Hash-Algorithm" },
        ),
        row(
            "an end in small letters",
            link.replacen("Expires", "expires", 1),
            misnamed("expires", "Expires"),
        ),
        row(
            "an id in capitals",
            link.replacen("Key-Pair-Id", "KEY-PAIR-ID", 1),
            misnamed("KEY-PAIR-ID", "Key-Pair-Id"),
        ),
        row("the storage's address signed", moved, storage(bucket, false)),
        row(
            "a link of the storage's own",
            format!("https://{bucket}/a.pdf?X-Amz-Expires=60&X-Amz-Signature=ab"),
            storage(bucket, true),
        ),
        row(
            "an old link of the storage's own",
            format!("https://{bucket}/a.pdf?AWSAccessKeyId=AKIA&Expires=1&Signature=ab"),
            storage(bucket, true),
        ),
        row("a bucket", "s3://papers/a.pdf", storage("s3://papers", false)),
        row("too long", long.clone(), V::TooLong { length: long.len(), most: 8_192 }),
    ]
}
