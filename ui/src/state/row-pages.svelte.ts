/** A list of any length whose rows are asked for in pages; the answer to the last question counts. */
import { asIpcError } from "../backend/backend";
import type { IpcError } from "../backend/bindings";
import { KnownRows } from "./known-rows";

export type Page<Row> = { rows: readonly Row[]; found: number };

const PAGE = 100;

export abstract class RowPages<Row extends { id: number }> {
  /** Null before the first answer. */
  rows = $state.raw<KnownRows<Row> | null>(null);
  error = $state<IpcError | null>(null);
  #asked = 0;
  #isAsking = false;
  /** Asked for since the rows were others; never twice, for a page may hold fewer rows than it should. */
  #pages: number[] = [];

  /** Asks the backend. */
  protected abstract page(skip: number, take: number): Promise<Page<Row>>;

  /** Asks anew; the old rows stay until the answer is here. */
  protected async askAnew(): Promise<void> {
    const mine = this.begin();
    this.#isAsking = true;
    this.#pages.push(0);
    try {
      const page = await this.page(0, PAGE);
      if (mine !== this.#asked) return;
      this.error = null;
      this.rows = new KnownRows<Row>(page.found).with(0, page.rows);
    } catch (thrown) {
      if (mine === this.#asked) this.error = asIpcError(thrown);
    } finally {
      if (mine === this.#asked) this.#isAsking = false;
    }
  }

  /** Fetches what is missing of the rows from `first` to before `end`. */
  need(first: number, end: number): void {
    // The rows belong to the last question, and are about to be others.
    if (this.#isAsking) return;
    for (let page = Math.floor(first / PAGE); page * PAGE < end; page++) {
      const from = Math.max(first, page * PAGE);
      const isMissing = this.rows?.isWhole(from, Math.min(end, (page + 1) * PAGE)) === false;
      if (isMissing && !this.#pages.includes(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const mine = this.#asked;
    this.#pages.push(page);
    try {
      const { rows, found } = await this.page(page * PAGE, PAGE);
      if (mine !== this.#asked || this.rows === null) return;
      // The list changed elsewhere: what is here stands in the wrong places.
      if (found !== this.rows.length) return void this.askAnew();
      this.rows = this.rows.with(page * PAGE, rows);
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.#pages = this.#pages.filter((other) => other !== page);
      this.error = asIpcError(thrown);
    }
  }

  /** Puts a changed row where the old one stood, though the question may not be about it any more. */
  replace(changed: Row): void {
    const index = this.indexOf(changed.id);
    if (this.rows !== null && index !== -1) this.rows = this.rows.with(index, [changed]);
  }

  /** There are more rows by now, all of them behind those that were found before. */
  protected grow(found: number): void {
    if (this.rows === null || found <= this.rows.length) return;
    // The last page was not full.
    const last = Math.floor(this.rows.length / PAGE);
    this.#pages = this.#pages.filter((page) => page !== last);
    this.rows = this.rows.grownTo(found);
  }

  protected get isAsking(): boolean {
    return this.#isAsking;
  }

  protected indexOf(id: number): number {
    return this.rows?.findIndex((row) => row.id === id) ?? -1;
  }

  /** Whatever was asked before this is of no interest any more. */
  protected begin(): number {
    this.#isAsking = false;
    this.#pages = [];
    return ++this.#asked;
  }
}
