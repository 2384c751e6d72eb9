/** A twin of the Rust backend in memory: for tests, and for looking at screens in a browser. What it knows is divided by subject. */
import { type Backend, BackendError } from "./backend";
import type {
  AccessKeyOutcome,
  AddKeyOutcome,
  AddKeyRequest,
  AlreadyThereView,
  BackUpOutcome,
  ChosenDocument,
  ChosenFiles,
  DocumentView,
  DropView,
  EntryView,
  IpcError,
  ListOutcome,
  OrphansView,
  SaveOutcome,
  ShareOutcome,
  ShareProgressView,
  SiteListView,
  StartView,
} from "./bindings";
import { type AwsOptions, FakeAws, PLACES } from "./fake-done-for-you";
import { FakeFolders, type FolderOptions } from "./fake-folders";
import { FakeHistory } from "./fake-history";
import { checkPassphrase, PUBLIC_KEYS } from "./fake-keys";
import { FakeLinks, type LinkOptions } from "./fake-links";
import { FakeFiles, type FilesOptions } from "./fake-files";
import { FakeMany, type ManyOptions } from "./fake-many";
import { FakeSetUp, type SetUpOptions } from "./fake-set-up";
import { FakeSites, type Orphans } from "./fake-sites";

/** The set-up of one site. */
type SettingUp = { guide: FakeSetUp; aws: FakeAws };

export type FakeOptions = LinkOptions & {
  start?: Partial<StartView>;
  /** The file that is chosen in the dialog; without one it is cancelled. */
  document?: DocumentView;
  /** What is on the site already under its name. */
  already?: AlreadyThereView;
  /** How long it takes to get there, in milliseconds. */
  uploadTakes?: number;
  /** Commands that fail, and how. Remove one to let it succeed. */
  failing?: Partial<Record<keyof Backend, IpcError>>;
  /** All that is wrong with a link that is not made. */
  wrong?: IpcError[];
  locked?: boolean;
  /** Whether the person cancels the dialogs in which keys are saved. */
  cancels?: boolean;
  /** Null on a system whose keychain does not say what is in it. */
  orphans?: Orphans | null;
  entries?: EntryView[];
  /** The ids of those that a newer version wrote. */
  unreadable?: number[];
  many?: ManyOptions;
  files?: FilesOptions;
  /** The documents that are on the site. */
  folders?: FolderOptions;
  /** Of the first site; the others' begins with nothing. */
  setUp?: SetUpOptions;
  aws?: AwsOptions;
};

/** What a command is given. */
type Asked<Command extends keyof Backend> = Parameters<Backend[Command]>[0];

export class Fake implements Backend {
  readonly options: FakeOptions;
  readonly calls: { command: string; request: unknown }[] = [];
  clipboard = "";
  readonly sites: FakeSites;
  readonly history: FakeHistory;
  readonly links: FakeLinks;
  readonly many: FakeMany;
  readonly files: FakeFiles;
  readonly folders: FakeFolders;
  readonly #setUps = new Map<string, SettingUp>();
  /** Plays what the system does when files are dropped. */
  drop: (drop: DropView) => void = () => undefined;
  /** Plays another program that changes the list of sites. */
  changeElsewhere: (list: Partial<SiteListView>) => void = () => undefined;

  constructor(options: FakeOptions = {}) {
    this.options = options;
    this.sites = new FakeSites(options.start?.sites ?? [], options.orphans === undefined ? { keys: [], others: [] } : options.orphans);
    this.history = new FakeHistory(options.entries ?? [], options.unreadable ?? []);
    this.links = new FakeLinks(options, this.sites, this.history);
    this.many = new FakeMany(options.many ?? {}, this.history);
    this.files = new FakeFiles(options.files ?? {});
    this.folders = new FakeFolders(options.folders ?? {});
    const [first] = this.sites.list;
    if (first !== undefined) this.#begin(first.id, options.setUp, options.aws);
  }

  private async does<T>(command: keyof Backend, request: unknown, answer: () => T | Promise<T>): Promise<T> {
    this.calls.push({ command, request });
    await Promise.resolve();
    const failure = this.options.failing?.[command];
    if (failure !== undefined) throw new BackendError(failure);
    return answer();
  }

