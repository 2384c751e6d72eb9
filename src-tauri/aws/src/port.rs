//! The port that the use cases ask, done with AWS.

use signet_app::setup::{
    Account as Port, Accounts, ApplyError, AskError, FoundBucket, ListedDistribution, Login,
    MadeSetUp, TakenBack, Watch,
};
use signet_core::public_key_id::PublicKeyId;
use signet_core::setup::check::Facts;
use signet_core::setup::journal::Journal;
use signet_core::setup::plan::{Found, Plan};
use signet_core::setup::{HandOver, Region};
use signet_core::site::Site;

use crate::account::Account;

/// AWS, with whatever login this computer has for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aws;

impl Accounts for Aws {
    type Account = Account;

    async fn open(&self, login: &Login, region: &Region) -> Result<Account, AskError> {
        Account::open(login, region).await
    }
}

impl Port for Account {
    fn id(&self) -> &str {
        &self.id
    }

    async fn buckets(&self) -> Result<Vec<FoundBucket>, AskError> {
        self.list_buckets().await
    }

    async fn distributions(&self) -> Result<Vec<ListedDistribution>, AskError> {
        self.list_distributions().await
    }

    async fn look(&self, wish: &HandOver) -> Result<Found, AskError> {
        self.find(wish).await
    }

    async fn inspect(
        &self,
        wish: &HandOver,
        connected: Option<(&PublicKeyId, &Site)>,
    ) -> Result<Facts, AskError> {
        self.facts(wish, connected).await
    }

    async fn apply(
        &self,
        wish: &HandOver,
        plan: &Plan,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<MadeSetUp, ApplyError> {
        self.make(wish, plan, journal, watch).await
    }

    async fn take_back(&self, journal: &mut Journal, watch: &mut (dyn Watch + Send)) -> TakenBack {
        self.remove(journal, watch).await
    }
}
