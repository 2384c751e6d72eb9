/** The list of *Many links* in the fake backend: read in a simple way, and made a few rows at each look. */
import { encode } from "uqr";

import { BackendError } from "./backend";
import type { FakeHistory } from "./fake-history";
import { signingKeyOf } from "./fake-sites";
import type {
  FailReason,
  IpcError,
  BatchStage,
  BatchState,
  BatchView,
  MendRowRequest,
  QrView,
  ReadListRequest,
  RowState,
  RowsFilter,
  RowsRequest,
  RowsView,
  RowView,
  SheetCode,
  SheetRequest,
  SiteView,
  UnfinishedView,
  AnswerListRequest,
  QuestionView,
} from "./bindings";

export type ManyOptions = {
  /** Rows that are made between two looks. */
  pace?: number;
  /** Documents that cannot be made, and why. Remove one to let it succeed. */
  refused?: Record<string, IpcError>;
  /** Why the making stops by itself at the next look. */
  trouble?: IpcError;
  /** Why links that are made cannot be written into the history. */
  unlisted?: FailReason;
  /** What the native picker gives; without one it is closed. */
  file?: { fileName: string; text: string };
  unfinished?: UnfinishedView;
  /** The encoding in which a file was read. */
  encoding?: string;
  /** What is asked about a list; rows that have a date wait until it is answered. */
  questions?: QuestionView[];
};

type Row = {
  id: number;
  line: number;
  typed: string;
  end: string;
  note: string;
  leftOut: boolean;
  made: { link: string; expiresAt: number } | null;
  failed: IpcError | null;
};

type Meaning = Pick<RowView, "fileName" | "url" | "expiresAt" | "error">;

const MOST = 100_000;
const DEFAULT_PACE = 40;
const SHOWN: Record<RowsFilter, (state: RowState) => boolean> = {
  all: () => true,
  problems: (state) => state === "problem",
  made: (state) => state === "made",
  notMade: (state) => state === "failed" || state === "waiting",
};

export class FakeMany {
  readonly options: ManyOptions;
  readonly #history: FakeHistory;
  #site: SiteView | null = null;
  #folder = "";
  #rows: Row[] = [];
  #stage: BatchStage = "planned";
  #trouble: IpcError | null = null;
  /** The end of all rows without one of their own. */
  #expiresAt = 0;
  #unfinished: UnfinishedView | null;

  constructor(options: ManyOptions, history: FakeHistory) {
    this.options = options;
    this.#history = history;
    this.#unfinished = options.unfinished ?? null;
  }

