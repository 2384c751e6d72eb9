//! AWS from a terminal: what it needs is set up here, so that no other command pays for it.

use signet_aws::Login;
use tokio::runtime::Runtime;

use crate::arguments::AwsLogin;
use crate::failure::Failure;

/// The login that the options name.
pub fn login(options: &AwsLogin) -> Login {
    Login { profile: options.profile.clone(), endpoint_url: options.endpoint_url.clone() }
}

/// What the calls run on.
pub fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|_| {
        Failure::other(
            "The network cannot be used from here.",
            "Close other programs and try again.",
        )
    })
}
