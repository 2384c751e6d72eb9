/** Journeys through *Check a link* on the fake backend, and the words for every verdict and every answer. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { TrialAnswer, TrialView, VerdictView } from "../backend/bindings";
import { Fake, type FakeOptions } from "../backend/fake";
import { SAMPLE_SITE } from "../backend/fake-sites";
import { ANSWER_KINDS, wordsForTrial } from "../copy/trials";
import { FAULT_KINDS, VERDICT_KINDS, wordsForVerdict } from "../copy/verdicts";
import { click, hasKeyboard, open, type, valueOf } from "./journey-steps";

afterEach(cleanup);

/** Every datum that any verdict has. */
const DATA = {
  until: 1_796_144_400,
  at: 1_796_144_400,
  from: 1_796_144_400,
  meant: 1_796_144_400,
  key: "Client papers",
  keyId: "K2JCJMDEHXQW5F",
  names: ["utm_source"],
  signedFor: "docs.example.com",
  pointsAt: "d111111abcdef8.cloudfront.net",
  resource: "https://h/*",
  stated: "never",
  id: "K2JCJMDEHXQW5F",
  bits: 1024,
  host: "b.s3.amazonaws.com",
  presigned: false,
  given: "Expire",
  name: "Policy",
  length: 9_000,
  most: 8_192,
  by: { kind: "mimecast", name: "Mimecast's mail filter" },
  how: "escaped",
  why: { kind: "ipv6" },
  service: "S3",
  signed: 1_796_144_400_000,
};

test.each(VERDICT_KINDS)("%s has three sentences", (kind) => {
  const { what, why, doNow } = wordsForVerdict({ kind, ...DATA } as unknown as VerdictView);
  for (const sentence of [what, why, doNow]) {
    expect(sentence).toMatch(/^.{10,}\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
  }
});

test.each(FAULT_KINDS)("a policy that is %s has its own sentence", (kind) => {
  const why = { kind, count: 2, given: "resource", meant: "Resource" };
  const { why: said } = wordsForVerdict({ kind: "policyUnreadable", why } as unknown as VerdictView);
  expect(said).toMatch(/^.{10,}\.$/);
  expect(said).not.toMatch(/undefined/);
});

test("an end beyond every calendar can be said", () => {
  expect(wordsForVerdict({ kind: "works", until: 9.2e18 }).what).toBe("It works until a time beyond every calendar.");
});

test("a paste is answered at once, verdict first, and the address goes into a new link", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await click("Check a link");
  await hasKeyboard(screen.findByLabelText("Link"));
  await type("Link", "Dear all, https://docs.example.com/reports/a.pdf?Expires=1");
  await fireEvent.paste(screen.getByLabelText("Link"));
  const verdict = await screen.findByRole("heading", { level: 2 });
  expect(verdict.textContent).toMatch(/^It ended: it worked until .*\(.* time, .*\)\.$/);
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
    "It opens only from the network 203.0.113.0/24, not on a phone on another network and not over IPv6.",
    "Line breaks inside it were taken out.",
    "&amp; was put back to &.",
    "One more link was pasted; this is the first.",
  ]);
  await click("Details");
  expect([...document.querySelectorAll("dd")].at(-1)?.textContent).toBe("Right, P-256, SHA-256");
  // What was pasted holds a link, so no call carries more of it than it must.
  expect(backend.calls.filter(({ command }) => command === "inspectLink")).toHaveLength(1);
  await click("New link for the same document");
  await waitFor(async () => expect(await valueOf("Which document?")).toBe("reports/Q3 a.pdf"));
});

test("a link that was changed on the way and works is copied as it was", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, verdict: { kind: "works", until: 1_796_144_400 } });
  await click("Check a link");
  await type("Link", "https://docs.example.com/a.pdf?Expires=1&amp;Signature=x");
  await click("Check");
  await click("Copy the fixed link");
  await screen.findByText(/^Copied/);
  expect(backend.clipboard).toBe("https://docs.example.com/a.pdf?Expires=1&Signature=x");
  expect(screen.queryByRole("button", { name: "New link for the same document" })).toBeNull();
});

