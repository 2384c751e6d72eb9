//! Which documents are on their way to a storage, a small file for each beside the settings: private, and replaced
//! whole. The path of the file on this computer is in it, and no login and nothing of its content.
//!
//! Of one document of a storage there is one upload at a time ([`KeptUpload`]), whichever window or terminal it is of.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use signet_app::SaveError;
use signet_app::documents::{
    DocumentKey, NotKept, StoragePlace, Unreadable, Upload, UploadHoldError, UploadTurn, Uploads,
};

use crate::files_runs::FilesRuns;
use crate::journal_file::{self, TakeError};
use crate::lock::Lock;

/// Bumped whenever an older Signet could not read what a newer one wrote.
const VERSION: u32 = 1;

const START: &str = "upload-";
const END: &str = ".json";
const LOCK_END: &str = ".lock";

/// The uploads of one person on one computer.
#[derive(Clone)]
pub struct KeptUploads {
    folder: PathBuf,
}

/// A document whose upload is in this program's hands, until this is dropped.
pub struct KeptUpload {
    file: PathBuf,
    name: String,
    _lock: Lock,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    upload: Upload,
}

impl KeptUploads {
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Which files of these go together.
    pub fn runs(&self) -> FilesRuns {
        FilesRuns::at(self.folder.clone())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{START}{name}{END}"))
    }

    fn lock(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{START}{name}{LOCK_END}"))
    }
}

impl Uploads for KeptUploads {
    type Turn = KeptUpload;

    fn hold(&self, place: &StoragePlace, key: &DocumentKey) -> Result<KeptUpload, UploadHoldError> {
        let name = name_of(place, key);
        let lock = journal_file::take(self.lock(&name)).map_err(|error| match error {
            TakeError::Elsewhere => UploadHoldError::Elsewhere,
            TakeError::NoLock(file) => UploadHoldError::NoLock { file },
            TakeError::NotKept(error) => error.into(),
        })?;
        Ok(KeptUpload { file: self.file(&name), name, _lock: lock })
    }

    fn unfinished(&self) -> Vec<Upload> {
        let names = journal_file::names(&self.folder, START, END);
        let mut uploads: Vec<_> = names
            .into_iter()
            .filter(|name| !Lock::is_taken(&self.lock(name)))
            .filter_map(|name| {
                let stored = journal_file::read::<Stored>(&self.file(&name)).ok()??;
                stored.of(&name)
            })
            .collect();
        uploads.sort_by(|one, other| one.key.cmp(&other.key));
        uploads
    }
}

impl UploadTurn for KeptUpload {
    fn upload(&self) -> Result<Option<Upload>, Unreadable> {
        let Some(stored) = journal_file::read::<Stored>(&self.file)? else { return Ok(None) };
        let unreadable = || Unreadable { file: self.file.clone() };
        stored.of(&self.name).map(Some).ok_or_else(unreadable)
    }

    fn keep(&self, upload: &Upload) -> Result<(), NotKept> {
        // Another document's is in nobody's hands here.
        if name_of(&upload.place, &upload.key) != self.name {
            return Err(NotKept { file: self.file.clone(), why: SaveError::Other });
        }
        journal_file::write(&self.file, &Stored { version: VERSION, upload: upload.clone() })
    }

    fn forget(&self) -> Result<(), NotKept> {
        journal_file::remove(&self.file)
    }
}

impl Stored {
    /// The upload, where the file is what its name says.
    fn of(self, name: &str) -> Option<Upload> {
        let Self { version, upload } = self;
        let is_it = version == VERSION && name_of(&upload.place, &upload.key) == name;
        is_it.then_some(upload)
    }
}

