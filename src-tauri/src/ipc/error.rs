//! The one error that crosses IPC: a code, why where the code has more than one reason, and the data its
//! sentence needs.
//!
//! A code carries the error of the crate below as it is. Errors of operations, which only join others, are
//! matched exhaustively here, and `ui/src/copy/errors.ts` has a sentence for every code and why, so a new
//! error does not compile until somebody has written its words. No code carries a path, a passphrase or
//! anything else of a key.

use serde::{Serialize, Serializer};
use signet_app::documents::{DocumentKeyError, FileTrouble, OpenFileError};
use signet_app::setup::AskError;
use signet_app::{
    AccessKeyTextError, AddKeyError, AddSiteError, Busy, ChangeHashError, ChangeSiteError,
    CreateLinkError, EntryError, ForgetAccessKeyError, GoOnError, HistoryStoreError, KeychainError,
    LimitsError, MakeKeyError, NameError, NewKeyError, NoteError, OpenAccessKeyError, OpenKeyError,
    OrphanError, PlaceError, PlanError, RegisterKeyError, RememberSetUpError, RemoveKeyError,
    RemoveSiteError, RenameError, ReplaceKeyError, RestoreKeyError, RestoreOrphanError, SaveError,
    SetAccessKeyError, SetNoteError, SetStorageError, SettingsError, SignAgainError, StorageError,
    SwitchKeyError,
};
use signet_cloudfront::address::AddressError;
use signet_cloudfront::clock::ClockWrong;
use signet_cloudfront::document_list::{Doubt, RowEndError};
use signet_cloudfront::inspection::NotFound;
use signet_cloudfront::key_backup::PassphraseError;
use signet_cloudfront::key_file::KeyFileError;
use signet_cloudfront::lifetime::LifetimeError;
use signet_cloudfront::policy::NetworkWithoutReaders;
use signet_cloudfront::policy_resource::FolderError;
use signet_cloudfront::public_key_id::PublicKeyIdError;
use signet_cloudfront::signed_url::SignUrlError;
use signet_cloudfront::site::SiteAddressError;
use signet_os::key_file::ReadKeyFileError;
use signet_os::saved_file::SaveFileError;
use signet_setup::by_hand::DistributionArnError;
use signet_setup::distribution_config::Unfit;
use signet_setup::document_login::DocumentLoginObstacle;
use signet_setup::guide::{FieldError, GuideStep, Incomplete};
use signet_setup::{
    AwsProfileError, BucketError, DistributionIdError, RegionError, SetupResultError,
};

use super::made_thing::{LeftView, MadeThing};
use super::shown::{network_text, said};
use crate::native::{ClipboardError, OpenError, PrintError};
use signet_practice::StartPracticeError;

/// What went wrong, for the web UI to say in words. Whatever of it came from outside crosses as text that
/// can be seen: it is said, and never used again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(remote = "Self", tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[rustfmt::skip]
pub enum IpcError {
    Name(NameError),
    NameTaken { name: String },
    Site(SiteAddressError),
    PublicKeyId(PublicKeyIdError),
    PublicKeyIdOfOldKey,

    KeyFile {
        file_name: String,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: KeyFileError,
    },
    ReadKeyFile {
        file_name: String,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: ReadKeyFileError,
    },
    KeyFileIsOtherKey { file_name: String },
    NoPendingKey,
    KeyTaken { name: String },
    KeyUnfinished { name: String },
    KeyBeingReplaced { name: String },
    NewPassphrase(PassphraseError),
    NewPassphraseDiffers,

    Keychain(KeychainError),
    KeyMissing { name: String },
    KeyUnknown,
    SiteUnknown,
    /// The site has a key, which another one can take the place of.
    SiteHasKey { name: String },
    /// Another key of the site says that it is there.
    SiteElsewhere { address: String },
    OrphanGone,

    Settings(SettingsError),
    KeyRenamedElsewhere { name: String },

    Address(AddressError),
    Lifetime(LifetimeError),
    ClockWrong { now: i64 },

