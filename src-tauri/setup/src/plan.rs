//! What a set-up will do to an account, worked out from what is there before anything is done.
//!
//! The steps and their order are the script's: the bucket's policy comes before a distribution that is
//! there is changed, so that there is no moment at which it is not let in.

mod of_login;

use thiserror::Error;

use super::behaviours::{BehaviourAccess, TrustedGroup};
use super::bucket_policy::statement;
use super::check::{self, Line};
use super::distribution_config::{Change, Trust, Unfit};
use super::document_login::DocumentLoginPlan;
use super::existing_policy::{self, PolicyEdit};
use super::found::{CurrentState, FoundDistribution};
use super::{DistributionArn, DistributionId, Region, SetupSpec, new_distribution};
use signet_cloudfront::public_key_id::PublicKeyId;

/// Why nothing can be done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Obstacle {
    /// Another key has the name.
    #[error("the public key {} is called {name}, but it is another key", .id.as_str())]
    OtherKey {
        /// The other key's id.
        id: PublicKeyId,
        /// The name.
        name: String,
    },
    /// The key group is there without the key.
    #[error("the key group {name} is there, but the key is not in it")]
    KeyNotInGroup {
        /// The key group's name.
        name: String,
    },
    /// The distribution cannot be used for it.
    #[error("{why}: {}", .id.as_str())]
    Unfit {
        /// Which distribution.
        id: DistributionId,
        /// What is wrong with it.
        why: Unfit,
    },
    /// The bucket's policy cannot be read, so it is not touched.
    #[error("the bucket policy cannot be read")]
    Policy,
    /// The bucket is in a part of AWS that is by itself, where names and addresses are others.
    #[error("the region {} is in another partition of AWS", .region.as_str())]
    OtherPartition {
        /// Where the bucket is.
        region: Region,
    },
}

/// A thing that has to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<T> {
    /// It is, under this id.
    There(T),
    /// It has to be made.
    Missing,
}

/// What will be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// In which account.
    pub account: String,
    /// Under which name.
    pub name: String,
    /// The origin access control.
    pub access_control: Part<String>,
    /// The public key.
    pub public_key: Part<PublicKeyId>,
    /// The key group.
    pub key_group: Part<String>,
    /// The distribution.
    pub distribution: Part<DistributionPlan>,
    /// The bucket's policy as it is.
    pub policy: Option<String>,
    /// The login for documents, where one is wanted.
    pub document_login: Option<DocumentLoginPlan>,
}

/// What becomes of a distribution that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionPlan {
    /// As it is.
    pub found: FoundDistribution,
    /// What is changed.
    pub change: Change,
    /// What becomes of the bucket's policy.
    pub policy_edit: Option<PolicyEdit>,
    /// Who may open what of the bucket through it today.
    pub behaviours: Vec<BehaviourAccess>,
    /// What else of it has a bearing on links.
    pub remarks: Vec<Line>,
}

/// One step of a plan, in the order in which they are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PlanStep {
    /// The origin access control.
    AccessControl,
    /// The public key.
    PublicKey,
    /// The key group.
    KeyGroup,
    /// The new distribution.
    NewDistribution,
    /// The bucket's policy.
    BucketPolicy,
    /// The distribution that is there.
    ChangeDistribution,
    /// The IAM user for documents.
    DocumentUser,
    /// What that user may do.
    DocumentPolicy,
    /// The access key of that user.
    AccessKey,
}

/// A step as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which.
    pub step: PlanStep,
    /// Whether there is nothing to do.
    pub is_done: bool,
    /// The id of what is there; of the user for documents its name, also before it is there.
    pub id: Option<String>,
    /// What is changed, each with how it is and how it will be.
    pub changes: Vec<Difference>,
}

impl Shown {
    /// Whether something that is there becomes something else.
    pub fn is_replaced(&self) -> bool {
        self.changes.iter().any(|change| change.before.is_some())
    }
}

/// One thing before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub what: Differing,
    /// As it is; nothing where there is none.
    pub before: Option<String>,
    /// As it will be.
    pub after: String,
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "PlanDifferenceOf"))]
#[serde(rename_all = "camelCase")]
pub enum Differing {
    /// How the origin is let into the bucket.
    AccessControl,
    /// Whose links the default behaviour takes.
    KeyGroups,
    /// The bucket's policy.
    Policy,
    /// What the IAM user for documents may do.
    DocumentPolicy,
    /// The access key of a set-up that was stopped, whose secret nobody has.
    AccessKey,
}

impl SetupSpec {
    /// Whether a set-up knows this part of AWS, which can be seen before AWS is asked.
    ///
    /// # Errors
    /// [`Obstacle::OtherPartition`].
    pub fn check_place(&self) -> Result<(), Obstacle> {
        if self.region.is_of_other_partition() {
            return Err(Obstacle::OtherPartition { region: self.region.clone() });
        }
        Ok(())
    }
}

