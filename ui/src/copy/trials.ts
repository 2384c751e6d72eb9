/**
 * What is said of a link that was tried on the network: one sentence that says what came of it, one
 * that says why, one that says what to do. What CloudFront and the storage answer is partly known from
 * captures alone; such a meaning is said with "Most likely". Where the trial and the check of the link
 * itself disagree, the words say what that means.
 */
import type { InspectionView, TrialAnswer, TrialClockView, TrialView, VerdictView } from "../backend/bindings";
import { span } from "../time/sentences";
import type { Words } from "./errors";
import { AGAIN, BY_ANOTHER_WAY, type VerdictWords, wordsForVerdict } from "./verdicts";

type Kind = TrialAnswer["kind"];
type Known = { trial: TrialView; inspection: InspectionView };

const say = (what: string, why: string, doNow: string): VerdictWords => ({ what, why, doNow });

/** What the check of the link itself lets one expect of the site; whatever else it finds keeps the link from opening. */
const EXPECTED: { readonly [K in VerdictView["kind"]]?: "opens" | "unknown" } = {
  works: "opens",
  signatureNotChecked: "unknown",
  unknownKey: "unknown",
  storageAddress: "unknown",
  notSigned: "unknown",
  wrapped: "unknown",
};

const ANSWERS: { readonly [K in Kind]: (answer: Extract<TrialAnswer, { kind: K }>, known: Known) => VerdictWords } = {
  opens: (_, known) => opens(known),
  keyIdMissing: (_, { trial, inspection }) =>
    inspection.verdict.kind === "notSigned"
      ? say("The document is private, as it should be.", `${trial.host} gives it only for a link that was signed.`, "Make a link for it.")
      : say(`${trial.host} finds no key's ID in it.`, `${begin(trial, "It")} was cut or changed on the way.`, "Copy the whole link once more from where it was made."),
  keyUnknown: (_, { trial, inspection }) =>
    say(`${trial.host} does not know its key.`, `${begin(trial, "The")} site does not take the key ${inspection.details.keyId ?? "of this link"}, or is still being set up.`, "Ask your IT person to add this key to the site's key group; if that was done just now, try again in a few minutes."),
  signatureMalformed: (_, { trial }) => say(`${trial.host} cannot read its signature.`, `${begin(trial, "It")} was cut or changed on the way.`, BY_ANOTHER_WAY),
  policyMalformed: (_, { trial }) => say(`${trial.host} cannot read what it allows.`, `${begin(trial, "It")} was cut or changed on the way.`, BY_ANOTHER_WAY),
  refused: (_, known) => refused(known),
  storageRefused: (_, { trial }) =>
    say(`${trial.host} took the link, but its storage does not give the document.`, `${begin(trial, "There")} is no such document. If there is, the storage does not let the site read it.`, "Check the document's name, capital letters too; if it is right, ask your IT person to let the site read the storage."),
  storageAddressSigned: (_, { trial }) =>
    say("It points at the storage, which does not take such links.", `${begin(trial, "The")} address of the storage was signed, and not the one of your site.`, "Make a link for the document's address on your site."),
  linksNotAsked: (_, { trial }) =>
    say(`${trial.host} does not ask for a link here.`, `${begin(trial, "The")} site is not set up to look at links for this address, and hands them on to the storage, which does not know them.`, "Ask your IT person to restrict viewer access for this address."),
  archived: () => say("The document is in the storage's archive.", "Nothing opens from there until it is brought back; the link is fine.", "Ask your IT person to restore it, which takes minutes to hours."),
  encryptionKeyRefused: (_, { trial }) =>
    say("The site may not decrypt the document.", `${begin(trial, "The")} storage does not let it use the encryption key; the link was taken.`, "Ask your IT person to let the site use that key (kms:Decrypt)."),
  allAccessDisabled: () => say("AWS has shut all access to the document.", "That is so with every link.", "Ask your IT person, who can ask AWS."),
  noSuchBucket: () => say("The storage of the site is not there.", "The link was taken, but the bucket behind the site does not exist.", "Ask your IT person to check the origin of the site."),
  errorPage: ({ status }, { trial }) =>
    say(`${trial.host} shows a page in the document's place.`, `${begin(trial, "It")} is the site's own error page (${status}), which may stand for any refusal.`, "Check the document's name, capital letters too; if it is right, ask your IT person why this page is shown."),
  newBucket: (_, { trial }) =>
    say(`The storage of ${trial.host} is new.`, "Until its name is known everywhere, the site cannot fetch documents; the link is fine.", "Wait, up to a day. If it stays so, ask your IT person to name the bucket with its region."),
  pointsToStorage: (_, { trial }) =>
    say(`${trial.host} sends readers on to its storage.`, `${begin(trial, "The")} site is set up with another region than its bucket has.`, "Ask your IT person to correct the origin of the site."),
  notFound: (_, { trial }) => say("There is no document at this address.", `${trial.host} took the link, and found nothing there.`, "Check the document's name, capital letters too, and make the link again."),
  blocked: (_, { trial }) =>
    say(`${trial.host} turned this computer away before it looked at the link.`, `${begin(trial, "A")} firewall or a blocked country is in the way, or the site does not go by this name.`, "Ask your IT person whether the site goes by this name, and from where it may be reached."),
  redirected: ({ host }, { trial }) =>
    say(`${trial.host} sends readers on to ${host}.`, "A link opens only on the site for which it was signed, so Signet did not ask there.", "Ask your IT person whether that is meant, and which of the two has the document."),
  unexpected: ({ status }, { trial }) =>
    say(`${trial.host} gave an answer from which nothing can be told.`, `The number of the answer is ${status}.`, "Try it again in a minute; if it stays so, tell your IT person this number."),
  noSuchHost: (_, { trial }) => say(`Signet could not reach ${trial.host}.`, "The name may be wrong, or this computer is offline.", "Check the name and whether this computer is online, then test it again."),
  noConnection: (_, { trial }) =>
    say(`${trial.host} could not be reached.`, "This computer is offline, or the site does not take connections.", "Check whether other sites open on this computer, then try it again."),
  notTrusted: (_, { trial }) =>
    say(`It is not certain that this is ${trial.host}.`, "What answered showed a certificate that this computer does not trust.", "Do not open the link from here, and tell your IT person."),
  timedOut: (_, { trial }) => say(`${trial.host} did not answer in time.`, "Signet waited ten seconds.", "Try it again; if it stays so, ask your IT person whether the site runs."),
};

