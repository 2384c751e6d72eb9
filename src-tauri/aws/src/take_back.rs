//! *Undo*: takes back what the journal says was made, in the opposite order, and nothing else.

use std::time::Duration;

use signet_core::desk::SaveError;
use signet_core::setup::distribution_config::DistributionConfig;
use signet_core::setup::existing_policy::{self, Left, PolicyBefore, TakenOut};
use signet_core::setup::journal::{Given, Journal, Made, changed};
use signet_core::setup::{Bucket, DistributionArn, Region};
use thiserror::Error;

use crate::account::Account;
use crate::error::AskError;
use crate::watch::{Progress, Watch};

/// While a distribution is being switched off, this often is looked whether to stop,
const LOOK: Duration = Duration::from_millis(250);

/// and after so many of these CloudFront is asked again.
const LOOKS: u32 = 20;

/// Why not everything was taken back. What is left is in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TakeBackError {
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
    /// The journal is of another account.
    #[error("this set-up was made in the AWS account {account}")]
    OtherAccount {
        /// Which.
        account: String,
    },
    /// What the journal says is not what Signet writes.
    #[error("what was written down cannot be read")]
    Journal,
    /// The journal could not be kept, so nothing more was done.
    #[error("what is left could not be written down: {0}")]
    Save(#[from] SaveError),
    /// It was stopped.
    #[error("it was stopped")]
    Stopped,
}

impl Account {
    /// Takes back all that the journal holds. It is empty then.
    ///
    /// # Errors
    /// [`TakeBackError`]. Whatever it is, another call goes on from there.
    pub async fn take_back(
        &self,
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) -> Result<(), TakeBackError> {
        if journal.account() != self.id {
            return Err(TakeBackError::OtherAccount { account: journal.account().to_owned() });
        }
        self.refuse_where_shared(journal).await?;
        while let Some(made) = journal.made().last().cloned() {
            if watch.is_stopped() {
                return Err(TakeBackError::Stopped);
            }
            watch.progress(Progress::TakingBack(made.clone()));
            match self.take_back_one(journal.name(), &made, watch).await {
                // What somebody else has removed is no longer there to be taken back.
                Ok(()) | Err(TakeBackError::Ask(AskError::NotThere | AskError::NoDistribution)) => {
                }
                Err(TakeBackError::Ask(AskError::NoBucket))
                    if matches!(made, Made::Policy { .. }) => {}
                Err(TakeBackError::Ask(AskError::InUse)) => {
                    return Err(TakeBackError::InUse { made });
                }
                Err(error) => return Err(error),
            }
            journal.strike(&made);
            watch.keep(journal)?;
        }
        Ok(())
    }

    /// Links of other key groups open through a distribution that this set-up made: it would be switched
    /// off for them too, and the bucket closed. This is seen before anything is taken back.
    async fn refuse_where_shared(&self, journal: &Journal) -> Result<(), TakeBackError> {
        let ours = journal.made().iter().find_map(|made| match made {
            Made::KeyGroup { id } => id.as_deref(),
            _ => None,
        });
        for made in journal.made() {
            let Made::Distribution { id: Some(id) } = made else { continue };
            let (config, _) = match self.config(id).await {
                Err(AskError::NotThere | AskError::NoDistribution) => continue,
                config => config?,
            };
            if config.trusted_groups().iter().any(|group| Some(group.as_str()) != ours) {
                return Err(TakeBackError::Shared { distribution: id.clone() });
            }
        }
        Ok(())
    }

    async fn take_back_one(
        &self,
        name: &str,
        made: &Made,
        watch: &mut (dyn Watch + Send),
    ) -> Result<(), TakeBackError> {
        match made {
            Made::AccessControl { id } => {
                let id = match id {
                    Some(id) => Some(id.clone()),
                    None => self.find_access_control(name).await?,
                };
                Ok(self.remove_access_control(id).await?)
            }
            Made::PublicKey { id } => {
                let id = match id {
                    Some(id) => Some(id.clone()),
                    None => {
                        let key = self.find_public_key(name).await?;
                        key.map(|key| key.id.as_str().to_owned())
                    }
                };
                Ok(self.remove_public_key(id).await?)
            }
            Made::KeyGroup { id } => {
                let id = match id {
                    Some(id) => Some(id.clone()),
                    None => self.find_key_group(name).await?.map(|group| group.id),
                };
                Ok(self.remove_key_group(id).await?)
            }
            Made::Distribution { id } => {
                let id = match id {
                    Some(id) => Some(id.clone()),
                    None => self.find_distribution(name).await?,
                };
                match id {
                    Some(id) => self.remove_distribution(&id, watch).await,
                    None => Ok(()),
                }
            }
            Made::Policy { bucket, region, arn, before, read, list } => {
                let place = (Bucket::parse(bucket), Region::parse(region));
                let ((Ok(bucket), Ok(region)), Some(arn)) = (place, DistributionArn::parse(arn))
                else {
                    return Err(TakeBackError::Journal);
                };
                self.take_out(&bucket, &region, &arn, *before, [*read, *list]).await
            }
            Made::Change { id, origin, access_control, key_group } => Ok(self
                .change_back(id, origin, access_control.as_ref(), key_group.as_deref())
                .await?),
        }
    }

