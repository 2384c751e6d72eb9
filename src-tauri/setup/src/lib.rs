//! From an AWS account to the first link: what has to be there, whoever makes it. Signet itself, a
//! script and a template make the same things under the same names, so what one of them began another
//! can finish.
//!
//! [`plan`] says what will be done to an account, [`journal`] what was done, and [`check`] whether it is
//! in force.
//!
//! Deliberately not here: asking AWS (the crate `signet-aws`), credentials, and any sentence for people:
//! what is handed to them is `handoff` in the crate `signet-app`.

mod access_key_id;
mod as_text;
mod aws_profile;
pub mod behaviours;
mod bucket;
pub mod bucket_access;
pub mod bucket_policy;
pub mod by_hand;
pub mod check;
mod distribution;
pub mod distribution_config;
pub mod document_access;
pub mod document_login;
pub mod existing_policy;
pub mod found;
pub mod guide;
pub mod journal;
mod made_id;
mod merged_answers;
mod names;
pub mod new_distribution;
pub mod permissions;
pub mod plan;
mod policy_meaning;
mod policy_pattern;
mod policy_text;
mod region;
mod setup_result;
mod spec;
mod xml;

pub use access_key_id::{AccessKeyId, AccessKeyIdError};
pub use aws_profile::{AwsProfile, AwsProfileError};
pub use bucket::{Bucket, BucketError};
pub use distribution::{DistributionArn, DistributionId, DistributionIdError};
pub use made_id::{AccessControlId, KeyGroupId, UserId};
pub use names::Names;
pub use policy_text::ParsePolicyError;
pub use region::{Region, RegionError};
pub use setup_result::{SetupResult, SetupResultError};
pub use spec::SetupSpec;
