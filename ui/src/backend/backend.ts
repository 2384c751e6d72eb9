/** What the screens may ask for. One twin speaks with Rust, the other is for tests. */
import type {
  AddKeyOutcome,
  AddKeyRequest,
  AddressRequest,
  AnswerListRequest,
  AddressView,
  AwsPlacesView,
  BackUpKeyRequest,
  BackUpOutcome,
  ChangeHashRequest,
  CheckSetUpRequest,
  CheckView,
  ChooseListRequest,
  ConnectKeyRequest,
  CopySetUpValueRequest,
  DropView,
  EntryView,
  HistoryKeyView,
  HistoryRequest,
  HistoryView,
  InspectionView,
  IpcError,
  JournalView,
  KeyListView,
  KeyView,
  LeaveOutRequest,
  Lifetime,
  LifetimeView,
  LimitsView,
  LinkRequest,
  LinkView,
  ListOutcome,
  MadeKeyView,
  MakeKeyRequest,
  ManyState,
  ManyView,
  MendRowRequest,
  NoteRequest,
  OrphansView,
  PlanView,
  PracticeView,
  PublicKeyView,
  ReadListRequest,
  RecipeView,
  RemoveOrphanRequest,
  RenameKeyRequest,
  ReplacementView,
  ReplaceKeyRequest,
  RestoreOrphanRequest,
  SwitchKeyRequest,
  SwitchView,
  RowsRequest,
  RowsView,
  RowView,
  SaveHandOverRequest,
  SaveOutcome,
  SaveQrRequest,
  SheetCode,
  SheetRequest,
  SentBackRequest,
  SetUpAnswers,
  SetUpView,
  SetUpWorkView,
  StartView,
  TrialView,
} from "./bindings";

