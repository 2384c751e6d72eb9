/** What is said of the documents of a site: where one is chosen, and on their own screen. */
import type { IpcError } from "../backend/bindings";
import { wordsFor, type Words } from "./errors";

const number = (count: number) => count.toLocaleString("en-GB");

const here = (count: number) => (count === 1 ? "1 is here" : `${number(count)} are here`);

export const documentWords = {
  title: "Choose a document",
  path: "Folder",
  search: "Search this folder",
  searchFor: "Name…",
  list: "Folders and documents",
  folder: "Folder",
  opening: "Looking at the site's documents…",
  practice: "Practice",
  newestFirst: "Newest first",
  byName: "By name",
  tryAgain: "Try again",
  cancel: "Cancel",
  keys: "Arrows, Enter, and Backspace for the folder above.",
  noLink: "No link can open this name.",
  empty: (place: string) => `There is nothing on ${place} yet.`,
  emptyFolder: "There is nothing in this folder.",
  emptyHint: "Choose a file of this computer instead, and it gets there with its link.",
  /** What stands in the list, and what is known of the rest. */
  state: (found: number, read: number, isWhole: boolean, isNewest: boolean, search: string): string => {
    if (search !== "") {
      const what = found === 0 ? `Nothing found for “${search}”` : `${number(found)} found`;
      return isWhole ? `${what} in this folder.` : `${what} in the first ${number(read)} of this folder.`;
    }
    if (isWhole && read === 0) return "";
    if (isWhole) return `${here(read)}, ${isNewest ? "the newest first" : "by name"}.`;
    return `More than ${number(read)} are here. These are the first by name.`;
  },
  reading: (read: number) => `Reading the rest: ${number(read)} so far.`,
  searching: (read: number) => `Searching the rest: ${number(read)} so far.`,
  notFolders: "Folders in it are not searched.",
  screen: "Documents",
  of: (site: string) => `On ${site}`,
  noStorage: (site: string) => ({
    what: `Signet does not know where the documents of ${site} lie.`,
    doNow:
      "The IT person says it under “Sites”, at “Where its documents lie”. Links for documents whose names you know are made as always.",
  }),
  lookAgain: "Look again",
  open: "Open",
  newLink: "New link",
  newLinkFor: (name: string) => `New link for “${name}”`,
  openFolder: (name: string) => `Open the folder “${name}”`,
  more: (name: string) => `More about ${name}`,
  links: "Links that open it",
  closeLinks: "Close links",
  replace: "Replace…",
  rename: "Rename…",
  takeAway: "Take away…",
  takeAwayNow: "Take it away",
  takeAwayTitle: (name: string) => `Take away “${name}”?`,
  takeAwayText: "It is gone from the site. Whoever has saved it keeps it.",
  takeAwayUndo: "If the site's storage keeps old versions, its content stays there and this can be undone. Otherwise it is gone for good.",
  takeAwayPractice: "It is gone from practice, and this can be undone until another one is taken away.",
  keep: "Keep it",
  takenAway: (name: string, ended: number | null) =>
    `“${name}” was taken away.${ended === null || ended === 0 ? "" : ` ${ended === 1 ? "1 link has" : `${number(ended)} links have`} ended with it.`}`,
  stillCached: "Readers may still get it for a day.",
  undo: "Undo",
  back: (name: string) => `“${name}” is back.`,
  renameTitle: (name: string) => `Rename “${name}”`,
  newName: "New name",
  newNameHint: "With its folder. Another folder moves it there.",
  renameNow: "Rename",
  renamed: (name: string) => `It is “${name}” now.`,
  replaceTitle: (name: string) => `Replace “${name}”?`,
  now: "There now",
  yours: "Yours",
  replaceText: "Links to it stay as they are, and open yours from then on.",
  oneFile: "One file takes the place of one document. Choose one.",
  replaceNow: "Replace it",
  replaced: (name: string) => `“${name}” was replaced.`,
  replacedCached: "Readers may still get the old one for a day.",
  stopped: "Stopped. Nothing was replaced.",
  /** What ends with a document, or with its name. */
  ends: (own: number, ofFolders: number): string => {
    const all = own + ofFolders;
    if (all === 0) return "No link that was made on this computer opens it.";
    const what = all === 1 ? "1 link that still works opens nothing then" : `${number(all)} links that still work open nothing then`;
    return ofFolders === 0
      ? `${what}.`
      : `${what}; ${ofFolders === 1 ? "1 of them is for a whole folder and opens the rest of it" : `${number(ofFolders)} of them are for whole folders and open the rest of them`}.`;
  },
  endsUnknown: "Links to it end.",
  opens: (own: number, ofFolders: number): string => {
    if (own + ofFolders === 0) return "No link that was made on this computer opens it.";
    const what = own === 1 ? "1 link opens it alone" : `${number(own)} links open it alone`;
    if (ofFolders === 0) return `${what}.`;
    const folders = ofFolders === 1 ? "1 with its whole folder" : `${number(ofFolders)} with their whole folder`;
    return own === 0
      ? `${ofFolders === 1 ? "1 link opens" : `${number(ofFolders)} links open`} it with the whole folder.`
      : `${what}, and ${folders}.`;
  },
  opensUnknown: "Links of practice are not written down.",
  moreLinks: (count: number) => `and ${number(count)} more`,
  until: (end: string) => `until ${end}`,
  withoutAddress: (count: number) => `${count === 1 ? "1 more has a name" : `${number(count)} more have names`} that no link can open.`,
};

const say = (what: string, doNow: string): Words => ({ what, doNow });

/** Why the documents cannot be seen: other words than where one could not be put there. */
export function wordsForList(error: IpcError): Words {
  const typed = "You can still type the document's name.";
  switch (error.code) {
    case "siteTakesNoDocuments":
      return say("Signet does not know where the documents of this site lie.", `Ask your IT person to say it under “Sites”. ${typed}`);
    case "folderClosed":
      return say("This folder was closed meanwhile.", "Open it again.");
    case "storage":
      switch (error.why) {
        case "noLogin":
        case "loginUnusable":
        case "loginOfTools":
          return say("This computer has no login with which the site's documents can be seen.", `${wordsFor(error).doNow} ${typed}`);
        case "notAllowed":
          return say("This computer may not see the site's documents.", `${typed} ${wordsFor(error).doNow}`);
        case "wrongClock":
          return say("This computer's clock is too wrong to see the site's documents.", wordsFor(error).doNow);
        case "unreachable":
          return say("The site's documents could not be reached.", `See whether this computer is online, and try again. ${typed}`);
        case "refused":
          return say("The site's storage did not show its documents.", wordsFor(error).doNow);
        default:
          return wordsFor(error);
      }
    default:
      return wordsFor(error);
  }
}

/** Why something was not done with a document that is there. */
export function wordsForDeed(error: IpcError): Words {
  if (error.code !== "storage") return wordsFor(error);
  switch (error.why) {
    case "noLogin":
    case "loginUnusable":
    case "loginOfTools":
      return say("This computer has no login with which the site's documents can be changed.", wordsFor(error).doNow);
    case "unreachable":
      return say(
        "The site's storage did not answer, so it is not known whether it was done.",
        "See whether this computer is online, and look at the folder again.",
      );
    default:
      return wordsFor(error);
  }
}
