/** An AWS account in memory, as the fake backend's *Done for you* sees it. */
import { BackendError } from "./backend";
import type {
  AccessRowView,
  AwsPlacesView,
  CheckLineView,
  CheckSum,
  CheckView,
  IpcError,
  JournalView,
  MadeThing,
  MadeView,
  PlanStep,
  PlanStepView,
  PlanSetUpRequest,
  PlanView,
  RegisterKeyRequest,
  SetUpAnswers,
  SetUpWorkView,
  SitePlaceView,
} from "./bindings";

export type AwsOptions = {
  /** What was made before: that many things, in the order of a plan. */
  made?: number;
  /** How long each step takes, in milliseconds. */
  pace?: number;
  /** The step at which the work fails, once, and how. */
  fails?: { at: PlanStep | MadeThing; error: IpcError };
  /** Whether the distribution that is there is open for everyone. */
  closes?: boolean;
  staysOpen?: string[];
  /** What else of the distribution has a bearing on links. */
  remarks?: CheckLineView[];
  /** Who may open what of the bucket. */
  access?: AccessRowView[];
  /** Where the site's documents are, as the account says it. */
  place?: SitePlaceView;
  /** What a check finds. */
  lines?: CheckLineView[];
};

const ACCOUNT = "123456789012";
const NAME = "signet-8f2c8f2c8f2c";
const DISTRIBUTION = "E2QWRUHAPOMQZL";

export const PLACES: AwsPlacesView = {
  account: ACCOUNT,
  buckets: [
    { name: "board-papers", region: "eu-west-1" },
    { name: "client-papers", region: "eu-central-1" },
    { name: "old-archive", region: null },
  ],
  distributions: [
    { id: DISTRIBUTION, host: "d111111abcdef8.cloudfront.net", comment: "Client papers" },
    { id: "E1ABCDEFGHIJKL", host: "d222222abcdef8.cloudfront.net", comment: "" },
  ],
  site: null,
};

/** Everything as it should be, once CloudFront has it everywhere. */
export const RIGHT: CheckLineView[] = (
  [
    { kind: "keyHeld", id: "K2JCJMDEHXQW5F" },
    { kind: "deployed", id: DISTRIBUTION },
    { kind: "keyActive" },
    { kind: "asksForLinks" },
    { kind: "accessControl" },
    { kind: "letIn" },
    { kind: "publicBlocked" },
    { kind: "encryptedByS3" },
  ] as const
).map((line) => ({ state: "right", line }));

/** Of a distribution of the set-up's own. */
const ALONE: AccessRowView = {
  opensFor: "thisKey",
  path: null,
  groups: [{ id: "8f2c8f2c-8f2c-8f2c-8f2c-8f2c8f2c8f2c", keys: ["K2JCJMDEHXQW5F"], hasKey: true }],
  hasSigners: false,
};

/** Of a distribution that others use too. */
export const SHARED: AccessRowView[] = [
  { opensFor: "everyone", path: "/public/*", groups: [], hasSigners: false },
  {
    opensFor: "otherKeys",
    path: "/reports/*",
    groups: [{ id: "1c4b1c4b-1c4b-1c4b-1c4b-1c4b1c4b1c4b", keys: ["K3AAAAAAAAAAAA", "K3BBBBBBBBBBBB"], hasKey: false }],
    hasSigners: true,
  },
  { ...ALONE, opensFor: "thisKeyAndOthers", groups: [...ALONE.groups, { id: "production", keys: [], hasKey: false }] },
];

/** What else there is at a distribution that others use too. */
export const REMARKS: CheckLineView[] = [
  { state: "wrong", line: { kind: "pathsOtherKeys", paths: ["/reports/*"] } },
  { state: "notSeen", line: { kind: "continuousDeployment" } },
  { state: "note", line: { kind: "webAcl" } },
  { state: "note", line: { kind: "errorPages", codes: [403, 404] } },
];

