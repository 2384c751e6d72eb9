/**
 * What went wrong, in words: one sentence says what happened, one says what to do.
 *
 * The table is total over the codes that Rust knows, and below a code over why: a new error does not compile
 * until its words stand here. Words of AWS only appear where the IT person works (keys and sites).
 */
import type { FailReason, HistoryTrouble, IpcError, MadeThing, PlanRule, RowEndError, SetUpStep, UnfitWhy, WhyKept } from "../backend/bindings";
import { writtenMoment } from "../time/sentences";
import { sizeOf } from "./sizes";

export type Words = { what: string; doNow: string };

type Code = IpcError["code"];
type Data<C extends Code> = Extract<IpcError, { code: C }>;
/** Why, where a code says more than one thing. */
type Why<C extends Code> = Extract<Data<C>, { why: string }>["why"];
type Row<C extends Code> = [Why<C>] extends [never]
  ? (data: Data<C>) => Words
  : { readonly [W in Why<C>]: (data: Extract<Data<C>, { why: W }>) => Words };
type Table = { readonly [C in Code]: Row<C> };

const say = (what: string, doNow: string): Words => ({ what, doNow });

/** Where something was looked for. */
const within = (fileName: string | null): string => (fileName === null ? "on the clipboard" : `in ${fileName}`);

const OTHER_FILE = "Choose the private key file that belongs to this public key ID.";

const meant = (suggestion: string) => `Did you mean ${writtenMoment(suggestion)}?`;

const columnName = (heading: string, number: number) => (heading === "" ? `column ${number}` : `“${heading}”`);

const notWritten: Record<FailReason, string> = {
  diskFull: "Make some room on the disk and try again.",
  readOnly: "Choose a place where you may save files, or ask your IT person about this account's folders.",
  other: "Try again, and restart the computer if it happens once more.",
};

/** What lets Signet write a file of its own, for which nobody chooses the place. */
const notKept = (file: string): Record<FailReason, string> => ({
  ...notWritten,
  readOnly: `Ask your IT person to let Signet write ${file} in its settings folder.`,
});

const NO_LOGIN = "This computer has no login with which documents can be put on the site.";
const storageRefused = () => say("The site's storage answered otherwise than it should.", "Wait a minute and try again; if it stays so, ask your IT person to check the set-up of the site.");
const RENAME = "Rename the file on your computer, and choose it again.";
const TYPE_FOLDER = "Type it like reports/2026.";
const TYPE_NAME = "Type it like Contract.pdf, with its folder: reports/2026/Contract.pdf.";

const FOLDER: Row<"documentFolder"> & Row<"originPath"> = {
  empty: () => say("This folder has no name.", TYPE_FOLDER),
  tooLong: ({ length, most }) => say(`The folder's name is too long.`, `It has ${length} bytes, and ${most} are the most. Choose a shorter one.`),
  hidden: ({ name, character }) => say(`The folder's name has a character in it that nobody sees (${name}, ${character}).`, TYPE_FOLDER),
  hasBackslash: () => say("The folder's name has a \\ in it.", "Type / between folders, as in reports/2026."),
  emptyFolder: () => say("One of the folders has no name.", TYPE_FOLDER),
  dots: ({ segment }) => say(`A browser takes ${segment} for another folder.`, TYPE_FOLDER),
  isFolder: () => say("This is a folder.", TYPE_FOLDER),
};

const COPY_ARN = "Copy the ARN from the distribution's tab General: it begins with arn:aws:cloudfront.";

const tick = (what: string) => say(`${what} is not done yet.`, "Do that step first; it is in the list.");

const INCOMPLETE: Record<SetUpStep, Words> = {
  key: say("No key is chosen.", "Choose a key, or make a new one."),
  documents: say("It is not said yet where the documents are.", "Type the bucket's name, its region and, if the distribution is there already, its ID."),
  publicKey: say("The public key ID is missing.", "Paste the ID that starts with K, from CloudFront: Key management, Public keys."),
  keyGroup: tick("The key group"),
  accessControl: tick("The origin access control"),
  distribution: say("The distribution's ARN or its domain name is missing.", "Copy both from the distribution's tab General."),
  bucketPolicy: tick("The bucket policy"),
  restrictViewerAccess: tick("Restrict viewer access"),
  connect: tick("The connection"),
};

const ASK_FOR_PERMISSION = "Ask whoever runs the AWS account for this permission, and try again.";

const UNFIT: Record<UnfitWhy, (id: string) => Words> = {
  otherBucket: (id) => say(`The distribution ${id} does not fetch from this bucket.`, "Choose the distribution that does, or a new one."),
  otherBehaviour: (id) =>
    say(`The default behaviour of the distribution ${id} does not fetch from this bucket.`, "Choose another distribution or a new one, or restrict the right behaviour by hand."),
  website: (id) => say(`The distribution ${id} fetches from the bucket as from a website.`, "Change that origin to the bucket itself in CloudFront, or choose a new distribution."),
  customOrigin: (id) =>
    say(
      `The distribution ${id} fetches from the bucket through a custom origin, which signs no request, so a private bucket does not let it in.`,
      "Make an S3 origin for the bucket in CloudFront and use that one in the behavior, or choose a new distribution.",
    ),
  staging: (id) =>
    say(`The distribution ${id} is a staging distribution: readers of a site come to it only by a header, or as a small share of them.`, "Choose the primary distribution, or a new one."),
  multiTenant: (id) =>
    say(
      `The distribution ${id} is a multi-tenant one, which has no address of its own for documents to open at.`,
      "Add the key group to it by hand where its tenants are meant, or choose a new distribution.",
    ),
  keyGroupsFull: (id) =>
    say(
      `The default behavior of the distribution ${id} has 4 key groups already, and CloudFront takes no more unless AWS has raised that for this account.`,
      "Take out one that is not used (Behaviors, Restrict viewer access), or put this key into one of them by hand: its links open documents then.",
    ),
};

/** Why an undo left something as it is. */
const KEPT: Record<WhyKept, string> = {
  differs: "which is not as Signet made it",
  othersUseIt: "by which links of other keys open",
  hasMore: "where there is more by now than Signet made",
};

/** What a set-up made, as it is called in a sentence. */
export function madeThing(thing: MadeThing, id: string | null): string {
  const names: Record<MadeThing, string> = {
    accessControl: "the origin access control",
    publicKey: "the public key",
    keyGroup: "the key group",
    distribution: "the distribution",
    policy: "the policy of the bucket",
    change: "the distribution",
    documentUser: "the IAM user for documents",
    documentPolicy: "the policy of the IAM user for documents",
    accessKey: "the access key for documents",
  };
  return id === null ? names[thing] : `${names[thing]} ${id}`;
}

/** A sentence that came from elsewhere ends as ours do. */
const ended = (text: string) => text.trim().replace(/[.]*$/, ".");

/** What a flat-rate plan of CloudFront's does not let. */
const IN_PLAN: Record<PlanRule, (message: string) => Words> = {
  subscribed: () =>
    say("The distribution has a pricing plan, and AWS removes none that has one.", "Cancel the plan in CloudFront. It runs to the end of the month that is paid for; then undo once more."),
  needsWebAcl: () =>
    say("The pricing plan of the distribution asks for a web ACL, so none may be taken off.", "Leave the web ACL where it is, or cancel the plan in CloudFront, and try again."),
  notInPlan: (message) => say(`The pricing plan of the distribution does not have that: ${ended(message)}`, "Take a larger plan in CloudFront, or cancel it, and try again."),
};

