//! Commands about keys of the keychain that the list does not name. They are looked for when a person
//! opens *Sites*, and nothing becomes of them unasked.

use signet_app::{ListKeychainError, OrphanError};
use tauri::State;

use super::keys::known;
use super::views::keys::{OrphansView, RemoveOrphanRequest, RestoreOrphanRequest};
use super::views::sites::SiteView;
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn find_orphans(signet: State<'_, Signet>) -> Result<OrphansView, IpcError> {
    match signet.at_keychain(|app| app.orphans()).await? {
        Ok(found) => Ok(OrphansView::of(&found)),
        Err(ListKeychainError::NotOffered) => Ok(OrphansView::NotOffered),
        Err(ListKeychainError::Keychain(error)) => Err(error.into()),
        Err(ListKeychainError::List(error)) => Err(error.into()),
    }
}

#[tauri::command]
pub(super) async fn restore_orphan(
    signet: State<'_, Signet>,
    request: RestoreOrphanRequest,
) -> Result<SiteView, IpcError> {
    let id = known(&request.id)?;
    let made =
        signet.at_keychain(move |app| app.restore_orphan(&id, Some(&request.name))).await??;
    signet.site_with(&made.id)
}

#[tauri::command]
pub(super) async fn remove_orphan(
    signet: State<'_, Signet>,
    request: RemoveOrphanRequest,
) -> Result<(), IpcError> {
    let id = known(&request.id)?;
    let fingerprint = request.fingerprint.parse().map_err(|_| OrphanError::Unknown)?;
    Ok(signet.at_keychain(move |app| app.remove_orphan(&id, &fingerprint)).await??)
}
