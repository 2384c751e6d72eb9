//! The shapes that cross IPC. `ui/src/backend/bindings.ts` is made from them; a test keeps it so.
//!
//! Times are Unix seconds.

pub(super) mod done_for_you;
pub(super) mod history;
pub(super) mod inspection;
pub(super) mod keys;
pub(super) mod links;
pub(super) mod many;
pub(super) mod replacement;
pub(super) mod set_up;
pub(super) mod shown;
pub(super) mod start;
pub(super) mod trial;

#[cfg(test)]
mod tests {
    use super::{
        done_for_you::*, history::*, inspection::*, keys::*, links::*, many::*, replacement::*,
        set_up::*, start::*, trial::*,
    };
    use ts_rs::{Config, TS};

    macro_rules! declarations {
        ($($shape:ty),* $(,)?) => {{
            let config = Config::new();
            [$(format!("export {}", <$shape as TS>::decl(&config))),*]
        }};
    }

    /// `SIGNET_WRITE_BINDINGS=1 cargo test bindings` writes the file that this test compares.
    #[test]
    fn the_bindings_of_the_ui_are_these_shapes() {
        let shapes = declarations![
            KeyListView,
            StartView,
            ClockView,
            KeyView,
            MadeKeyView,
            KeyKind,
            Hash,
            Signer,
            LifetimeRequest,
            AddKeyRequest,
            UnlockKeyRequest,
            RestoreKeyRequest,
            RenameKeyRequest,
            ChangeHashRequest,
            RemoveKeyRequest,
            MakeKeyRequest,
            ConnectKeyRequest,
            PublicKeyRequest,
            PublicKeyView,
            BackUpKeyRequest,
            BackUpOutcome,
            OrphansView,
            OrphanView,
            RestoreOrphanRequest,
            RemoveOrphanRequest,
            AddKeyOutcome,
            ReplacedView,
            ReplaceKeyRequest,
            ReplacementRequest,
            ReplacementView,
            SwitchKeyRequest,
            SwitchView,
            AddressRequest,
            AddressView,
            LifetimePreviewRequest,
            LifetimeView,
            FineUnit,
            LinkLimits,
            LinkRequest,
            LimitsView,
            NetworkView,
            NetworkReaders,
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
            VerdictView,
            FindingView,
            UnseenView,
            RepairView,
            DetailsView,
            SignatureView,
            TrialRequest,
            TrialView,
            TrialAnswer,
            TrialClockView,
            PracticeView,
            LinkState,
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
            ReadListRequest,
            ChooseListRequest,
            ListOutcome,
            ManyStage,
            QuestionView,
            ColumnAsks,
            AnswerListRequest,
            ManyView,
            UnfinishedView,
            ManyState,
            RowsFilter,
            RowsRequest,
            RowsView,
            RowState,
            RowView,
            MendRowRequest,
            LeaveOutRequest,
            CreateManyRequest,
            RowRequest,
            SheetRequest,
            SheetCode,
            SetUpStep,
            SetUpAnswers,
            SetUpField,
            SetUpValueName,
            SetUpValue,
            SetUpStepState,
            SetUpStepView,
            SetUpFieldError,
            SetUpKeyView,
            SetUpView,
            CopySetUpValueRequest,
            SaveHandOverRequest,
            HandOverKind,
            SentBackRequest,
            AwsBucketView,
            AwsDistributionView,
            AwsPlacesView,
            PlanStep,
            PlanDifferenceOf,
            PlanDifference,
            PlanStepView,
            PlanView,
            MadeThing,
            SetUpWorkView,
            MadeView,
            JournalView,
            LeftView,
            CheckSetUpRequest,
            CheckState,
            UnfitWhy,
            CheckLine,
            CheckLineView,
            CheckView,
            crate::ipc::error::FailReason,
            crate::ipc::IpcError,
        ];
        let made = format!(
            "// The shapes that cross IPC, made from src-tauri/src/ipc/views and error.rs\n// by `SIGNET_WRITE_BINDINGS=1 cargo test bindings`; do not edit.\n\n{}\n",
            shapes.join("\n\n")
        );
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/backend/bindings.ts");
        if std::env::var_os("SIGNET_WRITE_BINDINGS").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), made);
    }
}
