/** Dates and times as people type them: `2026-12-01T17:00`, on this computer's clock. */

const two = (n: number) => String(n).padStart(2, "0");

/** Tomorrow, by the calendar. */
export function tomorrowAt(time: string, now = new Date()): string {
  // Noon is on the same day whatever the clocks do that night.
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 12);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T${time}`;
}

export type DateParts = { date: string; time: string };

/** The two fields of a text, and the text of the two fields: `31.12.2026` and `17:00`. */
export function parted(text: string): DateParts {
  const [, date, time] = /^(.*\S)[T ](\d{1,2}:\d\d(?::\d\d)?)$/.exec(text) ?? [];
  return date === undefined || time === undefined ? { date: text, time: "" } : { date, time };
}

export function joined({ date, time }: DateParts): string {
  const [day, clock] = [date.trim(), time.trim()];
  if (/^\d{4}-\d\d-\d\d$/.test(day) && /^\d\d:\d\d$/.test(clock)) return `${day}T${clock}`;
  return [day, clock].filter((part) => part !== "").join(" ");
}

/** The day of a moment, at noon of this computer's clock. */
export function dayOf(seconds: number): Date {
  const at = new Date(seconds * 1000);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12);
}

/** A day that was chosen, with the time of day that stands in `text` already: `31 December 2026 17:00`. */
export function writtenDay(day: Date, text: string): string {
  const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" }).format(day);
  return joined({ date, time: parted(text).time });
}
