//! *Try it now*: the site is asked, on a click and never otherwise.

use signet_core::inspection;
use signet_probe::{NotPossible, Question};
use tauri::State;
use tokio::sync::oneshot;

use super::views::trial::{TrialRequest, TrialView};
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn try_link(
    signet: State<'_, Signet>,
    request: TrialRequest,
) -> Result<TrialView, IpcError> {
    let question = Question::about(&inspection::find(&request.text)?)?;
    let (cancel, cancelled) = oneshot::channel();
    // The trial before this one ends with its end of the channel.
    signet.trial.lock().await.replace(cancel);
    // Whichever comes first; the other is dropped, and its connections with it.
    tokio::select! {
        trial = question.ask() => Ok(TrialView::of(trial)),
        _ = cancelled => Err(IpcError::TrialCancelled),
    }
}

#[tauri::command]
pub(super) async fn stop_trying(signet: State<'_, Signet>) -> Result<(), IpcError> {
    signet.trial.lock().await.take();
    Ok(())
}

impl From<NotPossible> for IpcError {
    fn from(error: NotPossible) -> Self {
        match error {
            NotPossible::NoAddress | NotPossible::NotOfTheWeb => Self::TrialNotPossible,
        }
    }
}