const awsUnexpected = () =>
  say("AWS answered otherwise than Signet knows.", "Try again; if it stays so, choose “By hand” or “For my IT person” above.");

/** What is wrong with a day, a time or a span that was typed, whatever it is for. */
const DATES: { readonly [W in Why<"end">]: (data: Extract<RowEndError, { why: W }>) => Words } = {
  unreadable: ({ text, suggestion }) => say(`Signet cannot read “${text}”.`, suggestion === null ? "Type a day like 31 December 2026, a day and a time, or a span like 7 days." : meant(suggestion)),
  ambiguous: ({ text, readings }) => say(`“${text}” can be read in two ways.`, `Is it ${writtenMoment(readings[0])}, or ${writtenMoment(readings[1])}?`),
  noSuchDay: ({ text, suggestion }) => say(`The calendar has no such day: “${text}”.`, suggestion === null ? "Type a day that there is, like 31 December 2026." : meant(suggestion)),
  noSuchTime: ({ text }) => say(`No clock shows the time in “${text}”.`, "Type a time like 17:00 or 5 pm."),
  otherWeekday: ({ text, suggestion }) => say(`The day of the week in “${text}” is another one than its date's.`, meant(suggestion)),
  unknownZone: ({ text, name }) => say(`The zone ${name} in “${text}” does not say one time on that day.`, "Type the time as your own clock shows it, or with the hours from UTC, like 17:00 +01:00."),
  tooFine: ({ text, unit, suggestion }) => say(`${text} is in ${unit}, and a link counts in seconds.`, meant(suggestion)),
};

