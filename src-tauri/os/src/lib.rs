//! What Signet keeps on this computer: keys in the operating system's keychain ([`Keychain`]),
//! names and choices in the profile folder ([`ProfileFolder`]), the links that were made in a file
//! beside them ([`History`]), and how a key file ([`key_file`]) and a list of
//! documents ([`list_file`]) are read, and how a file for its owner alone is written ([`private_file`]).
//!
//! Deliberately not here: anything that needs a window or links to a toolkit, so that a terminal
//! program can use all of it and still start in milliseconds.

mod history;
pub mod key_file;
mod keychain;
pub mod list_file;
mod lock;
pub mod private_file;
mod profile;
mod regular_file;
mod set_ups;
mod settings;
mod stored;

pub use history::{History, to_csv};
pub use keychain::Keychain;
pub use profile::{OpenProfileError, ProfileFolder};
pub use set_ups::{SetUps, Unreadable};
