/** Journeys through *Set up CloudFront*, *Done for you*, and *Check my set-up*, on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import type { CheckLine, IpcError, PlanView } from "../backend/bindings";
import type { Fake, FakeOptions } from "../backend/fake";
import { IN_DOUBT, RIGHT, WRONG } from "../backend/fake-done-for-you";
import { MADE_KEY, SAMPLE_KEY } from "../backend/fake-keys";
import { answersBefore } from "../backend/fake-set-up";
import { EMPTY_SITE, NEW_SITE, RENEWED_SITE, SAMPLE_SITE, SWITCHED_SITE } from "../backend/fake-sites";
import { checkWords, LINES } from "../copy/check-lines";
import { doneWords, readable, workWords } from "../copy/done-for-you";
import { click, hasKeyboard, open, openForIt, openSite, type, valueOf, isOpen, lastAnswers } from "./journey-steps";

afterEach(cleanup);

const DOMAIN = "d111111abcdef8.cloudfront.net";
const POLICY = '{"Version":"2012-10-17"}';
const NOT_ALLOWED: IpcError = {
  code: "aws",
  why: "notAllowed",
  action: "s3:PutBucketPolicy",
  deniedBy: null,
  bucket: null,
  policy: POLICY,
};

const choose = async (label: string) => fireEvent.click(await screen.findByLabelText(label));
const pick = async (label: string, value: string) => fireEvent.change(await screen.findByLabelText(label), { target: { value } });

/** The window at the set-up of a site. */
const go = async (name: string) => {
  await openForIt(name);
  await click("Set up");
  await screen.findByLabelText("Done for you");
};

const checkSetUp = async (name: string) => {
  await openForIt(name);
  await click("Check the set-up");
};

const enter = async (options: FakeOptions = {}) => {
  const backend = open({ start: { sites: [NEW_SITE] }, ...options });
  await go(options.start?.sites?.[0]?.name ?? "Contracts");
  return backend;
};

/** With the documents known from an earlier time. */
const enterKnown = (options: FakeOptions = {}, isExisting = false) =>
  enter({ setUp: { answers: answersBefore("publicKey", MADE_KEY.id, isExisting) }, ...options });

/** As far as the plan. */
const plan = async (options: FakeOptions = {}, isExisting = false) => {
  const backend = await enterKnown(options, isExisting);
  await choose("Done for you");
  if (options.aws?.made === undefined) {
    await click("Look for my AWS login");
    await click("Continue");
  }
  await click("Show the plan");
  await screen.findByText(/In the AWS account 123456789012, under the name/);
  return backend;
};

const read = (selector: string, parts: string) =>
  [...document.querySelectorAll(selector)].map((line) =>
    [...line.querySelectorAll(parts)].map((part) => part.textContent.replaceAll("\u00a0", " ").trim()).join(" | "),
  );

const steps = () => read(".step .line", "span");
const step = (start: string) => steps().find((text) => text.includes(start)) ?? "";
const lines = () => read(".todo .lines li", ".what, .state");

