/** The sites and their keys in the fake backend. */
import { BackendError } from "./backend";
import type {
  AddKeyRequest,
  AddKeyOutcome,
  KeyKind,
  KeyView,
  Lifetime,
  MakeKeyRequest,
  OrphansView,
  OrphanView,
  RegisterKeyRequest,
  ReplacementView,
  SetUpKeyView,
  SiteState,
  SiteView,
  StorageView,
} from "./bindings";
import type { FakeHistory } from "./fake-history";
import { MADE_KEY, RSA_KEY, SAMPLE_KEY } from "./fake-keys";

/** What is in the keychain and in no list. */
export type Orphans = Omit<Extract<OrphansView, { kind: "found" }>, "kind">;

/** A site as it is: what follows from its keys is worked out. */
function site(id: string, name: string, address: string | null, keys: KeyView[]): SiteView {
  return derived({
    id: id.repeat(16),
    name,
    address,
    host: null,
    state: "needsKey",
    keys,
    signingKeyId: null,
    newKeyId: null,
    lifetime: null,
    dayEnd: "18:00",
    triesLinks: true,
    storage: null,
    accessKeyId: null,
    isSetUpBegun: false,
  });
}

/** As `Site::state` in Rust has it. */
function stateOf(keys: KeyView[], signing: KeyView | undefined, newest: KeyView | undefined): SiteState {
  if (signing === undefined) return keys.length === 0 ? "needsKey" : "needsSetUp";
  if (newest?.registration === null) return "replacing";
  return keys.filter(({ registration }) => registration !== null).length > 1 ? "oldKeyStays" : "ready";
}