    DayEndInvalid,
    /// What stands for the start is no point in time.
    Start(RowEndError),
    /// Nothing stands there, or it is before every link.
    StartInvalid,
    StartAfterEnd,
    NetworkInvalid,
    NetworkIsIpv6,
    NetworkWithoutReaders { network: String },
    Folder(FolderError),
    FolderMissesDocument,

    NothingPasted,
    NoLinkFound,
    TrialCancelled,
    TrialNotPossible,

    ListEmpty,
    ListTooLong { most: usize },
    ListTooLarge { file_name: Option<String>, most: usize },
    ListNotText { file_name: Option<String> },
    ListUnreadable { file_name: String },
    End(RowEndError),
    EndColumnAsked { heading: String, number: usize, text: String },
    EndStartAsked { heading: String, number: usize, text: String },
    Row(Doubt),
    RowNetworkAsked { heading: String, number: usize, text: String },
    RowsHaveProblems { count: usize },
    NothingToMake,
    NoList,
    ManyBusy,
    ManyElsewhere,
    ManyGone,
    PrintFailed,

    SigningFailed,
    LinkTooLong { length: usize, most: usize },

    EntryUnknown,
    Note(NoteError),
    History(HistoryStoreError),

    ClipboardUnavailable,
    ClipboardDiffers,
    /// Nothing can be taken from it.
    ClipboardHasNoText,

    Bucket(BucketError),
    RegionInvalid,
    ProfileInvalid,
    DistributionId(DistributionIdError),
    Arn(DistributionArnError),
    SetUpIncomplete { step: GuideStep },
    SentBack(SetupResultError),

    NoFreePort,
    PracticeNotRunning,
    /// All documents of practice together have no more room than this, in bytes.
    PracticeFull { file_name: String, most: usize },

    NoDocument,
    /// In what was chosen there is no file that could go.
    NoFiles,
    TooManyFiles { most: usize },
    FolderUnreadable { name: String },
    OpenDocument {
        file_name: String,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: OpenFileError,
    },
    DocumentTrouble {
        file_name: String,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: FileTrouble,
    },
    DocumentName {
        file_name: String,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: DocumentKeyError,
    },
    DocumentFolder(DocumentKeyError),
    OriginPath(DocumentKeyError),
    DocumentHasNoAddress,
    /// So many copies of it are there that no more get a name.
    NoFreeName,
    SiteTakesNoDocuments,
    ShareStopped,
    ShareBusy,
    /// Another window or terminal puts it there this moment.
    ShareElsewhere,
    /// What is there under its name is not what was shown.
    DocumentChangedThere { file_name: String },
    DocumentTooLarge { file_name: String, most: u64 },
    /// Another one was opened since.
    FolderClosed,
    /// A document is not called that way.
    DocumentNewName(DocumentKeyError),
    /// A document of that name is there already.
    DocumentNameTaken { name: String },
    /// It is another version by now, or gone.
    DocumentNotAsShown { file_name: String },
    /// It has its new name, and the old one could not be taken away.
    DocumentHasBothNames { file_name: String, name: String },
    /// S3 copies no more than that, in bytes.
    DocumentTooLargeToRename { file_name: String, most: u64 },
    /// What was taken away is gone for good, or another one has its name.
    DocumentNotKept { file_name: String },
    /// Something else was done since, or it was undone.
    NothingToUndo,
    /// The site's documents are encrypted with a key that the login may not use.
    StorageLocked { key: Option<String> },
    /// What was chosen is no access key; without a file's name it was on the clipboard.
    AccessKeyText {
        file_name: Option<String>,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: AccessKeyTextError,
    },
    /// The keychain does not have the site's access key any more.
    AccessKeyMissing,
    /// With the policy that gives what is not allowed.
    Storage {
        policy: Option<String>,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: AskError,
    },

    /// With the bucket that was asked for, and the policy that gives what is not allowed.
    Aws {
        bucket: Option<String>,
        policy: Option<String>,
        #[serde(flatten)]
        #[cfg_attr(test, ts(flatten))]
        why: AskError,
    },

