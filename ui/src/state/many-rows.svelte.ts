/** The rows of *Many links* that were looked at. */
import type { Backend } from "../backend/backend";
import type { RowsFilter, RowView } from "../backend/bindings";
import { type Page, RowPages } from "./row-pages.svelte";

export class ManyRows extends RowPages<RowView> {
  readonly #backend: Backend;
  show = $state<RowsFilter>("all");

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
  }

  ask(show: RowsFilter): Promise<void> {
    this.show = show;
    return this.askAnew();
  }

  /** Fetches one row once more. */
  async refresh(id: number): Promise<void> {
    const { rows } = await this.#backend.listRows({ show: "all", skip: id, take: 1 });
    rows.forEach((row) => this.replace(row));
  }

  protected page(skip: number, take: number): Promise<Page<RowView>> {
    return this.#backend.listRows({ show: this.show, skip, take });
  }
}
