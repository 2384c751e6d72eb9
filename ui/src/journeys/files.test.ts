/** Several files of this computer, or a folder, go to a site together; on the fake backend. */
import { cleanup, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { DropView, FilesView, IpcError, ShareFilesRequest } from "../backend/bindings";
import type { FakeOptions } from "../backend/fake";
import { SAMPLE_SITE, STORED_SITE } from "../backend/fake-sites";
import { asked, click, open, type } from "./journey-steps";

afterEach(cleanup);

const PAPERS = [
  { name: "Papers/Lease.pdf", size: 1_000_000 },
  { name: "Papers/2026/Annex.pdf", size: 2_000_000 },
  { name: "Contract.pdf", size: 500 },
];

const stored = (options: FakeOptions = {}) =>
  open({ start: { sites: [STORED_SITE] }, ...options, files: { chosen: PAPERS, ...options.files } });

/** The system drops them on the window. */
const drop = async (backend: ReturnType<typeof open>, names = ["Lease.pdf", "2026/Annex.pdf", "Contract.pdf"]) => {
  await waitFor(() => expect(asked(backend, "watchDrops")).toHaveLength(1));
  const dropped: DropView = { kind: "dropped", names, only: null, skipped: [], taken: { kind: "files", taken: backend.files.take() } };
  backend.drop(dropped);
};

const shared = (backend: ReturnType<typeof open>) => asked(backend, "shareFiles") as ShareFilesRequest[];

const rowOf = async (name: string) => {
  const found = await screen.findByTitle(name);
  const row = found.closest("li");
  if (row === null) throw new Error(name);
  return row;
};

test("several files that are dropped become links with one click, and their links are copied with another", async () => {
  const backend = stored();
  await drop(backend);
  await screen.findByText("3 files from this computer, 3 MB");
  await screen.findByText("They go to Client papers, into reports/2026");
  expect(shared(backend), "nothing is sent before a click").toEqual([]);
  await click("Upload and create links");
  await screen.findByText("3 of 3 documents have their links.");
  expect(shared(backend)).toMatchObject([{ existing: "ask", folder: "reports/2026", signer: { kind: "site" } }]);
  await click("Copy all");
  await screen.findByText("3 links copied, one a line.");
  expect(backend.clipboard.split("\n")).toHaveLength(3);
  (await screen.findByRole("button", { name: "Copy “Papers/2026/Annex.pdf”" })).click();
  await waitFor(() => expect(backend.clipboard).toContain("Annex.pdf?"));
  await click("Done");
  await screen.findByRole("heading", { level: 1, name: "New link" });
  expect(asked(backend, "dropFiles")).toHaveLength(1);
});

test("they are dropped on any screen, chosen together in the dialog of one document, and chosen on Many at once", async () => {
  const backend = stored();
  await click("My links");
  await drop(backend);
  await screen.findByRole("heading", { level: 1, name: "Several documents" });
  await click("Forget these files");
  await screen.findByRole("heading", { level: 1, name: "New link" });
  await click("From this computer…");
  await screen.findByRole("heading", { level: 1, name: "Several documents" });
  await click("Forget these files");
  await screen.findByRole("heading", { level: 1, name: "New link" });
  await click("Many at once");
  await click("A folder of this computer…");
  await screen.findByRole("heading", { level: 1, name: "Several documents" });
  expect(asked(backend, "chooseFiles")).toEqual([{ isFolder: true }]);
  // It is there again after a look elsewhere.
  await click("My links");
  await click("Many at once");
  await screen.findByRole("heading", { level: 1, name: "Several documents" });
});

test("what was left out of a folder is said", async () => {
  const backend = stored({
    files: {
      leftOut: [
        { name: "Papers/.DS_Store", why: "hidden" },
        { name: "Papers/Thumbs.db", why: "ofSystem" },
      ],
    },
  });
  await drop(backend);
  await screen.findByText("Left out: Papers/.DS_Store (hidden), Papers/Thumbs.db (the system's own).");
});

test("they go into another folder, and what is wrong with it stands there", async () => {
  const backend = stored({ failing: { shareFiles: { code: "documentFolder", why: "dots" } as IpcError } });
  await drop(backend);
  await click("Another folder");
  await type("Folder on the site", "in/../out");
  await click("Upload and create links");
  await waitFor(() => expect(screen.getByLabelText("Folder on the site").getAttribute("aria-invalid")).toBe("true"));
  delete backend.options.failing?.shareFiles;
  await type("Folder on the site", "in");
  await click("Upload and create links");
  await screen.findByText("3 of 3 documents have their links.");
  expect(shared(backend).at(-1)?.folder).toBe("in");
});

test("what is on the site already is counted and shown, and both are kept unless she says otherwise", async () => {
  const backend = stored({ files: { there: ["Contract.pdf", "Papers/Lease.pdf"] } });
  await drop(backend);
  await click("Upload and create links");
  const question = await screen.findByRole("alert");
  expect(question.textContent).toMatch(/2 of them are on the site already.*Both are kept.*1 link that still works/s);
  await waitFor(async () => expect((await rowOf("Contract.pdf")).textContent).toMatch(/on the site already: 998 bytes/));
  await click("Upload and create links");
  await screen.findByText("2 documents are kept beside the one that was there.");
  expect(shared(backend).map(({ existing }) => existing)).toEqual(["ask", "keepBoth"]);
  await waitFor(async () => expect((await rowOf("Contract.pdf")).textContent).toMatch(/kept as “Contract \(2\).pdf”/));
});

test("those that were shown are replaced on that click alone", async () => {
  const backend = stored({ files: { there: ["Contract.pdf"] } });
  await drop(backend);
  await click("Upload and create links");
  await click("Replace that one");
  await screen.findByText(/1 document was replaced. Readers may still get the old one for a day./);
  expect(shared(backend).map(({ existing }) => existing)).toEqual(["ask", "replace"]);
});

test("one bar shows how far all of them are, and after a stop the rest goes on", async () => {
  const backend = stored({ files: { takes: 300 } });
  await drop(backend);
  await click("Upload and create links");
  await screen.findByRole("heading", { level: 2, name: "Putting documents on the site" });
  expect(screen.getAllByRole("progressbar")).toHaveLength(1);
  await click("Cancel");
  await screen.findByText(/^[12] of 3 documents ha/);
  await click("Go on");
  await screen.findByText("3 of 3 documents have their links.");
  expect(asked(backend, "goOnWithFiles")).toHaveLength(1);
});

test("a file that cannot go has its sentence in its row, and is tried again", async () => {
  const changed = { code: "documentTrouble", why: "changed", fileName: "Contract.pdf" } as IpcError;
  const refused = { "Contract.pdf": changed };
  const backend = stored({ files: { refused } });
  await drop(backend);
  await click("Upload and create links");
  await screen.findByText("2 of 3 documents have their links.");
  await waitFor(async () =>
    expect((await rowOf("Contract.pdf")).textContent).toMatch(/Contract.pdf was changed while it was read. Save it/),
  );
  delete backend.options.files?.refused?.["Contract.pdf"];
  await click("Try these again");
  await screen.findByText("3 of 3 documents have their links.");
});

test("what stops all of them is said once, and the rest goes on when it is mended", async () => {
  const error = { code: "storage", why: "loginExpired", policy: null } as IpcError;
  const backend = stored({ files: { trouble: { at: 1, error } } });
  await drop(backend);
  await click("Upload and create links");
  await screen.findByText("This computer's login for the site's documents has ended.");
  await screen.findByText("1 of 3 documents has its link.");
  delete backend.options.files?.trouble;
  await click("Go on");
  await screen.findByText("3 of 3 documents have their links.");
  expect(screen.queryByText("This computer's login for the site's documents has ended.")).toBeNull();
});

const UNFINISHED = { begunAt: 1_796_000_000, total: 3, siteName: "Client papers", siteIsHere: true };

test("files whose way was cut off by the end of Signet go on with one click", async () => {
  const backend = stored({ files: { unfinished: UNFINISHED } });
  await screen.findByText("Signet stopped while 3 files went to Client papers.");
  await click("Go on");
  await screen.findByText("3 of 3 documents have their links.");
  expect(shared(backend)).toEqual([]);
});

test("or they are left, and nothing is said of them any more", async () => {
  const backend = stored({ files: { unfinished: { ...UNFINISHED, siteIsHere: false, siteName: "" } } });
  await screen.findByText(/went to a site that is not here any more/);
  expect(screen.queryByRole("button", { name: "Go on" })).toBeNull();
  await click("Leave it");
  await waitFor(() => expect(screen.queryByText(/Signet stopped while/)).toBeNull());
  expect(asked(backend, "dropFiles")).toHaveLength(1);
});

test("dropped files that are on the site already are used by their names", async () => {
  const backend = stored();
  await drop(backend);
  await click("They are there: use their names");
  await screen.findByRole("heading", { level: 1, name: "Many at once" });
  const field = await screen.findByLabelText<HTMLTextAreaElement>("Documents");
  expect(field.value).toBe("Lease.pdf\n2026/Annex.pdf\nContract.pdf");
});

test("in practice it is the same, without a folder and a file to save", async () => {
  const backend = open({ files: { chosen: PAPERS } });
  await click(/^Try it with a practice document/);
  await screen.findByRole("heading", { level: 1, name: "New link" });
  await drop(backend);
  await screen.findByText("3 files from this computer, 3 MB");
  expect(screen.queryByText(/^They go to/)).toBeNull();
  await click("Create links");
  await screen.findByText("3 of 3 documents have their links.");
  expect(screen.queryByRole("button", { name: "Save as CSV" })).toBeNull();
  expect(shared(backend)).toMatchObject([{ signer: { kind: "practice" } }]);
});

test("what of a drop cannot go is said", async () => {
  const backend = stored();
  await click("My links");
  await waitFor(() => expect(asked(backend, "watchDrops")).toHaveLength(1));
  backend.drop({ kind: "dropped", names: [], only: null, skipped: [], taken: { kind: "refused", taken: { code: "noFiles" } } });
  await screen.findByText("There is no file in it that could be shared.");
});

test("a site that takes no documents is told of names alone, as before", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, files: { chosen: PAPERS } });
  await screen.findByRole("heading", { level: 1, name: "New link" });
  const files: FilesView = backend.files.take();
  await waitFor(() => expect(asked(backend, "watchDrops")).toHaveLength(1));
  backend.drop({ kind: "dropped", names: ["a.pdf", "b.pdf"], only: null, skipped: [], taken: { kind: "files", taken: files } });
  await screen.findByText("These 2 files are on your computer, so nobody else can open them.");
  await click("Many at once");
  expect(screen.queryByRole("button", { name: "A folder of this computer…" })).toBeNull();
});
