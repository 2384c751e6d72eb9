//! The links that open a document, as far as the history knows them: what ends when it is renamed or taken away,
//! and what opens other content when it is replaced.

use std::collections::HashMap;
use std::slice;

use chrono::TimeZone;
use percent_encoding::percent_decode_str;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::policy_resource::PolicyResource;

use crate::App;
use crate::history::{HistoryEntry, HistoryQuery, HistoryStoreError, MadeLink, Note, StateFilter};
use crate::key::RegisteredKey;
use crate::links::NewLink;
use crate::recipe::ChosenLimits;

/// The links of a document that have not ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DocumentLinks {
    /// Those that open it alone.
    pub own: usize,
    /// Those that open it among others of a folder.
    pub of_folders: usize,
}

/// What a link to a document is to be.
#[derive(Debug, Clone)]
pub struct WantedLink {
    /// How long it works.
    pub lifetime: Lifetime,
    /// From when, from where, and how much of the site.
    pub limits: ChosenLimits,
    /// What is noted of it.
    pub note: Note,
}

impl App {
    /// The links of each of these documents that have not ended, in their order.
    ///
    /// # Errors
    /// [`HistoryStoreError`].
    pub fn links_of(
        &self,
        documents: &[DocumentAddress],
        now: i64,
    ) -> Result<Vec<DocumentLinks>, HistoryStoreError> {
        let working = HistoryQuery {
            state: StateFilter::Working,
            take: usize::MAX,
            ..HistoryQuery::default()
        };
        let entries = self.history(&working, now)?.entries;
        Ok(counted(documents, entries.iter().map(|entry| &entry.made)))
    }

    /// The links of a document that have not ended, and so many of them, the newest first.
    ///
    /// # Errors
    /// [`HistoryStoreError`].
    pub fn links_opening(
        &self,
        document: &DocumentAddress,
        most: usize,
        now: i64,
    ) -> Result<(DocumentLinks, Vec<HistoryEntry>), HistoryStoreError> {
        let working = HistoryQuery {
            state: StateFilter::Working,
            take: usize::MAX,
            ..HistoryQuery::default()
        };
        let mut entries = self.history(&working, now)?.entries;
        entries.retain(|entry| opens(&entry.made, document));
        let links = counted(slice::from_ref(document), entries.iter().map(|entry| &entry.made));
        entries.truncate(most);
        Ok((links.first().copied().unwrap_or_default(), entries))
    }
}

fn opens(link: &MadeLink, document: &DocumentAddress) -> bool {
    match link.terms.resource() {
        Some(resource) => resource.opens(document.as_str()),
        None => document_of(&link.address) == document_of(document),
    }
}

fn counted<'a>(
    documents: &[DocumentAddress],
    links: impl Iterator<Item = &'a MadeLink>,
) -> Vec<DocumentLinks> {
    let (mut own, mut folders) = (HashMap::<_, usize>::new(), Vec::<&PolicyResource>::new());
    for link in links {
        match link.terms.resource() {
            Some(resource) => folders.push(resource),
            None => *own.entry(document_of(&link.address)).or_default() += 1,
        }
    }
    let links_of = |document: &DocumentAddress| DocumentLinks {
        own: own.get(&document_of(document)).copied().unwrap_or_default(),
        of_folders: folders.iter().filter(|folder| folder.opens(document.as_str())).count(),
    };
    documents.iter().map(links_of).collect()
}

/// What CloudFront fetches for an address: a query and the way in which a name is encoded make it no other document.
fn document_of(address: &DocumentAddress) -> (&str, Vec<u8>) {
    let path = address.path().split('?').next().unwrap_or_default();
    (address.host(), percent_decode_str(path).collect())
}

/// A new link would end so much later at most, as a part of its time, where one that was made before will do.
const PART_OF_ITS_TIME: i64 = 100;

/// AWS takes no request of a clock that is more wrong than that.
const CLOCK_SECONDS: i64 = 15 * 60;

impl App {
    /// The link of a document that was made since it was put there, by an earlier run that did not come to its end,
    /// where it ends as the wanted one would.
    pub(super) fn made_since<Z: TimeZone>(
        &self,
        put_at: i64,
        key: &RegisteredKey,
        address: &DocumentAddress,
        wanted: &WantedLink,
        now: i64,
        zone: &Z,
    ) -> Option<NewLink> {
        let WantedLink { lifetime, limits, .. } = wanted;
        let terms = self.conditions_for(&key.id, address, *lifetime, limits, now, zone).ok()?;
        let newest = HistoryQuery {
            state: StateFilter::Working,
            key: Some(key.id.clone()),
            take: usize::MAX,
            ..HistoryQuery::default()
        };
        let is_it = |made: &MadeLink| {
            let late = terms.expires_at() - made.terms.expires_at();
            made.address == *address
                && made.signer == key.signer()
                && made.created_at >= put_at - CLOCK_SECONDS
                && made.terms.ending(terms.expires_at()).ok().as_ref() == Some(&terms)
                && (0..=(terms.expires_at() - now) / PART_OF_ITS_TIME).contains(&late)
        };
        let entries = self.history(&newest, now).ok()?.entries;
        let entry = entries.into_iter().find(|entry| is_it(&entry.made))?;
        let link = self.sign_again(entry.id).ok()?;
        let MadeLink { address, terms, .. } = entry.made;
        Some(NewLink { link, address, terms, entry: Ok(Some(entry.id)) })
    }
}
