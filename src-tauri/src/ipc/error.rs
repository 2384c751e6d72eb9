//! The one error that crosses IPC: a code and the data its sentence needs.
//!
//! Every error of every operation is matched exhaustively here, and `ui/src/copy/errors.ts` has a
//! sentence for every code, so a new error does not compile until somebody has written its words.
//! No code carries a path, a passphrase or anything else of a key.

use serde::{Serialize, Serializer};
use signet_app::{
    AddKeyError, AddSiteError, Busy, ChangeHashError, ChangeSiteError, CreateLinkError, EntryError,
    GoOnError, HistoryStoreError, KeychainError, LimitsError, MakeKeyError, NameError, NewKeyError,
    NoteError, OpenKeyError, OrphanError, PlaceError, PlanError, RegisterKeyError,
    RememberSetUpError, RemoveKeyError, RemoveSiteError, RenameError, ReplaceKeyError,
    RestoreKeyError, RestoreOrphanError, SaveError, SetNoteError, SettingsError, SignAgainError,
    SwitchKeyError,
};
use signet_cloudfront::address::AddressError;
use signet_cloudfront::clock::ClockWrong;
use signet_cloudfront::document_list::RowEndError;
use signet_cloudfront::inspection::NotFound;
use signet_cloudfront::key_backup::PassphraseError;
use signet_cloudfront::key_file::KeyFileError;
use signet_cloudfront::lifetime::LifetimeError;
use signet_cloudfront::moment::{FineUnit, MomentError, Reading};
use signet_cloudfront::policy_resource::FolderError;
use signet_cloudfront::public_key_id::PublicKeyIdError;
use signet_cloudfront::signed_url::SignUrlError;
use signet_cloudfront::site::SiteAddressError;
use signet_os::key_file::ReadKeyFileError;
use signet_os::saved_file::SaveFileError;
use signet_setup::by_hand::DistributionArnError;
use signet_setup::distribution_config::Unfit;
use signet_setup::guide::{FieldError, GuideStep, Incomplete};
use signet_setup::{BucketError, DistributionIdError, RegionError, SetupResultError};

use super::views::done_for_you::{LeftView, MadeThing};
use super::views::history::network_text;
use super::views::shown::said;
use crate::native::{ClipboardError, OpenError, PrintError};
use signet_practice::StartPracticeError;

/// What went wrong, for the web UI to say in words. Whatever of it came from outside crosses as text that
/// can be seen: it is said, and never used again.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(remote = "Self", tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[rustfmt::skip]
pub enum IpcError {
    NameEmpty,
    NameTooLong { most: usize },
    NameTaken { name: String },

    SiteEmpty,
    SiteInvalid,
    SiteNotSecure,
    SiteIsStorageAddress { host: String },
    SiteIsDistributionId { id: String },
    SiteIsConsole,
    SiteHasPath { path: String },
    SiteHasUserInfo,

    PublicKeyIdEmpty,
    PublicKeyIdIsDistributionId { id: String },
    PublicKeyIdIsKeyGroupId { id: String },
    PublicKeyIdIsAccessKey,
    PublicKeyIdIsPem,
    PublicKeyIdInvalid,

    KeyFileEmpty { file_name: String },
    KeyFileTooLarge { file_name: String },
    KeyFileNotRegular { file_name: String },
    KeyFileUnreadable { file_name: String },
    KeyFileNotFound { file_name: String },
    KeyFileIsPublicKey { file_name: String },
    KeyFileIsCertificate { file_name: String },
    KeyFileIsPutty { file_name: String },
    KeyFileIsOpenSsh { file_name: String },
    KeyFileIsJwk { file_name: String },
    KeyFileIsXml { file_name: String },
    KeyFileIsCsv { file_name: String },
    KeyFileIsOldEncrypted { file_name: String },
    KeyFileIsPkcs12 { file_name: String },
    KeyFileEncryptionUnsupported { file_name: String },
    KeyFileLockTooHeavy { file_name: String },
    KeyFileRsaSize { file_name: String, bits: usize },
    KeyFileOtherCurve { file_name: String },
    KeyFileOtherKind { file_name: String },
    KeyFileDamaged { file_name: String },
    KeyFileUnknown { file_name: String },
    KeyFileManyKeys { file_name: String },
    KeyFileIsOtherKey { file_name: String },
    PassphraseWrong,
    NoPendingKey,
    KeyTaken { name: String },
    KeyUnfinished { name: String },
    KeyBeingReplaced { name: String },
    PublicKeyIdOfOldKey,
    NewPassphraseTooShort { least: usize },
    NewPassphraseDiffers,

