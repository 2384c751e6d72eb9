/** *New link* where the address is not one: what is offered in its place, with one click. */
import { cleanup, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { IpcError } from "../backend/bindings";
import { RSA_SITE, SAMPLE_SITE } from "../backend/fake-sites";
import { click, hasKeyboard, open, type, valueOf } from "./journey-steps";

afterEach(cleanup);

/** Types an address that is refused so. */
async function refused(address: string, error: IpcError) {
  const backend = open({
    start: { sites: [SAMPLE_SITE, { ...RSA_SITE, host: "board.example.com", address: "https://board.example.com" }] },
    failing: { createLink: error },
  });
  await type("Which document?", address);
  await click("Create link");
  await screen.findByRole("alert");
  backend.options.failing = {};
  return backend;
}

const buttons = () =>
  within(screen.getByRole("alert"))
    .queryAllByRole("button")
    .map((button) => button.textContent);

const asked = (backend: Awaited<ReturnType<typeof refused>>) =>
  backend.calls.filter(({ command }) => command === "createLink").at(-1)?.request;

test("what can be understood is used with one click, and the link is made of it", async () => {
  const backend = await refused("contracts\\2026\\a.pdf", { code: "address", why: "hasBackslash", suggestion: "contracts/2026/a.pdf" });
  expect(buttons()).toEqual(["Use contracts/2026/a.pdf"]);
  await click("Use contracts/2026/a.pdf");
  expect(await valueOf("Which document?")).toBe("contracts/2026/a.pdf");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await hasKeyboard(screen.findByLabelText("Which document?"));
  await click("Create link");
  await screen.findByLabelText("Link");
  expect(asked(backend)).toMatchObject({ address: "contracts/2026/a.pdf" });
});

test("what lies on the computer is told so, and nothing is offered", async () => {
  await refused('"C:\\Users\\me\\Desktop\\Contract.pdf"', { code: "address", why: "onComputer", site: "docs.example.com" });
  await screen.findByText("This file is on your computer, so nobody else can open it.");
  await screen.findByText("It has to be on Client papers first; then type its name there.");
  expect(buttons()).toEqual([]);
});

test("of a question mark both readings are shown, and the person picks", async () => {
  const error: IpcError = {
    code: "address",
    why: "hasQuestionMark",
    name: "What is this%3F.pdf",
    query: "https://docs.example.com/What%20is%20this?.pdf",
  };
  await refused("What is this?.pdf", error);
  expect(buttons()).toEqual(["The document is called “What is this?.pdf”", "The document is called “What is this”"]);
  await click("The document is called “What is this?.pdf”");
  expect(await valueOf("Which document?")).toBe("What is this%3F.pdf");
});

test("a folder with a * is opened whole where the person says so", async () => {
  const backend = await refused("reports/*", { code: "address", why: "isPattern", folder: "/reports/", suggestion: null });
  await screen.findByText("With the * this means the whole folder /reports/.");
  await click("Open the whole folder /reports/");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await screen.findByText(/can open every document in the folder/);
  await click("Create link for the whole folder");
  await screen.findByLabelText("Link");
  expect(asked(backend)).toMatchObject({ address: "reports/", limits: { folder: "/reports/" } });
});

test("a folder alone is opened whole with one click, and the preview is asked for a folder", async () => {
  const backend = await refused("https://docs.example.com/My%20Contracts/", {
    code: "address",
    why: "isFolder",
    folder: "/My%20Contracts/",
  });
  await screen.findByText("This is the folder /My Contracts/, and a link opens one document.");
  expect(buttons()).toEqual(["Open the whole folder /My Contracts/"]);
  await click("Open the whole folder /My Contracts/");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  const previews = () => backend.calls.filter(({ command }) => command === "previewAddress").map(({ request }) => request);
  await waitFor(() => expect(previews().at(-1)).toMatchObject({ address: "My%20Contracts/", folder: "/My%20Contracts/" }));
  expect(previews()[0]).toMatchObject({ folder: null });
  await click("Create link for the whole folder");
  await screen.findByLabelText("Link");
  expect(asked(backend)).toMatchObject({ address: "My%20Contracts/", limits: { folder: "/My%20Contracts/" } });
});

test("what was copied out of a page's source is used as it was meant", async () => {
  const backend = await refused("https://docs.example.com/a.pdf?x=1&amp;y=2", {
    code: "address",
    why: "isHtml",
    suggestion: "https://docs.example.com/a.pdf?x=1&y=2",
  });
  expect(buttons()).toEqual(["Use a.pdf?x=1&y=2"]);
  await click("Use a.pdf?x=1&y=2");
  await click("Create link");
  await screen.findByLabelText("Link");
  expect(asked(backend)).toMatchObject({ address: "https://docs.example.com/a.pdf?x=1&y=2" });
});

test("what only stands for a name is said, and nothing is offered", async () => {
  await refused("{{name}}.pdf", { code: "address", why: "isPlaceholder", text: "{{name}}" });
  await screen.findByText("“{{name}}” stands where a name should be.");
  expect(buttons()).toEqual([]);
});

test("a document of another key's site switches to that key", async () => {
  const backend = await refused("https://board.example.com/a.pdf", {
    code: "address",
    why: "otherSite",
    host: "board.example.com",
    site: "docs.example.com",
    suggestion: null,
  });
  await screen.findByText(`That document is on “${RSA_SITE.name}”.`);
  expect(buttons()).toEqual([`Switch to “${RSA_SITE.name}”`]);
  await click(`Switch to “${RSA_SITE.name}”`);
  await click("Create link");
  await screen.findByLabelText("Link");
  expect(asked(backend)).toMatchObject({ signer: { id: RSA_SITE.id }, address: "https://board.example.com/a.pdf" });
});

test("a link that was made already is made anew for the same document", async () => {
  await refused("https://docs.example.com/a.pdf?Expires=1", {
    code: "address",
    why: "isLink",
    suggestion: "https://docs.example.com/a.pdf",
  });
  await screen.findByText("This is a link you already made.");
  await click("Make a new one for the same document");
  expect(await valueOf("Which document?")).toBe("https://docs.example.com/a.pdf");
});
