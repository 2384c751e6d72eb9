/** The made links that *Links* shows, how many there are, and in which states they are. */
import type { Backend } from "../backend/backend";
import type { EntryView, HistoryRequest, StateCounts } from "../backend/bindings";
import { secondsLeft, stateOf } from "../time/countdown";
import { type Page, RowPages } from "./row-pages.svelte";

export type Question = Omit<HistoryRequest, "skip" | "take">;

const EVERYTHING: Question = { search: "", state: null, keyId: null, sort: "newest" };

const NONE: StateCounts = { waiting: 0, works: 0, ending: 0, ended: 0, nextChange: null };

/** How long counts are believed while nothing is known to change, in milliseconds: others make links too. */
const BELIEVED = 60_000;

export class LinkList extends RowPages<EntryView> {
  readonly #backend: Backend;
  question = $state.raw(EVERYTHING);
  total = $state(0);
  /** In which states they are that match, but for the state that is looked at. */
  counts = $state.raw(NONE);
  /** When they were counted, in milliseconds. */
  #countedAt = 0;
  #isCounting = false;
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

  /** How many match, whatever their state. */
  get ofAnyState(): number {
    const { waiting, works, ending, ended } = this.counts;
    return waiting + works + ending + ended;
  }

  /**
   * Counts again once it is time: when the next link begins or ends, and each minute. Where the rows are others by
   * then they are asked for anew, but not while somebody is at one of them. Says whether it has counted.
   */
  async keepCounted(now: number, isWorkedOn: () => boolean): Promise<boolean> {
    const change = (this.counts.nextChange ?? Infinity) * 1000;
    const isDue = now >= change || now - this.#countedAt >= BELIEVED;
    if (!isDue || this.rows === null || this.isAsking || this.#isCounting) return false;
    this.#isCounting = true;
    try {
      const { question } = this;
      const { found, total, counts } = await this.#backend.listHistory({ ...question, skip: 0, take: 0 });
      if (question !== this.question || this.isAsking) return false;
      this.#keep(total, counts, now);
      if (found !== this.rows.length && !isWorkedOn()) await this.askAnew();
      return true;
    } catch {
      // What cannot be read is said when somebody asks for it.
      this.#countedAt = now;
      this.counts = { ...this.counts, nextChange: null };
      return false;
    } finally {
      this.#isCounting = false;
    }
  }

  #keep(total: number, counts: StateCounts | null, now: number): void {
    this.total = total;
    this.counts = counts ?? NONE;
    this.#countedAt = now;
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

  #count({ startsAt, expiresAt }: EntryView, by: number): void {
    this.total += by;
    const now = Date.now();
    const state = stateOf(secondsLeft(expiresAt, now), startsAt === null ? 0 : secondsLeft(startsAt, now));
    this.counts = { ...this.counts, [state]: Math.max(0, this.counts[state] + by) };
  }

  protected async page(skip: number, take: number): Promise<Page<EntryView>> {
    const { question } = this;
    const { entries, found, total, counts, unreadable } = await this.#backend.listHistory({ ...question, skip, take });
    // Else it is the answer to an earlier question, and not shown.
    if (question === this.question) {
      if (skip === 0) this.#keep(total, counts, Date.now());
      else this.total = total;
      this.#unreadable = { ...(skip === 0 ? {} : this.#unreadable), [skip]: unreadable };
      this.unreadable = Object.values(this.#unreadable).reduce((sum, count) => sum + count, 0);
    }
    return { rows: entries, found };
  }
}
