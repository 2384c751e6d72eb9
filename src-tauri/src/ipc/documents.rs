//! Commands about a file of this computer that becomes the document of a link. Its path stays on this side.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use signet_app::documents::{
    DocumentKey, DocumentStore, FileFacts, Folder, Guard, LocalFile, NotAddressed, OriginPath,
    PutError, ServedAs, Uploads,
};
use signet_app::setup::Reach;
use signet_app::sharing::{
    DocumentThere, IfThere, LinkDocumentError, PlannedDocument, PutDocumentError, ShowUpload,
    SiteDocuments,
};
use signet_app::{NewLink, SiteId};
use signet_aws::Aws;
use signet_cloudfront::address::{DocumentAddress, typed_name};
use signet_cloudfront::foreign;
use signet_os::DocumentFile;
use signet_practice::{MAX_BYTES, NoRoom, Practice};
use tauri::State;

use super::sites::known_site;
use super::storage_errors::Saying;
use super::views::documents::{
    AlreadyThereView, CachesView, DocumentView, Existing, ShareOutcome, ShareProgressView,
    ShareRequest,
};
use super::views::files::ChosenDocument;
use super::views::links::{LinkRequest, LinkView, Signer};
use super::{IpcError, Signet, off_thread};

/// The one file that was chosen or dropped last.
#[derive(Default, Clone)]
pub(super) struct HeldDocument(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    number: u32,
    path: Option<PathBuf>,
}

#[tauri::command]
pub(super) async fn choose_document(signet: State<'_, Signet>) -> Result<ChosenDocument, IpcError> {
    let chosen = signet.desktop.dialogs.pick_documents().await;
    let (document, files) = (signet.held_document.clone(), signet.held_files.clone());
    off_thread(move || match chosen.as_slice() {
        [] => Ok(ChosenDocument::Cancelled),
        [path] => Ok(ChosenDocument::Chosen { document: document.take(path)? }),
        several => Ok(ChosenDocument::Several { files: Box::new(files.take(several)?) }),
    })
    .await?
}

#[tauri::command]
pub(super) async fn share_document(
    signet: State<'_, Signet>,
    request: ShareRequest,
) -> Result<ShareOutcome, IpcError> {
    match request.signer {
        Signer::Practice => signet.share_in_practice(request).await,
        Signer::Site { ref id } => {
            let site = known_site(id)?;
            signet.share_on_site(site, request).await
        }
    }
}

#[tauri::command]
pub(super) async fn share_progress(
    signet: State<'_, Signet>,
) -> Result<Option<ShareProgressView>, IpcError> {
    Ok(signet.upload.running().map(|upload| ShareProgressView {
        sent: upload.sent.load(Ordering::Relaxed),
        size: upload.size,
    }))
}

#[tauri::command]
pub(super) async fn stop_sharing(signet: State<'_, Signet>) -> Result<(), IpcError> {
    if let Some(upload) = signet.upload.running() {
        upload.is_stopped.store(true, Ordering::Relaxed);
    }
    Ok(())
}

/// The one upload of this window, and what was shown of the one that waits for an answer.
#[derive(Default)]
pub(super) struct WindowUpload {
    running: Mutex<Option<Arc<Running>>>,
    /// The file's number, and what is replaced if the answer is so.
    shown: Mutex<Option<(u32, PlannedDocument)>>,
}

/// An upload that is under way.
struct Running {
    size: u64,
    sent: AtomicU64,
    is_stopped: AtomicBool,
}

/// Ends with the upload, also where nobody waits for it any more.
pub(super) struct Turn<'a> {
    upload: &'a WindowUpload,
    running: Arc<Running>,
}

impl WindowUpload {
    fn running(&self) -> Option<Arc<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One at a time.
    pub(super) fn begin(&self, size: u64) -> Result<Turn<'_>, IpcError> {
        let mut there = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if there.is_some() {
            return Err(IpcError::ShareBusy);
        }
        let running = Running { size, sent: AtomicU64::new(0), is_stopped: AtomicBool::new(false) };
        let running = Arc::new(running);
        *there = Some(Arc::clone(&running));
        Ok(Turn { upload: self, running })
    }

    /// What was shown of this file: once.
    fn shown(&self, number: u32) -> Option<PlannedDocument> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner).take();
        shown.filter(|(of, _)| *of == number).map(|(_, shown)| shown)
    }

    fn show(&self, number: u32, planned: PlannedDocument) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some((number, planned));
    }
}

