//! Commands about the access key to a site's documents. It comes from the native picker or the clipboard and goes into
//! the keychain; its secret never gets near the page.

use signet_app::AccessKey;
use signet_os::key_file;
use tauri::State;
use zeroize::Zeroizing;

use super::sites::known_site;
use super::views::access_keys::{AccessKeyFrom, AccessKeyOutcome, SetAccessKeyRequest};
use super::views::sites::{SiteRequest, SiteView};
use super::{ChosenFile, IpcError, Signet, off_thread};

#[tauri::command]
pub(super) async fn set_access_key(
    signet: State<'_, Signet>,
    request: SetAccessKeyRequest,
) -> Result<AccessKeyOutcome, IpcError> {
    let id = known_site(&request.id)?;
    // Nobody chooses a file for nothing.
    let site = signet.app.site(&id).ok_or(IpcError::SiteUnknown)?;
    site.storage.ok_or(IpcError::SiteTakesNoDocuments)?;
    let (key, file) = match request.from {
        AccessKeyFrom::Clipboard => {
            let text = signet.desktop.clipboard.read();
            let text = text.map_err(|_| IpcError::ClipboardHasNoText)?;
            (read(text.as_bytes(), None)?, None)
        }
        AccessKeyFrom::File => {
            let Some(path) = signet.desktop.dialogs.pick_access_key_file().await else {
                return Ok(AccessKeyOutcome::Cancelled);
            };
            let file = ChosenFile::at(&path);
            let name = file.name.clone();
            let key = off_thread(move || {
                let bytes: Zeroizing<Vec<u8>> = key_file::read(&path)
                    .map_err(|why| IpcError::ReadKeyFile { file_name: name.clone(), why })?;
                read(&bytes, Some(name))
            });
            (key.await??, Some(file))
        }
    };
    let site = signet.at_keychain(move |app| app.set_access_key(&id, &key)).await??;
    Ok(AccessKeyOutcome::Kept { site: Box::new(SiteView::of(&site)), file: file.map(Into::into) })
}

#[tauri::command]
pub(super) async fn forget_access_key(
    signet: State<'_, Signet>,
    request: SiteRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.id)?;
    let site = signet.at_keychain(move |app| app.forget_access_key(&id)).await??;
    Ok(SiteView::of(&site))
}

fn read(bytes: &[u8], file_name: Option<String>) -> Result<AccessKey, IpcError> {
    AccessKey::read(bytes).map_err(|why| IpcError::AccessKeyText { file_name, why })
}
