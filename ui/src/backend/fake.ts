/** A twin of the Rust backend in memory: for tests, and for looking at screens in a browser. */
import { type Backend, BackendError } from "./backend";
import { type AwsOptions, FakeAws, PLACES, RIGHT, WRONG } from "./fake-done-for-you";
import { ERRORS, nameOf } from "../copy/errors";
import { FakeHistory, sampleEntries } from "./fake-history";
import { checkPassphrase, PUBLIC_HALVES, SAMPLE_MADE, SAMPLE_ORPHAN } from "./fake-made-keys";
import { FakeMany, type ManyOptions } from "./fake-many";
import { answersBefore, FakeSetUp, type SetUpOptions } from "./fake-set-up";
import type {
  AddKeyOutcome,
  AddressRequest,
  AnswerListRequest,
  BackUpKeyRequest,
  BackUpOutcome,
  CheckSetUpRequest,
  ConnectKeyRequest,
  CopyRequest,
  CopySetUpValueRequest,
  CreateManyRequest,
  DropView,
  EntriesRequest,
  EntryRequest,
  EntryView,
  ExportRequest,
  FailReason,
  Hash,
  HistoryRequest,
  InspectRequest,
  InspectionView,
  IpcError,
  KeyListView,
  KeyView,
  Lifetime,
  LifetimePreviewRequest,
  LimitsView,
  LinkRequest,
  LinkView,
  LinksOfKeyRequest,
  ListOutcome,
  MadeKeyView,
  MakeKeyRequest,
  MendRowRequest,
  OpenLinkRequest,
  OrphansView,
  PlanStep,
  PublicKeyRequest,
  QuestionView,
  ReadListRequest,
  RemoveKeyRequest,
  RemoveOrphanRequest,
  ReplaceKeyRequest,
  ReplacedView,
  ReplacementRequest,
  ReplacementView,
  RestoreKeyRequest,
  RestoreOrphanRequest,
  RowRequest,
  RowsRequest,
  SaveHandOverRequest,
  SaveOutcome,
  SetUpAnswers,
  SheetRequest,
  Signer,
  StartView,
  SwitchKeyRequest,
  SwitchView,
  TrialAnswer,
  TrialClockView,
  TrialRequest,
  TrialView,
  UnlockKeyRequest,
  VerdictView,
} from "./bindings";

/** What is in the keychain and in no list. */
type Orphans = Omit<Extract<OrphansView, { kind: "found" }>, "kind">;

export type FakeOptions = {
  /** What is said of any link that is checked. */
  verdict?: VerdictView;
  /** What comes of trying any link, and after how many milliseconds. */
  trial?: Partial<TrialView>;
  trialTakes?: number;
  /** What comes of trying the document of a row. */
  rowTrials?: Record<number, TrialAnswer>;
  start?: Partial<StartView>;
  /** Commands that fail, and how. Remove one to let it succeed. */
  failing?: Partial<Record<keyof Backend, IpcError>>;
  /** Seconds from a link's making to its end, whatever was chosen. */
  lifetime?: number;
  locked?: boolean;
  /** Whether the person cancels the dialogs in which a key's halves are saved. */
  cancels?: boolean;
  /** Null on a system whose keychain does not say what is in it. */
  orphans?: Orphans | null;
  entries?: EntryView[];
  /** The ids of those that a newer version wrote. */
  unreadable?: number[];
  /** Why links that are made cannot be written into the history. */
  unlisted?: FailReason;
  many?: ManyOptions;
  setUp?: SetUpOptions;
  aws?: AwsOptions;
};

export const SAMPLE_KEY: KeyView = {
  id: "0123456789abcdef0123456789abcdef",
  name: "Client papers",
  site: "https://docs.example.com",
  host: "docs.example.com",
  publicKeyId: "K2JCJMDEHXQW5F",
  kind: "p256",
  fingerprint: "8f2c".repeat(16),
  hash: "sha256",
};

export const RSA_KEY: KeyView = {
  ...SAMPLE_KEY,
  id: "fedcba9876543210fedcba9876543210",
  name: "Board papers",
  kind: "rsa2048",
  hash: "sha1",
};

const SECONDS: Record<Lifetime["kind"], number> = {
  oneMinute: 60,
  oneHour: 3_600,
  endOfToday: 20_000,
  oneDay: 86_400,
  sevenDays: 604_800,
  thirtyDays: 2_592_000,
  until: 0,
};

