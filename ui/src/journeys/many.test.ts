/** Journeys through *Many links* on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { FakeOptions } from "../backend/fake";
import { SAMPLE_KEY } from "../backend/fake-keys";
import { RSA_SITE, SAMPLE_SITE } from "../backend/fake-sites";
import type { ManyOptions } from "../backend/fake-many";
import { click, hasKeyboard, nameOfChoice, open, type, valueOf, valuesOf } from "./journey-steps";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const openMany = async (many: ManyOptions = {}, options: FakeOptions = {}) => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, many, ...options });
  await click("Many at once");
  await screen.findByLabelText("Documents");
  return backend;
};

/** The drops are watched once the first picture is there. */
const openForDrops = async () => {
  const backend = await openMany();
  await waitFor(() => expect(asked(backend, "watchDrops")).toHaveLength(1));
  return backend;
};

const paste = async (...lines: string[]) => {
  await type("Documents", lines.join("\n"));
  await fireEvent.paste(screen.getByLabelText("Documents"));
};

const names = () => [...document.querySelectorAll(".entry .name")].map((name) => name.textContent);

const listed = (...expected: string[]) => waitFor(() => expect(names()).toEqual(expected));

const row = (name: string) => {
  const found = screen.getAllByRole("listitem").find((item) => item.querySelector(".name")?.textContent === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
};

const asked = (backend: { calls: { command: string; request: unknown }[] }, command: string) =>
  backend.calls.filter((call) => call.command === command).map(({ request }) => request);

const letters = (count: number) => Array.from({ length: count }, (_, at) => `Letter ${at + 1}.pdf`);

const inHistory = (backend: { history: { entries: { fileName: string }[] } }) => backend.history.entries.map(({ fileName }) => fileName);

test("a pasted list becomes links in four steps", async () => {
  const backend = await openMany();
  await hasKeyboard(screen.findByLabelText("Documents"));
  await paste("a.pdf", "reports/b.pdf\t2030-12-31 17:00\tMs Okafor", "c.pdf");
  await screen.findByText("3 documents");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("radio", { name: "One week" })));
  await listed("a.pdf", "b.pdf", "c.pdf");
  expect(row("b.pdf").textContent).toMatch(/until Tue 31 Dec 2030, 17:00.*Ms Okafor · https:\/\/docs\.example\.com\/reports\/b\.pdf/s);
  screen.getByText("1 document has its own end.");
  await fireEvent.click(screen.getByRole("radio", { name: "Tomorrow" }));
  await click("Create links");
  await screen.findByText("3 links were made.");
  expect(asked(backend, "createBatch")).toEqual([{ kind: "oneDay" }]);
  await hasKeyboard(screen.findByRole("button", { name: "Copy all" }));
  await click("Copy all");
  await screen.findByText("3 links copied, one a line.");
  expect(backend.clipboard.split("\n").map((link) => link.replace(/\?.*/, ""))).toEqual([
    "https://docs.example.com/a.pdf",
    "https://docs.example.com/reports/b.pdf",
    "https://docs.example.com/c.pdf",
  ]);
  await click("Copy “b.pdf”");
  await screen.findByText("Copied");
  expect(backend.clipboard).toMatch(/^https:\/\/docs\.example\.com\/reports\/b\.pdf\?\S+$/);
  await click("Save as CSV");
  await screen.findByText("Saved as links.csv.");
  expect(inHistory(backend)).toEqual(["a.pdf", "b.pdf", "c.pdf"]);
  await click("New list");
  await hasKeyboard(screen.findByLabelText("Documents"));
  expect(await valueOf("Documents")).toBe("");
  expect(inHistory(backend)).toHaveLength(3);
});

