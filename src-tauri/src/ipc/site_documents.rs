//! Commands about a document of a site: the links that open it, another name or other content for it, and taking it
//! away. It is named by the row that was shown, so that nothing is done to another version of it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use signet_app::documents::{DocumentKey, DocumentStores, OriginPath, StoredDocument, Undo};
use signet_app::sharing::{IfThere, SiteDocuments};
use signet_app::{Site, SiteId};
use signet_aws::Aws;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::foreign;
use signet_os::KeptUploads;
use signet_practice::{MAX_BYTES, NoRoom, Practice};
use tauri::State;

use super::documents::{content, discard, is_over, open};
use super::folders::{OpenedDocument, stored};
use super::storage_errors::Saying;
use super::views::documents::CachesView;
use super::views::history::EntryView;
use super::views::site_documents::{
    ChangedDocumentView, DocumentLinksView, RenameDocumentRequest, ReplaceDocumentRequest,
    StoredDocumentRequest, UndoDocumentRequest,
};
use super::{IpcError, Signet, off_thread};

/// So many links are shown of a document.
const MOST_LINKS: usize = 20;

#[tauri::command]
pub(super) async fn links_of_document(
    signet: State<'_, Signet>,
    request: StoredDocumentRequest,
) -> Result<Option<DocumentLinksView>, IpcError> {
    let opened = signet.folders.document(request.number, request.id)?;
    // Of practice nothing is written down.
    let (Some(_), Some(address)) = (&opened.site, opened.address()) else { return Ok(None) };
    let now = signet.clock.now();
    signet
        .at_app(move |app| {
            let (links, first) = app.links_opening(&address, MOST_LINKS, now)?;
            let keys = app.registered_keys();
            let first = first.iter().map(|entry| EntryView::of(entry, &keys)).collect();
            Ok(Some(DocumentLinksView { own: links.own, of_folders: links.of_folders, first }))
        })
        .await?
}

#[tauri::command]
pub(super) async fn rename_document(
    signet: State<'_, Signet>,
    request: RenameDocumentRequest,
) -> Result<ChangedDocumentView, IpcError> {
    let opened = signet.folders.document(request.number, request.id)?;
    let to = opened.key(&request.to)?;
    let (renamed, caches) = signet.rename(&opened, &opened.document, &to).await?;
    signet.folders.change(request.number, request.id, Some(renamed.clone()));
    let row = (request.number, request.id);
    let undo = signet.last_change.keep(row, Change::Renamed { now: renamed, opened });
    Ok(ChangedDocumentView { name: foreign::shown(to.name()), undo: Some(undo), caches })
}

#[tauri::command]
pub(super) async fn take_away_document(
    signet: State<'_, Signet>,
    request: StoredDocumentRequest,
) -> Result<ChangedDocumentView, IpcError> {
    let opened = signet.folders.document(request.number, request.id)?;
    let name = opened.name();
    let (undo, caches) = signet.take_away(&opened).await?;
    signet.folders.change(request.number, request.id, None);
    let row = (request.number, request.id);
    let undo = undo.map(|undo| {
        signet.last_change.keep(row, Change::TakenAway { undo, opened: opened.clone() })
    });
    Ok(ChangedDocumentView { name, undo, caches })
}

#[tauri::command]
pub(super) async fn replace_document(
    signet: State<'_, Signet>,
    request: ReplaceDocumentRequest,
) -> Result<ChangedDocumentView, IpcError> {
    let opened = signet.folders.document(request.number, request.id)?;
    let name = opened.name();
    let (now, caches) = signet.replace(&opened, request.document).await?;
    signet.folders.change(request.number, request.id, Some(now));
    Ok(ChangedDocumentView { name, undo: None, caches })
}

