/** Journeys of keys that are made here, and of either half of any key, on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import { RSA_KEY, SAMPLE_KEY } from "./backend/fake";
import { PUBLIC_HALVES, SAMPLE_MADE, SAMPLE_ORPHAN } from "./backend/fake-made-keys";
import { click, hasKeyboard, open, type, valueOf, valuesOf } from "./journey-steps";

afterEach(cleanup);

const LONG = "four words of no sense";

const asked = (backend: ReturnType<typeof open>, command: string) =>
  backend.calls.filter((call) => call.command === command).map(({ request }) => request);

const fillIn = async (passphrase: string, repeated = passphrase) => {
  await type("Passphrase for the backup", passphrase);
  await type("The same passphrase again", repeated);
};

const passphrases = () => valuesOf("Passphrase for the backup", "The same passphrase again");

test("from no key to a link with a key that was made here", async () => {
  const backend = open();
  await click("Make a new key");
  await hasKeyboard(screen.findByLabelText("Name"));
  await type("Name", "Contracts");
  expect(screen.getByRole("radio", { name: "P-256 (recommended)" }).getAttribute("aria-checked")).toBe("true");
  await click("Make key");

  await screen.findByRole("heading", { name: "Finish “Contracts”" });
  const half = await screen.findByLabelText<HTMLTextAreaElement>("Public half");
  expect(half.value).toBe(PUBLIC_HALVES.p256.trimEnd());
  expect(half.readOnly).toBe(true);
  await hasKeyboard(screen.findByRole("button", { name: "Copy" }));
  await click("Copy");
  await screen.findByRole("button", { name: "Copied" });
  expect(backend.clipboard).toBe(PUBLIC_HALVES.p256);
  await click("Save…");
  await screen.findByText("Saved as Contracts.pem.");

  await type("Site address", "docs.example.com");
  await type("Public key ID", "K2JCJMDEHXQW5F");
  await click("Finish key");
  await screen.findByText("“Contracts” is ready.");
  await hasKeyboard(screen.findByRole("button", { name: "Make a link" }));
  await click("Make a link");
  await type("Document address", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  const [made] = backend.keys;
  expect(asked(backend, "makeKey")).toEqual([{ name: "Contracts", kind: "p256" }]);
  expect(asked(backend, "connectKey")).toEqual([{ id: made?.id, site: "docs.example.com", publicKeyId: "K2JCJMDEHXQW5F" }]);
  expect(asked(backend, "createLink")).toMatchObject([{ signer: { kind: "key", id: made?.id } }]);
});

test("a key that is not made keeps its name and kind, and says why", async () => {
  const backend = open({ failing: { makeKey: { code: "nameTaken", name: "Board" } } });
  await click("Make a new key");
  await type("Name", "Board");
  await fireEvent.click(screen.getByRole("radio", { name: "RSA 2048" }));
  await screen.findByText(/over 200 characters longer/);
  await click("Make key");
  await screen.findByText("There is already a key named “Board”.");
  expect(screen.getByLabelText("Name").getAttribute("aria-invalid")).toBe("true");
  backend.options.failing = { makeKey: { code: "keychain", why: "locked" } };
  await type("Name", "Contracts");
  await click("Make key");
  await screen.findByText("The keychain of this computer is locked.");
  await click("Keys");
  await screen.findByText("There is no key yet.");
  await click("Make a new key");
  expect(await valueOf("Name")).toBe("Contracts");
  backend.options.failing = {};
  await click("Make key");
  await screen.findByRole("heading", { name: "Finish “Contracts”" });
  expect(asked(backend, "makeKey").at(-1)).toEqual({ name: "Contracts", kind: "rsa2048" });
  // What was made is not offered again.
  await click("Keys");
  await click("Make a new key");
  expect(await valueOf("Name")).toBe("");
  expect(screen.getByRole("radio", { name: "P-256 (recommended)" }).getAttribute("aria-checked")).toBe("true");
});

test("a key that is made while the person looks elsewhere waits under Keys", async () => {
  const backend = open();
  let made = () => {};
  const making = new Promise<void>((resolve) => (made = resolve));
  const make = backend.makeKey.bind(backend);
  backend.makeKey = async (request) => making.then(() => make(request));
  await click("Make a new key");
  await type("Name", "Contracts");
  await click("Make key");
  await screen.findByRole("button", { name: "Making…" });
  await click("Check a link");
  made();
  await waitFor(() => expect(backend.madeKeys).toHaveLength(1));
  await screen.findByLabelText("Link");
  await click("Keys");
  await screen.findByText("Not finished");
});

test("an unfinished key waits where the program begins, and is finished without the keychain", async () => {
  const backend = open({
    start: { madeKeys: [SAMPLE_MADE] },
    failing: { connectKey: { code: "publicKeyId", why: "isDistributionId", id: "E2QWRUHAPOMQZL" } },
  });
  await screen.findByRole("heading", { name: "Contracts" });
  await screen.findByText("Not finished");
  expect(screen.queryByRole("button", { name: "New link" })).toBeNull();
  await click("Finish");
  await hasKeyboard(screen.findByLabelText("Site address"));
  await type("Site address", "docs.example.com");
  await type("Public key ID", "E2QWRUHAPOMQZL");
  await click("Finish key");
  await screen.findByText("That is a distribution ID: it starts with E.");
  expect(screen.getByLabelText("Public key ID").getAttribute("aria-invalid")).toBe("true");
  await click("Check a link");
  await click("Keys");
  await click("Finish");
  expect(await valuesOf("Site address", "Public key ID")).toEqual(["docs.example.com", "E2QWRUHAPOMQZL"]);
  backend.options.failing = { connectKey: { code: "settings", why: "notSaved", reason: "diskFull" } };
  await type("Public key ID", "K2JCJMDEHXQW5F");
  await click("Finish key");
  await screen.findByText(/could not be saved, so nothing was changed/);
  backend.options.failing = {};
  await click("Finish key");
  await screen.findByText("“Contracts” is ready.");
  expect(asked(backend, "showPublicKey")).toEqual([]);
  await click("Keys");
  await screen.findByText("K2JCJMDEHXQW5F");
  expect(screen.queryByText("Not finished")).toBeNull();
});

test("two unfinished keys do not share what is typed for them", async () => {
  open({ start: { madeKeys: [SAMPLE_MADE, { ...SAMPLE_MADE, id: "1".repeat(32), name: "Board" }] } });
  const finish = async (index: number) => fireEvent.click((await screen.findAllByRole("button", { name: "Finish" }))[index] as HTMLElement);
  await finish(0);
  await type("Site address", "contracts.example.com");
  await click("Keys");
  await finish(1);
  await screen.findByRole("heading", { name: "Finish “Board”" });
  expect(await valueOf("Site address")).toBe("");
  await click("Keys");
  await finish(0);
  expect(await valueOf("Site address")).toBe("contracts.example.com");
});

test("an unfinished key is renamed, and removed after a question of its own", async () => {
  const backend = open({ start: { madeKeys: [SAMPLE_MADE] }, failing: { renameMadeKey: { code: "nameTaken", name: "Board" } } });
  await click("Rename");
  await type("New name", "Board");
  await click("Save");
  await screen.findByText("There is already a key named “Board”.");
  expect(await valueOf("New name")).toBe("Board");
  backend.options.failing = {};
  await click("Save");
  await screen.findByRole("heading", { name: "Board" });
  await hasKeyboard(screen.findByRole("button", { name: "Rename" }));
  await click("Remove key");
  const question = within(await screen.findByRole("alertdialog"));
  question.getByText(/gone for good, unless there is a backup/);
  expect(question.queryByText(/Links already sent/)).toBeNull();
  await fireEvent.click(question.getByRole("button", { name: "Remove key" }));
  await screen.findByText("There is no key yet.");
  expect(backend.madeKeys).toEqual([]);
  expect(asked(backend, "linksOfKey")).toEqual([]);
});

test("the public half of any key is shown, copied and saved, and a cancelled dialog says nothing", async () => {
  const backend = open({ start: { keys: [RSA_KEY] }, cancels: true });
  await click("Keys");
  await click("Public half");
  expect((await screen.findByLabelText<HTMLTextAreaElement>("Public half")).value).toBe(PUBLIC_HALVES.rsa2048.trimEnd());
  await click("Save…");
  await waitFor(() => expect(asked(backend, "savePublicKey")).toEqual([RSA_KEY.id]));
  expect(screen.queryByText(/Saved as/)).toBeNull();
  backend.options.failing = { copyPublicKey: { code: "clipboardDiffers" } };
  await click("Copy");
  await screen.findByText(/Another program took the clipboard/);
  expect(screen.queryByText("Copied")).toBeNull();
  await click("Close");
  await hasKeyboard(screen.findByRole("button", { name: "Public half" }));
});

test("a key that is gone from the keychain is put back from its backup, and its public half is there", async () => {
  const backend = open({
    start: { madeKeys: [SAMPLE_MADE] },
    locked: true,
    failing: { showPublicKey: { code: "keyMissing", name: "Contracts" } },
  });
  await click("Public half");
  await screen.findByText("The key “Contracts” is no longer in this computer's keychain.");
  await click("Choose key file…");
  backend.options.failing = {};
  await type("Passphrase", LONG);
  await click("Unlock");
  await screen.findByText("The key is back in this computer's keychain.");
  await screen.findByLabelText("Public half");
  expect(asked(backend, "restoreKey")).toEqual([SAMPLE_MADE.id]);
});

test("a key that was just made waits for a keychain that is locked", async () => {
  const backend = open({ failing: { showPublicKey: { code: "keychain", why: "locked" } } });
  await click("Make a new key");
  await type("Name", "Contracts");
  await click("Make key");
  await screen.findByText("The keychain of this computer is locked.");
  expect(screen.queryByRole("button", { name: "Copy" })).toBeNull();
  backend.options.failing = {};
  await click("Try again");
  await screen.findByLabelText("Public half");
});

test("a backup is said to be where it is, and its passphrase is asked for anew", async () => {
  const backend = open({ start: { keys: [SAMPLE_KEY] } });
  await click("Keys");
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
  const backend = open({ start: { keys: [SAMPLE_KEY] }, cancels: true });
  let answer = () => {};
  const dialog = new Promise<void>((resolve) => (answer = resolve));
  const backUp = backend.backUpKey.bind(backend);
  backend.backUpKey = async (request) => dialog.then(() => backUp(request));
  await click("Keys");
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
  const backend = open({ start: { madeKeys: [SAMPLE_MADE] } });
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
  const backend = open({ start: { madeKeys: [SAMPLE_MADE] }, failing: { backUpKey: { code: "keyMissing", name: "Contracts" } } });
  await click("Back up…");
  await fillIn(LONG);
  await click("Save backup…");
  await screen.findByText("The key “Contracts” is no longer in this computer's keychain.");
  await click("Choose key file…");
  await screen.findByText("The key is back in this computer's keychain.");
  expect(await passphrases()).toEqual([LONG, LONG]);
  backend.options.failing = {};
  await click("Save backup…");
  await screen.findByText("“Contracts” is backed up as Contracts backup.pem in the folder Documents.");
});

test("a file of a key that was made here is not added beside it", async () => {
  open({ start: { madeKeys: [SAMPLE_MADE] }, failing: { addKey: { code: "keyUnfinished", name: "Contracts" } } });
  await click("Add a key");
  await type("Name", "Again");
  await click("Choose key file…");
  await screen.findByText("This key was made here and is not finished: “Contracts”.");
  expect(await valueOf("Name")).toBe("Again");
});

const lost = (...keys: (typeof SAMPLE_ORPHAN)[]) => ({ start: { keys: [SAMPLE_KEY] }, orphans: { keys, others: [] as string[] } });

test("a key that the list has lost is found, put back under a name, and finished", async () => {
  const backend = open(lost(SAMPLE_ORPHAN));
  await screen.findByLabelText("Document address");
  // No start asks the keychain.
  expect(asked(backend, "findOrphans")).toEqual([]);
  await click("Keys");
  await screen.findByRole("heading", { name: "Found in the keychain" });
  await screen.findByText(/holds a key of Signet's that is not in this list/);
  await screen.findByText(SAMPLE_ORPHAN.fingerprint.match(/.{4}/g)?.join(" ") ?? "");
  expect(await valueOf("Name")).toBe("Found key 8f3a…");
  backend.options.failing = { restoreOrphan: { code: "nameTaken", name: "Client papers" } };
  await type("Name", "client papers");
  await click("Put back");
  await screen.findByText("There is already a key named “Client papers”.");
  expect(await valueOf("Name")).toBe("client papers");
  backend.options.failing = {};
  await type("Name", "Contracts");
  await click("Put back");
  await hasKeyboard(
    screen
      .findByText("“Contracts” is in the list again, as a key to finish.")
      .then((said) => said.closest<HTMLElement>("[role=status]") as HTMLElement),
  );
  expect(asked(backend, "restoreOrphan").at(-1)).toEqual({ id: SAMPLE_ORPHAN.id, name: "Contracts" });
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
  await screen.findByText("Not finished");
  await click("Finish");
  await screen.findByRole("heading", { name: "Finish “Contracts”" });
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
  await click("Keys");
  await screen.findByText(/holds 2 keys of Signet's that are not in this list/);
  await screen.findByText("The same key is in the list already, as “Client papers”.");
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
  await screen.findByText("The keychain of this computer is locked.");
  backend.options.failing = {};
  await removeSecond();
  question = within(await screen.findByRole("alertdialog"));
  await fireEvent.click(question.getByRole("button", { name: "Remove key" }));
  await screen.findByText("The key is removed from the keychain.");
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
    await click("Keys");
    await waitFor(() => expect(asked(backend, "findOrphans")).toHaveLength(1));
    await screen.findByRole("button", { name: "Back up…" });
    expect(screen.queryByText("Found in the keychain")).toBeNull();
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
  await screen.findByText("Found in the keychain");
  await click("Put back");
  await screen.findByText("Not finished");
  cleanup();
  open({ ...empty, failing: { findOrphans: { code: "keychain", why: "locked" } } });
  await click("Look for lost keys");
  await screen.findByText("The keychain of this computer is locked.");
  expect(screen.queryByText("Found in the keychain")).toBeNull();
});

test("what lies under Signet's name and is no key is named, and nothing is offered for it", async () => {
  open({ start: { keys: [SAMPLE_KEY] }, orphans: { keys: [], others: ["notes", "old"] } });
  await click("Keys");
  await screen.findByText(/“notes”, “old”: no keys of Signet's/);
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Remove…" })).toBeNull();
});

test("where the program begins at the keys, the keychain is asked once somebody goes there", async () => {
  const backend = open({ start: { madeKeys: [SAMPLE_MADE] }, orphans: { keys: [SAMPLE_ORPHAN], others: [] } });
  await screen.findByText("Not finished");
  expect(asked(backend, "findOrphans")).toEqual([]);
  await click("Check a link");
  await click("Keys");
  await screen.findByText("Found in the keychain");
});
