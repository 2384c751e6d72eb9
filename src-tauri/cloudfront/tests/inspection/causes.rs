//! Causes that have a name, each found by proof: the signature fits the other form. Where it fits nothing
//! that is known, nothing is guessed.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use signet_cloudfront::encoding::encode;
use signet_cloudfront::key::HashAlgorithm::{Sha1, Sha256};
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::policy;

use crate::stage::{END, OTHER_ID, P256_ID, RSA_ID, STAGE, STRANGE_ID, URL, value, with};

/// What it is called, what is pasted, and the verdict's kind with what tells it apart.
type Row = (String, String, &'static str);

fn row(name: &str, text: impl Into<String>, verdict: &'static str) -> Row {
    (name.to_owned(), text.into(), verdict)
}

/// A canned link to one address whose signature is over another text.
fn signed_over(url: &str, message: &str) -> String {
    let signature = value(&STAGE.link_with_policy(url, message), "Signature").to_owned();
    let mark = if url.contains('?') { '&' } else { '?' };
    format!(
        "{url}{mark}Expires={END}&Signature={signature}&Key-Pair-Id={P256_ID}&Hash-Algorithm=SHA256"
    )
}

/// A link to one address, signed for another one; with an end alone, and with a policy.
fn signed_for(name: &str, url: &str, signed: &str, verdict: &'static str) -> [Row; 2] {
    let message = policy::canned(signed, END);
    [
        row(name, signed_over(url, &message), verdict),
        row(&format!("{name}, in a policy"), STAGE.link_with_policy(url, &message), verdict),
    ]
}

fn host(path: &str) -> String {
    format!("https://docs.example.com{path}")
}

/// Signed as it was typed, and encoded afterwards.
fn before_encoding() -> Vec<Row> {
    [
        ("a space", "/Q3%20notes.pdf", "/Q3 notes.pdf"),
        ("a letter with an accent", "/caf%C3%A9.pdf", "/caf\u{e9}.pdf"),
        ("an apostrophe", "/it%27s.pdf", "/it's.pdf"),
        ("an equals sign", "/a%3Db.pdf", "/a=b.pdf"),
        ("a comma", "/Smith%2C%20John.pdf", "/Smith, John.pdf"),
        ("a comma alone, its space encoded", "/Smith%2C%20John.pdf", "/Smith,%20John.pdf"),
        ("an apostrophe in a query", "/a.pdf?v=%27x%27", "/a.pdf?v='x'"),
        ("Chinese", "/%E5%A0%B1%E5%91%8A.pdf", "/\u{5831}\u{544a}.pdf"),
        ("a space in a query", "/a.pdf?name=Q3%20notes", "/a.pdf?name=Q3 notes"),
        ("two letters, one encoded", "/%C3%A9%20%26.pdf", "/\u{e9}%20%26.pdf"),
        ("an @ and a :", "/a%40b%3Ac.pdf", "/a@b:c.pdf"),
        ("an emoji", "/%F0%9F%93%84.pdf", "/\u{1f4c4}.pdf"),
        ("square brackets", "/a%5B1%5D.pdf", "/a[1].pdf"),
        ("all of them", "/%C3%A9%20it%27s%2C%20a%3Db.pdf", "/\u{e9} it's, a=b.pdf"),
    ]
    .into_iter()
    .flat_map(|(name, url, signed)| signed_for(name, &host(url), &host(signed), "signedUnencoded"))
    .collect()
}

/// Accents as their own characters or not.
fn composed() -> Vec<Row> {
    [
        ("signed composed", "/cafe%CC%81.pdf", "/caf%C3%A9.pdf"),
        ("signed decomposed", "/caf%C3%A9.pdf", "/cafe%CC%81.pdf"),
        ("an umlaut", "/Mu%CC%88ller.pdf", "/M%C3%BCller.pdf"),
        ("two of them, small digits kept", "/%C3%A9%C3%BC.pdf", "/e%CC%81u%CC%88.pdf"),
        ("Korean", "/%E1%84%92%E1%85%A1%E1%86%AB.pdf", "/%ED%95%9C.pdf"),
        ("beside a space", "/a%20e%CC%81%26.pdf?x=1", "/a%20%C3%A9%26.pdf?x=1"),
    ]
    .into_iter()
    .flat_map(|(name, url, signed)| {
        signed_for(name, &host(url), &host(signed), "composedOtherwise")
    })
    .collect()
}

/// The policy of a link with an end alone, as other programs write it.
fn canned_writings() -> Vec<Row> {
    let url = "https://docs.example.com/a.pdf?x=1&y=2";
    let canned = policy::canned(url, END);
    let escaped = canned.replace("https://docs.example.com/", "https:\\/\\/docs.example.com\\/");
    [
        ("slashes escaped", escaped.clone()),
        ("& escaped", canned.replace('&', "\\u0026")),
        ("both escaped", escaped.replace('&', "\\u0026")),
        ("spaces behind : and ,", canned.replace("\":", "\": ").replace(",\"", ", \"")),
        ("spaces behind :", canned.replace("\":", "\": ")),
        ("a line end behind it", format!("{canned}\n")),
        ("a number in quotes", canned.replace(&format!(":{END}"), &format!(":\"{END}\""))),
        ("the condition before the resource", format!(r#"{{"Statement":[{{"Condition":{{"DateLessThan":{{"AWS:EpochTime":{END}}}}},"Resource":"{url}"}}]}}"#)),
    ]
    .into_iter()
    .map(|(name, message)| row(name, signed_over(url, &message), "policyWrittenOtherwise"))
    .collect()
}

fn playlists() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, url, signed) in [
        ("a segment of index.m3u8", "/v/seg-00001.ts", "/v/index.m3u8"),
        ("a segment of a list of its name", "/v/talk_00001.ts", "/v/talk.m3u8"),
        ("a list below a list", "/v/720p/prog_index.m3u8", "/v/master.m3u8"),
        ("a segment below the list", "/v/720p/3.m4s", "/v/manifest.mpd"),
        ("a segment of a list of the folder's name", "/talk/3.ts", "/talk/talk.m3u8"),
        ("a key of a list", "/v/enc.key", "/v/playlist.m3u8"),
    ] {
        rows.extend(signed_for(name, &host(url), &host(signed), "signedForPlaylist"));
    }
    let unknown = policy::canned(&host("/v/xyzzy.m3u8"), END);
    rows.push(row("a list nobody can guess", signed_over(&host("/v/1.ts"), &unknown), "altered"));
    rows.push(row(
        "a list nobody can guess, in a policy",
        STAGE.link_with_policy(&host("/v/1.ts"), &unknown),
        "signedForPlaylist",
    ));
    rows.push(row(
        "no segment",
        signed_over(&host("/v/a.pdf"), &policy::canned(&host("/v/b.pdf"), END)),
        "altered",
    ));
    rows
}

fn times() -> Vec<Row> {
    let link = STAGE.link(P256_ID, Sha256, URL, Limits::default());
    let over = |end: i64| signed_over(URL, &policy::canned(URL, end));
    vec![
        row(
            "milliseconds in the link",
            with(&link, "Expires", &format!("{END}000")),
            "endInMilliseconds",
        ),
        row(
            "milliseconds in the link, not round",
            with(&link, "Expires", &format!("{END}123")),
            "endInMilliseconds",
        ),
        row("milliseconds in the policy", over(END * 1_000), "endSignedInMilliseconds"),
        row("milliseconds in both", STAGE.link_with_end(URL, END * 1_000), "works"),
        row("another end", over(END + 5), "altered"),
    ]
}

fn other_services() -> Vec<Row> {
    let at = |query: &str| host(&format!("/a.pdf?{query}"));
    [
        ("S3, version 2", "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1796144400&Signature=aB%2Bc%3D"),
        ("S3, version 2, other order", "Signature=aBc%3D&Expires=1796144400&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE"),
        ("S3, version 4", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20261129%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261129T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=0a1b"),
        ("S3, version 4, small letters", "x-amz-algorithm=AWS4-HMAC-SHA256&x-amz-signature=0a1b"),
        ("Google's CDN", "Expires=1796144400&KeyName=my-key&Signature=aBc-_w=="),
        ("Google's CDN, a prefix", "URLPrefix=aHR0cHM6Ly9kb2NzLmV4YW1wbGUuY29tL2E&Expires=1796144400&KeyName=my-key&Signature=aBc="),
        ("Google's storage", "GoogleAccessId=a%40b.iam.gserviceaccount.com&Expires=1796144400&Signature=aBc%3D"),
        ("Google's storage, version 4", "X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Expires=60&X-Goog-Signature=0a1b"),
        ("Azure's storage", "sv=2024-11-04&se=2026-12-01T17%3A00%3A00Z&sr=b&sp=r&sig=aBc%3D"),
        ("Alibaba's OSS", "OSSAccessKeyId=LTAI&Expires=1796144400&Signature=aBc%3D"),
        ("Akamai", "hdnts=exp=1796144400~acl=/*~hmac=0a1b"),
    ]
    .into_iter()
    .map(|(name, query)| row(name, at(query), "signedForOtherService"))
    .collect()
}

/// Policies that cannot be read, and the rule that each breaks.
fn policies() -> Vec<Row> {
    let url = "https://docs.example.com/a.pdf";
    let resource = r#""Resource":"https://docs.example.com/a.pdf""#;
    let end = r#""DateLessThan":{"AWS:EpochTime":1796144400}"#;
    let ip = |value: &str| {
        format!(
            r#"{{"Statement":[{{{resource},"Condition":{{{end},"IpAddress":{{"AWS:SourceIp":{value}}}}}}}]}}"#
        )
    };
    let condition =
        |text: &str| format!(r#"{{"Statement":[{{{resource},"Condition":{{{text}}}}}]}}"#);
    let statement = |text: &str| format!(r#"{{"Statement":[{{{text},"Condition":{{{end}}}}}]}}"#);
    let one = format!(r#"{{{resource},"Condition":{{{end}}}}}"#);
    let mut rows: Vec<Row> = [
        ("two statements", format!(r#"{{"Statement":[{one},{one}]}}"#), "severalStatements"),
        (
            "three statements",
            format!(r#"{{"Statement":[{one},{one},{one}]}}"#),
            "severalStatements",
        ),
        ("no statement in the list", r#"{"Statement":[]}"#.to_owned(), "noStatement"),
        ("no statement", "{}".to_owned(), "noStatement"),
        ("a statement without a list", format!(r#"{{"Statement":{one}}}"#), "statementNotAList"),
        ("no condition", format!(r#"{{"Statement":[{{{resource}}}]}}"#), "noEnd"),
        ("an empty condition", condition(""), "noEnd"),
        ("a start alone", condition(r#""DateGreaterThan":{"AWS:EpochTime":1}"#), "noEnd"),
        (
            "an end in quotes",
            condition(r#""DateLessThan":{"AWS:EpochTime":"1796144400"}"#),
            "timeInQuotes",
        ),
        (
            "a start in quotes",
            condition(&format!(r#"{end},"DateGreaterThan":{{"AWS:EpochTime":"1"}}"#)),
            "timeInQuotes",
        ),
        (
            "an end as a date",
            condition(r#""DateLessThan":{"AWS:EpochTime":"2026-12-01T17:00:00Z"}"#),
            "timeInQuotes",
        ),
        (
            "an end with a fraction",
            condition(r#""DateLessThan":{"AWS:EpochTime":1796144400.5}"#),
            "timeNotWhole",
        ),
        (
            "an end with a nought behind",
            condition(r#""DateLessThan":{"AWS:EpochTime":1796144400.0}"#),
            "timeNotWhole",
        ),
        (
            "an end that is null",
            condition(r#""DateLessThan":{"AWS:EpochTime":null}"#),
            "timeNotWhole",
        ),
        ("IPv6", ip(r#""2001:db8::/32""#), "ipv6"),
        ("one address of IPv6", ip(r#""::1""#), "ipv6"),
        ("a list of networks", ip(r#"["203.0.113.0/24","198.51.100.0/24"]"#), "severalNetworks"),
        ("a list of one network", ip(r#"["203.0.113.0/24"]"#), "severalNetworks"),
        ("networks with commas", ip(r#""203.0.113.0/24,198.51.100.0/24""#), "severalNetworks"),
        ("a range of addresses", ip(r#""203.0.113.1-203.0.113.9""#), "networkUnreadable"),
        ("a network of words", ip(r#""office""#), "networkUnreadable"),
        (
            "a list of resources",
            statement(r#""Resource":["https://docs.example.com/a.pdf"]"#),
            "resourceNotText",
        ),
        ("a resource that is null", statement(r#""Resource":null"#), "resourceNotText"),
        (
            "slashes escaped",
            format!(r#"{{"Statement":[{one}]}}"#)
                .replace("//docs.example.com/", "\\/\\/docs.example.com\\/"),
            "escaped",
        ),
        ("& escaped", statement(r#""Resource":"https://docs.example.com/a.pdf\u0026""#), "escaped"),
        ("Statement in small letters", format!(r#"{{"statement":[{one}]}}"#), "wrongName"),
        ("Statements", format!(r#"{{"Statements":[{one}]}}"#), "wrongName"),
        (
            "resource in small letters",
            statement(r#""resource":"https://docs.example.com/a.pdf""#),
            "wrongName",
        ),
        (
            "EpochTime without AWS",
            condition(r#""DateLessThan":{"EpochTime":1796144400}"#),
            "wrongName",
        ),
        (
            "aws in small letters",
            condition(r#""DateLessThan":{"aws:EpochTime":1796144400}"#),
            "wrongName",
        ),
        ("DateLessThen", condition(r#""DateLessThen":{"AWS:EpochTime":1796144400}"#), "wrongName"),
        (
            "DateLessThanEquals",
            condition(r#""DateLessThanEquals":{"AWS:EpochTime":1796144400}"#),
            "wrongName",
        ),
        (
            "SourceIp without AWS",
            condition(&format!(r#"{end},"IpAddress":{{"SourceIp":"203.0.113.7"}}"#)),
            "wrongName",
        ),
        (
            "IPAddress",
            condition(&format!(r#"{end},"IPAddress":{{"AWS:SourceIp":"203.0.113.7"}}"#)),
            "wrongName",
        ),
        (
            "DateGreaterThen",
            condition(&format!(r#"{end},"DateGreaterThen":{{"AWS:EpochTime":1}}"#)),
            "wrongName",
        ),
        ("no JSON", "hello".to_owned(), "notJson"),
        ("single quotes", format!(r#"{{"Statement":[{one}]}}"#).replace('"', "'"), "notJson"),
        ("a comma too many", format!(r#"{{"Statement":[{one},]}}"#), "notJson"),
        ("cut", format!(r#"{{"Statement":[{}"#, one.get(..40).unwrap()), "cut"),
    ]
    .into_iter()
    .map(|(name, json, why)| row(name, STAGE.link_with_policy(url, &json), why))
    .collect();
    let good = format!(
        r#"{{"Statement":[{{"Resource":"https://docs.example.com/a.pdf?>>>","Condition":{{{end}}}}}]}}"#
    );
    let link = STAGE.link_with_policy(url, &good);
    rows.push(row(
        "standard base64",
        with(&link, "Policy", &BASE64_STANDARD.encode(&good)),
        "otherBase64",
    ));
    rows.push(row("no base64", with(&link, "Policy", "a.b"), "notBase64"));
    rows.push(row("a policy as it is", with(&link, "Policy", "%7B%22Statement%22"), "notBase64"));
    rows.push(row("empty", with(&link, "Policy", ""), "cut"));
    rows.push(row(
        "cut in its base64",
        with(&link, "Policy", encode(good.as_bytes()).get(..61).unwrap()),
        "cut",
    ));
    rows
}

/// Nobody is told to change a key that the signature fits, and no id is called wrong that may be one.
fn ids() -> Vec<Row> {
    let link = STAGE.link(RSA_ID, Sha1, URL, Limits::default());
    let with_id = |id: &str| with(&link, "Key-Pair-Id", id);
    let strange =
        |id: &str| with(&STAGE.link(STRANGE_ID, Sha256, URL, Limits::default()), "Key-Pair-Id", id);
    vec![
        row("small letters, its signature fits", with_id(&RSA_ID.to_lowercase()), "idDamaged"),
        row("a letter more, its signature fits", with_id("K2JCJMDEHXQW5FF"), "idDamaged"),
        row(
            "a letter less, its signature fits",
            format!("{}&x", with_id("K2JCJMDEHXQW5")).replace("&x", ""),
            "cutOff",
        ),
        row("something behind, its signature fits", with_id("K2JCJMDEHXQW5F%20"), "idDamaged"),
        row(
            "a letter with an accent, its signature fits",
            with_id("K2JCJMDEHXQW5%C3%89"),
            "idDamaged",
        ),
        row("a distribution's, its signature fits", with_id("E2QWRUHAPOMQZL"), "idDamaged"),
        row(
            "small letters, a strange signature",
            strange(&STRANGE_ID.to_lowercase()),
            "idIsNotAKeyId",
        ),
        row("a distribution's, a strange signature", strange("E2QWRUHAPOMQZL"), "idIsNotAKeyId"),
        row("an old root key's", strange("APKAIOSFODNN7EXAMPLE"), "unknownKey"),
        row("another known key's", with_id(OTHER_ID), "otherKeySigned"),
    ]
}

fn wrapped() -> Vec<Row> {
    [
        ("Mimecast", "https://protect-eu.mimecast.com/s/AbCdC1234?domain=docs.example.com"),
        ("Mimecast's new host", "https://url.uk.m.mimecastprotect.com/s/AbCdC1234?domain=docs.example.com"),
        ("HubSpot", "https://d2v8tf04.eu1.hubspotlinks.com/Ctc/2F+113/d2v8tf04/VWb"),
        ("HubSpot on the sender's host", "https://mail.example.com/e3t/Ctc/2F+113/d2v8tf04/VWb"),
        ("SendGrid", "https://u123.ct.sendgrid.net/ls/click?upn=u001.AbC-2Bd"),
        ("SendGrid on the sender's host", "https://url1234.example.com/ls/click?upn=u001.AbC-2Bd"),
        ("Mailchimp", "https://example.us1.list-manage.com/track/click?u=ab&id=cd&e=ef"),
        ("a short address", "https://bit.ly/3AbCdEf"),
        ("X", "https://t.co/AbCdEfGhIj"),
        ("Safe Links that were cut", "https://nam02.safelinks.protection.outlook.com/?data=05%7C02"),
        ("in a mail beside others", "See https://www.example.com/help and https://protect-us.mimecast.com/s/AbCd?domain=x.example now"),
    ]
    .into_iter()
    .map(|(name, text)| row(name, text, "wrapped"))
    .collect()
}

fn kind_of(text: &str) -> String {
    let said = serde_json::to_value(STAGE.inspect(text).verdict).unwrap();
    let kind = said["kind"].as_str().unwrap().to_owned();
    if kind != "policyUnreadable" {
        return kind;
    }
    let why = &said["why"];
    why["kind"].as_str().or_else(|| why.as_str()).unwrap_or(&kind).to_owned()
}

#[test]
fn each_cause_has_its_name() {
    let mut wrong = Vec::new();
    for (subject, rows) in [
        ("before encoding", before_encoding()),
        ("composed", composed()),
        ("canned writings", canned_writings()),
        ("playlists", playlists()),
        ("times", times()),
        ("other services", other_services()),
        ("policies", policies()),
        ("ids", ids()),
        ("wrapped", wrapped()),
    ] {
        for (name, text, verdict) in rows {
            let found = kind_of(&text);
            if found != verdict {
                wrong.push(format!("{subject}, {name}: {found}, expected {verdict}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
