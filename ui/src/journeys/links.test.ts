/** Journeys through *Links* on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { FakeOptions } from "../backend/fake";
import { sampleEntries } from "../backend/fake-history";
import { RSA_KEY } from "../backend/fake-keys";
import { RSA_SITE, SAMPLE_SITE, SWITCHED_SITE } from "../backend/fake-sites";
import type { HistoryView, KeyView } from "../backend/bindings";
import { click, hasKeyboard, open, openForIt, type, valueOf, valuesOf } from "./journey-steps";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const SITES = [SAMPLE_SITE, RSA_SITE];

const ADDRESS = "Which document?";
const FOR_WHOM = "For whom?";

/** Opens *Links* with the samples of the fake history. */
const openLinks = async (count: number, options: FakeOptions = {}) => {
  const backend = open({ start: { sites: SITES }, entries: sampleEntries(count, SITES), ...options });
  await click(/^My links/);
  await screen.findByRole("list", { name: "My links" });
  await screen.findAllByRole("listitem");
  return backend;
};

const names = () => [...document.querySelectorAll(".link-row .name bdi:first-child")].map((name) => name.textContent);

const row = (name: string) => {
  const found = screen.getAllByRole("listitem").find((item) => item.querySelector(".name bdi")?.textContent === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
};

/** Something of the menu behind a row's *…*. */
const choose = async (name: string, item: string) => {
  await click(`More about ${name}`);
  await fireEvent.click(await screen.findByRole("menuitem", { name: item }));
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
};

const unfold = (name: string) => choose(name, "Details");

/** Something of the menu behind the list's *…*. */
const openListMenu = async () => {
  await click("More about the list");
  await screen.findByRole("dialog", { name: "More about the list" });
};

const closeListMenu = async () => {
  await fireEvent.keyDown(screen.getByRole("dialog", { name: "More about the list" }), { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
};

const select = async (label: string, value: string) => {
  await openListMenu();
  await fireEvent.change(await screen.findByLabelText(label), { target: { value } });
  await closeListMenu();
};

/** A chip's words, as they are now: `Ends soon 1`. */
const chips = () =>
  within(screen.getByRole("group", { name: "State" }))
    .getAllByRole("button")
    .map((chip) => chip.textContent.trim());

const lastAsked = (backend: { calls: { command: string; request: unknown }[] }) =>
  backend.calls.filter(({ command, request }) => command === "listHistory" && (request as { take: number }).take > 1).at(-1)?.request;

test("what is made is in the list, the newest first, and practice is not", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await click("My links");
  await screen.findByText(/^Links you make appear here/);
  for (const name of ["first.pdf", "second.pdf"]) {
    await fireEvent.click(screen.getAllByRole("button", { name: "New link" })[0] as HTMLElement);
    await type("Which document?", name);
    await click("Create link");
    await screen.findByRole("button", { name: "Copy link" });
  }
  await click("Practice");
  await click("Create link");
  await screen.findByLabelText("Link");
  expect(screen.queryByRole("button", { name: "My links" })).toBeNull();
  await click("Leave practice");
  await click("My links");
  await screen.findByText("2 links");
  expect(names().sort()).toEqual(["first.pdf", "second.pdf"]);
});

test("an empty list leads to a new link", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await click("My links");
  await screen.findByText("Links you make appear here. Nobody can open a document from this list.");
  await screen.findByText(/^Links you make appear here/);
  const [, inTheList] = screen.getAllByRole("button", { name: "New link" });
  expect(inTheList).toBe(document.activeElement);
  await fireEvent.click(inTheList as HTMLElement);
  await screen.findByLabelText("Which document?");
});

test("each state has its word, its count and its shape, and limits are said in words", async () => {
  await openLinks(7);
  expect(chips()).toEqual(["All 7", "Ends soon 1", "Working 3", "Not yet begun 1", "Ended 2"]);
  expect(row("Q3 résumé + notes.pdf").textContent).toMatch(/for Ms Okafor.*until .*Working.*7 days.*left/s);
  expect(row("Lease 14 Mill Lane.pdf").textContent).toMatch(/Ends soon.*4[67] min.*left/s);
  expect(row("عرض السعر.pdf").textContent).toMatch(/Working.*5 h [12] min.*left/s);
  expect(row("November minutes.pdf").textContent).toMatch(/all of \/board\/2026-11\/\* · only from 203\.0\.113\.0\/24/);
  expect(row("Statement of the independent auditor on the consolidated accounts 2025.pdf").textContent).toMatch(
    /Starts in.*(2 h 0|1 h 59) min/s,
  );
  expect(row("Plans.zip").textContent).toMatch(/Ended/);
  expect(row("Plans.zip").querySelector('[data-part="left"]')).toBeNull();
  const shapes = new Set([...document.querySelectorAll(".link-row .mark")].map((mark) => mark.innerHTML));
  expect(shapes.size).toBe(4);
  expect(document.querySelector(".table .columns")?.textContent).toMatch(/Document and reader.*Works until.*Left/s);
});

test("of which site a link is stands in its row where there are several", async () => {
  await openLinks(2);
  expect(row("Q3 résumé + notes.pdf").textContent).toContain("for Ms Okafor · Client papers");
  cleanup();
  const backend = open({ start: { sites: [SAMPLE_SITE] }, entries: sampleEntries(2, [SAMPLE_SITE]) });
  await click(/^My links/);
  await screen.findAllByRole("listitem");
  expect(row("Q3 résumé + notes.pdf").textContent).not.toContain("Client papers");
  expect(backend.history.entries[0]?.keyName).toBe("Client papers");
});

test("the search asks at each key press, and the last answer wins", async () => {
  const backend = await openLinks(7);
  const answers: ((view: HistoryView) => void)[] = [];
  const ask = vi.spyOn(backend, "listHistory").mockImplementation(() => new Promise((answer) => answers.push(answer)));
  await type("Search", "l");
  await type("Search", "le");
  expect(ask.mock.calls.map(([{ search }]) => search)).toEqual(["l", "le"]);
  const view = (search: string) => backend.history.list({ search, state: null, keyId: null, sort: "newest", skip: 0, take: 100 });
  answers[1]?.(view("lease"));
  await screen.findByText("1 of 7 links found");
  answers[0]?.(view("pdf"));
  // Time for the late answer to do harm.
  await new Promise((later) => setTimeout(later, 20));
  expect(names()).toEqual(["Lease 14 Mill Lane.pdf"]);
  expect(screen.getByText("1 of 7 links found")).toBeTruthy();
});

test("the list is narrowed by state and key, and brought into order", async () => {
  const backend = await openLinks(70);
  await click("Ends soon 10");
  await screen.findByText("10 of 70 links found");
  expect(screen.getByRole("button", { name: "Ends soon 10", pressed: true })).toBeTruthy();
  // The other states are as many as before: one can see where the rest is.
  expect(chips()).toEqual(["All 70", "Ends soon 10", "Working 30", "Not yet begun 10", "Ended 20"]);
  await select("Key", RSA_KEY.id);
  await screen.findByText("5 of 70 links found");
  expect(chips()).toEqual(["All 35", "Ends soon 5", "Working 15", "Not yet begun 5", "Ended 10"]);
  expect(screen.getByText("Only links of").textContent).toBe("Only links of Board papers");
  await select("Order", "endsFirst");
  await waitFor(() =>
    expect(lastAsked(backend)).toEqual({ search: "", state: "ending", keyId: RSA_KEY.id, sort: "endsFirst", skip: 0, take: 100 }),
  );
  await type("Search", "xyzzy");
  await screen.findByText("Nothing found for “xyzzy”.");
  expect(screen.queryAllByRole("listitem")).toEqual([]);
  await click("Show all links");
  await screen.findByText("70 links");
  expect(await valueOf("Search")).toBe("");
  expect(screen.getByRole("button", { name: "All 70", pressed: true })).toBeTruthy();
  await openListMenu();
  expect(await valuesOf("Key", "Order")).toEqual(["", "endsFirst"]);
});

test("a state of which there is none says so, and the way back is there", async () => {
  const entries = sampleEntries(1, SITES);
  await openLinks(0, { entries });
  expect(chips()).toEqual(["All 1", "Ends soon 0", "Working 1", "Ended 0"]);
  await click("Ended 0");
  await screen.findByText("Nothing found.");
  await click("Show all links");
  await screen.findAllByRole("listitem");
});

test("the links of a key that was removed are found by its name", async () => {
  const backend = await openLinks(70);
  backend.sites.list = [SAMPLE_SITE];
  await click("Sites");
  await click(/^My links/);
  await screen.findAllByRole("listitem");
  await openListMenu();
  await screen.findByRole("option", { name: "Board papers (removed)" });
  screen.getByRole("option", { name: "Client papers" });
  await closeListMenu();
  await select("Key", RSA_KEY.id);
  await screen.findByText("35 of 70 links found");
  await click("Show those of all keys");
  await screen.findByText("70 links");
});

test("the keys that are here can be chosen though the removed ones are not known", async () => {
  const backend = await openLinks(70, { failing: { historyKeys: { code: "history", why: "unreadable" } } });
  await waitFor(() => expect(backend.calls.some(({ command }) => command === "historyKeys")).toBe(true));
  await select("Key", RSA_KEY.id);
  await screen.findByText("35 of 70 links found");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what a newer Signet wrote is not shown, and that is said", async () => {
  const backend = await openLinks(7, { unreadable: [7, 5] });
  await screen.findByText("2 links were written by a newer Signet and are not shown.");
  expect(names()).toHaveLength(5);
  backend.history.clear();
  await type("Search", "a");
  await waitFor(() => expect(screen.queryByText(/newer Signet/)).toBeNull());
});

test("“Copied” is said once it is true, and no button becomes another", async () => {
  const backend = await openLinks(7);
  const before = row("November minutes.pdf").innerHTML;
  await click("Copy “November minutes.pdf”");
  await screen.findByText("Copied");
  expect(row("November minutes.pdf").innerHTML).toBe(before);
  expect(backend.clipboard).toContain("November%20minutes.pdf");
  backend.options.failing = { copyAgain: { code: "keyMissing", name: "Client papers" } };
  await click("Copy “Lease 14 Mill Lane.pdf”");
  const alert = await within(row("Lease 14 Mill Lane.pdf")).findByRole("alert");
  expect(alert.textContent).toContain("The key “Client papers” is no longer in this computer's password store.");
  expect(within(alert).queryByRole("button")).toBeNull();
  expect(screen.queryByText("Copied")).toBeNull();
  delete backend.options.failing;
  await click("Copy “Lease 14 Mill Lane.pdf”");
  await screen.findByText("Copied");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a link for the same document has all of it filled in, its reader too", async () => {
  const backend = await openLinks(7);
  await choose("November minutes.pdf", "New link for the same document");
  await hasKeyboard(screen.findByLabelText(ADDRESS));
  expect(await valueOf(ADDRESS)).toBe("November minutes.pdf");
  expect(await valuesOf("Only from one office", "Folder")).toEqual(["203.0.113.0/24", "/board/2026-11/*"]);
  expect(await valueOf("Site")).toBe(SAMPLE_SITE.id);
  await click(/^My links/);
  await click("New link for the same document “Offer letter.pdf”");
  await screen.findByLabelText(ADDRESS);
  expect(await valueOf("Site")).toBe(RSA_SITE.id);
  expect(await valueOf(FOR_WHOM)).toBe("Jun Sato");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(backend.calls.find(({ command }) => command === "createLink")?.request).toMatchObject({
    signer: { kind: "site", id: RSA_SITE.id },
    address: "Offer letter.pdf",
    lifetime: { kind: "sevenDays" },
    note: "Jun Sato",
  });
  expect(backend.history.entries.at(-1)?.note).toBe("Jun Sato");
});

test("a link whose key was removed says so and offers nothing that cannot be", async () => {
  const entries = sampleEntries(2, SITES).map((entry) => ({ ...entry, keyIsHere: entry.id !== 2 }));
  await openLinks(0, { entries });
  expect(screen.getByRole("button", { name: "Copy “Lease 14 Mill Lane.pdf”" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /(Copy|document) “Q3/ })).toBeNull();
  await click("More about Q3 résumé + notes.pdf");
  await screen.findByRole("menuitem", { name: "Details" });
  expect(screen.queryByRole("menuitem", { name: /^New link/ })).toBeNull();
  await fireEvent.click(screen.getByRole("menuitem", { name: "Details" }));
  await screen.findByText(/^The key of this link is no longer in Signet/);
  expect(screen.queryByRole("button", { name: "New link for the same document" })).toBeNull();
  expect(screen.getByRole("button", { name: "Remove" })).toBeTruthy();
});

test("a note is kept on Enter and on leaving the field, and stays typed when it cannot be", async () => {
  const backend = await openLinks(7);
  const kept = () => backend.calls.filter(({ command }) => command === "setNote").map(({ request }) => request);
  const field = () => screen.getByLabelText("For whom?");
  await unfold("Lease 14 Mill Lane.pdf");
  await type("For whom?", "Mr Adebayo");
  await fireEvent.keyDown(field(), { key: "Enter" });
  await screen.findByText("Saved.");
  expect(row("Lease 14 Mill Lane.pdf").querySelector(".link-row")?.textContent).toContain("Mr Adebayo");
  await fireEvent.blur(field());
  expect(kept()).toEqual([{ id: 6, note: "Mr Adebayo" }]);

  backend.options.failing = { setNote: { code: "note", why: "tooLong", most: 200 } };
  await type("For whom?", "too long");
  await fireEvent.blur(field());
  await screen.findByText("The note is too long.");
  expect(field().getAttribute("aria-invalid")).toBe("true");
  expect(await valueOf("For whom?")).toBe("too long");
  // Leaving again does not ask again: the keyboard would be held in the field.
  await fireEvent.blur(field());
  expect(kept()).toHaveLength(2);
  backend.options.failing = {};
  await fireEvent.keyDown(field(), { key: "Enter" });
  await screen.findByText("Saved.");
  expect(kept().at(-1)).toEqual({ id: 6, note: "too long" });
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a row is removed at once, and undone until the next step", async () => {
  const backend = await openLinks(7);
  const before = names();
  await choose("Lease 14 Mill Lane.pdf", "Remove");
  await screen.findByText("Removed “Lease 14 Mill Lane.pdf”.");
  await hasKeyboard(screen.findByRole("button", { name: "Undo" }));
  expect(backend.history.entries).toHaveLength(6);
  expect(names()).toEqual(before.filter((name) => name !== "Lease 14 Mill Lane.pdf"));
  expect(chips()).toEqual(["All 6", "Ends soon 0", "Working 3", "Not yet begun 1", "Ended 2"]);

  await click("Undo");
  await waitFor(() => expect(names()).toEqual(before));
  expect(chips()).toEqual(["All 7", "Ends soon 1", "Working 3", "Not yet begun 1", "Ended 2"]);
  expect(backend.history.entries).toHaveLength(7);
  await waitFor(() => expect(row("Lease 14 Mill Lane.pdf").contains(document.activeElement)).toBe(true));
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();

  // From its details too.
  await unfold("Lease 14 Mill Lane.pdf");
  await click("Remove");
  await screen.findByRole("button", { name: "Undo" });
  await click("Copy “November minutes.pdf”");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
  expect(names()).not.toContain("Lease 14 Mill Lane.pdf");
});

test("of two that are removed one after the other the last one comes back", async () => {
  const backend = await openLinks(7);
  await choose("Plans.zip", "Remove");
  await screen.findByText("Removed “Plans.zip”.");
  await choose("Offer letter.pdf", "Remove");
  await screen.findByText("Removed “Offer letter.pdf”.");
  await hasKeyboard(screen.findByRole("button", { name: "Undo" }));
  await click("Undo");
  await waitFor(() => expect(names()).toContain("Offer letter.pdf"));
  expect(names()).not.toContain("Plans.zip");
  expect(backend.history.entries).toHaveLength(6);
  expect(screen.queryByText(/^Removed/)).toBeNull();
});

test("whoever goes elsewhere cannot undo from there", async () => {
  await openLinks(7);
  await choose("Plans.zip", "Remove");
  await screen.findByRole("button", { name: "Undo" });
  await click("Sites");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
  expect(screen.queryByText(/^Removed/)).toBeNull();
});

test("what could not be put back is said, and is not there", async () => {
  const backend = await openLinks(7);
  await choose("Plans.zip", "Remove");
  backend.options.failing = { restoreEntries: { code: "history", why: "notSaved", reason: "diskFull" } };
  await click("Undo");
  await screen.findByRole("alert");
  expect(names()).not.toContain("Plans.zip");
});

test("a row's menu gives the keyboard back to its button, and a second click closes it", async () => {
  await openLinks(7);
  const dots = () => screen.getByRole("button", { name: "More about Plans.zip" });
  dots().focus();
  await fireEvent.click(dots());
  const menu = await screen.findByRole("menu", { name: "More about Plans.zip" });
  expect(dots().getAttribute("aria-expanded")).toBe("true");
  await fireEvent.keyDown(menu, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(dots()));
  expect(dots().getAttribute("aria-expanded")).toBe("false");
  await fireEvent.click(dots());
  await screen.findByRole("menu");
  await fireEvent.click(dots());
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
});

test("a removal that is not written leaves the row where it is", async () => {
  await openLinks(7, { failing: { removeEntries: { code: "history", why: "notSaved", reason: "diskFull" } } });
  await unfold("Lease 14 Mill Lane.pdf");
  await click("Remove");
  await within(row("Lease 14 Mill Lane.pdf")).findByRole("alert");
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  expect(screen.getByLabelText("For whom?")).toBeTruthy();
});

test("the only link is removed and comes back", async () => {
  await openLinks(1);
  await choose("Q3 résumé + notes.pdf", "Remove");
  await screen.findByText(/^Links you make appear here/);
  await hasKeyboard(screen.findByRole("button", { name: "Undo" }));
  await click("Undo");
  await screen.findByText("1 link");
  await waitFor(() => expect(names()).toEqual(["Q3 résumé + notes.pdf"]));
});

test("the list is emptied after a question", async () => {
  const backend = await openLinks(7);
  const ask = async () => {
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    await openListMenu();
    await click("Empty this list…");
    return within(await screen.findByRole("alertdialog", { name: "Empty this list?" }));
  };
  const question = await ask();
  question.getByText(/Links already sent keep working/);
  await fireEvent.click(question.getByRole("button", { name: "Keep list" }));
  expect(backend.history.entries).toHaveLength(7);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "More about the list" })));
  backend.options.failing = { clearHistory: { code: "history", why: "notSaved", reason: "readOnly" } };
  const clear = async () => fireEvent.click((await ask()).getByRole("button", { name: "Empty the list" }));
  await clear();
  await screen.findByText("The list of links (history.sqlite3) could not be saved, so nothing was changed.");
  expect(names()).toHaveLength(7);
  backend.options.failing = {};
  await clear();
  await screen.findByText(/^Links you make appear here/);
  expect(backend.history.entries).toEqual([]);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a file holds links only where that was asked for, each time anew", async () => {
  const backend = await openLinks(7);
  const save = async (withLinks: boolean) => {
    await openListMenu();
    await click("Export…");
    const box = await screen.findByLabelText<HTMLInputElement>("With links");
    expect(box.checked).toBe(false);
    screen.getByText("Whoever has the file can then open the documents until the links end.");
    if (withLinks) await fireEvent.click(box);
    await click("Save file…");
    await waitFor(() => expect(backend.calls.at(-1)).toEqual({ command: "exportHistory", request: withLinks }));
    await screen.findByText("Saved as links.csv.");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  };
  await save(false);
  await save(true);
  await save(false);
});

