//! Files that become documents of a site and links, one after the other.
//!
//! What is written down of each stays until all of them are done: the same files once more, after a stop, a kill or a
//! mended mistake, find those that are there, and nothing is sent or made twice.

use std::sync::Arc;

use chrono::TimeZone;
use thiserror::Error;

use super::document_links::WantedLink;
use super::many_files::{ManyFiles, Replaces, SharedFile};
use super::site_documents::{
    DocumentThere, LinkDocumentError, PlanDocumentError, PlannedDocument, PutDocumentError,
    ShowUpload, SiteDocuments,
};
use crate::ask_error::AskError;
use crate::documents::{
    DocumentKeyError, DocumentStore, Folder, FoundFile, LocalFile, LocalFiles, OpenFileError,
    PutError, Uploads,
};
use crate::reach::{NotReached, Reach};

/// How and where files are shared.
pub struct ShareMany<'a, L, Z, C> {
    /// How files are opened.
    pub files: L,
    /// The folder of the storage in which they come to lie, or in folders of it.
    pub target: &'a Folder,
    /// The link that each gets; `None` where the documents alone are wanted.
    pub wanted: Option<&'a WantedLink>,
    /// Unix time.
    pub clock: C,
    /// The time zone of whoever wants it.
    pub zone: Z,
}

/// Why a file is no document with a link.
#[derive(Debug, Error)]
pub enum ShareFileError {
    /// It cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenFileError),
    /// It lies in a folder that no document can lie in.
    #[error(transparent)]
    Folder(#[from] DocumentKeyError),
    /// There is no place for it.
    #[error(transparent)]
    Plan(#[from] PlanDocumentError),
    /// Another one of these files lies under its name, and would be replaced.
    #[error("another one of these files lies under that name")]
    Twice,
    /// It could have no link, so nothing was sent.
    #[error(transparent)]
    NotLinkable(LinkDocumentError),
    /// It was not put there.
    #[error(transparent)]
    Put(#[from] PutDocumentError),
    /// It is there, and has no link.
    #[error("{why}")]
    NotLinked {
        /// It.
        file: Box<SharedFile>,
        /// Why.
        why: LinkDocumentError,
    },
    /// The disk was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
}

/// What whoever shares files does meanwhile.
pub trait ShowMany: ShowUpload + Send {
    /// A document takes the place of this one in a moment.
    fn replaces(&mut self, there: &DocumentThere);

    /// What became of a file.
    fn ended(&mut self, row: usize, file: &FoundFile, became: Result<&SharedFile, &ShareFileError>);
}

/// Passes on how far it is.
struct Showing<'a, E> {
    many: &'a ManyFiles<E>,
    show: &'a mut dyn ShowMany,
}

impl<E> ShowUpload for Showing<'_, E> {
    fn sent(&mut self, bytes: u64) {
        self.many.sent(bytes);
        self.show.sent(bytes);
    }

    fn is_stopped(&self) -> bool {
        self.many.is_stopped() || self.show.is_stopped()
    }
}

impl<S: DocumentStore, U: Uploads, R: Reach> SiteDocuments<'_, S, U, R> {
    /// Looks where each file would lie and what is there already. Nothing is changed. Gives whether the files go at once:
    /// [`ManyFiles::looked`].
    pub async fn look_at_all<E, L, Z, C>(
        &self,
        many: &ManyFiles<E>,
        how: &ShareMany<'_, L, Z, C>,
        say: impl Fn(&FoundFile, ShareFileError) -> E + Sync,
    ) -> bool
    where
        E: Send,
        L: LocalFiles,
        Z: TimeZone + Clone + Send + Sync + 'static,
        C: Fn() -> i64 + Sync,
    {
        let mut from = 0;
        while let Some(row) = many.next(from) {
            from = row + 1;
            let Some(file) = many.files().get(row) else { break };
            match self.plan_file(file, how).await {
                // What an earlier run put there is no other document.
                Ok((planned, _)) => {
                    many.found(row, planned.there.filter(|_| planned.begun.is_none()))
                }
                Err(error) if error.is_for_all() => many.halted(Some(say(file, error))),
                // It is refused once more when it is its turn, and may be mended until then.
                Err(_) => many.found(row, None),
            }
        }
        many.looked()
    }

    /// Shares all files that are not there yet: each becomes a document, and then gets its link. Gives whether all are there:
    /// then whatever would go on with them is to be forgotten, and after that what is written down of each
    /// ([`SiteDocuments::finish_all`]). The other way round a kill between the two would have them gone on with as new ones.
    pub async fn share_all<E, L, Z, C>(
        &self,
        many: &ManyFiles<E>,
        how: &ShareMany<'_, L, Z, C>,
        show: &mut dyn ShowMany,
        say: impl Fn(&FoundFile, ShareFileError) -> E + Sync,
    ) -> bool
    where
        E: Send,
        L: LocalFiles,
        Z: TimeZone + Clone + Send + Sync + 'static,
        C: Fn() -> i64 + Sync,
    {
        let mut from = 0;
        while !show.is_stopped()
            && let Some(row) = many.next(from)
        {
            from = row + 1;
            let Some(file) = many.files().get(row) else { break };
            match self.share_file(many, row, file, how, show).await {
                Ok(shared) => {
                    show.ended(row, file, Ok(&shared));
                    many.shared(row, shared);
                }
                Err(error) => {
                    show.ended(row, file, Err(&error));
                    if is_stop(&error) {
                        many.halted(None);
                    } else if error.is_for_all() {
                        many.halted(Some(say(file, error)));
                    } else {
                        many.failed(row, say(file, error));
                    }
                }
            }
        }
        many.ended()
    }