/// The document is what it was, and where it was.
#[tauri::command]
pub(super) async fn undo_document(
    signet: State<'_, Signet>,
    request: UndoDocumentRequest,
) -> Result<(), IpcError> {
    let ((number, id), change) =
        signet.last_change.take(request.undo).ok_or(IpcError::NothingToUndo)?;
    let back = match change {
        Change::Renamed { now, opened } => {
            signet.rename(&opened, &now, &opened.document.key).await?.0
        }
        Change::TakenAway { undo, opened } => signet.bring_back(&opened, &undo).await?,
    };
    signet.folders.change(number, id, Some(back));
    Ok(())
}

/// What was done last, for it can be undone.
#[derive(Default)]
pub(super) struct LastChange(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    number: u32,
    /// The folder's number and the row's, and what was done there.
    change: Option<((u32, usize), Change)>,
}

enum Change {
    /// It is called so now, and was what was opened.
    Renamed {
        now: StoredDocument,
        opened: OpenedDocument,
    },
    TakenAway {
        undo: TakenAway,
        opened: OpenedDocument,
    },
}

/// How a document comes back.
enum TakenAway {
    OfSite(Undo),
    /// Practice has it still, until another one is taken away.
    OfPractice,
}

impl LastChange {
    fn held(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, row: (u32, usize), change: Change) -> u32 {
        let mut kept = self.held();
        kept.number = kept.number.wrapping_add(1);
        kept.change = Some((row, change));
        kept.number
    }

    fn take(&self, number: u32) -> Option<((u32, usize), Change)> {
        let mut kept = self.held();
        if kept.number == number { kept.change.take() } else { None }
    }
}

type Open<'a> = SiteDocuments<'a, <Aws as DocumentStores>::Store, KeptUploads, Signet>;

impl Signet {
    async fn open_documents(&self, id: &SiteId) -> Result<(Site, Open<'_>), IpcError> {
        let site = self.app.site(id).ok_or(IpcError::SiteUnknown)?;
        let documents = SiteDocuments::open(&Aws, &self.uploads, self, &site, None).await;
        let in_words = Saying { file_name: "", storage: site.storage.as_ref() };
        let documents = documents.map_err(|error| in_words.not_open(error))?;
        Ok((site, documents))
    }

    async fn rename(
        &self,
        opened: &OpenedDocument,
        document: &StoredDocument,
        to: &DocumentKey,
    ) -> Result<(StoredDocument, CachesView), IpcError> {
        let Some(id) = &opened.site else {
            let renamed = self
                .in_practice(opened, document, |practice, from| {
                    let to = to.address(&OriginPath::default(), &practice.site())?;
                    let taken = || IpcError::DocumentNameTaken {
                        name: foreign::shown(to.file_name().as_str()),
                    };
                    if practice.rename(from, &to) { Ok(to) } else { Err(taken()) }
                })
                .await?;
            return Ok((self.of_practice(&renamed).await?, CachesView::Told));
        };
        let (site, documents) = self.open_documents(id).await?;
        let name = foreign::shown(document.key.name());
        let in_words = Saying { file_name: &name, storage: site.storage.as_ref() };
        let renamed = documents.rename(document, to).await;
        let renamed = renamed.map_err(|error| in_words.not_renamed(error, to))?;
        Ok((renamed.renamed.document, CachesView::of(&renamed.caches)))
    }

    async fn take_away(
        &self,
        opened: &OpenedDocument,
    ) -> Result<(Option<TakenAway>, CachesView), IpcError> {
        let Some(id) = &opened.site else {
            self.in_practice(opened, &opened.document, |practice, at| {
                practice.remove(at);
                Ok(())
            })
            .await?;
            return Ok((Some(TakenAway::OfPractice), CachesView::Told));
        };
        let (site, documents) = self.open_documents(id).await?;
        let name = opened.name();
        let in_words = Saying { file_name: &name, storage: site.storage.as_ref() };
        let removed = documents.remove(&opened.document).await;
        let removed = removed.map_err(|error| in_words.not_removed(error))?;
        Ok((removed.removed.undo.map(TakenAway::OfSite), CachesView::of(&removed.caches)))
    }

