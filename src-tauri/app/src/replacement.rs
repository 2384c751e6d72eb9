//! *Replace this key*: a new key takes the place of an old one, whose links work until they end.
//!
//! CloudFront takes several keys in one key group, so for a while both make links that open. Deliberately
//! not here: what is done in CloudFront for it, which the person does or the crate `signet-aws`.

use thiserror::Error;

use super::App;
use super::history::{HistoryQuery, HistorySort, HistoryStoreError, StateFilter};
use super::key_record::{KeyId, MadeKey, RegisteredKey};
use super::keychain::KeychainError;
use super::made_keys::MakeKeyError;
use super::profile::SettingsError;
use super::settings::{Settings, stem};
use signet_cloudfront::key::{HashAlgorithm, KeyError, KeyKind};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};

/// Which key takes the place of which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The key that goes.
    pub old: KeyId,
    /// The key that comes, finished or not.
    pub new: KeyId,
}

/// How far a replacement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplacementState {
    /// The new key was made; CloudFront does not know it yet.
    Waiting(MadeKey),
    /// The new key makes the links from now on.
    Switched {
        /// The new key.
        new: RegisteredKey,
        /// How many links of the old one work, as far as they were made here.
        working: usize,
        /// When the last of them ends, in Unix seconds. Then the old key can be taken out.
        last_end: Option<i64>,
    },
}

/// Why no key was made to replace another one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReplaceKeyError {
    /// No such key.
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
    /// Makes the key that is to take the place of this one.
    ///
    /// # Errors
    /// [`ReplaceKeyError`]; then none was made.
    pub fn begin_replacement(
        &self,
        old: &KeyId,
        kind: KeyKind,
    ) -> Result<MadeKey, ReplaceKeyError> {
        self.known().settings.may_replace(old)?;
        self.make_key_and(kind, |settings, id, fingerprint| {
            let name = settings.free_name(&settings.may_replace(old)?.name, "new");
            let made = MadeKey { id: id.clone(), name, kind, fingerprint: fingerprint.clone() };
            settings.made.push(made.clone());
            settings.replacements.push(Replacement { old: old.clone(), new: id.clone() });
            Ok(made)
        })
    }

    /// Which key replaces this one, if one does.
    pub fn replacement(&self, old: &KeyId) -> Option<Replacement> {
        self.known().settings.replacement(old).cloned()
    }

    /// Every replacement, in the order in which they were begun.
    pub fn replacements(&self) -> Vec<Replacement> {
        self.known().settings.replacements.clone()
    }

    /// How far the replacement of this key is; `None` where none was begun.
    ///
    /// # Errors
    /// [`HistoryStoreError`], where it is not to be had how many links of the old key work.
    pub fn replacement_state(
        &self,
        old: &KeyId,
        now: i64,
    ) -> Result<Option<ReplacementState>, HistoryStoreError> {
        let Some(Replacement { new, .. }) = self.replacement(old) else { return Ok(None) };
        if let Some(made) = self.made_key(&new) {
            return Ok(Some(ReplacementState::Waiting(made)));
        }
        let Some(new) = self.key(&new) else { return Ok(None) };
        let (working, last_end) = self.last_end_of(old, now)?;
        Ok(Some(ReplacementState::Switched { new, working, last_end }))
    }

    /// The new key makes the links from now on: it gets the old one's site and, where nobody gave it
    /// another one, its name.
    ///
    /// # Errors
    /// [`SwitchKeyError`].
    pub fn switch_key(
        &self,
        old: &KeyId,
        public_key_id: &str,
    ) -> Result<(RegisteredKey, RegisteredKey), SwitchKeyError> {
        self.rewrite(|settings| settings.switch(old, public_key_id))
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
    /// The key, where nothing replaces it yet.
    fn may_replace(&self, old: &KeyId) -> Result<&RegisteredKey, ReplaceKeyError> {
        let record = self.key(old).ok_or(ReplaceKeyError::Unknown)?;
        let Some(Replacement { new, .. }) = self.replacement(old) else { return Ok(record) };
        let name = self.names().find(|(id, _)| *id == new);
        let name = name.map_or_else(String::new, |(_, name)| name.as_str().to_owned());
        Err(ReplaceKeyError::Begun { name })
    }

    fn switch(
        &mut self,
        old: &KeyId,
        public_key_id: &str,
    ) -> Result<(RegisteredKey, RegisteredKey), SwitchKeyError> {
        let replacement = self.replacement(old).ok_or(SwitchKeyError::Unknown)?;
        let made = self.made_key(&replacement.new).ok_or(SwitchKeyError::Unknown)?.clone();
        let mut before = self.key(old).ok_or(SwitchKeyError::Unknown)?.clone();
        let public_key_id = PublicKeyId::parse(public_key_id)?;
        if public_key_id == before.public_key_id {
            return Err(SwitchKeyError::OldPublicKeyId);
        }
        let has_given_name = made.name.as_str().starts_with(&stem(&before.name, "new"));
        let mut name = made.name;
        if has_given_name {
            name = before.name.clone();
            before.name = self.free_name(&name, "old");
        }
        let after = RegisteredKey {
            id: made.id,
            name,
            site: before.site.clone(),
            public_key_id,
            kind: made.kind,
            fingerprint: made.fingerprint,
            hash: HashAlgorithm::RECOMMENDED,
        };
        self.made.retain(|made| made.id != after.id);
        for key in self.keys.iter_mut().filter(|key| key.id == *old) {
            *key = before.clone();
        }
        self.keys.push(after.clone());
        if self.choices.key.as_ref() == Some(old) {
            self.choices.key = Some(after.id.clone());
        }
        Ok((before, after))
    }
}