    SetUpOtherKey { id: String, name: String },
    SetUpKeyNotInGroup { name: String },
    SetUpUnfit { id: String, unfit: Unfit },
    SetUpPolicyUnreadable,
    /// The bucket's region is in a part of AWS that is by itself.
    SetUpOtherPartition { region: String },
    SetUpStopped,
    SetUpNotKept { file_name: String, reason: SaveError },
    SetUpJournalUnreadable { file_name: String },
    SetUpOtherAccount { account: String },
    SetUpInUse { thing: MadeThing, id: Option<String> },
    SetUpShared { id: String },
    SetUpStillOn { id: String },
    SetUpLeft { things: Vec<LeftView> },
    SetUpNothingMade,
    SetUpNotPlanned,
    SetUpBusy,
    SetUpElsewhere,
    SetUpNoLock { file_name: String },
    SetUpChangedElsewhere,
    SetUpOtherId { name: String, id: String, host: String },
    DocumentLogin(DocumentLoginObstacle),
    AccessKeyNotKept,

    SaveFailed { file_name: String, reason: SaveError },
    FileExists { file_name: String },
    FolderLocked { file_name: String },
    NotAFile { file_name: String },
    OpenFailed,
    OpenRefused,

    Internal,
}

impl Serialize for IpcError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct AsItIs<'a>(&'a IpcError);
        impl Serialize for AsItIs<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                IpcError::serialize(self.0, serializer)
            }
        }
        said(&AsItIs(self), serializer)
    }
}

impl IpcError {
    pub(super) fn of_restore(error: RestoreKeyError, file_name: String) -> Self {
        match error {
            RestoreKeyError::Unknown => Self::KeyUnknown,
            RestoreKeyError::OtherKey => Self::KeyFileIsOtherKey { file_name },
            RestoreKeyError::Keychain(error) => error.into(),
        }
    }

    pub(super) fn of_saving(error: SaveFileError, file_name: String) -> Self {
        let reason = match error {
            SaveFileError::IsThere => return Self::FileExists { file_name },
            SaveFileError::NotAFile => return Self::NotAFile { file_name },
            SaveFileError::FolderLocked => return Self::FolderLocked { file_name },
            SaveFileError::Full => SaveError::DiskFull,
            SaveFileError::NotAllowed => SaveError::ReadOnly,
            SaveFileError::NoFolder | SaveFileError::Other(_) => SaveError::Other,
        };
        Self::SaveFailed { file_name, reason }
    }
}

/// What is said as the crate below says it.
macro_rules! carried {
    ($($code:ident($error:ty)),* $(,)?) => {$(
        impl From<$error> for IpcError {
            fn from(error: $error) -> Self {
                Self::$code(error)
            }
        }
    )*};
}

carried![
    Name(NameError),
    Site(SiteAddressError),
    PublicKeyId(PublicKeyIdError),
    NewPassphrase(PassphraseError),
    Keychain(KeychainError),
    Settings(SettingsError),
    Address(AddressError),
    Lifetime(LifetimeError),
    Folder(FolderError),
    End(RowEndError),
    Row(Doubt),
    Note(NoteError),
    History(HistoryStoreError),
    Bucket(BucketError),
    DistributionId(DistributionIdError),
    Arn(DistributionArnError),
    SentBack(SetupResultError),
    DocumentLogin(DocumentLoginObstacle),
];

impl From<NewKeyError> for IpcError {
    fn from(error: NewKeyError) -> Self {
        match error {
            NewKeyError::Name(error) => error.into(),
            NewKeyError::Place(error) => error.into(),
            NewKeyError::Address(error) => error.into(),
            NewKeyError::PublicKeyId(error) => error.into(),
        }
    }
}

impl From<FieldError> for IpcError {
    fn from(error: FieldError) -> Self {
        match error {
            FieldError::Bucket(error) => error.into(),
            FieldError::Region(RegionError) => Self::RegionInvalid,
            FieldError::Distribution(error) => error.into(),
            FieldError::PublicKeyId(error) => error.into(),
            FieldError::Arn(error) => error.into(),
            FieldError::Domain(error) => error.into(),
        }
    }
}

