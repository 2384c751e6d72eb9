/** Every screen in a real browser: axe without a violation, light and dark, narrow and large. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";

import AxeBuilder from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const FOLDER = join(import.meta.dirname, "../dist-fake");
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };
/** As in tauri.conf.json, so that what the window would refuse fails here too. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";

/** The system's browser, or none: then Playwright starts its own. */
const installed = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));

let server: Server;
let browser: Browser;
let origin = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = join(FOLDER, path === "/" ? "index.html" : path);
    readFile(file).then(
      (content) => response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "text/plain", "Content-Security-Policy": POLICY }).end(content),
      // Browsers ask for an icon by themselves; everything else that is missing is a mistake.
      () => response.writeHead(path === "/favicon.ico" ? 204 : 404).end(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  origin = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
  browser = await chromium.launch({ ...(installed === undefined ? {} : { executablePath: installed }), args: ["--no-sandbox", "--disable-gpu"] });
});

afterAll(async () => {
  await browser.close();
  server.close();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

const askForLink = async (page: Page) => {
  await page.getByLabel("Document address").fill("Q3 résumé + notes.pdf");
  await button(page, "Create link");
};

const makeLink = async (page: Page) => {
  await askForLink(page);
  await page.getByLabel("Link", { exact: true }).waitFor();
};

const STATES: Record<string, { query: string; go?: (page: Page) => Promise<void> }> = {
  welcome: { query: "" },
  "no free port": { query: "?fail=startPractice:noFreePort", go: (page) => button(page, "Try it with a practice document") },
  practice: { query: "", go: (page) => button(page, "Try it with a practice document") },
  "new link": { query: "?keys" },
  "a date and time": { query: "?keys", go: (page) => page.getByRole("radio", { name: "Date and time…" }).click() },
  "a wrong address": {
    query: "?keys&fail=createLink:addressHasFragment",
    go: async (page) => {
      await button(page, "Create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "a missing key": {
    query: "?keys&fail=createLink:keyMissing",
    go: async (page) => {
      await button(page, "Create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "a missing key's locked file": {
    query: "?keys&locked&fail=createLink:keyMissing",
    go: async (page) => {
      await button(page, "Create link");
      await button(page, "Choose key file…");
      await page.getByLabel("Passphrase").waitFor();
    },
  },
  "a wrong clock and damaged settings": { query: "?strange" },
  "your link": { query: "?keys", go: makeLink },
  "an ended link": {
    query: "?keys&lifetime=1",
    go: async (page) => {
      // Its one second may be over before anybody could look at the link.
      await askForLink(page);
      await page.getByRole("button", { name: "Make again" }).waitFor();
    },
  },
  "a practice link": {
    query: "",
    go: async (page) => {
      await button(page, "Try it with a practice document");
      await button(page, "Create link");
      await page.getByLabel("Link", { exact: true }).waitFor();
    },
  },
  "an ended practice link": {
    query: "?lifetime=1",
    go: async (page) => {
      await button(page, "Try it with a practice document");
      await button(page, "Create link");
      await page.getByRole("button", { name: "Make again" }).waitFor();
    },
  },
  "several keys": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Keys");
      await button(page, "Add a key");
      await button(page, "Choose key file…");
      await button(page, "Make a link");
    },
  },
  keys: { query: "?keys", go: (page) => button(page, "Keys") },
  "removing a key": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Keys");
      await button(page, "Remove key");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "renaming a key": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Keys");
      await button(page, "Rename");
    },
  },
  "adding a key": { query: "", go: (page) => button(page, "Add a key") },
  "a wrong id": {
    query: "?fail=addKey:publicKeyIdIsDistributionId",
    go: async (page) => {
      await button(page, "Add a key");
      await button(page, "Choose key file…");
      await page.getByRole("alert").waitFor();
    },
  },
  "a locked file": {
    query: "?locked",
    go: async (page) => {
      await button(page, "Add a key");
      await button(page, "Choose key file…");
      await page.getByLabel("Passphrase").waitFor();
    },
  },
  "an added key": {
    query: "",
    go: async (page) => {
      await button(page, "Add a key");
      await button(page, "Choose key file…");
      await page.getByText("is ready.").waitFor();
    },
  },
};

const show = async (name: string, options: { width: number; colorScheme: "light" | "dark"; forcedColors?: "active"; large?: boolean }) => {
  const state = STATES[name];
  const context = await browser.newContext({ viewport: { width: options.width, height: 760 }, colorScheme: options.colorScheme, forcedColors: options.forcedColors ?? "none", reducedMotion: "reduce" });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${origin}/${state?.query ?? ""}`);
  await page.locator("h1").waitFor();
  if (options.large === true) await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await state?.go?.(page);
  const folder = process.env["SIGNET_PICTURES"];
  if (folder !== undefined) {
    const look = options.large === true ? "large" : options.forcedColors === "active" ? "forced" : options.colorScheme;
    await page.screenshot({ path: join(folder, `${name.replaceAll(" ", "-")}-${look}-${options.width}.png`), fullPage: true });
  }
  return { page, context, problems };
};

describe.each(Object.keys(STATES))("%s", (name) => {
  test.each([
    { colorScheme: "light" },
    { colorScheme: "dark" },
    { colorScheme: "dark", forcedColors: "active" },
  ] as const)("axe finds nothing with %o", async (look) => {
    const { page, context, problems } = await show(name, { width: 960, ...look });
    const axe = new AxeBuilder({ page });
    // With forced colours all are the system's, and axe reads those that were written.
    if ("forcedColors" in look) axe.disableRules("color-contrast");
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  test.each([{ width: 480 }, { width: 480, large: true }])("nothing runs over the side at %o", async (size) => {
    const { page, context } = await show(name, { ...size, colorScheme: "light" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
    await context.close();
  });
});
