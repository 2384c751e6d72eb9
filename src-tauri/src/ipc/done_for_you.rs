//! Commands with which Signet sets CloudFront up itself, with the AWS login of this computer, and looks
//! whether all of it is in force. AWS is asked on a click and never otherwise.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use signet_app::{KeyId, KeyRecord, SaveError};
use signet_aws::{Account, AskError, Login, Progress, TakenBack, Watch};
use signet_core::address::DocumentAddress;
use signet_core::answer::Meaning;
use signet_core::inspection;
use signet_core::key::PublicKey;
use signet_core::setup::check::Line;
use signet_core::setup::guide::{Answers, Guide, GuideStep, Incomplete};
use signet_core::setup::journal::Journal;
use signet_core::setup::plan::Plan;
use signet_core::setup::{HandOver, Names, Region};
use signet_os::Turn;
use signet_probe::{Outcome, Question};
use tauri::State;

use super::views::done_for_you::{
    AwsPlacesView, CheckLineView, CheckSetUpRequest, CheckView, JournalView, LeftView, PlanView,
    SetUpWorkView,
};
use super::views::keys::KeyView;
use super::{IpcError, Signet};

/// Where an account is asked whose it is while no region is known.
const ANY_REGION: &str = "us-east-1";

/// The plan that was shown last, and what is being done.
#[derive(Default)]
pub(super) struct DoneForYou {
    planned: Option<Planned>,
    work: Option<Arc<Work>>,
}

/// A plan that a person has seen, and whose it is.
#[derive(Clone)]
struct Planned {
    key: KeyId,
    wish: HandOver,
    login: Login,
    plan: Plan,
    /// What was written down of a set-up when it was planned.
    journal: Option<Journal>,
    /// Some of it may be there by now.
    is_begun: bool,
}

/// What is being made or taken back.
#[derive(Default)]
struct Work {
    is_stopped: AtomicBool,
    progress: StdMutex<Option<Progress>>,
}

/// Writes down what was made, and shows how far it is to whoever asks.
struct Watching {
    turn: Turn,
    work: Arc<Work>,
}

impl Watch for Watching {
    fn keep(&mut self, journal: &Journal) -> Result<(), SaveError> {
        self.turn.keep(journal)
    }

    fn progress(&mut self, progress: Progress) {
        *self.work.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    }

    fn is_stopped(&self) -> bool {
        self.work.is_stopped.load(Ordering::Relaxed)
    }
}

/// What the answers say, as far as AWS is asked with it.
struct Asked {
    key: KeyId,
    public_half: PublicKey,
    login: Login,
    answers: Answers,
}

impl Asked {
    fn wish(&self) -> Result<HandOver, Incomplete> {
        Guide::of(&self.answers, Some(&self.public_half), false).hand_over()
    }

    fn region(&self) -> Region {
        let any = || Region::parse(ANY_REGION).expect("it is a region's code");
        Region::parse(&self.answers.region).unwrap_or_else(|_| any())
    }
}

#[tauri::command]
pub(super) async fn aws_places(signet: State<'_, Signet>) -> Result<AwsPlacesView, IpcError> {
    let asked = signet.asked().await?;
    let of_asking = |error| IpcError::of_asking(error, None);
    let account = Account::open(&asked.login, &asked.region()).await.map_err(of_asking)?;
    // Who may not see the list can still type the name.
    let buckets = match account.buckets().await {
        Err(AskError::NotAllowed { .. }) => Vec::new(),
        listed => listed.map_err(of_asking)?,
    };
    let distributions = account.distributions().await.map_err(of_asking)?;
    Ok(AwsPlacesView::of(account.id(), buckets, distributions))
}

#[tauri::command]
pub(super) async fn plan_set_up(signet: State<'_, Signet>) -> Result<PlanView, IpcError> {
    let asked = signet.asked().await?;
    let wish = asked.wish()?;
    let of_asking = |error| IpcError::of_asking(error, Some(&wish));
    let account = Account::open(&asked.login, &wish.region).await.map_err(of_asking)?;
    let name = Names::of(&wish.key).common();
    // Where it cannot be read, that is said once it is to be done.
    let journal = signet.set_ups.journal(&name, account.id()).ok().flatten();
    let found = account.look(&wish).await.map_err(of_asking)?;
    let plan = Plan::of(&wish, found)?;
    let view = PlanView::of(&plan, &wish);
    let Asked { key, login, .. } = asked;
    signet.done_for_you.lock().await.planned =
        Some(Planned { key, wish, login, plan, journal, is_begun: false });
    Ok(view)
}

