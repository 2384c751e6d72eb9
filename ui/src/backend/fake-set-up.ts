/** The set-up of CloudFront in the fake backend: judges what is typed in a simple way. */
import { BackendError, noAnswers } from "./backend";
import { PUBLIC_KEYS } from "./fake-keys";
import type {
  IpcError,
  RegisterKeyRequest,
  SetUpAnswers,
  SetUpField,
  SetUpKeyView,
  SetUpStep,
  SetUpStepState,
  SetUpValue,
  SetUpValueName,
  SetUpView,
} from "./bindings";

export type SetUpOptions = {
  answers?: Partial<SetUpAnswers>;
  /** Why the answers cannot be written down, or the key's public half is not to be had. */
  trouble?: IpcError;
};

const NAME = "signet-8f2c8f2c8f2c";
const ID = /^K[A-Z0-9]{13}$/;
const ARN = /^arn:aws:cloudfront::\d{12}:distribution\/E[A-Z0-9]+$/;
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** What is answered and ticked before a step, in the order of the console. */
export function answersBefore(step: string, keyId: string, isExisting: boolean): Partial<SetUpAnswers> {
  const order: SetUpStep[] = ["publicKey", "keyGroup", "accessControl", "distribution", "bucketPolicy", "restrictViewerAccess", "connect"];
  const done = order.slice(0, Math.max(0, order.indexOf(step as SetUpStep)));
  const answers = { keyId, bucket: "client-papers", region: "eu-central-1", distributionId: isExisting ? "E2QWRUHAPOMQZL" : "", done };
  const after = (wanted: SetUpStep, text: string) => (done.includes(wanted) ? text : "");
  return {
    ...answers,
    publicKeyId: after("publicKey", "K2JCJMDEHXQW5F"),
    arn: after("distribution", "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL"),
    domain: after("distribution", "d111111abcdef8.cloudfront.net"),
  };
}

export class FakeSetUp {
  readonly options: SetUpOptions;
  readonly #keyOf: (id: string) => SetUpKeyView | null;
  #answers: SetUpAnswers;

  constructor(options: SetUpOptions, keyOf: (id: string) => SetUpKeyView | null) {
    this.options = options;
    this.#keyOf = keyOf;
    this.#answers = { ...noAnswers(), ...options.answers };
  }

  get answers(): SetUpAnswers {
    return this.#answers;
  }

  answer(answers: SetUpAnswers): SetUpView {
    this.#answers = answers;
    return this.view();
  }

  clear(): SetUpView {
    return this.answer(noAnswers());
  }

