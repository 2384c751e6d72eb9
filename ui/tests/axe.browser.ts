/** Every screen in a real browser: axe without a violation, light and dark, narrow and large. */
import { join } from "node:path";

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { DOCUMENTS } from "./document-states";
import { SET_UP } from "./set-up-states";
import { openStage, type Stage } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.close());

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

const askForLink = async (page: Page) => {
  await page.getByLabel("Which document?").fill("Q3 résumé + notes.pdf");
  await button(page, "Create link");
};

const makeLink = async (page: Page) => {
  await askForLink(page);
  await page.getByRole("button", { name: "Copy link" }).waitFor();
};

/** With an answer to whether it opens. */
const makeTriedLink = async (page: Page) => {
  await makeLink(page);
  await page
    .locator('[data-part="opening"]')
    .getByText(/^(Tried|Could not be tried|Not tried|The link is right|The site refused)/)
    .waitFor();
};

/** In practice. */
const chooseDocument = async (page: Page) => {
  await page.getByRole("button", { name: /^Try it with a practice document/ }).click();
  await button(page, "From this computer…");
  await page.getByText("from this computer", { exact: false }).first().waitFor();
};

const chooseForSite = async (page: Page) => {
  await button(page, "From this computer…");
  await page.getByText("It goes to Client papers, into reports/2026").waitFor();
};

const chooseFiles = async (page: Page) => {
  await button(page, "From this computer…");
  await page.getByRole("heading", { level: 1, name: "Several documents" }).waitFor();
};

const shareFiles = async (page: Page) => {
  await chooseFiles(page);
  await button(page, "Upload and create links");
};

const openLimits = async (page: Page) => {
  await page.getByLabel("Which document?").fill("reports/Q3 résumé + notes.pdf");
  await button(page, "More limits");
};

/** To a site's details: of the only one, or by its name. */
const openSite = async (page: Page, name = "Client papers") => {
  await button(page, "Sites");
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
};

/** With what is for the IT person unfolded. */
const openForIt = async (page: Page, name = "Client papers") => {
  await openSite(page, name);
  await button(page, "For your IT person");
};

const enterId = async (page: Page, id: string) => {
  await openForIt(page, "Contracts");
  await button(page, "Enter the public key ID");
  await page.getByLabel("Site address").fill("docs.example.com");
  await page.getByLabel("Public key ID").fill(id);
  await button(page, "Finish");
};

/** In the set-up of a site without one. */
const makeKey = async (page: Page, kind = "P-256 (recommended)") => {
  await openSite(page, "Tenders");
  await button(page, "Begin the set-up");
  await page.getByRole("radio", { name: "By hand" }).check();
  await page.getByRole("radio", { name: kind }).click();
  await button(page, "Make key");
};

const addKeyFile = async (page: Page) => {
  await button(page, "I have a key file");
  await page.getByLabel("Name of the site").fill("Board papers");
  await button(page, "Choose key file…");
};

/** As far as an answer: where the backup lies, or why it does not. */
const backUp = async (page: Page, passphrase: string, repeated = passphrase, name = "Contracts") => {
  await openForIt(page, name);
  await button(page, "Back up…");
  await page.getByLabel("Passphrase for the backup").fill(passphrase);
  await page.getByLabel("The same passphrase again").fill(repeated);
  await button(page, "Save backup…");
  await page.locator(".note").waitFor();
};

const setLimits = async (page: Page) => {
  await openLimits(page);
  await page.getByLabel("Works from").check();
  await page.getByLabel("Only from one office").fill("93.184.216.0/24");
  await page.getByLabel("Whole folder").check();
  await page.getByRole("list", { name: "Examples" }).waitFor();
};

const tryLink = async (page: Page) => {
  await button(page, "Check a link");
  await page.getByLabel("Link", { exact: true }).fill("https://docs.example.com/reports/a.pdf?Expires=1");
  await button(page, "Check");
  await button(page, "Test whether the document opens");
};

const openLinks = async (page: Page) => {
  // With the count of links that end soon behind the word.
  await page.getByRole("button", { name: /^My links/ }).click();
  await page.getByRole("listitem").first().waitFor();
};

