/** Moments in words, in the person's language and zone. Times are Unix seconds. */

type Place = { locale?: string | undefined; zone?: string | undefined };

const day: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** Whether a date can say it: a link's end may lie beyond the year 275,760. */
export const isOnCalendar = (seconds: number): boolean => Math.abs(seconds) <= 8.64e12;

/** `Tuesday 1 December 2026, 17:00` */
export function moment(seconds: number, place: Place = {}): string {
  if (!isOnCalendar(seconds)) return "a time beyond every calendar";
  const date = new Date(seconds * 1000);
  const zone = { timeZone: place.zone };
  const locale = place.locale ?? "en-GB";
  const dayText = new Intl.DateTimeFormat(locale, { ...day, ...zone }).format(date).replace(",", "");
  return `${dayText}, ${new Intl.DateTimeFormat(locale, { ...clock, ...zone }).format(date)}`;
}

/**
 * A point in time as Rust says it back: `2026-12-31`, `2026-12-31 17:00`, or with a zone
 * `2026-12-31T16:00:00Z`. In words it has its weekday: `Thursday 31 December 2026, 17:00`.
 */
export function writtenMoment(text: string, place: Place = {}): string {
  const [, year, month, date, time] = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d)(?::\d\d)?)?$/.exec(text) ?? [];
  if (year === undefined) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? text : moment(at / 1000, place);
  }
  // A day of the calendar, which is the same one in every zone.
  const noon = Date.UTC(Number(year), Number(month) - 1, Number(date), 12);
  const dayText = new Intl.DateTimeFormat(place.locale ?? "en-GB", { ...day, timeZone: "UTC" }).format(noon).replace(",", "");
  return time === undefined ? dayText : `${dayText}, ${time}`;
}

const shortDay: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };

/** For a list: `today, 17:47`, `Tue 1 Dec, 17:00`, in another year `Tue 1 Dec 2026, 17:00`. */
export function shortMoment(seconds: number, today: string, place: Place = {}): string {
  const at = seconds * 1000;
  const then = calendarDay(at, place);
  const time = formatter(clock, place).format(at);
  const away = Math.round((Date.parse(then) - Date.parse(today)) / 86_400_000);
  const near = NEAR[away];
  if (near !== undefined) return `${near}, ${time}`;
  const year: Intl.DateTimeFormatOptions = then.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" };
  return `${formatter({ ...shortDay, ...year }, place)
    .format(at)
    .replaceAll(",", "")}, ${time}`;
}

/** For a choice of ends: today's is `until 18:00`, any other has its day, `Fri 4 Dec, 18:00`. */
export function endMoment(seconds: number, today: string, place: Place = {}): string {
  const at = seconds * 1000;
  const then = calendarDay(at, place);
  const time = formatter(clock, place).format(at);
  if (then === today) return `until ${time}`;
  const year: Intl.DateTimeFormatOptions = then.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" };
  return `${formatter({ ...shortDay, ...year }, place)
    .format(at)
    .replaceAll(",", "")}, ${time}`;
}

const longDay: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };

/** For one link: `today, 17:47`, `Friday 4 December, 18:00`, in another year with the year. */
export function nearMoment(seconds: number, today: string, place: Place = {}): string {
  if (!isOnCalendar(seconds)) return moment(seconds, place);
  const at = seconds * 1000;
  const then = calendarDay(at, place);
  const near = NEAR[Math.round((Date.parse(then) - Date.parse(today)) / 86_400_000)];
  if (near === undefined && then.slice(0, 4) !== today.slice(0, 4)) return moment(seconds, place);
  return `${near ?? formatter(longDay, place).format(at).replaceAll(",", "")}, ${formatter(clock, place).format(at)}`;
}

/** `17:47` */
export const timeOfDay = (milliseconds: number, place: Place = {}): string => formatter(clock, place).format(milliseconds);

const NEAR: Record<number, string> = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };

/** `2026-12-01`, where the person is. Put together by its parts, for each browser has another order of its own. */
export function calendarDay(milliseconds: number, { zone }: Place = {}): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const parts = formatter(options, { zone }).formatToParts(milliseconds);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** Kept, for making one takes longer than a whole list of moments. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions, { locale = "en-GB", zone }: Place): Intl.DateTimeFormat {
  const name = JSON.stringify([locale, zone, options]);
  const made = formatters.get(name) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formatters.set(name, made);
  return made;
}

/** `London`, from `Europe/London`; a zone without a place keeps its name. */
export function zonePlace(zone = Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** `GMT+1`; for UTC itself `GMT`. */
export function offset(seconds: number, place: Place = {}): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: place.zone, timeZoneName: "shortOffset" });
  const found = parts.formatToParts(seconds * 1000).find(({ type }) => type === "timeZoneName");
  return found?.value.replace(/\+0$/, "") ?? "GMT";
}

/** For a reader who may be elsewhere: `Tuesday 1 December 2026, 17:00 (London time, GMT)`. */
export function momentForReader(seconds: number, place: Place = {}): string {
  if (!isOnCalendar(seconds)) return moment(seconds);
  const where = zonePlace(place.zone);
  return `${moment(seconds, place)} (${where} time, ${offset(seconds, place)})`;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** The rest of a day behind the end of a working day: a week that is chosen late in the evening is one all the same. */
const EVENING = 6 * HOUR;

/**
 * What is left of a day or more. From three days on whole days, for nobody plans by the hour that far ahead: `7 days`, also
 * when six hours are missing, and never more than that. Below, the hours count: `1 day 12 h`, to the nearest.
 */
export function daysLeft(seconds: number): string {
  const isFar = seconds >= 3 * DAY;
  const hours = isFar ? 24 * Math.floor((seconds + EVENING) / DAY) : Math.round(seconds / HOUR);
  const days = Math.floor(hours / 24);
  const said = days === 1 ? "1 day" : `${days} days`;
  return hours % 24 === 0 ? said : `${said} ${hours % 24} h`;
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `7 days`: the largest unit, rounded, as people say it. */
export function span(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => Math.round(seconds / size) >= 1 && seconds >= size) ?? UNITS[3];
  const count = Math.max(0, Math.round(seconds / size));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
