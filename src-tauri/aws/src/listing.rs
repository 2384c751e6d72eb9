//! What an account has to choose from. Nothing is changed.

use aws_sdk_cloudfront::types::DistributionSummary;
use signet_app::setup::{AskError, FoundBucket, ListedDistribution};

use crate::account::Account;
use crate::pages::Pages;

fn listed(item: DistributionSummary) -> ListedDistribution {
    let target = item.default_cache_behavior.map(|behavior| behavior.target_origin_id);
    let origins = item.origins.map(|origins| origins.items).unwrap_or_default();
    let origin = origins.into_iter().find(|origin| Some(&origin.id) == target.as_ref());
    ListedDistribution {
        id: item.id,
        host: item.domain_name,
        aliases: item.aliases.and_then(|aliases| aliases.items).unwrap_or_default(),
        origin: origin.map(|origin| origin.domain_name),
        comment: item.comment,
    }
}

impl Account {
    /// The buckets, as S3 orders them. Only a list in pages says where each of them is.
    ///
    /// # Errors
    /// [`AskError`].
    pub(crate) async fn list_buckets(&self) -> Result<Vec<FoundBucket>, AskError> {
        const ACTION: &str = "s3:ListAllMyBuckets";
        const IN_A_PAGE: i32 = 1000;
        let client = aws_sdk_s3::Client::from_conf(self.s3.clone());
        let mut buckets = Vec::new();
        let (mut pages, mut after) = (Pages::of(ACTION), None);
        loop {
            let page = client.list_buckets().max_buckets(IN_A_PAGE).set_continuation_token(after);
            let page = page.send().await;
            let page = page.map_err(|error| self.login.refused(ACTION, error))?;
            let found = page.buckets.unwrap_or_default();
            after = pages.next(found.len(), page.continuation_token)?;
            buckets.extend(found.into_iter().filter_map(|bucket| {
                Some(FoundBucket { name: bucket.name?, region: bucket.bucket_region })
            }));
            if after.is_none() {
                return Ok(buckets);
            }
        }
    }

    /// The distributions, as CloudFront orders them.
    ///
    /// # Errors
    /// [`AskError`].
    pub(crate) async fn list_distributions(&self) -> Result<Vec<ListedDistribution>, AskError> {
        const ACTION: &str = "cloudfront:ListDistributions";
        let mut distributions = Vec::new();
        let (mut pages, mut marker) = (Pages::of(ACTION), None);
        loop {
            let page = self.cloudfront.list_distributions().set_marker(marker);
            let page = page.send().await.map_err(|error| self.login.refused(ACTION, error))?;
            let list = page.distribution_list.ok_or(AskError::Unexpected { action: ACTION })?;
            let found = list.items.unwrap_or_default();
            marker = pages.next(found.len(), list.next_marker)?;
            distributions.extend(found.into_iter().map(listed));
            if marker.is_none() {
                return Ok(distributions);
            }
        }
    }
}
