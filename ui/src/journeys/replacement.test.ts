/** Journeys of a key that is replaced within its site, on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import { sampleEntries } from "../backend/fake-history";
import { SAMPLE_KEY } from "../backend/fake-keys";
import { RENEWED_SITE, RSA_SITE, SAMPLE_SITE, SWITCHED_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, open, openForIt, type, valueOf } from "./journey-steps";

afterEach(cleanup);

const NEW_ID = "K3TUN4J9WXYZ12";
const OLD_ID = SAMPLE_KEY.registration?.publicKeyId ?? "";

test("from the old key to the new one, and to the day on which the old one goes", async () => {
  const entries = sampleEntries(3, [SAMPLE_SITE]).map((entry) => ({ ...entry, expiresAt: Math.floor(Date.now() / 1000) + 86_400 }));
  const backend = open({ start: { sites: [RSA_SITE, SAMPLE_SITE], lastSigner: { kind: "site", id: SAMPLE_SITE.id } }, entries });
  await openForIt("Client papers");
  await click("Replace this key");
  await screen.findByRole("heading", { name: "Replace the key of “Client papers”" });
  await hasKeyboard(screen.findByRole("button", { name: "Make the new key" }));
  await click("Make the new key");
  await screen.findByLabelText("Public key");
  await screen.findByText(new RegExp(`the group that has ${OLD_ID}`));
  expect(asked(backend, "replaceKey")).toEqual([{ siteId: SAMPLE_SITE.id, kind: "p256" }]);

  await type("Public key ID", OLD_ID);
  await click("Switch to the new key");
  await screen.findByText("This is the ID of the old key.");
  expect(screen.getByLabelText("Public key ID").getAttribute("aria-invalid")).toBe("true");
  await type("Public key ID", NEW_ID);
  await click("Switch to the new key");
  await screen.findByText("The new key makes the links of “Client papers” now");
  await screen.findByText(/3 links of the old key still work\. The last one ends on /);
  screen.getByText(new RegExp(`take ${OLD_ID} out of its key group`));
  await hasKeyboard(screen.findByRole("button", { name: "Make a link" }));

  // Nothing has to be chosen anew: the site is the same.
  await click("New link");
  expect(await valueOf("Site")).toBe(SAMPLE_SITE.id);
  await type("Which document?", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(asked(backend, "createLink")).toMatchObject([{ signer: { kind: "site", id: SAMPLE_SITE.id } }]);
  expect(backend.history.entries.at(-1)?.keyId).toBe(backend.sites.find(SAMPLE_SITE.id).keys.at(-1)?.id);

  await openForIt("Client papers");
  await screen.findByRole("heading", { name: "Key “Client papers (old)”" });
  screen.getByText("The old key: links already sent need it");
  await click("Go on replacing");
  await screen.findByText(/still work/);
  await click("Remove old key");
  await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove old key" }));
  await waitFor(() => expect(backend.sites.find(SAMPLE_SITE.id).keys.map(({ id }) => id)).not.toContain(SAMPLE_KEY.id));
  await screen.findByRole("heading", { level: 1, name: "Client papers" });
  await screen.findByRole("button", { name: "Replace this key" });
  expect(screen.queryByRole("heading", { name: "Key “Client papers (old)”" })).toBeNull();
});

test("what waits goes on later, with what was typed, and each site for itself", async () => {
  open({ start: { sites: [RENEWED_SITE, { ...RENEWED_SITE, id: "7", name: "Offers" }] } });
  await openForIt("Client papers");
  await screen.findByText("Is to make the links");
  // Its ID is entered where it takes over.
  expect(screen.queryByRole("button", { name: "Enter the public key ID" })).toBeNull();
  await click("Go on replacing");
  await screen.findByRole("heading", { name: "Replace the key of “Client papers”" });
  await type("Public key ID", "K3");
  await openForIt("Offers");
  await click("Go on replacing");
  await screen.findByRole("button", { name: "Show the public key" });
  expect(await valueOf("Public key ID")).toBe("");
  await openForIt("Client papers");
  await click("Go on replacing");
  await screen.findByRole("button", { name: "Show the public key" });
  expect(await valueOf("Public key ID")).toBe("K3");
});

test("a new key that nobody wants is removed, and the old one goes on", async () => {
  const backend = open({ start: { sites: [RENEWED_SITE] } });
  await openForIt("Client papers");
  // Without the one that makes the links there would be none.
  expect(await screen.findAllByRole("button", { name: "Remove key" })).toHaveLength(1);
  await click("Remove key");
  const question = within(await screen.findByRole("alertdialog"));
  question.getByText("Remove “Client papers (new)”?");
  await fireEvent.click(question.getByRole("button", { name: "Remove key" }));
  await screen.findByRole("button", { name: "Replace this key" });
  expect(backend.sites.keys.map(({ id }) => id)).toEqual([SAMPLE_KEY.id]);
});

test("without a working link the old key can go at once", async () => {
  open({ start: { sites: [SWITCHED_SITE] } });
  await openForIt("Client papers");
  await click("Go on replacing");
  await screen.findByText("No link of the old key that was made here works any more.");
  await screen.findByText("Take the old key out now");
});

test("what cannot be had is said, and asked for once more", async () => {
  const backend = open({ start: { sites: [SWITCHED_SITE] }, failing: { replacement: { code: "history", why: "unreadable" } } });
  await openForIt("Client papers");
  await click("Go on replacing");
  await screen.findByText("The list of links (history.sqlite3) could not be read.");
  backend.options.failing = {};
  await click("Try again");
  await screen.findByText(/that was made here works any more/);
});

test("a new key that is not made changes nothing", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] }, failing: { replaceKey: { code: "keychain", why: "locked" } } });
  await openForIt("Client papers");
  await click("Replace this key");
  await fireEvent.click(await screen.findByRole("radio", { name: "RSA 2048" }));
  await click("Make the new key");
  await screen.findByText("The password store of this computer is locked.");
  backend.options.failing = {};
  await click("Make the new key");
  await screen.findByLabelText("Public key");
  expect(asked(backend, "replaceKey").at(-1)).toEqual({ siteId: SAMPLE_SITE.id, kind: "rsa2048" });
});
