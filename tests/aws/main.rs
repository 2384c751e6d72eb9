//! `signet setup` against AWS's interface on this computer: moto answers, with what CloudFront does
//! besides (`cloudfront.py`), and everything goes through a proxy that sees each call and can spoil it.
#![allow(clippy::disallowed_methods, reason = "a test sets its stage")]
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod at_once;
mod checked;
mod document_login;
mod documents;
mod endless;
mod existing;
mod handoff;
mod hard_days;
mod keychain;
mod listed_names;
mod made;
mod obeyed;
mod proxy;
mod refusals;
mod secrecy;
mod server;
mod shared;
mod signed;
mod stage;
mod stopped;
mod tampered;
mod whole_way;

#[path = "../../src-tauri/cli/tests/terminal/tame.rs"]
mod tame;
