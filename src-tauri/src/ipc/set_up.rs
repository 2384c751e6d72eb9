//! Commands about the set-up of CloudFront by hand, and by somebody else. Of the key only the public
//! half is used.

use signet_app::setup::handoff;
use std::collections::HashMap;

use signet_app::{KeyId, Name, RememberSetUpError, SiteId};
use signet_cloudfront::key::PublicKey;
use signet_os::saved_file::Readers;
use signet_setup::SetupResult;
use signet_setup::guide::{Answers, Guide};
use tauri::State;

use super::links::save;
use super::sites::known_site;
use super::views::links::SaveOutcome;
use super::views::set_up::{
    AnswerSetUpRequest, CopySetUpValueRequest, HandoffKind, SaveHandoffRequest, SetUpFieldError,
    SetUpKeyView, SetUpRequest, SetUpResultRequest, SetUpStepView, SetUpUnderstood, SetUpView,
};
use super::views::sites::SiteView;
use super::{IpcError, Signet};

/// The set-up of each site.
pub(super) type SetUps = HashMap<SiteId, SetUp>;

/// The answers as they were typed, which are here until the program ends, and the public half of their
/// key: the keychain is not asked at each letter.
#[derive(Default)]
pub(super) struct SetUp {
    typed: Option<Typed>,
    public_half: Option<(KeyId, PublicKey)>,
}

/// Answers as they were typed, right or wrong, and what was kept when they were shown last: another
/// program may have changed that since.
#[derive(Clone)]
struct Typed {
    answers: Answers,
    base: Answers,
}

/// The key of a set-up.
struct Chosen {
    id: KeyId,
    name: Name,
    is_registered: bool,
    public_half: Result<PublicKey, IpcError>,
}

#[tauri::command]
pub(super) async fn set_up(
    signet: State<'_, Signet>,
    request: SetUpRequest,
) -> Result<SetUpView, IpcError> {
    let site = known_site(&request.site_id)?;
    let answers = signet.answers(&site).await?;
    signet.set_up_with(&site, answers).await
}

#[tauri::command]
pub(super) async fn answer_set_up(
    signet: State<'_, Signet>,
    request: AnswerSetUpRequest,
) -> Result<SetUpView, IpcError> {
    signet.set_up_with(&known_site(&request.site_id)?, request.answers).await
}

#[tauri::command]
pub(super) async fn clear_set_up(
    signet: State<'_, Signet>,
    request: SetUpRequest,
) -> Result<SetUpView, IpcError> {
    signet.set_up_with(&known_site(&request.site_id)?, Answers::default()).await
}

#[tauri::command]
pub(super) async fn read_set_up_result(
    signet: State<'_, Signet>,
    request: SetUpResultRequest,
) -> Result<SetUpView, IpcError> {
    let of = known_site(&request.site_id)?;
    let SetupResult { public_key_id, site } = SetupResult::find(&request.text)?;
    let answers = Answers {
        public_key_id: public_key_id.as_str().to_owned(),
        domain: site.host().to_owned(),
        ..signet.answers(&of).await?
    };
    signet.set_up_with(&of, answers).await
}

#[tauri::command]
pub(super) async fn copy_set_up_value(
    signet: State<'_, Signet>,
    request: CopySetUpValueRequest,
) -> Result<(), IpcError> {
    let site = known_site(&request.site_id)?;
    let answers = signet.answers(&site).await?;
    let key = signet.public_half_of(&site, &answers).await?;
    let guide = Guide::of(&answers, key.as_ref(), false);
    let text = guide.value(request.step, request.value)?;
    Ok(signet.desktop.clipboard.copy(&text)?)
}

#[tauri::command]
pub(super) async fn save_handoff(
    signet: State<'_, Signet>,
    request: SaveHandoffRequest,
) -> Result<SaveOutcome, IpcError> {
    let site = known_site(&request.site_id)?;
    let answers = signet.answers(&site).await?;
    let key = signet.public_half_of(&site, &answers).await?;
    let spec = Guide::of(&answers, key.as_ref(), false).spec()?;
    let (title, name, extension, content) = match request.kind {
        HandoffKind::Page => ("Save page", "Set up CloudFront", "html", handoff::page(&spec)),
        HandoffKind::Script => ("Save script", "set-up-cloudfront", "sh", handoff::script(&spec)),
        HandoffKind::Template => {
            ("Save template", "set-up-cloudfront", "json", handoff::template(&spec))
        }
    };
    save(&signet, title, name, extension, content.into_bytes(), Readers::AsUsual).await
}

#[tauri::command]
pub(super) async fn register_set_up(
    signet: State<'_, Signet>,
    request: SetUpRequest,
) -> Result<SiteView, IpcError> {
    let site = known_site(&request.site_id)?;
    let answers = signet.answers(&site).await?;
    let key = signet.public_half_of(&site, &answers).await?;
    let (address, public_key_id) = Guide::of(&answers, key.as_ref(), false).connection()?;
    let id = KeyId::parse(&answers.key).ok_or(IpcError::KeyUnknown)?;
    let key = signet
        .at_app(move |app| app.register_key(&id, &address.origin(), public_key_id.as_str()))
        .await??;
    signet.site_with(&key.id)
}

