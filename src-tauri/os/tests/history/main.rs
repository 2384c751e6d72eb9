//! The history's file: what it keeps, what it forgets, and what it survives; and what the files beside it
//! survive.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod batches;
mod csv;
mod damaged;
mod full;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod killed_settings;
mod long;
#[cfg(unix)]
mod pipes;
mod private;
mod released;
mod rows;
mod stage;
mod traces;
mod two;
