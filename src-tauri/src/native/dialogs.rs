//! The native file dialogs, through rfd.
//!
//! They are made on the main thread, as GTK and AppKit demand, with the window as their parent, and
//! waited for elsewhere: rfd's blocking calls can hang (rfd issue 198).

use std::path::PathBuf;
#[cfg(target_os = "linux")]
use std::pin::pin;
#[cfg(target_os = "linux")]
use std::time::Duration;

use rfd::AsyncFileDialog;
#[cfg(target_os = "linux")]
use signet_os::own_process::Visible;
use tauri::{AppHandle, Manager, Runtime};
use tokio::sync::oneshot;

use super::{Answer, Dialogs, WINDOW};

/// Together three seconds.
#[cfg(target_os = "linux")]
const LOOKS: usize = 150;

/// A portal looks when it is asked, and may have to be started first.
#[cfg(target_os = "linux")]
const PORTALS_LOOK: Duration = Duration::from_secs(30);

pub(super) struct NativeDialogs<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> NativeDialogs<R> {
    pub(super) fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }

    /// Opens a dialog for one place on the main thread; gives `None` where it was cancelled or could not open.
    fn ask<F>(
        &self,
        show: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
    ) -> Answer<Option<PathBuf>>
    where
        F: Future<Output = Option<rfd::FileHandle>> + Send + 'static,
    {
        let several = self.ask_for_several(|dialog| {
            let answer = show(dialog);
            async { answer.await.map(|one| vec![one]) }
        });
        Box::pin(async move { several.await.pop() })
    }

    /// The same for several places.
    fn ask_for_several<F>(
        &self,
        show: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
    ) -> Answer<Vec<PathBuf>>
    where
        F: Future<Output = Option<Vec<rfd::FileHandle>>> + Send + 'static,
    {
        #[cfg(target_os = "linux")]
        let visible = is_portals().then(Visible::now);
        let (shown, showing) = oneshot::channel();
        let app = self.app.clone();
        #[cfg(target_os = "linux")]
        let on_main_thread = self.app.clone();
        let posted = self.app.run_on_main_thread(move || {
            let mut dialog = AsyncFileDialog::new();
            if let Some(window) = app.get_webview_window(WINDOW) {
                dialog = dialog.set_parent(&window);
            }
            // The other end is only gone when the command was: then nobody waits for the answer.
            let _ = shown.send(show(dialog));
        });
        Box::pin(async move {
            let (Ok(()), Ok(answer)) = (posted, showing.await) else { return Vec::new() };
            #[cfg(target_os = "linux")]
            let answer = while_visible(answer, visible);
            let chosen = answer.await.unwrap_or_default();
            let paths: Vec<_> = chosen.iter().map(|file| file.path().to_owned()).collect();
            #[cfg(target_os = "linux")]
            if !paths.is_empty() {
                tauri::async_runtime::spawn(keep_out_of_recent_files(
                    on_main_thread,
                    paths.clone(),
                ));
            }
            paths
        })
    }
}

/// Waits for an answer, and lets a portal look who asks until it came or there was time enough to look.
#[cfg(target_os = "linux")]
async fn while_visible<T>(answer: impl Future<Output = T>, visible: Option<Visible>) -> T {
    let mut answer = pin!(answer);
    if let Ok(answered) = tokio::time::timeout(PORTALS_LOOK, &mut answer).await {
        return answered;
    }
    drop(visible);
    answer.await
}

/// Whether the dialogs are those of a portal, another program: where GTK goes by the same signs.
#[cfg(target_os = "linux")]
fn is_portals() -> bool {
    let is_asked_for = |value: std::ffi::OsString| value.as_encoded_bytes().starts_with(b"1");
    std::env::var_os("GTK_USE_PORTAL").is_some_and(is_asked_for)
        || std::path::Path::new("/.flatpak-info").exists()
}

/// GTK writes down what was chosen a moment after the dialog, once it has asked the disk about it.
#[cfg(target_os = "linux")]
async fn keep_out_of_recent_files<R: Runtime>(app: AppHandle<R>, paths: Vec<PathBuf>) {
    use super::recent;
    for _ in 0..LOOKS {
        let paths = paths.clone();
        let forget = move || paths.iter().for_each(|path| recent::forget(path));
        // A window that is gone writes nothing down any more.
        if app.run_on_main_thread(forget).is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let _ = app.run_on_main_thread(recent::forget_all);
}

impl<R: Runtime> Dialogs for NativeDialogs<R> {
    fn pick_key_file(&self) -> Answer<Option<PathBuf>> {
        self.ask(|dialog| dialog.set_title("Choose key file").pick_file())
    }

    fn pick_access_key_file(&self) -> Answer<Option<PathBuf>> {
        self.ask(|dialog| dialog.set_title("Choose the file with the access key").pick_file())
    }

    fn pick_list_file(&self) -> Answer<Option<PathBuf>> {
        self.ask(|dialog| {
            dialog
                .set_title("Choose a list of documents")
                .add_filter("Lists", &["csv", "tsv", "txt"])
                .add_filter("All files", &["*"])
                .pick_file()
        })
    }

    fn pick_documents(&self) -> Answer<Vec<PathBuf>> {
        self.ask_for_several(|dialog| dialog.set_title("Choose a document").pick_files())
    }

    fn pick_folder(&self) -> Answer<Option<PathBuf>> {
        self.ask(|dialog| dialog.set_title("Choose a folder").pick_folder())
    }

    fn pick_place_to_save(
        &self,
        title: &'static str,
        file_name: String,
        extension: &'static str,
    ) -> Answer<Option<PathBuf>> {
        self.ask(move |dialog| {
            dialog
                .set_title(title)
                .set_file_name(file_name)
                .add_filter(extension.to_uppercase(), &[extension])
                .save_file()
        })
    }
}