/** Something of the menu behind a row's *…*. */
const choose = async (page: Page, name: string, item: string) => {
  await page
    .getByRole("button", { name: `More about ${name}` })
    .first()
    .click();
  await page.getByRole("menuitem", { name: item }).click();
};

const openListMenu = async (page: Page) => {
  await openLinks(page);
  await button(page, "More about the list");
  await page.getByRole("dialog").waitFor();
};

/** One for each thing that can be wrong, and one for each that can be told. */
const LIST = [
  "Agenda.pdf",
  "reports/Q3 résumé + notes.pdf\t\tfor Ms Okafor",
  "https://docs.example.com/board/Minutes.pdf\t2030-12-31 17:00\tthe chair",
  "Statement of the independent auditor on the consolidated accounts 2025.pdf\t7 days\tthe bank, before they meet on Thursday",
];
const PROBLEMS = ["https://elsewhere.example.org/Offer letter.pdf", "Lease 14 Mill Lane.pdf\t01/02/2027", "Plan #4.pdf"];

const readList = async (page: Page, lines: string[]) => {
  await button(page, "Many at once");
  await page.getByLabel("Documents", { exact: true }).fill(lines.join("\n"));
  await button(page, "Next");
  await page.getByRole("listitem").first().waitFor();
};

const makeList = async (page: Page, lines = LIST) => {
  await readList(page, lines);
  await button(page, "Create links");
};