/** Every promise rejects with a {@link BackendError} and nothing else. */
export interface Backend {
  start(): Promise<StartView>;
  /** Tells of the keys at once, and again whenever they became others: a terminal changes them too. */
  watchKeys(listener: (list: KeyListView) => void): Promise<void>;
  addKey(request: AddKeyRequest): Promise<AddKeyOutcome>;
  unlockKey(passphrase: string): Promise<AddKeyOutcome>;
  forgetPendingKey(): Promise<void>;
  restoreKey(id: string): Promise<AddKeyOutcome>;
  renameKey(request: RenameKeyRequest): Promise<KeyView>;
  changeHash(request: ChangeHashRequest): Promise<KeyView>;
  removeKey(id: string): Promise<void>;
  makeKey(request: MakeKeyRequest): Promise<MadeKeyView>;
  /** Finishes a made key, which makes links from now on. */
  connectKey(request: ConnectKeyRequest): Promise<KeyView>;
  renameMadeKey(request: RenameKeyRequest): Promise<MadeKeyView>;
  showPublicKey(id: string): Promise<PublicKeyView>;
  /** Resolves once the public half was read back from the clipboard. */
  copyPublicKey(id: string): Promise<void>;
  savePublicKey(id: string): Promise<SaveOutcome>;
  /** Makes the key that is to take the place of this one. */
  replaceKey(request: ReplaceKeyRequest): Promise<MadeKeyView>;
  replacement(id: string): Promise<ReplacementView | null>;
  /** The new key makes the links from now on. */
  switchKey(request: SwitchKeyRequest): Promise<SwitchView>;
  backUpKey(request: BackUpKeyRequest): Promise<BackUpOutcome>;
  /** Keys of the keychain that the list does not name. Asks nobody to unlock anything. */
  findOrphans(): Promise<OrphansView>;
  /** Puts one of them back into the list, to be finished. */
  restoreOrphan(request: RestoreOrphanRequest): Promise<MadeKeyView>;
  removeOrphan(request: RemoveOrphanRequest): Promise<void>;
  previewAddress(request: AddressRequest): Promise<AddressView>;
  previewLifetime(lifetime: Lifetime): Promise<LifetimeView>;
  previewLimits(request: LinkRequest): Promise<LimitsView>;
  createLink(request: LinkRequest): Promise<LinkView>;
  /** Resolves once the text was read back from the clipboard. */
  copyText(text: string): Promise<void>;
  saveQr(request: SaveQrRequest): Promise<SaveOutcome>;
  /** Says what a pasted text's link does, or why it does not open. */
  inspectLink(text: string): Promise<InspectionView>;
  /** Asks the network, so only ever after a click; rejects with `trialCancelled` after {@link stopTrying}. */
  tryLink(text: string): Promise<TrialView>;
  /** Whether the document of a row is on the site, whether or not it has its link already. */
  tryRow(id: number): Promise<TrialView>;
  stopTrying(): Promise<void>;
  openLink(link: string): Promise<void>;
  listHistory(request: HistoryRequest): Promise<HistoryView>;
  /** Every key that made a link of the list, removed ones too, and those that are here. */
  historyKeys(): Promise<HistoryKeyView[]>;
  /** Signs the old link once more; resolves once it was read back from the clipboard. */
  copyAgain(id: number): Promise<void>;
  recipeOf(id: number): Promise<RecipeView>;
  setNote(request: NoteRequest): Promise<EntryView>;
  removeEntries(ids: number[]): Promise<void>;
  restoreEntries(ids: number[]): Promise<void>;
  clearHistory(): Promise<void>;
  exportHistory(withLinks: boolean): Promise<SaveOutcome>;
  /** The links of a key that have not ended: how many, and the first of them. */
  linksOfKey(keyId: string): Promise<HistoryView>;
  /** Reads a list of documents; it stays in Rust and takes the place of the one before. */
  /** Tells of files that are dragged over the window and dropped, until somebody else wants to know. */
  watchDrops(listener: (drop: DropView) => void): Promise<void>;
  readList(request: ReadListRequest): Promise<ManyView>;
  chooseList(request: ChooseListRequest): Promise<ListOutcome>;
  listRows(request: RowsRequest): Promise<RowsView>;
  /** The row as it was read again; it may have a problem still. */
  mendRow(request: MendRowRequest): Promise<RowView>;
  leaveOutRows(request: LeaveOutRequest): Promise<ManyView>;
  leaveOutProblems(): Promise<ManyView>;
  /** Answers a question about the whole list; its rows are read once more. */
  answerList(request: AnswerListRequest): Promise<ManyView>;
  /** Begins; how far it is says {@link manyState}. */
  createMany(lifetime: Lifetime): Promise<ManyView>;
  manyState(): Promise<ManyState>;
  /** What is made stays made. */
  stopMany(): Promise<ManyView>;
  /** Makes what is not made: after a stop, and rows that failed. */
  retryMany(): Promise<ManyView>;
  /** Goes on with the unfinished list of an earlier run. */
  resumeMany(): Promise<ManyView>;
  /** Forgets the list, or the unfinished one; links that were made stay in the history. */
  dropMany(): Promise<void>;
  copyRow(id: number): Promise<void>;
  copyAllRows(): Promise<void>;
  saveRows(): Promise<SaveOutcome>;
  sheetCodes(request: SheetRequest): Promise<SheetCode[]>;
  /** Opens the print dialog. */
  printSheet(): Promise<void>;
  /** How far the set-up of CloudFront is. */
  setUp(): Promise<SetUpView>;
  /** Takes what is typed and ticked, right or wrong; what is right is kept for the next start. */
  answerSetUp(answers: SetUpAnswers): Promise<SetUpView>;
  clearSetUp(): Promise<SetUpView>;
  /** Finds the public key ID and the site in what an IT person sent. */
  takeSentBack(request: SentBackRequest): Promise<SetUpView>;
  /** Resolves once the value was read back from the clipboard. */
  copySetUpValue(request: CopySetUpValueRequest): Promise<void>;
  saveHandOver(request: SaveHandOverRequest): Promise<SaveOutcome>;
  /** Gives the key its site and its ID, so that it makes links from now on. */
  connectSetUp(): Promise<KeyView>;
  /** What the AWS login has, to choose from. */
  awsPlaces(): Promise<AwsPlacesView>;
  planSetUp(): Promise<PlanView>;
  /** Does the plan that was shown last. Resolves once all is made and the key is connected; that may take minutes. */
  applySetUp(): Promise<KeyView>;
  /** What is being done this moment. */
  setUpWork(): Promise<SetUpWorkView | null>;
  /** What runs rejects with `setUpStopped`. */
  stopSetUp(): Promise<void>;
  /** What Signet made for the chosen key; asks no network. */
  setUpMade(): Promise<JournalView | null>;
  takeBackSetUp(): Promise<void>;
  checkSetUp(request: CheckSetUpRequest): Promise<CheckView>;
  startPractice(): Promise<PracticeView>;
  leavePractice(): Promise<void>;
}

/** Carries the error that Rust gave across a rejected promise. */
export class BackendError extends Error {
  readonly data: IpcError;

  constructor(data: IpcError) {
    super(data.code);
    this.name = "BackendError";
    this.data = data;
  }
}

/** The error in words the screens know; what no backend threw is our own mistake. */
export function asIpcError(error: unknown): IpcError {
  return error instanceof BackendError ? error.data : { code: "internal" };
}
