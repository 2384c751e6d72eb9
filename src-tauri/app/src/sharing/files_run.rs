//! What is written down of files that become documents together, before the first byte of the first one, so that a killed
//! program is gone on with: which files, where to, until when their links work, and what each may take the place of.
//!
//! How far it is is not in it: that is seen by what is written down of each upload ([`crate::documents::Upload`]).

use serde::{Deserialize, Serialize};

use super::many_files::Replaces;
use crate::documents::{ETag, Folder, FoundFile, UploadToken};
use crate::site::SiteId;

/// So many files are shared together at most, in the window.
pub const MAX_FILES: usize = 10_000;

/// Names a run.
pub type RunId = UploadToken;

/// Files that become documents of a site together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct FilesRun {
    /// Whose documents.
    pub site: SiteId,
    /// The folder of the site, as a person calls it.
    pub folder: Folder,
    /// When every link ends, Unix time: nobody gets another one by going on later.
    pub expires_at: i64,
    /// When it was begun, Unix time.
    pub begun_at: i64,
    /// The files, and what each may take the place of.
    pub files: Vec<(FoundFile, Replaces)>,
}

/// The same in a file, where everything is text until it is read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    site: String,
    folder: String,
    expires_at: i64,
    begun_at: i64,
    files: Vec<WrittenFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    file: FoundFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
}

impl From<FilesRun> for Written {
    fn from(run: FilesRun) -> Self {
        let file = |(file, replaces)| WrittenFile {
            file,
            replaces: match replaces {
                Replaces::Version(etag) => Some(etag.as_str().to_owned()),
                // What was not shown is never replaced later.
                Replaces::Nothing | Replaces::WhatIsThere => None,
            },
        };
        Self {
            site: run.site.as_str().to_owned(),
            folder: run.folder.as_str().to_owned(),
            expires_at: run.expires_at,
            begun_at: run.begun_at,
            files: run.files.into_iter().map(file).collect(),
        }
    }
}

impl TryFrom<Written> for FilesRun {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let file = |WrittenFile { file, replaces }| {
            let version = |etag: String| ETag::parse(&etag).ok_or("the version");
            let replaces = replaces.map(version).transpose()?;
            Ok((file, replaces.map_or(Replaces::Nothing, Replaces::Version)))
        };
        Ok(Self {
            site: SiteId::parse(&written.site).ok_or("the site")?,
            folder: Folder::parse(&written.folder).map_err(|_| "the folder")?,
            expires_at: written.expires_at,
            begun_at: written.begun_at,
            files: written.files.into_iter().map(file).collect::<Result<_, &'static str>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> FilesRun {
        let file = |name: &str| FoundFile {
            path: format!("/home/a/Papers/{name}").into(),
            folder: "Papers".to_owned(),
            name: name.to_owned(),
            size: 3,
        };
        FilesRun {
            site: SiteId::parse("0123456789abcdef0123456789abcdef").unwrap(),
            folder: Folder::parse("reports/2026").unwrap(),
            expires_at: 2_000_000_000,
            begun_at: 1_900_000_000,
            files: vec![
                (file("a.pdf"), Replaces::Nothing),
                (file("\u{dc}.pdf"), Replaces::Version(ETag::parse("\"0f\"").unwrap())),
            ],
        }
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        let text = serde_json::to_string(&run()).unwrap();
        assert_eq!(serde_json::from_str::<FilesRun>(&text).unwrap(), run(), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_comes_back_byte_for_byte() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let mut odd = run();
        odd.files[0].0.path = OsStr::from_bytes(b"/home/a/\xff.pdf").into();
        let text = serde_json::to_string(&odd).unwrap();
        assert_eq!(serde_json::from_str::<FilesRun>(&text).unwrap(), odd);
    }

    #[test]
    fn what_is_no_run_is_not_read() {
        let text = serde_json::to_string(&run()).unwrap();
        for (there, instead) in [
            ("0123456789abcdef", "somewhere"),
            ("reports/2026", "reports/../2026"),
            ("\"0f\"", "\"0 f\""),
            ("{\"site\"", "{\"more\":1,\"site\""),
        ] {
            let changed = text.replacen(there, instead, 1);
            assert_ne!(changed, text);
            assert!(serde_json::from_str::<FilesRun>(&changed).is_err(), "{changed}");
        }
    }

    #[test]
    fn what_was_never_shown_is_not_replaced_later() {
        let mut careless = run();
        careless.files[0].1 = Replaces::WhatIsThere;
        let text = serde_json::to_string(&careless).unwrap();
        assert_eq!(serde_json::from_str::<FilesRun>(&text).unwrap(), run());
    }
}
