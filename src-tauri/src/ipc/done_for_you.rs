//! Commands with which Signet sets CloudFront up itself, with the AWS login of this computer, and looks
//! whether all of it is in force. AWS is asked on a click and never otherwise.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use signet_app::App;
use signet_app::setup::{
    Consent, DocumentToTry, Login, NotReached, PlannedSetUp, Progress, Reach, SetUpKey,
    SetUpRequest, SettingUp, Show, TrialKey, UndoRequest, UndoneSetUp, any_region,
};
use signet_app::{KeyId, KeychainError, RegisteredKey, SiteId};
use signet_aws::Aws;
use signet_cloudfront::address::DocumentAddress;
use signet_os::SetUps;
use signet_probe::Sites;
use signet_setup::check::Sum;
use signet_setup::document_login::DocumentLoginSpec;
use signet_setup::guide::{Answers, Guide, GuideStep, Incomplete};
use signet_setup::{Region, SetupSpec};
use tauri::State;

use super::made_thing::LeftView;
use super::sites::known_site;
use super::views::done_for_you::{
    AwsPlacesView, CheckLineView, CheckSetUpRequest, CheckView, JournalView, PlanSetUpRequest,
    PlanView, SetUpWorkView,
};
use super::views::set_up::SetUpRequest as SiteSetUpRequest;
use super::views::sites::SiteView;
use super::{IpcError, Signet};

/// What is planned and done for each site.
pub(super) type AllDoneForYou = HashMap<SiteId, DoneForYou>;

/// The plan of a site that was shown last, and what is being done for it.
#[derive(Default)]
pub(super) struct DoneForYou {
    planned: Option<PlannedSetUp>,
    work: Option<Arc<Work>>,
}

/// What is being made or taken back.
#[derive(Default)]
struct Work {
    is_stopped: AtomicBool,
    progress: StdMutex<Option<Progress>>,
}

/// Shows how far it is to whoever asks.
struct Showing(Arc<Work>);

impl Show for Showing {
    fn progress(&mut self, progress: Progress) {
        *self.0.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    }

    fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Relaxed)
    }
}

impl Reach for Signet {
    async fn keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        self.at_keychain(work).await.map_err(|error| match error {
            IpcError::Keychain(KeychainError::Busy) => NotReached::Busy,
            _ => NotReached::Broken,
        })
    }

    async fn disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        self.at_app(work).await.map_err(|_| NotReached::Broken)
    }
}

/// What the answers say, as far as AWS is asked with it.
struct Asked {
    key: SetUpKey,
    id: KeyId,
    login: Login,
    answers: Answers,
}

impl Asked {
    fn region(&self) -> Region {
        Region::pasted(&self.answers.region).unwrap_or_else(|_| any_region())
    }

    fn spec(&self) -> Result<SetupSpec, Incomplete> {
        Guide::of(&self.answers, Some(&self.key.public_half), false).spec()
    }

    fn request(self) -> Result<SetUpRequest, Incomplete> {
        let (spec, document_login) = (self.spec()?, None);
        Ok(SetUpRequest { spec, key: self.key.listed, login: self.login, document_login })
    }

    fn undo(self) -> UndoRequest {
        UndoRequest { region: self.region(), key: self.key, login: self.login }
    }
}

#[tauri::command]
pub(super) async fn aws_places(
    signet: State<'_, Signet>,
    request: SiteSetUpRequest,
) -> Result<AwsPlacesView, IpcError> {
    let site = known_site(&request.site_id)?;
    let asked = signet.asked(&site).await?;
    let places = signet.setting_up().places(&asked.login, &asked.region()).await;
    let places = places.map_err(|error| IpcError::of_asking(error, None))?;
    let address = signet.app.site(&site).and_then(|site| site.address);
    Ok(AwsPlacesView::of(places, address.as_ref()))
}

