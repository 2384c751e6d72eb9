use super::{HIDDEN, holds_secret, redacted};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::encoding;
use crate::key::{KeyKind, SigningKey};

/// PKCS#8 as a key file has it.
fn pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn joined(bytes: &[u8], between: &str, one: impl Fn(&u8) -> String) -> String {
    bytes.iter().map(one).collect::<Vec<_>>().join(between)
}

/// A key in the dresses in which it can get into a text.
fn dresses(der: &[u8]) -> Vec<(&'static str, String)> {
    let pem = pem(der);
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    vec![
        ("PEM", pem.clone()),
        ("PEM in one line", pem.replace('\n', "\\n")),
        ("PEM with blanks for line ends", pem.replace('\n', " ")),
        ("PEM without line ends", pem.replace('\n', "")),
        ("PEM with CRLF", pem.replace('\n', "\r\n")),
        ("PEM that is cut off", pem.chars().take(pem.len() / 2).collect()),
        ("PEM without its first line", pem.split_once('\n').unwrap().1.to_owned()),
        ("PEM that is quoted", pem.replace('\n', "\n> ")),
        ("PEM with other dashes", pem.replace("-----", "—")),
        ("PEM with its control characters replaced", pem.replace('\n', "\u{fffd}")),
        ("PEM with marks for its control characters", crate::foreign::line(&pem)),
        ("PEM, escaped as Rust does", format!("{pem:?}")),
        ("PEM, percent-encoded", encoded(&pem)),
        ("PEM as a form", encoded(&pem).replace("%20", "+")),
        ("PEM as base64", STANDARD.encode(&pem)),
        ("PEM as hex", hex(pem.as_bytes())),
        (
            "lines of base64",
            STANDARD
                .encode(der)
                .as_bytes()
                .chunks(76)
                .map(|line| format!("{}\n", std::str::from_utf8(line).unwrap()))
                .collect(),
        ),
        ("base64", STANDARD.encode(der)),
        ("base64 without padding", STANDARD_NO_PAD.encode(der)),
        ("base64url", URL_SAFE.encode(der)),
        ("CloudFront's base64", encoding::encode(der)),
        ("base64, percent-encoded", encoded(&STANDARD.encode(der))),
        ("hex", hex(der)),
        ("hex in capitals", hex(der).to_uppercase()),
        ("hex as openssl prints it", joined(der, ":", |byte| format!("{byte:02x}"))),
        ("hex with blanks", joined(der, " ", |byte| format!("{byte:02X}"))),
        ("hex as C has it", joined(der, ", ", |byte| format!("0x{byte:02x}"))),
        ("hex in a string", joined(der, "", |byte| format!("\\x{byte:02x}"))),
        ("percent-encoded bytes", joined(der, "", |byte| format!("%{byte:02X}"))),
        ("bytes as Rust prints them", format!("{der:?}")),
        ("bytes in lines", format!("{der:#?}")),
    ]
}

/// The longest piece of a dress that came through. The mark of a line end is no piece of a key.
fn longest_common(shown: &str, dress: &str) -> usize {
    let shown = shown.replace(HIDDEN, "\u{0}").replace("[U+000A]", "\u{0}");
    let dress: Vec<char> = dress.chars().collect();
    let mut longest = 0;
    for start in 0..dress.len() {
        while dress
            .get(start..start + longest + 1)
            .is_some_and(|piece| shown.contains(&piece.iter().collect::<String>()))
        {
            longest += 1;
        }
    }
    longest
}