impl Plan {
    /// Works out what will be done.
    ///
    /// # Errors
    /// [`Obstacle`], the first in the order of the steps.
    pub fn of(spec: &SetupSpec, found: CurrentState) -> Result<Self, Obstacle> {
        spec.check_place()?;
        let name = spec.name();
        if let Some(there) = &found.public_key
            && !there.is(&spec.key)
        {
            return Err(Obstacle::OtherKey { id: there.id.clone(), name });
        }
        if let Some(group) = &found.key_group {
            let id = found.public_key.as_ref().map(|key| key.id.as_str());
            if !group.keys.iter().any(|key| Some(key.as_str()) == id) {
                return Err(Obstacle::KeyNotInGroup { name });
            }
        }
        let group = found.key_group.map(|group| group.id);
        let distribution = match found.distribution {
            Some(there) => Part::There(DistributionPlan::of(
                spec,
                there,
                group.as_deref(),
                found.public_key.as_ref().map(|key| key.id.as_str()),
                found.policy.as_deref(),
            )?),
            None => {
                // A policy that cannot be edited is seen now, and not after all else is made.
                let any = DistributionArn::of_nobody(&found.account);
                existing_policy::edit(found.policy.as_deref(), &spec.bucket, &any, "")
                    .map_err(|_| Obstacle::Policy)?;
                Part::Missing
            }
        };
        Ok(Self {
            account: found.account,
            name,
            access_control: part(found.access_control),
            public_key: part(found.public_key.map(|key| key.id)),
            key_group: part(group),
            distribution,
            policy: found.policy,
            document_login: None,
        })
    }

    /// The access control of somebody else by which the distribution is let in already: another one is
    /// not needed.
    pub fn other_access_control(&self, spec: &SetupSpec) -> Option<&str> {
        let Part::There(there) = &self.distribution else { return None };
        let given = there.found.config.access_control(&spec.bucket, &spec.region)?;
        (self.access_control.id() != Some(given)).then_some(given)
    }

    /// Which part of the bucket the distribution fetches from, as [`DistributionConfig::origin_path`] says it.
    pub fn origin_path(&self, spec: &SetupSpec) -> Option<&str> {
        match &self.distribution {
            Part::There(there) => there.found.config.origin_path(&spec.bucket, &spec.region),
            // One that is made here fetches from all of it.
            Part::Missing => Some(""),
        }
    }

    /// Whether this is what is left of a plan that a person has seen: it does nothing besides, and
    /// costs readers nothing more. What the steps before made of the bucket's policy is no change.
    pub fn is_part_of(&self, seen: &Self, spec: &SetupSpec) -> bool {
        let open = |plan: &Self| -> Vec<PlanStep> {
            let shown = plan.shown(spec).into_iter().filter(|step| !step.is_done);
            shown.map(|step| step.step).collect()
        };
        let (left, before) = (open(self), open(seen));
        let is_policy_left = left.contains(&PlanStep::BucketPolicy);
        self.account == seen.account
            && left.iter().all(|step| before.contains(step))
            && (!is_policy_left || self.policy == seen.policy)
            && (!self.closes_documents() || seen.closes_documents())
            && self.stays_open().iter().all(|path| seen.stays_open().contains(path))
            && self.document_login.as_ref().is_none_or(|login| {
                seen.document_login.as_ref().is_some_and(|seen| login.is_within(seen))
            })
    }

    /// Whether everything is there already.
    pub fn is_nothing(&self, spec: &SetupSpec) -> bool {
        self.shown(spec).iter().all(|step| step.is_done)
    }

    /// Whether documents that open for everyone today will need a link.
    pub fn closes_documents(&self) -> bool {
        matches!(&self.distribution, Part::There(there) if there.change.key_group == Some(Trust::Closes))
    }

    /// The paths that stay open to everyone.
    pub fn stays_open(&self) -> Vec<&str> {
        let open = self.behaviours().iter().filter(|one| one.is_open());
        open.filter_map(|one| one.path.as_deref()).collect()
    }

    /// Who may open what of the bucket today, behaviour by behaviour.
    pub fn behaviours(&self) -> &[BehaviourAccess] {
        match &self.distribution {
            Part::There(there) => &there.behaviours,
            Part::Missing => &[],
        }
    }

    /// Who may open what of the bucket once it is done, behaviour by behaviour.
    pub fn access(&self) -> Vec<BehaviourAccess> {
        let key = self.public_key.id().map(ToOwned::to_owned);
        let id = self.key_group.id().unwrap_or(&self.name).to_owned();
        let group = TrustedGroup { id, keys: key.into_iter().collect(), has_key: true };
        match &self.distribution {
            Part::There(there) => there.behaviours.iter().map(|one| one.with(&group)).collect(),
            Part::Missing => vec![BehaviourAccess::of_new(group)],
        }
    }

