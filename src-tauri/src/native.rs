//! The ports that need a desktop: file dialogs, clipboard, browser, clock.
//!
//! Each is a trait with two users, the desktop and the tests without one. Deliberately not here:
//! anything that knows what a key or a link is.

mod clipboard;
mod dialogs;
mod dropped;
#[cfg(target_os = "linux")]
mod recent;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::{SystemTime, UNIX_EPOCH};

use tauri::{AppHandle, Manager, Runtime};

pub use dropped::{DroppedNames, names_of};
use signet_app::Zoom;
use signet_os::umask;
use zeroize::Zeroizing;

/// The one window's label, by which capabilities know it.
pub(crate) const WINDOW: &str = "main";

/// What a dialog gives once the person has answered.
pub type Answer<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The native file dialogs.
pub trait Dialogs: Send + Sync {
    /// Asks for a key file; `None` where the person cancelled.
    fn pick_key_file(&self) -> Answer<Option<PathBuf>>;
    /// Asks for a file with an access key; `None` where the person cancelled.
    fn pick_access_key_file(&self) -> Answer<Option<PathBuf>>;
    /// Asks for a file with a list of documents; `None` where the person cancelled.
    fn pick_list_file(&self) -> Answer<Option<PathBuf>>;
    /// Asks for documents, mostly one; none where the person cancelled.
    fn pick_documents(&self) -> Answer<Vec<PathBuf>>;
    /// Asks for a folder with documents; `None` where the person cancelled.
    fn pick_folder(&self) -> Answer<Option<PathBuf>>;
    /// Asks where to save; `None` where the person cancelled.
    fn pick_place_to_save(
        &self,
        title: &'static str,
        file_name: String,
        extension: &'static str,
    ) -> Answer<Option<PathBuf>>;
}

/// The clipboard.
pub trait Clipboard: Send + Sync {
    /// Puts a text there, marked so that clipboard histories and clouds leave it out.
    ///
    /// # Errors
    /// [`ClipboardError`]; success means that the text was read back from there.
    fn copy(&self, text: &str) -> Result<(), ClipboardError>;

    /// The text that is there, which may be a secret. It stays there.
    ///
    /// # Errors
    /// [`ClipboardError::Unavailable`], also where it holds no text.
    fn read(&self) -> Result<Zeroizing<String>, ClipboardError>;
}

/// Why a text is not on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipboardError {
    /// There is none, or it refused.
    Unavailable,
    /// Something else is on it.
    Differs,
}

/// The person's browser.
pub trait Browser: Send + Sync {
    /// Opens an address. The caller has made sure that it is a link.
    ///
    /// # Errors
    /// [`OpenError`] where no browser took it.
    fn open(&self, address: &str) -> Result<(), OpenError>;
}

/// No browser took the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenError;

/// The dialog that prints what the window shows.
pub trait Printer: Send + Sync {
    /// Opens it.
    ///
    /// # Errors
    /// [`PrintError`] where it does not open.
    fn print(&self) -> Result<(), PrintError>;
}

/// There is nothing to print with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintError;

/// The size of everything in the window.
pub trait Magnifier: Send + Sync {
    /// Shows everything in this size from now on, where the window can.
    fn magnify(&self, zoom: Zoom);
}

/// The time of day.
pub trait Clock: Send + Sync {
    /// Unix time in seconds.
    fn now(&self) -> i64;
}

/// Everything of the desktop that commands use.
pub struct Desktop {
    /// The native file dialogs.
    pub dialogs: Box<dyn Dialogs>,
    /// The clipboard.
    pub clipboard: Box<dyn Clipboard>,
    /// The person's browser.
    pub browser: Box<dyn Browser>,
    /// The print dialog.
    pub printer: Box<dyn Printer>,
    /// The size of everything in the window.
    pub magnifier: Box<dyn Magnifier>,
}

impl Desktop {
    /// The desktop on which the window stands.
    pub fn of<R: Runtime>(app: AppHandle<R>) -> Self {
        Self {
            dialogs: Box::new(dialogs::NativeDialogs::new(app.clone())),
            clipboard: Box::new(clipboard::SystemClipboard::new(app.clone())),
            browser: Box::new(DefaultBrowser),
            printer: Box::new(WindowPrinter { app: app.clone() }),
            magnifier: Box::new(WindowMagnifier { app }),
        }
    }
}

/// The computer's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        seconds_since_1970(SystemTime::now())
    }
}

/// Before 1970 it is 1970: such a clock is far enough out to be warned about as it is.
fn seconds_since_1970(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

struct DefaultBrowser;

impl Browser for DefaultBrowser {
    fn open(&self, address: &str) -> Result<(), OpenError> {
        // It may be the start of the browser, whose downloads are none of Signet's files.
        umask::as_the_person_has_it(|| tauri_plugin_opener::open_url(address, None::<&str>))
            .map_err(|_| OpenError)
    }
}

struct WindowPrinter<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> Printer for WindowPrinter<R> {
    fn print(&self) -> Result<(), PrintError> {
        let window = self.app.get_webview_window(WINDOW).ok_or(PrintError)?;
        window.print().map_err(|_| PrintError)
    }
}

struct WindowMagnifier<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> Magnifier for WindowMagnifier<R> {
    fn magnify(&self, zoom: Zoom) {
        if let Some(window) = self.app.get_webview_window(WINDOW) {
            // A web view that cannot leaves everything as it is, which the person sees.
            let _ = window.set_zoom(f64::from(zoom.percent()) / 100.0);
        }
    }
}
