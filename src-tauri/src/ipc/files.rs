//! Commands about several files of this computer that go to a site together, and about the links that are made of them. Their
//! places and the links stay on this side.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use signet_app::documents::{DocumentKey, Folder, FoundFile, LeftOut, OriginPath};
use signet_app::sharing::{
    Caches, DocumentThere, FilesRun, FilesStage, LinkDocumentError, MAX_FILES, ManyFiles, Replaces,
    ShareFileError, ShareMany, SharedFile, ShowMany, ShowUpload, SiteDocuments, WantedLink,
};
use signet_app::{ExportRow, MadeLink, NewLink, Note, Site, SiteId};
use signet_aws::Aws;
use signet_cloudfront::foreign;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::moment::Reading;
use signet_os::found_files::{self, FindFilesError, FoundFiles};
use signet_os::saved_file::Readers;
use signet_os::{DocumentFiles, KeptFilesRun, to_csv};
use tauri::State;

use super::documents::{Served, content, serve};
use super::links::save;
use super::sites::known_site;
use super::storage_errors::Saying;
use super::views::documents::Existing;
use super::views::files::{
    ChooseFilesRequest, ChosenFiles, FileRequest, FileRowView, FileRowsRequest, FileRowsView,
    FilesState, FilesView, ShareFilesRequest, UnfinishedFilesView, WhereTo,
};
use super::views::links::{LifetimeRequest, SaveOutcome, Signer};
use super::{IpcError, Signet, off_thread};

/// The files that were chosen or dropped last.
#[derive(Default, Clone)]
pub(super) struct HeldFiles(Arc<Mutex<Option<Arc<Work>>>>);

/// Files, and what is known of where they go.
pub(super) struct Work {
    many: ManyFiles<IpcError>,
    left_out: Vec<(String, LeftOut)>,
    to: Mutex<Option<Asked>>,
    /// What is written down of them, until all of them are there.
    kept: Mutex<Option<KeptFilesRun>>,
}

/// Where files go, and until when their links work.
#[derive(Clone)]
enum Asked {
    Practice { folder: Folder, lifetime: LifetimeRequest },
    Site { id: SiteId, folder: Folder, expires_at: i64 },
}

impl Asked {
    /// Whether both are the same folder of the same site.
    fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Practice { .. }, Self::Practice { .. }) => true,
            (
                Self::Site { id, folder, .. },
                Self::Site { id: other_id, folder: other_folder, .. },
            ) => id == other_id && folder == other_folder,
            _ => false,
        }
    }
}

#[tauri::command]
pub(super) async fn choose_files(
    signet: State<'_, Signet>,
    request: ChooseFilesRequest,
) -> Result<ChosenFiles, IpcError> {
    signet.held_files.idle()?;
    let places = match request.is_folder {
        true => signet.desktop.dialogs.pick_folder().await.into_iter().collect(),
        false => signet.desktop.dialogs.pick_documents().await,
    };
    if places.is_empty() {
        return Ok(ChosenFiles::Cancelled);
    }
    let held = signet.held_files.clone();
    let files = off_thread(move || held.take(&places)).await??;
    Ok(ChosenFiles::Chosen { files: Box::new(files) })
}

#[tauri::command]
pub(super) async fn files_state(signet: State<'_, Signet>) -> Result<FilesState, IpcError> {
    if let Some(work) = signet.held_files.work() {
        return Ok(FilesState { files: Some(signet.view_of(&work)), unfinished: None });
    }
    let runs = signet.uploads.runs();
    let unfinished = off_thread(move || runs.unfinished().into_iter().next()).await?;
    let unfinished = unfinished
        .map(|(_, run)| UnfinishedFilesView::of(&run, signet.app.site(&run.site).as_ref()));
    Ok(FilesState { files: None, unfinished })
}