test("a problem is fixed or skipped before any link is made", async () => {
  const backend = await openMany();
  await paste("a.pdf", "Plan #4.pdf", "Lease.pdf\t01/02/2030", "https://elsewhere.example.org/b.pdf");
  await screen.findByText("4 documents, 3 problems");
  await listed("Plan #4.pdf", "Lease.pdf", "https://elsewhere.example.org/b.pdf");
  // The keyboard is where the first is mended, and the others say what is wrong.
  await waitFor(() => expect(screen.getByLabelText("Document")).toBe(document.activeElement));
  within(row("Plan #4.pdf")).getByText("The address has a # in it, and what follows never reaches the site.");
  expect(row("Lease.pdf").textContent).toMatch(
    /Line 3: “01\/02\/2030” can be read in two ways.*Is it Friday 1 February 2030, or Wednesday 2 January 2030/s,
  );

  await click("Create links");
  await screen.findByText("3 documents have a problem.");
  expect(asked(backend, "createBatch")).toEqual([]);

  await type("Document", "Plan still #4.pdf");
  await click("Done");
  await waitFor(() => expect(asked(backend, "mendRow")).toHaveLength(1));
  expect(await valueOf("Document")).toBe("Plan still #4.pdf");
  screen.getByText("4 documents, 3 problems");
  await type("Document", "Plan 4.pdf");
  await click("Done");
  await screen.findByText("4 documents, 2 problems");
  await screen.findByText("2 documents have a problem.");
  // On to the next: this time the end is wrong.
  await waitFor(() => expect(screen.getByLabelText("Its own end")).toBe(document.activeElement));
  expect(await valueOf("Document")).toBe("Lease.pdf");
  await type("Its own end", "2030-02-01");
  await click("Done");
  await screen.findByText("4 documents, 1 problem");

  await click("Skip “https://elsewhere.example.org/b.pdf”");
  await screen.findByText("4 documents, 1 skipped");
  await waitFor(() => expect(names()).toHaveLength(4));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("radio", { name: "One week" })));
  expect(screen.queryByText(/have a problem/)).toBeNull();
  within(row("https://elsewhere.example.org/b.pdf")).getByText("Skipped");
  await click("Create links");
  await screen.findByText("3 links were made.");
  expect(inHistory(backend)).toEqual(["a.pdf", "Plan 4.pdf", "Lease.pdf"]);
});

test("all that have a problem are skipped at once, and one is put back", async () => {
  await openMany();
  await paste("a.pdf", "b#.pdf", "c#.pdf");
  await click("Skip these 2");
  await screen.findByText("3 documents, 2 skipped");
  await click("Put back “b#.pdf”");
  await screen.findByText("3 documents, 1 problem, 1 skipped");
  await screen.findByRole("button", { name: "Skip “b#.pdf”" });
  await fireEvent.click(screen.getByLabelText("Only problems"));
  await listed("b#.pdf");
  await click("Fix “b#.pdf”");
  await waitFor(() => expect(screen.getByLabelText("Document")).toBe(document.activeElement));
});

test("nothing is left to make a link for", async () => {
  await openMany();
  await paste("a#.pdf");
  await click("Skip this one");
  await screen.findByText("1 document, 1 skipped");
  await click("Create links");
  await screen.findByText("No document is left to make a link for.");
});

test("the bar counts, Cancel keeps what is done, and the rest is made without a repetition", async () => {
  const many = { pace: 4 };
  const backend = await openMany(many);
  await paste(...letters(9));
  await screen.findByText("9 documents");
  // After the first four time stands still.
  const state = backend.many.state.bind(backend.many);
  vi.spyOn(backend.many, "state").mockImplementation(() => {
    const answer = state();
    many.pace = 0;
    return answer;
  });
  await click("Create links");
  const bar = await screen.findByRole("progressbar", { name: "Making the links" });
  await waitFor(() => expect(bar.getAttribute("aria-valuetext")).toBe("4 of 9"));
  screen.getByText("4 of 9");
  screen.getByText("about 240 a second");
  // Nothing is read out while it counts.
  expect([...document.querySelectorAll('[role="status"]')].map((status) => status.textContent).join("")).toBe("");
  await click("Cancel");
  await screen.findByText("4 of 9 links were made.");
  expect(inHistory(backend)).toEqual(letters(4));
  await hasKeyboard(screen.findByRole("button", { name: "Make the rest" }));
  await listed(...letters(9));
  within(row("Letter 9.pdf")).getByText("Not made yet");
  vi.mocked(backend.many.state).mockRestore();
  many.pace = 2;
  await click("Make the rest");
  await screen.findByText("9 links were made.");
  expect(inHistory(backend)).toEqual(letters(9));
});

