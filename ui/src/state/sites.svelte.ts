/** The sites as they are, which of them makes links, and what is typed for each; kept while other screens are looked at. */
import type { Backend } from "../backend/backend";
import type { IpcError, KeyKind, KeyView, SiteListView, SiteView } from "../backend/bindings";
import { SetUp } from "./set-up.svelte";

/** What is typed of a key file's key. */
export type KeyFile = { name: string; address: string; publicKeyId: string };

/** What is typed to tell Signet what CloudFront calls a key. */
export type TypedRegistration = { address: string; publicKeyId: string };

export class Sites {
  readonly #backend: Backend;
  list = $state.raw<SiteView[]>([]);
  /** Why it is not known which sites there are now; nothing can be changed until it is. */
  trouble = $state.raw<IpcError | null>(null);
  #chosen = $state<string | null>(null);
  /** Each site's own set-up, begun or not. */
  #setUps: Record<string, SetUp> = {};
  #changesElsewhere: number;
  /** What is typed on *Add a site*. */
  newName = $state("");
  /** What is typed of a key file: for a site that is here, by its id, and for a new one. */
  readonly #keyFiles = $state<Record<string, KeyFile>>({});
  readonly #registrations = $state<Record<string, TypedRegistration>>({});
  readonly #newPublicKeyIds = $state<Record<string, string>>({});
  readonly #kinds = $state<Record<string, KeyKind>>({});
  /** The sites of which what is for the IT person is unfolded. */
  readonly #unfolded = $state<Record<string, boolean>>({});

  constructor(backend: Backend, { sites, listTrouble, changesElsewhere }: SiteListView, chosen: string | null) {
    this.#backend = backend;
    this.trouble = listTrouble;
    this.#changesElsewhere = changesElsewhere;
    this.#chosen = chosen;
    this.#take(sites);
  }

  /** Those that make links. */
  readonly ready: SiteView[] = $derived(this.list.filter(({ signingKeyId }) => signingKeyId !== null));

  /** The one that makes the next link. */
  get current(): SiteView | null {
    return this.ready.find(({ id }) => id === this.#chosen) ?? this.ready[0] ?? null;
  }

  choose(id: string): void {
    this.#chosen = id;
  }

  find(id: string | null): SiteView | null {
    return this.list.find((site) => site.id === id) ?? null;
  }

  /** The key that makes a site's links. */
  signingKey(id: string): KeyView | null {
    const site = this.find(id);
    return site?.keys.find((key) => key.id === site.signingKeyId) ?? null;
  }

  get keys(): KeyView[] {
    return this.list.flatMap(({ keys }) => keys);
  }

  /** The sites as they are: a terminal or another window changes them too. What is typed stays. */
  follow({ sites, listTrouble, changesElsewhere }: SiteListView): void {
    this.trouble = listTrouble;
    const isOfOthers = this.#changesElsewhere !== changesElsewhere;
    // A list may have been told before a site was added here. What is removed here is known without being told.
    const isMissing = ({ id }: SiteView) => sites.every((one) => one.id !== id);
    this.#take(isOfOthers || listTrouble !== null ? sites : [...sites, ...this.list.filter(isMissing)]);
    if (!isOfOthers) return;
    this.#changesElsewhere = changesElsewhere;
    for (const setUp of Object.values(this.#setUps)) void setUp.lookAgain();
  }

  /** A site that is new, or another one than it was. */
  put(site: SiteView): void {
    const isHere = this.list.some(({ id }) => id === site.id);
    this.#take(isHere ? this.list.map((old) => (old.id === site.id ? site : old)) : [...this.list, site]);
  }

  /** A site that was removed. */
  drop(removed: string): void {
    this.#take(this.list.filter(({ id }) => id !== removed));
  }

  #take(sites: SiteView[]): void {
    this.list = sites;
    const setUps = sites.map(({ id }) => [id, this.#setUps[id] ?? new SetUp(this.#backend, id)] as const);
    // While it is not known which there are, none is known to be gone.
    this.#setUps = { ...(this.trouble === null ? {} : this.#setUps), ...Object.fromEntries(setUps) };
  }

  setUpOf(id: string): SetUp {
    const found = this.#setUps[id];
    if (found === undefined) throw new Error("A site that is here has its set-up.");
    return found;
  }

  /** What is typed of a key file for this site, or for a new one. */
  keyFile(siteId: string | null): KeyFile {
    return this.#keyFiles[siteId ?? ""] ?? { name: "", address: "", publicKeyId: "" };
  }

  typeKeyFile(siteId: string | null, part: Partial<KeyFile>): void {
    this.#keyFiles[siteId ?? ""] = { ...this.keyFile(siteId), ...part };
  }

  registration(keyId: string): TypedRegistration {
    const known = this.list.find(({ keys }) => keys.some(({ id }) => id === keyId))?.host;
    return this.#registrations[keyId] ?? { address: known ?? "", publicKeyId: "" };
  }

  typeRegistration(keyId: string, part: Partial<TypedRegistration>): void {
    this.#registrations[keyId] = { ...this.registration(keyId), ...part };
  }

  /** What is typed of the key that takes over. */
  newPublicKeyId(siteId: string): string {
    return this.#newPublicKeyIds[siteId] ?? "";
  }

  typeNewPublicKeyId(siteId: string, typed: string): void {
    this.#newPublicKeyIds[siteId] = typed;
  }

  /** The kind of key that is to be made for a site. */
  kind(siteId: string): KeyKind {
    return this.#kinds[siteId] ?? "p256";
  }

  chooseKind(siteId: string, kind: KeyKind): void {
    this.#kinds[siteId] = kind;
  }

  isUnfolded(siteId: string): boolean {
    return this.#unfolded[siteId] ?? false;
  }

  unfold(siteId: string, isUnfolded: boolean): void {
    this.#unfolded[siteId] = isUnfolded;
  }
}