#[tauri::command]
pub(super) async fn plan_set_up(
    signet: State<'_, Signet>,
    request: PlanSetUpRequest,
) -> Result<PlanView, IpcError> {
    let site = known_site(&request.site_id)?;
    let document_login = request.document_login.map(DocumentLoginSpec::from);
    let request = SetUpRequest { document_login, ..signet.asked(&site).await?.request()? };
    let spec = request.spec.clone();
    let planned = signet.setting_up().plan(request).await;
    let planned = planned.map_err(|error| IpcError::of_planning(error, &spec))?;
    let view = PlanView::of(&planned.plan, &spec);
    signet.done_for_you.lock().await.entry(site).or_default().planned = Some(planned);
    Ok(view)
}

#[tauri::command]
pub(super) async fn apply_set_up(
    signet: State<'_, Signet>,
    request: SiteSetUpRequest,
) -> Result<SiteView, IpcError> {
    let site = known_site(&request.site_id)?;
    let (planned, mut showing) = {
        let mut all = signet.done_for_you.lock().await;
        let state = all.entry(site.clone()).or_default();
        state.idle()?;
        let planned = state.planned.as_mut().ok_or(IpcError::SetUpNotPlanned)?.begin();
        (planned, state.begin())
    };
    let done = signet.apply(&site, &planned, &mut showing).await;
    let mut all = signet.done_for_you.lock().await;
    let state = all.entry(site).or_default();
    state.work = None;
    // After a stop or a failure it goes on with the same plan.
    if done.is_ok() {
        state.planned = None;
    }
    done
}

#[tauri::command]
pub(super) async fn set_up_work(
    signet: State<'_, Signet>,
    request: SiteSetUpRequest,
) -> Result<Option<SetUpWorkView>, IpcError> {
    let all = signet.done_for_you.lock().await;
    let state = all.get(&known_site(&request.site_id)?);
    let Some(work) = state.and_then(|state| state.work.as_ref()) else { return Ok(None) };
    let progress = work.progress.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(progress.as_ref().map(SetUpWorkView::of))
}

#[tauri::command]
pub(super) async fn stop_set_up(
    signet: State<'_, Signet>,
    request: SiteSetUpRequest,
) -> Result<(), IpcError> {
    let all = signet.done_for_you.lock().await;
    let state = all.get(&known_site(&request.site_id)?);
    if let Some(work) = state.and_then(|state| state.work.as_ref()) {
        work.is_stopped.store(true, Ordering::Relaxed);
    }
    Ok(())
}

#[tauri::command]
pub(super) async fn set_up_made(
    signet: State<'_, Signet>,
    request: SiteSetUpRequest,
) -> Result<Option<JournalView>, IpcError> {
    let site = known_site(&request.site_id)?;
    let answers = signet.answers(&site).await?;
    let Some(key) = signet.public_half_of(&site, &answers).await? else { return Ok(None) };
    Ok(signet.setting_up().made(&key)?.as_ref().map(JournalView::of))
}

#[tauri::command]
pub(super) async fn undo_set_up(
    signet: State<'_, Signet>,
    request: SiteSetUpRequest,
) -> Result<(), IpcError> {
    let site = known_site(&request.site_id)?;
    let asked = signet.asked(&site).await?;
    let (spec, asked) = (asked.spec().ok(), asked.undo());
    let mut showing = {
        let mut all = signet.done_for_you.lock().await;
        let state = all.entry(site.clone()).or_default();
        state.idle()?;
        state.begin()
    };
    let undone = signet.setting_up().undo(&asked, &mut |_| true, &mut showing).await;
    {
        let mut all = signet.done_for_you.lock().await;
        let state = all.entry(site.clone()).or_default();
        state.work = None;
        // What was planned with is gone, or some of it.
        if undone.is_ok() {
            state.planned = None;
        }
    }
    signet.after_undo(&site, undone?, spec.as_ref()).await
}

