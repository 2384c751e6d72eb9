//! How the links of a key are signed.

use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

/// Whose links they are: the site they point at, and how they are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningParameters {
    /// Where the documents are.
    pub site: SiteAddress,
    /// What CloudFront calls the key.
    pub public_key_id: PublicKeyId,
    /// The hash under the signature.
    pub hash: HashAlgorithm,
}
