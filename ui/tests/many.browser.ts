/** *Many links* where there is a layout and paper: long lists, the keyboard, and the printed sheet of codes. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

import { momentForReader } from "../src/time/sentences";
import { openStage, type Stage } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  // From the package, for by itself it would be fetched from the network.
  const wasmBinary = await readFile(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
  await prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer as ArrayBuffer }, fireImmediately: true });
});

afterAll(() => stage.close());

const letters = (count: number) => Array.from({ length: count }, (_, at) => `Letter ${at + 1}.pdf`);

/** Has a list read; so long a text is not typed key by key. */
const read = async (lines: string[], query = "?keys&pace=100000") => {
  const page = await stage.browser.newPage({ viewport: { width: 960, height: 760 }, reducedMotion: "reduce", colorScheme: "dark" });
  await page.goto(`${stage.origin}/${query}`);
  await page.getByRole("button", { name: "Many at once" }).click();
  await page.getByLabel("Documents", { exact: true }).evaluate((field: HTMLTextAreaElement, text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, lines.join("\n"));
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("listitem").first().waitFor();
  return page;
};

const place = (page: Page, index: number) => page.locator(`[aria-posinset="${index}"]`);

test("ten thousand documents scroll without a gap, and few are in the page", async () => {
  const page = await read(letters(10_000));
  const elements = () => page.evaluate(() => document.querySelectorAll("*").length);
  const few = await elements();
  for (const part of [0.3, 0.7, 1]) {
    await page.evaluate((part) => window.scrollTo(0, document.documentElement.scrollHeight * part), part);
    await expect
      .poll(() =>
        page.evaluate(() => {
          const boxes = [...document.querySelectorAll("[data-row]")].map((row) => row.getBoundingClientRect());
          const hasGap = boxes.slice(1).some(({ top }, at) => Math.abs(top - (boxes[at]?.bottom ?? 0)) >= 1);
          return boxes.length > 0 && (boxes[0]?.top ?? 1) <= 0 && !hasGap;
        }),
      )
      .toBe(true);
    expect(await elements()).toBeLessThan(few + 400);
  }
  await place(page, 10_000).waitFor();
  await page.close();
});

test("the keyboard alone mends a list, and what it is at can be seen", async () => {
  const lines = letters(2_000).map((name, at) => (at % 20 === 19 ? name.replace(" ", "#") : name));
  const page = await read(lines);
  const focused = () =>
    page.evaluate(() => {
      const { top, bottom } = document.activeElement?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
      const value = document.activeElement instanceof HTMLInputElement ? document.activeElement.value : null;
      return { value, isSeen: top >= 0 && bottom <= window.innerHeight };
    });
  await page.getByText("2,000 documents, 100 problems").waitFor();
  for (const line of [20, 40, 60, 80, 100]) {
    await expect.poll(focused).toEqual({ value: `Letter#${line}.pdf`, isSeen: true });
    await page.keyboard.press("Control+A");
    await page.keyboard.type(`Letter ${line}.pdf`);
    await page.keyboard.press("Enter");
  }
  await page.getByText("2,000 documents, 95 problems").waitFor();
  await page.getByRole("button", { name: "Skip these 95" }).press("Enter");
  await page.getByText("2,000 documents, 95 skipped").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.querySelector(".name")?.textContent)).toBe("One week");
  await page.keyboard.press("Control+Enter");
  await page.getByText("1,905 links were made.").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent.trim())).toBe("Copy all");
  await page.close();
});

const LONG = "Statement of the independent auditor on the consolidated accounts of the whole group for the year 2025 with all notes.pdf";
const END = momentForReader(Date.parse("2030-12-31T17:00") / 1000);
const MILLIMETRE = 72 / 25.4;
/** Pixels a point: fine enough for the smallest module. */
const SCALE = 4;

