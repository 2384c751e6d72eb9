/** What *Done for you* says. Its reader has a login to AWS, so AWS's own words stand here. */
import type {
  CheckState,
  CheckView,
  MadeThing,
  MadeView,
  PlanDifference,
  PlanStep,
  SetUpWorkView,
  SitePlaceView,
} from "../backend/bindings";
import { madeThing } from "./errors";

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How a step of the plan stands while it is done. */
export type StepProgress = "there" | "done" | "now" | "failed" | "toCome";

export const doneWords = {
  account: {
    text: "Signet uses the AWS login that this computer has: what aws configure or aws sso login left here. It stores nothing of it, and shows it to nobody.",
    profile: "AWS profile",
    profileHint: "Only where this computer has several logins. Empty takes the usual one.",
    look: "Look for my AWS login",
    again: "Look again",
    looking: "Asking AWS…",
    found: (account: string) => `The login is for the AWS account ${account}.`,
    nothing: "Nothing has changed in it, and nothing will before you have seen a plan and agreed.",
    listRefused: "Only the list is missing: go on, and type the names yourself.",
    answer: (account: string) => `AWS account ${account}`,
    unlisted: "A login that may not list what there is",
  },
  places: {
    bucket: "Bucket",
    choose: "Choose…",
    other: "Another one, typed",
    otherBucket: "Name of the bucket",
    distribution: "Distribution ID",
    otherDistribution: "ID of the distribution",
    notFound: (place: Exclude<SitePlaceView, { kind: "one" }>): { what: string; doNow: string } => {
      switch (place.kind) {
        case "none":
          return {
            what: "No distribution of this AWS account has the address of this site.",
            doNow: "Look with the login of the account that has it, or say here where the documents are.",
          };
        case "several":
          return {
            what: `Several distributions have the address of this site: ${place.ids.join(", ")}.`,
            doNow: "Say here which one it is, and where the documents are.",
          };
        case "noBucket":
          return {
            what: `The distribution ${place.id} has the address of this site, and does not fetch its documents from a bucket.`,
            doNow: "If that is not meant, say here where the documents are.",
          };
      }
    },
    distributionOf: (id: string, host: string, comment: string) => [id, host, comment].filter((part) => part.trim() !== "").join(" — "),
  },
  plan: {
    text: "Signet looks at what there is in AWS, and shows what it will make and change. Nothing is done by that.",
    begun: "Some of it is made already. The plan shows what is left, and nothing is made twice.",
    show: "Show the plan",
    again: "Show the plan again",
    showing: "Looking…",
    inAccount: (account: string, name: string) => `In the AWS account ${account}, under the name ${name}:`,
    nothing: "Everything is there already. There is nothing to make or change.",
    closes: {
      what: "Documents that open for everyone today will need a link.",
      doNow: "Let those who have bookmarks or links of their own know before you do it. If that must not be, take a new distribution.",
    },
    staysOpen: (paths: readonly string[]) => ({
      what: `These paths of the distribution stay open to everyone: ${paths.join(", ")}.`,
      doNow: "Restrict them by hand where they should not be: in CloudFront, Behaviors, Restrict viewer access.",
    }),
    ipv6: {
      what: "Readers may come over IPv6.",
      doNow: "A link that is limited to one network does not open there. Switch IPv6 off for the distribution if you will make such links.",
    },
    login: "Also make an access key for the documents",
    loginHint:
      "With it, documents are shared from this computer without an AWS login. Signet makes an IAM user that may do nothing else, and keeps its access key in the password store of this computer.",
    mayRemove: "It may also rename and remove documents",
    doIt: "Apply",
    goOn: "Go on",
    connect: "Connect the key",
    before: "Before",
    stays: "Before, and stays",
    after: "After",
    added: "Added",
    none: "None",
    states: { there: "There already", change: "Will change", make: "Will be made" },
    things: {
      accessControl: () => "Origin access control",
      publicKey: () => "Public key",
      keyGroup: () => "Key group",
      newDistribution: (bucket: string) => `Distribution for the bucket ${bucket}`,
      bucketPolicy: (bucket: string) => `Policy of the bucket ${bucket}`,
      changeDistribution: () => "Distribution",
      documentUser: () => "IAM user for documents",
      documentPolicy: () => "Policy of that user",
      accessKey: () => "Access key of that user",
    } satisfies Record<PlanStep, (bucket: string) => string>,
    differences: {
      accessControl: "How its origin is let into the bucket",
      keyGroups: "Whose links its default behaviour takes",
      policy: "What it says",
      documentPolicy: "What the user may do",
      accessKey: "Left from a set-up that was stopped, and of no use to anybody",
    } satisfies Record<PlanDifference["what"], string>,
    answer: (count: number) =>
      count === 0 ? "Nothing to make or change" : count === 1 ? "1 thing to make or change" : `${count} things to make and change`,
  },
  make: {
    text: "Nothing is made twice: you can stop, lose the connection or close Signet, and go on from there.",
    working: "Working…",
    stop: "Stop",
    stopping: "Stopping after this step…",
    goOn: "Go on",
    done: (site: string, host: string) => `All is made. “${site}” makes links for ${host}.`,
    soon: "CloudFront takes some minutes to deploy it; the next step says when it is done.",
    states: { there: "There already", done: "Done", now: "Working…", failed: "Not done", toCome: "To come" } satisfies Record<
      StepProgress,
      string
    >,
  },
  check: {
    text: (site: string, place: string) => `Looks in AWS whether everything is right for “${site}”: ${place}. Nothing is changed by that.`,
    document: "Address of a document, to try a link",
    documentHint: "May stay empty. With one, Signet asks the site for it, with a link and without.",
    now: "Check now",
    again: "Check again",
    checking: "Checking…",
    states: { wrong: "Wrong", waiting: "On its way", note: "Look", notSeen: "Cannot be seen from here", right: "Fine" } satisfies Record<
      CheckState,
      string
    >,
    inAccount: (account: string) => `In the AWS account ${account}:`,
  },
  back: {
    title: "What Signet made",
    inAccount: (account: string) => `For this key, in the AWS account ${account}:`,
    undo: "Undo…",
    question: "Take all of this back?",
    ends: "Links of this key open nothing after that.",
    slow: "CloudFront takes some minutes to switch a distribution off. What was there before Signet stays, or gets back what it had.",
    sure: "Undo it",
    keep: "Keep it",
    stop: "Stop",
    done: "All that Signet made is taken back.",
    goes: ({ thing, id }: MadeView) => {
      const name = capital(madeThing(thing, id));
      if (thing === "policy") return `${name}: what Signet added goes, the rest stays.`;
      if (thing === "change") return `${name} gets back what it had.`;
      if (thing === "accessKey") return `${name} is removed, in AWS and in the password store.`;
      return `${name} is removed.`;
    },
    isThere: ({ thing, id }: MadeView) => {
      const name = capital(madeThing(thing, id));
      return thing === "policy" || thing === "change" ? `${name}, changed` : name;
    },
  },
  copyPolicy: "Copy permission",
  copied: "Copied",
  permission: "Permission",
} as const;

