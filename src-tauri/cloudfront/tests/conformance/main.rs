//! AWS's own tools as the oracle: for one key and one recipe their links and cookies are ours, byte
//! for byte wherever they can make the same; and a second reader of links, which shares no line with
//! ours, gives the same verdicts. See tests/conformance at the root.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]
#![allow(clippy::print_stdout, reason = "a failing run shows its seed")]

mod browsers;
mod cookies;
mod keys;
mod links;
mod oracles;
mod random;
mod recipe;
mod spoiling;
mod typed;
mod verdicts;
