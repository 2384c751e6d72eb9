//! What an account has, as a plan and a check look at it.

use super::distribution_config::DistributionConfig;
use super::{DistributionArn, DistributionId};
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

/// What is there under the names of a set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentState {
    /// The AWS account that was looked at.
    pub account: String,
    /// The origin access control's id.
    pub access_control: Option<String>,
    /// The public key.
    pub public_key: Option<FoundKey>,
    /// The key group.
    pub key_group: Option<FoundGroup>,
    /// The distribution that was asked for, or the one that a set-up made.
    pub distribution: Option<FoundDistribution>,
    /// The bucket's policy.
    pub policy: Option<String>,
}

/// A public key that CloudFront holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// Its id.
    pub id: PublicKeyId,
    /// What it holds.
    pub pem: String,
}

/// A key group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundGroup {
    /// Its id.
    pub id: String,
    /// The ids of the keys in it.
    pub keys: Vec<String>,
}

/// A distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDistribution {
    /// Its id.
    pub id: DistributionId,
    /// What policies call it.
    pub arn: DistributionArn,
    /// Where its documents open.
    pub site: SiteAddress,
    /// Whether its configuration is in force everywhere.
    pub is_deployed: bool,
    /// The version of its configuration, without which a change is refused.
    pub etag: String,
    /// How it is set.
    pub config: DistributionConfig,
    /// The key groups that are in force at some behaviour, each with its public keys.
    pub active_groups: Vec<FoundGroup>,
}

#[cfg(test)]
impl CurrentState {
    /// An account with nothing of a set-up in it.
    pub(crate) fn empty() -> Self {
        Self {
            account: "123456789012".into(),
            access_control: None,
            public_key: None,
            key_group: None,
            distribution: None,
            policy: None,
        }
    }
}

impl FoundKey {
    /// Whether it is this key. AWS may give the text back with other line ends.
    pub fn is(&self, key: &PublicKey) -> bool {
        PublicKey::from_spki_pem(self.pem.trim())
            .is_some_and(|other| other.fingerprint() == key.fingerprint())
    }
}
