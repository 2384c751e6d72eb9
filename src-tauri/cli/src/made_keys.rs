//! Keys that are made from a terminal: made, connected with their site, and either half of any key
//! of the keychain written out.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use signet_app::{App, KeyId, MakeKeyError, OpenKeyError, RegisterKeyError};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::key_backup::Passphrase;
use zeroize::Zeroizing;

use crate::arguments::{Backup, Connect, Make};
use crate::failure::Failure;
use crate::keys::{app, first_line, not_opened, not_saved, not_taken};
use crate::{saving, terminal};

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
        RegisterKeyError::Address(_)
        | RegisterKeyError::PublicKeyId(_)
        | RegisterKeyError::OtherAddress { .. }
        | RegisterKeyError::IdTaken { .. } => Failure::usage(
            format!("This key cannot be connected so: {error}."),
            "Call signet keys connect --help to see what is asked for.",
        ),
        RegisterKeyError::Save(error) => not_saved(error),
    })?;
    Ok(writeln!(terminal::output(), "{}\t{}", record.name.as_str(), record.fingerprint)?)
}

/// `signet keys public`.
pub fn public(name: &str) -> Result<(), Failure> {
    let app = app()?;
    write_public(&app, &id_named(&app, name)?)
}

/// `signet keys backup`.
pub fn back_up(request: &Backup) -> Result<(), Failure> {
    let app = app()?;
    let Backup { key, file, passphrase_file } = request;
    let id = id_named(&app, key)?;
    let passphrase = Passphrase::parse(new_passphrase(passphrase_file.as_deref())?);
    let passphrase = passphrase.map_err(|error| {
        Failure::usage(
            format!("The passphrase cannot be used: {error}."),
            "Take a longer one, for example four words that have nothing to do with each other.",
        )
    })?;
    let (_, pem) = app.back_up_key(&id, &passphrase).map_err(|error| not_opened(&error))?;
    saving::write_key(file, "--file", pem.as_bytes())
}

fn id_named(app: &App, name: &str) -> Result<KeyId, Failure> {
    app.id_named(name).ok_or_else(|| not_opened(&OpenKeyError::Unknown))
}

fn write_public(app: &App, id: &KeyId) -> Result<(), Failure> {
    let (_, key) = app.public_half(id).map_err(|error| not_opened(&error))?;
    Ok(terminal::exact().write_all(key.to_spki_pem().as_bytes())?)
}

/// Asked for twice, since nobody sees what is typed.
fn new_passphrase(file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    let needed = || {
        Failure::usage(
            "A backup is locked with a passphrase.",
            "Give the passphrase in a file with --passphrase-file.",
        )
    };
    if let Some(file) = file {
        return first_line(file);
    }
    if !io::stdin().is_terminal() {
        return Err(needed());
    }
    let ask = |words| rpassword::prompt_password(words).map(Zeroizing::new).map_err(|_| needed());
    let (once, again) = (ask("New passphrase: ")?, ask("Once more: ")?);
    if once != again {
        return Err(Failure::usage("The passphrases are not the same.", "Try again."));
    }
    Ok(once)
}