impl Turn<'_> {
    /// Shows how far it is.
    pub(super) fn showing(&self) -> Showing {
        Showing(Arc::clone(&self.running))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.upload.running.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Shows how far it is to whoever asks.
pub(super) struct Showing(Arc<Running>);

impl ShowUpload for Showing {
    fn sent(&mut self, bytes: u64) {
        self.0.sent.store(bytes, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Relaxed)
    }
}

impl HeldDocument {
    /// Takes a file in the place of the one before. May wait for the disk.
    pub(super) fn take(&self, path: &Path) -> Result<DocumentView, IpcError> {
        let facts = open(path)?.facts().clone();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = held.number.wrapping_add(1);
        *held = Held { number, path: Some(facts.path().to_owned()) };
        let name = facts.name();
        Ok(DocumentView {
            number,
            typed: typed_name(&name),
            name: foreign::shown(&name),
            size: facts.size,
        })
    }

    pub(super) fn path(&self, number: u32) -> Option<PathBuf> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.path.clone().filter(|_| held.number == number)
    }
}

impl Signet {
    /// Puts the file into the storage of a site, and makes a link for it.
    async fn share_on_site(
        &self,
        id: SiteId,
        request: ShareRequest,
    ) -> Result<ShareOutcome, IpcError> {
        let now = self.clock.now();
        let number = request.document;
        let path = self.held_document.path(number).ok_or(IpcError::NoDocument)?;
        let site = self.app.site(&id).ok_or(IpcError::SiteUnknown)?;
        let chosen = Folder::parse(&request.folder).map_err(IpcError::DocumentFolder)?;
        let file = off_thread(move || open(&path)).await??;
        let facts = file.facts().clone();
        let turn = self.upload.begin(facts.size)?;
        let file_name = foreign::shown(&facts.name());
        let in_words = Saying { file_name: &file_name, storage: site.storage.as_ref() };

        let documents = SiteDocuments::open(&Aws, &self.uploads, self, &site, None).await;
        let documents = documents.map_err(|error| in_words.not_open(error))?;
        let folder = documents.folder(&chosen).map_err(IpcError::DocumentFolder)?;
        let planned = documents.plan(&facts, &folder, &facts.name(), now).await;
        let planned = planned.map_err(|error| in_words.not_planned(error))?;
        let wanted = request.wanted(now)?;
        documents.check_link(&planned, &wanted, now, chrono::Local).await.map_err(not_linked)?;
        let shown = self.upload.shown(number);
        let (planned, if_there) = match decided(request.existing, shown, planned) {
            Ok(decided) => decided,
            Err(asked) => {
                let (planned, there) = *asked;
                let already = already(&planned, &there, &file_name, &documents);
                self.upload.show(number, planned);
                return Ok(ShareOutcome::AlreadyThere { already });
            }
        };

        let mut showing = turn.showing();
        let put = match documents.put(&planned, if_there, Arc::new(file), &mut showing).await {
            Ok(put) => put,
            Err(error) => {
                if is_over(&error) {
                    discard(&documents, &self.uploads, &facts).await;
                }
                return Err(in_words.not_put(error));
            }
        };
        let made = documents.link(&put, &wanted, now, chrono::Local).await;
        let made = made.map_err(not_linked)?;
        // Found again, it is gone on with to no effect.
        let _: Result<(), _> = documents.finish(&put);
        let _: Result<(), _> = documents.remember_folder(&chosen).await;
        let typed = made.address.as_typed(|text| {
            site.address.as_ref().and_then(|site| DocumentAddress::parse(text, site).ok())
        });
        let caches = put.has_replaced.then(|| CachesView::of(&put.caches));
        let number = self.keep_for_trial(&made, Some(id)).await;
        let link = Box::new(LinkView::of(made, number, request.link(typed), now));
        Ok(ShareOutcome::Shared { link, caches })
    }