test("a list that cannot be read says so, and is asked for again", async () => {
  const backend = open({
    start: { sites: SITES },
    entries: sampleEntries(7, SITES),
    failing: { listHistory: { code: "history", why: "unreadable" } },
  });
  await click("My links");
  await screen.findByText("The list of links (history.sqlite3) could not be read.");
  backend.options.failing = {};
  await click("Try again");
  await screen.findByText("7 links");
  expect(screen.queryByRole("alert")).toBeNull();
});

test.each([
  { of: "site", button: "Remove this site", said: "10 links to this site still work.", keep: "Keep site", left: [] as string[] },
  { of: "key", button: "Remove key", said: "10 links made with this key still work.", keep: "Keep key", left: ["Client papers"] },
])("who removes a $of hears which of its links still work", async ({ of, button, said, keep, left }) => {
  const site = of === "key" ? SWITCHED_SITE : SAMPLE_SITE;
  const [key] = site.keys;
  const entries = sampleEntries(14, [{ ...site, keys: [key as KeyView] }]);
  const backend = open({ start: { sites: [site] }, entries });
  await openForIt("Client papers");
  const ask = async () => fireEvent.click((await screen.findAllByRole("button", { name: button })).at(-1) as HTMLElement);
  await ask();
  const question = within(await screen.findByRole("alertdialog"));
  await question.findByText(said);
  question.getByText(/Links already sent keep working until they end/);
  const listed = question.getAllByRole("listitem").map((item) => item.textContent);
  expect(listed).toHaveLength(6);
  expect(listed[0]).toMatch(/^Q3 résumé \+ notes\.pdf, until /);
  expect(listed[5]).toBe("and 5 more");
  await fireEvent.click(question.getByRole("button", { name: keep }));
  backend.options.failing = { linksOfKey: { code: "history", why: "unreadable" } };
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  await ask();
  await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: button }));
  await waitFor(() => expect(backend.sites.keys.map(({ name }) => name)).toEqual(left));
});

