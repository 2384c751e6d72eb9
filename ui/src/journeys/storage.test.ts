/** The IT person says where the documents of a site lie; on the fake backend. */
import { cleanup, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";

import { SAMPLE_SITE, STORED_SITE } from "../backend/fake-sites";
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
