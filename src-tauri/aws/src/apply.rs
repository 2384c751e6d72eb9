//! A plan, done. Each step is entered in the journal before it is asked for, and once more with the id
//! of what was made; so a stop, a crash or a lost connection at any moment leaves what can be gone on
//! with, and nothing is made twice.

use signet_app::setup::{ApplyError, AskError, MadeSetUp, NotKept, Progress, Watch};
use signet_setup::existing_policy::{self, PolicyEdit};
use signet_setup::found::FoundDistribution;
use signet_setup::journal::{Journal, Made};
use signet_setup::plan::{DistributionPlan, Part, Plan, PlanStep};
use signet_setup::{AccessControlId, KeyGroupId, SetupSpec};

use crate::account::Account;
use crate::current_state::public_key_id;

/// A set-up on its way.
pub(crate) struct Work<'a> {
    pub(crate) account: &'a Account,
    pub(crate) spec: &'a SetupSpec,
    pub(crate) journal: &'a mut Journal,
    pub(crate) watch: &'a mut (dyn Watch + Send),
}

impl Account {
    /// Does what a plan says is missing.
    ///
    /// # Errors
    /// [`ApplyError`]. Whatever it is, a new plan goes on from there.
    pub(crate) async fn make(
        &self,
        spec: &SetupSpec,
        plan: &Plan,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<MadeSetUp, ApplyError> {
        Work { account: self, spec, journal, watch }.apply(plan).await
    }
}

impl Work<'_> {
    async fn apply(&mut self, plan: &Plan) -> Result<MadeSetUp, ApplyError> {
        let (account, spec) = (self.account, self.spec);
        let access_control = match plan.other_access_control(spec) {
            Some(other) => other.to_owned(),
            None => {
                self.part(
                    (PlanStep::AccessControl, "cloudfront:CreateOriginAccessControl"),
                    &plan.access_control,
                    Made::access_control,
                    account.make_access_control(spec),
                )
                .await?
            }
        };
        let there = match &plan.public_key {
            Part::There(id) => Part::There(id.as_str().to_owned()),
            Part::Missing => Part::Missing,
        };
        let make = account.make_public_key(spec);
        const KEY: &str = "cloudfront:CreatePublicKey";
        let key = self.part((PlanStep::PublicKey, KEY), &there, Made::public_key, make).await?;
        let public_key_id = public_key_id(&key, KEY)?;
        let make = account.make_key_group(spec, &key);
        let key_group = self
            .part(
                (PlanStep::KeyGroup, "cloudfront:CreateKeyGroup"),
                &plan.key_group,
                Made::key_group,
                make,
            )
            .await?;

        let there = match &plan.distribution {
            Part::There(there) => Part::There(there.found.id.as_str().to_owned()),
            Part::Missing => Part::Missing,
        };
        let make = account.make_distribution(spec, &access_control, &key_group);
        let id = self
            .part(
                (PlanStep::NewDistribution, "cloudfront:CreateDistribution"),
                &there,
                Made::distribution,
                make,
            )
            .await?;
        let found = match &plan.distribution {
            Part::There(there) => {
                self.let_in(&there.found, plan.policy.as_deref(), there.policy_edit.as_ref())
                    .await?;
                self.change(there, &access_control, &key_group).await?;
                there.found.clone()
            }
            Part::Missing => {
                let found = account.distribution(&id).await?;
                let policy = plan.policy.as_deref();
                let edit = existing_policy::edit(policy, &spec.bucket, &found.arn, "")
                    .map_err(|_| ApplyError::Policy)?;
                self.let_in(&found, policy, edit.as_ref()).await?;
                found
            }
        };
        Ok(MadeSetUp { public_key_id, site: found.site, distribution: found.id })
    }