impl From<Incomplete> for IpcError {
    fn from(Incomplete { step }: Incomplete) -> Self {
        Self::SetUpIncomplete { step }
    }
}

impl From<AddKeyError> for IpcError {
    fn from(error: AddKeyError) -> Self {
        match error {
            AddKeyError::Place(error) => error.into(),
            AddKeyError::Taken { name } => Self::KeyTaken { name },
            AddKeyError::Unfinished { name } => Self::KeyUnfinished { name },
            AddKeyError::Keychain(error) => error.into(),
            AddKeyError::Save(error) => error.into(),
        }
    }
}

impl From<PlaceError> for IpcError {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::NameTaken { name } => Self::NameTaken { name },
            PlaceError::SiteUnknown => Self::SiteUnknown,
            PlaceError::SiteHasKey { name } => Self::SiteHasKey { name },
        }
    }
}

impl From<AddSiteError> for IpcError {
    fn from(error: AddSiteError) -> Self {
        match error {
            AddSiteError::Name(error) => error.into(),
            AddSiteError::NameTaken { name } => Self::NameTaken { name },
            AddSiteError::Save(error) => error.into(),
        }
    }
}

impl From<SetStorageError> for IpcError {
    fn from(error: SetStorageError) -> Self {
        match error {
            SetStorageError::Storage(error) => match error {
                StorageError::Bucket(error) => error.into(),
                StorageError::Region(RegionError) => Self::RegionInvalid,
                StorageError::Profile(AwsProfileError) => Self::ProfileInvalid,
                StorageError::OriginPath(error) => Self::OriginPath(error),
                StorageError::Folder(error) => Self::DocumentFolder(error),
                StorageError::Distribution(error) => error.into(),
            },
            SetStorageError::Unknown => Self::SiteUnknown,
            SetStorageError::Save(error) => error.into(),
        }
    }
}

impl From<SetAccessKeyError> for IpcError {
    fn from(error: SetAccessKeyError) -> Self {
        match error {
            SetAccessKeyError::Unknown => Self::SiteUnknown,
            SetAccessKeyError::NoStorage => Self::SiteTakesNoDocuments,
            SetAccessKeyError::Keychain(error) => error.into(),
            SetAccessKeyError::Save(error) => error.into(),
        }
    }
}

impl From<ForgetAccessKeyError> for IpcError {
    fn from(error: ForgetAccessKeyError) -> Self {
        match error {
            ForgetAccessKeyError::Unknown => Self::SiteUnknown,
            ForgetAccessKeyError::Keychain(error) => error.into(),
            ForgetAccessKeyError::Save(error) => error.into(),
        }
    }
}

impl From<OpenAccessKeyError> for IpcError {
    fn from(error: OpenAccessKeyError) -> Self {
        match error {
            OpenAccessKeyError::None | OpenAccessKeyError::Missing { .. } => Self::AccessKeyMissing,
            OpenAccessKeyError::Keychain(error) => error.into(),
            OpenAccessKeyError::NotReached(error) => error.into(),
        }
    }
}

impl From<ChangeSiteError> for IpcError {
    fn from(error: ChangeSiteError) -> Self {
        match error {
            ChangeSiteError::Unknown => Self::SiteUnknown,
            ChangeSiteError::Save(error) => error.into(),
        }
    }
}

impl From<RemoveSiteError> for IpcError {
    fn from(error: RemoveSiteError) -> Self {
        match error {
            RemoveSiteError::Unknown => Self::SiteUnknown,
            RemoveSiteError::Key(error) => error.into(),
            RemoveSiteError::Save(error) => error.into(),
        }
    }
}

impl From<MakeKeyError> for IpcError {
    fn from(error: MakeKeyError) -> Self {
        match error {
            MakeKeyError::Name(error) => error.into(),
            MakeKeyError::Place(error) => error.into(),
            // A fault of the computer, of which no sentence could say more.
            MakeKeyError::Key(_) => Self::Internal,
            MakeKeyError::Keychain(error) => error.into(),
            MakeKeyError::Save(error) => error.into(),
        }
    }
}

