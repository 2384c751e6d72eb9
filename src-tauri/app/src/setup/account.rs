//! The AWS account, as a port: what a set-up asks of it, whoever speaks to AWS.

use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::check::Facts;
use signet_setup::document_access::DocumentAccess;
use signet_setup::document_login::{DocumentLoginPlan, FoundUser};
use signet_setup::found::CurrentState;
use signet_setup::journal::{Journal, Made};
use signet_setup::plan::{Plan, PlanStep};
use signet_setup::{DistributionId, Region, SetupSpec};
use thiserror::Error;

use crate::access_key::AccessKey;
use crate::ask_error::AskError;
use crate::documents::{Folder, StoragePlace};
use crate::login::{DocumentLogin, Login};
use crate::save_error::NotKept;

/// Where accounts are: AWS, or a test's.
pub trait Accounts: Sync {
    /// An account that can be asked.
    type Account: Account;

    /// Finds the login, and asks whose it is.
    ///
    /// # Errors
    /// [`AskError`].
    fn open(
        &self,
        login: &Login,
        region: &Region,
    ) -> impl Future<Output = Result<Self::Account, AskError>> + Send;

    /// What a login may do with the documents in a folder of a storage, as far as that can be seen. Nothing is changed.
    ///
    /// # Errors
    /// [`AskError`], where they are not reached at all.
    fn document_access(
        &self,
        login: &DocumentLogin,
        place: &StoragePlace,
        folder: &Folder,
    ) -> impl Future<Output = Result<DocumentAccess, AskError>> + Send;
}

/// An account. What has to be there, and what is changed, is said by whoever asks.
pub trait Account: Send + Sync {
    /// The account's number.
    fn id(&self) -> &str;

    /// The buckets, as S3 orders them. Nothing is changed; so with the next three.
    ///
    /// # Errors
    /// [`AskError`]; so with all of them.
    fn buckets(&self) -> impl Future<Output = Result<Vec<FoundBucket>, AskError>> + Send;

    /// The distributions, as CloudFront orders them.
    fn distributions(
        &self,
    ) -> impl Future<Output = Result<Vec<ListedDistribution>, AskError>> + Send;

    /// Looks at all that a plan needs.
    fn current_state(
        &self,
        spec: &SetupSpec,
    ) -> impl Future<Output = Result<CurrentState, AskError>> + Send;

    /// Looks at all that a check judges: for a key that makes links already what is under its id and at
    /// its site, otherwise what has the set-up's name.
    fn inspect(
        &self,
        spec: &SetupSpec,
        connected: Option<(&PublicKeyId, &SiteAddress)>,
    ) -> impl Future<Output = Result<Facts, AskError>> + Send;

    /// Does what a plan says is missing, each step entered in the journal before it is asked for.
    ///
    /// # Errors
    /// [`ApplyError`]. Whatever it is, a new plan goes on from there.
    fn apply(
        &self,
        spec: &SetupSpec,
        plan: &Plan,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> impl Future<Output = Result<MadeSetUp, ApplyError>> + Send;

    /// Looks at the user for documents of a set-up. Nothing is changed.
    fn document_user(
        &self,
        spec: &SetupSpec,
    ) -> impl Future<Output = Result<Option<FoundUser>, AskError>> + Send;

    /// Makes what a plan says is missing of the login for documents, each step entered in the journal before it is
    /// asked for. The policy names the distribution. Gives the access key where one was made, and nobody gives it again.
    ///
    /// # Errors
    /// [`ApplyError`]. Whatever it is, a new plan goes on from there.
    fn make_document_login(
        &self,
        spec: &SetupSpec,
        plan: (&DocumentLoginPlan, &DistributionId),
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> impl Future<Output = Result<Option<AccessKey>, ApplyError>> + Send;

    /// Removes the access key that the journal holds, unless it is not as Signet made it. The journal stays as it is.
    /// Gives whether the key is gone.
    fn remove_access_key(
        &self,
        journal: &Journal,
    ) -> impl Future<Output = Result<bool, AskError>> + Send;

    /// Refuses an undo of which nothing would be taken back.
    ///
    /// # Errors
    /// [`UndoError`].
    fn refuse_undo(
        &self,
        journal: &Journal,
        watch: &mut (dyn Watch + Send),
    ) -> impl Future<Output = Result<(), UndoError>> + Send;

    /// Takes back all that the journal holds, but what is not as Signet made it.
    fn undo(
        &self,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> impl Future<Output = Undone> + Send;
}

/// A bucket of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundBucket {
    /// Its name.
    pub name: String,
    /// Where it is, if S3 says so.
    pub region: Option<String>,
}

/// A distribution of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDistribution {
    /// Its id.
    pub id: String,
    /// Its domain name.
    pub host: String,
    /// Its other names; one may begin with `*.`.
    pub aliases: Vec<String>,
    /// The host from which it fetches what no rule of its own fetches elsewhere.
    pub origin: Option<String>,
    /// What somebody noted of it.
    pub comment: String,
}

/// What a set-up comes to: what a key needs to make links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeSetUp {
    /// Under which id CloudFront has the key.
    pub public_key_id: PublicKeyId,
    /// Where the documents open.
    pub site: SiteAddress,
    /// The distribution.
    pub distribution: DistributionId,
}

