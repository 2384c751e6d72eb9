//! Sites: added, renamed, given a default, removed, and how far their set-up is.

use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::lifetime::Lifetime;
use signet_setup::guide::Answers;
use thiserror::Error;

use super::App;
use super::access_keys::ForgetAccessKeyError;
use super::key::{KeyId, Name, NameError, RegisteredKey};
use super::keys::{OpenKeyError, RemoveKeyError, RenameError};
use super::profile::SettingsError;
use super::settings::Settings;
use super::site::{Site, SiteId};

/// Why a site was not added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddSiteError {
    /// The name cannot be used.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another site, or a key, has this name.
    #[error("another site or key has this name")]
    NameTaken {
        /// The other's name.
        name: String,
    },
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why a site was not changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChangeSiteError {
    /// No such site in the list.
    #[error("no such site")]
    Unknown,
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why a site was not removed. What of its keys is gone is gone from the keychain and the list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RemoveSiteError {
    /// No such site in the list.
    #[error("no such site")]
    Unknown,
    /// One of its keys could not be removed.
    #[error(transparent)]
    Key(#[from] RemoveKeyError),
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

/// Why the answers of a set-up were not kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RememberSetUpError {
    /// The site was removed.
    #[error("no such site")]
    Unknown,
    /// Another program changed one of them to something else.
    #[error("another Signet changed these answers too")]
    ChangedElsewhere {
        /// What is kept.
        kept: Box<Answers>,
    },
    /// They could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

impl App {
    /// The sites, in the order in which they were added.
    pub fn sites(&self) -> Vec<Site> {
        self.known().settings.sites.clone()
    }

    /// A site of the list.
    pub fn site(&self, id: &SiteId) -> Option<Site> {
        self.known().settings.site(id).cloned()
    }

    /// The site that has this key.
    pub fn site_with(&self, key: &KeyId) -> Option<Site> {
        self.known().settings.site_with(key).cloned()
    }

    /// The site that a person calls by this name, in capitals or not.
    pub fn site_named(&self, name: &str) -> Option<Site> {
        let name = Name::parse(name).ok()?;
        let known = self.known();
        known.settings.sites.iter().find(|site| site.name.reads_like(&name)).cloned()
    }

    /// The key that makes the links of a site.
    ///
    /// # Errors
    /// [`OpenKeyError::Unknown`], also for a site of which CloudFront knows no key yet.
    pub fn signing_key(&self, site: &SiteId) -> Result<RegisteredKey, OpenKeyError> {
        let known = self.known();
        let site = known.settings.site(site).ok_or(OpenKeyError::Unknown)?;
        site.signing_key().ok_or(OpenKeyError::Unknown)
    }

    /// The site that makes links and has this document, of which the whole address is known, and what is typed
    /// for it there: its name where that leads to the same address, byte for byte. `None` where it is on no such
    /// site, or is asked about when it is typed.
    pub fn document_on_a_site(&self, url: &str) -> Option<(SiteId, String)> {
        self.sites().into_iter().find_map(|site| {
            let address = site.signing_key()?.site;
            let read = |typed: &str| DocumentAddress::parse(typed, &address).ok();
            Some((site.id, read(url)?.as_typed(read)))
        })
    }

    /// Adds a site of which nothing is known yet but its name.
    ///
    /// # Errors
    /// [`AddSiteError`].
    pub fn add_site(&self, name: &str) -> Result<Site, AddSiteError> {
        let name = Name::parse(name)?;
        self.rewrite(|settings| match settings.name_taken(&name, None, None) {
            Some(name) => Err(AddSiteError::NameTaken { name }),
            None => Ok(settings.add_site(name).clone()),
        })
    }

    /// Gives a site another name. A key that is called as its site was is renamed with it.
    ///
    /// # Errors
    /// [`RenameError`]; then it has the old one.
    pub fn rename_site(&self, id: &SiteId, name: &str) -> Result<Site, RenameError> {
        let shown = self.site(id).ok_or(RenameError::Unknown)?.name;
        let name = Name::parse(name)?;
        self.rewrite(|settings| settings.rename_site(id, &shown, name))
    }

    /// Says with which lifetime a link of a site begins; `None` for that of the last link.
    ///
    /// # Errors
    /// [`ChangeSiteError`].
    pub fn set_site_lifetime(
        &self,
        id: &SiteId,
        lifetime: Option<Lifetime>,
    ) -> Result<Site, ChangeSiteError> {
        self.rewrite(|settings| {
            let site = settings.site_mut(id).ok_or(ChangeSiteError::Unknown)?;
            site.lifetime = lifetime;
            Ok(site.clone())
        })
    }

    /// Says when the working day ends on which links of a site end.
    ///
    /// # Errors
    /// [`ChangeSiteError`].
    pub fn set_site_day_end(&self, id: &SiteId, day_end: DayEnd) -> Result<Site, ChangeSiteError> {
        self.rewrite(|settings| {
            let site = settings.site_mut(id).ok_or(ChangeSiteError::Unknown)?;
            site.day_end = day_end;
            Ok(site.clone())
        })
    }

    /// Says whether a link of a site is tried when it was made.
    ///
    /// # Errors
    /// [`ChangeSiteError`].
    pub fn set_site_tries_links(
        &self,
        id: &SiteId,
        tries_links: bool,
    ) -> Result<Site, ChangeSiteError> {
        self.rewrite(|settings| {
            let site = settings.site_mut(id).ok_or(ChangeSiteError::Unknown)?;
            site.tries_links = tries_links;
            Ok(site.clone())
        })
    }

    /// When the working day ends on which a link of this key ends.
    pub(crate) fn day_end(&self, key: &KeyId) -> DayEnd {
        self.site_with(key).map_or(DayEnd::USUAL, |site| site.day_end)
    }

    /// Takes a site out of the list and its keys out of the keychain.
    ///
    /// # Errors
    /// [`RemoveSiteError`].
    pub fn remove_site(&self, id: &SiteId) -> Result<(), RemoveSiteError> {
        for key in self.site(id).ok_or(RemoveSiteError::Unknown)?.keys {
            match self.remove_key(&key.id) {
                // Another program was quicker.
                Err(RemoveKeyError::Unknown) => {}
                removed => drop(removed?),
            }
        }
        match self.forget_access_key(id) {
            Ok(_) | Err(ForgetAccessKeyError::Unknown) => {}
            Err(ForgetAccessKeyError::Keychain(error)) => {
                return Err(RemoveKeyError::Keychain(error).into());
            }
            Err(ForgetAccessKeyError::Save(error)) => return Err(error.into()),
        }
        self.rewrite(|settings| {
            // A key that another program put there meanwhile was shown to nobody here, so it stays.
            settings.sites.retain(|site| site.id != *id || !site.keys.is_empty());
            if settings.site(id).is_none() && settings.choices.site.as_ref() == Some(id) {
                settings.choices.site = None;
            }
            Ok(())
        })
    }

    /// How far the set-up of CloudFront for a site was the last time.
    pub fn set_up(&self, site: &SiteId) -> Option<Answers> {
        self.known().settings.site(site).map(|site| site.set_up.clone())
    }

    /// Remembers for the next start how far the set-up of CloudFront for a site is: what was changed
    /// since `base` was kept. Gives what is kept then, with what another program changed beside it.
    ///
    /// # Errors
    /// [`RememberSetUpError`]; what is kept then stands.
    pub fn remember_set_up(
        &self,
        site: &SiteId,
        base: &Answers,
        answers: &Answers,
    ) -> Result<Answers, RememberSetUpError> {
        if base == answers {
            return self.set_up(site).ok_or(RememberSetUpError::Unknown);
        }
        self.rewrite(|settings| {
            let kept = &mut settings.site_mut(site).ok_or(RememberSetUpError::Unknown)?.set_up;
            let Some(merged) = answers.merged(base, kept) else {
                let kept = Box::new(kept.clone());
                return Err(RememberSetUpError::ChangedElsewhere { kept });
            };
            kept.clone_from(&merged);
            Ok(merged)
        })
    }
}

impl Settings {
    fn rename_site(&mut self, id: &SiteId, shown: &Name, name: Name) -> Result<Site, RenameError> {
        let site = self.site(id).ok_or(RenameError::Unknown)?;
        let before = site.name.clone();
        if before != *shown && before != name {
            return Err(RenameError::Changed { name: before.to_string() });
        }
        let follows = site.keys.iter().find(|key| key.name == before).map(|key| key.id.clone());
        if let Some(name) = self.name_taken(&name, Some(id), follows.as_ref()) {
            return Err(RenameError::NameTaken { name });
        }
        if let Some(key) = follows.and_then(|key| self.key_mut(&key)) {
            key.name = name.clone();
        }
        let site = self.site_mut(id).ok_or(RenameError::Unknown)?;
        site.name = name;
        Ok(site.clone())
    }
}
