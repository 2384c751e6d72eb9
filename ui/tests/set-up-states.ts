/** What *Set up CloudFront* can look like, for axe and for narrow windows. */
import type { Page } from "playwright-core";

type State = { query: string; go: (page: Page) => Promise<void> };

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

const enter = async (page: Page) => {
  await button(page, "Keys");
  await button(page, "Set up CloudFront");
  await page.getByRole("radio", { name: "By hand" }).waitFor();
};

const goBy = async (page: Page, way: "By hand" | "For my IT person") => {
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

export const SET_UP: Record<string, State> = {
  "who sets up CloudFront": { query: "?made", go: enter },
  "a set-up without a key": {
    query: "",
    go: async (page) => {
      await button(page, "Set up CloudFront");
      await page.getByRole("radio", { name: "By hand" }).check();
      await page.getByText(/^There is no key yet/).waitFor();
    },
  },
  "the key of a set-up": {
    query: "?keys&made",
    go: async (page) => {
      await goBy(page, "By hand");
      await button(page, "Continue");
      await page.getByText("No key is chosen.").waitFor();
    },
  },
  "the documents of a set-up": {
    query: "?made",
    go: async (page) => {
      await goBy(page, "By hand");
      await page.getByRole("radio", { name: "Contracts" }).check();
      await button(page, "Continue");
      await page.getByLabel("Bucket").fill("s3://client-papers");
      await page.getByRole("radio", { name: "One that is there" }).check();
      await page.getByLabel("Distribution ID").fill("K2JCJMDEHXQW5F");
      await page.getByText("That is a public key ID: it starts with K.").waitFor();
    },
  },
  "the public key in the console": at("publicKey", "Give CloudFront the public key"),
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
  "the key group": at("keyGroup", "Put it into a key group"),
  "the access control": at("accessControl", "Make an origin access control"),
  "a new distribution": at("distribution", "Set the distribution"),
  "a distribution that is there": at("distribution", "Set the distribution", "&existing"),
  "the bucket policy": at("bucketPolicy", "Let the distribution read the bucket"),
  "links only, at a new distribution": at("restrictViewerAccess", "Let documents open by links only"),
  "links only, at a distribution that is there": at("restrictViewerAccess", "Let documents open by links only", "&existing"),
  "a key to connect": {
    query: "?made&setUp=connect&fail=connectSetUp:settingsNotSaved",
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
      await page.getByRole("button", { name: "Put it into a key group" }).click();
      await page.getByRole("button", { name: "Not done after all" }).waitFor();
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
    query: "?made&setUp=publicKey&fail=saveHandOver:saveFailed",
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
      await page.getByRole("button", { name: "Paste what came back" }).click();
      await page.getByLabel("What came back").fill("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----");
      await button(page, "Read it");
      await page.getByRole("alert").waitFor();
    },
  },
  "what came back": {
    query: "?made&setUp=publicKey",
    go: async (page) => {
      await goBy(page, "For my IT person");
      await page.getByRole("button", { name: "Paste what came back" }).click();
      await page.getByLabel("What came back").fill("K2JCJMDEHXQW5F d111111abcdef8.cloudfront.net");
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
      await button(page, "Keys");
      await button(page, "Set up CloudFront");
      await page.getByRole("alert").waitFor();
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
