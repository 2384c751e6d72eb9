/** Journeys through *Sites*: the list, one of them, and what others change in the meantime; on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { LinkRequest, SiteListView, SiteView } from "../backend/bindings";
import type { Fake } from "../backend/fake";
import { EMPTY_SITE, NEW_SITE, RENEWED_SITE, RSA_SITE, SAMPLE_SITE, SWITCHED_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, nameOfChoice, open, openForIt, openSite, rowOf, type, valueOf } from "./journey-steps";

afterEach(cleanup);

const rows = () => [...document.querySelectorAll(".site")].map((row) => [...row.querySelectorAll("span")].map((part) => part.textContent));

const chosenLifetime = async (name: string) =>
  nameOfChoice(within(await screen.findByRole("radiogroup", { name })).getByRole("radio", { checked: true }));

const chooseLifetime = async (name: string, lifetime: string) =>
  fireEvent.click(within(await screen.findByRole("radiogroup", { name })).getByRole("radio", { name: lifetime }));

const lastLink = (backend: Fake) => asked(backend, "createLink").at(-1) as LinkRequest;

test("each site is a row with its address and its state, and the rail has two groups", async () => {
  open({
    start: {
      sites: [
        SAMPLE_SITE,
        RENEWED_SITE,
        SWITCHED_SITE,
        NEW_SITE,
        { ...EMPTY_SITE, isSetUpBegun: true },
        { ...EMPTY_SITE, id: "9", name: "Later" },
      ].map((site, at) => ({ ...site, id: `${at}`, name: `${at}` })),
    },
  });
  await click("Sites");
  await screen.findByRole("list", { name: "Your sites" });
  expect(rows()).toEqual([
    ["0", "docs.example.com", "Ready"],
    ["1", "docs.example.com", "Ready", "It is being renewed: your IT person goes on with that."],
    ["2", "docs.example.com", "Ready", "It was renewed: your IT person finishes that when the last old link has ended."],
    ["3", "It has no address yet", "Not set up yet", "Next: go on with the set-up."],
    ["4", "It has no address yet", "Not set up yet", "Next: go on with the set-up."],
    ["5", "It has no address yet", "Not set up yet", "Next: the set-up."],
  ]);
  const group = screen.getByRole("group", { name: "Setting up" });
  const names = (buttons: HTMLElement[]) => buttons.map((button) => button.textContent.trim());
  expect(names(within(group).getAllByRole("button"))).toEqual(["Sites", "Practice"]);
  expect(names(within(screen.getByRole("navigation")).getAllByRole("button")).slice(0, 5)).toEqual([
    "Signet",
    "New link",
    "My links",
    "Many at once",
    "Check a link",
  ]);
});

test("without a site it says what will be here, and what to do", async () => {
  open();
  await click("Look for lost keys");
  await screen.findByText(/Your sites appear here, for example “Client papers”/);
  await click("Add a site");
  await hasKeyboard(screen.findByLabelText("Name"));
});

test("with one site nobody is asked which, with several there is a choice by name and address", async () => {
  const backend = open({ start: { sites: [NEW_SITE, SAMPLE_SITE] } });
  await screen.findByLabelText("Which document?");
  expect(screen.queryByLabelText("Site")).toBeNull();
  cleanup();
  const several = open({ start: { sites: [SAMPLE_SITE, NEW_SITE, { ...RSA_SITE, host: "board.example.com" }] } });
  const choice = await screen.findByLabelText<HTMLSelectElement>("Site");
  expect([...choice.options].map(({ text }) => text)).toEqual(["Client papers — docs.example.com", "Board papers — board.example.com"]);
  await fireEvent.change(choice, { target: { value: RSA_SITE.id } });
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(lastLink(several).signer).toEqual({ kind: "site", id: RSA_SITE.id });
  expect(asked(backend, "createLink")).toEqual([]);
});

test("a new site is named, set up with its own key, and stays where it was left", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, failing: { addSite: { code: "nameTaken", name: "Client papers" } } });
  await click("Sites");
  await click("Add a site");
  await type("Name", "client papers");
  await click("Continue");
  await screen.findByText("The name “Client papers” is taken already.");
  expect(screen.getByLabelText("Name").getAttribute("aria-invalid")).toBe("true");
  // What is typed half-way is here still.
  await click("Check a link");
  await click("Sites");
  await click("Add a site");
  expect(await valueOf("Name")).toBe("client papers");
  backend.options.failing = {};
  await type("Name", "Tenders");
  await click("Continue");
  await screen.findByRole("heading", { name: "Set up “Tenders”" });
  expect(asked(backend, "addSite").at(-1)).toEqual({ name: "Tenders" });
  await openSite("Tenders");
  await click("Begin the set-up");
  await screen.findByRole("heading", { name: "Set up “Tenders”" });
  await click("Sites");
  await click("Add a site");
  expect(await valueOf("Name")).toBe("");
});

test("a site's own lifetime begins its links, and what was chosen for one link is not its next one's", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE, RSA_SITE], lastLifetime: { kind: "oneHour" } } });
  expect(await chosenLifetime("Until when?")).toBe("One hour");
  await openSite("Client papers");
  expect(await chosenLifetime("Chosen for a new link")).toBe("As last time");
  await chooseLifetime("Chosen for a new link", "Tomorrow");
  await waitFor(() => expect(asked(backend, "setSiteLifetime")).toEqual([{ id: SAMPLE_SITE.id, lifetime: { kind: "oneDay" } }]));
  expect(await chosenLifetime("Chosen for a new link")).toBe("Tomorrow");
  await click("Make a link");
  expect(await chosenLifetime("Until when?")).toBe("Tomorrow");
  // Another site has none of its own.
  await fireEvent.change(screen.getByLabelText("Site"), { target: { value: RSA_SITE.id } });
  expect(await chosenLifetime("Until when?")).toBe("One hour");
  await fireEvent.change(screen.getByLabelText("Site"), { target: { value: SAMPLE_SITE.id } });
  await chooseLifetime("Until when?", "30 days");
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(lastLink(backend).lifetime).toEqual({ kind: "thirtyDays" });
  await click("Another link");
  expect(await chosenLifetime("Until when?")).toBe("Tomorrow");
  await fireEvent.change(screen.getByLabelText("Site"), { target: { value: RSA_SITE.id } });
  expect(await chosenLifetime("Until when?")).toBe("30 days");

  backend.options.failing = { setSiteLifetime: { code: "settings", why: "notSaved", reason: "diskFull" } };
  await openSite("Client papers");
  await chooseLifetime("Chosen for a new link", "As last time");
  await screen.findByText(/could not be saved, so nothing was changed/);
  expect(await chosenLifetime("Chosen for a new link")).toBe("Tomorrow");
});

test("a site is renamed, its key with it, and a taken name keeps what was typed", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, failing: { renameSite: { code: "nameTaken", name: "Board" } } });
  await openSite("Client papers");
  await click("Rename");
  await type("New name", "Board");
  await click("Save");
  await screen.findByText("The name “Board” is taken already.");
  expect(await valueOf("New name")).toBe("Board");
  delete backend.options.failing;
  await click("Save");
  await screen.findByRole("heading", { level: 1, name: "Board" });
  await hasKeyboard(screen.findByRole("button", { name: "Rename" }));
  await click("For your IT person");
  await screen.findByRole("heading", { name: "Key “Board”" });
  await click("Rename key");
  await type("New name", "board-2026");
  await click("Save");
  await screen.findByRole("heading", { name: "Key “board-2026”" });
  screen.getByRole("heading", { level: 1, name: "Board" });
});

test("a site is removed after a question that says what happens", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await openForIt("Client papers");
  expect(screen.queryByRole("button", { name: "Remove key" })).toBeNull();
  await click("Remove this site");
  await screen.findByText(/Links already sent keep working until they end/);
  await click("Keep site");
  expect(backend.sites.list).toHaveLength(1);
  backend.options.failing = { removeSite: { code: "keychain", why: "locked" } };
  const remove = async () => {
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    await click("Remove this site");
    await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove this site" }));
  };
  await remove();
  await screen.findByText("The password store of this computer is locked.");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  backend.options.failing = {};
  await remove();
  await screen.findByText(/Your sites appear here/);
  await hasKeyboard(screen.findByRole("button", { name: "Add a site" }));
  expect(screen.queryByRole("button", { name: "New link" })).toBeNull();
});

test.each([
  { site: NEW_SITE, says: /private key is then gone for good, unless there is a backup/, saysNot: /Links already sent/ },
  { site: EMPTY_SITE, says: /What was typed for its set-up is forgotten/, saysNot: /private key/ },
])("the question before $site.name is removed is about what it has", async ({ site, says, saysNot }) => {
  const backend = open({ start: { sites: [site] } });
  await openForIt(site.name);
  await click("Remove this site");
  const question = within(await screen.findByRole("alertdialog"));
  question.getByText(says);
  expect(question.queryByText(saysNot)).toBeNull();
  expect(asked(backend, "linksOfKey")).toEqual([]);
  await fireEvent.click(question.getByRole("button", { name: "Remove this site" }));
  await screen.findByText(/Your sites appear here/);
  expect(asked(backend, "removeSite")).toEqual([site.id]);
});

/** The window looks some times a second; the fake does once it is watched. */
const watched = (backend: Fake) => waitFor(() => expect(backend.calls.some(({ command }) => command === "watchSites")).toBe(true));