test("a column of dates is asked about once for all rows, and the encoding is said", async () => {
  const column = {
    kind: "column",
    column: 0,
    heading: "Termin",
    number: 2,
    example: "2030-12-31",
    asks: "isEnd",
    answer: null,
    rows: 1,
  } as const;
  const backend = await openMany({ questions: [column], encoding: "windows-1252" });
  await paste("a.pdf\t2030-12-31", "b.pdf");
  await screen.findByText("2 documents, 1 problem");
  screen.getByText(/^The file was read as Windows-1252 \(Western Europe\)/);
  screen.getByText("Is this when each link ends?");
  screen.getByText("There is one date: 2030-12-31.");
  await click("Yes, each link ends then");
  await screen.findByText("2 documents");
  expect(asked(backend, "answerList")).toEqual([{ kind: "column", column: 0, answer: true }]);
  await listed("a.pdf", "b.pdf");
  expect(row("a.pdf").textContent).toContain("until Tue 31 Dec 2030");
});

test("a column of networks is asked about, for links of a list open from everywhere", async () => {
  const column = {
    kind: "column",
    column: 0,
    heading: "IP",
    number: 2,
    example: "203.0.113.7",
    asks: "ignoresNetwork",
    answer: null,
    rows: 1,
  } as const;
  const backend = await openMany({ questions: [column] });
  await paste("a.pdf", "b.pdf");
  await screen.findByText("Links of a list open from everywhere, and not only from this network.");
  screen.getByText("It says 203.0.113.7 for one document.");
  expect(screen.queryByRole("button", { name: "No, that is another date" })).toBeNull();
  await click("All right, let them open from everywhere");
  await waitFor(() => expect(asked(backend, "answerList")).toEqual([{ kind: "column", column: 0, answer: true }]));
});

test("dates that can be read in two ways are asked about with both days", async () => {
  const order = { kind: "order", example: "5/6/2030", readings: ["2030-06-05", "2030-05-06"] as [string, string], rows: 3 } as const;
  const backend = await openMany({ questions: [order] });
  await paste("a.pdf");
  await screen.findByText("Which day is this?");
  await click("Wednesday 5 June 2030");
  await waitFor(() => expect(asked(backend, "answerList")).toEqual([{ kind: "order", isDayFirst: true }]));
});

test("what could not be made is tried again alone", async () => {
  const refused: ManyOptions["refused"] = { "b.pdf": { code: "linkTooLong", length: 9_000, most: 8_192 } };
  const backend = await openMany({ refused });
  await paste("a.pdf", "b.pdf", "c.pdf");
  await click("Create links");
  await screen.findByText("2 of 3 links were made.");
  await hasKeyboard(screen.findByRole("button", { name: "Try these again" }));
  await fireEvent.click(screen.getByLabelText("Only what was not made"));
  await listed("b.pdf");
  expect(row("b.pdf").textContent).toMatch(/Not made.*The finished link would be too long/s);
  delete refused["b.pdf"];
  await click("Try these again");
  await screen.findByText("3 links were made.");
  expect(inHistory(backend)).toEqual(["a.pdf", "c.pdf", "b.pdf"]);
});

