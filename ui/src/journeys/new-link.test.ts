/** Each *New link* starts clean, whatever was there before; on the fake backend. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { IpcError } from "../backend/bindings";
import { sampleEntries } from "../backend/fake-history";
import { RSA_SITE, SAMPLE_SITE } from "../backend/fake-sites";
// In the window it is fetched in a moment; here it would be translated first.
import "../parts/DayCalendar.svelte";
import { asked, click, hasKeyboard, open, type, valuesOf } from "./journey-steps";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

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

const MISSPELT: IpcError = { code: "end", why: "unreadable", text: "31 Decembr 2026", suggestion: "2026-12-31" };
const NO_FOLDER: IpcError = { code: "address", why: "hasBackslash", suggestion: "a/b.pdf" };
const NO_NETWORK: IpcError = { code: "networkInvalid" };
const OVER: IpcError = { code: "lifetime", why: "over" };

const chooseDay = async (text: string) => {
  await fireEvent.click(await screen.findByRole("radio", { name: "Another day…" }));
  await type("Day", text);
};

const isInvalid = async (label: string) => (await screen.findByLabelText(label)).getAttribute("aria-invalid") === "true";

test("a day that cannot be read has the keyboard when the link is to be made, and the day that was meant is one click", async () => {
  const backend = open({
    start: { sites: [SAMPLE_SITE] },
    failing: { previewLifetime: MISSPELT, createLink: MISSPELT },
    wrong: [MISSPELT],
  });
  await type("Which document?", "a.pdf");
  await chooseDay("31 Decembr 2026");
  await screen.findByText("Signet cannot read “31 Decembr 2026”.");
  screen.getByText("Did you mean Thursday 31 December 2026?");
  // While something is typed the keyboard stays where it is.
  screen.getByLabelText("For whom?").focus();
  await fireEvent.input(screen.getByLabelText("For whom?"), { target: { value: "Ms Okafor" } });
  expect(document.activeElement).toBe(screen.getByLabelText("For whom?"));
  for (let time = 0; time < 2; time++) {
    screen.getByLabelText("For whom?").focus();
    await click("Create link");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Day")));
    expect(await isInvalid("Day")).toBe(true);
  }
  backend.options.failing = {};
  await click("Use it");
  await waitFor(async () => expect(await valuesOf("Day", "Time")).toEqual(["2026-12-31", ""]));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await hasKeyboard(screen.findByLabelText("Day"));
});

test("a day that is over has the keyboard, and so has a choice that is", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, failing: { previewLifetime: OVER, createLink: OVER }, wrong: [OVER] });
  await type("Which document?", "a.pdf");
  await chooseDay("1 January 2020");
  await click("Create link");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Day")));
  backend.options.failing = { createLink: OVER };
  await fireEvent.click(screen.getByRole("radio", { name: /^Today/ }));
  screen.getByLabelText("For whom?").focus();
  await click("Create link");
  await screen.findByText("This time is already over.");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("radio", { name: /^Today/ })));
});

test("no day at all is said at its field", async () => {
  const none: IpcError = { code: "lifetime", why: "invalid" };
  open({ start: { sites: [SAMPLE_SITE] }, failing: { createLink: none }, wrong: [none] });
  await type("Which document?", "a.pdf");
  await fireEvent.click(await screen.findByRole("radio", { name: "Another day…" }));
  await click("Create link");
  await screen.findByText("No day is chosen yet.");
  await hasKeyboard(screen.findByLabelText("Day"));
});

test("of several wrong fields all are marked, and the first has the keyboard", async () => {
  const wrong = [NO_FOLDER, MISSPELT, NO_NETWORK];
  const backend = open({ start: { sites: [SAMPLE_SITE] }, failing: { createLink: NO_NETWORK, previewLimits: NO_NETWORK }, wrong });
  await type("Which document?", "a\\b.pdf");
  await chooseDay("31 Decembr 2026");
  await click("More limits");
  await type("Only from one office", "the office");
  await click("Create link");
  await waitFor(() => expect(screen.getAllByRole("alert")).toHaveLength(3));
  await hasKeyboard(screen.findByLabelText("Which document?"));
  for (const label of ["Which document?", "Day", "Only from one office"]) expect(await isInvalid(label), label).toBe(true);
  expect(await isInvalid("For whom?"), "the control").toBe(false);
  // What is mended goes by itself, and the keyboard stays where it is.
  await type("Which document?", "a/b.pdf");
  await waitFor(() => expect(screen.getAllByRole("alert")).toHaveLength(2));
  await hasKeyboard(screen.findByLabelText("Which document?"));
  backend.options.failing = {};
  await type("Only from one office", "93.184.216.34");
  await waitFor(() => expect(screen.getAllByRole("alert")).toHaveLength(1));
  await type("Day", "31 December 2026");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

/** A day of the calendar, by its date. */
const dayAt = (date: string) =>
  waitFor(() => {
    const day = document.querySelector<HTMLElement>(`.calendar .day[data-value="${date}"]:not([data-outside-month])`);
    expect(day).not.toBeNull();
    return day as HTMLElement;
  });

/** On a Tuesday: 24 November 2026. */
const onATuesday = () => vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 24, 12) });

test("a day is chosen in the calendar by mouse, and its time of day stays", async () => {
  onATuesday();
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await type("Which document?", "a.pdf");
  await chooseDay("");
  await screen.findByRole("button", { name: "The month after" });
  const title = () => document.querySelector(".calendar-title")?.textContent;
  const before = title();
  await click("The month after");
  await waitFor(() => expect(title()).not.toBe(before));
  await click("The month before");
  await waitFor(() => expect(title()).toBe(before));
  await fireEvent.click(await dayAt("2026-11-26"));
  await waitFor(async () => expect(await valuesOf("Day", "Time")).toEqual(["26 November 2026", ""]));
  await type("Time", "09:15");
  await fireEvent.click(await dayAt("2026-11-27"));
  await waitFor(async () => expect(await valuesOf("Day", "Time")).toEqual(["27 November 2026", "09:15"]));
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(backend.calls.find(({ command }) => command === "createLink")?.request).toMatchObject({
    lifetime: { kind: "until", local: "27 November 2026 09:15" },
  });
});

test("a day is chosen in the calendar by keyboard, and none that is over", async () => {
  onATuesday();
  open({ start: { sites: [SAMPLE_SITE] } });
  await type("Which document?", "a.pdf");
  await chooseDay("");
  await fireEvent.click(await dayAt("2026-11-23"));
  expect(await valuesOf("Day")).toEqual([""]);
  (await dayAt("2026-11-24")).focus();
  const press = (key: string) => fireEvent.keyDown(document.activeElement as HTMLElement, { key });
  // The second week leads into the next month.
  for (const key of ["ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft"]) {
    await press(key);
    await tick();
  }
  await waitFor(() => expect(document.activeElement?.getAttribute("data-value")).toBe("2026-12-08"));
  await press("Enter");
  await waitFor(async () => expect(await valuesOf("Day")).toEqual(["8 December 2026"]));
});

test("what is typed moves the calendar", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await chooseDay("2031-03-31");
  await waitFor(() => expect(document.querySelector(".calendar-title")?.textContent).toBe("March 2031"));
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
