//! The calls that make something: each gives the id of what it made.
//!
//! CloudFront refuses a second one of the same name, or of the same caller reference. Where it does,
//! the answer to the first was lost on the way, and what is there is taken.

use aws_sdk_cloudfront::error::BuildError;
use aws_sdk_cloudfront::types::{
    AllowedMethods, CachedMethods, DefaultCacheBehavior, DistributionConfig,
    DistributionConfigWithTags, HttpVersion, KeyGroupConfig, Method, Origin,
    OriginAccessControlConfig, OriginAccessControlOriginTypes, OriginAccessControlSigningBehaviors,
    OriginAccessControlSigningProtocols, Origins, PriceClass, PublicKeyConfig, S3OriginConfig, Tag,
    Tags, TrustedKeyGroups, ViewerProtocolPolicy,
};
use signet_app::setup::AskError;
use signet_setup::{SetupSpec, new_distribution as new};

use crate::account::Account;

impl Account {
    pub(crate) async fn make_access_control(&self, spec: &SetupSpec) -> Result<String, AskError> {
        const ACTION: &str = "cloudfront:CreateOriginAccessControl";
        let name = spec.name();
        let config = OriginAccessControlConfig::builder()
            .name(&name)
            .signing_protocol(OriginAccessControlSigningProtocols::from(new::SIGNING_PROTOCOL))
            .signing_behavior(OriginAccessControlSigningBehaviors::from(new::SIGNING_BEHAVIOR))
            .origin_access_control_origin_type(OriginAccessControlOriginTypes::from(
                new::ORIGIN_TYPE,
            ));
        let config = built(config.build(), ACTION)?;
        let asked = self.cloudfront.create_origin_access_control();
        let made = asked.origin_access_control_config(config).send().await;
        match made.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => answer.origin_access_control.map(|made| made.id),
            Err(AskError::IsThere) => match self.find_access_control(&name).await? {
                Some(id) => self.own_access_control(&name, &id).await?.map(|_| id),
                None => None,
            },
            Err(error) => return Err(error),
        }
        .ok_or(AskError::Unexpected { action: ACTION })
    }

    pub(crate) async fn make_public_key(&self, spec: &SetupSpec) -> Result<String, AskError> {
        const ACTION: &str = "cloudfront:CreatePublicKey";
        let name = spec.name();
        let config = PublicKeyConfig::builder()
            .caller_reference(&name)
            .name(&name)
            .encoded_key(spec.key.to_spki_pem());
        let config = built(config.build(), ACTION)?;
        let made = self.cloudfront.create_public_key().public_key_config(config).send().await;
        match made.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => answer.public_key.map(|made| made.id),
            Err(AskError::IsThere) => {
                let there = self.find_public_key(&name).await?;
                there.filter(|key| key.is(&spec.key)).map(|key| key.id.as_str().to_owned())
            }
            Err(error) => return Err(error),
        }
        .ok_or(AskError::Unexpected { action: ACTION })
    }

    pub(crate) async fn make_key_group(
        &self,
        spec: &SetupSpec,
        key: &str,
    ) -> Result<String, AskError> {
        const ACTION: &str = "cloudfront:CreateKeyGroup";
        let name = spec.name();
        let config = built(KeyGroupConfig::builder().name(&name).items(key).build(), ACTION)?;
        let made = self.cloudfront.create_key_group().key_group_config(config).send().await;
        match made.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => answer.key_group.map(|made| made.id),
            Err(AskError::IsThere) => {
                let there = self.find_key_group(&name).await?;
                there.filter(|group| group.keys.iter().any(|id| id == key)).map(|group| group.id)
            }
            Err(error) => return Err(error),
        }
        .ok_or(AskError::Unexpected { action: ACTION })
    }

    pub(crate) async fn make_distribution(
        &self,
        spec: &SetupSpec,
        access_control: &str,
        key_group: &str,
    ) -> Result<String, AskError> {
        const ACTION: &str = "cloudfront:CreateDistribution";
        let config = built(with_tags(spec, access_control, key_group), ACTION)?;
        let asked = self.cloudfront.create_distribution_with_tags();
        let made = asked.distribution_config_with_tags(config).send().await;
        match made.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => answer.distribution.map(|made| made.id),
            Err(AskError::IsThere) => match self.find_distribution(&spec.name()).await? {
                Some(id) => {
                    let (config, _) = self.config(&id).await?;
                    config.is_made_as(&spec.name(), Some(&spec.origin())).then_some(id)
                }
                None => None,
            },
            Err(error) => return Err(error),
        }
        .ok_or(AskError::Unexpected { action: ACTION })
    }
}

/// The library's words for [`new::distribution_with_tags`].
fn with_tags(
    spec: &SetupSpec,
    access_control: &str,
    key_group: &str,
) -> Result<DistributionConfigWithTags, BuildError> {
    let name = Tag::builder().key(new::NAME_TAG).value(spec.name()).build()?;
    Ok(DistributionConfigWithTags::builder()
        .distribution_config(distribution(spec, access_control, key_group)?)
        .tags(Tags::builder().items(name).build())
        .build())
}

/// The library's words for [`new::distribution`].
fn distribution(
    spec: &SetupSpec,
    access_control: &str,
    key_group: &str,
) -> Result<DistributionConfig, BuildError> {
    let (name, host) = (spec.name(), spec.origin());
    let origin = Origin::builder()
        .id(&host)
        .domain_name(&host)
        .origin_access_control_id(access_control)
        .s3_origin_config(S3OriginConfig::builder().origin_access_identity("").build())
        .build()?;
    let methods = || new::METHODS.iter().map(|method| Method::from(*method)).collect::<Vec<_>>();
    let count = i32::try_from(new::METHODS.len()).unwrap_or_default();
    let cached = CachedMethods::builder().quantity(count).set_items(Some(methods())).build()?;
    let methods = AllowedMethods::builder()
        .quantity(count)
        .set_items(Some(methods()))
        .cached_methods(cached)
        .build()?;
    let behaviour = DefaultCacheBehavior::builder()
        .target_origin_id(&host)
        .viewer_protocol_policy(ViewerProtocolPolicy::from(new::VIEWER_PROTOCOL_POLICY))
        .allowed_methods(methods)
        .compress(new::COMPRESS)
        .cache_policy_id(new::CACHE_POLICY_ID)
        .trusted_key_groups(
            TrustedKeyGroups::builder().enabled(true).quantity(1).items(key_group).build()?,
        )
        .build()?;
    DistributionConfig::builder()
        .caller_reference(&name)
        .comment(&name)
        .enabled(true)
        .origins(Origins::builder().quantity(1).items(origin).build()?)
        .default_cache_behavior(behaviour)
        .http_version(HttpVersion::from(new::HTTP_VERSION))
        .is_ipv6_enabled(new::IPV6)
        .price_class(PriceClass::from(new::PRICE_CLASS))
        .build()
}

fn built<T>(built: Result<T, BuildError>, action: &'static str) -> Result<T, AskError> {
    built.map_err(|_| AskError::Unexpected { action })
}