#[tauri::command]
pub(super) async fn file_rows(
    signet: State<'_, Signet>,
    request: FileRowsRequest,
) -> Result<FileRowsView, IpcError> {
    let FileRowsRequest { only_not_made, skip, take } = request;
    let work = signet.held_files.known()?;
    let (rows, found) = work.many.rows(only_not_made, skip, take, FileRowView::of);
    Ok(FileRowsView { rows, found })
}

#[tauri::command]
pub(super) async fn share_files(
    signet: State<'_, Signet>,
    request: ShareFilesRequest,
) -> Result<FilesView, IpcError> {
    let work = signet.held_files.known()?;
    let now = signet.clock.now();
    let folder = Folder::parse(&request.folder).map_err(IpcError::DocumentFolder)?;
    let asked = match &request.signer {
        Signer::Practice => Asked::Practice { folder, lifetime: request.lifetime },
        Signer::Site { id } => {
            let site = signet.known(&known_site(id)?)?;
            let lifetime = request.lifetime.parse(now)?;
            let expires_at = lifetime.expires_at(now, site.day_end, &chrono::Local)?;
            Asked::Site { id: site.id, folder, expires_at }
        }
    };
    // What was shown was shown of one place.
    let is_same = work.to().as_ref().is_some_and(|before| before.is_same_place(&asked));
    let existing = if is_same { request.existing } else { Existing::Ask };
    match existing {
        Existing::Ask => {}
        Existing::KeepBoth => work.many.keep_both(),
        Existing::Replace => work.many.replace_what_was_shown(),
    }
    *work.to() = Some(asked);
    signet.go_on(&work, existing == Existing::Ask).await
}

#[tauri::command]
pub(super) async fn go_on_with_files(signet: State<'_, Signet>) -> Result<FilesView, IpcError> {
    let work = match signet.held_files.work() {
        Some(work) => work,
        None => signet.take_unfinished().await?,
    };
    signet.go_on(&work, false).await
}

#[tauri::command]
pub(super) async fn stop_files(signet: State<'_, Signet>) -> Result<(), IpcError> {
    if let Some(work) = signet.held_files.work() {
        work.many.stop();
    }
    Ok(())
}

#[tauri::command]
pub(super) async fn drop_files(signet: State<'_, Signet>) -> Result<(), IpcError> {
    signet.held_files.idle()?;
    let work = match signet.held_files.work() {
        Some(work) => work,
        None => signet.take_unfinished().await?,
    };
    signet.forget(&work).await;
    signet.held_files.put(None);
    Ok(())
}

#[tauri::command]
pub(super) async fn copy_file_link(
    signet: State<'_, Signet>,
    request: FileRequest,
) -> Result<(), IpcError> {
    let link = signet.held_files.known()?.links().into_iter().find(|(row, _)| *row == request.id);
    let (_, link) = link.ok_or(IpcError::NoDocument)?;
    Ok(signet.desktop.clipboard.copy(&link)?)
}

#[tauri::command]
pub(super) async fn copy_all_file_links(signet: State<'_, Signet>) -> Result<(), IpcError> {
    let links: Vec<_> =
        signet.held_files.known()?.links().into_iter().map(|(_, link)| link).collect();
    if links.is_empty() {
        return Err(IpcError::NothingToMake);
    }
    Ok(signet.desktop.clipboard.copy(&links.join("\n"))?)
}

#[tauri::command]
pub(super) async fn save_file_links(signet: State<'_, Signet>) -> Result<SaveOutcome, IpcError> {
    let work = signet.held_files.known()?;
    let asked = work.to().clone();
    let Some(Asked::Site { id, .. }) = asked else { return Err(IpcError::NothingToMake) };
    let key = signet.app.signing_key(&id)?;
    let now = signet.clock.now();
    let row = |_, file: &SharedFile| {
        let NewLink { link, address, terms, .. } = file.link.as_ref()?;
        let made = MadeLink {
            address: address.clone(),
            signer: key.signer(),
            key: key.id.clone(),
            key_name: key.name.clone(),
            terms: terms.clone(),
            created_at: now,
        };
        Some(ExportRow { made, note: Note::default(), link: Some(link.clone()) })
    };
    let rows: Vec<_> = work.many.shared_files(row).into_iter().flatten().collect();
    let table = off_thread(move || to_csv(&rows, true, &chrono::Local)).await?;
    save(&signet, "Save links", "Signet links", "csv", table, Readers::Owner).await
}