const now = () => Math.floor(Date.now() / 1000);

export class Fake implements Backend {
  readonly options: FakeOptions;
  readonly calls: { command: string; request: unknown }[] = [];
  clipboard = "";
  keys: KeyView[];
  madeKeys: MadeKeyView[];
  orphans: Orphans | null;
  replacements: ReplacedView[];
  readonly history: FakeHistory;
  readonly many: FakeMany;
  readonly settingUp: FakeSetUp;
  readonly aws: FakeAws;
  /** Plays what the system does when files are dropped. */
  drop: (drop: DropView) => void = () => undefined;
  /** Plays another program that changes the list of keys. */
  changeElsewhere: (list: Partial<KeyListView>) => void = () => undefined;

  constructor(options: FakeOptions = {}) {
    this.options = options;
    this.keys = options.start?.keys ?? [];
    this.madeKeys = options.start?.madeKeys ?? [];
    this.orphans = options.orphans === undefined ? { keys: [], others: [] } : options.orphans;
    this.replacements = options.start?.replacements ?? [];
    this.history = new FakeHistory(options.entries ?? [], options.unreadable ?? []);
    this.many = new FakeMany(options.many ?? {}, this.history);
    this.settingUp = new FakeSetUp(options.setUp ?? {}, (id) => {
      const found = [...this.keys, ...this.madeKeys].find((key) => key.id === id);
      return found === undefined ? null : { id, name: found.name, isConnected: this.keys.some((key) => key.id === id) };
    });
    this.aws = new FakeAws(options.aws ?? {}, () => this.settingUp.answers);
  }

  private async does<T>(command: keyof Backend, request: unknown, answer: () => T | Promise<T>): Promise<T> {
    this.calls.push({ command, request });
    await Promise.resolve();
    const failure = this.options.failing?.[command];
    if (failure !== undefined) throw new BackendError(failure);
    return answer();
  }

  start() {
    return this.does("start", null, (): StartView => ({
      keys: this.keys,
      madeKeys: this.madeKeys,
      replacements: this.replacements,
      lastSigner: this.keys[0] === undefined ? null : { kind: "key", id: this.keys[0].id },
      lastLifetime: null,
      clock: { kind: "plausible" },
      setAside: null,
      historySetAside: null,
      listTrouble: null,
      changesElsewhere: 0,
      ...this.options.start,
    }));
  }

  addKey(request: Parameters<Backend["addKey"]>[0]) {
    return this.does("addKey", request, () => {
      this.restoring = false;
      if (this.options.locked === true) {
        return { kind: "passphraseNeeded" as const, fileName: "signing.pem" };
      }
      return this.added(request.name);
    });
  }

  unlockKey({ passphrase }: UnlockKeyRequest) {
    return this.does("unlockKey", passphrase.length, (): AddKeyOutcome =>
      this.restoring ? { kind: "restored" } : this.added(SAMPLE_KEY.name),
    );
  }

  /** What the file that was chosen last is for. */
  private restoring = false;

  private added(name: string) {
    const key = { ...SAMPLE_KEY, id: `${this.keys.length}`.repeat(32), name };
    this.keys = [...this.keys, key];
    return { kind: "added" as const, key, fileName: "signing.pem", folderName: "Downloads" };
  }

  forgetPendingKey() {
    return this.does("forgetPendingKey", null, () => undefined);
  }

  restoreKey({ id }: RestoreKeyRequest) {
    return this.does("restoreKey", id, () => {
      this.restoring = true;
      if (this.options.locked === true) {
        return { kind: "passphraseNeeded" as const, fileName: "signing.pem" };
      }
      return { kind: "restored" as const };
    });
  }

  renameKey(request: { id: string; name: string }) {
    return this.does("renameKey", request, () => {
      const key = { ...SAMPLE_KEY, ...request };
      this.keys = this.keys.map((old) => (old.id === key.id ? key : old));
      return key;
    });
  }

  changeHash(request: { id: string; hash: Hash }) {
    return this.does("changeHash", request, () => {
      const key = { ...(this.keys.find(({ id }) => id === request.id) ?? SAMPLE_KEY), ...request };
      this.keys = this.keys.map((old) => (old.id === key.id ? key : old));
      return key;
    });
  }

