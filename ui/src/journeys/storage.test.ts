/** The IT person says where the documents of a site lie; on the fake backend. */
import { cleanup, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import { KEYED_SITE, SAMPLE_SITE, STORED_SITE } from "../backend/fake-sites";
import { asked, click, hasKeyboard, open, openForIt, type, valueOf } from "./journey-steps";

afterEach(cleanup);

test("once it is said where documents lie, one of this computer can be put there", async () => {
  const backend = open({ start: { sites: [SAMPLE_SITE] } });
  await openForIt("Client papers");
  await click("Say where they lie");
  await hasKeyboard(screen.findByLabelText("Bucket"));
  await type("Bucket", "client-papers");
  await type("Region", "eu-central-1");
  await click("Save");
  await screen.findByText("Documents of this computer can be put on this site now.");
  await hasKeyboard(screen.findByRole("button", { name: "Change" }));
  expect(asked(backend, "setSiteStorage")).toEqual([
    {
      id: SAMPLE_SITE.id,
      storage: { bucket: "client-papers", region: "eu-central-1", profile: "", originPath: "", distribution: "", folder: "" },
    },
  ]);
  await click(/^New link/);
  await screen.findByRole("button", { name: "From this computer…" });
});

test("what is wrong stands at its field, and what was typed stays", async () => {
  open({ start: { sites: [SAMPLE_SITE] }, failing: { setSiteStorage: { code: "regionInvalid" } } });
  await openForIt("Client papers");
  await click("Say where they lie");
  await type("Bucket", "client-papers");
  await type("Region", "Frankfurt");
  await click("Save");
  await screen.findByRole("alert");
  await hasKeyboard(screen.findByLabelText("Region"));
  expect(await valueOf("Bucket")).toBe("client-papers");
  await type("Region", "eu-central-1");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("it is forgotten on a click, and documents get there without Signet again", async () => {
  const backend = open({ start: { sites: [STORED_SITE] } });
  await openForIt("Client papers");
  await click("Forget it");
  await screen.findByRole("button", { name: "Say where they lie" });
  expect(asked(backend, "setSiteStorage")).toEqual([{ id: STORED_SITE.id, storage: null }]);
  await click(/^New link/);
  await screen.findByLabelText("Which document?");
  expect(screen.queryByRole("button", { name: "From this computer…" })).toBeNull();
});

test("an access key comes from its file, and its ID is all that is seen of it", async () => {
  const backend = open({ start: { sites: [STORED_SITE] } });
  await openForIt("Client papers");
  await screen.findByText("the usual login of this computer");
  await click("Use an access key…");
  await hasKeyboard(screen.findByRole("button", { name: "Choose its file…" }));
  await click("Choose its file…");
  await screen.findByText("AKIAIOSFODNN7EXAMPLE");
  await screen.findByText("papers_accessKeys.csv in Downloads still holds the access key. You can delete the file now.");
  await hasKeyboard(screen.findByRole("button", { name: "Replace the access key…" }));
  expect(asked(backend, "setAccessKey")).toEqual([{ id: STORED_SITE.id, from: "file" }]);
  expect(screen.queryByText("the usual login of this computer")).toBeNull();

  await click("Replace the access key…");
  await click("Take it from the clipboard");
  await screen.findByText("The clipboard still holds the access key. Copy something else, and it is gone from there.");
  await click("Forget the access key");
  await screen.findByText("the usual login of this computer");
  expect(asked(backend, "forgetAccessKey")).toEqual([{ id: STORED_SITE.id }]);
  await screen.findByText("Forgotten on this computer. In AWS the access key stays valid until it is deleted there.");
});

test("a file without an access key says so where it was chosen, and the one before stays", async () => {
  open({
    start: { sites: [KEYED_SITE] },
    failing: { setAccessKey: { code: "accessKeyText", fileName: "notes.txt", why: "noSecret" } },
  });
  await openForIt("Client papers");
  await click("Replace the access key…");
  await click("Choose its file…");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The ID of an access key is in notes.txt, and not its secret.");
  await click("Cancel");
  await screen.findByText("AKIAIOSFODNN7EXAMPLE");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a choice that is cancelled changes nothing", async () => {
  open({ start: { sites: [STORED_SITE] }, cancels: true });
  await openForIt("Client papers");
  await click("Use an access key…");
  await click("Choose its file…");
  await screen.findByRole("button", { name: "Choose its file…" });
  await click("Cancel");
  await screen.findByText("the usual login of this computer");
});
