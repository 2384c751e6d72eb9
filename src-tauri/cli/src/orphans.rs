//! `signet keys list --orphans`, `restore` and `remove`: keys of the keychain that no list names.

use std::io::Write;

use signet_app::{KeyId, KeychainError, ListKeychainError, OrphanError, RestoreOrphanError};
use signet_cloudfront::foreign::shown;

use crate::arguments::{Remove, Restore};
use crate::failure::Failure;
use crate::keys::{app, kind_name, not_saved};
use crate::{question, terminal};

/// `signet keys list --orphans`.
pub fn list() -> Result<(), Failure> {
    let orphans = app()?.orphans().map_err(not_listed)?;
    let mut output = terminal::output();
    for key in &orphans.keys {
        writeln!(output, "{}\t{}\t{}", key.id, kind_name(key.kind), key.fingerprint)?;
    }
    let mut errors = terminal::errors();
    for key in &orphans.keys {
        if let Some(name) = &key.listed_as {
            writeln!(errors, "{} is the same key as “{}” in the list.", key.id, name.as_str())?;
        }
    }
    for name in &orphans.others {
        // Somebody else's, so it may hold anything.
        let name = shown(name);
        writeln!(errors, "“{name}” in the keychain is no key of Signet's, and stays as it is.")?;
    }
    Ok(())
}

/// `signet keys restore`.
pub fn restore(request: &Restore) -> Result<(), Failure> {
    let app = app()?;
    let made = app.restore_orphan(&id(&request.id)?, request.name.as_deref());
    let made = made.map_err(|error| match error {
        RestoreOrphanError::Orphan(error) => refused(&request.id, &error),
        RestoreOrphanError::Name(_) | RestoreOrphanError::NameTaken { .. } => Failure::usage(
            format!("The key cannot be called so: {error}."),
            "Give another name with --name.",
        ),
        RestoreOrphanError::Save(error) => not_saved(error),
    })?;
    Ok(writeln!(terminal::output(), "{}\t{}", made.name.as_str(), made.fingerprint)?)
}

/// `signet keys remove`.
pub fn remove(request: &Remove) -> Result<(), Failure> {
    let app = app()?;
    let refused = |error| refused(&request.id, &error);
    let orphan = app.orphan(&id(&request.id)?).map_err(refused)?;
    writeln!(
        terminal::errors(),
        "{}, {}, {}\nRemoved, it is gone for good, unless there is a backup. Where the settings of \
         another account or folder name it, nothing can be signed with it there either.",
        orphan.id,
        kind_name(orphan.kind),
        orphan.fingerprint
    )?;
    if !request.yes {
        question::confirm("keys remove")?;
    }
    app.remove_orphan(&orphan.id, &orphan.fingerprint).map_err(refused)?;
    Ok(writeln!(terminal::output(), "The key is removed from the keychain.")?)
}

fn id(text: &str) -> Result<KeyId, Failure> {
    KeyId::parse(text).ok_or_else(|| {
        Failure::usage("That is no ID of a key.", "Call signet keys list --orphans to see the IDs.")
    })
}

fn refused(id: &str, error: &OrphanError) -> Failure {
    match error {
        OrphanError::Unknown => Failure::other(
            format!("The keychain has no key {id}."),
            "Call signet keys list --orphans to see what there is.",
        ),
        OrphanError::Listed { name } => Failure::other(
            format!("The key {id} is in the list, as “{name}”."),
            "Use it by that name, or remove it in Signet's window.",
        ),
        OrphanError::NoKey => Failure::other(
            format!("What the keychain has as {id} is no key, and stays as it is."),
            "Look at it in the system's own program for the keychain.",
        ),
        OrphanError::Keychain(error) => not_asked(*error),
        OrphanError::List(error) => not_saved(*error),
    }
}

fn not_listed(error: ListKeychainError) -> Failure {
    match error {
        ListKeychainError::NotOffered => Failure::other(
            "The keychain of this system does not say what is in it.",
            "Look for entries of Signet in the system's own program for the keychain.",
        ),
        ListKeychainError::Keychain(error) => not_asked(error),
        ListKeychainError::List(error) => not_saved(error),
    }
}

fn not_asked(error: KeychainError) -> Failure {
    Failure::other(
        format!("The keychain could not be asked: {error}."),
        "Start or unlock the keychain and try again.",
    )
}
