/** Journeys of a key that is replaced, on the fake backend. */
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import { RSA_KEY, SAMPLE_KEY } from "./backend/fake";
import { sampleEntries } from "./backend/fake-history";
import { SAMPLE_MADE } from "./backend/fake-made-keys";
import { click, hasKeyboard, open, type, valueOf } from "./journey-steps";

afterEach(cleanup);

const NEW_ID = "K3TUN4J9WXYZ12";
const asked = (backend: ReturnType<typeof open>, command: string) =>
  backend.calls.filter((call) => call.command === command).map(({ request }) => request);

test("from the old key to the new one, and to the day on which the old one goes", async () => {
  const entries = sampleEntries(3, [SAMPLE_KEY]).map((entry) => ({ ...entry, expiresAt: Math.floor(Date.now() / 1000) + 86_400 }));
  const backend = open({ start: { keys: [SAMPLE_KEY] }, entries });
  await click("Keys");
  await click("Replace this key");
  await screen.findByRole("heading", { name: `Replace “${SAMPLE_KEY.name}”` });
  await hasKeyboard(screen.findByRole("button", { name: "Make the new key" }));
  await click("Make the new key");
  await screen.findByLabelText("Public half");
  await screen.findByText(new RegExp(`the group that has ${SAMPLE_KEY.publicKeyId}`));

  await type("Public key ID", SAMPLE_KEY.publicKeyId);
  await click("Switch to the new key");
  await screen.findByText("This is the ID of the old key.");
  expect(screen.getByLabelText("Public key ID").getAttribute("aria-invalid")).toBe("true");
  await type("Public key ID", NEW_ID);
  await click("Switch to the new key");
  await screen.findByText(`“${SAMPLE_KEY.name}” makes the links now`);
  await screen.findByText(/3 links of the old key still work\. The last one ends on /);
  await hasKeyboard(screen.findByRole("button", { name: "Make a link" }));

  await click("Make a link");
  await type("Document address", "a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
  expect(asked(backend, "createLink")).toMatchObject([{ signer: { kind: "key", id: SAMPLE_MADE.id } }]);

  await click("Keys");
  await screen.findByText(`Replaced by “${SAMPLE_KEY.name}”`);
  await click("Go on replacing");
  await screen.findByText(/still work/);
  await click("Remove key");
  await fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove key" }));
  await waitFor(() => expect(backend.keys.map(({ id }) => id)).toEqual([SAMPLE_MADE.id]));
  await screen.findByRole("heading", { name: "Keys" });
  expect(screen.queryByText(/Replaced by/)).toBeNull();
});

test("what waits goes on later, with what was typed", async () => {
  const start = { keys: [SAMPLE_KEY, RSA_KEY], madeKeys: [SAMPLE_MADE], replacements: [{ old: SAMPLE_KEY.id, new: SAMPLE_MADE.id }] };
  open({ start });
  await click("Keys");
  await screen.findByText("A new key is to replace it");
  await screen.findByText(`It is to replace “${SAMPLE_KEY.name}”`);
  await click("Finish");
  await screen.findByRole("heading", { name: `Replace “${SAMPLE_KEY.name}”` });
  await type("Public key ID", "K3");
  await click("Links");
  await click("Keys");
  await click("Go on replacing");
  await screen.findByRole("button", { name: "Show the public half" });
  expect(await valueOf("Public key ID")).toBe("K3");
});

test("without a working link the old key can go at once", async () => {
  const start = { keys: [SAMPLE_KEY, RSA_KEY], replacements: [{ old: SAMPLE_KEY.id, new: RSA_KEY.id }] };
  open({ start });
  await click("Keys");
  await click("Go on replacing");
  await screen.findByText("No link of the old key that was made here works any more.");
  await screen.findByText("Take the old key out now");
});

test("what cannot be had is said, and asked for once more", async () => {
  const start = { keys: [SAMPLE_KEY, RSA_KEY], replacements: [{ old: SAMPLE_KEY.id, new: RSA_KEY.id }] };
  const backend = open({ start, failing: { replacement: { code: "history", why: "unreadable" } } });
  await click("Keys");
  await click("Go on replacing");
  await screen.findByText("The list of links could not be read.");
  backend.options.failing = {};
  await click("Try again");
  await screen.findByText(/that was made here works any more/);
});

test("a new key that is not made changes nothing", async () => {
  const backend = open({ start: { keys: [SAMPLE_KEY] }, failing: { replaceKey: { code: "keychain", why: "locked" } } });
  await click("Keys");
  await click("Replace this key");
  await fireEvent.click(await screen.findByRole("radio", { name: "RSA 2048" }));
  await click("Make the new key");
  await screen.findByText("The keychain of this computer is locked.");
  backend.options.failing = {};
  await click("Make the new key");
  await screen.findByLabelText("Public half");
  expect(asked(backend, "replaceKey").at(-1)).toEqual({ id: SAMPLE_KEY.id, kind: "rsa2048" });
});
