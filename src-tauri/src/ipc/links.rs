//! Commands about links: look at one before it is made, make it, hand it out.

use signet_core::address::DocumentAddress;
use signet_core::clock::plausible_clock;
use signet_core::desk::{Choices, KeyId, NewLink, link_with};
use signet_core::lifetime::Lifetime;
use signet_core::qr::QrCode;
use signet_core::site::Site;
use tauri::State;

use super::views::{
    AddressRequest, AddressView, CopyRequest, CreateLinkRequest, LifetimePreviewRequest,
    LifetimeView, LinkView, OpenLinkRequest, QrFormat, SaveOutcome, SaveQrRequest, Signer,
};
use super::{IpcError, Signet, off_thread};

#[tauri::command]
pub(super) async fn preview_address(
    signet: State<'_, Signet>,
    request: AddressRequest,
) -> Result<AddressView, IpcError> {
    let site = signet.site_of(&request.signer).await?;
    Ok(AddressView::of(&DocumentAddress::parse(&request.address, &site)?))
}

#[tauri::command]
pub(super) async fn preview_lifetime(
    signet: State<'_, Signet>,
    request: LifetimePreviewRequest,
) -> Result<LifetimeView, IpcError> {
    let lifetime = request.lifetime.parse()?;
    let expires_at = lifetime.expires_at(signet.clock.now(), &chrono::Local)?;
    Ok(LifetimeView { expires_at })
}

#[tauri::command]
pub(super) async fn create_link(
    signet: State<'_, Signet>,
    request: CreateLinkRequest,
) -> Result<LinkView, IpcError> {
    let now = signet.clock.now();
    if !plausible_clock(now) {
        return Err(IpcError::ClockWrong { now });
    }
    let lifetime = request.lifetime.parse()?;
    let made = match &request.signer {
        Signer::Practice => signet.practice_link(&request.address, &lifetime, now).await?,
        Signer::Key { id } => signet.real_link(id, &request.address, lifetime, now).await?,
    };
    Ok(LinkView::of(made, request, now))
}

#[tauri::command]
pub(super) async fn copy_text(
    signet: State<'_, Signet>,
    request: CopyRequest,
) -> Result<(), IpcError> {
    Ok(signet.desktop.clipboard.copy(&request.text)?)
}

#[tauri::command]
pub(super) async fn save_qr(
    signet: State<'_, Signet>,
    request: SaveQrRequest,
) -> Result<SaveOutcome, IpcError> {
    let code = QrCode::of(&request.link).map_err(|_| IpcError::Internal)?;
    let (extension, content) = match request.format {
        QrFormat::Png => ("png", code.to_png()),
        QrFormat::Svg => ("svg", code.to_svg().into_bytes()),
    };
    let suggested = format!("{}.{extension}", plain_file_name(&request.suggested_name));
    let Some(mut path) = signet.desktop.dialogs.pick_place_to_save(suggested, extension).await
    else {
        return Ok(SaveOutcome::Cancelled);
    };
    if path.extension().is_none() {
        path.set_extension(extension);
    }
    let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let shown = file_name.clone();
    off_thread(move || std::fs::write(&path, content))
        .await?
        .map_err(|error| IpcError::of_saving(&error, file_name))?;
    Ok(SaveOutcome::Saved { file_name: shown })
}

#[tauri::command]
pub(super) async fn open_link(
    signet: State<'_, Signet>,
    request: OpenLinkRequest,
) -> Result<(), IpcError> {
    if !signet.may_open(&request.link).await {
        return Err(IpcError::OpenRefused);
    }
    Ok(signet.desktop.browser.open(&request.link)?)
}

impl Signet {
    async fn site_of(&self, signer: &Signer) -> Result<Site, IpcError> {
        match signer {
            Signer::Practice => {
                let practice = self.practice.lock().await;
                Ok(practice.as_ref().ok_or(IpcError::PracticeNotRunning)?.site())
            }
            Signer::Key { id } => self
                .desk
                .keys()
                .into_iter()
                .find(|key| key.id.as_str() == id)
                .map(|key| key.site)
                .ok_or(IpcError::KeyUnknown),
        }
    }

    async fn practice_link(
        &self,
        address: &str,
        lifetime: &Lifetime,
        now: i64,
    ) -> Result<NewLink, IpcError> {
        let practice = self.practice.lock().await;
        let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
        let (site, id) = (practice.site(), practice.public_key_id());
        Ok(link_with(&site, id, address, lifetime, now, &chrono::Local, || Ok(practice.key()))?)
    }

    async fn real_link(
        &self,
        id: &str,
        address: &str,
        lifetime: Lifetime,
        now: i64,
    ) -> Result<NewLink, IpcError> {
        let id = KeyId::parse(id).ok_or(IpcError::KeyUnknown)?;
        let address = address.to_owned();
        self.at_desk(move |desk| {
            let made = desk.create_link(&id, &address, &lifetime, now, &chrono::Local)?;
            let again = (!matches!(lifetime, Lifetime::Until(_))).then_some(lifetime);
            let lifetime = again.or_else(|| desk.choices().lifetime);
            // The link is made; that the choice could not be written down must not cost it.
            let _ = desk.remember(Choices { key: Some(id), lifetime });
            Ok(made)
        })
        .await?
    }

    /// Only a link of ours goes to the browser: https, or the practice edge while it runs.
    async fn may_open(&self, link: &str) -> bool {
        if link.starts_with("https://") {
            return true;
        }
        let practice = self.practice.lock().await;
        practice.as_ref().is_some_and(|practice| {
            link.strip_prefix(&practice.site().origin()).is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

/// A document's name without what a file name may not hold on one of the three systems.
fn plain_file_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_control() || r#"<>:"/\|?*"#.contains(c) { '-' } else { c })
        .take(80)
        .collect();
    let plain = plain.trim_matches(['.', ' ']);
    if plain.is_empty() { "link".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::plain_file_name;

    #[test]
    fn a_file_name_is_one_on_every_system() {
        assert_eq!(plain_file_name("Q3 résumé + notes.pdf"), "Q3 résumé + notes.pdf");
        assert_eq!(plain_file_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(plain_file_name("a:b*c?"), "a-b-c-");
        assert_eq!(plain_file_name(" . "), "link");
    }
}
