//! The program `signet` from outside: its links against the AWS CLI and openssl, its mistakes, and
//! what it must not need.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]
#![allow(clippy::disallowed_methods, reason = "a test sets its stage")]

mod addresses;
mod batch;
mod clock;
mod cookies;
mod documents;
mod field;
mod help;
mod inspect;
mod key_list;
mod keys;
mod libraries;
mod links;
mod list;
mod mistakes;
mod obeyed;
mod places;
mod reader_gone;
mod saved;
mod secrets;
mod sites;
mod stage;
mod tame;
mod trial;

// What people type and paste means the same in the window's tests.
#[path = "../../../../tests/field/mod.rs"]
mod field_tables;

// The site is the one at which the crate `signet-probe` is tried.
#[path = "../../../probe/tests/trial/certificate.rs"]
mod certificate;
#[allow(dead_code, reason = "the terminal asks it less")]
#[path = "../../../probe/tests/trial/site.rs"]
mod site;
