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
