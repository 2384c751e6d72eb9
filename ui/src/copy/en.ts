/** Every sentence a person reads, but for errors (errors.ts) and times (../time). */
import type { Lifetime } from "../backend/bindings";

export const words = {
  app: "Signet",
  welcome: {
    title: "Private links that end when you say",
    sentence: "Signet makes links to private documents. You choose how long each one works.",
    practiceTitle: "See how it works",
    practiceHint: "A sample document on this computer. No account, nothing to set up.",
    practice: "Try it with a practice document",
    realTitle: "Start for real",
    realHint: "You need a key file and a public key ID from your IT person.",
    addKey: "Add a key",
  },
  nav: {
    label: "Main",
    newLink: "New link",
    keys: "Keys",
    practice: "Practice",
    foot: "Keys stay in this computer's keychain. Nothing is sent anywhere.",
  },
  practice: {
    banner: "Practice: a throw-away key and a sample document on this computer. Nothing is kept.",
    leave: "Leave practice",
    afterEnd: "Open it again to see what a reader sees who comes too late.",
  },
  newLink: {
    title: "New link",
    site: "Site",
    address: "Document address",
    addressHint: "A name, a path, or the full address.",
    on: "On",
    lifetime: "Works until",
    date: "Date",
    time: "Time",
    dateHint: "Like 2026-12-31",
    timeHint: "Like 17:00",
    create: "Create link",
    creating: "Creating…",
    warning: "Anyone who has the link can open the document until then. A sent link cannot be taken back.",
    restored: "The key is back in this computer's keychain.",
    keychainAsks: "If your computer asks to unlock the keychain, answer there first.",
  },
  yourLink: {
    title: "Your link",
    ended: "This link has ended.",
    endedHint: "It opens nothing any more. You can make it again with a new end.",
    again: "Make again",
    another: "New link",
    opens: (name: string) => `Opens ${name} until`,
    opened: (name: string) => `Opened ${name} until`,
    link: "Link",
    copyLink: "Copy link",
    copyMessage: "Copy message",
    open: "Open",
    copied: "Copied",
    messageCopied: "Message copied",
    savePng: "Save PNG",
    saveSvg: "Save SVG",
    saved: (fileName: string) => `Saved as ${fileName}.`,
    qr: (name: string, host: string, end: string) =>
      `QR code of the link: opens ${name} on ${host} until ${end}.`,
    noQr: "This link is too long for a QR code.",
    left: (time: string) => `${time} left`,
  },
  keys: {
    title: "Keys",
    add: "Add a key",
    none: "There is no key yet.",
    site: "Site",
    publicKeyId: "Public key ID",
    kind: "Kind",
    fingerprint: "Fingerprint of the public half (SHA-256)",
    kinds: { rsa2048: "RSA 2048", p256: "P-256" },
    rename: "Rename",
    newName: "New name",
    save: "Save",
    cancel: "Cancel",
    remove: "Remove key",
    keep: "Keep key",
    removeTitle: (name: string) => `Remove “${name}”?`,
    removeText:
      "Links already sent keep working until they end. You cannot make new links with this key on this computer unless you add its file again.",
    removeNow:
      "To end sent links at once, your IT person must take the public key out of CloudFront's key group.",
  },
  addKey: {
    title: "Add a key",
    name: "Name",
    nameHint: "What you will call it, for example Client papers.",
    site: "Site address",
    siteHint: "For example docs.example.com or d111111abcdef8.cloudfront.net.",
    publicKeyId: "Public key ID",
    publicKeyIdHint: "It starts with K. In CloudFront: Key management, Public keys.",
    choose: "Choose key file…",
    chooseHint: "The file stays where it is. A copy of the key goes into this computer's keychain.",
    waiting: "Waiting for your choice…",
    passphrase: "Passphrase",
    passphraseHint: (fileName: string) => `${fileName} is locked. Its passphrase is used once and not kept.`,
    unlock: "Unlock",
    unlocking: "Unlocking…",
    another: "Choose another file",
    addedTitle: (name: string) => `“${name}” is ready.`,
    stays: (fileName: string, folderName: string) =>
      folderName === ""
        ? `The key file ${fileName} stays where it is, untouched. Signet keeps its own copy of the key in this computer's keychain.`
        : `The key file ${fileName} stays in the folder ${folderName}, untouched. Signet keeps its own copy of the key in this computer's keychain.`,
    makeLink: "Make a link",
  },
  notices: {
    setAside: (name: string) => ({
      what: "Your settings could not be read.",
      doNow: `They were put aside as ${name} in Signet's settings folder. Your keys are still in the keychain: add each one again from its file.`,
    }),
  },
} as const;

/** What the lifetimes are called on screen. */
export const lifetimeNames: Record<Lifetime["kind"], string> = {
  oneMinute: "1 minute",
  oneHour: "1 hour",
  endOfToday: "End of today",
  oneDay: "1 day",
  sevenDays: "7 days",
  thirtyDays: "30 days",
  until: "Date and time…",
};

/**
 * The text for a reader. The link stands alone on its line with nothing that touches it, so that no
 * mail program takes a full stop for a part of it; the end names zone and offset, for the reader may
 * be elsewhere.
 */
export function messageFor(fileName: string, link: string, end: string): string {
  return `Here is your link to ${fileName}:\n\n${link}\n\nIt works until ${end}.\n`;
}
