//! How large everything in the window is.

use tauri::State;

use super::views::zoom::{ZoomRequest, ZoomView};
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn zoom(
    signet: State<'_, Signet>,
    request: ZoomRequest,
) -> Result<ZoomView, IpcError> {
    // Held until it is shown, so that of two the later one stays.
    let mut now = signet.zoom.lock().await;
    let from = *now;
    let zoom = signet.at_app(move |app| app.zoom(from, request.change)).await?;
    signet.desktop.magnifier.magnify(zoom);
    *now = zoom;
    Ok(ZoomView { percent: zoom.percent() })
}

impl Signet {
    /// Shows everything in the size that it had when the program ended the last time.
    pub(crate) fn magnify_as_kept(&self) {
        self.desktop.magnifier.magnify(self.app.choices().zoom);
    }
}