/** A policy of which nobody can say from here what it does. */
export const IN_DOUBT: CheckLineView[] = [
  ...RIGHT.filter(({ line }) => line.kind !== "letIn"),
  { state: "notSeen", line: { kind: "letInPerhaps" } },
  { state: "notSeen", line: { kind: "denied", sid: "OnlyReleasedPapers", number: 2, isCertain: false, isOfAll: true } },
];

/** One line of each state. */
export const WRONG: CheckLineView[] = [
  { state: "right", line: { kind: "keyHeld", id: "K2JCJMDEHXQW5F" } },
  { state: "waiting", line: { kind: "deploying", id: DISTRIBUTION } },
  { state: "note", line: { kind: "unfinishedStays" } },
  { state: "right", line: { kind: "documentsAllowed", action: "list" } },
  { state: "right", line: { kind: "documentsAllowed", action: "put" } },
  { state: "notSeen", line: { kind: "documentsNotSeen", action: "remove" } },
  { state: "note", line: { kind: "ipv6" } },
  { state: "wrong", line: { kind: "notLetIn" } },
  { state: "wrong", line: { kind: "othersLetIn", who: ["*"] } },
];

const THINGS: Record<PlanStep, MadeView> = {
  accessControl: { thing: "accessControl", id: "E3AAAAAAAAAAAA" },
  publicKey: { thing: "publicKey", id: "K2JCJMDEHXQW5F" },
  keyGroup: { thing: "keyGroup", id: "8f2c8f2c-8f2c-8f2c-8f2c-8f2c8f2c8f2c" },
  newDistribution: { thing: "distribution", id: DISTRIBUTION },
  bucketPolicy: { thing: "policy", id: "client-papers" },
  changeDistribution: { thing: "change", id: DISTRIBUTION },
  documentUser: { thing: "documentUser", id: null },
  documentPolicy: { thing: "documentPolicy", id: null },
  accessKey: { thing: "accessKey", id: "AKIAIOSFODNN7EXAMPLE" },
};

const LOGIN = ["documentUser", "documentPolicy", "accessKey"] as const;

const stepsOf = (isExisting: boolean): PlanStep[] => [
  "accessControl",
  "publicKey",
  "keyGroup",
  ...(isExisting ? (["bucketPolicy", "changeDistribution"] as const) : (["newDistribution", "bucketPolicy"] as const)),
];

/** As Rust sums them up. */
function sumOf(lines: readonly CheckLineView[]): CheckSum {
  const isInDoubt = ({ state, line }: CheckLineView) => state === "notSeen" && (line.kind === "letInPerhaps" || line.kind === "denied");
  const isElsewhere = ({ line }: CheckLineView) => line.kind === "continuousDeployment";
  if (lines.some(({ state }) => state === "wrong")) return "wrong";
  if (lines.some(({ state }) => state === "waiting")) return "waiting";
  return lines.some(isElsewhere) || (lines.some(isInDoubt) && !lines.some(({ line }) => line.kind === "signedOpens")) ? "notSeen" : "right";
}

export class FakeAws {
  readonly options: AwsOptions;
  readonly #answers: () => SetUpAnswers;
  made: MadeView[];
  #work: SetUpWorkView | null = null;
  #planned: PlanStep[] | null = null;
  #mayRemove = false;
  #isStopped = false;
  #wake: () => void = () => undefined;

  constructor(options: AwsOptions, answers: () => SetUpAnswers) {
    this.options = options;
    this.#answers = answers;
    this.made = this.#steps()
      .slice(0, options.made ?? 0)
      .map((step) => THINGS[step]);
  }

  #steps(): PlanStep[] {
    return stepsOf(this.#answers().distributionId.trim() !== "");
  }

