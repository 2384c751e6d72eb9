import { expect, test } from "vitest";

import { announcement, leftInWords, secondsLeft } from "./countdown";
import { fromNow, moment, momentForReader, offset, zonePlace } from "./sentences";

const END = Date.parse("2026-12-01T17:00:00Z") / 1000;
const SUMMER = Date.parse("2026-07-01T16:00:00Z") / 1000;

test("a moment is said with weekday, date and time where the person is", () => {
  expect(moment(END, { zone: "Europe/London" })).toBe("Tuesday 1 December 2026, 17:00");
  expect(moment(END, { zone: "Asia/Kolkata" })).toBe("Tuesday 1 December 2026, 22:30");
  expect(moment(END, { zone: "Pacific/Auckland" })).toBe("Wednesday 2 December 2026, 06:00");
});

test("a reader elsewhere can understand it", () => {
  expect(momentForReader(END, { zone: "Europe/London" })).toBe("Tuesday 1 December 2026, 17:00 (London time, GMT)");
  expect(momentForReader(SUMMER, { zone: "Europe/London" })).toBe("Wednesday 1 July 2026, 17:00 (London time, GMT+1)");
  expect(offset(END, { zone: "Asia/Kolkata" })).toBe("GMT+5:30");
  expect(zonePlace("America/New_York")).toBe("New York");
  expect(zonePlace("UTC")).toBe("UTC");
});

test("the distance is said in its largest unit", () => {
  expect([604_800, 86_400, 3_600, 60, 1, 0].map(fromNow)).toEqual([
    "7 days from now", "1 day from now", "1 hour from now", "1 minute from now", "1 second from now", "0 seconds from now",
  ]);
});

test("the countdown is the wall clock's and ends at zero", () => {
  expect(secondsLeft(END, END * 1000 - 1)).toBe(1);
  expect(secondsLeft(END, END * 1000)).toBe(0);
  // The clock was set back, or the computer slept: whatever it says now counts.
  expect(secondsLeft(END, (END - 7200) * 1000)).toBe(7200);
  expect(secondsLeft(END, (END + 7200) * 1000)).toBe(0);
});

test("the time left is said as people say it", () => {
  expect([604_740, 86_400, 18_120, 3_552, 12, 0].map(leftInWords)).toEqual([
    "6 days 23 h 59 min", "1 day 0 h 0 min", "5 h 2 min", "59 min 12 s", "12 s", "0 s",
  ]);
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
