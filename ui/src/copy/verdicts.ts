/**
 * What is said of a link that was checked: one sentence that says how it is, one that says why, one
 * that says what to do. The tables are total over what Rust can find, so a new verdict does not compile
 * until its words stand here.
 */
import type { FindingView, PolicyFault, PolicyWriting, RepairView, UnseenView, VerdictView } from "../backend/bindings";
import { momentForReader } from "../time/sentences";

export type VerdictWords = { what: string; why: string; doNow: string };

type Kind = VerdictView["kind"];
type Table<V extends { kind: string }, W> = { readonly [K in V["kind"]]: (data: Extract<V, { kind: K }>) => W };

const say = (what: string, why: string, doNow: string): VerdictWords => ({ what, why, doNow });

export const AGAIN = "Make a new link for the same document, and send that.";
export const BY_ANOTHER_WAY = "Send the link once more, in another way: mail programs and chats change long links.";

const VERDICTS: Table<VerdictView, VerdictWords> = {
  works: ({ until }) => say(`It works until ${momentForReader(until)}.`, "Its signature is right, and nothing in it was changed.", "The link itself is fine. If it does not open for a reader, test whether the document opens."),
  signatureNotChecked: ({ key, until }) => say(`Nothing is wrong with it that can be seen; it says that it works until ${momentForReader(until)}.`, `Its signature could not be checked, because the password store did not give the key “${key}”.`, "Unlock the password store and check it again."),
  ended: ({ at }) => say(`It ended: it worked until ${momentForReader(at)}.`, "A link opens nothing any more after its end.", AGAIN),
  notBegun: ({ from }) => say(`It does not work yet: it works from ${momentForReader(from)}.`, "A start was set when it was made.", "Wait until then, or make a new link without a start."),
  cutOff: () => say("Part of the link is missing.", "Its end was lost on the way: mail programs cut long lines.", BY_ANOTHER_WAY),
  parameterMissing: ({ names }) => say("Part of the link is missing.", `${names.join(" and ")} should stand in it.`, "Copy the whole link once more from where it was made."),
  altered: () => say("Something in the link was changed after it was signed.", "The signature is not over this address and this end.", "Copy the link once more from where it was made, or make a new one."),
  addedAfterSigning: ({ names }) => say(`Something was added after it was signed: ${names.join(", ")}.`, "A signed link opens only as it was signed; counting programs and social networks add to links.", "Take it out of the link, or send the link in another way."),
  pointsElsewhere: ({ signedFor, pointsAt }) => say(`It was signed for ${signedFor}, but points at ${pointsAt}.`, "A signature holds for one site's name only.", `Use the address on ${signedFor}, or make the link again for ${pointsAt}.`),
  schemeChanged: ({ signedFor, pointsAt }) => say(`It was signed for ${signedFor}://, but begins with ${pointsAt}://.`, "The signature is over the whole address, its beginning too.", `Write ${signedFor}:// in front again.`),
  signedUnencoded: ({ signedFor }) =>
    say("It was signed before its address was written as browsers write it.", `It was signed for ${signedFor}, and a browser asks with %20 for a space, for example.`, "Make the link again with Signet, or have the program that made it encode the address first."),
  composedOtherwise: ({ signedFor }) =>
    say("Its accents are written in another way than when it was signed.", `It was signed for ${signedFor}: é can be one character, or an e with an accent behind it.`, AGAIN),
  signedForPlaylist: ({ signedFor }) =>
    say("It is one part of a film, with the signature of the film's playlist.", `It was signed for ${signedFor}, and opens only that.`, "Make a link for the whole folder."),
  policyWrittenOtherwise: ({ how }) =>
    say("The program that made it has signed another text than CloudFront checks.", WRITINGS[how], "Make the link again with Signet, or have that program mended."),
  pathChanged: ({ signedFor }) => say("It was signed for another address.", `The signature is for ${signedFor}.`, "Use that address, or make a link for this document."),
  encodedTwice: ({ signedFor }) => say("A program on the way has encoded its address a second time.", `It was signed for ${signedFor}.`, BY_ANOTHER_WAY),
  outsideResource: ({ resource }) => say("It does not open this document.", `It was signed for ${resource}.`, "Make a link for this document."),
  endInMilliseconds: ({ meant }) => say("Its end is written in thousandths of a second.", `Meant was ${momentForReader(meant)}.`, AGAIN),
  endSignedInMilliseconds: () =>
    say("Its end was signed in thousandths of a second.", "In the link it stands in seconds, so the signature does not fit.", "Make the link again with Signet, or have the program that made it mended."),
  endUnreadable: ({ stated }) => say("Its end is no time.", `“${stated}” stands where the end should be.`, AGAIN),
  wrongHash: () => say("It says another kind of signature than it has.", "Hash-Algorithm is missing from it, or does not say what the signature was made with.", "Copy the whole link once more from where it was made, or make a new one."),
  otherKeySigned: ({ key, id }) => say(`It was signed with the key “${key}”, but names another one.`, `The public key ID in it is ${id}.`, "Compare both IDs with CloudFront's, and make the link again with the one that belongs to this key."),
  keyOfOtherSize: ({ bits }) => say(`It was signed with an RSA key of ${bits} bits.`, "CloudFront takes RSA keys of 2048 bits and P-256 keys.", "Make a new key of one of these kinds, and the link again with it."),
  unknownKey: ({ id }) => say("Whether it opens cannot be told: its key is not on this computer.", `The public key ID in it is ${id}.`, "Check it where it was made, or compare this ID with CloudFront's."),
  idIsNotAKeyId: () => say("The ID in it is not a public key ID.", "A public key ID is a K and 13 capital letters or digits.", "Correct the public key ID of the key, and make the link again."),
  idDamaged: ({ key, keyId }) =>
    say("The public key ID in it was changed.", `Its signature is right: the key “${key}” made it, whose ID is ${keyId}.`, "Copy the link once more from where it was made, or make a new one."),
  signedForOtherService: ({ service }) =>
    say(`It was signed for ${service}, not for CloudFront.`, "CloudFront takes no signatures of others.", "Make a link for the document with Signet, or ask whoever made this one."),
  storageAddress: ({ host, presigned }) => say(`It points at the storage, ${host}.`, presigned ? "It is a link of the storage itself, which ends by the storage's own rules." : "The storage does not check such links; only your site does.", "Make a link for the document's address on your site."),
  notSigned: () => say("This is an address, not a link that was signed.", "It opens only if the document is open to everyone.", "Make a link for it."),
  wrapped: ({ by }) =>
    say(`The link stands inside an address of ${by.name}.`, "What is inside such an address cannot be read from outside.", "Open it in a browser and check the address that the browser shows then, or have the link sent in another way than by e-mail."),
  misnamed: ({ given, meant }) => say("A word in it was changed.", `“${given}” stands there, and “${meant}” should.`, "Copy the link once more from where it was made."),
  bothPolicyAndExpires: () => say("It says its end in two ways at once.", "Expires and Policy never stand in one link.", AGAIN),
  duplicatedParameter: ({ name }) => say(`${name} stands in it twice.`, "Which of them counts is not defined.", AGAIN),
  signatureUnreadable: () => say("Its signature cannot be read.", "It was changed on the way, or made by a program that writes signatures in another way.", BY_ANOTHER_WAY),
  policyUnreadable: ({ why }) => say("What it allows cannot be read.", wordsForFault(why), AGAIN),
  tooLong: ({ length, most }) => say("It is too long to open.", `It has ${length} characters, and CloudFront takes ${most}.`, "Make it with a shorter address."),
  cookiesWithoutAddress: ({ until }) => say(`These are cookies for one address, and the address is not here; they end ${momentForReader(until)}.`, "Such cookies open the one address that was signed.", "Paste the address together with the cookies."),
};

