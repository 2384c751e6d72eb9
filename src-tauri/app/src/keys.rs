//! Keys: added, opened, restored, renamed, removed, and either half handed out. The keychain and the list
//! agree whichever step fails.

use thiserror::Error;
use zeroize::Zeroizing;

use super::App;
use super::key::{Key, KeyId, Name, NameError, RegisteredKey, Registration};
use super::keychain::KeychainError;
use super::profile::SettingsError;
use super::registration::PlaceError;
use super::settings::Settings;
use super::site::SiteId;
use signet_cloudfront::key::{HashAlgorithm, KeyKind, PublicKey, SigningKey, StoredKeyError};
use signet_cloudfront::key_backup::{self, Passphrase};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::{SiteAddress, SiteAddressError};
use signet_cloudfront::site_in_text;

/// A key as the person describes it, before its file is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// The site that is to have it; `None` for a new one of the same name.
    pub site: Option<SiteId>,
    /// What the person calls it.
    pub name: Name,
    /// Where its links will point.
    pub address: SiteAddress,
    /// What CloudFront calls it.
    pub public_key_id: PublicKeyId,
}

/// What may be wrong with the description of a key, before any file is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NewKeyError {
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// There is no place for it.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The site address cannot be used.
    #[error(transparent)]
    Address(#[from] SiteAddressError),
    /// The public key ID cannot be used.
    #[error(transparent)]
    PublicKeyId(#[from] PublicKeyIdError),
}

/// Why a key was not added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddKeyError {
    /// There is no place for it by now.
    #[error(transparent)]
    Place(#[from] PlaceError),
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

/// Why a site or a key was not renamed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenameError {
    /// Nothing of this id in the list.
    #[error("it is not in the list")]
    Unknown,
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another site or key has this name.
    #[error("another site or key has this name")]
    NameTaken {
        /// The other's name.
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
    /// The keys of all sites, registered or not, site by site.
    pub fn keys(&self) -> Vec<Key> {
        self.known().settings.keys().cloned().collect()
    }

    /// A key, registered or not.
    pub fn key(&self, id: &KeyId) -> Option<Key> {
        self.known().settings.key(id).cloned()
    }

    /// The keys that CloudFront knows, site by site.
    pub fn registered_keys(&self) -> Vec<RegisteredKey> {
        self.known().settings.registered_keys().collect()
    }

    /// A key that CloudFront knows.
    pub fn registered_key(&self, id: &KeyId) -> Option<RegisteredKey> {
        self.known().settings.registered(id)
    }

    /// Parses the things a person types about a key; `site` is the one that is to have it, or `None` for a
    /// new one of this name.
    ///
    /// # Errors
    /// The first thing that is wrong, in the order of the fields on screen.
    pub fn describe_key(
        &self,
        site: Option<&SiteId>,
        name: &str,
        address: &str,
        public_key_id: &str,
    ) -> Result<NewKey, NewKeyError> {
        let name = match site {
            Some(site) => self.site(site).ok_or(PlaceError::SiteUnknown)?.name,
            None => Name::parse(name)?,
        };
        let name = self.known().settings.place_for_key(site, &name)?;
        let (address, public_key_id) =
            (site_in_text::site(address)?, PublicKeyId::pasted(public_key_id)?);
        Ok(NewKey { site: site.cloned(), name, address, public_key_id })
    }

    /// Puts a checked key into the keychain and its description into the list.
    ///
    /// # Errors
    /// [`AddKeyError`]; then neither has it.
    pub fn add_key(&self, new: &NewKey, key: &SigningKey) -> Result<RegisteredKey, AddKeyError> {
        let public_key = key.public_key();
        let listed = Key {
            id: KeyId::of(&public_key, &new.address, &new.public_key_id),
            name: new.name.clone(),
            kind: key.kind(),
            fingerprint: public_key.fingerprint(),
            registration: Some(Registration {
                public_key_id: new.public_key_id.clone(),
                hash: HashAlgorithm::RECOMMENDED,
            }),
        };
        self.store(&listed.id.clone(), key, |settings| settings.add(new, &listed))
    }

    /// Puts a key into the keychain and into the list, or neither.
    pub(super) fn store<T, E: From<KeychainError> + From<SettingsError>>(
        &self,
        id: &KeyId,
        key: &SigningKey,
        list: impl Fn(&mut Settings) -> Result<T, E>,
    ) -> Result<T, E> {
        let is_listed = |settings: &Settings| settings.key(id).is_some();
        self.store_secret(id, &key.to_pkcs8_der(), is_listed, list)
    }

    /// Puts a secret into the keychain and what belongs to it into the list, or neither. The list says whether it
    /// takes it before the keychain is asked, and once more when it is written. Where the list does
    /// not take it, the keychain gets back what it had under this id: a key that a lost list left there,
    /// say, or one that another program adds in this moment.
    pub(super) fn store_secret<T, E: From<KeychainError> + From<SettingsError>>(
        &self,
        id: &KeyId,
        secret: &Zeroizing<Vec<u8>>,
        is_listed: impl Fn(&Settings) -> bool,
        list: impl Fn(&mut Settings) -> Result<T, E>,
    ) -> Result<T, E> {
        list(&mut self.profile.read()?)?;
        let before = match self.keychain.read(id) {
            Ok(secret) => Some(secret),
            Err(KeychainError::Missing) => None,
            Err(error) => return Err(error.into()),
        };
        self.keychain.store(id, secret)?;
        let listed = self.rewrite(&list);
        // The list does not know this secret, so it must not stay, unless another program added the same
        // meanwhile. That it could not be taken out is the smaller news and would hide the real cause.
        if listed.is_err() && !self.profile.read().is_ok_and(|settings| is_listed(&settings)) {
            let _ = match before {
                Some(before) if before == *secret => Ok(()),
                Some(before) => self.keychain.store(id, &before),
                None => self.keychain.remove(id),
            };
        }
        listed
    }

    /// Takes a secret out of the keychain and what belongs to it out of the list, or neither.
    pub(super) fn remove_secret<T, E: From<KeychainError> + From<SettingsError>>(
        &self,
        id: &KeyId,
        forget: impl FnOnce(&mut Settings) -> Result<T, E>,
    ) -> Result<T, E> {
        let secret = match self.keychain.read(id) {
            Ok(secret) => Some(secret),
            // Removed outside Signet: only the list still has to forget it.
            Err(KeychainError::Missing) => None,
            Err(error) => return Err(error.into()),
        };
        if secret.is_some() {
            self.keychain.remove(id)?;
        }
        let forgotten = self.rewrite(forget);
        if forgotten.is_err()
            && let Some(secret) = secret
        {
            self.keychain.store(id, &secret)?;
        }
        forgotten
    }

    /// The registered key that a person calls by this name, in capitals or not, or the one that makes the
    /// links of the site that is called so.
    ///
    /// # Errors
    /// [`OpenKeyError::Unknown`].
    pub fn key_named(&self, name: &str) -> Result<RegisteredKey, OpenKeyError> {
        let id = self.id_named(name).ok_or(OpenKeyError::Unknown)?;
        self.registered_key(&id).ok_or(OpenKeyError::Unknown)
    }

    /// The key, registered or not, that a person calls by this name, in capitals or not, or the newest of
    /// the site that is called so and makes its links.
    pub fn id_named(&self, name: &str) -> Option<KeyId> {
        let name = Name::parse(name).ok()?;
        let known = self.known();
        if let Some(key) = known.settings.keys().find(|key| key.name.reads_like(&name)) {
            return Some(key.id.clone());
        }
        let site = known.settings.sites.iter().find(|site| site.name.reads_like(&name))?;
        let signing = site.signing_key().map(|key| key.id);
        signing.or_else(|| site.keys.last().map(|key| key.id.clone()))
    }

    /// Takes a key out of the keychain to sign with. Drop it as soon as that is done.
    ///
    /// # Errors
    /// [`OpenKeyError`].
    pub fn open_key(&self, id: &KeyId) -> Result<SigningKey, OpenKeyError> {
        let listed = self.key(id).ok_or(OpenKeyError::Unknown)?;
        let secret = self.keychain.read(id).map_err(|error| match error {
            KeychainError::Missing => OpenKeyError::Missing { name: listed.name.to_string() },
            other => OpenKeyError::Keychain(other),
        })?;
        let key = SigningKey::from_pkcs8_der(&secret)?;
        // Another key under this id would make links that CloudFront refuses.
        if key.public_key().fingerprint() != listed.fingerprint {
            return Err(StoredKeyError.into());
        }
        Ok(key)
    }

    /// The public half of a key and the key's name.
    ///
    /// # Errors
    /// [`OpenKeyError`].
    pub fn public_half(&self, id: &KeyId) -> Result<(Name, PublicKey), OpenKeyError> {
        let name = self.key(id).ok_or(OpenKeyError::Unknown)?.name;
        Ok((name, self.open_key(id)?.public_key()))
    }

    /// A key as a key file that its passphrase opens, and the key's name. Takes as long as a guess at the
    /// passphrase is to take.
    ///
    /// # Errors
    /// [`OpenKeyError`].
    pub fn back_up_key(
        &self,
        id: &KeyId,
        passphrase: &Passphrase,
    ) -> Result<(Name, Zeroizing<String>), OpenKeyError> {
        let name = self.key(id).ok_or(OpenKeyError::Unknown)?.name;
        Ok((name, key_backup::to_locked_pem(&self.open_key(id)?, passphrase)))
    }

    /// Puts the secret of a listed key back into the keychain, after it was removed
    /// outside Signet.
    ///
    /// # Errors
    /// [`RestoreKeyError`]; the list never changes.
    pub fn restore_key(&self, id: &KeyId, key: &SigningKey) -> Result<(), RestoreKeyError> {
        let listed = self.key(id).ok_or(RestoreKeyError::Unknown)?;
        if key.public_key().fingerprint() != listed.fingerprint {
            return Err(RestoreKeyError::OtherKey);
        }
        Ok(self.keychain.store(id, &key.to_pkcs8_der())?)
    }

    /// Gives a key another name.
    ///
    /// # Errors
    /// [`RenameError`]; then it has the old one.
    pub fn rename_key(&self, id: &KeyId, name: &str) -> Result<Key, RenameError> {
        let shown = self.key(id).ok_or(RenameError::Unknown)?.name;
        let name = Name::parse(name)?;
        self.rewrite(|settings| {
            settings.may_rename(id, &shown, &name)?;
            let key = settings.key_mut(id).ok_or(RenameError::Unknown)?;
            key.name = name;
            Ok(key.clone())
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
            let key = settings.key_mut(id).ok_or(ChangeHashError::Unknown)?;
            let is_fixed = key.kind == KeyKind::P256 && hash != HashAlgorithm::Sha256;
            let registration = key.registration.as_mut().ok_or(ChangeHashError::Unknown)?;
            if is_fixed {
                return Err(ChangeHashError::Fixed);
            }
            registration.hash = hash;
            settings.registered(id).ok_or(ChangeHashError::Unknown)
        })
    }

    /// Takes a key out of the keychain and its site. The site stays, without a key too.
    ///
    /// # Errors
    /// [`RemoveKeyError`]; then both still have it.
    pub fn remove_key(&self, id: &KeyId) -> Result<(), RemoveKeyError> {
        self.key(id).ok_or(RemoveKeyError::Unknown)?;
        self.remove_secret(id, |settings| {
            if let Some(site) = settings.site_with_mut(id) {
                site.keys.retain(|key| key.id != *id);
            }
            Ok(())
        })
    }
}

impl Settings {
    fn add(&mut self, new: &NewKey, key: &Key) -> Result<RegisteredKey, AddKeyError> {
        let NewKey { site, name, address, public_key_id } = new;
        if let Some(name) = self.name_where_taken(&key.fingerprint, address, public_key_id) {
            return Err(AddKeyError::Taken { name });
        }
        let is_it =
            |there: &&Key| there.registration.is_none() && there.fingerprint == key.fingerprint;
        if let Some(made) = self.keys().find(is_it) {
            return Err(AddKeyError::Unfinished { name: made.name.to_string() });
        }
        let name = self.place_for_key(site.as_ref(), name)?;
        let site = match site {
            Some(site) => self.site_mut(site).ok_or(PlaceError::SiteUnknown)?,
            None => self.add_site(name.clone()),
        };
        let key = Key { name, ..key.clone() };
        site.address = Some(address.clone());
        site.keys.push(key.clone());
        Ok(site.registered(&key).ok_or(PlaceError::SiteUnknown)?)
    }

    /// Whether a key may be called so by somebody who sees the name `shown`.
    fn may_rename(&self, id: &KeyId, shown: &Name, name: &Name) -> Result<(), RenameError> {
        let site = self.site_with(id).ok_or(RenameError::Unknown)?;
        let present = &site.key(id).ok_or(RenameError::Unknown)?.name;
        if present != shown && present != name {
            return Err(RenameError::Changed { name: present.to_string() });
        }
        match self.name_taken(name, Some(&site.id), Some(id)) {
            Some(name) => Err(RenameError::NameTaken { name }),
            None => Ok(()),
        }
    }
}
