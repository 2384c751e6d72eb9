/** The made links that *Links* shows, and how many there are. */
import type { Backend } from "../backend/backend";
import type { EntryView, HistoryRequest } from "../backend/bindings";
import { type Page, RowPages } from "./row-pages.svelte";

export type Question = Omit<HistoryRequest, "skip" | "take">;

const EVERYTHING: Question = { search: "", state: null, keyId: null, sort: "newest" };

export class LinkList extends RowPages<EntryView> {
  readonly #backend: Backend;
  question = $state.raw(EVERYTHING);
  total = $state(0);
  /** How many of all have not ended. */
  working = $state(0);
  /** How many a newer version wrote, of the pages that are here. */
  unreadable = $state(0);
  /** By the first row of a page, for some pages are fetched twice. */
  #unreadable: Record<number, number> = {};

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
  }

  get isNarrowed(): boolean {
    const { search, state, keyId } = this.question;
    return search.trim() !== "" || state !== null || keyId !== null;
  }

  /** Asks anew, with what changed in the question. */
  ask(change: Partial<Question> = {}): Promise<void> {
    this.question = { ...this.question, ...change };
    return this.askAnew();
  }

  /** All there is, in the order that was chosen. */
  askForAll(): Promise<void> {
    return this.ask({ ...EVERYTHING, sort: this.question.sort });
  }

  /** Forgets one row, which the backend has removed; returns where it stood, or -1 where that is not known. */
  drop(id: number): number {
    if (this.isAsking) {
      void this.ask();
      return -1;
    }
    this.begin();
    const index = this.indexOf(id);
    const entry = this.rows?.at(index);
    if (this.rows === null || entry === undefined) return -1;
    this.rows = this.rows.without(index);
    this.#count(entry, -1);
    return index;
  }

  /** Puts a row back to where it stood. */
  putBack(entry: EntryView, index: number): void {
    if (this.isAsking || this.rows === null || index === -1) return void this.ask();
    this.begin();
    this.rows = this.rows.withInserted(index, entry);
    this.#count(entry, 1);
  }

  #count({ expiresAt }: EntryView, by: number): void {
    this.total += by;
    if (expiresAt * 1000 > Date.now()) this.working += by;
  }

  protected async page(skip: number, take: number): Promise<Page<EntryView>> {
    const { question } = this;
    const { entries, found, total, working, unreadable } = await this.#backend.listHistory({ ...question, skip, take });
    // Else it is the answer to an earlier question, and not shown.
    if (question === this.question) {
      this.total = total;
      this.working = working;
      this.#unreadable = { ...(skip === 0 ? {} : this.#unreadable), [skip]: unreadable };
      this.unreadable = Object.values(this.#unreadable).reduce((sum, count) => sum + count, 0);
    }
    return { rows: entries, found };
  }
}
