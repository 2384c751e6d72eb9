/** The documents of a site in the fake backend. */
import { BackendError } from "./backend";
import type {
  ChangedDocumentView,
  DocumentLinksView,
  FolderPageRequest,
  FolderPageView,
  FolderRowView,
  OpenFolderRequest,
  OpenFolderView,
  ReadFolderRequest,
} from "./bindings";

/** A document as the storage has it. */
export type StoredSample = { key: string; size: number; putAt: number; hasNoLink?: boolean };

export type FolderOptions = {
  /** What is there; nothing without it. */
  stored?: StoredSample[];
  /** How many names the storage gives in an answer. */
  answer?: number;
  /** After so many answers the storage gives none any more. */
  stopsAfter?: number;
  withoutAddress?: number;
  /** The links that open each document; none without it. */
  links?: DocumentLinksView;
  /** Whether the storage keeps old versions. */
  keepsVersions?: boolean;
  /** Whether CloudFront's caches take no word. */
  cachesFail?: boolean;
};

const PRACTICE: StoredSample[] = [{ key: "Practice letter.html", size: 2_345, putAt: 1_795_521_600 }];

/** Documents in three folders, and so many more beside them. */
export function sampleDocuments(more = 0): StoredSample[] {
  const now = Math.floor(Date.now() / 1000);
  const named = [
    "Contract.pdf",
    "Offer Weber & Söhne (final).pdf",
    "Statement of the independent auditor on the consolidated accounts of the year 2025, with all annexes.pdf",
    "Plan Haus 3.dwg",
    "contracts/Lease 14 Mill Lane.pdf",
    "contracts/2026/Lease.pdf",
    "reports/2026/Q1.pdf",
    "reports/2026/Q3 résumé + notes.pdf",
  ];
  const many = Array.from({ length: more }, (_, at) => `Invoice ${String(at + 1).padStart(5, "0")}.pdf`);
  const kept = [...named, ...many].map((key, at) => ({
    key,
    size: 1_234 * (at + 1) ** 2 + 17,
    putAt: now - ((at * 7_919) % 400) * 86_400 - 60 * at,
  }));
  return [...kept, { key: "a+b#1?.pdf", size: 12, putAt: now - 31 * 86_400, hasNoLink: true }];
}

type Open = { number: number; folder: string; isPractice: boolean; rows: FolderRowView[]; read: number };

export class FakeFolders {
  readonly #options: FolderOptions;
  stored: StoredSample[];
  #open: Open | null = null;
  #undo: { number: number; act: () => void } = { number: 0, act: () => undefined };
  #count = 0;

  constructor(options: FolderOptions) {
    this.#options = options;
    this.stored = options.stored ?? [];
  }

  async open({ signer, folder }: OpenFolderRequest): Promise<OpenFolderView> {
    const stored = signer.kind === "practice" ? PRACTICE : this.stored;
    const rows = new Map<string, FolderRowView>();
    for (const { key, size, putAt, hasNoLink = false } of stored.toSorted((one, other) => (one.key < other.key ? -1 : 1))) {
      if (!key.startsWith(folder)) continue;
      const [name = "", ...inner] = key.slice(folder.length).split("/");
      const id = rows.size;
      if (inner.length > 0) {
        if (!rows.has(`${name}/`)) rows.set(`${name}/`, { kind: "folder", id, name, folder: `${folder}${name}/` });
      } else rows.set(name, { kind: "document", id, name, size, putAt, typed: hasNoLink ? null : key });
    }
    const isPractice = signer.kind === "practice";
    const open = { number: ++this.#count, folder, isPractice, rows: [...rows.values()], read: 0 };
    this.#open = open;
    await this.#answer(open);
    return this.#view(open);
  }

  async readOn({ number, answers }: ReadFolderRequest): Promise<OpenFolderView> {
    const open = this.#of(number);
    for (let at = 0; at < (answers ?? Infinity) && open.read < open.rows.length; at++) {
      await this.#answer(open);
      this.#of(number);
    }
    return this.#view(open);
  }

  page({ number, search, order, skip, take }: FolderPageRequest): FolderPageView {
    const open = this.#of(number);
    const wanted = search.trim().toLowerCase();
    const found = open.rows.slice(0, open.read).filter(({ name }) => name.toLowerCase().includes(wanted));
    const isNewest = order === "newest" && this.#view(open).isWhole;
    const age = (row: FolderRowView) => (row.kind === "folder" ? -Infinity : -row.putAt);
    const sorted = isNewest ? found.toSorted((one, other) => age(one) - age(other) || one.id - other.id) : found;
    return {
      rows: sorted.slice(skip, skip + take),
      found: found.length,
      order: isNewest ? "newest" : "name",
      folder: this.#view(open),
    };
  }

  /** Null in practice. */
  links(number: number): DocumentLinksView | null {
    if (this.#of(number).isPractice) return null;
    return this.#options.links ?? { own: 0, ofFolders: 0, first: [] };
  }

  takeAway(number: number, id: number): ChangedDocumentView {
    const { open, index, row } = this.#row(number, id);
    open.rows.splice(index, 1);
    const canUndo = open.isPractice || this.#options.keepsVersions === true;
    return this.#changed(row.name, canUndo ? () => open.rows.splice(index, 0, row) : null);
  }

  rename(number: number, id: number, to: string): ChangedDocumentView {
    const { open, index, row } = this.#row(number, id);
    const name = to.slice(to.lastIndexOf("/") + 1);
    if (open.rows.some((other) => other.name === name)) throw new BackendError({ code: "documentNameTaken", name });
    open.rows[index] = { ...row, name, typed: to };
    return this.#changed(name, () => (open.rows[index] = row));
  }

  replace(number: number, id: number, size: number): ChangedDocumentView {
    const { open, index, row } = this.#row(number, id);
    open.rows[index] = { ...row, size, putAt: Math.floor(Date.now() / 1000) };
    return this.#changed(row.name, null);
  }

  undo(number: number): void {
    if (this.#undo.number !== number) throw new BackendError({ code: "nothingToUndo" });
    this.#undo.act();
  }

  #changed(name: string, act: (() => unknown) | null): ChangedDocumentView {
    if (act !== null) this.#undo = { number: this.#undo.number + 1, act };
    return { name, undo: act === null ? null : this.#undo.number, caches: this.#options.cachesFail === true ? "notTold" : "told" };
  }

  #row(number: number, id: number) {
    const open = this.#of(number);
    const index = open.rows.findIndex((row) => row.id === id);
    const row = open.rows[index];
    if (row?.kind !== "document") throw new BackendError({ code: "folderClosed" });
    return { open, index, row };
  }

  close(number: number): void {
    if (this.#open?.number === number) this.#open = null;
  }

  async #answer(open: Open): Promise<void> {
    const { answer = 1_000, stopsAfter = Infinity } = this.#options;
    if (open.read >= answer * stopsAfter) await new Promise(() => undefined);
    open.read = Math.min(open.rows.length, open.read + answer);
  }

  #of(number: number): Open {
    if (this.#open === null || this.#open.number !== number) throw new BackendError({ code: "folderClosed" });
    return this.#open;
  }

  #view({ number, rows, read }: Open): OpenFolderView {
    return { number, read, isWhole: read >= rows.length, withoutAddress: this.#options.withoutAddress ?? 0 };
  }
}
