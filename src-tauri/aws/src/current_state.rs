//! What an account has under the names of a set-up.

use aws_sdk_cloudfront::types::DistributionSummary;
use signet_app::setup::AskError;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::found::{CurrentState, FoundDistribution, FoundGroup, FoundKey};
use signet_setup::{Bucket, DistributionArn, DistributionId, Region, SetupSpec};

use crate::account::Account;
use crate::pages::Pages;

impl Account {
    /// Looks at all that a plan needs. Nothing is changed.
    ///
    /// # Errors
    /// [`AskError`].
    pub(crate) async fn find(&self, spec: &SetupSpec) -> Result<CurrentState, AskError> {
        let name = spec.name();
        self.check_region(&spec.bucket, &spec.region).await?;
        Ok(CurrentState {
            account: self.id.clone(),
            access_control: self.find_access_control(&name).await?,
            public_key: self.find_public_key(&name).await?,
            key_group: self.find_key_group(&name).await?,
            distribution: self.wished_distribution(spec).await?,
            policy: self.policy(&spec.bucket, &spec.region).await?,
        })
    }

    /// The distribution that is asked for, or the one that has the set-up's name.
    pub(crate) async fn wished_distribution(
        &self,
        spec: &SetupSpec,
    ) -> Result<Option<FoundDistribution>, AskError> {
        let id = match &spec.distribution {
            Some(id) => Some(id.as_str().to_owned()),
            None => self.find_distribution(&spec.name()).await?,
        };
        match id {
            Some(id) => Ok(Some(self.distribution(&id).await?)),
            None => Ok(None),
        }
    }

    pub(crate) async fn check_region(
        &self,
        bucket: &Bucket,
        region: &Region,
    ) -> Result<(), AskError> {
        let place = self.s3(region).get_bucket_location().bucket(bucket.as_str()).send().await;
        let place = place.map_err(|error| self.login.refused("s3:GetBucketLocation", error))?;
        let place = place.location_constraint.map(|place| place.as_str().to_owned());
        // What S3 calls its two oldest regions.
        let place = match place.as_deref() {
            None | Some("") => "us-east-1",
            Some("EU") => "eu-west-1",
            Some(other) => other,
        };
        if place == region.as_str() {
            Ok(())
        } else {
            Err(AskError::WrongRegion { region: Region::parse(place).ok() })
        }
    }

    pub(crate) async fn find_access_control(&self, name: &str) -> Result<Option<String>, AskError> {
        const ACTION: &str = "cloudfront:ListOriginAccessControls";
        let (mut pages, mut marker) = (Pages::of(ACTION), None);
        loop {
            let page = self.cloudfront.list_origin_access_controls().set_marker(marker);
            let page = page.send().await.map_err(|error| self.login.refused(ACTION, error))?;
            let list =
                page.origin_access_control_list.ok_or(AskError::Unexpected { action: ACTION })?;
            let items = list.items.unwrap_or_default();
            let count = items.len();
            let found = items.into_iter().find(|item| item.name == name);
            marker = match found {
                Some(_) => None,
                None => pages.next(count, list.next_marker)?,
            };
            if marker.is_none() {
                return Ok(found.map(|item| item.id));
            }
        }
    }

    pub(crate) async fn find_public_key(&self, name: &str) -> Result<Option<FoundKey>, AskError> {
        const ACTION: &str = "cloudfront:ListPublicKeys";
        let (mut pages, mut marker) = (Pages::of(ACTION), None);
        let id = loop {
            let page = self.cloudfront.list_public_keys().set_marker(marker);
            let page = page.send().await.map_err(|error| self.login.refused(ACTION, error))?;
            let list = page.public_key_list.ok_or(AskError::Unexpected { action: ACTION })?;
            let items = list.items.unwrap_or_default();
            let count = items.len();
            let found = items.into_iter().find(|item| item.name == name);
            marker = match found {
                Some(_) => None,
                None => pages.next(count, list.next_marker)?,
            };
            if marker.is_none() {
                break found.map(|item| item.id);
            }
        };
        match id {
            Some(id) => Ok(Some(self.public_key(&id).await?)),
            None => Ok(None),
        }
    }

    pub(crate) async fn public_key(&self, id: &str) -> Result<FoundKey, AskError> {
        const ACTION: &str = "cloudfront:GetPublicKey";
        let key = self.cloudfront.get_public_key().id(id).send().await;
        let key = key.map_err(|error| self.login.refused(ACTION, error))?.public_key;
        let config = key.and_then(|key| key.public_key_config);
        let config = config.ok_or(AskError::Unexpected { action: ACTION })?;
        Ok(FoundKey { id: public_key_id(id, ACTION)?, pem: config.encoded_key })
    }