/** What is on each page of a PDF: the codes that can be read with their places in points, and the words with theirs. */
async function readPdf(content: Uint8Array) {
  const pdf = await getDocument({ data: content, verbosity: 0 }).promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: SCALE });
    const { canvas, context } = (
      pdf.canvasFactory as { create: (width: number, height: number) => { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } }
    ).create(viewport.width, viewport.height);
    await page.render({ canvas, canvasContext: context, viewport }).promise;
    const found = await readBarcodes(context.getImageData(0, 0, viewport.width, viewport.height), {
      formats: ["QRCode"],
      maxNumberOfSymbols: 255,
    });
    const [, , width = 0, height = 0] = page.view;
    const codes = found.map(({ text, position: { topLeft, bottomRight } }) => ({
      text,
      left: topLeft.x / SCALE,
      bottom: bottomRight.y / SCALE,
      side: (bottomRight.x - topLeft.x) / SCALE,
    }));
    const words = (await page.getTextContent()).items.flatMap((item) =>
      "str" in item && item.str.trim() !== ""
        ? [
            {
              text: item.str,
              left: item.transform[4] as number,
              right: (item.transform[4] as number) + item.width,
              baseline: height - (item.transform[5] as number),
            },
          ]
        : [],
    );
    pages.push({ width, height, codes, words });
  }
  await pdf.destroy();
  return pages;
}

const print = async (page: Page, format: "A4" | "Letter") => {
  await page.getByRole("button", { name: "Print QR codes…" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".qr-sheet svg").length === 30);
  await page.getByRole("button", { name: "Print QR codes…" }).waitFor();
  return readPdf(new Uint8Array(await page.pdf({ format })));
};

test.each(["A4", "Letter"] as const)("twelve codes stand on a page of %s, each over its name and end", async (format) => {
  const names = letters(30).map((name, at) => (at === 16 ? LONG : name));
  const page = await read(names.map((name, at) => `${name}\t2030-12-31 17:00\tfor reader ${at + 1}`));
  await page.getByRole("button", { name: "Create links" }).click();
  await page.getByText("30 links were made.").waitFor();
  const pages = await print(page, format);
  expect(pages.map(({ codes }) => codes.length)).toEqual([12, 12, 6]);

  const read30 = pages.flatMap(({ codes, words }) =>
    codes.map(({ text, left, bottom }) => {
      const below = words.filter(
        (word) => word.left > left - 12 && word.left < left + 100 && word.baseline > bottom && word.baseline < bottom + 100,
      );
      const label = below
        .map((word) => word.text)
        .join(" ")
        .replaceAll(/\s+/g, " ");
      return { file: decodeURIComponent(new URL(text).pathname.slice(1)), label };
    }),
  );
  expect(read30.map(({ file }) => file).sort()).toEqual([...names].sort());
  for (const { file, label } of read30) {
    const reader = names.indexOf(file) + 1;
    expect(label).toBe(`${file} for reader ${reader} Works until ${END}`);
  }

  // All is within the margins, and a code is large enough for any phone.
  for (const { width, height, codes, words } of pages) {
    const margin = 10 * MILLIMETRE;
    expect(Math.min(...words.map(({ left }) => left))).toBeGreaterThan(margin);
    expect(Math.max(...words.map(({ right }) => right))).toBeLessThan(width - margin);
    expect(Math.max(...words.map(({ baseline }) => baseline))).toBeLessThan(height - margin);
    // The quiet zone around is no part of what is found.
    expect(Math.min(...codes.map(({ side }) => side))).toBeGreaterThan(28 * MILLIMETRE);
  }
  expect(await page.locator(".qr-sheet").count()).toBe(0);
  await page.close();
});

test("without a sheet the window prints as it is", async () => {
  const page = await read(letters(3));
  const sheets = await readPdf(new Uint8Array(await page.pdf()));
  const words = sheets.flatMap(({ words }) => words.map(({ text }) => text)).join(" ");
  for (const name of letters(3)) expect(words).toContain(name);
  expect(sheets.flatMap(({ codes }) => codes)).toEqual([]);
  await page.close();
});