impl HeldFiles {
    /// Takes files in the place of those before. May wait for the disk.
    pub(super) fn take(&self, places: &[PathBuf]) -> Result<FilesView, IpcError> {
        self.idle()?;
        let found = found_files::find(places, MAX_FILES).map_err(|error| match error {
            FindFilesError::Unreadable { name } => {
                IpcError::FolderUnreadable { name: foreign::shown(&name) }
            }
            FindFilesError::TooMany { most } => IpcError::TooManyFiles { most },
        })?;
        let FoundFiles { all, left_out } = found;
        if all.is_empty() {
            return Err(IpcError::NoFiles);
        }
        let work = Arc::new(Work::new(ManyFiles::new(all, &Replaces::Nothing), left_out));
        let view = FilesView::of(&work.many, &work.left_out, WhereTo::default());
        self.put(Some(work));
        Ok(view)
    }

    fn work(&self) -> Option<Arc<Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn known(&self) -> Result<Arc<Work>, IpcError> {
        self.work().ok_or(IpcError::NoDocument)
    }

    fn put(&self, work: Option<Arc<Work>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = work;
    }

    /// One run at a time.
    fn idle(&self) -> Result<(), IpcError> {
        let is_busy = self.work().is_some_and(|work| work.many.is_busy());
        if is_busy { Err(IpcError::ShareBusy) } else { Ok(()) }
    }
}

impl Work {
    fn new(many: ManyFiles<IpcError>, left_out: Vec<(String, LeftOut)>) -> Self {
        Self { many, left_out, to: Mutex::default(), kept: Mutex::default() }
    }

    fn to(&self) -> MutexGuard<'_, Option<Asked>> {
        self.to.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, Option<KeptFilesRun>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The links, and whose they are.
    fn links(&self) -> Vec<(usize, String)> {
        let link =
            |row, file: &SharedFile| Some((row, file.link.as_ref()?.link.as_str().to_owned()));
        self.many.shared_files(link).into_iter().flatten().collect()
    }
}

/// Whoever looks asks [`ManyFiles`].
struct Quiet;

impl ShowUpload for Quiet {
    fn sent(&mut self, _: u64) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

impl ShowMany for Quiet {
    fn replaces(&mut self, _: &DocumentThere) {}

    fn ended(&mut self, _: usize, _: &FoundFile, _: Result<&SharedFile, &ShareFileError>) {}
}

impl Signet {
    fn view_of(&self, work: &Work) -> FilesView {
        let to = match &*work.to() {
            None => WhereTo::default(),
            Some(Asked::Practice { folder, .. }) => {
                WhereTo { folder: folder.as_str().to_owned(), ..WhereTo::default() }
            }
            Some(Asked::Site { id, folder, expires_at }) => WhereTo {
                site_id: Some(id.to_string()),
                site_name: self.app.site(id).map(|site| site.name.to_string()).unwrap_or_default(),
                folder: folder.as_str().to_owned(),
                expires_at: Some(*expires_at),
            },
        };
        FilesView::of(&work.many, &work.left_out, to)
    }

    fn known(&self, id: &SiteId) -> Result<Site, IpcError> {
        self.app.site(id).ok_or(IpcError::SiteUnknown)
    }