test("a site that is renamed elsewhere has its new name everywhere, and what is typed stays", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE, RSA_SITE] } });
  await type("Which document?", "half");
  await watched(backend);
  await openSite("Client papers");
  await click("Rename");
  await type("New name", "Papers of cl");
  backend.changeElsewhere({ sites: [{ ...SAMPLE_SITE, name: "Clients" }, RSA_SITE] });
  await screen.findByRole("heading", { level: 1, name: "Clients" });
  expect(await valueOf("New name")).toBe("Papers of cl");
  await click("Cancel");
  await screen.findByRole("heading", { level: 1, name: "Clients" });
  await click("New link");
  expect(await valueOf("Which document?")).toBe("half");
  screen.getByRole("option", { name: "Clients — docs.example.com" });
});

test("whoever looks at a site that is removed elsewhere is told, on each of its screens", async () => {
  const screens: Record<string, () => Promise<void>> = {
    site: () => openSite("Client papers"),
    setUp: async () => {
      await openForIt("Client papers");
      await click("Set up");
      await screen.findByRole("heading", { name: "Set up “Client papers”" });
    },
    replaceKey: async () => {
      await openForIt("Client papers");
      await click("Replace this key");
      await screen.findByRole("heading", { name: "Replace the key of “Client papers”" });
    },
  };
  for (const go of Object.values(screens)) {
    const backend = open({ start: { sites: [SAMPLE_SITE, RSA_SITE] } });
    await watched(backend);
    await go();
    backend.changeElsewhere({ sites: [RSA_SITE] });
    await screen.findByText("This site is not here any more.");
    await screen.findByRole("heading", { level: 1, name: "Sites" });
    expect(rows().map(([name]) => name)).toEqual(["Board papers"]);
    await click("New link");
    expect(screen.queryByRole("alert")).toBeNull();
    cleanup();
  }
});

