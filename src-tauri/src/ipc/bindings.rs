//! Prints what is made from the commands and their shapes: the types and the client's table of the UI, and what
//! the window is granted. The tests keep all three as they are printed.
//!
//! `SIGNET_WRITE_BINDINGS=1 cargo test -p signet-desktop bindings` writes the files that they compare.

use std::future::Future;

use serde::Serialize;
use static_assertions::assert_not_impl_any;
use tauri::State;
use tauri::ipc::Channel;
use ts_rs::{Config, TS};
use zeroize::Zeroizing;

use signet_app::documents::{DocumentKeyError, FileTrouble, LeftOut, OpenFileError};
use signet_app::setup::{AskError, DenyingRule, ErrorCode, PlanRule, WhyKept};
use signet_app::sharing::FolderOrder;
use signet_app::sharing::{FileState, FilesStage};
use signet_app::{
    AccessKey, HistorySort, HistoryStoreError, KeychainError, LinkState, NameError, NotTried,
    NoteError, RowState, RowsFilter, SaveError, SettingsError, SiteState, Stage, StateCounts,
    ZoomChange,
};
use signet_cloudfront::address::AddressError;
use signet_cloudfront::clock::Comparison;
use signet_cloudfront::document_list::{self, Doubt, RowEndError};
use signet_cloudfront::inspection::{
    Finding, Repair, Signature, SignatureFault, Unseen, Verdict, Wrapper,
};
use signet_cloudfront::key::{HashAlgorithm, KeyKind, SigningKey};
use signet_cloudfront::key_backup::{Passphrase, PassphraseError};
use signet_cloudfront::key_file::{KeyFile, KeyFileError, LockedKey};
use signet_cloudfront::lifetime::LifetimeError;
use signet_cloudfront::moment::{FineUnit, MomentError, Reading};
use signet_cloudfront::policy::{Network, Readers};
use signet_cloudfront::policy_resource::FolderError;
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::SiteAddressError;
use signet_os::key_file::ReadKeyFileError;
use signet_probe::response::Classification;
use signet_probe::{Opening, Outcome};
use signet_setup::bucket_access::{Denial, ListedBy};
use signet_setup::by_hand::DistributionArnError;
use signet_setup::check::{self, Line};
use signet_setup::distribution_config::Unfit;
use signet_setup::document_access::{DocumentAction, NoAccess};
use signet_setup::document_login::DocumentLoginObstacle;
use signet_setup::guide::{Answers, Field, GuideStep, StepState, ValueName};
use signet_setup::plan::{Differing, PlanStep};
use signet_setup::{BucketError, DistributionId, DistributionIdError, Region, SetupResultError};

use super::made_thing::{LeftView, MadeThing};
use super::views::{
    access_keys::*, documents::*, done_for_you::*, files::*, folders::*, history::*, inspection::*,
    key::*, keys::*, links::*, many::*, replacement::*, set_up::*, site_documents::*, sites::*,
    start::*, trial::*, zoom::*,
};
use super::{IpcError, Signet};

// No secret has a form in which it could cross, and what brings a passphrase here cannot go back.
assert_not_impl_any!(AccessKey: Serialize, TS);
assert_not_impl_any!(SigningKey: Serialize, TS);
assert_not_impl_any!(KeyFile: Serialize, TS);
assert_not_impl_any!(LockedKey: Serialize, TS);
assert_not_impl_any!(Passphrase: Serialize, TS);
assert_not_impl_any!(Zeroizing<String>: Serialize, TS);
assert_not_impl_any!(Zeroizing<Vec<u8>>: Serialize, TS);
assert_not_impl_any!(UnlockKeyRequest: Serialize, std::fmt::Debug, Clone);
assert_not_impl_any!(BackUpKeyRequest: Serialize, std::fmt::Debug, Clone);

/// A command as the UI calls it.
pub(super) struct Declared {
    command: &'static str,
    says: &'static [&'static str],
    given: Given,
    answer: String,
}

/// What a command is called with, in TypeScript's words.
pub(super) enum Given {
    Nothing,
    Request(String),
    /// It is told things as long as somebody listens.
    Listener(String),
}

impl Given {
    fn name(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Request(_) => "request",
            Self::Listener(_) => "listener",
        }
    }

    fn parameter(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Request(shape) => format!("request: {shape}"),
            Self::Listener(told) => format!("listener: (told: {told}) => void"),
        }
    }
}

/// What a function that is a command takes and gives. `Parts` are those of its signature, so that they are
/// inferred.
pub(super) trait Command<Parts> {
    fn given(config: &Config) -> Given;
    fn answer(config: &Config) -> String;
}

pub(super) struct Nothing;
pub(super) struct Asks<R>(R);
pub(super) struct Tells<T>(T);

