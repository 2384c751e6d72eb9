/** What the screens share while the window is open. */
import { asIpcError, type Backend } from "../backend/backend";
import type {
  DocumentView,
  FilesView,
  IpcError,
  Lifetime,
  LinkRequest,
  LinkView,
  PracticeView,
  RecipeView,
  ShareRequest,
  Signer,
  SiteListView,
  SiteView,
  StartView,
  Taken,
  TypedDocumentView,
  ZoomChange,
} from "../backend/bindings";
import { words } from "../copy/en";
import { WallClock } from "../time/now.svelte";
import { clean, type Draft, type MadeLink } from "./draft";
import { Drops } from "./drops.svelte";
import { ManyFiles } from "./many-files.svelte";
import { ManyLinks } from "./many-links.svelte";
import { Sharing, type SharedDocument } from "./sharing.svelte";
import { Sites } from "./sites.svelte";
import { Toast } from "./toast.svelte";

/** A screen that is about one site, the one that was opened. */
export type SiteScreen = "site" | "setUp" | "replaceKey";

export type Screen =
  "welcome" | "newLink" | "manyLinks" | "files" | "links" | "documents" | "check" | "sites" | "addSite" | "addKey" | SiteScreen;

const OF_ONE_SITE: readonly Screen[] = ["site", "setUp", "replaceKey"];

export const isOfOneSite = (screen: Screen): screen is SiteScreen => OF_ONE_SITE.includes(screen);

export class Session {
  readonly backend: Backend;
  readonly clock = new WallClock();
  readonly toast: Toast;
  screen = $state<Screen>("welcome");
  /** Whether this is still the screen with which the program began, and nobody has gone anywhere. */
  isAtStart = $state(true);
  /** Whether a site was removed in the last step: the keyboard is at the next one then. */
  isAfterRemoval = $state(false);
  readonly sites: Sites;
  #opened = $state<string | null>(null);
  /** The site that gets the key of a file; null for a new one. */
  #addsTo = $state<string | null>(null);
  practice = $state<PracticeView | null>(null);
  link = $state<MadeLink | null>(null);
  clockIsWrong = $state(false);
  /** How often a link was begun from nothing: what was on the form is gone then, errors too. */
  beginnings = $state(0);
  setAside = $state<string | null>(null);
  historySetAside = $state<string | null>(null);
  /** How many links end within the hour. */
  ending = $state(0);
  /** What went wrong with a step that belongs to no form; gone with the next step. */
  trouble = $state<IpcError | null>(null);
  draft = $state<Draft>(clean());
  practiceDraft = $state<Draft>(clean());
  /** The lifetime of the last time. A day of its own is of one link only, and the one before it stands. */
  #lastLifetime = $state.raw<Lifetime>({ kind: "sevenDays" });
  #lastPracticeLifetime = $state.raw<Lifetime>({ kind: "oneMinute" });
  /** What was pasted on *Check a link*; kept in memory alone, while other screens are looked at. */
  pasted = $state("");
  readonly many: ManyLinks;
  readonly files: ManyFiles;
  readonly drops: Drops;
  readonly sharing: Sharing;
  /** The folder at which somebody looked last, by the site's id; nothing for practice. */
  readonly lookedAt: Record<string, string> = {};

