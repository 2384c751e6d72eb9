//! Key files as people have them: each has one thing special about it, and each gets the answer
//! that helps the person who chose it.
//!
//! The files are made by `openssl` while the test runs, so that no key lies in the repository, and
//! so that what is read here was not written by the code that reads it.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod backup;
mod case;
mod damaged;
mod der;
mod dresses;
mod locked;
mod openssl;
mod other;
mod random;
mod secrecy;
mod whole;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use signet_cloudfront::key::KeyKind;
use signet_cloudfront::key_file::{self, KeyFile};

use case::{cases, outcome};
use der::{ROUNDS, SCRYPT_N, SCRYPT_P, SCRYPT_R, changed, to_der};
use openssl::{keys, locked as lock, public};

#[test]
fn every_key_file_gets_the_answer_that_helps() {
    let mut wrong = String::new();
    for case in cases() {
        let outcome = outcome(case);
        if outcome.as_ref() != Ok(&case.expected) {
            writeln!(wrong, "{}: {outcome:?} instead of {:?}", case.name, case.expected).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_case_has_its_own_name() {
    let names: BTreeSet<_> = cases().iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases().len());
    assert!(names.len() >= 60, "{}", names.len());
}

#[test]
fn the_keys_are_of_both_kinds() {
    assert_eq!(public(&keys().rsa).kind(), KeyKind::Rsa2048);
    assert_eq!(public(&keys().p256).kind(), KeyKind::P256);
}

/// Whether or not they are let through to the question for a passphrase.
#[test]
fn numbers_that_no_lock_can_have_never_panic() {
    let scrypt = to_der(&lock(&keys().p256, "right", &["-scrypt"]));
    let pbkdf2 = to_der(&lock(&keys().p256, "right", &[]));
    let mut panicked = Vec::new();
    for (name, der, path, number) in [
        ("no round", &pbkdf2, ROUNDS, b"\x00".as_slice()),
        ("N = 0", &scrypt, SCRYPT_N, b"\x00"),
        ("N = 1", &scrypt, SCRYPT_N, b"\x01"),
        ("N = 3", &scrypt, SCRYPT_N, b"\x03"),
        ("r = 0", &scrypt, SCRYPT_R, b"\x00"),
        ("p = 0", &scrypt, SCRYPT_P, b"\x00"),
    ] {
        let der = changed(der, path, |n| *n = number.to_vec());
        if let Ok(KeyFile::Locked(locked)) = key_file::read(&der)
            && catch_unwind(AssertUnwindSafe(|| locked.unlock("right").is_ok())).is_err()
        {
            panicked.push(name);
        }
    }
    assert!(panicked.is_empty(), "{panicked:?}");
}
