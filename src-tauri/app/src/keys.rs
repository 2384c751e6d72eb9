//! Keys: added, restored, renamed, removed. The keychain and the list agree whichever step fails.

use thiserror::Error;

use super::App;
use super::key_record::{KeyId, Name, NameError, NewKey, RegisteredKey};
use super::keychain::KeychainError;
use super::profile::SettingsError;
use super::settings::Settings;
use signet_cloudfront::key::{Fingerprint, HashAlgorithm, KeyKind, SigningKey, StoredKeyError};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::{SiteAddress, SiteAddressError};

/// What may be wrong with the description of a key, before any file is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NewKeyError {
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another key has this name.
    #[error("another key has this name")]
    NameTaken {
        /// The other key's name.
        name: String,
    },
    /// The site address cannot be used.
    #[error(transparent)]
    Site(#[from] SiteAddressError),
    /// The public key ID cannot be used.
    #[error(transparent)]
    PublicKeyId(#[from] PublicKeyIdError),
}

/// Why a key was not added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddKeyError {
    /// Another key has this name by now.
    #[error("another key has this name")]
    NameTaken {
        /// The other key's name.
        name: String,
    },
    /// This key is in the list already, for this site and id.
    #[error("this key is there already")]
    Taken {
        /// What it is called there.
        name: String,
    },
    /// This key was made here and is not finished: that is to be done, not to add it once more.
    #[error("this key was made here and is not finished")]
    Unfinished {
        /// What it is called there.
        name: String,
    },
    /// The keychain did not take it.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The list could not be saved; the keychain was put back as it was.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why a key of the list could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenKeyError {
    /// No such key in the list.
    #[error("no such key")]
    Unknown,
    /// The keychain no longer has the secret of this key.
    #[error("the key was removed from the keychain outside Signet")]
    Missing {
        /// What the key is called.
        name: String,
    },
    /// The keychain did not give the secret.
    #[error(transparent)]
    Keychain(KeychainError),
    /// What the keychain gave is not this key, or no key.
    #[error(transparent)]
    Stored(#[from] StoredKeyError),
}

/// Why a key was not put back into the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RestoreKeyError {
    /// No such key in the list.
    #[error("no such key")]
    Unknown,
    /// The file holds a key, but another one.
    #[error("this is another key")]
    OtherKey,
    /// The keychain did not take it.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
}