test("what is wrong with a list is said at it, and nothing typed is lost", async () => {
  const backend = await openMany();
  await click("Next");
  await screen.findByText("There is no document in the list.");
  await hasKeyboard(screen.findByLabelText("Documents"));
  await type("Documents", "a.pdf\nb.pdf");
  await type("Folder on the site", "reports/2026");
  await click("Sites");
  await click("Many at once");
  expect(await valuesOf("Documents", "Folder on the site")).toEqual(["a.pdf\nb.pdf", "reports/2026"]);
  expect(screen.queryByRole("alert")).toBeNull();
  await click("Next");
  await screen.findByText("2 documents");
  expect(asked(backend, "readList").at(-1)).toEqual({ siteId: SAMPLE_SITE.id, text: "a.pdf\nb.pdf", folder: "reports/2026" });
  await listed("a.pdf", "b.pdf");
  within(row("a.pdf")).getByText("https://docs.example.com/reports/2026/a.pdf");
  await click("Back");
  expect(await valueOf("Documents")).toBe("a.pdf\nb.pdf");
  await click("Cancel");
  await screen.findByText("2 documents");
  await fireEvent.click(screen.getByRole("radio", { name: "30 days" }));
  await click("Sites");
  await click("Many at once");
  await screen.findByText("2 documents");
  expect(screen.getByRole("radio", { name: "30 days" }).getAttribute("aria-checked")).toBe("true");
});

test("a file comes through the native picker, and a picker that was closed changes nothing", async () => {
  const many: ManyOptions = {};
  const backend = await openMany(many);
  await type("Documents", "typed.pdf");
  await click("Choose a file…");
  await waitFor(() => expect(asked(backend, "chooseList")).toHaveLength(1));
  expect(await valueOf("Documents")).toBe("typed.pdf");
  many.file = { fileName: "papers.csv", text: "Agenda.pdf\nMinutes.pdf;2030-12-31;the chair" };
  await click("Choose a file…");
  await screen.findByText("2 documents");
  await listed("Agenda.pdf", "Minutes.pdf");
  screen.getByText("from papers.csv");
  expect(row("Minutes.pdf").textContent).toContain("the chair");
});

test("dropped files join the list by their names", async () => {
  const backend = await openForDrops();
  await type("Documents", "typed.pdf");
  backend.drop({ kind: "over" });
  const form = screen.getByLabelText("Documents").closest("form");
  await waitFor(() => expect(form?.className).toContain("over"));
  backend.drop({ kind: "left" });
  await waitFor(() => expect(form?.className).not.toContain("over"));
  backend.drop({ kind: "dropped", names: ["a.pdf", "Q3 résumé.pdf"], only: null, skipped: [], taken: null });
  await screen.findByText("3 documents");
  expect(asked(backend, "readList")).toEqual([{ siteId: SAMPLE_SITE.id, text: "typed.pdf\na.pdf\nQ3 résumé.pdf", folder: "" }]);
  // The place for them is gone, and a list that is looked at is not changed behind one's back.
  backend.drop({ kind: "dropped", names: ["late.pdf"], only: "late.pdf", skipped: [], taken: null });
  await screen.findByText("3 documents");
  expect(asked(backend, "readList")).toHaveLength(1);
});

test("dropped files are said to lie on this computer until another list is begun", async () => {
  const backend = await openForDrops();
  const note = () => screen.queryByText("These files are on your computer, so nobody else can open them.");
  await paste("typed.pdf");
  await screen.findByText("1 document");
  expect(note()).toBeNull();
  await click("Back");
  backend.drop({ kind: "dropped", names: ["a.pdf", "b.pdf"], only: null, skipped: [], taken: null });
  await screen.findByText("3 documents");
  expect(note()).not.toBeNull();
  await click("Create links");
  await screen.findByText("3 links were made.");
  expect(note()).not.toBeNull();
  await click("New list");
  await paste("typed.pdf");
  await screen.findByText("1 document");
  expect(note()).toBeNull();
});