#[test]
fn a_key_in_any_dress_is_hidden() {
    let mut leaks = Vec::new();
    for kind in [KeyKind::P256, KeyKind::Rsa2048] {
        let der = SigningKey::generate(kind).unwrap().to_pkcs8_der();
        for (name, dress) in dresses(&der) {
            for (before, after) in [
                ("", ""),
                ("The value of --key is no key: ", "."),
                ("“", "” is not known"),
                ("'", "'"),
            ] {
                let text = format!("{before}{dress}{after}");
                let shown = redacted(&text);
                let through = longest_common(&shown, &dress);
                if through >= 8 || !shown.starts_with(before) {
                    leaks.push(format!("{name}: {through} in {shown}"));
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// Cut anywhere, a piece of a key is one still.
#[test]
fn a_piece_of_a_key_is_hidden() {
    let der = SigningKey::generate(KeyKind::Rsa2048).unwrap().to_pkcs8_der();
    let (base64, hex) = (STANDARD.encode(&*der), hex(&der));
    // A short piece may have the look of a word by chance.
    for (length, seldom) in [(24, 6), (32, 15), (64, 100)] {
        let pieces: Vec<&str> =
            (40..base64.len() - length).filter_map(|at| base64.get(at..at + length)).collect();
        let missed = pieces.iter().filter(|piece| !holds_secret(piece)).count();
        assert!(missed * seldom < pieces.len(), "{missed} of {} with {length}", pieces.len());
    }
    for start in 40..hex.len() - 32 {
        assert!(holds_secret(hex.get(start..start + 32).unwrap()));
    }
}

#[test]
fn tokens_access_keys_and_signatures_are_hidden() {
    for (text, shown) in [
        ("AKIAIOSFODNN7EXAMPLE", "…[hidden]"),
        ("The key ASIAIOSFODNN7EXAMPLE is unknown.", "The key …[hidden] is unknown."),
        (
            "key AKIAIOSFODNN7EXAMPLE, secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "key …[hidden], secret …[hidden]",
        ),
        ("https://h.example/a?Signature=ab~c&v=2", "https://h.example/a?Signature=…[hidden]&v=2"),
        ("https://h.example/a?sIGNATURE=ab", "https://h.example/a?sIGNATURE=…[hidden]"),
        ("https://h.example/a?Signature%3Dab", "https://h.example/a?Signature%3D…[hidden]"),
        ("distribution/wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "…[hidden]"),
        ("distribution/AKIAIOSFODNN7EXAMPLE", "…[hidden]"),
        ("X-Amz-Signature=0a1b; x", "X-Amz-Signature=…[hidden]; x"),
        ("x-amz-security-token: IQoJb3JpZ2luX2VjEJr//x", "x-amz-security-token: …[hidden]"),
        ("aws_secret_access_key = abc", "aws_secret_access_key = …[hidden]"),
        ("AWS_SECRET_ACCESS_KEY=abc", "AWS_SECRET_ACCESS_KEY=…[hidden]"),
        ("{\"SecretAccessKey\": \"abc\"}", "{\"SecretAccessKey\": \"…[hidden]\"}"),
        ("-passin pass:horse", "-passin pass:…[hidden]"),
        ("Policy=eyJTdGF0 and Signature=x", "Policy=…[hidden] and Signature=…[hidden]"),
        (
            "CloudFront-Signature=ab; CloudFront-Policy=cd",
            "CloudFront-Signature=…[hidden]; CloudFront-Policy=…[hidden]",
        ),
        ("password=hunter2.", "password=…[hidden]."),
        (
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "…[hidden].…[hidden].…[hidden]",
        ),
    ] {
        assert_eq!(redacted(text), shown);
    }
}

#[test]
fn what_people_need_is_shown() {
    for text in [
        "",
        "There is no key named “Client papers”.",
        "/home/me/Documents/2026/Q3/Report_v2-Final.pdf cannot be read.",
        "C:\\Users\\me\\Documents\\Key for CloudFront (2).pem is there already.",
        "https://docs.example.com/Q3%20notes.pdf?v=2&w",
        "https://d111111abcdef8.cloudfront.net/Vertr%C3%A4ge/%C3%9Cberblick%202026.pdf",
        "https://docs.example.com/%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80.pdf",
        "K2JCJMDEHXQW5F E2QWRUHAPOMQZL APKAIOSFODNN7EXAMPLE",
        "a1b2c3d4-5678-90ab-cdef-1234567890ab is a key group ID",
        "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL",
        // An ID is made by chance, and some change from letters to digits all the way.
        "arn:aws:cloudfront::*:distribution/E1A2B3C4D5F6G7",
        "arn:aws:cloudfront::123456789012:origin-access-control/E9Z8Y7X6W5V4U3",
        "arn:aws:iam::123456789012:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport",
        "amzn-s3-demo-bucket1.s3.eu-central-1.amazonaws.com is a storage address",
        "The AWS login may not do cloudfront:UpdateDistributionWithStagingConfig",
        "set-up-signet-0a1b2c3d4e5f-123456789012.json",
        "Give a time as 2026-12-01, 2026-12-01T17:00:00, 2026-12-01T17:00:00+01:00 or 1796144400.",
        "203.0.113.0/24 2001:db8:85a3:8d3:1319:8a2e:370:7348 00:1A:2B:3C:4D:5E",
        "Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW.",
        "aws configure set credential_process \"aws configure export-credentials\" --profile signet",
        "The passphrase is wrong: look at it and try again.",
        "Quarterly-Report-2026-final-version-for-the-board.pdf",
        "QuarterlyReportForTheBoard2026FinalVersion.pdf",
        "Signed: Key-Pair-Id is wrong: E2QWRUHAPOMQZL is a distribution ID.",
        "1, 2, 3, 4, 5 and 6 of 12 lines have no link.",
        "-----BEGIN PUBLIC KEY----- is what CloudFront takes",
        "/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/.tmpAb3dE9/settings.json",
        "Donaudampfschifffahrtsgesellschaftskapitaensmuetze.pdf",
    ] {
        assert_eq!(redacted(text), text);
    }
}

#[test]
fn redacting_twice_changes_nothing_more() {
    let der = SigningKey::generate_p256().to_pkcs8_der();
    for (_, dress) in dresses(&der) {
        let once = redacted(&dress);
        assert_eq!(redacted(&once), once);
    }
}
