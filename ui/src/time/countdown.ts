/** The time left, from the wall clock at each look and never counted down. */

import { daysLeft } from "./sentences";

const DAY = 86_400;
const HOUR = 3_600;
const MINUTE = 60;

/** Whole seconds from `now` (milliseconds) to `expiresAt` (seconds); 0 once it is over. */
export function secondsLeft(expiresAt: number, now: number): number {
  return Math.max(0, Math.ceil(expiresAt - now / 1000));
}

/** How a link stands. The backend has the same names for it, and the times know no backend. */
export type LinkTime = "waiting" | "works" | "ending" | "ended";

/** Whether a link does not work yet, works, works for less than an hour more, or has ended. */
export function stateOf(secondsLeft: number, secondsToStart = 0): LinkTime {
  if (secondsLeft === 0) return "ended";
  if (secondsToStart > 0) return "waiting";
  return secondsLeft < HOUR ? "ending" : "works";
}

/** Whether the hours and minutes count, so that a clock is shown that ticks. */
export const endsWithinADay = (seconds: number): boolean => seconds < DAY;

/** `7 days`, `1 day 12 h` as people say it; within a day `5 h 2 min`, `59 min 12 s`, `12 s`. */
export function leftInWords(seconds: number): string {
  if (!endsWithinADay(seconds)) return daysLeft(seconds);
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const rest = seconds % MINUTE;
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min ${rest} s`;
  return `${rest} s`;
}

/** For a list, where a hundred ticking seconds tell nobody more: they come in the last minute. */
export function leftAtAGlance(seconds: number): string {
  const isFar = seconds >= MINUTE && seconds < HOUR;
  return isFar ? `${Math.floor(seconds / MINUTE)} min` : leftInWords(seconds);
}

const ANNOUNCED = [
  [DAY, "1 day"],
  [HOUR, "1 hour"],
  [10 * MINUTE, "10 minutes"],
  [MINUTE, "1 minute"],
] as const;

/** What a screen reader says when the time left went from `before` to `after`: mostly nothing. */
export function announcement(before: number, after: number): string | null {
  const passed = ANNOUNCED.filter(([at]) => before > at && after <= at).at(-1);
  return passed === undefined ? null : passed[1];
}