test("a new link gets its note where it was made", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await type("Which document?", "a.pdf");
  await click("Create link");
  await type("For whom?", "Ms Okafor");
  await fireEvent.blur(screen.getByLabelText("For whom?"));
  await screen.findByText("Saved.");
  expect(backend.history.entries.map(({ note }) => note)).toEqual(["Ms Okafor"]);
});

const noteBefore = (note: string) => type("For whom?", note);

test("a note that is typed before goes with its link, and with no other", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, lifetime: 600 });
  await type("Which document?", "a.pdf");
  await noteBefore("Ms Okafor");
  await click("Sites");
  await click("New link");
  expect(await valueOf("For whom?")).toBe("Ms Okafor");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(await valueOf("For whom?")).toBe("Ms Okafor");
  expect(backend.history.entries.map(({ note }) => note)).toEqual(["Ms Okafor"]);
  await click("Another link");
  await type("Which document?", "b.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(backend.history.entries.map(({ note }) => note)).toEqual(["Ms Okafor", ""]);
});

test("a link that is made again at its end keeps its note as it was last", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, lifetime: 2 });
  await type("Which document?", "a.pdf");
  await noteBefore("Ms Okafor");
  await click("Create link");
  await type("For whom?", "Mr Adebayo");
  await fireEvent.blur(screen.getByLabelText("For whom?"));
  await screen.findByText("Saved.");
  backend.options.lifetime = 600;
  await screen.findByRole("button", { name: "Make a new one" }, { timeout: 4_000 });
  await click("Make a new one");
  await screen.findByRole("button", { name: "Copy link" });
  expect(await valueOf("For whom?")).toBe("Mr Adebayo");
  expect(backend.history.entries.map(({ note }) => note)).toEqual(["Mr Adebayo", "Mr Adebayo"]);
});