impl Signet {
    /// The answers of a site's set-up. Where they name none of its keys, its newest is meant.
    pub(super) async fn answers(&self, site: &SiteId) -> Result<Answers, IpcError> {
        Ok(self.typed(site).await?.answers)
    }

    /// What was typed, with what another program changed where nothing was typed since.
    async fn typed(&self, site: &SiteId) -> Result<Typed, IpcError> {
        let listed = self.app.site(site).ok_or(IpcError::SiteUnknown)?;
        let kept = listed.set_up.clone();
        let mut set_ups = self.set_ups_typed.lock().await;
        let typed = set_ups
            .entry(site.clone())
            .or_default()
            .typed
            .get_or_insert_with(|| Typed { answers: kept.clone(), base: kept.clone() });
        typed.answers.follow(&mut typed.base, &kept);
        let mut typed = typed.clone();
        if !listed.keys.iter().any(|key| key.id.as_str() == typed.answers.key) {
            typed.answers.key =
                listed.keys.last().map(|key| key.id.to_string()).unwrap_or_default();
        }
        Ok(typed)
    }

    /// Takes the answers, and says how far the set-up is with them.
    pub(super) async fn set_up_with(
        &self,
        site: &SiteId,
        answers: Answers,
    ) -> Result<SetUpView, IpcError> {
        let Typed { base, .. } = self.typed(site).await?;
        let chosen = self.chosen(site, &answers).await;
        let is_registered = chosen.as_ref().is_some_and(|chosen| chosen.is_registered);
        let key = chosen.as_ref().and_then(|chosen| chosen.public_half.as_ref().ok());
        let guide = Guide::of(&answers, key, is_registered);
        let steps = guide.steps().into_iter().map(SetUpStepView::of).collect();
        let errors = guide
            .errors()
            .into_iter()
            .map(|(field, error)| SetUpFieldError { field, error: error.into() })
            .collect();
        let understood = guide
            .understood()
            .into_iter()
            .map(|(field, text)| SetUpUnderstood { field, text })
            .collect();
        let to_keep = guide.to_keep();
        let kept = self.keep_answers(site, &answers, base, to_keep).await?;
        let saved = kept.is_ok();
        let key = chosen.as_ref().map(|chosen| SetUpKeyView {
            id: chosen.id.to_string(),
            name: chosen.name.to_string(),
            is_registered,
        });
        let no_key = chosen.and_then(|chosen| chosen.public_half.err());
        let trouble = no_key.or(kept.err().map(IpcError::from));
        Ok(SetUpView { answers, key, steps, errors, understood, saved, trouble })
    }

    /// Keeps what is right of the answers, for the next start.
    async fn keep_answers(
        &self,
        site: &SiteId,
        answers: &Answers,
        base: Answers,
        to_keep: Answers,
    ) -> Result<Result<(), RememberSetUpError>, IpcError> {
        let mut next = Typed { answers: answers.clone(), base: base.clone() };
        let kept = self
            .at_app({
                let (site, to_keep) = (site.clone(), to_keep.clone());
                move |app| app.remember_set_up(&site, &base, &to_keep)
            })
            .await?;
        match &kept {
            Ok(_) => next.base = to_keep,
            // It is told now, so what is typed from now on is meant to take the place of that.
            Err(RememberSetUpError::ChangedElsewhere { kept }) => next.base = (**kept).clone(),
            Err(RememberSetUpError::Unknown | RememberSetUpError::Save(_)) => {}
        }
        self.set_ups_typed.lock().await.entry(site.clone()).or_default().typed = Some(next);
        Ok(kept.map(drop))
    }

    /// The key of the answers; `None` where the site has none, or it was removed since.
    async fn chosen(&self, site: &SiteId, answers: &Answers) -> Option<Chosen> {
        let id = KeyId::parse(&answers.key)?;
        let listed = self.app.site(site)?.keys.into_iter().find(|key| key.id == id)?;
        let public_half = self.public_half_by(site, &id).await;
        let is_registered = listed.registration.is_some();
        Some(Chosen { id, name: listed.name, is_registered, public_half })
    }

    pub(super) async fn public_half_of(
        &self,
        site: &SiteId,
        answers: &Answers,
    ) -> Result<Option<PublicKey>, IpcError> {
        match self.chosen(site, answers).await {
            Some(chosen) => chosen.public_half.map(Some),
            None => Ok(None),
        }
    }

    async fn public_half_by(&self, site: &SiteId, id: &KeyId) -> Result<PublicKey, IpcError> {
        let known = |set_ups: &SetUps| {
            let (known, key) = set_ups.get(site)?.public_half.as_ref()?;
            (known == id).then(|| key.clone())
        };
        if let Some(key) = known(&*self.set_ups_typed.lock().await) {
            return Ok(key);
        }
        let wanted = id.clone();
        let (_, key) = self.at_keychain(move |app| app.public_half(&wanted)).await??;
        let known = Some((id.clone(), key.clone()));
        self.set_ups_typed.lock().await.entry(site.clone()).or_default().public_half = known;
        Ok(key)
    }
}
