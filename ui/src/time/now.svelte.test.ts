import { flushSync } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { WallClock } from "./now.svelte";

afterEach(() => vi.useRealTimers());

test("a clock that runs is started once, however often it ticks", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 29, 11, 0, 30) });
  const started = vi.spyOn(globalThis, "setInterval");
  const clock = new WallClock();
  const seen: number[] = [];
  const stop = $effect.root(() => {
    $effect(() => clock.run());
    $effect(() => {
      seen.push(clock.now);
    });
  });
  flushSync();
  for (let second = 0; second < 90; second += 1) {
    vi.advanceTimersByTime(1000);
    flushSync();
  }
  // The positive control: it did tick, over a minute's end.
  expect(new Set(seen).size).toBeGreaterThan(89);
  expect(clock.minute).toBe(Math.floor(Date.UTC(2026, 10, 29, 11, 2) / 60_000));
  expect(started).toHaveBeenCalledTimes(1);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