    async fn remove_access_control(&self, id: Option<String>) -> Result<(), AskError> {
        const ACTION: &str = "cloudfront:GetOriginAccessControl";
        let Some(id) = id else { return Ok(()) };
        let found = self.cloudfront.get_origin_access_control().id(&id).send().await;
        let etag = found.map_err(|error| self.login.refused(ACTION, error))?.e_tag;
        let asked = self.cloudfront.delete_origin_access_control().id(&id).set_if_match(etag);
        let gone = asked.send().await;
        gone.map(drop)
            .map_err(|error| self.login.refused("cloudfront:DeleteOriginAccessControl", error))
    }

    async fn remove_public_key(&self, id: Option<String>) -> Result<(), AskError> {
        let Some(id) = id else { return Ok(()) };
        let found = self.cloudfront.get_public_key().id(&id).send().await;
        let etag =
            found.map_err(|error| self.login.refused("cloudfront:GetPublicKey", error))?.e_tag;
        let asked = self.cloudfront.delete_public_key().id(&id).set_if_match(etag);
        asked
            .send()
            .await
            .map(drop)
            .map_err(|error| self.login.refused("cloudfront:DeletePublicKey", error))
    }

    async fn remove_key_group(&self, id: Option<String>) -> Result<(), AskError> {
        let Some(id) = id else { return Ok(()) };
        let found = self.cloudfront.get_key_group().id(&id).send().await;
        let etag =
            found.map_err(|error| self.login.refused("cloudfront:GetKeyGroup", error))?.e_tag;
        let asked = self.cloudfront.delete_key_group().id(&id).set_if_match(etag);
        asked
            .send()
            .await
            .map(drop)
            .map_err(|error| self.login.refused("cloudfront:DeleteKeyGroup", error))
    }

    /// CloudFront removes a distribution only once it is switched off everywhere.
    async fn remove_distribution(
        &self,
        id: &str,
        watch: &mut (dyn Watch + Send),
    ) -> Result<(), TakeBackError> {
        self.edit_config(id, DistributionConfig::switched_off).await?;
        loop {
            let found = self.distribution(id).await?;
            if found.is_deployed {
                let asked = self.cloudfront.delete_distribution().id(id).if_match(&found.etag);
                let gone = asked.send().await;
                return gone.map(drop).map_err(|error| {
                    self.login.refused("cloudfront:DeleteDistribution", error).into()
                });
            }
            watch.progress(Progress::Waiting { distribution: id.to_owned() });
            for _ in 0..LOOKS {
                tokio::time::sleep(LOOK).await;
                if watch.is_stopped() {
                    return Err(TakeBackError::Stopped);
                }
            }
        }
    }

    async fn take_out(
        &self,
        bucket: &Bucket,
        region: &Region,
        arn: &DistributionArn,
        before: PolicyBefore,
        added: [bool; 2],
    ) -> Result<(), TakeBackError> {
        let Some(policy) = self.policy(bucket, region).await? else { return Ok(()) };
        let TakenOut { left, .. } = existing_policy::without(&policy, bucket, arn, before, added)
            .map_err(|_| TakeBackError::Policy)?;
        let s3 = self.s3(region);
        match left {
            None => Ok(()),
            Some(Left::Nothing) => {
                let asked = s3.delete_bucket_policy().bucket(bucket.as_str()).send().await;
                asked
                    .map(drop)
                    .map_err(|error| self.login.refused("s3:DeleteBucketPolicy", error).into())
            }
            Some(Left::Changed(policy)) => {
                let asked = s3.put_bucket_policy().bucket(bucket.as_str()).policy(policy);
                let put = asked.send().await;
                put.map(drop)
                    .map_err(|error| self.login.refused("s3:PutBucketPolicy", error).into())
            }
        }
    }

    async fn change_back(
        &self,
        id: &str,
        origin: &str,
        access_control: Option<&Given>,
        key_group: Option<&str>,
    ) -> Result<(), AskError> {
        let (change, access_control, key_group) = changed(origin, access_control, key_group);
        let edit =
            |config: &DistributionConfig| config.without(&change, &access_control, &key_group);
        self.edit_config(id, edit).await
    }
}
