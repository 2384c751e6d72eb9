/** Journeys through *Set up CloudFront* on the fake backend. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { SetUpView } from "../backend/bindings";
import type { Fake, FakeOptions } from "../backend/fake";
import { MADE_KEY, SAMPLE_KEY } from "../backend/fake-keys";
import { answersBefore } from "../backend/fake-set-up";
import { EMPTY_SITE, NEW_SITE, RENEWED_SITE, SAMPLE_SITE } from "../backend/fake-sites";
import { clicks, type ConsoleStep, marked, setUpWords } from "../copy/set-up";
import { click, hasKeyboard, open, openForIt, type, valueOf, isOpen, lastAnswers } from "./journey-steps";

afterEach(cleanup);

const ID = "K2JCJMDEHXQW5F";
const ARN = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";
const DOMAIN = "d111111abcdef8.cloudfront.net";

const choose = async (label: string) => fireEvent.click(await screen.findByLabelText(label));

/** The window at the set-up of a site. */
const go = async (name: string) => {
  await openForIt(name);
  await click("Set up");
  await screen.findByRole("heading", { name: `Set up “${name}”` });
};

/** With a key that was made here and with answers of an earlier time. */
const enter = async (options: FakeOptions = {}) => {
  const backend = open({ start: { sites: [NEW_SITE] }, ...options });
  await go(options.start?.sites?.[0]?.name ?? "Contracts");
  await screen.findByLabelText("By hand");
  return backend;
};

const enterAt = (step: string, options: FakeOptions = {}, isExisting = false) =>
  enter({ setUp: { answers: answersBefore(step, MADE_KEY.id, isExisting) }, ...options });

/** The list as it reads. */
const lines = () =>
  [...document.querySelectorAll(".step .line")].map((line) =>
    [...line.querySelectorAll("span")].map((part) => part.textContent).join(" | "),
  );

const line = (start: string) => lines().find((text) => text.includes(start)) ?? "";

const count = (backend: Fake, wanted: string) => backend.calls.filter(({ command }) => command === wanted).length;

test("by hand from a site without a key to its first link", async () => {
  const backend = await enter({ start: { sites: [EMPTY_SITE] } });
  expect(document.querySelector(".steps")).toBeNull();
  await choose("By hand");
  expect(lines()[0]).toBe("1. Get the key ready | To do");
  expect(lines()[2]).toBe("3. Upload the public key to CloudFront | Waiting | Needs step 1.");
  await click("Make key");
  await isOpen("Say where the documents are");
  expect(line("Get the key ready")).toBe("1. Get the key ready | Done | Tenders");
  const [key] = backend.sites.keys;
  expect(lastAnswers(backend).keyId).toBe(key?.id);
  await type("Bucket", "client-papers");
  await type("Region", "eu-central-1");
  await click("Continue");

  await isOpen("Upload the public key to CloudFront");
  expect(line("documents are")).toBe("2. Say where the documents are | Done | client-papers in eu-central-1, a new distribution");
  await click("Copy key");
  await screen.findByText(/^Copied/);
  expect(backend.clipboard).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  // Only what is on the clipboard is said to be there.
  await click("Copy name");
  await screen.findByRole("button", { name: "Copy key" });
  expect(backend.clipboard).toBe("signet-8f2c8f2c8f2c");
  await type("Public key ID", ID);
  await click("Mark as done");
  await isOpen("Add it to a key group");
  await click("Mark as done");
  await isOpen("Create an origin access control");
  await screen.findByText(/the console can make this by itself/);
  await click("Mark as done");
  await isOpen("Set up the distribution");
  expect(line("read the bucket")).toContain("Waiting | Needs step 6.");
  await click("Copy origin");
  await waitFor(() => expect(backend.clipboard).toBe("client-papers.s3.eu-central-1.amazonaws.com"));
  await type("ARN", ARN);
  await type("Distribution domain name", DOMAIN);
  await click("Mark as done");
  await isOpen("Let the distribution read the bucket");
  await click("Copy policy");
  await waitFor(() => expect(backend.clipboard).toContain(ARN));
  await click("Mark as done");
  await isOpen("Restrict viewer access");
  await screen.findByText(`Whoever opens ${DOMAIN} without a link is refused. Other ways to the same documents stay as they are.`);
  await click("Mark as done");

  await isOpen("Connect the key");
  expect(
    lines()
      .slice(0, 8)
      .map((text) => text.split(" | ")[1]),
  ).toEqual(["Done", "Done", ...Array<string>(6).fill("Marked as done")]);
  await click("Connect");
  // Nine ticks prove nothing, and are not said to.
  await screen.findByText(/Whether documents open is not tested yet/);
  await screen.findByText(`“Tenders” makes links for ${DOMAIN}.`);
  await hasKeyboard(screen.findByRole("button", { name: "Make the first link" }));
  await click("Make the first link");
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(backend.calls.find(({ command }) => command === "createLink")?.request).toMatchObject({
    signer: { kind: "site", id: EMPTY_SITE.id },
  });
});