test("whether the documents of a list are there is tested on a click, each once", async () => {
  const backend = await openMany({}, { rowTrials: { 1: { kind: "storageRefused" }, 3: { kind: "notFound" } } });
  await paste("a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf");
  await screen.findByText("5 documents");
  await click("Skip “e.pdf”");
  expect(asked(backend, "tryRow")).toEqual([]);
  await click("Test whether they are there");
  await screen.findByText("2 documents most likely are not there.");
  expect(asked(backend, "tryRow")).toEqual([0, 1, 2, 3]);
  const missing = screen.getByText("2 documents most likely are not there.").parentElement;
  expect([...(missing?.querySelectorAll("li") ?? [])].map((item) => item.textContent)).toEqual(["b.pdf", "d.pdf"]);
  backend.options.rowTrials = {};
  await click("Test whether they are there");
  await screen.findByText("All 4 documents are there, and open.");
  expect(screen.queryByText(/are not there/)).toBeNull();
});

test("a site that cannot be reached says nothing of any document, and is asked no more", async () => {
  const backend = await openMany({}, { rowTrials: { 1: { kind: "noConnection" } } });
  await paste("a.pdf", "b.pdf", "c.pdf");
  await screen.findByText("3 documents");
  await click("Test whether they are there");
  await screen.findByText("Signet could not reach docs.example.com.");
  expect(asked(backend, "tryRow")).toEqual([0, 1]);
  expect(screen.queryByText(/are there, and open|not there\./)).toBeNull();
  backend.options.rowTrials = { 0: { kind: "keyUnknown" } };
  await click("Test whether they are there");
  await screen.findByText("Whether “a.pdf” is there cannot be told: docs.example.com did not take the link.");
});

test("a test of documents ends with Cancel and with its screen", async () => {
  const backend = await openMany({}, { trialTakes: 60_000 });
  await paste("a.pdf", "b.pdf");
  await screen.findByText("2 documents");
  await click("Test whether they are there");
  await click("Cancel");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull());
  await click("Test whether they are there");
  await click("Sites");
  await screen.findByRole("heading", { name: "Sites" });
  expect(asked(backend, "stopTrying")).toHaveLength(2);
  expect(asked(backend, "tryRow")).toEqual([0, 0]);
});

test("a folder that cannot be listed is skipped with a sentence", async () => {
  const backend = await openForDrops();
  backend.drop({ kind: "dropped", names: [], only: null, skipped: ["Board"], taken: null });
  await screen.findByText(/^Board: what is in this folder cannot be listed/);
  expect(asked(backend, "readList")).toEqual([]);
});

test("the making is not followed from elsewhere, and is again after coming back", async () => {
  const backend = await openMany({ pace: 1 });
  await paste(...letters(30));
  await screen.findByText("30 documents");
  await click("Create links");
  await screen.findByText(/^[1-9] of 30$/);
  await click("Sites");
  await screen.findByRole("heading", { name: "Sites" });
  // A look that was under way may still end.
  await new Promise((later) => setTimeout(later, 50));
  const looks = asked(backend, "batchState").length;
  await new Promise((later) => setTimeout(later, 350));
  expect(asked(backend, "batchState")).toHaveLength(looks);
  backend.many.options.pace = 100;
  await click("Many at once");
  await screen.findByText("30 links were made.");
});

test("a list of an earlier run is offered after the first picture, and goes on", async () => {
  const frames: FrameRequestCallback[] = [];
  const real = window.requestAnimationFrame;
  vi.spyOn(window, "requestAnimationFrame").mockImplementation((callback) => frames.push(callback));
  const unfinished = { startedAt: 1_796_144_400, total: 1_000, made: 312, siteName: "Client papers", siteIsHere: true };
  const backend = open({ start: { sites: [SAMPLE_SITE] }, many: { unfinished, pace: 400 } });
  await screen.findByLabelText("Which document?");
  expect(asked(backend, "batchState")).toEqual([]);
  vi.mocked(window.requestAnimationFrame).mockImplementation(real);
  frames.forEach((callback) => callback(0));
  await screen.findByText("312 of 1,000 links were made when Signet stopped.");
  expect(asked(backend, "batchState")).toHaveLength(1);
  await click("Go on");
  await screen.findByRole("heading", { name: "Many at once" });
  await screen.findByText("1,000 links were made.");
  expect(inHistory(backend)).toHaveLength(1_000);
  expect(screen.queryByText(/when Signet stopped/)).toBeNull();
});