    /// What else of a distribution that is there has a bearing on links, as a check says it.
    pub fn remarks(&self) -> &[Line] {
        match &self.distribution {
            Part::There(there) => &there.remarks,
            Part::Missing => &[],
        }
    }

    /// Whether readers may come over IPv6, where a link for one network does not work.
    pub fn has_ipv6(&self) -> bool {
        match &self.distribution {
            Part::There(there) => there.found.config.has_ipv6,
            Part::Missing => new_distribution::IPV6,
        }
    }

    /// The steps as they are shown, with before and after.
    pub fn shown(&self, spec: &SetupSpec) -> Vec<Shown> {
        let shown = |step, id: Option<&str>, changes: Vec<Difference>| Shown {
            step,
            is_done: id.is_some() && changes.is_empty(),
            id: id.map(ToOwned::to_owned),
            changes,
        };
        let mut steps = vec![
            shown(
                PlanStep::AccessControl,
                self.other_access_control(spec).or(self.access_control.id()),
                Vec::new(),
            ),
            shown(PlanStep::PublicKey, self.public_key.id(), Vec::new()),
            shown(PlanStep::KeyGroup, self.key_group.id(), Vec::new()),
        ];
        match &self.distribution {
            Part::Missing => {
                steps.push(shown(PlanStep::NewDistribution, None, Vec::new()));
                let any = DistributionArn::of_nobody(&self.account);
                let statement = statement(&spec.bucket, &any);
                let after = format!("{statement:#}").replace(any.as_str(), NEW_ONE);
                let policy =
                    Difference { what: Differing::Policy, before: self.policy.clone(), after };
                steps.push(shown(PlanStep::BucketPolicy, None, vec![policy]));
            }
            Part::There(there) => {
                let id = there.found.id.as_str();
                let policy = there.policy_edit.as_ref().map(|edit| Difference {
                    what: Differing::Policy,
                    before: self.policy.clone(),
                    after: edit.after.clone(),
                });
                let is_there = policy.is_none().then_some(spec.bucket.as_str());
                steps.push(shown(PlanStep::BucketPolicy, is_there, policy.into_iter().collect()));
                let changes = there.differences(self);
                steps.push(shown(PlanStep::ChangeDistribution, Some(id), changes));
            }
        }
        steps.extend(self.document_login.iter().flat_map(of_login::shown));
        steps
    }
}

/// What stands for the ARN of a distribution that is not there yet.
const NEW_ONE: &str = "(the new distribution)";

impl DistributionPlan {
    fn of(
        spec: &SetupSpec,
        found: FoundDistribution,
        key_group: Option<&str>,
        key: Option<&str>,
        policy: Option<&str>,
    ) -> Result<Self, Obstacle> {
        let change = found
            .config
            .change_for(spec, key_group)
            .map_err(|why| Obstacle::Unfit { id: found.id.clone(), why })?;
        let folder = found.config.folder(&spec.bucket, &spec.region);
        let policy_edit = existing_policy::edit(policy, &spec.bucket, &found.arn, &folder)
            .map_err(|_| Obstacle::Policy)?;
        let behaviours = BehaviourAccess::all(&found, spec, key);
        let remarks = check::remarks(&found.config, spec, &behaviours);
        Ok(Self { found, change, policy_edit, behaviours, remarks })
    }

    fn differences(&self, plan: &Plan) -> Vec<Difference> {
        let access_control = self.change.access_control.as_ref().map(|replaced| Difference {
            what: Differing::AccessControl,
            before: (!replaced.identity.is_empty()).then(|| replaced.identity.clone()),
            after: plan.access_control.id().unwrap_or(&plan.name).to_owned(),
        });
        let key_groups = self.change.key_group.map(|_| {
            let before = self.found.config.trusted_groups().join(", ");
            let ours = plan.key_group.id().unwrap_or(&plan.name);
            Difference {
                what: Differing::KeyGroups,
                after: if before.is_empty() {
                    ours.to_owned()
                } else {
                    format!("{before}, {ours}")
                },
                before: (!before.is_empty()).then_some(before),
            }
        });
        access_control.into_iter().chain(key_groups).collect()
    }
}

impl Part<String> {
    fn id(&self) -> Option<&str> {
        match self {
            Self::There(id) => Some(id),
            Self::Missing => None,
        }
    }
}

impl Part<PublicKeyId> {
    fn id(&self) -> Option<&str> {
        match self {
            Self::There(id) => Some(id.as_str()),
            Self::Missing => None,
        }
    }
}

fn part<T>(found: Option<T>) -> Part<T> {
    found.map_or(Part::Missing, Part::There)
}

#[cfg(test)]
mod tests;
