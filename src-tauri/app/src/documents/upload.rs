//! A file on its way to a storage: what is written down before its first byte, so that it goes on where it was,
//! whenever the program ends, and nothing is there twice or in halves.
//!
//! Of one document of a storage there is one upload at a time on this computer ([`UploadTurn`]). What is written down
//! names the file, the document, what may be replaced, and a token that goes up with the document: by it a later
//! program sees that the document is there already. What has a part in S3 is asked of S3.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use signet_setup::{Bucket, Region};
use thiserror::Error;

use super::etag::ETag;
use super::key::{DocumentKey, OriginPath, StoragePlace};
use super::local_file::FileFacts;
use crate::hex_id;
use crate::save_error::{NotKept, Unreadable};

/// What an upload is written down as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Upload {
    /// Where to.
    pub place: StoragePlace,
    /// As what.
    pub key: DocumentKey,
    /// What may be replaced.
    pub guard: Guard,
    /// Which file.
    pub file: FileFacts,
    /// Goes up with the document.
    pub token: UploadToken,
    /// How far it is.
    pub state: UploadState,
}

/// What an upload may take the place of. Nothing is overwritten that was not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// Nothing: it goes up only while there is no such document.
    New,
    /// This version of the document, and no other.
    Replaces(ETag),
}

/// How far an upload is, as far as that has to be known when the program ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// Nothing was asked for.
    Planned,
    /// The document may be there.
    Sending,
    /// An upload in parts was asked for, and its id may be lost.
    Asking {
        /// The uploads of this key that were there before; `None` where the login may not list them.
        others: Option<Vec<UploadId>>,
    },
    /// The parts are on their way, and the document may be there.
    Parts {
        /// What S3 calls the upload.
        id: UploadId,
        /// How long a part is; the last one may be shorter.
        part_bytes: u64,
    },
}

/// A random number that an upload is known by: 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadToken(String);

/// What S3 calls an upload in parts: up to 1,024 characters that can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadId(String);

/// Why an upload is not begun or gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UploadHoldError {
    /// Another window or terminal is at work with this document.
    #[error("this document is being uploaded elsewhere")]
    Elsewhere,
    /// Something stands in the place of the file by which programs wait for each other.
    #[error("{} is no file that can be written", .file.display())]
    NoLock {
        /// Which.
        file: PathBuf,
    },
    /// It could not be written down.
    #[error(transparent)]
    Save(#[from] NotKept),
}

/// Where uploads of one person are written down.
pub trait Uploads: Sync {
    /// A document whose upload is in this program's hands.
    type Turn: UploadTurn;

    /// Takes a document of a storage in hand: the only one, until the turn is dropped.
    ///
    /// # Errors
    /// [`UploadHoldError`]; then nothing is to be done.
    fn hold(&self, place: &StoragePlace, key: &DocumentKey) -> Result<Self::Turn, UploadHoldError>;

    /// What did not come to its end and is in nobody's hands, in the order of the keys. What cannot be read is left
    /// out.
    fn unfinished(&self) -> Vec<Upload>;
}

/// A document whose upload is in this program's hands.
pub trait UploadTurn: Send + Sync {
    /// What is written down of it, from an earlier time too.
    ///
    /// # Errors
    /// [`Unreadable`].
    fn upload(&self) -> Result<Option<Upload>, Unreadable>;

    /// Writes it down, in place of what was there.
    ///
    /// # Errors
    /// [`NotKept`]; then what was there stands.
    fn keep(&self, upload: &Upload) -> Result<(), NotKept>;

    /// Nothing is left to be done.
    ///
    /// # Errors
    /// [`NotKept`]; then it is found again as unfinished, and going on with it does nothing.
    fn forget(&self) -> Result<(), NotKept>;
}

impl Upload {
    /// An upload of which nothing was done.
    #[must_use]
    pub fn new(place: StoragePlace, key: DocumentKey, guard: Guard, file: FileFacts) -> Self {
        Self { place, key, guard, file, token: UploadToken::random(), state: UploadState::Planned }
    }

    /// Whether something may be in the storage already.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.state != UploadState::Planned
    }
}

impl UploadToken {
    /// One that nobody else has.
    ///
    /// # Panics
    /// Where the system has no random numbers.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system has random numbers");
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Reads one that was written by [`UploadToken::as_str`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex_id::is_one(text).then(|| Self(text.to_owned()))
    }