    /// Serves the file by the practice edge, and makes a link for it.
    async fn share_in_practice(&self, request: ShareRequest) -> Result<ShareOutcome, IpcError> {
        let now = self.clock.now();
        let path = self.held_document.path(request.document).ok_or(IpcError::NoDocument)?;
        let (facts, content) = off_thread(move || content(&path)).await??;
        let file_name = foreign::shown(&facts.name());
        let folder = Folder::parse(&request.folder).map_err(IpcError::DocumentFolder)?;
        let key = folder
            .key(&facts.name())
            .map_err(|why| IpcError::DocumentName { file_name: file_name.clone(), why })?;

        let practice = self.practice.lock().await;
        let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
        let site = practice.site();
        let address_of = |key: &DocumentKey| key.address(&OriginPath::default(), &site);
        let there = practice.look(&address_of(&key)?);
        let mut copies = key
            .copies()
            .filter(|copy| address_of(copy).is_ok_and(|address| practice.look(&address).is_none()));
        let key = match (there, request.existing) {
            (None, _) | (Some(_), Existing::Replace) => key,
            (Some(there), Existing::Ask) => {
                let kept_as = copies.next().ok_or(IpcError::NoFreeName)?;
                let already = AlreadyThereView {
                    name: file_name,
                    size: there.size as u64,
                    put_at: there.put_at,
                    own_size: facts.size,
                    own_changed_at: facts.modified.map(|time| time.seconds),
                    kept_as: foreign::shown(kept_as.name()),
                    links: None,
                };
                return Ok(ShareOutcome::AlreadyThere { already });
            }
            (Some(_), Existing::KeepBoth) => copies.next().ok_or(IpcError::NoFreeName)?,
        };
        let (made, request) =
            serve(practice, &key, Served { file_name, content }, now, |typed| request.link(typed))?;
        let number = self.keep_for_trial(&made, None).await;
        let link = Box::new(LinkView::of(made, number, request, now));
        Ok(ShareOutcome::Shared { link, caches: None })
    }
}

/// What is in a file, and what it is called.
pub(super) struct Served {
    pub(super) file_name: String,
    pub(super) content: Vec<u8>,
}

/// Serves a file by the practice edge under a key, and makes the link that is asked for its address as it is typed.
pub(super) fn serve(
    practice: &Practice,
    key: &DocumentKey,
    Served { file_name, content }: Served,
    now: i64,
    link: impl FnOnce(String) -> LinkRequest,
) -> Result<(NewLink, LinkRequest), IpcError> {
    let site = practice.site();
    let address = key.address(&OriginPath::default(), &site)?;
    let request = link(address.as_typed(|text| DocumentAddress::parse(text, &site).ok()));
    let recipe = request.parse(now)?;
    let served = ServedAs::of(key, &content);
    // Only a link that can be made has its document served.
    let made = Signet::practice_link_of(practice, &recipe, now)?;
    practice
        .put(&made.address, &served.content_type, content)
        .map_err(|NoRoom| IpcError::PracticeFull { file_name, most: MAX_BYTES })?;
    Ok((made, request))
}

fn not_linked(error: LinkDocumentError) -> IpcError {
    match error {
        LinkDocumentError::Create(error) => error.into(),
        LinkDocumentError::NotReached(error) => error.into(),
    }
}

/// What is done with a file, and with a document that is there under its name; or what is asked about first. Only
/// the very version is replaced that was shown, for this file and this name.
fn decided(
    existing: Existing,
    shown: Option<PlannedDocument>,
    planned: PlannedDocument,
) -> Result<(PlannedDocument, IfThere), Box<(PlannedDocument, DocumentThere)>> {
    let is_asked = match (existing, &planned.begun) {
        // What was on its way to take the place of one is asked about again: nobody knows who said so.
        (Existing::Ask, Some(begun)) => begun.guard != Guard::New,
        (Existing::Ask, None) => true,
        (Existing::KeepBoth, _) => false,
        (Existing::Replace, _) => {
            let is_it = |shown: &PlannedDocument| {
                shown.key == planned.key && shown.file == planned.file && shown.there.is_some()
            };
            match shown.filter(is_it) {
                Some(shown) => return Ok((shown, IfThere::Replace)),
                None => true,
            }
        }
    };
    match planned.there.clone() {
        Some(there) if is_asked => Err(Box::new((planned, there))),
        _ => Ok((planned, IfThere::KeepBoth)),
    }
}

/// Both documents, for a person to say what becomes of them.
fn already<S: DocumentStore, U: Uploads, R: Reach>(
    planned: &PlannedDocument,
    there: &DocumentThere,
    file_name: &str,
    documents: &SiteDocuments<'_, S, U, R>,
) -> AlreadyThereView {
    let PlannedDocument { file, .. } = planned;
    AlreadyThereView {
        name: file_name.to_owned(),
        size: there.document.size,
        put_at: there.document.modified,
        own_size: file.size,
        own_changed_at: file.modified.map(|time| time.seconds),
        kept_as: foreign::shown(documents.name_of(there.beside.as_str())),
        links: there.links.as_ref().ok().map(|links| links.own + links.of_folders),
    }
}

/// Whether nothing of it is gone on with: the next time begins anew, and with the question what is there.
pub(super) fn is_over(error: &PutDocumentError) -> bool {
    matches!(
        error,
        PutDocumentError::Put(
            PutError::AlreadyThere { .. }
                | PutError::ChangedMeanwhile { .. }
                | PutError::Stopped { .. }
                | PutError::File(_)
        )
    )
}