    /// The oldest run of an earlier program, in this one's hands.
    async fn take_unfinished(&self) -> Result<Arc<Work>, IpcError> {
        let runs = self.uploads.runs();
        let held = off_thread(move || {
            let (id, run) = runs.unfinished().into_iter().next()?;
            Some(runs.hold(&id).map(|kept| (run, kept)))
        });
        let (run, kept) = match held.await?.ok_or(IpcError::NoDocument)? {
            Ok(held) => held,
            Err(error) => return Err(Saying::nothing().not_held(error)),
        };
        let FilesRun { site, folder, expires_at, files, .. } = run;
        let (files, replaces): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        let many = ManyFiles::new(files, &Replaces::Nothing);
        many.replace_as(replaces);
        // Nothing of it is asked about again.
        many.ended();
        let work = Work::new(many, Vec::new());
        *work.to() = Some(Asked::Site { id: site, folder, expires_at });
        *work.kept() = Some(kept);
        let work = Arc::new(work);
        self.held_files.put(Some(Arc::clone(&work)));
        Ok(work)
    }

    /// Does what is left to do. Where it is to be asked, what is there already is looked at first.
    async fn go_on(&self, work: &Arc<Work>, asks: bool) -> Result<FilesView, IpcError> {
        let asked = work.to().clone().ok_or(IpcError::NoDocument)?;
        match asked {
            Asked::Practice { folder, lifetime } => {
                let _turn = self.upload.begin(work.many.tally().size)?;
                work.many.begin(FilesStage::Going).map_err(|_| IpcError::ShareBusy)?;
                self.share_all_in_practice(work, &folder, &lifetime).await;
            }
            Asked::Site { id, folder, expires_at } => {
                self.share_all_on_site(work, &id, &folder, expires_at, asks).await?;
            }
        }
        Ok(self.view_of(work))
    }

    async fn share_all_on_site(
        &self,
        work: &Arc<Work>,
        id: &SiteId,
        chosen: &Folder,
        expires_at: i64,
        asks: bool,
    ) -> Result<(), IpcError> {
        let site = self.known(id)?;
        let storage = site.storage.as_ref();
        let _turn = self.upload.begin(work.many.tally().size)?;
        let open = SiteDocuments::open(&Aws, &self.uploads, self, &site, None).await;
        let open = open.map_err(|error| Saying { file_name: "", storage }.not_open(error))?;
        let target = open.folder(chosen).map_err(IpcError::DocumentFolder)?;
        let wanted = WantedLink {
            lifetime: Lifetime::written(Reading::Moment(expires_at)),
            limits: signet_app::ChosenLimits::default(),
            note: Note::default(),
        };
        let clock = || self.clock.now();
        let how = ShareMany {
            files: DocumentFiles,
            target: &target,
            wanted: Some(&wanted),
            clock,
            zone: chrono::Local,
        };
        let say = |file: &FoundFile, error| in_words(file, storage, error);
        let stage = if asks { FilesStage::Looking } else { FilesStage::Going };
        work.many.begin(stage).map_err(|_| IpcError::ShareBusy)?;
        if asks && !open.look_at_all(&work.many, &how, say).await {
            return Ok(());
        }
        if let Err(error) = self.write_down(work, id, chosen, expires_at).await {
            work.many.ended();
            return Err(error);
        }
        if open.share_all(&work.many, &how, &mut Quiet, say).await {
            self.forget_run(work).await;
            open.finish_all(&work.many);
        }
        if work.many.tally().made > 0 {
            let _: Result<(), _> = open.remember_folder(chosen).await;
        }
        Ok(())
    }

    /// Writes down what is to be done, before anything of it is.
    async fn write_down(
        &self,
        work: &Arc<Work>,
        site: &SiteId,
        folder: &Folder,
        expires_at: i64,
    ) -> Result<(), IpcError> {
        let files = work.many.files().iter().cloned().zip(work.many.replaces()).collect();
        let (site, folder, begun_at) = (site.clone(), folder.clone(), self.clock.now());
        let run = FilesRun { site, folder, expires_at, begun_at, files };
        let (runs, work) = (self.uploads.runs(), Arc::clone(work));
        off_thread(move || {
            let mut kept = work.kept();
            match &*kept {
                // What an earlier try wrote down says another end, or what is replaced.
                Some(kept) => kept.write(&run)?,
                None => *kept = Some(runs.begin(&run)?),
            }
            Ok(())
        })
        .await?
        .map_err(|error| Saying::nothing().not_held(error))
    }

