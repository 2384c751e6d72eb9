//! Commands about the set-up of CloudFront by hand, and by somebody else. Of the key only the public
//! half is used.

use signet_app::setup::handoff;
use signet_app::{KeyId, Name, RememberSetUpError};
use signet_cloudfront::key::PublicKey;
use signet_os::saved_file::Readers;
use signet_setup::SetupResult;
use signet_setup::guide::{Answers, Guide};
use tauri::State;

use super::links::save;
use super::views::keys::KeyView;
use super::views::links::SaveOutcome;
use super::views::set_up::{
    CopySetUpValueRequest, HandOverKind, SaveHandOverRequest, SentBackRequest, SetUpAnswers,
    SetUpField, SetUpFieldError, SetUpKeyView, SetUpStepView, SetUpView,
};
use super::{IpcError, Signet};

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
    is_connected: bool,
    public_half: Result<PublicKey, IpcError>,
}

#[tauri::command]
pub(super) async fn set_up(signet: State<'_, Signet>) -> Result<SetUpView, IpcError> {
    let answers = signet.answers().await;
    signet.set_up_with(answers).await
}

#[tauri::command]
pub(super) async fn answer_set_up(
    signet: State<'_, Signet>,
    request: SetUpAnswers,
) -> Result<SetUpView, IpcError> {
    signet.set_up_with(request.parse()).await
}

#[tauri::command]
pub(super) async fn clear_set_up(signet: State<'_, Signet>) -> Result<SetUpView, IpcError> {
    signet.set_up_with(Answers::default()).await
}

#[tauri::command]
pub(super) async fn take_sent_back(
    signet: State<'_, Signet>,
    request: SentBackRequest,
) -> Result<SetUpView, IpcError> {
    let SetupResult { public_key_id, site } = SetupResult::find(&request.text)?;
    let answers = Answers {
        public_key_id: public_key_id.as_str().to_owned(),
        domain: site.host().to_owned(),
        ..signet.answers().await
    };
    signet.set_up_with(answers).await
}

#[tauri::command]
pub(super) async fn copy_set_up_value(
    signet: State<'_, Signet>,
    request: CopySetUpValueRequest,
) -> Result<(), IpcError> {
    let answers = signet.answers().await;
    let key = signet.public_half_of(&answers).await?;
    let guide = Guide::of(&answers, key.as_ref(), false);
    let text = guide.value(request.step.parse(), request.value.parse())?;
    Ok(signet.desktop.clipboard.copy(&text)?)
}

#[tauri::command]
pub(super) async fn save_hand_over(
    signet: State<'_, Signet>,
    request: SaveHandOverRequest,
) -> Result<SaveOutcome, IpcError> {
    let answers = signet.answers().await;
    let key = signet.public_half_of(&answers).await?;
    let spec = Guide::of(&answers, key.as_ref(), false).spec()?;
    let (title, name, extension, content) = match request.kind {
        HandOverKind::Page => ("Save page", "Set up CloudFront", "html", handoff::page(&spec)),
        HandOverKind::Script => ("Save script", "set-up-cloudfront", "sh", handoff::script(&spec)),
        HandOverKind::Template => {
            ("Save template", "set-up-cloudfront", "json", handoff::template(&spec))
        }
    };
    save(&signet, title, name, extension, content.into_bytes(), Readers::AsUsual).await
}

#[tauri::command]
pub(super) async fn connect_set_up(signet: State<'_, Signet>) -> Result<KeyView, IpcError> {
    let answers = signet.answers().await;
    let key = signet.public_half_of(&answers).await?;
    let (site, public_key_id) = Guide::of(&answers, key.as_ref(), false).connection()?;
    let id = KeyId::parse(&answers.key).ok_or(IpcError::KeyUnknown)?;
    let record = signet
        .at_app(move |app| app.connect_key(&id, &site.origin(), public_key_id.as_str()))
        .await??;
    Ok(KeyView::of(&record))
}