#[tauri::command]
pub(super) async fn check_set_up(
    signet: State<'_, Signet>,
    request: CheckSetUpRequest,
) -> Result<CheckView, IpcError> {
    let asked = signet.asked(&known_site(&request.site_id)?).await?;
    let record = signet.app.registered_key(&asked.id);
    let request_to_aws = asked.request()?;
    let document = signet.document(&request.document, record.as_ref())?;
    let checked = signet.setting_up().check(&request_to_aws, document, &Sites).await;
    let checked = checked.map_err(|error| IpcError::of_checking(error, &request_to_aws.spec))?;
    let lines = checked.lines.iter().map(CheckLineView::of).collect();
    Ok(CheckView { account: checked.account, sum: Sum::of(&checked.lines), lines })
}

impl DoneForYou {
    fn idle(&self) -> Result<(), IpcError> {
        if self.work.is_some() { Err(IpcError::SetUpBusy) } else { Ok(()) }
    }

    fn begin(&mut self) -> Showing {
        let work = Arc::new(Work::default());
        self.work = Some(Arc::clone(&work));
        Showing(work)
    }
}

impl Signet {
    fn setting_up(&self) -> SettingUp<'_, Aws, SetUps, Self> {
        SettingUp { accounts: &Aws, journals: &self.set_ups, app: self }
    }

    /// The key and the login of the answers. Without a key nobody is asked anything.
    async fn asked(&self, site: &SiteId) -> Result<Asked, IpcError> {
        let answers = self.answers(site).await?;
        let no_key = || IpcError::from(Incomplete { step: GuideStep::Key });
        let id = KeyId::parse(&answers.key).ok_or_else(no_key)?;
        let public_half = self.public_half_of(site, &answers).await?.ok_or_else(no_key)?;
        let key = SetUpKey { public_half, listed: Some(id.clone()) };
        let profile = answers.profile();
        let login = Login { profile, endpoint_url: None };
        Ok(Asked { key, id, login, answers })
    }

    /// The document that is to be tried. Without a site there is nowhere to look for one.
    fn document(
        &self,
        text: &str,
        record: Option<&RegisteredKey>,
    ) -> Result<Option<DocumentToTry<'static>>, IpcError> {
        let text = text.trim();
        let Some(record) = record.filter(|_| !text.is_empty()) else { return Ok(None) };
        let address = DocumentAddress::parse(text, &record.site)?;
        Ok(Some(DocumentToTry { address, now: self.clock.now(), key: TrialKey::Listed }))
    }

    async fn apply(
        &self,
        site: &SiteId,
        planned: &PlannedSetUp,
        showing: &mut Showing,
    ) -> Result<SiteView, IpcError> {
        let request = &planned.request;
        let applied = self.setting_up().apply(request, Consent::Seen(planned), showing).await;
        let applied = applied.map_err(|error| IpcError::of_applying(error, &request.spec))?;
        let key = applied.key.ok_or(IpcError::KeyUnknown)?;
        self.answer_with(site, key.public_key_id.as_str(), key.site.host()).await?;
        self.site_with(&key.id)
    }

    async fn after_undo(
        &self,
        site: &SiteId,
        undone: UndoneSetUp,
        spec: Option<&SetupSpec>,
    ) -> Result<(), IpcError> {
        if let Some(lost) = undone.key {
            lost.waiting?;
            self.answer_with(site, "", "").await?;
        }
        undone.end.map_err(|error| IpcError::of_taking_back(error, spec))?;
        if undone.kept.is_empty() {
            return Ok(());
        }
        Err(IpcError::SetUpLeft { things: undone.kept.iter().map(LeftView::of).collect() })
    }

    /// The answers say from now on what the set-up came to.
    async fn answer_with(
        &self,
        site: &SiteId,
        public_key_id: &str,
        domain: &str,
    ) -> Result<(), IpcError> {
        let answers = Answers {
            public_key_id: public_key_id.to_owned(),
            domain: domain.to_owned(),
            ..self.answers(site).await?
        };
        self.set_up_with(site, answers).await.map(drop)
    }
}
