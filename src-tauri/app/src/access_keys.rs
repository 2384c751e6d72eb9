//! The access key of a site's documents: kept in the keychain, opened to ask AWS with, and forgotten. The keychain and
//! the list agree whichever step fails.
//!
//! The keychain is asked when documents are reached, and by nothing else: what an access key is called stands in the list.

use signet_setup::AccessKeyId;
use thiserror::Error;

use super::App;
use super::access_key::AccessKey;
use super::key::KeyId;
use super::keychain::KeychainError;
use super::login::{DocumentLogin, Login};
use super::profile::SettingsError;
use super::reach::{NotReached, Reach};
use super::settings::Settings;
use super::site::{Site, SiteId};
use super::storage::Storage;

/// Why an access key was not taken. Then the one before it is still there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetAccessKeyError {
    /// No such site in the list.
    #[error("no such site")]
    Unknown,
    /// It is not known where the documents of the site lie.
    #[error("it is not known where the documents of this site lie")]
    NoStorage,
    /// The keychain did not take it.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The list could not be saved; the keychain was put back as it was.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why an access key was not forgotten. It is then still there, whole.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ForgetAccessKeyError {
    /// No such site in the list.
    #[error("no such site")]
    Unknown,
    /// The keychain did not let it go.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The list could not be saved; the keychain was put back as it was.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why a site's access key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenAccessKeyError {
    /// The site has none by now.
    #[error("the site has no access key")]
    None,
    /// The keychain has none of this ID: it was removed there, or another one was put in its place.
    #[error("the keychain does not have the access key {} any more", id.as_str())]
    Missing {
        /// What AWS calls it.
        id: AccessKeyId,
    },
    /// The keychain did not give it.
    #[error(transparent)]
    Keychain(KeychainError),
    /// The keychain was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
}

impl App {
    /// Puts an access key into the keychain, from where the documents of a site are reached with it from now on, in the
    /// place of the one before. AWS is not asked.
    ///
    /// # Errors
    /// [`SetAccessKeyError`].
    pub fn set_access_key(
        &self,
        site: &SiteId,
        key: &AccessKey,
    ) -> Result<Site, SetAccessKeyError> {
        self.store_secret(
            &place(site),
            &key.stored(),
            |settings| settings.access_key(site) == Some(key.id()),
            |settings| {
                let site = settings.site_mut(site).ok_or(SetAccessKeyError::Unknown)?;
                let storage = site.storage.as_mut().ok_or(SetAccessKeyError::NoStorage)?;
                storage.access_key = Some(key.id().clone());
                Ok(site.clone())
            },
        )
    }

    /// Takes the access key of a site out of the keychain: its documents are reached with a login of this computer again.
    /// At AWS it is as valid as before. The keychain is not asked where the site has none.
    ///
    /// # Errors
    /// [`ForgetAccessKeyError`].
    pub fn forget_access_key(&self, site: &SiteId) -> Result<Site, ForgetAccessKeyError> {
        self.without_access_key(site, |storage| {
            if let Some(storage) = storage {
                storage.access_key = None;
            }
        })
    }

    /// The same for whichever sites have that access key.
    ///
    /// # Errors
    /// [`ForgetAccessKeyError`].
    pub(crate) fn forget_access_key_of(
        &self,
        id: &AccessKeyId,
    ) -> Result<(), ForgetAccessKeyError> {
        let sites = self.known().settings.sites.clone();
        let has_it = |site: &&Site| {
            site.storage.as_ref().and_then(|storage| storage.access_key.as_ref()) == Some(id)
        };
        for site in sites.iter().filter(has_it) {
            self.forget_access_key(&site.id)?;
        }
        Ok(())
    }

    /// Forgets where the documents of a site lie, and the access key to them. Nothing of theirs is touched.
    ///
    /// # Errors
    /// [`ForgetAccessKeyError`]; then both are still known.
    pub fn forget_storage(&self, site: &SiteId) -> Result<Site, ForgetAccessKeyError> {
        self.without_access_key(site, |storage| *storage = None)
    }

    fn without_access_key(
        &self,
        site: &SiteId,
        forget: impl FnOnce(&mut Option<Storage>),
    ) -> Result<Site, ForgetAccessKeyError> {
        let change = |settings: &mut Settings| {
            let site = settings.site_mut(site).ok_or(ForgetAccessKeyError::Unknown)?;
            forget(&mut site.storage);
            Ok(site.clone())
        };
        let has_one = self.known().settings.access_key(site).is_some();
        if has_one { self.remove_secret(&place(site), change) } else { self.rewrite(change) }
    }

    /// Takes the access key of a site out of the keychain to ask AWS with. Drop it as soon as that is done.
    ///
    /// # Errors
    /// [`OpenAccessKeyError`].
    pub fn open_access_key(&self, site: &SiteId) -> Result<AccessKey, OpenAccessKeyError> {
        let id = self.known().settings.access_key(site).cloned();
        let id = id.ok_or(OpenAccessKeyError::None)?;
        let stored = match self.keychain.read(&place(site)) {
            Err(KeychainError::Missing) => return Err(OpenAccessKeyError::Missing { id }),
            read => read.map_err(OpenAccessKeyError::Keychain)?,
        };
        // Another one would let in somebody else than is shown.
        let key = AccessKey::of_stored(&stored).filter(|key| *key.id() == id);
        key.ok_or(OpenAccessKeyError::Missing { id })
    }
}

/// With what the documents of a site are asked for: a profile that was asked for now, the site's own access key, or the
/// login of this computer that is said for it.
///
/// # Errors
/// [`OpenAccessKeyError`].
pub(crate) async fn document_login<R: Reach>(
    app: &R,
    site: &SiteId,
    storage: &Storage,
    asked: Login,
) -> Result<DocumentLogin, OpenAccessKeyError> {
    let Login { profile, endpoint_url } = asked;
    if profile.is_none() && storage.access_key.is_some() {
        let site = site.clone();
        let key = app.keychain(move |app| app.open_access_key(&site)).await??;
        return Ok(DocumentLogin::AccessKey { key, endpoint_url });
    }
    let profile = profile.or(storage.login().profile);
    Ok(DocumentLogin::OfComputer(Login { profile, endpoint_url }))
}

/// Where the access key of a site lies in the keychain.
fn place(site: &SiteId) -> KeyId {
    KeyId::of_access_key(site.as_str())
}

impl Settings {
    /// What AWS calls the access key of a site.
    fn access_key(&self, site: &SiteId) -> Option<&AccessKeyId> {
        self.site(site)?.storage.as_ref()?.access_key.as_ref()
    }

    /// The site whose access key lies there in the keychain.
    pub(super) fn site_with_access_key(&self, place: &KeyId) -> Option<&Site> {
        let mut sites = self.sites.iter().filter(|site| self.access_key(&site.id).is_some());
        sites.find(|site| self::place(&site.id) == *place)
    }
}