const TABLE: Table = {
  name: {
    empty: () => say("The name is empty.", "Type a name, for example Client papers."),
    tooLong: ({ most }) => say("The name is too long.", `Use at most ${most} characters.`),
  },
  nameTaken: ({ name }) => say(`The name “${name}” is taken already.`, "Choose another name."),

  site: {
    empty: () => say("The site address is empty.", "Type the address of your documents' site, for example docs.example.com."),
    invalid: () => say("This is not a site address.", "Type a host name, for example docs.example.com or d111111abcdef8.cloudfront.net."),
    notSecure: () => say("This address begins with http://, which is not protected.", "Type the address with https://, or the name alone."),
    isStorageAddress: ({ host }) => say(`${host} is the address of the storage, not of the site.`, "Type the distribution's domain name: it ends in cloudfront.net, or is your own name for it."),
    isDistributionId: ({ id }) => say(`${id} is a distribution ID, not an address.`, "Type the distribution's domain name, which stands beside the ID in CloudFront."),
    isConsole: () => say("This is a page of the AWS console.", "Type the distribution's domain name, which that page shows."),
    hasPath: ({ path }) => say(`The address has more than a site: ${path}`, "Type only the part before it; documents are chosen later, link by link."),
    hasUserInfo: () => say("The address has an @ in it, so it leads elsewhere than it seems to.", "Type the site's host name alone."),
  },
  siteElsewhere: ({ address }) => say(`This site has another key, and that one's documents are at ${address}.`, "Type that address here too, or remove the other key first."),

  publicKeyId: {
    empty: () => say("The public key ID is empty.", "Paste the ID from CloudFront: Key management, Public keys."),
    isDistributionId: () => say("That is a distribution ID: it starts with E.", "The public key ID starts with K. Find it in CloudFront under Key management, Public keys."),
    isKeyGroupId: () => say("That is a key group ID.", "The public key ID starts with K. Find it in CloudFront under Key management, Public keys."),
    isAccessKey: () => say("That is the ID of an access key to an AWS account.", "Keep it to yourself, and paste the public key ID, which starts with K."),
    isPem: () => say("That is a key's text, not its ID.", "Paste the short ID that starts with K from CloudFront: Key management, Public keys."),
    invalid: () => say("This is not a public key ID.", "It is a K and 13 capital letters or digits, for example K2JCJMDEHXQW5F."),
    notFilledIn: () => say("No ID is filled in there yet.", "Paste the ID from CloudFront: Key management, Public keys."),
    smallLetters: () => say("A public key ID has capital letters, and these are small ones.", "Copy it once more from CloudFront: Key management, Public keys."),
  },

  keyFile: {
    empty: ({ fileName }) => say(`${fileName} is empty.`, OTHER_FILE),
    tooLarge: ({ fileName }) => say(`${fileName} is far too large for a key.`, OTHER_FILE),
    publicKey: ({ fileName }) => say(`${fileName} holds a public key, which cannot sign.`, "Choose the private key file; it was made together with this one."),
    certificate: ({ fileName }) => say(`${fileName} is a certificate, not a private key.`, OTHER_FILE),
    putty: ({ fileName }) => say(`${fileName} is a PuTTY key.`, "In PuTTYgen, load it and choose Conversions, Export OpenSSH key; then choose the exported file."),
    openSsh: ({ fileName }) => say(`${fileName} is an SSH key in a form that Signet does not read.`, `Choose the private key file, or convert it with: ssh-keygen -p -m PKCS8 -f ${fileName}`),
    jwk: ({ fileName }) => say(`${fileName} is a key in JSON (JWK).`, "Save the key as PEM with the program that made it, and choose that file."),
    xml: ({ fileName }) => say(`${fileName} is a key in XML, as .NET writes it.`, "Save it as PEM with ExportPkcs8PrivateKeyPem in .NET, and choose that file."),
    csv: ({ fileName }) => say(`${fileName} is a list of access keys to an AWS account.`, "Keep it safe and do not send it on. " + OTHER_FILE),
    oldEncrypted: ({ fileName }) => say(`${fileName} is locked in an old way that Signet does not open.`, `Lock it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in ${fileName} -out key.pem`),
    pkcs12: ({ fileName }) => say(`${fileName} is a PKCS#12 container.`, `Take the key out of it with: openssl pkcs12 -nocerts -in ${fileName} -out key.pem`),
    encryptionUnsupported: ({ fileName }) => say(`${fileName} is locked in a way that Signet does not open.`, `Lock it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in ${fileName} -out key.pem`),
    lockTooHeavy: ({ fileName }) => say(`${fileName} is locked so heavily that opening it would take too long.`, `Lock it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in ${fileName} -out key.pem`),
    rsaSize: ({ fileName, bits }) => say(`${fileName} holds an RSA key of ${bits} bits.`, "CloudFront takes RSA keys of 2048 bits and P-256 keys: make a new key pair of one of these."),
    otherCurve: ({ fileName }) => say(`${fileName} holds a key on another curve than P-256.`, "CloudFront takes P-256 and RSA 2048: make a new key pair of one of these."),
    otherKind: ({ fileName }) => say(`${fileName} holds a kind of key that CloudFront does not take.`, "Make a new key pair: P-256 or RSA 2048."),
    damaged: ({ fileName }) => say(`The key in ${fileName} is damaged.`, "Fetch the file once more from where it is kept, and choose that copy."),
    unknown: ({ fileName }) => say(`There is no key in ${fileName}.`, OTHER_FILE),
    manyKeys: ({ fileName }) => say(`${fileName} holds more than one private key.`, "Save the key that belongs to this public key ID in a file of its own, and choose that."),
    wrongPassphrase: () => say("The passphrase does not open this file.", "Type it again; capital letters count."),
  },
  readKeyFile: {
    notRegular: ({ fileName }) => say(`${fileName} is not an ordinary file.`, OTHER_FILE),
    unreadable: ({ fileName }) => say(`${fileName} cannot be read.`, "Check that you may open the file, and choose it again."),
    notFound: ({ fileName }) => say(`${fileName} is no longer there.`, "Look where it was moved to, and choose it there."),
    tooLarge: ({ fileName }) => say(`${fileName} is far too large for a key.`, OTHER_FILE),
  },
  keyFileIsOtherKey: ({ fileName }) => say(`${fileName} holds another key than the one that was added.`, "Choose the file of this very key, or remove the key and add the other one."),
  noPendingKey: () => say("The key file was closed in the meantime.", "Choose it again."),
  keyTaken: ({ name }) => say(`This key is already here: “${name}”.`, "Use that one, or change the site or the public key ID."),

  keyUnfinished: ({ name }) => say(`This key is here already and has no public key ID yet: “${name}”.`, "Open that site under Sites, and go on with its set-up there."),
  keyBeingReplaced: ({ name }) => say(`A key that is to replace this one was made already: “${name}”.`, "Go on with it, or remove it under Sites first."),
  publicKeyIdOfOldKey: () => say("This is the ID of the old key.", "Take the ID that CloudFront gave to the new one."),
  newPassphrase: {
    tooShort: ({ least }) => say(`The passphrase has fewer than ${least} characters.`, "Take a longer one, for example four words that have nothing to do with each other."),
  },
  newPassphraseDiffers: () => say("The two passphrases are not the same.", "Type the passphrase again, twice."),

  keychain: {
    absent: () => say("This computer has no password store that answers, so the key has no safe place.", "Start your desktop's password store (on Linux: GNOME Keyring or KWallet) and try again. Signet keeps keys nowhere else."),
    locked: () => say("The password store of this computer is locked.", "Unlock it and try again."),
    dismissed: () => say("The password store was not unlocked.", "Try again, and type the password that your computer asks for."),
    slow: () => say("The password store did not answer in time.", "Look whether your computer is asking for a password, then try again."),
    busy: () => say("Too much is asked of the password store at once.", "Wait until what is under way is done, then try again."),
    failed: () => say("Your computer's password store did not answer.", "Try again, and log out and in if it happens once more."),
    missing: () => say("The key is no longer in this computer's password store.", "Choose its key file or its backup to put it back."),
  },
  keyMissing: ({ name }) => say(`The key “${name}” is no longer in this computer's password store.`, "Choose its key file or its backup to put it back."),
  orphanGone: () => say("This key is no longer in the password store, or it is another one by now.", "Open Sites again to see what is there."),
  siteUnknown: () => say("This site is not here any more.", "It was removed in another window or in a terminal. Choose another one."),
  siteHasKey: ({ name }) => say(`This site has a key already: “${name}”.`, "Go on with that one, or remove it first."),
  keyUnknown: () => say("This key was removed.", "Choose another key."),

  settings: {
    notSaved: ({ reason }) => say("Your list of sites (settings.json) could not be saved, so nothing was changed.", notKept("settings.json")[reason]),
    busy: () => say("Another Signet is changing the list of sites, so nothing was changed here.", "Try again in a moment."),
    noLock: () => say("Something stands in the place of Signet's lock, so nothing was changed.", "Ask your IT person to move settings.lock out of Signet's settings folder, and try again."),
    newer: () => say("Your list of sites was written by a newer Signet, so nothing in it is changed here.", "Open the newer Signet to work with your sites. Checking a link and practising work here too."),
    unreadable: () =>
      say(
        "Your list of sites cannot be read at the moment, so nothing in it is changed.",
        "Ask your IT person whether settings.json in Signet's settings folder is a file that you may read. Your keys appear here as soon as it can be read.",
      ),
    damaged: () =>
      say("Your list of sites is damaged, so nothing in it is changed.", "Close Signet and open it again: it then puts the damaged list aside. Your keys are still in the password store."),
  },
  keyRenamedElsewhere: ({ name }) => say(`Another Signet renamed this key meanwhile: it is now called “${name}”.`, "Rename it once more if it should have another name."),

  entryUnknown: () => say("This link is no longer in the list.", "Make a new one under “New link”."),
  note: {
    tooLong: ({ most }) => say("The note is too long.", `Use at most ${most} characters.`),
  },
  history: {
    notSaved: ({ reason }) => say("The list of links (history.sqlite3) could not be saved, so nothing was changed.", notKept("history.sqlite3")[reason]),
    unreadable: () => say("The list of links (history.sqlite3) could not be read.", "Try again, and start Signet anew if it happens once more. Links already sent keep working."),
  },

  address: {
    empty: () => say("No document was named.", "Type or paste the document's address or its name."),
    namesNoDocument: () => say("This names no document.", "Type the document's name, with its folder if it has one: Contracts/Lease.pdf."),
    otherSite: ({ host, site }) => say(`That document is on ${host}, and your links are for ${site}.`, `Type the name of a document on ${site}.`),
    isFolder: ({ folder }) => say(`This is the folder /${plain(folder)}, and a link opens one document.`, "Type the name of a document in it, or make a link for the whole folder under “New link”."),
    isPlaceholder: ({ text }) => say(`“${text}” stands where a name should be.`, "Type the name of the document itself."),
    isHtml: () => say("This was copied out of a page's source, where & is written as &amp;.", "Use it with & alone, or type the document's name."),
    onComputer: ({ site }) => say("This file is on your computer, so nobody else can open it.", `It has to be on ${site ?? "your site"} first; then type its name there.`),
    isStorageAddress: () => say("That is the storage address, and a link to it would not open.", "Type the document's name or its address on your site."),
    forbiddenCharacter: ({ character, name }) =>
      say(`No link can have this in it: ${name === null ? character : `${name} (${character})`}.`, character === "%" ? "If it belongs to the document's name, write it as %25." : "Take it out, or type the document's name alone."),
    hasBackslash: () => say("This is written with backslashes (\\), and an address has slashes (/).", "Type the document's name with slashes between its folders."),
    hasFragment: () => say("The address has a # in it, and what follows never reaches the site.", "Take away the # and what follows; if it belongs to the document's name, write it as %23."),
    isPattern: ({ folder }) =>
      folder === null
        ? say("The * stands for any document, but a link opens one.", "Type one document's name; if its name really has a *, write it as %2A.")
        : say(`With the * this means the whole folder ${folder}.`, "Open the whole folder, or type one document's name."),
    hasQuestionMark: () => say("The question mark can be read in two ways.", "Choose what you mean, or write %3F for a question mark in a name."),
    goesUp: () => say("The address goes back up with “..”, so a browser would ask for another document.", "Type the document's name with its folder, from the top."),
    several: ({ count }) => say(`${count} documents stand here, and a link opens one.`, "Type one of them, or make all the links under “Many at once”."),
    wordsAround: () => say("There are words around the address.", "Type the document's address alone."),
    isFormula: () => say("This is a spreadsheet's formula, not an address.", "Open the link in the spreadsheet and copy its address from there."),
    isLink: () => say("This is a link you already made.", "Make a new one for the same document, or type another document's name."),
    isSignedForS3: () => say("This link is signed for the storage (S3) already, and your site would refuse it.", "Type the document's own address, up to the question mark."),
    hasSigningParameter: ({ name }) => say(`The address has “${name}” in it, which finished links have.`, "Type the document's own address, up to the question mark."),
    tooLong: ({ most }) => say("This address is too long.", `Use one of at most ${most} characters.`),
    notSecure: () => say("This address begins with http://, but your site uses https://.", "Type https:// instead."),
    hasUserInfo: () => say("This has an @ in it, like an e-mail address, so it leads elsewhere than it seems to.", "Type the document's name alone."),
    invalid: () => say("This is not an address.", "Type the document's name, or its address from https:// on."),
    otherScheme: ({ scheme }) => say(`An address that begins with ${scheme}: is not on your site.`, "Type the document's name, or its address from https:// on."),
  },

  lifetime: {
    over: () => say("This time is already over.", "Choose a later one."),
    tooFar: ({ years }) => say(`This is more than ${years} years away.`, "Check the year."),
    invalid: () => say("No day is chosen yet.", "Choose one in the calendar, or type one like 31 December or Friday."),
  },
  clockWrong: () => say("The clock of this computer is wrong, so links would not work.", "Set the date and time in your computer's settings, then try again."),

  dayEndInvalid: () => say("This is not a time of day.", "Type one like 18:00."),
  start: DATES,
  startInvalid: () => say("This is no day from which a link can work.", "Type one like 1 December or Friday, or switch “Works from” off."),
  startAfterEnd: () => say("The link would end before it begins.", "Choose an earlier start or a later end."),
  networkInvalid: () => say("This is not a network.", "Type one address like 203.0.113.7, or a range like 203.0.113.0/24."),
  networkIsIpv6: () => say("This is an IPv6 address, and links can only be limited to IPv4 networks.", "Type the network's IPv4 address, like 203.0.113.7, or leave the field empty."),
  networkWithoutReaders: ({ network }) => say(`No reader comes from ${network}, so the link would never open.`, "That address is used inside an office or a home: ask your IT person for the network's public address."),
  folder: {
    otherSite: ({ site }) => say("This folder is on another site.", `Type a folder of ${site}, like /reports/.`),
    forbiddenCharacter: ({ character }) => say(`No folder can have this in it: a character that cannot be seen (${character}).`, "Type the folder's name anew."),
  },
  folderMissesDocument: () => say("The document is not in this folder, so the link would not open it.", "Leave the folder empty, or type one that holds the document."),

  nothingPasted: () => say("Nothing was pasted.", "Paste a link, or the mail it came in."),
  noLinkFound: () => say("There is no link in this text.", "Copy the link where it was sent, and paste it here."),

  trialCancelled: () => say("The trial was stopped.", "Try it again whenever you like."),
  trialNotPossible: () => say("There is no web address in it that could be asked.", "Paste the whole link, from https:// on."),
  listEmpty: () => say("There is no document in the list.", "Paste the documents' names or addresses, one a line."),
  listTooLong: ({ most }) => say(`The list has more than ${most.toLocaleString("en-GB")} documents.`, "Cut it in parts, and make the links of one part after the other."),
  listTooLarge: ({ fileName, most }) => say(`${fileName ?? "The text"} is too large for a list.`, `Use at most ${Math.floor(most / 2 ** 20)} MB, with the documents alone.`),
  listUnreadable: ({ fileName }) => say(`${fileName} cannot be read.`, "Check that you may open the file, and choose it again."),
  listNotText: ({ fileName }) => say(`${fileName ?? "This"} is not a text or a table in text.`, "Save it as CSV or as plain text, and choose that file."),
  end: DATES,
  endColumnAsked: ({ heading, number, text }) => say(`“${text}” in ${columnName(heading, number)} may be when this link ends.`, "Answer the question about this column above."),
  endStartAsked: ({ heading, number, text }) => say(`“${text}” in ${columnName(heading, number)} looks like a start, and links of a list have none.`, "Answer the question about this column above."),
  row: {
    severalColumns: () => say("This looks like several columns, not like one name.", "Leave only the document's name here, or choose “Done” if all of it is the name."),
    severalDocuments: () => say("This looks like several documents.", "Give each a line of its own, or choose “Done” if all of it is one name."),
    noDocument: () => say("This looks like a title, not like a document.", "Skip it, or choose “Done” if it is a document's name."),
    openQuote: () => say("A quotation mark is never closed here, so the lines below may have ended up in this row.", "Choose “Back” and close it, or take it out."),
  },
  rowNetworkAsked: ({ heading, number, text }) =>
    say(`“${text}” in ${columnName(heading, number)} looks like a network, and links of a list open from everywhere.`, "Answer the question about this column above, or make this link under “New link”, limited to that network."),
  rowsHaveProblems: ({ count }) =>
    say(`${count === 1 ? "1 document cannot be used as it is" : `${count} documents cannot be used as they are`}.`, "Fix what is marked, or skip it."),
  nothingToMake: () => say("No document is left to make a link for.", "Put one back, or change the list."),
  noList: () => say("The list is no longer there.", "Paste it once more."),
  manyBusy: () => say("Links are being made already.", "Wait until they are done, or cancel them."),
  manyElsewhere: () => say("These links are being made in another window.", "Wait until they are done, or cancel them there."),
  manyGone: () => say("Another window has made these links, or left the rest of them.", "Look under “My links” to see which there are."),
  printFailed: () => say("The print dialog could not be opened.", "Save the links as CSV instead, or try again."),

  signingFailed: () => say("The link could not be made.", "Try again; if it happens once more, ask your IT person to add the key's file again."),
  linkTooLong: ({ most }) => say("The finished link would be too long.", `Links have at most ${most} characters: use a shorter address.`),

  clipboardUnavailable: () => say("It could not be copied.", "Select the text where it is shown and copy it from there."),
  clipboardHasNoText: () => say("There is no text on the clipboard.", "Copy the access key, its ID and its secret, and try again."),
  clipboardDiffers: () => say("Another program took the clipboard in that moment.", "Copy once more."),

  bucket: {
    isAccessPoint: () => say("This is an access point, not a bucket.", "Type the name of the bucket behind it, as S3 has it in its list of buckets."),
    several: () => say("These are several buckets.", "Type the one that the documents are in."),
    invalid: () => say("This is not a bucket's name.", "It has 3 to 63 small letters, digits, dots or hyphens, for example client-papers."),
    empty: () => INCOMPLETE.documents,
  },
  profileInvalid: () => say("This is no name of a profile.", "Type it as it stands in ~/.aws/config, without the word profile."),
  regionInvalid: () => say("This is not a region's code.", "It looks like eu-central-1; S3 shows it beside the bucket's name."),
  distributionId: {
    isPublicKeyId: () => say("That is a public key ID: it starts with K.", "The distribution ID starts with E. Find it in CloudFront under Distributions."),
    isDomain: () => say("That is a domain name, not a distribution ID.", "The ID starts with E, and stands beside the domain name in CloudFront under Distributions."),
    invalid: () => say("This is not a distribution ID.", "It is an E and about 13 capital letters or digits, for example E2QWRUHAPOMQZL."),
    empty: () => INCOMPLETE.documents,
  },
  arn: {
    isDistributionId: ({ id }) => say(`That is the distribution's ID, ${id}, and not its ARN.`, "The ARN begins with arn:aws:cloudfront and ends with this ID. Copy it from the distribution's tab General."),
    isPublicKeyId: () => say("That is a public key ID: it starts with K.", COPY_ARN),
    isDomain: () => say("That is the domain name.", "It belongs into the field below. " + COPY_ARN),
    isBucketArn: () => say("That is the ARN of a bucket.", COPY_ARN),
    isOther: () => say("That is the ARN of another distribution than the one you chose.", "Copy the ARN of the chosen one, or choose this one where you said where the documents are."),
    invalid: () => say("This is not the ARN of a distribution.", COPY_ARN),
    empty: () => INCOMPLETE.distribution,
  },
  setUpIncomplete: ({ step }) => INCOMPLETE[step],
  sentBack: {
    privateKey: () => say("There is a private key in this text, and Signet did not take it.", "Take it out and paste the rest. Nobody should send a private key: make a new one, and have CloudFront told that one instead."),
    noPublicKeyId: ({ instead }) =>
      instead?.why === "isDistributionId" || instead?.why === "isKeyGroupId"
        ? say(`${instead.id} is a ${instead.why === "isKeyGroupId" ? "key group ID" : "distribution ID"}, and there is no public key ID.`, "Ask for the ID that starts with K, from CloudFront: Key management, Public keys.")
        : say("There is no public key ID in this text.", "It is a K and 13 capital letters or digits. Paste the whole answer, or ask for the ID."),
    severalPublicKeyIds: () => say("There are several public key IDs in this text.", "Leave only the one of this key in it; ask which one that is."),
    noSite: () => say("There is no site address in this text.", "Ask for the distribution's domain name, which ends in cloudfront.net, and paste both."),
    severalSites: ({ hosts }) => say(`There are several site addresses in this text: ${hosts.join(", ")}.`, "Leave only the one where the documents open in it."),
    tooLong: () => say("This text is far too long.", "Paste only the answer, with the public key ID and the domain name in it."),
  },

  noFreePort: () => say("The practice site could not start, because this computer has no free place for it.", "Close some programs and try again."),
  practiceNotRunning: () => say("Practice has ended.", "Start it again from the first page."),
  practiceFull: ({ fileName, most }) =>
    say(`Practice has no room for ${fileName}.`, `Its documents may have ${sizeOf(most)} together. Choose a smaller one, or begin practice again.`),
  noDocument: () => say("This file is not chosen any more.", "Choose it once more."),
  noFiles: () => say("There is no file in it that could be shared.", "Choose files, or a folder with files in it that are not hidden."),
  tooManyFiles: ({ most }) => say(`These are more than ${most.toLocaleString("en-GB")} files.`, "Share them in several parts."),
  folderUnreadable: ({ name }) => say(`The folder ${name} cannot be read.`, "See whether it is still there and you may read it, and choose it again."),
  openDocument: {
    notFound: ({ fileName }) => say(`${fileName} is not there any more.`, "Choose it where it is now."),
    folder: ({ fileName }) => say(`${fileName} is a folder.`, "Choose a file."),
    linkToFolder: ({ fileName }) => say(`${fileName} is a link to a folder.`, "Choose a file."),
    deadLink: ({ fileName }) => say(`${fileName} is a link to a file that is not there.`, "Choose the file itself."),
    pipe: ({ fileName }) => say(`${fileName} is not a file that can be shared.`, "Choose a document."),
    device: ({ fileName }) => say(`${fileName} is not a file that can be shared.`, "Choose a document."),
    notAllowed: ({ fileName }) => say(`You may not read ${fileName}.`, "Ask its owner, or choose a copy that you may read."),
    unreadable: ({ fileName }) => say(`${fileName} cannot be read.`, "See whether the disk it is on is still connected, and choose it again."),
  },
  documentTrouble: {
    changed: ({ fileName }) => say(`${fileName} was changed while it was read.`, "Save it, close the program that writes it, and try again."),
    shrank: ({ fileName }) => say(`${fileName} became shorter while it was read.`, "Save it, close the program that writes it, and try again."),
    vanished: ({ fileName }) => say(`${fileName} is gone.`, "Choose it where it is now."),
    unreadable: ({ fileName }) => say(`${fileName} cannot be read any more.`, "See whether the disk it is on is still connected, and try again."),
  },
  documentName: {
    empty: ({ fileName }) => say(`${fileName} has no name.`, RENAME),
    tooLong: ({ fileName, length, most }) => say(`The name ${fileName} is too long for the site.`, `With its folder it has ${length} bytes, and ${most} are the most. ${RENAME}`),
    hidden: ({ fileName, character, name }) => say(`The name ${fileName} has a character in it that nobody sees (${name}, ${character}).`, RENAME),
    hasBackslash: ({ fileName }) => say(`The name ${fileName} has a \\ in it, which a browser changes.`, RENAME),
    emptyFolder: ({ fileName }) => say(`${fileName} has a / in it.`, RENAME),
    dots: ({ fileName }) => say(`A browser takes ${fileName} for a folder.`, RENAME),
    isFolder: ({ fileName }) => say(`${fileName} is a folder.`, "Choose a file."),
  },
  documentFolder: FOLDER,
  originPath: FOLDER,
  documentHasNoAddress: () => say("No link could open a document of this name here.", "Rename the file, or choose another folder, and try again."),
  noFreeName: () => say("There are too many documents of this name already.", RENAME),
  siteTakesNoDocuments: () => say("Signet cannot put documents on this site yet.", "Put the file there as always, and type its name here."),
  shareBusy: () => say("Another document is on its way from this window.", "Wait until it is there, or stop it."),
  shareElsewhere: () => say("This document is on its way from another window or a terminal.", "Wait until that has ended, and try again."),
  documentChangedThere: ({ fileName }) =>
    say(`Somebody has just put another ${fileName} on the site, so nothing was replaced.`, "Try again: what is there now is shown first."),
  documentTooLarge: ({ fileName, most }) => say(`${fileName} is too large for the site.`, `The most is ${sizeOf(most)}. Give it in several parts.`),
  accessKeyText: {
    noAccessKey: ({ fileName }) => say(`There is no access key ${within(fileName)}.`, "Choose the CSV file that the AWS console gave when the access key was made."),
    isSigningKey: ({ fileName }) => say(`What is ${within(fileName)} is a private key for links.`, "Add it as a key of the site. For documents choose the access key of an IAM user."),
    noSecret: ({ fileName }) => say(`The ID of an access key is ${within(fileName)}, and not its secret.`, "AWS shows the secret once only, when the access key is made: choose the file from then, or make another access key."),
    noId: ({ fileName }) => say(`The secret of an access key is ${within(fileName)}, and not its ID.`, "Choose the CSV file that the AWS console gave, or copy both."),
    several: ({ fileName }) => say(`There is more than one access key ${within(fileName)}.`, "Choose a file with the one that is meant, or copy that one alone."),
    temporary: ({ fileName }) => say(`What is ${within(fileName)} is a login that ends by itself.`, "Choose the access key of an IAM user: its ID begins with AKIA."),
  },
  accessKeyMissing: () => say("The access key of this site is not in this computer's password store any more.", "Ask your IT person to give it to Signet again, at “Where its documents lie”."),
  folderClosed: () => say("This folder was closed meanwhile.", "Open it again."),
  documentNewName: {
    empty: () => say("The document has no name.", TYPE_NAME),
    tooLong: ({ length, most }) => say("The name is too long for the site.", `With its folder it has ${length} bytes, and ${most} are the most. Type a shorter one.`),
    hidden: ({ name, character }) => say(`The name has a character in it that nobody sees (${name}, ${character}).`, TYPE_NAME),
    hasBackslash: () => say("The name has a \\ in it, which a browser changes.", TYPE_NAME),
    emptyFolder: () => say("One of the folders has no name.", TYPE_NAME),
    dots: ({ segment }) => say(`A browser takes ${segment} for another folder.`, TYPE_NAME),
    isFolder: () => say("This is a folder.", "Type the document's name behind it."),
  },
  documentNameTaken: ({ name }) => say(`There is a “${name}” there already.`, "Type another name: nothing was changed."),
  documentNotAsShown: ({ fileName }) => say(`${fileName} is not what it was when it was shown, so nothing was done.`, "Look at the folder again, and then do it."),
  documentHasBothNames: ({ fileName, name }) =>
    say(`The document is “${name}” now, and “${fileName}” is still there as well.`, `Links to both open. Look at the folder again, and take “${fileName}” away.`),
  documentTooLargeToRename: ({ fileName, most }) =>
    say(`${fileName} is too large to be renamed.`, `The storage copies ${sizeOf(most)} at most. Upload it under its new name, and take this one away.`),
  documentNotKept: ({ fileName }) => say(`${fileName} could not be brought back.`, "Its content is gone, or another document has its name now."),
  nothingToUndo: () => say("That cannot be undone any more.", "Something else was done since."),
  storageLocked: ({ key }) =>
    say("The site's storage is encrypted, and this computer's login may not use the key.", `Ask your IT person to allow kms:GenerateDataKey and kms:Decrypt with ${key === null ? "the bucket's KMS key" : `the KMS key ${key}`}.`),
  storage: {
    noLogin: () => say(NO_LOGIN, "Ask your IT person to log in on this computer (aws configure, or aws sso login)."),
    loginUnusable: () => say(NO_LOGIN, "Ask your IT person to look at the profile that is said for this site, and at the files in ~/.aws."),
    loginOfTools: () => say(NO_LOGIN, "Ask your IT person: the login was made with “aws login”, which Signet does not read."),
    accessKeyUnknown: () => say("AWS does not know the access key of this site, or it is not active.", "Ask your IT person to make it active again in IAM, or to give Signet another one."),
    accessKeyMismatch: () => say("The secret of this site's access key does not belong to its ID.", "Ask your IT person to give Signet the access key once more, from the file that AWS made."),
    loginExpired: () => say("This computer's login for the site's documents has ended.", "Ask your IT person to log in once more (aws sso login), and try again."),
    wrongClock: () => say("This computer's clock is too wrong to put documents there.", "Set it right in your computer's settings, and try again."),
    notAllowed: ({ action, deniedBy, policy }) =>
      say("This computer may not do that on the site.", deniedBy !== null ? `Ask your IT person to change the ${deniedBy}, which is against ${action}: one more permission does not help.` : policy === null ? `Ask your IT person to allow ${action}.` : `Ask your IT person to allow ${action}. The policy to copy for that:`),
    conflict: () => say("Somebody else is changing this document in this moment.", "Wait a minute and try again."),
    quota: ({ what }) => say("The site has no more room for documents.", `Tell your IT person: ${what}.`),
    noBucket: () => say("The place where the site's documents lie is not there any more.", "Ask your IT person where they lie now: the bucket was not found."),
    noDistribution: () => say("The site's distribution is not there any more.", "Ask your IT person to check the set-up of the site."),
    wrongRegion: ({ region }) =>
      say("The site's documents lie in another place than Signet was told.", `Ask your IT person to say the bucket's region${region === null ? "" : `, ${region},`} once more.`),
    publicAccessBlocked: storageRefused,
    policyRefused: storageRefused,
    busy: () => say("The site's storage has too much to do.", "Wait a minute and try again."),
    unreachable: () => say("The site's storage did not answer.", "See whether this computer is online, and try again: what is there already is not sent twice."),
    endless: storageRefused,
    refused: ({ message }) => say("The site's storage did not take it.", `Tell your IT person what it said: ${ended(message)}`),
    unexpected: storageRefused,
    inUse: storageRefused,
    accountNotReady: ({ message }) => say("AWS does not let the site's account do that yet.", `Tell your IT person what it said: ${ended(message)}`),
    pricingPlan: ({ message }) => say("The pricing plan of the site does not have that.", `Tell your IT person what it said: ${ended(message)}`),
    switchedOn: storageRefused,
    isThere: storageRefused,
    notThere: storageRefused,
  },
  shareStopped: () => say("Stopped. The document is not on the site.", "Start again if it should be."),
  documentLogin: {
    noSite: () => say("This key is in no site, so there is none whose documents an access key could be for.", "Show the plan without an access key."),
    placeUnknown: () =>
      say("It is not clear which part of the bucket the distribution fetches from.", "Look at the origin path of its origins in CloudFront, or show the plan without an access key."),
    elsewhere: ({ bucket }) =>
      say(`The documents of this site lie elsewhere: in the bucket ${bucket}, or in another part of it.`, "Change that under “Where its documents lie”, or show the plan without an access key."),
    hasAccessKey: () =>
      say("This site has an access key for its documents already, and it stays.", "To have another one made, forget this one under “Where its documents lie”. Otherwise show the plan without an access key."),
    otherUser: ({ user }) =>
      say(`There is an IAM user ${user} that was not made for this set-up.`, "Look at it in IAM and remove it if nobody needs it, or show the plan without an access key."),
    noMoreKeys: ({ user }) =>
      say(`The IAM user ${user} has two access keys, and AWS gives no third.`, "Remove one that nobody uses in IAM and show the plan again, or do it without an access key."),
  },
  accessKeyNotKept: () =>
    say("Everything else is made, but your computer's password store did not take the access key.", "Unlock it and go on: another access key is made in the place of this one."),

  saveFailed: ({ fileName, reason }) => say(`${fileName} could not be saved.`, notWritten[reason]),
  fileExists: ({ fileName }) => say(`${fileName} is there already, and nobody asked you whether to replace it.`, "Choose another name, or choose that file itself."),
  folderLocked: ({ fileName }) => say(`${fileName} was left as it is: Signet may change it, but make no new file beside it.`, "Choose another folder, so that a full disk cannot cost you the old file."),
  notAFile: ({ fileName }) => say(`${fileName} is not an ordinary file, so nothing was saved there.`, "Choose another name."),
  openFailed: () => say("No browser could be opened.", "Copy the link and paste it into your browser."),
  openRefused: () => say("This is not a link that Signet opens.", "Copy it and look at it before you use it."),

  aws: {
    noLogin: () => say("There is no AWS login on this computer.", "Log in in a terminal (aws configure, or aws sso login), or type the name of a profile, and try again."),
    loginUnusable: () => say("The AWS settings of this computer cannot be used, or have no such profile.", "Look at the files in ~/.aws and at “AWS profile” here, and try again."),
    loginOfTools: ({ profile }) =>
      say("The AWS login was made with “aws login”, which Signet does not read.", `Have the AWS tools hand it on: run aws configure set credential_process "aws configure export-credentials${profile === null ? "" : ` --profile ${profile}`}" --profile signet in a terminal, and type signet at “AWS profile” here.`),
    accessKeyUnknown: () => say("AWS does not know the access key of this site, or it is not active.", "Make it active again in IAM, or give Signet another one at “Where its documents lie”."),
    accessKeyMismatch: () => say("The secret of this site's access key does not belong to its ID.", "Give the access key once more at “Where its documents lie”, from the file that AWS made."),
    loginExpired: () => say("The AWS login is not valid any more.", "Log in once more in a terminal (aws sso login, or aws configure), and try again."),
    wrongClock: () => say("This computer's clock is too wrong for AWS.", "Set it right in your computer's settings, and try again."),
    notAllowed: ({ action, deniedBy, policy }) =>
      deniedBy !== null
        ? say(`Not the permissions of this AWS login are against what is needed, but a rule of another kind: ${action} (${deniedBy}).`, `Ask whoever runs the AWS account to change the ${deniedBy}: one more permission does not help.`)
        : say(`This AWS login may not do what is needed: ${action}.`, policy === null ? ASK_FOR_PERMISSION : "Ask whoever runs the AWS account for this permission, and try again. Copy it from here:"),
    conflict: () => say("Somebody else has just changed the distribution or the bucket.", "Show the plan once more and look at it; then go on."),
    quota: ({ what }) => say(`This AWS account may not have more of these: ${what}.`, "Remove what is not used, or ask AWS for a higher quota, and go on."),
    noBucket: ({ bucket }) => say(`There is no bucket ${bucket ?? "of that name"}.`, "Choose one from the list, or type the name as it stands in S3."),
    noDistribution: () => say("There is no such distribution in this AWS account.", "Use the login of the account that has it, or choose another distribution."),
    wrongRegion: ({ region }) =>
      region === null
        ? say("The bucket is in another region.", "Type the region that stands beside the bucket in S3.")
        : say(`The bucket is in the region ${region}.`, `Type ${region} as its region, where you said where the documents are.`),
    publicAccessBlocked: () =>
      say(
        "Block public access refuses the bucket's policy, because a statement that is in it already lets everybody in.",
        "Take that statement out of the policy, and leave Block public access on: Signet needs nothing public.",
      ),
    policyRefused: ({ message }) => say(`S3 does not take the bucket's policy: ${ended(message)}`, "Fix the policy that is there, and try again."),
    busy: () => say("AWS has too much to do.", "Wait a minute and try again."),
    unreachable: () => say("AWS did not answer.", "Look whether this computer is online, and try again: nothing is made twice."),
    endless: () => say("A list that AWS gives does not end, so it was not read further.", "Try again later; if it stays so, choose “By hand” or “For my IT person” above."),
    refused: ({ message }) => say(`AWS refused: ${ended(message)}`, "Fix that and try again: nothing is made twice."),
    unexpected: awsUnexpected,
    inUse: awsUnexpected,
    accountNotReady: ({ message }) => say(`AWS does not let this account do that yet: ${ended(message)}`, "Write to AWS Support from that account, and try again: nothing is made twice."),
    pricingPlan: ({ rule, message }) => IN_PLAN[rule](message),
    switchedOn: () => say("The distribution was switched on again, so AWS does not remove it.", "See who uses it. To remove it all the same, undo once more: it is switched off first."),
    isThere: awsUnexpected,
    notThere: awsUnexpected,
  },
  setUpOtherKey: ({ id, name }) => say(`The public key ${id} is called ${name} in CloudFront, but it is another key.`, "Rename or remove it there, and try again."),
  setUpKeyNotInGroup: ({ name }) => say(`The key group ${name} is there, but the key is not in it.`, "Put the key into it in CloudFront, or remove the key group, and try again."),
  setUpUnfit: ({ id, unfit }) => UNFIT[unfit](id),
  setUpOtherPartition: ({ region }) =>
    say(
      `The region ${region} is in a part of AWS that is by itself, with names and addresses of its own, and Signet does not set up CloudFront there.`,
      "Use a bucket in another region, or set it up by hand with AWS's guide for that part.",
    ),
  setUpPolicyUnreadable: () => say("The bucket's policy cannot be read, so it is not touched.", "Look at it in S3, under Permissions, and try again."),
  setUpStopped: () => say("It was stopped before the next step.", "Go on whenever you like: nothing is made twice. “Undo…” takes back what was made."),
  setUpNotKept: ({ fileName, reason }) => say(`What was made could not be written down in ${fileName}, so nothing more was done.`, notKept(fileName)[reason]),
  setUpJournalUnreadable: ({ fileName }) =>
    say(`What Signet wrote down of this set-up cannot be read: ${fileName}.`, "Move that file away to go on without it; “Undo…” then leaves what was made before."),
  setUpOtherAccount: ({ account }) => say(`This set-up was made in the AWS account ${account}, and the login is for another.`, "Log in to that account, or type the name of its profile."),
  setUpInUse: ({ thing, id }) =>
    say(`Something else still uses ${madeThing(thing, id)}, so AWS does not remove it.`, "Take it out of where it is used, or wait some minutes until CloudFront has switched that off everywhere, and undo once more."),
  setUpShared: ({ id }) =>
    say(`Links of other keys open through the distribution ${id} too, so nothing is taken back.`, "To take out this key alone, remove its key group from the distribution in CloudFront. To take all of it back, undo the set-up of the other keys first."),
  setUpStillOn: ({ id }) => say(`CloudFront has not switched off the distribution ${id} within an hour.`, "Undo once more later: it goes on from there."),
  setUpLeft: ({ things }) =>
    say(
      `Not everything was taken back. These were left as they are: ${things.map(({ thing, id, why }) => `${madeThing(thing, id)}, ${KEPT[why]}`).join("; ")}.`,
      "Look at them in CloudFront, S3 and IAM, and remove by hand what is not needed. What is gone Signet forgets when you undo once more.",
    ),
  setUpNothingMade: () => say("Nothing was made for this key from this computer.", "What a script or a template made is removed where it was made."),
  setUpNotPlanned: () => say("The plan is no longer the one that was shown.", "Show the plan once more and look at it; then go on."),
  setUpBusy: () => say("Signet is at work in the AWS account already.", "Wait until that is done, or stop it."),
  setUpElsewhere: () => say("A set-up of this key is going on in another window or terminal.", "Wait until it has ended, then start again."),
  setUpNoLock: ({ fileName }) =>
    say("Something stands in the place of Signet's lock, so nothing was done.", `Ask your IT person to move ${fileName} out of Signet's settings folder, and try again.`),
  setUpChangedElsewhere: () => say("Another Signet changed these answers too, so yours are not kept yet.", "Look at them once more; what you change from now on is kept."),
  setUpOtherId: ({ name, id, host }) =>
    say(`Everything is made, but Signet has “${name}” under another ID.`, `Its links open at ${host} once it has the ID ${id} here: remove this site and add it again with its key file and that ID.`),

  internal: () => say("Something in Signet went wrong.", "Try again, and start Signet anew if it happens once more."),
};