const count = (backend: Fake, wanted: string) => backend.calls.filter(({ command }) => command === wanted).length;
test("from a site without a key to its first link, with the bucket of a list", async () => {
  const backend = await enter({ start: { sites: [EMPTY_SITE] } });
  const ways = screen.getAllByRole("radio").map((radio) => document.querySelector(`label[for="${radio.id}"]`)?.textContent);
  expect(ways).toEqual(["Done for you", "By hand", "For my IT person"]);
  await choose("Done for you");
  expect(steps()).toHaveLength(6);
  await click("Make key");

  await isOpen("Find your AWS login");
  screen.getByText(/It stores nothing of it/);
  expect(count(backend, "awsPlaces")).toBe(0);
  await type("AWS profile", "papers");
  await click("Look for my AWS login");
  await screen.findByText("The login is for the AWS account 123456789012.");
  expect(backend.calls.find(({ command }) => command === "awsPlaces")?.request).toEqual({ siteId: EMPTY_SITE.id, profile: "papers" });
  await click("Continue");
  expect(step("AWS login")).toBe("2. Find your AWS login | Done | AWS account 123456789012");

  await isOpen("Say where the documents are");
  await pick("Bucket", "client-papers");
  expect(await valueOf("Region")).toBe("eu-central-1");
  await click("Continue");
  await isOpen("Review the plan");
  expect(step("documents are")).toBe("3. Say where the documents are | Done | client-papers in eu-central-1, a new distribution");
  expect(step("Let Signet do it")).toContain("Waiting | Needs step 4.");
  expect(screen.queryByRole("button", { name: "Apply" })).toBeNull();
  await click("Show the plan");
  await screen.findByText("Distribution for the bucket client-papers");
  expect(lines()).toEqual([
    "Origin access control | Will be made",
    "Public key | Will be made",
    "Key group | Will be made",
    "Distribution for the bucket client-papers | Will be made",
    "Policy of the bucket client-papers | Will change",
  ]);
  // What is there stays, and what comes to it is shown by itself.
  expect(screen.getByRole("group", { name: "Before, and stays" }).textContent).toContain("role/backup");
  expect(screen.getByRole("group", { name: "Added" }).textContent).not.toContain("role/backup");
  expect(count(backend, "applySetUp")).toBe(0);
  await click("Apply");

  await isOpen("Check the set-up");
  expect(step("Let Signet do it")).toBe(`5. Let Signet do it | Done | ${DOMAIN}`);
  expect(count(backend, "checkSetUp")).toBe(0);
  await click("Check now");
  await screen.findByText("Everything is right.");
  expect(step("Check the set-up")).toContain("Done");
  await click("Make the first link");
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(backend.calls.find(({ command }) => command === "createLink")?.request).toMatchObject({
    signer: { kind: "site", id: EMPTY_SITE.id },
  });
});

test("a login that may not list is not in the way: the names are typed", async () => {
  const backend = await enter({
    failing: { awsPlaces: { code: "aws", why: "notAllowed", action: "s3:ListAllMyBuckets", deniedBy: null, bucket: null, policy: POLICY } },
  });
  await choose("Done for you");
  await click("Look for my AWS login");
  await screen.findByText("This AWS login may not do what is needed: s3:ListAllMyBuckets.");
  await screen.findByText(/Only the list is missing/);
  expect(screen.getByRole("group", { name: "Permission" }).textContent).toBe(readable(POLICY));
  await click("Copy permission");
  await screen.findByText(/^Copied/);
  expect(backend.clipboard).toBe(readable(POLICY));
  await click("Continue");
  await type("Bucket", "client-papers");
  await type("Region", "eu-central-1");
  await click("Continue");
  await isOpen("Review the plan");
});

test("without a login it does not go on, and another profile is looked at anew", async () => {
  const backend = await enterKnown({ failing: { awsPlaces: { code: "aws", why: "noLogin", bucket: null, policy: null } } });
  await choose("Done for you");
  await click("Look for my AWS login");
  await screen.findByText("There is no AWS login on this computer.");
  expect(screen.queryByRole("button", { name: "Continue" })).toBeNull();
  backend.options.failing = {};
  await click("Look again");
  await screen.findByText(/The login is for/);
  await type("AWS profile", "other");
  await waitFor(() => expect(screen.queryByText(/The login is for/)).toBeNull());
  await waitFor(() => expect(lastAnswers(backend).profile).toBe("other"));
  expect(step("AWS login")).toContain("To do");
});