    /// Forgets what is written down of the files that are there: nobody wants them once more.
    pub fn finish_all<E>(&self, many: &ManyFiles<E>) {
        for put in many.shared_files(|_, file| file.put.clone()).iter().flatten() {
            // Found again, it is done again to no effect.
            let _: Result<(), _> = self.finish(put);
        }
    }

    /// Takes back what of files that are not there is in the storage. Where that does not work it is found again.
    pub async fn discard_rest<E: Send>(&self, many: &ManyFiles<E>) {
        self.finish_all(many);
        for upload in self.unfinished() {
            let is_of_these = many.files().iter().any(|file| *file.path == *upload.file.path());
            if is_of_these && !many.is_taken(&upload.key) {
                // What is whole stays.
                let _: Result<(), _> = self.discard(upload).await;
            }
        }
    }

    async fn plan_file<L, Z, C>(
        &self,
        file: &FoundFile,
        how: &ShareMany<'_, L, Z, C>,
    ) -> Result<(PlannedDocument, Arc<L::File>), ShareFileError>
    where
        L: LocalFiles,
        Z: Sync,
        C: Fn() -> i64 + Sync,
    {
        let (files, path) = (how.files.clone(), file.path.clone());
        let opened = Arc::new(self.app.disk(move |_| files.open(&path)).await??);
        let folder = how.target.within(&file.folder)?;
        let now = (how.clock)();
        let planned = self.plan(opened.facts(), &folder, &file.name, now).await?;
        Ok((planned, opened))
    }

    async fn share_file<E, L, Z, C>(
        &self,
        many: &ManyFiles<E>,
        row: usize,
        file: &FoundFile,
        how: &ShareMany<'_, L, Z, C>,
        show: &mut dyn ShowMany,
    ) -> Result<SharedFile, ShareFileError>
    where
        E: Send,
        L: LocalFiles,
        Z: TimeZone + Clone + Send + Sync + 'static,
        C: Fn() -> i64 + Sync,
    {
        let (mut planned, opened) = self.plan_file(file, how).await?;
        let replaces = many.replaced_by(row);
        if replaces != Replaces::Nothing && many.is_taken(&planned.key) {
            return Err(ShareFileError::Twice);
        }
        if let Some(wanted) = how.wanted {
            let checked = self.check_link(&planned, wanted, (how.clock)(), how.zone.clone()).await;
            checked.map_err(ShareFileError::NotLinkable)?;
        }
        match (&replaces, &mut planned.there) {
            // Another one than was shown is refused.
            (Replaces::Version(etag), Some(there)) => there.document.etag = etag.clone(),
            (Replaces::WhatIsThere, Some(there)) if planned.begun.is_none() => show.replaces(there),
            _ => {}
        }
        let mut showing = Showing { many, show };
        let put = self.put(&planned, replaces.if_there(), opened, &mut showing).await?;
        let mut shared = SharedFile {
            name: self.name_of(put.document.key.as_str()).to_owned(),
            address: put.address.clone(),
            is_beside: put.document.key != planned.key,
            has_replaced: put.has_replaced,
            caches: put.caches.clone(),
            link: None,
            put: None,
        };
        if let Some(wanted) = how.wanted {
            match self.link(&put, wanted, (how.clock)(), how.zone.clone()).await {
                Ok(link) => shared.link = Some(link),
                Err(why) => {
                    shared.put = Some(put);
                    return Err(ShareFileError::NotLinked { file: Box::new(shared), why });
                }
            }
        }
        shared.put = Some(put);
        Ok(shared)
    }
}

fn is_stop(error: &ShareFileError) -> bool {
    matches!(error, ShareFileError::Put(PutDocumentError::Put(PutError::Stopped { .. })))
}

impl ShareFileError {
    /// Whether the other files would fare the same, so that nothing goes on.
    #[must_use]
    pub fn is_for_all(&self) -> bool {
        match self {
            // A keychain that is locked is so for all, and so is a clock that is wrong.
            Self::NotLinkable(_)
            | Self::NotLinked { .. }
            | Self::NotReached(_)
            | Self::Plan(PlanDocumentError::Ask(_) | PlanDocumentError::NotReached(_)) => true,
            Self::Put(error) => is_put_for_all(error),
            Self::Open(_) | Self::Folder(_) | Self::Plan(_) | Self::Twice => false,
        }
    }
}

fn is_put_for_all(error: &PutDocumentError) -> bool {
    matches!(
        error,
        PutDocumentError::Save(_)
            | PutDocumentError::Put(
                PutError::Ask(
                    AskError::NoLogin
                        | AskError::LoginUnusable
                        | AskError::LoginOfTools { .. }
                        | AskError::LoginExpired
                        | AskError::AccessKeyUnknown
                        | AskError::AccessKeyMismatch
                        | AskError::WrongClock
                        | AskError::NotAllowed { .. }
                        | AskError::AccountNotReady { .. }
                        | AskError::NoBucket
                        | AskError::WrongRegion { .. }
                        | AskError::Unreachable
                ) | PutError::KmsKey { .. }
                    | PutError::Save(_)
                    | PutError::Stopped { .. }
            )
    )
}
