//! Keys that are made here: made, finished once CloudFront knows them, and either half of any key
//! handed out. The keychain and the lists agree whichever step fails.

use thiserror::Error;
use zeroize::Zeroizing;

use super::App;
use super::key_record::{KeyId, MadeKey, Name, NameError, RegisteredKey};
use super::keychain::KeychainError;
use super::keys::{OpenKeyError, RenameKeyError};
use super::profile::SettingsError;
use super::settings::Settings;
use signet_cloudfront::key::{
    Fingerprint, HashAlgorithm, KeyError, KeyKind, PublicKey, SigningKey,
};
use signet_cloudfront::key_backup::{self, Passphrase};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::{SiteAddress, SiteAddressError};

/// Why a key was not made. Nothing of it is left.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MakeKeyError {
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another key has this name.
    #[error("another key has this name")]
    NameTaken {
        /// The other key's name.
        name: String,
    },
    /// It did not verify what it signed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The keychain did not take it.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The list could not be saved; the keychain was put back as it was.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why a made key was not finished. It is then as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConnectKeyError {
    /// No such key waits to be finished.
    #[error("no such key")]
    Unknown,
    /// The site address cannot be used.
    #[error(transparent)]
    Site(#[from] SiteAddressError),
    /// The public key ID cannot be used.
    #[error(transparent)]
    PublicKeyId(#[from] PublicKeyIdError),
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

impl App {
    /// Makes a key, puts it into the keychain and lists it as unfinished. Takes about a second.
    ///
    /// # Errors
    /// [`MakeKeyError`]; then neither has it.
    pub fn make_key(&self, name: &str, kind: KeyKind) -> Result<MadeKey, MakeKeyError> {
        let name = Name::parse(name)?;
        self.known().settings.is_free(&name)?;
        self.make_key_and(kind, |settings, id, fingerprint| {
            settings.is_free(&name)?;
            let made = MadeKey {
                id: id.clone(),
                name: name.clone(),
                kind,
                fingerprint: fingerprint.clone(),
            };
            settings.made.push(made.clone());
            Ok(made)
        })
    }

    /// Makes a key and lists it as `enter` says.
    pub(super) fn make_key_and<E: From<KeyError> + From<KeychainError> + From<SettingsError>>(
        &self,
        kind: KeyKind,
        enter: impl Fn(&mut Settings, &KeyId, &Fingerprint) -> Result<MadeKey, E>,
    ) -> Result<MadeKey, E> {
        let key = SigningKey::generate(kind)?;
        let public_key = key.public_key();
        let (id, fingerprint) = (KeyId::of_made(&public_key), public_key.fingerprint());
        self.store(&id, &key, |settings| enter(settings, &id, &fingerprint))
    }

    /// A key that waits to be finished.
    pub fn made_key(&self, id: &KeyId) -> Option<MadeKey> {
        self.known().settings.made_key(id).cloned()
    }

    /// Finishes a made key with what CloudFront says of it, so that it makes links from now on. The
    /// secret stays where it is.
    ///
    /// # Errors
    /// [`ConnectKeyError`], the first thing that is wrong in the order of the fields on screen.
    pub fn connect_key(
        &self,
        id: &KeyId,
        site: &str,
        public_key_id: &str,
    ) -> Result<RegisteredKey, ConnectKeyError> {
        self.made_key(id).ok_or(ConnectKeyError::Unknown)?;
        let (site, public_key_id) = (SiteAddress::parse(site)?, PublicKeyId::parse(public_key_id)?);
        self.rewrite(|settings| {
            // Another program may have finished it meanwhile, and with the same.
            let is_so =
                |key: &&RegisteredKey| key.site == site && key.public_key_id == public_key_id;
            if let Some(record) = settings.key(id).filter(is_so) {
                return Ok(record.clone());
            }
            let made = settings.made_key(id).ok_or(ConnectKeyError::Unknown)?.clone();
            let record = RegisteredKey {
                id: made.id,
                name: made.name,
                site,
                public_key_id,
                kind: made.kind,
                fingerprint: made.fingerprint,
                hash: HashAlgorithm::RECOMMENDED,
            };
            settings.made.retain(|made| made.id != *id);
            settings.keys.push(record.clone());
            Ok(record)
        })
    }

    /// Takes site and id from a key that CloudFront has no more under this id, so that it waits to be
    /// finished again; gives it, or nothing where it is not listed with that id. The secret stays where it
    /// is.
    ///
    /// # Errors
    /// [`SettingsError`]; then it is as it was.
    pub fn disconnect_key(
        &self,
        id: &KeyId,
        public_key_id: &PublicKeyId,
    ) -> Result<Option<MadeKey>, SettingsError> {
        let is_it = |key: &RegisteredKey| key.id == *id && key.public_key_id == *public_key_id;
        self.rewrite(|settings| {
            let Some(at) = settings.keys.iter().position(is_it) else { return Ok(None) };
            let RegisteredKey { id, name, kind, fingerprint, .. } = settings.keys.remove(at);
            let made = MadeKey { id, name, kind, fingerprint };
            settings.made.push(made.clone());
            if settings.choices.key.as_ref() == Some(&made.id) {
                settings.choices.key = None;
            }
            Ok(Some(made))
        })
    }

    /// Gives a made key another name before it is finished.
    ///
    /// # Errors
    /// [`RenameKeyError`]; then it has the old one.
    pub fn rename_made_key(&self, id: &KeyId, name: &str) -> Result<MadeKey, RenameKeyError> {
        let shown = self.made_key(id).ok_or(RenameKeyError::Unknown)?.name;
        let name = Name::parse(name)?;
        self.rewrite(|settings| {
            settings.may_rename(id, &shown, &name)?;
            let mut made = settings.made.iter_mut();
            let made = made.find(|made| made.id == *id).ok_or(RenameKeyError::Unknown)?;
            made.name = name;
            Ok(made.clone())
        })
    }

    /// The key, finished or not, that a person calls by this name, in capitals or not.
    pub fn id_named(&self, name: &str) -> Option<KeyId> {
        let name = Name::parse(name).ok()?;
        let known = self.known();
        known.settings.names().find(|(_, there)| there.reads_like(&name)).map(|(id, _)| id.clone())
    }

    /// The public half of a key, finished or not, and the key's name.
    ///
    /// # Errors
    /// [`OpenKeyError`].
    pub fn public_half(&self, id: &KeyId) -> Result<(Name, PublicKey), OpenKeyError> {
        let (name, key) = self.open_any(id)?;
        Ok((name, key.public_key()))
    }

    /// A key, finished or not, as a key file that its passphrase opens, and the key's name. Takes as
    /// long as a guess at the passphrase is to take.
    ///
    /// # Errors
    /// [`OpenKeyError`].
    pub fn back_up_key(
        &self,
        id: &KeyId,
        passphrase: &Passphrase,
    ) -> Result<(Name, Zeroizing<String>), OpenKeyError> {
        let (name, key) = self.open_any(id)?;
        Ok((name, key_backup::to_locked_pem(&key, passphrase)))
    }

    pub(crate) fn open_any(&self, id: &KeyId) -> Result<(Name, SigningKey), OpenKeyError> {
        let (name, fingerprint) = self.recognised(id).ok_or(OpenKeyError::Unknown)?;
        let key = self.open(id, &name, &fingerprint)?;
        Ok((name, key))
    }
}

impl Settings {
    fn is_free(&self, name: &Name) -> Result<(), MakeKeyError> {
        match self.name_taken(name, None) {
            Some(name) => Err(MakeKeyError::NameTaken { name }),
            None => Ok(()),
        }
    }
}
