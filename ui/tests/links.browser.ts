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

/** Something of the menu behind the *…* of the row in this place. */
const choose = async (page: Page, index: number, item: string) => {
  await place(page, index)
    .getByRole("button", { name: /^More about/ })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
};

test.each([1280, 960, 800, 480])("a hundred thousand links scroll without a gap at %i px", async (width) => {
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
  await choose(page, 500, "Details");
  await place(page, 500).getByLabel("For whom?").waitFor();
  await expect.poll(async () => new Set((await layout(page)).steps)).toEqual(new Set([0]));
  const heightOf = async (index: number) => (await place(page, index).boundingBox())?.height ?? 0;
  expect(await heightOf(500)).toBeGreaterThan(2 * (await heightOf(499)));
  await choose(page, 499, "Details");
  await expect.poll(() => heightOf(500)).toBe(await heightOf(498));
  expect(new Set((await layout(page)).steps)).toEqual(new Set([0]));
  await page.close();
});

test("the keyboard stays in the list after a link was removed and put back", async () => {
  const page = await openLinks(1_000);
  await scrollTo(page, 0.5);
  const top = await page.evaluate(() => window.scrollY);
  await choose(page, 500, "Remove");
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
  await page.getByRole("button", { name: "More about the list" }).click();
  await page.getByRole("button", { name: "Empty this list…" }).click();
  await question.getByRole("button", { name: "Empty the list" }).click();
  await page.getByText("Links you make appear here").waitFor();
  await expect.poll(async () => (await focused(page)).words).toBe("New link");
  await page.close();
});

test.each([1400, 960, 800, 480])("names have room at %i px, and nothing is beside its column", async (width) => {
  const page = await openLinks(100, width);
  const names = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[data-row] .name")].map((name) => {
      const isCut = ({ clientWidth, scrollWidth }: Element) => scrollWidth > clientWidth;
      const [whole, ...halves] = [...name.querySelectorAll("bdi, .halves > span")].filter((part) => !part.matches(".halves"));
      return {
        name: whole?.textContent ?? "",
        width: name.clientWidth,
        isCut: [name, ...halves].some(isCut),
        end: halves.at(-1)?.textContent ?? null,
        endIsCut: [name, ...halves.slice(1)].some(isCut),
      };
    }),
  );
  expect(names.length).toBeGreaterThan(6);
  // A name is cut only where at least thirty letters of it are there, and those at its end always are.
  for (const { name, width, isCut } of names) expect(!isCut || (name.length > 30 && width >= 235), `${name} ${width}`).toBe(true);
  const long = names.filter(({ end }) => end !== null);
  expect(long.length).toBeGreaterThan(0);
  for (const { name, end, endIsCut } of long) expect([name.endsWith(end ?? ""), end?.length, endIsCut]).toEqual([true, 17, false]);
  const sides = await page.evaluate(() => {
    const within = (inner: Element, outer: Element | null) => {
      const [a, b] = [inner.getBoundingClientRect(), (outer ?? inner).getBoundingClientRect()];
      return a.left >= b.left - 0.5 && a.right <= b.right + 0.5;
    };
    return [...document.querySelectorAll("[data-row] :is(.name, .about, .until, .remaining, .do, .do .button)")].every((part) =>
      within(part, part.closest(".table")),
    );
  });
  expect(sides).toBe(true);
  await page.close();
});

test.each([1400, 480])("nothing moves when a link is copied at %i px", async (width) => {
  const page = await openLinks(100, width);
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".app :is(button, input, h1, [data-row] p)")].map((part) => {
        const { x, y, width, height } = part.getBoundingClientRect();
        return [part.textContent, x, y, width, height].join(" ");
      }),
    );
  const before = await places();
  await place(page, 3)
    .getByRole("button", { name: /^Copy “/ })
    .click();
  await page.getByText("Copied").waitFor();
  expect(await places()).toEqual(before);
  expect(before.length).toBeGreaterThan(30);
  await page.close();
});

test("the keyboard alone gets to all that is done with a link", async () => {
  const page = await openLinks(10);
  await place(page, 2)
    .getByRole("button", { name: /^More about/ })
    .focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await expect.poll(async () => (await focused(page)).words).toBe("New link for the same document");
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await focused(page)).words).toBe("Details");
  await page.keyboard.press("Enter");
  await place(page, 2).getByRole("button", { name: "Remove" }).waitFor();
  await expect.poll(async () => (await focused(page)).place).toBe("2");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Close details" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await focused(page)).words).toMatch(/^More about/);
  await page.close();
});
