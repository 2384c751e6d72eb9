/** Journeys of keys that are made here or taken from a file, and of either half of any key, on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import { MADE_KEY, PUBLIC_KEYS, RSA_KEY, SAMPLE_KEY, SAMPLE_ORPHAN } from "../backend/fake-keys";
import { EMPTY_SITE, NEW_SITE, RSA_SITE, SAMPLE_SITE, SWITCHED_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, open, openForIt, openSite, rowOf, type, valueOf, valuesOf } from "./journey-steps";

afterEach(cleanup);

const LONG = "four words of no sense";

const fillIn = async (passphrase: string, repeated = passphrase) => {
  await type("Passphrase for the backup", passphrase);
  await type("The same passphrase again", repeated);
};

const passphrases = () => valuesOf("Passphrase for the backup", "The same passphrase again");

/** To the step of a site's set-up in which it gets its key. */
const openKeyStep = async (name: string) => {
  await openSite(name);
  await click(/the set-up$/);
  await fireEvent.click(await screen.findByLabelText("By hand"));
  const step = await screen.findByRole("button", { name: /Get the key ready/ });
  if (step.getAttribute("aria-expanded") === "false") await fireEvent.click(step);
};

test("from no site to a link with a key that was made here", async () => {
  const backend = open();
  await click("Set up CloudFront");
  await hasKeyboard(screen.findByLabelText("Name"));
  await type("Name", "Contracts");
  await click("Continue");
  await fireEvent.click(await screen.findByLabelText("By hand"));
  expect((await screen.findByRole("radio", { name: "P-256 (recommended)" })).getAttribute("aria-checked")).toBe("true");
  await click("Make key");
  await screen.findByRole("button", { name: /Get the key ready Done|Get the key readyDone/ });
  const [site] = backend.sites.list;
  const [key] = site?.keys ?? [];
  expect(asked(backend, "makeKey")).toEqual([{ siteId: site?.id, name: "", kind: "p256" }]);

  await openForIt("Contracts");
  await screen.findByText("CloudFront does not know it yet");
  await click("Public key");
  const shown = await screen.findByLabelText<HTMLTextAreaElement>("Public key");
  expect(shown.value).toBe(PUBLIC_KEYS.p256.trimEnd());
  expect(shown.readOnly).toBe(true);
  await hasKeyboard(screen.findByRole("button", { name: "Copy" }));
  await click("Copy");
  await screen.findByText(/^Copied/);
  expect(backend.clipboard).toBe(PUBLIC_KEYS.p256);
  await click("Save…");
  await screen.findByText("Saved as Contracts.pem.");
  await click("Close");

  await click("Enter the public key ID");
  await hasKeyboard(screen.findByLabelText("Site address"));
  await type("Site address", "docs.example.com");
  await type("Public key ID", "K2JCJMDEHXQW5F");
  await click("Finish");
  await screen.findByText("“Contracts” is ready.");
  await hasKeyboard(screen.findByRole("button", { name: "Make a link" }));
  await screen.findByText("Makes the links");
  await screen.findByText("K2JCJMDEHXQW5F");
  await click("Make a link");
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(asked(backend, "registerKey")).toEqual([{ id: key?.id, address: "docs.example.com", publicKeyId: "K2JCJMDEHXQW5F" }]);
  expect(asked(backend, "createLink")).toMatchObject([{ signer: { kind: "site", id: site?.id } }]);
});

test("a key that is not made says why and keeps its kind, also while the person looks elsewhere", async () => {
  const backend = open({ start: { sites: [EMPTY_SITE] }, failing: { makeKey: { code: "keychain", why: "locked" } } });
  await openKeyStep("Tenders");
  await fireEvent.click(await screen.findByRole("radio", { name: "RSA 2048" }));
  await screen.findByText(/over 200 characters longer/);
  await click("Make key");
  await screen.findByText("The password store of this computer is locked.");
  await openKeyStep("Tenders");
  expect((await screen.findByRole("radio", { name: "RSA 2048" })).getAttribute("aria-checked")).toBe("true");
  backend.options.failing = {};
  await click("Make key");
  await waitFor(() => expect(asked(backend, "makeKey").at(-1)).toEqual({ siteId: EMPTY_SITE.id, name: "", kind: "rsa2048" }));
  // What was made is not offered again.
  await openKeyStep("Tenders");
  await screen.findByText("The site has the key “Tenders”.");
  expect(screen.queryByRole("button", { name: "Make key" })).toBeNull();
  expect(screen.queryByRole("radio", { name: "RSA 2048" })).toBeNull();
});