test("what is not in the list is typed, and a distribution is chosen", async () => {
  const backend = await enter();
  await choose("Done for you");
  await click("Look for my AWS login");
  await click("Continue");
  await click("Continue");
  await screen.findByText("It is not said yet where the documents are.");
  expect(step("documents are")).toContain("To do");
  await pick("Bucket", "\0");
  await type("Name of the bucket", "s3://elsewhere");
  await screen.findByText("Understood as elsewhere");
  await type("Name of the bucket", "elsewhere");
  // The list did not say its region.
  await pick("Bucket", "old-archive");
  expect(screen.queryByLabelText("Name of the bucket")).toBeNull();
  expect(await valueOf("Region")).toBe("");
  await type("Region", "us-east-1");
  await choose("One that is there");
  await pick("Distribution ID", "E2QWRUHAPOMQZL");
  screen.getByRole("option", { name: "E2QWRUHAPOMQZL — d111111abcdef8.cloudfront.net — Client papers" });
  await click("Continue");
  await isOpen("Review the plan");
  expect(lastAnswers(backend)).toMatchObject({ bucket: "old-archive", region: "us-east-1", distributionId: "E2QWRUHAPOMQZL" });
});

test("the plan says what it costs readers before anything is done", async () => {
  const backend = await plan({ aws: { closes: true, staysOpen: ["/public/*"] } }, true);
  const note = screen.getByText("Documents that open for everyone today will need a link.");
  const button = screen.getByRole("button", { name: "Apply" });
  expect(note.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  screen.getByText("These paths of the distribution stay open to everyone: /public/*.");
  screen.getByText("Readers may come over IPv6.");
  expect(lines().at(-1)).toBe("Distribution E2QWRUHAPOMQZL | Will change");
  expect(screen.getAllByRole("group", { name: "Before" }).map(({ textContent }) => textContent)).toContain("None");
  // What is changed afterwards makes the plan another one.
  await click(/Say where the documents are/);
  await type("Region", "eu-west-1");
  await click("Continue");
  await isOpen("Review the plan");
  expect(screen.queryByRole("button", { name: "Apply" })).toBeNull();
  expect(count(backend, "applySetUp")).toBe(0);
});

test("an access key for the documents is planned where it is asked for, and every answer is another plan", async () => {
  const backend = await plan();
  const asked = () => backend.calls.filter(({ command }) => command === "planSetUp").at(-1)?.request;
  expect(asked()).toMatchObject({ documentLogin: null });
  const before = lines();
  expect(screen.queryByLabelText("It may also rename and remove documents")).toBeNull();

  await choose("Also make an access key for the documents");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Apply" })).toBeNull());
  await click("Show the plan");
  await screen.findByRole("button", { name: "Apply" });
  expect(asked()).toMatchObject({ documentLogin: { mayRemove: false } });
  expect(lines().slice(0, before.length)).toEqual(before);
  expect(lines()).toHaveLength(before.length + 3);

  await choose("It may also rename and remove documents");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Apply" })).toBeNull());
  await click("Show the plan");
  await screen.findByRole("button", { name: "Apply" });
  expect(asked()).toMatchObject({ documentLogin: { mayRemove: true } });

  // Taken back: the plan is the one from before.
  await choose("Also make an access key for the documents");
  await click("Show the plan");
  await screen.findByRole("button", { name: "Apply" });
  expect(asked()).toMatchObject({ documentLogin: null });
  expect(lines()).toEqual(before);
  expect(count(backend, "applySetUp")).toBe(0);
});

test("a plan that comes after the documents were changed is not shown", async () => {
  const backend = await enterKnown({ aws: { made: 1 } });
  let answer: (plan: PlanView) => void = () => undefined;
  const shown = backend.awsOf().plan(null);
  vi.spyOn(backend, "planSetUp").mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  await click("Show the plan");
  await click(/Say where the documents are/);
  await type("Region", "eu-west-1");
  answer(shown);
  await waitFor(() => expect(lastAnswers(backend).region).toBe("eu-west-1"));
  await click("Continue");
  await screen.findByRole("button", { name: "Show the plan" });
  expect(screen.queryByText(/In the AWS account/, { selector: ".todo p" })).toBeNull();
});

test("a plan that cannot be made says why", async () => {
  const backend = await enterKnown({
    aws: { made: 1 },
    failing: { planSetUp: { code: "setUpOtherKey", id: "K3JCJMDEHXQW5F", name: "signet-1" } },
  });
  await click("Show the plan");
  await screen.findByText("The public key K3JCJMDEHXQW5F is called signet-1 in CloudFront, but it is another key.");
  backend.options.failing = {};
  await click("Show the plan");
  await screen.findByRole("button", { name: "Go on" });
  expect(screen.queryByRole("alert")).toBeNull();
});

test("Stop ends it after the step, and Go on makes nothing twice", async () => {
  const backend = await plan({ aws: { pace: 600_000 } });
  await click("Apply");
  await isOpen("Let Signet do it");
  await screen.findByText("Making the origin access control…");
  expect(step("Let Signet do it")).toBe("5. Let Signet do it | Working…");
  expect(lines()[0]).toBe("Origin access control | Working…");
  expect(lines()[1]).toBe("Public key | To come");
  // Nothing else can be changed meanwhile.
  expect(screen.queryByRole("button", { name: /Say where the documents are/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "Start again" })).toBeNull();
  expect(screen.getByLabelText("By hand").closest("fieldset")?.disabled).toBe(true);
  await click("Stop");
  await screen.findByText("It was stopped before the next step.");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(lines()[0]).toBe("Origin access control | Not done");
  backend.awsOf().options.pace = 0;
  await click("Go on");
  await isOpen("Check the set-up");
  expect(count(backend, "planSetUp")).toBe(1);
  expect(backend.awsOf().made).toHaveLength(5);
});

test("a failure in the middle is said at its step, and it goes on from there", async () => {
  const backend = await plan({ aws: { pace: 30, fails: { at: "bucketPolicy", error: NOT_ALLOWED } } });
  await click("Apply");
  await screen.findByText("This AWS login may not do what is needed: s3:PutBucketPolicy.");
  expect(backend.awsOf().made).toHaveLength(4);
  screen.getByRole("button", { name: "Copy permission" });
  expect((await screen.findByText("What Signet made")).parentElement?.querySelectorAll("li")).toHaveLength(4);
  expect(step("Check the set-up")).toContain("Waiting | Needs step 5.");
  await click("Show the plan again");
  await waitFor(() =>
    expect(lines().map((line) => line.split(" | ")[1])).toEqual([
      "There already",
      "There already",
      "There already",
      "There already",
      "Will change",
    ]),
  );
  await click("Go on");
  await isOpen("Check the set-up");
  expect(backend.awsOf().made).toHaveLength(5);
});

test("work goes on while other screens are looked at, and the key is ready then", async () => {
  const backend = await plan({ aws: { pace: 600_000 } });
  await click("Apply");
  await screen.findByText("Making the origin access control…");
  await openSite("Contracts");
  await screen.findByRole("button", { name: "Go on with the set-up" });
  backend.awsOf().options.pace = 0;
  await go("Contracts");
  await screen.findByText("Making the origin access control…");
  await click("Stop");
  await click("Go on");
  await openForIt("Contracts");
  await screen.findByRole("button", { name: "Check the set-up" });
});

test("while one site is being made another is looked at, planned and linked to, and shows nothing of it", async () => {
  const other = { ...NEW_SITE, id: "7", name: "Offers", keys: [{ ...MADE_KEY, id: "8", name: "Offers" }] };
  const backend = await plan({ start: { sites: [NEW_SITE, other, SAMPLE_SITE] }, aws: { pace: 600_000 } });
  await click("Apply");
  await screen.findByText("Making the origin access control…");

  await go("Offers");
  expect(screen.queryByText("Making the origin access control…")).toBeNull();
  expect(screen.getByLabelText("By hand").closest("fieldset")?.disabled).toBe(false);
  await choose("Done for you");
  expect(step("AWS login")).toContain("To do");
  await click("Look for my AWS login");
  await click("Continue");
  await pick("Bucket", "board-papers");
  await click("Continue");
  await click("Show the plan");
  await screen.findByText("Distribution for the bucket board-papers");
  expect(lines().every((text) => text.endsWith("Will be made") || text.endsWith("Will change"))).toBe(true);

  // Typed meanwhile for the site that is ready: it stays that one's when the other is done.
  await click("New link");
  await type("Which document?", "a.pdf");
  backend.awsOf(NEW_SITE.id).options.pace = 0;
  await go("Contracts");
  await click("Stop");
  await click("Go on");
  await click("New link");
  await waitFor(() => expect(backend.sites.find(NEW_SITE.id).signingKeyId).toBe(MADE_KEY.id));
  await waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>("Site").options).toHaveLength(2));
  expect(await valueOf("Site")).toBe(SAMPLE_SITE.id);
  expect(await valueOf("Which document?")).toBe("a.pdf");
  expect(backend.awsOf(other.id).made).toEqual([]);
  await go("Offers");
  await screen.findByText("Distribution for the bucket board-papers");
  expect(screen.queryByText("What Signet made")).toBeNull();
});

