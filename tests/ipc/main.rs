//! The commands across IPC, with Tauri's mocked runtime: each one's success, every error code, and
//! who is denied.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod batch;
mod codes;
mod crowd;
mod denial;
mod documents;
mod done_for_you;
mod elsewhere;
mod field;
mod folders;
mod history;
mod journey;
mod registration;
mod replacement;
mod secrets;
mod set_up;
mod site_documents;
mod stage;
mod success;
mod trial;

#[path = "../field/mod.rs"]
mod field_tables;
