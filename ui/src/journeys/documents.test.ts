/** A file of this computer becomes the document of a link; on the fake backend. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { AlreadyThereView, DocumentView, ShareRequest } from "../backend/bindings";
import type { FakeOptions } from "../backend/fake";
import { SAMPLE_SITE, STORED_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, open, type, valueOf } from "./journey-steps";

afterEach(cleanup);

const CONTRACT: DocumentView = { number: 7, name: "Contract.pdf", size: 1_234_567, typed: "Contract.pdf" };
const THERE: AlreadyThereView = {
  name: "Contract.pdf",
  size: 998,
  putAt: 1_796_000_000,
  ownSize: 1_234_567,
  ownChangedAt: 1_796_100_000,
  keptAs: "Contract (2).pdf",
  links: 0,
};

const practise = async (options: FakeOptions = {}) => {
  const backend = open({ document: CONTRACT, ...options });
  await click(/^Try it with a practice document/);
  await screen.findByRole("heading", { level: 1, name: "New link" });
  return backend;
};

const shared = (backend: ReturnType<typeof open>) => asked(backend, "shareDocument") as ShareRequest[];

test("a file is chosen, and its link is made of two clicks", async () => {
  const backend = await practise();
  await click("From this computer…");
  await screen.findByText("1.2 MB, from this computer");
  expect(screen.queryByLabelText("Which document?", { selector: "input" })).toBeNull();
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(shared(backend)).toMatchObject([{ document: 7, folder: "", existing: "ask", signer: { kind: "practice" } }]);
  // The next one has nothing of it.
  await click("Another link");
  expect(await valueOf("Which document?")).toBe("Practice letter.html");
});

test("a file that is dropped anywhere becomes the document of a new link", async () => {
  const backend = await practise();
  await waitFor(() => expect(asked(backend, "watchDrops")).toHaveLength(1));
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  backend.drop({
    kind: "dropped",
    names: ["Contract.pdf"],
    only: "Contract.pdf",
    skipped: [],
    taken: { kind: "document", taken: CONTRACT },
  });
  await screen.findByText("1.2 MB, from this computer");
  await screen.findByRole("heading", { level: 1, name: "New link" });
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(shared(backend)).toHaveLength(1);
});

test("what is typed else stays when the document is another one", async () => {
  await practise();
  await fireEvent.click(await screen.findByRole("radio", { name: /^One hour/ }));
  await click("From this computer…");
  await screen.findByText("1.2 MB, from this computer");
  await click("Another document");
  expect(await valueOf("Which document?")).toBe("Practice letter.html");
  expect(screen.getByRole("radio", { checked: true }).textContent).toMatch(/^One hour/);
});

test("a document that is there already is shown beside the new one, and both stay unless she says otherwise", async () => {
  const backend = await practise({ already: THERE });
  await click("From this computer…");
  await click("Create link");
  const question = await screen.findByRole("alert");
  expect(question.textContent).toMatch(/There is a “Contract.pdf” already.*998 bytes.*1.2 MB/);
  await hasKeyboard(screen.findByRole("button", { name: "Keep both" }));
  await click("Keep both");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  await screen.findByRole("heading", { level: 2, name: "Contract (2).pdf" });
  expect(shared(backend).map(({ existing }) => existing)).toEqual(["ask", "keepBoth"]);
});

test("it is replaced on that click alone, and a file chosen after the question is asked about again", async () => {
  const backend = await practise({ already: THERE });
  await click("From this computer…");
  await click("Create link");
  await screen.findByRole("alert");
  await click("Another document");
  expect(screen.queryByRole("alert")).toBeNull();
  await click("From this computer…");
  await click("Create link");
  await click("Replace it");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(shared(backend).map(({ existing }) => existing)).toEqual(["ask", "ask", "replace"]);
});

test("a file that cannot be read is said so, and everything typed is still there", async () => {
  const backend = await practise({ failing: { shareDocument: { code: "documentTrouble", fileName: "Contract.pdf", why: "changed" } } });
  await fireEvent.click(await screen.findByRole("radio", { name: /^One hour/ }));
  await click("From this computer…");
  await click("Create link");
  expect((await screen.findByRole("alert")).textContent).toMatch(/Contract.pdf was changed while it was read/);
  delete backend.options.failing?.shareDocument;
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(shared(backend).at(-1)).toMatchObject({ document: 7, lifetime: { kind: "oneHour" } });
});

test("a site that takes no documents is as it was", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, document: CONTRACT });
  await waitFor(() => expect(asked(backend, "watchDrops")).toHaveLength(1));
  await type("Which document?", "half");
  expect(screen.queryByRole("button", { name: "From this computer…" })).toBeNull();
  backend.drop({
    kind: "dropped",
    names: ["Contract.pdf"],
    only: "Contract.pdf",
    skipped: [],
    taken: { kind: "document", taken: CONTRACT },
  });
  await screen.findByText("This file is on your computer, so nobody else can open it.");
  expect(await valueOf("Which document?")).toBe("half");
});

const onSite = (options: FakeOptions = {}) => open({ start: { sites: [STORED_SITE] }, document: CONTRACT, ...options });

test("on a site that takes documents it goes into the folder of the last time, or another one", async () => {
  const backend = onSite();
  await click("From this computer…");
  await screen.findByText("It goes to Client papers, into reports/2026");
  await click("Another folder");
  await hasKeyboard(screen.findByLabelText("Folder on the site"));
  await type("Folder on the site", "contracts");
  await click("Upload and create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(shared(backend)).toMatchObject([
    { document: 7, folder: "contracts", existing: "ask", signer: { kind: "site", id: STORED_SITE.id } },
  ]);
});

test("how far it is is shown, and a stop leaves everything typed", async () => {
  const backend = onSite({ uploadTakes: 60_000 });
  await click("From this computer…");
  await type("For whom?", "Ms Okafor");
  await click("Upload and create link");
  await screen.findByText("494 kB of 1.2 MB");
  await click("Cancel");
  await screen.findByText("Stopped. The document is not on the site.");
  expect(screen.queryByRole("progressbar", { name: "How much of it is on the site" })).toBeNull();
  expect(await valueOf("For whom?")).toBe("Ms Okafor");
  delete backend.options.uploadTakes;
  await click("Upload and create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(shared(backend)).toHaveLength(2);
});

test("who replaces a document is told where readers may still get the old one", async () => {
  onSite({ already: { ...THERE, links: 2 } });
  await click("From this computer…");
  await click("Upload and create link");
  expect((await screen.findByRole("alert")).textContent).toMatch(/2 links that still work will open yours/);
  await click("Replace it");
  await screen.findByText("The document was replaced. Readers may still get the old one for a day.");
});

test("what the IT person has to allow can be copied from where it is missing", async () => {
  const backend = onSite({
    failing: {
      shareDocument: { code: "storage", why: "notAllowed", action: "s3:PutObject", deniedBy: null, policy: '{"Version":"2012-10-17"}' },
    },
  });
  await click("From this computer…");
  await click("Upload and create link");
  expect((await screen.findByRole("alert")).textContent).toMatch(/Ask your IT person to allow s3:PutObject/);
  await click(/^Copy/);
  await waitFor(() => expect(backend.clipboard).toContain("2012-10-17"));
});

test("another link that is begun while a document is on its way keeps what is typed, and its own click is heard", async () => {
  const backend = onSite({ uploadTakes: 700 });
  await click("From this computer…");
  await click("Upload and create link");
  await screen.findByText("494 kB of 1.2 MB");
  await fireEvent.keyDown(document.body, { key: "n", ctrlKey: true });
  await type("Which document?", "half");
  await screen.findByText(/Contract.pdf is on the site. Its link is in My links.$/);
  await screen.findByRole("heading", { level: 1, name: "New link" });
  expect(await valueOf("Which document?")).toBe("half");
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  expect(asked(backend, "createLink")).toHaveLength(1);
});

test("a second document waits for the first, and that is said", async () => {
  const backend = onSite({ uploadTakes: 60_000 });
  await click("From this computer…");
  await click("Upload and create link");
  await screen.findByText("494 kB of 1.2 MB");
  await fireEvent.keyDown(document.body, { key: "n", ctrlKey: true });
  backend.options.document = { ...CONTRACT, number: 8, name: "Offer.pdf" };
  await click("From this computer…");
  await screen.findByText("Offer.pdf");
  await click("Upload and create link");
  expect((await screen.findByRole("alert")).textContent).toMatch(/Another document is on its way/);
  expect(shared(backend)).toHaveLength(1);
});
