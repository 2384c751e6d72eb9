//! The port that the use cases ask, done with AWS.

use signet_app::setup::{
    Account as Port, Accounts, ApplyError, AskError, FoundBucket, ListedDistribution, Login,
    MadeSetUp, TakenBack, Watch,
};
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::check::Facts;
use signet_setup::journal::Journal;
use signet_setup::plan::{Found, Plan};
use signet_setup::{HandOver, Region};

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
        connected: Option<(&PublicKeyId, &SiteAddress)>,
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
