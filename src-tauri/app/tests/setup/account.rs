//! An AWS account in memory: a public key, its key group and a distribution, made step by step.

use std::sync::{Arc, Mutex, MutexGuard};

use signet_app::AccessKey;
use signet_app::documents::{DocumentLogin, Folder, StoragePlace};
use signet_app::setup::{
    Account, Accounts, ApplyError, AskError, FoundBucket, ListedDistribution, Login, MadeSetUp,
    UndoError, Undone, Watch,
};
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::bucket_policy::statement;
use signet_setup::check::{Encryption, Facts, Unfinished};
use signet_setup::distribution_config::DistributionConfig;
use signet_setup::document_access::{DocumentAccess, DocumentAction, Seen};
use signet_setup::document_login::{DocumentLoginPlan, FoundUser};
use signet_setup::found::{CurrentState, FoundDistribution, FoundGroup, FoundKey};
use signet_setup::journal::{Journal, Made};
use signet_setup::plan::Plan;
use signet_setup::{AccessKeyId, DistributionArn, DistributionId, Region, SetupSpec, UserId};

pub const ACCOUNT: &str = "123456789012";
pub const HELD: &str = "K2JCJMDEHXQW5F";
pub const GROUP: &str = "0e6c9d5c-71f0-4d3c-8a3b-0a5c1b7f5f10";
pub const SITE: &str = "d111111abcdef8.cloudfront.net";
/// The secret of every access key.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const CONTROL: &str = "E327GJI25M56DG";
const DISTRIBUTION: &str = "E2QWRUHAPOMQZL";

const CONFIG: &str = "<DistributionConfig><Comment/><Enabled>true</Enabled><Origins><Items><Origin><Id>o</Id><DomainName>client-papers.s3.eu-central-1.amazonaws.com</DomainName><OriginAccessControlId>E327GJI25M56DG</OriginAccessControlId><S3OriginConfig/></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><TrustedKeyGroups><Enabled>true</Enabled><Items><KeyGroup>0e6c9d5c-71f0-4d3c-8a3b-0a5c1b7f5f10</KeyGroup></Items></TrustedKeyGroups></DefaultCacheBehavior></DistributionConfig>";

#[derive(Clone, Default)]
pub struct FakeAws(Arc<Mutex<World>>);

pub struct World {
    pub account: &'static str,
    /// How often a login was asked for, and how often it was looked at what is there.
    pub opened: usize,
    pub looks: usize,
    pub key: Option<PublicKey>,
    has_group: bool,
    has_distribution: bool,
    /// What was made, in its order.
    pub made: Vec<&'static str>,
    /// After so many steps somebody stops it.
    pub stops_after: Option<usize>,
    /// What AWS answers to everything.
    pub trouble: Option<AskError>,
    /// The site that was looked at last.
    pub inspected: Option<SiteAddress>,
    /// Whose login was asked for documents, and where.
    pub documents_asked: Vec<Asked>,
    /// What is answered to that.
    pub documents_trouble: Option<AskError>,
    /// The user for documents.
    pub user: Option<FoundUser>,
    /// How often an access key was made.
    pub keys_made: usize,
    /// Whether IAM lets an access key be removed.
    pub keeps_keys: bool,
}

impl Default for World {
    fn default() -> Self {
        Self {
            account: ACCOUNT,
            opened: 0,
            looks: 0,
            key: None,
            has_group: false,
            has_distribution: false,
            made: Vec::new(),
            stops_after: None,
            trouble: None,
            inspected: None,
            documents_asked: Vec::new(),
            documents_trouble: None,
            user: None,
            keys_made: 0,
            keeps_keys: false,
        }
    }
}

pub struct FakeAccount {
    id: &'static str,
    world: FakeAws,
}

impl FakeAws {
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }
}

impl Accounts for FakeAws {
    type Account = FakeAccount;

