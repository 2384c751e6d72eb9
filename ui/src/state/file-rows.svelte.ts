/** The files that go to a site together, as far as they were looked at. */
import type { Backend } from "../backend/backend";
import type { FileRowView } from "../backend/bindings";
import { type Page, RowPages } from "./row-pages.svelte";

export class FileRows extends RowPages<FileRowView> {
  readonly #backend: Backend;
  #onlyNotMade = false;

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
  }

  ask(onlyNotMade: boolean): Promise<void> {
    this.#onlyNotMade = onlyNotMade;
    return this.askAnew();
  }

  protected page(skip: number, take: number): Promise<Page<FileRowView>> {
    return this.#backend.fileRows({ onlyNotMade: this.#onlyNotMade, skip, take });
  }
}