test("a note that is too long is said at its field and stays typed", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, failing: { createLink: { code: "note", why: "tooLong", most: 200 } } });
  await type("Which document?", "a.pdf");
  await noteBefore("far too long");
  await click("Create link");
  await screen.findByText("The note is too long.");
  const field = screen.getByLabelText("For whom?");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(field).toBe(document.activeElement);
  expect(await valueOf("For whom?")).toBe("far too long");
  backend.options.failing = {};
  backend.options.unlisted = "diskFull";
  await click("Create link");
  await screen.findByText("The link works, but it could not be written into your list.");
  // Though it stands in no list, it is of that link, and the next one may be for somebody else.
  await click("Another link");
  await screen.findByLabelText("Which document?");
  expect(await valueOf("For whom?")).toBe("");
});

test("practice notes nothing, and a link made again is for the same reader", async () => {
  const backend = await openLinks(7);
  await click("Practice");
  await screen.findByText(/Nothing is kept/);
  expect(screen.queryByLabelText("For whom?")).toBeNull();
  await click("Create link");
  await screen.findByLabelText("Link");
  expect(backend.calls.findLast(({ command }) => command === "createLink")?.request).toMatchObject({ note: "" });
  await click("Leave practice");
  await click(/^My links/);
  await choose("Q3 résumé + notes.pdf", "New link for the same document");
  expect(await valueOf(FOR_WHOM)).toBe("for Ms Okafor");
});

