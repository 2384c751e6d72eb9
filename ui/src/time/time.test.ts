import { expect, test } from "vitest";

import { announcement, leftAtAGlance, leftInWords, secondsLeft, stateOf } from "./countdown";
import { tomorrowAt } from "./local";
import { calendarDay, daysLeft, moment, momentForReader, nearMoment, offset, shortMoment, span, zonePlace } from "./sentences";

const END = Date.parse("2026-12-01T17:00:00Z") / 1000;
const SUMMER = Date.parse("2026-07-01T16:00:00Z") / 1000;

test("a moment is said with weekday, date and time where the person is", () => {
  expect(moment(END, { zone: "Europe/London" })).toBe("Tuesday 1 December 2026, 17:00");
  expect(moment(END, { zone: "Asia/Kolkata" })).toBe("Tuesday 1 December 2026, 22:30");
  expect(moment(END, { zone: "Pacific/Auckland" })).toBe("Wednesday 2 December 2026, 06:00");
});

test("in a list the days around are called by name", () => {
  const zone = { zone: "Europe/London" };
  const said = [-2, -1, 0, 1, 2, 400].map((days) => shortMoment(END + days * 86_400, "2026-12-01", zone));
  expect(said).toEqual([
    "Sun 29 Nov, 17:00",
    "yesterday, 17:00",
    "today, 17:00",
    "tomorrow, 17:00",
    "Thu 3 Dec, 17:00",
    "Wed 5 Jan 2028, 17:00",
  ]);
  expect(shortMoment(END, "2026-12-01", { zone: "Pacific/Auckland" })).toBe("tomorrow, 06:00");
  // A day may have 23 hours: the calendar counts, not the seconds.
  expect(shortMoment(Date.parse("2026-03-29T22:30:00Z") / 1000, "2026-03-28", zone)).toBe("tomorrow, 23:30");
});

test("of one link the day is named whole, and the year only where it is another", () => {
  const zone = { zone: "Europe/London" };
  expect([0, 1, 3, 31].map((days) => nearMoment(END + days * 86_400, "2026-12-01", zone))).toEqual([
    "today, 17:00",
    "tomorrow, 17:00",
    "Friday 4 December, 17:00",
    "Friday 1 January 2027, 17:00",
  ]);
  expect(nearMoment(1e15, "2026-12-01", zone)).toBe("a time beyond every calendar");
});

test("the day is the one where the person is", () => {
  expect(calendarDay(END * 1000, { zone: "Europe/London" })).toBe("2026-12-01");
  expect(calendarDay(END * 1000, { zone: "Pacific/Auckland" })).toBe("2026-12-02");
});

test("a reader elsewhere can understand it", () => {
  expect(momentForReader(END, { zone: "Europe/London" })).toBe("Tuesday 1 December 2026, 17:00 (London time, GMT)");
  expect(momentForReader(SUMMER, { zone: "Europe/London" })).toBe("Wednesday 1 July 2026, 17:00 (London time, GMT+1)");
  expect(offset(END, { zone: "Asia/Kolkata" })).toBe("GMT+5:30");
  expect(zonePlace("America/New_York")).toBe("New York");
  expect(zonePlace("UTC")).toBe("UTC");
});

test("a span is said in its largest unit", () => {
  expect([604_800, 86_400, 7_300, 420, 60, 1, 0].map(span)).toEqual([
    "7 days",
    "1 day",
    "2 hours",
    "7 minutes",
    "1 minute",
    "1 second",
    "0 seconds",
  ]);
});

test("the countdown is the wall clock's and ends at zero", () => {
  expect(secondsLeft(END, END * 1000 - 1)).toBe(1);
  expect(secondsLeft(END, END * 1000)).toBe(0);
  // The clock was set back, or the computer slept: whatever it says now counts.
  expect(secondsLeft(END, (END - 7200) * 1000)).toBe(7200);
  expect(secondsLeft(END, (END + 7200) * 1000)).toBe(0);
});

