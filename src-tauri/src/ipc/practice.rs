//! Commands about practice: its edge and its key live from *Try it with a practice document* to
//! *Leave practice*, in memory only.

use std::sync::Arc;

use tauri::State;

use super::views::start::PracticeView;
use super::{IpcError, Signet};
use crate::practice::Practice;

#[tauri::command]
pub(super) async fn start_practice(signet: State<'_, Signet>) -> Result<PracticeView, IpcError> {
    let mut practice = signet.practice.lock().await;
    let practice = match &mut *practice {
        Some(running) => running,
        none => none.insert(Practice::start(Arc::clone(&signet.clock)).await?),
    };
    Ok(PracticeView::of(practice))
}

#[tauri::command]
pub(super) async fn leave_practice(signet: State<'_, Signet>) -> Result<(), IpcError> {
    signet.practice.lock().await.take();
    Ok(())
}
