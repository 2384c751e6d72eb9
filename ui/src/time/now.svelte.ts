/**
 * The wall clock as a rune: `clock.now` in milliseconds, fresh at every second and whenever the
 * window is looked at again (timers sleep while a computer sleeps).
 */
export class WallClock {
  now = $state(Date.now());

  /** Starts ticking; returns how to stop. */
  run(): () => void {
    const tick = () => {
      this.now = Date.now();
    };
    tick();
    const timer = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
    window.addEventListener("focus", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
      window.removeEventListener("focus", tick);
    };
  }
}