  removeKey({ id }: RemoveKeyRequest) {
    return this.does("removeKey", id, () => {
      this.keys = this.keys.filter((key) => key.id !== id);
      this.madeKeys = this.madeKeys.filter((key) => key.id !== id);
      this.replacements = this.replacements.filter((one) => one.old !== id && one.new !== id);
    });
  }

  replaceKey(request: ReplaceKeyRequest) {
    return this.does("replaceKey", request, () => {
      const made = { ...SAMPLE_MADE, kind: request.kind, name: `${this.named(request.id).name} (new)` };
      this.madeKeys = [...this.madeKeys, made];
      this.replacements = [...this.replacements, { old: request.id, new: made.id }];
      return made;
    });
  }

  replacement({ id }: ReplacementRequest) {
    return this.does("replacement", id, (): ReplacementView | null => {
      const found = this.replacements.find(({ old }) => old === id);
      const made = this.madeKeys.find((key) => key.id === found?.new);
      if (made !== undefined) return { kind: "waiting", key: made };
      const key = this.keys.find((one) => one.id === found?.new);
      if (key === undefined) return null;
      const ends = this.history.entries.filter((entry) => entry.keyId === id && entry.expiresAt > now()).map(({ expiresAt }) => expiresAt);
      return { kind: "switched", key, working: ends.length, lastEnd: ends.length === 0 ? null : Math.max(...ends) };
    });
  }

  switchKey(request: SwitchKeyRequest) {
    return this.does("switchKey", request, (): SwitchView => {
      const before = this.keys.find(({ id }) => id === request.id) ?? SAMPLE_KEY;
      if (request.publicKeyId === before.publicKeyId) throw new BackendError({ code: "publicKeyIdOfOldKey" });
      const made = this.madeKeys.find(({ id }) => this.replacements.some((one) => one.old === request.id && one.new === id)) ?? SAMPLE_MADE;
      const key = { ...before, ...made, name: before.name, publicKeyId: request.publicKeyId, hash: "sha256" as const };
      const old = { ...before, name: `${before.name} (old)` };
      this.madeKeys = this.madeKeys.filter(({ id }) => id !== made.id);
      this.keys = [...this.keys.map((one) => (one.id === old.id ? old : one)), key];
      return { old, new: key };
    });
  }

  makeKey(request: MakeKeyRequest) {
    return this.does("makeKey", request, () => {
      const made = { ...SAMPLE_MADE, ...request, id: `a${this.madeKeys.length}`.repeat(16) };
      this.madeKeys = [...this.madeKeys, made];
      return made;
    });
  }

  connectKey({ id, ...named }: ConnectKeyRequest) {
    return this.does("connectKey", { id, ...named }, () => this.connected({ id, ...named }));
  }

  private connected({ id, ...named }: ConnectKeyRequest) {
    const { name, kind, fingerprint } = this.named(id);
    const key: KeyView = { ...named, id, name, kind, fingerprint, host: named.site, hash: "sha256" };
    this.madeKeys = this.madeKeys.filter((made) => made.id !== id);
    this.keys = [...this.keys.filter((one) => one.id !== id), key];
    return key;
  }

  renameMadeKey(request: { id: string; name: string }) {
    return this.does("renameMadeKey", request, () => {
      const made = { ...(this.madeKeys.find(({ id }) => id === request.id) ?? SAMPLE_MADE), ...request };
      this.madeKeys = this.madeKeys.map((old) => (old.id === made.id ? made : old));
      return made;
    });
  }

  private named(id: string) {
    return [...this.keys, ...this.madeKeys].find((key) => key.id === id) ?? SAMPLE_MADE;
  }

  showPublicKey({ id }: PublicKeyRequest) {
    return this.does("showPublicKey", id, () => ({ pem: PUBLIC_HALVES[this.named(id).kind] }));
  }

  copyPublicKey({ id }: PublicKeyRequest) {
    return this.does("copyPublicKey", id, () => {
      this.clipboard = PUBLIC_HALVES[this.named(id).kind];
    });
  }

  savePublicKey({ id }: PublicKeyRequest) {
    return this.does("savePublicKey", id, (): SaveOutcome =>
      this.options.cancels === true ? { kind: "cancelled" } : { kind: "saved", fileName: `${this.named(id).name}.pem` },
    );
  }

  findOrphans() {
    return this.does("findOrphans", null, (): OrphansView =>
      this.orphans === null ? { kind: "notOffered" } : { kind: "found", ...this.orphans },
    );
  }

