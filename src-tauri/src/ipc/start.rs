//! The one question the window asks when it opens.

use signet_core::clock::plausible_clock;
use tauri::State;

use super::views::keys::{KeyView, MadeKeyView};
use super::views::links::{LifetimeRequest, Signer};
use super::views::replacement::ReplacedView;
use super::views::start::{ClockView, StartView};
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn start(signet: State<'_, Signet>) -> Result<StartView, IpcError> {
    let choices = signet.desk.choices();
    let now = signet.clock.now();
    let history_set_aside = signet.at_desk(signet_core::desk::Desk::history_set_aside).await?;
    Ok(StartView {
        keys: signet.desk.keys().iter().map(KeyView::of).collect(),
        made_keys: signet.desk.made_keys().iter().map(MadeKeyView::of).collect(),
        replacements: signet.desk.replacements().iter().map(ReplacedView::of).collect(),
        last_signer: choices.key.map(|id| Signer::Key { id: id.to_string() }),
        last_lifetime: choices.lifetime.as_ref().map(LifetimeRequest::of),
        clock: if plausible_clock(now) { ClockView::Plausible } else { ClockView::Wrong { now } },
        set_aside: signet.set_aside.clone(),
        history_set_aside,
    })
}
