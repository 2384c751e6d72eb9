//! Commands about the folders of a site's documents. What was read of one stays on this side; the page asks for the rows
//! it shows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use signet_app::documents::{
    DocumentKey, DocumentKeyError, DocumentStores, ETag, Folder, Listing, OriginPath, PageMark,
    StoredDocument,
};
use signet_app::sharing::{FolderEntry, FolderQuery, FolderReading, FolderStore};
use signet_app::{Site, SiteId};
use signet_aws::Aws;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::foreign;
use signet_cloudfront::site::SiteAddress;
use signet_practice::{Practice, PracticeDocument};
use tauri::State;

use super::sites::known_site;
use super::storage_errors::Saying;
use super::views::folders::{
    CloseFolderRequest, FolderPageRequest, FolderPageView, FolderRowView, OpenFolderRequest,
    OpenFolderView, ReadFolderRequest,
};
use super::views::links::Signer;
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn open_folder(
    signet: State<'_, Signet>,
    request: OpenFolderRequest,
) -> Result<OpenFolderView, IpcError> {
    let number = signet.folders.begin();
    let folder = match request.signer {
        Signer::Practice => signet.open_in_practice(&request.folder).await?,
        Signer::Site { ref id } => signet.open_on_site(known_site(id)?, &request.folder).await?,
    };
    Ok(signet.folders.keep(number, folder))
}

#[tauri::command]
pub(super) async fn read_folder(
    signet: State<'_, Signet>,
    request: ReadFolderRequest,
) -> Result<OpenFolderView, IpcError> {
    signet.read_on(request.number, request.answers).await?;
    signet.folders.with(request.number, |folder| folder.view(request.number))
}

#[tauri::command]
pub(super) async fn folder_page(
    signet: State<'_, Signet>,
    request: FolderPageRequest,
) -> Result<FolderPageView, IpcError> {
    signet.folders.with(request.number, |folder| folder.page(&request))
}

#[tauri::command]
pub(super) async fn close_folder(
    signet: State<'_, Signet>,
    request: CloseFolderRequest,
) -> Result<(), IpcError> {
    signet.folders.close(request.number);
    Ok(())
}

/// The one folder that is looked at.
#[derive(Default)]
pub(super) struct OpenFolders(Mutex<Held>);

#[derive(Default)]
struct Held {
    number: u32,
    open: Option<OpenFolder>,
    /// The line to the storage of the site, as long as one of its folders is looked at.
    store: Option<Arc<Store>>,
}

type Store = FolderStore<<Aws as DocumentStores>::Store>;

/// A folder of a site, as far as it was read.
struct OpenFolder {
    /// `None` in practice.
    site: Option<SiteId>,
    address: SiteAddress,
    origin_path: OriginPath,
    reading: FolderReading,
}

impl OpenFolders {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another folder is about to be opened; who reads the one before it ends.
    fn begin(&self) -> u32 {
        let mut held = self.held();
        held.number = held.number.wrapping_add(1);
        held.open = None;
        held.number
    }

    fn keep(&self, number: u32, folder: OpenFolder) -> OpenFolderView {
        let view = folder.view(number);
        let mut held = self.held();
        if held.number == number {
            held.open = Some(folder);
        }
        view
    }

    fn with<T>(&self, number: u32, look: impl FnOnce(&mut OpenFolder) -> T) -> Result<T, IpcError> {
        let mut held = self.held();
        let is_it = held.number == number;
        held.open.as_mut().filter(|_| is_it).map(look).ok_or(IpcError::FolderClosed)
    }

    /// A document that was shown.
    pub(super) fn document(&self, number: u32, id: usize) -> Result<OpenedDocument, IpcError> {
        let document = self.with(number, |folder| {
            let OpenFolder { site, address, origin_path, reading } = folder;
            reading.document(id).map(|document| OpenedDocument {
                site: site.clone(),
                document: document.clone(),
                at: address.clone(),
                origin_path: origin_path.clone(),
            })
        })?;
        document.ok_or(IpcError::FolderClosed)
    }

