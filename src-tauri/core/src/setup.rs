//! From an AWS account to the first link: what has to be there, whoever makes it. Signet itself, a
//! script and a template make the same things under the same names, so what one of them began another
//! can finish.
//!
//! Deliberately not here: asking AWS (the crate `signet-aws`) and credentials.

mod bucket;
mod bucket_policy;
pub mod by_hand;
mod distribution;
pub mod guide;
mod hand_over;
mod names;
pub mod new_distribution;
mod page;
pub mod permissions;
mod script;
mod sent_back;
mod template;

pub use bucket::{Bucket, BucketError, Region, RegionError};
pub use bucket_policy::statements;
pub use distribution::{DistributionArn, DistributionId, DistributionIdError};
pub use hand_over::HandOver;
pub use names::Names;
pub use sent_back::{SentBack, SentBackError};
