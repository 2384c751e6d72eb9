//! Why a file of Signet's own could not be written. Which one is said by whoever asked for it.

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
