/** Journeys through the screens on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import type { LinkRequest } from "../backend/bindings";
import type { Fake } from "../backend/fake";
import { RSA_KEY, SAMPLE_KEY } from "../backend/fake-keys";
import { RSA_SITE, SAMPLE_SITE } from "../backend/fake-sites";
import { click, hasKeyboard, nameOfChoice, open, openForIt, openSite, type, valueOf, valuesOf } from "./journey-steps";

afterEach(cleanup);

test("from the welcome to a practice link in two clicks", async () => {
  open();
  await click("Try it with a practice document");
  await screen.findByText(/Nothing is kept/);
  await click("Create link");
  expect((await screen.findByLabelText<HTMLInputElement>("Link")).value).toContain("Signature=");
  await click("Leave practice");
  await screen.findByText("Private links that end when you say");
});

test("a returning person copies a link in three actions", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE], lastLifetime: { kind: "oneDay" } } });
  await type("Which document?", "a.pdf");
  await click("Create link");
  await click("Copy link");
  await screen.findByText("Copied");
  expect(backend.clipboard).toBe(await valueOf("Link"));
  expect(backend.calls.find(({ command }) => command === "createLink")?.request).toEqual({
    signer: { kind: "site", id: SAMPLE_SITE.id },
    address: "a.pdf",
    lifetime: { kind: "oneDay" },
    limits: { start: null, network: "", folder: null },
    note: "",
  });
});

const tick = async (label: string) => fireEvent.click(await screen.findByLabelText(label));

const sentence = () => document.querySelector('[data-part="end"]')?.textContent.replaceAll(/\s+/g, " ").trim() ?? "";

test("each limit joins the sentence, and all of them the link", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await type("Which document?", "a.pdf");
  await waitFor(() => expect(sentence()).toMatch(/^Opens a\.pdf until /));
  const fold = await screen.findByRole("button", { name: "More limits" });
  expect(fold.getAttribute("aria-expanded")).toBe("false");
  await fireEvent.click(fold);
  await tick("Works from");
  await type("Start date", "2026-12-01");
  await type("Start time", "09:30");
  await waitFor(() => expect(sentence()).toContain("from Tuesday 1 December 2026, 09:30 until"));
  await type("Only from one office", "203.0.113.0/24");
  await screen.findByText(/on a phone, on another network, or whose connection uses IPv6/);
  await waitFor(() => expect(sentence()).toContain("only from the network 203.0.113.0/24"));
  await tick("Whole folder");
  await waitFor(() => expect(sentence()).toContain("Opens a.pdf and all of /reports/* from"));
  const examples = screen.getByRole("list", { name: "Examples" });
  expect([...examples.children].map((item) => item.textContent)).toEqual([
    "Opens /a.pdf",
    "Opens /reports/another.pdf",
    "Does not open /elsewhere/another.pdf",
  ]);
  await click("More limits");
  await screen.findByRole("button", { name: "More limits: 3 set" });

  await click("Create link for the whole folder");
  await screen.findByRole("button", { name: "Copy link" });
  expect(backend.calls.find(({ command }) => command === "createLink")?.request).toMatchObject({
    limits: { start: "2026-12-01T09:30", network: "203.0.113.0/24", folder: "" },
  });
  await screen.findByText(/^This link opens every document in “reports”\./);
  expect(sentence()).toMatch(/^Opens a\.pdf and all of \/reports\/\* from .* until .*, only from the network 203\.0\.113\.0\/24\.$/);
  await click("Write an e-mail");
  await waitFor(() =>
    expect(backend.clipboard).toMatch(/\n\nYou can open it from .* until .* It opens only from the network 203\.0\.113\.0\/24\.\n$/),
  );
});

const requests = (backend: Fake) =>
  backend.calls.flatMap(({ command, request }) => (command === "createLink" ? [request as LinkRequest] : []));

test.each(["New link", "Another link"])("nothing of one link is left in the next, whichever button leads there (%s)", async (button) => {
  const backend = open({ start: { sites: [SAMPLE_SITE], lastLifetime: { kind: "oneDay" } } });
  await type("Which document?", "Contract.pdf");
  await fireEvent.click(await screen.findByRole("radio", { name: "Another day…" }));
  await type("Day", "2030-12-31");
  await click("More limits");
  await tick("Works from");
  await type("Only from one office", "203.0.113.0/24");
  await tick("Whole folder");
  await type("For whom?", "Ms Okafor");
  await click("Create link for the whole folder");
  await screen.findByRole("button", { name: "Copy link" });

  await click(button);
  await hasKeyboard(screen.findByLabelText("Which document?"));
  expect(await valueOf("Which document?")).toBe("");
  expect(nameOfChoice(screen.getByRole("radio", { checked: true }))).toBe("Tomorrow");
  expect(screen.queryByLabelText("Day")).toBeNull();
  expect(screen.getByRole("button", { name: "More limits" }).getAttribute("aria-expanded")).toBe("false");
  expect(await valueOf("For whom?")).toBe("");
  await type("Which document?", "salaries/List.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(requests(backend).at(-1)).toEqual({
    signer: { kind: "site", id: SAMPLE_SITE.id },
    address: "salaries/List.pdf",
    lifetime: { kind: "oneDay" },
    limits: { start: null, network: "", folder: null },
    note: "",
  });
});

test("the lifetime of one link is chosen for the next, also after a day of its own", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  for (const name of ["30 days", "Another day…"]) {
    await type("Which document?", "a.pdf");
    await fireEvent.click(await screen.findByRole("radio", { name }));
    if (name === "Another day…") await type("Day", "2030-12-31");
    await click("Create link");
    await screen.findByRole("button", { name: "Copy link" });
    await click("Another link");
  }
  expect(nameOfChoice(await screen.findByRole("radio", { checked: true }))).toBe("30 days");
  expect(requests(backend).map(({ lifetime }) => lifetime.kind)).toEqual(["thirtyDays", "until"]);
});

test("a link for a checked one's document has none of the limits that were typed for another", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await type("Which document?", "half");
  await click("More limits");
  await tick("Whole folder");
  await click("Check a link");
  await type("Link", "https://docs.example.com/a.pdf?Expires=1&Signature=x&Key-Pair-Id=K2JCJMDEHXQW5F");
  await click("Check");
  await click("New link for the same document");
  expect(await valueOf("Which document?")).toBe("reports/Q3 a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(requests(backend).at(-1)?.limits).toEqual({ start: null, network: "", folder: null });
});

test("a file dropped on New link is said to lie on this computer, and gives its name on a click", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await screen.findByLabelText("Which document?");
  await waitFor(() => expect(backend.calls.some(({ command }) => command === "watchDrops")).toBe(true));
  backend.drop({ kind: "dropped", names: ["What is this%3F.pdf"], only: "What is this%3F.pdf", skipped: [], taken: null });
  await screen.findByText("This file is on your computer, so nobody else can open it.");
  expect(await valueOf("Which document?")).toBe("");
  await click("It is there: use its name");
  expect(await valueOf("Which document?")).toBe("What is this%3F.pdf");
  await hasKeyboard(screen.findByLabelText("Which document?"));
  expect(screen.queryByText(/on your computer, so nobody/)).toBeNull();

  backend.drop({ kind: "dropped", names: ["a.pdf", "b.pdf"], only: null, skipped: [], taken: null });
  await screen.findByText("These 2 files are on your computer, so nobody else can open them.");
  await click("They are there: use their names");
  expect((await screen.findByLabelText<HTMLTextAreaElement>("Documents")).value).toBe("a.pdf\nb.pdf");
});

test("a wrong limit is said where it was typed, and everything stays", async () => {
  const backend = open({
    start: { sites: [SAMPLE_SITE] },
    failing: { createLink: { code: "networkIsIpv6" }, previewLimits: { code: "networkIsIpv6" } },
  });
  await type("Which document?", "a.pdf");
  await click("More limits");
  await type("Only from one office", "2001:db8::1");
  expect(screen.queryByRole("alert")).toBeNull();
  await click("More limits");
  await click("Create link");
  await screen.findByText(/This is an IPv6 address/);
  expect(screen.getByRole("button", { name: "More limits" }).getAttribute("aria-expanded")).toBe("true");
  expect(screen.getByLabelText("Only from one office").getAttribute("aria-invalid")).toBe("true");
  expect(await valuesOf("Which document?", "Only from one office")).toEqual(["a.pdf", "2001:db8::1"]);
  backend.options.failing = {};
  await type("Only from one office", "203.0.113.0/24");
  await screen.findByText("203.0.113.0/24 is kept for examples, and no reader comes from it.");
  await screen.findByText(/^A reader on a phone/);
  // All of IPv4 keeps nobody's phone out.
  await type("Only from one office", "0.0.0.0/0");
  await screen.findByText("This is every IPv4 network: only a reader whose connection uses IPv6 cannot open the link.");
  expect(screen.queryByText(/on a phone/)).toBeNull();
  backend.options.failing = { createLink: { code: "networkWithoutReaders", network: "192.168.1.5" } };
  await click("Create link");
  await screen.findByText("No reader comes from 192.168.1.5, so the link would never open.");
});

test("a link that does not work yet says when it will", async () => {
  const soon = new Date(Date.now() + 7_200_000);
  const local = new Date(soon.getTime() - soon.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  open({ start: { sites: [SAMPLE_SITE] } });
  await type("Which document?", "a.pdf");
  await click("More limits");
  await tick("Works from");
  await type("Start date", local.slice(0, 10));
  await type("Start time", local.slice(11));
  await click("Create link");
  await screen.findByText(/^Works in (1 h 59 min|2 h 0 min)$/);
});

test("an RSA key's signature is chosen, a P-256 key's is a fact", async () => {
  const backend = open({ start: { sites: [RSA_SITE, SAMPLE_SITE] } });
  await openForIt("Client papers");
  await screen.findByText("SHA-256, as always with a P-256 key.");
  expect(screen.queryByRole("radiogroup", { name: "Signature" })).toBeNull();
  await openForIt("Board papers");
  const chips = within(await screen.findByRole("radiogroup", { name: "Signature" }));
  const chosen = () => chips.getAllByRole("radio").map((one) => one.getAttribute("aria-checked"));
  expect(chosen()).toEqual(["false", "true"]);
  await fireEvent.click(chips.getByRole("radio", { name: "SHA-256 (recommended)" }));
  await waitFor(() => expect(chosen()).toEqual(["true", "false"]));
  expect(backend.calls.findLast(({ command }) => command === "changeHash")?.request).toEqual({ id: RSA_KEY.id, hash: "sha256" });
  backend.options.failing = { changeHash: { code: "settings", why: "notSaved", reason: "diskFull" } };
  await fireEvent.click(chips.getByRole("radio", { name: "SHA-1" }));
  await screen.findByText(/could not be saved, so nothing was changed/);
  expect(chosen()).toEqual(["true", "false"]);
});

test("“Copied” is only said once it is true", async () => {
  open({ start: { sites: [SAMPLE_SITE] }, failing: { copyText: { code: "clipboardDiffers" } } });
  await type("Which document?", "a.pdf");
  await click("Create link");
  await click("Copy link");
  await screen.findByText(/Another program took the clipboard/);
  expect(screen.queryByText("Copied")).toBeNull();
});

test("a mistake stands at its field and nothing typed is lost", async () => {
  const backend = open({ failing: { addKey: { code: "publicKeyId", why: "isDistributionId", id: "E2QWRUHAPOMQZL" } } });
  await click("I have a key file");
  await type("Name of the site", "Client papers");
  await type("Site address", "docs.example.com");
  await type("Public key ID", "E2QWRUHAPOMQZL");
  await click("Choose key file…");
  await screen.findByText("That is a distribution ID: it starts with E.");
  expect(screen.getByLabelText("Public key ID").getAttribute("aria-invalid")).toBe("true");
  await fireEvent.click((await screen.findAllByRole("button", { name: "Sites" }))[0] as HTMLElement);
  await click("I have a key file");
  expect(await valuesOf("Name of the site", "Site address", "Public key ID")).toEqual([
    "Client papers",
    "docs.example.com",
    "E2QWRUHAPOMQZL",
  ]);
  delete backend.options.failing;
  await click("Choose key file…");
  await screen.findByText("“Client papers” is ready.");
  await screen.findByText(/signing.pem stays in the folder Downloads/);
  expect(backend.calls.findLast(({ command }) => command === "addKey")?.request).toEqual({
    siteId: null,
    name: "Client papers",
    address: "docs.example.com",
    publicKeyId: "E2QWRUHAPOMQZL",
  });
});

test("a locked file asks for its passphrase, which is not kept", async () => {
  open({ locked: true });
  await click("I have a key file");
  await type("Name of the site", "Client papers");
  await click("Choose key file…");
  await type("Passphrase", "right horse");
  await click("Unlock");
  await screen.findByText("“Client papers” is ready.");
  expect(document.body.innerHTML).not.toContain("right horse");
});

test("a file that is being unlocked can be left at once, and nothing comes of it", async () => {
  const backend = open({ locked: true });
  await click("I have a key file");
  await type("Name of the site", "Client papers");
  await click("Choose key file…");
  await type("Passphrase", "right horse");
  let finish = () => {};
  backend.unlockKey = async () => {
    await new Promise<void>((resolve) => (finish = resolve));
    throw { code: "noPendingKey" };
  };
  await click("Unlock");
  await click("Cancel");
  expect(screen.queryByLabelText("Passphrase")).toBeNull();
  expect(backend.calls.filter(({ command }) => command === "forgetPendingKey").length).toBe(1);
  finish();
  await screen.findByRole("button", { name: "Choose key file…" });
  expect(screen.queryByText("“Client papers” is ready.")).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a missing key is put back from its locked file on the spot", async () => {
  const backend = open({
    start: { sites: [SAMPLE_SITE] },
    failing: { createLink: { code: "keyMissing", name: SAMPLE_KEY.name } },
    locked: true,
  });
  await type("Which document?", "a.pdf");
  await click("Create link");
  await click("Choose key file…");
  backend.options.failing = { unlockKey: { code: "keyFile", why: "wrongPassphrase", fileName: "signing.pem" } };
  await type("Passphrase", "wrong horse");
  await click("Unlock");
  await screen.findByText("The passphrase does not open this file.");
  delete backend.options.failing;
  await type("Passphrase", "right horse");
  await click("Unlock");
  await screen.findByText("The key is back in this computer's password store.");
  expect(screen.queryByLabelText("Passphrase")).toBeNull();
  expect(await valueOf("Which document?")).toBe("a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
});

test("a locked file that is left alone is forgotten, and one that was opened is not asked about", async () => {
  const backend = open({
    start: { sites: [SAMPLE_SITE] },
    failing: { createLink: { code: "keyMissing", name: SAMPLE_KEY.name } },
    locked: true,
  });
  const forgotten = () => backend.calls.filter(({ command }) => command === "forgetPendingKey").length;
  await type("Which document?", "a.pdf");
  await click("Create link");
  await click("Choose key file…");
  await screen.findByLabelText("Passphrase");
  expect(forgotten()).toBe(0);
  await click("Sites");
  expect(forgotten()).toBe(1);
  await click("I have a key file");
  await type("Name of the site", "Board papers");
  await type("Site address", "docs.example.com");
  await type("Public key ID", "K2JCJMDEHXQW5F");
  await click("Choose key file…");
  await screen.findByLabelText("Passphrase");
  await click("My links");
  expect(forgotten()).toBe(2);
  await click("Sites");
  await click("I have a key file");
  await click("Choose key file…");
  await type("Passphrase", "right horse");
  await click("Unlock");
  await screen.findByText("“Board papers” is ready.");
  await click("My links");
  expect(forgotten()).toBe(2);
});

test("the keyboard is where the next step is", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await hasKeyboard(screen.findByLabelText("Which document?"));
  await type("Which document?", "a.pdf");
  await click("Create link");
  await hasKeyboard(screen.findByRole("button", { name: "Copy link" }));
  await openSite("Client papers");
  await click("Rename");
  await hasKeyboard(screen.findByLabelText("New name"));
  await click("Cancel");
  await hasKeyboard(screen.findByRole("button", { name: "Rename" }));
  await click("For your IT person");
  await click("Rename key");
  await hasKeyboard(screen.findByLabelText("New name"));
  await click("Cancel");
  await hasKeyboard(screen.findByRole("button", { name: "Rename key" }));
  await click("My links");
  await click("Sites");
  await click("Add a site");
  await hasKeyboard(screen.findByLabelText("Name"));
  await click("I have a key file");
  await hasKeyboard(screen.findByLabelText("Name of the site"));
});

test("practice that cannot be left or entered says so until the next step", async () => {
  const backend = open({ failing: { startPractice: { code: "noFreePort" } } });
  await click("Try it with a practice document");
  await screen.findByRole("alert");
  await click("I have a key file");
  expect(screen.queryByRole("alert")).toBeNull();
  backend.options.failing = { leavePractice: { code: "internal" } };
  await click("Practice");
  await click("Leave practice");
  await screen.findByRole("alert");
  await screen.findByText(/Nothing is kept/);
});

test("a link that ends says so and can be made again", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, lifetime: 1 });
  await type("Which document?", "a.pdf");
  await click("Create link");
  await waitFor(() => expect(screen.getAllByText("This link has ended").length).toBeGreaterThan(0), { timeout: 3000 });
  expect(screen.queryByRole("button", { name: "Copy link" })).toBeNull();
  backend.options.lifetime = 600;
  await click("Make a new one");
  await screen.findByRole("button", { name: "Copy link" });
});
