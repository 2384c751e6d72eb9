//! What is to be set up, as the options say it.

use signet_app::setup::{SetUpKey, SetUpRequest, SeveralKeys};
use signet_app::{App, OpenKeyError};
use signet_cloudfront::key::PublicKey;
use signet_setup::document_login::DocumentLoginSpec;
use signet_setup::{Bucket, DistributionId, Region, SetupSpec};

use super::aws;
use crate::arguments::{Place, Planning, WhichKey};
use crate::failure::Failure;
use crate::keys::{self, not_opened};
use crate::places;

/// The spec for this key's links.
pub fn of(place: &Place, key: PublicKey) -> Result<SetupSpec, Failure> {
    let (bucket, region) = (bucket(&place.bucket)?, region(&place.region)?);
    let distribution = place.distribution.as_deref().map(distribution).transpose()?;
    Ok(SetupSpec { key, bucket, region, distribution })
}

/// What is to be set up, and for which key.
pub fn request(options: &Planning, app: &App) -> Result<SetUpRequest, Failure> {
    let SetUpKey { public_half, listed } = key(&options.key, app)?;
    let spec = of(&options.place, public_half)?;
    let (login, may_remove) = (aws::login(&options.login), options.remove);
    let document_login = options.with_document_login.then_some(DocumentLoginSpec { may_remove });
    Ok(SetUpRequest { key: listed, spec, login, document_login })
}

/// The key that the options name.
pub fn key(which: &WhichKey, app: &App) -> Result<SetUpKey, Failure> {
    match (&which.key, &which.public_key) {
        (Some(name), _) => {
            let unknown = || not_opened(&OpenKeyError::Unknown);
            let id = app.id_named(name).ok_or_else(unknown)?;
            app.set_up_key(&id).map_err(|error| not_opened(&error))
        }
        (None, file) => {
            let public_half = keys::public_key(file.as_deref().unwrap_or_default())?;
            app.set_up_key_of(public_half).map_err(|SeveralKeys { names }| {
                let names: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
                Failure::usage(
                    format!("Signet has this key more than once, as {}.", names.join(" and ")),
                    "Name the one that is meant with --key, and leave out --public-key.",
                )
            })
        }
    }
}

/// The bucket that the options name.
pub fn bucket(name: &str) -> Result<Bucket, Failure> {
    Bucket::pasted(name).map_err(|error| places::no_bucket(&error))
}

/// The region that the options name.
pub fn region(code: &str) -> Result<Region, Failure> {
    Region::pasted(code).map_err(places::no_region)
}

/// The distribution that the options name.
pub fn distribution(id: &str) -> Result<DistributionId, Failure> {
    DistributionId::pasted(id).map_err(|error| places::no_distribution(&error, "for a new one"))
}