impl From<RegisterKeyError> for IpcError {
    fn from(error: RegisterKeyError) -> Self {
        match error {
            RegisterKeyError::Unknown => Self::KeyUnknown,
            RegisterKeyError::Address(error) => error.into(),
            RegisterKeyError::PublicKeyId(error) => error.into(),
            RegisterKeyError::OtherAddress { address } => Self::SiteElsewhere { address },
            RegisterKeyError::IdTaken { .. } => Self::PublicKeyIdOfOldKey,
            RegisterKeyError::Save(error) => error.into(),
        }
    }
}

impl From<ReplaceKeyError> for IpcError {
    fn from(error: ReplaceKeyError) -> Self {
        match error {
            ReplaceKeyError::Unknown => Self::KeyUnknown,
            ReplaceKeyError::Begun { name } => Self::KeyBeingReplaced { name },
            ReplaceKeyError::Make(error) => error.into(),
        }
    }
}

impl From<SwitchKeyError> for IpcError {
    fn from(error: SwitchKeyError) -> Self {
        match error {
            SwitchKeyError::Unknown => Self::KeyUnknown,
            SwitchKeyError::PublicKeyId(error) => error.into(),
            SwitchKeyError::OldPublicKeyId => Self::PublicKeyIdOfOldKey,
            SwitchKeyError::Save(error) => error.into(),
        }
    }
}

impl From<RenameError> for IpcError {
    fn from(error: RenameError) -> Self {
        match error {
            RenameError::Unknown => Self::SiteUnknown,
            RenameError::Name(error) => error.into(),
            RenameError::NameTaken { name } => Self::NameTaken { name },
            RenameError::Changed { name } => Self::KeyRenamedElsewhere { name },
            RenameError::Save(error) => error.into(),
        }
    }
}

impl From<RemoveKeyError> for IpcError {
    fn from(error: RemoveKeyError) -> Self {
        match error {
            RemoveKeyError::Unknown => Self::KeyUnknown,
            RemoveKeyError::Keychain(error) => error.into(),
            RemoveKeyError::Save(error) => error.into(),
        }
    }
}

impl From<OrphanError> for IpcError {
    fn from(error: OrphanError) -> Self {
        match error {
            OrphanError::Unknown | OrphanError::NoKey => Self::OrphanGone,
            OrphanError::Listed { name } => Self::KeyTaken { name },
            OrphanError::Keychain(error) => error.into(),
            OrphanError::List(error) => error.into(),
        }
    }
}

impl From<RestoreOrphanError> for IpcError {
    fn from(error: RestoreOrphanError) -> Self {
        match error {
            RestoreOrphanError::Orphan(error) => error.into(),
            RestoreOrphanError::Name(error) => error.into(),
            RestoreOrphanError::NameTaken { name } => Self::NameTaken { name },
            RestoreOrphanError::Save(error) => error.into(),
        }
    }
}

impl From<ClockWrong> for IpcError {
    fn from(ClockWrong { now }: ClockWrong) -> Self {
        Self::ClockWrong { now }
    }
}

impl From<RememberSetUpError> for IpcError {
    fn from(error: RememberSetUpError) -> Self {
        match error {
            RememberSetUpError::Unknown => Self::SiteUnknown,
            RememberSetUpError::ChangedElsewhere { .. } => Self::SetUpChangedElsewhere,
            RememberSetUpError::Save(error) => error.into(),
        }
    }
}

impl From<CreateLinkError> for IpcError {
    fn from(error: CreateLinkError) -> Self {
        match error {
            CreateLinkError::Clock(error) => error.into(),
            CreateLinkError::Address(error) => error.into(),
            CreateLinkError::Lifetime(error) => error.into(),
            CreateLinkError::Limits(error) => error.into(),
            CreateLinkError::Key(error) => error.into(),
            CreateLinkError::Sign(error) => error.into(),
        }
    }
}

