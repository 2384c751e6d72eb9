//! The app over a keychain and a profile that fail at the step they are told to: whatever fails,
//! both say the same about every key, and nobody is asked twice.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod access_keys;
mod keys;
mod links;
mod orphans;
mod sites;
mod stage;
mod storage;
mod two_programs;
mod unregistered;