test("a link that is in no list is to be copied now", async () => {
  open({ start: { sites: [SAMPLE_SITE] }, unlisted: "diskFull" });
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByText("The link works, but it could not be written into your list.");
  await screen.findByText(/^Copy it now/);
  expect(screen.queryByLabelText("For whom?")).toBeNull();
  await screen.findByRole("button", { name: "Copy link" });
});

test("a list that was put aside is named", async () => {
  open({ start: { sites: [SAMPLE_SITE], historySetAside: "history.damaged-1.json" } });
  await screen.findByText("Your list of links could not be read.");
  await screen.findByText(/put aside as history\.damaged-1\.json/);
});

test("the rail reminds of links that end within the hour", async () => {
  const entries = sampleEntries(14, SITES).map((entry) => ({ ...entry, fileName: `${entry.id} ${entry.fileName}` }));
  const backend = open({ start: { sites: SITES }, entries });
  await click("My links (2 links end within the hour)");
  await choose("13 Lease 14 Mill Lane.pdf", "Remove");
  await screen.findByRole("button", { name: "My links (1 link ends within the hour)" });
  backend.history.clear();
  await click("Sites");
  await screen.findByRole("button", { name: "My links" });
});

test("the reminder comes by itself each minute", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const backend = open({ start: { sites: SITES } });
  await screen.findByRole("button", { name: "My links" });
  backend.history.entries = sampleEntries(7, SITES);
  vi.advanceTimersByTime(60_000);
  await screen.findByRole("button", { name: "My links (1 link ends within the hour)" });
});