test("a list of an earlier run is left, and without its site nothing else is offered", async () => {
  const unfinished = { startedAt: 1_796_144_400, total: 10, made: 3, siteName: "Old papers", siteIsHere: false };
  const backend = open({ start: { sites: [SAMPLE_SITE] }, many: { unfinished } });
  await screen.findByText("3 of 10 links were made when Signet stopped.");
  screen.getByText(/^The others need the site “Old papers”/);
  expect(screen.queryByRole("button", { name: "Go on" })).toBeNull();
  await click("Leave it");
  await waitFor(() => expect(screen.queryByText(/when Signet stopped/)).toBeNull());
  expect(asked(backend, "dropBatch")).toHaveLength(1);
});

test("a list of an earlier run that cannot go on says why", async () => {
  const unfinished = { startedAt: 1_796_144_400, total: 10, made: 3, siteName: "Client papers", siteIsHere: true };
  open({ start: { sites: [SAMPLE_SITE] }, many: { unfinished }, failing: { resumeBatch: { code: "keychain", why: "locked" } } });
  await click("Go on");
  await screen.findByText("The password store of this computer is locked.");
  await screen.findByRole("button", { name: "Go on" });
});

test("a key that is gone from the keychain is put back, and the making goes on", async () => {
  const many: ManyOptions = { trouble: { code: "keyMissing", name: "Client papers" } };
  const backend = await openMany(many, { locked: true });
  await paste("a.pdf", "b.pdf");
  await click("Create links");
  await screen.findByText("The key “Client papers” is no longer in this computer's password store.");
  screen.getByText("0 of 2 links were made.");
  delete many.trouble;
  await click("Choose key file…");
  await type("Passphrase", "secret");
  await click("Unlock");
  await screen.findByText("2 links were made.");
  expect(asked(backend, "restoreKey")).toEqual([SAMPLE_KEY.id]);
});

test("links that are in no list say so", async () => {
  const many: ManyOptions = { unlisted: "diskFull" };
  await openMany(many);
  await paste("a.pdf", "b.pdf");
  await click("Create links");
  await screen.findByText("2 of the links work, but could not be written into your list of links.");
  await screen.findByText(/^Copy or save them now/);
  await screen.findByRole("button", { name: "Copy all" });
  delete many.unlisted;
  await click("Write them into the list again");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await screen.findByText("2 links were made.");
});

test("a link that could not be copied says so at its row", async () => {
  const backend = await openMany();
  await paste("a.pdf", "b.pdf");
  await click("Create links");
  await screen.findByText("2 links were made.");
  backend.options.failing = { copyRow: { code: "clipboardDiffers" } };
  await click("Copy “b.pdf”");
  await within(row("b.pdf")).findByText("Another program took the clipboard in that moment.");
  delete backend.options.failing;
  await click("Copy “a.pdf”");
  await screen.findByText("Copied");
  expect(screen.queryByRole("alert")).toBeNull();
});

const codes = () => document.querySelectorAll("body > .qr-sheet svg").length;

test("the sheet has a code, a name and an end for each link, and is gone after printing", async () => {
  const backend = await openMany();
  await paste("a.pdf\t2030-12-31 17:00\tMs Okafor", ...letters(29));
  await click("Create links");
  await screen.findByText("30 links were made.");
  let printed = 0;
  vi.spyOn(backend, "printSheet").mockImplementation(() => {
    printed = codes();
    return Promise.resolve(undefined);
  });
  await click("Print QR codes…");
  await waitFor(() => expect(printed).toBe(30));
  const [sheet] = document.querySelectorAll(".qr-sheet section");
  expect(sheet?.querySelector("h1")?.textContent).toMatch(/^Links to docs\.example\.com, \d+ \w+ \d{4} Sheet 1 of 3$/);
  expect(sheet?.querySelector(".codes > div")?.textContent).toMatch(
    /a\.pdf\s*Ms Okafor\s*Works until Tuesday 31 December 2030, 17:00 \(.* time, GMT.*\)/,
  );
  await screen.findByRole("button", { name: "Print QR codes…" });
  window.dispatchEvent(new Event("afterprint"));
  await waitFor(() => expect(codes()).toBe(0));
});

