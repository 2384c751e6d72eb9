//! *Undo*: takes back what the journal says was made, in the opposite order, and nothing else.
//!
//! The journal is a file, which may be mixed up with another one or changed. So nothing is removed for
//! its id alone: it is looked at first ([`crate::own`]), and what is not as Signet made it stays and is named.

use std::time::Duration;

use signet_app::setup::{AskError, Kept, Progress, UndoError, Undone, Watch, WhyKept};
use signet_setup::distribution_config::DistributionConfig;
use signet_setup::existing_policy::{self, Left, PolicyBefore, TakenOut};
use signet_setup::journal::{Given, Journal, Made, changed};
use signet_setup::{Bucket, DistributionArn, DistributionId, KeyGroupId, Region};
use tokio::time::Instant;

use crate::account::Account;

/// While a distribution is being switched off, this often is looked whether to stop,
const LOOK: Duration = Duration::from_millis(250);

/// and after so many of these CloudFront is asked again.
const LOOKS: u32 = 20;

/// CloudFront takes some minutes. What it has not done after an hour may take a day.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// What became of one thing.
pub(crate) enum Outcome {
    Gone,
    Kept(WhyKept),
}

pub(crate) const DIFFERS: Outcome = Outcome::Kept(WhyKept::Differs);

/// An *undo* on its way.
pub(crate) struct Work<'a> {
    pub(crate) account: &'a Account,
    watch: &'a mut (dyn Watch + Send),
    /// Under which name everything was made.
    pub(crate) name: String,
    /// The journal as it was at the beginning.
    pub(crate) made: Vec<Made>,
}

