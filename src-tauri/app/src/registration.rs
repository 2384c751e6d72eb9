//! A key from its making to its registration: made here for a site, and making links once CloudFront knows
//! it. The keychain and the list agree whichever step fails.

use thiserror::Error;

use super::App;
use super::key::{Key, KeyId, Name, NameError, RegisteredKey, Registration};
use super::keychain::KeychainError;
use super::profile::SettingsError;
use super::settings::Settings;
use super::site::{Site, SiteId};
use signet_cloudfront::key::{Fingerprint, HashAlgorithm, KeyError, KeyKind, SigningKey};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::{SiteAddress, SiteAddressError};
use signet_cloudfront::site_in_text;

/// Why the list has no place for a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// Another site or key has this name.
    #[error("another site or key has this name")]
    NameTaken {
        /// The other's name.
        name: String,
    },
    /// The site that is to have it is not in the list.
    #[error("no such site")]
    SiteUnknown,
    /// The site has a key, which another one can take the place of.
    #[error("this site has a key")]
    SiteHasKey {
        /// What that is called.
        name: String,
    },
}

/// Why a key was not made. Nothing of it is left.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MakeKeyError {
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// There is no place for it.
    #[error(transparent)]
    Place(#[from] PlaceError),
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

/// Why a key was not registered. It is then as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegisterKeyError {
    /// No such key waits to be registered.
    #[error("no such key")]
    Unknown,
    /// The site address cannot be used.
    #[error(transparent)]
    Address(#[from] SiteAddressError),
    /// The public key ID cannot be used.
    #[error(transparent)]
    PublicKeyId(#[from] PublicKeyIdError),
    /// Its site is elsewhere, as another key of it says.
    #[error("its site is at {address}")]
    OtherAddress {
        /// Where.
        address: String,
    },
    /// Another key of the site has this public key ID, and CloudFront gives each key its own.
    #[error("another key of this site has this public key ID")]
    IdTaken {
        /// What that key is called.
        name: String,
    },
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

impl App {
    /// Makes a key for a site that has none, or for a new one of this name, puts it into the keychain and
    /// lists it. Takes about a second.
    ///
    /// # Errors
    /// [`MakeKeyError`]; then neither has it.
    pub fn make_key(
        &self,
        site: Option<&SiteId>,
        name: &str,
        kind: KeyKind,
    ) -> Result<Key, MakeKeyError> {
        let name = match site {
            Some(site) => self.site(site).ok_or(PlaceError::SiteUnknown)?.name,
            None => Name::parse(name)?,
        };
        // Before a second is spent on it.
        self.known().settings.place_for_key(site, &name)?;
        self.make_key_and(kind, |settings, id, fingerprint| {
            let name = settings.place_for_key(site, &name)?;
            let (id, fingerprint) = (id.clone(), fingerprint.clone());
            let key = Key { id, name: name.clone(), kind, fingerprint, registration: None };
            match site {
                Some(site) => settings.site_mut(site).ok_or(PlaceError::SiteUnknown)?,
                None => settings.add_site(name),
            }
            .keys
            .push(key.clone());
            Ok(key)
        })
    }

    /// Makes a key and lists it as `enter` says.
    pub(super) fn make_key_and<E: From<KeyError> + From<KeychainError> + From<SettingsError>>(
        &self,
        kind: KeyKind,
        enter: impl Fn(&mut Settings, &KeyId, &Fingerprint) -> Result<Key, E>,
    ) -> Result<Key, E> {
        let key = SigningKey::generate(kind)?;
        let public_key = key.public_key();
        let (id, fingerprint) = (KeyId::of_made(&public_key), public_key.fingerprint());
        self.store(&id, &key, |settings| enter(settings, &id, &fingerprint))
    }

    /// Registers a key with what CloudFront says of it, so that it makes the links of its site from now
    /// on. The secret stays where it is.
    ///
    /// # Errors
    /// [`RegisterKeyError`], the first thing that is wrong in the order of the fields on screen.
    pub fn register_key(
        &self,
        id: &KeyId,
        address: &str,
        public_key_id: &str,
    ) -> Result<RegisteredKey, RegisterKeyError> {
        self.known().settings.unregistered(id)?;
        let (address, public_key_id) =
            (site_in_text::site(address)?, PublicKeyId::pasted(public_key_id)?);
        self.rewrite(|settings| {
            // Another program may have registered it meanwhile, and with the same.
            let is_so =
                |key: &RegisteredKey| key.site == address && key.public_key_id == public_key_id;
            if let Some(registered) = settings.registered(id).filter(is_so) {
                return Ok(registered);
            }
            settings.register(id, &address, &public_key_id)
        })
    }

    /// Takes its registration from a key that CloudFront has no more under this id, so that it waits to be
    /// registered again; gives it, or nothing where it is not listed with that id. A site without any
    /// registered key has no address. The secret stays where it is.
    ///
    /// # Errors
    /// [`SettingsError`]; then it is as it was.
    pub fn unregister_key(
        &self,
        id: &KeyId,
        public_key_id: &PublicKeyId,
    ) -> Result<Option<Key>, SettingsError> {
        self.rewrite(|settings| {
            let Some(site) = settings.site_with_mut(id) else { return Ok(None) };
            let is_it = |key: &&mut Key| {
                let registration = key.registration.as_ref();
                key.id == *id
                    && registration.is_some_and(|known| known.public_key_id == *public_key_id)
            };
            let Some(key) = site.keys.iter_mut().find(is_it) else { return Ok(None) };
            key.registration = None;
            let key = key.clone();
            if site.registered_keys().next().is_none() {
                site.address = None;
            }
            Ok(Some(key))
        })
    }
}

impl Settings {
    /// What a key that is put into a site without one is called, or into a new site of this name.
    pub(super) fn place_for_key(
        &self,
        site: Option<&SiteId>,
        name: &Name,
    ) -> Result<Name, PlaceError> {
        let name = match site {
            None => name.clone(),
            Some(id) => {
                let site = self.site(id).ok_or(PlaceError::SiteUnknown)?;
                if let Some(key) = site.keys.last() {
                    return Err(PlaceError::SiteHasKey { name: key.name.to_string() });
                }
                site.name.clone()
            }
        };
        match self.name_taken(&name, site, None) {
            Some(name) => Err(PlaceError::NameTaken { name }),
            None => Ok(name),
        }
    }

    /// A key that waits to be registered.
    fn unregistered(&self, id: &KeyId) -> Result<&Key, RegisterKeyError> {
        let waits = |key: &&Key| key.registration.is_none();
        self.key(id).filter(waits).ok_or(RegisterKeyError::Unknown)
    }

    /// Registers a key that waits for it.
    pub(super) fn register(
        &mut self,
        id: &KeyId,
        address: &SiteAddress,
        public_key_id: &PublicKeyId,
    ) -> Result<RegisteredKey, RegisterKeyError> {
        self.unregistered(id)?;
        let site = self.site_with_mut(id).ok_or(RegisterKeyError::Unknown)?;
        for other in site.registered_keys() {
            if other.site != *address {
                return Err(RegisterKeyError::OtherAddress { address: other.site.origin() });
            }
            if other.public_key_id == *public_key_id {
                return Err(RegisterKeyError::IdTaken { name: other.name.to_string() });
            }
        }
        site.address = Some(address.clone());
        site.storage = site.storage.take().or_else(|| site.storage_of_answers());
        site.register(id, public_key_id).ok_or(RegisterKeyError::Unknown)
    }
}

impl Site {
    fn register(&mut self, id: &KeyId, public_key_id: &PublicKeyId) -> Option<RegisteredKey> {
        let key = self.keys.iter_mut().find(|key| key.id == *id)?;
        key.registration = Some(Registration {
            public_key_id: public_key_id.clone(),
            hash: HashAlgorithm::RECOMMENDED,
        });
        let key = key.clone();
        self.registered(&key)
    }
}
