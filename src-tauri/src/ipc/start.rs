//! What the window asks when it opens, and what it is told from then on without asking.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use signet_app::App;
use signet_cloudfront::clock::plausible_clock;
use tauri::State;
use tauri::ipc::Channel;

use super::views::links::{LifetimeRequest, Signer};
use super::views::sites::SiteListView;
use super::views::start::{ClockView, StartView};
use super::{IpcError, Signet, off_thread};

/// Between two looks at the settings file. A look reads nothing where nothing was changed.
const PAUSE: Duration = Duration::from_secs(1);

/// Which page is told of the sites; the last one that asked.
#[derive(Default)]
pub(super) struct Watches(Arc<AtomicU64>);

#[tauri::command]
pub(super) async fn start(signet: State<'_, Signet>) -> Result<StartView, IpcError> {
    let choices = signet.app.choices();
    let now = signet.clock.now();
    let history_set_aside = signet.at_app(App::history_set_aside).await?;
    Ok(StartView {
        list: SiteListView::of(&signet.app),
        last_signer: choices.site.map(|id| Signer::Site { id: id.to_string() }),
        last_lifetime: choices.lifetime.as_ref().map(LifetimeRequest::of),
        clock: if plausible_clock(now) { ClockView::Plausible } else { ClockView::Wrong { now } },
        set_aside: signet.set_aside.clone(),
        history_set_aside,
    })
}

/// Tells the page of the sites at once, and again whenever they became others: a terminal, or another
/// window, changes them too.
#[tauri::command]
pub(super) async fn watch_sites(
    signet: State<'_, Signet>,
    channel: Channel<SiteListView>,
) -> Result<(), IpcError> {
    let app = Arc::clone(&signet.app);
    let watches = Arc::clone(&signet.watches.0);
    let this_one = watches.fetch_add(1, Ordering::Relaxed) + 1;
    tauri::async_runtime::spawn(async move {
        let mut told = None;
        while watches.load(Ordering::Relaxed) == this_one {
            let edition = app.edition();
            if told != Some(edition) {
                told = Some(edition);
                // A page that is gone is told nothing more.
                if channel.send(SiteListView::of(&app)).is_err() {
                    return;
                }
            }
            tokio::time::sleep(PAUSE).await;
            let looking = Arc::clone(&app);
            if off_thread(move || looking.look_again()).await.is_err() {
                return;
            }
        }
    });
    Ok(())
}