impl Account {
    /// Takes back all that the journal holds, but what is not as Signet made it.
    pub(crate) async fn remove(
        &self,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Undone {
        let mut kept = Vec::new();
        let (name, made) = (journal.name().to_owned(), journal.made().to_vec());
        let mut work = Work { account: self, watch, name, made };
        let end = work.undo(journal, &mut kept).await;
        Undone { kept, end }
    }

    /// Refuses what stands in the way of all of it, before anything is taken back.
    pub(crate) async fn refuse_to_remove(
        &self,
        journal: &Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<(), UndoError> {
        let (name, made) = (journal.name().to_owned(), journal.made().to_vec());
        Work { account: self, watch, name, made }.refuse_all(journal).await
    }

    /// The configuration of a distribution; `None` where it is gone.
    async fn config_if_there(&self, id: &str) -> Result<Option<DistributionConfig>, AskError> {
        match self.config(id).await {
            Ok((config, _)) => Ok(Some(config)),
            Err(AskError::NotThere | AskError::NoDistribution) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Work<'_> {
    async fn undo(&mut self, journal: &mut Journal, kept: &mut Vec<Kept>) -> Result<(), UndoError> {
        self.refuse_all(journal).await?;
        for made in self.made.clone().into_iter().rev() {
            if self.watch.is_stopped() {
                return Err(UndoError::Stopped);
            }
            self.watch.progress(Progress::TakingBack(made.clone()));
            match self.undo_one(&made).await {
                Ok(Outcome::Kept(why)) => {
                    kept.push(Kept { made, why });
                    continue;
                }
                Ok(Outcome::Gone) => {}
                // What somebody else has removed is no longer there to be taken back.
                Err(UndoError::Ask(AskError::NotThere | AskError::NoDistribution)) => {}
                Err(UndoError::Ask(AskError::NoBucket)) if matches!(made, Made::Policy { .. }) => {}
                Err(UndoError::Ask(AskError::InUse)) => {
                    return Err(UndoError::InUse { made });
                }
                Err(error) => return Err(error),
            }
            journal.remove(&made);
            self.watch.keep(journal)?;
        }
        Ok(())
    }

    async fn refuse_all(&mut self, journal: &Journal) -> Result<(), UndoError> {
        if journal.account() != self.account.id {
            return Err(UndoError::OtherAccount { account: journal.account().to_owned() });
        }
        self.refuse_where_shared().await
    }

    /// Links of other key groups open through a distribution that this set-up made: it would be switched
    /// off for them too, and the bucket closed. This is seen before anything is taken back.
    async fn refuse_where_shared(&mut self) -> Result<(), UndoError> {
        for made in self.made.clone() {
            let Made::Distribution { id } = &made else { continue };
            let Some(id) = self.distribution_of(id.as_ref()).await? else { continue };
            let Some(config) = self.account.config_if_there(&id).await? else { continue };
            if !self.is_own(&id, &config) {
                continue;
            }
            let groups = config.trusted_groups();
            if !groups.is_empty() {
                let ours = self.own_group().await?;
                if groups.iter().any(|group| Some(group) != ours.as_ref()) {
                    return Err(UndoError::Shared { distribution: id });
                }
            }
        }
        Ok(())
    }

    async fn undo_one(&mut self, made: &Made) -> Result<Outcome, UndoError> {
        let (account, name) = (self.account, self.name.clone());
        match made {
            Made::AccessControl { id } => {
                let id = match id {
                    Some(id) => Some(id.as_str().to_owned()),
                    None => self.unless_stopped(account.find_access_control(&name)).await?,
                };
                let Some(id) = id else { return Ok(Outcome::Gone) };
                let Some(etag) = account.own_access_control(&name, &id).await? else {
                    return Ok(DIFFERS);
                };
                let asked = account.cloudfront.delete_origin_access_control().id(&id);
                let gone = asked.set_if_match(etag).send().await;
                gone.map_err(|error| {
                    account.login.refused("cloudfront:DeleteOriginAccessControl", error)
                })?;
            }
            Made::PublicKey { id } => {
                let id = match id {
                    Some(id) => Some(id.clone()),
                    None => {
                        let found = self.unless_stopped(account.find_public_key(&name)).await?;
                        found.map(|key| key.id)
                    }
                };
                let Some(id) = id else { return Ok(Outcome::Gone) };
                let Some(etag) = account.own_public_key(&name, id.as_str()).await? else {
                    return Ok(DIFFERS);
                };
                let asked = account.cloudfront.delete_public_key().id(id.as_str());
                let gone = asked.set_if_match(etag).send().await;
                gone.map_err(|error| account.login.refused("cloudfront:DeletePublicKey", error))?;
            }
            Made::KeyGroup { id } => {
                let id = match id {
                    Some(id) => Some(id.as_str().to_owned()),
                    None => {
                        let found = self.unless_stopped(account.find_key_group(&name)).await?;
                        found.map(|group| group.id)
                    }
                };
                let Some(id) = id else { return Ok(Outcome::Gone) };
                let Some(etag) = account.own_key_group(&name, &id).await? else {
                    return Ok(DIFFERS);
                };
                let asked = account.cloudfront.delete_key_group().id(&id);
                let gone = asked.set_if_match(etag).send().await;
                gone.map_err(|error| account.login.refused("cloudfront:DeleteKeyGroup", error))?;
            }
            Made::Distribution { id } => {
                return match self.distribution_of(id.as_ref()).await? {
                    Some(id) => self.remove_distribution(&id).await,
                    None => Ok(Outcome::Gone),
                };
            }
            Made::Policy { bucket, region, arn, before, read, list } => {
                return self.take_out(bucket, region, arn, *before, [*read, *list]).await;
            }
            Made::Change { id, origin, access_control, key_group } => {
                let (given, group) = (access_control.as_ref(), key_group.as_ref());
                return self.change_back(id, origin, given, group).await;
            }
            Made::DocumentUser { .. } | Made::DocumentPolicy | Made::AccessKey { .. } => {
                return self.undo_document_login(made).await;
            }
        }
        Ok(Outcome::Gone)
    }

    /// The id of the distribution that was made, by its name where it was only begun.
    async fn distribution_of(
        &mut self,
        id: Option<&DistributionId>,
    ) -> Result<Option<String>, UndoError> {
        match id {
            Some(id) => Ok(Some(id.as_str().to_owned())),
            None => {
                let (account, name) = (self.account, self.name.clone());
                self.unless_stopped(account.find_distribution(&name)).await
            }
        }
    }

    /// The key group of this set-up, in which no other key is: the one that is written down, or where that
    /// is none of Signet's the one of its name.
    async fn own_group(&mut self) -> Result<Option<String>, UndoError> {
        let (account, name) = (self.account, self.name.clone());
        let entered = self.made.iter().find_map(|made| match made {
            Made::KeyGroup { id: Some(id) } => Some(id.as_str().to_owned()),
            _ => None,
        });
        if let Some(id) = entered
            && account.has_own_key_group(&name, &id).await?
        {
            return Ok(Some(id));
        }
        let Some(found) = self.unless_stopped(account.find_key_group(&name)).await? else {
            return Ok(None);
        };
        let is_own = account.has_own_key_group(&name, &found.id).await?;
        Ok(is_own.then_some(found.id))
    }

    /// Whether a distribution is the one that this set-up made.
    fn is_own(&self, id: &str, config: &DistributionConfig) -> bool {
        config.is_made_as(&self.name, self.host_of(id).as_deref())
    }

    /// From where the distribution fetches, as far as that is written down.
    fn host_of(&self, id: &str) -> Option<String> {
        self.made.iter().find_map(|made| match made {
            Made::Policy { bucket, region, arn, .. } if arn.id().as_str() == id => {
                Some(bucket.origin(region))
            }
            _ => None,
        })
    }

    /// CloudFront removes a distribution only once it is switched off everywhere.
    async fn remove_distribution(&mut self, id: &str) -> Result<Outcome, UndoError> {
        let (account, name, host) = (self.account, self.name.clone(), self.host_of(id));
        let switched_off = |config: &DistributionConfig| {
            config.is_made_as(&name, host.as_deref()).then(|| config.switched_off()).flatten()
        };
        account.edit_config(id, switched_off).await?;
        let begin = Instant::now();
        loop {
            let found = account.distribution(id).await?;
            if !self.is_own(id, &found.config) || found.config.is_enabled {
                return Ok(DIFFERS);
            }
            if found.is_deployed {
                let asked = account.cloudfront.delete_distribution().id(id).if_match(&found.etag);
                let gone = asked.send().await;
                gone.map_err(|error| {
                    account.login.refused("cloudfront:DeleteDistribution", error)
                })?;
                return Ok(Outcome::Gone);
            }
            if begin.elapsed() > LONGEST_WAIT {
                return Err(UndoError::StillOn { distribution: id.to_owned() });
            }
            self.watch.progress(Progress::Waiting { distribution: id.to_owned() });
            for _ in 0..LOOKS {
                tokio::time::sleep(LOOK).await;
                if self.watch.is_stopped() {
                    return Err(UndoError::Stopped);
                }
            }
        }
    }

    async fn take_out(
        &mut self,
        bucket: &Bucket,
        region: &Region,
        arn: &DistributionArn,
        before: PolicyBefore,
        added: [bool; 2],
    ) -> Result<Outcome, UndoError> {
        let account = self.account;
        // What lets in a distribution of another account, no set-up of this one has added.
        if arn.account() != account.id {
            return Ok(DIFFERS);
        }
        let Some(policy) = account.policy(bucket, region).await? else { return Ok(Outcome::Gone) };
        let TakenOut { left, is_changed } =
            existing_policy::without(&policy, bucket, arn, before, added)
                .map_err(|_| UndoError::Policy)?;
        let Some(left) = left else {
            return Ok(if is_changed { DIFFERS } else { Outcome::Gone });
        };
        if let Some(config) = account.config_if_there(arn.id().as_str()).await? {
            let groups = config.groups_by_access_control(bucket, region);
            if !groups.is_empty() {
                let ours = self.own_group().await?;
                if groups.into_iter().any(|group| Some(group) != ours.as_ref()) {
                    return Ok(Outcome::Kept(WhyKept::OthersUseIt));
                }
            }
        }
        let s3 = account.s3(region);
        match left {
            Left::Nothing => {
                let gone = s3.delete_bucket_policy().bucket(bucket.as_str()).send().await;
                gone.map_err(|error| account.login.refused("s3:DeleteBucketPolicy", error))?;
            }
            Left::Changed(policy) => {
                let asked = s3.put_bucket_policy().bucket(bucket.as_str()).policy(policy);
                let put = asked.send().await;
                put.map_err(|error| account.login.refused("s3:PutBucketPolicy", error))?;
            }
        }
        Ok(if is_changed { DIFFERS } else { Outcome::Gone })
    }

    /// Gives a distribution that was there back what it had. What it got is taken away only where it is
    /// this set-up's: without its key group it may open for everyone.
    async fn change_back(
        &mut self,
        id: &DistributionId,
        origin: &str,
        given: Option<&Given>,
        key_group: Option<&KeyGroupId>,
    ) -> Result<Outcome, UndoError> {
        let config = self.account.config_if_there(id.as_str()).await?;
        let Some(config) = config else { return Ok(Outcome::Gone) };
        if let Some(group) = key_group
            && config.names_group(group.as_str())
            && self.account.own_key_group(&self.name, group.as_str()).await?.is_none()
        {
            return Ok(DIFFERS);
        }
        if let Some(given) = given
            && config.access_control_at(origin) == Some(given.id.as_str())
            && self.account.own_access_control(&self.name, given.id.as_str()).await?.is_none()
        {
            return Ok(DIFFERS);
        }
        let (change, access_control, key_group) = changed(origin, given, key_group);
        let edit =
            |config: &DistributionConfig| config.without(&change, &access_control, &key_group);
        self.account.edit_config(id.as_str(), edit).await?;
        Ok(Outcome::Gone)
    }

    /// A look at AWS, given up where it is to be stopped.
    async fn unless_stopped<T>(
        &mut self,
        look: impl Future<Output = Result<T, AskError>>,
    ) -> Result<T, UndoError> {
        let watch = &mut *self.watch;
        let stopped = async move {
            while !watch.is_stopped() {
                tokio::time::sleep(LOOK).await;
            }
        };
        tokio::select! {
            looked = look => Ok(looked?),
            () = stopped => Err(UndoError::Stopped),
        }
    }
}