  read({ text, folder }: ReadListRequest, site: SiteView): BatchView {
    const lines = text.split(/\r?\n/).map((content, at) => ({ content, line: at + 1 }));
    const rows = lines.filter(({ content }) => content.trim() !== "");
    if (rows.length === 0) throw new BackendError({ code: "listEmpty" });
    if (rows.length > MOST) throw new BackendError({ code: "listTooLong", most: MOST });
    this.#site = site;
    this.#folder = folder.trim().replace(/^\/+|\/+$/g, "");
    this.#rows = rows.map(({ content, line }, id) => {
      const [typed = "", end = "", note = ""] = content.split(/[\t;]/).map((part) => part.trim());
      return { id, line, typed, end, note, leftOut: false, made: null, failed: null };
    });
    this.#stage = "planned";
    this.#trouble = null;
    return this.view();
  }

  list({ show, skip, take }: RowsRequest): RowsView {
    const found = this.#rows.filter((row) => SHOWN[show](this.#state(row)));
    return { rows: found.slice(skip, skip + take).map((row) => this.#rowView(row)), found: found.length };
  }

  mend({ id, typed, end, note }: MendRowRequest): RowView {
    const row = this.#row(id);
    Object.assign(row, { typed, end, note });
    return this.#rowView(row);
  }

  leaveOut(ids: number[], leftOut: boolean): BatchView {
    for (const id of ids) this.#row(id).leftOut = leftOut;
    return this.view();
  }

  answer(answer: AnswerListRequest): BatchView {
    const { questions = [] } = this.options;
    this.options.questions = questions.flatMap((question) => {
      if (answer.kind === "order") return question.kind === "order" ? [] : [question];
      return [question.kind === "column" && question.column === answer.column ? { ...question, answer: answer.answer } : question];
    });
    return this.view();
  }

  leaveOutProblems(): BatchView {
    return this.leaveOut(
      this.#rows.filter((row) => this.#state(row) === "problem").map(({ id }) => id),
      true,
    );
  }

  create(expiresAt: number): BatchView {
    if (this.#stage === "making") throw new BackendError({ code: "manyBusy" });
    if (this.#rows.every(({ leftOut }) => leftOut)) throw new BackendError({ code: "nothingToMake" });
    this.#expiresAt = expiresAt;
    this.#stage = "making";
    return this.view();
  }

  /** Time passes at each look: a few rows more are made. */
  state(): BatchState {
    if (this.#stage === "making") this.#makeSome();
    return { list: this.#site === null ? null : this.view(), unfinished: this.#unfinished };
  }

  stop(): BatchView {
    if (this.#stage === "making") this.#stage = "stopped";
    return this.view();
  }

  retry(): BatchView {
    for (const row of this.#rows) row.failed = null;
    this.#trouble = null;
    this.#stage = "making";
    return this.view();
  }

  resume(site: SiteView): BatchView {
    const { total, made } = this.#unfinished ?? { total: 0, made: 0 };
    this.#unfinished = null;
    this.read({ siteId: site.id, text: Array.from({ length: total }, (_, at) => `Letter ${at + 1}.pdf`).join("\n"), folder: "" }, site);
    this.#expiresAt = Math.floor(Date.now() / 1000) + 604_800;
    for (const row of this.#rows.slice(0, made)) this.#make(row);
    this.#stage = "making";
    return this.view();
  }

  drop(): void {
    if (this.#site === null) this.#unfinished = null;
    this.#site = null;
    this.#rows = [];
  }

  linkOf(id: number): string {
    return this.#row(id).made?.link ?? "";
  }

  links(): string[] {
    return this.#rows.flatMap(({ made }) => (made === null ? [] : [made.link]));
  }

  codes({ skip, take }: SheetRequest): SheetCode[] {
    const made = this.#rows.flatMap((row) => (row.made === null ? [] : [{ row, made: row.made }]));
    return made.slice(skip, skip + take).map(({ row, made: { link, expiresAt } }) => ({
      fileName: this.#meaning(row).fileName,
      note: row.note,
      expiresAt,
      qr: draw(link),
    }));
  }

  view(): BatchView {
    if (this.#site === null) throw new BackendError({ code: "noList" });
    const { unlisted } = this.options;
    const states = this.#rows.map((row) => this.#state(row));
    const count = (wanted: RowState) => states.filter((state) => state === wanted).length;
    return {
      siteId: this.#site.id,
      siteName: this.#site.name,
      host: this.#site.host ?? "",
      total: this.#rows.length,
      problems: count("problem"),
      leftOut: count("leftOut"),
      ownEnds: this.#rows.filter(({ end, leftOut }) => end !== "" && !leftOut).length,
      encoding: this.options.encoding ?? null,
      questions: this.options.questions ?? [],
      stage: this.#stage,
      made: count("made"),
      failed: count("failed"),
      unlisted: unlisted === undefined ? 0 : count("made"),
      rate: this.#stage === "planned" ? 0 : 240,
      trouble:
        this.#trouble ?? (unlisted !== undefined && count("made") > 0 ? { code: "history", why: "notSaved", reason: unlisted } : null),
    };
  }

  #makeSome(): void {
    if (this.options.trouble !== undefined) {
      this.#trouble = this.options.trouble;
      this.#stage = "stopped";
      return;
    }
    const left = this.#rows.filter((row) => ["ready", "waiting"].includes(this.#state(row)));
    const pace = this.options.pace ?? DEFAULT_PACE;
    for (const row of left.slice(0, pace)) this.#make(row);
    if (left.length <= pace) this.#stage = "finished";
  }

  #make(row: Row): void {
    const refused = this.options.refused?.[row.typed];
    if (refused !== undefined) {
      row.failed = refused;
      return;
    }
    const { fileName, url, expiresAt: ownEnd } = this.#meaning(row);
    const expiresAt = ownEnd ?? this.#expiresAt;
    const site = this.#site;
    const key = site === null ? undefined : signingKeyOf(site);
    if (site === null || key === undefined || url === null) return;
    row.made = {
      link: `${url}?Expires=${expiresAt}&Signature=MEUCIQ${row.id}~~&Key-Pair-Id=${key.registration?.publicKeyId ?? ""}`,
      expiresAt,
    };
    if (this.options.unlisted !== undefined) return;
    const limits = { startsAt: null, network: null, folder: null, note: row.note };
    const createdAt = Math.floor(Date.now() / 1000);
    this.#history.add({
      fileName,
      url,
      host: site.host ?? "",
      keyId: key.id,
      keyName: key.name,
      keyIsHere: true,
      createdAt,
      expiresAt,
      ...limits,
    });
  }

  #row(id: number): Row {
    const row = this.#rows[id];
    if (row === undefined) throw new BackendError({ code: "noList" });
    return row;
  }

  #state(row: Row): RowState {
    if (row.leftOut) return "leftOut";
    if (row.made !== null) return "made";
    if (row.failed !== null) return "failed";
    if (this.#meaning(row).error !== null) return "problem";
    return this.#stage === "planned" ? "ready" : "waiting";
  }

  #rowView(row: Row): RowView {
    const { id, line, typed, end, note, made, failed } = row;
    const meaning = this.#meaning(row);
    const state = this.#state(row);
    const error = state === "failed" ? failed : state === "problem" ? meaning.error : null;
    return {
      id,
      line,
      typed,
      end,
      note,
      isDayNumber: /^\d{5}$/.test(end),
      ...meaning,
      state,
      error,
      expiresAt: made?.expiresAt ?? meaning.expiresAt,
    };
  }

  #meaning({ typed, end, note }: Row): Meaning {
    const host = this.#site?.host ?? "";
    const nothing = { fileName: "", url: null, expiresAt: null };
    const [, elsewhere] = /^https?:\/\/([^/]+)/.exec(typed) ?? [];
    if (typed === "") return { ...nothing, error: { code: "address", why: "empty" } };
    if (typed.includes("#")) return { ...nothing, error: { code: "address", why: "hasFragment", suggestion: null } };
    if (elsewhere !== undefined && elsewhere !== host)
      return { ...nothing, error: { code: "address", why: "otherSite", host: elsewhere, site: host, suggestion: null } };
    const isPlain = !typed.includes("/");
    const path =
      elsewhere === undefined
        ? [isPlain ? this.#folder : "", typed].filter((part) => part !== "").join("/")
        : typed.slice(`https://${host}/`.length);
    const url = `https://${host}/${path.split("/").map(encodeURIComponent).join("/")}`;
    const fileName = path.split("/").at(-1) ?? "";
    const open = this.options.questions?.find((question) => question.kind === "column" && question.answer === null);
    if (end !== "" && open?.kind === "column")
      return { fileName, url, expiresAt: null, error: { code: "endColumnAsked", heading: open.heading, number: open.number, text: end } };
    const { expiresAt, error } = readEnd(end);
    if (error !== null) return { fileName, url, expiresAt: null, error };
    return { fileName, url, expiresAt, error: note.length > 200 ? { code: "note", why: "tooLong", most: 200 } : null };
  }
}

/** `5/6/2030` with the day first and with the month first. */
function inBothOrders(text: string): [string, string] {
  const [first = "", second = "", year = ""] = text.split("/").map((part) => part.padStart(2, "0"));
  return [`${year}-${second}-${first}`, `${year}-${first}-${second}`];
}

function readEnd(text: string): { expiresAt: number | null; error: IpcError | null } {
  const wrong = (error: IpcError) => ({ expiresAt: null, error });
  if (text === "") return { expiresAt: null, error: null };
  if (text === "47848") return { expiresAt: Date.parse("2030-12-31 23:59:59") / 1000, error: null };
  if (/^\d\d?\/\d\d?\/\d{4}$/.test(text)) return wrong({ code: "end", why: "ambiguous", text, readings: inBothOrders(text) });
  const [, count, unit] = /^(\d+) (day|hour)s?$/.exec(text) ?? [];
  const now = Math.floor(Date.now() / 1000);
  if (count !== undefined) return { expiresAt: now + Number(count) * (unit === "day" ? 86_400 : 3_600), error: null };
  const at = /^\d{4}-\d\d-\d\d( \d\d:\d\d)?$/.test(text) ? Date.parse(text.includes(" ") ? text : `${text} 23:59`) / 1000 : Number.NaN;
  if (Number.isNaN(at)) return wrong({ code: "end", why: "unreadable", text, suggestion: null });
  return at <= now ? wrong({ code: "lifetime", why: "over" }) : { expiresAt: at, error: null };
}

/** A code that can be read, as Rust draws it: without the quiet zone, in a view box that has it. */
function draw(text: string): QrView {
  const { size, data } = encode(text, { ecc: "M", border: 0 });
  const runs = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + 4} ${y + 4}h1v1h-1z` : "")));
  return { modules: size, path: runs.join("") };
}
