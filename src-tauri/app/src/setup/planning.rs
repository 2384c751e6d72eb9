//! What an account has to choose from, and what a set-up would do to it. Nothing is changed.

use signet_cloudfront::key::PublicKey;
use signet_setup::journal::Journal;
use signet_setup::plan::{Obstacle, Plan};
use signet_setup::{Names, Region, SetupSpec};
use thiserror::Error;

use super::{
    Account, Accounts, AskError, FoundBucket, Journals, ListedDistribution, Login, Reach,
    SettingUp, Unreadable,
};
use crate::KeyId;

/// What is to be set up, for which key, and with which login.
#[derive(Debug, Clone)]
pub struct SetUpRequest {
    /// Which key of the list makes the links; `None` where the list does not have it.
    pub key: Option<KeyId>,
    /// What has to be there.
    pub spec: SetupSpec,
    /// With which login.
    pub login: Login,
}

/// What an account has to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUpPlaces {
    /// The account's number.
    pub account: String,
    /// Its buckets; none where the login may not list them, for the name can still be typed.
    pub buckets: Vec<FoundBucket>,
    /// Its distributions.
    pub distributions: Vec<ListedDistribution>,
}

/// A plan, for whoever is to see it before it is done.
#[derive(Debug, Clone)]
pub struct PlannedSetUp {
    /// What it is for.
    pub request: SetUpRequest,
    /// What would be done.
    pub plan: Plan,
    /// What was written down of a set-up when it was planned.
    pub(super) journal: Option<Journal>,
    /// Some of it may be there by now.
    pub(super) is_begun: bool,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanSetUpError {
    /// AWS did not say what is there.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// What is there stands in the way.
    #[error(transparent)]
    Obstacle(#[from] Obstacle),
}

impl PlannedSetUp {
    /// The same, to be done now: from here on some of it may be there.
    #[must_use]
    pub fn begin(&mut self) -> Self {
        let planned = self.clone();
        self.is_begun = true;
        planned
    }
}

impl<A: Accounts, J: Journals, R: Reach> SettingUp<'_, A, J, R> {
    /// What an account has to choose from.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn places(&self, login: &Login, region: &Region) -> Result<SetUpPlaces, AskError> {
        let account = self.accounts.open(login, region).await?;
        let buckets = match account.buckets().await {
            Err(AskError::NotAllowed { .. }) => Vec::new(),
            listed => listed?,
        };
        let distributions = account.distributions().await?;
        Ok(SetUpPlaces { account: account.id().to_owned(), buckets, distributions })
    }

    /// What would be made and changed, before anything is.
    ///
    /// # Errors
    /// [`PlanSetUpError`].
    pub async fn plan(&self, request: SetUpRequest) -> Result<PlannedSetUp, PlanSetUpError> {
        let SetUpRequest { spec, login, .. } = &request;
        let account = self.accounts.open(login, &spec.region).await?;
        // Where it cannot be read, that is said once it is to be done.
        let journal = self.journals.journal(&Names::of(&spec.key).common(), account.id());
        let plan = Plan::of(spec, account.current_state(spec).await?)?;
        Ok(PlannedSetUp { request, plan, journal: journal.ok().flatten(), is_begun: false })
    }

    /// What was made for a key, where it was made first in the order of the accounts.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn made(&self, key: &PublicKey) -> Result<Option<Journal>, Unreadable> {
        let name = Names::of(key).common();
        match self.journals.accounts(&name).first() {
            Some(account) => self.journals.journal(&name, account),
            None => Ok(None),
        }
    }
}
