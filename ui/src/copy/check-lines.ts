/** What *Check my set-up* found, line by line: what is so, and what to do where it should not be. */
import type { CheckLine, Denial, DocumentAction, NoAccess } from "../backend/bindings";
import { wordsFor } from "./errors";

/** Nothing is to be done about a line that is right. */
export type CheckWords = { what: string; doNow: string | null };

type Kind = CheckLine["kind"];
type Data<K extends Kind> = Extract<CheckLine, { kind: K }>;

const right = (what: string): CheckWords => ({ what, doNow: null });
const say = (what: string, doNow: string): CheckWords => ({ what, doNow });

const DO_IT = "Show the plan above, and let Signet do it.";

/** What is done with documents, and what IAM calls it. */
const DOING: { readonly [K in DocumentAction]: { may: string; permission: string } } = {
  list: { may: "see what is in their folder", permission: "s3:ListBucket" },
  put: { may: "put documents there", permission: "s3:PutObject" },
  read: { may: "read them, which it takes to replace one", permission: "s3:GetObject" },
  abort: { may: "take back what a stopped upload sent", permission: "s3:AbortMultipartUpload" },
  remove: { may: "rename and remove them", permission: "s3:DeleteObject" },
  invalidate: { may: "tell CloudFront's caches of a change", permission: "cloudfront:CreateInvalidation" },
};

const AT_SITE = "at “Where its documents lie” of the site";

function notReached(noAccess: NoAccess): CheckWords {
  switch (noAccess.why) {
    case "accessKeyMissing":
      return say("The password store does not give the access key for the documents.", `Unlock the password store, or give the access key again ${AT_SITE}.`);
    case "accessKeyUnknown":
      return say("AWS does not know the access key for the documents: it was deleted there, or made inactive.", `Make it active again in IAM, or give another one ${AT_SITE}.`);
    case "accessKeyMismatch":
      return say("The secret of the access key for the documents does not belong to its ID.", `Give the access key again ${AT_SITE}, from the file that AWS made.`);
    case "otherAccount":
      return say(`The access key for the documents is of another AWS account, ${noAccess.account}.`, `Give one of the account that has the bucket, ${AT_SITE}.`);
    case "login":
      return say("The AWS login of this computer that is said for the documents does not work.", `Log in once more, or say another one ${AT_SITE}.`);
    case "bucket":
      return say("The bucket that is said for the documents is not there, or in another region.", `Say where they lie ${AT_SITE}.`);
    case "noAnswer":
      return say("What the login for the documents may do could not be seen, for there was no answer.", "Check again in a minute.");
  }
}

/** A statement of the bucket's policy that refuses the distribution. */
function denied({ sid, number, isCertain, isOfAll }: Denial): CheckWords {
  const statement = sid === null ? `statement ${number} (a Deny without a Sid)` : `the statement “${sid}” (Deny)`;
  const refused = `CloudFront is refused ${isOfAll ? "documents" : "some documents"} by ${statement} of the bucket's policy`;
  return isCertain
    ? say(
        `${refused}, whatever else lets it in.`,
        'Let it leave CloudFront out, for example by the condition "Bool": {"aws:PrincipalIsAWSService": "false"}: S3, Permissions, Bucket policy.',
      )
    : say(`Whether ${refused} cannot be seen from here.`, "Look at its condition in S3 (Permissions, Bucket policy), and try a document above.");
}

