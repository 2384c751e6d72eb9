//! Keys that are made from a terminal, until CloudFront knows them.

use std::io::Write;

use signet_app::{MakeKeyError, RegisterKeyError};
use signet_cloudfront::foreign::shown;

use crate::arguments::{Connect, Make};
use crate::failure::Failure;
use crate::key_halves::write_public;
use crate::keys::{app, id_named, not_saved, not_taken};
use crate::terminal;

/// `signet keys make`.
pub fn make(request: &Make) -> Result<(), Failure> {
    let app = app()?;
    let made =
        app.make_key(None, &request.name, request.kind.into()).map_err(|error| match error {
            MakeKeyError::Name(_) | MakeKeyError::Place(_) => Failure::usage(
                format!("The key cannot be called so: {error}."),
                "Give another name with --name.",
            ),
            MakeKeyError::Key(_) => Failure::other(
                "The new key did not sign as it should, so it was thrown away.",
                "Try again, and use another computer if it happens once more.",
            ),
            MakeKeyError::Keychain(error) => not_taken(error),
            MakeKeyError::Save(error) => not_saved(error),
        })?;
    write_public(&app, &made.id)
}

/// `signet keys connect`.
pub fn connect(request: &Connect) -> Result<(), Failure> {
    let app = app()?;
    let Connect { key, site, key_pair_id } = request;
    let id = id_named(&app, key)?;
    let record = app.register_key(&id, site, key_pair_id).map_err(|error| match error {
        RegisterKeyError::Unknown => Failure::usage(
            format!("The key “{}” has its site already.", shown(key)),
            "Call signet keys list to see which.",
        ),
        RegisterKeyError::OtherAddress { .. } => Failure::usage(
            format!("This key cannot be connected so: {error}."),
            "Give that address with --site; documents elsewhere are another site's.",
        ),
        RegisterKeyError::IdTaken { .. } => Failure::usage(
            format!("This key cannot be connected so: {error}."),
            "Give the ID that CloudFront shows for this key with --key-pair-id.",
        ),
        RegisterKeyError::Address(_) | RegisterKeyError::PublicKeyId(_) => Failure::usage(
            format!("This key cannot be connected so: {error}."),
            "Call signet keys connect --help to see what is asked for.",
        ),
        RegisterKeyError::Save(error) => not_saved(error),
    })?;
    Ok(writeln!(terminal::output(), "{}\t{}", record.name.as_str(), record.fingerprint)?)
}