const WRITINGS: Readonly<Record<PolicyWriting, string>> = {
  escaped: "It has put a \\ before each / or written & in another way.",
  whiteSpace: "It has put spaces or line ends into it.",
  endInQuotes: "It has put the end into quotes.",
  otherOrder: "It has its parts in another order.",
};

const FAULTS: Table<PolicyFault, string> = {
  otherBase64: () => "Its policy is in another base64 than CloudFront's.",
  notBase64: () => "Its policy was changed on the way.",
  cut: () => "The end of its policy is missing.",
  notJson: () => "Its policy is no JSON.",
  escaped: () => "Its policy has a \\ in it, and most likely CloudFront does not take it so.",
  noStatement: () => "Its policy has no statement.",
  statementNotAList: () => "The statement of its policy is not in a list.",
  severalStatements: ({ count }) => `Its policy has ${count} statements, and CloudFront takes one.`,
  wrongName: ({ given, meant }) => `Its policy has “${given}” where “${meant}” must stand.`,
  resourceNotText: () => "The resource of its policy is no text.",
  noEnd: () => "Its policy says no end.",
  timeInQuotes: () => "A time in its policy is in quotes, and CloudFront takes a bare number.",
  timeNotWhole: () => "A time in its policy is no whole number of seconds.",
  ipv6: () => "The network of its policy is one of IPv6, and CloudFront takes IPv4 only.",
  severalNetworks: () => "Its policy has several networks, and CloudFront takes one.",
  networkUnreadable: () => "The network of its policy is no IPv4 network.",
  other: () => "Its policy has another shape than policies have.",
};