    async fn open(&self, _: &Login, _: &Region) -> Result<FakeAccount, AskError> {
        let mut world = self.world();
        world.opened += 1;
        match world.trouble.clone() {
            Some(trouble) => Err(trouble),
            None => Ok(FakeAccount { id: world.account, world: self.clone() }),
        }
    }

    async fn document_access(
        &self,
        login: &DocumentLogin,
        place: &StoragePlace,
        folder: &Folder,
    ) -> Result<DocumentAccess, AskError> {
        let (who, account) = match login {
            DocumentLogin::OfComputer(login) => (login.profile.clone().unwrap_or_default(), None),
            DocumentLogin::AccessKey { key, .. } => {
                (key.id().as_str().to_owned(), Some(ACCOUNT.to_owned()))
            }
        };
        let mut world = self.world();
        world.documents_asked.push((who, format!("{}/{folder}", place.bucket.as_str())));
        match world.documents_trouble.clone() {
            Some(trouble) => Err(trouble),
            None => {
                Ok(DocumentAccess { account, seen: vec![(DocumentAction::List, Seen::Allowed)] })
            }
        }
    }
}

/// Who asked for the documents, and what was asked for.
pub type Asked = (String, String);

fn held() -> PublicKeyId {
    PublicKeyId::parse(HELD).unwrap()
}

impl World {
    fn key(&self) -> Option<FoundKey> {
        self.key.as_ref().map(|key| FoundKey { id: held(), pem: key.to_spki_pem() })
    }

    fn distribution(&self) -> Option<FoundDistribution> {
        self.has_distribution.then(|| FoundDistribution {
            id: DistributionId::parse(DISTRIBUTION).unwrap(),
            arn: arn(),
            site: SiteAddress::parse(SITE).unwrap(),
            is_deployed: true,
            etag: "1".into(),
            config: DistributionConfig::parse(CONFIG).unwrap(),
            active_groups: vec![FoundGroup { id: "group".into(), keys: vec![HELD.into()] }],
        })
    }

    fn policy(&self, spec: &SetupSpec) -> Option<String> {
        let statement = || serde_json::json!({ "Statement": [statement(&spec.bucket, &arn())] });
        self.has_distribution.then(|| statement().to_string())
    }
}

fn arn() -> DistributionArn {
    DistributionArn::parse(&format!("arn:aws:cloudfront::{ACCOUNT}:distribution/{DISTRIBUTION}"))
        .unwrap()
}

impl Account for FakeAccount {
    fn id(&self) -> &str {
        self.id
    }

    async fn buckets(&self) -> Result<Vec<FoundBucket>, AskError> {
        Ok(Vec::new())
    }

    async fn distributions(&self) -> Result<Vec<ListedDistribution>, AskError> {
        Ok(Vec::new())
    }

    async fn current_state(&self, spec: &SetupSpec) -> Result<CurrentState, AskError> {
        let mut world = self.world.world();
        world.looks += 1;
        Ok(CurrentState {
            account: self.id.to_owned(),
            access_control: Some(CONTROL.to_owned()),
            public_key: world.key(),
            key_group: world
                .has_group
                .then(|| FoundGroup { id: GROUP.to_owned(), keys: vec![HELD.to_owned()] }),
            distribution: world.distribution(),
            policy: world.policy(spec),
        })
    }

    async fn inspect(
        &self,
        spec: &SetupSpec,
        connected: Option<(&PublicKeyId, &SiteAddress)>,
    ) -> Result<Facts, AskError> {
        let mut world = self.world.world();
        world.inspected = connected.map(|(_, site)| site.clone());
        Ok(Facts {
            account: self.id.to_owned(),
            public_key: world.key(),
            distribution: world.distribution(),
            policy: world.policy(spec),
            encryption: Encryption::OfS3,
            is_public_blocked: true,
            unfinished: Unfinished::Ends,
            log_readers: None,
        })
    }

