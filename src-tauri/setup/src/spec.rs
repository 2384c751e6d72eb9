//! What a set-up is to reach.

use super::{Bucket, DistributionId, Names, Region};
use signet_cloudfront::key::PublicKey;

/// One key's links are to open one bucket's documents. Everything in it may be printed and sent: the
/// key is the public half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupSpec {
    /// The key whose links are to open the documents.
    pub key: PublicKey,
    /// Where the documents are.
    pub bucket: Bucket,
    /// Where the bucket is.
    pub region: Region,
    /// The distribution that is to ask for links; without one a new one is made.
    pub distribution: Option<DistributionId>,
}

impl SetupSpec {
    /// What everything that is made is called.
    pub fn name(&self) -> String {
        Names::of(&self.key).common()
    }

    /// What the IAM user for documents is called.
    pub fn document_user(&self) -> String {
        Names::of(&self.key).document_user()
    }

    /// The host that the distribution fetches from.
    pub fn origin(&self) -> String {
        self.bucket.origin(&self.region)
    }
}

/// A spec for a new distribution and one for an existing one, with either kind of key and the
/// strangest names that the types let through.
#[cfg(test)]
pub(super) fn examples() -> [SetupSpec; 2] {
    use signet_cloudfront::key::SigningKey;
    let rsa = include_str!("../tests/rsa-public.pem");
    let spec = |key, bucket, region, distribution: Option<&str>| SetupSpec {
        key,
        bucket: Bucket::parse(bucket).unwrap(),
        region: Region::parse(region).unwrap(),
        distribution: distribution.map(|id| DistributionId::parse(id).unwrap()),
    };
    [
        spec(SigningKey::generate_p256().public_key(), "client-papers", "eu-central-1", None),
        spec(
            PublicKey::from_spki_pem(rsa).unwrap(),
            "0.x--docs.example.com",
            "us-gov-west-1",
            Some("E2QWRUHAPOMQZL"),
        ),
    ]
}
