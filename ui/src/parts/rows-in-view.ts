/**
 * Which rows of a long list are near the window, and where each stands. All are of one height but
 * for the one that is unfolded, so this is arithmetic at any length.
 */
export type Rows = { count: number; height: number; tall: { index: number; height: number } | null };

const more = ({ height, tall }: Rows) => (tall === null ? 0 : Math.max(0, tall.height - height));

export function topOf(rows: Rows, index: number): number {
  return index * rows.height + (rows.tall !== null && index > rows.tall.index ? more(rows) : 0);
}

export const heightOf = (rows: Rows): number => topOf(rows, rows.count);

/** The first row that is seen and the row after the last, from a height of the list to another. */
export function rowsBetween(rows: Rows, from: number, to: number): [first: number, end: number] {
  const within = (index: number) => Math.min(rows.count, Math.max(0, index));
  return [within(rowAt(rows, from)), within(rowAt(rows, to) + 1)];
}

function rowAt(rows: Rows, height: number): number {
  const index = Math.floor(height / rows.height);
  if (rows.tall === null || index <= rows.tall.index) return index;
  return Math.max(rows.tall.index, Math.floor((height - more(rows)) / rows.height));
}
