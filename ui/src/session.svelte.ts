/** What the screens share while the window is open. */
import { asIpcError, type Backend } from "./backend/backend";
import type {
  IpcError,
  KeyKind,
  KeyListView,
  KeyView,
  Lifetime,
  LinkLimits,
  LinkRequest,
  LinkView,
  MadeKeyView,
  PracticeView,
  RecipeView,
  ReplacedView,
  Signer,
  StartView,
  SwitchView,
} from "./backend/bindings";
import { ManyLinks } from "./many-links.svelte";
import { SetUp } from "./set-up.svelte";
import { WallClock } from "./time/now.svelte";

export type Screen =
  "welcome" | "newLink" | "manyLinks" | "links" | "check" | "keys" | "addKey" | "makeKey" | "finishKey" | "replaceKey" | "setUp";

/** What is typed on *New link*; kept while other screens are looked at. */
export type Draft = { address: string; lifetime: Lifetime; limits: LinkLimits; note: string };

/** A link that was made, and what is noted with it. */
export type MadeLink = LinkView & { note: string };

/** A key that was made here and that CloudFront does not know yet, and what is typed to finish it. */
export type MadeKey = MadeKeyView & { site: string; publicKeyId: string };

const untyped = (made: MadeKeyView): MadeKey => ({ ...made, site: "", publicKeyId: "" });

const unlimited = (): LinkLimits => ({ start: null, network: "", folder: null });

/** A link of which nothing is said yet but how long: what one link is limited to must not get into the next. */
const clean = (lifetime: Lifetime, address = ""): Draft => ({ address, lifetime, limits: unlimited(), note: "" });

export class Session {
  readonly backend: Backend;
  readonly clock = new WallClock();
  screen = $state<Screen>("welcome");
  /** Whether this is still the screen with which the program began, and nobody has gone anywhere. */
  isAtStart = $state(true);
  keys = $state<KeyView[]>([]);
  /** Why it is not known which keys there are now; nothing can be changed until it is. */
  listTrouble = $state.raw<IpcError | null>(null);
  practice = $state<PracticeView | null>(null);
  chosenKey = $state<string | null>(null);
  link = $state<MadeLink | null>(null);
  clockIsWrong = $state(false);
  setAside = $state<string | null>(null);
  historySetAside = $state<string | null>(null);
  /** How many links end within the hour. */
  ending = $state(0);
  /** What went wrong with a step that belongs to no form; gone with the next step. */
  trouble = $state<IpcError | null>(null);
  draft = $state<Draft>(clean({ kind: "sevenDays" }));
  practiceDraft = $state<Draft>(clean({ kind: "oneMinute" }));
  /** The lifetime of the last time. A day of its own is of one link only, and the one before it stands. */
  private lastLifetime: Lifetime = { kind: "sevenDays" };
  /** What was pasted on *Check a link*; kept in memory alone, while other screens are looked at. */
  pasted = $state("");
  readonly many: ManyLinks;
  readonly setUp: SetUp;
  newKey = $state({ name: "", site: "", publicKeyId: "" });
  madeKeys = $state<MadeKey[]>([]);
  /** Which key takes the place of which. */
  replacements = $state<ReplacedView[]>([]);
  /** What is typed of keys that take over, by the old key. */
  newPublicKeyIds = $state<Record<string, string>>({});
  private replacedId = $state<string | null>(null);
  #changesElsewhere: number;
  keyToMake = $state<{ name: string; kind: KeyKind }>({ name: "", kind: "p256" });
  /** The made key that is being finished, and whether it was made this moment. */
  finishing = $state<{ key: MadeKey; isNew: boolean } | null>(null);

  constructor(backend: Backend, start: StartView) {
    this.backend = backend;
    this.keys = start.keys;
    this.madeKeys = start.madeKeys.map(untyped);
    this.replacements = start.replacements;
    this.listTrouble = start.listTrouble;
    this.#changesElsewhere = start.changesElsewhere;
    this.clockIsWrong = start.clock.kind === "wrong";
    this.setAside = start.setAside;
    this.historySetAside = start.historySetAside;
    if (start.lastLifetime !== null) this.lastLifetime = this.draft.lifetime = start.lastLifetime;
    this.setUp = new SetUp(backend);
    this.many = new ManyLinks(backend, this.draft.lifetime);
    if (start.lastSigner?.kind === "key") this.chosenKey = start.lastSigner.id;
    this.home();
    this.isAtStart = true;
  }