const MAKING: Record<PlanStep, string> = {
  accessControl: "Making the origin access control…",
  publicKey: "Giving CloudFront the public key…",
  keyGroup: "Making the key group…",
  newDistribution: "Making the distribution…",
  bucketPolicy: "Letting the distribution read the bucket…",
  changeDistribution: "Changing the distribution…",
  documentUser: "Making the IAM user for documents…",
  documentPolicy: "Giving that user its policy…",
  accessKey: "Making its access key…",
};

const TAKING_BACK: Record<MadeThing, string> = {
  accessControl: "Removing the origin access control…",
  publicKey: "Removing the public key…",
  keyGroup: "Removing the key group…",
  distribution: "Removing the distribution…",
  policy: "Changing back the policy of the bucket…",
  change: "Changing back the distribution…",
  documentUser: "Removing the IAM user for documents…",
  documentPolicy: "Removing the policy of that user…",
  accessKey: "Removing the access key for documents…",
};

/** What is being done this moment. */
export function workWords(work: SetUpWorkView | null): string {
  switch (work?.kind) {
    case "making":
      return MAKING[work.step];
    case "takingBack":
      return TAKING_BACK[work.thing];
    case "waiting":
      return "Waiting until CloudFront has switched the distribution off everywhere: some minutes.";
    case undefined:
      return "Asking AWS…";
  }
}

/** What a check comes to, in one sentence. */
export function sumOf({ sum, lines }: CheckView): string {
  const are = (asked: CheckState) => lines.filter(({ state }) => state === asked).length;
  switch (sum) {
    case "wrong":
      return are("wrong") === 1 ? "1 thing is not as it should be." : `${are("wrong")} things are not as they should be.`;
    case "waiting":
      return "It is set up, and CloudFront takes some minutes to deploy it.";
    case "notSeen":
      return lines.some(({ line }) => line.kind === "continuousDeployment")
        ? "Whether links open for every reader cannot be seen from here."
        : "Whether the bucket lets CloudFront in cannot be seen from here.";
    case "right":
      return are("notSeen") > 0 ? "Everything that could be seen is right." : "Everything is right.";
  }
}

/** A policy in lines, whatever it came in; anything else as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.trimEnd();
  }
}