    /// What stands there from now on, if it is looked at still.
    pub(super) fn change(&self, number: u32, id: usize, now: Option<StoredDocument>) {
        let _not_looked_at: Result<(), IpcError> =
            self.with(number, |folder| folder.reading.change(id, now));
    }

    fn close(&self, number: u32) {
        let mut held = self.held();
        if held.number == number {
            held.open = None;
            // It may have an access key in its hands.
            held.store = None;
        }
    }
}

/// A document of an open folder, as it was shown.
#[derive(Clone)]
pub(super) struct OpenedDocument {
    /// `None` in practice.
    pub(super) site: Option<SiteId>,
    pub(super) document: StoredDocument,
    at: SiteAddress,
    origin_path: OriginPath,
}

impl OpenedDocument {
    /// What it is called, for people.
    pub(super) fn name(&self) -> String {
        foreign::shown(self.document.key.name())
    }

    /// Where it opens.
    pub(super) fn address(&self) -> Option<DocumentAddress> {
        self.document.key.address(&self.origin_path, &self.at).ok()
    }

    /// Another document of the site, as a person calls it.
    pub(super) fn key(&self, typed: &str) -> Result<DocumentKey, IpcError> {
        let typed = typed.trim();
        let key = DocumentKey::parse(typed.strip_prefix('/').unwrap_or(typed));
        let key = key.map_err(IpcError::DocumentNewName)?;
        let key = DocumentKey::parse(&format!("{}{key}", self.origin_path.root()));
        let key = key.map_err(IpcError::DocumentNewName)?;
        key.address(&self.origin_path, &self.at)?;
        Ok(key)
    }
}

impl OpenFolder {
    fn view(&self, number: u32) -> OpenFolderView {
        OpenFolderView {
            number,
            is_whole: self.reading.is_whole(),
            read: self.reading.read(),
            without_address: self.reading.without_address(),
        }
    }

    fn page(&mut self, request: &FolderPageRequest) -> FolderPageView {
        let folder = self.view(request.number);
        let FolderPageRequest { search, order, skip, take, .. } = request;
        let query = FolderQuery { search, order: *order, skip: *skip, take: *take };
        let Self { reading, address, origin_path, .. } = self;
        let page = reading.page(&query);
        let root = origin_path.root();
        let row = |(id, entry): (usize, &FolderEntry)| {
            let name = foreign::shown(entry.name());
            match entry {
                FolderEntry::Folder(folder) => {
                    let folder = folder.as_str();
                    let folder = folder.strip_prefix(root.as_str()).unwrap_or(folder).to_owned();
                    FolderRowView::Folder { id, name, folder }
                }
                FolderEntry::Document(document) => FolderRowView::Document {
                    id,
                    name,
                    size: document.size,
                    put_at: document.modified,
                    typed: typed(&document.key, origin_path, address),
                },
            }
        };
        let rows = page.entries.into_iter().map(row).collect();
        FolderPageView { rows, found: page.found, order: page.order, folder }
    }
}

/// What a person types for a document of a site.
fn typed(key: &DocumentKey, origin_path: &OriginPath, site: &SiteAddress) -> Option<String> {
    let address = key.address(origin_path, site).ok()?;
    Some(address.as_typed(|text| DocumentAddress::parse(text, site).ok()))
}

/// The folder that a row named.
fn named(origin_path: &OriginPath, folder: &str) -> Result<Folder, IpcError> {
    Folder::found(&format!("{}{folder}", origin_path.root()))
        .ok_or(IpcError::DocumentFolder(DocumentKeyError::EmptyFolder))
}

impl Signet {
    async fn open_on_site(&self, id: SiteId, folder: &str) -> Result<OpenFolder, IpcError> {
        let site = self.app.site(&id).ok_or(IpcError::SiteUnknown)?;
        let storage = site.storage.as_ref().ok_or(IpcError::SiteTakesNoDocuments)?;
        let origin_path = storage.place().origin_path;
        let mut reading = FolderReading::new(named(&origin_path, folder)?);
        let address = self.signing_key(id.as_str())?.site;
        let part = self.ask_folder(&site, reading.folder(), None).await?;
        reading.take(part);
        Ok(OpenFolder { site: Some(id), address, origin_path, reading })
    }

