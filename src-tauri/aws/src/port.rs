//! The port that the use cases ask, done with AWS.

use signet_app::AccessKey;
use signet_app::documents::{DocumentLogin, DocumentStores, Folder, StoragePlace};
use signet_app::setup::{
    Account as Port, Accounts, ApplyError, AskError, FoundBucket, ListedDistribution, Login,
    MadeSetUp, UndoError, Undone, Watch,
};
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::check::Facts;
use signet_setup::document_access::DocumentAccess;
use signet_setup::document_login::{DocumentLoginPlan, FoundUser};
use signet_setup::found::CurrentState;
use signet_setup::journal::Journal;
use signet_setup::plan::Plan;
use signet_setup::{DistributionId, Region, SetupSpec};

use crate::account::Account;
use crate::apply::Work;

/// AWS, with whatever login this computer has for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aws;

impl Accounts for Aws {
    type Account = Account;

    async fn open(&self, login: &Login, region: &Region) -> Result<Account, AskError> {
        Account::open(login, region).await
    }

    async fn document_access(
        &self,
        login: &DocumentLogin,
        place: &StoragePlace,
        folder: &Folder,
    ) -> Result<DocumentAccess, AskError> {
        let documents = DocumentStores::open(self, login, place).await?;
        documents.access(login, place, folder).await
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

    async fn current_state(&self, spec: &SetupSpec) -> Result<CurrentState, AskError> {
        self.find(spec).await
    }

    async fn inspect(
        &self,
        spec: &SetupSpec,
        connected: Option<(&PublicKeyId, &SiteAddress)>,
    ) -> Result<Facts, AskError> {
        self.facts(spec, connected).await
    }

    async fn apply(
        &self,
        spec: &SetupSpec,
        plan: &Plan,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<MadeSetUp, ApplyError> {
        self.make(spec, plan, journal, watch).await
    }

    async fn document_user(&self, spec: &SetupSpec) -> Result<Option<FoundUser>, AskError> {
        self.find_document_user(spec).await
    }

    async fn make_document_login(
        &self,
        spec: &SetupSpec,
        (plan, distribution): (&DocumentLoginPlan, &DistributionId),
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<Option<AccessKey>, ApplyError> {
        let mut work = Work { account: self, spec, journal, watch };
        work.document_login(plan, distribution).await
    }

    async fn remove_access_key(&self, journal: &Journal) -> Result<bool, AskError> {
        Account::remove_access_key(self, journal).await
    }

    async fn refuse_undo(
        &self,
        journal: &Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<(), UndoError> {
        self.refuse_to_remove(journal, watch).await
    }

    async fn undo(&self, journal: &mut Journal, watch: &mut (dyn Watch + Send)) -> Undone {
        self.remove(journal, watch).await
    }
}