test("after a restart in the middle it goes on where it was", async () => {
  const backend = await enterKnown({ aws: { made: 2 } });
  await screen.findByRole("button", { name: /Review the plan/, expanded: true });
  expect(screen.getByLabelText<HTMLInputElement>("Done for you").checked).toBe(true);
  expect(step("AWS login")).toBe("2. Find your AWS login | Done | AWS account 123456789012");
  screen.getByText(/Some of it is made already/);
  expect(count(backend, "awsPlaces")).toBe(0);
  await click("Show the plan");
  await screen.findByRole("button", { name: "Go on" });
  expect(
    lines()
      .slice(0, 3)
      .map((line) => line.split(" | ")[1]),
  ).toEqual(["There already", "There already", "Will be made"]);
  await click("Go on");
  await isOpen("Check the set-up");
});

test("where everything is there already, only the key is connected", async () => {
  await plan({ aws: { made: 5 } });
  screen.getByText(/There is nothing to make or change/);
  await click("Connect the key");
  await isOpen("Check the set-up");
});

test("a check puts first what is wrong, each with what to do", async () => {
  const backend = await enterKnown({ start: { sites: [SAMPLE_SITE] }, aws: { lines: WRONG } });
  await checkSetUp("Client papers");
  await screen.findByText(/everything is right for “Client papers”: client-papers in eu-central-1, a new distribution/);
  await screen.findByText("2 things are not as they should be.");
  // Whoever asked for the check has it, with no other click.
  expect(count(backend, "checkSetUp")).toBe(1);
  expect(lines().map((line) => line.split(" | ")[1])).toEqual([
    ...["Wrong", "Wrong", "On its way"],
    ...Array<string>(2).fill("Look"),
    "Cannot be seen from here",
    ...Array<string>(3).fill("Fine"),
  ]);
  screen.getByText(/Take that statement out of the policy/);
  expect(step("Check the set-up")).toContain("To do");
  backend.awsOf().options.lines = [{ state: "waiting", line: { kind: "deploying", id: "E2QWRUHAPOMQZL" } }];
  await click("Check again");
  await screen.findByText(/CloudFront takes some minutes to deploy it/);
});

