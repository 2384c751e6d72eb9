/**
 * What the list of links costs in a browser: a hundred countdowns beside a hundred links that have
 * ended, the answer to a key press in the search of 100,000 links, and the frames of scrolling them.
 * Nothing is judged here, for it depends on the computer. `npm run bench` prints the figures.
 */
import type { Page } from "playwright-core";

import { openStage, type Stage } from "./stage";

const SECONDS = 20;
/** So high that a hundred rows are in it at once. */
const HUNDRED_ROWS = 10_000;

const stage = await openStage();
try {
  await countdowns("100 links that have ended (idle)", "?links=100&left=-3600", stage);
  await countdowns("100 links of a usual list", "?links=100", stage);
  await countdowns("100 links in their last hour", "?links=100&left=3500", stage);
  await countdowns("100 links in their last minute", "?links=100&left=59", stage);
  await search(stage);
  await scrolling(stage);
} finally {
  await stage.close();
}

async function openLinks(query: string, { browser, origin }: Stage, height = 720): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 960, height }, reducedMotion: "reduce" });
  await page.goto(`${origin}/${query}`);
  await page.getByRole("button", { name: /^My links/ }).click();
  await page.getByRole("listitem").first().waitFor();
  return page;
}

/** The processor time of the page's main thread, in percent of a core. */
async function countdowns(name: string, query: string, stage: Stage) {
  const page = await openLinks(query, stage, HUNDRED_ROWS);
  // A caret that blinks costs more than a list that rests.
  await page.getByLabel("Search").blur();
  await page.waitForTimeout(1_000);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const look = async () => new Map((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  const before = await look();
  await page.waitForTimeout(SECONDS * 1_000);
  const after = await look();
  const percent = (metric: string) => `${((100 * ((after.get(metric) ?? 0) - (before.get(metric) ?? 0))) / SECONDS).toFixed(2)} %`;
  const rows = await page.locator("[data-row]").count();
  const running = await page.locator('[data-part="left"]').count();
  print(
    name,
    `${percent("TaskDuration")} of a core (script ${percent("ScriptDuration")}, layout ${percent("LayoutDuration")}; ${rows} rows, ${running} countdowns)`,
  );
  await page.close();
}

/** From a key press until the next frame was painted; the fake's own search and count of 100,000 are in it, which are most of its script. */
async function search(stage: Stage) {
  const page = await openLinks("?links=100000", stage);
  await page.evaluate(() => {
    document.addEventListener(
      "keydown",
      // The fake answers before the frame; what stands in it was painted when the task after it runs.
      ({ timeStamp }) =>
        requestAnimationFrame(() => setTimeout(() => performance.measure("answer", { start: timeStamp, end: performance.now() }))),
      { capture: true },
    );
  });
  const press = async (key: string) => {
    await page.getByLabel("Search").press(key);
    await page.waitForTimeout(300);
  };
  // The fake's first search makes what it searches in.
  await press("x");
  await press("Backspace");
  await page.evaluate(() => performance.clearMeasures());
  for (const key of [..."lease 14", ...new Array<string>(8).fill("Backspace")]) await press(key);
  const times = await page.evaluate(() => performance.getEntriesByName("answer").map(({ duration }) => duration));
  print("A key press in 100,000 links", `${spread(times)} until the answer is painted (${times.length} presses)`);
  await page.close();
}

/** The time from each frame to the next while 100,000 links go by, near ones and far ones. */
async function scrolling(stage: Stage) {
  const page = await openLinks("?links=100000", stage);
  const frames = (step: number, count: number) =>
    page.evaluate(
      ({ step, count }) =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const next = (time: number) => {
            times.push(time);
            if (times.length > count) return resolve(times.slice(1).map((time, at) => time - (times[at] ?? time)));
            window.scrollBy(0, step);
            requestAnimationFrame(next);
          };
          requestAnimationFrame(next);
        }),
      { step, count },
    );
  print("Frames while scrolling by 120 px", spread(await frames(120, 240)));
  print("Frames while leaping by 30,000 px", spread(await frames(30_000, 240)));
  await page.close();
}

function spread(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => `${(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(1)} ms`;
  return `median ${at(0.5)}, 95th of 100 ${at(0.95)}, longest ${at(1)}`;
}

function print(name: string, figures: string) {
  console.log(`${name.padEnd(34)} ${figures}`);
}
