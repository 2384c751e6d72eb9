/** A folder of a site's documents: what was read of it, and how the rest is read. */
import { asIpcError, type Backend } from "../backend/backend";
import type { FolderOrder, FolderPageView, FolderRowView, OpenFolderView, Signer } from "../backend/bindings";
import { type Page, RowPages } from "./row-pages.svelte";

/** So many answers of the storage are read at once when somebody comes to the end of the list. */
const MORE = 5;

/** How often it is looked how far the rest is read, in milliseconds. */
const LOOK = 300;

export class FolderList extends RowPages<FolderRowView> {
  readonly #backend: Backend;
  readonly #signer: () => Signer;
  /** As Rust names it; empty for the site's first one. */
  folder = $state("");
  /** What was read of it; null until the storage has answered. */
  state = $state.raw<OpenFolderView | null>(null);
  search = $state("");
  /** In which order the rows stand: by name, as long as not all is read. */
  order = $state<FolderOrder>("newest");
  #wanted: FolderOrder = "newest";
  isReading = $state(false);
  #opened = 0;

  constructor(backend: Backend, signer: () => Signer) {
    super();
    this.#backend = backend;
    this.#signer = signer;
  }

  /** What is looked for, without the blanks around it. */
  get searched(): string {
    return this.search.trim();
  }

  /** Opens a folder: one answer of the storage. */
  async open(folder: string): Promise<void> {
    const mine = ++this.#opened;
    this.begin();
    this.folder = folder;
    this.state = this.rows = this.error = null;
    this.search = "";
    this.isReading = false;
    try {
      const state = await this.#backend.openFolder({ signer: this.#signer(), folder });
      if (mine !== this.#opened) return;
      this.state = state;
      this.#wanted = state.isWhole ? "newest" : "name";
      await this.askAnew();
    } catch (thrown) {
      if (mine === this.#opened) this.error = asIpcError(thrown);
    }
  }

  /** Nobody looks at it any more, and nothing more is read of it. */
  close(): void {
    this.#opened++;
    this.begin();
    if (this.state !== null) void this.#backend.closeFolder({ number: this.state.number });
    this.state = null;
  }

  /** The same question once more: something was changed there. */
  again(): Promise<void> {
    return this.askAnew();
  }

  /** Finds names with this in them. What was not read yet is read for that. */
  async find(search: string): Promise<void> {
    this.search = search;
    if (this.state === null) return;
    if (this.searched !== "") void this.readOn(null);
    await this.askAnew();
  }

  /** Which one is the newest is known once all is read. */
  async sort(order: FolderOrder): Promise<void> {
    if (order === "newest" && !(await this.readOn(null))) return;
    this.#wanted = order;
    await this.askAnew();
  }

  override need(first: number, end: number): void {
    super.need(first, end);
    if (this.rows !== null && this.error === null && end >= this.rows.length) void this.readOn(MORE);
  }

  /** Reads so many answers of the storage, or to the end; says whether all is read. */
  async readOn(answers: number | null): Promise<boolean> {
    const { state } = this;
    if (state === null || state.isWhole) return state !== null;
    // Whoever wants all waits for the few that are read already.
    if (this.isReading) return answers === null && this.#wait();
    const mine = this.#opened;
    this.isReading = true;
    const timer = setInterval(() => void this.#look(), LOOK);
    try {
      const read = await this.#backend.readFolder({ number: state.number, answers });
      if (mine !== this.#opened) return false;
      this.error = null;
      this.state = read;
    } catch (thrown) {
      if (mine === this.#opened) this.error = asIpcError(thrown);
      return false;
    } finally {
      clearInterval(timer);
      if (mine === this.#opened) this.isReading = false;
    }
    await this.#look();
    if (mine !== this.#opened) return false;
    // A search that began meanwhile is for all of it.
    const isWanted = answers !== null && this.searched !== "";
    return this.state.isWhole || (isWanted && this.readOn(null));
  }

  async #wait(): Promise<boolean> {
    const mine = this.#opened;
    while (this.isReading && mine === this.#opened) await new Promise((resolve) => setTimeout(resolve, LOOK));
    return mine === this.#opened && this.error === null && this.readOn(null);
  }

  /** What was read since stands behind the rows that are here. */
  async #look(): Promise<void> {
    try {
      await this.page(0, 0);
    } catch {
      // It was closed, or another one is open.
    }
  }

  protected async page(skip: number, take: number): Promise<Page<FolderRowView>> {
    const { search, state } = this;
    const order = this.#wanted;
    if (state === null) return { rows: [], found: 0 };
    const page: FolderPageView = await this.#backend.folderPage({ number: state.number, search, order, skip, take });
    const isIt = search === this.search && order === this.#wanted && this.state?.number === state.number;
    if (isIt) {
      this.state = page.folder;
      this.order = page.order;
      if (!this.isAsking) this.grow(page.found);
    }
    return { rows: page.rows, found: page.found };
  }
}