test("a document can be tried, and its address is judged at the field", async () => {
  const backend = await enter({ start: { sites: [SAMPLE_SITE] }, setUp: { answers: answersBefore("publicKey", SAMPLE_KEY.id, false) } });
  await checkSetUp("Client papers");
  await screen.findByRole("button", { name: "Check again" });
  await type("Address of a document, to try a link", "http://docs.example.com/a.pdf");
  await click(/^Check (now|again)$/);
  await screen.findByText("This address begins with http://, but your site uses https://.");
  await hasKeyboard(screen.findByLabelText("Address of a document, to try a link"));
  await type("Address of a document, to try a link", "https://docs.example.com/a.pdf");
  await click(/^Check (now|again)$/);
  await screen.findByText("A link of this key opens the document.");
  expect(backend.calls.findLast(({ command }) => command === "checkSetUp")?.request).toEqual({
    siteId: SAMPLE_SITE.id,
    document: "https://docs.example.com/a.pdf",
  });
});

test("a check of a key that came as a file finds the distribution by the site's address, with no other click", async () => {
  const place = { kind: "one", distributionId: "E2QWRUHAPOMQZL", bucket: "client-papers", region: "eu-central-1" } as const;
  const backend = await enter({ start: { sites: [SAMPLE_SITE] }, aws: { place } });
  await checkSetUp("Client papers");
  await screen.findByText("Everything is right.");
  expect([count(backend, "awsPlaces"), count(backend, "checkSetUp")]).toEqual([1, 1]);
  expect(lastAnswers(backend)).toMatchObject({
    keyId: SAMPLE_KEY.id,
    bucket: "client-papers",
    region: "eu-central-1",
    distributionId: "E2QWRUHAPOMQZL",
  });
  // It is known from now on.
  await checkSetUp("Client papers");
  await waitFor(() => expect(count(backend, "checkSetUp")).toBe(2));
  expect(count(backend, "awsPlaces")).toBe(1);
});

