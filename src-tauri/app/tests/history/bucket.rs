//! A storage in memory, which refuses what S3 refuses, and what is written down of uploads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use signet_app::App;
use signet_app::documents::{
    AskError, DocumentKey, DocumentLogin, DocumentStore, DocumentStores, ETag, FileFacts, FileTime,
    FileTrouble, Folder, Guard, Listing, LocalFile, NotKept, PageMark, PutError, RemoveError,
    Removed, RenameError, Renamed, RestoreError, StoragePlace, StoredDocument, Undo, Unreadable,
    Upload, UploadHoldError, UploadState, UploadTurn, UploadWatch, Uploads,
};
use signet_app::setup::{NotReached, Reach};
use signet_cloudfront::address::DocumentAddress;
use signet_setup::DistributionId;

use crate::stage::NOW;

pub type Meanwhile = Box<dyn FnOnce(&mut World) + Send>;

#[derive(Clone, Default)]
pub struct Bucket(Arc<Mutex<World>>);

#[derive(Default)]
pub struct World {
    documents: BTreeMap<String, Held>,
    uploads: BTreeMap<String, Upload>,
    held: BTreeSet<String>,
    /// What was done, in its order.
    pub done: Vec<String>,
    /// CloudFront takes no word about its caches.
    pub refuses_caches: bool,
    /// What somebody else does just before a document is put there.
    pub meanwhile: Option<Meanwhile>,
}

#[derive(Clone)]
struct Held {
    bytes: Vec<u8>,
    token: String,
}

impl Held {
    fn etag(&self) -> ETag {
        let sum: u64 = self.bytes.iter().map(|byte| u64::from(*byte)).sum();
        ETag::parse(&format!("{}-{sum}", self.bytes.len())).unwrap()
    }
}

impl World {
    /// Somebody else puts a document there.
    pub fn put(&mut self, key: &str, bytes: &[u8]) {
        let held = Held { bytes: bytes.to_vec(), token: String::new() };
        self.documents.insert(key.to_owned(), held);
    }

    pub fn remove(&mut self, key: &str) {
        self.documents.remove(key).unwrap();
    }

    pub fn bytes(&self, key: &str) -> Option<&[u8]> {
        self.documents.get(key).map(|held| held.bytes.as_slice())
    }

    pub fn keys(&self) -> Vec<&str> {
        self.documents.keys().map(String::as_str).collect()
    }

    /// What is written down of uploads.
    pub fn written(&self) -> Vec<&str> {
        self.uploads.keys().map(String::as_str).collect()
    }

    fn look(&self, key: &DocumentKey) -> Option<StoredDocument> {
        let held = self.documents.get(key.as_str())?;
        let (size, etag) = (held.bytes.len() as u64, held.etag());
        Some(StoredDocument { key: key.clone(), size, modified: NOW, etag })
    }
}

impl Bucket {
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    /// Another program puts a document of this key there.
    pub fn hold(&self, key: &str) {
        self.world().held.insert(key.to_owned());
    }
}

impl DocumentStores for Bucket {
    type Store = Self;

    async fn open(&self, _: &DocumentLogin, _: &StoragePlace) -> Result<Self, AskError> {
        Ok(self.clone())
    }
}

impl DocumentStore for Bucket {
    async fn list(
        &self,
        folder: &Folder,
        _: Option<&PageMark>,
        _: u16,
    ) -> Result<Listing, AskError> {
        let world = self.world();
        let keys = world.documents.keys().filter_map(|key| DocumentKey::found(key));
        let keys = keys.filter(|key| key.folder() == *folder);
        let documents = keys.filter_map(|key| world.look(&key)).collect();
        Ok(Listing { folders: vec![], documents, without_address: 0, next: None })
    }

    async fn look(&self, key: &DocumentKey) -> Result<Option<StoredDocument>, AskError> {
        Ok(self.world().look(key))
    }