test("a key that is made while the person looks at another site waits at its own", async () => {
  const backend = open({ start: { sites: [EMPTY_SITE, NEW_SITE] } });
  let made = () => {};
  const making = new Promise<void>((resolve) => (made = resolve));
  const make = backend.makeKey.bind(backend);
  backend.makeKey = async (request) => making.then(() => make(request));
  await openKeyStep("Tenders");
  await click("Make key");
  await screen.findByRole("button", { name: "Making…" });
  await openSite("Contracts");
  made();
  await waitFor(() => expect(backend.sites.find(EMPTY_SITE.id).keys).toHaveLength(1));
  await waitFor(() => expect(asked(backend, "answerSetUp")).toMatchObject([{ siteId: EMPTY_SITE.id }]));
  await screen.findByRole("heading", { level: 1, name: "Contracts" });
  await openForIt("Tenders");
  await screen.findByText("CloudFront does not know it yet");
});

test("a site with its key waits where the program begins, and gets its ID without the keychain", async () => {
  const backend = open({
    start: { sites: [NEW_SITE] },
    failing: { registerKey: { code: "publicKeyId", why: "isDistributionId", id: "E2QWRUHAPOMQZL" } },
  });
  await rowOf("Contracts");
  expect(screen.queryByRole("button", { name: "New link" })).toBeNull();
  await openForIt("Contracts");
  await click("Enter the public key ID");
  await type("Site address", "docs.example.com");
  await type("Public key ID", "E2QWRUHAPOMQZL");
  await click("Finish");
  await screen.findByText("That is a distribution ID: it starts with E.");
  expect(screen.getByLabelText("Public key ID").getAttribute("aria-invalid")).toBe("true");
  await click("Check a link");
  await openForIt("Contracts");
  await click("Enter the public key ID");
  expect(await valuesOf("Site address", "Public key ID")).toEqual(["docs.example.com", "E2QWRUHAPOMQZL"]);
  backend.options.failing = { registerKey: { code: "settings", why: "notSaved", reason: "diskFull" } };
  await type("Public key ID", "K2JCJMDEHXQW5F");
  await click("Finish");
  await screen.findByText(/could not be saved, so nothing was changed/);
  backend.options.failing = {};
  await click("Finish");
  await screen.findByText("“Contracts” is ready.");
  expect(asked(backend, "showPublicKey")).toEqual([]);
  expect(screen.queryByText("CloudFront does not know it yet")).toBeNull();
  expect(screen.queryByRole("button", { name: "Enter the public key ID" })).toBeNull();
});

test("two unfinished keys do not share what is typed for them", async () => {
  open({ start: { sites: [NEW_SITE, { ...NEW_SITE, id: "1", name: "Board", keys: [{ ...MADE_KEY, id: "2", name: "Board" }] }] } });
  const enter = async (name: string) => {
    await openForIt(name);
    await click("Enter the public key ID");
  };
  await enter("Contracts");
  await type("Site address", "contracts.example.com");
  await enter("Board");
  expect(await valueOf("Site address")).toBe("");
  await enter("Contracts");
  expect(await valueOf("Site address")).toBe("contracts.example.com");
});

test("a key of a site that is not set up is renamed, and removed after a question of its own", async () => {
  const backend = open({ start: { sites: [NEW_SITE] }, failing: { renameKey: { code: "nameTaken", name: "Board" } } });
  await openForIt("Contracts");
  await click("Rename key");
  await type("New name", "Board");
  await click("Save");
  await screen.findByText("The name “Board” is taken already.");
  expect(await valueOf("New name")).toBe("Board");
  backend.options.failing = {};
  await click("Save");
  await screen.findByRole("heading", { name: "Key “Board”" });
  await hasKeyboard(screen.findByRole("button", { name: "Rename key" }));
  await click("Remove key");
  const question = within(await screen.findByRole("alertdialog"));
  question.getByText(/gone for good, unless there is a backup/);
  expect(question.queryByText(/Links already sent/)).toBeNull();
  await fireEvent.click(question.getByRole("button", { name: "Remove key" }));
  await screen.findByText(/This site has no key yet/);
  await hasKeyboard(screen.findByRole("button", { name: "For your IT person" }));
  expect(backend.sites.keys).toEqual([]);
  expect(backend.sites.list.map(({ name }) => name)).toEqual(["Contracts"]);
  expect(asked(backend, "linksOfKey")).toEqual([]);
});

