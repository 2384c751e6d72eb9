/** The list of links where there is a layout: what scrolling, unfolding and the keyboard do to it. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openStage, type Stage } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.close());

const openLinks = async (count: number, width = 960) => {
  const page = await stage.browser.newPage({ viewport: { width, height: 760 }, reducedMotion: "reduce" });
  await page.goto(`${stage.origin}/?links=${count}`);
  await page.getByRole("button", { name: /^My links/ }).click();
  await page.getByRole("listitem").first().waitFor();
  return page;
};

/** The places of the rows in the page, and the whole pixels from the end of one to the beginning of the next. */
const layout = (page: Page) =>
  page.evaluate(() => {
    const items = [...document.querySelectorAll("[data-row]")];
    const boxes = items.map((item) => item.getBoundingClientRect());
    return {
      places: items.map((item) => Number(item.getAttribute("aria-posinset"))),
      steps: boxes.slice(1).map(({ top }, at) => Math.abs(Math.trunc(top - (boxes[at]?.bottom ?? 0)))),
      fillsWindow: (boxes[0]?.top ?? 1) <= 0 && (boxes.at(-1)?.bottom ?? 0) >= window.innerHeight,
    };
  });

const scrollTo = (page: Page, part: number) =>
  page.evaluate((part) => window.scrollTo(0, document.documentElement.scrollHeight * part), part);

const focused = (page: Page) =>
  page.evaluate(() => ({
    words: document.activeElement?.textContent.trim() ?? "",
    place: document.activeElement?.closest("[data-row]")?.getAttribute("aria-posinset") ?? null,
  }));

const place = (page: Page, index: number) => page.locator(`[aria-posinset="${index}"]`);

test.each([960, 480])("a hundred thousand links scroll without a gap at %i px", async (width) => {
  const page = await openLinks(100_000, width);
  await scrollTo(page, 0.5);
  await expect.poll(() => layout(page)).toMatchObject({ fillsWindow: true });
  const middle = await layout(page);
  expect(middle.places.length).toBeLessThan(40);
  expect(Math.abs((middle.places[0] ?? 0) - 50_000)).toBeLessThan(50);
  expect(new Set(middle.steps)).toEqual(new Set([0]));

  await scrollTo(page, 1);
  await place(page, 100_000).waitFor();
  const box = await place(page, 100_000).boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(760);
  expect(new Set((await layout(page)).steps)).toEqual(new Set([0]));
  await page.close();
});

test("an unfolded link moves the others down and back", async () => {
  const page = await openLinks(1_000);
  await scrollTo(page, 0.5);
  await place(page, 500)
    .getByRole("button", { name: /^More about/ })
    .click();
  await place(page, 500).getByLabel("For whom?").waitFor();
  await expect.poll(async () => new Set((await layout(page)).steps)).toEqual(new Set([0]));
  const heightOf = async (index: number) => (await place(page, index).boundingBox())?.height ?? 0;
  expect(await heightOf(500)).toBeGreaterThan(2 * (await heightOf(499)));
  await place(page, 499)
    .getByRole("button", { name: /^More about/ })
    .click();
  await expect.poll(() => heightOf(500)).toBe(await heightOf(498));
  expect(new Set((await layout(page)).steps)).toEqual(new Set([0]));
  await page.close();
});

test("the keyboard stays in the list after a link was removed and put back", async () => {
  const page = await openLinks(1_000);
  await scrollTo(page, 0.5);
  await place(page, 500)
    .getByRole("button", { name: /^More about/ })
    .click();
  const top = await page.evaluate(() => window.scrollY);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect.poll(() => focused(page)).toEqual({ words: "Undo", place: null });
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await focused(page)).place).toBe("500");
  expect(await page.evaluate(() => window.scrollY)).toBe(top);
  await page.close();
});

test("the keyboard walks through links that were not there, and comes back from far away", async () => {
  const page = await openLinks(1_000);
  await place(page, 3).getByRole("button").first().focus();
  for (let step = 0; step < 80; step++) await page.keyboard.press("Tab");
  expect((await focused(page)).place).toBe("43");
  await scrollTo(page, 0.9);
  await expect.poll(async () => (await layout(page)).places).toContain(900);
  expect((await focused(page)).place).toBe("43");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toMatchObject({ words: expect.stringMatching(/^More about/) as string, place: "43" });
  await page.close();
});

test("the keyboard is at the next step when the links or a site are gone", async () => {
  const page = await openLinks(10);
  const question = page.getByRole("alertdialog");
  const sites = page.getByRole("list", { name: "Your sites" }).getByRole("button");
  await page.getByRole("button", { name: "Sites", exact: true }).click();
  for (const left of [1, 0]) {
    await sites.first().click();
    await page.getByRole("button", { name: "For your IT person" }).click();
    await page.getByRole("button", { name: "Remove this site" }).click();
    await question.getByRole("button", { name: "Remove this site" }).click();
    await expect.poll(() => sites.count()).toBe(left);
    await expect.poll(async () => (await focused(page)).words).toBe("Add a site");
  }
  await page.getByRole("button", { name: /^My links/ }).click();
  await page.getByRole("button", { name: "Clear history" }).click();
  await question.getByRole("button", { name: "Clear history" }).click();
  await page.getByText("There is no link here yet").waitFor();
  await expect.poll(async () => (await focused(page)).words).toBe("New link");
  await page.close();
});