test("of a hundred thousand links only the rows near the window are in the page", async () => {
  const backend = await openLinks(100_000);
  await screen.findByText("100,000 links");
  expect(chips()).toEqual(["All 100,000", "Ends soon 14,286", "Working 42,857", "Not yet begun 14,286", "Ended 28,571"]);
  const items = screen.getAllByRole("listitem");
  expect(items.length).toBeGreaterThan(5);
  expect(items.length).toBeLessThan(40);
  expect(items[0]?.getAttribute("aria-posinset")).toBe("1");
  expect(items[0]?.getAttribute("aria-setsize")).toBe("100000");
  const list = screen.getByRole("list", { name: "My links" });
  expect(Number.parseFloat(list.style.height)).toBeGreaterThan(5_000_000);

  vi.spyOn(list, "getBoundingClientRect").mockReturnValue({ top: -Number.parseFloat(list.style.height) / 2 } as DOMRect);
  await fireEvent.scroll(window);
  await waitFor(() => expect(screen.getAllByRole("listitem").some((item) => item.getAttribute("aria-posinset") === "50001")).toBe(true));
  expect(screen.getAllByRole("listitem").length).toBeLessThan(40);
  const asked = backend.calls.flatMap(({ command, request }) =>
    command === "listHistory" ? [request as { skip: number; take: number }] : [],
  );
  expect(asked.filter(({ take }) => take === 100).map(({ skip }) => skip)).toEqual([0, 49_900, 50_000]);
});