/// Takes back what of a file is in the storage; where that does not work it is found again the next time.
pub(super) async fn discard<S: DocumentStore, U: Uploads, R: Reach>(
    documents: &SiteDocuments<'_, S, U, R>,
    uploads: &U,
    file: &FileFacts,
) {
    let place = documents.storage().place();
    for upload in uploads.unfinished() {
        if upload.place == place && upload.file == *file {
            let _found_again: Result<(), PutDocumentError> = documents.discard(&upload).await;
        }
    }
}

/// What a file is and what is in it, where practice has room for it.
pub(super) fn content(path: &Path) -> Result<(FileFacts, Vec<u8>), IpcError> {
    let file = open(path)?;
    let facts = file.facts().clone();
    let file_name = || foreign::shown(&facts.name());
    let most = MAX_BYTES;
    let length = usize::try_from(facts.size).ok().filter(|size| *size <= most);
    let length = length.ok_or_else(|| IpcError::PracticeFull { file_name: file_name(), most })?;
    let mut content = vec![0; length];
    let read = file.read_at(0, &mut content).and_then(|()| file.check());
    read.map_err(|why| IpcError::DocumentTrouble { file_name: file_name(), why })?;
    Ok((facts, content))
}

pub(super) fn open(path: &Path) -> Result<DocumentFile, IpcError> {
    DocumentFile::open(path).map_err(|why| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        IpcError::OpenDocument { file_name: foreign::shown(&name), why }
    })
}

impl From<NotAddressed> for IpcError {
    fn from(error: NotAddressed) -> Self {
        match error {
            NotAddressed::Address(error) => error.into(),
            NotAddressed::OutsideTheSite | NotAddressed::Rewritten => Self::DocumentHasNoAddress,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use signet_app::documents::{ETag, StoredDocument};
    use signet_app::sharing::DocumentLinks;
    use signet_cloudfront::site::SiteAddress;

    use super::*;

    /// The contract, where there is one of that name already.
    fn planned(etag: Option<&str>) -> PlannedDocument {
        let site = SiteAddress::parse("docs.example.com").unwrap();
        let key = DocumentKey::parse("reports/Contract.pdf").unwrap();
        let there = etag.map(|etag| DocumentThere {
            document: StoredDocument {
                key: key.clone(),
                size: 21,
                modified: 0,
                etag: ETag::parse(etag).unwrap(),
            },
            links: Ok(DocumentLinks::default()),
            beside: key.copies().next().unwrap(),
        });
        PlannedDocument {
            file: FileFacts::new(Path::new("/home/a/Contract.pdf"), 29, None, None),
            address: key.address(&OriginPath::default(), &site).unwrap(),
            key,
            there,
            begun: None,
        }
    }

    #[test]
    fn what_was_not_shown_is_asked_about_and_never_replaced() {
        let asks = |existing, shown: Option<PlannedDocument>| {
            let (planned, there) = *decided(existing, shown, planned(Some("b"))).unwrap_err();
            assert_eq!(planned.there, Some(there));
        };
        asks(Existing::Ask, None);
        // Nothing was shown, or another file or another name.
        asks(Existing::Replace, None);
        let file = FileFacts::new(Path::new("/home/a/Contract.pdf"), 30, None, None);
        asks(Existing::Replace, Some(PlannedDocument { file, ..planned(Some("b")) }));
        let key = DocumentKey::parse("Contract.pdf").unwrap();
        asks(Existing::Replace, Some(PlannedDocument { key, ..planned(Some("b")) }));
        asks(Existing::Replace, Some(planned(None)));
    }

    #[test]
    fn the_version_that_was_shown_is_the_one_that_is_replaced() {
        let shown = planned(Some("a"));
        let decided_now = decided(Existing::Replace, Some(shown.clone()), planned(Some("b")));
        assert_eq!(decided_now, Ok((shown, IfThere::Replace)));
    }

    #[test]
    fn where_nothing_is_or_both_are_kept_nothing_is_asked() {
        for existing in [Existing::Ask, Existing::KeepBoth, Existing::Replace] {
            let free = planned(None);
            assert_eq!(decided(existing, None, free.clone()), Ok((free, IfThere::KeepBoth)));
        }
        let both = planned(Some("a"));
        let decided = decided(Existing::KeepBoth, None, both.clone());
        assert_eq!(decided, Ok((both, IfThere::KeepBoth)));
    }
}
