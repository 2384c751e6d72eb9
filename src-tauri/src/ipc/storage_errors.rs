//! What a site's storage did not do, as the window says it: to staff, with what their IT person needs to know.

use signet_app::Storage;
use signet_app::documents::{AskError, NotKept, PutError, Unreadable, UploadHoldError};
use signet_app::sharing::{OpenDocumentsError, PlanDocumentError, PutDocumentError};
use signet_cloudfront::foreign;
use signet_setup::permissions::{self, DocumentsScope};

use super::IpcError;

/// What an error is about.
pub(super) struct Saying<'a> {
    pub(super) file_name: &'a str,
    pub(super) storage: Option<&'a Storage>,
}

impl Saying<'_> {
    pub(super) fn not_open(&self, error: OpenDocumentsError) -> IpcError {
        match error {
            OpenDocumentsError::Unknown => IpcError::SiteUnknown,
            OpenDocumentsError::NoStorage => IpcError::SiteTakesNoDocuments,
            OpenDocumentsError::NotSetUp => IpcError::KeyUnknown,
            OpenDocumentsError::Ask(error) => self.asked(error),
        }
    }

    pub(super) fn not_planned(&self, error: PlanDocumentError) -> IpcError {
        match error {
            PlanDocumentError::Name(why) => IpcError::DocumentName { file_name: self.name(), why },
            PlanDocumentError::Address(error) => error.into(),
            PlanDocumentError::Ask(error) => self.asked(error),
            PlanDocumentError::NotReached(error) => error.into(),
        }
    }

    pub(super) fn not_put(&self, error: PutDocumentError) -> IpcError {
        match error {
            PutDocumentError::Hold(UploadHoldError::Elsewhere) => IpcError::ShareElsewhere,
            PutDocumentError::Hold(UploadHoldError::NoLock { file }) => {
                IpcError::FolderLocked { file_name: name_of(&file) }
            }
            PutDocumentError::Hold(UploadHoldError::Save(error))
            | PutDocumentError::Save(error)
            | PutDocumentError::Put(PutError::Save(error)) => not_kept(&error),
            PutDocumentError::Unreadable(Unreadable { file }) => {
                IpcError::SetUpJournalUnreadable { file_name: name_of(&file) }
            }
            PutDocumentError::Address(error) => error.into(),
            PutDocumentError::Put(PutError::Ask(error)) => self.asked(error),
            PutDocumentError::Put(
                PutError::AlreadyThere { .. } | PutError::ChangedMeanwhile { .. },
            ) => IpcError::DocumentChangedThere { file_name: self.name() },
            PutDocumentError::Put(PutError::KmsKey { key }) => {
                IpcError::StorageLocked { key: key.map(|key| key.as_str().to_owned()) }
            }
            PutDocumentError::Put(PutError::TooLarge { most, .. }) => {
                IpcError::DocumentTooLarge { file_name: self.name(), most }
            }
            PutDocumentError::Put(PutError::File(why)) => {
                IpcError::DocumentTrouble { file_name: self.name(), why }
            }
            PutDocumentError::Put(PutError::Stopped { .. }) => IpcError::ShareStopped,
        }
    }

    /// AWS's answer, with the policy that gives what is not allowed.
    fn asked(&self, why: AskError) -> IpcError {
        let policy = match (&why, self.storage) {
            (AskError::NotAllowed { action }, Some(storage)) => {
                let root = storage.place().root();
                let scope = DocumentsScope {
                    bucket: &storage.bucket,
                    prefix: root.as_str(),
                    distribution: storage.distribution.as_ref(),
                    may_remove: false,
                };
                permissions::documents_for_action(action, &scope)
            }
            _ => None,
        };
        IpcError::Storage { policy: policy.map(|policy| format!("{policy:#}")), why }
    }

    fn name(&self) -> String {
        self.file_name.to_owned()
    }
}

fn not_kept(NotKept { file, why }: &NotKept) -> IpcError {
    IpcError::SetUpNotKept { file_name: name_of(file), reason: *why }
}

fn name_of(file: &std::path::Path) -> String {
    foreign::shown(&file.file_name().unwrap_or_default().to_string_lossy())
}
