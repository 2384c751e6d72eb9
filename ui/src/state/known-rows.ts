/** The rows of a list of any length, of which some are here: what it costs follows those, never the length. */
export class KnownRows<Row extends { id: number }> {
  readonly length: number;
  readonly #known: Map<number, Row>;

  constructor(length: number, known: Iterable<readonly [number, Row]> = []) {
    this.length = length;
    this.#known = known instanceof Map ? known : new Map(known);
  }

  /** Undefined where the row is not here yet. */
  at(index: number): Row | undefined {
    return this.#known.get(index);
  }

  /** The first one's place, of the rows that are here; -1 for none. */
  findIndex(wanted: (row: Row) => boolean): number {
    let first = -1;
    for (const [index, row] of this.#known) if ((first === -1 || index < first) && wanted(row)) first = index;
    return first;
  }

  isWhole(first: number, end: number): boolean {
    for (let index = first; index < Math.min(end, this.length); index++) if (!this.#known.has(index)) return false;
    return true;
  }

  /** With these rows from `first` on. They are the old ones' too, for a copy would cost as much as all that is here. */
  with(first: number, rows: readonly Row[]): KnownRows<Row> {
    rows.forEach((row, at) => this.#known.set(first + at, row));
    return new KnownRows(this.length, this.#known);
  }

  /** With as many more behind the last, of which none is here. */
  grownTo(length: number): KnownRows<Row> {
    return new KnownRows(length, this.#known);
  }

  without(index: number): KnownRows<Row> {
    const others = [...this.#known].filter(([at]) => at !== index);
    return new KnownRows(
      this.length - 1,
      others.map(([at, row]) => [at > index ? at - 1 : at, row]),
    );
  }

  withInserted(index: number, row: Row): KnownRows<Row> {
    const others = [...this.#known].map(([at, row]) => [at >= index ? at + 1 : at, row] as const);
    return new KnownRows(this.length + 1, [...others, [index, row]]);
  }
}
