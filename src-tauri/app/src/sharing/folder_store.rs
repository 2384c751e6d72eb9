//! The storage of a site as long as somebody looks through its folders: one line to it for all of them.

use super::site_documents::OpenDocumentsError;
use crate::access_keys::document_login;
use crate::ask_error::AskError;
use crate::documents::{DocumentStore, DocumentStores, Folder, Listing, MAX_LISTED, PageMark};
use crate::login::Login;
use crate::reach::Reach;
use crate::site::Site;
use crate::storage::Storage;

/// An open storage, for its folders.
pub struct FolderStore<S> {
    storage: Storage,
    store: S,
}

impl<S: DocumentStore> FolderStore<S> {
    /// Opens the storage of a site with its own access key or login, which it has in its hands until it is dropped.
    ///
    /// # Errors
    /// [`OpenDocumentsError`].
    pub async fn open<A: DocumentStores<Store = S>, R: Reach>(
        stores: &A,
        app: &R,
        site: &Site,
    ) -> Result<Self, OpenDocumentsError> {
        let storage = site.storage.clone().ok_or(OpenDocumentsError::NoStorage)?;
        let login = document_login(app, &site.id, &storage, Login::default()).await?;
        let store = stores.open(&login, &storage.place()).await?;
        Ok(Self { storage, store })
    }

    /// Whether this is where the documents of a site lie now, and by which login.
    pub fn is_of(&self, site: &Site) -> bool {
        site.storage.as_ref() == Some(&self.storage)
    }

    /// One answer: as much of a folder as there is in one.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn list(
        &self,
        folder: &Folder,
        after: Option<&PageMark>,
    ) -> Result<Listing, AskError> {
        self.store.list(folder, after, MAX_LISTED).await
    }
}
