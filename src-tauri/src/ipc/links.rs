//! Commands about links: look at one before it is made, make it, hand it out.

use std::path::PathBuf;

use signet_app::{
    ChosenLimits, LinkRecipe, NewLink, Note, RegisteredKey, SigningParameters, link_with,
};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::foreign;
use signet_cloudfront::qr::QrCode;
use signet_cloudfront::site::SiteAddress;
use signet_os::saved_file::{self, Existing, Readers};
use signet_practice::Practice;
use tauri::State;

use super::sites::known_site;
use super::views::links::{
    AddressRequest, AddressView, CopyRequest, EndsRequest, EndsView, LifetimePreviewRequest,
    LifetimeView, LimitsView, LinkRequest, LinkView, OpenLinkRequest, QrFormat, SaveOutcome,
    SaveQrRequest, Signer,
};
use super::{IpcError, Signet, off_thread};

#[tauri::command]
pub(super) async fn preview_address(
    signet: State<'_, Signet>,
    request: AddressRequest,
) -> Result<AddressView, IpcError> {
    let site = signet.site_of(&request.signer).await?;
    let limits = ChosenLimits { folder: request.folder, ..ChosenLimits::default() };
    Ok(AddressView::of(&limits.document(&request.address, &site)?))
}

#[tauri::command]
pub(super) async fn preview_lifetime(
    signet: State<'_, Signet>,
    request: LifetimePreviewRequest,
) -> Result<LifetimeView, IpcError> {
    let now = signet.clock.now();
    let day_end = signet.day_end_of(&request.signer)?;
    let expires_at = request.lifetime.parse(now)?.expires_at(now, day_end, &chrono::Local)?;
    Ok(LifetimeView { expires_at })
}

#[tauri::command]
pub(super) async fn preview_ends(
    signet: State<'_, Signet>,
    request: EndsRequest,
) -> Result<EndsView, IpcError> {
    let day_end = signet.day_end_of(&request.signer)?;
    Ok(EndsView::of(signet.clock.now(), day_end, &chrono::Local))
}

#[tauri::command]
pub(super) async fn preview_limits(
    signet: State<'_, Signet>,
    request: LinkRequest,
) -> Result<LimitsView, IpcError> {
    let site = signet.site_of(&request.signer).await?;
    let now = signet.clock.now();
    let recipe = request.parse(now)?;
    let document = recipe.limits.document(&recipe.address, &site)?;
    let day_end = signet.day_end_of(&request.signer)?;
    let expires_at = recipe.lifetime.expires_at(now, day_end, &chrono::Local)?;
    let terms = recipe.limits.terms(&document, &site, expires_at, &chrono::Local)?;
    Ok(LimitsView::of(&terms, &document))
}

/// All that is wrong with what is typed for a link, each field once, in the order of the form.
#[tauri::command]
pub(super) async fn wrong_in_link(
    signet: State<'_, Signet>,
    request: LinkRequest,
) -> Result<Vec<IpcError>, IpcError> {
    let site = signet.site_of(&request.signer).await?;
    let day_end = signet.day_end_of(&request.signer)?;
    let now = signet.clock.now();
    let end = request
        .lifetime
        .parse(now)
        .and_then(|lifetime| Ok(lifetime.expires_at(now, day_end, &chrono::Local)?));
    let (start, network) = (request.limits.start(now), request.limits.network());
    let limits = ChosenLimits {
        start: start.as_ref().ok().copied().flatten(),
        network: network.as_ref().ok().copied().flatten(),
        folder: request.limits.folder.clone(),
    };
    let document = limits.document(&request.address, &site);
    let known = document.as_ref().ok();
    let limits = limits.wrong(known, &site, end.as_ref().ok().copied(), &chrono::Local);
    let note = Note::parse(&request.note);
    let read = [
        document.err().map(IpcError::from),
        end.err(),
        note.err().map(IpcError::from),
        start.err(),
        network.err(),
    ];
    Ok(read.into_iter().flatten().chain(limits.into_iter().map(IpcError::from)).collect())
}

