//! The commands across IPC, with Tauri's mocked runtime: each one's success, every error code, and
//! who is denied.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod codes;
mod denial;
mod secrets;
mod stage;
mod success;
