//! Commands about many links at once. The list, and the links that are made of it, stay on this side.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;
use signet_app::{GoOnError, LinkBatch, Name, RegisteredKey, Run, SiteId, Stage, UnfinishedBatch};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::document_list::{self, DocumentList, ListError};
use signet_cloudfront::moment::Order;
use signet_os::saved_file::Readers;
use signet_os::{list_file, to_csv};
use tauri::State;
use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};

use super::links::save;
use super::views::links::SaveOutcome;
use super::views::many::{
    AnswerListRequest, BatchState, BatchView, ChooseListRequest, CreateBatchRequest,
    LeaveOutRequest, ListOutcome, MendRowRequest, ReadListRequest, RowRequest, RowView,
    RowsRequest, RowsView, SheetCode, SheetRequest, UnfinishedView,
};
use super::{ChosenFile, IpcError, Signet, off_thread};

/// Of 100, where a usual thread has 50; on Linux this is a niceness of 9.
const QUIET: u8 = 25;

/// The list that is worked on, and what an earlier run left unfinished.
#[derive(Default)]
pub(super) struct Batches {
    work: Option<Arc<Work>>,
    unfinished: Unfinished,
}

/// The history is asked once: what this run begins, it ends.
#[derive(Default)]
enum Unfinished {
    #[default]
    NotAsked,
    None,
    Some(UnfinishedBatch),
}

/// A list, and how fast it is made.
struct Work {
    list: LinkBatch,
    /// Whose documents they are, as that was called when the list was read.
    site: (SiteId, Name),
    pace: std::sync::Mutex<Pace>,
}

/// From the first link of a run to now, or to its last.
#[derive(Clone, Copy, Default)]
struct Pace {
    began: Option<Instant>,
    took: Option<Duration>,
    made_before: usize,
}

#[tauri::command]
pub(super) async fn read_list(
    signet: State<'_, Signet>,
    request: ReadListRequest,
) -> Result<BatchView, IpcError> {
    let ReadListRequest { site_id, text, folder } = request;
    let key = signet.signing_key(&site_id)?;
    let documents = off_thread(move || document_list::read(&text))
        .await?
        .map_err(|error| IpcError::of_list(error, None))?;
    signet.take_list(key, folder, documents).await
}

#[tauri::command]
pub(super) async fn choose_list(
    signet: State<'_, Signet>,
    request: ChooseListRequest,
) -> Result<ListOutcome, IpcError> {
    let key = signet.signing_key(&request.site_id)?;
    let Some(path) = signet.desktop.dialogs.pick_list_file().await else {
        return Ok(ListOutcome::Cancelled);
    };
    let ChosenFile { name: file_name, .. } = ChosenFile::at(&path);
    let shown = file_name.clone();
    let documents = off_thread(move || {
        let bytes = list_file::read(&path)
            .map_err(|error| IpcError::of_reading_list(error, shown.clone()))?;
        document_list::read_bytes(&bytes).map_err(|error| IpcError::of_list(error, Some(shown)))
    })
    .await??;
    let list = signet.take_list(key, request.folder, documents).await?;
    Ok(ListOutcome::Read { file_name, list: Box::new(list) })
}

#[tauri::command]
pub(super) async fn list_rows(
    signet: State<'_, Signet>,
    request: RowsRequest,
) -> Result<RowsView, IpcError> {
    let RowsRequest { show, skip, take } = request;
    let work = signet.work().await?;
    let (rows, found) = work.list.rows(show, skip, take);
    Ok(RowsView { rows: rows.into_iter().map(RowView::of).collect(), found })
}

#[tauri::command]
pub(super) async fn mend_row(
    signet: State<'_, Signet>,
    request: MendRowRequest,
) -> Result<RowView, IpcError> {
    let work = signet.work().await?;
    let (row, words) = request.parse();
    let mended = work.list.mend(row, words, signet.clock.now(), &chrono::Local)?;
    mended.map(RowView::of).ok_or(IpcError::NoList)
}

#[tauri::command]
pub(super) async fn answer_list(
    signet: State<'_, Signet>,
    request: AnswerListRequest,
) -> Result<BatchView, IpcError> {
    let work = signet.work().await?;
    let now = signet.clock.now();
    off_thread(move || {
        match request {
            AnswerListRequest::Column { column, answer } => {
                work.list.answer(column, answer, now, &chrono::Local)?;
            }
            AnswerListRequest::Order { is_day_first } => {
                let order = if is_day_first { Order::DayFirst } else { Order::MonthFirst };
                work.list.choose_order(order, now, &chrono::Local)?;
            }
        }
        Ok(work.view())
    })
    .await?
}

#[tauri::command]
pub(super) async fn leave_out_rows(
    signet: State<'_, Signet>,
    request: LeaveOutRequest,
) -> Result<BatchView, IpcError> {
    let work = signet.work().await?;
    work.list.leave_out(&request.ids, request.left_out)?;
    Ok(work.view())
}

#[tauri::command]
pub(super) async fn leave_out_problems(signet: State<'_, Signet>) -> Result<BatchView, IpcError> {
    let work = signet.work().await?;
    work.list.leave_out_problems()?;
    Ok(work.view())
}

