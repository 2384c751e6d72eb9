//! Keys from a terminal: the list of the keychain's keys, one that is put there, and a key to sign
//! with, from the keychain or from a file.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use signet_app::{AddKeyError, App, KeyId, KeychainError, OpenKeyError, SaveError, SettingsError};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::key::{HashAlgorithm, KeyKind, PublicKey, SigningKey};
use signet_cloudfront::key_file::{self, KeyFile, KeyFileError, LockedKey};
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::stack;
use signet_os::{ProfileFolder, SystemKeychain};
use zeroize::Zeroizing;

use crate::arguments::{Import, Signer};
use crate::failure::Failure;
use crate::key_source::KeySource;
use crate::terminal;

/// `signet keys list`.
pub fn list() -> Result<(), Failure> {
    let mut output = terminal::output();
    let app = app()?;
    for key in app.registered_keys() {
        writeln!(
            output,
            "{}\t{}\t{}\t{}\t{}",
            key.name,
            key.site.origin(),
            key.public_key_id.as_str(),
            kind_name(key.kind),
            key.fingerprint
        )?;
    }
    for key in app.keys().into_iter().filter(|key| key.registration.is_none()) {
        writeln!(output, "{}\t\t\t{}\t{}", key.name, kind_name(key.kind), key.fingerprint)?;
    }
    Ok(())
}

pub fn kind_name(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Rsa2048 => "RSA 2048",
        KeyKind::P256 => "P-256",
    }
}

/// The key that the options name, what CloudFront calls it, and the hash it signs with unless the
/// options say another.
pub fn open(signer: &Signer) -> Result<(SigningKey, PublicKeyId, HashAlgorithm), Failure> {
    if let Some(name) = &signer.key {
        let app = app()?;
        let record = app.key_named(name).map_err(|error| match app.id_named(name) {
            Some(_) => Failure::usage(
                format!("The key “{name}” is not connected with a site yet."),
                "Call signet keys connect --help to see how it is finished.",
            ),
            None => not_opened(&error),
        })?;
        let key = app.open_key(&record.id).map_err(|error| not_opened(&error))?;
        return Ok((key, record.public_key_id, record.hash));
    }
    let id = signer.key_pair_id.as_deref().unwrap_or_default();
    let id = PublicKeyId::pasted(id).map_err(|error| {
        Failure::usage(
            format!("The value of --key-pair-id cannot be used: {error}."),
            "Give the public key ID, which begins with K: CloudFront, Key management, Public keys.",
        )
    })?;
    let source = signer.private_key.as_ref().ok_or_else(|| {
        Failure::usage("There is no key.", "Give --key, or --key-pair-id and --private-key.")
    })?;
    let key = private_key(source, signer.passphrase_file.as_deref())?;
    let hash = key.default_hash();
    Ok((key, id, hash))
}

/// The site of a key of the keychain.
pub fn site_of(name: &str) -> Result<SiteAddress, Failure> {
    app()?.key_named(name).map(|record| record.site).map_err(|error| not_opened(&error))
}

/// The key, or the site that stands for one, that a person calls so.
pub fn id_named(app: &App, name: &str) -> Result<KeyId, Failure> {
    app.id_named(name).ok_or_else(|| not_opened(&OpenKeyError::Unknown))
}

/// `signet keys import`.
pub fn import(request: &Import) -> Result<(), Failure> {
    let app = app()?;
    let Import { name, site, file } = request;
    let new = app.describe_key(None, name, site, &file.key_pair_id).map_err(|error| {
        Failure::usage(
            format!("This key cannot be described so: {error}."),
            "Call signet keys import --help to see what is asked for.",
        )
    })?;
    let record = stack::wiped_after(|| {
        let key = private_key(&file.private_key, file.passphrase_file.as_deref())?;
        app.add_key(&new, &key).map_err(not_added)
    })?;
    Ok(writeln!(terminal::output(), "{}\t{}", record.name.as_str(), record.fingerprint)?)
}

fn not_added(error: AddKeyError) -> Failure {
    match error {
        AddKeyError::Taken { name } => Failure::other(
            format!("This key is in the keychain already, as “{name}”."),
            "Use it by that name.",
        ),
        AddKeyError::Unfinished { name } => Failure::other(
            format!("This key was made here, as “{name}”."),
            "Finish it with signet keys connect.",
        ),
        AddKeyError::Place(_) => Failure::usage(
            format!("This key cannot be described so: {error}."),
            "Give another name with --name.",
        ),
        AddKeyError::Keychain(error) => not_taken(error),
        AddKeyError::Save(error) => not_saved(error),
    }
}

