/** Each *New link* starts clean, whatever was there before; on the fake backend. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { IpcError } from "../backend/bindings";
import { sampleEntries } from "../backend/fake-history";
import { RSA_SITE, SAMPLE_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, open, type, valuesOf } from "./journey-steps";

afterEach(cleanup);

const ELSEWHERE: IpcError = {
  code: "address",
  why: "otherSite",
  host: "elsewhere.example.org",
  site: "docs.example.com",
  suggestion: null,
};
const FIELDS = ["Which document?", "For whom?", "Only from one office"];

const isClean = async (lifetime: string | RegExp) => {
  await screen.findByRole("heading", { level: 1, name: "New link" });
  expect(await valuesOf(...FIELDS)).toEqual(["", "", ""]);
  expect(screen.getByLabelText("Works from")).toHaveProperty("checked", false);
  expect(screen.getByLabelText("Whole folder")).toHaveProperty("checked", false);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByRole("radio", { checked: true }).textContent).toMatch(lifetime);
  await hasKeyboard(screen.findByLabelText("Which document?"));
};

/** All that a link can have. */
const fillIn = async (lifetime: RegExp) => {
  await type("Which document?", "contracts/Lease.pdf");
  await fireEvent.click(await screen.findByRole("radio", { name: lifetime }));
  await type("For whom?", "Ms Okafor");
  await click("More limits");
  await type("Only from one office", "93.184.216.0/24");
};

test("the second link right after the first has nothing of it but how long it works", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await fillIn(/^Tomorrow/);
  await click("Create link");
  await click("Another link");
  await isClean(/^Tomorrow/);
});

test("a day of its own is of one link", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await fillIn(/^Another day/);
  await type("Day", "2030-12-31");
  await click("Create link");
  await click("Another link");
  await isClean(/^One week/);
});

test("what was wrong is gone with what was typed", async () => {
  open({ start: { sites: [SAMPLE_SITE] }, failing: { createLink: ELSEWHERE } });
  await type("Which document?", "https://elsewhere.example.org/a.pdf");
  await click("Create link");
  await screen.findByRole("alert");
  await fireEvent.keyDown(document.body, { key: "n", ctrlKey: true });
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await isClean(/^One week/);
});

test("a link for the same document that was not made leaves nothing behind", async () => {
  open({ start: { sites: [SAMPLE_SITE, RSA_SITE] }, entries: sampleEntries(8, [SAMPLE_SITE, RSA_SITE]) });
  await click(/^My links/);
  await fireEvent.click((await screen.findAllByRole("button", { name: /^New link for the same document/ }))[0] as HTMLElement);
  await waitFor(async () => expect((await valuesOf("Which document?"))[0]).not.toBe(""));
  await click("Sites");
  await click("New link");
  await isClean(/^One week/);
});

test("practice leaves nothing in a real link", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await click("Practice");
  await fireEvent.click(await screen.findByRole("radio", { name: /^Tomorrow/ }));
  await click("Create link");
  await click("Leave practice");
  await isClean(/^One week/);
});

test("what was wrong stays while nobody mends it, also when the list of sites comes again", async () => {
  const sites = [SAMPLE_SITE];
  const backend = open({ start: { sites }, failing: { createLink: { code: "address", why: "empty" } } });
  await waitFor(() => expect(asked(backend, "watchSites")).toHaveLength(1));
  await click("Create link");
  await screen.findByRole("alert");
  backend.changeElsewhere({ sites: structuredClone(sites) });
  // The addresses that are looked at meanwhile have their answers by then.
  await new Promise((later) => setTimeout(later, 50));
  expect(screen.getByRole("alert")).toBeTruthy();
  await type("Which document?", "contracts/Lease.pdf");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});
