//! What an account has to choose from, and what a set-up would do to it. Nothing is changed.

use signet_cloudfront::key::PublicKey;
use signet_cloudfront::site::SiteAddress;
use signet_setup::document_login::{DocumentLoginObstacle, DocumentLoginSpec};
use signet_setup::journal::Journal;
use signet_setup::plan::{Obstacle, Plan};
use signet_setup::{Bucket, Names, Region, SetupSpec};
use thiserror::Error;

use super::{
    Account, Accounts, AskError, FoundBucket, Journals, ListedDistribution, Login, NotReached,
    Reach, SettingUp, Unreadable,
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
    /// The login for documents, where one is wanted.
    pub document_login: Option<DocumentLoginSpec>,
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

/// Where a site's documents are, as the distributions of an account say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SitePlace {
    /// One distribution has the site's address, and fetches from a bucket.
    One {
        /// The distribution.
        distribution: String,
        /// The bucket.
        bucket: Bucket,
        /// Its region, where that is known.
        region: Option<Region>,
    },
    /// No distribution has its address.
    None,
    /// Several have it.
    Several {
        /// Their ids.
        ids: Vec<String>,
    },
    /// One has it, and fetches from elsewhere than a bucket.
    NoBucket {
        /// Its id.
        id: String,
    },
}

impl SetUpPlaces {
    /// Where the documents of a site are. A name of its own goes before one for all names below another, as
    /// CloudFront has it.
    pub fn of_site(&self, site: &SiteAddress) -> SitePlace {
        let host = site.host();
        let all = |is_its: &dyn Fn(&str) -> bool| -> Vec<&ListedDistribution> {
            let has = |one: &&ListedDistribution| {
                is_its(&one.host) || one.aliases.iter().any(|alias| is_its(alias))
            };
            self.distributions.iter().filter(has).collect()
        };
        let named = all(&|name| name.eq_ignore_ascii_case(host));
        let below = |name: &str| {
            let rest = name.strip_prefix('*').map(str::to_ascii_lowercase);
            let first = rest.and_then(|rest| host.strip_suffix(&rest).map(str::to_owned));
            first.is_some_and(|first| !first.is_empty() && !first.contains('.'))
        };
        let found = if named.is_empty() { all(&below) } else { named };
        let [one] = found[..] else {
            let ids: Vec<_> = found.iter().map(|one| one.id.clone()).collect();
            return if ids.is_empty() { SitePlace::None } else { SitePlace::Several { ids } };
        };
        let Some((bucket, region)) = one.origin.as_deref().and_then(Bucket::of_origin) else {
            return SitePlace::NoBucket { id: one.id.clone() };
        };
        let listed = || {
            let same = self.buckets.iter().find(|listed| listed.name == bucket.as_str());
            Region::parse(same?.region.as_deref()?).ok()
        };
        let region = region.or_else(listed);
        SitePlace::One { distribution: one.id.clone(), bucket, region }
    }
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
    /// No login for documents can be made.
    #[error(transparent)]
    DocumentLogin(#[from] DocumentLoginObstacle),
    /// The list of sites was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
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
        spec.check_place()?;
        let account = self.accounts.open(login, &spec.region).await?;
        // Where it cannot be read, that is said once it is to be done.
        let journal = self.journals.journal(&Names::of(&spec.key).common(), account.id());
        let journal = journal.ok().flatten();
        let plan = self.plan_with(&request, &account, journal.as_ref()).await?;
        Ok(PlannedSetUp { request, plan, journal, is_begun: false })
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

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "client-papers.s3.eu-central-1.amazonaws.com";

    fn distribution(id: &str, aliases: &[&str], origin: Option<&str>) -> ListedDistribution {
        ListedDistribution {
            id: id.to_owned(),
            host: format!("{}.cloudfront.net", id.to_lowercase()),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            origin: origin.map(str::to_owned),
            comment: String::new(),
        }
    }

    fn place(host: &str, distributions: &[ListedDistribution]) -> SitePlace {
        let bucket =
            FoundBucket { name: "old-papers".to_owned(), region: Some("eu-west-1".to_owned()) };
        let distributions = distributions.to_vec();
        let places = SetUpPlaces { account: String::new(), buckets: vec![bucket], distributions };
        places.of_site(&SiteAddress::parse(host).unwrap())
    }

    fn one(id: &str, bucket: &str, region: Option<&str>) -> SitePlace {
        SitePlace::One {
            distribution: id.to_owned(),
            bucket: Bucket::parse(bucket).unwrap(),
            region: region.map(|region| Region::parse(region).unwrap()),
        }
    }

    #[test]
    fn a_sites_documents_are_behind_the_one_distribution_that_has_its_address() {
        let papers =
            || distribution("E1", &["docs.example.com", "Papers.Example.com"], Some(ORIGIN));
        let other = || distribution("E2", &["*.example.com"], Some("old-papers.s3.amazonaws.com"));
        let found = |host| place(host, &[other(), papers()]);
        let expected = one("E1", "client-papers", Some("eu-central-1"));
        for host in ["docs.example.com", "papers.example.com", "e1.cloudfront.net"] {
            assert_eq!(found(host), expected, "{host}");
        }
        // A star stands for one name, and a region that no host says is the bucket's.
        assert_eq!(found("board.example.com"), one("E2", "old-papers", Some("eu-west-1")));
        for host in ["example.com", "a.b.example.com", "docs.example.org", "e3.cloudfront.net"] {
            assert_eq!(found(host), SitePlace::None, "{host}");
        }
        let unknown = distribution("E3", &["a.example"], Some("new-papers.s3.amazonaws.com"));
        assert_eq!(place("a.example", &[unknown]), one("E3", "new-papers", None));
    }

    #[test]
    fn several_and_those_without_a_bucket_are_told() {
        let named = |id| distribution(id, &["docs.example.com"], Some(ORIGIN));
        let ids = vec!["E1".to_owned(), "E2".to_owned()];
        let both = [named("E1"), named("E2")];
        assert_eq!(place("docs.example.com", &both), SitePlace::Several { ids });
        for origin in
            [Some("www.example.com"), Some("papers.s3-website.eu-west-1.amazonaws.com"), None]
        {
            let elsewhere = distribution("E1", &["docs.example.com"], origin);
            let expected = SitePlace::NoBucket { id: "E1".to_owned() };
            assert_eq!(place("docs.example.com", &[elsewhere]), expected, "{origin:?}");
        }
    }
}
