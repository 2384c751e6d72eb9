//! The app over a history in memory.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod batch;
mod bucket;
mod made;
mod many_files;
mod replaced;
mod shared;
mod stage;