    async fn forget_run(&self, work: &Arc<Work>) {
        let work = Arc::clone(work);
        // Found again, going on with it does nothing.
        let _: Result<(), IpcError> = off_thread(move || {
            if let Some(kept) = work.kept().take() {
                let _found_again: Result<(), _> = kept.forget();
            }
        })
        .await;
    }

    /// What is there stays, and what of the rest is in the storage is taken back, if that is reached.
    async fn forget(&self, work: &Arc<Work>) {
        let asked = work.to().clone();
        let was_begun = work.kept().is_some();
        // First, so that after a kill nobody goes on with what is not known any more.
        self.forget_run(work).await;
        if let Some(Asked::Site { id, .. }) = asked
            && was_begun
            && let Some(site) = self.app.site(&id)
            && let Ok(open) = SiteDocuments::open(&Aws, &self.uploads, self, &site, None).await
        {
            open.discard_rest(&work.many).await;
        }
    }

    async fn share_all_in_practice(
        &self,
        work: &Arc<Work>,
        folder: &Folder,
        lifetime: &LifetimeRequest,
    ) {
        let mut from = 0;
        while let Some(row) = work.many.next(from) {
            from = row + 1;
            let Some(file) = work.many.files().get(row) else { break };
            match self.share_one_in_practice(file, folder, lifetime).await {
                Ok(shared) => work.many.shared(row, shared),
                Err(error @ IpcError::PracticeNotRunning) => work.many.halted(Some(error)),
                Err(error) => work.many.failed(row, error),
            }
        }
        work.many.ended();
    }

    async fn share_one_in_practice(
        &self,
        file: &FoundFile,
        folder: &Folder,
        lifetime: &LifetimeRequest,
    ) -> Result<SharedFile, IpcError> {
        let path = file.path.clone();
        let (_, content) = off_thread(move || content(&path)).await??;
        let file_name = foreign::shown(&file.name);
        let not_called = |why| IpcError::DocumentName { file_name: file_name.clone(), why };
        let folder = folder.within(&file.folder).map_err(not_called)?;
        let planned = folder.key(&file.name).map_err(not_called)?;
        let practice = self.practice.lock().await;
        let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
        let site = practice.site();
        let is_free = |key: &DocumentKey| {
            let address = key.address(&OriginPath::default(), &site);
            address.is_ok_and(|address| practice.look(&address).is_none())
        };
        let mut names = std::iter::once(planned.clone()).chain(planned.copies());
        let key = names.find(is_free).ok_or(IpcError::NoFreeName)?;
        let made =
            serve(practice, &key, Served { file_name, content }, self.clock.now(), |typed| {
                lifetime.clone().for_practice(typed)
            })?;
        Ok(SharedFile {
            name: key.as_str().to_owned(),
            address: made.0.address.clone(),
            is_beside: key != planned,
            has_replaced: false,
            caches: Caches::Untouched,
            link: Some(made.0),
            put: None,
        })
    }
}

fn in_words(
    file: &FoundFile,
    storage: Option<&signet_app::Storage>,
    error: ShareFileError,
) -> IpcError {
    let file_name = foreign::shown(&file.name);
    let saying = Saying { file_name: &file_name, storage };
    match error {
        ShareFileError::Open(why) => IpcError::OpenDocument { file_name, why },
        ShareFileError::Folder(why) => IpcError::DocumentName { file_name, why },
        ShareFileError::Plan(error) => saying.not_planned(error),
        // Another file of these is there under that name by now, and was not shown.
        ShareFileError::Twice => IpcError::DocumentChangedThere { file_name },
        ShareFileError::Put(error) => saying.not_put(error),
        ShareFileError::NotLinkable(why) | ShareFileError::NotLinked { why, .. } => match why {
            LinkDocumentError::Create(error) => error.into(),
            LinkDocumentError::NotReached(error) => error.into(),
        },
        ShareFileError::NotReached(error) => error.into(),
    }
}
