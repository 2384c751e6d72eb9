//! Commands about replacing a site's key by a new one.

use tauri::State;

use super::sites::known_site;
use super::views::replacement::{
    ReplaceKeyRequest, ReplacementRequest, ReplacementView, SwitchKeyRequest,
};
use super::views::sites::SiteView;
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn replace_key(
    signet: State<'_, Signet>,
    request: ReplaceKeyRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.site_id)?;
    let kind = request.kind;
    let key = signet.at_keychain(move |app| app.begin_replacement(&id, kind)).await??;
    signet.site_with(&key.id)
}

#[tauri::command]
pub(super) async fn replacement(
    signet: State<'_, Signet>,
    request: ReplacementRequest,
) -> Result<Option<ReplacementView>, IpcError> {
    let id = known_site(&request.site_id)?;
    let now = signet.clock.now();
    signet
        .at_app(move |app| {
            let state = app.replacement_state(&id, now)?;
            let known = state.zip(app.site(&id));
            Ok(known.and_then(|(state, site)| ReplacementView::of(&state, &site)))
        })
        .await?
}

#[tauri::command]
pub(super) async fn switch_key(
    signet: State<'_, Signet>,
    request: SwitchKeyRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.site_id)?;
    let key = signet.at_app(move |app| app.switch_key(&id, &request.public_key_id)).await??;
    signet.site_with(&key.id)
}