  #isThere(step: PlanStep): boolean {
    return this.made.some(({ thing }) => thing === THINGS[step].thing);
  }

  plan(login: PlanSetUpRequest["documentLogin"]): PlanView {
    this.#planned = [...this.#steps(), ...(login === null ? [] : LOGIN)];
    this.#mayRemove = login?.mayRemove ?? false;
    const steps = this.#planned.map((step): PlanStepView => {
      const isDone = this.#isThere(step);
      const id = step === "documentUser" ? `${NAME}-documents` : isDone || step === "changeDistribution" ? THINGS[step].id : null;
      return { step, isDone, id, changes: isDone ? [] : this.#changes(step) };
    });
    return {
      account: ACCOUNT,
      name: NAME,
      steps,
      isNothing: steps.every(({ isDone }) => isDone),
      closesDocuments: this.options.closes ?? false,
      staysOpen: this.options.staysOpen ?? [],
      access: this.options.access ?? [ALONE],
      remarks: this.options.remarks ?? [],
      hasIpv6: !this.#planned.includes("newDistribution"),
    };
  }

  #changes(step: PlanStep): PlanStepView["changes"] {
    const { bucket } = this.#answers();
    const statement = {
      Sid: "SignetRead",
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    const old = {
      Sid: "Backup",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:role/backup" },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    const policy = (statements: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
    if (step === "bucketPolicy")
      return [
        {
          what: "policy",
          before: policy([old]),
          after: this.#planned?.includes("newDistribution") === true ? JSON.stringify(statement, null, 2) : policy([statement, old]),
        },
      ];
    if (step === "documentPolicy") {
      const actions = ["s3:GetObject", "s3:PutObject", ...(this.#mayRemove ? ["s3:DeleteObject"] : [])];
      const allowed = { Effect: "Allow", Action: actions, Resource: `arn:aws:s3:::${bucket}/*` };
      return [{ what: "documentPolicy", before: null, after: policy([allowed]) }];
    }
    if (step !== "changeDistribution") return [];
    return [
      { what: "accessControl", before: null, after: NAME },
      { what: "keyGroups", before: null, after: NAME },
    ];
  }

  /** Makes what is missing, one after the other. */
  async apply(): Promise<void> {
    if (this.#planned === null) throw new BackendError({ code: "setUpNotPlanned" });
    const missing = this.#planned.filter((step) => !this.#isThere(step));
    for (const step of missing) {
      await this.#do({ kind: "making", step }, step);
      this.made = [...this.made, THINGS[step]];
    }
    this.#work = null;
  }

  async takeBack(): Promise<void> {
    if (this.made.length === 0) throw new BackendError({ code: "setUpNothingMade" });
    for (const { thing } of [...this.made].reverse()) {
      await this.#do({ kind: "takingBack", thing }, thing);
      this.made = this.made.filter((one) => one.thing !== thing);
    }
    this.#work = null;
  }

  async #do(work: SetUpWorkView, at: PlanStep | MadeThing): Promise<void> {
    this.#work = work;
    this.#isStopped = false;
    await new Promise<void>((done) => {
      this.#wake = done;
      setTimeout(done, this.options.pace ?? 0);
    });
    const { fails } = this.options;
    if (this.#isStopped) this.#fail({ code: "setUpStopped" });
    if (fails?.at === at) {
      delete this.options.fails;
      this.#fail(fails.error);
    }
  }

  #fail(error: IpcError): never {
    this.#work = null;
    throw new BackendError(error);
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  work(): SetUpWorkView | null {
    return this.#work;
  }

  journal(): JournalView | null {
    return this.made.length === 0 ? null : { account: ACCOUNT, made: this.made };
  }

  check(document: string): CheckView {
    const tried: CheckLineView[] =
      document === ""
        ? []
        : [
            { state: "right", line: { kind: "unsignedRefused" } },
            { state: "right", line: { kind: "signedOpens" } },
          ];
    if (document.startsWith("http://"))
      throw new BackendError({ code: "address", why: "notSecure", host: "docs.example.com", suggestion: null });
    const lines = [...(this.options.lines ?? RIGHT), ...tried];
    return { account: ACCOUNT, sum: sumOf(lines), lines, access: this.options.access ?? [ALONE] };
  }

  /** What the key gets at the end. */
  registration(): RegisterKeyRequest {
    return { id: this.#answers().keyId, address: "d111111abcdef8.cloudfront.net", publicKeyId: "K2JCJMDEHXQW5F" };
  }
}