test("nothing and nonsense are told, and nothing typed is lost", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await click("Check a link");
  await click("Check");
  await screen.findByText("Nothing was pasted.");
  backend.options.failing = { inspectLink: { code: "noLinkFound" } };
  await type("Link", "no link at all");
  await click("Check");
  await screen.findByText("There is no link in this text.");
  expect(await valueOf("Link")).toBe("no link at all");
  await click("Sites");
  await click("Check a link");
  expect(await valueOf("Link")).toBe("no link at all");
});

const TRIAL: TrialView = { host: "docs.example.com", signed: { kind: "opens" }, likely: false, isPublic: false, clock: { kind: "right" } };

const inspectionOf = (kind: VerdictView["kind"]) =>
  new Fake({ verdict: { kind, ...DATA } as unknown as VerdictView }).inspectLink({ text: "a link" });

const answerOf = (kind: TrialAnswer["kind"]) => ({ kind, host: "www.example.com", status: 503 }) as TrialAnswer;

test.each(ANSWER_KINDS)("the answer %s has three sentences, whatever was said before", async (kind) => {
  for (const verdict of VERDICT_KINDS) {
    const inspection = await inspectionOf(verdict);
    for (const change of [{}, { likely: true }, { isPublic: true }, { clock: { kind: "ahead", seconds: 420 } as const }]) {
      const { what, why, doNow } = wordsForTrial({ ...TRIAL, signed: answerOf(kind), ...change }, inspection);
      for (const sentence of [what, why, doNow]) {
        expect(sentence).toMatch(/^.{8,}\.$/);
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  }
});

test.each([
  "keyIdMissing",
  "keyUnknown",
  "signatureMalformed",
  "policyMalformed",
  "storageRefused",
  "storageAddressSigned",
  "blocked",
] as const)("the meaning of %s is most likely where it is in no document", async (kind) => {
  const inspection = await inspectionOf("works");
  const why = (likely: boolean) => wordsForTrial({ ...TRIAL, signed: answerOf(kind), likely }, inspection).why;
  expect(why(true)).toMatch(/^Most likely /);
  expect(why(false)).toMatch(/^[A-Z](?!ost likely)/);
});

test("what a refusal means depends on what was said before", async () => {
  const refused = { ...TRIAL, signed: answerOf("refused"), likely: true };
  const works = await inspectionOf("works");
  const everywhere = { ...works, details: { ...works.details, network: null } };
  expect(wordsForTrial(refused, works).why).toContain("not in the network 203.0.113.0/24");
  expect(wordsForTrial(refused, everywhere).why).toContain("the ID K2JCJMDEHXQW5F belongs to another key");
  expect(wordsForTrial({ ...refused, clock: { kind: "behind", seconds: 60 } }, works).why).toContain("this computer's is wrong");
  const ended = await inspectionOf("ended");
  expect(wordsForTrial(refused, ended)).toMatchObject({
    why: "That is what the check above says too.",
    doNow: wordsForVerdict(ended.verdict).doNow,
  });
});

test("what opening means depends on what was said before", async () => {
  const what = async (verdict: VerdictView["kind"], change: Partial<TrialView> = {}) =>
    wordsForTrial({ ...TRIAL, ...change }, await inspectionOf(verdict)).what;
  expect(await what("works")).toBe("It opens.");
  expect(await what("works", { isPublic: true })).toBe("It opens, with a link and without one.");
  expect(await what("altered")).toBe("It opens, although by the check above it should not.");
  expect(await what("ended", { clock: { kind: "ahead", seconds: 420 } })).toBe(
    "It opens, for this computer's clock is wrong and the site's counts.",
  );
});

const checkOne = async (options: FakeOptions) => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, verdict: { kind: "works", until: 1_796_144_400 }, ...options });
  await click("Check a link");
  await type("Link", "https://docs.example.com/a.pdf?Expires=1");
  await click("Check");
  await screen.findByRole("button", { name: "Test whether the document opens" });
  return backend;
};

