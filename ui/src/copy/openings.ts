/**
 * Whether a link that was just made opens: what came of trying it, in a sentence, and what follows. Only what the
 * site gave this link is called proved, and no cause is named that was not seen.
 */
import type { NotTried, Opening, OpeningView } from "../backend/bindings";

/** The shape beside it; each has its own. */
export type OpeningMark = "ready" | "proved" | "noDocument" | "refused" | "unknown" | "offline" | "notTrusted" | "later";

export type OpeningWords = { mark: OpeningMark; what: string; more: string };

/** What is known of the link that was tried. */
export type Tried = {
  host: string;
  fileName: string;
  /** The only network from which it opens. */
  network: string | null;
  isFolder: boolean;
  /** When it begins, in words. */
  start: string | null;
  /** `14:03`; null for just now. */
  triedAt: string | null;
};

type Kind = Opening["kind"];

const say = (mark: OpeningMark, what: string, more: string): OpeningWords => ({ mark, what, more });

const SEND_ANYWAY = "You can copy it all the same.";

const ANSWERS: { readonly [K in Kind]: (answer: Extract<Opening, { kind: K }>, tried: Tried) => OpeningWords } = {
  opens: (_, { host, fileName, isFolder, triedAt }) =>
    say(
      "proved",
      `${triedAt === null ? "Tried just now: it opens" : `Tried at ${triedAt}: it opened`} ${isFolder ? fileName : "the document"}.`,
      isFolder ? "Nothing else in the folder was tried." : `${host} gave it to this link.`,
    ),
  notFound: () => say("noDocument", "The link is right, but there is no such document on the site.", CHECK_NAME),
  storageRefused: () =>
    say(
      "noDocument",
      "The link is right, but most likely there is no such document on the site.",
      `${CHECK_NAME} If it is there, ask your IT person.`,
    ),
  refused: (_, { network }) =>
    network === null
      ? say("refused", "The site refused this link.", "Ask your IT person to check the set-up of the site.")
      : say(
          "unknown",
          "Whether it opens cannot be told from here.",
          `It opens only from the network ${network}, so a refusal here proves nothing.`,
        ),
  keyUnknown: () =>
    say(
      "refused",
      "The site does not take this link yet.",
      "If it was set up just now, wait a few minutes. Otherwise ask your IT person to check its set-up.",
    ),
  keyIdMissing: () => say("refused", "The site could not read this link.", "Ask your IT person to check the set-up of the site."),
  signatureMalformed: () => say("refused", "The site could not read this link.", "Ask your IT person to check the set-up of the site."),
  policyMalformed: () => say("refused", "The site could not read this link.", "Ask your IT person to check the set-up of the site."),
  storageAddressSigned: () =>
    say("refused", "The site does not take such links.", "Ask your IT person to check its address: it is that of the storage behind it."),
  linksNotAsked: () =>
    say("refused", "The site does not ask for links at this address.", "Ask your IT person to restrict viewer access there."),
  archived: () => say("refused", "The link is right, but the document is in the storage's archive.", "Ask your IT person to restore it."),
  encryptionKeyRefused: () =>
    say(
      "refused",
      "The link is right, but most likely the site may not decrypt the document.",
      "Ask your IT person to let it use the encryption key.",
    ),
  allAccessDisabled: () => say("refused", "AWS has shut all access to the document.", "Ask your IT person, who can ask AWS."),
  noSuchBucket: () =>
    say("refused", "The link is right, but the storage of the site is not there.", "Ask your IT person to check the site's origin."),
  errorPage: ({ status }) =>
    say(
      "unknown",
      "Whether it opens is not known: the site shows a page in the document's place.",
      `Most likely that is its own error page (${status}). ${CHECK_NAME}`,
    ),
  newBucket: () =>
    say(
      "unknown",
      "Whether it opens is not known: the storage of the site is new.",
      "Its name is not known everywhere yet, which takes up to a day.",
    ),
  pointsToStorage: () =>
    say("refused", "The site sends readers on to its storage, which takes no links.", "Ask your IT person to correct the site's origin."),
  blocked: (_, { network }) =>
    say(
      "unknown",
      "The site turned this computer away.",
      network === null
        ? "A reader elsewhere may get in. Ask your IT person from where the site can be reached."
        : `It opens only from the network ${network}, so a refusal here proves nothing.`,
    ),
  redirected: ({ host }, tried) =>
    say("unknown", `${tried.host} sends readers on to ${host}.`, "Nothing was asked there. Ask your IT person whether that is meant."),
  unexpected: ({ status }) =>
    say(
      "unknown",
      `Whether it opens is not known: the site answered with ${status}.`,
      "If a reader cannot open it, tell your IT person this number.",
    ),
  noSuchHost: (_, { host }) =>
    say("unknown", `Could not be tried: ${host} was not found.`, "Its name may be wrong. Ask your IT person if it stays so."),
  noConnection: (_, { host }) => say("unknown", `Could not be tried: ${host} did not take the connection.`, SEND_ANYWAY),
  notTrusted: (_, { host }) =>
    say("notTrusted", `Not tried: it is not certain that this is ${host}.`, "Do not open the link from here, and tell your IT person."),
  timedOut: (_, { host }) => say("unknown", `Could not be tried: ${host} did not answer within 3 seconds.`, SEND_ANYWAY),
  offline: () => say("offline", "Could not be tried: this computer is offline.", SEND_ANYWAY),
};

const CHECK_NAME = "Check its name, capital letters too, and its folder.";

const NOT_TRIED: Readonly<Record<NotTried, (tried: Tried) => OpeningWords>> = {
  switchedOff: () => say("ready", "It was not tried whether it opens.", "That is switched off for this site."),
  notBegun: ({ start }) => say("later", "Not tried: it does not work yet.", start === null ? "" : `It works from ${start}.`),
  folder: () => say("ready", "Not tried: it opens a folder, and not one document.", "Open one of its documents to see whether it works."),
};

/** While it is being tried, and where nothing came of that. */
export const untried = {
  asking: say("ready", "Trying whether it opens…", "You can copy it now."),
  stopped: say("ready", "It was not tried whether it opens.", SEND_ANYWAY),
};

/** What came of trying a link that was just made. */
export function wordsForOpening(opening: OpeningView, tried: Tried): OpeningWords {
  if (opening.kind === "notTried") return NOT_TRIED[opening.why](tried);
  return (ANSWERS[opening.answer.kind] as (answer: Opening, tried: Tried) => OpeningWords)(opening.answer, tried);
}

/** Every answer there is, for tests. */
export const OPENING_KINDS = Object.keys(ANSWERS) as Kind[];
