//! `signet setup script`, `template` and `page`: what is given to an IT person. Nothing is asked of
//! AWS, and nothing secret is written.

use std::fs;
use std::io::{self, Write};

use signet_core::setup::{
    Bucket, BucketError, DistributionId, DistributionIdError, HandOver, Region,
};

use crate::arguments;
use crate::failure::Failure;
use crate::keys;

/// Writes one of the texts to where it was asked for.
pub fn write(
    request: &arguments::HandOver,
    text: impl Fn(&HandOver) -> String,
) -> Result<(), Failure> {
    let text = text(&wish(request)?);
    match &request.output {
        Some(file) => fs::write(file, text).map_err(|error| {
            Failure::other(
                format!("{} could not be written: {error}.", file.display()),
                "Give a file in a folder that is there.",
            )
        }),
        None => Ok(io::stdout().write_all(text.as_bytes())?),
    }
}

fn wish(request: &arguments::HandOver) -> Result<HandOver, Failure> {
    let bucket = Bucket::parse(&request.bucket).map_err(|error| {
        let do_now = match &error {
            BucketError::IsAddress { bucket } => format!("Give --bucket {bucket}."),
            BucketError::Empty | BucketError::Invalid => {
                "Give the name as it stands in S3, in the list of buckets.".to_owned()
            }
        };
        Failure::usage(format!("The value of --bucket cannot be used: {error}."), do_now)
    })?;
    let region = Region::parse(&request.region).map_err(|error| {
        Failure::usage(
            format!("The value of --region cannot be used: {error}."),
            "Give the code that stands beside the bucket in S3, as eu-central-1.",
        )
    })?;
    let distribution = request.distribution.as_deref().map(distribution).transpose()?;
    let key = keys::public_key(&request.public_key)?;
    Ok(HandOver { key, bucket, region, distribution })
}

fn distribution(id: &str) -> Result<DistributionId, Failure> {
    DistributionId::parse(id).map_err(|error| {
        let do_now = match error {
            DistributionIdError::IsDomain => {
                "Give its ID, which stands beside the domain name in CloudFront and begins with E."
            }
            _ => "Give the distribution's ID, which begins with E, or leave it out for a new one.",
        };
        Failure::usage(format!("The value of --distribution cannot be used: {error}."), do_now)
    })
}
