/** The documents of a site, as the tests of every screen look at them. */
import type { Page } from "playwright-core";

const choosing = async (page: Page) => {
  await page.getByRole("button", { name: "Choose…", exact: true }).click();
  await page.getByRole("dialog").waitFor();
};

const chosen = (text: string) => async (page: Page) => {
  await choosing(page);
  await page.getByText(text).first().waitFor();
};

export const DOCUMENTS: Record<string, { query: string; go?: (page: Page) => Promise<void> }> = {
  "choosing a document": { query: "?stored&folders=0", go: chosen("the newest first.") },
  "choosing a document in a folder": {
    query: "?stored&folders=0",
    go: async (page) => {
      await chosen("the newest first.")(page);
      await page.getByRole("option", { name: /^reports/ }).click();
      await page.getByRole("option", { name: /^2026/ }).click();
      await page.getByRole("option", { name: /^Q1\.pdf/ }).waitFor();
    },
  },
  "choosing out of a large folder": { query: "?stored&folders=2500", go: chosen("These are the first by name.") },
  "searching a large folder": {
    query: "?stored&folders=2500&reading",
    go: async (page) => {
      await chosen("These are the first by name.")(page);
      await page.getByLabel("Search this folder").fill("invoice 00");
      await page.getByText("Searching the rest").waitFor();
    },
  },
  "choosing where nothing is": { query: "?stored&folders=none", go: chosen("There is nothing on Client papers yet.") },
  "choosing what may not be seen": { query: "?stored&fail=openFolder:storageNotAllowed", go: chosen("may not see the site's documents") },
  "choosing offline": { query: "?stored&fail=openFolder:storageUnreachable", go: chosen("could not be reached") },
};