/** The words for an error; one from another version of Signet gets the general ones. */
export function wordsFor(error: IpcError): Words {
  const row = TABLE[error.code] as Say | Readonly<Record<string, Say>> | undefined;
  const words = typeof row === "object" ? row["why" in error ? error.why : ""] : row;
  return (words ?? TABLE.internal)(error as never);
}

type Say = (data: never) => Words;

const notListed: Record<FailReason, string> = {
  diskFull: "Make some room on the disk, so that the next one is listed.",
  readOnly: "Ask your IT person about this account's folders, so that the next one is listed.",
  other: "Restart the computer if it happens once more.",
};

/** The words for a link that was made and is in no list. */
export const wordsForUnlisted = ({ reason }: HistoryTrouble): Words =>
  say("The link works, but it could not be written into your list.", `Copy it now, for Signet cannot show it again. ${notListed[reason]}`);

/** The words for links of a list that were made and are in no list of links. */
export const wordsForManyUnlisted = (count: number, { reason }: HistoryTrouble): Words =>
  say(
    `${count.toLocaleString("en-GB")} of the links ${count === 1 ? "works" : "work"}, but could not be written into your list of links.`,
    `Copy or save them now, for Signet cannot show them again. ${notListed[reason]}`,
  );

/** Whether something is only not kept for the next start. */
export const isUnsaved = ({ code }: IpcError): boolean => UNSAVED.includes(code);

