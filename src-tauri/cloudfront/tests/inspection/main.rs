//! *Check a link* from outside: each way to spoil a link has its verdict, a link is found in whatever
//! is pasted, and the verdicts are those of the judge.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod causes;
mod cookies;
mod damage;
mod details;
mod pasted;
mod properties;
mod stage;
mod table;
mod wrappers;
