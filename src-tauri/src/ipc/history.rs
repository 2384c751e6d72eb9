//! Commands about the links that were made: find them, make them once more, note, remove, export.

use signet_app::{EntryId, ExportRow, KeyId};
use signet_os::saved_file::Readers;
use signet_os::to_csv;
use tauri::State;

use super::links::save;
use super::views::history::{
    EntriesRequest, EntryRequest, EntryView, ExportRequest, HistoryKeyView, HistoryRequest,
    HistoryView, LinksOfKeyRequest, NoteRequest, RecipeView,
};
use super::views::links::SaveOutcome;
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn list_history(
    signet: State<'_, Signet>,
    request: HistoryRequest,
) -> Result<HistoryView, IpcError> {
    let (query, now) = (request.parse()?, signet.clock.now());
    signet
        .at_app(move |app| Ok(HistoryView::of(&app.history(&query, now)?, &app.registered_keys())))
        .await?
}

#[tauri::command]
pub(super) async fn history_keys(
    signet: State<'_, Signet>,
) -> Result<Vec<HistoryKeyView>, IpcError> {
    signet
        .at_app(|app| {
            let keys = app.history_keys()?;
            Ok(keys.iter().map(|key| HistoryKeyView::of(key, app)).collect())
        })
        .await?
}

#[tauri::command]
pub(super) async fn copy_again(
    signet: State<'_, Signet>,
    request: EntryRequest,
) -> Result<(), IpcError> {
    let link = signet.at_keychain(move |app| app.sign_again(EntryId(request.id))).await??;
    Ok(signet.desktop.clipboard.copy(link.as_str())?)
}

#[tauri::command]
pub(super) async fn recipe_of(
    signet: State<'_, Signet>,
    request: EntryRequest,
) -> Result<RecipeView, IpcError> {
    let now = signet.clock.now();
    signet
        .at_app(move |app| {
            let (key, recipe, note) = app.recipe_of(EntryId(request.id), now, &chrono::Local)?;
            Ok(RecipeView::of(app.site_with(&key).as_ref(), &recipe, &note))
        })
        .await?
}

#[tauri::command]
pub(super) async fn set_note(
    signet: State<'_, Signet>,
    request: NoteRequest,
) -> Result<EntryView, IpcError> {
    signet
        .at_app(move |app| {
            let entry = app.set_note(EntryId(request.id), &request.note)?;
            Ok(EntryView::of(&entry, &app.registered_keys()))
        })
        .await?
}

#[tauri::command]
pub(super) async fn remove_entries(
    signet: State<'_, Signet>,
    request: EntriesRequest,
) -> Result<(), IpcError> {
    let ids = request.parse();
    Ok(signet.at_app(move |app| app.remove_entries(&ids)).await??)
}

#[tauri::command]
pub(super) async fn restore_entries(
    signet: State<'_, Signet>,
    request: EntriesRequest,
) -> Result<(), IpcError> {
    let ids = request.parse();
    Ok(signet.at_app(move |app| app.restore_entries(&ids)).await??)
}

#[tauri::command]
pub(super) async fn clear_history(signet: State<'_, Signet>) -> Result<(), IpcError> {
    Ok(signet.at_app(|app| app.clear_history()).await??)
}

#[tauri::command]
pub(super) async fn export_history(
    signet: State<'_, Signet>,
    request: ExportRequest,
) -> Result<SaveOutcome, IpcError> {
    let (with_links, now) = (request.with_links, signet.clock.now());
    let table = move |rows: Vec<ExportRow>| to_csv(&rows, with_links, &chrono::Local);
    let content =
        signet.at_app(move |app| app.export_history(with_links, now).map(table)).await??;
    let readers = if with_links { Readers::Owner } else { Readers::AsUsual };
    save(&signet, "Export links", "Signet links", "csv", content, readers).await
}

#[tauri::command]
pub(super) async fn links_of_key(
    signet: State<'_, Signet>,
    request: LinksOfKeyRequest,
) -> Result<HistoryView, IpcError> {
    let key = KeyId::parse(&request.key_id).ok_or(IpcError::KeyUnknown)?;
    let now = signet.clock.now();
    signet
        .at_app(move |app| {
            Ok(HistoryView::of(&app.working_links_of(&key, now)?, &app.registered_keys()))
        })
        .await?
}