impl From<OpenKeyError> for IpcError {
    fn from(error: OpenKeyError) -> Self {
        match error {
            OpenKeyError::Unknown => Self::KeyUnknown,
            OpenKeyError::Missing { name } => Self::KeyMissing { name },
            OpenKeyError::Keychain(error) => error.into(),
            OpenKeyError::Stored(_) => KeychainError::Failed.into(),
        }
    }
}

impl From<SignUrlError> for IpcError {
    fn from(error: SignUrlError) -> Self {
        match error {
            SignUrlError::Signing(_) => Self::SigningFailed,
            SignUrlError::NotCovered => Self::FolderMissesDocument,
            SignUrlError::TooLong { length, most } => Self::LinkTooLong { length, most },
        }
    }
}

impl From<EntryError> for IpcError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::Unknown => Self::EntryUnknown,
            EntryError::HistoryStore(error) => error.into(),
        }
    }
}

impl From<SetNoteError> for IpcError {
    fn from(error: SetNoteError) -> Self {
        match error {
            SetNoteError::Note(error) => error.into(),
            SetNoteError::Entry(error) => error.into(),
        }
    }
}

impl From<SignAgainError> for IpcError {
    fn from(error: SignAgainError) -> Self {
        match error {
            SignAgainError::Entry(error) => error.into(),
            SignAgainError::Key(error) => error.into(),
            SignAgainError::Sign(error) => error.into(),
        }
    }
}

impl From<PlanError> for IpcError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Busy => Self::ManyBusy,
            PlanError::Problems { count } => Self::RowsHaveProblems { count },
            PlanError::Nothing => Self::NothingToMake,
            PlanError::Lifetime(error) => error.into(),
            PlanError::Clock(error) => error.into(),
        }
    }
}

impl From<GoOnError> for IpcError {
    fn from(error: GoOnError) -> Self {
        match error {
            GoOnError::Elsewhere => Self::ManyElsewhere,
            GoOnError::Gone => Self::ManyGone,
            GoOnError::HistoryStore(error) => error.into(),
        }
    }
}

impl From<Busy> for IpcError {
    fn from(Busy: Busy) -> Self {
        Self::ManyBusy
    }
}

impl From<PrintError> for IpcError {
    fn from(PrintError: PrintError) -> Self {
        Self::PrintFailed
    }
}

impl From<LimitsError> for IpcError {
    fn from(error: LimitsError) -> Self {
        match error {
            LimitsError::StartInvalid => Self::StartInvalid,
            LimitsError::StartsAfterEnd => Self::StartAfterEnd,
            LimitsError::Network(NetworkWithoutReaders { network }) => {
                Self::NetworkWithoutReaders { network: network_text(network) }
            }
            LimitsError::Folder(error) => error.into(),
            LimitsError::FolderMissesDocument => Self::FolderMissesDocument,
        }
    }
}

impl From<ChangeHashError> for IpcError {
    fn from(error: ChangeHashError) -> Self {
        match error {
            ChangeHashError::Unknown => Self::KeyUnknown,
            // The window offers no choice for a P-256 key.
            ChangeHashError::Fixed => Self::Internal,
            ChangeHashError::Save(error) => error.into(),
        }
    }
}

impl From<NotFound> for IpcError {
    fn from(error: NotFound) -> Self {
        match error {
            NotFound::Empty => Self::NothingPasted,
            NotFound::NoAddress => Self::NoLinkFound,
        }
    }
}

impl From<ClipboardError> for IpcError {
    fn from(error: ClipboardError) -> Self {
        match error {
            ClipboardError::Unavailable => Self::ClipboardUnavailable,
            ClipboardError::Differs => Self::ClipboardDiffers,
        }
    }
}

impl From<OpenError> for IpcError {
    fn from(OpenError: OpenError) -> Self {
        Self::OpenFailed
    }
}