    /// The line to the storage of a site: the one of the last time, where nothing has changed.
    async fn folder_store(&self, site: &Site) -> Result<Arc<Store>, IpcError> {
        let kept = self.folders.held().store.clone();
        if let Some(store) = kept.filter(|store| store.is_of(site)) {
            return Ok(store);
        }
        let in_words = Saying { file_name: "", storage: site.storage.as_ref() };
        let opened =
            Store::open(&Aws, self, site).await.map_err(|error| in_words.not_open(error))?;
        let opened = Arc::new(opened);
        self.folders.held().store = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// One answer of the storage.
    async fn ask_folder(
        &self,
        site: &Site,
        folder: &Folder,
        after: Option<&PageMark>,
    ) -> Result<Listing, IpcError> {
        let store = self.folder_store(site).await?;
        store.list(folder, after).await.map_err(|error| {
            // Somebody may log in once more, or elsewhere, before the next time.
            self.folders.held().store = None;
            Saying { file_name: "", storage: site.storage.as_ref() }.asked(error)
        })
    }

    /// Reads on while that folder is looked at.
    async fn read_on(&self, number: u32, answers: Option<u16>) -> Result<(), IpcError> {
        let rest = |folder: &mut OpenFolder| match (&folder.site, folder.reading.after()) {
            (Some(site), Some(mark)) => {
                Some((site.clone(), folder.reading.folder().clone(), mark.clone()))
            }
            _ => None,
        };
        let Some((id, folder, mut mark)) = self.folders.with(number, rest)? else { return Ok(()) };
        let site = self.app.site(&id).ok_or(IpcError::SiteUnknown)?;
        for _ in 0..answers.unwrap_or(u16::MAX) {
            let part = self.ask_folder(&site, &folder, Some(&mark)).await?;
            let next = self.folders.with(number, |folder| {
                // Somebody else may have read on.
                if folder.reading.after() == Some(&mark) {
                    folder.reading.take(part);
                }
                folder.reading.after().cloned()
            })?;
            match next {
                Some(next) => mark = next,
                None => break,
            }
        }
        Ok(())
    }

    async fn open_in_practice(&self, folder: &str) -> Result<OpenFolder, IpcError> {
        let origin_path = OriginPath::default();
        let mut reading = FolderReading::new(named(&origin_path, folder)?);
        let practice = self.practice.lock().await;
        let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
        reading.take(listing(practice, reading.folder()));
        Ok(OpenFolder { site: None, address: practice.site(), origin_path, reading })
    }
}

/// What a folder of practice has.
fn listing(practice: &Practice, folder: &Folder) -> Listing {
    let (root, site) = (OriginPath::default(), practice.site());
    let mut listing =
        Listing { folders: vec![], documents: vec![], without_address: 0, next: None };
    for (address, there) in practice.documents() {
        let Some(key) = DocumentKey::opened_by(&address, &root, &site) else { continue };
        let Some(inner) = key.as_str().strip_prefix(folder.as_str()) else { continue };
        match inner.split_once('/') {
            Some((name, _)) => {
                let inner = Folder::found(&format!("{folder}{name}/"));
                listing.folders.extend(inner.filter(|inner| !listing.folders.contains(inner)));
            }
            None => listing.documents.extend(as_stored(key, there)),
        }
    }
    listing
}

/// A document of practice, as a storage would have it.
pub(super) fn stored(practice: &Practice, address: &DocumentAddress) -> Option<StoredDocument> {
    let key = DocumentKey::opened_by(address, &OriginPath::default(), &practice.site())?;
    as_stored(key, practice.look(address)?)
}

fn as_stored(key: DocumentKey, there: PracticeDocument) -> Option<StoredDocument> {
    let etag = ETag::parse(&there.version.to_string())?;
    Some(StoredDocument { key, size: there.size as u64, modified: there.put_at, etag })
}
