/** Several files that go to a site together, in the fake backend: one at each look. */
import { BackendError } from "./backend";
import type {
  FileRowsRequest,
  FileRowsView,
  FileRowView,
  FilesStage,
  FilesState,
  FilesView,
  IpcError,
  LeftOutView,
  ShareFilesRequest,
  SiteView,
  UnfinishedFilesView,
} from "./bindings";

export type FilesOptions = {
  /** What is chosen or dropped; without it the dialogs are cancelled. */
  chosen?: readonly { name: string; size: number }[];
  leftOut?: LeftOutView[];
  /** The names of those that are on the site already. */
  there?: readonly string[];
  /** Files that cannot go, and why. Remove one to let it succeed. */
  refused?: Record<string, IpcError>;
  /** How long each takes, in milliseconds. */
  takes?: number;
  /** Before which file all of it ends by itself, and why. Remove it to go on. */
  trouble?: { at: number; error: IpcError };
  unfinished?: UnfinishedFilesView;
};

const DAY = 86_400;

export class FakeFiles {
  readonly options: FilesOptions;
  #rows: FileRowView[] | null = null;
  #stage: FilesStage = "chosen";
  #site: SiteView | null = null;
  #folder = "";
  #expiresAt: number | null = null;
  #isStopped = false;
  #trouble: IpcError | null = null;
  #unfinished: UnfinishedFilesView | null;

  constructor(options: FilesOptions) {
    this.options = options;
    this.#unfinished = options.unfinished ?? null;
  }

  take(): FilesView {
    const row = ({ name, size }: { name: string; size: number }, id: number): FileRowView => ({
      id,
      name,
      size,
      state: "waiting",
      thereSize: null,
      therePutAt: null,
      keptAs: null,
      replaced: false,
      expiresAt: null,
      error: null,
    });
    this.#rows = (this.options.chosen ?? []).map(row);
    this.#stage = "chosen";
    this.#trouble = this.#site = this.#expiresAt = null;
    return this.#view();
  }

  state(): FilesState {
    return this.#rows === null ? { files: null, unfinished: this.#unfinished } : { files: this.#view(), unfinished: null };
  }

  page({ onlyNotMade, skip, take }: FileRowsRequest): FileRowsView {
    const rows = this.#all.filter(({ state }) => !onlyNotMade || state !== "made");
    return { rows: rows.slice(skip, skip + take), found: rows.length };
  }

  async share({ existing, folder, signer }: ShareFilesRequest, sites: readonly SiteView[]): Promise<FilesView> {
    this.#site = signer.kind === "site" ? (sites.find(({ id }) => id === signer.id) ?? null) : null;
    this.#folder = folder;
    this.#expiresAt = Math.floor(Date.now() / 1000) + 7 * DAY;
    const there = this.options.there ?? [];
    if (existing === "ask" && there.length > 0) {
      this.#change((row) => (there.includes(row.name) ? { thereSize: 998, therePutAt: 1_796_000_000 } : {}));
      this.#stage = "asked";
      return this.#view();
    }
    return this.#go(existing === "replace");
  }

  goOn(): Promise<FilesView> {
    if (this.#rows === null) {
      this.take();
      this.#unfinished = null;
      this.#expiresAt = Math.floor(Date.now() / 1000) + 5 * DAY;
    }
    return this.#go(false);
  }

  stop(): void {
    this.#isStopped = true;
  }

  drop(): void {
    this.#rows = this.#unfinished = null;
  }

  links(): string[] {
    return this.#all.filter(({ state }) => state === "made").map(({ id }) => this.link(id));
  }

  link(id: number): string {
    const row = this.#all[id];
    if (row?.state !== "made") throw new BackendError({ code: "noDocument" });
    return `https://docs.example.com/${encodeURI(row.keptAs ?? row.name)}?Expires=${row.expiresAt}&Signature=x`;
  }

  get #all(): readonly FileRowView[] {
    return this.#rows ?? [];
  }

  async #go(replaces: boolean): Promise<FilesView> {
    this.#stage = "going";
    this.#isStopped = false;
    this.#trouble = null;
    this.#change(({ state }) => (state === "failed" ? { state: "waiting", error: null } : {}));
    const { takes = 0, trouble, refused = {}, there = [] } = this.options;
    for (const { id, name, state } of this.#all) {
      if (state !== "waiting") continue;
      if (trouble?.at === id) this.#trouble = trouble.error;
      if (this.#isStopped || this.#trouble !== null) break;
      this.#set(id, { state: "going" });
      if (takes > 0) await new Promise((done) => setTimeout(done, takes));
      const error = refused[name];
      const isThere = there.includes(name);
      const made = {
        state: "made" as const,
        expiresAt: this.#expiresAt,
        replaced: isThere && replaces,
        keptAs: isThere && !replaces ? name.replace(/(\.\w+)?$/, " (2)$1") : null,
      };
      this.#set(id, error === undefined ? made : { state: "failed", error });
    }
    this.#stage = this.#all.some(({ state }) => state === "waiting") ? "stopped" : "finished";
    return this.#view();
  }

  #set(id: number, change: Partial<FileRowView>): void {
    this.#change((row) => (row.id === id ? change : {}));
  }

  #change(change: (row: FileRowView) => Partial<FileRowView>): void {
    this.#rows = this.#all.map((row) => ({ ...row, ...change(row) }));
  }

  #view(): FilesView {
    const rows = this.#all;
    const sum = (of: readonly FileRowView[]) => of.reduce((all, { size }) => all + size, 0);
    const count = (is: (row: FileRowView) => boolean) => rows.filter(is).length;
    const isOver = ({ state }: FileRowView) => state === "made" || state === "failed";
    const replaced = count((row) => row.replaced);
    return {
      total: rows.length,
      size: sum(rows),
      stage: this.#stage,
      made: count(({ state }) => state === "made"),
      failed: count(({ state }) => state === "failed"),
      there: count(({ thereSize }) => thereSize !== null),
      linksThere: 1,
      beside: count(({ keptAs }) => keptAs !== null),
      replaced,
      isOldForADay: replaced > 0,
      sent: sum(rows.filter(isOver)),
      going: rows.find(({ state }) => state === "going")?.name ?? null,
      siteId: this.#site?.id ?? null,
      siteName: this.#site?.name ?? "",
      folder: this.#folder,
      expiresAt: this.#expiresAt,
      leftOut: this.options.leftOut ?? [],
      moreLeftOut: 0,
      trouble: this.#trouble,
    };
  }
}