    /// The token as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl UploadId {
    /// Takes what S3 says; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_one =
            (1..=1_024).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_one.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UploadToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The same in a file, where everything is text until it is read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    bucket: String,
    region: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    origin_path: String,
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
    file: FileFacts,
    token: String,
    state: WrittenState,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum WrittenState {
    Planned,
    Sending,
    Asking { others: Option<Vec<String>> },
    Parts { id: String, part_bytes: u64 },
}

impl From<Upload> for Written {
    fn from(upload: Upload) -> Self {
        let Upload { place, key, guard, file, token, state } = upload;
        let ids = |ids: Vec<UploadId>| ids.into_iter().map(|id| id.0).collect();
        Self {
            bucket: place.bucket.as_str().to_owned(),
            region: place.region.as_str().to_owned(),
            origin_path: place.origin_path.as_str().to_owned(),
            key: key.as_str().to_owned(),
            replaces: match guard {
                Guard::New => None,
                Guard::Replaces(etag) => Some(etag.as_str().to_owned()),
            },
            file,
            token: token.0,
            state: match state {
                UploadState::Planned => WrittenState::Planned,
                UploadState::Sending => WrittenState::Sending,
                UploadState::Asking { others } => WrittenState::Asking { others: others.map(ids) },
                UploadState::Parts { id, part_bytes } => {
                    WrittenState::Parts { id: id.0, part_bytes }
                }
            },
        }
    }
}

impl TryFrom<Written> for Upload {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let id = |id: String| UploadId::parse(&id).ok_or("an upload's id");
        Ok(Self {
            place: StoragePlace {
                bucket: Bucket::parse(&written.bucket).map_err(|_| "the bucket")?,
                region: Region::parse(&written.region).map_err(|_| "the region")?,
                origin_path: OriginPath::parse(&written.origin_path)
                    .map_err(|_| "the origin's path")?,
            },
            key: DocumentKey::found(&written.key).ok_or("the key")?,
            guard: match written.replaces {
                None => Guard::New,
                Some(etag) => Guard::Replaces(ETag::parse(&etag).ok_or("the version")?),
            },
            file: written.file,
            token: UploadToken::parse(&written.token).ok_or("the token")?,
            state: match written.state {
                WrittenState::Planned => UploadState::Planned,
                WrittenState::Sending => UploadState::Sending,
                WrittenState::Asking { others: None } => UploadState::Asking { others: None },
                WrittenState::Asking { others: Some(others) } => UploadState::Asking {
                    others: Some(others.into_iter().map(id).collect::<Result<_, _>>()?),
                },
                WrittenState::Parts { part_bytes: 0, .. } => return Err("a part's length"),
                WrittenState::Parts { id: text, part_bytes } => {
                    UploadState::Parts { id: id(text)?, part_bytes }
                }
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn upload() -> Upload {
        let place = StoragePlace {
            bucket: Bucket::parse("client-papers").unwrap(),
            region: Region::parse("eu-central-1").unwrap(),
            origin_path: OriginPath::default(),
        };
        let file = FileFacts::new(Path::new("/home/a/\u{dc}bersicht.pdf"), 3, None, None);
        Upload::new(place, DocumentKey::parse("2026/\u{dc}bersicht.pdf").unwrap(), Guard::New, file)
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        let id = || UploadId::parse("VXBsb2FkIElE.a-b_c").unwrap();
        let mut upload = upload();
        for state in [
            UploadState::Planned,
            UploadState::Sending,
            UploadState::Asking { others: None },
            UploadState::Asking { others: Some(vec![]) },
            UploadState::Asking { others: Some(vec![id(), id()]) },
            UploadState::Parts { id: id(), part_bytes: 8 << 20 },
        ] {
            upload.state = state;
            let text = serde_json::to_string(&upload).unwrap();
            assert_eq!(serde_json::from_str::<Upload>(&text).unwrap(), upload, "{text}");
        }
        upload.guard = Guard::Replaces(ETag::parse("\"0f\"").unwrap());
        upload.place.origin_path = OriginPath::parse("/client").unwrap();
        let text = serde_json::to_string(&upload).unwrap();
        assert_eq!(serde_json::from_str::<Upload>(&text).unwrap(), upload, "{text}");
    }

    #[test]
    fn what_is_no_upload_is_not_read() {
        let text = serde_json::to_string(&upload()).unwrap();
        assert!(serde_json::from_str::<Upload>(&text).is_ok());
        for (there, instead) in [
            ("client-papers", "Client Papers"),
            ("eu-central-1", "Frankfurt"),
            ("2026/", "2026/../"),
            ("\"planned\"", "{\"parts\":{\"id\":\"a\",\"part_bytes\":0}}"),
            ("\"planned\"", "{\"parts\":{\"id\":\"a b\",\"part_bytes\":1}}"),
            ("\"planned\"", "\"done\""),
            ("\"token\":\"", "\"token\":\"x"),
            ("{\"bucket\"", "{\"more\":1,\"bucket\""),
        ] {
            let changed = text.replacen(there, instead, 1);
            assert_ne!(changed, text);
            assert!(serde_json::from_str::<Upload>(&changed).is_err(), "{changed}");
        }
    }

    #[test]
    fn no_token_comes_twice() {
        let tokens = [UploadToken::random(), UploadToken::random()];
        assert_ne!(tokens[0], tokens[1]);
        for token in tokens {
            assert_eq!(UploadToken::parse(token.as_str()), Some(token));
        }
    }
}