  constructor(backend: Backend, start: StartView, toast = new Toast()) {
    this.backend = backend;
    this.toast = toast;
    const { lastSigner } = start;
    this.sites = new Sites(backend, start, lastSigner?.kind === "site" ? lastSigner.id : null);
    this.clockIsWrong = start.clock.kind === "wrong";
    this.setAside = start.setAside;
    this.historySetAside = start.historySetAside;
    if (start.lastLifetime !== null) this.#lastLifetime = start.lastLifetime;
    this.many = new ManyLinks(backend);
    this.files = new ManyFiles(backend);
    this.drops = new Drops(backend, (taken, names) => this.takeDropped(taken, names));
    this.sharing = new Sharing(backend, (shared, request) => this.#shared(shared, request));
    this.home();
    this.isAtStart = true;
  }

  /** The draft of what is being made now: a real link's or a practice link's. */
  get current(): Draft {
    return this.practice === null ? this.draft : this.practiceDraft;
  }

  /** How long the link works that is being made now. */
  get lifetime(): Lifetime {
    return this.current.lifetime ?? (this.practice === null ? this.lifetimeOf(this.sites.current) : this.#lastPracticeLifetime);
  }

  /** With which lifetime a site's links begin: its own, or that of the last time. */
  lifetimeOf(site: SiteView | null): Lifetime {
    return site?.lifetime ?? this.#lastLifetime;
  }

  /** How long the links of the list work that have no end of their own. */
  get lifetimeOfMany(): Lifetime {
    return this.many.lifetime ?? this.lifetimeOf(this.sites.find(this.many.list?.siteId ?? null));
  }

  /** How long the links of the files work that go together. */
  get lifetimeOfFiles(): Lifetime {
    return this.files.lifetime ?? (this.practice === null ? this.lifetimeOf(this.sites.current) : this.#lastPracticeLifetime);
  }

  get signer(): Signer | null {
    if (this.practice !== null) return { kind: "practice" };
    const site = this.sites.current;
    return site === null ? null : { kind: "site", id: site.id };
  }

  /** Where the documents of the next link are, as people know it. */
  get host(): string {
    return this.practice?.host ?? this.sites.current?.host ?? "";
  }

  /** Where a person begins: at a link; without a site that is ready at the welcome, or where one waits to be set up. */
  home(): void {
    this.link = null;
    this.go(this.signer !== null ? "newLink" : this.#hasSites ? "sites" : "welcome");
  }

  get #hasSites(): boolean {
    return this.sites.list.length > 0 || this.sites.trouble !== null;
  }

  /** Whether a file of this computer can become the document of the next link. */
  get takesDocuments(): boolean {
    return this.practice !== null || (this.sites.current?.storage ?? null) !== null;
  }

  /** Whether there is a site whose documents can be looked at. */
  get hasDocuments(): boolean {
    return this.practice !== null || this.sites.ready.some(({ storage }) => storage !== null);
  }

  /** To a link for a document of the site. */
  beginWith(typed: string): void {
    this.begin(typed);
    if (this.practice !== null) this.choseThere(typed);
  }

  /** A file of this computer, wherever it was dropped: it becomes the document of a link. */
  take(document: DocumentView): void {
    if (!this.takesDocuments) return;
    if (this.screen !== "newLink" || this.link !== null) this.begin();
    this.chose(document);
  }

  /** What was dropped, wherever: a file for a link, or several that go together. */
  takeDropped(taken: Taken, names: readonly string[]): void {
    if (!this.takesDocuments) return;
    if (taken.kind === "document") this.take(taken.taken);
    else if (taken.kind === "files") this.takeFiles(taken.taken, names);
    else this.trouble = taken.taken;
  }

  /** Several files of this computer, which go together. */
  takeFiles(files: FilesView, names: readonly string[] = []): void {
    this.files.take(files, names, this.practice === null ? (this.sites.current?.storage?.folder ?? "") : "");
    this.go("files");
  }

  /** To the files that go together, where there are any; else to a list. */
  goToMany(): void {
    this.go(this.files.files === null ? "manyLinks" : "files");
  }

  /** The file that the next link is for. What is typed of the link else stays. */
  chose(document: DocumentView): void {
    this.sharing.forget();
    const folder = this.practice === null ? (this.sites.current?.storage?.folder ?? "") : "";
    Object.assign(this.current, { document, folder, address: document.typed });
  }

  /** The next link is for this document of the site, as if its name had been typed. What is typed of the link else stays. */
  choseThere(typed: string): void {
    this.sharing.forget();
    Object.assign(this.current, { document: null, address: typed });
  }

  /** The next link is for a document that is on the site already. */
  unchose(): void {
    this.sharing.forget();
    Object.assign(this.current, { document: null, address: this.practice?.documentAddress ?? "" });
  }

  /** Is told of the sites from now on. Whoever is not learns of them with the next change that is made here. */
  watch(): void {
    this.drops.watch();
    this.backend.watchSites((list) => this.follow(list)).catch(() => undefined);
  }

  /** The sites as they are: a terminal or another window changes them too. What is typed stays. */
  follow(list: SiteListView): void {
    const hadNone = !this.#hasSites;
    this.sites.follow(list);
    const isWithoutSite = this.signer === null && ["newLink", "manyLinks", "files", "documents"].includes(this.screen);
    const isNoLongerNew = this.screen === "welcome" && hadNone && this.#hasSites;
    if (isWithoutSite || isNoLongerNew) this.home();
    if (isOfOneSite(this.screen) && this.opened === null) this.#leaveRemoved();
    if (this.screen === "addKey" && this.#addsTo !== null && this.addsTo === null) this.#leaveRemoved();
  }

  /** Somebody else removed what is looked at. */
  #leaveRemoved(): void {
    this.go("sites");
    if (this.sites.trouble === null) this.trouble = { code: "siteUnknown" };
  }

  go(screen: Screen): void {
    this.trouble = null;
    this.toast.close();
    if (this.draft.isTaken) this.draft = clean();
    this.screen = screen;
    this.isAtStart = this.isAfterRemoval = false;
  }

  /** Which site's screen this is, whatever becomes of the site. */
  get openedId(): string | null {
    return this.#opened;
  }

  /** The site whose screen this is. */
  get opened(): SiteView | null {
    return this.sites.find(this.#opened);
  }

  /** Where *Back*, *Cancel* and Escape lead from here; null where one comes from nowhere. */
  get back(): Screen | "site" | null {
    switch (this.screen) {
      case "newLink":
        return this.link === null ? null : "newLink";
      case "addKey":
        return this.addsTo !== null ? "site" : this.#hasSites ? "sites" : "welcome";
      case "addSite":
        return this.#hasSites ? "sites" : "welcome";
      case "setUp":
      case "replaceKey":
        return "site";
      case "site":
        return "sites";
      case "sites":
      case "links":
      case "documents":
      case "check":
        return this.#hasSites || this.practice !== null ? null : "welcome";
      default:
        return null;
    }
  }

  goBack(): void {
    const { back } = this;
    if (back === null) return;
    if (back === "newLink") this.home();
    else if (this.screen === "addKey" && this.#addsTo !== null) this.open(this.#addsTo);
    else this.go(back);
  }

  /** Does something that belongs to no form, and says so. */
  async attempt(action: () => Promise<unknown>, done: string): Promise<void> {
    this.trouble = null;
    try {
      await action();
      this.toast.say(done);
    } catch (thrown) {
      this.trouble = asIpcError(thrown);
    }
  }

  /** Shows everything larger or smaller, and says how large. */
  async zoom(change: ZoomChange): Promise<void> {
    try {
      const { percent } = await this.backend.zoom({ change });
      this.toast.say(words.zoomed(percent));
    } catch (thrown) {
      this.trouble = asIpcError(thrown);
    }
  }

  /** To a screen of one site. */
  open(id: string, screen: SiteScreen = "site"): void {
    this.#opened = id;
    this.go(screen);
  }

  /** To the check of a site's set-up, for the key that makes its links. */
  checkSetUp({ id, signingKeyId }: SiteView): void {
    this.sites.setUpOf(id).comeToCheck(signingKeyId);
    this.open(id, "setUp");
  }

  /** The site that gets the key of a file, where that is for one that is here. */
  get addsTo(): SiteView | null {
    return this.sites.find(this.#addsTo);
  }

  /** To the fields of a key file, for a new site or for one that is here. */
  addKey(siteId: string | null = null): void {
    this.#addsTo = siteId;
    this.go("addKey");
  }

  /** A site that was named, and its set-up for whoever still waits for that. */
  added(site: SiteView): void {
    this.sites.put(site);
    this.sites.newName = "";
    if (this.screen === "addSite") this.open(site.id, "setUp");
  }

  /** Sets CloudFront up as planned; the site makes links then, wherever somebody is by that time. */
  async makeSetUp(siteId: string): Promise<void> {
    const site = await this.sites.setUpOf(siteId).make();
    if (site !== null) this.registered(site);
  }

  /** A site makes links from now on. Whoever is at another one by now makes the next link there still. */
  registered(site: SiteView): void {
    this.sites.put(site);
    if (this.screen === "addKey" || (isOfOneSite(this.screen) && this.#opened === site.id)) this.sites.choose(site.id);
  }

  /** A site that was removed here. */
  removed(id: string): void {
    this.sites.drop(id);
    if (!isOfOneSite(this.screen) || this.#opened !== id) return;
    this.go("sites");
    this.isAfterRemoval = true;
  }

  /** To the first link of a site. */
  linkTo(siteId: string): void {
    this.sites.choose(siteId);
    this.begin();
  }

  /** To a link that has nothing of another one in it, for this document if one is known. */
  begin(address = ""): void {
    this.beginnings += 1;
    this.home();
    this.draft = { ...clean(address), isTaken: address !== "" };
  }

  /** To a link for a document that is known, as it is typed on its site; else for its whole address. */
  beginAgain(document: TypedDocumentView | null, address: string): void {
    const signer = document?.signer;
    if (signer?.kind === "site" && this.sites.find(signer.id)?.host !== this.sites.current?.host) this.sites.choose(signer.id);
    this.begin(document?.typed ?? address);
    if (signer?.kind === "practice" && this.practice !== null && document !== null) this.practiceDraft = clean(document.typed);
  }

  /** Makes a link. The next one begins clean. */
  async make(request: LinkRequest): Promise<void> {
    this.#made(await this.backend.createLink(request), request);
  }

  /** A document is on the site and has its link. Whoever is at another link by then keeps what is typed, and is told. */
  #shared({ link, caches }: SharedDocument, request: ShareRequest): void {
    const isAtIt = this.current.document?.number === request.document;
    if (isAtIt) this.#made(link, request);
    if (caches === "notTold") this.toast.say(words.document.oldForADay);
    else if (!isAtIt || this.screen !== "newLink") this.toast.say(words.document.meanwhile(link.fileName));
  }

  #made(link: LinkView, request: Pick<LinkRequest, "lifetime" | "note">): void {
    this.link = { ...link, note: request.note, opening: null };
    const isRepeated = request.lifetime.kind !== "until";
    if (this.practice !== null) {
      this.#lastPracticeLifetime = isRepeated ? request.lifetime : { kind: "oneMinute" };
      this.practiceDraft = clean(this.practice.documentAddress);
      return;
    }
    if (isRepeated) this.#lastLifetime = request.lifetime;
    this.draft = clean();
  }

  /** Whether the link that was just made opens: asked once, while it can be copied already. */
  async tryLink(): Promise<void> {
    const link = this.link;
    if (link === null || link.opening !== null) return;
    link.opening = { kind: "asking" };
    try {
      link.opening = { ...(await this.backend.tryFreshLink({ number: link.number })), at: Date.now() };
    } catch {
      // It was stopped, or nothing is known of it; the link is what it is.
      link.opening = { kind: "stopped" };
    }
  }

  /** *New link* with all of an old one filled in but its end. */
  makeAgain({ signer, address, limits, note }: RecipeView): void {
    if (signer?.kind === "site") this.sites.choose(signer.id);
    this.home();
    this.draft = { ...clean(address), limits, note, isTaken: true };
  }

  /** A reminder, not an answer: where the list cannot be read, *My links* itself says so. */
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
      this.practiceDraft = clean(this.practice.documentAddress);
      this.#lastPracticeLifetime = { kind: "oneMinute" };
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