  /** The draft of what is being made now: a real link's or a practice link's. */
  get current(): Draft {
    return this.practice === null ? this.draft : this.practiceDraft;
  }

  get signer(): Signer | null {
    if (this.practice !== null) return { kind: "practice" };
    const key = this.keys.find(({ id }) => id === this.chosenKey) ?? this.keys[0];
    return key === undefined ? null : { kind: "key", id: key.id };
  }

  /** Where the documents of the next link are, as people know it. */
  get site(): string {
    const signer = this.signer;
    return this.practice?.host ?? this.keys.find((key) => signer?.kind === "key" && key.id === signer.id)?.host ?? "";
  }

  /** Where a person begins: at a link; without a key at the welcome, or where one waits to be finished. */
  home(): void {
    this.link = null;
    this.go(this.signer !== null ? "newLink" : this.madeKeys.length > 0 || this.listTrouble !== null ? "keys" : "welcome");
  }

  /** Is told of the keys from now on. Whoever is not learns of them with the next change that is made here. */
  watch(): void {
    this.backend.watchKeys((list) => this.follow(list)).catch(() => undefined);
  }

  /** The keys as they are: a terminal or another window changes them too. What is typed stays. */
  follow({ keys, madeKeys, replacements, listTrouble, changesElsewhere }: KeyListView): void {
    const hadNone = this.signer === null && this.madeKeys.length === 0;
    this.listTrouble = listTrouble;
    this.keys = keys;
    const known = this.madeKeys;
    this.madeKeys = madeKeys.map((made) => {
      const before = known.find(({ id }) => id === made.id);
      return before === undefined ? untyped(made) : Object.assign(before, made);
    });
    this.replacements = replacements;
    const isWithoutKey = this.signer === null && ["newLink", "manyLinks"].includes(this.screen);
    const isNoLongerNew =
      this.screen === "welcome" && hadNone && (this.signer !== null || this.madeKeys.length > 0 || listTrouble !== null);
    if (isWithoutKey || isNoLongerNew) this.home();
    if (this.screen === "replaceKey" && this.replaced === null) this.go("keys");
    if (this.#changesElsewhere === changesElsewhere) return;
    this.#changesElsewhere = changesElsewhere;
    void this.setUp.lookAgain();
  }

  /** A key that was not here; whoever told of it first. */
  #unfinished(made: MadeKeyView): void {
    if (!this.madeKeys.some(({ id }) => id === made.id)) this.madeKeys = [...this.madeKeys, untyped(made)];
  }

  go(screen: Screen): void {
    this.trouble = null;
    this.screen = screen;
    this.isAtStart = false;
  }

  /** A key that was found in the keychain is in the list again. */
  putBack(view: MadeKeyView): void {
    this.madeKeys = [...this.madeKeys.filter(({ id }) => id !== view.id), untyped(view)];
  }

  /** A key that was just made, and the next step with it for whoever still waits for that. */
  made(view: MadeKeyView): void {
    this.#unfinished(view);
    this.keyToMake = { name: "", kind: "p256" };
    if (this.screen === "makeKey") this.finish(view.id, true);
  }

  /** To the screen on which a made key is finished. */
  finish(id: string, isNew = false): void {
    const key = this.madeKeys.find((made) => made.id === id);
    if (key === undefined) return;
    this.finishing = { key, isNew };
    this.go("finishKey");
  }

  /** The key whose replacement is on screen. */
  get replaced(): KeyView | null {
    return this.keys.find(({ id }) => id === this.replacedId) ?? null;
  }

  /** To the replacement of a key. */
  replace(id: string): void {
    this.replacedId = id;
    this.go("replaceKey");
  }

  /** A key was made that is to replace another one. */
  replacing(old: string, made: MadeKeyView): void {
    this.#unfinished(made);
    this.replacements = [...this.replacements.filter((one) => one.old !== old), { old, new: made.id }];
  }

