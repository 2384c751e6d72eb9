//! AWS from a terminal: what it needs is set up here, so that no other command pays for it.

use signet_app::App;
use signet_app::setup::{Login, NotReached, Reach, SettingUp};
use signet_aws::Aws;
use signet_cloudfront::stack;
use signet_os::SetUps;

use crate::arguments::AwsLogin;
use crate::failure::Failure;
use crate::keys::profile;

/// The keys, which nobody else waits for here.
pub struct Here<'a>(pub &'a App);

impl Reach for Here<'_> {
    async fn keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        Ok(stack::wiped_after(|| work(self.0)))
    }

    async fn disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, NotReached> {
        Ok(work(self.0))
    }
}

/// The login that the options name.
pub fn login(options: &AwsLogin) -> Login {
    Login { profile: options.profile.clone(), endpoint_url: options.endpoint_url.clone() }
}

/// Waits for something that is done with this person's keys and journals.
pub fn wait<T>(
    app: &App,
    work: impl AsyncFnOnce(SettingUp<'_, Aws, SetUps, Here<'_>>) -> T,
) -> Result<T, Failure> {
    let (journals, app) = (profile()?.set_ups(), Here(app));
    let setting_up = SettingUp { accounts: &Aws, journals: &journals, app: &app };
    block_on(work(setting_up))
}

/// Waits for something that needs the network.
pub fn block_on<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| {
        Failure::other(
            "The network cannot be used from here.",
            "Close other programs and try again.",
        )
    })?;
    let done = runtime.block_on(work);
    // A look-up of a name that nobody answers is not waited for.
    runtime.shutdown_background();
    Ok(done)
}