    KeychainAbsent,
    KeychainLocked,
    KeychainDismissed,
    KeychainSlow,
    KeychainBusy,
    KeychainFailed,
    KeyMissing { name: String },
    KeyUnknown,
    SiteUnknown,
    /// The site has a key, which another one can take the place of.
    SiteHasKey { name: String },
    /// Another key of the site says that it is there.
    SiteElsewhere { address: String },
    OrphanGone,

    SettingsNotSaved { reason: SaveError },
    SettingsBusy,
    SettingsNoLock,
    SettingsNewer,
    SettingsUnreadable,
    SettingsDamaged,
    KeyRenamedElsewhere { name: String },

    AddressEmpty,
    AddressNamesNoDocument,
    AddressOtherSite { host: String, site: String, suggestion: Option<String> },
    AddressIsFolder { folder: String },
    AddressIsPlaceholder { text: String },
    AddressIsHtml { suggestion: Option<String> },
    AddressOnComputer { site: Option<String> },
    AddressIsStorageAddress { host: String, suggestion: Option<String> },
    AddressForbiddenCharacter { character: String, name: Option<String>, suggestion: Option<String> },
    AddressHasBackslash { suggestion: Option<String> },
    AddressHasFragment { suggestion: Option<String> },
    AddressIsPattern { folder: Option<String>, suggestion: Option<String> },
    AddressHasQuestionMark { name: Option<String>, query: Option<String> },
    AddressGoesUp { suggestion: Option<String> },
    AddressSeveral { count: usize, suggestion: Option<String> },
    AddressWordsAround { suggestion: Option<String> },
    AddressIsFormula,
    AddressIsLink { suggestion: Option<String> },
    AddressIsSignedForS3 { suggestion: Option<String> },
    AddressHasSigningParameter { name: String, suggestion: Option<String> },
    AddressTooLong { length: usize, most: usize },
    AddressNotSecure { host: String, suggestion: Option<String> },
    AddressHasUserInfo,
    AddressInvalid { suggestion: Option<String> },
    AddressOtherScheme { scheme: String },

    LifetimeOver,
    LifetimeTooFar { years: u32 },
    LifetimeInvalid,
    ClockWrong {
        now: i64,
    },

    StartInvalid,
    StartAfterEnd,
    NetworkInvalid,
    NetworkIsIpv6,
    NetworkWithoutReaders { network: String },
    FolderOtherSite { site: String },
    FolderForbiddenCharacter { character: String },
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
    EndUnreadable { text: String, suggestion: Option<String> },
    EndAmbiguous { text: String, readings: [String; 2] },
    EndNoSuchDay { text: String, suggestion: Option<String> },
    EndNoSuchTime { text: String },
    EndOtherWeekday { text: String, suggestion: String },
    EndZoneUnknown { text: String, zone: String },
    EndColumnAsked { heading: String, number: usize, text: String },
    EndStartAsked { heading: String, number: usize, text: String },
    EndTooFine { text: String, unit: FineUnit, suggestion: String },
    RowSeveralColumns,
    RowSeveralDocuments,
    RowNoDocument,
    RowOpenQuote,
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
    NoteTooLong { most: usize },
    HistoryNotSaved { reason: SaveError },
    HistoryUnreadable,

    ClipboardUnavailable,
    ClipboardDiffers,

