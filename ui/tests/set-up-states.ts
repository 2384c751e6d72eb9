/** What *Set up CloudFront* can look like, for axe and for narrow windows. */
import type { Page } from "playwright-core";

type State = { query: string; go: (page: Page) => Promise<void> };

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** To what is for the IT person of the first site. */
const openForIt = async (page: Page) => {
  await button(page, "Sites");
  await page.getByRole("list", { name: "Your sites" }).getByRole("button").first().click();
  await button(page, "For your IT person");
};

const enter = async (page: Page) => {
  await openForIt(page);
  await button(page, "Set up");
  await page.getByRole("radio", { name: "By hand" }).waitFor();
};

const goBy = async (page: Page, way: "Done for you" | "By hand" | "For my IT person") => {
  await enter(page);
  await page.getByRole("radio", { name: way }).check();
};

const unfolded = (page: Page, title: string) => page.getByRole("button", { name: title, expanded: true }).waitFor();

/** A step in the console, which is unfolded as it comes up. */
const at = (step: string, title: string, and = ""): State => ({
  query: `?made&setUp=${step}${and}`,
  go: async (page) => {
    await goBy(page, "By hand");
    await unfolded(page, title);
  },
});

/** The plan, with the documents known already. */
const showPlan = async (page: Page) => {
  await goBy(page, "Done for you");
  await button(page, "Look for my AWS login");
  await button(page, "Continue");
  await button(page, "Show the plan");
  await page.getByRole("button", { name: "Apply" }).waitFor();
};

const checkSetUp = async (page: Page) => {
  await openForIt(page);
  await button(page, "Check the set-up");
};

const takeBack = async (page: Page) => {
  await button(page, "Undo…");
  await page.getByRole("alertdialog").getByRole("button", { name: "Undo it" }).click();
};

