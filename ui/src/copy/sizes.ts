/** How large a document is, as file managers say it. */

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

const formatters = new Map<string, Intl.NumberFormat>();

const formatter = (unit: (typeof UNITS)[number], digits: number) => {
  const key = `${unit} ${digits}`;
  const made =
    formatters.get(key) ??
    new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: digits });
  formatters.set(key, made);
  return made;
};

/** `1.2 MB`, by thousands; below one kilobyte the bytes. */
export function sizeOf(bytes: number): string {
  let [size, unit] = [bytes, 0];
  // What would be rounded to a thousand is one of the next unit.
  while (unit < UNITS.length - 1 && size >= (unit === 0 ? 1_000 : 999.5)) {
    size /= 1_000;
    unit += 1;
  }
  return formatter(UNITS[unit] ?? "byte", unit > 0 && size < 9.95 ? 1 : 0).format(size);
}
