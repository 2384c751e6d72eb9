/**
 * What *Set up CloudFront* says. Its reader is whoever has the login to AWS, so AWS's own words stand
 * here; what the console itself says is in [brackets], which the screen sets in bold.
 *
 * The clicks are those of AWS's CloudFront developer guide, "Specify signers that can create signed URLs
 * and signed cookies" and "Restrict access to an Amazon S3 origin", and of the console's own *Create
 * distribution*.
 */
import type { HandoffKind, SetUpStep, SetUpStepState, SetUpValueName } from "../backend/bindings";

/** The ways to set up; all lead through the same beginning and the same end. */
export type Way = "doneForYou" | "byHand" | "itPerson";

/** A step of any way: those that Rust knows, the two that are only between people, and what Signet does itself. */
export type Stop = SetUpStep | "handOver" | "sentBack" | "account" | "plan" | "make" | "check";

/** A step in the AWS console. */
export type ConsoleStep = Exclude<SetUpStep, "key" | "documents" | "connect">;

/** What the clicks are about. */
export type Place = {
  /** What everything that is made is called. */
  name: string;
  bucket: string;
  origin: string;
  /** The distribution, where its ID is known. */
  distribution: string;
  /** Whether it was there before. */
  isExisting: boolean;
};

/** What stands below a field: what was understood, where more than that was pasted, or else its hint. */
export const hintOf = (understood: string | null, hint: string): string => (understood === null ? hint : `Understood as ${understood}`);