test("one of several keys goes, and the site stays", async () => {
  const backend = open({ start: { sites: [SWITCHED_SITE] }, failing: { removeKey: { code: "keychain", why: "locked" } } });
  await openForIt("Client papers");
  // The one that makes the links comes first.
  expect(screen.getAllByRole("heading", { level: 3, name: /^Key/ }).map(({ textContent }) => textContent)).toEqual([
    "Key “Client papers”",
    "Key “Client papers (old)”",
  ]);
  const removeOld = async () => {
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    await fireEvent.click((await screen.findAllByRole("button", { name: "Remove key" }))[1] as HTMLElement);
    await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove key" }));
  };
  await removeOld();
  await screen.findByText("The password store of this computer is locked.");
  backend.options.failing = {};
  await removeOld();
  await waitFor(() => expect(screen.queryByRole("heading", { name: "Key “Client papers (old)”" })).toBeNull());
  expect(asked(backend, "removeKey").at(-1)).toBe(SAMPLE_KEY.id);
  expect(screen.queryByRole("button", { name: "Remove key" })).toBeNull();
});

test("a key from a file comes to a site that is here, and is asked for nothing that the site has", async () => {
  const backend = open({
    start: { sites: [EMPTY_SITE, { ...EMPTY_SITE, id: "7", name: "Offers", address: "https://o.example.com", host: "o.example.com" }] },
  });
  await openKeyStep("Tenders");
  await click("Take one from a file");
  await screen.findByRole("heading", { name: "Add a key to “Tenders”" });
  await hasKeyboard(screen.findByLabelText("Site address"));
  expect(screen.queryByLabelText("Name of the site")).toBeNull();
  await type("Site address", "docs.example.com");
  await type("Public key ID", "K2JCJMDEHXQW5F");
  // Each site has its own half-typed fields.
  await openForIt("Offers");
  await click("Add a key from a file");
  expect(screen.queryByLabelText("Site address")).toBeNull();
  expect(await valueOf("Public key ID")).toBe("");
  await openForIt("Tenders");
  await click("Add a key from a file");
  expect(await valuesOf("Site address", "Public key ID")).toEqual(["docs.example.com", "K2JCJMDEHXQW5F"]);
  await click("Choose key file…");
  await screen.findByText("“Tenders” is ready.");
  expect(asked(backend, "addKey")).toEqual([
    { siteId: EMPTY_SITE.id, name: "", address: "docs.example.com", publicKeyId: "K2JCJMDEHXQW5F" },
  ]);
  await click("Make a link");
  await screen.findByLabelText("Which document?");
});

test("the public key of any key is shown, copied and saved, and a cancelled dialog says nothing", async () => {
  const backend = open({ start: { sites: [RSA_SITE] }, cancels: true });
  await openForIt("Board papers");
  await click("Public key");
  expect((await screen.findByLabelText<HTMLTextAreaElement>("Public key")).value).toBe(PUBLIC_KEYS.rsa2048.trimEnd());
  await click("Save…");
  await waitFor(() => expect(asked(backend, "savePublicKey")).toEqual([RSA_KEY.id]));
  expect(screen.queryByText(/Saved as/)).toBeNull();
  backend.options.failing = { copyPublicKey: { code: "clipboardDiffers" } };
  await click("Copy");
  await screen.findByText(/Another program took the clipboard/);
  expect(screen.queryByText("Copied")).toBeNull();
  await click("Close");
  await hasKeyboard(screen.findByRole("button", { name: "Public key" }));
});

test("a key that is gone from the keychain is put back from its backup, and its public key is there", async () => {
  const backend = open({
    start: { sites: [NEW_SITE] },
    locked: true,
    failing: { showPublicKey: { code: "keyMissing", name: "Contracts" } },
  });
  await openForIt("Contracts");
  await click("Public key");
  await screen.findByText("The key “Contracts” is no longer in this computer's password store.");
  await click("Choose key file…");
  backend.options.failing = {};
  await type("Passphrase", LONG);
  await click("Unlock");
  await screen.findByText("The key is back in this computer's password store.");
  await screen.findByLabelText("Public key");
  expect(asked(backend, "restoreKey")).toEqual([MADE_KEY.id]);
});

test("a key that was just made waits for a keychain that is locked", async () => {
  const backend = open({ start: { sites: [NEW_SITE] }, failing: { showPublicKey: { code: "keychain", why: "locked" } } });
  await openForIt("Contracts");
  await click("Public key");
  await screen.findByText("The password store of this computer is locked.");
  expect(screen.queryByRole("button", { name: "Copy" })).toBeNull();
  backend.options.failing = {};
  await click("Try again");
  await screen.findByLabelText("Public key");
});