    /// One thing that is made unless it is there.
    pub(crate) async fn part(
        &mut self,
        (step, action): (PlanStep, &'static str),
        part: &Part<String>,
        entry: impl Fn(Option<&str>) -> Option<Made>,
        make: impl Future<Output = Result<String, AskError>>,
    ) -> Result<String, ApplyError> {
        let entry = |id: Option<&str>| entry(id).ok_or(AskError::Unexpected { action });
        let id = match part {
            Part::There(id) => id.clone(),
            Part::Missing => {
                let begun = entry(None)?;
                self.begin(step, Some(begun.clone()))?;
                match make.await {
                    Ok(id) => id,
                    Err(error) => return Err(self.not_made(Some(&begun), error)?),
                }
            }
        };
        self.journal.finish(&entry(Some(&id))?);
        self.watch.keep(self.journal)?;
        Ok(id)
    }

    /// Lets the distribution read the bucket, unless its policy is another than the one planned with.
    async fn let_in(
        &mut self,
        found: &FoundDistribution,
        policy: Option<&str>,
        edit: Option<&PolicyEdit>,
    ) -> Result<(), ApplyError> {
        let SetupSpec { bucket, region, .. } = self.spec;
        let Some(edit) = edit else { return Ok(()) };
        if self.account.policy(bucket, region).await?.as_deref() != policy {
            return Err(ApplyError::PolicyChanged);
        }
        // What is only taken back is nothing that undo would have to.
        let entry = edit.adds_read.then(|| Made::policy(bucket, region, &found.arn, edit));
        self.begin(PlanStep::BucketPolicy, entry.clone())?;
        let asked = self.account.s3(region).put_bucket_policy().bucket(bucket.as_str());
        match asked.policy(&edit.after).send().await {
            Ok(_) => Ok(()),
            Err(error) => {
                let error = self.account.login.refused("s3:PutBucketPolicy", error);
                Err(self.not_made(entry.as_ref(), error)?)
            }
        }
    }

    /// Changes a distribution that is there.
    async fn change(
        &mut self,
        there: &DistributionPlan,
        access_control: &str,
        key_group: &str,
    ) -> Result<(), ApplyError> {
        let found = &there.found;
        let Some(xml) = found.config.with(&there.change, access_control, key_group) else {
            return Ok(());
        };
        let unexpected = AskError::Unexpected { action: "cloudfront:UpdateDistribution" };
        let ids = AccessControlId::parse(access_control).zip(KeyGroupId::parse(key_group));
        let (control, group) = ids.ok_or(unexpected)?;
        let entry = Made::change(&found.id, &there.change, &control, &group);
        self.begin(PlanStep::ChangeDistribution, Some(entry.clone()))?;
        match self.account.put_config(found.id.as_str(), &found.etag, xml).await {
            Ok(()) => Ok(()),
            // The answer to the first attempt may have been lost, after which the version is another.
            Err(AskError::Conflict) => {
                let (config, _) = self.account.config(found.id.as_str()).await?;
                match config.change_for(self.spec, Some(key_group)) {
                    Ok(change) if change.is_nothing() => Ok(()),
                    _ => Err(self.not_made(Some(&entry), AskError::Conflict)?),
                }
            }
            Err(error) => Err(self.not_made(Some(&entry), error)?),
        }
    }

    pub(crate) fn begin(&mut self, step: PlanStep, entry: Option<Made>) -> Result<(), ApplyError> {
        if self.watch.is_stopped() {
            return Err(ApplyError::Stopped);
        }
        if let Some(entry) = entry {
            self.journal.begin(entry);
            self.watch.keep(self.journal)?;
        }
        self.watch.progress(Progress::Doing(step));
        Ok(())
    }

    /// Where AWS said no, nothing is there of what was begun. Where it said nothing, something may be.
    pub(crate) fn not_made(
        &mut self,
        entry: Option<&Made>,
        error: AskError,
    ) -> Result<ApplyError, NotKept> {
        if let (Some(entry), true) = (entry, error.is_answer()) {
            self.journal.remove(entry);
            self.watch.keep(self.journal)?;
        }
        Ok(error.into())
    }
}
