//! *Try it now*: the site is asked, on a click and never otherwise.

use signet_cloudfront::inspection;
use signet_probe::{NotPossible, Question};
use tauri::State;
use tokio::sync::oneshot;

use super::views::many::RowRequest;
use super::views::trial::{TrialRequest, TrialView};
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn try_link(
    signet: State<'_, Signet>,
    request: TrialRequest,
) -> Result<TrialView, IpcError> {
    signet.ask(&Question::about(&inspection::find(&request.text)?)?).await
}

/// Whether the document of a row is on the site, before its link is made: with one that ends at once.
#[tauri::command]
pub(super) async fn try_row(
    signet: State<'_, Signet>,
    request: RowRequest,
) -> Result<TrialView, IpcError> {
    let now = signet.clock.now();
    let (key, address) = signet.row_to_try(request.id).await?;
    let link = signet.at_keychain(move |app| app.trial_link(&key, &address, now)).await??;
    signet.ask(&Question::about(&inspection::find(link.as_str())?)?).await
}

#[tauri::command]
pub(super) async fn stop_trying(signet: State<'_, Signet>) -> Result<(), IpcError> {
    signet.trial.lock().await.take();
    Ok(())
}

impl Signet {
    async fn ask(&self, question: &Question) -> Result<TrialView, IpcError> {
        let (cancel, cancelled) = oneshot::channel();
        // The trial before this one ends with its end of the channel.
        self.trial.lock().await.replace(cancel);
        // Whichever comes first; the other is dropped, and its connections with it.
        tokio::select! {
            trial = question.ask() => Ok(TrialView::of(trial)),
            _ = cancelled => Err(IpcError::TrialCancelled),
        }
    }
}

impl From<NotPossible> for IpcError {
    fn from(error: NotPossible) -> Self {
        match error {
            NotPossible::NoAddress | NotPossible::NotOfTheWeb => Self::TrialNotPossible,
        }
    }
}
