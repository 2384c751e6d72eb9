/** The fake backend with its stage set by a browser's address. */
import { ERRORS, nameOf } from "../copy/errors";
import type { IpcError, Opening, PlanStep, QuestionView, TrialAnswer, TrialClockView, VerdictView } from "./bindings";
import { Fake, type FakeOptions } from "./fake";
import { IN_DOUBT, RIGHT, WRONG } from "./fake-done-for-you";
import { sampleDocuments } from "./fake-folders";
import { sampleEntries } from "./fake-history";
import { SAMPLE_KEY, SAMPLE_ORPHAN } from "./fake-keys";
import { answersBefore } from "./fake-set-up";
import { EMPTY_SITE, NEW_SITE, RENEWED_SITE, RSA_SITE, SAMPLE_SITE, STORED_SITE, SWITCHED_SITE } from "./fake-sites";

const now = () => Math.floor(Date.now() / 1000);

/** What those of addresses offer. */
const OF_ADDRESSES = {
  suggestion: "contracts/2026/Lease.pdf",
  folder: "/reports/",
  query: "https://docs.example.com/What%20is%20this?.pdf",
  count: 2,
  text: "5/6/2027",
  readings: ["2027-06-05T17:00", "2027-05-06T17:00"],
};

/** What a table is asked about. */
const QUESTIONS: QuestionView[] = [
  { kind: "column", column: 1, heading: "Stand", number: 2, example: "31.12.2030", asks: "isEnd", answer: null, rows: 4 },
  { kind: "order", example: "5/6/2030", readings: ["2030-06-05", "2030-05-06"], rows: 3 },
];

/** What AWS's errors are about. */
const OF_AWS = {
  deniedBy: null,
  rule: "notInPlan",
  action: "s3:PutBucketPolicy",
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:PutBucketPolicy"], Resource: ["arn:aws:s3:::client-papers"] }],
  }),
  what: "distributions",
  bucket: "client-papers",
  region: "eu-west-1",
  message: "The policy names a role that is not there",
  account: "210987654321",
  id: "E2QWRUHAPOMQZL",
  unfit: "website",
  thing: "keyGroup",
};

/**
 * `?keys&rsa&made&bare&renewed&switched&lost&unread=settingsNewer&locked&strange&links=100&left=3500&newer&unlisted&lifetime=5&fail=addKey:keychainLocked` sets the stage for
 * a browser; `&verdict=works&trial=refused&public&ahead=420&trying` that of a link that is checked, `&opening=notFound` that of one that was made,
 * `?stored&document=Contract.pdf&there&uploading` has that file chosen, and one of its name on the site;
 * `?stored&files=3&there&uploading&refused&ended&cut` has several chosen;
 * `&folders=2500&reading&linked` has so many documents on the site, of which the storage gives a thousand at a time;
 * `&unfinished&pace=40&refused=a.pdf&trouble&asks` that of many links; `&setUp=keyGroup&existing&unsaved&gone&closed` that of
 * a set-up of CloudFront that has come to this step, and `&begun=2&step=600000&closes&wrong` that of its *Done for you*;
 * `&at=keyGroup` has `fail=applySetUp` fail at that step, and only once.
 */