  private orphan(id: string) {
    const found = this.orphans?.keys.find((key) => key.id === id);
    if (found === undefined) throw new BackendError({ code: "orphanGone" });
    if (this.orphans !== null) this.orphans = { ...this.orphans, keys: this.orphans.keys.filter((key) => key !== found) };
    return found;
  }

  restoreOrphan({ id, name }: RestoreOrphanRequest) {
    return this.does("restoreOrphan", { id, name }, (): MadeKeyView => {
      const { kind, fingerprint } = this.orphan(id);
      const made = { id, name, kind, fingerprint };
      this.madeKeys = [...this.madeKeys, made];
      return made;
    });
  }

  removeOrphan(request: RemoveOrphanRequest) {
    return this.does("removeOrphan", request, () => {
      this.orphan(request.id);
    });
  }

  backUpKey(request: BackUpKeyRequest) {
    return this.does("backUpKey", request.id, (): BackUpOutcome => {
      checkPassphrase(request);
      if (this.options.cancels === true) return { kind: "cancelled" };
      return { kind: "saved", fileName: `${this.named(request.id).name} backup.pem`, folderName: "Documents" };
    });
  }

  private host(signer: Signer) {
    return signer.kind === "practice" ? "127.0.0.1:40000" : SAMPLE_KEY.host;
  }

  previewAddress(request: AddressRequest) {
    return this.does("previewAddress", request, () => {
      if (request.address.trim() === "") throw new BackendError({ code: "address", why: "empty" });
      const host = this.host(request.signer);
      const path = `/${encodeURIComponent(request.address)}`;
      return { url: `https://${host}${path}`, host, path, fileName: request.address };
    });
  }

  previewLifetime({ lifetime }: LifetimePreviewRequest) {
    return this.does("previewLifetime", lifetime, () => ({ expiresAt: this.end(lifetime) }));
  }

  private end(lifetime: Lifetime) {
    if (this.options.lifetime !== undefined) return now() + this.options.lifetime;
    if (lifetime.kind === "until") return Math.floor(Date.parse(lifetime.local) / 1000);
    return now() + SECONDS[lifetime.kind];
  }

  previewLimits(request: LinkRequest) {
    return this.does("previewLimits", request, () => this.limited(request));
  }

  private limited({ limits, address }: LinkRequest): LimitsView {
    const network = limits.network.trim();
    const path = `/${encodeURIComponent(address)}`;
    return {
      startsAt: limits.start === null ? null : Math.floor(Date.parse(limits.start) / 1000),
      network:
        network === ""
          ? null
          : { text: network, readers: network === "0.0.0.0/0" ? "everybody" : network.startsWith("203.0.113.") ? "ofExamples" : "some" },
      folder:
        limits.folder === null
          ? null
          : {
              path: "/reports/*",
              examples: [
                { path, opens: true },
                { path: "/reports/another.pdf", opens: true },
                { path: "/elsewhere/another.pdf", opens: false },
              ],
            },
    };
  }

  createLink(request: LinkRequest) {
    return this.does("createLink", request, (): LinkView => {
      const { note, ...asked } = request;
      const host = this.host(request.signer);
      const url = `https://${host}/${encodeURIComponent(request.address)}`;
      const expiresAt = this.end(request.lifetime);
      const limited = this.limited(request);
      const made = { url, host, fileName: request.address, createdAt: now(), expiresAt };
      return {
        ...asked,
        ...made,
        link: `${url}?Expires=${expiresAt}&Signature=MEUCIQ~~&Key-Pair-Id=K2JCJMDEHXQW5F`,
        limited,
        ...this.entered(request.signer, made, limited, note),
        qr: { modules: 45, path: "M4 4h7v7h-7zM42 4h7v7h-7zM4 42h7v7h-7zM20 20h12v9h-12z" },
      };
    });
  }

  private entered(
    signer: Signer,
    made: Pick<EntryView, "url" | "host" | "fileName" | "createdAt" | "expiresAt">,
    limited: LimitsView,
    note: string,
  ) {
    if (signer.kind === "practice") return { entryId: null, historyTrouble: null };
    const { unlisted } = this.options;
    if (unlisted !== undefined) return { entryId: null, historyTrouble: { reason: unlisted } };
    const entryId = this.history.add({
      ...made,
      keyId: signer.id,
      keyName: this.keys.find(({ id }) => id === signer.id)?.name ?? SAMPLE_KEY.name,
      keyIsHere: true,
      startsAt: limited.startsAt,
      network: limited.network?.text ?? null,
      folder: limited.folder?.path ?? null,
      note,
    });
    return { entryId, historyTrouble: null };
  }