impl<F, A, W> Command<(Nothing, A, W)> for F
where
    F: Fn(State<'static, Signet>) -> W,
    W: Future<Output = Result<A, IpcError>>,
    A: TS,
{
    fn given(_: &Config) -> Given {
        Given::Nothing
    }

    fn answer(config: &Config) -> String {
        A::name(config)
    }
}

impl<F, R, A, W> Command<(Asks<R>, A, W)> for F
where
    F: Fn(State<'static, Signet>, R) -> W,
    W: Future<Output = Result<A, IpcError>>,
    R: TS,
    A: TS,
{
    fn given(config: &Config) -> Given {
        Given::Request(R::name(config))
    }

    fn answer(config: &Config) -> String {
        A::name(config)
    }
}

impl<F, T, A, W> Command<(Tells<T>, A, W)> for F
where
    F: Fn(State<'static, Signet>, Channel<T>) -> W,
    W: Future<Output = Result<A, IpcError>>,
    T: TS,
    A: TS,
{
    fn given(config: &Config) -> Given {
        Given::Listener(T::name(config))
    }

    fn answer(config: &Config) -> String {
        A::name(config)
    }
}

/// Numbers are JavaScript's: none that crosses is beyond what it counts exactly.
fn config() -> Config {
    Config::new().with_large_int("number")
}

pub(super) fn declared<Parts, C: Command<Parts>>(
    command: &'static str,
    says: &'static [&'static str],
    _: C,
) -> Declared {
    let config = config();
    Declared { command, says, given: C::given(&config), answer: C::answer(&config) }
}

impl Declared {
    /// As TypeScript names things.
    fn name(&self) -> String {
        let mut words = self.command.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| {
            let (initial, rest) = word.split_at(1);
            name + &initial.to_uppercase() + rest
        })
    }

    fn method(&self) -> String {
        let says: String = self.says.iter().map(|text| format!("  /**{text} */\n")).collect();
        let answer = if self.answer == "null" { "void" } else { &self.answer };
        format!("{says}  {}({}): Promise<{answer}>;\n", self.name(), self.given.parameter())
    }

    fn row(&self) -> String {
        format!("  {}: [\"{}\", \"{}\"],\n", self.name(), self.command, self.given.name())
    }
}

macro_rules! declarations {
    ($($shape:ty),* $(,)?) => {{
        let config = config();
        [$(format!("export {}", <$shape as TS>::decl(&config))),*]
    }};
}

#[test]
fn the_bindings_of_the_ui_are_these_shapes_and_commands() {
    let shapes = declarations![
        SiteState,
        SiteView,
        StorageView,
        SiteListView,
        StartView,
        ZoomChange,
        ZoomRequest,
        ZoomView,
        ClockView,
        AddSiteRequest,
        RenameSiteRequest,
        SiteRequest,
        SiteLifetimeRequest,
        SiteDayEndRequest,
        SiteTrialsRequest,
        SiteStorageRequest,
        SetAccessKeyRequest,
        AccessKeyFrom,
        AccessKeyOutcome,
        AccessKeyFile,
        KeyView,
        RegistrationView,
        KeyKind,
        HashAlgorithm,
        Signer,
        LifetimeRequest,
        AddKeyRequest,
        UnlockKeyRequest,
        RestoreKeyRequest,
        RenameKeyRequest,
        ChangeHashRequest,
        RemoveKeyRequest,
        MakeKeyRequest,
        RegisterKeyRequest,
        PublicKeyRequest,
        PublicKeyView,
        BackUpKeyRequest,
        BackUpOutcome,
        OrphansView,
        OrphanView,
        RestoreOrphanRequest,
        RemoveOrphanRequest,
        AddKeyOutcome,
        ReplaceKeyRequest,
        ReplacementRequest,
        ReplacementView,
        SwitchKeyRequest,
        AddressRequest,
        AddressView,
        LifetimePreviewRequest,
        EndsRequest,
        EndsView,
        LifetimeView,
        FineUnit,
        LinkLimits,
        LinkRequest,
        LimitsView,
        NetworkView,
        Readers,
        FolderView,
        ExampleView,
        LinkView,
        QrView,
        CopyRequest,
        SaveQrRequest,
        QrFormat,
        SaveOutcome,
        OpenLinkRequest,
        InspectRequest,
        InspectionView,
        TypedDocumentView,
        Verdict,
        Finding,
        Network,
        Unseen,
        Repair,
        Wrapper,
        DetailsView,
        Signature,
        SignatureFault,
        PublicKeyIdError,
        TrialRequest,
        TrialView,
        FreshLinkRequest,
        OpeningView,
        NotTried,
        Opening,
        Outcome,
        Classification,
        Comparison,
        PracticeView,
        LinkState,
        StateCounts,
        HistorySort,
        HistoryRequest,
        HistoryView,
        EntryView,
        EntryRequest,
        NoteRequest,
        EntriesRequest,
        LinksOfKeyRequest,
        ExportRequest,
        RecipeView,
        HistoryTrouble,
        HistoryKeyView,
        DropView,
        Taken,
        DocumentView,
        ChosenDocument,
        ChooseFilesRequest,
        ChosenFiles,
        ShareFilesRequest,
        FilesView,
        FilesStage,
        LeftOutView,
        LeftOut,
        UnfinishedFilesView,
        FilesState,
        FileRowsRequest,
        FileRowsView,
        FileRowView,
        FileState,
        FileRequest,
        ShareRequest,
        Existing,
        ShareOutcome,
        AlreadyThereView,
        ShareProgressView,
        CachesView,
        OpenFolderRequest,
        OpenFolderView,
        ReadFolderRequest,
        FolderOrder,
        FolderPageRequest,
        FolderPageView,
        FolderRowView,
        CloseFolderRequest,
        StoredDocumentRequest,
        DocumentLinksView,
        RenameDocumentRequest,
        ReplaceDocumentRequest,
        ChangedDocumentView,
        UndoDocumentRequest,
        DocumentKeyError,
        OpenFileError,
        FileTrouble,
        ReadListRequest,
        ChooseListRequest,
        ListOutcome,
        Stage,
        QuestionView,
        document_list::Asks,
        AnswerListRequest,
        BatchView,
        UnfinishedView,
        BatchState,
        RowsFilter,
        RowsRequest,
        RowsView,
        RowState,
        RowView,
        MendRowRequest,
        LeaveOutRequest,
        CreateBatchRequest,
        RowRequest,
        SheetRequest,
        SheetCode,
        GuideStep,
        Answers,
        Field,
        ValueName,
        SetUpValue,
        StepState,
        SetUpStepView,
        SetUpFieldError,
        SetUpUnderstood,
        SetUpKeyView,
        SetUpView,
        SetUpRequest,
        AnswerSetUpRequest,
        CopySetUpValueRequest,
        SaveHandoffRequest,
        HandoffKind,
        SetUpResultRequest,
        AwsBucketView,
        AwsDistributionView,
        AwsPlacesView,
        SitePlaceView,
        PlanStep,
        Differing,
        PlanDifference,
        PlanStepView,
        PlanView,
        MadeThing,
        SetUpWorkView,
        MadeView,
        DocumentLoginRequest,
        PlanSetUpRequest,
        JournalView,
        WhyKept,
        LeftView,
        CheckSetUpRequest,
        check::State,
        check::Sum,
        DocumentAction,
        NoAccess,
        Unfit,
        Line,
        Denial,
        ListedBy,
        PublicKeyId,
        DistributionId,
        CheckLineView,
        CheckView,
        SaveError,
        NameError,
        SiteAddressError,
        KeyFileError,
        ReadKeyFileError,
        PassphraseError,
        KeychainError,
        SettingsError,
        AddressError,
        LifetimeError,
        FolderError,
        Reading,
        MomentError,
        RowEndError,
        Doubt,
        NoteError,
        HistoryStoreError,
        BucketError,
        DistributionIdError,
        DistributionArnError,
        SetupResultError,
        DocumentLoginObstacle,
        Region,
        ErrorCode,
        DenyingRule,
        PlanRule,
        AskError,
        IpcError,
    ];
    let commands = super::declared();
    let methods: String = commands.iter().map(Declared::method).collect();
    let rows: String = commands.iter().map(Declared::row).collect();
    let made = format!(
        "// The shapes that cross IPC and the commands, made from src-tauri/src/ipc\n// by `SIGNET_WRITE_BINDINGS=1 cargo test bindings`; do not edit.\n\n{}\n\n/** The commands. Every promise rejects with a BackendError and nothing else. */\nexport interface Commands {{\n{methods}}}\n\n/** What each command is called in Rust, and what it is given. */\nexport const COMMANDS = {{\n{rows}}} as const satisfies Record<keyof Commands, readonly [string, \"nothing\" | \"request\" | \"listener\"]>;\n",
        shapes.join("\n\n")
    );
    is_as_printed("ui/src/backend/bindings.ts", &made);
}

#[test]
fn the_bindings_grant_the_window_exactly_the_command_table() {
    let names: String =
        super::COMMANDS.iter().map(|command| format!("    \"{command}\",\n")).collect();
    let made = format!(
        "# Every command of src-tauri/src/ipc.rs, made from it by `SIGNET_WRITE_BINDINGS=1 cargo test bindings`.\n[[permission]]\nidentifier = \"own-commands\"\ndescription = \"The commands of Signet itself\"\ncommands.allow = [\n{names}]\n",
    );
    is_as_printed("src-tauri/permissions/own-commands.toml", &made);
}

fn is_as_printed(path: &str, made: &str) {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("SIGNET_WRITE_BINDINGS").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), made);
}