export function fakeFromAddress(search: string): Fake {
  const asked = new URLSearchParams(search);
  const options: FakeOptions = { locked: asked.has("locked") };
  // The one for which a set-up is answered comes first.
  const sites = [
    ...(asked.has("made") ? [NEW_SITE] : []),
    ...(asked.has("renewed")
      ? [RENEWED_SITE]
      : asked.has("switched")
        ? [SWITCHED_SITE]
        : asked.has("keys")
          ? [SAMPLE_SITE]
          : asked.has("stored")
            ? [STORED_SITE]
            : []),
    ...(asked.has("rsa") ? [RSA_SITE] : []),
    ...(asked.has("bare") ? [EMPTY_SITE] : []),
  ];
  if (sites.length > 0) options.start = { sites };
  if (asked.has("lost"))
    options.orphans = {
      keys: [
        SAMPLE_ORPHAN,
        {
          ...SAMPLE_ORPHAN,
          id: "1".repeat(32),
          name: "Found key 41d0…",
          fingerprint: "41d0".repeat(16),
          kind: "rsa2048",
          listedAs: SAMPLE_KEY.name,
        },
      ],
      others: ["notes"],
    };
  if (asked.has("strange")) {
    options.start = {
      ...options.start,
      clock: { kind: "wrong", now: 0 },
      setAside: "settings.damaged-1.json",
      historySetAside: "history.damaged-1.json",
    };
  }
  if (asked.has("unread")) options.start = { sites: [], listTrouble: errorNamed(asked.get("unread") ?? "") };
  if (asked.has("links")) {
    const withLinks = sites.some(({ signingKeyId }) => signingKeyId !== null) ? sites : [SAMPLE_SITE, RSA_SITE];
    options.start = { ...options.start, sites: withLinks };
    options.entries = sampleEntries(Number(asked.get("links")), withLinks);
    if (asked.has("left"))
      options.entries = options.entries.map((entry) => ({ ...entry, startsAt: null, expiresAt: now() + Number(asked.get("left")) }));
  }
  if (asked.has("verdict")) options.verdict = { kind: asked.get("verdict"), until: now() + 604_800 } as VerdictView;
  if (asked.has("trial")) {
    const signed = { kind: asked.get("trial"), host: "www.example.com", status: 503 } as TrialAnswer;
    const clock: TrialClockView = asked.has("ahead") ? { kind: "ahead", seconds: Number(asked.get("ahead")) } : { kind: "right" };
    options.trial = { signed, likely: signed.kind !== "opens", isPublic: asked.has("public"), clock };
  }
  const opening = asked.get("opening");
  if (opening !== null) {
    const answer = { kind: opening, host: "www.example.com", status: 503 } as Opening;
    options.opening = { kind: "tried", answer };
  }
  if (asked.has("trying")) options.trialTakes = 600_000;
  if (asked.has("newer")) options.unreadable = [99, 95];
  if (asked.has("unlisted")) options.unlisted = "diskFull";
  if (asked.has("uploading")) options.uploadTakes = 600_000;
  const many = Number(asked.get("files") ?? 0);
  if (many > 0 || asked.has("cut")) {
    const names = Array.from({ length: Math.max(many, 3) }, (_, at) => `Papers/2026/Statement of the independent auditor ${at + 1}.pdf`);
    options.files = {
      chosen: names.map((name, at) => ({ name, size: 1_234_567 * (at + 1) })),
      leftOut: [{ name: "Papers/.DS_Store", why: "hidden" }],
      there: asked.has("there") ? names.slice(0, 2) : [],
      takes: asked.has("uploading") ? 600_000 : 0,
    };
    if (asked.has("refused"))
      options.files.refused = { [names[1] ?? ""]: { code: "documentTrouble", why: "changed", fileName: "Statement.pdf" } };
    if (asked.has("ended")) options.files.trouble = { at: 1, error: { code: "storage", why: "notAllowed", ...OF_AWS } as IpcError };
    if (asked.has("cut")) options.files.unfinished = { begunAt: now() - 600, total: 3, siteName: "Client papers", siteIsHere: true };
  }
  const named = asked.get("document");
  if (named !== null) {
    options.document = { number: 1, name: named, size: 1_234_567, typed: named };
    const keptAs = named.replace(/(\.\w+)?$/, " (2)$1");
    if (asked.has("there"))
      options.already = {
        name: named,
        size: 998_000,
        putAt: now() - 864_000,
        ownSize: 1_234_567,
        ownChangedAt: now() - 3_600,
        keptAs,
        links: 2,
      };
  }
  const stored = asked.get("folders");
  if (stored !== null) options.folders = { stored: stored === "none" ? [] : sampleDocuments(Number(stored)) };
  if (asked.has("linked") && options.folders !== undefined) {
    const first = sampleEntries(7, [SAMPLE_SITE]);
    options.folders = { ...options.folders, links: { own: 6, ofFolders: 1, first }, keepsVersions: true };
  }
  // The first answer comes at once, and the others never.
  if (asked.has("reading") && options.folders !== undefined) options.folders.stopsAfter = 1;
  if (asked.has("lifetime")) options.lifetime = Number(asked.get("lifetime"));
  options.many = { file: { fileName: "board-papers.csv", text: "Agenda.pdf\nMinutes.pdf;2030-12-31;for the chair" } };
  if (options.unlisted !== undefined) options.many.unlisted = options.unlisted;
  if (asked.has("asks")) options.many.questions = QUESTIONS;
  if (asked.has("pace")) options.many.pace = Number(asked.get("pace"));
  if (asked.has("trouble")) options.many.trouble = { code: "keyMissing", name: SAMPLE_KEY.name };
  if (asked.has("refused")) options.many.refused = { [asked.get("refused") ?? ""]: { code: "linkTooLong", length: 8_300, most: 8_192 } };
  if (asked.has("unfinished"))
    options.many.unfinished = {
      startedAt: now() - 3_600,
      total: 1_000,
      made: 312,
      siteName: SAMPLE_SITE.name,
      siteIsHere: asked.get("unfinished") !== "gone",
    };
  const step = asked.get("setUp");
  if (step !== null) {
    options.setUp = {
      answers: answersBefore(step, sites[0]?.keys.at(-1)?.id ?? "", asked.has("existing")),
    };
    if (asked.has("unsaved")) options.setUp.trouble = { code: "settings", why: "notSaved", reason: "diskFull" };
    if (asked.has("gone")) options.setUp.trouble = { code: "keyMissing", name: SAMPLE_KEY.name };
    if (asked.has("closed")) options.setUp.trouble = { code: "keychain", why: "locked" };
  }
  options.aws = {
    made: Number(asked.get("begun") ?? 0),
    pace: Number(asked.get("step") ?? 0),
    closes: asked.has("closes"),
    lines: asked.has("wrong") ? WRONG : asked.has("doubt") ? IN_DOUBT : RIGHT,
  };
  if (asked.has("closes")) options.aws.staysOpen = ["/public/*", "/press/*"];
  const [command, name] = (asked.get("fail") ?? "").split(":");
  if (command !== undefined && name !== undefined) {
    const data = {
      name: "Client papers",
      fileName: "signing.pem",
      host: "docs.example.com",
      site: "docs.example.com",
      reason: "diskFull",
      most: 200,
      least: 15,
      ...OF_ADDRESSES,
      ...OF_AWS,
    };
    const error = { ...data, ...errorNamed(name) } as IpcError;
    const at = asked.get("at");
    if (at === null) options.failing = { [command]: error };
    else options.aws.fails = { at: at as PlanStep, error };
  }
  return new Fake(options);
}

/** An error by its code and why in one word, without its data. */
const errorNamed = (name: string) => ERRORS.find((error) => nameOf(error) === name) as IpcError;