#[tauri::command]
pub(super) async fn apply_set_up(signet: State<'_, Signet>) -> Result<KeyView, IpcError> {
    let (planned, watching) = {
        let mut state = signet.done_for_you.lock().await;
        state.idle()?;
        let planned = state.planned.as_mut().ok_or(IpcError::SetUpNotPlanned)?;
        let turn = signet.set_ups.begin(&planned.wish.key)?;
        let asked = planned.clone();
        planned.is_begun = true;
        (asked, state.begin(turn))
    };
    let done = signet.apply(planned, watching).await;
    let mut state = signet.done_for_you.lock().await;
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
) -> Result<Option<SetUpWorkView>, IpcError> {
    let state = signet.done_for_you.lock().await;
    let Some(work) = &state.work else { return Ok(None) };
    let progress = work.progress.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(progress.as_ref().map(SetUpWorkView::of))
}

#[tauri::command]
pub(super) async fn stop_set_up(signet: State<'_, Signet>) -> Result<(), IpcError> {
    if let Some(work) = &signet.done_for_you.lock().await.work {
        work.is_stopped.store(true, Ordering::Relaxed);
    }
    Ok(())
}

#[tauri::command]
pub(super) async fn set_up_made(
    signet: State<'_, Signet>,
) -> Result<Option<JournalView>, IpcError> {
    let answers = signet.answers().await;
    let Some(key) = signet.public_half_of(&answers).await? else { return Ok(None) };
    let name = Names::of(&key).common();
    let Some(account) = signet.set_ups.accounts(&name).into_iter().next() else { return Ok(None) };
    Ok(signet.set_ups.journal(&name, &account)?.as_ref().map(JournalView::of))
}

#[tauri::command]
pub(super) async fn take_back_set_up(signet: State<'_, Signet>) -> Result<(), IpcError> {
    let asked = signet.asked().await?;
    let name = Names::of(&asked.public_half).common();
    let (accounts, watching) = {
        let mut state = signet.done_for_you.lock().await;
        state.idle()?;
        let turn = signet.set_ups.begin(&asked.public_half)?;
        let accounts = signet.set_ups.accounts(&name);
        if accounts.is_empty() {
            return Err(IpcError::SetUpNothingMade);
        }
        // What was planned with is about to be gone.
        state.planned = None;
        (accounts, state.begin(turn))
    };
    let done = signet.take_back(&asked, &accounts, watching).await;
    signet.done_for_you.lock().await.work = None;
    done
}

#[tauri::command]
pub(super) async fn check_set_up(
    signet: State<'_, Signet>,
    request: CheckSetUpRequest,
) -> Result<CheckView, IpcError> {
    let asked = signet.asked().await?;
    let wish = asked.wish()?;
    let record = signet.desk.key(&asked.key);
    let connected = record.as_ref().map(|record| (&record.public_key_id, &record.site));
    let of_asking = |error| IpcError::of_asking(error, Some(&wish));
    // A mistake in the address is found before anybody is asked.
    let tried = match (request.document.trim(), &record) {
        ("", _) | (_, None) => None,
        (text, Some(record)) => Some((record.clone(), DocumentAddress::parse(text, &record.site)?)),
    };
    let account = Account::open(&asked.login, &wish.region).await.map_err(of_asking)?;
    let facts = account.inspect(&wish, connected).await.map_err(of_asking)?;
    let mut lines = facts.lines(&wish);
    if let Some((record, address)) = tried {
        lines.extend(signet.tried(record, address).await?);
    }
    let lines = lines.iter().map(CheckLineView::of).collect();
    Ok(CheckView { account: facts.account, lines })
}

impl DoneForYou {
    fn idle(&self) -> Result<(), IpcError> {
        if self.work.is_some() { Err(IpcError::SetUpBusy) } else { Ok(()) }
    }

    fn begin(&mut self, turn: Turn) -> Watching {
        let work = Arc::new(Work::default());
        self.work = Some(Arc::clone(&work));
        Watching { turn, work }
    }
}

