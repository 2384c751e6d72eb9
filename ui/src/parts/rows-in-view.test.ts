import { expect, test } from "vitest";

import { heightOf, rowsBetween, topOf } from "./rows-in-view";

const EVEN = { count: 100_000, height: 100, tall: null };
const UNFOLDED = { ...EVEN, tall: { index: 10, height: 350 } };

test("even rows stand one below the other", () => {
  expect([0, 1, 99_999].map((index) => topOf(EVEN, index))).toEqual([0, 100, 9_999_900]);
  expect(heightOf(EVEN)).toBe(10_000_000);
});

test("what follows an unfolded row moves down by what it grew", () => {
  expect([10, 11, 12].map((index) => topOf(UNFOLDED, index))).toEqual([1_000, 1_350, 1_450]);
  expect(heightOf(UNFOLDED)).toBe(10_000_250);
  expect(heightOf({ ...EVEN, tall: { index: 99_999, height: 350 } })).toBe(10_000_250);
  expect(heightOf({ ...EVEN, tall: { index: 10, height: 0 } })).toBe(10_000_000);
});

test("only rows that can be seen are asked for, and never one that is not there", () => {
  expect(rowsBetween(EVEN, 0, 250)).toEqual([0, 3]);
  expect(rowsBetween(EVEN, 5_050, 5_150)).toEqual([50, 52]);
  expect(rowsBetween(EVEN, -900, -100)).toEqual([0, 0]);
  expect(rowsBetween(EVEN, 9_999_950, 20_000_000)).toEqual([99_999, 100_000]);
  expect(rowsBetween({ ...EVEN, count: 0 }, 0, 500)).toEqual([0, 0]);
});

test.each([EVEN, UNFOLDED])("the row at a height is the one that stands there: %o", (rows) => {
  for (const index of [0, 9, 10, 11, 12, 500]) {
    const top = topOf(rows, index);
    expect(rowsBetween(rows, top, topOf(rows, index + 1) - 1)).toEqual([index, index + 1]);
  }
});