test.each([
  [{ kind: "none" }, "No distribution of this AWS account has the address of this site."],
  [{ kind: "several", ids: ["E1", "E2"] }, "Several distributions have the address of this site: E1, E2."],
  [{ kind: "noBucket", id: "E1" }, "The distribution E1 has the address of this site, and does not fetch its documents from a bucket."],
] as const)("a check says that the account has %o, and asks where the documents are", async (place, what) => {
  const backend = await enter({ start: { sites: [SAMPLE_SITE] }, aws: { place } as never });
  await checkSetUp("Client papers");
  await screen.findByText(what);
  await screen.findByRole("button", { name: /Say where the documents are/, expanded: true });
  expect(count(backend, "checkSetUp")).toBe(0);
});

test("a check without a login says so where the login is looked for", async () => {
  const failing: FakeOptions["failing"] = { awsPlaces: { code: "aws", why: "noLogin", bucket: null, policy: null } };
  const backend = await enter({ start: { sites: [SAMPLE_SITE] }, failing });
  await checkSetUp("Client papers");
  await screen.findByText("There is no AWS login on this computer.");
  expect(count(backend, "checkSetUp")).toBe(0);
});

test("a check of a key whose documents are not known asks for them first", async () => {
  const backend = await enter({ start: { sites: [SAMPLE_SITE] }, aws: { place: { kind: "none" } } });
  await checkSetUp("Client papers");
  await waitFor(() => expect(step("Get the key ready")).toContain("Done | Client papers"));
  await screen.findByRole("button", { name: /Say where the documents are/, expanded: true });
  await fireEvent.change(await screen.findByLabelText("Bucket"), { target: { value: "client-papers" } });
  await click("Continue");
  await isOpen("Check the set-up");
  expect(lastAnswers(backend).keyId).toBe(SAMPLE_KEY.id);
});