impl Signet {
    /// The key and the login of the answers. Without a key nobody is asked anything.
    async fn asked(&self) -> Result<Asked, IpcError> {
        let answers = self.answers().await;
        let no_key = || IpcError::from(Incomplete { step: GuideStep::Key });
        let key = KeyId::parse(&answers.key).ok_or_else(no_key)?;
        let public_half = self.public_half_of(&answers).await?.ok_or_else(no_key)?;
        let profile = answers.profile().map(str::to_owned);
        let login = Login { profile, endpoint_url: None };
        Ok(Asked { key, public_half, login, answers })
    }

    async fn apply(&self, planned: Planned, mut watching: Watching) -> Result<KeyView, IpcError> {
        let Planned { key, wish, login, plan: seen, journal: before, is_begun } = planned;
        let of_asking = |error| IpcError::of_asking(error, Some(&wish));
        let account = Account::open(&login, &wish.region).await.map_err(of_asking)?;
        let journal = watching.turn.journal(account.id())?;
        // A terminal may have made or taken back some of it since it was planned.
        let plan = if is_begun || journal != before {
            let left = Plan::of(&wish, account.look(&wish).await.map_err(of_asking)?)?;
            if !left.is_part_of(&seen, &wish) {
                return Err(IpcError::SetUpNotPlanned);
            }
            left
        } else {
            seen
        };
        let mut journal = journal.unwrap_or_else(|| Journal::new(&wish.key, account.id()));
        let done = account.apply(&wish, &plan, &mut journal, &mut watching).await;
        let done = done.map_err(|error| IpcError::of_applying(error, &wish))?;
        let (site, id) = (done.site, done.public_key_id);
        let record = self
            .at_app(move |desk| match desk.key(&key) {
                Some(record) if record.public_key_id == id => Ok(record),
                Some(record) => Err(IpcError::SetUpOtherId {
                    name: record.name.to_string(),
                    id: id.as_str().to_owned(),
                    host: site.host().to_owned(),
                }),
                None => Ok(desk.connect_key(&key, &site.origin(), id.as_str())?),
            })
            .await??;
        let answers = Answers {
            public_key_id: record.public_key_id.as_str().to_owned(),
            domain: record.site.host().to_owned(),
            ..self.answers().await
        };
        self.set_up_with(answers).await?;
        Ok(KeyView::of(&record))
    }

    async fn take_back(
        &self,
        asked: &Asked,
        accounts: &[String],
        mut watching: Watching,
    ) -> Result<(), IpcError> {
        let account = Account::open(&asked.login, &asked.region()).await;
        let account = account.map_err(|error| IpcError::of_asking(error, None))?;
        let journal = watching.turn.journal(account.id())?;
        let mut journal =
            journal.ok_or_else(|| IpcError::SetUpOtherAccount { account: accounts.join(", ") })?;
        let public_key = journal.public_key();
        let TakenBack { kept, end } = account.take_back(&mut journal, &mut watching).await;
        // It may have been stopped after the key was removed, or before.
        if let Some(id) = public_key.filter(|_| journal.public_key().is_none()) {
            let fingerprint = asked.public_half.fingerprint();
            self.at_app(move |desk| desk.disconnect_key(&fingerprint, &id)).await??;
            let answers = Answers {
                public_key_id: String::new(),
                domain: String::new(),
                ..self.answers().await
            };
            self.set_up_with(answers).await?;
        }
        end.map_err(|error| IpcError::of_taking_back(error, asked.wish().ok().as_ref()))?;
        if kept.is_empty() {
            return Ok(());
        }
        Err(IpcError::SetUpLeft { things: kept.iter().map(LeftView::of).collect() })
    }

    /// Asks the site for one byte, with a link that is made for it and without.
    async fn tried(
        &self,
        record: KeyRecord,
        address: DocumentAddress,
    ) -> Result<[Line; 2], IpcError> {
        let now = self.clock.now();
        let link = self.at_keychain(move |desk| desk.trial_link(&record, &address, now)).await??;
        let trial = Question::about(&inspection::find(link.as_str())?)?.ask().await;
        Ok([
            match trial.is_public {
                Some(false) => Line::UnsignedRefused,
                Some(true) => Line::UnsignedOpens,
                None => Line::UnsignedUnknown,
            },
            if trial.signed == Outcome::Answered(Meaning::Opens) {
                Line::SignedOpens
            } else {
                Line::SignedRefused
            },
        ])
    }
}
