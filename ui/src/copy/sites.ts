/**
 * What the sites say. Above the fold of a site staff read it, so no word of AWS or of cryptography stands there;
 * what is for the IT person is in `it`, and in the words of keys (en.ts) and of the set-up.
 */
import type { SiteState, SiteView } from "../backend/bindings";

export const siteWords = {
  title: "Sites",
  lead: "A site is a place where your documents are.",
  example:
    "Your sites appear here, for example “Client papers” with the documents of docs.example.com. To begin with one, you need your IT person, or their key file.",
  list: "Your sites",
  add: "Add a site",
  haveFile: "I have a key file",
  back: "All sites",
  noAddress: "It has no address yet",
  states: {
    ready: { what: "Ready", next: null },
    replacing: { what: "Ready", next: "It is being renewed: your IT person goes on with that." },
    oldKeyStays: { what: "Ready", next: "It was renewed: your IT person finishes that when the last old link has ended." },
    needsKey: { what: "Not set up yet", next: "Next: the set-up." },
    needsSetUp: { what: "Not set up yet", next: "Next: the set-up." },
  } satisfies Record<SiteState, { what: string; next: string | null }>,
  begun: "Next: go on with the set-up.",

  rename: "Rename",
  documents: "Documents",
  lifetime: "Chosen for a new link",
  lifetimeHint: "Each link can have another time.",
  asLast: "As last time",
  dayEnd: "Working day ends at",
  dayEndHint: "A link that works until a day ends then, for example 18:00.",
  dayEndSave: "Save",
  dayEndSaved: (time: string) => `Links that work until a day end at ${time} now.`,
  tries: "Try each new link",
  triesHint: (host: string) => `When you make a link, Signet contacts ${host} once, with that link, to see whether it opens.`,
  makeLink: "Make a link",
  beginSetUp: "Begin the set-up",
  goOnSetUp: "Go on with the set-up",
  isReady: (name: string) => `“${name}” is ready.`,

  adding: {
    title: "Add a site",
    text: "First its name. What comes next, the set-up, can be done today or on another day, by you or by your IT person.",
    name: "Name",
    nameHint: "What you will call it, for example Client papers.",
    add: "Continue",
  },

  storage: {
    title: "Where its documents lie",
    none: "Signet does not know it yet, so documents get there without Signet. “Check the set-up” finds it, or say it here.",
    tell: "Say where they lie",
    change: "Change",
    forget: "Forget it",
    bucket: "Bucket",
    bucketHint: "Its name, for example client-papers.",
    region: "Region",
    regionHint: "For example eu-central-1.",
    profile: "AWS profile",
    profileHint: "The login on this computer that may put documents there. Leave it empty for the usual one.",
    usual: "the usual login of this computer",
    accessKey: "Access key",
    distribution: "Distribution ID",
    distributionHint: "So that readers get a replaced document at once. It begins with E.",
    unknown: "not known: readers may get a replaced document a day later",
    originPath: "Origin path",
    originPathHint: "The part of the bucket that the distribution fetches from. Leave it empty for all of it.",
    folder: "Folder for new documents",
    folderHint: "Like reports/2026. Leave it empty for none.",
    save: "Save",
    cancel: "Cancel",
    saved: "Documents of this computer can be put on this site now.",
    forgotten: "Forgotten. The documents stay where they are.",
    forgottenWithKey: "Forgotten, and the access key with it. The documents stay where they are.",
  },

  accessKey: {
    title: "Access key",
    use: "Use an access key…",
    replace: "Replace the access key…",
    forget: "Forget the access key",
    text: "The access key of an IAM user that may reach these documents and nothing else. Signet keeps it in this computer's password store, reaches the documents with it instead of a login of this computer, and shows nothing of it but its ID.",
    choose: "Choose its file…",
    paste: "Take it from the clipboard",
    cancel: "Cancel",
    kept: "The access key is in this computer's password store.",
    inFile: (name: string, folder: string) =>
      `${name}${folder === "" ? "" : ` in ${folder}`} still holds the access key. You can delete the file now.`,
    onClipboard: "The clipboard still holds the access key. Copy something else, and it is gone from there.",
    forgotten: "Forgotten on this computer. In AWS the access key stays valid until it is deleted there.",
  },

  it: {
    title: "For your IT person",
    key: (name: string) => `Key “${name}”`,
    signs: "Makes the links",
    waits: "CloudFront does not know it yet",
    takesOver: "Is to make the links",
    old: "The old key: links already sent need it",
    noKey: "This site has no key yet. The set-up makes one here, or takes one from a file.",
    addFile: "Add a key from a file",
    behind: "Set-up",
    check: "Check the set-up",
    setUp: "Set up",
    renameKey: "Rename key",
    register: "Enter the public key ID",
    registering: "Saving…",
    registerHint: "CloudFront shows the ID as soon as the public key is created. You may close Signet until then.",
    registerNow: "Finish",
    remove: "Remove this site",
    removeTitle: (name: string) => `Remove the site “${name}”?`,
    removeReady:
      "Links already sent keep working until they end. You cannot make new links for this site on this computer unless you add it again, with its key file or a backup.",
    removeNow: "To end sent links at once, your IT person must take the public key out of CloudFront's key group.",
    removeUnready:
      "Its private key is then gone for good, unless there is a backup. If CloudFront has the public key already, delete it there, too.",
    removeEmpty: "What was typed for its set-up is forgotten.",
    keep: "Keep site",
    stillWork: (count: number) =>
      count === 1 ? "1 link to this site still works." : `${count.toLocaleString("en-GB")} links to this site still work.`,
  },
} as const;

/** What a site is at, and what is next. */
export function stateWords(state: SiteState, { isSetUpBegun, keys }: SiteView): { what: string; next: string | null } {
  const words = siteWords.states[state];
  const isBegun = isSetUpBegun || keys.length > 0;
  return (state === "needsKey" || state === "needsSetUp") && isBegun ? { ...words, next: siteWords.begun } : words;
}