    pub(crate) async fn find_key_group(&self, name: &str) -> Result<Option<FoundGroup>, AskError> {
        const ACTION: &str = "cloudfront:ListKeyGroups";
        let (mut pages, mut marker) = (Pages::of(ACTION), None);
        loop {
            let page = self.cloudfront.list_key_groups().set_marker(marker);
            let page = page.send().await.map_err(|error| self.login.refused(ACTION, error))?;
            let list = page.key_group_list.ok_or(AskError::Unexpected { action: ACTION })?;
            let items = list.items.unwrap_or_default();
            let count = items.len();
            let groups = items.into_iter().filter_map(|item| item.key_group);
            let found = groups
                .filter_map(|group| Some((group.id, group.key_group_config?)))
                .find(|(_, config)| config.name == name);
            marker = match found {
                Some(_) => None,
                None => pages.next(count, list.next_marker)?,
            };
            if marker.is_none() {
                return Ok(found.map(|(id, config)| FoundGroup { id, keys: config.items }));
            }
        }
    }

    pub(crate) async fn find_distribution(&self, name: &str) -> Result<Option<String>, AskError> {
        self.first_distribution(|item| item.comment == name).await
    }

    /// The distribution whose documents open at a site, by its own name or another one.
    pub(crate) async fn find_distribution_at(
        &self,
        site: &SiteAddress,
    ) -> Result<Option<String>, AskError> {
        self.first_distribution(|item| {
            let aliases = item.aliases.iter().flat_map(|aliases| aliases.items.iter().flatten());
            aliases.chain([&item.domain_name]).any(|host| host.eq_ignore_ascii_case(site.host()))
        })
        .await
    }

    async fn first_distribution(
        &self,
        is_it: impl Fn(&DistributionSummary) -> bool,
    ) -> Result<Option<String>, AskError> {
        const ACTION: &str = "cloudfront:ListDistributions";
        let (mut pages, mut marker) = (Pages::of(ACTION), None);
        loop {
            let page = self.cloudfront.list_distributions().set_marker(marker);
            let page = page.send().await.map_err(|error| self.login.refused(ACTION, error))?;
            let list = page.distribution_list.ok_or(AskError::Unexpected { action: ACTION })?;
            let items = list.items.unwrap_or_default();
            let count = items.len();
            let found = items.into_iter().find(&is_it);
            marker = match found {
                Some(_) => None,
                None => pages.next(count, list.next_marker)?,
            };
            if marker.is_none() {
                return Ok(found.map(|item| item.id));
            }
        }
    }

    pub(crate) async fn distribution(&self, id: &str) -> Result<FoundDistribution, AskError> {
        const ACTION: &str = "cloudfront:GetDistribution";
        let unexpected = || AskError::Unexpected { action: ACTION };
        let answer = self.cloudfront.get_distribution().id(id).send().await;
        let answer = answer.map_err(|error| self.login.refused(ACTION, error))?;
        let answer = answer.distribution.ok_or_else(unexpected)?;
        let (config, etag) = self.config(id).await?;
        let groups = answer.active_trusted_key_groups.and_then(|active| active.items);
        let groups = groups.into_iter().flatten().filter_map(|group| {
            let keys = group.key_pair_ids.and_then(|ids| ids.items).unwrap_or_default();
            Some(FoundGroup { id: group.key_group_id?, keys })
        });
        Ok(FoundDistribution {
            id: DistributionId::parse(&answer.id).map_err(|_| unexpected())?,
            arn: DistributionArn::parse(&answer.arn).ok_or_else(unexpected)?,
            site: SiteAddress::parse(&answer.domain_name).map_err(|_| unexpected())?,
            is_deployed: answer.status == "Deployed",
            etag,
            config,
            active_groups: groups.collect(),
        })
    }

    /// The bucket's policy as it stands.
    pub(crate) async fn policy(
        &self,
        bucket: &Bucket,
        region: &Region,
    ) -> Result<Option<String>, AskError> {
        let asked = self.s3(region).get_bucket_policy().bucket(bucket.as_str()).send().await;
        match asked.map_err(|error| self.login.refused("s3:GetBucketPolicy", error)) {
            Ok(answer) => Ok(answer.policy),
            // `NoSuchBucketPolicy`.
            Err(AskError::NotThere) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// An id as the answers of AWS have it.
pub(crate) fn public_key_id(id: &str, action: &'static str) -> Result<PublicKeyId, AskError> {
    PublicKeyId::parse(id).map_err(|_| AskError::Unexpected { action })
}
