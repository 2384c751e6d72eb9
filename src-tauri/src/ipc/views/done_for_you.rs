//! The shapes in which a set-up that Signet does itself crosses IPC. No login is in any of them.

use serde::{Deserialize, Serialize};
use signet_app::setup::{FoundBucket, ListedDistribution, Progress, SetUpPlaces, SitePlace};
use signet_cloudfront::foreign::{lines, shown};
use signet_cloudfront::site::SiteAddress;
use signet_setup::SetupSpec;
use signet_setup::behaviours::{BehaviourAccess, Opener};
use signet_setup::check::{Line, State, Sum};
use signet_setup::document_login::DocumentLoginSpec;
use signet_setup::journal::Journal;
use signet_setup::plan::{self, Differing, Plan, PlanStep, Shown};

use crate::ipc::made_thing::MadeThing;
use crate::ipc::shown::shown_in_brief;

/// A bucket of the account.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AwsBucketView {
    pub name: String,
    pub region: Option<String>,
}

/// A distribution of the account.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AwsDistributionView {
    pub id: String,
    pub host: String,
    pub comment: String,
}

/// What the account has.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AwsPlacesView {
    pub account: String,
    pub buckets: Vec<AwsBucketView>,
    pub distributions: Vec<AwsDistributionView>,
    /// Where the site's documents are; null for a site whose address is not known yet.
    pub site: Option<SitePlaceView>,
}

/// Where a site's documents are, as the account's distributions say it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SitePlaceView {
    One { distribution_id: String, bucket: String, region: Option<String> },
    None,
    Several { ids: Vec<String> },
    NoBucket { id: String },
}

/// One thing before and after.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlanDifference {
    pub what: Differing,
    pub before: Option<String>,
    pub after: String,
}

/// A step as it is shown.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanStepView {
    pub step: PlanStep,
    pub is_done: bool,
    pub id: Option<String>,
    pub changes: Vec<PlanDifference>,
}

/// What will be done, and what it costs readers.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    pub account: String,
    pub name: String,
    pub steps: Vec<PlanStepView>,
    pub is_nothing: bool,
    /// What opens for everyone today will need a link.
    pub closes_documents: bool,
    /// The paths that stay open to everyone.
    pub stays_open: Vec<String>,
    /// Who may open what of the bucket once it is done.
    pub access: Vec<AccessRowView>,
    /// What else of a distribution that is there has a bearing on links.
    pub remarks: Vec<CheckLineView>,
    pub has_ipv6: bool,
}

/// What is being done.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SetUpWorkView {
    Making {
        step: PlanStep,
    },
    TakingBack {
        thing: MadeThing,
    },
    /// CloudFront switches a distribution off everywhere.
    Waiting,
}

/// What is planned, with the login for documents where one is wanted.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanSetUpRequest {
    pub site_id: String,
    pub document_login: Option<DocumentLoginRequest>,
}

/// A login for documents that is wanted.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DocumentLoginRequest {
    /// Documents are also renamed and removed with it.
    pub may_remove: bool,
}

impl From<DocumentLoginRequest> for DocumentLoginSpec {
    fn from(DocumentLoginRequest { may_remove }: DocumentLoginRequest) -> Self {
        Self { may_remove }
    }
}

/// A thing that was made.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MadeView {
    pub thing: MadeThing,
    pub id: Option<String>,
}

/// What Signet made for a key in an account.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct JournalView {
    pub account: String,
    pub made: Vec<MadeView>,
}

/// A document that is tried too; empty for none.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CheckSetUpRequest {
    pub site_id: String,
    pub document: String,
}

/// A line of a check.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CheckLineView {
    pub state: State,
    #[serde(serialize_with = "shown_in_brief")]
    pub line: Line,
}

/// Who may open what a behaviour is for.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AccessRowView {
    pub opens_for: Opener,
    #[serde(flatten, serialize_with = "shown_in_brief")]
    pub behaviour: BehaviourAccess,
}

/// Whether everything is in force.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CheckView {
    pub account: String,
    pub sum: Sum,
    pub lines: Vec<CheckLineView>,
    /// Who may open what of the bucket; nothing where there is no distribution.
    pub access: Vec<AccessRowView>,
}

impl AwsPlacesView {
    pub(in crate::ipc) fn of(places: SetUpPlaces, site: Option<&SiteAddress>) -> Self {
        let site = site.map(|site| SitePlaceView::of(places.of_site(site)));
        let SetUpPlaces { account, buckets, distributions } = places;
        let bucket = |FoundBucket { name, region }| AwsBucketView { name, region };
        let distribution = |ListedDistribution { id, host, comment, .. }| AwsDistributionView {
            id,
            host,
            comment: shown(&comment),
        };
        Self {
            account: shown(&account),
            buckets: buckets.into_iter().map(bucket).collect(),
            distributions: distributions.into_iter().map(distribution).collect(),
            site,
        }
    }
}

impl SitePlaceView {
    fn of(place: SitePlace) -> Self {
        match place {
            SitePlace::One { distribution, bucket, region } => Self::One {
                distribution_id: distribution,
                bucket: bucket.as_str().to_owned(),
                region: region.map(|region| region.as_str().to_owned()),
            },
            SitePlace::None => Self::None,
            SitePlace::Several { ids } => Self::Several { ids },
            SitePlace::NoBucket { id } => Self::NoBucket { id },
        }
    }
}

impl PlanView {
    pub(in crate::ipc) fn of(plan: &Plan, spec: &SetupSpec) -> Self {
        Self {
            account: shown(&plan.account),
            name: plan.name.clone(),
            steps: plan.shown(spec).into_iter().map(PlanStepView::of).collect(),
            is_nothing: plan.is_nothing(spec),
            closes_documents: plan.closes_documents(),
            stays_open: plan.stays_open().into_iter().map(shown).collect(),
            access: plan.access().iter().map(AccessRowView::of).collect(),
            remarks: plan.remarks().iter().map(CheckLineView::of).collect(),
            has_ipv6: plan.has_ipv6(),
        }
    }
}

impl PlanStepView {
    fn of(Shown { step, is_done, id, changes }: Shown) -> Self {
        let difference = |plan::Difference { what, before, after }| PlanDifference {
            what,
            before: before.as_deref().map(lines),
            after: lines(&after),
        };
        let changes = changes.into_iter().map(difference).collect();
        Self { step, is_done, id: id.as_deref().map(shown), changes }
    }
}

impl SetUpWorkView {
    pub(in crate::ipc) fn of(progress: &Progress) -> Self {
        match progress {
            Progress::Doing(step) => Self::Making { step: *step },
            Progress::TakingBack(made) => Self::TakingBack { thing: MadeThing::of(made).0 },
            Progress::Waiting { .. } => Self::Waiting,
        }
    }
}

impl JournalView {
    pub(in crate::ipc) fn of(journal: &Journal) -> Self {
        let made = journal.made().iter().map(|made| {
            let (thing, id) = MadeThing::of(made);
            MadeView { thing, id: id.as_deref().map(shown) }
        });
        Self { account: shown(journal.account()), made: made.collect() }
    }
}

impl AccessRowView {
    pub(in crate::ipc) fn of(behaviour: &BehaviourAccess) -> Self {
        Self { opens_for: behaviour.opens_for(), behaviour: behaviour.clone() }
    }
}

impl CheckLineView {
    pub(in crate::ipc) fn of(line: &Line) -> Self {
        Self { state: line.state(), line: line.clone() }
    }
}
