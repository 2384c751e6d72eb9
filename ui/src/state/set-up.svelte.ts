/** How far the set-up of CloudFront for one site is, and what is typed for it; kept while other screens are looked at. */
import { asIpcError, type Backend, noAnswers } from "../backend/backend";
import type {
  HandoffKind,
  IpcError,
  SetUpAnswers,
  SetUpField,
  SetUpStep,
  SetUpStepState,
  SetUpValue,
  SetUpValueName,
  SetUpView,
  SiteView,
} from "../backend/bindings";
import type { Stop, Way } from "../copy/set-up";
import { DoneForYou } from "./done-for-you.svelte";

/** A step as the list shows it. */
export type Stage = {
  stop: Stop;
  state: SetUpStepState;
  values: SetUpValue[];
  /** The number of the step that a waiting one waits for. */
  after: number;
  /** Whether only the person knows that it is done. */
  isMarked: boolean;
};

/** What is wrong, and where: in a field, or with the step as a whole. */
type Mistake = { stop: Stop; field: SetUpField | null; error: IpcError };

/** The steps of each way. A way that is built later is one line more here, and its words. */
const STOPS: Record<Way, readonly Stop[]> = {
  doneForYou: ["key", "account", "documents", "plan", "make", "check"],
  byHand: ["key", "documents", "publicKey", "keyGroup", "accessControl", "distribution", "bucketPolicy", "restrictViewerAccess", "connect"],
  itPerson: ["key", "documents", "handOver", "sentBack", "connect"],
};

/** The steps that only the person knows to be done. */
const TICKED: readonly Stop[] = ["publicKey", "keyGroup", "accessControl", "distribution", "bucketPolicy", "restrictViewerAccess"];
/** What another key makes undone: it has other names, and its own ID. */
const OF_THE_KEY: readonly SetUpStep[] = ["publicKey", "keyGroup", "accessControl", "distribution", "restrictViewerAccess"];
/** What other documents make undone. */
const OF_THE_DOCUMENTS: readonly SetUpStep[] = ["distribution", "bucketPolicy", "restrictViewerAccess"];

const FIELDS: Partial<Record<Stop, readonly SetUpField[]>> = {
  documents: ["bucket", "region", "distributionId"],
  publicKey: ["publicKeyId"],
  distribution: ["arn", "domain"],
};

/** How long nothing is typed before it is checked, in milliseconds. */
const PAUSE = 300;

export class SetUp {
  readonly #backend: Backend;
  readonly #siteId: string;
  readonly aws: DoneForYou;
  way = $state<Way | null>(null);
  answers = $state<SetUpAnswers>(noAnswers());
  view = $state.raw<SetUpView | null>(null);
  /** The one step that is unfolded. */
  opened = $state<Stop | null>(null);
  /** Whether the distribution is one that is there, though its ID may not be typed yet. */
  isExisting = $state(false);
  /** What the IT person sent. */
  pasted = $state("");
  /** What was saved for them, by its file's name. */
  saved = $state<Partial<Record<HandoffKind, string>>>({});
  busy = $state(false);
  /** What went wrong with the last request as a whole. */
  failure = $state.raw<IpcError | null>(null);
  /** What the last step could not do without. */
  mistake = $state.raw<Mistake | null>(null);
  /** How many times something was typed, and up to which of them Rust knows it. */
  #typed = 0;
  #known = 0;
  #sending: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** An ID typed for the distribution, while a new one is looked at. */
  #otherId = "";
  /** The key for which somebody has come here. */
  #wished: string | null = null;
  /** Whether they have come to have its set-up checked. */
  #isToCheck = false;
  /** Whether the check is what they are at, whatever else could be done before it. */
  #isChecking = false;
  /** What was typed and ticked for other keys. */
  #ofKeys: Record<string, Pick<SetUpAnswers, "publicKeyId" | "done">> = {};

  constructor(backend: Backend, siteId: string) {
    this.#backend = backend;
    this.#siteId = siteId;
    this.aws = new DoneForYou(backend, siteId, async () => {
      await this.flush();
      return this.#known === this.#typed;
    });
  }