test("a backup is said to be where it is, and its passphrase is asked for anew", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await openForIt("Client papers");
  await click("Back up…");
  await hasKeyboard(screen.findByLabelText("Passphrase for the backup"));
  await screen.findByText(/^At least 15 characters/);
  await screen.findByText(/Nobody can recover its passphrase/);
  await fillIn(LONG);
  await click("Save backup…");
  await screen.findByText("“Client papers” is backed up as Client papers backup.pem in the folder Documents.");
  await screen.findByText(/Nobody can recover its passphrase/);
  expect(asked(backend, "backUpKey")).toEqual([SAMPLE_KEY.id]);
  await click("Close");
  await hasKeyboard(screen.findByRole("button", { name: "Back up…" }));
  await click("Back up…");
  expect(await passphrases()).toEqual(["", ""]);
});

test("while its file's place is chosen, a passphrase is in no field, and a cancelled dialog gives it back", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, cancels: true });
  let answer = () => {};
  const dialog = new Promise<void>((resolve) => (answer = resolve));
  const backUp = backend.backUpKey.bind(backend);
  backend.backUpKey = async (request) => dialog.then(() => backUp(request));
  await openForIt("Client papers");
  await click("Back up…");
  await fillIn(LONG);
  await click("Save backup…");
  await screen.findByRole("button", { name: "Saving…" });
  expect(await passphrases()).toEqual(["", ""]);
  answer();
  await screen.findByRole("button", { name: "Save backup…" });
  expect(await passphrases()).toEqual([LONG, LONG]);
  expect(screen.queryByRole("alert")).toBeNull();
  backend.options.cancels = false;
  await click("Save backup…");
  await screen.findByText(/is backed up as/);
});

test("a passphrase that locks nothing is said at its field", async () => {
  const backend = open({ start: { sites: [NEW_SITE] } });
  await openForIt("Contracts");
  await click("Back up…");
  await fillIn("14 characters.");
  await click("Save backup…");
  await screen.findByText("The passphrase has fewer than 15 characters.");
  expect(screen.getByLabelText("Passphrase for the backup").getAttribute("aria-invalid")).toBe("true");
  expect(await passphrases()).toEqual(["14 characters.", "14 characters."]);
  await fillIn(LONG, `${LONG}.`);
  await click("Save backup…");
  await screen.findByText("The two passphrases are not the same.");
  expect(await passphrases()).toEqual(["", ""]);
  backend.options.failing = { backUpKey: { code: "fileExists", fileName: "Contracts backup.pem" } };
  await fillIn(LONG);
  await click("Save backup…");
  await screen.findByText(/is there already/);
  expect(await passphrases()).toEqual([LONG, LONG]);
});

test("a backup of a key that is gone from the keychain waits until the key is back", async () => {
  const backend = open({ start: { sites: [NEW_SITE] }, failing: { backUpKey: { code: "keyMissing", name: "Contracts" } } });
  await openForIt("Contracts");
  await click("Back up…");
  await fillIn(LONG);
  await click("Save backup…");
  await screen.findByText("The key “Contracts” is no longer in this computer's password store.");
  await click("Choose key file…");
  await screen.findByText("The key is back in this computer's password store.");
  expect(await passphrases()).toEqual([LONG, LONG]);
  backend.options.failing = {};
  await click("Save backup…");
  await screen.findByText("“Contracts” is backed up as Contracts backup.pem in the folder Documents.");
});

test("a file of a key that was made here is not added beside it", async () => {
  open({ start: { sites: [NEW_SITE] }, failing: { addKey: { code: "keyUnfinished", name: "Contracts" } } });
  await click("I have a key file");
  await type("Name of the site", "Again");
  await click("Choose key file…");
  await screen.findByText("This key is here already and has no public key ID yet: “Contracts”.");
  expect(await valueOf("Name of the site")).toBe("Again");
});

const lost = (...keys: (typeof SAMPLE_ORPHAN)[]) => ({ start: { sites: [SAMPLE_SITE] }, orphans: { keys, others: [] as string[] } });