#[tauri::command]
pub(super) async fn create_link(
    signet: State<'_, Signet>,
    request: LinkRequest,
) -> Result<LinkView, IpcError> {
    let now = signet.clock.now();
    let recipe = request.parse(now)?;
    let (made, site) = match &request.signer {
        Signer::Practice => (signet.practice_link(&recipe, now).await?, None),
        Signer::Site { id } => {
            let made = signet.real_link(id, recipe, Note::parse(&request.note)?, now).await?;
            (made, Some(known_site(id)?))
        }
    };
    let number = signet.keep_for_trial(&made, site).await;
    Ok(LinkView::of(made, number, request, now))
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
    let name = &request.suggested_name;
    // The picture is the link.
    save(&signet, "Save QR code", name, extension, content, Readers::Owner).await
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
    async fn site_of(&self, signer: &Signer) -> Result<SiteAddress, IpcError> {
        match signer {
            Signer::Practice => {
                let practice = self.practice.lock().await;
                Ok(practice.as_ref().ok_or(IpcError::PracticeNotRunning)?.site())
            }
            Signer::Site { id } => Ok(self.signing_key(id)?.site),
        }
    }

    /// When the working day ends on which a link of this signer ends.
    fn day_end_of(&self, signer: &Signer) -> Result<DayEnd, IpcError> {
        match signer {
            Signer::Practice => Ok(DayEnd::USUAL),
            Signer::Site { id } => {
                Ok(self.app.site(&known_site(id)?).ok_or(IpcError::SiteUnknown)?.day_end)
            }
        }
    }

    /// The key that makes the links of a site.
    pub(super) fn signing_key(&self, site: &str) -> Result<RegisteredKey, IpcError> {
        Ok(self.app.signing_key(&known_site(site)?)?)
    }

    async fn practice_link(&self, recipe: &LinkRecipe, now: i64) -> Result<NewLink, IpcError> {
        let practice = self.practice.lock().await;
        let practice = practice.as_ref().ok_or(IpcError::PracticeNotRunning)?;
        Self::practice_link_of(practice, recipe, now)
    }

    /// A link by the practice key.
    pub(super) fn practice_link_of(
        practice: &Practice,
        recipe: &LinkRecipe,
        now: i64,
    ) -> Result<NewLink, IpcError> {
        let signer = SigningParameters {
            site: practice.site(),
            public_key_id: practice.public_key_id().clone(),
            hash: practice.key().default_hash(),
        };
        Ok(link_with(&signer, recipe, now, DayEnd::USUAL, &chrono::Local, || Ok(practice.key()))?)
    }

    async fn real_link(
        &self,
        site: &str,
        recipe: LinkRecipe,
        note: Note,
        now: i64,
    ) -> Result<NewLink, IpcError> {
        let site = known_site(site)?;
        self.at_keychain(move |app| {
            let id = app.signing_key(&site)?.id;
            Ok(app.create_link(&id, &recipe, &note, now, &chrono::Local)?)
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

/// Writes a file where the person wants it.
pub(super) async fn save(
    signet: &Signet,
    title: &'static str,
    suggested_name: &str,
    extension: &'static str,
    content: Vec<u8>,
    readers: Readers,
) -> Result<SaveOutcome, IpcError> {
    let Some((path, existing)) = place_to_save(signet, title, suggested_name, extension).await
    else {
        return Ok(SaveOutcome::Cancelled);
    };
    let file_name = foreign::shown(&path.file_name().unwrap_or_default().to_string_lossy());
    let shown = file_name.clone();
    off_thread(move || saved_file::write(&path, &content, existing, readers))
        .await?
        .map_err(|error| IpcError::of_saving(error, file_name))?;
    Ok(SaveOutcome::Saved { file_name: shown })
}

/// Asks where to save, and says what is to become of a file that is there already.
pub(super) async fn place_to_save(
    signet: &Signet,
    title: &'static str,
    suggested_name: &str,
    extension: &'static str,
) -> Option<(PathBuf, Existing)> {
    let suggested = format!("{}.{extension}", plain_file_name(suggested_name));
    let mut path = signet.desktop.dialogs.pick_place_to_save(title, suggested, extension).await?;
    if path.extension().is_some() {
        return Some((path, Existing::Replaced));
    }
    path.set_extension(extension);
    // The dialog asked about the name that was typed, and about no other.
    Some((path, Existing::Kept))
}

/// A document's or key's name without what a file name may not hold on one of the three systems.
fn plain_file_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_control() || r#"<>:"/\|?*"#.contains(c) { '-' } else { c })
        .take(80)
        .collect();
    let plain = plain.trim_matches(['.', ' ']);
    if plain.is_empty() { "Signet".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::plain_file_name;

    #[test]
    fn a_file_name_is_one_on_every_system() {
        assert_eq!(plain_file_name("Q3 résumé + notes.pdf"), "Q3 résumé + notes.pdf");
        assert_eq!(plain_file_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(plain_file_name("a:b*c?"), "a-b-c-");
        assert_eq!(plain_file_name(" . "), "Signet");
    }
}
