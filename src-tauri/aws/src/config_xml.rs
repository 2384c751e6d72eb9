//! A distribution's configuration as XML, read and sent back as it stands.
//!
//! AWS's library gives types, and a field that is newer than the library is not in them. So the answer
//! is taken as it came in, and the request gets a body of its own before it is signed.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_cloudfront::config::interceptors::AfterDeserializationInterceptorContextRef;
use aws_sdk_cloudfront::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_cloudfront::error::{BoxError, BuildError};
use aws_sdk_cloudfront::types::{
    DefaultCacheBehavior, DistributionConfig as Typed, Origins, ViewerProtocolPolicy,
};
use aws_smithy_types::body::SdkBody;
use signet_app::setup::AskError;
use signet_setup::distribution_config::DistributionConfig;

use crate::account::Account;

/// Keeps the body of an answer.
#[derive(Debug, Clone, Default)]
struct Body(Arc<Mutex<Vec<u8>>>);

impl Intercept for Body {
    fn name(&self) -> &'static str {
        "Body"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response().body().bytes().unwrap_or_default().to_vec();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = body;
        Ok(())
    }
}

impl Account {
    /// The configuration and its version.
    pub(crate) async fn config(&self, id: &str) -> Result<(DistributionConfig, String), AskError> {
        const ACTION: &str = "cloudfront:GetDistributionConfig";
        let body = Body::default();
        let asked = self.cloudfront.get_distribution_config().id(id);
        let answer = asked.customize().interceptor(body.clone()).send().await;
        let etag = answer.map_err(|error| self.login.refused(ACTION, error))?.e_tag;
        let body = std::mem::take(&mut *body.0.lock().unwrap_or_else(PoisonError::into_inner));
        let unexpected = || AskError::Unexpected { action: ACTION };
        let xml = String::from_utf8(body).map_err(|_| unexpected())?;
        let config = DistributionConfig::parse(&xml).map_err(|_| unexpected())?;
        Ok((config, etag.ok_or_else(unexpected)?))
    }

    /// Edits the configuration as it is now. Somebody else's change in between is edited too, and where
    /// only the answer was lost, there is nothing left to edit.
    pub(crate) async fn edit_config(
        &self,
        id: &str,
        edit: impl Fn(&DistributionConfig) -> Option<String>,
    ) -> Result<(), AskError> {
        let mut attempts = 3;
        loop {
            let (config, etag) = self.config(id).await?;
            let Some(xml) = edit(&config) else { return Ok(()) };
            attempts -= 1;
            match self.put_config(id, &etag, xml).await {
                Err(AskError::Conflict) if attempts > 0 => {}
                other => return other,
            }
        }
    }

    /// Puts a configuration in the place of that version.
    pub(crate) async fn put_config(
        &self,
        id: &str,
        etag: &str,
        xml: String,
    ) -> Result<(), AskError> {
        const ACTION: &str = "cloudfront:UpdateDistribution";
        let stand_in = stand_in().map_err(|_| AskError::Unexpected { action: ACTION })?;
        let asked = self.cloudfront.update_distribution().id(id).if_match(etag);
        let answer = asked
            .distribution_config(stand_in)
            .customize()
            .mutate_request(move |request| {
                request.headers_mut().insert("content-length", xml.len().to_string());
                *request.body_mut() = SdkBody::from(xml.as_str());
            })
            .send()
            .await;
        answer.map(drop).map_err(|error| self.login.refused(ACTION, error))
    }
}

/// The library sends nothing without a typed configuration; its place is taken before the request is
/// signed.
fn stand_in() -> Result<Typed, BuildError> {
    let behaviour = DefaultCacheBehavior::builder()
        .target_origin_id("")
        .viewer_protocol_policy(ViewerProtocolPolicy::HttpsOnly)
        .build()?;
    Typed::builder()
        .caller_reference("")
        .comment("")
        .enabled(false)
        .origins(Origins::builder().quantity(0).set_items(Some(Vec::new())).build()?)
        .default_cache_behavior(behaviour)
        .build()
}
