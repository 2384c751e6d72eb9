//! What is wrong with a bucket, a region, a distribution or a folder that the options name.

use signet_app::documents::DocumentKeyError;
use signet_setup::{BucketError, DistributionIdError, RegionError};

use crate::failure::Failure;

/// `--bucket` is none.
pub fn no_bucket(error: &BucketError) -> Failure {
    let do_now = match error {
        BucketError::IsAccessPoint => "Give the name of the bucket behind it.",
        BucketError::Several => "Give the one that the documents are in.",
        BucketError::Empty | BucketError::Invalid => {
            "Give the name as it stands in S3, in the list of buckets."
        }
    };
    Failure::usage(format!("The value of --bucket cannot be used: {error}."), do_now)
}

/// `--region` is none.
pub fn no_region(error: RegionError) -> Failure {
    Failure::usage(
        format!("The value of --region cannot be used: {error}."),
        "Give the code that stands beside the bucket in S3, as eu-central-1.",
    )
}

/// `--distribution` is none. `without` says what it means to leave it out.
pub fn no_distribution(error: &DistributionIdError, without: &str) -> Failure {
    let do_now = match error {
        DistributionIdError::IsDomain => {
            "Give its ID, which stands beside the domain name in CloudFront and begins with E."
                .to_owned()
        }
        _ => format!("Give the distribution's ID, which begins with E, or leave it out {without}."),
    };
    Failure::usage(format!("The value of --distribution cannot be used: {error}."), do_now)
}

/// A folder of a site is none.
pub fn no_folder(option: &str, error: &DocumentKeyError) -> Failure {
    Failure::usage(
        format!("The value of {option} cannot be used: {error}."),
        "Give the folder as reports/2026/.",
    )
}