const UNSAVED: readonly Code[] = ["settings", "setUpChangedElsewhere"];

/** Whether it is the keychain that did not do it, and not what it was asked. */
export const isOfKeychain = ({ code }: IpcError): boolean => code === "keychain";

/** What an error is called in one word, `addressHasFragment`: its code, and why. */
export const nameOf = (error: { code: string; why?: string }): string =>
  error.code + (error.why === undefined ? "" : error.why.charAt(0).toUpperCase() + error.why.slice(1));

/** Whether the passphrase of a chosen file may be typed once more. */
export const isWrongPassphrase = (error: IpcError): boolean => error.code === "keyFile" && error.why === "wrongPassphrase";

/** Every error there is, without its data, for tests and the fake. */
export const ERRORS: readonly { code: string; why?: string }[] = Object.entries(TABLE).flatMap(([code, row]) =>
  typeof row === "function" ? [{ code }] : Object.keys(row).map((why) => ({ code, why })),
);

/** The field at which each error stands; `form` is the whole of what was asked. */
const FIELDS = {
  name: ["name", "nameTaken"],
  site: ["site", "siteElsewhere"],
  publicKeyId: ["publicKeyId", "publicKeyIdOfOldKey"],
  keyFile: ["keyFile", "readKeyFile", "keyFileIsOtherKey"],
  newPassphrase: ["newPassphrase", "newPassphraseDiffers"],
  address: ["address", "linkTooLong"],
  lifetime: ["lifetime"],
  start: ["start", "startInvalid", "startAfterEnd"],
  network: ["networkInvalid", "networkIsIpv6", "networkWithoutReaders"],
  folder: ["folder", "folderMissesDocument"],
  document: ["noDocument", "noFiles", "tooManyFiles", "folderUnreadable", "openDocument", "documentTrouble", "documentName", "documentHasNoAddress", "noFreeName", "practiceFull", "siteTakesNoDocuments",
    "shareBusy", "shareElsewhere", "documentChangedThere", "documentTooLarge", "folderClosed", "documentNotAsShown", "documentHasBothNames", "documentTooLargeToRename", "documentNotKept", "nothingToUndo", "storage", "storageLocked"],
  documentFolder: ["documentFolder"],
  documentNewName: ["documentNewName", "documentNameTaken"],
  originPath: ["originPath"],
  bucket: ["bucket"],
  region: ["regionInvalid"],
  profile: ["profileInvalid"],
  distribution: ["distributionId"],
  note: ["note"],
  dayEnd: ["dayEndInvalid"],
  list: ["listEmpty", "listTooLong", "listTooLarge", "listNotText", "listUnreadable"],
  end: ["end", "endColumnAsked", "endStartAsked"],
  form: [
    "noPendingKey", "siteUnknown", "siteHasKey", "keyTaken", "keyUnfinished", "keyBeingReplaced", "keychain", "keyMissing", "keyUnknown",
    "orphanGone", "settings", "keyRenamedElsewhere", "clockWrong", "nothingPasted", "noLinkFound", "trialCancelled", "trialNotPossible", "row",
    "rowNetworkAsked", "rowsHaveProblems", "nothingToMake", "noList", "manyBusy", "manyElsewhere", "manyGone", "printFailed", "signingFailed",
    "entryUnknown", "history", "clipboardUnavailable", "clipboardDiffers", "clipboardHasNoText", "accessKeyText", "accessKeyMissing", "arn", "setUpIncomplete",
    "sentBack", "noFreePort", "practiceNotRunning", "aws", "setUpOtherKey", "setUpKeyNotInGroup", "setUpUnfit", "setUpOtherPartition", "setUpPolicyUnreadable",
    "setUpStopped", "setUpNotKept", "setUpJournalUnreadable", "setUpOtherAccount", "setUpInUse", "setUpShared", "setUpStillOn", "setUpLeft",
    "setUpNothingMade", "setUpNotPlanned", "setUpBusy", "setUpElsewhere", "setUpNoLock", "setUpChangedElsewhere", "setUpOtherId", "documentLogin", "accessKeyNotKept", "saveFailed",
    "fileExists", "notAFile", "folderLocked", "openFailed", "openRefused", "shareStopped", "internal",
  ],
} as const satisfies Record<string, readonly Code[]>;

