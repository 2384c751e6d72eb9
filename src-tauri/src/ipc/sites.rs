//! Commands about sites.

use signet_app::{KeyId, SiteId};
use signet_cloudfront::day_end::DayEnd;
use tauri::State;

use super::views::sites::{
    AddSiteRequest, RenameSiteRequest, SiteDayEndRequest, SiteLifetimeRequest, SiteRequest,
    SiteStorageRequest, SiteTrialsRequest, SiteView,
};
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn add_site(
    signet: State<'_, Signet>,
    request: AddSiteRequest,
) -> Result<SiteView, IpcError> {
    let site = signet.at_app(move |app| app.add_site(&request.name)).await??;
    Ok(SiteView::of(&site))
}

#[tauri::command]
pub(super) async fn rename_site(
    signet: State<'_, Signet>,
    request: RenameSiteRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.id)?;
    let site = signet.at_app(move |app| app.rename_site(&id, &request.name)).await??;
    Ok(SiteView::of(&site))
}

#[tauri::command]
pub(super) async fn set_site_lifetime(
    signet: State<'_, Signet>,
    request: SiteLifetimeRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.id)?;
    let now = signet.clock.now();
    let lifetime = request.lifetime.map(|lifetime| lifetime.parse(now)).transpose()?;
    let site = signet.at_app(move |app| app.set_site_lifetime(&id, lifetime)).await??;
    Ok(SiteView::of(&site))
}

#[tauri::command]
pub(super) async fn set_site_day_end(
    signet: State<'_, Signet>,
    request: SiteDayEndRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.id)?;
    let day_end = DayEnd::parse(&request.day_end).ok_or(IpcError::DayEndInvalid)?;
    let site = signet.at_app(move |app| app.set_site_day_end(&id, day_end)).await??;
    Ok(SiteView::of(&site))
}

#[tauri::command]
pub(super) async fn set_site_tries_links(
    signet: State<'_, Signet>,
    request: SiteTrialsRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.id)?;
    let tries_links = request.tries_links;
    let site = signet.at_app(move |app| app.set_site_tries_links(&id, tries_links)).await??;
    Ok(SiteView::of(&site))
}

#[tauri::command]
pub(super) async fn set_site_storage(
    signet: State<'_, Signet>,
    request: SiteStorageRequest,
) -> Result<SiteView, IpcError> {
    let id = known_site(&request.id)?;
    let site = match request.storage {
        Some(typed) => signet.at_app(move |app| app.set_storage(&id, &typed.typed())).await??,
        None => signet.at_keychain(move |app| app.forget_storage(&id)).await??,
    };
    Ok(SiteView::of(&site))
}

#[tauri::command]
pub(super) async fn remove_site(
    signet: State<'_, Signet>,
    request: SiteRequest,
) -> Result<(), IpcError> {
    let id = known_site(&request.id)?;
    Ok(signet.at_keychain(move |app| app.remove_site(&id)).await??)
}

impl Signet {
    /// The site that has this key, as it is after a change of the key.
    pub(super) fn site_with(&self, key: &KeyId) -> Result<SiteView, IpcError> {
        // Another program may have removed it in this moment.
        self.app.site_with(key).map(|site| SiteView::of(&site)).ok_or(IpcError::KeyUnknown)
    }
}

/// An id that Signet did not write names no site.
pub(super) fn known_site(id: &str) -> Result<SiteId, IpcError> {
    SiteId::parse(id).ok_or(IpcError::SiteUnknown)
}
