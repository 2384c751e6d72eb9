//! What Signet keeps on this computer: keys in the operating system's keychain ([`Keychain`]),
//! names and choices in the profile folder ([`ProfileFolder`]), and how a key file is read
//! ([`key_file`]).
//!
//! Deliberately not here: anything that needs a window or links to a toolkit, so that a terminal
//! program can use all of it and still start in milliseconds.

pub mod key_file;
mod keychain;
mod profile;
mod stored;

pub use keychain::Keychain;
pub use profile::{OpenProfileError, Opened, ProfileFolder};
