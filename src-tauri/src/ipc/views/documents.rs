//! The shapes in which a file of this computer crosses IPC on its way to a site: its name and size, never its place.

use serde::{Deserialize, Serialize};
use signet_app::Note;
use signet_app::sharing::{Caches, WantedLink};

use super::links::{LifetimeRequest, LinkLimits, LinkRequest, LinkView, Signer};
use crate::ipc::IpcError;

/// A file of this computer that was chosen or dropped.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DocumentView {
    /// Names it, as long as no other file is chosen.
    pub number: u32,
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// What is typed for a document of this name.
    pub typed: String,
}

/// The file to put on a site, and the link to make for it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ShareRequest {
    /// The number of the file.
    pub document: u32,
    /// The folder of the site into which it goes; mostly empty.
    pub folder: String,
    pub existing: Existing,
    pub signer: Signer,
    pub lifetime: LifetimeRequest,
    pub limits: LinkLimits,
    pub note: String,
}

/// What becomes of a document that is there already under that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Existing {
    /// Nothing, until it is said.
    Ask,
    /// It stays, and the new one gets another name.
    KeepBoth,
    /// The one that was shown is written over.
    Replace,
}

/// What came of putting a document on a site.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ShareOutcome {
    /// With what became of the caches, where it took the place of another one.
    Shared {
        link: Box<LinkView>,
        caches: Option<CachesView>,
    },
    AlreadyThere {
        already: AlreadyThereView,
    },
}

/// A document that is there under that name, beside the one that is to get there.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AlreadyThereView {
    pub name: String,
    /// In bytes.
    pub size: u64,
    pub put_at: i64,
    /// In bytes.
    pub own_size: u64,
    pub own_changed_at: Option<i64>,
    /// What the new one is called if both are kept.
    pub kept_as: String,
    /// How many links that were made here and still work open what is there; null where that is not known.
    pub links: Option<usize>,
}

/// Whether readers get the new document at once.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum CachesView {
    /// Within a minute or so.
    Told,
    /// They may get the old one for a day.
    NotTold,
}

impl CachesView {
    pub(in crate::ipc) fn of(caches: &Caches) -> Self {
        match caches {
            Caches::Told | Caches::Untouched => Self::Told,
            Caches::NotKnown | Caches::NotTold(_) => Self::NotTold,
        }
    }
}

/// How far a document is on its way.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ShareProgressView {
    /// In bytes.
    pub sent: u64,
    /// In bytes.
    pub size: u64,
}

impl ShareRequest {
    /// What the link is to be.
    pub(in crate::ipc) fn wanted(&self, now: i64) -> Result<WantedLink, IpcError> {
        Ok(WantedLink {
            lifetime: self.lifetime.parse(now)?,
            limits: self.limits.parse(now)?,
            note: Note::parse(&self.note)?,
        })
    }

    /// The link to make for the document, once it has its address.
    pub(in crate::ipc) fn link(self, address: String) -> LinkRequest {
        let Self { signer, lifetime, limits, note, .. } = self;
        LinkRequest { signer, address, lifetime, limits, note }
    }
}
