//! Addresses of the storage behind CloudFront, and what signs them.

use crate::host::{split_authority, split_scheme, storage_host};

/// The storage's host, where an address is its.
pub(super) fn storage(link: &str) -> Option<String> {
    let (scheme, rest) = split_scheme(link)?;
    let (authority, _) = split_authority(rest);
    if scheme == "s3" {
        return Some(format!("s3://{authority}"));
    }
    storage_host(authority)
}

/// Whether a parameter belongs to a signature of the storage's own.
pub(super) fn signs_for_storage(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("x-amz-") || name == "awsaccesskeyid"
}
