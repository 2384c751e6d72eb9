/** *Your link*: whether it opens, what is copied, and that nothing moves or changes its words by it. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { Opening } from "../backend/bindings";
import type { Fake, FakeOptions } from "../backend/fake";
import { SAMPLE_SITE } from "../backend/fake-sites";
import { OPENING_KINDS, wordsForOpening } from "../copy/openings";
import { click, open, openSite, type, valueOf } from "./journey-steps";

afterEach(cleanup);

async function make(options: FakeOptions = {}, address = "a.pdf") {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, ...options });
  await type("Which document?", address);
  await click("Create link");
  await screen.findByRole("heading", { level: 1, name: "Your link is ready" });
  return backend;
}

const asked = (backend: Fake, command: string) => backend.calls.filter((call) => call.command === command).length;

const opening = () => document.querySelector<HTMLElement>('[data-part="opening"]');

test("it is tried once, and green is only what was proved", async () => {
  const backend = await make();
  await screen.findByText("Tried just now: it opens the document.");
  expect(opening()?.dataset["mark"]).toBe("proved");
  await click("Copy link");
  await screen.findByText("Copied");
  // Looked at once more, it is not asked again: that of a moment ago stands.
  expect(asked(backend, "tryFreshLink")).toBe(1);
  await click("Another link");
  expect(asked(backend, "stopTrying")).toBe(0);
});

test.each([
  ["notFound", "The link is right, but there is no such document on the site."],
  ["storageRefused", "The link is right, but most likely there is no such document on the site."],
  ["offline", "Could not be tried: this computer is offline."],
  ["timedOut", "Could not be tried: docs.example.com did not answer within 3 seconds."],
  ["notTrusted", "Not tried: it is not certain that this is docs.example.com."],
  ["refused", "The site refused this link."],
] as const)("what was found is said: %s", async (kind, words) => {
  await make({ opening: { kind: "tried", answer: { kind } } });
  await screen.findByText(words);
  expect(opening()?.dataset["mark"]).not.toBe("proved");
  await screen.findByRole("button", { name: "Copy link" });
});

test("each answer has words, one alone is green, and a refusal proves nothing of a link for another network", () => {
  const tried = { host: "docs.example.com", fileName: "a.pdf", network: null, isFolder: false, start: null, triedAt: null };
  const answer = (kind: string) => ({ kind, host: "www.example.com", status: 503 }) as Opening;
  const said = OPENING_KINDS.map((kind) => wordsForOpening({ kind: "tried", answer: answer(kind) }, tried));
  expect(said.filter(({ mark }) => mark === "proved").map(({ what }) => what)).toEqual(["Tried just now: it opens the document."]);
  expect(said.every(({ what, more }) => what !== "" && more !== "")).toBe(true);
  for (const kind of ["refused", "blocked"]) {
    const { mark, more } = wordsForOpening({ kind: "tried", answer: answer(kind) }, { ...tried, network: "203.0.113.0/24" });
    expect([mark, more]).toEqual(["unknown", "It opens only from the network 203.0.113.0/24, so a refusal here proves nothing."]);
  }
  const later = wordsForOpening({ kind: "tried", answer: { kind: "opens" } }, { ...tried, isFolder: true, triedAt: "14:03" });
  expect([later.what, later.more]).toEqual(["Tried at 14:03: it opened a.pdf.", "Nothing else in the folder was tried."]);
  for (const why of ["switchedOff", "notBegun", "folder"] as const)
    expect(wordsForOpening({ kind: "notTried", why }, tried).mark).not.toBe("proved");
});

test("whoever goes away before an answer has nobody asked any more", async () => {
  const backend = await make({ trialTakes: 600_000 });
  await screen.findByText("Trying whether it opens…");
  await click("Copy link");
  await screen.findByText("Copied");
  await click("Check a link");
  await waitFor(() => expect(asked(backend, "stopTrying")).toBe(1));
});

test("it is not tried where that was switched off at its site", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await openSite("Client papers");
  const box = await screen.findByLabelText<HTMLInputElement>("Try each new link");
  expect(box.checked).toBe(true);
  await screen.findByText("When you make a link, Signet contacts docs.example.com once, with that link, to see whether it opens.");
  backend.options.failing = { setSiteTriesLinks: { code: "settings", why: "notSaved", reason: "diskFull" } };
  await fireEvent.click(box);
  await screen.findByText(/could not be saved, so nothing was changed/);
  expect(box.checked).toBe(true);
  backend.options.failing = {};
  await fireEvent.click(box);
  await waitFor(() => expect(backend.sites.list[0]?.triesLinks).toBe(false));
  await click("Make a link");
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByText("It was not tried whether it opens.");
  await screen.findByText("That is switched off for this site.");
});

test("the text for the reader is shown as it is copied, without the note", async () => {
  const backend = await make();
  await type("For whom?", "Frau Schmidt");
  await fireEvent.blur(screen.getByLabelText("For whom?"));
  await screen.findByText("for Frau Schmidt");
  await screen.findByText("Saved.");
  await click("Write an e-mail");
  await screen.findByText("Copied. Paste it into an e-mail.");
  const lines = [...document.querySelectorAll(".mail p")].map((line) => line.textContent);
  expect(backend.clipboard).toBe(`${lines.join("\n\n")}\n`);
  expect(lines[1]).toBe(await valueOf("Link"));
  expect(lines[0]).toBe("Here is your document a.pdf:");
  expect(lines[2]).toMatch(/^You can open it until .* \(.* time, GMT.*\)\.$/);
  expect(backend.clipboard).not.toContain("Schmidt");
});

test("copying and saving change no button's words", async () => {
  const backend = await make();
  await screen.findByText(/^Tried just now/);
  const buttons = () => screen.getAllByRole("button").map((button) => button.textContent.trim());
  const before = buttons();
  for (const [button, said] of [
    ["Copy link", "Copied"],
    ["Write an e-mail", "Copied. Paste it into an e-mail."],
  ] as const) {
    await click(button);
    await screen.findByText(said);
    expect(buttons()).toEqual(before);
  }
  await click("QR code");
  const dialog = within(await screen.findByRole("dialog", { name: "QR code" }));
  expect(dialog.getByRole("img").getAttribute("aria-label")).toMatch(/^QR code of the link: opens a\.pdf on docs\.example\.com until /);
  await fireEvent.click(dialog.getByRole("button", { name: "Save picture" }));
  await screen.findByText("Saved as a.pdf.png.");
  await fireEvent.click(dialog.getByRole("button", { name: "More" }));
  await fireEvent.click(dialog.getByRole("button", { name: "Save as SVG" }));
  await screen.findByText("Saved as a.pdf.svg.");
  backend.options.failing = { saveQr: { code: "saved", why: "notSaved", reason: "diskFull", fileName: "a.pdf.png" } as never };
  await fireEvent.click(dialog.getByRole("button", { name: "Save picture" }));
  await dialog.findByRole("alert");
  await fireEvent.click(dialog.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("days are said as days, and only what ends within one has a bar", async () => {
  await make();
  const left = () => document.querySelector('[data-part="left"]')?.textContent.trim();
  expect(left()).toBe("7 days left");
  expect(document.querySelector("progress")).toBeNull();
  expect(document.querySelector('[data-part="until"]')?.textContent).toMatch(
    /^until [A-Z][a-z]+day \d+ [A-Z][a-z]+(?: \d{4})?, \d\d:\d\d$/,
  );
  cleanup();
  await make({ lifetime: 7_200 });
  expect(left()).toMatch(/^(2 h 0|1 h 59) min left$/);
  expect(document.querySelector("progress")).not.toBeNull();
});