    async fn bring_back(
        &self,
        opened: &OpenedDocument,
        undo: &TakenAway,
    ) -> Result<StoredDocument, IpcError> {
        let name = opened.name();
        match (undo, &opened.site) {
            (TakenAway::OfSite(undo), Some(id)) => {
                let (site, documents) = self.open_documents(id).await?;
                let in_words = Saying { file_name: &name, storage: site.storage.as_ref() };
                documents.restore(undo).await.map_err(|error| in_words.not_restored(error))
            }
            _ => {
                let practice = self.practice.lock().await;
                let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
                let address = opened.address().filter(|address| practice.restore(address));
                let address = address.ok_or(IpcError::DocumentNotKept { file_name: name })?;
                stored(practice, &address).ok_or(IpcError::Internal)
            }
        }
    }

    /// Puts a file in the place of the version that was shown.
    async fn replace(
        &self,
        opened: &OpenedDocument,
        file: u32,
    ) -> Result<(StoredDocument, CachesView), IpcError> {
        let path = self.held_document.path(file).ok_or(IpcError::NoDocument)?;
        let Some(id) = &opened.site else {
            let (facts, content) = off_thread(move || content(&path)).await??;
            let served = signet_app::documents::ServedAs::of(&opened.document.key, &content);
            let file_name = foreign::shown(&facts.name());
            let at = self
                .in_practice(opened, &opened.document, |practice, at| {
                    let full = |NoRoom| IpcError::PracticeFull { file_name, most: MAX_BYTES };
                    practice.put(at, &served.content_type, content).map_err(full)?;
                    Ok(at.clone())
                })
                .await?;
            return Ok((self.of_practice(&at).await?, CachesView::Told));
        };
        let file = off_thread(move || open(&path)).await??;
        let facts = signet_app::documents::LocalFile::facts(&file).clone();
        let turn = self.upload.begin(facts.size)?;
        let (site, documents) = self.open_documents(id).await?;
        let name = opened.name();
        let in_words = Saying { file_name: &name, storage: site.storage.as_ref() };
        let key = &opened.document.key;
        let planned = documents.plan(&facts, &key.folder(), key.name(), self.clock.now()).await;
        let planned = planned.map_err(|error| in_words.not_planned(error))?;
        let is_it = planned.there.as_ref().is_some_and(|there| there.document == opened.document);
        if !is_it {
            return Err(IpcError::DocumentNotAsShown { file_name: name });
        }
        let mut showing = turn.showing();
        match documents.put(&planned, IfThere::Replace, Arc::new(file), &mut showing).await {
            Ok(put) => {
                // Found again, it is gone on with to no effect.
                let _: Result<(), _> = documents.finish(&put);
                Ok((put.document, CachesView::of(&put.caches)))
            }
            Err(error) => {
                if is_over(&error) {
                    discard(&documents, &self.uploads, &facts).await;
                }
                Err(in_words.not_put(error))
            }
        }
    }

    /// Does something with a document of practice, where it is the one that was shown.
    async fn in_practice<T>(
        &self,
        opened: &OpenedDocument,
        document: &StoredDocument,
        work: impl FnOnce(&Practice, &DocumentAddress) -> Result<T, IpcError>,
    ) -> Result<T, IpcError> {
        let practice = self.practice.lock().await;
        let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
        let address = document.key.address(&OriginPath::default(), &practice.site())?;
        if stored(practice, &address).as_ref() != Some(document) {
            return Err(IpcError::DocumentNotAsShown { file_name: opened.name() });
        }
        work(practice, &address)
    }

    async fn of_practice(&self, address: &DocumentAddress) -> Result<StoredDocument, IpcError> {
        let practice = self.practice.lock().await;
        let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
        stored(practice, address).ok_or(IpcError::Internal)
    }
}