  #begin(siteId: string, setUp: SetUpOptions = {}, aws: AwsOptions = {}): SettingUp {
    const guide = new FakeSetUp(setUp, (keyId) => this.sites.setUpKey(siteId, keyId));
    const begun = { guide, aws: new FakeAws(aws, () => guide.view().answers) };
    this.#setUps.set(siteId, begun);
    return begun;
  }

  /** The set-up of a site, or of the only one. */
  settingUp(siteId = this.sites.list[0]?.id ?? ""): FakeSetUp {
    return this.#of(siteId).guide;
  }

  awsOf(siteId = this.sites.list[0]?.id ?? ""): FakeAws {
    return this.#of(siteId).aws;
  }

  #of(siteId: string): SettingUp {
    this.sites.find(siteId);
    return this.#setUps.get(siteId) ?? this.#begin(siteId);
  }

  start() {
    return this.does("start", null, (): StartView => {
      const ready = this.sites.list.find(({ signingKeyId }) => signingKeyId !== null);
      return {
        sites: this.sites.list,
        lastSigner: ready === undefined ? null : { kind: "site", id: ready.id },
        lastLifetime: null,
        clock: { kind: "plausible" },
        setAside: null,
        historySetAside: null,
        listTrouble: null,
        changesElsewhere: 0,
        ...this.options.start,
      };
    });
  }

  watchSites(listener: (list: SiteListView) => void) {
    return this.does("watchSites", null, () => {
      let { listTrouble = null, changesElsewhere = 0 } = this.options.start ?? {};
      const tell = () => listener({ sites: this.sites.list, listTrouble, changesElsewhere });
      // Rust looks some times a second.
      this.sites.changed = () => setTimeout(tell, 10);
      this.changeElsewhere = (list) => {
        listTrouble = list.listTrouble ?? null;
        changesElsewhere += 1;
        if (list.sites !== undefined) this.sites.list = list.sites;
        tell();
      };
      tell();
    });
  }

  addSite(request: Asked<"addSite">) {
    return this.does("addSite", request, () => this.sites.add(request.name));
  }

  renameSite(request: Asked<"renameSite">) {
    return this.does("renameSite", request, () => this.sites.rename(request.id, request.name));
  }

  zoom({ change }: Asked<"zoom">) {
    return this.does("zoom", change, () => ({ percent: change === "larger" ? 110 : change === "smaller" ? 90 : 100 }));
  }

  removeSite({ id }: Asked<"removeSite">) {
    return this.does("removeSite", id, () => this.sites.remove(id));
  }

  setSiteDayEnd(request: Asked<"setSiteDayEnd">) {
    return this.does("setSiteDayEnd", request, () => this.sites.setDayEnd(request.id, request.dayEnd));
  }

  setSiteLifetime(request: Asked<"setSiteLifetime">) {
    return this.does("setSiteLifetime", request, () => this.sites.setLifetime(request.id, request.lifetime));
  }

  setSiteStorage(request: Asked<"setSiteStorage">) {
    return this.does("setSiteStorage", request, () => this.sites.setStorage(request.id, request.storage));
  }

  setAccessKey({ id, from }: Asked<"setAccessKey">) {
    return this.does("setAccessKey", { id, from }, (): AccessKeyOutcome => {
      if (this.options.cancels === true && from === "file") return { kind: "cancelled" };
      const site = this.sites.setAccessKey(id, "AKIAIOSFODNN7EXAMPLE");
      return { kind: "kept", site, file: from === "file" ? { name: "papers_accessKeys.csv", folder: "Downloads" } : null };
    });
  }

  forgetAccessKey({ id }: Asked<"forgetAccessKey">) {
    return this.does("forgetAccessKey", { id }, () => this.sites.setAccessKey(id, null));
  }

  setSiteTriesLinks(request: Asked<"setSiteTriesLinks">) {
    return this.does("setSiteTriesLinks", request, () => this.sites.setTriesLinks(request.id, request.triesLinks));
  }

  addKey(request: AddKeyRequest) {
    return this.does("addKey", request, (): AddKeyOutcome => {
      this.sites.want(request);
      return this.options.locked === true ? { kind: "passphraseNeeded", fileName: "signing.pem" } : this.sites.take();
    });
  }

  unlockKey({ passphrase }: Asked<"unlockKey">) {
    return this.does("unlockKey", passphrase.length, () => this.sites.take());
  }

  forgetPendingKey() {
    return this.does("forgetPendingKey", null, () => undefined);
  }

  restoreKey({ id }: Asked<"restoreKey">) {
    return this.does("restoreKey", id, (): AddKeyOutcome => {
      this.sites.want("restored");
      return this.options.locked === true ? { kind: "passphraseNeeded", fileName: "signing.pem" } : this.sites.take();
    });
  }

  renameKey(request: Asked<"renameKey">) {
    return this.does("renameKey", request, () => this.sites.renameKey(request.id, request.name));
  }

  changeHash(request: Asked<"changeHash">) {
    return this.does("changeHash", request, () => this.sites.changeHash(request.id, request.hash));
  }

  removeKey({ id }: Asked<"removeKey">) {
    return this.does("removeKey", id, () => this.sites.removeKey(id));
  }

  makeKey(request: Asked<"makeKey">) {
    return this.does("makeKey", request, () => this.sites.makeKey(request));
  }

  registerKey(request: Asked<"registerKey">) {
    return this.does("registerKey", request, () => this.sites.register(request));
  }

  showPublicKey({ id }: Asked<"showPublicKey">) {
    return this.does("showPublicKey", id, () => ({ pem: PUBLIC_KEYS[this.sites.key(id).kind] }));
  }

  copyPublicKey({ id }: Asked<"copyPublicKey">) {
    return this.does("copyPublicKey", id, () => {
      this.clipboard = PUBLIC_KEYS[this.sites.key(id).kind];
    });
  }

  savePublicKey({ id }: Asked<"savePublicKey">) {
    return this.does("savePublicKey", id, (): SaveOutcome =>
      this.options.cancels === true ? { kind: "cancelled" } : { kind: "saved", fileName: `${this.sites.key(id).name}.pem` },
    );
  }

  backUpKey(request: Asked<"backUpKey">) {
    return this.does("backUpKey", request.id, (): BackUpOutcome => {
      checkPassphrase(request);
      if (this.options.cancels === true) return { kind: "cancelled" };
      return { kind: "saved", fileName: `${this.sites.key(request.id).name} backup.pem`, folderName: "Documents" };
    });
  }

  findOrphans() {
    return this.does("findOrphans", null, (): OrphansView =>
      this.sites.orphans === null ? { kind: "notOffered" } : { kind: "found", ...this.sites.orphans },
    );
  }

  restoreOrphan(request: Asked<"restoreOrphan">) {
    return this.does("restoreOrphan", request, () => this.sites.restoreOrphan(request.id, request.name));
  }

  removeOrphan(request: Asked<"removeOrphan">) {
    return this.does("removeOrphan", request, () => this.sites.removeOrphan(request.id));
  }

  replaceKey(request: Asked<"replaceKey">) {
    return this.does("replaceKey", request, () => this.sites.replace(request.siteId, request.kind));
  }

  replacement({ siteId }: Asked<"replacement">) {
    return this.does("replacement", siteId, () => this.sites.replacement(siteId, this.history));
  }

  switchKey(request: Asked<"switchKey">) {
    return this.does("switchKey", request, () => this.sites.switchKey(request.siteId, request.publicKeyId));
  }

  previewAddress(request: Asked<"previewAddress">) {
    return this.does("previewAddress", request, () => this.links.address(request));
  }

  previewLifetime({ lifetime }: Asked<"previewLifetime">) {
    return this.does("previewLifetime", lifetime, () => ({ expiresAt: this.links.end(lifetime) }));
  }

  previewEnds(request: Asked<"previewEnds">) {
    return this.does("previewEnds", request, () => this.links.ends(request));
  }

  previewLimits(request: Asked<"previewLimits">) {
    return this.does("previewLimits", request, () => this.links.limits(request));
  }

  wrongInLink(request: Asked<"wrongInLink">) {
    return this.does("wrongInLink", request, () => this.options.wrong ?? []);
  }

  createLink(request: Asked<"createLink">) {
    return this.does("createLink", request, () => this.links.create(request));
  }

  copyText({ text }: Asked<"copyText">) {
    return this.does("copyText", text, () => {
      this.clipboard = text;
    });
  }

  saveQr(request: Asked<"saveQr">) {
    return this.does("saveQr", request, () => ({
      kind: "saved" as const,
      fileName: `${request.suggestedName}.${request.format}`,
    }));
  }

  openLink({ link }: Asked<"openLink">) {
    return this.does("openLink", link, () => undefined);
  }

  inspectLink({ text }: Asked<"inspectLink">) {
    return this.does("inspectLink", text.length, () => this.links.inspect(text));
  }

  tryLink({ text }: Asked<"tryLink">) {
    return this.does("tryLink", text.length, () => this.links.answer());
  }

  tryRow({ id }: Asked<"tryRow">) {
    return this.does("tryRow", id, () => this.links.answer(id));
  }

  tryFreshLink({ number }: Asked<"tryFreshLink">) {
    return this.does("tryFreshLink", number, () => this.links.tryFresh(number));
  }

  stopTrying() {
    return this.does("stopTrying", null, () => this.links.stop());
  }

  listHistory(request: Asked<"listHistory">) {
    return this.does("listHistory", request, () => this.history.list(request));
  }

  historyKeys() {
    return this.does("historyKeys", null, () => this.history.keys(this.sites.keys));
  }

  copyAgain({ id }: Asked<"copyAgain">) {
    return this.does("copyAgain", id, () => {
      this.clipboard = `${this.history.find(id).url}?Signature=again`;
    });
  }

  recipeOf({ id }: Asked<"recipeOf">) {
    return this.does("recipeOf", id, () => this.history.recipe(id, (keyId) => this.sites.of(keyId)));
  }

  setNote(request: Asked<"setNote">) {
    return this.does("setNote", request, () => this.history.change(request));
  }

  removeEntries({ ids }: Asked<"removeEntries">) {
    return this.does("removeEntries", ids, () => this.history.remove(ids));
  }

  restoreEntries({ ids }: Asked<"restoreEntries">) {
    return this.does("restoreEntries", ids, () => this.history.restore(ids));
  }

  clearHistory() {
    return this.does("clearHistory", null, () => this.history.clear());
  }

  exportHistory({ withLinks }: Asked<"exportHistory">) {
    return this.does("exportHistory", withLinks, () => ({ kind: "saved" as const, fileName: "links.csv" }));
  }

  linksOfKey({ keyId }: Asked<"linksOfKey">) {
    return this.does("linksOfKey", keyId, () => this.history.ofKey(keyId));
  }

  watchDrops(listener: (drop: DropView) => void) {
    return this.does("watchDrops", null, () => {
      this.drop = listener;
    });
  }

  chooseDocument() {
    return this.does("chooseDocument", null, (): ChosenDocument => {
      const { document, files } = this.options;
      if (files?.chosen !== undefined) return { kind: "several", files: this.files.take() };
      return document === undefined ? { kind: "cancelled" } : { kind: "chosen", document };
    });
  }

  chooseFiles(request: Asked<"chooseFiles">) {
    return this.does("chooseFiles", request, (): ChosenFiles =>
      this.options.files?.chosen === undefined ? { kind: "cancelled" } : { kind: "chosen", files: this.files.take() },
    );
  }

  filesState() {
    return this.does("filesState", null, () => this.files.state());
  }

  fileRows(request: Asked<"fileRows">) {
    return this.does("fileRows", request, () => this.files.page(request));
  }

  shareFiles(request: Asked<"shareFiles">) {
    return this.does("shareFiles", request, () => this.files.share(request, this.sites.list));
  }

  goOnWithFiles() {
    return this.does("goOnWithFiles", null, () => this.files.goOn());
  }

  stopFiles() {
    return this.does("stopFiles", null, () => this.files.stop());
  }

  dropFiles() {
    return this.does("dropFiles", null, () => this.files.drop());
  }

  copyFileLink({ id }: Asked<"copyFileLink">) {
    return this.does("copyFileLink", id, () => {
      this.clipboard = this.files.link(id);
    });
  }

  copyAllFileLinks() {
    return this.does("copyAllFileLinks", null, () => {
      this.clipboard = this.files.links().join("\n");
    });
  }

  saveFileLinks() {
    return this.does("saveFileLinks", null, (): SaveOutcome => ({ kind: "saved", fileName: "Signet links.csv" }));
  }

  shareDocument(request: Asked<"shareDocument">) {
    return this.does("shareDocument", request, async (): Promise<ShareOutcome> => {
      const { existing, folder, signer, lifetime, limits, note } = request;
      const { already, uploadTakes = 0 } = this.options;
      if (already !== undefined && existing === "ask") return { kind: "alreadyThere", already };
      await this.#upload(uploadTakes);
      const name = existing === "keepBoth" && already !== undefined ? already.keptAs : (this.options.document?.typed ?? "a.pdf");
      return {
        kind: "shared",
        caches: existing === "replace" ? "notTold" : null,
        link: this.links.create({ signer, lifetime, limits, note, address: folder === "" ? name : `${folder}/${name}` }),
      };
    });
  }

  openFolder(request: Asked<"openFolder">) {
    return this.does("openFolder", request, () => this.folders.open(request));
  }

  readFolder(request: Asked<"readFolder">) {
    return this.does("readFolder", request, () => this.folders.readOn(request));
  }

  folderPage(request: Asked<"folderPage">) {
    return this.does("folderPage", request, () => this.folders.page(request));
  }

  linksOfDocument(request: Asked<"linksOfDocument">) {
    return this.does("linksOfDocument", request, () => this.folders.links(request.number));
  }

  renameDocument(request: Asked<"renameDocument">) {
    return this.does("renameDocument", request, () => this.folders.rename(request.number, request.id, request.to));
  }

  replaceDocument(request: Asked<"replaceDocument">) {
    return this.does("replaceDocument", request, async () => {
      await this.#upload(this.options.uploadTakes ?? 0);
      return this.folders.replace(request.number, request.id, this.options.document?.size ?? 0);
    });
  }

  takeAwayDocument(request: Asked<"takeAwayDocument">) {
    return this.does("takeAwayDocument", request, () => this.folders.takeAway(request.number, request.id));
  }

  undoDocument({ undo }: Asked<"undoDocument">) {
    return this.does("undoDocument", undo, () => this.folders.undo(undo));
  }

  closeFolder({ number }: Asked<"closeFolder">) {
    return this.does("closeFolder", number, () => this.folders.close(number));
  }

  shareProgress() {
    return this.does("shareProgress", null, (): ShareProgressView | null => {
      const size = this.options.document?.size ?? 0;
      return this.#stopUpload === null ? null : { sent: Math.floor(size * 0.4), size };
    });
  }

  stopSharing() {
    return this.does("stopSharing", null, () => this.#stopUpload?.());
  }

  #stopUpload: (() => void) | null = null;

  async #upload(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    try {
      await new Promise<void>((done, stopped) => {
        setTimeout(done, milliseconds);
        this.#stopUpload = () => stopped(new BackendError({ code: "shareStopped" }));
      });
    } finally {
      this.#stopUpload = null;
    }
  }

  readList(request: Asked<"readList">) {
    return this.does("readList", request, () => this.many.read(request, this.sites.find(request.siteId)));
  }

  chooseList(request: Asked<"chooseList">) {
    return this.does("chooseList", request, (): ListOutcome => {
      const { file } = this.many.options;
      if (file === undefined) return { kind: "cancelled" };
      const list = this.many.read({ ...request, text: file.text }, this.sites.find(request.siteId));
      return { kind: "read", fileName: file.fileName, list };
    });
  }

  listRows(request: Asked<"listRows">) {
    return this.does("listRows", request, () => this.many.list(request));
  }

  mendRow(request: Asked<"mendRow">) {
    return this.does("mendRow", request, () => this.many.mend(request));
  }

  leaveOutRows(request: Asked<"leaveOutRows">) {
    return this.does("leaveOutRows", request, () => this.many.leaveOut(request.ids, request.leftOut));
  }

  leaveOutProblems() {
    return this.does("leaveOutProblems", null, () => this.many.leaveOutProblems());
  }

  answerList(request: Asked<"answerList">) {
    return this.does("answerList", request, () => this.many.answer(request));
  }

  createBatch({ lifetime }: Asked<"createBatch">) {
    return this.does("createBatch", lifetime, () => this.many.create(this.links.end(lifetime)));
  }

  batchState() {
    return this.does("batchState", null, () => this.many.state());
  }

  stopBatch() {
    return this.does("stopBatch", null, () => this.many.stop());
  }

  retryBatch() {
    return this.does("retryBatch", null, () => this.many.retry());
  }

  resumeBatch() {
    return this.does("resumeBatch", null, () => this.many.resume(this.sites.find(this.sites.list[0]?.id ?? "")));
  }

  dropBatch() {
    return this.does("dropBatch", null, () => this.many.drop());
  }

  copyRow({ id }: Asked<"copyRow">) {
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

  sheetCodes(request: Asked<"sheetCodes">) {
    return this.does("sheetCodes", request, () => this.many.codes(request));
  }

  printSheet() {
    return this.does("printSheet", null, () => undefined);
  }

  setUp({ siteId }: Asked<"setUp">) {
    return this.does("setUp", siteId, () => this.settingUp(siteId).view());
  }

  answerSetUp(request: Asked<"answerSetUp">) {
    return this.does("answerSetUp", request, () => this.#answered(request.siteId, (guide) => guide.answer(request.answers)));
  }

  clearSetUp({ siteId }: Asked<"clearSetUp">) {
    return this.does("clearSetUp", siteId, () => this.#answered(siteId, (guide) => guide.clear()));
  }

  readSetUpResult({ siteId, text }: Asked<"readSetUpResult">) {
    return this.does("readSetUpResult", { siteId, length: text.length }, () => this.#answered(siteId, (guide) => guide.take(text)));
  }

  #answered<T>(siteId: string, answer: (guide: FakeSetUp) => T): T {
    const guide = this.settingUp(siteId);
    const view = answer(guide);
    this.sites.beginSetUp(siteId, guide.isBegun);
    return view;
  }

  copySetUpValue(request: Asked<"copySetUpValue">) {
    return this.does("copySetUpValue", request, () => {
      this.clipboard = this.settingUp(request.siteId).value(request.step, request.value);
    });
  }

  saveHandoff(request: Asked<"saveHandoff">) {
    const files = { page: "Set up CloudFront.html", script: "set-up-cloudfront.sh", template: "set-up-cloudfront.json" };
    return this.does("saveHandoff", request, (): SaveOutcome =>
      this.options.cancels === true ? { kind: "cancelled" } : { kind: "saved", fileName: files[request.kind] },
    );
  }

  registerSetUp({ siteId }: Asked<"registerSetUp">) {
    return this.does("registerSetUp", siteId, () => this.sites.register(this.settingUp(siteId).registration()));
  }

  awsPlaces({ siteId }: Asked<"awsPlaces">) {
    return this.does("awsPlaces", { siteId, profile: this.settingUp(siteId).answers.profile }, () => ({
      ...PLACES,
      site: this.awsOf(siteId).options.place ?? null,
    }));
  }

  planSetUp({ siteId, documentLogin }: Asked<"planSetUp">) {
    return this.does("planSetUp", { siteId, documentLogin }, () => this.awsOf(siteId).plan(documentLogin));
  }

  applySetUp({ siteId }: Asked<"applySetUp">) {
    return this.does("applySetUp", siteId, async () => {
      await this.awsOf(siteId).apply();
      return this.sites.register(this.awsOf(siteId).registration());
    });
  }

  setUpWork({ siteId }: Asked<"setUpWork">) {
    return this.does("setUpWork", siteId, () => this.awsOf(siteId).work());
  }

  stopSetUp({ siteId }: Asked<"stopSetUp">) {
    return this.does("stopSetUp", siteId, () => this.awsOf(siteId).stop());
  }

  setUpMade({ siteId }: Asked<"setUpMade">) {
    return this.does("setUpMade", siteId, () => this.awsOf(siteId).journal());
  }

  undoSetUp({ siteId }: Asked<"undoSetUp">) {
    return this.does("undoSetUp", siteId, async () => {
      await this.awsOf(siteId).takeBack();
      const { key } = this.settingUp(siteId).view();
      if (key !== null) this.sites.unregister(key.id);
    });
  }

  checkSetUp(request: Asked<"checkSetUp">) {
    return this.does("checkSetUp", request, () => this.awsOf(request.siteId).check(request.document));
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
