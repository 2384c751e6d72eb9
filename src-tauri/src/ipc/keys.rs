//! Commands about keys: from a file or made here, until they are removed. A file's path and bytes stay on this side from the picker to the keychain.

use std::path::PathBuf;
use std::sync::Arc;

use signet_app::{App, KeyId};
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::key_file::{self, KeyFile};
use tauri::State;
use zeroize::Zeroizing;

use super::sites::known_site;
use super::views::keys::{
    AddKeyOutcome, AddKeyRequest, ChangeHashRequest, MakeKeyRequest, RegisterKeyRequest,
    RemoveKeyRequest, RenameKeyRequest, RestoreKeyRequest, UnlockKeyRequest,
};
use super::views::sites::SiteView;
use super::{ChosenFile, IpcError, PendingKey, Purpose, Signet, off_thread};

#[tauri::command]
pub(super) async fn add_key(
    signet: State<'_, Signet>,
    request: AddKeyRequest,
) -> Result<AddKeyOutcome, IpcError> {
    let AddKeyRequest { site_id, name, address, public_key_id } = request;
    let site = site_id.as_deref().map(known_site).transpose()?;
    let new = signet.app.describe_key(site.as_ref(), &name, &address, &public_key_id)?;
    signet.choose_key_file(Purpose::Add(new)).await
}

#[tauri::command]
pub(super) async fn restore_key(
    signet: State<'_, Signet>,
    request: RestoreKeyRequest,
) -> Result<AddKeyOutcome, IpcError> {
    let id = known(&request.id)?;
    signet.choose_key_file(Purpose::Restore(id)).await
}

#[tauri::command]
pub(super) async fn unlock_key(
    signet: State<'_, Signet>,
    request: UnlockKeyRequest,
) -> Result<AddKeyOutcome, IpcError> {
    // Deriving a key from a passphrase is slow on purpose, and takes memory: one at a time.
    let turn = signet.unlocking.lock().await;
    let (locked, purpose, file) = {
        let pending = signet.pending.lock().await;
        let pending = pending.as_ref().ok_or(IpcError::NoPendingKey)?;
        (Arc::clone(&pending.key), pending.purpose.clone(), pending.file.clone())
    };
    let name = file.name.clone();
    let opening = Arc::clone(&locked);
    let key = off_thread(move || opening.unlock(&request.passphrase))
        .await?
        .map_err(|why| IpcError::KeyFile { file_name: name, why })?;
    drop(turn);
    // Whoever cancelled while it was opened does not want it any more.
    let waits = |pending: &PendingKey| Arc::ptr_eq(&pending.key, &locked);
    if !signet.pending.lock().await.as_ref().is_some_and(waits) {
        return Err(IpcError::NoPendingKey);
    }
    let outcome = signet.keep(key, purpose, file).await?;
    signet.pending.lock().await.take();
    Ok(outcome)
}

#[tauri::command]
pub(super) async fn forget_pending_key(signet: State<'_, Signet>) -> Result<(), IpcError> {
    signet.pending.lock().await.take();
    Ok(())
}

#[tauri::command]
pub(super) async fn make_key(
    signet: State<'_, Signet>,
    request: MakeKeyRequest,
) -> Result<SiteView, IpcError> {
    let MakeKeyRequest { site_id, name, kind } = request;
    let site = site_id.as_deref().map(known_site).transpose()?;
    let made = signet.at_keychain(move |app| app.make_key(site.as_ref(), &name, kind)).await??;
    signet.site_with(&made.id)
}

#[tauri::command]
pub(super) async fn register_key(
    signet: State<'_, Signet>,
    request: RegisterKeyRequest,
) -> Result<SiteView, IpcError> {
    let id = known(&request.id)?;
    let RegisterKeyRequest { address, public_key_id, .. } = request;
    let key = signet.at_app(move |app| app.register_key(&id, &address, &public_key_id)).await??;
    signet.site_with(&key.id)
}

#[tauri::command]
pub(super) async fn rename_key(
    signet: State<'_, Signet>,
    request: RenameKeyRequest,
) -> Result<SiteView, IpcError> {
    let id = known(&request.id)?;
    let key = signet.at_app(move |app| app.rename_key(&id, &request.name)).await??;
    signet.site_with(&key.id)
}

#[tauri::command]
pub(super) async fn change_hash(
    signet: State<'_, Signet>,
    request: ChangeHashRequest,
) -> Result<SiteView, IpcError> {
    let id = known(&request.id)?;
    let hash = request.hash;
    let key = signet.at_app(move |app| app.change_hash(&id, hash)).await??;
    signet.site_with(&key.id)
}

#[tauri::command]
pub(super) async fn remove_key(
    signet: State<'_, Signet>,
    request: RemoveKeyRequest,
) -> Result<SiteView, IpcError> {
    let id = known(&request.id)?;
    let site = signet.app.site_with(&id).ok_or(IpcError::KeyUnknown)?.id;
    signet.at_keychain(move |app| app.remove_key(&id)).await??;
    let site = signet.app.site(&site).ok_or(IpcError::SiteUnknown)?;
    Ok(SiteView::of(&site))
}

impl Signet {
    /// From the native picker to the keychain, or to the question for a passphrase.
    async fn choose_key_file(&self, purpose: Purpose) -> Result<AddKeyOutcome, IpcError> {
        self.pending.lock().await.take();
        let Some(path) = self.desktop.dialogs.pick_key_file().await else {
            return Ok(AddKeyOutcome::Cancelled);
        };
        let file = ChosenFile::at(&path);
        match off_thread({
            let name = file.name.clone();
            move || open(path, name)
        })
        .await??
        {
            KeyFile::Ready(key) => self.keep(key, purpose, file).await,
            KeyFile::Locked(key) => {
                let file_name = file.name.clone();
                *self.pending.lock().await = Some(PendingKey { key: Arc::new(key), purpose, file });
                Ok(AddKeyOutcome::PassphraseNeeded { file_name })
            }
        }
    }

    /// A checked key goes into the keychain.
    async fn keep(
        &self,
        key: SigningKey,
        purpose: Purpose,
        file: ChosenFile,
    ) -> Result<AddKeyOutcome, IpcError> {
        self.at_keychain(move |app| keep_at(app, &key, &purpose, file)).await?
    }
}

fn keep_at(
    app: &App,
    key: &SigningKey,
    purpose: &Purpose,
    file: ChosenFile,
) -> Result<AddKeyOutcome, IpcError> {
    match purpose {
        Purpose::Add(new) => {
            let id = app.add_key(new, key)?.id;
            let site = app.site_with(&id).ok_or(IpcError::KeyUnknown)?;
            Ok(AddKeyOutcome::Added {
                site: Box::new(SiteView::of(&site)),
                file_name: file.name,
                folder_name: file.folder,
            })
        }
        Purpose::Restore(id) => app
            .restore_key(id, key)
            .map(|()| AddKeyOutcome::Restored)
            .map_err(|error| IpcError::of_restore(error, file.name)),
    }
}

fn open(path: PathBuf, name: String) -> Result<KeyFile, IpcError> {
    let bytes: Zeroizing<Vec<u8>> = signet_os::key_file::read(&path)
        .map_err(|why| IpcError::ReadKeyFile { file_name: name.clone(), why })?;
    key_file::read(&bytes).map_err(|why| IpcError::KeyFile { file_name: name, why })
}

/// An id that Signet did not write names no key.
pub(super) fn known(id: &str) -> Result<KeyId, IpcError> {
    KeyId::parse(id).ok_or(IpcError::KeyUnknown)
}
