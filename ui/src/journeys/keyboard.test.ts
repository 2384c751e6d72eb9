/** Keys that work everywhere, the way back, and the first page; on the fake backend. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import { EMPTY_SITE, SAMPLE_SITE } from "../backend/fake-sites";
import { mailForItPerson } from "../copy/en";
import { asked, click, open, openForIt, openSite, type, valueOf } from "./journey-steps";

afterEach(cleanup);

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, bubbles: true, ...more });

const isAt = (title: string) => screen.findByRole("heading", { level: 1, name: title });

test("Escape goes back the way one came, and no further", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await openForIt("Client papers");
  await click("Replace this key");
  await isAt("Replace the key of “Client papers”");
  await press("Escape");
  await isAt("Client papers");
  await press("Escape");
  await isAt("Sites");
  await press("Escape");
  await isAt("Sites");
});

test("Escape in a form does what its Cancel does, and the screen stays", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await openSite("Client papers");
  await click("Rename");
  await screen.findByLabelText("New name");
  await press("Escape");
  await waitFor(() => expect(screen.queryByLabelText("New name")).toBeNull());
  await isAt("Client papers");
});

test("Escape closes a question, and what is behind it stays", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  await openForIt("Client papers");
  await click("Remove this site");
  await screen.findByRole("alertdialog");
  await press("Escape");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  await isAt("Client papers");
});

test("Ctrl+N is a new link from everywhere, and it begins clean", async () => {
  open({ start: { sites: [SAMPLE_SITE] } });
  const field = () => screen.findByRole("textbox", { name: "Which document?" });
  await fireEvent.input(await field(), { target: { value: "left over.pdf" } });
  await click("Sites");
  await isAt("Sites");
  await press("n", { ctrlKey: true });
  await isAt("New link");
  expect(await field()).toHaveProperty("value", "");
  expect(document.activeElement).toBe(await field());
});

test("Ctrl and plus shows everything larger, and says how large", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await isAt("New link");
  await press("+", { ctrlKey: true });
  await screen.findByText("Size: 110 %");
  await press("0", { ctrlKey: true });
  await screen.findByText("Size: 100 %");
  await press("-");
  expect(asked(backend, "zoom")).toEqual(["larger", "reset"]);
});

test("there is a way back to the first page, with sites and without", async () => {
  open();
  await click("I have a key file");
  await type("Name of the site", "Board papers");
  await click("First page");
  await isAt("Private links that end when you say");
  await click("I have a key file");
  expect(await valueOf("Name of the site")).toBe("Board papers");
  await click("Cancel");
  await isAt("Private links that end when you say");
  cleanup();

  open({ start: { sites: [SAMPLE_SITE] } });
  await click("Signet: the first page");
  await screen.findByText("“Client papers” is ready.");
  await fireEvent.click(screen.getByRole("button", { name: "New link" }));
  await isAt("New link");
});

test("who has nobody's key yet asks the IT person, with a text that says what is needed", async () => {
  const backend = open();
  await click("Ask your IT person");
  await screen.findByText(/The text of the mail is copied/);
  expect(asked(backend, "copyText")).toEqual([mailForItPerson]);
  expect(mailForItPerson).toContain("public key ID");
});

test("each form that is come to has a Cancel that leads back", async () => {
  open({ start: { sites: [EMPTY_SITE] } });
  await click("Add a site");
  await click("Cancel");
  await isAt("Sites");
  await click("I have a key file");
  await click("Cancel");
  await isAt("Sites");
});
