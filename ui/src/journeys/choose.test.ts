/** A document of the site is chosen for a link; on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { IpcError } from "../backend/bindings";
import type { FakeOptions } from "../backend/fake";
import { sampleDocuments } from "../backend/fake-folders";
import { SAMPLE_SITE, STORED_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, open, type, valueOf } from "./journey-steps";

afterEach(cleanup);

const STORED = { folders: { stored: sampleDocuments() } };

const onSite = (options: FakeOptions = STORED) => open({ start: { sites: [STORED_SITE] }, ...options });

/** *New link* is fetched with the picker behind it, which takes a moment of its own. */
const choosing = async () => {
  await click("Choose…");
  return within(await screen.findByRole("dialog", { name: "Choose a document" }));
};

const search = () => screen.findByRole("combobox", { name: "Search this folder" });
const press = async (key: string) => fireEvent.keyDown(await search(), { key });
const options = () => screen.findAllByRole("option");
const names = async () => (await options()).map((option) => option.querySelector(".name")?.textContent);
const active = async () => {
  const id = (await search()).getAttribute("aria-activedescendant");
  const option = document.getElementById(id ?? "");
  expect(option?.getAttribute("aria-selected")).toBe("true");
  return option?.querySelector(".name")?.textContent;
};

test("a document of the site is chosen with one click, as if its name had been typed", async () => {
  const backend = onSite();
  await type("For whom?", "Ms Okafor");
  const dialog = await choosing();
  await dialog.findByText(/the newest first\.$/);
  await fireEvent.click(await dialog.findByRole("option", { name: /^Contract\.pdf/ }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await valueOf("Which document?")).toBe("Contract.pdf");
  expect(await valueOf("For whom?")).toBe("Ms Okafor");
  await hasKeyboard(screen.findByLabelText("Which document?"));
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(asked(backend, "createLink")).toMatchObject([{ address: "Contract.pdf", note: "Ms Okafor" }]);
});

test("folders come first and then the newest documents, and it goes by the keyboard alone", async () => {
  onSite();
  await choosing();
  await hasKeyboard(search());
  expect((await names()).slice(0, 3)).toEqual(["contracts", "reports", "Contract.pdf"]);
  expect(await active()).toBe("contracts");
  await press("ArrowDown");
  expect(await active()).toBe("reports");
  await press("Enter");
  await waitFor(async () => expect(await names()).toEqual(["2026"]));
  await press("Enter");
  await waitFor(async () => expect(await names()).toEqual(["Q3 résumé + notes.pdf", "Q1.pdf"]));
  // Back up, at the folder out of which one came.
  await press("Backspace");
  await waitFor(async () => expect(await names()).toEqual(["2026"]));
  await press("Backspace");
  await waitFor(async () => expect(await active()).toBe("reports"));
  await press("Enter");
  await waitFor(async () => expect(await names()).toEqual(["2026"]));
  await press("Enter");
  await waitFor(async () => expect(await active()).toBe("Q3 résumé + notes.pdf"));
  await press("End");
  await waitFor(async () => expect(await active()).toBe("Q1.pdf"));
  await press("Enter");
  expect(await valueOf("Which document?")).toBe("reports/2026/Q1.pdf");
  // The next time begins where she was.
  await choosing();
  await waitFor(async () => expect(await names()).toEqual(["Q3 résumé + notes.pdf", "Q1.pdf"]));
});

test("what is typed searches the folder, and says so where nothing is found", async () => {
  onSite();
  const dialog = await choosing();
  await dialog.findByText(/the newest first\.$/);
  await type("Search this folder", "söhne");
  await waitFor(async () => expect(await names()).toEqual(["Offer Weber & Söhne (final).pdf"]));
  await dialog.findByText("1 found in this folder.");
  await type("Search this folder", "xyzzy");
  await dialog.findByText("Nothing found for “xyzzy” in this folder.");
  await dialog.findByText("Folders in it are not searched.");
  // A letter less is no way out of the folder.
  await press("Backspace");
  expect(await valueOf("Search this folder")).toBe("xyzzy");
  await press("Enter");
  await screen.findByRole("dialog");
});

test("of a large folder nothing is claimed that was not read", async () => {
  const backend = onSite({ folders: { stored: sampleDocuments(2_500) } });
  const dialog = await choosing();
  await dialog.findByText("More than 1,000 are here. These are the first by name.");
  expect(asked(backend, "readFolder")).toEqual([]);
  expect((await names())[0]).toBe("Contract.pdf");
  // The newest one is known once all of it was read.
  await click("Newest first");
  await dialog.findByText("2,507 are here, the newest first.");
  expect((await names()).slice(0, 3)).toEqual(["contracts", "reports", "Contract.pdf"]);
  expect(asked(backend, "readFolder")).toMatchObject([{ answers: null }]);
  await click("By name");
  await dialog.findByText("2,507 are here, by name.");
});

test("a search reads what was not read yet, and says how far it is", async () => {
  const backend = onSite({ folders: { stored: sampleDocuments(2_500) } });
  const dialog = await choosing();
  await dialog.findByText(/^More than 1,000/);
  await type("Search this folder", "02500");
  await dialog.findByText("1 found in this folder.");
  await waitFor(async () => expect(await names()).toEqual(["Invoice 02500.pdf"]));
  expect(asked(backend, "readFolder")).toHaveLength(1);
  cleanup();

  onSite({ folders: { stored: sampleDocuments(2_500), stopsAfter: 1 } });
  await choosing();
  await screen.findByText(/^More than 1,000/);
  await type("Search this folder", "02500");
  await screen.findByText("Nothing found for “02500” in the first 1,000 of this folder.");
  await screen.findByText("Searching the rest: 1,000 so far.");
});

test("in practice there are the practice documents", async () => {
  open();
  await click(/^Try it with a practice document/);
  const dialog = await choosing();
  await fireEvent.click(await dialog.findByRole("option", { name: /^Practice letter\.html/ }));
  expect(await valueOf("Which document?")).toBe("Practice letter.html");
});

test("an empty site, a refusal and a dead line have their own sentences, and typing goes on", async () => {
  const backend = onSite({ folders: { stored: [] } });
  const dialog = await choosing();
  await dialog.findByText("There is nothing on Client papers yet.");
  await click("Cancel");

  const says = async (error: IpcError, ...parts: RegExp[]) => {
    backend.options.failing = { openFolder: error };
    await choosing();
    const alert = await screen.findByRole("alert");
    for (const part of parts) expect(alert.textContent).toMatch(part);
    delete backend.options.failing.openFolder;
    await click("Try again");
    await screen.findByText("There is nothing on Client papers yet.");
    expect(screen.queryByRole("alert")).toBeNull();
    await click("Cancel");
  };
  const policy = '{"Version":"2012-10-17"}';
  await says(
    { code: "storage", why: "notAllowed", action: "s3:ListBucket", deniedBy: null, policy },
    /may not see the site's documents/,
    /allow s3:ListBucket/,
    /2012-10-17/,
  );
  await says({ code: "storage", why: "unreachable", policy: null }, /could not be reached/, /online/, /still type/);
  await says({ code: "storage", why: "noLogin", policy: null }, /no login with which the site's documents can be seen/, /aws configure/);
  await says({ code: "siteTakesNoDocuments" }, /does not know where the documents of this site lie/);
  await type("Which document?", "typed.pdf");
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
});

test("a name that no link can open is not chosen", async () => {
  onSite();
  const dialog = await choosing();
  const option = await dialog.findByRole("option", { name: /^a\+b#1\?\.pdf No link can open this name/ });
  await fireEvent.click(option);
  expect(option.getAttribute("aria-disabled")).toBe("true");
  await screen.findByRole("dialog");
});

test("a site without a storage is as it was", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await type("Which document?", "half");
  expect(screen.queryByRole("button", { name: "Choose…" })).toBeNull();
});

test("what is closed is read no further", async () => {
  const backend = onSite();
  await choosing();
  await screen.findByText(/the newest first\.$/);
  await click("Cancel");
  await waitFor(() => expect(asked(backend, "closeFolder")).toHaveLength(1));
  await hasKeyboard(screen.findByLabelText("Which document?"));
});
