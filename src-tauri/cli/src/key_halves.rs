//! Either half of a key, written out from a terminal: the public one as it is, the private one locked.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use signet_app::{App, KeyId};
use signet_cloudfront::key_backup::Passphrase;
use zeroize::Zeroizing;

use crate::arguments::Backup;
use crate::failure::Failure;
use crate::keys::{app, first_line, id_named, not_opened};
use crate::{saving, terminal};

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

/// The public half, as CloudFront wants it.
pub fn write_public(app: &App, id: &KeyId) -> Result<(), Failure> {
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
