//! The shapes in which it crosses IPC that a site has an access key: with its ID, which is no secret, and nothing else of it.

use serde::{Deserialize, Serialize};

use super::sites::SiteView;
use crate::ipc::ChosenFile;

/// The site that is to have an access key, and where that is.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetAccessKeyRequest {
    pub id: String,
    pub from: AccessKeyFrom,
}

/// Where an access key is that is to be kept. Whichever it is, Rust reads it.
#[derive(Deserialize, Clone, Copy)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum AccessKeyFrom {
    /// In a file that the person chooses.
    File,
    Clipboard,
}

/// What became of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AccessKeyOutcome {
    Cancelled,
    Kept {
        site: Box<SiteView>,
        /// The file that holds it still; null where it was on the clipboard.
        file: Option<AccessKeyFile>,
    },
}

/// As much of a file's place as a person needs to find it again.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AccessKeyFile {
    pub name: String,
    /// The last folder's name alone, never a path.
    pub folder: String,
}

impl From<ChosenFile> for AccessKeyFile {
    fn from(ChosenFile { name, folder }: ChosenFile) -> Self {
        Self { name, folder }
    }
}
