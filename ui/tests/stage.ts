/** The window's screens on the fake backend in a real browser, under the window's own policy. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { type Browser, chromium } from "playwright-core";

const FOLDER = join(import.meta.dirname, "../dist-fake");
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };
/** As in tauri.conf.json, so that what the window would refuse fails here too. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";

/** The system's browser, or none: then Playwright starts its own. */
const installed = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));

export type Stage = { browser: Browser; origin: string; close: () => Promise<void> };

export async function openStage(): Promise<Stage> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = join(FOLDER, path === "/" ? "index.html" : path);
    readFile(file).then(
      (content) =>
        response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "text/plain", "Content-Security-Policy": POLICY }).end(content),
      // Browsers ask for an icon by themselves; everything else that is missing is a mistake.
      () => response.writeHead(path === "/favicon.ico" ? 204 : 404).end(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const origin = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
  const browser = await chromium.launch({
    ...(installed === undefined ? {} : { executablePath: installed }),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  return {
    browser,
    origin,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