/// Why a set-up was not finished. What was done is in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApplyError {
    /// AWS did not do it.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The bucket's policy is not the one that was shown.
    #[error("somebody else has just changed the bucket policy")]
    PolicyChanged,
    /// The bucket's policy cannot be read.
    #[error("the bucket policy cannot be read")]
    Policy,
    /// The journal could not be kept, so nothing more was done.
    #[error("what was made could not be written down: {0}")]
    Save(#[from] NotKept),
    /// It was stopped.
    #[error("it was stopped")]
    Stopped,
}

/// What became of an *undo*.
#[derive(Debug)]
pub struct Undone {
    /// What was left as it is. It is still in the journal.
    pub kept: Vec<Kept>,
    /// Whether it came to its end.
    pub end: Result<(), UndoError>,
}

/// A thing of the journal that was not touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub made: Made,
    /// Why.
    pub why: WhyKept,
}

/// Why a thing was left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum WhyKept {
    /// It is not what Signet made, or somebody has changed it since.
    Differs,
    /// Links of other keys open by it.
    OthersUseIt,
    /// Somebody has put something onto it: an access key, a policy, a group.
    HasMore,
}

/// Why not everything was taken back. What is left is in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UndoError {
    /// AWS did not do it.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The bucket's policy cannot be read, so it is not touched.
    #[error("the bucket policy cannot be read")]
    Policy,
    /// Something else uses it.
    #[error("it is still in use")]
    InUse {
        /// What is used.
        made: Made,
    },
    /// Links of other keys open through the distribution that was made.
    #[error("other keys use the distribution {distribution}")]
    Shared {
        /// Its id.
        distribution: String,
    },
    /// CloudFront has not switched the distribution off for a long time.
    #[error("CloudFront has not switched off the distribution {distribution}")]
    StillOn {
        /// Its id.
        distribution: String,
    },
    /// The journal is of another account.
    #[error("this set-up was made in the AWS account {account}")]
    OtherAccount {
        /// Which.
        account: String,
    },
    /// The journal could not be kept, so nothing more was done.
    #[error("what is left could not be written down: {0}")]
    Save(#[from] NotKept),
    /// It was stopped.
    #[error("it was stopped")]
    Stopped,
}

/// Asked by an [`Account`] while a set-up is made or taken back.
pub trait Watch {
    /// Keeps the journal, so that it survives whatever comes next.
    ///
    /// # Errors
    /// [`NotKept`]; then nothing more is done.
    fn keep(&mut self, journal: &Journal) -> Result<(), NotKept>;

    /// How far it is.
    fn progress(&mut self, progress: Progress);

    /// Whether to stop before the next step.
    fn is_stopped(&self) -> bool;
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A step is being done.
    Doing(PlanStep),
    /// This is being taken back.
    TakingBack(Made),
    /// CloudFront takes some minutes to switch a distribution off everywhere, before it can be removed.
    Waiting {
        /// Which.
        distribution: String,
    },
}