#[tauri::command]
pub(super) async fn batch_state(signet: State<'_, Signet>) -> Result<BatchState, IpcError> {
    let mut batches = signet.batches.lock().await;
    if matches!(batches.unfinished, Unfinished::NotAsked) {
        // Where the history cannot be read, *Links* says so.
        let found = signet.at_app(|app| app.unfinished_batch().ok().flatten()).await?;
        batches.unfinished = found.map_or(Unfinished::None, Unfinished::Some);
    }
    let unfinished = match &batches.unfinished {
        Unfinished::Some(unfinished) => {
            let site = signet.app.site_with(&unfinished.batch.key);
            Some(UnfinishedView::of(unfinished, site.as_ref()))
        }
        Unfinished::NotAsked | Unfinished::None => None,
    };
    Ok(BatchState { list: batches.work.as_ref().map(|work| work.view()), unfinished })
}

#[tauri::command]
pub(super) async fn create_batch(
    signet: State<'_, Signet>,
    request: CreateBatchRequest,
) -> Result<BatchView, IpcError> {
    let now = signet.clock.now();
    let lifetime = request.lifetime.parse(now)?;
    let work = signet.work().await?;
    let planned = Arc::clone(&work);
    let run = signet
        .at_app(move |app| app.plan_batch(&planned.list, &lifetime, now, &chrono::Local))
        .await??;
    Ok(signet.make(&work, run))
}

#[tauri::command]
pub(super) async fn retry_batch(signet: State<'_, Signet>) -> Result<BatchView, IpcError> {
    let work = signet.work().await?;
    let run = work.list.plan_rest(signet.clock.now(), &chrono::Local)?;
    Ok(signet.make(&work, run))
}

#[tauri::command]
pub(super) async fn stop_batch(signet: State<'_, Signet>) -> Result<BatchView, IpcError> {
    let work = signet.work().await?;
    work.list.stop();
    Ok(work.view())
}

#[tauri::command]
pub(super) async fn resume_batch(signet: State<'_, Signet>) -> Result<BatchView, IpcError> {
    let mut batches = signet.batches.lock().await;
    batches.idle()?;
    let Unfinished::Some(unfinished) = &batches.unfinished else {
        return Err(IpcError::NoList);
    };
    let key = signet.app.registered_key(&unfinished.batch.key).ok_or(IpcError::KeyUnknown)?;
    let site = signet.site_of_key(&key)?;
    let (id, now) = (unfinished.id, signet.clock.now());
    let held = signet.at_app(move |app| app.hold_batch(id)).await?;
    if matches!(held, Err(GoOnError::Gone)) {
        batches.unfinished = Unfinished::None;
    }
    let (list, run) = LinkBatch::unfinished(key, held?, now)?;
    let work = Arc::new(Work { list, site, pace: std::sync::Mutex::default() });
    let view = signet.make(&work, run);
    *batches = Batches { work: Some(work), unfinished: Unfinished::None };
    Ok(view)
}

#[tauri::command]
pub(super) async fn drop_batch(signet: State<'_, Signet>) -> Result<(), IpcError> {
    let mut batches = signet.batches.lock().await;
    batches.idle()?;
    if batches.work.take().is_none()
        && let Unfinished::Some(unfinished) = &batches.unfinished
    {
        let id = unfinished.id;
        signet.at_app(move |app| app.leave_batch(id)).await??;
        batches.unfinished = Unfinished::None;
    }
    Ok(())
}

#[tauri::command]
pub(super) async fn copy_row(
    signet: State<'_, Signet>,
    request: RowRequest,
) -> Result<(), IpcError> {
    let link = signet.work().await?.list.link(request.id).ok_or(IpcError::NoList)?;
    Ok(signet.desktop.clipboard.copy(link.as_str())?)
}

#[tauri::command]
pub(super) async fn copy_all_rows(signet: State<'_, Signet>) -> Result<(), IpcError> {
    let made = signet.work().await?.list.made(0, usize::MAX);
    if made.is_empty() {
        return Err(IpcError::NothingToMake);
    }
    let links: Vec<_> = made.iter().map(|row| row.link.as_str()).collect();
    Ok(signet.desktop.clipboard.copy(&links.join("\n"))?)
}

#[tauri::command]
pub(super) async fn save_rows(signet: State<'_, Signet>) -> Result<SaveOutcome, IpcError> {
    let work = signet.work().await?;
    let table = off_thread(move || to_csv(&work.list.export(), true, &chrono::Local)).await?;
    save(&signet, "Save links", "Signet links", "csv", table, Readers::Owner).await
}

#[tauri::command]
pub(super) async fn sheet_codes(
    signet: State<'_, Signet>,
    request: SheetRequest,
) -> Result<Vec<SheetCode>, IpcError> {
    let work = signet.work().await?;
    off_thread(move || {
        let made = work.list.made(request.skip, request.take);
        made.iter().filter_map(SheetCode::of).collect()
    })
    .await
}

