//! The storage of a site: learnt from a set-up, found by a check, or typed.

use signet_setup::DistributionArn;
use thiserror::Error;

use super::App;
use super::documents::Folder;
use super::key::KeyId;
use super::profile::SettingsError;
use super::site::{Site, SiteId};
use super::sites::ChangeSiteError;
use super::storage::{Storage, StorageError, TypedStorage};

/// Why the storage of a site was not changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetStorageError {
    /// It cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// No such site in the list.
    #[error("no such site")]
    Unknown,
    /// The list could not be saved.
    #[error(transparent)]
    Save(#[from] SettingsError),
}

impl App {
    /// Says where the documents of a site lie, as it was typed, in place of what was known. An access key stays.
    ///
    /// # Errors
    /// [`SetStorageError`]; then what was known stands.
    pub fn set_storage(
        &self,
        site: &SiteId,
        typed: &TypedStorage<'_>,
    ) -> Result<Site, SetStorageError> {
        let storage = Storage::parse(typed)?;
        self.rewrite(|settings| {
            let site = settings.site_mut(site).ok_or(SetStorageError::Unknown)?;
            let access_key = site.storage.as_mut().and_then(|before| before.access_key.take());
            site.storage = Some(Storage { access_key, ..storage });
            Ok(site.clone())
        })
    }

    /// Remembers where new documents of a site are put from now on. A site without storage has no such place.
    ///
    /// # Errors
    /// [`ChangeSiteError`].
    pub fn set_storage_folder(
        &self,
        site: &SiteId,
        folder: &Folder,
    ) -> Result<Site, ChangeSiteError> {
        self.rewrite(|settings| {
            let site = settings.site_mut(site).ok_or(ChangeSiteError::Unknown)?;
            if let Some(storage) = &mut site.storage {
                storage.folder = folder.clone();
            }
            Ok(site.clone())
        })
    }

    /// Remembers where the documents of a key's site lie, unless that is known: what somebody said stands, and only the
    /// distribution of the same part of the same bucket is added to it. Where it cannot be written down it is found again
    /// the next time, for that must not cost a set-up.
    pub(crate) fn learn_storage(&self, key: &KeyId, found: &Storage) {
        let is_new = self
            .known()
            .settings
            .site_with(key)
            .is_some_and(|site| learnt(site.storage.as_ref(), found).is_some());
        if !is_new {
            return;
        }
        let _: Result<(), SettingsError> = self.rewrite(|settings| {
            if let Some(site) = settings.site_with_mut(key)
                && let Some(storage) = learnt(site.storage.as_ref(), found)
            {
                site.storage = Some(storage);
            }
            Ok(())
        });
    }
}

/// What is known with what was found, where that adds something.
fn learnt(known: Option<&Storage>, found: &Storage) -> Option<Storage> {
    match known {
        None => Some(found.clone()),
        Some(known) if known.distribution.is_none() && known.place() == found.place() => {
            let distribution = found.distribution.clone();
            distribution.map(|id| Storage { distribution: Some(id), ..known.clone() })
        }
        Some(_) => None,
    }
}

impl Site {
    /// Where the documents lie that were set up by hand and by the answers of the guide; `None` where these do not
    /// say it. A distribution that was there may fetch from a part of the bucket, which nobody was asked for.
    pub(crate) fn storage_of_answers(&self) -> Option<Storage> {
        let answers = &self.set_up;
        if !answers.distribution.trim().is_empty() {
            return None;
        }
        let arn = DistributionArn::parse(answers.arn.trim());
        let mut storage = Storage::parse(&TypedStorage {
            bucket: &answers.bucket,
            region: &answers.region,
            profile: &answers.profile,
            ..TypedStorage::default()
        })
        .ok()?;
        storage.distribution = arn.map(|arn| arn.id());
        Some(storage)
    }
}
