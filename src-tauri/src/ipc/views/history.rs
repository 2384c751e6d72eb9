//! The shapes in which the history crosses IPC: recipes of links, never a link.

use serde::{Deserialize, Serialize};
use signet_app::{
    App, EntryId, HistoryEntry, HistoryPage, HistoryQuery, HistorySort, KeyId, LinkRecipe,
    LinkState, Name, Note, RegisteredKey, Site, StateCounts, StateFilter,
};

use super::links::{LifetimeRequest, LinkLimits, Signer};
use crate::ipc::IpcError;
use crate::ipc::shown::network_text;

/// The links to list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HistoryRequest {
    pub search: String,
    pub state: Option<LinkState>,
    pub key_id: Option<String>,
    pub sort: HistorySort,
    pub skip: usize,
    pub take: usize,
}

/// Links that match.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HistoryView {
    pub entries: Vec<EntryView>,
    /// How many match in all.
    pub found: usize,
    pub total: usize,
    /// In which states they are, of all that match but for the state; null behind the first page, and
    /// where nothing was ever made.
    pub counts: Option<StateCounts>,
    /// How many of those asked for say nothing that this version understands.
    pub unreadable: usize,
}

/// A key that made a link of the list, or could.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HistoryKeyView {
    pub id: String,
    pub name: String,
    pub is_here: bool,
}

/// A link that was made.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EntryView {
    pub id: i64,
    pub file_name: String,
    pub url: String,
    pub host: String,
    pub key_id: String,
    /// As it is now; as it was for a key that was removed.
    pub key_name: String,
    pub key_is_here: bool,
    pub created_at: i64,
    pub starts_at: Option<i64>,
    pub expires_at: i64,
    pub network: Option<String>,
    /// Encoded path, with wildcards.
    pub folder: Option<String>,
    pub note: String,
}

/// A link of the list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EntryRequest {
    pub id: i64,
}

/// A link of the list and what is noted of it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NoteRequest {
    pub id: i64,
    pub note: String,
}

/// Links of the list.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EntriesRequest {
    pub ids: Vec<i64>,
}

/// The key whose working links are asked for.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LinksOfKeyRequest {
    pub key_id: String,
}

/// What the exported table holds.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExportRequest {
    pub with_links: bool,
}

/// What *New link* is filled with to make a link like an old one.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RecipeView {
    /// The site that has the key; null where none has it any more.
    pub signer: Option<Signer>,
    /// As a person types it on that site.
    pub address: String,
    pub limits: LinkLimits,
    pub lifetime: LifetimeRequest,
    /// For whom it was.
    pub note: String,
}

impl HistoryRequest {
    pub(in crate::ipc) fn parse(self) -> Result<HistoryQuery, IpcError> {
        let state = self.state.map_or(StateFilter::Any, StateFilter::Is);
        let key = match self.key_id {
            Some(id) => Some(KeyId::parse(&id).ok_or(IpcError::KeyUnknown)?),
            None => None,
        };
        let Self { search, sort, skip, take, .. } = self;
        Ok(HistoryQuery { search, state, key, sort, skip, take })
    }
}

impl HistoryView {
    pub(in crate::ipc) fn of(page: &HistoryPage, keys: &[RegisteredKey]) -> Self {
        Self {
            entries: page.entries.iter().map(|entry| EntryView::of(entry, keys)).collect(),
            found: page.found,
            total: page.total,
            counts: page.counts,
            unreadable: page.unreadable,
        }
    }
}

impl HistoryKeyView {
    pub(in crate::ipc) fn of((id, name): &(KeyId, Name), app: &App) -> Self {
        let name = name.as_str().to_owned();
        Self { id: id.to_string(), name, is_here: app.registered_key(id).is_some() }
    }
}

impl EntryView {
    pub(in crate::ipc) fn of(entry: &HistoryEntry, keys: &[RegisteredKey]) -> Self {
        let made = &entry.made;
        Self {
            id: entry.id.0,
            file_name: made.address.file_name(),
            url: made.address.as_str().to_owned(),
            host: made.address.host().to_owned(),
            key_id: made.key.to_string(),
            key_name: made.key_name.as_str().to_owned(),
            key_is_here: keys.iter().any(|key| key.id == made.key),
            created_at: made.created_at,
            starts_at: made.terms.starts_at(),
            expires_at: made.terms.expires_at(),
            network: made.terms.network().map(network_text),
            folder: made.terms.resource().map(|resource| resource.path().to_owned()),
            note: entry.note.as_str().to_owned(),
        }
    }
}

impl EntriesRequest {
    pub(in crate::ipc) fn parse(self) -> Vec<EntryId> {
        self.ids.into_iter().map(EntryId).collect()
    }
}

impl RecipeView {
    pub(in crate::ipc) fn of(site: Option<&Site>, recipe: &LinkRecipe, note: &Note) -> Self {
        let LinkRecipe { address, lifetime, limits } = recipe;
        let start = limits.start.map(|start| start.format("%Y-%m-%dT%H:%M:%S").to_string());
        Self {
            signer: site.map(|site| Signer::Site { id: site.id.to_string() }),
            address: address.clone(),
            limits: LinkLimits {
                // The seconds are only said where there are some: it is a date-and-time field's text.
                start: start.map(|text| text.strip_suffix(":00").unwrap_or(&text).to_owned()),
                network: limits.network.map(network_text).unwrap_or_default(),
                folder: limits.folder.clone(),
            },
            lifetime: LifetimeRequest::of(lifetime),
            note: note.as_str().to_owned(),
        }
    }
}
