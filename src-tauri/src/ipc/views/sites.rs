//! The shapes in which sites cross IPC.

use serde::{Deserialize, Serialize};
use signet_app::{App, Site, SiteState, Storage, TypedStorage};

use super::key::KeyView;
use super::links::LifetimeRequest;
use crate::ipc::IpcError;

/// A site of the list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SiteView {
    pub id: String,
    pub name: String,
    /// Where its documents are, `https://docs.example.com`; null until that is known.
    pub address: Option<String>,
    pub host: Option<String>,
    pub state: SiteState,
    /// Oldest first.
    pub keys: Vec<KeyView>,
    /// The key that makes its links; null where none can be made yet.
    pub signing_key_id: Option<String>,
    /// A key that was made to take the signing key's place and that CloudFront does not know yet.
    pub new_key_id: Option<String>,
    /// With which lifetime *New link* begins; null for that of the last time.
    pub lifetime: Option<LifetimeRequest>,
    /// When the working day ends on which its links end, `18:00`.
    pub day_end: String,
    /// Whether a link of it is tried when it was made.
    pub tries_links: bool,
    /// Where its documents lie; null where that is not known, and then none can be put there.
    pub storage: Option<StorageView>,
    /// What AWS calls the access key with which they are reached; null where it is a login of this computer.
    pub access_key_id: Option<String>,
    /// Whether something of its set-up was typed or ticked.
    pub is_set_up_begun: bool,
}

/// Where the documents of a site lie.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StorageView {
    pub bucket: String,
    pub region: String,
    /// The login of the AWS tools that reaches it; empty for the one that they would take.
    pub profile: String,
    /// The part of the bucket that the distribution fetches from, mostly empty.
    pub origin_path: String,
    /// The distribution whose caches are told of a document that was replaced; empty where it is not known.
    pub distribution: String,
    /// The folder into which new documents go, `reports/2026`; mostly empty.
    pub folder: String,
}

/// A site, and where its documents lie as it was typed; null to forget that.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SiteStorageRequest {
    pub id: String,
    pub storage: Option<StorageView>,
}

/// All sites, as they are known.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SiteListView {
    pub sites: Vec<SiteView>,
    /// Why it is not known which sites there are now. Nothing can be changed as long as there is one.
    pub list_trouble: Option<IpcError>,
    /// Another number whenever something was changed by a terminal or another window.
    #[cfg_attr(test, ts(type = "number"))]
    pub changes_elsewhere: u64,
}

/// What a new site is called.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AddSiteRequest {
    pub name: String,
}

/// A site and its new name.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RenameSiteRequest {
    pub id: String,
    pub name: String,
}

/// The site that is meant.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SiteRequest {
    pub id: String,
}

/// A site and the lifetime with which its links begin; null for that of the last link.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SiteLifetimeRequest {
    pub id: String,
    pub lifetime: Option<LifetimeRequest>,
}

/// A site and when its working day ends, as it was typed.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SiteDayEndRequest {
    pub id: String,
    pub day_end: String,
}

/// A site, and whether its links are tried when they were made.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SiteTrialsRequest {
    pub id: String,
    pub tries_links: bool,
}

impl SiteView {
    pub(in crate::ipc) fn of(site: &Site) -> Self {
        Self {
            id: site.id.to_string(),
            name: site.name.to_string(),
            address: site.address.as_ref().map(|address| address.origin()),
            host: site.address.as_ref().map(|address| address.host().to_owned()),
            state: site.state(),
            keys: site.keys.iter().map(KeyView::of).collect(),
            signing_key_id: site.signing_key().map(|key| key.id.to_string()),
            new_key_id: site.new_key().map(|key| key.id.to_string()),
            lifetime: site.lifetime.as_ref().map(LifetimeRequest::of),
            day_end: site.day_end.to_string(),
            tries_links: site.tries_links,
            storage: site.storage.as_ref().map(StorageView::of),
            access_key_id: site
                .storage
                .as_ref()
                .and_then(|storage| storage.access_key.as_ref())
                .map(|id| id.as_str().to_owned()),
            is_set_up_begun: site.is_set_up_begun(),
        }
    }
}

impl StorageView {
    fn of(storage: &Storage) -> Self {
        let Storage { bucket, region, profile, origin_path, distribution, folder, access_key: _ } =
            storage;
        Self {
            bucket: bucket.as_str().to_owned(),
            region: region.as_str().to_owned(),
            profile: profile.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default(),
            origin_path: origin_path.as_str().to_owned(),
            distribution: distribution
                .as_ref()
                .map(|id| id.as_str().to_owned())
                .unwrap_or_default(),
            folder: folder.as_str().trim_end_matches('/').to_owned(),
        }
    }

    pub(in crate::ipc) fn typed(&self) -> TypedStorage<'_> {
        TypedStorage {
            bucket: &self.bucket,
            region: &self.region,
            profile: &self.profile,
            origin_path: &self.origin_path,
            distribution: &self.distribution,
            folder: &self.folder,
        }
    }
}

impl SiteListView {
    pub(in crate::ipc) fn of(app: &App) -> Self {
        Self {
            sites: app.sites().iter().map(SiteView::of).collect(),
            list_trouble: app.trouble().map(IpcError::from),
            changes_elsewhere: app.changes_elsewhere(),
        }
    }
}