test("a site that others finish makes links here too, and with the last one gone there are none", async () => {
  const backend = open({ start: { sites: [NEW_SITE] } });
  await watched(backend);
  await rowOf("Contracts");
  expect(screen.queryByRole("button", { name: "New link" })).toBeNull();
  backend.changeElsewhere({ sites: [SAMPLE_SITE] });
  await click("New link");
  await screen.findByLabelText("Which document?");
  backend.changeElsewhere({ sites: [] });
  await screen.findByText("Private links that end when you say");
});

test("a list that was told before a site was added takes nobody away from it", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  let tell: (list: SiteListView) => void = () => undefined;
  vi.spyOn(backend, "watchSites").mockImplementation(async (listener) => void (tell = listener));
  await waitFor(() => expect(backend.watchSites).toHaveBeenCalled());
  await click("Sites");
  await click("Add a site");
  await type("Name", "Tenders");
  await click("Continue");
  await screen.findByRole("heading", { name: "Set up “Tenders”" });
  tell({ sites: [SAMPLE_SITE], listTrouble: null, changesElsewhere: 0 });
  await new Promise((later) => setTimeout(later, 50));
  screen.getByRole("heading", { name: "Set up “Tenders”" });
  expect(screen.queryByRole("alert")).toBeNull();
  // What somebody else did is another matter.
  tell({ sites: [SAMPLE_SITE], listTrouble: null, changesElsewhere: 1 });
  await screen.findByText("This site is not here any more.");
});

