//! No error shows a part of the file.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::case::Expected::{LockedFor, Refused};
use crate::case::{cases, outcome};
use crate::der::to_der;
use crate::openssl::keys;

#[test]
fn no_error_shows_a_part_of_the_file() {
    // The positive control: what would be found if it were there.
    let der = to_der(&keys().p256);
    let leaks = [format!("{:?}", &der[40..60]), STANDARD.encode(&der[60..]), keys().p256.clone()];
    assert!(
        leaks
            .iter()
            .all(|leak| shows(leak, &[shapes(&der), shapes(keys().p256.as_bytes())].concat()))
    );

    let mut errors = 0;
    for case in cases() {
        let error = match outcome(case) {
            Ok(Refused(error)) => error,
            Ok(LockedFor(Some((_, then)))) => match *then {
                Refused(error) => error,
                _ => continue,
            },
            _ => continue,
        };
        errors += 1;
        let shapes = shapes(&case.bytes);
        for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!shows(&text, &shapes), "{}: {text}", case.name);
        }
    }
    assert!(errors >= 60, "{errors}");
}

fn shows(text: &str, shapes: &[String]) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(8).any(|window| {
        let window: String = window.iter().collect();
        shapes.iter().any(|shape| shape.contains(&window))
    })
}

/// The ways in which a part of a file could show in a text.
fn shapes(bytes: &[u8]) -> Vec<String> {
    let lower: String = bytes.iter().fold(String::new(), |mut all, byte| {
        write!(all, "{byte:02x}").unwrap();
        all
    });
    // Of a text only its base64 counts: "private key" is in files and in sentences alike.
    let body = |line: &&str| {
        line.len() >= 16 && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
    };
    let file = String::from_utf8_lossy(bytes);
    let pem: String = file.split(['\n', '\r', ' ', '/', '=']).filter(body).collect();
    vec![lower.to_uppercase(), lower, STANDARD.encode(bytes), format!("{bytes:?}"), pem]
}
