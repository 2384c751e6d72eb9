import { expect, test } from "vitest";

import type { IpcError } from "../backend/bindings";
import { ERRORS, fieldOf, nameOf, offersOf, wordsFor, wordsForUnlisted } from "./errors";

/** Every datum that any code has. */
const DATA = {
  name: "Client papers",
  id: "E2QWRUHAPOMQZL",
  host: "docs.example.com",
  address: "https://docs.example.com",
  site: "docs.example.com",
  path: "/a",
  fileName: "key.pem",
  bits: 1024,
  count: 3,
  least: 15,
  most: 60,
  length: 70,
  character: '"',
  scheme: "ftp",
  step: "documents",
  bucket: "client-papers",
  hosts: ["a.example", "b.example"],
  years: 20,
  now: 0,
  text: "01/02/2026",
  reason: "diskFull",
  action: "s3:PutBucketPolicy",
  policy: "{}",
  deniedBy: null,
  rule: "subscribed",
  what: "distributions",
  region: "eu-west-1",
  message: "No such principal",
  network: "192.168.1.5",
  folder: "/reports/",
  query: "https://docs.example.com/a?b",
  unfit: "website",
  instead: null,
  thing: "keyGroup",
  account: "123456789012",
  profile: "papers",
  suggestion: "2026-12-31",
  readings: ["2026-02-01", "2026-01-02"],
  zone: "IST",
  unit: "milliseconds",
  heading: "Meeting",
  number: 2,
  user: "signet-0f8c2e5a9b1d-documents",
  segment: "..",
  key: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
  things: [
    { thing: "keyGroup", id: "production", why: "othersUseIt" },
    { thing: "publicKey", id: "K2JCJMDEHXQW5F", why: "differs" },
  ],
};

test.each(ERRORS.map((error) => [nameOf(error), error] as const))("%s has two sentences and names no code", (name, error) => {
  const { what, doNow } = wordsFor({ ...DATA, ...error } as unknown as IpcError);
  for (const sentence of [what, doNow]) {
    expect(sentence.length).toBeGreaterThan(10);
    expect(sentence).not.toMatch(/undefined|null|\[object/);
    expect(sentence).not.toContain(name);
  }
  expect(what).toMatch(/[.”a-z/]$/);
});

test.each(["diskFull", "readOnly", "other"] as const)("a link that is in no list for %s is to be copied now", (reason) => {
  const { what, doNow } = wordsForUnlisted({ reason });
  expect(what).toMatch(/works.*\.$/);
  expect(doNow).toMatch(/^Copy it now.*\. \w.*\.$/);
});

test.each(["diskFull", "readOnly", "other"] as const)("what could not be written for %s is named", (reason) => {
  const named = (error: object) => wordsFor({ reason, ...error } as IpcError);
  for (const [error, file] of [
    [{ code: "settings", why: "notSaved" }, "settings.json"],
    [{ code: "history", why: "notSaved" }, "history.sqlite3"],
    [{ code: "setUpNotKept", fileName: "set-up-signet-1-2.json" }, "set-up-signet-1-2.json"],
    [{ code: "saveFailed", fileName: "links.csv" }, "links.csv"],
  ] as const) {
    expect(named(error).what).toContain(file);
    // A place can be chosen for what a person saves alone.
    expect(/Choose a place/.test(named(error).doNow)).toBe(reason === "readOnly" && error.code === "saveFailed");
  }
});

test.each(["otherBucket", "otherBehaviour", "website", "customOrigin", "staging", "multiTenant", "keyGroupsFull"] as const)(
  "a distribution that does not fit for %s is named",
  (unfit) => {
    expect(wordsFor({ code: "setUpUnfit", id: "E2QWRUHAPOMQZL", unfit }).what).toMatch(/distribution E2QWRUHAPOMQZL .*\.$/);
  },
);

const AWS = { code: "aws", bucket: null, policy: null } as const;

test("what AWS says ends as a sentence", () => {
  expect(wordsFor({ ...AWS, why: "refused", action: "s3:Any", message: "The bucket is gone." }).what).toBe(
    "AWS refused: The bucket is gone.",
  );
  expect(wordsFor({ ...AWS, why: "policyRefused", message: "Invalid principal" }).what).toMatch(/: Invalid principal\.$/);
});

test("a permission is copied only where there is one to copy", () => {
  expect(wordsFor({ ...AWS, why: "notAllowed", action: "s3:GetBucketPolicy", deniedBy: null, policy: null }).doNow).not.toMatch(/Copy/);
  expect(wordsFor({ ...AWS, why: "notAllowed", action: "s3:GetBucketPolicy", deniedBy: null, policy: "{}" }).doNow).toMatch(/Copy/);
});

test("an error stands at the field it is about, whatever it is called", () => {
  const at = (code: string) => fieldOf({ ...DATA, code } as unknown as IpcError);
  expect(at("folderMissesDocument")).toBe("folder");
  expect(at("folderLocked"), "the folder of a file that is saved").toBe("form");
  expect(at("linkTooLong")).toBe("address");
  expect(at("readKeyFile")).toBe("keyFile");
  expect(at("somethingNew")).toBe("form");
});

test.each([{ code: "somethingNew" }, { code: "site", why: "somethingNew" }, { code: "site" }])(
  "%o of another version has words too",
  (error) => {
    expect(wordsFor(error as IpcError).what).toBe("Something in Signet went wrong.");
  },
);

test("what can be typed instead is offered in the words of a person", () => {
  const offers = (error: object) => offersOf(error as IpcError);
  expect(offers({ code: "address", why: "hasBackslash", suggestion: "contracts/2026/a b.pdf" })).toEqual([
    { label: "Use contracts/2026/a b.pdf", text: "contracts/2026/a b.pdf" },
  ]);
  expect(offers({ code: "address", why: "hasBackslash", suggestion: null })).toEqual([]);
  expect(offers({ code: "address", why: "empty" })).toEqual([]);
  expect(offers({ code: "address", why: "isStorageAddress", suggestion: "contracts/r%C3%A9sum%C3%A9.pdf" })[0]?.label).toBe(
    "Use contracts/résumé.pdf instead",
  );
  // What could not be seen, or would be another path, is not decoded.
  expect(offers({ code: "address", why: "goesUp", suggestion: "https://docs.example.com/a%2Fb%E2%80%AE.pdf" })[0]?.label).toBe(
    "Use a%2Fb%E2%80%AE.pdf",
  );
  expect(
    offers({
      code: "address",
      why: "hasQuestionMark",
      name: "What is this%3F.pdf",
      query: "https://docs.example.com/What%20is%20this?.pdf",
    }),
  ).toEqual([
    { label: "The document is called “What is this?.pdf”", text: "What is this%3F.pdf" },
    { label: "The document is called “What is this”", text: "https://docs.example.com/What%20is%20this?.pdf" },
  ]);
});
