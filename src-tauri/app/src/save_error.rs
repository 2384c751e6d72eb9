//! Why a file of Signet's own could not be written or read. Which one is said by whoever asked for it, or here where
//! there are several.

use std::path::PathBuf;

use thiserror::Error;

/// Why a file could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "FailReason"))]
#[serde(rename_all = "camelCase")]
pub enum SaveError {
    /// No space is left.
    #[error("the disk is full")]
    DiskFull,
    /// The folder may not be written.
    #[error("the folder cannot be written to")]
    ReadOnly,
    /// Anything else.
    #[error("the system did not write it")]
    Other,
}

/// A file could not be written. What it held before stands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} could not be written: {why}", .file.display())]
pub struct NotKept {
    /// The file.
    pub file: PathBuf,
    /// Why.
    pub why: SaveError,
}

/// A file of Signet's own is there and cannot be read. It stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} cannot be read", .file.display())]
pub struct Unreadable {
    /// The file.
    pub file: PathBuf,
}
