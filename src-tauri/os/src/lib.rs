//! What Signet keeps on this computer: keys in the operating system's keychain ([`SystemKeychain`]),
//! names and choices in the profile folder ([`ProfileFolder`]), the links that were made in a file
//! beside them ([`History`]), and how a key file ([`key_file`]) and a list of
//! documents ([`list_file`]) are read, files that are to become documents ([`found_files`], [`DocumentFile`]), how a file of its own is written ([`private_file`]) and one that a
//! person saves ([`saved_file`]), and that nobody reads this process's memory ([`own_process`]).
//!
//! Deliberately not here: anything that needs a window or links to a toolkit, so that a terminal
//! program can use all of it and still start in milliseconds.

mod document_file;
mod files_runs;
pub mod found_files;
mod history;
mod journal_file;
pub mod key_file;
mod keychain;
pub mod list_file;
mod lock;
mod own_file;
pub mod own_process;
pub mod private_file;
mod profile;
mod regular_file;
pub mod saved_file;
mod set_ups;
mod settings_file;
mod stored;
pub mod time_zone;
pub mod umask;
mod uploads;

pub use document_file::{DocumentFile, DocumentFiles};
pub use files_runs::{FilesRuns, KeptFilesRun};
pub use history::{History, to_csv};
pub use keychain::SystemKeychain;
pub use profile::{OpenProfileError, ProfileFolder};
pub use set_ups::{SetUpTurn, SetUps};
pub use uploads::{KeptUpload, KeptUploads};