/// A public key from its file.
pub fn public_key(file: &str) -> Result<PublicKey, Failure> {
    let path = Path::new(file.strip_prefix("file://").unwrap_or(file));
    let bytes = signet_os::key_file::read(path).map_err(|error| {
        let what = format!("The file of --public-key cannot be used: {error}.");
        Failure::other(what, "Give a PEM file.")
    })?;
    let pem = String::from_utf8_lossy(&bytes);
    PublicKey::from_spki_pem(pem.trim()).ok_or_else(|| {
        Failure::other(
            "The file of --public-key holds no public key of RSA 2048 or P-256.",
            "Make it: openssl pkey -in key.pem -pubout -out public.pem.",
        )
    })
}

/// The keychain did not take a key.
pub fn not_taken(error: KeychainError) -> Failure {
    Failure::other(
        format!("The keychain did not take the key: {error}."),
        "Start or unlock the keychain and try again.",
    )
}

/// Another Signet was quicker.
pub fn site_removed() -> Failure {
    Failure::other(
        "The site was removed by another Signet.",
        "Call signet sites list to see what there is.",
    )
}

/// The list of keys is as it was.
pub fn not_saved(error: SettingsError) -> Failure {
    not_saved_at(error, &settings_file())
}

fn not_saved_at(error: SettingsError, file: &Path) -> Failure {
    let do_now = match error {
        SettingsError::Busy => "Try again in a moment.".to_owned(),
        SettingsError::NoLock => {
            format!("Move {} away and try again.", name_of(&file.with_extension("lock")))
        }
        SettingsError::NotSaved { reason } => format!("{} Then try again.", to_write(reason)),
        SettingsError::Newer | SettingsError::Unreadable | SettingsError::Damaged => {
            return not_listed(error, file);
        }
    };
    let file = name_of(file);
    Failure::other(format!("The list of keys, {file}, could not be saved: {error}."), do_now)
}

/// It is not known which keys there are. Nothing that is kept is touched.
fn not_listed(error: SettingsError, file: &Path) -> Failure {
    let do_now = match error {
        SettingsError::Newer => "Use the newer Signet; nothing in that file was changed.",
        SettingsError::Damaged => {
            "Open Signet's window, which puts that file aside and begins a new list, or put a sound copy back."
        }
        _ => "Look at it: it has to be a file that you may read. Nothing was changed.",
    };
    let file = name_of(file);
    Failure::other(format!("The list of keys, {file}, cannot be used: {error}."), do_now)
}

/// What lets Signet write a file of its own.
pub fn to_write(why: SaveError) -> &'static str {
    match why {
        SaveError::DiskFull => "Make room on the disk.",
        SaveError::ReadOnly => "Let this account write in that folder.",
        SaveError::Other => "Look at the disk and at that folder.",
    }
}

/// Where the list is: only asked for by someone who has its profile already.
fn settings_file() -> PathBuf {
    ProfileFolder::of_this_person().map(|profile| profile.settings_file()).unwrap_or_default()
}

/// A private key from where it is.
pub fn private_key(
    source: &KeySource,
    passphrase_file: Option<&Path>,
) -> Result<SigningKey, Failure> {
    match key_file::read(&source.read()?).map_err(|error| no_key(source, error))? {
        KeyFile::Ready(key) => Ok(key),
        KeyFile::Locked(locked) => unlock(source, &locked, passphrase_file),
    }
}

/// This person's folder.
pub fn profile() -> Result<ProfileFolder, Failure> {
    ProfileFolder::of_this_person().map_err(|_| {
        Failure::other("This account has no folder for settings.", "Set HOME to one that exists.")
    })
}

/// This person's keys.
pub fn app() -> Result<App, Failure> {
    read(App::new(Box::<SystemKeychain>::default(), Box::new(profile()?)))
}

/// The same with the links that were made: what ends some of them says how many, and those that are made of documents
/// stand beside those of the window.
pub fn app_with_links() -> Result<App, Failure> {
    let profile = profile()?;
    let history = Box::new(profile.history());
    read(App::new(Box::<SystemKeychain>::default(), Box::new(profile)).with_history(history))
}

fn read(app: App) -> Result<App, Failure> {
    match app.trouble() {
        Some(error) => Err(not_listed(error, &settings_file())),
        None => Ok(app),
    }
}