export type Field = keyof typeof FIELDS;

type Placed = { [F in Field]: (typeof FIELDS)[F][number] }[Field];
const FIELD_OF = Object.fromEntries(Object.entries(FIELDS).flatMap(([field, codes]) => codes.map((code) => [code, field]))) as Record<Placed, Field>;

/** Does not compile where a code stands nowhere; one of another version is about the whole. */
export const fieldOf = ({ code }: IpcError): Field => (FIELD_OF[code] as Field | undefined) ?? "form";

/** A text to type instead of what is wrong, and the button that does it. */
export type Offer = { label: string; text: string };

/** What can be typed instead; every text is read without a question then. */
export function offersOf(error: IpcError): Offer[] {
  if (error.code === "address" && error.why === "hasQuestionMark") {
    const { name, query } = error;
    return [
      ...(name === null ? [] : [{ label: `The document is called “${plain(name)}”`, text: name }]),
      ...(query === null ? [] : [{ label: `The document is called “${plain(query.split("?")[0] ?? query)}”`, text: query }]),
    ];
  }
  if ("readings" in error) return error.readings.map((text) => ({ label: `Use ${writtenMoment(text)}`, text }));
  if (!("suggestion" in error) || error.suggestion === null) return [];
  const text = error.suggestion;
  // The sentence names it: “Did you mean Thursday 31 December 2026?”
  if (error.code === "end" || error.code === "start") return [{ label: "Use it", text }];
  return [{ label: (error.code === "address" && OFFERS[error.why]?.(text)) || `Use ${plain(text)}`, text }];
}

/** Those that say more than that the text is used. */
const OFFERS: { readonly [W in Why<"address">]?: (text: string) => string } = {
  isLink: () => "Make a new one for the same document",
  isSignedForS3: () => "Use the document's own address",
  hasSigningParameter: () => "Use the document's own address",
  notSecure: () => "Use https://",
  otherSite: (text) => `It is in a folder: use ${plain(text)}`,
  several: (text) => `It is one document: “${plain(text)}”`,
  isPattern: () => "The name has a * in it",
  isStorageAddress: (text) => `Use ${plain(text)} instead`,
};

/** An address as a person reads it; as it is where it holds more than text. */
export function plain(text: string): string {
  const path = text.replace(/^https?:\/\/[^/]*\//, "").replace(/^\//, "");
  try {
    // What would be another address decoded, or could not be seen, stays encoded.
    return path.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => (/%(?:0|1|7f|2f|5c|e2%80|ef%bb|f3%a0)/i.test(bytes) ? bytes : decodeURIComponent(bytes)));
  } catch {
    return path;
  }
}
