//! What is handed to an IT person: the three texts that fulfil a [`SetupSpec`](signet_setup::SetupSpec), each
//! of which makes the same things under the same names as Signet itself does. Nothing in them is secret: the
//! key is the public half.

mod page;
mod script;
mod template;

pub use page::page;
pub use script::script;
pub use template::template;

/// A spec for a new distribution and one for an existing one, with either kind of key and the
/// strangest names that the types let through.
#[cfg(test)]
fn examples() -> [signet_setup::SetupSpec; 2] {
    use signet_cloudfront::key::{PublicKey, SigningKey};
    use signet_setup::{Bucket, DistributionId, Region, SetupSpec};
    let rsa = include_str!("../../../setup/tests/rsa-public.pem");
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
