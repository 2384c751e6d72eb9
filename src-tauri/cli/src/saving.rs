//! Where `--output` and `--file` lead.

use std::path::Path;

use signet_os::saved_file::{self, Existing, Readers, SaveFileError};

use crate::failure::Failure;

/// Saves what is no secret. A device or a pipe that a person names is written into.
pub fn write(path: &Path, option: &str, content: &[u8]) -> Result<(), Failure> {
    match saved_file::write(path, content, Existing::Replaced, Readers::AsUsual) {
        Err(SaveFileError::NotAFile) if !path.is_dir() => saved_file::write_into(path, content)
            .map_err(|error| not_saved(option, SaveFileError::Other(error.kind()))),
        saved => saved.map_err(|error| not_saved(option, error)),
    }
}

/// Saves a key, where nothing is yet.
pub fn write_key(path: &Path, option: &str, content: &[u8]) -> Result<(), Failure> {
    saved_file::write(path, content, Existing::Kept, Readers::Owner)
        .map_err(|error| not_saved(option, error))
}

fn not_saved(option: &str, error: SaveFileError) -> Failure {
    let do_now = match error {
        SaveFileError::IsThere => {
            return Failure::other(
                format!("The file of {option} is there already."),
                format!("Give another name with {option}."),
            );
        }
        SaveFileError::NotAFile => "Give the name of a file.",
        SaveFileError::NoFolder => "Give a file in a folder that is there.",
        SaveFileError::FolderLocked => {
            "Give a file in a folder of yours, or let Signet write to the standard output."
        }
        SaveFileError::NotAllowed => "Give a file in a folder that you may write to.",
        SaveFileError::Full => "Make room on the disk and try again.",
        SaveFileError::Other(_) => "Look whether it can be written to, or give another file.",
    };
    Failure::other(format!("The file of {option} could not be written: {error}."), do_now)
}