const count = (backend: Fake, wanted: string) => backend.calls.filter(({ command }) => command === wanted).length;

test("only a click asks the network, and what came of it is said", async () => {
  const backend = await checkOne({ trial: { signed: { kind: "refused" }, likely: true } });
  screen.getByText("This contacts docs.example.com.");
  expect(count(backend, "tryLink")).toBe(0);
  await click("Test whether the document opens");
  expect((await screen.findByRole("heading", { level: 3 })).textContent).toBe(
    "docs.example.com refuses it, although nothing in it is wrong.",
  );
  screen.getByText("This computer's clock is right.");
  screen.getByText("Without a link the document stays closed.");
  expect(count(backend, "tryLink")).toBe(1);
  backend.options.trial = { signed: { kind: "opens" }, clock: null, isPublic: null };
  await click("Test it again");
  await screen.findByRole("heading", { name: "It opens." });
  expect(screen.queryByText(/clock|stays closed/)).toBeNull();
});

test("a document that is open to everyone and a wrong clock are told", async () => {
  await checkOne({ trial: { isPublic: true, clock: { kind: "ahead", seconds: 420 } } });
  await click("Test whether the document opens");
  await screen.findByText("Anyone can open this document: it is not private.");
  screen.getByText(/^Ask your IT person to close it/);
  screen.getByText("This computer's clock is 7 minutes ahead of that of docs.example.com.");
  screen.getByText(/^Set the date and time/);
});

test("a trial is cancelled, and the keyboard stays", async () => {
  const backend = await checkOne({ trialTakes: 60_000 });
  await click("Test whether the document opens");
  await screen.findByText("Asking docs.example.com…");
  await click("Test whether the document opens");
  expect(count(backend, "tryLink")).toBe(1);
  screen.getByRole("button", { name: "Cancel" }).focus();
  await click("Cancel");
  await waitFor(() => expect(screen.queryByText("Asking docs.example.com…")).toBeNull());
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
  await hasKeyboard(screen.findByRole("button", { name: "Test whether the document opens" }));
});

test("another text or another screen ends a trial, and a new check forgets its outcome", async () => {
  const backend = await checkOne({ trialTakes: 60_000 });
  await click("Test whether the document opens");
  await type("Link", "https://docs.example.com/b.pdf?Expires=1");
  await waitFor(() => expect(count(backend, "stopTrying")).toBe(1));
  expect(screen.queryByRole("button", { name: "Test whether the document opens" })).toBeNull();
  await click("Check");
  await click("Test whether the document opens");
  await click("Sites");
  await waitFor(() => expect(count(backend, "stopTrying")).toBe(2));
  backend.options.trialTakes = 0;
  await click("Check a link");
  await click("Check");
  await click("Test whether the document opens");
  await screen.findByRole("heading", { name: "It opens." });
  await click("Check");
  await waitFor(() => expect(screen.queryByRole("heading", { name: "It opens." })).toBeNull());
  expect(count(backend, "stopTrying")).toBe(2);
});

test("a trial that cannot be made says why", async () => {
  await checkOne({ failing: { tryLink: { code: "trialNotPossible" } } });
  await click("Test whether the document opens");
  await screen.findByText("There is no web address in it that could be asked.");
});

test.each([null, "ftp://docs.example.com/a.pdf", "reports/a.pdf"])("what has no web address (%s) is not tried", async (address) => {
  const backend = await checkOne({});
  const inspect = backend.inspectLink.bind(backend);
  vi.spyOn(backend, "inspectLink").mockImplementation(async (request) => {
    const view = await inspect(request);
    return { ...view, details: { ...view.details, address } };
  });
  await click("Check");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Test whether the document opens" })).toBeNull());
});
