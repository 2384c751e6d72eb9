/** Journeys through the screens on the fake backend. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import App from "./App.svelte";
import { Fake, type FakeOptions, SAMPLE_KEY } from "./backend/fake";

afterEach(cleanup);

const open = (options: FakeOptions = {}) => {
  const backend = new Fake(options);
  render(App, { backend });
  return backend;
};

const click = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

const type = async (label: string, value: string) =>
  fireEvent.input(await screen.findByLabelText(label), { target: { value } });

const hasKeyboard = async (element: Promise<HTMLElement>) => expect(await element).toBe(document.activeElement);

const valueOf = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

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
  const backend = open({ start: { keys: [SAMPLE_KEY], lastLifetime: { kind: "oneDay" } } });
  await type("Document address", "a.pdf");
  await click("Create link");
  await click("Copy link");
  await screen.findByRole("button", { name: "Copied" });
  expect(backend.clipboard).toBe(valueOf("Link"));
  expect(backend.calls.find(({ command }) => command === "createLink")?.request).toEqual({
    signer: { kind: "key", id: SAMPLE_KEY.id },
    address: "a.pdf",
    lifetime: { kind: "oneDay" },
  });
});

test("“Copied” is only said once it is true", async () => {
  open({ start: { keys: [SAMPLE_KEY] }, failing: { copyText: { code: "clipboardDiffers" } } });
  await type("Document address", "a.pdf");
  await click("Create link");
  await click("Copy link");
  await screen.findByText(/Another program took the clipboard/);
  expect(screen.queryByText("Copied")).toBeNull();
});

test("a mistake stands at its field and nothing typed is lost", async () => {
  const backend = open({ failing: { addKey: { code: "publicKeyIdIsDistributionId", id: "E2QWRUHAPOMQZL" } } });
  await click("Add a key");
  await type("Name", "Client papers");
  await type("Site address", "docs.example.com");
  await type("Public key ID", "E2QWRUHAPOMQZL");
  await click("Choose key file…");
  await screen.findByText("That is a distribution ID: it starts with E.");
  expect(screen.getByLabelText("Public key ID").getAttribute("aria-invalid")).toBe("true");
  await click("Keys");
  await click("Add a key");
  expect(["Name", "Site address", "Public key ID"].map(valueOf)).toEqual([
    "Client papers",
    "docs.example.com",
    "E2QWRUHAPOMQZL",
  ]);
  delete backend.options.failing;
  await click("Choose key file…");
  await screen.findByText("“Client papers” is ready.");
  await screen.findByText(/signing.pem stays in the folder Downloads/);
});

test("a locked file asks for its passphrase, which is not kept", async () => {
  open({ locked: true });
  await click("Add a key");
  await click("Choose key file…");
  await type("Passphrase", "right horse");
  await click("Unlock");
  await screen.findByText("“Client papers” is ready.");
  expect(document.body.innerHTML).not.toContain("right horse");
});

test("a missing key is put back from its locked file on the spot", async () => {
  const backend = open({
    start: { keys: [SAMPLE_KEY] },
    failing: { createLink: { code: "keyMissing", name: SAMPLE_KEY.name } },
    locked: true,
  });
  await type("Document address", "a.pdf");
  await click("Create link");
  await click("Choose key file…");
  backend.options.failing = { unlockKey: { code: "passphraseWrong" } };
  await type("Passphrase", "wrong horse");
  await click("Unlock");
  await screen.findByText("The passphrase does not open this file.");
  delete backend.options.failing;
  await type("Passphrase", "right horse");
  await click("Unlock");
  await screen.findByText("The key is back in this computer's keychain.");
  expect(screen.queryByLabelText("Passphrase")).toBeNull();
  expect(valueOf("Document address")).toBe("a.pdf");
  await click("Create link");
  await screen.findByRole("button", { name: "Copy link" });
});

test("the keyboard is where the next step is", async () => {
  open({ start: { keys: [SAMPLE_KEY] } });
  await hasKeyboard(screen.findByLabelText("Document address"));
  await type("Document address", "a.pdf");
  await click("Create link");
  await hasKeyboard(screen.findByRole("button", { name: "Copy link" }));
  await click("Keys");
  await click("Rename");
  await hasKeyboard(screen.findByLabelText("New name"));
  await click("Cancel");
  await hasKeyboard(screen.findByRole("button", { name: "Rename" }));
  await click("Add a key");
  await hasKeyboard(screen.findByLabelText("Name"));
});

test("practice that cannot be left or entered says so until the next step", async () => {
  const backend = open({ failing: { startPractice: { code: "noFreePort" } } });
  await click("Try it with a practice document");
  await screen.findByRole("alert");
  await click("Add a key");
  expect(screen.queryByRole("alert")).toBeNull();
  backend.options.failing = { leavePractice: { code: "internal" } };
  await click("Practice");
  await click("Leave practice");
  await screen.findByRole("alert");
  await screen.findByText(/Nothing is kept/);
});

test("a link that ends says so and can be made again", async () => {
  const backend = open({ start: { keys: [SAMPLE_KEY] }, lifetime: 1 });
  await type("Document address", "a.pdf");
  await click("Create link");
  await waitFor(() => expect(screen.getAllByText("This link has ended.").length).toBeGreaterThan(0), { timeout: 3000 });
  expect(screen.queryByRole("button", { name: "Copy link" })).toBeNull();
  backend.options.lifetime = 600;
  await click("Make again");
  await screen.findByRole("button", { name: "Copy link" });
});

test("a key is removed after a question that says what happens", async () => {
  const backend = open({ start: { keys: [SAMPLE_KEY] } });
  await click("Keys");
  await click("Remove key");
  await screen.findByText(/Links already sent keep working until they end/);
  await click("Keep key");
  expect(backend.keys).toHaveLength(1);
});

test("a key is renamed, and a taken name keeps what was typed", async () => {
  const backend = open({ start: { keys: [SAMPLE_KEY] }, failing: { renameKey: { code: "nameTaken", name: "Board" } } });
  await click("Keys");
  await click("Rename");
  await type("New name", "Board");
  await click("Save");
  await screen.findByText("There is already a key named “Board”.");
  expect(valueOf("New name")).toBe("Board");
  delete backend.options.failing;
  await click("Save");
  await screen.findByRole("heading", { name: "Board" });
});