test("the way for an IT person: three papers, one paste, and the key is connected", async () => {
  const backend = await enterAt("publicKey", { cancels: true });
  await choose("For my IT person");
  await isOpen("Send it to your IT person").catch(() => undefined);
  await click("Save page…");
  await waitFor(() => expect(screen.getByRole("button", { name: "Save page…" }).getAttribute("aria-disabled")).toBe("false"));
  expect(line("Send it to your IT person")).toContain("To do");
  expect(screen.queryByText(/^Saved as/)).toBeNull();
  backend.options.cancels = false;
  for (const [paper, file] of [
    ["page", "Set up CloudFront.html"],
    ["script", "set-up-cloudfront.sh"],
    ["template", "set-up-cloudfront.json"],
  ]) {
    await click(`Save ${paper}…`);
    await screen.findByText(`Saved as ${file}.`);
  }
  await click("Continue");
  await isOpen("Paste their answer");

  // The beginning of a key file, and no key.
  const mail = "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\nID K2JCJMDEHXQW5F";
  await type("Their answer", mail);
  await click("Read it");
  await screen.findByText("There is a private key in this text, and Signet did not take it.");
  expect(await valueOf("Their answer")).toBe(mail);
  await hasKeyboard(screen.findByLabelText("Their answer"));
  await type("Their answer", `Hello,\nthe ID is ${ID}, the site ${DOMAIN}.`);
  await fireEvent.paste(screen.getByLabelText("Their answer"));
  await isOpen("Connect the key");
  expect(line("Paste their answer")).toBe(`4. Paste their answer | Done | ${ID}, ${DOMAIN}`);
  await click("Connect");
  await screen.findByRole("button", { name: "Make the first link" });
  // What was pasted is in no record of calls; only Rust reads it.
  expect(JSON.stringify(backend.calls)).not.toContain("MIGH");
});

