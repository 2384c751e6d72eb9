/** The list of *Many links* as Rust has it, and what is typed for it; kept while other screens are looked at. */
import { asIpcError, type Backend } from "../backend/backend";
import type { IpcError, Lifetime, BatchView, UnfinishedView } from "../backend/bindings";

export class ManyLinks {
  readonly #backend: Backend;
  text = $state("");
  folder = $state("");
  /** Null as long as nobody chose one: then it is the one with which the site's links begin. */
  lifetime = $state<Lifetime | null>(null);
  list = $state.raw<BatchView | null>(null);
  /** The file the list came from. */
  fileName = $state<string | null>(null);
  /** Whether names in it are of files that were dropped: those lie on this computer. */
  hasDropped = $state(false);
  /** Whether the text is before the person once more, though it was read. */
  isEditing = $state(false);
  unfinished = $state.raw<UnfinishedView | null>(null);
  /** What went wrong with the last step. */
  error = $state.raw<IpcError | null>(null);
  busy = $state(false);
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks how far the list is. An answer that a step has overtaken is of no interest. */
  async look(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const { list, unfinished } = await this.#backend.batchState();
      if (mine !== this.#asked) return;
      this.list = list;
      this.unfinished = unfinished;
    } catch (thrown) {
      if (mine === this.#asked) this.error = asIpcError(thrown);
    }
  }

  /** Does one step at a time; the list that it answers with is the list. Returns whether it was done. */
  async run(step: () => Promise<BatchView | undefined>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      const list = await step();
      this.#asked += 1;
      if (list !== undefined) this.list = list;
      return true;
    } catch (thrown) {
      this.error = asIpcError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Adds the names of dropped files to what is typed. */
  add(names: readonly string[]): void {
    this.text = [this.text.trimEnd(), ...names].filter((line) => line !== "").join("\n");
    this.hasDropped ||= names.length > 0;
    this.isEditing = true;
  }

  read(siteId: string): Promise<boolean> {
    return this.#begin(async () => {
      const list = await this.#backend.readList({ siteId, text: this.text, folder: this.folder });
      this.fileName = null;
      return list;
    });
  }

  choose(siteId: string): Promise<boolean> {
    return this.#begin(async () => {
      const outcome = await this.#backend.chooseList({ siteId, folder: this.folder });
      if (outcome.kind === "cancelled") return;
      this.fileName = outcome.fileName;
      this.hasDropped = false;
      return outcome.list;
    });
  }

  async #begin(step: () => Promise<BatchView | undefined>): Promise<boolean> {
    const before = this.list;
    const done = await this.run(step);
    if (this.list !== before) this.isEditing = false;
    return done;
  }

  resume(): Promise<boolean> {
    return this.run(async () => {
      const list = await this.#backend.resumeBatch();
      this.unfinished = null;
      this.isEditing = false;
      return list;
    });
  }

  /** Forgets the list, or where there is none the unfinished one of an earlier run. */
  drop(): Promise<boolean> {
    return this.run(async () => {
      await this.#backend.dropBatch();
      if (this.list === null) this.unfinished = null;
      else this.text = "";
      this.hasDropped = false;
      this.list = null;
    });
  }
}
