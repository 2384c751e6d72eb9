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

const atDocuments = (text: string) => async (page: Page) => {
  await page.getByRole("button", { name: "Documents", exact: true }).click();
  await page.getByText(text).first().waitFor();
};

/** Something of the menu behind a row's *…*. */
const about = (item: string, text: string) => async (page: Page) => {
  await atDocuments("the newest first.")(page);
  await page.getByRole("button", { name: "More about Contract.pdf" }).click();
  await page.getByRole("menuitem", { name: item }).click();
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
  "documents of a site": { query: "?stored&folders=30&linked", go: atDocuments("the newest first.") },
  "documents of practice": {
    query: "",
    go: async (page) => {
      await page.getByRole("button", { name: /^Try it with a practice document/ }).click();
      await page.getByRole("heading", { level: 1, name: "New link" }).waitFor();
      await atDocuments("Practice letter.html")(page);
    },
  },
  "documents where nothing is": { query: "?stored&folders=none", go: atDocuments("There is nothing on Client papers yet.") },
  "documents that may not be seen": {
    query: "?stored&fail=openFolder:storageNotAllowed",
    go: atDocuments("may not see the site's documents"),
  },
  "documents offline": { query: "?stored&fail=openFolder:storageUnreachable", go: atDocuments("could not be reached") },
  "documents of a site that says no storage": {
    query: "?stored&rsa",
    go: async (page) => {
      await atDocuments("is nothing on Client papers")(page);
      await page.getByLabel("Site", { exact: true }).selectOption({ index: 1 });
      await page.getByText("Signet does not know where").waitFor();
    },
  },
  "what can be done with a document": {
    query: "?stored&folders=30&linked",
    go: async (page) => {
      await atDocuments("the newest first.")(page);
      await page.getByRole("button", { name: "More about Contract.pdf" }).click();
      await page.getByRole("menuitem", { name: "Rename…" }).waitFor();
    },
  },
  "links that open a document": { query: "?stored&folders=30&linked", go: about("Links that open it", "links open it alone") },
  "taking a document away": { query: "?stored&folders=30&linked", go: about("Take away…", "7 links that still work") },
  "a document that was taken away": {
    query: "?stored&folders=30&linked",
    go: async (page) => {
      await about("Take away…", "7 links that still work")(page);
      await page.getByRole("button", { name: "Take it away" }).click();
      await page.getByRole("button", { name: "Undo" }).waitFor();
    },
  },
  "renaming a document": {
    query: "?stored&folders=30&linked&fail=renameDocument:documentNameTaken",
    go: async (page) => {
      await about("Rename…", "7 links that still work")(page);
      await page.getByRole("button", { name: "Rename", exact: true }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  "replacing a document": {
    query: "?stored&folders=30&linked&document=Contract%20(signed).pdf",
    go: about("Replace…", "Replace “Contract.pdf”?"),
  },
};