const begin = ({ likely }: TrialView, word: string) => (likely ? `Most likely ${word.toLowerCase()}` : word);

const isClockWrong = ({ clock }: TrialView) => clock !== null && clock.kind !== "right";

const SET_CLOCK = "Set the date and time in your computer's settings, and check the link again.";

function opens({ trial, inspection }: Known): VerdictWords {
  const { kind } = inspection.verdict;
  if (trial.isPublic === true) {
    return say("It opens, with a link and without one.", "So nothing can be told of the link itself, for nobody looks at it.", "Have the document closed first, then try the link again.");
  }
  if (EXPECTED[kind] !== undefined) {
    return say("It opens.", `Asked with this link, ${trial.host} gives the document.`, "If a reader cannot open it, send it to them in another way: mail programs and chats change long links.");
  }
  if ((kind === "ended" || kind === "notBegun") && isClockWrong(trial)) {
    return say("It opens, for this computer's clock is wrong and the site's counts.", "The check above was made by this computer's clock.", SET_CLOCK);
  }
  return say("It opens, although by the check above it should not.", `Most likely ${trial.host} does not check links as CloudFront does.`, "Ask your IT person what checks links there, for others may come in too.");
}

function refused({ trial, inspection }: Known): VerdictWords {
  const { verdict, details } = inspection;
  const expected = EXPECTED[verdict.kind];
  if (expected === undefined) return say(`${trial.host} refuses it.`, "That is what the check above says too.", wordsForVerdict(verdict).doNow);
  const what = expected === "opens" ? `${trial.host} refuses it, although nothing in it is wrong.` : `${trial.host} refuses it.`;
  if (isClockWrong(trial)) return say(what, "Most likely it has ended or not begun by the site's clock, for this computer's is wrong.", SET_CLOCK);
  if (details.network !== null) {
    return say(what, `Most likely this computer is not in the network ${details.network}, and the link opens only from there.`, "Try it from that network; if it is refused there too, ask your IT person whether the site takes its key.");
  }
  const key = details.keyId ?? "in the link";
  if (expected === "opens") {
    return say(what, `Most likely the ID ${key} belongs to another key on the site than in Signet.`, "Ask your IT person to compare the key's fingerprint and ID with those of the site.");
  }
  return say(what, `Most likely it was changed on the way, or not signed with the key ${key}.`, AGAIN);
}

/** The words for what came of a trial. */
export const wordsForTrial = (trial: TrialView, inspection: InspectionView): VerdictWords =>
  (ANSWERS[trial.signed.kind] as (answer: TrialAnswer, known: Known) => VerdictWords)(trial.signed, { trial, inspection });

export const wordsForPublic: Words = {
  what: "Anyone can open this document: it is not private.",
  doNow: "Ask your IT person to close it to readers without a link. Until then no link's end keeps anybody out.",
};

/** What is said of a clock that is wrong. */
export function wordsForClock(clock: TrialClockView | null, host: string): Words | null {
  if (clock === null || clock.kind === "right") return null;
  return {
    what: `This computer's clock is ${span(clock.seconds)} ${clock.kind === "ahead" ? "ahead of" : "behind"} that of ${host}.`,
    doNow: "Set the date and time in your computer's settings: links end by the site's clock.",
  };
}

/** What is in order, a sentence each. */
export const quietWords = ({ isPublic, clock }: TrialView): string[] => [
  ...(isPublic === false ? ["Without a link the document stays closed."] : []),
  ...(clock?.kind === "right" ? ["This computer's clock is right."] : []),
];

/** Every answer there is, for tests. */
export const ANSWER_KINDS = Object.keys(ANSWERS) as Kind[];