  listHistory(request: HistoryRequest) {
    return this.does("listHistory", request, () => this.history.list(request));
  }

  historyKeys() {
    return this.does("historyKeys", null, () => this.history.keys(this.keys));
  }

  copyAgain({ id }: EntryRequest) {
    return this.does("copyAgain", id, () => {
      this.clipboard = `${this.history.find(id).url}?Signature=again`;
    });
  }

  recipeOf({ id }: EntryRequest) {
    return this.does("recipeOf", id, () => this.history.recipe(id));
  }

  setNote(request: { id: number; note: string }) {
    return this.does("setNote", request, () => this.history.change(request));
  }

  removeEntries({ ids }: EntriesRequest) {
    return this.does("removeEntries", ids, () => this.history.remove(ids));
  }

  restoreEntries({ ids }: EntriesRequest) {
    return this.does("restoreEntries", ids, () => this.history.restore(ids));
  }

  clearHistory() {
    return this.does("clearHistory", null, () => this.history.clear());
  }

  exportHistory({ withLinks }: ExportRequest) {
    return this.does("exportHistory", withLinks, () => ({ kind: "saved" as const, fileName: "links.csv" }));
  }

  linksOfKey({ keyId }: LinksOfKeyRequest) {
    return this.does("linksOfKey", keyId, () => this.history.ofKey(keyId));
  }

  private keyOf(id: string) {
    return this.keys.find((key) => key.id === id) ?? SAMPLE_KEY;
  }

  watchKeys(listener: (list: KeyListView) => void) {
    return this.does("watchKeys", null, () => {
      let { listTrouble = null, changesElsewhere = 0 } = this.options.start ?? {};
      const tell = () =>
        listener({ keys: this.keys, madeKeys: this.madeKeys, replacements: this.replacements, listTrouble, changesElsewhere });
      this.changeElsewhere = (list) => {
        ({ keys: this.keys, madeKeys: this.madeKeys, replacements: this.replacements } = { ...this, ...list });
        listTrouble = list.listTrouble ?? null;
        changesElsewhere += 1;
        tell();
      };
      tell();
    });
  }

  watchDrops(listener: (drop: DropView) => void) {
    return this.does("watchDrops", null, () => {
      this.drop = listener;
    });
  }

  readList(request: ReadListRequest) {
    return this.does("readList", request, () => this.many.read(request, this.keyOf(request.keyId)));
  }

  chooseList(request: { keyId: string; folder: string }) {
    return this.does("chooseList", request, (): ListOutcome => {
      const { file } = this.many.options;
      if (file === undefined) return { kind: "cancelled" };
      return { kind: "read", fileName: file.fileName, list: this.many.read({ ...request, text: file.text }, this.keyOf(request.keyId)) };
    });
  }

  listRows(request: RowsRequest) {
    return this.does("listRows", request, () => this.many.list(request));
  }

  mendRow(request: MendRowRequest) {
    return this.does("mendRow", request, () => this.many.mend(request));
  }

  leaveOutRows(request: { ids: number[]; leftOut: boolean }) {
    return this.does("leaveOutRows", request, () => this.many.leaveOut(request.ids, request.leftOut));
  }

  leaveOutProblems() {
    return this.does("leaveOutProblems", null, () => this.many.leaveOutProblems());
  }

  answerList(request: AnswerListRequest) {
    return this.does("answerList", request, () => this.many.answer(request));
  }

  createMany({ lifetime }: CreateManyRequest) {
    return this.does("createMany", lifetime, () => this.many.create(this.end(lifetime)));
  }

  manyState() {
    return this.does("manyState", null, () => this.many.state());
  }

  stopMany() {
    return this.does("stopMany", null, () => this.many.stop());
  }

  retryMany() {
    return this.does("retryMany", null, () => this.many.retry());
  }

  resumeMany() {
    return this.does("resumeMany", null, () => this.many.resume(this.keys[0] ?? SAMPLE_KEY));
  }

  dropMany() {
    return this.does("dropMany", null, () => this.many.drop());
  }