export const SET_UP: Record<string, State> = {
  "who sets up CloudFront": { query: "?made", go: enter },
  "a set-up without a key": {
    query: "",
    go: async (page) => {
      await button(page, "Set up CloudFront");
      await page.getByLabel("Name").fill("Tenders");
      await button(page, "Continue");
      await page.getByRole("radio", { name: "By hand" }).check();
      await page.getByText(/^This site has no key yet/).waitFor();
    },
  },
  "the key of a set-up": {
    query: "?made",
    go: async (page) => {
      await goBy(page, "By hand");
      await page.getByRole("button", { name: "Get the key ready" }).click();
      await page.getByText(/^The site has the key/).waitFor();
    },
  },
  "the keys of a set-up": {
    query: "?renewed",
    go: async (page) => {
      await goBy(page, "By hand");
      await page.getByRole("button", { name: "Get the key ready" }).click();
      await page.getByRole("radio", { name: "Client papers (new)" }).waitFor();
    },
  },
  "the documents of a set-up": {
    query: "?made",
    go: async (page) => {
      await goBy(page, "By hand");
      await page.getByLabel("Bucket").fill("s3://client-papers");
      await page.getByRole("radio", { name: "One that is there" }).check();
      await page.getByLabel("Distribution ID").fill("K2JCJMDEHXQW5F");
      await page.getByText("That is a public key ID: it starts with K.").waitFor();
    },
  },
  "the public key in the console": at("publicKey", "Upload the public key to CloudFront"),
  "a wrong ID from the console": {
    query: "?made&setUp=publicKey&fail=copySetUpValue:clipboardDiffers",
    go: async (page) => {
      await goBy(page, "By hand");
      await page.getByLabel("Public key ID").fill("E2QWRUHAPOMQZL");
      await page.getByText("That is a distribution ID: it starts with E.").waitFor();
      await button(page, "Copy key");
      await page.getByText("Another program took the clipboard").waitFor();
    },
  },
  "the key group": at("keyGroup", "Add it to a key group"),
  "the access control": at("accessControl", "Create an origin access control"),
  "a new distribution": at("distribution", "Set up the distribution"),
  "a distribution that is there": at("distribution", "Set up the distribution", "&existing"),
  "the bucket policy": at("bucketPolicy", "Let the distribution read the bucket"),
  "links only, at a new distribution": at("restrictViewerAccess", "Restrict viewer access"),
  "links only, at a distribution that is there": at("restrictViewerAccess", "Restrict viewer access", "&existing"),
  "a key to connect": {
    query: "?made&setUp=connect&fail=registerSetUp:settingsNotSaved",
    go: async (page) => {
      await enter(page);
      await button(page, "Connect");
      await page.getByRole("alert").waitFor();
    },
  },
  "a key that was connected": {
    query: "?made&setUp=connect",
    go: async (page) => {
      await enter(page);
      await button(page, "Connect");
      await page.getByRole("button", { name: "Make the first link" }).waitFor();
    },
  },
  "a key that was connected otherwise": {
    query: "?keys&setUp=connect",
    go: async (page) => {
      await enter(page);
      await page.getByText(/and the distribution is/).waitFor();
    },
  },
  "a step that was done": {
    query: "?made&setUp=connect",
    go: async (page) => {
      await enter(page);
      await page.getByRole("button", { name: "Add it to a key group" }).click();
      await page.getByRole("button", { name: "Not done" }).waitFor();
    },
  },
  "papers for an IT person": {
    query: "?made&setUp=publicKey&existing",
    go: async (page) => {
      await goBy(page, "For my IT person");
      await button(page, "Save script…");
      await page.getByText("Saved as set-up-cloudfront.sh.").waitFor();
    },
  },
  "papers that cannot be saved": {
    query: "?made&setUp=publicKey&fail=saveHandoff:saveFailed",
    go: async (page) => {
      await goBy(page, "For my IT person");
      await button(page, "Save page…");
      await page.getByRole("alert").waitFor();
    },
  },
  "a private key that came back": {
    query: "?made&setUp=publicKey",
    go: async (page) => {
      await goBy(page, "For my IT person");
      await page.getByRole("button", { name: "Paste their answer" }).click();
      await page.getByLabel("Their answer").fill("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----");
      await button(page, "Read it");
      await page.getByRole("alert").waitFor();
    },
  },
  "what came back": {
    query: "?made&setUp=publicKey",
    go: async (page) => {
      await goBy(page, "For my IT person");
      await page.getByRole("button", { name: "Paste their answer" }).click();
      await page.getByLabel("Their answer").fill("K2JCJMDEHXQW5F d111111abcdef8.cloudfront.net");
      await button(page, "Read it");
      await page.getByRole("button", { name: "Connect", exact: true }).waitFor();
    },
  },
  "a set-up that is not written down": {
    query: "?made&setUp=keyGroup&unsaved",
    go: async (page) => {
      await enter(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "a set-up whose key is gone": {
    query: "?made&setUp=keyGroup&gone",
    go: async (page) => {
      await enter(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "a set-up behind a locked keychain": {
    query: "?made&setUp=keyGroup&closed",
    go: async (page) => {
      await enter(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "a set-up that cannot be read": {
    query: "?made&fail=setUp:internal",
    go: async (page) => {
      await openForIt(page);
      await button(page, "Set up");
      await page.getByRole("alert").waitFor();
    },
  },
  "the login that sets CloudFront up": {
    query: "?made",
    go: async (page) => {
      await goBy(page, "Done for you");
      await button(page, "Look for my AWS login");
      await page.getByText("The login is for the AWS account").waitFor();
    },
  },
  "a login that may not list": {
    query: "?made&setUp=publicKey&fail=awsPlaces:awsNotAllowed",
    go: async (page) => {
      await goBy(page, "Done for you");
      await button(page, "Look for my AWS login");
      await page.getByText("Only the list is missing").waitFor();
    },
  },
  "the documents that AWS has": {
    query: "?made",
    go: async (page) => {
      await goBy(page, "Done for you");
      await button(page, "Look for my AWS login");
      await button(page, "Continue");
      await page.getByLabel("Bucket").selectOption("client-papers");
      await page.getByRole("radio", { name: "One that is there" }).check();
      await page.getByLabel("Distribution ID").selectOption("E2QWRUHAPOMQZL");
    },
  },
  "a plan for a new distribution": { query: "?made&setUp=publicKey", go: showPlan },
  "a plan for a distribution that is there": { query: "?made&setUp=publicKey&existing&closes", go: showPlan },
  "a plan for a distribution that others use": { query: "?made&setUp=publicKey&existing&shared", go: showPlan },
  "a plan with an access key for the documents": {
    query: "?made&setUp=publicKey",
    go: async (page) => {
      await showPlan(page);
      await page.getByLabel("Also make an access key for the documents").check();
      await page.getByLabel("It may also rename and remove documents").check();
      await button(page, "Show the plan");
      await page.getByRole("button", { name: "Apply", exact: true }).waitFor();
    },
  },
  "a plan that cannot be made": {
    query: "?made&setUp=publicKey&existing&begun=1&fail=planSetUp:setUpUnfit",
    go: async (page) => {
      await enter(page);
      await button(page, "Show the plan");
      await page.getByRole("alert").waitFor();
    },
  },
  "a set-up that is being done": {
    query: "?made&setUp=publicKey&step=600000",
    go: async (page) => {
      await showPlan(page);
      await button(page, "Apply");
      await page.getByText("Making the origin access control…").waitFor();
    },
  },
  "a set-up that was stopped": {
    query: "?made&setUp=publicKey&begun=2&step=600000",
    go: async (page) => {
      await enter(page);
      await button(page, "Show the plan");
      await button(page, "Go on");
      await page.getByText("Making the key group…").waitFor();
      await button(page, "Stop");
      await page.getByText("It was stopped before the next step.").waitFor();
    },
  },
  "a set-up that lacks a permission": {
    query: "?made&setUp=publicKey&step=800&begun=3&fail=applySetUp:awsNotAllowed&at=bucketPolicy",
    go: async (page) => {
      await enter(page);
      await button(page, "Show the plan");
      await button(page, "Go on");
      await page.getByText("Copy permission").waitFor();
    },
  },
  "a set-up to check": {
    query: "?keys&setUp=publicKey&begun=5",
    go: async (page) => {
      await checkSetUp(page);
      await page.getByRole("button", { name: "Check again" }).waitFor();
    },
  },
  "a set-up that is in force": {
    query: "?keys&setUp=publicKey&begun=5",
    go: async (page) => {
      await checkSetUp(page);
      await page.getByLabel("Address of a document").fill("https://docs.example.com/a.pdf");
      await button(page, "Check again");
      await page.getByRole("status").getByText("Everything is right.").waitFor();
    },
  },
  "a set-up that is not in force": {
    query: "?keys&setUp=publicKey&wrong",
    go: async (page) => {
      await checkSetUp(page);
      await page.getByText("2 things are not as they should be.").waitFor();
    },
  },
  "a set-up whose policy nobody can judge": {
    query: "?keys&setUp=publicKey&doubt",
    go: async (page) => {
      await checkSetUp(page);
      await page.getByText("Whether the bucket lets CloudFront in cannot be seen from here.").waitFor();
    },
  },
  "a set-up whose bucket others open too": {
    query: "?keys&setUp=publicKey&shared",
    go: async (page) => {
      await checkSetUp(page);
      await page.getByText("2 things are not as they should be.").waitFor();
    },
  },
  "a check that AWS does not answer": {
    query: "?keys&setUp=publicKey&fail=checkSetUp:awsUnreachable",
    go: async (page) => {
      await checkSetUp(page);
      await page.getByRole("alert").waitFor();
    },
  },
  "taking a set-up back": {
    query: "?keys&setUp=publicKey&begun=5",
    go: async (page) => {
      await enter(page);
      await button(page, "Undo…");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "a set-up that is being taken back": {
    query: "?keys&setUp=publicKey&begun=5&step=600000",
    go: async (page) => {
      await enter(page);
      await takeBack(page);
      await page.getByText("Changing back the policy of the bucket…").waitFor();
    },
  },
  "a set-up that was taken back": {
    query: "?keys&setUp=publicKey&begun=5",
    go: async (page) => {
      await enter(page);
      await takeBack(page);
      await page.getByText("All that Signet made is taken back.").waitFor();
    },
  },
  "starting a set-up again": {
    query: "?made&setUp=keyGroup",
    go: async (page) => {
      await enter(page);
      await button(page, "Start again");
      await page.getByRole("alertdialog").waitFor();
    },
  },
};
