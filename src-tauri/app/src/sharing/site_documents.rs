//! The documents of a site: what is there, what a file of this computer would lie beside or in the place of, and a
//! document that is put there, renamed or taken away, each with the links that it concerns.
//!
//! The order is always the same: the storage first, then CloudFront's caches, then a link. What was done stays and is
//! told, whatever becomes of the rest: a document that is there without a link is no failure of the document.

use std::sync::Arc;

use chrono::TimeZone;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::site::SiteAddress;
use thiserror::Error;

use super::document_links::{DocumentLinks, WantedLink};
use crate::access_keys::{OpenAccessKeyError, document_login};
use crate::ask_error::AskError;
use crate::documents::{
    DocumentKey, DocumentKeyError, DocumentStore, DocumentStores, FileFacts, Folder, Guard,
    Listing, LocalFile, MAX_KEY_BYTES, NotAddressed, PageMark, PutError, RemoveError, Removed,
    RenameError, Renamed, RestoreError, StoragePlace, StoredDocument, Undo, Upload,
    UploadHoldError, UploadTurn, UploadWatch, Uploads,
};
use crate::history::HistoryStoreError;
use crate::links::{CreateLinkError, NewLink};
use crate::login::Login;
use crate::reach::{NotReached, Reach};
use crate::save_error::{NotKept, Unreadable};
use crate::site::{Site, SiteId};
use crate::storage::Storage;

/// So often another name is tried where somebody else takes each in that very moment.
const MOST_NAMES: usize = 100;

/// The documents of one site, whose storage is open.
pub struct SiteDocuments<'a, S, U, R> {
    site: SiteId,
    address: SiteAddress,
    storage: Storage,
    place: StoragePlace,
    store: S,
    uploads: &'a U,
    pub(super) app: &'a R,
    /// What was on its way when it was opened: of a run of many files that is asked for once.
    unfinished: Vec<Upload>,
}

/// Why the documents of a site cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenDocumentsError {
    /// No such site in the list.
    #[error("no such site")]
    Unknown,
    /// Nobody has said where its documents lie.
    #[error("it is not known where the documents of this site lie")]
    NoStorage,
    /// CloudFront knows none of its keys, so that no link would open anything.
    #[error("the site is not set up yet")]
    NotSetUp,
    /// Its access key cannot be used.
    #[error(transparent)]
    AccessKey(#[from] OpenAccessKeyError),
    /// The storage did not answer.
    #[error(transparent)]
    Ask(#[from] AskError),
}

/// A file of this computer, and where it would lie. Nothing is done yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDocument {
    /// Which file.
    pub file: FileFacts,
    /// What it would be called.
    pub key: DocumentKey,
    /// Where it would open.
    pub address: DocumentAddress,
    /// What is there already.
    pub there: Option<DocumentThere>,
    /// The same file was on its way there before, under this name or one beside it, and that did not come to its end.
    pub begun: Option<Upload>,
}

/// A document in whose place another one would lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentThere {
    /// It.
    pub document: StoredDocument,
    /// The links that open it.
    pub links: Result<DocumentLinks, HistoryStoreError>,
    /// What the new one is called where both are kept.
    pub beside: DocumentKey,
}

/// What happens where a document of that name is there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum IfThere {
    /// Both are kept, the new one under another name.
    #[default]
    KeepBoth,
    /// The new one takes its place, and the links to it open the new one.
    Replace,
}

/// A document that was put there. Until it is [finished](SiteDocuments::finish), it is found again by the next plan for
/// the same file, so that nothing is done twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutDocument {
    /// It.
    pub document: StoredDocument,
    /// Where it opens.
    pub address: DocumentAddress,
    /// Whether it took the place of another one.
    pub has_replaced: bool,
    /// What became of CloudFront's caches.
    pub caches: Caches,
    upload: Upload,
    /// An earlier run may have made its link.
    was_begun: bool,
}