  /** The new key makes the links of the old one from now on. */
  switched({ old, new: key }: SwitchView): void {
    const wasChosen = this.signer?.kind === "key" && this.signer.id === old.id;
    this.madeKeys = this.madeKeys.filter(({ id }) => id !== key.id);
    this.keys = [...this.keys.filter(({ id }) => id !== key.id).map((one) => (one.id === old.id ? old : one)), key];
    if (wasChosen) this.chosenKey = key.id;
  }

  /** A key was removed. */
  forget(removed: string): void {
    this.keys = this.keys.filter(({ id }) => id !== removed);
    this.madeKeys = this.madeKeys.filter(({ id }) => id !== removed);
    this.replacements = this.replacements.filter((one) => one.old !== removed && one.new !== removed);
  }

  /** To the set-up of CloudFront, for this key. */
  setUpFor(id: string): void {
    this.setUp.wished = id;
    this.go("setUp");
  }

  /** To the check of the set-up of CloudFront for this key. */
  checkSetUpOf(id: string): void {
    this.setUp.isToCheck = true;
    this.setUpFor(id);
  }

  /** Sets CloudFront up as planned; the key makes links then, wherever somebody is by that time. */
  async makeSetUp(): Promise<void> {
    const key = await this.setUp.make();
    if (key !== null) this.finished(key);
  }

  /** Takes the set-up back. The key waits to be connected again, unless that was stopped before. */
  async takeBackSetUp(): Promise<void> {
    await this.setUp.takeBack();
    const key = this.setUp.view?.key;
    const before = this.keys.find(({ id }) => id === key?.id);
    if (before === undefined || key?.isConnected !== false) return;
    const { id, name, kind, fingerprint } = before;
    this.keys = this.keys.filter((one) => one.id !== id);
    this.#unfinished({ id, name, kind, fingerprint });
  }

  /** A made key that was finished makes links from now on. */
  finished(key: KeyView): void {
    this.madeKeys = this.madeKeys.filter(({ id }) => id !== key.id);
    this.keys = [...this.keys.filter(({ id }) => id !== key.id), key];
    this.chosenKey = key.id;
  }

  /** To the first link of a key. */
  linkWith(id: string): void {
    this.chosenKey = id;
    this.begin();
  }

  /** To a link that has nothing of another one in it, for this document if one is known. */
  begin(address = ""): void {
    this.draft = clean(this.lastLifetime, address);
    this.home();
  }

  /** Makes a link. The next one begins clean. */
  async make(request: LinkRequest): Promise<void> {
    const link = await this.backend.createLink(request);
    this.link = { ...link, note: request.note };
    if (this.practice !== null) {
      this.practiceDraft = clean(
        request.lifetime.kind === "until" ? { kind: "oneMinute" } : request.lifetime,
        this.practice.documentAddress,
      );
      return;
    }
    if (request.lifetime.kind !== "until") this.lastLifetime = request.lifetime;
    this.draft = clean(this.lastLifetime);
  }

  /** *New link* with all of an old one filled in but its end. */
  makeAgain({ signer, address, limits, lifetime }: RecipeView): void {
    this.draft = { address, lifetime, limits, note: "" };
    if (signer.kind === "key") this.chosenKey = signer.id;
    this.home();
  }

  /** A reminder, not an answer: where the list cannot be read, *Links* itself says so. */
  async countEnding(): Promise<void> {
    const request = { search: "", state: "ending", keyId: null, sort: "newest", skip: 0, take: 1 } as const;
    this.ending = await this.backend.listHistory(request).then(
      ({ found }) => found,
      () => 0,
    );
  }

  async enterPractice(): Promise<void> {
    try {
      this.practice = await this.backend.startPractice();
      this.practiceDraft = clean({ kind: "oneMinute" }, this.practice.documentAddress);
      this.home();
    } catch (thrown) {
      this.trouble = asIpcError(thrown);
    }
  }

  async leavePractice(): Promise<void> {
    try {
      await this.backend.leavePractice();
      this.practice = null;
      this.home();
    } catch (thrown) {
      this.trouble = asIpcError(thrown);
    }
  }
}
