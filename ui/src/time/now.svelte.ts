import { untrack } from "svelte";

import { calendarDay } from "./sentences";

const minuteOf = (milliseconds: number) => Math.floor(milliseconds / 60_000);

/**
 * The wall clock as a rune: `clock.now` in milliseconds, fresh at every second and whenever the
 * window is looked at again (timers sleep while a computer sleeps).
 */
export class WallClock {
  now = $state(Date.now());
  /** A state, so that what depends on the day rests until the next one. */
  #today = $state<string | null>(null);
  /** The minute it is, so that what is asked of Rust is asked no oftener. */
  minute = $state(minuteOf(Date.now()));
  #watchers: ((now: number) => void)[] = [];

  /** The day it is, `2026-12-01`. Not known before it is asked for: the first formatter takes longer than a screen. */
  get today(): string {
    return this.#today ?? calendarDay(this.now);
  }

  /** Starts ticking; returns how to stop. */
  run(): () => void {
    const tick = () => {
      const now = Date.now();
      this.now = now;
      this.minute = minuteOf(now);
      this.#today = calendarDay(now);
      this.#watchers.forEach((watcher) => watcher(now));
    };
    // What runs it must not depend on what it changes: it would be stopped and started at every tick.
    untrack(tick);
    const timer = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
    window.addEventListener("focus", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
      window.removeEventListener("focus", tick);
    };
  }

  /**
   * Calls the watcher now and at each tick; returns how to stop. For what changes seldom: a hundred
   * states that depend on `now` cost more at each tick than all the rest of a list.
   */
  watch(watcher: (now: number) => void): () => void {
    watcher(this.now);
    this.#watchers.push(watcher);
    return () => (this.#watchers = this.#watchers.filter((other) => other !== watcher));
  }
}
