/** *Done for you*: what the AWS login has, what is planned, made and checked; kept while other screens are looked at. */
import { asIpcError, type Backend } from "../backend/backend";
import type {
  AwsPlacesView,
  CheckView,
  IpcError,
  JournalView,
  PlanStep,
  PlanView,
  SetUpAnswers,
  SetUpWorkView,
  SiteView,
} from "../backend/bindings";

/** What AWS is asked, one at a time. */
export type Task = "look" | "plan" | "make" | "takeBack" | "check";

/** What a plan and a check depend on. */
const ASKED_ABOUT: readonly (keyof SetUpAnswers)[] = ["keyId", "bucket", "region", "distributionId", "profile"];
/** How often it is asked how far the work is, in milliseconds. */
const PACE = 500;

export class DoneForYou {
  readonly #backend: Backend;
  readonly #siteId: string;
  /** Sends what is typed, and says whether Rust has it now. */
  readonly #settle: () => Promise<boolean>;
  places = $state.raw<AwsPlacesView | null>(null);
  /** Whether the login may not list what the account has, which nothing but the list needs. */
  isListRefused = $state(false);
  plan = $state.raw<PlanView | null>(null);
  /** Whether a login for the site's documents is wanted too, and whether documents are also removed with it. */
  documentLogin = $state.raw({ isWanted: false, mayRemove: false });
  /** Whether the plan is being done, or was begun. */
  isAgreed = $state(false);
  /** Whether all of the plan is done. */
  isMade = $state(false);
  /** What Signet made for the chosen key. */
  made = $state.raw<JournalView | null>(null);
  madeFailure = $state.raw<IpcError | null>(null);
  check = $state.raw<CheckView | null>(null);
  /** A document to try. */
  document = $state("");
  task = $state<Task | null>(null);
  work = $state.raw<SetUpWorkView | null>(null);
  /** The step of the plan that was begun last. */
  reached = $state<PlanStep | null>(null);
  isStopping = $state(false);
  isTakenBack = $state(false);
  failure = $state.raw<{ task: Task; error: IpcError } | null>(null);
  /** Whose answer is awaited: those about older questions are of no interest. */
  #question = 0;
  #madeFor: string | null = null;

  constructor(backend: Backend, siteId: string, settle: () => Promise<boolean>) {
    this.#backend = backend;
    this.#siteId = siteId;
    this.#settle = settle;
  }

  /** Whether something changes in AWS this moment. */
  readonly isWorking = $derived(this.task === "make" || this.task === "takeBack");

  /** Whether it is known which AWS account it is about. */
  readonly isAccountKnown = $derived(this.places !== null || this.isListRefused || this.made !== null);

  errorOf(task: Task): IpcError | null {
    return this.failure?.task === task ? this.failure.error : null;
  }

  /** What was found out before something else was typed. */
  forget(part: Partial<SetUpAnswers>): void {
    if (!ASKED_ABOUT.some((field) => field in part)) return;
    this.#question += 1;
    Object.assign(this, { plan: null, isAgreed: false, isMade: false, check: null, failure: null, isTakenBack: false, reached: null });
    if ("profile" in part) Object.assign(this, { places: null, isListRefused: false });
  }

  /** Another answer is another plan; what is being asked or made is about the one before. */
  wishForLogin(part: Partial<DoneForYou["documentLogin"]>): void {
    if (this.task !== null) return;
    this.documentLogin = { ...this.documentLogin, ...part };
    Object.assign(this, { plan: null, isAgreed: false, isMade: false, failure: null, reached: null });
  }

  async look(): Promise<boolean> {
    this.isListRefused = false;
    const done = await this.#run(
      "look",
      () => this.#backend.awsPlaces({ siteId: this.#siteId }),
      (places) => (this.places = places),
    );
    if (done) return true;
    const refused = this.errorOf("look");
    this.isListRefused = refused?.code === "aws" && refused.why === "notAllowed";
    return false;
  }

  showPlan(): Promise<boolean> {
    const { isWanted, mayRemove } = this.documentLogin;
    return this.#run(
      "plan",
      () => this.#backend.planSetUp({ siteId: this.#siteId, documentLogin: isWanted ? { mayRemove } : null }),
      (plan) => Object.assign(this, { plan, isAgreed: false, isMade: false, reached: null }),
    );
  }

  /** Does what was shown, or goes on with it; `null` where that failed. */
  async make(): Promise<SiteView | null> {
    if (this.task !== null) return null;
    let registered: SiteView | null = null;
    this.isAgreed = true;
    await this.#run(
      "make",
      () => this.#watched(() => this.#backend.applySetUp({ siteId: this.#siteId })),
      (site) => {
        registered = site;
        this.isMade = true;
      },
    );
    return registered;
  }

  async takeBack(): Promise<boolean> {
    const isDone = await this.#run(
      "takeBack",
      () => this.#watched(() => this.#backend.undoSetUp({ siteId: this.#siteId })),
      () => undefined,
    );
    // What was planned and checked is no longer so, even where only half of it is taken back.
    Object.assign(this, { plan: null, isAgreed: false, isMade: false, check: null, reached: null, isTakenBack: isDone });
    return isDone;
  }

  checkNow(): Promise<boolean> {
    return this.#run(
      "check",
      () => this.#backend.checkSetUp({ siteId: this.#siteId, document: this.document.trim() }),
      (check) => (this.check = check),
    );
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    try {
      await this.#backend.stopSetUp({ siteId: this.#siteId });
    } catch (thrown) {
      this.isStopping = false;
      if (this.task !== null) this.failure = { task: this.task, error: asIpcError(thrown) };
    }
  }

  /** Asks what was made for a key; once, unless it may have changed. */
  async follow(keyId: string | null, hasChanged = false): Promise<void> {
    if (keyId === this.#madeFor && !hasChanged) return;
    if (keyId !== this.#madeFor) Object.assign(this, { made: null, madeFailure: null });
    this.#madeFor = keyId;
    if (keyId === null) return;
    try {
      const made = await this.#backend.setUpMade({ siteId: this.#siteId });
      if (this.#madeFor === keyId) Object.assign(this, { made: made === null || made.made.length === 0 ? null : made, madeFailure: null });
    } catch (thrown) {
      if (this.#madeFor === keyId) this.madeFailure = asIpcError(thrown);
    }
  }

  async #run<T>(task: Task, ask: () => Promise<T>, take: (answer: T) => unknown): Promise<boolean> {
    if (this.task !== null) return false;
    this.task = task;
    this.failure = null;
    this.isTakenBack = false;
    try {
      if (!(await this.#settle())) return false;
      const question = this.#question;
      try {
        const answer = await ask();
        if (question === this.#question) take(answer);
        return question === this.#question;
      } catch (thrown) {
        if (question === this.#question) this.failure = { task, error: asIpcError(thrown) };
        return false;
      }
    } finally {
      this.task = null;
    }
  }

  async #watched<T>(action: () => Promise<T>): Promise<T> {
    let isOver = false;
    const ask = async () => {
      // Only how far it is: whether it failed says the work itself.
      const work = await this.#backend.setUpWork({ siteId: this.#siteId }).catch(() => null);
      if (isOver || work === null) return;
      this.work = work;
      if (work.kind === "making") this.reached = work.step;
    };
    const running = action();
    const timer = setInterval(ask, PACE);
    void ask();
    try {
      return await running;
    } finally {
      isOver = true;
      clearInterval(timer);
      this.work = null;
      this.isStopping = false;
    }
  }
}