test("Undo says what goes and asks first; the key waits to be connected again", async () => {
  const backend = await plan();
  await click("Apply");
  await isOpen("Check the set-up");
  const made = within(screen.getByText("What Signet made").closest("section") ?? document.body);
  expect(made.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "The origin access control E3AAAAAAAAAAAA",
    "The public key K2JCJMDEHXQW5F",
    "The key group 8f2c8f2c-8f2c-8f2c-8f2c-8f2c8f2c8f2c",
    "The distribution E2QWRUHAPOMQZL",
    "The policy of the bucket client-papers, changed",
  ]);
  await click("Undo…");
  const question = within(await screen.findByRole("alertdialog"));
  question.getByText("Links of this key open nothing after that.");
  question.getByText("The policy of the bucket client-papers: what Signet added goes, the rest stays.");
  await fireEvent.click(question.getByRole("button", { name: "Keep it" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(count(backend, "undoSetUp")).toBe(0);

  await click("Undo…");
  await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Undo it" }));
  await screen.findByText("All that Signet made is taken back.");
  expect(backend.awsOf().made).toEqual([]);
  await waitFor(() => expect(step("Let Signet do it")).toContain("Waiting"));
  await openForIt("Contracts");
  await screen.findByRole("button", { name: "Go on with the set-up" });
  expect(screen.queryByRole("button", { name: "Check the set-up" })).toBeNull();
});

test("an Undo names what it left as it was", async () => {
  const things = [
    { thing: "keyGroup", id: "production-group", why: "differs" },
    { thing: "policy", id: "client-papers", why: "othersUseIt" },
  ] as const;
  await enterKnown({ aws: { made: 3, fails: { at: "accessControl", error: { code: "setUpLeft", things: [...things] } } } });
  await click("Undo…");
  await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Undo it" }));
  await screen.findByText(
    /the key group production-group, which is not as Signet made it; .*client-papers, by which links of other keys open/,
  );
  screen.getByText(/remove by hand what is not needed/);
});

test("an Undo that AWS refuses keeps what is left, and is tried again", async () => {
  const backend = await enterKnown({
    aws: { made: 3, fails: { at: "publicKey", error: { code: "setUpInUse", thing: "publicKey", id: "K2JCJMDEHXQW5F" } } },
  });
  const undo = async () => {
    await click("Undo…");
    await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Undo it" }));
  };
  await undo();
  await screen.findByText("Something else still uses the public key K2JCJMDEHXQW5F, so AWS does not remove it.");
  expect(backend.awsOf().made).toHaveLength(2);
  await undo();
  await screen.findByText("All that Signet made is taken back.");
});

test("what Signet wrote down and cannot read is said, and only where it matters", async () => {
  await enterKnown({ failing: { setUpMade: { code: "setUpJournalUnreadable", fileName: "signet-1.json" } } });
  await choose("By hand");
  await screen.findByText("By the public key CloudFront sees that a link is yours. It cannot make links, so anybody may read it.");
  expect(screen.queryByRole("alert")).toBeNull();
  await choose("Done for you");
  await screen.findByText("What Signet wrote down of this set-up cannot be read: signet-1.json.");
});

test("a login of another account than before is told", async () => {
  const backend = await enterKnown({ aws: { made: 2 } });
  const places = await backend.awsPlaces({ siteId: NEW_SITE.id });
  vi.spyOn(backend, "awsPlaces").mockResolvedValue({ ...places, account: "210987654321" });
  await click(/Find your AWS login/);
  await click("Look for my AWS login");
  await screen.findByText("This set-up was made in the AWS account 123456789012, and the login is for another.");
});

test("another key of the site has its own plan, and what was made for it", async () => {
  const backend = await enter({
    start: { sites: [RENEWED_SITE] },
    setUp: { answers: answersBefore("publicKey", RENEWED_SITE.newKeyId ?? "", false) },
    aws: { made: 2 },
  });
  await click("Show the plan");
  await screen.findByRole("button", { name: "Go on" });
  backend.awsOf().made = [];
  await click(/Get the key ready/);
  await choose("Client papers");
  await click("Continue");
  await waitFor(() => expect(screen.queryByText("What Signet made")).toBeNull());
  expect(screen.queryByRole("button", { name: "Go on" })).toBeNull();
});

test("what could not be seen is not called right", async () => {
  const place = { kind: "one", distributionId: "E2QWRUHAPOMQZL", bucket: "client-papers", region: "eu-central-1" } as const;
  const unseen = { state: "notSeen", line: { kind: "documentsNotSeen", action: "remove" } } as const;
  await enter({ start: { sites: [SAMPLE_SITE] }, aws: { place, lines: [...RIGHT, unseen] } });
  await checkSetUp("Client papers");
  await screen.findByText("Everything that could be seen is right.");
  await screen.findByText("Whether the login for the documents may rename and remove them could not be seen without doing it.");
});

test("a policy that nobody can judge from here is not called right, until a document opens", async () => {
  const place = { kind: "one", distributionId: "E2QWRUHAPOMQZL", bucket: "client-papers", region: "eu-central-1" } as const;
  await enter({ start: { sites: [SAMPLE_SITE] }, aws: { place, lines: IN_DOUBT } });
  await checkSetUp("Client papers");
  await screen.findByText("Whether the bucket lets CloudFront in cannot be seen from here.");
  expect(screen.queryByText("Everything that could be seen is right.")).toBeNull();
  await type("Address of a document, to try a link", "https://docs.example.com/a.pdf");
  await click("Check again");
  await screen.findByText("Everything that could be seen is right.");
});

test("what was checked of one key is not said of another that answers have now", async () => {
  const [first, other] = SWITCHED_SITE.keys;
  const backend = await enter({
    start: { sites: [SWITCHED_SITE] },
    setUp: { answers: answersBefore("publicKey", first?.id ?? "", false) },
    aws: { made: 5 },
  });
  await click("Check now");
  await screen.findByText("Everything is right.");
  // As where the site goes on with its new key.
  const guide = backend.settingUp();
  guide.answer({ ...guide.answers, keyId: other?.id ?? "" });
  await go("Client papers");
  await waitFor(() => expect(step("Get the key ready")).toBe("1. Get the key ready | Done | Client papers"));
  expect(screen.queryByText("Everything is right.")).toBeNull();
});

test("the check is of the key that makes the links, whichever was answered for before", async () => {
  const backend = open({
    start: { sites: [RENEWED_SITE] },
    setUp: { answers: answersBefore("publicKey", RENEWED_SITE.newKeyId ?? "", false) },
  });
  await checkSetUp("Client papers");
  await screen.findByRole("button", { name: /Check the set-up/, expanded: true });
  await waitFor(() => expect(lastAnswers(backend).keyId).toBe(SAMPLE_KEY.id));
});

test.each(LINES)("the line %s has words", (kind) => {
  const data = {
    id: "E2QWRUHAPOMQZL",
    why: "website",
    paths: ["/a/*"],
    who: ["arn:aws:iam::1:root"],
    key: "arn:aws:kms:x",
    action: "put",
    sid: "VpceOnly",
    number: 1,
    hosts: ["client-papers-dr.s3.eu-west-1.amazonaws.com"],
    path: "/production",
    codes: [403, 404],
    bucket: "logs",
    readers: ["arn:aws:iam::1:root"],
    parameter: "response-content-disposition",
  };
  // Why documents are not reached has reasons of its own.
  const why = kind === "documentsNotReached" ? "accessKeyUnknown" : data.why;
  hasWords({ kind, ...data, why } as never);
});

test.each(["list", "put", "read", "abort", "remove", "invalidate"] as const)(
  "the permission to %s has words, whatever was seen of it",
  (action) => {
    for (const kind of ["documentsAllowed", "documentsRefused", "documentsNotSeen"] as const) hasWords({ kind, action });
  },
);

test.each(["accessKeyMissing", "accessKeyUnknown", "accessKeyMismatch", "otherAccount", "login", "bucket", "noAnswer"] as const)(
  "documents that are not reached say why: %s",
  (why) => hasWords({ kind: "documentsNotReached", why, account: "210987654321" } as never),
);

function hasWords(line: CheckLine) {
  const { what, doNow } = checkWords(line);
  expect(what).toMatch(/^[A-Z].*\.$/);
  expect(`${what} ${doNow ?? ""}`).not.toMatch(/undefined|null|\[object/);
  if (doNow !== null) expect(doNow).toMatch(/^[A-Z].*\.$/);
}

test("each step and each thing has words while it is done", () => {
  for (const step of Object.keys(doneWords.plan.things)) expect(workWords({ kind: "making", step } as never)).toMatch(/^[A-Z].*…$/);
  for (const thing of ["accessControl", "publicKey", "keyGroup", "distribution", "policy", "change"])
    expect(workWords({ kind: "takingBack", thing } as never)).toMatch(/^[A-Z].*…$/);
  expect(workWords({ kind: "waiting" })).toMatch(/some minutes/);
  expect(checkWords({ kind: "somethingNew" } as never).what).toBe("Something in Signet went wrong.");
});
