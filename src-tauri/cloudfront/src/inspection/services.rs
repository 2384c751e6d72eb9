//! Links that another service signs, on whatever host they stand: CloudFront takes none of their signatures.

/// The parameters by which a service's links are known, all of them in small letters, and its name.
const SERVICES: [(&[&str], &str); 10] = [
    (&["x-amz-signature"], "S3"),
    (&["awsaccesskeyid", "signature"], "S3"),
    (&["x-goog-signature"], "Google Cloud Storage"),
    (&["googleaccessid", "signature"], "Google Cloud Storage"),
    (&["keyname", "signature"], "Google's Cloud CDN"),
    (&["sig", "se", "sv"], "Azure's storage"),
    (&["ossaccesskeyid", "signature"], "Alibaba's OSS"),
    (&["x-oss-signature"], "Alibaba's OSS"),
    (&["hdnts"], "Akamai"),
    (&["hdnea"], "Akamai"),
];

/// Whose signature a link has that has none of CloudFront's.
pub(super) fn of(link: &str) -> Option<&'static str> {
    let (_, query) = link.split_once('?')?;
    let names: Vec<_> = query
        .split('&')
        .map(|part| part.split('=').next().unwrap_or_default().to_ascii_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|given| given == name);
    if has("key-pair-id") || has("policy") {
        return None;
    }
    let known = SERVICES.iter().find(|(needed, _)| needed.iter().all(|name| has(name)));
    known.map(|(_, service)| *service)
}