test("a key that the list has lost is found, put back under a name, and finished", async () => {
  const backend = open(lost(SAMPLE_ORPHAN));
  await screen.findByLabelText("Which document?");
  // No start asks the keychain.
  expect(asked(backend, "findOrphans")).toEqual([]);
  await click("Sites");
  await screen.findByRole("heading", { name: "Found in the password store" });
  await screen.findByText(/holds a key of Signet's that is at none of your sites/);
  await screen.findByText(SAMPLE_ORPHAN.fingerprint.match(/.{4}/g)?.join(" ") ?? "");
  expect(await valueOf("Name of the site")).toBe("Found key 8f3a…");
  backend.options.failing = { restoreOrphan: { code: "nameTaken", name: "Client papers" } };
  await type("Name of the site", "client papers");
  await click("Put back");
  await screen.findByText("The name “Client papers” is taken already.");
  expect(await valueOf("Name of the site")).toBe("client papers");
  backend.options.failing = {};
  await type("Name of the site", "Contracts");
  await click("Put back");
  await hasKeyboard(
    screen
      .findByText("“Contracts” is here again, as a site to set up.")
      .then((said) => said.closest<HTMLElement>("[role=status]") as HTMLElement),
  );
  expect(asked(backend, "restoreOrphan").at(-1)).toEqual({ id: SAMPLE_ORPHAN.id, name: "Contracts" });
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
  await openSite("Contracts");
  await click("Go on with the set-up");
  await screen.findByRole("heading", { name: "Set up “Contracts”" });
});

test("a key that the list has lost is removed after a question that shows its fingerprint", async () => {
  const other = {
    ...SAMPLE_ORPHAN,
    id: "1".repeat(32),
    name: "Found key 41d0…",
    fingerprint: "41d0".repeat(16),
    listedAs: "Client papers",
  };
  const backend = open(lost(SAMPLE_ORPHAN, other));
  await click("Sites");
  await screen.findByText(/holds 2 keys of Signet's that are at none of your sites/);
  await screen.findByText("The same key is here already, as “Client papers”.");
  const removeSecond = async () => fireEvent.click((await screen.findAllByRole("button", { name: "Remove…" }))[1] as HTMLElement);
  await removeSecond();
  let question = within(await screen.findByRole("alertdialog"));
  question.getByText(/41d0 41d0/);
  question.getByText(/gone for good, unless there is a backup/);
  await fireEvent.click(question.getByRole("button", { name: "Keep key" }));
  expect(asked(backend, "removeOrphan")).toEqual([]);
  backend.options.failing = { removeOrphan: { code: "keychain", why: "locked" } };
  await removeSecond();
  question = within(await screen.findByRole("alertdialog"));
  await fireEvent.click(question.getByRole("button", { name: "Remove key" }));
  await screen.findByText("The password store of this computer is locked.");
  backend.options.failing = {};
  await removeSecond();
  question = within(await screen.findByRole("alertdialog"));
  await fireEvent.click(question.getByRole("button", { name: "Remove key" }));
  await screen.findByText("The key is removed from the password store.");
  expect(asked(backend, "removeOrphan").at(-1)).toEqual({ id: other.id, fingerprint: other.fingerprint });
  expect(screen.getAllByRole("button", { name: "Remove…" })).toHaveLength(1);
});

test("nothing is said of a keychain in which there is nothing else, or which does not say or cannot", async () => {
  for (const options of [
    lost(),
    { ...lost(), orphans: null },
    { ...lost(SAMPLE_ORPHAN), failing: { findOrphans: { code: "keychain", why: "locked" } } } as const,
  ]) {
    const backend = open(options);
    await click("Sites");
    await waitFor(() => expect(asked(backend, "findOrphans")).toHaveLength(1));
    await screen.findByRole("button", { name: "Add a site" });
    expect(screen.queryByText("Found in the password store")).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
    cleanup();
  }
});

test("whose list is empty finds the way to keys that it has lost, and is told where the keychain cannot be asked", async () => {
  const empty = { orphans: { keys: [SAMPLE_ORPHAN], others: [] as string[] } };
  const backend = open(empty);
  await screen.findByText(/Were there keys here before/);
  expect(asked(backend, "findOrphans")).toEqual([]);
  await click("Look for lost keys");
  await screen.findByText("Found in the password store");
  await click("Put back");
  await rowOf("Found key 8f3a");
  cleanup();
  open({ ...empty, failing: { findOrphans: { code: "keychain", why: "locked" } } });
  await click("Look for lost keys");
  await screen.findByText("The password store of this computer is locked.");
  expect(screen.queryByText("Found in the password store")).toBeNull();
});

test("what lies under Signet's name and is no key is named, and nothing is offered for it", async () => {
  open({ start: { sites: [SAMPLE_SITE] }, orphans: { keys: [], others: ["notes", "old"] } });
  await click("Sites");
  await screen.findByText(/“notes”, “old”: no keys of Signet's/);
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Remove…" })).toBeNull();
});

test("where the program begins at the sites, the keychain is asked once somebody goes there", async () => {
  const backend = open({ start: { sites: [NEW_SITE] }, orphans: { keys: [SAMPLE_ORPHAN], others: [] } });
  await rowOf("Contracts");
  expect(asked(backend, "findOrphans")).toEqual([]);
  await click("Check a link");
  await click("Sites");
  await screen.findByText("Found in the password store");
});