test("the page stays where it was read when the sites change, and a new screen begins at its top", async () => {
  const scrolled = vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
  const backend = open({ start: { sites: [SAMPLE_SITE, RSA_SITE] } });
  await watched(backend);
  await openForIt("Client papers");
  scrolled.mockClear();
  backend.changeElsewhere({ sites: [{ ...SAMPLE_SITE, name: "Clients" }, RSA_SITE] });
  await screen.findByRole("heading", { level: 1, name: "Clients" });
  expect(scrolled).not.toHaveBeenCalled();
  await openSite("Board papers");
  expect(scrolled).toHaveBeenCalledWith(0, 0);
});

/** What staff need not know: AWS's words and those of cryptography. */
const NOT_FOR_STAFF =
  /\b(AWS|CloudFront|S3|IAM|ARN|buckets?|distributions?|origins?|regions?|polic(y|ies)|key groups?|public|private|keys?|keychain|RSA|P-256|SHA-\d+|hash|fingerprints?|sign(s|ed|ature)?|PEM)\b/i;

/** What a person reads on the screen, without the rail. */
const read = () => {
  const main = document.querySelector("main")?.cloneNode(true) as HTMLElement;
  main.querySelectorAll("[hidden]").forEach((part) => part.remove());
  return main.textContent;
};

test("no word of AWS or of cryptography stands above the fold of a site, nor in the list", async () => {
  const sites: SiteView[] = [SAMPLE_SITE, RENEWED_SITE, SWITCHED_SITE, RSA_SITE, NEW_SITE, EMPTY_SITE].map((site, at) => ({
    ...site,
    id: `${at}`,
    name: `Site ${at}`,
  }));
  open({ start: { sites } });
  for (const { name } of sites) {
    await openSite(name);
    expect(read()).toContain("For your IT person");
    expect(read()).not.toMatch(NOT_FOR_STAFF);
  }
  await click("Sites");
  await rowOf("Site 0");
  const list = document.querySelector(".sites")?.textContent ?? "";
  expect(list).toContain("Site 5");
  expect(list).not.toMatch(NOT_FOR_STAFF);
  // What is looked for is there to be found: below the fold.
  await openForIt("Site 0");
  expect(read()).toMatch(NOT_FOR_STAFF);
  for (const word of ["Public key ID", "Fingerprint", "P-256", "SHA-256"]) expect(read()).toContain(word);
});

test("the end of the working day is set, is told what is wrong, and is set back", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await openSite("Client papers");
  const field = () => screen.getByLabelText<HTMLInputElement>("Working day ends at");
  const saves = () => screen.queryByRole("button", { name: "Save" });
  expect([field().value, saves()]).toEqual(["18:00", null]);
  await type("Working day ends at", "half past");
  await click("Save");
  await screen.findByText("This is not a time of day.");
  expect([field().value, document.activeElement]).toEqual(["half past", field()]);
  await type("Working day ends at", "17:30");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await click("Save");
  await screen.findByText("Links that work until a day end at 17:30 now.");
  expect([field().value, saves()]).toEqual(["17:30", null]);

  // What is offered, and said of a day that is typed, follows.
  await click("New link");
  await screen.findByRole("radio", { name: /^Tomorrow/ });
  const ends = () => [...document.querySelectorAll(".card .end")].map((end) => end.textContent);
  await waitFor(() => expect(ends().filter((end) => end.endsWith(", 17:30"))).toHaveLength(3));
  await fireEvent.click(screen.getByRole("radio", { name: "Another day…" }));
  await screen.findByText("Without one, a day ends at 17:30.");

  await openSite("Client papers");
  await type("Working day ends at", "18:00");
  await click("Save");
  await screen.findByText("Links that work until a day end at 18:00 now.");
  expect(asked(backend, "setSiteDayEnd")).toEqual(["half past", "17:30", "18:00"].map((dayEnd) => ({ id: SAMPLE_SITE.id, dayEnd })));
  await click("New link");
  await waitFor(() => expect(ends().filter((end) => end.endsWith(", 18:00"))).toHaveLength(3));
});

test("in practice a site can be looked at, and leads to no real link or set-up", async () => {
  open({ start: { sites: [SAMPLE_SITE, NEW_SITE] } });
  await click("Practice");
  await screen.findByText(/Nothing is kept/);
  await openForIt("Client papers");
  for (const name of ["Make a link", "Check the set-up", "Set up"]) expect(screen.queryByRole("button", { name })).toBeNull();
  await openForIt("Contracts");
  for (const name of ["Go on with the set-up", "Set up"]) expect(screen.queryByRole("button", { name })).toBeNull();
});