impl From<StartPracticeError> for IpcError {
    fn from(error: StartPracticeError) -> Self {
        match error {
            StartPracticeError::NoFreePort => Self::NoFreePort,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_cloudfront::moment::MomentError;

    #[test]
    fn an_error_repeats_no_secret_and_keeps_what_a_person_needs() {
        let key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgq8Zk3WmTt0Lx9Rv5Hn2Bj7Yc1Df4Gs6PaKeQwX";
        for (error, shape) in [
            (
                RowEndError {
                    text: key.to_owned(),
                    why: MomentError::Unreadable { suggestion: None },
                }
                .into(),
                serde_json::json!({ "code": "end", "why": "unreadable", "text": "…[hidden]", "suggestion": null }),
            ),
            (
                SetupResultError::SeveralSites {
                    hosts: vec![key.to_owned(), "a.example".to_owned()],
                }
                .into(),
                serde_json::json!({ "code": "sentBack", "why": "severalSites", "hosts": ["…[hidden]", "a.example"] }),
            ),
            (
                IpcError::of_asking(
                    AskError::PolicyRefused {
                        message: "AKIAIOSFODNN7EXAMPLE is unknown".to_owned(),
                    },
                    None,
                ),
                serde_json::json!({
                    "code": "aws", "why": "policyRefused", "message": "…[hidden] is unknown",
                    "bucket": null, "policy": null,
                }),
            ),
            (
                IpcError::SaveFailed {
                    file_name: "Links of 2026 (2).csv".to_owned(),
                    reason: SaveError::DiskFull,
                },
                serde_json::json!({ "code": "saveFailed", "fileName": "Links of 2026 (2).csv", "reason": "diskFull" }),
            ),
            (IpcError::KeyUnknown, serde_json::json!({ "code": "keyUnknown" })),
        ] {
            assert_eq!(serde_json::to_value(&error).unwrap(), shape);
        }
    }

    #[test]
    fn what_is_said_can_be_seen() {
        let said = |error: &IpcError| serde_json::to_value(error).unwrap();
        let file_name = "a\u{202e}\u{1b}[2J\nb.pem".to_owned();
        assert_eq!(
            said(&IpcError::KeyFile { file_name, why: KeyFileError::Empty }),
            serde_json::json!({ "code": "keyFile", "why": "empty", "fileName": "a[U+202E][U+001B][2J[U+000A]b.pem" })
        );
        let hosts = vec!["a\u{200b}".to_owned(), "é".repeat(2_000)];
        let several = said(&SetupResultError::SeveralSites { hosts }.into());
        assert_eq!(several["hosts"][0], "a[U+200B]");
        assert_eq!(several["hosts"][1].as_str().unwrap().chars().count(), 1_001);
        let policy = Some("{\n  \"a\": \"\u{9b}\"\n}".to_owned());
        let denied = said(&IpcError::Aws {
            bucket: None,
            policy,
            why: AskError::NotAllowed { action: "s3:Get".to_owned(), denied_by: None },
        });
        assert_eq!(denied["policy"], "{\n  \"a\": \"[U+009B]\"\n}");
        assert_eq!(
            said(&NameError::Empty.into()),
            serde_json::json!({ "code": "name", "why": "empty" })
        );
    }

    #[test]
    fn each_reason_for_not_saving_has_its_code() {
        let of = |error| IpcError::of_saving(error, "a.csv".to_owned());
        let file_name = || "a.csv".to_owned();
        let failed = |reason| IpcError::SaveFailed { file_name: file_name(), reason };
        for (error, code) in [
            (SaveFileError::IsThere, IpcError::FileExists { file_name: file_name() }),
            (SaveFileError::NotAFile, IpcError::NotAFile { file_name: file_name() }),
            (SaveFileError::FolderLocked, IpcError::FolderLocked { file_name: file_name() }),
            (SaveFileError::Full, failed(SaveError::DiskFull)),
            (SaveFileError::NotAllowed, failed(SaveError::ReadOnly)),
            (SaveFileError::NoFolder, failed(SaveError::Other)),
        ] {
            assert_eq!(of(error), code);
        }
    }
}