/// Why a key was not renamed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenameKeyError {
    /// No such key in the list.
    #[error("no such key")]
    Unknown,
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another key has this name.
    #[error("another key has this name")]
    NameTaken {
        /// The other key's name.
        name: String,
    },
    /// Another program gave it another name meanwhile.
    #[error("it was renamed meanwhile")]
    Changed {
        /// That name.
        name: String,
    },
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why a key's signature was not changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChangeHashError {
    /// No such key in the list.
    #[error("no such key")]
    Unknown,
    /// A P-256 key always signs with SHA-256.
    #[error("this kind of key has one hash only")]
    Fixed,
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why a key was not removed. It is then still there, whole.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RemoveKeyError {
    /// No such key in the list.
    #[error("no such key")]
    Unknown,
    /// The keychain did not let it go.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The list could not be saved; the secret was put back.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

impl App {
    /// Parses the three things a person types about a key.
    ///
    /// # Errors
    /// The first thing that is wrong, in the order of the fields on screen.
    pub fn describe_key(
        &self,
        name: &str,
        site: &str,
        public_key_id: &str,
    ) -> Result<NewKey, NewKeyError> {
        let name = Name::parse(name)?;
        if let Some(taken) = self.name_taken(&name) {
            return Err(NewKeyError::NameTaken { name: taken });
        }
        let site = SiteAddress::parse(site)?;
        let public_key_id = PublicKeyId::parse(public_key_id)?;
        Ok(NewKey { name, site, public_key_id })
    }

    /// Puts a checked key into the keychain and its description into the list.
    ///
    /// # Errors
    /// [`AddKeyError`]; then neither has it.
    pub fn add_key(&self, new: &NewKey, key: &SigningKey) -> Result<RegisteredKey, AddKeyError> {
        let public_key = key.public_key();
        let record = RegisteredKey {
            id: KeyId::of(new, &public_key),
            name: new.name.clone(),
            site: new.site.clone(),
            public_key_id: new.public_key_id.clone(),
            kind: key.kind(),
            fingerprint: public_key.fingerprint(),
            hash: HashAlgorithm::RECOMMENDED,
        };
        self.store(&record.id, key, |settings| settings.add(&record))?;
        Ok(record)
    }

    /// Puts a secret into the keychain and its key into the list, or neither. The list says whether it
    /// takes the key before the keychain is asked, and once more when it is written. Where the list does
    /// not take it, the keychain gets back what it had under this id: a key that a lost list left there,
    /// say, or one that another program adds in this moment.
    pub(super) fn store<T, E: From<KeychainError> + From<SettingsError>>(
        &self,
        id: &KeyId,
        key: &SigningKey,
        list: impl Fn(&mut Settings) -> Result<T, E>,
    ) -> Result<T, E> {
        list(&mut self.profile.read()?)?;
        let before = match self.keychain.read(id) {
            Ok(secret) => Some(secret),
            Err(KeychainError::Missing) => None,
            Err(error) => return Err(error.into()),
        };
        let secret = key.to_pkcs8_der();
        self.keychain.store(id, &secret)?;
        let listed = self.rewrite(&list);
        // The list does not know this secret, so it must not stay, unless another program added the same
        // key meanwhile. That it could not be taken out is the smaller news and would hide the real cause.
        if listed.is_err() && !self.profile.read().is_ok_and(|settings| settings.has(id)) {
            let _ = match before {
                Some(before) if before == secret => Ok(()),
                Some(before) => self.keychain.store(id, &before),
                None => self.keychain.remove(id),
            };
        }
        listed
    }

    /// The key of the list that a person calls by this name, in capitals or not.
    ///
    /// # Errors
    /// [`OpenKeyError::Unknown`].
    pub fn key_named(&self, name: &str) -> Result<RegisteredKey, OpenKeyError> {
        let name = Name::parse(name).map_err(|_| OpenKeyError::Unknown)?;
        let known = self.known();
        let found = known.settings.keys.iter().find(|key| key.name.reads_like(&name));
        found.cloned().ok_or(OpenKeyError::Unknown)
    }

    /// Takes a key out of the keychain to sign with. Drop it as soon as that is done.
    ///
    /// # Errors
    /// [`OpenKeyError`].
    pub fn open_key(&self, record: &RegisteredKey) -> Result<SigningKey, OpenKeyError> {
        self.open(&record.id, &record.name, &record.fingerprint)
    }

    pub(super) fn open(
        &self,
        id: &KeyId,
        name: &Name,
        fingerprint: &Fingerprint,
    ) -> Result<SigningKey, OpenKeyError> {
        let secret = self.keychain.read(id).map_err(|error| match error {
            KeychainError::Missing => OpenKeyError::Missing { name: name.as_str().to_owned() },
            other => OpenKeyError::Keychain(other),
        })?;
        let key = SigningKey::from_pkcs8_der(&secret)?;
        // Another key under this id would make links that CloudFront refuses.
        if key.public_key().fingerprint() != *fingerprint {
            return Err(StoredKeyError.into());
        }
        Ok(key)
    }

    /// Puts the secret of a listed key, finished or not, back into the keychain, after it was removed
    /// outside Signet.
    ///
    /// # Errors
    /// [`RestoreKeyError`]; the list never changes.
    pub fn restore_key(&self, id: &KeyId, key: &SigningKey) -> Result<(), RestoreKeyError> {
        let (_, fingerprint) = self.recognised(id).ok_or(RestoreKeyError::Unknown)?;
        if key.public_key().fingerprint() != fingerprint {
            return Err(RestoreKeyError::OtherKey);
        }
        Ok(self.keychain.store(id, &key.to_pkcs8_der())?)
    }

    /// How a key, finished or not, is called and recognised.
    pub(super) fn recognised(&self, id: &KeyId) -> Option<(Name, Fingerprint)> {
        let finished = self.key(id).map(|key| (key.name, key.fingerprint));
        finished.or_else(|| self.made_key(id).map(|made| (made.name, made.fingerprint)))
    }

    /// Gives a key another name.
    ///
    /// # Errors
    /// [`RenameKeyError`]; then it has the old one.
    pub fn rename_key(&self, id: &KeyId, name: &str) -> Result<RegisteredKey, RenameKeyError> {
        let shown = self.key(id).ok_or(RenameKeyError::Unknown)?.name;
        let name = Name::parse(name)?;
        self.rewrite(|settings| {
            settings.may_rename(id, &shown, &name)?;
            let mut keys = settings.keys.iter_mut();
            let record = keys.find(|key| key.id == *id).ok_or(RenameKeyError::Unknown)?;
            record.name = name;
            Ok(record.clone())
        })
    }

    /// Signs with another hash from now on; whoever chooses last is right, for there are two.
    ///
    /// # Errors
    /// [`ChangeHashError`]; then it signs as before.
    pub fn change_hash(
        &self,
        id: &KeyId,
        hash: HashAlgorithm,
    ) -> Result<RegisteredKey, ChangeHashError> {
        self.rewrite(|settings| {
            let mut keys = settings.keys.iter_mut();
            let record = keys.find(|key| key.id == *id).ok_or(ChangeHashError::Unknown)?;
            if record.kind == KeyKind::P256 && hash != HashAlgorithm::Sha256 {
                return Err(ChangeHashError::Fixed);
            }
            record.hash = hash;
            Ok(record.clone())
        })
    }

    /// Takes a key out of the keychain and its list, finished or not.
    ///
    /// # Errors
    /// [`RemoveKeyError`]; then both still have it.
    pub fn remove_key(&self, id: &KeyId) -> Result<(), RemoveKeyError> {
        self.recognised(id).ok_or(RemoveKeyError::Unknown)?;
        let secret = match self.keychain.read(id) {
            Ok(secret) => Some(secret),
            // Removed outside Signet: only the list still has to forget it.
            Err(KeychainError::Missing) => None,
            Err(error) => return Err(error.into()),
        };
        if secret.is_some() {
            self.keychain.remove(id)?;
        }
        let forgotten: Result<_, SettingsError> = self.rewrite(|settings| {
            settings.keys.retain(|key| key.id != *id);
            settings.made.retain(|key| key.id != *id);
            settings.replacements.retain(|one| one.old != *id && one.new != *id);
            if settings.choices.key.as_ref() == Some(id) {
                settings.choices.key = None;
            }
            Ok(())
        });
        if let Err(error) = forgotten {
            if let Some(secret) = secret {
                self.keychain.store(id, &secret)?;
            }
            return Err(error.into());
        }
        Ok(())
    }

    /// The name of another key, finished or not, that a person would take for this one.
    fn name_taken(&self, name: &Name) -> Option<String> {
        self.known().settings.name_taken(name, None)
    }
}

impl Settings {
    fn add(&mut self, record: &RegisteredKey) -> Result<(), AddKeyError> {
        let RegisteredKey { name, site, public_key_id, fingerprint, .. } = record;
        if let Some(name) = self.name_where_taken(fingerprint, site, public_key_id) {
            return Err(AddKeyError::Taken { name });
        }
        if let Some(made) = self.made.iter().find(|made| made.fingerprint == *fingerprint) {
            return Err(AddKeyError::Unfinished { name: made.name.as_str().to_owned() });
        }
        if let Some(name) = self.name_taken(name, None) {
            return Err(AddKeyError::NameTaken { name });
        }
        self.keys.push(record.clone());
        Ok(())
    }

    /// Whether a key, finished or not, may be called so by somebody who sees the name `shown`.
    pub(super) fn may_rename(
        &self,
        id: &KeyId,
        shown: &Name,
        name: &Name,
    ) -> Result<(), RenameKeyError> {
        let (_, present) =
            self.names().find(|(there, _)| *there == id).ok_or(RenameKeyError::Unknown)?;
        if present != shown && present != name {
            return Err(RenameKeyError::Changed { name: present.as_str().to_owned() });
        }
        match self.name_taken(name, Some(id)) {
            Some(name) => Err(RenameKeyError::NameTaken { name }),
            None => Ok(()),
        }
    }
}
