//! What a check looks at beside what a plan does. Nothing is changed.

use aws_sdk_s3::types::{ExpirationStatus, LifecycleRule};
use signet_app::setup::AskError;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::bucket_access::BucketAccess;
use signet_setup::check::{Encryption, Facts, Unfinished};
use signet_setup::found::FoundDistribution;
use signet_setup::{Bucket, Region, SetupSpec};

use crate::account::Account;

impl Account {
    /// Looks at all that a check judges: for a key that makes links already what is under its id and
    /// at its site, otherwise what has the set-up's name.
    ///
    /// # Errors
    /// [`AskError`].
    pub(crate) async fn facts(
        &self,
        spec: &SetupSpec,
        connected: Option<(&PublicKeyId, &SiteAddress)>,
    ) -> Result<Facts, AskError> {
        let SetupSpec { bucket, region, .. } = spec;
        self.check_region(bucket, region).await?;
        let public_key = match connected {
            Some((id, _)) => match self.public_key(id.as_str()).await {
                Ok(key) => Some(key),
                Err(AskError::NotThere) => None,
                Err(error) => return Err(error),
            },
            None => self.find_public_key(&spec.name()).await?,
        };
        let mut distribution = self.wished_distribution(spec).await?;
        // A key that took the place of another one has a distribution under the other one's name.
        if let (None, Some((_, site))) = (&distribution, connected)
            && let Some(id) = self.find_distribution_at(site).await?
        {
            distribution = Some(self.distribution(&id).await?);
        }
        let policy = self.policy(bucket, region).await?;
        let log_readers = match &distribution {
            Some(there) => self.log_readers(there, spec, policy.as_deref()).await,
            None => None,
        };
        Ok(Facts {
            account: self.id.clone(),
            public_key,
            distribution,
            policy,
            log_readers,
            encryption: self.encryption(bucket, region).await?,
            is_public_blocked: self.is_public_blocked(bucket, region).await?,
            unfinished: self.unfinished(bucket, region).await?,
        })
    }

    /// Whom the policy of the bucket with the standard logs lets read them. That bucket is another one mostly, and what
    /// a login for a check may not see of it makes the check none the worse.
    async fn log_readers(
        &self,
        there: &FoundDistribution,
        spec: &SetupSpec,
        own: Option<&str>,
    ) -> Option<Vec<String>> {
        let host = there.config.surroundings().log_bucket.as_deref()?;
        let (bucket, region) = Bucket::of_origin(host)?;
        let policy = if bucket == spec.bucket {
            own.map(str::to_owned)
        } else {
            self.policy(&bucket, &region.unwrap_or_else(|| spec.region.clone())).await.ok()?
        };
        let Some(policy) = policy else { return Some(Vec::new()) };
        Some(BucketAccess::of(&policy, &bucket, &there.arn, "").ok()?.others)
    }

    /// Whether a rule for the whole bucket ends unfinished uploads. A login that was made for a check before that was
    /// looked at may not, and the rest of the check is none the worse for it.
    async fn unfinished(&self, bucket: &Bucket, region: &Region) -> Result<Unfinished, AskError> {
        const ACTION: &str = "s3:GetLifecycleConfiguration";
        let s3 = self.s3(region);
        let asked = s3.get_bucket_lifecycle_configuration().bucket(bucket.as_str()).send().await;
        let rules = match asked.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => answer.rules.unwrap_or_default(),
            // `NoSuchLifecycleConfiguration`.
            Err(AskError::NotThere) => Vec::new(),
            Err(AskError::NotAllowed { .. }) => return Ok(Unfinished::NotSeen),
            Err(error) => return Err(error),
        };
        Ok(if rules.iter().any(ends_all) { Unfinished::Ends } else { Unfinished::Stays })
    }

    async fn encryption(&self, bucket: &Bucket, region: &Region) -> Result<Encryption, AskError> {
        let asked = self.s3(region).get_bucket_encryption().bucket(bucket.as_str()).send().await;
        let rules = match asked
            .map_err(|error| self.login.refused("s3:GetEncryptionConfiguration", error))
        {
            Ok(answer) => answer.server_side_encryption_configuration.map(|config| config.rules),
            // Buckets from before 2023 may have none, and are encrypted by S3 all the same.
            Err(AskError::Refused { code, .. })
                if code.as_str() == "ServerSideEncryptionConfigurationNotFoundError" =>
            {
                None
            }
            Err(error) => return Err(error),
        };
        let rule = rules.into_iter().flatten().next();
        let Some(rule) = rule.and_then(|rule| rule.apply_server_side_encryption_by_default) else {
            return Ok(Encryption::OfS3);
        };
        if !rule.sse_algorithm.as_str().starts_with("aws:kms") {
            return Ok(Encryption::OfS3);
        }
        Ok(match rule.kms_master_key_id {
            Some(key) if !key.ends_with("alias/aws/s3") => Encryption::Kms { key },
            _ => Encryption::AwsManaged,
        })
    }

    async fn is_public_blocked(&self, bucket: &Bucket, region: &Region) -> Result<bool, AskError> {
        let asked = self.s3(region).get_public_access_block().bucket(bucket.as_str()).send().await;
        let blocked = match asked
            .map_err(|error| self.login.refused("s3:GetBucketPublicAccessBlock", error))
        {
            Ok(answer) => answer.public_access_block_configuration,
            Err(AskError::NotThere) => None,
            Err(error) => return Err(error),
        };
        Ok(blocked.is_some_and(|blocked| {
            blocked.block_public_policy == Some(true)
                && blocked.restrict_public_buckets == Some(true)
        }))
    }
}

/// Whether a rule ends unfinished uploads wherever they are in the bucket. Tags are none of an unfinished upload's.
fn ends_all(rule: &LifecycleRule) -> bool {
    let days = rule.abort_incomplete_multipart_upload.as_ref();
    let is_empty = |text: Option<&str>| text.is_none_or(str::is_empty);
    #[expect(deprecated, reason = "rules of before there were filters have it")]
    let prefix = rule.prefix.as_deref();
    let is_for_all = match &rule.filter {
        Some(filter) => {
            is_empty(filter.prefix.as_deref())
                && filter.tag.is_none()
                && filter.and.is_none()
                && filter.object_size_greater_than.is_none()
                && filter.object_size_less_than.is_none()
        }
        None => is_empty(prefix),
    };
    rule.status == ExpirationStatus::Enabled
        && days.is_some_and(|days| days.days_after_initiation.is_some())
        && is_for_all
}