  copyRow({ id }: RowRequest) {
    return this.does("copyRow", id, () => {
      this.clipboard = this.many.linkOf(id);
    });
  }

  copyAllRows() {
    return this.does("copyAllRows", null, () => {
      this.clipboard = this.many.links().join("\n");
    });
  }

  saveRows() {
    return this.does("saveRows", null, () => ({ kind: "saved" as const, fileName: "links.csv" }));
  }

  sheetCodes(request: SheetRequest) {
    return this.does("sheetCodes", request, () => this.many.codes(request));
  }

  printSheet() {
    return this.does("printSheet", null, () => undefined);
  }

  setUp() {
    return this.does("setUp", null, () => this.settingUp.view());
  }

  answerSetUp(answers: SetUpAnswers) {
    return this.does("answerSetUp", answers, () => this.settingUp.answer(answers));
  }

  clearSetUp() {
    return this.does("clearSetUp", null, () => this.settingUp.clear());
  }

  takeSentBack({ text }: { text: string }) {
    return this.does("takeSentBack", text.length, () => this.settingUp.take(text));
  }

  copySetUpValue(request: CopySetUpValueRequest) {
    return this.does("copySetUpValue", request, () => {
      this.clipboard = this.settingUp.value(request.step, request.value);
    });
  }

  saveHandOver({ kind }: SaveHandOverRequest) {
    const files = { page: "Set up CloudFront.html", script: "set-up-cloudfront.sh", template: "set-up-cloudfront.json" };
    return this.does("saveHandOver", kind, (): SaveOutcome =>
      this.options.cancels === true ? { kind: "cancelled" } : { kind: "saved", fileName: files[kind] },
    );
  }

  connectSetUp() {
    return this.does("connectSetUp", null, () => this.connected(this.settingUp.connection()));
  }

  awsPlaces() {
    return this.does("awsPlaces", this.settingUp.answers.profile, () => PLACES);
  }

  planSetUp() {
    return this.does("planSetUp", null, () => this.aws.plan());
  }

  applySetUp() {
    return this.does("applySetUp", null, async () => {
      await this.aws.apply();
      return this.connected(this.aws.connection());
    });
  }

  setUpWork() {
    return this.does("setUpWork", null, () => this.aws.work());
  }

  stopSetUp() {
    return this.does("stopSetUp", null, () => this.aws.stop());
  }

  setUpMade() {
    return this.does("setUpMade", null, () => this.aws.journal());
  }

  takeBackSetUp() {
    return this.does("takeBackSetUp", null, async () => {
      await this.aws.takeBack();
      const { keyId } = this.settingUp.answers;
      const key = this.keys.find(({ id }) => id === keyId);
      if (key === undefined) return;
      this.keys = this.keys.filter((one) => one !== key);
      this.madeKeys = [...this.madeKeys, { id: key.id, name: key.name, kind: key.kind, fingerprint: key.fingerprint }];
    });
  }

  checkSetUp(request: CheckSetUpRequest) {
    return this.does("checkSetUp", request, () => this.aws.check(request.document));
  }

  copyText({ text }: CopyRequest) {
    return this.does("copyText", text, () => {
      this.clipboard = text;
    });
  }

  saveQr(request: { format: string; suggestedName: string }) {
    return this.does("saveQr", request, () => ({
      kind: "saved" as const,
      fileName: `${request.suggestedName}.${request.format}`,
    }));
  }

  inspectLink({ text }: InspectRequest) {
    return this.does("inspectLink", text.length, (): InspectionView => {
      if (text.trim() === "") throw new BackendError({ code: "nothingPasted" });
      return {
        verdict: this.options.verdict ?? { kind: "ended", at: now() - 86_400 },
        findings: [{ kind: "onlyFrom", network: "203.0.113.0/24", private: false }],
        repairs: [{ kind: "lineBreaks", count: 1 }, { kind: "htmlEntities" }],
        others: 1,
        mended: this.options.verdict?.kind === "works" ? "https://docs.example.com/a.pdf?Expires=1&Signature=x" : null,
        details: {
          address: "https://docs.example.com/reports/a.pdf",
          isCookies: false,
          isCustom: true,
          resource: "https://docs.example.com/reports/*",
          startsAt: null,
          endsAt: now() - 86_400,
          network: "203.0.113.0/24",
          keyId: SAMPLE_KEY.publicKeyId,
          key: SAMPLE_KEY.name,
          hash: "SHA-256",
          signature: "valid",
          signedWith: "P-256",
        },
      };
    });
  }

