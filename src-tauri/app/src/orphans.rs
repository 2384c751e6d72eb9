//! Keys in the keychain that the list does not name: found, put back into the list, or removed.
//!
//! A list that was lost or overwritten leaves its secrets behind, and nobody can use, back up or
//! remove what no list names. Deliberately not here: doing anything about them unasked. What looks
//! like an orphan may be in the list of another settings folder, or be added in this very moment by
//! another Signet, so nothing is put back or removed but by a person who was shown its fingerprint.

use thiserror::Error;

use super::App;
use super::key::{Key, KeyId, Name, NameError};
use super::keychain::{KeychainError, ListKeychainError};
use super::profile::SettingsError;
use super::settings::Settings;
use signet_cloudfront::key::{Fingerprint, KeyKind, SigningKey};

/// What lies in the keychain under Signet's name and is in no list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Keys, in the order of their ids.
    pub keys: Vec<Orphan>,
    /// What everything else is called there: no key is in it, or its name is none that Signet gives.
    /// It is somebody else's, and stays as it is. The names are foreign text.
    pub others: Vec<String>,
}

/// A key of the keychain that the list does not name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// Names the secret in the keychain.
    pub id: KeyId,
    /// RSA 2048 or P-256.
    pub kind: KeyKind,
    /// SHA-256 of the public half.
    pub fingerprint: Fingerprint,
    /// What it is called in the list unless the person calls it otherwise: “Found key 8f3a…”.
    pub name: Name,
    /// What the list calls this very key, where it is there under another id: for another site, say.
    pub listed_as: Option<Name>,
}

/// Why nothing can be done with an orphan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OrphanError {
    /// The keychain has no such secret (any more), or another than was shown.
    #[error("the keychain has no such key")]
    Unknown,
    /// It is in the list (by now).
    #[error("this key is in the list")]
    Listed {
        /// What it is called there.
        name: String,
    },
    /// What the keychain gives is no key.
    #[error("what the keychain has there is no key")]
    NoKey,
    /// The keychain did not do it.
    #[error(transparent)]
    Keychain(KeychainError),
    /// It is not known what the list names, so nothing is taken for lost.
    #[error(transparent)]
    List(#[from] SettingsError),
}

/// Why a key was not put back into the list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RestoreOrphanError {
    /// There is nothing to put back.
    #[error(transparent)]
    Orphan(#[from] OrphanError),
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another key has this name.
    #[error("another key has this name")]
    NameTaken {
        /// The other key's name.
        name: String,
    },
    /// The list could not be saved; the keychain stays as it is.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

impl From<KeychainError> for OrphanError {
    fn from(error: KeychainError) -> Self {
        match error {
            KeychainError::Missing => Self::Unknown,
            other => Self::Keychain(other),
        }
    }
}

impl App {
    /// Looks through the keychain for what the list does not name. Each key found is opened for its
    /// fingerprint and dropped at once.
    ///
    /// # Errors
    /// [`ListKeychainError`].
    pub fn orphans(&self) -> Result<Orphans, ListKeychainError> {
        let mut names = self.keychain.names()?;
        names.sort();
        let mut orphans = Orphans::default();
        for name in names {
            let Some(id) = KeyId::parse(&name) else {
                orphans.others.push(name);
                continue;
            };
            match self.orphan(&id) {
                Ok(orphan) => orphans.keys.push(orphan),
                Err(OrphanError::Unknown | OrphanError::Listed { .. }) => {}
                // What cannot be read, for there are two of that name, say, is no reason to hide the rest.
                Err(OrphanError::NoKey | OrphanError::Keychain(KeychainError::Failed)) => {
                    orphans.others.push(name);
                }
                Err(OrphanError::Keychain(error)) => return Err(error.into()),
                Err(OrphanError::List(error)) => return Err(error.into()),
            }
        }
        Ok(orphans)
    }

    /// Puts a key of the keychain back into the list, as the one of a new site that waits to be registered:
    /// its site and public key ID were in the lost list alone. Unless the person gives a name it is called by the
    /// beginning of its fingerprint. The secret stays where it is.
    ///
    /// # Errors
    /// [`RestoreOrphanError`]; then the list is as it was.
    pub fn restore_orphan(
        &self,
        id: &KeyId,
        name: Option<&str>,
    ) -> Result<Key, RestoreOrphanError> {
        let name = name.map(Name::parse).transpose()?;
        let found = self.orphan(id)?;
        let name = name.unwrap_or_else(|| found.name.clone());
        let Orphan { id: found_id, kind, fingerprint, .. } = found;
        let key = Key { id: found_id, name: name.clone(), kind, fingerprint, registration: None };
        self.rewrite(|settings| {
            if let Some(name) = settings.named(id) {
                return Err(OrphanError::Listed { name }.into());
            }
            // Another Signet may have removed it meanwhile, and the list must not name what is not there.
            self.keychain.read(id).map_err(OrphanError::from)?;
            if let Some(name) = settings.name_taken(&name, None, None) {
                return Err(RestoreOrphanError::NameTaken { name });
            }
            settings.add_site(name).keys.push(key.clone());
            Ok(key)
        })
    }

    /// Removes a key from the keychain that is in no list: the very one whose fingerprint was shown.
    ///
    /// # Errors
    /// [`OrphanError`]; then it is still there.
    pub fn remove_orphan(&self, id: &KeyId, fingerprint: &Fingerprint) -> Result<(), OrphanError> {
        if self.orphan(id)?.fingerprint != *fingerprint {
            return Err(OrphanError::Unknown);
        }
        // While nobody else changes the list: another Signet may be putting it back in this moment.
        self.rewrite(|settings| match settings.named(id) {
            Some(name) => Err(OrphanError::Listed { name }),
            None => Ok(self.keychain.remove(id)?),
        })
    }

    /// A key of the keychain that is in no list.
    ///
    /// # Errors
    /// [`OrphanError`].
    pub fn orphan(&self, id: &KeyId) -> Result<Orphan, OrphanError> {
        // As it is and not as it was: another Signet may have added the key meanwhile.
        let settings = self.profile.read()?;
        if let Some(name) = settings.named(id) {
            return Err(OrphanError::Listed { name });
        }
        let secret = self.keychain.read(id)?;
        let key = SigningKey::from_pkcs8_der(&secret).map_err(|_| OrphanError::NoKey)?;
        let fingerprint = key.public_key().fingerprint();
        let (name, listed_as) = (settings.found_name(&fingerprint), settings.name_of(&fingerprint));
        Ok(Orphan { id: id.clone(), kind: key.kind(), fingerprint, name, listed_as })
    }
}

impl Settings {
    /// What the list calls the key with this id, or the site whose access key it is.
    fn named(&self, id: &KeyId) -> Option<String> {
        let name = self.key(id).map(|key| &key.name);
        name.or_else(|| self.site_with_access_key(id).map(|site| &site.name)).map(Name::to_string)
    }

    /// What the list calls the key with this fingerprint.
    fn name_of(&self, fingerprint: &Fingerprint) -> Option<Name> {
        self.keys().find(|key| key.fingerprint == *fingerprint).map(|key| key.name.clone())
    }

    /// "Found key 8f3a…", with more of the fingerprint where that is taken.
    fn found_name(&self, fingerprint: &Fingerprint) -> Name {
        let mut name = Name::found(fingerprint, 4);
        for digits in 5..=Name::MAX_OF_FOUND {
            if self.name_taken(&name, None, None).is_none() {
                break;
            }
            name = Name::found(fingerprint, digits);
        }
        name
    }
}