export const setUpWords = {
  title: (site: string) => `Set up “${site}”`,
  intro:
    "Links open documents through CloudFront, AWS's service in front of the storage. It has to know your public key; the private key stays in this computer's password store.",
  way: "Who does it?",
  ways: {
    doneForYou: {
      name: "Done for you",
      text: "Recommended where this computer has an AWS login. Signet shows what it will make and change, and does it when you agree.",
    },
    byHand: {
      name: "By hand",
      text: "You have a login to the AWS console. Each step says where to click and has the values to copy.",
    },
    itPerson: {
      name: "For my IT person",
      text: "Somebody else has the login. Save what they need, and paste here what they send back.",
    },
  } satisfies Record<Way, { name: string; text: string }>,
  stops: {
    key: "Get the key ready",
    documents: "Say where the documents are",
    publicKey: "Upload the public key to CloudFront",
    keyGroup: "Add it to a key group",
    accessControl: "Create an origin access control",
    distribution: "Set up the distribution",
    bucketPolicy: "Let the distribution read the bucket",
    restrictViewerAccess: "Restrict viewer access",
    connect: "Connect the key",
    handOver: "Send it to your IT person",
    sentBack: "Paste their answer",
    account: "Find your AWS login",
    plan: "Review the plan",
    make: "Let Signet do it",
    check: "Check the set-up",
  } satisfies Record<Stop, string>,
  working: "Working…",
  states: { waiting: "Waiting", open: "To do", done: "Done" } satisfies Record<SetUpStepState, string>,
  /** Of what nobody but the person knows. */
  marked: "Marked as done",
  after: (number: number) => `Needs step ${number}.`,
  goOn: "Continue",
  done: "Mark as done",
  notDone: "Not done",
  stays: "You can close Signet at any time: what is right stays here, and you go on where you were.",
  tryAgain: "Try again",

  key: {
    choose: "Key",
    makesLinks: (host: string) => `Makes links for ${host} already.`,
    unfinished: "CloudFront does not know it yet.",
    one: (name: string) => `The site has the key “${name}”.`,
    none: "This site has no key yet. Make one here: its private key goes into the password store and never leaves this computer.",
    add: "Take one from a file",
  },
  documents: {
    bucket: "Bucket",
    bucketHint: "The name of the S3 bucket that holds the documents, for example client-papers.",
    region: "Region",
    regionHint: "Its code, for example eu-central-1. S3 shows it beside the bucket's name.",
    distribution: "Distribution",
    isNew: "A new one",
    isNewHint: "Nothing changes for whoever reads these documents today.",
    existing: "One that is there",
    existingHint: "Its documents that open for everyone today will need a link.",
    distributionId: "Distribution ID",
    distributionIdHint: "It starts with E. In CloudFront: Distributions.",
    answer: (bucket: string, region: string, distribution: string) =>
      `${bucket} in ${region}, ${distribution === "" ? "a new distribution" : `distribution ${distribution}`}`,
  },

  values: {
    name: { label: "Name", copy: "Copy name" },
    key: { label: "Key", copy: "Copy key" },
    origin: { label: "Origin", copy: "Copy origin" },
    policy: { label: "Whole policy, for an empty box", copy: "Copy policy" },
    statement: { label: "One statement, for a policy that is there", copy: "Copy statement" },
  } satisfies Record<SetUpValueName, { label: string; copy: string }>,
  copied: (what: string) => `Copied: ${what}`,
  publicKeyId: "Public key ID",
  publicKeyIdHint: "It starts with K. The address of the console's page about the key will do as well.",
  arn: "ARN",
  arnHint: "Like arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL.",
  domain: "Distribution domain name",
  domainHint: "It ends in cloudfront.net, or is your own name for it.",

  why: {
    publicKey: "By the public key CloudFront sees that a link is yours. It cannot make links, so anybody may read it.",
    keyGroup: "A distribution trusts a group of keys. Taking a key out of its group ends all links of that key at once.",
    accessControl: "CloudFront uses it to authenticate to the bucket, so that the bucket need not be open to everyone.",
    distribution: "The distribution is the address at which the documents open.",
    bucketPolicy: "This distribution may read the documents, and be told that one is missing. What the policy says today stays.",
    restrictViewerAccess: "The last click in the console. CloudFront takes a few minutes until it is deployed everywhere.",
  } satisfies Record<ConsoleStep, string>,
  notes: {
    accessControl: "For a new distribution the console can make this by itself in the next step. If you want that, mark it as done here.",
    existing: (address: string) => ({
      what: "Documents that open for everyone today will need a link.",
      doNow: `Whoever opens ${address} without a link is refused from then on. If that must not be, go back to “Say where the documents are” and take a new distribution.`,
    }),
    isNew: (address: string) => ({
      what: "From then on the documents open by links only.",
      doNow: `Whoever opens ${address} without a link is refused. Other ways to the same documents stay as they are.`,
    }),
  },

  handOver: {
    text: "One of the three is enough; the page explains all. They hold the public key and no secret, so they may be mailed.",
    kinds: {
      page: {
        save: "Save page…",
        text: "To read, to print or to mail: what is made and why, three ways to do it, and what to send back. Script and template are in it.",
      },
      script: { save: "Save script…", text: "Commands of the AWS CLI, for CloudShell: it shows what it will do and asks first." },
      template: { save: "Save template…", text: "For CloudFormation, with the public key filled in." },
    } satisfies Record<HandoffKind, { save: string; text: string }>,
    saved: (fileName: string) => `Saved as ${fileName}.`,
    back: "Ask them to send back an ID that starts with K and a domain name. Never a key: nobody needs one from you, and you need none from them.",
    readers: (distribution: string) =>
      `Documents of the distribution ${distribution} that open for everyone today will need a link. The page says so too.`,
  },
  sentBack: {
    label: "Their answer",
    hint: "The whole mail will do, or the last two lines of the script. Signet looks for an ID that starts with K and for a domain name.",
    read: "Read it",
    answer: (publicKeyId: string, domain: string) => `${publicKeyId}, ${domain}`,
  },
  connect: {
    text: (site: string, domain: string, id: string) =>
      `The key gets the public key ID ${id}, and “${site}” makes links for ${domain} from then on.`,
    connect: "Connect",
    connecting: "Connecting…",
    ready: (site: string, host: string) => `“${site}” makes links for ${host}.`,
    otherId: (key: string, has: string, given: string) => ({
      what: `The key “${key}” has the public key ID ${has}, and CloudFront gave it ${given}.`,
      doNow:
        "Its links would not open. Remove this site and add it again with its key file and the new ID, unless CloudFront knows the key under both.",
    }),
    otherSite: (site: string, host: string, domain: string) => ({
      what: `“${site}” makes links for ${host}, and the distribution is ${domain}.`,
      doNow: `That is right if ${host} is another name of this distribution. If not, remove this site and add it again with the right address.`,
    }),
    unproved:
      "Whether documents open is not tested yet: Signet cannot see what was done in the console. Make the first link, and Signet tries whether it opens.",
    firstLink: "Make the first link",
  },
  again: {
    start: "Start again",
    title: "Start again from the beginning?",
    text: "What you typed and ticked here is forgotten. What was made in AWS stays as it is, and so does the key.",
    keep: "Keep it",
  },
  unsaved: "What you answer here is not written down, and is gone when Signet closes.",
} as const;