const TABLE: { readonly [K in Kind]: (data: Data<K>) => CheckWords } = {
  keyHeld: ({ id }) => right(`CloudFront holds the key, as ${id}.`),
  keyMissing: () => say("CloudFront does not have the key.", DO_IT),
  otherKey: ({ id }) => say(`CloudFront has another key as ${id}.`, "Remove the key here and add its file again with the ID that CloudFront shows for it."),
  noDistribution: () => say("There is no distribution.", DO_IT),
  switchedOff: ({ id }) => say(`The distribution ${id} is switched off.`, "Switch it on in CloudFront: Distributions, Enable."),
  deployed: ({ id }) => right(`The distribution ${id} is deployed.`),
  deploying: ({ id }) => say(`The last change of the distribution ${id} is on its way.`, "Wait some minutes, and check again."),
  unfit: ({ id, why }) => wordsFor({ code: "setUpUnfit", id, unfit: why }),
  keyActive: () => right("The distribution takes links of this key."),
  keyNotActive: () => say("The distribution does not take links of this key.", DO_IT),
  asksForLinks: () => right("Documents open by links alone."),
  openToEveryone: () => say("Documents open for everyone.", DO_IT),
  pathsOpen: ({ paths }) => say(`These paths of the bucket open for everyone, without a link: ${paths.join(", ")}.`, "Restrict them where they should not be: in CloudFront, Behaviors, Restrict viewer access."),
  pathsOtherKeys: ({ paths }) =>
    say(
      `These paths take links of other keys alone, so none of this key opens a document there: ${paths.join(", ")}.`,
      "Add this key's group where its links should open documents: in CloudFront, Behaviors, Restrict viewer access.",
    ),
  legacySigners: ({ paths }) =>
    say(
      `Links by the old key pairs of AWS accounts (trusted signers) open documents too: ${paths.join(", ")}.`,
      "Take the signers out where nobody uses those links any more: in CloudFront, Behaviors, Restrict viewer access.",
    ),
  accessControl: () => right("Origin access control is on and signs requests to the bucket."),
  noAccessControl: () => say("The distribution's origin has no origin access control, so the bucket's policy does not know it.", DO_IT),
  letIn: () => right("The bucket lets the distribution in."),
  notLetIn: () => say("The bucket does not let the distribution in.", DO_IT),
  letInPartly: () => say("The bucket lets the distribution read some of its documents, and not all.", DO_IT),
  letInPerhaps: () =>
    say(
      "Whether the bucket lets the distribution in is up to a condition of its policy that cannot be judged from here.",
      "Try a document above, or have Signet add a statement without that condition: show the plan above.",
    ),
  denied: (denial) => denied(denial),
  anyDistributionLetIn: () =>
    say(
      "The bucket's policy lets any CloudFront distribution read, of any AWS account: whoever knows the bucket's name can publish it.",
      "Take that statement out, or give it the condition AWS:SourceArn with the ARN of your distribution: S3, Permissions, Bucket policy.",
    ),
  othersLetIn: ({ who }) =>
    who.includes("*")
      ? say("The bucket's policy lets everybody read documents past CloudFront.", "Take that statement out of the policy where it is not meant.")
      : say(`The bucket's policy lets others read documents too: ${who.join(", ")}.`, "Take those statements out of the policy where they are not meant."),
  namesListed: ({ by, hasRootObject }) =>
    say(
      hasRootObject
        ? "CloudFront may list the names of all documents, and only the default root object keeps the list from being shown."
        : "CloudFront may list the names of all documents: a link or cookies for the site itself show them all.",
      by === "signet" ? `An older Signet gave it. ${DO_IT.replace("do it", "take it back")}` : "Take s3:ListBucket out of the bucket's policy for this distribution, unless something else needs it: S3, Permissions.",
    ),
  policyUnreadable: () => say("The bucket's policy cannot be read.", "Look at it in S3, under Permissions."),
  publicBlocked: () => right("Block public access keeps the bucket private."),
  publicNotBlocked: () => say("Block public access is off for the bucket, which Signet does not need.", "Switch it on in S3, under Permissions, unless something else needs it off."),
  encryptedByS3: () => right("CloudFront can read what the bucket encrypts."),
  encryptedByAwsKey: () =>
    say("The bucket encrypts with the key aws/s3, which CloudFront may not use.", "Choose S3's own encryption or a key of your account for the bucket, and put the documents in once more."),
  encryptedByKms: ({ key }) => say(`The bucket encrypts with the KMS key ${key}.`, "Let its key policy allow kms:Decrypt to cloudfront.amazonaws.com for this distribution (AWS:SourceArn)."),
  unfinishedEnds: () => right("What is left of a stopped upload is removed by a lifecycle rule."),
  unfinishedStays: () =>
    say(
      "No lifecycle rule of the whole bucket ends unfinished uploads, so what a stopped one left may stay there unseen, and is paid for.",
      "Add one in S3: the bucket, Management, Create lifecycle rule, for all objects, Delete incomplete multipart uploads after 7 days.",
    ),
  unfinishedNotSeen: () =>
    say("Whether a lifecycle rule ends unfinished uploads could not be seen.", "Look in S3, at the bucket's Management, or give the AWS login s3:GetLifecycleConfiguration."),
  documentsAllowed: ({ action }) => right(`The login for the documents may ${DOING[action].may} (${DOING[action].permission}).`),
  documentsRefused: ({ action }) => say(`The login for the documents may not ${DOING[action].may}.`, `Give it ${DOING[action].permission}.`),
  documentsNotSeen: ({ action }) =>
    say(`Whether the login for the documents may ${DOING[action].may} could not be seen without doing it.`, `It needs ${DOING[action].permission}, if that is wanted.`),
  documentsNotReached: (noAccess) => notReached(noAccess),
  continuousDeployment: () =>
    say(
      "The distribution has a continuous deployment: a share of the readers may be answered by a staging distribution, which is not looked at here.",
      "Check that one too, by hand: its behavior needs the same key group, or links fail now and then.",
    ),
  originGroup: ({ hosts, isFirst }) =>
    say(
      isFirst
        ? `Where the bucket fails, documents come from ${hosts.join(", ")} (origin group), which is not looked at here.`
        : `Documents come from ${hosts.join(", ")} first (origin group), which is not looked at here, and from the bucket where that fails.`,
      "Look there whether it has the same documents, is private and lets the distribution in.",
    ),
  originPath: ({ path }) =>
    say(`Documents come from the folder ${path} of the bucket (origin path), which is no part of their links.`, "Leave that folder out of the addresses of documents."),
  webAcl: () =>
    say(
      "A firewall (AWS WAF web ACL) stands in front of the distribution, and may refuse readers whom a link lets in.",
      "If a good link is refused, look at its rules and its sampled requests in AWS WAF.",
    ),
  errorPages: ({ codes }) =>
    say(
      `Custom error pages stand in for CloudFront's own answers (${codes.join(", ")}), and hide why a link was refused or that a document is missing.`,
      "Take them off while you look for a fault (Error pages), and see that their page needs no link and tells readers whom to ask.",
    ),
  securityHeaders: () => right("Answers carry security headers."),
  noSecurityHeaders: () =>
    say(
      "Answers carry no security headers, so a browser may guess a document's type or show it inside another site.",
      "Choose the response headers policy SecurityHeadersPolicy at the behavior: in CloudFront, Behaviors, Edit.",
    ),
  securityHeadersNotSeen: () =>
    say(
      "The behavior has a response headers policy of this account, and what it adds was not looked at.",
      "Look whether it adds X-Content-Type-Options: nosniff: in CloudFront, Policies, Response headers.",
    ),
  logsKept: ({ bucket }) =>
    say(
      `Standard logs are kept in ${bucket}, with the whole query string, which is the working link: whoever reads them can open what links still open.`,
      "Let nobody but those who run the site read that bucket, and let its logs end by a lifecycle rule.",
    ),
  realTimeLogs: ({ paths }) =>
    say(`Real-time logs are on (${paths.join(", ")}): whoever reads the stream can use the links in it.`, "Leave cs-uri-query out of their fields, or let few read that stream: in CloudFront, Telemetry, Logs."),
  logsNotSeen: () =>
    say(
      "Whether logs of the newer kind (v2) are kept, and who may read logs, cannot be seen from here.",
      "Look at the distribution's tab Logging: the query string in a log is the working link. The field cs-uri-query can be left out.",
    ),
  ipv6: () => say("Readers may come over IPv6, where a link that is limited to one network does not open.", "Switch IPv6 off for the distribution if such links are made."),
  unsignedRefused: () => right("Without a link the document does not open."),
  unsignedOpens: () => say("Anyone can open this document: it is not private.", "Restrict its behaviour in CloudFront (Behaviors, Restrict viewer access). After a change wait some minutes, and check again."),
  unsignedUnknown: () => say("Whether the document opens without a link could not be seen.", "Open its address in a browser."),
  signedOpens: () => right("A link of this key opens the document."),
  signedRefused: () => say("A link of this key does not open the document.", "Fix what is wrong here first. If nothing else is, most likely there is no such document: compare its name, capital letters too, and check again in some minutes."),
};

/** The words for a line; one from another version of Signet gets the general ones. */
export function checkWords(line: CheckLine): CheckWords {
  const words = TABLE[line.kind] as ((data: CheckLine) => CheckWords) | undefined;
  return words?.(line) ?? wordsFor({ code: "internal" });
}

/** Every line there is, for tests. */
export const LINES = Object.keys(TABLE) as Kind[];
