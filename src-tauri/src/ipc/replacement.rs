//! Commands about replacing a key by a new one.

use tauri::State;

use super::keys::known;
use super::views::keys::MadeKeyView;
use super::views::replacement::{
    ReplaceKeyRequest, ReplacementRequest, ReplacementView, SwitchKeyRequest, SwitchView,
};
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn replace_key(
    signet: State<'_, Signet>,
    request: ReplaceKeyRequest,
) -> Result<MadeKeyView, IpcError> {
    let id = known(&request.id)?;
    let kind = request.kind;
    let made = signet.at_keychain(move |app| app.begin_replacement(&id, kind)).await??;
    Ok(MadeKeyView::of(&made))
}

#[tauri::command]
pub(super) async fn replacement(
    signet: State<'_, Signet>,
    request: ReplacementRequest,
) -> Result<Option<ReplacementView>, IpcError> {
    let id = known(&request.id)?;
    let now = signet.clock.now();
    let state = signet.at_app(move |app| app.replacement_state(&id, now)).await??;
    Ok(state.map(ReplacementView::of))
}

#[tauri::command]
pub(super) async fn switch_key(
    signet: State<'_, Signet>,
    request: SwitchKeyRequest,
) -> Result<SwitchView, IpcError> {
    let id = known(&request.id)?;
    let (old, new) =
        signet.at_app(move |app| app.switch_key(&id, &request.public_key_id)).await??;
    Ok(SwitchView::of(&old, &new))
}