#[tauri::command]
pub(super) async fn print_sheet(signet: State<'_, Signet>) -> Result<(), IpcError> {
    Ok(signet.desktop.printer.print()?)
}

impl Signet {
    async fn take_list(
        &self,
        key: RegisteredKey,
        folder: String,
        documents: DocumentList,
    ) -> Result<BatchView, IpcError> {
        let now = self.clock.now();
        let site = self.site_of_key(&key)?;
        let mut batches = self.batches.lock().await;
        batches.idle()?;
        let earlier = batches.work.clone();
        let list = off_thread(move || {
            let list = LinkBatch::new(key, &folder, documents, now, &chrono::Local);
            if let Some(earlier) = earlier {
                list.mend_as(&earlier.list, now, &chrono::Local);
            }
            list
        })
        .await?;
        let work = Arc::new(Work { list, site, pace: std::sync::Mutex::default() });
        let view = work.view();
        batches.work = Some(work);
        Ok(view)
    }

    fn site_of_key(&self, key: &RegisteredKey) -> Result<(SiteId, Name), IpcError> {
        let site = self.app.site_with(&key.id).ok_or(IpcError::KeyUnknown)?;
        Ok((site.id, site.name))
    }

    /// The document of a row, and the key that makes its link.
    pub(super) async fn row_to_try(
        &self,
        row: usize,
    ) -> Result<(RegisteredKey, DocumentAddress), IpcError> {
        let list = &self.work().await?.list;
        Ok((list.key().clone(), list.address(row).ok_or(IpcError::NoList)?))
    }

    async fn work(&self) -> Result<Arc<Work>, IpcError> {
        self.batches.lock().await.work.clone().ok_or(IpcError::NoList)
    }

    /// Begins a run; who wants to know how far it is asks.
    fn make(&self, work: &Arc<Work>, run: Run) -> BatchView {
        let (app, work) = (Arc::clone(&self.app), Arc::clone(work));
        work.begin();
        let view = work.view();
        tauri::async_runtime::spawn_blocking(move || {
            giving_way(|| app.make_batch(&work.list, run));
            work.end();
        });
        view
    }
}

/// Works on all cores with threads that wait where the window has something to do.
fn giving_way(work: impl FnOnce() + Send) {
    let give_way = |_| {
        // Where the system refuses it, the work is done all the same.
        let _ = ThreadPriorityValue::try_from(QUIET)
            .map(|value| set_current_thread_priority(ThreadPriority::Crossplatform(value)));
    };
    match ThreadPoolBuilder::new().start_handler(give_way).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

impl Batches {
    fn idle(&self) -> Result<(), IpcError> {
        let is_making = |work: &Arc<Work>| work.list.tally().stage == Stage::Making;
        if self.work.as_ref().is_some_and(is_making) { Err(IpcError::ManyBusy) } else { Ok(()) }
    }
}

impl Work {
    fn view(&self) -> BatchView {
        let pace = *self.pace();
        let seconds = pace.took.or_else(|| pace.began.map(|began| began.elapsed()));
        let tally = self.list.tally();
        let made = tally.made.saturating_sub(pace.made_before);
        let rate = seconds.map_or(0.0, |took| made as f64 / took.as_secs_f64().max(0.001));
        BatchView::of(&self.list, &self.site, tally, rate as u32)
    }

    fn begin(&self) {
        let made_before = self.list.tally().made;
        *self.pace() = Pace { began: Some(Instant::now()), took: None, made_before };
    }

    fn end(&self) {
        let mut pace = self.pace();
        pace.took = pace.began.map(|began| began.elapsed());
    }

    fn pace(&self) -> std::sync::MutexGuard<'_, Pace> {
        // Three numbers are always whole.
        self.pace.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl IpcError {
    fn of_list(error: ListError, file_name: Option<String>) -> Self {
        match error {
            ListError::Empty => Self::ListEmpty,
            ListError::TooLong { most } => Self::ListTooLong { most },
            ListError::TooLarge { most } => Self::ListTooLarge { file_name, most },
            ListError::NotText => Self::ListNotText { file_name },
        }
    }

    fn of_reading_list(error: list_file::ReadListError, file_name: String) -> Self {
        match error {
            list_file::ReadListError::TooLarge { most } => {
                Self::ListTooLarge { file_name: Some(file_name), most }
            }
            list_file::ReadListError::Unreadable => Self::ListUnreadable { file_name },
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use rayon::prelude::*;

    use super::giving_way;

    /// Of the calling thread: the 19th word of its line in `/proc`, behind a name in brackets.
    fn niceness() -> i32 {
        let line = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        let (_, words) = line.rsplit_once(')').unwrap();
        words.split_whitespace().nth(16).unwrap().parse().unwrap()
    }

    #[test]
    fn every_thread_that_signs_gives_way_and_no_other() {
        let before = niceness();
        giving_way(|| {
            let of_all: Vec<i32> = (0..64).into_par_iter().map(|_| niceness()).collect();
            assert!(of_all.iter().all(|niceness| *niceness == 9.max(before)), "{of_all:?}");
        });
        assert_eq!(niceness(), before);
    }
}