test("what is wrong is said at once where it is typed, and the keyboard stays where the person is", async () => {
  const backend = await enterAt("publicKey");
  await choose("By hand");
  const field = await screen.findByLabelText("Public key ID");
  await type("Public key ID", "E2QWRUHAPOMQZL");
  screen.getByRole("button", { name: "Copy name" }).focus();
  await screen.findByText("That is a distribution ID: it starts with E.");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Copy name" }));
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await click("Mark as done");
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(lastAnswers(backend).done).toEqual([]);
  await type("Public key ID", "");
  await click("Mark as done");
  await screen.findByText("The public key ID is empty.");
  await type("Public key ID", ID);
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("nothing is skipped that has no answer", async () => {
  await enter();
  await choose("By hand");
  await click(/Get the key ready/);
  await screen.findByText("The site has the key “Contracts”.");
  await click("Continue");
  await isOpen("Say where the documents are");
  await click("Continue");
  await screen.findByText("It is not said yet where the documents are.");
  await hasKeyboard(screen.findByLabelText("Bucket"));
  await type("Bucket", "client-papers");
  await type("Region", "eu-central-1");
  // A distribution that is there, and no word about which, is no new one.
  await choose("One that is there");
  await click("Continue");
  await hasKeyboard(screen.findByLabelText("Distribution ID"));
  expect(line("Upload the public key")).toContain("Waiting | Needs step 2.");
  await type("Distribution ID", "E2QWRUHAPOMQZL");
  await choose("A new one");
  await choose("One that is there");
  expect(await valueOf("Distribution ID")).toBe("E2QWRUHAPOMQZL");
  await click("Continue");
  await isOpen("Upload the public key to CloudFront");
  expect(line("documents are")).toContain("distribution E2QWRUHAPOMQZL");
});

/** Lets the test say when each answer comes. */
function slowAnswers(backend: Fake) {
  const waiting: (() => void)[] = [];
  const answer = backend.answerSetUp.bind(backend);
  vi.spyOn(backend, "answerSetUp").mockImplementation(async (answers) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return answer(answers);
  });
  return waiting;
}

test("an answer about older letters is ignored, and none overtakes another", async () => {
  const backend = await enterAt("publicKey");
  await choose("By hand");
  const waiting = slowAnswers(backend);
  await type("Public key ID", "E2QWRUHAPOMQZL");
  await waitFor(() => expect(waiting).toHaveLength(1));
  await type("Public key ID", ID);
  await type("Public key ID", `${ID} `);
  waiting[0]?.();
  // The next request goes out only now, and with the newest.
  await waitFor(() => expect(waiting).toHaveLength(2));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(await valueOf("Public key ID")).toBe(`${ID} `);
  waiting[1]?.();
  await waitFor(() => expect(lastAnswers(backend).publicKeyId).toBe(`${ID} `));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what could not be sent stays typed and is sent again", async () => {
  const backend = await enterAt("publicKey");
  await choose("By hand");
  backend.options.failing = { answerSetUp: { code: "internal" } };
  await type("Public key ID", ID);
  await screen.findByText("Something in Signet went wrong.");
  await click("Check a link");
  await go("Contracts");
  expect(await valueOf("Public key ID")).toBe(ID);
  backend.options.failing = {};
  await click("Try again");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(lastAnswers(backend).publicKeyId).toBe(ID);
  expect(await valueOf("Public key ID")).toBe(ID);
});

test("after a restart it goes on where it was", async () => {
  await enterAt("bucketPolicy");
  await screen.findByRole("button", { name: /Let the distribution read the bucket/, expanded: true });
  expect(screen.getByLabelText<HTMLInputElement>("By hand").checked).toBe(true);
  expect(line("key group")).toBe("4. Add it to a key group | Marked as done | signet-8f2c8f2c8f2c");
  await click(/Add it to a key group/);
  await click("Not done");
  await waitFor(() => expect(line("key group")).toContain("To do"));
  // One step is open at a time.
  expect(screen.getAllByRole("button", { expanded: true })).toHaveLength(1);
});

test("what changes for readers is said before the click that changes it", async () => {
  await enterAt("restrictViewerAccess", {}, true);
  const note = await screen.findByText("Documents that open for everyone today will need a link.");
  const first = await screen.findByText("Restrict viewer access");
  expect(note.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  screen.getByText(new RegExp(`Whoever opens ${DOMAIN} without a link is refused`));
});

test("another key of the site has another name and another ID, and the first one's come back with it", async () => {
  const [first, other] = RENEWED_SITE.keys;
  const backend = await enterAt("distribution", { start: { sites: [RENEWED_SITE] } });
  // The newest is meant, as long as nobody says which.
  await waitFor(() => expect(line("Get the key ready")).toContain("Client papers (new)"));
  await click(/Get the key ready/);
  await choose("Client papers");
  await click("Continue");
  await isOpen("Upload the public key to CloudFront");
  expect(await valueOf("Public key ID")).toBe("");
  expect(lastAnswers(backend)).toMatchObject({ keyId: first?.id, publicKeyId: "", done: [] });
  await click(/Get the key ready/);
  await choose("Client papers (new)");
  await click("Continue");
  await isOpen("Set up the distribution");
  expect(lastAnswers(backend)).toMatchObject({ keyId: other?.id, publicKeyId: ID, done: ["publicKey", "keyGroup", "accessControl"] });
});

/** What is on the screen of anybody's typing: every field's value, and the list of steps. */
const seen = () =>
  [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value).join(" ") + lines().join(" ");

test("two sites in the middle of a set-up show nothing of each other, and each goes on where it was", async () => {
  const other = { ...NEW_SITE, id: "7", name: "Offers", keys: [{ ...MADE_KEY, id: "8", name: "Offers" }] };
  const backend = open({ start: { sites: [NEW_SITE, other] } });
  await go("Contracts");
  await choose("By hand");
  await type("Bucket", "contract-papers");
  await type("Region", "eu-central-1");
  await click("Continue");
  await isOpen("Upload the public key to CloudFront");
  await type("Public key ID", "E2QWRUHAPOMQZL");
  await screen.findByText("That is a distribution ID: it starts with E.");

  await go("Offers");
  await screen.findByLabelText("By hand");
  expect(document.querySelector(".steps")).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
  await choose("For my IT person");
  await type("Bucket", "offer-papers");
  await type("Region", "eu-west-1");
  await click("Continue");
  await click("Save page…");
  await screen.findByText("Saved as Set up CloudFront.html.");
  expect(seen()).toContain("offer-papers");
  expect(seen()).not.toMatch(/contract-papers|eu-central-1|E2QWRUHAPOMQZL/);

  await go("Contracts");
  expect(screen.getByLabelText<HTMLInputElement>("By hand").checked).toBe(true);
  expect(await valueOf("Public key ID")).toBe("E2QWRUHAPOMQZL");
  await screen.findByText("That is a distribution ID: it starts with E.");
  expect(seen()).toContain("contract-papers in eu-central-1");
  expect(seen()).not.toMatch(/offer-papers|eu-west-1/);
  expect(screen.queryByText(/Saved as/)).toBeNull();
  expect(backend.settingUp(NEW_SITE.id).answers).toMatchObject({ bucket: "contract-papers", publicKeyId: "E2QWRUHAPOMQZL" });
  expect(backend.settingUp(other.id).answers).toMatchObject({ bucket: "offer-papers", publicKeyId: "" });

  // What is started again is this one alone.
  await click("Start again");
  await fireEvent.click((await screen.findByRole("alertdialog")).querySelector(".danger") as HTMLElement);
  await waitFor(() => expect(document.querySelector(".steps")).toBeNull());
  await go("Offers");
  expect(seen()).toContain("offer-papers in eu-west-1");
});

test("Start again asks first", async () => {
  const backend = await enterAt("bucketPolicy");
  await click("Start again");
  await screen.findByText(/What was made in AWS stays as it is/);
  await click("Keep it");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(count(backend, "clearSetUp")).toBe(0);
  await click("Start again");
  const sure = (await screen.findByRole("alertdialog")).querySelector(".danger");
  if (sure === null) throw new Error("The question has a button that does it.");
  await fireEvent.click(sure);
  await waitFor(() => expect(document.querySelector(".steps")).toBeNull());
  await choose("By hand");
  expect(lines()[0]).toBe("1. Get the key ready | Done | Contracts");
  expect(lines()[1]).toBe("2. Say where the documents are | To do");
});

test("answers that are not written down are said to be so", async () => {
  const setUp = {
    answers: answersBefore("keyGroup", MADE_KEY.id, false),
    trouble: { code: "settings", why: "notSaved", reason: "diskFull" } as const,
  };
  const backend = await enter({ setUp });
  await screen.findByText("What you answer here is not written down, and is gone when Signet closes.");
  screen.getByText(/Make some room on the disk/);
  await waitFor(() => expect(line("public key")).toContain("Marked as done"));
  delete backend.settingUp().options.trouble;
  await click("Try again");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("a key that is gone from the keychain is put back here", async () => {
  const setUp = { answers: answersBefore("keyGroup", MADE_KEY.id, false), trouble: { code: "keyMissing", name: "Contracts" } as const };
  const backend = await enter({ setUp });
  await screen.findByText(/no longer in this computer's password store/);
  await waitFor(() => expect(line("key group")).toContain("Waiting"));
  delete backend.settingUp().options.trouble;
  await click("Choose key file…");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(line("key group")).toContain("To do");
});

test("a key that was added with another ID is not said to be ready without a word", async () => {
  const answers = { ...answersBefore("connect", SAMPLE_KEY.id, false), publicKeyId: "K3JCJMDEHXQW5F" };
  await enter({ start: { sites: [SAMPLE_SITE] }, setUp: { answers } });
  await screen.findByText(`The key “Client papers” has the public key ID ${ID}, and CloudFront gave it K3JCJMDEHXQW5F.`);
  cleanup();
  await enter({ start: { sites: [SAMPLE_SITE] }, setUp: { answers: answersBefore("connect", SAMPLE_KEY.id, false) } });
  await screen.findByText(`“Client papers” makes links for docs.example.com, and the distribution is ${DOMAIN}.`);
  await click("Make the first link");
  await screen.findByLabelText("Which document?");
});

test("what Rust refuses is said at the step, and nothing is lost", async () => {
  const backend = await enterAt("connect", {
    failing: { registerSetUp: { code: "settings", why: "notSaved", reason: "readOnly" }, copySetUpValue: { code: "clipboardDiffers" } },
  });
  await click("Connect");
  await screen.findByText(/could not be saved, so nothing was changed/);
  await click(/Upload the public key to CloudFront/);
  await click("Copy name");
  await screen.findByText(/Another program took the clipboard/);
  expect(await valueOf("Public key ID")).toBe(ID);
  backend.options.failing = { saveHandoff: { code: "saveFailed", fileName: "a.html", reason: "diskFull" } };
  await choose("For my IT person");
  await click(/Send it to your IT person/);
  await click("Save page…");
  await screen.findByText("a.html could not be saved.");
});

const STEPS = Object.keys(setUpWords.why) as ConsoleStep[];

test.each(STEPS)("the clicks of %s name what the console says", (step) => {
  for (const isExisting of [true, false]) {
    for (const sentence of clicks(step, {
      name: "signet-1",
      bucket: "b",
      origin: "b.s3",
      distribution: isExisting ? "E1" : "",
      isExisting,
    })) {
      expect(sentence).toMatch(/\.$/);
      expect(sentence).not.toMatch(/undefined| {2}|\s[.,]/);
      expect(
        marked(sentence)
          .map(({ text }) => text)
          .join(""),
      ).not.toMatch(/[[\]]/);
    }
    const said = clicks(step, { name: "n", bucket: "b", origin: "o", distribution: "d", isExisting }).flatMap(marked);
    expect(said.filter(({ isConsole }) => isConsole).length).toBeGreaterThan(3);
  }
});

test("a start that fails is tried again", async () => {
  const backend = open({ start: { sites: [NEW_SITE] }, failing: { setUp: { code: "internal" } } });
  await go("Contracts");
  await screen.findByText("Something in Signet went wrong.");
  expect(screen.queryByLabelText("By hand")).toBeNull();
  backend.options.failing = {};
  await click("Try again");
  await screen.findByLabelText("By hand");
});

test("an answer that comes after typing has begun again changes nothing that is typed", async () => {
  const backend = await enterAt("publicKey");
  await choose("By hand");
  const typed = await screen.findByLabelText("Public key ID");
  let answer: (view: SetUpView) => void = () => undefined;
  vi.spyOn(backend, "setUp").mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  const before = backend.settingUp().view();
  await go("Contracts");
  expect(typed.isConnected).toBe(false);
  await type("Public key ID", "K2J");
  answer(before);
  await waitFor(() => expect(count(backend, "answerSetUp")).toBeGreaterThan(0));
  expect(await valueOf("Public key ID")).toBe("K2J");
});
