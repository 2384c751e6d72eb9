//! Commands about practice: its edge and its key live from *Try it with a practice document* to
//! *Leave practice*, in memory only.

use std::sync::Arc;

use signet_practice::Practice;
use tauri::State;

use super::views::start::PracticeView;
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn start_practice(signet: State<'_, Signet>) -> Result<PracticeView, IpcError> {
    let mut practice = signet.practice.lock().await;
    let practice = match &mut *practice {
        Some(running) => running,
        none => {
            let clock = Arc::clone(&signet.clock);
            none.insert(Practice::start(move || clock.now()).await?)
        }
    };
    Ok(PracticeView::of(practice))
}

#[tauri::command]
pub(super) async fn leave_practice(signet: State<'_, Signet>) -> Result<(), IpcError> {
    signet.practice.lock().await.take();
    Ok(())
}