    async fn put<F: LocalFile + 'static>(
        &self,
        upload: &mut Upload,
        file: Arc<F>,
        watch: &mut (dyn UploadWatch + Send),
    ) -> Result<StoredDocument, PutError> {
        let meanwhile = self.world().meanwhile.take();
        if let Some(meanwhile) = meanwhile {
            meanwhile(&mut self.world());
        }
        let there = self.world().documents.get(upload.key.as_str()).cloned();
        let shown = self.world().look(&upload.key);
        if let (Some(there), Some(shown)) = (&there, &shown)
            && there.token == upload.token.as_str()
        {
            return Ok(shown.clone());
        }
        match (&upload.guard, shown) {
            (Guard::New, Some(there)) => return Err(PutError::AlreadyThere { there }),
            (Guard::Replaces(etag), there)
                if there.as_ref().map(|there| &there.etag) != Some(etag) =>
            {
                return Err(PutError::ChangedMeanwhile { there });
            }
            _ => {}
        }
        upload.state = UploadState::Sending;
        watch.keep(upload)?;
        file.check()?;
        let mut bytes = vec![0; usize::try_from(file.facts().size).unwrap()];
        file.read_at(0, &mut bytes)?;
        watch.sent(bytes.len() as u64);
        let mut world = self.world();
        world.done.push(format!("put {}", upload.key));
        let token = upload.token.as_str().to_owned();
        world.documents.insert(upload.key.to_string(), Held { bytes, token });
        Ok(world.look(&upload.key).unwrap())
    }

    async fn abort(&self, upload: &Upload) -> Result<(), AskError> {
        self.world().done.push(format!("abort {}", upload.key));
        Ok(())
    }

    async fn rename(
        &self,
        document: &StoredDocument,
        to: &DocumentKey,
    ) -> Result<Renamed, RenameError> {
        let mut world = self.world();
        if let Some(there) = world.look(to) {
            return Err(RenameError::AlreadyThere { there });
        }
        let held = world.documents.remove(document.key.as_str()).unwrap();
        world.documents.insert(to.to_string(), held);
        world.done.push(format!("rename {} {to}", document.key));
        Ok(Renamed { document: world.look(to).unwrap(), undo: None })
    }

    async fn remove(&self, document: &StoredDocument) -> Result<Removed, RemoveError> {
        let mut world = self.world();
        let there = world.look(&document.key);
        if there.as_ref() != Some(document) {
            return Err(RemoveError::ChangedMeanwhile { there });
        }
        world.remove(document.key.as_str());
        world.done.push(format!("remove {}", document.key));
        Ok(Removed { undo: None })
    }

    async fn restore(&self, _: &Undo) -> Result<StoredDocument, RestoreError> {
        Err(RestoreError::NotKept)
    }

    async fn invalidate(
        &self,
        distribution: &DistributionId,
        document: &DocumentAddress,
    ) -> Result<(), AskError> {
        let mut world = self.world();
        if world.refuses_caches {
            let action = "cloudfront:CreateInvalidation".to_owned();
            return Err(AskError::NotAllowed { action, denied_by: None });
        }
        world.done.push(format!("tell {} {}", distribution.as_str(), document.path()));
        Ok(())
    }
}

/// A document in hand.
pub struct Turn {
    bucket: Bucket,
    key: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.bucket.world().held.remove(&self.key);
    }
}

impl Uploads for Bucket {
    type Turn = Turn;

    fn hold(&self, _: &StoragePlace, key: &DocumentKey) -> Result<Turn, UploadHoldError> {
        match self.world().held.insert(key.to_string()) {
            true => Ok(Turn { bucket: self.clone(), key: key.to_string() }),
            false => Err(UploadHoldError::Elsewhere),
        }
    }

    fn unfinished(&self) -> Vec<Upload> {
        let world = self.world();
        let free = world.uploads.iter().filter(|(key, _)| !world.held.contains(*key));
        free.map(|(_, upload)| upload.clone()).collect()
    }
}

impl UploadTurn for Turn {
    fn upload(&self) -> Result<Option<Upload>, Unreadable> {
        Ok(self.bucket.world().uploads.get(&self.key).cloned())
    }

    fn keep(&self, upload: &Upload) -> Result<(), NotKept> {
        assert_eq!(upload.key.as_str(), self.key);
        self.bucket.world().uploads.insert(self.key.clone(), upload.clone());
        Ok(())
    }

    fn forget(&self) -> Result<(), NotKept> {
        self.bucket.world().uploads.remove(&self.key);
        Ok(())
    }
}

/// A file of this computer, in memory.
pub struct File {
    facts: FileFacts,
    bytes: Vec<u8>,
    trouble: Option<FileTrouble>,
}

impl File {
    /// While it is read, this happens.
    pub fn troubled(self, trouble: FileTrouble) -> Self {
        Self { trouble: Some(trouble), ..self }
    }

    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let path = Path::new("/home/ada").join(name);
        let modified = Some(FileTime { seconds: 1, nanoseconds: 0 });
        let facts = FileFacts::new(&path, bytes.len() as u64, modified, None);
        Self { facts, bytes: bytes.to_vec(), trouble: None }
    }
}

impl LocalFile for File {
    fn facts(&self) -> &FileFacts {
        &self.facts
    }

    fn read_at(&self, offset: u64, bytes: &mut [u8]) -> Result<(), FileTrouble> {
        let start = usize::try_from(offset).unwrap();
        let there = self.bytes.get(start..start + bytes.len()).ok_or(FileTrouble::Shrank)?;
        bytes.copy_from_slice(there);
        Ok(())
    }

    fn check(&self) -> Result<(), FileTrouble> {
        self.trouble.map_or(Ok(()), Err)
    }
}

pub struct Here<'a>(pub &'a App);

impl Reach for Here<'_> {
    async fn keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        Ok(work(self.0))
    }

    async fn disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        Ok(work(self.0))
    }
}