const STATES: Record<string, { query: string; go?: (page: Page) => Promise<void> }> = {
  welcome: { query: "" },
  "no free port": { query: "?fail=startPractice:noFreePort", go: (page) => button(page, "Try it with a practice document") },
  practice: { query: "", go: (page) => button(page, "Try it with a practice document") },
  "new link": { query: "?keys" },
  "a date and time": { query: "?keys", go: (page) => page.getByRole("radio", { name: "Another day…" }).click() },
  "a wrong address": {
    query: "?keys&fail=createLink:addressHasFragment",
    go: async (page) => {
      await button(page, "Create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "a document of this computer": { query: "?document=Contract.pdf", go: chooseDocument },
  "a document of this computer with a long name": {
    query: `?document=${encodeURIComponent(`${"Statement of the independent auditor ".repeat(4)}.pdf`)}`,
    go: chooseDocument,
  },
  "a document that goes to a site": { query: "?stored&document=Contract.pdf", go: chooseForSite },
  "a folder for a document": {
    query: "?stored&document=Contract.pdf&fail=shareDocument:documentFolderDots",
    go: async (page) => {
      await chooseForSite(page);
      await button(page, "Upload and create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "a document on its way": {
    query: "?stored&document=Contract.pdf&uploading",
    go: async (page) => {
      await chooseForSite(page);
      await button(page, "Upload and create link");
      await page.getByText("494 kB of 1.2 MB").waitFor();
    },
  },
  "a document that may not be put there": {
    query: "?stored&document=Contract.pdf&fail=shareDocument:storageNotAllowed",
    go: async (page) => {
      await chooseForSite(page);
      await button(page, "Upload and create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "several documents of this computer": { query: "?stored&files=3", go: chooseFiles },
  "several documents that are there already": {
    query: "?stored&files=3&there",
    go: async (page) => {
      await shareFiles(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "several documents on their way": {
    query: "?stored&files=3&uploading",
    go: async (page) => {
      await shareFiles(page);
      await page.getByRole("progressbar").waitFor();
    },
  },
  "several documents with their links": {
    query: "?stored&files=3",
    go: async (page) => {
      await shareFiles(page);
      await button(page, "Copy all");
    },
  },
  "several documents of which one cannot go": {
    query: "?stored&files=3&refused",
    go: async (page) => {
      await shareFiles(page);
      await page.getByText("was changed while it was read", { exact: false }).waitFor();
    },
  },
  "several documents that ended by themselves": {
    query: "?stored&files=3&ended",
    go: async (page) => {
      await shareFiles(page);
      await page.getByRole("button", { name: "Go on" }).waitFor();
    },
  },
  "several documents that an earlier run left": {
    query: "?stored&cut",
    go: async (page) => void (await page.getByText("Signet stopped while 3 files", { exact: false }).waitFor()),
  },
  "a list or files of this computer": { query: "?stored", go: (page) => button(page, "Many at once") },
  "where documents lie": { query: "?stored", go: (page) => openForIt(page) },
  "saying where documents lie": {
    query: "?stored&fail=setSiteStorage:regionInvalid",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Change");
      await button(page, "Save");
      await page.getByRole("alert").waitFor();
    },
  },
  "an access key is chosen": {
    query: "?stored&fail=setAccessKey:accessKeyTextNoSecret",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Use an access key…");
      await button(page, "Choose its file…");
      await page.getByRole("alert").waitFor();
    },
  },
  "an access key is kept": {
    query: "?stored",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Use an access key…");
      await button(page, "Choose its file…");
      await page.getByText("AKIAIOSFODNN7EXAMPLE").waitFor();
    },
  },
  "a document that cannot be read": {
    query: "?document=Contract.pdf&fail=shareDocument:noDocument",
    go: async (page) => {
      await chooseDocument(page);
      await button(page, "Create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "a document that is there already": {
    query: "?document=Contract.pdf&there",
    go: async (page) => {
      await chooseDocument(page);
      await button(page, "Create link");
      await page.getByRole("button", { name: "Keep both" }).waitFor();
    },
  },
  "more limits": { query: "?keys", go: openLimits },
  "limits that are set": { query: "?keys", go: setLimits },
  "an end that can be read in two ways": {
    query: "?keys&fail=previewLifetime:endAmbiguous",
    go: async (page) => {
      await page.getByRole("radio", { name: "Another day…" }).click();
      await page.getByLabel("Day", { exact: true }).fill("01/02/2027");
      await page.getByRole("button", { name: /^Use / }).nth(1).waitFor();
    },
  },
  "a wrong network": {
    query: "?keys&fail=createLink:networkIsIpv6",
    go: async (page) => {
      await page.getByLabel("Which document?").fill("a.pdf");
      await button(page, "Create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "a limited link": {
    query: "?keys",
    go: async (page) => {
      await setLimits(page);
      await button(page, "Create link for the whole folder");
      await page.getByText(/^Works in/).waitFor();
    },
  },
  "an RSA key's signature": { query: "?rsa", go: (page) => openForIt(page, "Board papers") },
  "a note before the link": {
    query: "?keys&fail=createLink:noteTooLong",
    go: async (page) => {
      await page.getByLabel("For whom?").fill("for Ms Okafor");
      await button(page, "Create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "links of a newer version": {
    query: "?links=100&newer",
    go: async (page) => {
      await openLinks(page);
      await page.getByText(/written by a newer Signet/).waitFor();
    },
  },
  "checking a link": { query: "?keys", go: (page) => button(page, "Check a link") },
  "a checked link": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Check a link");
      await page.getByLabel("Link", { exact: true }).fill("https://docs.example.com/reports/a.pdf?Expires=1");
      await button(page, "Check");
      await page.getByText(/^It ended/).waitFor();
      await button(page, "Details");
    },
  },
  "a link that is being tried": {
    query: "?keys&verdict=works&trying",
    go: async (page) => {
      await tryLink(page);
      await page.getByText("Asking docs.example.com…").waitFor();
    },
  },
  "a link that is refused": {
    query: "?keys&verdict=works&trial=refused",
    go: async (page) => {
      await tryLink(page);
      await page.getByText(/^docs\.example\.com refuses it/).waitFor();
    },
  },
  "a document that is open to everyone": {
    query: "?keys&verdict=works&trial=opens&public&ahead=420",
    go: async (page) => {
      await tryLink(page);
      await page.getByText(/^Anyone can open/).waitFor();
    },
  },
  "nothing to check": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Check a link");
      await button(page, "Check");
      await page.getByRole("alert").waitFor();
    },
  },
  "a missing key": {
    query: "?keys&fail=createLink:keyMissing",
    go: async (page) => {
      await button(page, "Create link");
      await page.getByRole("alert").waitFor();
    },
  },
  "a missing key's locked file": {
    query: "?keys&locked&fail=createLink:keyMissing",
    go: async (page) => {
      await button(page, "Create link");
      await button(page, "Choose key file…");
      await page.getByLabel("Passphrase").waitFor();
    },
  },
  "a wrong clock and damaged settings": { query: "?strange" },
  "your link": { query: "?keys", go: makeTriedLink },
  "your link that is being tried": { query: "?keys&trying", go: makeLink },
  "your link to a document that is not there": { query: "?keys&opening=storageRefused", go: makeTriedLink },
  "your link that is refused": { query: "?keys&opening=refused", go: makeTriedLink },
  "your link made offline": { query: "?keys&opening=offline", go: makeTriedLink },
  "your link to a site that is not trusted": { query: "?keys&opening=notTrusted", go: makeTriedLink },
  "your link that ends within a day": { query: "?keys&lifetime=18000", go: makeTriedLink },
  "your link with its reader and all of it": {
    query: "?keys",
    go: async (page) => {
      await makeTriedLink(page);
      await page.getByLabel("For whom?").fill("Frau Schmidt, before the meeting on Thursday");
      await page.getByLabel("For whom?").press("Enter");
      await page.getByText(/^for Frau Schmidt/).waitFor();
      await button(page, "The link itself");
      await button(page, "Copy link");
      await page.getByText("Copied", { exact: true }).waitFor();
    },
  },
  "the QR code of your link": {
    query: "?keys",
    go: async (page) => {
      await makeLink(page);
      await button(page, "QR code");
      await page.getByRole("dialog").waitFor();
      await button(page, "More");
    },
  },
  "an ended link": {
    query: "?keys&lifetime=1",
    go: async (page) => {
      // Its one second may be over before anybody could look at the link.
      await askForLink(page);
      await page.getByRole("button", { name: "Make a new one" }).waitFor();
    },
  },
  "a practice link": {
    query: "",
    go: async (page) => {
      await button(page, "Try it with a practice document");
      await button(page, "Create link");
      await page.getByText(/^Tried just now/).waitFor();
    },
  },
  "an ended practice link": {
    query: "?lifetime=1",
    go: async (page) => {
      await button(page, "Try it with a practice document");
      await button(page, "Create link");
      await page.getByRole("button", { name: "Make a new one" }).waitFor();
    },
  },
  "keys that no site has": {
    query: "?keys&lost",
    go: async (page) => {
      await button(page, "Sites");
      await page.getByText("Found in the password store").waitFor();
    },
  },
  "sites of a newer version": {
    query: "?unread=settingsNewer",
    go: (page) => page.getByText("Open the newer Signet").waitFor(),
  },
  "several sites to choose from": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Sites");
      await addKeyFile(page);
      await button(page, "Make a link");
      await page.getByLabel("Site", { exact: true }).waitFor();
    },
  },
  "a link that is in no list": {
    query: "?keys&unlisted",
    go: async (page) => {
      await makeLink(page);
      await page.getByText("it could not be written into your list").waitFor();
    },
  },
  "many links": { query: "?links=3", go: (page) => button(page, "Many at once") },
  "an empty list": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Many at once");
      await button(page, "Next");
      await page.getByRole("alert").waitFor();
    },
  },
  "a list that is ready": {
    query: "?keys",
    go: async (page) => {
      await readList(page, LIST);
      await page.getByText("2 documents have their own end.").waitFor();
    },
  },
  "a list with problems": {
    query: "?keys",
    go: async (page) => {
      await readList(page, [...LIST, ...PROBLEMS]);
      await page.getByLabel("Document", { exact: true }).waitFor();
      await page.getByLabel("Only problems").uncheck();
      await button(page, "Skip “Plan #4.pdf”");
      await page.getByText("Skipped", { exact: true }).waitFor();
    },
  },
  "a list that is asked about": {
    query: "?keys&asks",
    go: async (page) => {
      await readList(page, LIST);
      await page.getByText("Is this when each link ends?").first().waitFor();
    },
  },
  "links that are not made before a look": {
    query: "?keys",
    go: async (page) => {
      await makeList(page, [...LIST, ...PROBLEMS]);
      await page.getByText("3 documents have a problem.").waitFor();
      await page.getByLabel("Document", { exact: true }).waitFor();
    },
  },
  "making many links": {
    query: "?keys&pace=0",
    go: async (page) => {
      await makeList(page);
      await page.getByRole("progressbar").waitFor();
    },
  },
  "many links that were made": {
    query: "?keys",
    go: async (page) => {
      await makeList(page);
      await button(page, "Copy all");
      await page.getByText("4 links copied, one a line.").waitFor();
    },
  },
  "many links of which one was not made": {
    query: "?keys&refused=Agenda.pdf",
    go: async (page) => {
      await makeList(page);
      await page.getByText("3 of 4 links were made.").waitFor();
    },
  },
  "a list whose key is missing": {
    query: "?keys&trouble",
    go: async (page) => {
      await makeList(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "many links that are in no list": {
    query: "?keys&unlisted",
    go: async (page) => {
      await makeList(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "a link of a list that cannot be copied": {
    query: "?keys&fail=copyRow:clipboardDiffers",
    go: async (page) => {
      await makeList(page);
      await button(page, "Copy “Agenda.pdf”");
      await page.getByRole("alert").waitFor();
    },
  },
  "an unfinished list": { query: "?keys&unfinished", go: (page) => page.getByRole("button", { name: "Go on" }).waitFor() },
  "an unfinished list without its key": {
    query: "?keys&unfinished=gone",
    go: (page) => page.getByRole("button", { name: "Leave it" }).waitFor(),
  },
  links: { query: "?links=100", go: openLinks },
  "no links": {
    query: "?keys",
    go: async (page) => {
      await button(page, "My links");
      await page.getByText("Links you make appear here").waitFor();
    },
  },
  "no link like that": {
    query: "?links=100",
    go: async (page) => {
      await openLinks(page);
      await page.getByLabel("Search").fill("nothing is called this");
      await page.getByText("Nothing found for “nothing is called this”.").waitFor();
    },
  },
  "a link's details": {
    query: "?links=100",
    go: async (page) => {
      await openLinks(page);
      await choose(page, "November minutes.pdf", "Details");
      await page.getByRole("button", { name: "Remove" }).waitFor();
    },
  },
  "a link's menu": {
    query: "?links=100",
    go: async (page) => {
      await openLinks(page);
      await page.getByRole("button", { name: "More about November minutes.pdf" }).first().click();
      await page.getByRole("menu").waitFor();
    },
  },
  "the menu of the list": { query: "?links=100", go: openListMenu },
  "the links of one key that end soon": {
    query: "?links=100",
    go: async (page) => {
      await openListMenu(page);
      await page.getByLabel("Key").selectOption({ index: 1 });
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Ends soon/ }).click();
      await page.getByText("Only links of").waitFor();
    },
  },
  "a link that was copied again": {
    query: "?links=100",
    go: async (page) => {
      await openLinks(page);
      await page
        .getByRole("button", { name: /^Copy “/ })
        .first()
        .click();
      await page.getByText("Copied").waitFor();
    },
  },
  "a link that cannot be copied again": {
    query: "?links=100&fail=copyAgain:keyMissing",
    go: async (page) => {
      await openLinks(page);
      await page
        .getByRole("button", { name: /^Copy “/ })
        .first()
        .click();
      await page.getByRole("alert").waitFor();
    },
  },
  "a removed link": {
    query: "?links=100",
    go: async (page) => {
      await openLinks(page);
      await choose(page, "Lease 14 Mill Lane.pdf", "Remove");
      await page.getByRole("button", { name: "Undo" }).waitFor();
    },
  },
  "emptying the list of links": {
    query: "?links=100",
    go: async (page) => {
      await openListMenu(page);
      await button(page, "Empty this list…");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "exporting the links": {
    query: "?links=100",
    go: async (page) => {
      await openListMenu(page);
      await button(page, "Export…");
      await page.getByRole("dialog", { name: "Export the list" }).waitFor();
    },
  },
  "links that cannot be read": {
    query: "?links=100&fail=listHistory:historyUnreadable",
    go: async (page) => {
      await button(page, "My links");
      await page.getByRole("alert").waitFor();
    },
  },
  "removing a site with working links": {
    query: "?links=100",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Remove this site");
      await page.getByText("links to this site still work.").waitFor();
    },
  },
  "no site": {
    query: "",
    go: async (page) => {
      await button(page, "Look for lost keys");
      await page.getByText(/^Your sites appear here/).waitFor();
    },
  },
  sites: { query: "?keys&made&rsa&bare", go: (page) => button(page, "Sites") },
  "sites of which one is being renewed": { query: "?renewed&rsa", go: (page) => button(page, "Sites") },
  "a site": { query: "?keys", go: (page) => openSite(page) },
  "a site that is not set up": { query: "?made", go: (page) => openSite(page, "Contracts") },
  "a site for its IT person": { query: "?keys", go: (page) => openForIt(page) },
  "a site without a key for its IT person": { query: "?bare", go: (page) => openForIt(page, "Tenders") },
  "a lifetime that is not kept": {
    query: "?keys&fail=setSiteLifetime:settingsNotSaved",
    go: async (page) => {
      await openSite(page);
      await page.getByRole("radio", { name: "Tomorrow" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  "a site to add": { query: "?keys", go: async (page) => (await button(page, "Sites"), button(page, "Add a site")) },
  "a site to add with a taken name": {
    query: "?keys",
    go: async (page) => {
      await button(page, "Sites");
      await button(page, "Add a site");
      await page.getByLabel("Name").fill("Client papers");
      await button(page, "Continue");
      await page.getByRole("alert").waitFor();
    },
  },
  "removing a site": {
    query: "?keys",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Remove this site");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "renaming a site": {
    query: "?keys&fail=renameSite:nameTaken",
    go: async (page) => {
      await openSite(page);
      await button(page, "Rename");
      await button(page, "Save");
      await page.getByRole("alert").waitFor();
    },
  },
  "adding a key file": { query: "", go: (page) => button(page, "I have a key file") },
  "adding a key file to a site": {
    query: "?bare",
    go: async (page) => {
      await openForIt(page, "Tenders");
      await button(page, "Add a key from a file");
    },
  },
  "a wrong id": {
    query: "?fail=addKey:publicKeyIdIsDistributionId",
    go: async (page) => {
      await addKeyFile(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "a locked file": {
    query: "?locked",
    go: async (page) => {
      await addKeyFile(page);
      await page.getByLabel("Passphrase").waitFor();
    },
  },
  "a key that no keychain takes": {
    query: "?bare&fail=makeKey:keychainAbsent",
    go: async (page) => {
      await makeKey(page, "RSA 2048");
      await page.getByRole("alert").waitFor();
    },
  },
  "a copied public key of RSA": {
    query: "?rsa",
    go: async (page) => {
      await openForIt(page, "Board papers");
      await button(page, "Public key");
      await button(page, "Copy");
      await page.getByText(/^Copied/).waitFor();
    },
  },
  "a wrong id for a made key": {
    query: "?made&fail=registerKey:publicKeyIdIsDistributionId",
    go: async (page) => {
      await enterId(page, "E2QWRUHAPOMQZL");
      await page.getByRole("alert").waitFor();
    },
  },
  "a made key that CloudFront does not know": { query: "?made", go: (page) => openForIt(page, "Contracts") },
  "a site that became ready": {
    query: "?made",
    go: async (page) => {
      await enterId(page, "K2JCJMDEHXQW5F");
      await page.getByText("is ready.").waitFor();
    },
  },
  "a key that is to be replaced": {
    query: "?keys",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Replace this key");
      await page.getByText("No reader notices.").waitFor();
    },
  },
  "keys of which one is to replace the other": { query: "?renewed", go: (page) => openForIt(page) },
  "keys of which one has replaced the other": { query: "?switched", go: (page) => openForIt(page) },
  "a replacement that waits for its id": {
    query: "?renewed&fail=switchKey:publicKeyIdOfOldKey",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Go on replacing");
      await button(page, "Show the public key");
      await button(page, "Switch to the new key");
      await page.getByText("This is the ID of the old key.").waitFor();
    },
  },
  "a replaced key whose links still work": {
    query: "?switched&links=5&left=90000",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Go on replacing");
      await page.getByText("of the old key still work").waitFor();
    },
  },
  "removing a key that CloudFront does not know": {
    query: "?made",
    go: async (page) => {
      await openForIt(page, "Contracts");
      await button(page, "Remove key");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "renaming a key": {
    query: "?made&fail=renameKey:nameTaken",
    go: async (page) => {
      await openForIt(page, "Contracts");
      await button(page, "Rename key");
      await button(page, "Save");
      await page.getByRole("alert").waitFor();
    },
  },
  "a public key whose key is missing": {
    query: "?made&fail=showPublicKey:keyMissing",
    go: async (page) => {
      await openForIt(page, "Contracts");
      await button(page, "Public key");
      await page.getByRole("alert").waitFor();
    },
  },
  "a public key behind a locked keychain": {
    query: "?made&fail=showPublicKey:keychainLocked",
    go: async (page) => {
      await openForIt(page, "Contracts");
      await button(page, "Public key");
      await page.getByRole("alert").waitFor();
    },
  },
  "a backup to make": {
    query: "?made",
    go: async (page) => {
      await openForIt(page, "Contracts");
      await button(page, "Back up…");
      await page.getByLabel("Passphrase for the backup").waitFor();
    },
  },
  "a short passphrase for a backup": { query: "?made", go: (page) => backUp(page, "14 characters.") },
  "two passphrases for a backup": {
    query: "?made",
    go: (page) => backUp(page, "four words of no sense", "four words of no sence"),
  },
  "a backup that could not be saved": {
    query: "?made&fail=backUpKey:saveFailed",
    go: (page) => backUp(page, "four words of no sense"),
  },
  "a backup whose key is missing": {
    query: "?made&locked&fail=backUpKey:keyMissing",
    go: async (page) => {
      await backUp(page, "four words of no sense");
      await button(page, "Choose key file…");
      await page.getByLabel("Passphrase", { exact: true }).waitFor();
    },
  },
  "a backed up key": { query: "?keys", go: (page) => backUp(page, "four words of no sense", undefined, "Client papers") },
  "an added key file": {
    query: "",
    go: async (page) => {
      await addKeyFile(page);
      await page.getByText("is ready.").waitFor();
    },
  },
  ...DOCUMENTS,
  ...SET_UP,
};

const show = async (name: string, options: { width: number; colorScheme: "light" | "dark"; forcedColors?: "active"; large?: boolean }) => {
  const state = STATES[name];
  const context = await stage.browser.newContext({
    viewport: { width: options.width, height: 760 },
    colorScheme: options.colorScheme,
    forcedColors: options.forcedColors ?? "none",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${stage.origin}/${state?.query ?? ""}`);
  await page.locator("h1").waitFor();
  if (options.large === true) await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await state?.go?.(page);
  const folder = process.env["SIGNET_PICTURES"];
  if (folder !== undefined) {
    const look = options.large === true ? "large" : options.forcedColors === "active" ? "forced" : options.colorScheme;
    await page.screenshot({ path: join(folder, `${name.replaceAll(" ", "-")}-${look}-${options.width}.png`), fullPage: true });
  }
  return { page, context, problems };
};

describe.each(Object.keys(STATES))("%s", (name) => {
  test.each([{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }] as const)(
    "axe finds nothing with %o",
    async (look) => {
      const { page, context, problems } = await show(name, { width: 960, ...look });
      const axe = new AxeBuilder({ page });
      // With forced colours all are the system's, and axe reads those that were written.
      if ("forcedColors" in look) axe.disableRules("color-contrast");
      const { violations } = await axe.analyze();
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    },
  );

  test.each([{ width: 480 }, { width: 480, large: true }])("nothing runs over the side at %o", async (size) => {
    const { page, context } = await show(name, { ...size, colorScheme: "light" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
    await context.close();
  });
});