/// What the files of a document's upload are called: a key has letters that no file's name may have.
fn name_of(place: &StoragePlace, key: &DocumentKey) -> String {
    let hash = Sha256::digest(format!("{}\n{key}", place.bucket.as_str()));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    use signet_app::documents::{ETag, FileFacts, Guard, OriginPath, UploadId, UploadState};
    use signet_setup::{Bucket, Region};

    fn place() -> StoragePlace {
        StoragePlace {
            bucket: Bucket::parse("client-papers").unwrap(),
            region: Region::parse("eu-central-1").unwrap(),
            origin_path: OriginPath::default(),
        }
    }

    fn upload(key: &str) -> Upload {
        let file = FileFacts::new(Path::new("/home/a/Contract.pdf"), 3, None, None);
        Upload::new(place(), DocumentKey::parse(key).unwrap(), Guard::New, file)
    }

    fn files(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn what_is_on_its_way_is_written_down_until_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = KeptUploads::at(folder.path().join("signet"));
        assert_eq!(uploads.unfinished(), []);
        let mut one = upload("2026/\u{dc}bersicht \u{2764}\u{fe0f}.pdf");
        let turn = uploads.hold(&one.place, &one.key).unwrap();
        assert_eq!(turn.upload(), Ok(None));
        turn.keep(&one).unwrap();
        one.guard = Guard::Replaces(ETag::parse("0f").unwrap());
        let id = UploadId::parse("id").unwrap();
        one.state = UploadState::Parts { id, part_bytes: 8 << 20 };
        turn.keep(&one).unwrap();
        assert_eq!(turn.upload(), Ok(Some(one.clone())));
        // It is going on, and not unfinished.
        assert_eq!(uploads.unfinished(), []);
        drop(turn);
        assert_eq!(uploads.unfinished(), [one.clone()]);
        let other = upload("2026/A.pdf");
        uploads.hold(&other.place, &other.key).unwrap().keep(&other).unwrap();
        assert_eq!(uploads.unfinished(), [other, one.clone()]);
        let turn = uploads.hold(&one.place, &one.key).unwrap();
        assert_eq!(turn.upload(), Ok(Some(one)));
        turn.forget().unwrap();
        turn.forget().unwrap();
        assert_eq!(turn.upload(), Ok(None));
        drop(turn);
        assert_eq!(files(&folder.path().join("signet")).len(), 1);
    }

    #[test]
    fn of_one_document_one_upload_is_going_on() {
        let folder = tempfile::tempdir().unwrap();
        let [here, there] = [(); 2].map(|()| KeptUploads::at(folder.path().to_owned()));
        let (one, other) = (upload("a.pdf"), upload("b.pdf"));
        let turn = here.hold(&one.place, &one.key).unwrap();
        for uploads in [&here, &there] {
            let refused = uploads.hold(&one.place, &one.key).err();
            assert_eq!(refused, Some(UploadHoldError::Elsewhere));
        }
        drop(there.hold(&other.place, &other.key).unwrap());
        let mut elsewhere = one.place.clone();
        elsewhere.bucket = Bucket::parse("other-papers").unwrap();
        drop(there.hold(&elsewhere, &one.key).unwrap());
        assert!(turn.keep(&other).is_err());
        drop(turn);
        drop(there.hold(&one.place, &one.key).unwrap());
        assert_eq!(files(folder.path()), [""; 0]);
    }

    #[test]
    fn what_cannot_be_read_or_written_is_named_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = KeptUploads::at(folder.path().to_owned());
        let (one, other) = (upload("a.pdf"), upload("b.pdf"));
        let turn = uploads.hold(&one.place, &one.key).unwrap();
        turn.keep(&one).unwrap();
        let file = turn.file.clone();
        let text = fs::read_to_string(&file).unwrap();
        for junk in [
            "",
            "{",
            &text.replace("\"version\": 1", "\"version\": 2"),
            &text.replace("a.pdf", "b.pdf"),
        ] {
            fs::write(&file, junk).unwrap();
            assert_eq!(turn.upload(), Err(Unreadable { file: file.clone() }), "{junk}");
            assert_eq!(fs::read_to_string(&file).unwrap(), *junk);
        }
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(turn.keep(&one).unwrap_err().file, file);
        drop(turn);
        assert_eq!(uploads.unfinished(), []);
        let lock = uploads.lock(&name_of(&other.place, &other.key));
        fs::create_dir(&lock).unwrap();
        let refused = uploads.hold(&other.place, &other.key).err();
        assert_eq!(refused, Some(UploadHoldError::NoLock { file: lock }));
    }

    #[cfg(unix)]
    #[test]
    fn is_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("signet");
        let one = upload("a.pdf");
        let turn = KeptUploads::at(home.clone()).hold(&one.place, &one.key).unwrap();
        turn.keep(&one).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&home), 0o700);
        for name in files(&home) {
            assert_eq!(mode(&home.join(&name)), 0o600, "{name}");
        }
        assert_eq!(files(&home).len(), 2);
    }
}
