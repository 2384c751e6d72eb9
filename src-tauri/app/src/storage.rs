//! Where the documents of a site lie, as far as it has to be known to put one there. No login is in it, only the
//! name of one.

use signet_setup::{
    AccessKeyId, AwsProfile, AwsProfileError, Bucket, BucketError, DistributionId,
    DistributionIdError, Region, RegionError, SetupSpec,
};
use thiserror::Error;

use super::documents::{DocumentKeyError, Folder, OriginPath, StoragePlace};
use super::login::Login;

/// The storage of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage {
    /// The bucket.
    pub bucket: Bucket,
    /// Where it is.
    pub region: Region,
    /// The login of this computer that reaches it; without one, what the environment says.
    pub profile: Option<AwsProfile>,
    /// What AWS calls the access key in the keychain that reaches it in the place of such a login.
    pub access_key: Option<AccessKeyId>,
    /// The part of the bucket that the distribution fetches from, mostly all of it.
    pub origin_path: OriginPath,
    /// The distribution whose caches are told of a document that was replaced, where it is known.
    pub distribution: Option<DistributionId>,
    /// Where new documents are put unless another folder is chosen.
    pub folder: Folder,
}

/// A storage as it is typed; empty is none. An access key is not typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypedStorage<'a> {
    /// [`Storage::bucket`].
    pub bucket: &'a str,
    /// [`Storage::region`].
    pub region: &'a str,
    /// [`Storage::profile`].
    pub profile: &'a str,
    /// [`Storage::origin_path`].
    pub origin_path: &'a str,
    /// [`Storage::distribution`].
    pub distribution: &'a str,
    /// [`Storage::folder`].
    pub folder: &'a str,
}

/// What is wrong with a storage that was typed, the first in the order of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StorageError {
    /// In [`TypedStorage::bucket`].
    #[error(transparent)]
    Bucket(#[from] BucketError),
    /// In [`TypedStorage::region`].
    #[error(transparent)]
    Region(#[from] RegionError),
    /// In [`TypedStorage::profile`].
    #[error(transparent)]
    Profile(#[from] AwsProfileError),
    /// In [`TypedStorage::origin_path`].
    #[error(transparent)]
    OriginPath(DocumentKeyError),
    /// In [`TypedStorage::distribution`].
    #[error(transparent)]
    Distribution(#[from] DistributionIdError),
    /// In [`TypedStorage::folder`].
    #[error(transparent)]
    Folder(DocumentKeyError),
}

impl Storage {
    /// Takes what was typed.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn parse(typed: &TypedStorage<'_>) -> Result<Self, StorageError> {
        let some = |text: &'_ str| !text.trim().is_empty();
        Ok(Self {
            bucket: Bucket::pasted(typed.bucket)?,
            region: Region::pasted(typed.region)?,
            profile: match typed.profile {
                name if some(name) => Some(AwsProfile::pasted(name)?),
                _ => None,
            },
            access_key: None,
            origin_path: OriginPath::parse(typed.origin_path).map_err(StorageError::OriginPath)?,
            distribution: match typed.distribution {
                id if some(id) => Some(DistributionId::pasted(id)?),
                _ => None,
            },
            folder: Folder::parse(typed.folder).map_err(StorageError::Folder)?,
        })
    }

    /// What a set-up comes to that was made or found with a login; `None` where it is not clear which part of
    /// the bucket the distribution fetches from.
    pub(crate) fn of_set_up(
        spec: &SetupSpec,
        login: &Login,
        origin_path: &str,
        distribution: DistributionId,
    ) -> Option<Self> {
        let StoragePlace { bucket, region, origin_path } =
            Self::place_of_set_up(spec, origin_path)?;
        let profile = login.profile.as_deref();
        Some(Self {
            bucket,
            region,
            profile: profile.and_then(|name| AwsProfile::parse(name).ok()),
            access_key: None,
            origin_path,
            distribution: Some(distribution),
            folder: Folder::default(),
        })
    }

    /// Where the documents lie of a set-up whose distribution fetches from that part of the bucket; `None` where it is
    /// not clear which part that is.
    pub(crate) fn place_of_set_up(spec: &SetupSpec, origin_path: &str) -> Option<StoragePlace> {
        // What is encoded there may be decoded before a document is fetched, or not.
        if origin_path.contains('%') {
            return None;
        }
        Some(StoragePlace {
            bucket: spec.bucket.clone(),
            region: spec.region.clone(),
            origin_path: OriginPath::parse(origin_path).ok()?,
        })
    }

    /// Where the documents lie.
    pub fn place(&self) -> StoragePlace {
        StoragePlace {
            bucket: self.bucket.clone(),
            region: self.region.clone(),
            origin_path: self.origin_path.clone(),
        }
    }

    /// The login of this computer that reaches it, where it has no access key.
    pub fn login(&self) -> Login {
        let profile = self.profile.as_ref().map(|profile| profile.as_str().to_owned());
        Login { profile, endpoint_url: None }
    }
}