  readonly stages: Stage[] = $derived.by(() => (this.way === null ? [] : STOPS[this.way].map((stop) => this.#stage(stop))));

  /** Somebody comes to have the set-up of this key checked; `load` opens it. */
  comeToCheck(keyId: string | null): void {
    this.#wished = keyId;
    this.#isToCheck = true;
  }

  /** Asks how far it is. Typing in the meantime goes before the answer. */
  async load(): Promise<void> {
    if (this.aws.isWorking) {
      // What is under way is shown, whatever somebody has come for.
      this.#wished = null;
      this.#isToCheck = false;
      return;
    }
    // What is under way may fail for a reason that is gone by now.
    await this.#sending;
    await this.flush();
    if (this.#known !== this.#typed) return;
    const typed = this.#typed;
    const isFirst = this.view === null;
    await this.#try(async () => {
      const view = await this.#backend.setUp({ siteId: this.#siteId });
      if (typed !== this.#typed) return;
      this.#take(view);
      // Nobody is shown another key than the one for which they came.
      if (this.#wished === null || this.#wished === view.answers.keyId) this.view = view;
      else this.chooseKey(this.#wished);
      this.#wished = null;
    });
    await this.flush();
    await this.aws.follow(this.view?.key?.id ?? null, true);
    if (this.#isToCheck && this.view !== null) {
      this.#isToCheck = false;
      this.way = "doneForYou";
      this.#isChecking = true;
      // A key that came as a file says nothing of where the documents are; the site's address does.
      if (this.#stateOf("documents") !== "done") await this.#findDocuments();
      this.#open(this.#next());
      // Whoever clicked on *Check the set-up* has asked for it.
      if (this.opened === "check") await this.aws.checkNow();
    } else if (isFirst && this.way === null) {
      this.#resume();
    } else if (isFirst && this.way === "doneForYou") {
      // Chosen before it was known what is made.
      this.#open(this.#next());
    }
  }

  /** Answers where the documents are by the distribution that has the site's address, where there is one. */
  async #findDocuments(): Promise<void> {
    if (!(await this.aws.look())) return;
    const found = this.aws.places?.site ?? null;
    if (found?.kind !== "one") return;
    const { bucket, region, distributionId } = found;
    this.isExisting = true;
    this.say({ bucket, distributionId, ...(region === null ? {} : { region }) });
    await this.flush();
  }

  /** The way on which somebody was before Signet was closed. */
  #resume(): void {
    if (this.aws.made !== null) this.choose("doneForYou");
    else if (this.answers.done.length > 0) this.choose("byHand");
  }

  /** Which way it goes. Nothing that was answered on another is lost. */
  choose(way: Way): void {
    this.way = way;
    this.mistake = null;
    this.#isChecking = false;
    this.#open(this.#next());
  }

  /** Does the plan that is shown; `null` where that failed. */
  async make(): Promise<SiteView | null> {
    const making = this.aws.make();
    this.#open("make");
    const site = await making;
    await this.#refresh();
    if (site !== null) this.#open("check");
    return site;
  }

  /** Takes back what Signet made in AWS. */
  async takeBack(): Promise<void> {
    this.#isChecking = false;
    await this.aws.takeBack();
    await this.#refresh();
    this.#open(this.#next());
  }

  async #refresh(): Promise<void> {
    await this.#try(async () => {
      const view = await this.#backend.setUp({ siteId: this.#siteId });
      this.#take(view);
      this.view = view;
    });
    await this.aws.follow(this.view?.key?.id ?? null, true);
  }

  /** Shows what another window or a terminal changed, unless something is typed or done at this moment. */
  async lookAgain(): Promise<void> {
    const isQuiet = () => this.#known === this.#typed && this.#sending === null && !this.busy && !this.aws.isWorking;
    if (this.view === null || !isQuiet()) return;
    try {
      const view = await this.#backend.setUp({ siteId: this.#siteId });
      if (!isQuiet()) return;
      this.#take(view);
      this.view = view;
    } catch {
      // It is shown the next time somebody comes here.
    }
  }

  change(part: Partial<SetUpAnswers>): void {
    Object.assign(this.answers, part);
    this.aws.forget(part);
    this.mistake = null;
    this.#typed += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** The key that was just made for the site is the one that is set up. */
  async useMade(keyId: string): Promise<void> {
    this.chooseKey(keyId);
    await this.flush();
  }

  chooseKey(keyId: string): void {
    const { keyId: before, publicKeyId, done } = this.answers;
    if (keyId === before) return;
    this.#ofKeys[before] = { publicKeyId, done: [...done] };
    const fresh = before === "" ? {} : { publicKeyId: "", done: done.filter((step) => !OF_THE_KEY.includes(step)) };
    this.change({ keyId, ...(this.#ofKeys[keyId] ?? fresh) });
  }

  say(part: Partial<Pick<SetUpAnswers, "bucket" | "region" | "distributionId">>): void {
    this.change({ ...part, done: this.answers.done.filter((step) => !OF_THE_DOCUMENTS.includes(step)) });
  }

  useExisting(isExisting: boolean): void {
    if (isExisting === this.isExisting) return;
    this.isExisting = isExisting;
    const { distributionId } = this.answers;
    this.say({ distributionId: this.#otherId });
    this.#otherId = distributionId;
  }

  /** Sends what was typed: one request at a time, so that none overtakes another. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending ??= this.#send().finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#known !== this.#typed) {
      const typed = this.#typed;
      const done = await this.#try(async () => {
        const view = await this.#backend.answerSetUp({ siteId: this.#siteId, answers: $state.snapshot(this.answers) });
        this.#known = typed;
        // An answer about older letters is of no interest.
        if (typed === this.#typed) this.view = view;
      });
      if (!done) return;
    }
    void this.aws.follow(this.view?.key?.id ?? null);
  }

  /** Folds or unfolds a step. */
  toggle(stop: Stop): void {
    this.mistake = null;
    this.#open(this.opened === stop ? null : stop);
  }

  /** Says that a step is done, and unfolds the next. Where something is missing or wrong it stays. */
  async finish(stop: Stop): Promise<boolean> {
    this.mistake = this.#missing(stop);
    if (this.mistake !== null) return false;
    await this.flush();
    if ((FIELDS[stop] ?? []).some((field) => this.errorAt(field) !== null)) return false;
    const step = this.view?.steps.find((one) => one.step === stop)?.step;
    if (step !== undefined && TICKED.includes(step) && !this.answers.done.includes(step)) {
      this.change({ done: [...this.answers.done, step] });
      await this.flush();
    }
    if (this.#stateOf(stop) !== "done") return false;
    this.#open(this.#next());
    return true;
  }

  /** Takes back that a step is done. */
  undo(stop: Stop): Promise<void> {
    this.change({ done: this.answers.done.filter((step) => step !== stop) });
    return this.flush();
  }

  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
    await this.#try(async () => {
      const view = await this.#backend.clearSetUp({ siteId: this.#siteId });
      this.#take(view);
      this.view = view;
      this.#ofKeys = {};
      this.aws.forget(view.answers);
      this.#isChecking = false;
      Object.assign(this, { way: null, opened: null, isExisting: false, pasted: "", saved: {}, mistake: null });
      await this.aws.follow(null);
      this.#otherId = "";
    });
  }

  /** Copies a value; rejects with why it could not. */
  async copy(step: SetUpStep, value: SetUpValueName): Promise<void> {
    await this.flush();
    await this.#backend.copySetUpValue({ siteId: this.#siteId, step, value });
  }

  async save(kind: HandoffKind): Promise<void> {
    await this.#atStop("handOver", async () => {
      const outcome = await this.#backend.saveHandoff({ siteId: this.#siteId, kind });
      if (outcome.kind === "saved") this.saved[kind] = outcome.fileName;
    });
  }

  /** Reads what the IT person sent, and unfolds the next step. */
  async readSetUpResult(): Promise<boolean> {
    return this.#atStop("sentBack", async () => {
      const view = await this.#backend.readSetUpResult({ siteId: this.#siteId, text: this.pasted });
      const { publicKeyId, domain } = view.answers;
      Object.assign(this.answers, { publicKeyId, domain });
      this.view = view;
      this.#open(this.#next());
    });
  }

  /** Makes the key usable; `null` where that failed. */
  async register(): Promise<SiteView | null> {
    let site: SiteView | null = null;
    await this.#atStop("connect", async () => {
      site = await this.#backend.registerSetUp({ siteId: this.#siteId });
      this.view = await this.#backend.setUp({ siteId: this.#siteId });
    });
    return site;
  }

  /** What is wrong in a field. */
  errorAt(field: SetUpField): IpcError | null {
    if (this.mistake?.field === field) return this.mistake.error;
    return this.view?.errors.find((one) => one.field === field)?.error ?? null;
  }

  /** What a field means: what was understood of it, or what stands there. */
  meant(field: SetUpField): string {
    return this.understoodAt(field) ?? this.answers[field].trim();
  }

  /** What was understood in a field, where more than that was pasted. */
  understoodAt(field: SetUpField): string | null {
    return this.view?.understood.find((one) => one.field === field)?.text ?? null;
  }

  /** What is wrong with a step as a whole. */
  errorOf(stop: Stop): IpcError | null {
    return this.mistake?.stop === stop && this.mistake.field === null ? this.mistake.error : null;
  }

  async #atStop(stop: Stop, action: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.mistake = null;
    try {
      await this.flush();
      await action();
      return true;
    } catch (thrown) {
      this.mistake = { stop, field: null, error: asIpcError(thrown) };
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #try(action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      this.failure = null;
      return true;
    } catch (thrown) {
      this.failure = asIpcError(thrown);
      return false;
    }
  }

  #take(view: SetUpView): void {
    const isFirst = this.view === null;
    // What was found out belongs to the answers before, also where it was not this window that changed them.
    const isOther = ([field, answer]: [string, unknown]) => this.answers[field as keyof SetUpAnswers] !== answer;
    this.aws.forget(Object.fromEntries(Object.entries(view.answers).filter(isOther)));
    this.answers = { ...view.answers, done: [...view.answers.done] };
    if (isFirst || view.answers.distributionId !== "") this.isExisting = view.answers.distributionId !== "";
    this.#known = this.#typed;
  }

  #open(stop: Stop | null): void {
    this.opened = stop;
  }

  /** The first that can be done; at the end the last of all. */
  #next(): Stop | null {
    if (this.way === null) return null;
    if (this.#isChecking && this.way === "doneForYou" && this.#stateOf("check") !== "waiting") return "check";
    const last = this.way === "doneForYou" ? "check" : "connect";
    return STOPS[this.way].find((stop) => this.#stateOf(stop) === "open") ?? last;
  }

  #stage(stop: Stop): Stage {
    const state = this.#stateOf(stop);
    const values = state === "waiting" ? [] : (this.view?.steps.find(({ step }) => step === stop)?.values ?? []);
    const after = this.way === null ? 0 : STOPS[this.way].indexOf(this.#before(stop)) + 1;
    return { stop, state, values, after, isMarked: state === "done" && TICKED.includes(stop) };
  }

  #stateOf(stop: Stop): SetUpStepState {
    const known = (step: Stop) => this.view?.steps.find((one) => one.step === step)?.state ?? "waiting";
    const isBegun = known("key") === "done" && known("documents") === "done" && !this.#isIdMissing;
    if (stop === "key") return known("key");
    if (stop === "account") return this.aws.isAccountKnown ? "done" : "open";
    if (stop === "documents") return this.#isIdMissing ? "open" : known("documents");
    if (!isBegun) return "waiting";
    if (stop === "handOver") return Object.keys(this.saved).length > 0 || this.#isAnswered ? "done" : "open";
    if (stop === "sentBack") return this.#isAnswered ? "done" : "open";
    if (stop === "plan") return this.aws.isAgreed || this.#isMade ? "done" : "open";
    if (stop === "make") return this.#isMade ? "done" : this.aws.isAgreed ? "open" : "waiting";
    if (stop === "check") return this.view?.key?.isRegistered !== true ? "waiting" : this.#isChecked ? "done" : "open";
    return known(stop);
  }

  /** Whether Signet did all that was to be done, now or before it was closed: the key is connected at the end of it. */
  get #isMade(): boolean {
    const { isMade, made, plan } = this.aws;
    return isMade || (this.view?.key?.isRegistered === true && (plan === null ? made !== null : plan.isNothing));
  }

  get #isChecked(): boolean {
    return this.aws.check?.lines.every(({ state }) => state === "right" || state === "note") ?? false;
  }

  /** What a step waits for. */
  #before(stop: Stop): Stop {
    if (this.#stateOf("key") !== "done") return "key";
    if (this.#stateOf("documents") !== "done") return "documents";
    if (stop === "make") return "plan";
    if (stop === "check") return this.aws.isAgreed ? "make" : "plan";
    if (stop !== "connect") return "distribution";
    if (this.way === "itPerson") return "sentBack";
    return this.#isRight("publicKeyId") ? "distribution" : "publicKey";
  }

  get #isIdMissing(): boolean {
    return this.isExisting && this.answers.distributionId.trim() === "";
  }

  get #isAnswered(): boolean {
    return this.#isRight("publicKeyId") && this.#isRight("domain");
  }

  #isRight(field: "publicKeyId" | "domain"): boolean {
    return this.answers[field].trim() !== "" && this.errorAt(field) === null;
  }

  #missing(stop: Stop): Mistake | null {
    if (stop === "key")
      return this.view?.key == null && this.answers.keyId === ""
        ? { stop, field: null, error: { code: "setUpIncomplete", step: "key" } }
        : null;
    const isEmpty = (field: SetUpField) => this.answers[field].trim() === "" && (field !== "distributionId" || this.isExisting);
    const field = (FIELDS[stop] ?? []).find(isEmpty);
    if (field === undefined) return null;
    const step = stop === "documents" ? "documents" : "distribution";
    const errors: Partial<Record<SetUpField, IpcError>> = {
      publicKeyId: { code: "publicKeyId", why: "empty" },
      domain: { code: "site", why: "empty" },
    };
    return { stop, field, error: errors[field] ?? { code: "setUpIncomplete", step } };
  }
}
