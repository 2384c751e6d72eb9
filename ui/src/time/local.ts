/** Dates and times as people type them: `2026-12-01T17:00`, on this computer's clock. */

const two = (n: number) => String(n).padStart(2, "0");

/** Tomorrow, by the calendar. */
export function tomorrowAt(time: string, now = new Date()): string {
  // Noon is on the same day whatever the clocks do that night.
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 12);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T${time}`;
}
