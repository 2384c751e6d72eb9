//! A set-up, made: the plan once more where it may be old, each step with its journal, and the key
//! connected with what it comes to.

use signet_setup::AccessKeyId;
use signet_setup::document_login::DocumentLoginObstacle;
use signet_setup::journal::Journal;
use signet_setup::plan::{Obstacle, Plan};
use thiserror::Error;

use super::document_login::LoginNotMade;
use super::{
    AccessKeyNotKept, Account, Accounts, ApplyError, AskError, Journals, MadeSetUp, NotReached,
    PlanSetUpError, PlannedSetUp, Reach, SetUpRequest, SettingUp, Show, Turn, TurnError,
    Unreadable, Watching,
};
use crate::storage::Storage;
use crate::{App, KeyId, Name, RegisterKeyError, RegisteredKey};

/// Who wants it to be done.
pub enum Consent<'a> {
    /// Somebody saw this plan. No more than that is done.
    Seen(&'a PlannedSetUp),
    /// Somebody is asked who sees the plan as it is now.
    Asked(&'a mut (dyn FnMut(&Plan) -> bool + Send)),
}

/// A set-up that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedSetUp {
    /// What it comes to.
    pub made: MadeSetUp,
    /// The key of the list that makes links with it now.
    pub key: Option<RegisteredKey>,
    /// The access key with which documents are reached now, where a login for them was wanted.
    pub access_key: Option<AccessKeyId>,
}

/// Why a set-up was not made, or not to its end. What was made is in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApplySetUpError {
    /// It was not begun.
    #[error(transparent)]
    NotBegun(#[from] TurnError),
    /// AWS did not say what is there.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// What was made before cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// What is there stands in the way.
    #[error(transparent)]
    Obstacle(#[from] Obstacle),
    /// No login for documents can be made.
    #[error(transparent)]
    DocumentLogin(#[from] DocumentLoginObstacle),
    /// More would be done by now than was seen.
    #[error("what is to be done is not what was shown")]
    NotPlanned,
    /// Whoever was asked does not want it.
    #[error("it is not wanted")]
    NotWanted,
    /// Not all of it was made.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// Everything is made, and the key has another id in the list.
    #[error("the key {name} is listed under another id")]
    OtherId {
        /// What the key is called.
        name: Name,
        /// What was made.
        made: Box<MadeSetUp>,
    },
    /// Everything is made, and the key could not be connected with it.
    #[error(transparent)]
    Connect(#[from] RegisterKeyError),
    /// Everything is made, and the list of keys was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
    /// Everything is made and the key connected, but documents are not reached with an access key.
    #[error(transparent)]
    AccessKey(#[from] AccessKeyNotKept),
}

impl From<LoginNotMade> for ApplySetUpError {
    fn from(error: LoginNotMade) -> Self {
        match error {
            LoginNotMade::Apply(error) => error.into(),
            LoginNotMade::NotKept(error) => error.into(),
        }
    }
}

impl From<PlanSetUpError> for ApplySetUpError {
    fn from(error: PlanSetUpError) -> Self {
        match error {
            PlanSetUpError::Ask(error) => error.into(),
            PlanSetUpError::Obstacle(error) => error.into(),
            PlanSetUpError::DocumentLogin(error) => error.into(),
            PlanSetUpError::NotReached(error) => error.into(),
        }
    }
}

impl<A: Accounts, J: Journals, R: Reach> SettingUp<'_, A, J, R> {
    /// Makes what is missing, and connects the key that was named.
    ///
    /// # Errors
    /// [`ApplySetUpError`]. Whatever it is, the same once more goes on from there.
    pub async fn apply(
        &self,
        request: &SetUpRequest,
        consent: Consent<'_>,
        show: &mut (dyn Show + Send),
    ) -> Result<AppliedSetUp, ApplySetUpError> {
        let SetUpRequest { key, spec, login, .. } = request;
        spec.check_place()?;
        // Until the key is connected, so that nobody undoes meanwhile what is planned with.
        let turn = self.journals.begin(&spec.key)?;
        let account = self.accounts.open(login, &spec.region).await?;
        let journal = turn.journal(account.id())?;
        let plan = self.agreed(request, &account, journal.as_ref(), consent).await?;
        let mut journal = journal.unwrap_or_else(|| Journal::new(&spec.key, account.id()));
        let mut watching = Watching { turn: &turn, show };
        let made = account.apply(spec, &plan, &mut journal, &mut watching).await?;
        let storage = plan.origin_path(spec).and_then(|origin_path| {
            Storage::of_set_up(spec, login, origin_path, made.distribution.clone())
        });
        let (listed, connected) = (key.clone(), made.clone());
        let registered = self
            .app
            .disk(move |app| app.register_made(listed.as_ref(), &connected, storage.as_ref()));
        let key = registered.await??;
        let access_key = match &plan.document_login {
            Some(login) => {
                let login = (login, &made.distribution);
                self.make_login(request, login, &account, &mut journal, &mut watching).await?
            }
            None => None,
        };
        Ok(AppliedSetUp { made, key, access_key })
    }

    /// The plan that is done: what was seen, or what is left of it by now. Another program may have made or
    /// taken back some of it since, and a site may have got an access key.
    async fn agreed(
        &self,
        request: &SetUpRequest,
        account: &A::Account,
        journal: Option<&Journal>,
        consent: Consent<'_>,
    ) -> Result<Plan, ApplySetUpError> {
        let is_as_seen = |seen: &PlannedSetUp| {
            !seen.is_begun && journal == seen.journal.as_ref() && seen.plan.document_login.is_none()
        };
        match consent {
            Consent::Seen(seen) if is_as_seen(seen) => Ok(seen.plan.clone()),
            Consent::Seen(seen) => {
                let left = self.plan_with(request, account, journal).await?;
                let is_part = left.is_part_of(&seen.plan, &request.spec);
                is_part.then_some(left).ok_or(ApplySetUpError::NotPlanned)
            }
            Consent::Asked(asked) => {
                let plan = self.plan_with(request, account, journal).await?;
                asked(&plan).then_some(plan).ok_or(ApplySetUpError::NotWanted)
            }
        }
    }
}

impl App {
    /// Gives the key of the list its site and id, unless it makes links under that id already, and its site the
    /// storage.
    fn register_made(
        &self,
        listed: Option<&KeyId>,
        made: &MadeSetUp,
        storage: Option<&Storage>,
    ) -> Result<Option<RegisteredKey>, ApplySetUpError> {
        let Some(id) = listed else { return Ok(None) };
        let learn = || storage.iter().for_each(|storage| self.learn_storage(id, storage));
        match self.registered_key(id) {
            Some(record) if record.public_key_id == made.public_key_id => {
                learn();
                Ok(Some(record))
            }
            Some(RegisteredKey { name, .. }) => {
                Err(ApplySetUpError::OtherId { name, made: Box::new(made.clone()) })
            }
            None => {
                // Before, for what the answers of the guide say of it is less.
                learn();
                let (site, public_key_id) = (made.site.origin(), made.public_key_id.as_str());
                Ok(Some(self.register_key(id, &site, public_key_id)?))
            }
        }
    }
}
