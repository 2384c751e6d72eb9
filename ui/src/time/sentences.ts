/** Moments in words, in the person's language and zone. Times are Unix seconds. */

type Place = { locale?: string | undefined; zone?: string | undefined };

const day: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** `Tuesday 1 December 2026, 17:00` */
export function moment(seconds: number, place: Place = {}): string {
  const date = new Date(seconds * 1000);
  const zone = { timeZone: place.zone };
  const locale = place.locale ?? "en-GB";
  const dayText = new Intl.DateTimeFormat(locale, { ...day, ...zone }).format(date).replace(",", "");
  return `${dayText}, ${new Intl.DateTimeFormat(locale, { ...clock, ...zone }).format(date)}`;
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
  const where = zonePlace(place.zone);
  return `${moment(seconds, place)} (${where} time, ${offset(seconds, place)})`;
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `7 days from now`: the largest unit, rounded, as people say it. */
export function fromNow(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => Math.round(seconds / size) >= 1 && seconds >= size) ?? UNITS[3];
  const count = Math.max(0, Math.round(seconds / size));
  return `${count} ${unit}${count === 1 ? "" : "s"} from now`;
}