function derived(view: SiteView): SiteView {
  const signing = view.address === null ? undefined : view.keys.findLast(({ registration }) => registration !== null);
  const newest = view.keys.at(-1);
  return {
    ...view,
    state: stateOf(view.keys, signing, newest),
    host: view.address?.replace(/^https?:\/\//, "") ?? null,
    signingKeyId: signing?.id ?? null,
    newKeyId: signing !== undefined && newest?.registration === null ? newest.id : null,
  };
}

/** The key that makes a site's links. */
export const signingKeyOf = ({ keys, signingKeyId }: SiteView): KeyView | undefined => keys.find(({ id }) => id === signingKeyId);

export const SAMPLE_SITE = site("51", "Client papers", "https://docs.example.com", [SAMPLE_KEY]);
/** A site on which documents can be put. */
export const STORED_SITE: SiteView = {
  ...SAMPLE_SITE,
  storage: {
    bucket: "client-papers",
    region: "eu-central-1",
    profile: "",
    originPath: "",
    distribution: "E2QWRUHAPOMQZL",
    folder: "reports/2026",
  },
};

/** Its documents are reached with an access key. */
export const KEYED_SITE: SiteView = { ...STORED_SITE, accessKeyId: "AKIAIOSFODNN7EXAMPLE" };

export const RSA_SITE = site("52", "Board papers", "https://docs.example.com", [RSA_KEY]);
/** Its key waits for CloudFront. */
export const NEW_SITE = site("53", "Contracts", null, [MADE_KEY]);
/** Of which there is nothing but the name. */
export const EMPTY_SITE = site("54", "Tenders", null, []);
/** A new key is to take over. */
export const RENEWED_SITE = site("51", "Client papers", "https://docs.example.com", [
  SAMPLE_KEY,
  { ...MADE_KEY, name: "Client papers (new)" },
]);
/** The new key has taken over, and the old one is there still. */
export const SWITCHED_SITE = site("51", "Client papers", "https://docs.example.com", [
  { ...SAMPLE_KEY, name: "Client papers (old)" },
  { ...RSA_KEY, name: "Client papers", registration: { publicKeyId: "K3TUN4J9WXYZ12", hash: "sha256" } },
]);

export class FakeSites {
  #sites: SiteView[];
  orphans: Orphans | null;
  /** Is called whenever there are others. */
  changed: () => void = () => undefined;
  /** What the file that was chosen last is for: a key that is put back, or one of this site. */
  #wanted: AddKeyRequest | "restored" = "restored";
  #count = 0;

  constructor(sites: SiteView[], orphans: Orphans | null) {
    this.#sites = sites;
    this.orphans = orphans;
  }

  get list(): SiteView[] {
    return this.#sites;
  }

  set list(sites: SiteView[]) {
    this.#sites = sites;
    this.changed();
  }

  get keys(): KeyView[] {
    return this.#sites.flatMap(({ keys }) => keys);
  }

  find(id: string): SiteView {
    const found = this.#sites.find((one) => one.id === id);
    if (found === undefined) throw new BackendError({ code: "siteUnknown" });
    return found;
  }

  key(id: string): KeyView {
    const found = this.keys.find((one) => one.id === id);
    if (found === undefined) throw new BackendError({ code: "keyUnknown" });
    return found;
  }

  /** The site that has this key. */
  of(keyId: string): SiteView {
    const found = this.#sites.find(({ keys }) => keys.some(({ id }) => id === keyId));
    if (found === undefined) throw new BackendError({ code: "keyUnknown" });
    return found;
  }

  signingKey(id: string): KeyView {
    const found = signingKeyOf(this.find(id));
    if (found === undefined) throw new BackendError({ code: "keyUnknown" });
    return found;
  }

  #put(view: SiteView): SiteView {
    const changed = derived(view);
    const isHere = this.#sites.some(({ id }) => id === changed.id);
    this.list = isHere ? this.#sites.map((old) => (old.id === changed.id ? changed : old)) : [...this.#sites, changed];
    return changed;
  }

  #putKey(changed: KeyView): SiteView {
    const view = this.of(changed.id);
    return this.#put({ ...view, keys: view.keys.map((old) => (old.id === changed.id ? changed : old)) });
  }

  /** A name that no other site has. */
  #fresh(name: string): string {
    const wanted = name.trim();
    if (wanted === "") throw new BackendError({ code: "name", why: "empty" });
    const taken = this.#sites.find((one) => one.name.toLowerCase() === wanted.toLowerCase());
    if (taken !== undefined) throw new BackendError({ code: "nameTaken", name: taken.name });
    return wanted;
  }

  #newId(): string {
    this.#count += 1;
    return `a${this.#count}`.repeat(16).slice(0, 32);
  }

  add(name: string): SiteView {
    return this.#put(site(`${this.#sites.length}b`, this.#fresh(name), null, []));
  }

  rename(id: string, name: string): SiteView {
    const view = this.find(id);
    const wanted = name.trim() === view.name ? view.name : this.#fresh(name);
    // A key that is called as its site goes on being called so.
    const keys = view.keys.map((key) => (key.name === view.name ? { ...key, name: wanted } : key));
    return this.#put({ ...view, name: wanted, keys });
  }

  remove(id: string): void {
    this.find(id);
    this.list = this.#sites.filter((one) => one.id !== id);
  }

  setLifetime(id: string, lifetime: Lifetime | null): SiteView {
    return this.#put({ ...this.find(id), lifetime });
  }

  setDayEnd(id: string, dayEnd: string): SiteView {
    if (!/^\d\d:\d\d$/.test(dayEnd)) throw new BackendError({ code: "dayEndInvalid" });
    return this.#put({ ...this.find(id), dayEnd });
  }

  setStorage(id: string, storage: StorageView | null): SiteView {
    const before = this.find(id);
    return this.#put({ ...before, storage, accessKeyId: storage === null ? null : before.accessKeyId });
  }

  setAccessKey(id: string, accessKeyId: string | null): SiteView {
    return this.#put({ ...this.find(id), accessKeyId });
  }

  setTriesLinks(id: string, triesLinks: boolean): SiteView {
    return this.#put({ ...this.find(id), triesLinks });
  }

  beginSetUp(id: string, isSetUpBegun: boolean): void {
    const view = this.find(id);
    if (view.isSetUpBegun !== isSetUpBegun) this.#put({ ...view, isSetUpBegun });
  }

  renameKey(id: string, name: string): SiteView {
    return this.#putKey({ ...this.key(id), name });
  }

  changeHash(id: string, hash: "sha1" | "sha256"): SiteView {
    const key = this.key(id);
    if (key.registration === null) throw new BackendError({ code: "keyUnfinished", name: key.name });
    return this.#putKey({ ...key, registration: { ...key.registration, hash } });
  }

  removeKey(id: string): SiteView {
    const view = this.of(id);
    return this.#put({ ...view, keys: view.keys.filter((key) => key.id !== id) });
  }

  makeKey({ siteId, name, kind }: MakeKeyRequest): SiteView {
    const view = siteId === null ? this.add(name) : this.find(siteId);
    const [first] = view.keys;
    if (first !== undefined) throw new BackendError({ code: "siteHasKey", name: first.name });
    return this.#put({ ...view, keys: [{ ...MADE_KEY, id: this.#newId(), name: view.name, kind }] });
  }

  register({ id, address, publicKeyId }: RegisterKeyRequest): SiteView {
    const key = this.key(id);
    const view = this.of(id);
    return this.#put({
      ...view,
      address: `https://${address.replace(/^https?:\/\//, "")}`,
      keys: view.keys.map((one) => (one.id === id ? { ...key, registration: { publicKeyId, hash: "sha256" } } : one)),
    });
  }

  /** As after a set-up that was taken back. */
  unregister(id: string): void {
    this.#putKey({ ...this.key(id), registration: null });
  }

  /** What the key file is for that is chosen next. */
  want(wanted: AddKeyRequest | "restored"): void {
    if (wanted !== "restored" && wanted.siteId === null) this.#fresh(wanted.name);
    this.#wanted = wanted;
  }

  /** The chosen file was taken. */
  take(): AddKeyOutcome {
    const wanted = this.#wanted;
    if (wanted === "restored") return { kind: "restored" };
    const { siteId, name, address, publicKeyId } = wanted;
    const view = siteId === null ? this.add(name) : this.find(siteId);
    const key: KeyView = {
      ...SAMPLE_KEY,
      id: this.#newId(),
      name: view.name,
      registration: { publicKeyId: publicKeyId === "" ? "K2JCJMDEHXQW5F" : publicKeyId, hash: "sha256" },
    };
    const at = address === "" ? "docs.example.com" : address;
    const added = this.#put({ ...view, address: view.address ?? `https://${at}`, keys: [...view.keys, key] });
    return { kind: "added", site: added, fileName: "signing.pem", folderName: "Downloads" };
  }

  replace(siteId: string, kind: KeyKind): SiteView {
    const view = this.find(siteId);
    const { name } = this.signingKey(siteId);
    return this.#put({ ...view, keys: [...view.keys, { ...MADE_KEY, id: this.#newId(), kind, name: `${name} (new)` }] });
  }

  replacement(siteId: string, history: FakeHistory): ReplacementView | null {
    const { keys, newKeyId, signingKeyId } = this.find(siteId);
    const waiting = keys.find(({ id }) => id === newKeyId);
    if (waiting !== undefined) return { kind: "waiting", key: waiting };
    const old = keys.find(({ id, registration }) => registration !== null && id !== signingKeyId);
    if (old === undefined) return null;
    const ends = history.ofKey(old.id).entries.map(({ expiresAt }) => expiresAt);
    return {
      kind: "switched",
      key: this.signingKey(siteId),
      old,
      working: ends.length,
      lastEnd: ends.length === 0 ? null : Math.max(...ends),
    };
  }

  switchKey(siteId: string, publicKeyId: string): SiteView {
    const view = this.find(siteId);
    const old = this.signingKey(siteId);
    if (publicKeyId === old.registration?.publicKeyId) throw new BackendError({ code: "publicKeyIdOfOldKey" });
    const keys = view.keys.map((key): KeyView => {
      if (key.id === old.id) return { ...key, name: `${old.name} (old)` };
      return key.id === view.newKeyId ? { ...key, name: old.name, registration: { publicKeyId, hash: "sha256" } } : key;
    });
    return this.#put({ ...view, keys });
  }

  #orphan(id: string): OrphanView {
    const found = this.orphans?.keys.find((key) => key.id === id);
    if (found === undefined) throw new BackendError({ code: "orphanGone" });
    if (this.orphans !== null) this.orphans = { ...this.orphans, keys: this.orphans.keys.filter((key) => key !== found) };
    return found;
  }

  restoreOrphan(id: string, name: string): SiteView {
    const wanted = this.#fresh(name);
    const { kind, fingerprint } = this.#orphan(id);
    return this.#put(site(`${this.#sites.length}c`, wanted, null, [{ id, name: wanted, kind, fingerprint, registration: null }]));
  }

  removeOrphan(id: string): void {
    this.#orphan(id);
  }

  /** The key of a site's set-up: the one that was answered, or the newest. */
  setUpKey(siteId: string, keyId: string): SetUpKeyView | null {
    const { keys } = this.find(siteId);
    const found = keys.find(({ id }) => id === keyId) ?? keys.at(-1);
    return found === undefined ? null : { id: found.id, name: found.name, isRegistered: found.registration !== null };
  }
}