    async fn apply(
        &self,
        spec: &SetupSpec,
        plan: &Plan,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<MadeSetUp, ApplyError> {
        assert!(!plan.shown(spec).is_empty());
        let is_there = {
            let world = self.world.world();
            [world.key.is_some(), world.has_group, world.has_distribution]
        };
        let steps = [
            ("public key", Made::public_key(None), Made::public_key(Some(HELD))),
            ("group", Made::key_group(None), Made::key_group(Some(GROUP))),
            ("distribution", Made::distribution(None), Made::distribution(Some(DISTRIBUTION))),
        ];
        for (step, ((what, begun, made), is_there)) in steps.into_iter().zip(is_there).enumerate() {
            let stops_after = self.world.world().stops_after;
            if stops_after == Some(step) || watch.is_stopped() {
                return Err(ApplyError::Stopped);
            }
            if is_there {
                continue;
            }
            journal.begin(begun.unwrap());
            watch.keep(journal)?;
            let mut world = self.world.world();
            world.made.push(what);
            match what {
                "public key" => world.key = Some(spec.key.clone()),
                "group" => world.has_group = true,
                _ => world.has_distribution = true,
            }
            drop(world);
            journal.finish(&made.unwrap());
            watch.keep(journal)?;
        }
        let distribution = DistributionId::parse(DISTRIBUTION).unwrap();
        Ok(MadeSetUp {
            public_key_id: held(),
            site: SiteAddress::parse(SITE).unwrap(),
            distribution,
        })
    }

    async fn document_user(&self, _: &SetupSpec) -> Result<Option<FoundUser>, AskError> {
        Ok(self.world.world().user.clone())
    }

    async fn make_document_login(
        &self,
        _: &SetupSpec,
        (plan, distribution): (&DocumentLoginPlan, &DistributionId),
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<Option<AccessKey>, ApplyError> {
        let mut world = self.world.world();
        let id = UserId::parse("AIDACKCEVSQ6C2EXAMPLE").unwrap();
        let user = FoundUser { id: id.clone(), is_own: true, policy: None, keys: Vec::new() };
        if world.user.is_none() {
            journal.begin(Made::DocumentUser { id: Some(id) });
        }
        let user = world.user.get_or_insert(user);
        user.policy = Some(plan.policy(distribution).to_string());
        user.keys.retain(|key| !plan.lost.contains(key));
        if plan.access_key.is_some() {
            return Ok(None);
        }
        let others = user.keys.clone();
        world.keys_made += 1;
        let id = AccessKeyId::parse(&format!("AKIAIOSFODNN7EXAMPL{}", world.keys_made)).unwrap();
        let made = Made::AccessKey { id: Some(id.clone()), others };
        for before in journal.made().to_vec() {
            if matches!(before, Made::AccessKey { .. }) {
                journal.remove(&before);
            }
        }
        journal.begin(made);
        watch.keep(journal)?;
        world.user.as_mut().unwrap().keys.push(id.clone());
        Ok(AccessKey::made(id, SECRET.to_owned()))
    }

    async fn remove_access_key(&self, journal: &Journal) -> Result<bool, AskError> {
        let mut world = self.world.world();
        if world.keeps_keys {
            return Err(AskError::Unreachable);
        }
        let id = journal.access_key().and_then(|entered| entered.id.cloned());
        if let Some(user) = &mut world.user {
            user.keys.retain(|key| Some(key) != id.as_ref());
        }
        Ok(true)
    }

    async fn refuse_undo(&self, _: &Journal, _: &mut (dyn Watch + Send)) -> Result<(), UndoError> {
        Ok(())
    }

    async fn undo(&self, journal: &mut Journal, watch: &mut (dyn Watch + Send)) -> Undone {
        for made in journal.made().to_vec().iter().rev() {
            let mut world = self.world.world();
            match made {
                Made::PublicKey { .. } => world.key = None,
                Made::KeyGroup { .. } => world.has_group = false,
                Made::DocumentUser { .. } => world.user = None,
                _ => world.has_distribution = false,
            }
            drop(world);
            journal.remove(made);
            watch.keep(journal).unwrap();
        }
        Undone { kept: Vec::new(), end: Ok(()) }
    }
}
