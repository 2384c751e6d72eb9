//! Signatures that Project Wycheproof published because others accepted them wrongly, or refused
//! them wrongly: every one gets its published result.
//!
//! Absent: RSA with SHA-1, for which there is no set with keys of 2,048 bits.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]
#![allow(clippy::print_stdout, reason = "a run says how many vectors it had")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signet_cloudfront::key::{HashAlgorithm, KeyKind, PublicKey};
use wycheproof::TestResult;

struct Vector {
    name: String,
    key_der: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
    result: TestResult,
}

#[test]
fn rsa_2048_with_sha_256() {
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
    let set = TestSet::load(TestName::Rsa2048Sha256).unwrap();
    let groups = set.test_groups.iter();
    let vectors = groups.flat_map(|group| {
        assert_eq!((group.hash, group.key_size), (wycheproof::HashFunction::Sha2_256, 2048));
        group.tests.iter().map(|test| Vector {
            name: format!("{}: {} {:?}", test.tc_id, test.comment, test.flags),
            key_der: group.der.to_vec(),
            message: test.msg.to_vec(),
            signature: test.sig.to_vec(),
            result: test.result,
        })
    });
    assert_results(KeyKind::Rsa2048, &vectors.collect::<Vec<_>>(), 259);
}

#[test]
fn p256_with_sha_256() {
    use wycheproof::ecdsa::{TestName, TestSet};
    let set = TestSet::load(TestName::EcdsaSecp256r1Sha256).unwrap();
    let groups = set.test_groups.iter();
    let vectors = groups.flat_map(|group| {
        assert_eq!(group.hash, wycheproof::HashFunction::Sha2_256);
        group.tests.iter().map(|test| Vector {
            name: format!("{}: {} {:?}", test.tc_id, test.comment, test.flags),
            key_der: group.der.to_vec(),
            message: test.msg.to_vec(),
            signature: test.sig.to_vec(),
            result: test.result,
        })
    });
    assert_results(KeyKind::P256, &vectors.collect::<Vec<_>>(), 484);
}

fn assert_results(kind: KeyKind, vectors: &[Vector], count: usize) {
    let (mut valid, mut invalid) = (0, 0);
    let mut wrong = Vec::new();
    for vector in vectors {
        let key = PublicKey::from_spki_pem(&pem(&vector.key_der)).unwrap();
        assert_eq!(key.kind(), kind, "{}", vector.name);
        let accepted = key.verify(HashAlgorithm::Sha256, &vector.message, &vector.signature);
        let expected = match vector.result {
            TestResult::Valid => {
                valid += 1;
                true
            }
            TestResult::Invalid => {
                invalid += 1;
                false
            }
            // RFC 8017 puts a NULL behind the name of the hash; old signers left it out, and a
            // verifier may bear with them. Nobody signs links so.
            TestResult::Acceptable => {
                assert!(vector.name.contains("MissingNull"), "{}", vector.name);
                false
            }
        };
        if accepted != expected {
            wrong.push(format!("{}: accepted {accepted}", vector.name));
        }
        // A result must depend on the message.
        let other = [&vector.message, b"x".as_slice()].concat();
        assert!(!key.verify(HashAlgorithm::Sha256, &other, &vector.signature), "{}", vector.name);
    }
    println!("{} vectors: {valid} valid, {invalid} invalid", vectors.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(vectors.len() >= count, "{}", vectors.len());
    assert!(valid >= 5 && invalid >= 100, "{valid} valid, {invalid} invalid");
}

fn pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines = body.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned());
    let lines: Vec<_> = lines.collect();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
}
