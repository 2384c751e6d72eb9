//! How a new distribution and its way to the bucket are set, the one place for it: Signet itself, the
//! script and the template read it here.
//!
//! Deliberately not here: a distribution that exists. It keeps its settings, and only gets the key
//! group and the origin access control.

use serde_json::{Value, json};

/// AWS's own cache policy *CachingOptimized*: no query string and no cookie reaches the bucket, so a
/// signed document is cached once for all its links.
pub const CACHE_POLICY_ID: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
/// A reader who types `http://` still gets the document, but never over http.
pub const VIEWER_PROTOCOL_POLICY: &str = "redirect-to-https";
/// What readers may ask. The order is that of the service's answers.
pub const METHODS: [&str; 2] = ["HEAD", "GET"];
/// Texts travel compressed.
pub const COMPRESS: bool = true;
/// The protocols that readers may use.
pub const HTTP_VERSION: &str = "http2and3";
/// Readers may come over IPv6. A link for one network works over IPv4 only.
pub const IPV6: bool = true;
/// Served from everywhere.
pub const PRICE_CLASS: &str = "PriceClass_All";

/// How requests to the bucket are signed.
pub const SIGNING_PROTOCOL: &str = "sigv4";
/// Each of them, whatever a reader sent.
pub const SIGNING_BEHAVIOR: &str = "always";
/// What they go to.
pub const ORIGIN_TYPE: &str = "s3";

/// The origin access control as `CreateOriginAccessControl` takes it.
pub fn origin_access_control(name: &str) -> Value {
    json!({
        "Name": name,
        "SigningProtocol": SIGNING_PROTOCOL,
        "SigningBehavior": SIGNING_BEHAVIOR,
        "OriginAccessControlOriginType": ORIGIN_TYPE
    })
}

/// The tag that the console shows as a distribution's name.
pub const NAME_TAG: &str = "Name";

/// The distribution with its tag, as `CreateDistributionWithTags` takes it.
pub fn distribution_with_tags(distribution: &Value, name: &str) -> Value {
    json!({
        "DistributionConfig": distribution,
        "Tags": { "Items": [{ "Key": NAME_TAG, "Value": name }] }
    })
}

/// The distribution as `CreateDistribution` takes it. The origin's host is its id too.
///
/// The name is the comment, by which it is found again, and the caller reference, under which
/// CloudFront makes no second one.
pub fn distribution(name: &str, origin: &str, access_control: &str, key_group: &str) -> Value {
    json!({
        "CallerReference": name,
        "Comment": name,
        "Enabled": true,
        "Origins": {
            "Quantity": 1,
            "Items": [{
                "Id": origin,
                "DomainName": origin,
                "OriginAccessControlId": access_control,
                // An origin in S3 has to have it, and empty beside an origin access control.
                "S3OriginConfig": { "OriginAccessIdentity": "" }
            }]
        },
        "DefaultCacheBehavior": {
            "TargetOriginId": origin,
            "ViewerProtocolPolicy": VIEWER_PROTOCOL_POLICY,
            "AllowedMethods": {
                "Quantity": METHODS.len(),
                "Items": METHODS,
                "CachedMethods": { "Quantity": METHODS.len(), "Items": METHODS }
            },
            "Compress": COMPRESS,
            "CachePolicyId": CACHE_POLICY_ID,
            "TrustedKeyGroups": { "Enabled": true, "Quantity": 1, "Items": [key_group] }
        },
        "HttpVersion": HTTP_VERSION,
        "IsIPV6Enabled": IPV6,
        "PriceClass": PRICE_CLASS
    })
}