/** Where to click. */
export function clicks(step: ConsoleStep, { name, bucket, origin, distribution, isExisting }: Place): string[] {
  switch (step) {
    case "publicKey":
      return [
        "Open the AWS console and go to [CloudFront].",
        "In its menu, under [Key management], choose [Public keys], then [Create public key].",
        "Paste the name into [Name] and the key into [Key], with its first and its last line.",
        "Choose [Create public key].",
        "Copy the new key's [ID] from the list, and paste it below.",
      ];
    case "keyGroup":
      return [
        "In CloudFront's menu, under [Key management], choose [Key groups], then [Create key group].",
        "Paste the name into [Name].",
        `Under [Public keys], choose ${name}.`,
        "Choose [Create key group].",
      ];
    case "accessControl":
      return [
        "In CloudFront's menu, under [Security], choose [Origin access], then [Create control setting].",
        "Paste the name into [Name].",
        "Leave [Sign requests (recommended)] chosen, and [S3] as the [Origin type].",
        "Choose [Create].",
      ];
    case "distribution":
      return isExisting
        ? [
            `In CloudFront's menu, choose [Distributions], then ${distribution}.`,
            `On the tab [Origins], choose ${origin}, then [Edit]. If it is not there, this distribution does not show the bucket: take a new one instead.`,
            `Under [Origin access], choose [Origin access control settings (recommended)], and there ${name}. If another one is chosen already, leave it.`,
            "Choose [Save changes].",
            "Copy the [ARN] and the [Distribution domain name] from the tab [General], and paste them below.",
          ]
        : [
            "In CloudFront's menu, choose [Distributions], then [Create distribution]. If it asks for a plan, [Pay as you go] will do.",
            "Paste the name into [Distribution name], leave [Single website or app] chosen, and choose [Next].",
            "As [Origin type] choose [Amazon S3], and paste the origin into [S3 origin].",
            "Leave [Allow private S3 bucket access to CloudFront] on and the recommended settings chosen, and choose [Next].",
            "Choose what you want of [Security], then [Next] and [Create distribution].",
            "Copy the [ARN] and the [Distribution domain name] from the new distribution's tab [General], and paste them below.",
          ];
    case "bucketPolicy":
      return [
        `Go to [S3] and choose the bucket ${bucket}.`,
        "On the tab [Permissions], find [Bucket policy] and choose [Edit].",
        "If the box is empty, paste the whole policy. If there is one, paste the statement at the start of its list [Statement], and a comma after it.",
        "Choose [Save changes].",
      ];
    case "restrictViewerAccess":
      return [
        `Go back to [CloudFront], choose [Distributions], then ${distribution === "" ? "the distribution" : distribution}.`,
        "On the tab [Behaviors], choose [Default (*)], then [Edit].",
        "For [Restrict viewer access] choose [Yes], and below it [Trusted key groups (recommended)].",
        `Under [Add key groups], choose ${name}.`,
        "Choose [Save changes].",
      ];
  }
}

/** A sentence in its parts; those that the console says are marked. */
export function marked(sentence: string): { text: string; isConsole: boolean }[] {
  return sentence.split(/\[([^\]]*)\]/).map((text, at) => ({ text, isConsole: at % 2 === 1 }));
}