fn unlock(
    source: &KeySource,
    locked: &LockedKey,
    passphrase_file: Option<&Path>,
) -> Result<SigningKey, Failure> {
    let passphrase = match passphrase_file {
        Some(file) => first_line(file)?,
        None if io::stdin().is_terminal() => {
            let asked = rpassword::prompt_password("Passphrase of the private key: ");
            asked.map(Zeroizing::new).map_err(|_| needs_passphrase(source))?
        }
        None => return Err(needs_passphrase(source)),
    };
    locked.unlock(&passphrase).map_err(|error| no_key(source, error))
}

/// A passphrase from its file.
pub fn first_line(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let refused = || {
        Failure::other(
            "The passphrase could not be read from the file of --passphrase-file.",
            "Give an ordinary text file with the passphrase as its first line.",
        )
    };
    let bytes = signet_os::key_file::read(file).map_err(|_| refused())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| refused())?;
    let line = text.split('\n').next().unwrap_or_default();
    Ok(Zeroizing::new(line.strip_suffix('\r').unwrap_or(line).to_owned()))
}

/// A file that Signet named itself, as a sentence may name it.
pub fn name_of(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

fn needs_passphrase(source: &KeySource) -> Failure {
    Failure::usage(
        format!("{} is locked with a passphrase.", source.name()),
        "Give the passphrase in a file with --passphrase-file.",
    )
}

fn no_key(source: &KeySource, error: KeyFileError) -> Failure {
    let do_now = match error {
        KeyFileError::WrongPassphrase => "Look at the passphrase and try again.",
        KeyFileError::OldEncrypted => {
            "Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in OLD -out NEW."
        }
        KeyFileError::EncryptionUnsupported | KeyFileError::LockTooHeavy => {
            "Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW."
        }
        KeyFileError::OpenSsh => "Convert the private key: ssh-keygen -p -m PKCS8 -f KEY.",
        KeyFileError::Putty => "Convert it: puttygen KEY.ppk -O private-openssh -o NEW.",
        KeyFileError::Pkcs12 => "Take the key out of it: openssl pkcs12 -nocerts -in OLD -out NEW.",
        KeyFileError::Jwk | KeyFileError::Xml => {
            "Save it as PEM with the program that made it, and give that file."
        }
        _ => "Give a private key that is RSA 2048 or P-256, as PEM or DER.",
    };
    Failure::other(format!("{} cannot be used: {error}.", source.name()), do_now)
}

/// Why the keychain gave no key.
pub fn not_opened(error: &OpenKeyError) -> Failure {
    match error {
        OpenKeyError::Unknown => Failure::usage(
            // Not repeated: what is no key's name may be anything.
            "There is no key of the name that --key gives.",
            "Call signet keys list to see the names.",
        ),
        OpenKeyError::Missing { name } => Failure::other(
            format!("The key “{name}” is no longer in this computer's keychain."),
            "Open Signet's window and choose its key file once more.",
        ),
        OpenKeyError::Keychain(KeychainError::Absent) => Failure::other(
            "This computer has no keychain that answers.",
            "Start it, or give --key-pair-id and --private-key instead.",
        ),
        OpenKeyError::Keychain(_) | OpenKeyError::Stored(_) => Failure::other(
            format!("The keychain did not give the key: {error}."),
            "Unlock the keychain and try again.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_not_saved_is_named_with_its_place_and_what_to_do_about_it() {
        let file = Path::new("/home/ann/.config/signet/settings.json");
        for (error, what, do_now) in [
            (
                SaveError::DiskFull.into(),
                "saved: the disk is full.",
                "Make room on the disk. Then try again.",
            ),
            (
                SaveError::ReadOnly.into(),
                "saved: the folder cannot be written to.",
                "Let this account write in that folder. Then try again.",
            ),
            (
                SaveError::Other.into(),
                "saved: the system did not write it.",
                "Look at the disk and at that folder. Then try again.",
            ),
            (SettingsError::Busy, "saved: another Signet is writing it.", "Try again in a moment."),
            (
                SettingsError::NoLock,
                "saved: settings.lock is no file that can be written.",
                "Move /home/ann/.config/signet/settings.lock away and try again.",
            ),
        ] {
            let (said, then) = not_saved_at(error, file).into_sentences();
            let named = format!("The list of keys, {}, could not be {what}", file.display());
            assert_eq!((said, then), (named, do_now.to_owned()));
        }
        for error in [SettingsError::Newer, SettingsError::Unreadable, SettingsError::Damaged] {
            let named = format!("The list of keys, {}, cannot be used: {error}.", file.display());
            assert_eq!(not_saved_at(error, file).what(), named);
        }
    }
}