/// Whether CloudFront's caches know that a document is another one now, or gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caches {
    /// They have nothing of it.
    Untouched,
    /// They were told; it takes them a minute or so.
    Told,
    /// Nobody said which distribution it is, so readers may get the old one for a day.
    NotKnown,
    /// CloudFront did not take it, so readers may get the old one for a day.
    NotTold(AskError),
}

/// Why a file has no place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanDocumentError {
    /// It cannot be called so.
    #[error(transparent)]
    Name(#[from] DocumentKeyError),
    /// No link of the site could open it.
    #[error(transparent)]
    Address(#[from] NotAddressed),
    /// The storage did not answer.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The history was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
}

/// Why a document was not put there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PutDocumentError {
    /// It is on its way from another window or terminal, or that cannot be known.
    #[error(transparent)]
    Hold(#[from] UploadHoldError),
    /// What was written down of an earlier time cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Nothing of it is written down, so nothing was done.
    #[error(transparent)]
    Save(#[from] NotKept),
    /// No link of the site could open it.
    #[error(transparent)]
    Address(#[from] NotAddressed),
    /// The storage does not have it.
    #[error(transparent)]
    Put(#[from] PutError),
}

/// Why there is no link to a document that is there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LinkDocumentError {
    /// It could not be made.
    #[error(transparent)]
    Create(#[from] CreateLinkError),
    /// The keys were not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
}

/// A document that was renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedDocument {
    /// It, and how it comes back under its old name.
    pub renamed: Renamed,
    /// Where it opens now.
    pub address: DocumentAddress,
    /// What became of CloudFront's caches of the old address.
    pub caches: Caches,
}

/// Why a document was not renamed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenameDocumentError {
    /// No link of the site could open it.
    #[error(transparent)]
    Address(#[from] NotAddressed),
    /// The storage did not do it.
    #[error(transparent)]
    Rename(#[from] RenameError),
}

/// A document that was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedDocument {
    /// How it comes back.
    pub removed: Removed,
    /// What became of CloudFront's caches.
    pub caches: Caches,
}

/// What whoever started an upload does meanwhile: shows how far it is, and stops it.
pub trait ShowUpload {
    /// So many bytes are in the storage.
    fn sent(&mut self, bytes: u64);

    /// Whether to stop. Asked several times a second.
    fn is_stopped(&self) -> bool;
}

/// Keeps what is written down of an upload, and passes on how far it is.
struct Watching<'a, T> {
    turn: &'a T,
    show: &'a mut (dyn ShowUpload + Send),
}

impl<T: UploadTurn> UploadWatch for Watching<'_, T> {
    fn keep(&mut self, upload: &Upload) -> Result<(), NotKept> {
        self.turn.keep(upload)
    }

    fn sent(&mut self, bytes: u64) {
        self.show.sent(bytes);
    }

    fn is_stopped(&self) -> bool {
        self.show.is_stopped()
    }
}

impl<'a, S: DocumentStore, U: Uploads, R: Reach> SiteDocuments<'a, S, U, R> {
    /// Opens the storage of a site, with its own login or access key, or with a profile or an address that is asked for.
    ///
    /// # Errors
    /// [`OpenDocumentsError`].
    pub async fn open<A: DocumentStores<Store = S>>(
        stores: &A,
        uploads: &'a U,
        app: &'a R,
        site: &Site,
        login: Option<&Login>,
    ) -> Result<Self, OpenDocumentsError> {
        let storage = site.storage.clone().ok_or(OpenDocumentsError::NoStorage)?;
        let address = site.signing_key().ok_or(OpenDocumentsError::NotSetUp)?.site;
        let place = storage.place();
        let asked = login.cloned().unwrap_or_default();
        let login = document_login(app, &site.id, &storage, asked).await?;
        let store = stores.open(&login, &place).await?;
        let mut unfinished = uploads.unfinished();
        unfinished.retain(|upload| upload.place == place);
        Ok(Self { site: site.id.clone(), address, storage, place, store, uploads, app, unfinished })
    }

    /// Where they lie.
    pub fn storage(&self) -> &Storage {
        &self.storage
    }

    /// A folder of the site, as a person calls it, in the storage.
    ///
    /// # Errors
    /// [`DocumentKeyError`].
    pub fn folder(&self, folder: &Folder) -> Result<Folder, DocumentKeyError> {
        self.place.root().within(folder.as_str())
    }

    /// A document of the site, as a person calls it, in the storage.
    ///
    /// # Errors
    /// [`DocumentKeyError`].
    pub fn key(&self, text: &str) -> Result<DocumentKey, DocumentKeyError> {
        let name = text.strip_prefix('/').unwrap_or(text);
        DocumentKey::parse(&format!("{}{name}", self.place.root()))
    }

    /// What a person calls a document: its key without the part of the bucket that nobody sees.
    pub fn name_of<'k>(&self, key: &'k str) -> &'k str {
        key.strip_prefix(self.place.root().as_str()).unwrap_or(key)
    }

    /// Where a document opens.
    ///
    /// # Errors
    /// [`NotAddressed`].
    pub fn address(&self, key: &DocumentKey) -> Result<DocumentAddress, NotAddressed> {
        key.address(&self.place.origin_path, &self.address)
    }

    /// A part of what a folder of the storage has.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn list(
        &self,
        folder: &Folder,
        after: Option<&PageMark>,
        most: u16,
    ) -> Result<Listing, AskError> {
        self.store.list(folder, after, most).await
    }

    /// A document of the storage, as it is now.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn look(&self, key: &DocumentKey) -> Result<Option<StoredDocument>, AskError> {
        self.store.look(key).await
    }

    /// The links of each of these documents that have not ended, in their order.
    ///
    /// # Errors
    /// [`NotReached`], and where the history cannot be read [`HistoryStoreError`].
    pub async fn links_of(
        &self,
        keys: &[&DocumentKey],
        now: i64,
    ) -> Result<Result<Vec<DocumentLinks>, HistoryStoreError>, NotReached> {
        let addresses: Vec<_> = keys.iter().map(|key| self.address(key).ok()).collect();
        self.app
            .disk(move |app| {
                let known: Vec<_> = addresses.iter().flatten().cloned().collect();
                let mut counted = app.links_of(&known, now)?.into_iter();
                // What has no address has no links.
                let links = addresses.iter().map(|address| match address {
                    Some(_) => counted.next().unwrap_or_default(),
                    None => DocumentLinks::default(),
                });
                Ok(links.collect())
            })
            .await
    }

    /// Where a file would lie in a folder of the storage, and what is there already. Nothing is changed.
    ///
    /// # Errors
    /// [`PlanDocumentError`].
    pub async fn plan(
        &self,
        file: &FileFacts,
        folder: &Folder,
        name: &str,
        now: i64,
    ) -> Result<PlannedDocument, PlanDocumentError> {
        let key = folder.key(name)?;
        let address = self.address(&key)?;
        let begun = self.begun(file, &key);
        let there = match self.store.look(&key).await? {
            Some(document) => Some(self.there(document, now).await?),
            None => None,
        };
        Ok(PlannedDocument { file: file.clone(), key, address, there, begun })
    }

    async fn there(
        &self,
        document: StoredDocument,
        now: i64,
    ) -> Result<DocumentThere, PlanDocumentError> {
        let links = self.links_of(&[&document.key], now).await?;
        let links = links.map(|links| links.first().copied().unwrap_or_default());
        let beside = self.free_beside(&document.key).await?;
        Ok(DocumentThere { document, links, beside })
    }

    /// The first name beside a document that nothing has.
    async fn free_beside(&self, key: &DocumentKey) -> Result<DocumentKey, PlanDocumentError> {
        for copy in key.copies() {
            // No room for a number is no room for the document.
            if self.address(&copy).is_ok() && self.store.look(&copy).await?.is_none() {
                return Ok(copy);
            }
        }
        let length = key.as_str().len();
        Err(DocumentKeyError::TooLong { length, most: MAX_KEY_BYTES }.into())
    }

    /// The same file on its way to this place, from an earlier time.
    fn begun(&self, file: &FileFacts, key: &DocumentKey) -> Option<Upload> {
        let is_it = |upload: &&Upload| {
            upload.file == *file && (upload.key == *key || is_beside(&upload.key, key))
        };
        self.unfinished.iter().find(is_it).cloned()
    }

    /// What was on its way to this storage when it was opened, and did not come to its end.
    pub fn unfinished(&self) -> &[Upload] {
        &self.unfinished
    }

    /// Whether a planned document could have this link: what can have none is not put there. The keychain is not asked.
    ///
    /// # Errors
    /// [`LinkDocumentError`]; nothing was sent.
    pub async fn check_link<Z: TimeZone + Send + 'static>(
        &self,
        planned: &PlannedDocument,
        wanted: &WantedLink,
        now: i64,
        zone: Z,
    ) -> Result<(), LinkDocumentError> {
        let (site, wanted, address) = (self.site.clone(), wanted.clone(), planned.address.clone());
        let checked = self.app.disk(move |app| {
            let key = app.signing_key(&site).map_err(CreateLinkError::from)?;
            let WantedLink { lifetime, limits, .. } = &wanted;
            app.conditions_for(&key.id, &address, *lifetime, limits, now, &zone)
        });
        Ok(checked.await?.map(drop)?)
    }

    /// Puts a file where it was planned, and tells CloudFront's caches where it took the place of another one.
    ///
    /// # Errors
    /// [`PutDocumentError`]. Unless it says so itself, the same once more goes on.
    pub async fn put<F: LocalFile + 'static>(
        &self,
        planned: &PlannedDocument,
        if_there: IfThere,
        file: Arc<F>,
        show: &mut (dyn ShowUpload + Send),
    ) -> Result<PutDocument, PutDocumentError> {
        let begun = planned.begun.clone().filter(|begun| goes_on(begun, if_there, &planned.key));
        let was_begun = begun.is_some();
        let mut upload = begun.unwrap_or_else(|| self.new_upload(planned, if_there));
        for _ in 0..MOST_NAMES {
            let turn = match self.uploads.hold(&self.place, &upload.key) {
                // Somebody else puts another document there now: both are kept.
                Err(UploadHoldError::Elsewhere) if if_there == IfThere::KeepBoth && !was_begun => {
                    upload = self.beside(&upload, planned)?;
                    continue;
                }
                held => held?,
            };
            self.make_way(&turn, &mut upload).await?;
            let mut watching = Watching { turn: &turn, show };
            let put = self.store.put(&mut upload, Arc::clone(&file), &mut watching).await;
            match put {
                Ok(document) => return self.done(document, upload, was_begun).await,
                Err(PutError::AlreadyThere { there }) => match meant(&there, planned, if_there) {
                    Some(guard) => upload.guard = guard,
                    None if if_there == IfThere::KeepBoth => {
                        self.take_back(&turn, &upload).await;
                        upload = self.beside(&upload, planned)?;
                    }
                    None => return Err(PutError::AlreadyThere { there }.into()),
                },
                // An earlier run was to replace what is not there any more, and this one what was shown to it.
                Err(PutError::ChangedMeanwhile { there }) if was_begun => {
                    upload.guard = match (&there, &planned.there) {
                        (None, None) => Guard::New,
                        (Some(now), _) => match meant(now, planned, if_there) {
                            Some(guard) => guard,
                            None => return Err(PutError::ChangedMeanwhile { there }.into()),
                        },
                        (None, Some(_)) => {
                            return Err(PutError::ChangedMeanwhile { there }.into());
                        }
                    };
                }
                Err(error @ (PutError::File(_) | PutError::TooLarge { .. })) => {
                    self.take_back(&turn, &upload).await;
                    return Err(error.into());
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(UploadHoldError::Elsewhere.into())
    }

    fn new_upload(&self, planned: &PlannedDocument, if_there: IfThere) -> Upload {
        let (key, guard) = match (&planned.there, if_there) {
            (None, _) => (&planned.key, Guard::New),
            (Some(there), IfThere::KeepBoth) => (&there.beside, Guard::New),
            (Some(there), IfThere::Replace) => {
                (&planned.key, Guard::Replaces(there.document.etag.clone()))
            }
        };
        Upload::new(self.place.clone(), key.clone(), guard, planned.file.clone())
    }

    /// The same file under the next name beside.
    fn beside(
        &self,
        upload: &Upload,
        planned: &PlannedDocument,
    ) -> Result<Upload, PutDocumentError> {
        let full = NotAddressed::Rewritten;
        let key = upload.key.copies().next().ok_or(full)?;
        self.address(&key)?;
        Ok(Upload::new(self.place.clone(), key, Guard::New, planned.file.clone()))
    }

    /// Writes an upload down, and takes back what another file left under its name.
    async fn make_way<T: UploadTurn>(
        &self,
        turn: &T,
        upload: &mut Upload,
    ) -> Result<(), PutDocumentError> {
        match turn.upload()? {
            Some(before) if before.file == upload.file => {
                // Its token and its parts, and what may be replaced as it was shown now.
                let guard = upload.guard.clone();
                *upload = Upload { guard, ..before };
            }
            Some(before) => self.store.abort(&before).await.map_err(PutError::Ask)?,
            None => {}
        }
        Ok(turn.keep(upload)?)
    }

    /// Nothing of it stays. Where that does not work, it is found again as unfinished.
    async fn take_back<T: UploadTurn>(&self, turn: &T, upload: &Upload) {
        if self.store.abort(upload).await.is_ok() {
            let _found_again: Result<(), NotKept> = turn.forget();
        }
    }

    async fn done(
        &self,
        document: StoredDocument,
        upload: Upload,
        was_begun: bool,
    ) -> Result<PutDocument, PutDocumentError> {
        let address = self.address(&document.key)?;
        let has_replaced = matches!(upload.guard, Guard::Replaces(_));
        let caches = match has_replaced {
            true => self.tell_caches(&address).await,
            false => Caches::Untouched,
        };
        Ok(PutDocument { document, address, has_replaced, caches, upload, was_begun })
    }

    async fn tell_caches(&self, address: &DocumentAddress) -> Caches {
        let Some(distribution) = &self.storage.distribution else { return Caches::NotKnown };
        match self.store.invalidate(distribution, address).await {
            Ok(()) => Caches::Told,
            Err(error) => Caches::NotTold(error),
        }
    }

    /// Makes the link of a document that was put there: of that very document. One that an earlier run made and that
    /// ends as this one would is made again, byte for byte, and not a second one.
    ///
    /// # Errors
    /// [`LinkDocumentError`]; the document is there.
    pub async fn link<Z: TimeZone + Send + 'static>(
        &self,
        put: &PutDocument,
        wanted: &WantedLink,
        now: i64,
        zone: Z,
    ) -> Result<NewLink, LinkDocumentError> {
        let (site, wanted, address) = (self.site.clone(), wanted.clone(), put.address.clone());
        let made_since = put.was_begun.then_some(put.document.modified);
        let made = self.app.keychain(move |app| {
            let key = app.signing_key(&site).map_err(CreateLinkError::from)?;
            let made_before = made_since
                .and_then(|since| app.made_since(since, &key, &address, &wanted, now, &zone));
            match made_before {
                Some(made) => Ok(made),
                None => {
                    let WantedLink { lifetime, limits, note } = &wanted;
                    app.create_link_to(&key.id, &address, *lifetime, limits, note, now, &zone)
                }
            }
        });
        Ok(made.await??)
    }

    /// Forgets that a document was on its way: whoever wanted it has its link, or wants none.
    ///
    /// # Errors
    /// [`UploadHoldError`]; then it is found again, and going on with it does nothing.
    pub fn finish(&self, put: &PutDocument) -> Result<(), UploadHoldError> {
        let turn = self.uploads.hold(&self.place, &put.upload.key)?;
        Ok(turn.forget()?)
    }

    /// Takes back what is in the storage of an upload that did not come to its end, and forgets it. A document that is
    /// whole stays.
    ///
    /// # Errors
    /// [`PutDocumentError`]; then it is found again.
    pub async fn discard(&self, upload: &Upload) -> Result<(), PutDocumentError> {
        let turn = self.uploads.hold(&self.place, &upload.key)?;
        self.store.abort(upload).await.map_err(PutError::Ask)?;
        Ok(turn.forget()?)
    }

    /// Remembers where new documents are put from now on.
    ///
    /// # Errors
    /// [`NotReached`]. Where it could not be written down the old folder stands, for that must not cost a document.
    pub async fn remember_folder(&self, folder: &Folder) -> Result<(), NotReached> {
        if *folder == self.storage.folder {
            return Ok(());
        }
        let (site, folder) = (self.site.clone(), folder.clone());
        self.app.disk(move |app| drop(app.set_storage_folder(&site, &folder))).await
    }

    /// Gives a document another name, which ends the links to the old one.
    ///
    /// # Errors
    /// [`RenameDocumentError`].
    pub async fn rename(
        &self,
        document: &StoredDocument,
        to: &DocumentKey,
    ) -> Result<RenamedDocument, RenameDocumentError> {
        let (old, address) = (self.address(&document.key)?, self.address(to)?);
        let renamed = self.store.rename(document, to).await?;
        let caches = self.tell_caches(&old).await;
        Ok(RenamedDocument { renamed, address, caches })
    }

    /// Takes a document away, which ends the links to it.
    ///
    /// # Errors
    /// [`RemoveError`].
    pub async fn remove(&self, document: &StoredDocument) -> Result<RemovedDocument, RemoveError> {
        let removed = self.store.remove(document).await?;
        // What has no address is in no cache.
        let caches = match self.address(&document.key) {
            Ok(address) => self.tell_caches(&address).await,
            Err(_) => Caches::Untouched,
        };
        Ok(RemovedDocument { removed, caches })
    }

    /// Brings back a document that was taken away or renamed.
    ///
    /// # Errors
    /// [`RestoreError`].
    pub async fn restore(&self, undo: &Undo) -> Result<StoredDocument, RestoreError> {
        self.store.restore(undo).await
    }
}

/// Whether this is a name that is given to a document that is kept beside the other one.
fn is_beside(copy: &DocumentKey, key: &DocumentKey) -> bool {
    copy.folder() == key.folder() && key.copies().take(MOST_NAMES).any(|other| other == *copy)
}

/// Whether an upload of an earlier time is what is wanted now.
fn goes_on(begun: &Upload, if_there: IfThere, key: &DocumentKey) -> bool {
    match (&begun.guard, if_there) {
        (Guard::New, IfThere::KeepBoth) => true,
        (Guard::New, IfThere::Replace) => begun.key == *key,
        (Guard::Replaces(_), IfThere::Replace) => begun.key == *key,
        (Guard::Replaces(_), IfThere::KeepBoth) => false,
    }
}

/// What may be replaced, where the document that is there is the one that was shown.
fn meant(there: &StoredDocument, planned: &PlannedDocument, if_there: IfThere) -> Option<Guard> {
    let shown = &planned.there.as_ref()?.document;
    let is_meant =
        if_there == IfThere::Replace && shown.key == there.key && shown.etag == there.etag;
    is_meant.then(|| Guard::Replaces(there.etag.clone()))
}