test("a link waits, works, ends soon, and has ended", () => {
  expect([stateOf(9_000, 1), stateOf(9_000), stateOf(60), stateOf(0), stateOf(0, 1)]).toEqual([
    "waiting",
    "works",
    "ending",
    "ended",
    "ended",
  ]);
});

test("tomorrow is the calendar's", () => {
  expect(tomorrowAt("17:00", new Date(2026, 11, 31, 23, 59))).toBe("2027-01-01T17:00");
  expect(tomorrowAt("09:00", new Date(2028, 1, 28))).toBe("2028-02-29T09:00");
});

test("the time left is said as people say it", () => {
  expect([604_740, 561_600, 129_600, 129_599, 86_400, 86_399, 18_120, 3_552, 12, 0].map(leftInWords)).toEqual([
    "7 days",
    "6 days",
    "1 day 12 h",
    "1 day 12 h",
    "1 day",
    "23 h 59 min",
    "5 h 2 min",
    "59 min 12 s",
    "12 s",
    "0 s",
  ]);
});

test("what is left of days is true to the hour where hours count, and never far from it", () => {
  const [hour, day] = [3_600, 86_400];
  for (const [left, said] of [
    [day, "1 day"],
    [day + 1_799, "1 day"],
    [day + 1_800, "1 day 1 h"],
    [36 * hour, "1 day 12 h"],
    [2 * day - 1_801, "1 day 23 h"],
    [2 * day - 1_800, "2 days"],
    [2 * day, "2 days"],
    [2 * day + 7 * hour, "2 days 7 h"],
    [3 * day - 1_801, "2 days 23 h"],
    [3 * day - 1, "3 days"],
    [3 * day, "3 days"],
    [3 * day + 12 * hour, "3 days"],
    [4 * day - 6 * hour - 1, "3 days"],
    [4 * day - 6 * hour, "4 days"],
    // A week that was chosen on an evening, and ends at 18:00.
    [7 * day - 5 * hour, "7 days"],
    [7 * day - 1, "7 days"],
    [30 * day, "30 days"],
  ] as const) {
    expect(daysLeft(left), String(left)).toBe(said);
  }
  // At each minute of a month.
  for (let left = day; left < 31 * day; left += 60) {
    const [, days = "0", hours = "0"] = /^(\d+) days?(?: (\d+) h)?$/.exec(daysLeft(left)) ?? [];
    const over = Number(days) * day + Number(hours) * hour - left;
    expect(over, daysLeft(left)).toBeLessThanOrEqual(left < 3 * day ? hour / 2 : 6 * hour);
    expect(over, daysLeft(left)).toBeGreaterThanOrEqual(left < 3 * day ? -hour / 2 : 6 * hour - day);
  }
});

test("a list says what is left as people do, and seconds in the last minute only", () => {
  const [day, hour, minute] = [86_400, 3_600, 60];
  for (const [left, said] of [
    [31 * day, "31 days"],
    // Just made for seven days.
    [7 * day, "7 days"],
    [7 * day - 59, "7 days"],
    [day, "1 day"],
    [day - 1, "23 h 59 min"],
    [18_120, "5 h 2 min"],
    [hour, "1 h 0 min"],
    [hour - 1, "59 min"],
    [119, "1 min"],
    [minute, "1 min"],
    [59, "59 s"],
    [0, "0 s"],
  ] as const) {
    expect(leftAtAGlance(left), String(left)).toBe(said);
  }
});

test("a screen reader hears of it at five moments only", () => {
  expect(announcement(86_401, 86_400)).toBe("1 day");
  expect(announcement(3_601, 3_600)).toBe("1 hour");
  expect(announcement(601, 600)).toBe("10 minutes");
  expect(announcement(61, 60)).toBe("1 minute");
  expect(announcement(60, 59)).toBeNull();
  expect(announcement(5_000, 4_999)).toBeNull();
  // After a sleep only the nearest is said.
  expect(announcement(90_000, 50)).toBe("1 minute");
});