test("the drawing of the codes counts and can be cancelled", async () => {
  const backend = await openMany({ pace: 1_000 });
  await paste(...letters(100));
  await click("Create links");
  await screen.findByText("100 links were made.");
  await click("Print QR codes…");
  await screen.findByText("Drawing the codes: 12 of 100");
  await click("Cancel");
  await screen.findByRole("button", { name: "Print QR codes…" });
  expect(codes()).toBe(0);
  // Time for a drawing that goes on to do harm.
  await new Promise((later) => setTimeout(later, 200));
  expect(codes()).toBe(0);
  expect(asked(backend, "printSheet")).toEqual([]);
});

test("links too long for a code are counted, and a dialog that does not open is told", async () => {
  const backend = await openMany();
  await paste("a.pdf", "b.pdf");
  await click("Create links");
  await screen.findByText("2 links were made.");
  const all = backend.many.codes({ skip: 0, take: 2 });
  vi.spyOn(backend, "sheetCodes").mockResolvedValue(all.slice(1));
  await click("Print QR codes…");
  await screen.findByText("1 link is too long for a QR code and is not on the sheet.");
  backend.options.failing = { printSheet: { code: "printFailed" } };
  await click("Print QR codes…");
  await screen.findByText("The print dialog could not be opened.");
  expect(codes()).toBe(0);
});

test("with several sites the list is for the one that is chosen, and with one nobody is asked", async () => {
  const backend = await openMany({}, { start: { sites: [SAMPLE_SITE, RSA_SITE] } });
  await fireEvent.change(await screen.findByLabelText("Site"), { target: { value: RSA_SITE.id } });
  await paste("a.pdf");
  await screen.findByText("1 document");
  expect(asked(backend, "readList")).toMatchObject([{ siteId: RSA_SITE.id }]);
  cleanup();
  await openMany();
  await screen.findByLabelText("Documents");
  expect(screen.queryByLabelText("Site")).toBeNull();
});

test("a list begins with the lifetime of its site", async () => {
  const backend = await openMany(
    {},
    { start: { sites: [{ ...SAMPLE_SITE, lifetime: { kind: "oneDay" } }], lastLifetime: { kind: "oneHour" } } },
  );
  await paste("a.pdf");
  expect(nameOfChoice(await screen.findByRole("radio", { checked: true }))).toBe("Tomorrow");
  await click("Create links");
  await waitFor(() => expect(asked(backend, "createBatch")).toEqual([{ kind: "oneDay" }]));
});

test("many links are for a site only, and never for practice", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await screen.findByRole("button", { name: "Many at once" });
  await click("Practice");
  await screen.findByRole("button", { name: "Leave practice" });
  expect(screen.queryByRole("button", { name: "Many at once" })).toBeNull();
  cleanup();
  open();
  await click("I have a key file");
  await screen.findByRole("button", { name: "Check a link" });
  expect(screen.queryByRole("button", { name: "Many at once" })).toBeNull();
});

test("of ten thousand documents only the rows near the window are in the page", async () => {
  const backend = await openMany();
  await paste(...letters(10_000));
  await screen.findByText("10,000 documents");
  await waitFor(() => expect(names().length).toBeGreaterThan(5));
  expect(names().length).toBeLessThan(40);
  const list = screen.getByRole("list", { name: "Documents" });
  vi.spyOn(list, "getBoundingClientRect").mockReturnValue({ top: -Number.parseFloat(list.style.height) / 2 } as DOMRect);
  await fireEvent.scroll(window);
  await waitFor(() => expect(names()).toContain("Letter 5001.pdf"));
  expect(names().length).toBeLessThan(40);
  expect((asked(backend, "listRows") as { skip: number }[]).map(({ skip }) => skip)).toEqual([0, 4_900, 5_000]);
});