  tryLink({ text }: TrialRequest) {
    return this.does("tryLink", text.length, () => this.answered());
  }

  tryRow({ id }: RowRequest) {
    return this.does("tryRow", id, () => this.answered(this.options.rowTrials?.[id]));
  }

  private answered(signed?: TrialAnswer) {
    this.stop();
    return new Promise<TrialView>((resolve, reject) => {
      const answer: TrialView = {
        host: SAMPLE_KEY.host,
        signed: { kind: "opens" },
        likely: false,
        isPublic: false,
        clock: { kind: "right" },
      };
      const timer = setTimeout(
        () => resolve({ ...answer, ...this.options.trial, ...(signed && { signed }) }),
        this.options.trialTakes ?? 0,
      );
      this.stop = () => {
        clearTimeout(timer);
        reject(new BackendError({ code: "trialCancelled" }));
      };
    });
  }

  /** Ends the trial that is under way. */
  private stop = () => {};

  stopTrying() {
    return this.does("stopTrying", null, () => this.stop());
  }

  openLink({ link }: OpenLinkRequest) {
    return this.does("openLink", link, () => undefined);
  }

  startPractice() {
    return this.does("startPractice", null, () => ({
      site: "http://127.0.0.1:40000",
      host: "127.0.0.1:40000",
      documentAddress: "Practice letter.html",
    }));
  }

  leavePractice() {
    return this.does("leavePractice", null, () => undefined);
  }
}

/** What those of addresses offer. */
const OF_ADDRESSES = {
  suggestion: "contracts/2026/Lease.pdf",
  folder: "/reports/",
  query: "https://docs.example.com/What%20is%20this?.pdf",
  count: 2,
  text: "5/6/2027",
  readings: ["2027-06-05T17:00", "2027-05-06T17:00"],
};

/** What a table is asked about. */
const QUESTIONS: QuestionView[] = [
  { kind: "column", column: 1, heading: "Stand", number: 2, example: "31.12.2030", asks: "isEnd", answer: null, rows: 4 },
  { kind: "order", example: "5/6/2030", readings: ["2030-06-05", "2030-05-06"], rows: 3 },
];

/** What AWS's errors are about. */
const OF_AWS = {
  action: "s3:PutBucketPolicy",
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:PutBucketPolicy"], Resource: ["arn:aws:s3:::client-papers"] }],
  }),
  what: "distributions",
  bucket: "client-papers",
  region: "eu-west-1",
  message: "The policy names a role that is not there",
  account: "210987654321",
  id: "E2QWRUHAPOMQZL",
  unfit: "website",
  thing: "keyGroup",
};

/**
 * `?keys&rsa&made&lost&unread=settingsNewer&replaced&locked&strange&links=100&left=3500&newer&unlisted&lifetime=5&fail=addKey:keychainLocked` sets the stage for
 * a browser; `&verdict=works&trial=refused&public&ahead=420&trying` that of a link that is checked,
 * `&unfinished&pace=40&refused=a.pdf&trouble&asks` that of many links; `&setUp=keyGroup&existing&unsaved&gone&closed` that of
 * a set-up of CloudFront that has come to this step, and `&begun=2&step=600000&closes&wrong` that of its *Done for you*;
 * `&at=keyGroup` has `fail=applySetUp` fail at that step, and only once.
 */
