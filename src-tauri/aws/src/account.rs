//! The login of this computer, and the account that it is for.

use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::{BehaviorVersion, ConfigLoader, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_s3::config::Region as AwsRegion;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::timeout::TimeoutConfig;
use signet_app::documents::DocumentLogin;
use signet_app::setup::{AskError, Login};
use signet_setup::Region;

use crate::error;

/// An answer takes AWS a second or two; a new distribution somewhat longer.
const LIMIT_OF_AN_ATTEMPT: Duration = Duration::from_secs(30);

/// All attempts together.
const LIMIT: Duration = Duration::from_secs(90);

/// An account that can be asked. There is no `Debug`, for it has a login in it.
pub struct Account {
    pub(crate) id: String,
    pub(crate) login: error::Login,
    pub(crate) cloudfront: aws_sdk_cloudfront::Client,
    pub(crate) s3: aws_sdk_s3::Config,
    /// For what is seldom asked.
    pub(crate) config: SdkConfig,
}

impl Account {
    /// Finds the login, and asks AWS whose it is.
    ///
    /// # Errors
    /// [`AskError`].
    pub(crate) async fn open(login: &Login, region: &Region) -> Result<Self, AskError> {
        let (config, hidden) = configured(login, region).await?;

        let echo = || hidden.echo.clone();
        let sts = aws_sdk_sts::config::Builder::from(&config).interceptor(echo()).build();
        let cloudfront =
            aws_sdk_cloudfront::config::Builder::from(&config).interceptor(echo()).build();
        let s3 = aws_sdk_s3::config::Builder::from(&config).interceptor(echo());
        let identity = aws_sdk_sts::Client::from_conf(sts).get_caller_identity().send().await;
        let identity = identity.map_err(|error| hidden.refused("sts:GetCallerIdentity", error))?;
        let unexpected = AskError::Unexpected { action: "sts:GetCallerIdentity" };
        let is_number = |id: &String| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
        Ok(Self {
            id: identity.account.filter(is_number).ok_or(unexpected)?,
            cloudfront: aws_sdk_cloudfront::Client::from_conf(cloudfront),
            // A host of its own for each bucket is no name that a test's address has.
            s3: s3.force_path_style(login.endpoint_url.is_some()).build(),
            login: hidden,
            config,
        })
    }

    /// S3 in a bucket's region.
    pub(crate) fn s3(&self, region: &Region) -> aws_sdk_s3::Client {
        let region = AwsRegion::new(region.as_str().to_owned());
        aws_sdk_s3::Client::from_conf(self.s3.to_builder().region(region).build())
    }
}

/// The login that was named, for a region, and what of it AWS may repeat.
///
/// # Errors
/// [`AskError`], where there is no such login. AWS itself is not asked for anything but that.
pub(crate) async fn configured(
    login: &Login,
    region: &Region,
) -> Result<(SdkConfig, error::Login), AskError> {
    let mut loader = asking(region, login.endpoint_url.as_deref());
    if let Some(profile) = &login.profile {
        // That profile and no other login: the rest of the chain may be for another account.
        let own = ProfileFileCredentialsProvider::builder().profile_name(profile).build();
        loader = loader.profile_name(profile).credentials_provider(own);
    }
    let config = loader.load().await;
    // Asked for once here, since a failure in the middle of a call does not say what it was.
    let provider = config.credentials_provider().ok_or(AskError::NoLogin)?;
    let credentials = provider.provide_credentials().await;
    let credentials = credentials.map_err(|error| no_login(&error, login))?;
    let hidden = error::Login::of(&credentials);
    Ok((config, hidden))
}

/// The same for the documents of a site. With an access key nothing is looked for on this computer.
///
/// # Errors
/// [`AskError`], where there is no such login.
pub(crate) async fn configured_for(
    login: &DocumentLogin,
    region: &Region,
) -> Result<(SdkConfig, error::Login), AskError> {
    let (key, endpoint_url) = match login {
        DocumentLogin::OfComputer(login) => return configured(login, region).await,
        DocumentLogin::AccessKey { key, endpoint_url } => (key, endpoint_url.as_deref()),
    };
    let credentials = Credentials::new(key.id().as_str(), key.secret(), None, None, "Signet");
    let hidden = error::Login::of_access_key(&credentials);
    let config = asking(region, endpoint_url).credentials_provider(credentials).load().await;
    Ok((config, hidden))
}

/// How AWS is asked, whoever asks.
fn asking(region: &Region, endpoint_url: Option<&str>) -> ConfigLoader {
    let limits = TimeoutConfig::builder()
        .operation_attempt_timeout(LIMIT_OF_AN_ATTEMPT)
        .operation_timeout(LIMIT)
        .build();
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .region(AwsRegion::new(region.as_str().to_owned()))
        .timeout_config(limits);
    match endpoint_url {
        Some(url) => loader.endpoint_url(url),
        None => loader,
    }
}

/// The texts of these errors may quote what stands in a person's files, so only their kind is taken.
fn no_login(error: &CredentialsError, login: &Login) -> AskError {
    match error {
        CredentialsError::CredentialsNotLoaded(_) if login.profile.is_some() => {
            AskError::LoginUnusable
        }
        CredentialsError::CredentialsNotLoaded(_) => AskError::NoLogin,
        CredentialsError::ProviderTimedOut(_) => AskError::Unreachable,
        // The library says only in words that it was built without them.
        CredentialsError::InvalidConfiguration(_)
            if DisplayErrorContext(error).to_string().contains("credentials-login") =>
        {
            AskError::LoginOfTools { profile: login.profile.clone() }
        }
        CredentialsError::InvalidConfiguration(_) => AskError::LoginUnusable,
        // An SSO session or a role that does not give credentials any more.
        _ => AskError::LoginExpired,
    }
}