test("a row with the keyboard stays, however far one scrolls", async () => {
  const entries = sampleEntries(1_000, SITES).map((entry) => ({
    ...entry,
    fileName: `${entry.id}.pdf`,
    expiresAt: entry.createdAt + 10 ** 9,
  }));
  await openLinks(0, { entries });
  const button = screen.getByRole("button", { name: "Copy “998.pdf”" });
  button.focus();
  const list = screen.getByRole("list", { name: "My links" });
  vi.spyOn(list, "getBoundingClientRect").mockReturnValue({ top: -50_000 } as DOMRect);
  await fireEvent.scroll(window);
  // The rows there have to be fetched first.
  await waitFor(() => {
    expect(names()).not.toContain("999.pdf");
    expect(names().length).toBeGreaterThan(5);
  });
  expect(document.activeElement).toBe(button);
});

test("a tick changes the words that are others now, and a link that ends can be made again", async () => {
  const [sample] = sampleEntries(1, SITES);
  if (sample === undefined) throw new Error("one sample");
  const now = Math.floor(Date.now() / 1000);
  const entries = [
    { ...sample, id: 1, fileName: "soon.pdf", expiresAt: now + 3 },
    { ...sample, id: 2, fileName: "later.pdf", expiresAt: now + 7 * 86_400 + 30 },
  ];
  await openLinks(0, { entries });
  const changed: string[] = [];
  const watch = new MutationObserver((records) => {
    for (const { target } of records) changed.push(target.parentElement?.closest("[data-row]")?.getAttribute("data-row") ?? "elsewhere");
  });
  watch.observe(screen.getByRole("list", { name: "My links" }), { subtree: true, characterData: true });
  await waitFor(() => expect(row("soon.pdf").textContent).toContain("Ended"), { timeout: 5000 });
  watch.disconnect();
  expect(changed.length).toBeGreaterThan(0);
  expect(new Set(changed)).toEqual(new Set(["1"]));
  await click("New link for the same document “soon.pdf”");
  await screen.findByLabelText(ADDRESS);
}, 10_000);

test("the counts follow a link that ends while one looks", async () => {
  const [sample] = sampleEntries(1, SITES);
  if (sample === undefined) throw new Error("one sample");
  const now = Math.floor(Date.now() / 1000);
  const entries = [
    { ...sample, id: 1, fileName: "soon.pdf", expiresAt: now + 2 },
    { ...sample, id: 2, fileName: "later.pdf", expiresAt: now + 7 * 86_400 },
  ];
  const backend = await openLinks(0, { entries });
  expect(chips()).toEqual(["All 2", "Ends soon 1", "Working 1", "Ended 0"]);
  await waitFor(() => expect(chips()).toEqual(["All 2", "Ends soon 0", "Working 1", "Ended 1"]), { timeout: 5_000 });
  await screen.findByRole("button", { name: "My links" });
  // Nothing was fetched for that but the counts.
  expect(backend.calls.filter(({ request }) => (request as { take?: number } | undefined)?.take === 100)).toHaveLength(1);
}, 10_000);
