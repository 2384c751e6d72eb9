import { expect, test } from "vitest";

import type { IpcError } from "../backend/bindings";
import { CODES, wordsFor } from "./errors";

/** Every datum that any code has. */
const DATA = {
  name: "Client papers", id: "E2QWRUHAPOMQZL", host: "docs.example.com", site: "docs.example.com",
  path: "/a", fileName: "key.pem", bits: 1024, most: 60, length: 70, character: "\"", scheme: "ftp",
  years: 20, now: 0, reason: "diskFull",
};

test.each(CODES)("%s has two sentences and names no code", (code) => {
  const { what, doNow } = wordsFor({ code, ...DATA } as unknown as IpcError);
  for (const sentence of [what, doNow]) {
    expect(sentence.length).toBeGreaterThan(10);
    expect(sentence).not.toMatch(/undefined|null|\[object/);
    expect(sentence).not.toContain(code);
  }
  expect(what).toMatch(/[.”a-z/]$/);
});

test("a code from another version has words too", () => {
  const unknown = { code: "somethingNew" } as unknown as IpcError;
  expect(wordsFor(unknown).what).toBe("Something in Signet went wrong.");
});
