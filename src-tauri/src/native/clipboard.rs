//! The system's clipboard.
//!
//! The plugin's handle lives as long as the program: on Linux what was copied is gone with the
//! handle that copied it.

use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use zeroize::Zeroizing;

use super::{Clipboard, ClipboardError};

pub(super) struct SystemClipboard<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> SystemClipboard<R> {
    pub(super) fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }
}

impl<R: Runtime> Clipboard for SystemClipboard<R> {
    fn copy(&self, text: &str) -> Result<(), ClipboardError> {
        let clipboard = self.app.clipboard();
        clipboard.write_secret(text).map_err(|_| ClipboardError::Unavailable)?;
        let there = clipboard.read_text().map_err(|_| ClipboardError::Unavailable)?;
        if there == text { Ok(()) } else { Err(ClipboardError::Differs) }
    }

    fn read(&self) -> Result<Zeroizing<String>, ClipboardError> {
        let text = self.app.clipboard().read_text().map_err(|_| ClipboardError::Unavailable)?;
        Ok(Zeroizing::new(text))
    }
}