  take(text: string): SetUpView {
    if (text.includes("PRIVATE KEY-----")) throw new BackendError({ code: "sentBack", why: "privateKey" });
    const words = text.split(/[\s,;:"]+/);
    const publicKeyId = words.find((word) => ID.test(word));
    const domain = words.map((word) => word.replace(/\.$/, "")).find((word) => word.endsWith(".cloudfront.net"));
    if (publicKeyId === undefined) throw new BackendError({ code: "sentBack", why: "noPublicKeyId", instead: null });
    if (domain === undefined) throw new BackendError({ code: "sentBack", why: "noSite" });
    return this.answer({ ...this.#answers, publicKeyId, domain });
  }

  value(step: SetUpStep, name: SetUpValueName): string {
    const found = this.view()
      .steps.find((one) => one.step === step)
      ?.values.find((value) => value.name === name);
    if (found === undefined) throw new BackendError({ code: "setUpIncomplete", step });
    return found.text;
  }

  /** What the key gets. */
  registration(): RegisterKeyRequest {
    const { domain: address, publicKeyId } = this.#answers;
    const id = this.#keyOf(this.#answers.keyId)?.id ?? "";
    if (!ID.test(publicKeyId)) throw new BackendError({ code: "setUpIncomplete", step: "publicKey" });
    if (!HOST.test(address)) throw new BackendError({ code: "setUpIncomplete", step: "distribution" });
    return { id, address, publicKeyId };
  }

  /** Whether something was typed or ticked. */
  get isBegun(): boolean {
    return Object.entries(this.#answers).some(([field, answer]) => field !== "keyId" && answer.length > 0);
  }

  view(): SetUpView {
    const { trouble } = this.options;
    const key = this.#keyOf(this.#answers.keyId);
    // Nobody needs to say which key it is, of a site that has one.
    const answers = { ...this.#answers, keyId: key?.id ?? "" };
    const isKeyHere = key !== null && (trouble === undefined || (trouble.code === "settings" && trouble.why === "notSaved"));
    const errors = this.#errors();
    const understood = this.#understood();
    const isRight = (field: SetUpField) => errors.every((one) => one.field !== field);
    const isThere = (field: Exclude<SetUpField, "distributionId">) => answers[field].trim() !== "" && isRight(field);
    const isSaid = isThere("bucket") && isThere("region") && isRight("distributionId");
    const ticked = (step: SetUpStep, isAnswered = true) => (answers.done.includes(step) && isAnswered ? "done" : "open");
    const isAnswered = isThere("publicKeyId") && isThere("domain");
    const states: Record<SetUpStep, SetUpStepState> = {
      key: isKeyHere ? "done" : "open",
      documents: isSaid ? "done" : "open",
      publicKey: ticked("publicKey", isThere("publicKeyId")),
      keyGroup: ticked("keyGroup"),
      accessControl: ticked("accessControl"),
      distribution: ticked("distribution", isThere("arn") && isThere("domain")),
      bucketPolicy: isThere("arn") ? ticked("bucketPolicy") : "waiting",
      restrictViewerAccess: ticked("restrictViewerAccess"),
      connect: key?.isRegistered === true ? "done" : isAnswered ? "open" : "waiting",
    };
    const isBegun = isKeyHere && isSaid;
    const steps = (Object.keys(states) as SetUpStep[]).map((step) => {
      const isFirst = step === "key" || step === "documents";
      return { step, state: isBegun || isFirst ? states[step] : "waiting", values: isBegun ? this.#values(step) : [] };
    });
    return {
      answers: structuredClone(answers),
      key,
      steps,
      errors,
      understood,
      saved: !(trouble?.code === "settings" && trouble.why === "notSaved"),
      trouble: trouble ?? null,
    };
  }

  #values(step: SetUpStep): SetUpValue[] {
    const { bucket, region, arn } = this.#answers;
    const name: SetUpValue = { name: "name", text: NAME };
    const statement = (Sid: string, Action: string, Resource: string) => ({
      Sid,
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action,
      Resource,
      Condition: { StringEquals: { "AWS:SourceArn": arn.trim() } },
    });
    const read = statement("SignetRead", "s3:GetObject", `arn:aws:s3:::${bucket}/*`);
    const json = (value: unknown) => JSON.stringify(value, null, 2);
    switch (step) {
      case "publicKey":
        return [name, { name: "key", text: PUBLIC_KEYS.p256 }];
      case "keyGroup":
      case "accessControl":
      case "restrictViewerAccess":
        return [name];
      case "distribution":
        return [{ name: "origin", text: `${bucket}.s3.${region}.amazonaws.com` }, name];
      case "bucketPolicy":
        return [
          { name: "policy", text: json({ Version: "2012-10-17", Statement: [read] }) },
          { name: "statement", text: json(read) },
        ];
      default:
        return [];
    }
  }

  /** As little as a test needs: an address of the bucket, and a region with its name. */
  #understood(): SetUpView["understood"] {
    const bucket = /^s3:\/\/([a-z0-9.-]+)/.exec(this.#answers.bucket)?.[1];
    const region = /^\D+ ([a-z]{2}-[a-z]+-\d)$/.exec(this.#answers.region)?.[1];
    return [
      ...(bucket === undefined ? [] : [{ field: "bucket" as const, text: bucket }]),
      ...(region === undefined ? [] : [{ field: "region" as const, text: region }]),
    ];
  }

  #errors(): SetUpView["errors"] {
    const understood = new Set(this.#understood().map(({ field }) => field));
    const { bucket, region, distributionId, publicKeyId, arn, domain } = this.#answers;
    const judged: [SetUpField, string, (text: string) => IpcError | null][] = [
      [
        "bucket",
        bucket,
        (text) =>
          /-s3alias$/.test(text)
            ? { code: "bucket", why: "isAccessPoint" }
            : /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/.test(text)
              ? null
              : { code: "bucket", why: "invalid" },
      ],
      ["region", region, (text) => (/^[a-z]{2}(-[a-z]+)+-\d+$/.test(text) ? null : { code: "regionInvalid" })],
      [
        "distributionId",
        distributionId,
        (text) =>
          ID.test(text)
            ? { code: "distributionId", why: "isPublicKeyId" }
            : /^E[A-Z0-9]+$/.test(text)
              ? null
              : { code: "distributionId", why: "invalid" },
      ],
      [
        "publicKeyId",
        publicKeyId,
        (text) =>
          ID.test(text)
            ? null
            : text.includes("-----BEGIN")
              ? { code: "publicKeyId", why: "isPem" }
              : /^E/.test(text)
                ? { code: "publicKeyId", why: "isDistributionId", id: text }
                : { code: "publicKeyId", why: "invalid" },
      ],
      [
        "arn",
        arn,
        (text) =>
          ARN.test(text)
            ? null
            : /^E[A-Z0-9]+$/.test(text)
              ? { code: "arn", why: "isDistributionId", id: text }
              : { code: "arn", why: "invalid" },
      ],
      [
        "domain",
        domain,
        (text) =>
          text.endsWith("amazonaws.com")
            ? { code: "site", why: "isStorageAddress", host: text }
            : HOST.test(text)
              ? null
              : { code: "site", why: "invalid" },
      ],
    ];
    return judged.flatMap(([field, typed, judge]) => {
      const text = typed.trim();
      const error = text === "" || understood.has(field) ? null : judge(text);
      return error === null ? [] : [{ field, error }];
    });
  }
}