const wordsForFault = (why: PolicyFault): string => (FAULTS[why.kind] as (data: PolicyFault) => string)(why);

const FINDINGS: Table<FindingView, string> = {
  cookiesInstead: () => "These are cookies. A site sets them itself; they are no link to send.",
  opensEverything: () => "It opens everything that its key protects.",
  opensMore: ({ resource }) => `It opens more than this document: ${resource}.`,
  onlyFrom: ({ network, private: isPrivate }) =>
    isPrivate
      ? `It opens only from ${network}, which lies inside an office or a home: no reader comes from there.`
      : network.endsWith("/0")
        ? "It opens from every IPv4 network, but not over IPv6."
        : `It opens only from the network ${network}, not on a phone on another network and not over IPv6.`,
  endInMilliseconds: ({ meant }) => `Its end lies tens of thousands of years ahead; meant was probably ${momentForReader(meant)}.`,
  startInMilliseconds: ({ meant }) => `Its start lies tens of thousands of years ahead; meant was probably ${momentForReader(meant)}.`,
  neverOpens: () => "It ends before it begins.",
  notSecure: () => "It begins with http://, so whoever listens on the way can open it too.",
  cannotSee: ({ unseen }) => `What cannot be seen from here: ${unseen.map((one) => UNSEEN[one]).join("; ")}.`,
};

const UNSEEN: Readonly<Record<UnseenView, string>> = {
  missing: "whether the document is there",
  bucketPolicy: "whether the storage lets your site read it",
  distribution: "whether your site still takes this key",
  firewall: "whether a firewall or a blocked country is before it",
  public: "whether the document opens without any link too",
  readersNetwork: "whether the reader comes over a phone, a VPN or IPv6",
  longDownload: "whether a long download goes on after the end",
};

const REPAIRS: Table<RepairView, string> = {
  base64: () => "The mail's own encoding (base64) was undone.",
  quotedPrintable: () => "The mail's own encoding (=3D) was taken out.",
  encodedWords: () => "It stood in a line of the mail's head, its subject for example.",
  jsonEscapes: () => "A program's escapes (\\u0026) were taken out.",
  unwrapped: ({ from }) => `It stood inside an address of ${from.name}.`,
  htmlEntities: () => "&amp; was put back to &.",
  encodedTwice: () => "An encoding too many was taken out.",
  lineBreaks: () => "Line breaks inside it were taken out.",
  replyMarks: () => "Marks of a reply (>) were taken out.",
  spaces: () => "Spaces inside it were fixed.",
  hiddenCharacters: () => "Characters that nobody can see were taken out.",
  punctuation: () => "Punctuation behind it was left away.",
  fragment: () => "What stands behind the # was left away.",
  encoded: () => "Letters that no link can have were encoded.",
  schemeAdded: () => "https:// was missing.",
  slashes: () => "The slashes behind https: were put right.",
  escapeMarks: () => "Marks of another program (\\ or ^ before &) were taken out.",
  paddingRestored: () => "A _ at its end, which mail programs cut off, was put back.",
};

/** The words for a verdict. */
export const wordsForVerdict = (verdict: VerdictView): VerdictWords =>
  (VERDICTS[verdict.kind] as (data: VerdictView) => VerdictWords)(verdict);

/** One sentence for what is worth knowing beside the verdict. */
export const wordsForFinding = (finding: FindingView): string =>
  (FINDINGS[finding.kind] as (data: FindingView) => string)(finding);

/** One sentence for what was done to find the link. */
export const wordsForRepair = (repair: RepairView): string =>
  (REPAIRS[repair.kind] as (data: RepairView) => string)(repair);

/** Every fault of a policy there is, for tests. */
export const FAULT_KINDS = Object.keys(FAULTS) as PolicyFault["kind"][];

/** Every verdict there is, for tests. */
export const VERDICT_KINDS = Object.keys(VERDICTS) as Kind[];