impl Signet {
    pub(super) async fn answers(&self) -> Answers {
        self.typed().await.answers
    }

    /// What was typed, with what another program changed where nothing was typed since.
    async fn typed(&self) -> Typed {
        let kept = self.app.set_up();
        let mut set_up = self.set_up.lock().await;
        let typed =
            set_up.typed.get_or_insert_with(|| Typed { answers: kept.clone(), base: kept.clone() });
        typed.answers.follow(&mut typed.base, &kept);
        typed.clone()
    }

    /// Takes the answers, and says how far the set-up is with them.
    pub(super) async fn set_up_with(&self, answers: Answers) -> Result<SetUpView, IpcError> {
        let Typed { base, .. } = self.typed().await;
        let chosen = self.chosen(&answers).await;
        let is_connected = chosen.as_ref().is_some_and(|chosen| chosen.is_connected);
        let key = chosen.as_ref().and_then(|chosen| chosen.public_half.as_ref().ok());
        let guide = Guide::of(&answers, key, is_connected);
        let steps = guide.steps().into_iter().map(SetUpStepView::of).collect();
        let errors = guide
            .errors()
            .into_iter()
            .map(|(field, error)| SetUpFieldError {
                field: SetUpField::of(field),
                error: error.into(),
            })
            .collect();
        let to_keep = guide.to_keep();
        let kept = self.keep_answers(&answers, base, to_keep).await?;
        let saved = kept.is_ok();
        let key = chosen.as_ref().map(|chosen| SetUpKeyView {
            id: chosen.id.to_string(),
            name: chosen.name.as_str().to_owned(),
            is_connected,
        });
        let no_key = chosen.and_then(|chosen| chosen.public_half.err());
        let trouble = no_key.or(kept.err().map(IpcError::from));
        let answers = SetUpAnswers::of(&answers);
        Ok(SetUpView { answers, key, steps, errors, saved, trouble })
    }

    /// Keeps what is right of the answers, for the next start.
    async fn keep_answers(
        &self,
        answers: &Answers,
        base: Answers,
        to_keep: Answers,
    ) -> Result<Result<(), RememberSetUpError>, IpcError> {
        let mut next = Typed { answers: answers.clone(), base: base.clone() };
        let kept = self
            .at_app({
                let to_keep = to_keep.clone();
                move |app| app.remember_set_up(&base, &to_keep)
            })
            .await?;
        match &kept {
            Ok(_) => next.base = to_keep,
            // It is told now, so what is typed from now on is meant to take the place of that.
            Err(RememberSetUpError::ChangedElsewhere { kept }) => next.base = (**kept).clone(),
            Err(RememberSetUpError::Save(_)) => {}
        }
        self.set_up.lock().await.typed = Some(next);
        Ok(kept.map(drop))
    }

    /// The key of the answers; `None` where none is chosen, or it was removed since.
    async fn chosen(&self, answers: &Answers) -> Option<Chosen> {
        let id = KeyId::parse(&answers.key)?;
        let (name, is_connected) = match self.app.key(&id) {
            Some(record) => (record.name, true),
            None => (self.app.made_key(&id)?.name, false),
        };
        let public_half = self.public_half_by(&id).await;
        Some(Chosen { id, name, is_connected, public_half })
    }

    pub(super) async fn public_half_of(
        &self,
        answers: &Answers,
    ) -> Result<Option<PublicKey>, IpcError> {
        match self.chosen(answers).await {
            Some(chosen) => chosen.public_half.map(Some),
            None => Ok(None),
        }
    }

    async fn public_half_by(&self, id: &KeyId) -> Result<PublicKey, IpcError> {
        if let Some((known, key)) = &self.set_up.lock().await.public_half
            && known == id
        {
            return Ok(key.clone());
        }
        let wanted = id.clone();
        let (_, key) = self.at_keychain(move |app| app.public_half(&wanted)).await??;
        self.set_up.lock().await.public_half = Some((id.clone(), key.clone()));
        Ok(key)
    }
}
