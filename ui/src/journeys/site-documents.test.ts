/** The documents of a site on their own screen: linked, replaced, renamed, taken away; on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { DocumentLinksView } from "../backend/bindings";
import type { FakeOptions } from "../backend/fake";
import { type FolderOptions, sampleDocuments } from "../backend/fake-folders";
import { sampleEntries } from "../backend/fake-history";
import { SAMPLE_SITE, STORED_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, open, type, valueOf } from "./journey-steps";

afterEach(cleanup);

const LINKS: DocumentLinksView = { own: 2, ofFolders: 1, first: sampleEntries(3, [SAMPLE_SITE]) };

const atDocuments = async (folders: FolderOptions = {}, options: FakeOptions = {}) => {
  const backend = open({ start: { sites: [STORED_SITE] }, folders: { stored: sampleDocuments(), links: LINKS, ...folders }, ...options });
  await click("Documents");
  await screen.findByRole("heading", { level: 1, name: "Documents" });
  await screen.findByText(/the newest first\.$/);
  return backend;
};

const rows = () => [...document.querySelectorAll(".document-row .name")].map((name) => name.textContent);

const choose = async (name: string, item: string) => {
  await click(`More about ${name}`);
  await fireEvent.click(await screen.findByRole("menuitem", { name: item }));
};

test("what is there is shown, folders and then the newest, and a link is made of one click", async () => {
  const backend = await atDocuments();
  expect(rows().slice(0, 3)).toEqual(["contracts", "reports", "Contract.pdf"]);
  await click("Open the folder “reports”");
  await click("Open the folder “2026”");
  await click("New link for “Q1.pdf”");
  await screen.findByRole("heading", { level: 1, name: "New link" });
  expect(await valueOf("Which document?")).toBe("reports/2026/Q1.pdf");
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(asked(backend, "createLink")).toMatchObject([{ address: "reports/2026/Q1.pdf" }]);
  // The screen opens where she was.
  await click("Documents");
  await waitFor(() => expect(rows()).toEqual(["Q3 résumé + notes.pdf", "Q1.pdf"]));
  await click("Client papers");
  await waitFor(() => expect(rows()).toContain("contracts"));
});

test("the links that open a document are shown at it", async () => {
  await atDocuments();
  await choose("Contract.pdf", "Links that open it");
  await screen.findByText("2 links open it alone, and 1 with its whole folder.");
  await choose("Contract.pdf", "Close links");
  await waitFor(() => expect(screen.queryByText(/open it alone/)).toBeNull());
});

test("who takes a document away is told how many links end, and undoes it where the storage can", async () => {
  const backend = await atDocuments({ keepsVersions: true });
  await choose("Contract.pdf", "Take away…");
  const question = await screen.findByRole("alertdialog", { name: "Take away “Contract.pdf”?" });
  await within(question).findByText(/^3 links that still work open nothing then; 1 of them is for a whole folder/);
  expect(question.textContent).toMatch(
    /keeps old versions, its content stays there and this can be undone\. Otherwise it is gone for good/,
  );
  await click("Keep it");
  expect(asked(backend, "takeAwayDocument")).toEqual([]);

  await choose("Contract.pdf", "Take away…");
  await screen.findByText(/^3 links that still work/);
  await click("Take it away");
  await screen.findByText("“Contract.pdf” was taken away. 2 links have ended with it.");
  await waitFor(() => expect(rows()).not.toContain("Contract.pdf"));
  await click("Undo");
  await screen.findByText("“Contract.pdf” is back.");
  await waitFor(() => expect(rows()).toContain("Contract.pdf"));
});

test("where the storage keeps nothing no undo is promised, and caches that were not told are said", async () => {
  await atDocuments({ links: { own: 0, ofFolders: 0, first: [] }, cachesFail: true });
  await choose("Contract.pdf", "Take away…");
  await screen.findByText("No link that was made on this computer opens it.");
  await click("Take it away");
  await screen.findByText("“Contract.pdf” was taken away. Readers may still get it for a day.");
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("a document gets another name, one that is taken is said at the field, and it is undone", async () => {
  const backend = await atDocuments();
  await choose("Contract.pdf", "Rename…");
  await hasKeyboard(screen.findByLabelText("New name"));
  expect(await valueOf("New name")).toBe("Contract.pdf");
  await screen.findByText(/^3 links that still work open nothing then/);
  await type("New name", "Plan Haus 3.dwg");
  await click("Rename");
  expect((await screen.findByRole("alert")).textContent).toMatch(/There is a “Plan Haus 3\.dwg” there already/);
  await type("New name", "Contract 2026.pdf");
  await click("Rename");
  await screen.findByText("It is “Contract 2026.pdf” now.");
  await waitFor(() => expect(rows()).toContain("Contract 2026.pdf"));
  await click("Undo");
  await screen.findByText("“Contract.pdf” is back.");
  await waitFor(() => expect(rows()).toContain("Contract.pdf"));
  expect(asked(backend, "renameDocument")).toMatchObject([{ to: "Plan Haus 3.dwg" }, { to: "Contract 2026.pdf" }]);
});

test("a file of this computer takes the place of a document once both were shown", async () => {
  const file = { number: 7, name: "Contract (signed).pdf", size: 1_234_567, typed: "Contract (signed).pdf" };
  const backend = await atDocuments({}, { document: file });
  await choose("Contract.pdf", "Replace…");
  const question = await screen.findByRole("alertdialog", { name: "Replace “Contract.pdf”?" });
  expect(question.textContent).toMatch(/1\.3 kB.*Contract \(signed\)\.pdf.*1\.2 MB/);
  expect(asked(backend, "replaceDocument")).toEqual([]);
  await click("Replace it");
  await screen.findByText("“Contract.pdf” was replaced.");
  expect(asked(backend, "replaceDocument")).toMatchObject([{ document: 7 }]);
  await screen.findByText("1.2 MB");
});

test("what is not what was shown is left alone, and that is said", async () => {
  const backend = await atDocuments();
  backend.options.failing = { takeAwayDocument: { code: "documentNotAsShown", fileName: "Contract.pdf" } };
  await choose("Contract.pdf", "Take away…");
  await screen.findByText(/^3 links/);
  await click("Take it away");
  expect((await screen.findByRole("alert")).textContent).toMatch(/not what it was when it was shown, so nothing was done/);
  await click("Look again");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("the IT person gets the policy for what is not allowed", async () => {
  const backend = await atDocuments();
  const policy = '{"Version":"2012-10-17"}';
  backend.options.failing = { takeAwayDocument: { code: "storage", why: "notAllowed", action: "s3:DeleteObject", deniedBy: null, policy } };
  await choose("Contract.pdf", "Take away…");
  await screen.findByText(/^3 links/);
  await click("Take it away");
  expect((await screen.findByRole("alert")).textContent).toMatch(/may not do that on the site.*allow s3:DeleteObject.*2012-10-17/s);
});

test("in practice the documents are practice's, and the screen is there from the beginning", async () => {
  open();
  await click(/^Try it with a practice document/);
  await click("Documents");
  await waitFor(() => expect(rows()).toEqual(["Practice letter.html"]));
  await choose("Practice letter.html", "Take away…");
  expect((await screen.findByRole("alertdialog")).textContent).toMatch(/gone from practice, and this can be undone/);
  await click("Take it away");
  await screen.findByText("There is nothing on Practice yet.");
  await click("Undo");
  await click("New link for “Practice letter.html”");
  await screen.findByRole("heading", { level: 1, name: "New link" });
  expect(await valueOf("Which document?")).toBe("Practice letter.html");
});

test("without a storage there is no such screen", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await screen.findByRole("heading", { level: 1, name: "New link" });
  expect(screen.queryByRole("button", { name: "Documents" })).toBeNull();
});