export function fakeFromAddress(search: string): Fake {
  const asked = new URLSearchParams(search);
  const options: FakeOptions = { locked: asked.has("locked") };
  if (asked.has("keys")) options.start = { keys: [SAMPLE_KEY] };
  if (asked.has("rsa")) options.start = { keys: [RSA_KEY] };
  if (asked.has("made")) options.start = { ...options.start, madeKeys: [SAMPLE_MADE] };
  if (asked.has("lost"))
    options.orphans = {
      keys: [
        SAMPLE_ORPHAN,
        {
          ...SAMPLE_ORPHAN,
          id: "1".repeat(32),
          name: "Found key 41d0…",
          fingerprint: "41d0".repeat(16),
          kind: "rsa2048",
          listedAs: SAMPLE_KEY.name,
        },
      ],
      others: ["notes"],
    };
  if (asked.has("replaced"))
    options.start = { ...options.start, replacements: [{ old: SAMPLE_KEY.id, new: asked.has("made") ? SAMPLE_MADE.id : RSA_KEY.id }] };
  if (asked.has("strange")) {
    options.start = {
      ...options.start,
      clock: { kind: "wrong", now: 0 },
      setAside: "settings.damaged-1.json",
      historySetAside: "history.damaged-1.json",
    };
  }
  if (asked.has("unread")) options.start = { keys: [], madeKeys: [], listTrouble: errorNamed(asked.get("unread") ?? "") };
  if (asked.has("links")) {
    options.start = { ...options.start, keys: [SAMPLE_KEY, RSA_KEY] };
    options.entries = sampleEntries(Number(asked.get("links")), [SAMPLE_KEY, RSA_KEY]);
    if (asked.has("left"))
      options.entries = options.entries.map((entry) => ({ ...entry, startsAt: null, expiresAt: now() + Number(asked.get("left")) }));
  }
  if (asked.has("verdict")) options.verdict = { kind: asked.get("verdict"), until: now() + 604_800 } as VerdictView;
  if (asked.has("trial")) {
    const signed = { kind: asked.get("trial"), host: "www.example.com", status: 503 } as TrialAnswer;
    const clock: TrialClockView = asked.has("ahead") ? { kind: "ahead", seconds: Number(asked.get("ahead")) } : { kind: "right" };
    options.trial = { signed, likely: signed.kind !== "opens", isPublic: asked.has("public"), clock };
  }
  if (asked.has("trying")) options.trialTakes = 600_000;
  if (asked.has("newer")) options.unreadable = [99, 95];
  if (asked.has("unlisted")) options.unlisted = "diskFull";
  if (asked.has("lifetime")) options.lifetime = Number(asked.get("lifetime"));
  options.many = { file: { fileName: "board-papers.csv", text: "Agenda.pdf\nMinutes.pdf;2030-12-31;for the chair" } };
  if (options.unlisted !== undefined) options.many.unlisted = options.unlisted;
  if (asked.has("asks")) options.many.questions = QUESTIONS;
  if (asked.has("pace")) options.many.pace = Number(asked.get("pace"));
  if (asked.has("trouble")) options.many.trouble = { code: "keyMissing", name: SAMPLE_KEY.name };
  if (asked.has("refused")) options.many.refused = { [asked.get("refused") ?? ""]: { code: "linkTooLong", length: 8_300, most: 8_192 } };
  if (asked.has("unfinished"))
    options.many.unfinished = {
      startedAt: now() - 3_600,
      total: 1_000,
      made: 312,
      keyName: SAMPLE_KEY.name,
      keyIsHere: asked.get("unfinished") !== "gone",
    };
  const step = asked.get("setUp");
  if (step !== null) {
    options.setUp = {
      answers: answersBefore(step, options.start?.madeKeys?.[0]?.id ?? options.start?.keys?.[0]?.id ?? "", asked.has("existing")),
    };
    if (asked.has("unsaved")) options.setUp.trouble = { code: "settings", why: "notSaved", reason: "diskFull" };
    if (asked.has("gone")) options.setUp.trouble = { code: "keyMissing", name: SAMPLE_KEY.name };
    if (asked.has("closed")) options.setUp.trouble = { code: "keychain", why: "locked" };
  }
  options.aws = {
    made: Number(asked.get("begun") ?? 0),
    pace: Number(asked.get("step") ?? 0),
    closes: asked.has("closes"),
    lines: asked.has("wrong") ? WRONG : RIGHT,
  };
  if (asked.has("closes")) options.aws.staysOpen = ["/public/*", "/press/*"];
  const [command, name] = (asked.get("fail") ?? "").split(":");
  if (command !== undefined && name !== undefined) {
    const data = {
      name: "Client papers",
      fileName: "signing.pem",
      host: "docs.example.com",
      site: "docs.example.com",
      reason: "diskFull",
      most: 200,
      least: 15,
      ...OF_ADDRESSES,
      ...OF_AWS,
    };
    const error = { ...data, ...errorNamed(name) } as IpcError;
    const at = asked.get("at");
    if (at === null) options.failing = { [command]: error };
    else options.aws.fails = { at: at as PlanStep, error };
  }
  return new Fake(options);
}

/** An error by its code and why in one word, without its data. */
const errorNamed = (name: string) => ERRORS.find((error) => nameOf(error) === name) as IpcError;