    BucketIsAddress { bucket: String },
    BucketInvalid,
    RegionInvalid,
    DistributionIdIsPublicKeyId,
    DistributionIdIsDomain,
    DistributionIdInvalid,
    ArnIsDistributionId { id: String },
    ArnIsPublicKeyId,
    ArnIsDomain,
    ArnIsBucket,
    ArnIsOther,
    ArnInvalid,
    SetUpIncomplete { step: GuideStep },
    SentBackPrivateKey,
    SentBackNoPublicKeyId,
    SentBackIsDistributionId { id: String },
    SentBackIsKeyGroupId { id: String },
    SentBackSeveralPublicKeyIds,
    SentBackNoSite,
    SentBackSeveralSites { hosts: Vec<String> },
    SentBackTooLong,

    NoFreePort,
    PracticeNotRunning,

    AwsNoLogin,
    AwsLoginUnusable,
    AwsLoginOfTools { profile: Option<String> },
    AwsLoginExpired,
    AwsWrongClock,
    AwsNotAllowed { action: String, policy: Option<String> },
    AwsConflict,
    AwsQuota { what: String },
    AwsNoBucket { bucket: String },
    AwsNoDistribution,
    AwsWrongRegion { region: Option<String> },
    AwsPublicAccessBlocked,
    AwsPolicyRefused { message: String },
    AwsBusy,
    AwsUnreachable,
    AwsEndless,
    AwsRefused { message: String },
    AwsUnexpected,

    SetUpOtherKey { id: String, name: String },
    SetUpKeyNotInGroup { name: String },
    SetUpUnfit { id: String, why: Unfit },
    SetUpPolicyUnreadable,
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
    pub(super) fn of_reading(error: ReadKeyFileError, file_name: String) -> Self {
        match error {
            ReadKeyFileError::NotFound => Self::KeyFileNotFound { file_name },
            ReadKeyFileError::NotRegular => Self::KeyFileNotRegular { file_name },
            ReadKeyFileError::TooLarge => Self::KeyFileTooLarge { file_name },
            ReadKeyFileError::Unreadable => Self::KeyFileUnreadable { file_name },
        }
    }

    pub(super) fn of_key_file(error: KeyFileError, file_name: String) -> Self {
        match error {
            KeyFileError::Empty => Self::KeyFileEmpty { file_name },
            KeyFileError::TooLarge => Self::KeyFileTooLarge { file_name },
            KeyFileError::PublicKey => Self::KeyFileIsPublicKey { file_name },
            KeyFileError::Certificate => Self::KeyFileIsCertificate { file_name },
            KeyFileError::Putty => Self::KeyFileIsPutty { file_name },
            KeyFileError::OpenSsh => Self::KeyFileIsOpenSsh { file_name },
            KeyFileError::Jwk => Self::KeyFileIsJwk { file_name },
            KeyFileError::Xml => Self::KeyFileIsXml { file_name },
            KeyFileError::LockTooHeavy => Self::KeyFileLockTooHeavy { file_name },
            KeyFileError::Csv => Self::KeyFileIsCsv { file_name },
            KeyFileError::OldEncrypted => Self::KeyFileIsOldEncrypted { file_name },
            KeyFileError::Pkcs12 => Self::KeyFileIsPkcs12 { file_name },
            KeyFileError::EncryptionUnsupported => Self::KeyFileEncryptionUnsupported { file_name },
            KeyFileError::RsaSize { bits } => Self::KeyFileRsaSize { file_name, bits },
            KeyFileError::OtherCurve => Self::KeyFileOtherCurve { file_name },
            KeyFileError::OtherKind => Self::KeyFileOtherKind { file_name },
            KeyFileError::Damaged => Self::KeyFileDamaged { file_name },
            KeyFileError::Unknown => Self::KeyFileUnknown { file_name },
            KeyFileError::ManyKeys => Self::KeyFileManyKeys { file_name },
            KeyFileError::WrongPassphrase => Self::PassphraseWrong,
        }
    }

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

impl From<NameError> for IpcError {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Empty => Self::NameEmpty,
            NameError::TooLong { most } => Self::NameTooLong { most },
        }
    }
}

