//! Commands that hand out either half of a key. The private half leaves this side only locked into a file.

use signet_app::Name;
use signet_cloudfront::key::PublicKey;
use signet_os::saved_file::{self, Readers};
use tauri::State;

use super::keys::known;
use super::links::{place_to_save, save};
use super::views::keys::{BackUpKeyRequest, BackUpOutcome, PublicKeyRequest, PublicKeyView};
use super::views::links::SaveOutcome;
use super::{ChosenFile, IpcError, Signet, off_thread};

#[tauri::command]
pub(super) async fn show_public_key(
    signet: State<'_, Signet>,
    request: PublicKeyRequest,
) -> Result<PublicKeyView, IpcError> {
    let (_, key) = signet.public_half(&request.id).await?;
    Ok(PublicKeyView { pem: key.to_spki_pem() })
}

#[tauri::command]
pub(super) async fn copy_public_key(
    signet: State<'_, Signet>,
    request: PublicKeyRequest,
) -> Result<(), IpcError> {
    let (_, key) = signet.public_half(&request.id).await?;
    Ok(signet.desktop.clipboard.copy(&key.to_spki_pem())?)
}

#[tauri::command]
pub(super) async fn save_public_key(
    signet: State<'_, Signet>,
    request: PublicKeyRequest,
) -> Result<SaveOutcome, IpcError> {
    let (name, key) = signet.public_half(&request.id).await?;
    let content = key.to_spki_pem().into_bytes();
    save(&signet, "Save public key", name.as_str(), "pem", content, Readers::AsUsual).await
}

#[tauri::command]
pub(super) async fn back_up_key(
    signet: State<'_, Signet>,
    request: BackUpKeyRequest,
) -> Result<BackUpOutcome, IpcError> {
    let id = known(&request.id)?;
    let passphrase = request.passphrase()?;
    // Locked before a place is asked for, so that nobody chooses one for a key that is not to be had.
    let (name, locked) = signet.at_keychain(move |app| app.back_up_key(&id, &passphrase)).await??;
    // The public half of the same key is saved under its bare name.
    let name = format!("{} backup", name.as_str());
    let Some((path, existing)) = place_to_save(&signet, "Back up key", &name, "pem").await else {
        return Ok(BackUpOutcome::Cancelled);
    };
    let file = ChosenFile::at(&path);
    off_thread(move || saved_file::write(&path, locked.as_bytes(), existing, Readers::Owner))
        .await?
        .map_err(|error| IpcError::of_saving(error, file.name.clone()))?;
    Ok(BackUpOutcome::Saved { file_name: file.name, folder_name: file.folder })
}

impl Signet {
    async fn public_half(&self, id: &str) -> Result<(Name, PublicKey), IpcError> {
        let id = known(id)?;
        Ok(self.at_keychain(move |app| app.public_half(&id)).await??)
    }
}
