//! *Try it now*, where the site is asked on a click, and the trial of the link that was made last.
//!
//! Which link that is, Rust alone knows: the window names it by its number, so nobody can have Signet ask a host
//! by it, and each is tried once.

use std::future::Future;

use signet_app::{FreshLink, NewLink, SiteId};
use signet_cloudfront::inspection;
use signet_probe::{NotPossible, Question};
use tauri::State;
use tokio::sync::oneshot;

use super::views::many::RowRequest;
use super::views::trial::{FreshLinkRequest, OpeningView, TrialRequest, TrialView};
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

/// Whether the link that was made last opens its document. Any other number is that of a link that was tried
/// already, or that another one came after.
#[tauri::command]
pub(super) async fn try_fresh_link(
    signet: State<'_, Signet>,
    request: FreshLinkRequest,
) -> Result<OpeningView, IpcError> {
    let fresh = signet.fresh.lock().await.take(request.number).ok_or(IpcError::TrialCancelled)?;
    let now = signet.clock.now();
    let link = match signet.app.link_to_try(fresh, now) {
        Ok(link) => link,
        Err(why) => return Ok(OpeningView::NotTried { why }),
    };
    let question = Question::about(&inspection::find(link.as_str())?)?;
    signet.unless_stopped(question.opens()).await.map(|answer| OpeningView::Tried { answer })
}

#[tauri::command]
pub(super) async fn stop_trying(signet: State<'_, Signet>) -> Result<(), IpcError> {
    signet.trial.lock().await.take();
    Ok(())
}

/// The link that was made last, until it is tried or another one is made.
#[derive(Default)]
pub(super) struct Fresh {
    number: u32,
    link: Option<FreshLink>,
}

impl Fresh {
    fn take(&mut self, number: u32) -> Option<FreshLink> {
        if self.number == number { self.link.take() } else { None }
    }
}

impl Signet {
    /// Keeps a link for its trial, and gives the number by which it is named.
    pub(super) async fn keep_for_trial(&self, made: &NewLink, site: Option<SiteId>) -> u32 {
        let mut fresh = self.fresh.lock().await;
        fresh.number = fresh.number.wrapping_add(1);
        fresh.link = Some(FreshLink::of(made, site));
        fresh.number
    }

    async fn ask(&self, question: &Question) -> Result<TrialView, IpcError> {
        self.unless_stopped(question.ask()).await.map(TrialView::of)
    }

    async fn unless_stopped<T>(&self, asking: impl Future<Output = T>) -> Result<T, IpcError> {
        let (cancel, cancelled) = oneshot::channel();
        // The trial before this one ends with its end of the channel.
        self.trial.lock().await.replace(cancel);
        // Whichever comes first; the other is dropped, and its connections with it. Where both are there, who
        // cancelled is shown no answer.
        tokio::select! {
            biased;
            _ = cancelled => Err(IpcError::TrialCancelled),
            answer = asking => Ok(answer),
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