impl From<SiteAddressError> for IpcError {
    fn from(error: SiteAddressError) -> Self {
        match error {
            SiteAddressError::Empty => Self::SiteEmpty,
            SiteAddressError::Invalid => Self::SiteInvalid,
            SiteAddressError::NotSecure => Self::SiteNotSecure,
            SiteAddressError::IsStorageAddress { host } => Self::SiteIsStorageAddress { host },
            SiteAddressError::IsDistributionId { id } => Self::SiteIsDistributionId { id },
            SiteAddressError::IsConsole => Self::SiteIsConsole,
            SiteAddressError::HasPath { path } => Self::SiteHasPath { path },
            SiteAddressError::HasUserInfo => Self::SiteHasUserInfo,
        }
    }
}

impl From<PublicKeyIdError> for IpcError {
    fn from(error: PublicKeyIdError) -> Self {
        match error {
            PublicKeyIdError::Empty => Self::PublicKeyIdEmpty,
            PublicKeyIdError::IsDistributionId { id } => Self::PublicKeyIdIsDistributionId { id },
            PublicKeyIdError::IsKeyGroupId { id } => Self::PublicKeyIdIsKeyGroupId { id },
            PublicKeyIdError::IsAccessKey => Self::PublicKeyIdIsAccessKey,
            PublicKeyIdError::IsPem => Self::PublicKeyIdIsPem,
            // The sentence says what an ID looks like.
            PublicKeyIdError::NotFilledIn
            | PublicKeyIdError::SmallLetters
            | PublicKeyIdError::Invalid => Self::PublicKeyIdInvalid,
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

impl From<BucketError> for IpcError {
    fn from(error: BucketError) -> Self {
        match error {
            BucketError::Empty => Self::SetUpIncomplete { step: GuideStep::Documents },
            BucketError::IsAddress { bucket } => Self::BucketIsAddress { bucket },
            BucketError::Invalid => Self::BucketInvalid,
        }
    }
}

impl From<DistributionIdError> for IpcError {
    fn from(error: DistributionIdError) -> Self {
        match error {
            DistributionIdError::Empty => Self::SetUpIncomplete { step: GuideStep::Documents },
            DistributionIdError::IsPublicKeyId => Self::DistributionIdIsPublicKeyId,
            DistributionIdError::IsDomain => Self::DistributionIdIsDomain,
            DistributionIdError::Invalid => Self::DistributionIdInvalid,
        }
    }
}

impl From<DistributionArnError> for IpcError {
    fn from(error: DistributionArnError) -> Self {
        match error {
            DistributionArnError::Empty => Self::SetUpIncomplete { step: GuideStep::Distribution },
            DistributionArnError::IsDistributionId { id } => {
                Self::ArnIsDistributionId { id: id.as_str().to_owned() }
            }
            DistributionArnError::IsPublicKeyId => Self::ArnIsPublicKeyId,
            DistributionArnError::IsDomain => Self::ArnIsDomain,
            DistributionArnError::IsBucketArn => Self::ArnIsBucket,
            DistributionArnError::IsOther => Self::ArnIsOther,
            DistributionArnError::Invalid => Self::ArnInvalid,
        }
    }
}

impl From<Incomplete> for IpcError {
    fn from(Incomplete { step }: Incomplete) -> Self {
        Self::SetUpIncomplete { step }
    }
}

impl From<SetupResultError> for IpcError {
    fn from(error: SetupResultError) -> Self {
        match error {
            SetupResultError::PrivateKey => Self::SentBackPrivateKey,
            SetupResultError::NoPublicKeyId { instead } => match instead {
                Some(PublicKeyIdError::IsDistributionId { id }) => {
                    Self::SentBackIsDistributionId { id }
                }
                Some(PublicKeyIdError::IsKeyGroupId { id }) => Self::SentBackIsKeyGroupId { id },
                _ => Self::SentBackNoPublicKeyId,
            },
            SetupResultError::SeveralPublicKeyIds => Self::SentBackSeveralPublicKeyIds,
            SetupResultError::NoSite => Self::SentBackNoSite,
            SetupResultError::SeveralSites { hosts } => Self::SentBackSeveralSites { hosts },
            SetupResultError::TooLong => Self::SentBackTooLong,
        }
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

impl From<PassphraseError> for IpcError {
    fn from(PassphraseError::TooShort { least }: PassphraseError) -> Self {
        Self::NewPassphraseTooShort { least }
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

impl From<KeychainError> for IpcError {
    fn from(error: KeychainError) -> Self {
        match error {
            KeychainError::Absent => Self::KeychainAbsent,
            KeychainError::Locked => Self::KeychainLocked,
            KeychainError::Dismissed => Self::KeychainDismissed,
            KeychainError::Slow => Self::KeychainSlow,
            KeychainError::Busy => Self::KeychainBusy,
            // Only a key of the list is ever read, and that case has the key's name with it.
            KeychainError::Missing | KeychainError::Failed => Self::KeychainFailed,
        }
    }
}

impl From<SettingsError> for IpcError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Busy => Self::SettingsBusy,
            SettingsError::NoLock => Self::SettingsNoLock,
            SettingsError::Newer => Self::SettingsNewer,
            SettingsError::Unreadable => Self::SettingsUnreadable,
            SettingsError::Damaged => Self::SettingsDamaged,
            SettingsError::NotSaved(error) => Self::SettingsNotSaved { reason: error },
        }
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

impl From<AddressError> for IpcError {
    fn from(error: AddressError) -> Self {
        match error {
            AddressError::Empty => Self::AddressEmpty,
            AddressError::NamesNoDocument => Self::AddressNamesNoDocument,
            AddressError::OtherSite { host, site, suggestion } => {
                Self::AddressOtherSite { host, site, suggestion }
            }
            AddressError::IsFolder { folder } => Self::AddressIsFolder { folder },
            AddressError::IsPlaceholder { text } => Self::AddressIsPlaceholder { text },
            AddressError::IsHtml { suggestion } => Self::AddressIsHtml { suggestion },
            AddressError::OnComputer { site } => Self::AddressOnComputer { site },
            AddressError::IsStorageAddress { host, suggestion } => {
                Self::AddressIsStorageAddress { host, suggestion }
            }
            AddressError::ForbiddenCharacter { character, name, suggestion } => {
                Self::AddressForbiddenCharacter { character, name, suggestion }
            }
            AddressError::HasBackslash { suggestion } => Self::AddressHasBackslash { suggestion },
            AddressError::HasFragment { suggestion } => Self::AddressHasFragment { suggestion },
            AddressError::IsPattern { folder, suggestion } => {
                Self::AddressIsPattern { folder, suggestion }
            }
            AddressError::HasQuestionMark { name, query } => {
                Self::AddressHasQuestionMark { name, query }
            }
            AddressError::GoesUp { arrives: _, suggestion } => Self::AddressGoesUp { suggestion },
            AddressError::Several { count, suggestion } => {
                Self::AddressSeveral { count, suggestion }
            }
            AddressError::WordsAround { suggestion } => Self::AddressWordsAround { suggestion },
            AddressError::IsFormula => Self::AddressIsFormula,
            AddressError::IsLink { suggestion } => Self::AddressIsLink { suggestion },
            AddressError::IsSignedForS3 { suggestion } => Self::AddressIsSignedForS3 { suggestion },
            AddressError::HasSigningParameter { name, suggestion } => {
                Self::AddressHasSigningParameter { name, suggestion }
            }
            AddressError::TooLong { length, most } => Self::AddressTooLong { length, most },
            AddressError::NotSecure { host, suggestion } => {
                Self::AddressNotSecure { host, suggestion }
            }
            AddressError::HasUserInfo => Self::AddressHasUserInfo,
            AddressError::Invalid { suggestion } => Self::AddressInvalid { suggestion },
            AddressError::OtherScheme { scheme } => Self::AddressOtherScheme { scheme },
        }
    }
}

impl From<RowEndError> for IpcError {
    fn from(error: RowEndError) -> Self {
        let RowEndError { text, why } = error;
        let said = |suggestion: Option<Reading>| suggestion.map(|reading| reading.to_string());
        match why {
            MomentError::Unreadable { suggestion } => {
                Self::EndUnreadable { text, suggestion: said(suggestion) }
            }
            MomentError::Ambiguous { readings, .. } => {
                Self::EndAmbiguous { text, readings: readings.map(|reading| reading.to_string()) }
            }
            MomentError::NoSuchDay { suggestion } => {
                Self::EndNoSuchDay { text, suggestion: said(suggestion) }
            }
            MomentError::NoSuchTime => Self::EndNoSuchTime { text },
            MomentError::OtherWeekday { reading, .. } => {
                Self::EndOtherWeekday { text, suggestion: reading.to_string() }
            }
            MomentError::UnknownZone { name: zone } => Self::EndZoneUnknown { text, zone },
            MomentError::TooFine { unit, seconds } => {
                Self::EndTooFine { text, unit, suggestion: Reading::Moment(seconds).to_string() }
            }
        }
    }
}

impl From<LifetimeError> for IpcError {
    fn from(error: LifetimeError) -> Self {
        match error {
            LifetimeError::Over => Self::LifetimeOver,
            LifetimeError::TooFar { years } => Self::LifetimeTooFar { years },
            LifetimeError::Invalid => Self::LifetimeInvalid,
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
            OpenKeyError::Stored(_) => Self::KeychainFailed,
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

impl From<HistoryStoreError> for IpcError {
    fn from(error: HistoryStoreError) -> Self {
        match error {
            HistoryStoreError::NotSaved(error) => Self::HistoryNotSaved { reason: error },
            HistoryStoreError::Unreadable => Self::HistoryUnreadable,
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

impl From<NoteError> for IpcError {
    fn from(NoteError::TooLong { most }: NoteError) -> Self {
        Self::NoteTooLong { most }
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
            LimitsError::NetworkWithoutReaders { network } => {
                Self::NetworkWithoutReaders { network: network_text(network) }
            }
            LimitsError::Folder(FolderError::OtherSite { site }) => Self::FolderOtherSite { site },
            LimitsError::Folder(FolderError::ForbiddenCharacter { character }) => {
                Self::FolderForbiddenCharacter { character }
            }
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

    #[test]
    fn an_error_repeats_no_secret_and_keeps_what_a_person_needs() {
        let key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgq8Zk3WmTt0Lx9Rv5Hn2Bj7Yc1Df4Gs6PaKeQwX";
        for (error, shape) in [
            (
                IpcError::EndUnreadable { text: key.to_owned(), suggestion: None },
                serde_json::json!({ "code": "endUnreadable", "text": "…[hidden]", "suggestion": null }),
            ),
            (
                IpcError::SentBackSeveralSites {
                    hosts: vec![key.to_owned(), "a.example".to_owned()],
                },
                serde_json::json!({ "code": "sentBackSeveralSites", "hosts": ["…[hidden]", "a.example"] }),
            ),
            (
                IpcError::AwsRefused { message: "AKIAIOSFODNN7EXAMPLE is unknown".to_owned() },
                serde_json::json!({ "code": "awsRefused", "message": "…[hidden] is unknown" }),
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
            said(&IpcError::KeyFileEmpty { file_name }),
            serde_json::json!({ "code": "keyFileEmpty", "fileName": "a[U+202E][U+001B][2J[U+000A]b.pem" })
        );
        let hosts = vec!["a\u{200b}".to_owned(), "é".repeat(2_000)];
        let several = said(&IpcError::SentBackSeveralSites { hosts });
        assert_eq!(several["hosts"][0], "a[U+200B]");
        assert_eq!(several["hosts"][1].as_str().unwrap().chars().count(), 1_001);
        let policy = Some("{\n  \"a\": \"\u{9b}\"\n}".to_owned());
        let denied = said(&IpcError::AwsNotAllowed { action: "s3:Get".to_owned(), policy });
        assert_eq!(denied["policy"], "{\n  \"a\": \"[U+009B]\"\n}");
        assert_eq!(said(&IpcError::NameEmpty), serde_json::json!({ "code": "nameEmpty" }));
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
