//! What a site's storage did not do, as the window says it: to staff, with what their IT person needs to know.

use signet_app::Storage;
use signet_app::documents::{
    AskError, DocumentKey, KmsKey, NotKept, PutError, RemoveError, RenameError, RestoreError,
    Unreadable, UploadHoldError,
};
use signet_app::sharing::{
    OpenDocumentsError, PlanDocumentError, PutDocumentError, RenameDocumentError,
};
use signet_cloudfront::foreign;
use signet_setup::permissions::{self, DocumentsScope};

use super::IpcError;

/// What an error is about.
pub(super) struct Saying<'a> {
    pub(super) file_name: &'a str,
    pub(super) storage: Option<&'a Storage>,
}

impl Saying<'_> {
    /// About what has no name and no place.
    pub(super) fn nothing() -> Self {
        Self { file_name: "", storage: None }
    }

    /// What is written down of an upload, or of several, is not to be had.
    pub(super) fn not_held(&self, error: UploadHoldError) -> IpcError {
        self.not_put(error.into())
    }

    pub(super) fn not_open(&self, error: OpenDocumentsError) -> IpcError {
        match error {
            OpenDocumentsError::Unknown => IpcError::SiteUnknown,
            OpenDocumentsError::NoStorage => IpcError::SiteTakesNoDocuments,
            OpenDocumentsError::NotSetUp => IpcError::KeyUnknown,
            OpenDocumentsError::AccessKey(error) => error.into(),
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
            PutDocumentError::Put(PutError::KmsKey { key }) => locked(key),
            PutDocumentError::Put(PutError::TooLarge { most, .. }) => {
                IpcError::DocumentTooLarge { file_name: self.name(), most }
            }
            PutDocumentError::Put(PutError::File(why)) => {
                IpcError::DocumentTrouble { file_name: self.name(), why }
            }
            PutDocumentError::Put(PutError::Stopped { .. }) => IpcError::ShareStopped,
        }
    }

    pub(super) fn not_renamed(&self, error: RenameDocumentError, to: &DocumentKey) -> IpcError {
        let error = match error {
            RenameDocumentError::Address(error) => return error.into(),
            RenameDocumentError::Rename(error) => error,
        };
        let name = foreign::shown(to.name());
        match error {
            RenameError::Ask(error) => self.asked(error),
            RenameError::AlreadyThere { .. } => IpcError::DocumentNameTaken { name },
            RenameError::ChangedMeanwhile { .. } => self.not_as_shown(),
            RenameError::KmsKey { key } => locked(key),
            RenameError::TooLarge { most, .. } => {
                IpcError::DocumentTooLargeToRename { file_name: self.name(), most }
            }
            RenameError::HasBoth { .. } => {
                IpcError::DocumentHasBothNames { file_name: self.name(), name }
            }
        }
    }

    pub(super) fn not_removed(&self, error: RemoveError) -> IpcError {
        match error {
            RemoveError::Ask(error) => self.asked(error),
            RemoveError::ChangedMeanwhile { .. } => self.not_as_shown(),
        }
    }

    pub(super) fn not_restored(&self, error: RestoreError) -> IpcError {
        match error {
            RestoreError::Ask(error) => self.asked(error),
            RestoreError::NotKept => IpcError::DocumentNotKept { file_name: self.name() },
        }
    }

    fn not_as_shown(&self) -> IpcError {
        IpcError::DocumentNotAsShown { file_name: self.name() }
    }

    /// AWS's answer, with the policy that gives what is not allowed.
    pub(super) fn asked(&self, why: AskError) -> IpcError {
        let policy = match (&why, self.storage) {
            (AskError::NotAllowed { action, denied_by: None }, Some(storage)) => {
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

fn locked(key: Option<KmsKey>) -> IpcError {
    IpcError::StorageLocked { key: key.map(|key| key.as_str().to_owned()) }
}

fn not_kept(NotKept { file, why }: &NotKept) -> IpcError {
    IpcError::SetUpNotKept { file_name: name_of(file), reason: *why }
}

fn name_of(file: &std::path::Path) -> String {
    foreign::shown(&file.file_name().unwrap_or_default().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use signet_app::documents::{ETag, FileTrouble, KmsKey, StoredDocument};
    use signet_app::{SaveError, TypedStorage};

    use super::*;

    fn said(error: PutError) -> Value {
        let storage = Storage::parse(&TypedStorage {
            bucket: "client-papers",
            region: "eu-central-1",
            origin_path: "shared",
            ..TypedStorage::default()
        });
        let storage = storage.unwrap();
        let saying = Saying { file_name: "Contract.pdf", storage: Some(&storage) };
        serde_json::to_value(saying.not_put(PutDocumentError::Put(error))).unwrap()
    }

    #[test]
    fn what_is_not_allowed_comes_with_the_policy_for_this_part_of_the_bucket_alone() {
        let error = said(PutError::Ask(AskError::NotAllowed {
            action: "s3:PutObject".into(),
            denied_by: None,
        }));
        assert_eq!((&error["code"], &error["why"]), (&json!("storage"), &json!("notAllowed")));
        let policy: Value = serde_json::from_str(error["policy"].as_str().unwrap()).unwrap();
        assert_eq!(
            policy["Statement"],
            json!([{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::client-papers/shared/*" }])
        );
        // An action that Signet never needs has none.
        let error = said(PutError::Ask(AskError::NotAllowed {
            action: "s3:PutBucketAcl".into(),
            denied_by: None,
        }));
        assert_eq!(error["policy"], Value::Null);
    }

    #[test]
    fn what_becomes_of_a_document_that_is_there_names_it() {
        let saying = Saying { file_name: "Contract.pdf", storage: None };
        let to = DocumentKey::parse("reports/Vertrag.pdf").unwrap();
        let etag = ETag::parse("e").unwrap();
        let there = StoredDocument { key: to.clone(), size: 1, modified: 0, etag };
        let not_as_shown = json!({ "code": "documentNotAsShown", "fileName": "Contract.pdf" });
        let renamed = |error| {
            let error = saying.not_renamed(RenameDocumentError::Rename(error), &to);
            serde_json::to_value(error).unwrap()
        };
        for (error, expected) in [
            (
                RenameError::AlreadyThere { there: there.clone() },
                json!({ "code": "documentNameTaken", "name": "Vertrag.pdf" }),
            ),
            (RenameError::ChangedMeanwhile { there: None }, not_as_shown.clone()),
            (RenameError::KmsKey { key: None }, json!({ "code": "storageLocked", "key": null })),
            (
                RenameError::TooLarge { size: 6 << 30, most: 5 << 30 },
                json!({ "code": "documentTooLargeToRename", "fileName": "Contract.pdf", "most": 5_u64 << 30 }),
            ),
            (
                RenameError::HasBoth { document: there, why: AskError::Unreachable.into() },
                json!({ "code": "documentHasBothNames", "fileName": "Contract.pdf", "name": "Vertrag.pdf" }),
            ),
        ] {
            assert_eq!(renamed(error), expected);
        }
        let removed = saying.not_removed(RemoveError::ChangedMeanwhile { there: None });
        assert_eq!(serde_json::to_value(removed).unwrap(), not_as_shown);
        let restored = saying.not_restored(RestoreError::NotKept);
        assert_eq!(
            serde_json::to_value(restored).unwrap(),
            json!({ "code": "documentNotKept", "fileName": "Contract.pdf" })
        );
        // What is missing for a removal is in the policy for it.
        let error = saying.not_removed(AskError::Busy.into());
        assert_eq!(serde_json::to_value(error).unwrap()["why"], "busy");
    }

    #[test]
    fn each_answer_of_a_storage_keeps_why() {
        for (error, why) in [
            (AskError::NoLogin, "noLogin"),
            (AskError::LoginUnusable, "loginUnusable"),
            (AskError::LoginOfTools { profile: None }, "loginOfTools"),
            (AskError::LoginExpired, "loginExpired"),
            (AskError::AccessKeyUnknown, "accessKeyUnknown"),
            (AskError::AccessKeyMismatch, "accessKeyMismatch"),
            (AskError::WrongClock, "wrongClock"),
            (AskError::Conflict, "conflict"),
            (AskError::NoBucket, "noBucket"),
            (AskError::NoDistribution, "noDistribution"),
            (AskError::WrongRegion { region: None }, "wrongRegion"),
            (AskError::Busy, "busy"),
            (AskError::Unreachable, "unreachable"),
            (AskError::Unexpected { action: "s3:PutObject" }, "unexpected"),
        ] {
            let error = said(PutError::Ask(error));
            assert_eq!((&error["code"], &error["why"]), (&json!("storage"), &json!(why)));
        }
    }

    #[test]
    fn what_becomes_of_a_file_names_it_and_no_place() {
        let arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
        for (error, expected) in [
            (
                PutError::TooLarge { size: 6 << 40, most: 5 << 40 },
                json!({ "code": "documentTooLarge", "fileName": "Contract.pdf", "most": 5_u64 << 40 }),
            ),
            (
                PutError::File(FileTrouble::Shrank),
                json!({ "code": "documentTrouble", "fileName": "Contract.pdf", "why": "shrank" }),
            ),
            (
                PutError::ChangedMeanwhile { there: None },
                json!({ "code": "documentChangedThere", "fileName": "Contract.pdf" }),
            ),
            (
                PutError::KmsKey { key: KmsKey::in_words(arn) },
                json!({ "code": "storageLocked", "key": arn }),
            ),
            (PutError::Stopped { is_gone: true }, json!({ "code": "shareStopped" })),
            (
                PutError::Save(NotKept {
                    file: "/home/a/upload-1.json".into(),
                    why: SaveError::DiskFull,
                }),
                json!({ "code": "setUpNotKept", "fileName": "upload-1.json", "reason": "diskFull" }),
            ),
        ] {
            assert_eq!(said(error), expected);
        }
    }
}
