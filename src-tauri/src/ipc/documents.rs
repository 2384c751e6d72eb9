//! Commands about a file of this computer that becomes the document of a link. Its path stays on this side.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use signet_app::NewLink;
use signet_app::documents::{
    DocumentKey, FileFacts, Folder, LocalFile, NotAddressed, OriginPath, ServedAs,
};
use signet_cloudfront::address::{DocumentAddress, typed_name};
use signet_cloudfront::foreign;
use signet_os::DocumentFile;
use signet_practice::{MAX_BYTES, NoRoom};
use tauri::State;

use super::views::documents::{
    AlreadyThereView, ChosenDocument, DocumentView, Existing, ShareOutcome, ShareProgressView,
    ShareRequest,
};
use super::views::links::{LinkView, Signer};
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
    let Some(path) = signet.desktop.dialogs.pick_document().await else {
        return Ok(ChosenDocument::Cancelled);
    };
    let held = signet.held_document.clone();
    let document = off_thread(move || held.take(&path)).await??;
    Ok(ChosenDocument::Chosen { document })
}

#[tauri::command]
pub(super) async fn share_document(
    signet: State<'_, Signet>,
    request: ShareRequest,
) -> Result<ShareOutcome, IpcError> {
    match request.signer {
        Signer::Practice => signet.share_in_practice(request).await,
        Signer::Site { .. } => Err(IpcError::SiteTakesNoDocuments),
    }
}

#[tauri::command]
pub(super) async fn share_progress(
    _signet: State<'_, Signet>,
) -> Result<Option<ShareProgressView>, IpcError> {
    Ok(None)
}

#[tauri::command]
pub(super) async fn stop_sharing(_signet: State<'_, Signet>) -> Result<(), IpcError> {
    Ok(())
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

    fn path(&self, number: u32) -> Option<PathBuf> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.path.clone().filter(|_| held.number == number)
    }
}

impl Signet {
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
                    links: 0,
                };
                return Ok(ShareOutcome::AlreadyThere { already });
            }
            (Some(_), Existing::KeepBoth) => copies.next().ok_or(IpcError::NoFreeName)?,
        };
        let address = address_of(&key)?;
        let typed = address.as_typed(|text| DocumentAddress::parse(text, &site).ok());
        let request = request.link(typed);
        let recipe = request.parse(now)?;
        let served = ServedAs::of(&key, &content);
        // Only a link that can be made has its document served.
        let made: NewLink = Self::practice_link_of(practice, &recipe, now)?;
        practice
            .put(&made.address, &served.content_type, content)
            .map_err(|NoRoom| IpcError::PracticeFull { file_name, most: MAX_BYTES })?;
        let number = self.keep_for_trial(&made, None).await;
        let link = Box::new(LinkView::of(made, number, request, now));
        Ok(ShareOutcome::Shared { link })
    }
}

/// What a file is and what is in it, where practice has room for it.
fn content(path: &Path) -> Result<(FileFacts, Vec<u8>), IpcError> {
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

fn open(path: &Path) -> Result<DocumentFile, IpcError> {
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
