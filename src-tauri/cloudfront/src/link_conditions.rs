//! What a link allows beside its one address: until when, from when, from which network, and
//! whether it opens more than that address.
//!
//! Source: "Create a signed URL using a custom policy", Amazon CloudFront Developer Guide.

use thiserror::Error;

use crate::address::DocumentAddress;
use crate::policy::{self, Network, Policy};
use crate::policy_resource::PolicyResource;

/// When a link works, and within which limits. A start lies before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkConditions {
    expires_at: i64,
    limits: Limits,
}

/// What a link may be limited or widened by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// The last second at which the link does not work yet, Unix time.
    pub starts_after: Option<i64>,
    /// The only network from which it works.
    pub network: Option<Network>,
    /// What it opens in place of its own address alone.
    pub resource: Option<PolicyResource>,
}

/// Why terms cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TermsError {
    /// The link would end before it begins.
    #[error("the start is not before the end")]
    StartsAfterEnd,
}

/// The policy's bytes, and how a link carries them.
pub(crate) enum PolicyForm {
    /// `Expires=N`; CloudFront writes the policy itself.
    Canned { policy: String, expires_at: i64 },
    /// `Policy=…`, these very bytes.
    Custom { policy: String },
}

impl LinkConditions {
    /// Until this second (Unix time), without any limit.
    pub fn until(expires_at: i64) -> Self {
        Self { expires_at, limits: Limits::default() }
    }

    /// Until this second and within these limits.
    ///
    /// # Errors
    /// [`TermsError::StartsAfterEnd`].
    pub fn new(expires_at: i64, limits: Limits) -> Result<Self, TermsError> {
        // Refused on or before the start and at or after the end: between them must lie a second.
        if limits.starts_after.is_some_and(|start| start >= expires_at.saturating_sub(1)) {
            return Err(TermsError::StartsAfterEnd);
        }
        Ok(Self { expires_at, limits })
    }

    /// The same limits until another second.
    ///
    /// # Errors
    /// [`TermsError::StartsAfterEnd`].
    pub fn ending(&self, expires_at: i64) -> Result<Self, TermsError> {
        Self::new(expires_at, self.limits.clone())
    }

    /// The first second at which the link no longer works.
    pub fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// The first second at which the link works, where that was said.
    pub fn starts_at(&self) -> Option<i64> {
        self.limits.starts_after.map(|second| second.saturating_add(1))
    }

    /// The only network from which the link works.
    pub fn network(&self) -> Option<Network> {
        self.limits.network
    }

    /// What the link opens in place of its own address alone.
    pub fn resource(&self) -> Option<&PolicyResource> {
        self.limits.resource.as_ref()
    }

    /// Whether this opens the address at all.
    pub(crate) fn covers(&self, address: &DocumentAddress) -> bool {
        self.limits.resource.as_ref().is_none_or(|resource| resource.opens(address.as_str()))
    }

    /// The policy for an address: custom exactly where something stands in it that a canned one
    /// cannot say. As the AWS CLI has it, that is a start, a network, a `*`, or a resource that is not
    /// the address itself.
    ///
    /// Source: `aws cloudfront sign`, AWS CLI command reference.
    pub(crate) fn stated_for(&self, url: &str) -> PolicyForm {
        let Self { expires_at, limits } = self;
        let resource = limits.resource.as_ref().map_or(url, PolicyResource::as_str);
        let needs_words = limits.starts_after.is_some() || limits.network.is_some();
        if needs_words || resource.contains('*') || resource != url {
            return self.custom_for(resource);
        }
        PolicyForm::Canned { policy: policy::canned(url, *expires_at), expires_at: *expires_at }
    }

    /// A custom policy for a resource, whatever the terms' own.
    pub(crate) fn custom_for(&self, resource: &str) -> PolicyForm {
        let policy = Policy {
            resource: Some(resource.to_owned()),
            expires_at: self.expires_at,
            starts_after: self.limits.starts_after,
            network: self.limits.network,
        };
        PolicyForm::Custom { policy: policy.to_json() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_start_and_end_lies_a_second() {
        let starting =
            |starts_after| Limits { starts_after: Some(starts_after), ..Limits::default() };
        assert!(LinkConditions::new(100, starting(98)).is_ok());
        for start in [99, 100, 101, i64::MAX] {
            assert_eq!(LinkConditions::new(100, starting(start)), Err(TermsError::StartsAfterEnd));
        }
        assert_eq!(LinkConditions::new(100, Limits::default()), Ok(LinkConditions::until(100)));
    }

    #[test]
    fn a_policy_is_custom_where_the_aws_cli_makes_it_so() {
        const URL: &str = "https://h.example/a.pdf";
        let is_custom = |url: &str, limits: &Limits| {
            let terms = LinkConditions::new(100, limits.clone()).unwrap();
            matches!(terms.stated_for(url), PolicyForm::Custom { .. })
        };
        let limits = Limits::default;
        let opening = |text| Limits { resource: PolicyResource::parse(text).ok(), ..limits() };
        for (url, limits, expected) in [
            (URL, limits(), false),
            ("https://h.example/a.pdf?v=?", limits(), false),
            ("https://h.example/*", limits(), true),
            ("https://h.example/a.pdf?v=*", limits(), true),
            (URL, opening(URL), false),
            (URL, opening("https://h.example/?.pdf"), true),
            (URL, opening("https://h.example/*"), true),
            (URL, Limits { starts_after: Some(1), ..limits() }, true),
            (URL, Limits { network: Network::parse("203.0.113.7"), ..limits() }, true),
        ] {
            assert_eq!(is_custom(url, &limits), expected, "{url} {limits:?}");
        }
    }
}
