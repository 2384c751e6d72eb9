//! *Replace this key*: a new key takes the place of an old one, whose links work until they end.
//!
//! CloudFront takes several keys in one key group, so for a while both make links that open. Deliberately
//! not here: what is done in CloudFront for it, which the person does or the crate `signet-aws`.

use thiserror::Error;

use super::App;
use super::history::{HistoryQuery, HistorySort, HistoryStoreError, StateFilter};
use super::key::{Key, KeyId, RegisteredKey};
use super::keychain::KeychainError;
use super::profile::SettingsError;
use super::registration::{MakeKeyError, RegisterKeyError};
use super::settings::{Settings, stem};
use super::site::SiteId;
use signet_cloudfront::key::{KeyError, KeyKind};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};

/// How far a replacement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplacementState {
    /// The new key was made; CloudFront does not know it yet.
    Waiting {
        /// The new key.
        new: KeyId,
    },
    /// The new key makes the links from now on.
    Switched {
        /// The key whose place was taken last.
        old: KeyId,
        /// The new key.
        new: KeyId,
        /// How many links of the old one work, as far as they were made here.
        working: usize,
        /// When the last of them ends, in Unix seconds. Then the old key can be taken out.
        last_end: Option<i64>,
    },
}

/// Why no key was made to replace another one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReplaceKeyError {
    /// No such site, or none of whose keys CloudFront knows.
    #[error("no such key")]
    Unknown,
    /// It is being replaced already.
    #[error("this key is being replaced already")]
    Begun {
        /// What the new key is called.
        name: String,
    },
    /// The new key could not be made.
    #[error(transparent)]
    Make(#[from] MakeKeyError),
}

/// Why the new key did not take over. Both are then as they were.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SwitchKeyError {
    /// No such key waits to take over.
    #[error("no such key")]
    Unknown,
    /// The public key ID cannot be used.
    #[error(transparent)]
    PublicKeyId(#[from] PublicKeyIdError),
    /// It is the old key's.
    #[error("this is the public key ID of the old key")]
    OldPublicKeyId,
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

impl From<KeyError> for ReplaceKeyError {
    fn from(error: KeyError) -> Self {
        MakeKeyError::from(error).into()
    }
}

impl From<KeychainError> for ReplaceKeyError {
    fn from(error: KeychainError) -> Self {
        MakeKeyError::from(error).into()
    }
}

impl From<SettingsError> for ReplaceKeyError {
    fn from(error: SettingsError) -> Self {
        MakeKeyError::from(error).into()
    }
}

impl App {
    /// Makes the key that is to take the place of the one that makes the links of a site.
    ///
    /// # Errors
    /// [`ReplaceKeyError`]; then none was made.
    pub fn begin_replacement(&self, site: &SiteId, kind: KeyKind) -> Result<Key, ReplaceKeyError> {
        self.known().settings.may_replace(site)?;
        self.make_key_and(kind, |settings, id, fingerprint| {
            let old = settings.may_replace(site)?;
            let key = Key {
                id: id.clone(),
                name: settings.free_name(&old.name, "new"),
                kind,
                fingerprint: fingerprint.clone(),
                registration: None,
            };
            let site = settings.site_mut(site).ok_or(ReplaceKeyError::Unknown)?;
            site.keys.push(key.clone());
            Ok(key)
        })
    }

    /// How far the replacement of a site's key is; `None` where none was begun.
    ///
    /// # Errors
    /// [`HistoryStoreError`], where it is not to be had how many links of the old key work.
    pub fn replacement_state(
        &self,
        site: &SiteId,
        now: i64,
    ) -> Result<Option<ReplacementState>, HistoryStoreError> {
        let Some(site) = self.site(site) else { return Ok(None) };
        if let Some(key) = site.new_key() {
            return Ok(Some(ReplacementState::Waiting { new: key.id.clone() }));
        }
        let mut newest_first = site.registered_keys().rev().map(|key| key.id);
        let (Some(new), Some(old)) = (newest_first.next(), newest_first.next()) else {
            return Ok(None);
        };
        let (working, last_end) = self.last_end_of(&old, now)?;
        Ok(Some(ReplacementState::Switched { old, new, working, last_end }))
    }

    /// The new key makes the links of its site from now on, and, where nobody gave it another one, gets
    /// the old one's name.
    ///
    /// # Errors
    /// [`SwitchKeyError`].
    pub fn switch_key(
        &self,
        site: &SiteId,
        public_key_id: &str,
    ) -> Result<RegisteredKey, SwitchKeyError> {
        self.rewrite(|settings| settings.switch(site, public_key_id))
    }

    /// How many links of a key work, and when the last of them ends.
    fn last_end_of(
        &self,
        key: &KeyId,
        now: i64,
    ) -> Result<(usize, Option<i64>), HistoryStoreError> {
        let mut query = HistoryQuery {
            state: StateFilter::Working,
            key: Some(key.clone()),
            sort: HistorySort::EndsFirst,
            ..HistoryQuery::default()
        };
        let working = self.history(&query, now)?.found;
        query.skip = working.saturating_sub(1);
        query.take = 1;
        let last = self.history(&query, now)?.entries.pop();
        Ok((working, last.map(|entry| entry.made.terms.expires_at())))
    }
}

impl Settings {
    /// The key that makes the links of a site, where nothing replaces it yet.
    fn may_replace(&self, site: &SiteId) -> Result<RegisteredKey, ReplaceKeyError> {
        let site = self.site(site).ok_or(ReplaceKeyError::Unknown)?;
        if let Some(new) = site.new_key() {
            return Err(ReplaceKeyError::Begun { name: new.name.to_string() });
        }
        site.signing_key().ok_or(ReplaceKeyError::Unknown)
    }

    fn switch(
        &mut self,
        site: &SiteId,
        public_key_id: &str,
    ) -> Result<RegisteredKey, SwitchKeyError> {
        let site = self.site(site).ok_or(SwitchKeyError::Unknown)?;
        let old = site.signing_key().ok_or(SwitchKeyError::Unknown)?;
        let new = site.new_key().ok_or(SwitchKeyError::Unknown)?.clone();
        let public_key_id = PublicKeyId::pasted(public_key_id)?;
        self.register(&new.id, &old.site, &public_key_id).map_err(|error| match error {
            RegisterKeyError::IdTaken { .. } => SwitchKeyError::OldPublicKeyId,
            _ => SwitchKeyError::Unknown,
        })?;
        let has_given_name = new.name.as_str().starts_with(&stem(&old.name, "new"));
        if has_given_name {
            let name = self.free_name(&old.name, "old");
            self.key_mut(&old.id).ok_or(SwitchKeyError::Unknown)?.name = name;
            self.key_mut(&new.id).ok_or(SwitchKeyError::Unknown)?.name = old.name;
        }
        self.registered(&new.id).ok_or(SwitchKeyError::Unknown)
    }
}
