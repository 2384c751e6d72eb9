/** A twin of the Rust backend in memory: for tests, and for looking at screens in a browser. */
import { type Backend, BackendError } from "./backend";
import type { IpcError, KeyView, Lifetime, LinkView, Signer, StartView } from "./bindings";

export type FakeOptions = {
  start?: Partial<StartView>;
  /** Commands that fail, and how. Remove one to let it succeed. */
  failing?: Partial<Record<keyof Backend, IpcError>>;
  /** Seconds from a link's making to its end, whatever was chosen. */
  lifetime?: number;
  locked?: boolean;
};

export const SAMPLE_KEY: KeyView = {
  id: "0123456789abcdef0123456789abcdef",
  name: "Client papers",
  site: "https://docs.example.com",
  host: "docs.example.com",
  publicKeyId: "K2JCJMDEHXQW5F",
  kind: "p256",
  fingerprint: "8f2c".repeat(16),
};

const SECONDS: Record<Lifetime["kind"], number> = {
  oneMinute: 60,
  oneHour: 3_600,
  endOfToday: 20_000,
  oneDay: 86_400,
  sevenDays: 604_800,
  thirtyDays: 2_592_000,
  until: 0,
};

const now = () => Math.floor(Date.now() / 1000);

export class Fake implements Backend {
  readonly options: FakeOptions;
  readonly calls: { command: string; request: unknown }[] = [];
  clipboard = "";
  keys: KeyView[];

  constructor(options: FakeOptions = {}) {
    this.options = options;
    this.keys = options.start?.keys ?? [];
  }

  private async does<T>(command: keyof Backend, request: unknown, answer: () => T): Promise<T> {
    this.calls.push({ command, request });
    await Promise.resolve();
    const failure = this.options.failing?.[command];
    if (failure !== undefined) throw new BackendError(failure);
    return answer();
  }

  start() {
    return this.does("start", null, (): StartView => ({
      keys: this.keys,
      lastSigner: this.keys[0] === undefined ? null : { kind: "key", id: this.keys[0].id },
      lastLifetime: null,
      clock: { kind: "plausible" },
      setAside: null,
      ...this.options.start,
    }));
  }

  addKey(request: Parameters<Backend["addKey"]>[0]) {
    return this.does("addKey", request, () => {
      if (this.options.locked === true) {
        return { kind: "passphraseNeeded" as const, fileName: "signing.pem" };
      }
      return this.added(request.name);
    });
  }

  unlockKey(passphrase: string) {
    return this.does("unlockKey", passphrase.length, () => this.added(SAMPLE_KEY.name));
  }

  private added(name: string) {
    const key = { ...SAMPLE_KEY, id: `${this.keys.length}`.repeat(32), name };
    this.keys = [...this.keys, key];
    return { kind: "added" as const, key, fileName: "signing.pem", folderName: "Downloads" };
  }

  forgetPendingKey() {
    return this.does("forgetPendingKey", null, () => undefined);
  }

  restoreKey(id: string) {
    return this.does("restoreKey", id, () => {
      if (this.options.locked === true) {
        return { kind: "passphraseNeeded" as const, fileName: "signing.pem" };
      }
      const key = this.keys.find((key) => key.id === id) ?? SAMPLE_KEY;
      return { kind: "added" as const, key, fileName: "signing.pem", folderName: "Downloads" };
    });
  }

  renameKey(request: { id: string; name: string }) {
    return this.does("renameKey", request, () => {
      const key = { ...SAMPLE_KEY, ...request };
      this.keys = this.keys.map((old) => (old.id === key.id ? key : old));
      return key;
    });
  }

  removeKey(id: string) {
    return this.does("removeKey", id, () => {
      this.keys = this.keys.filter((key) => key.id !== id);
    });
  }

  private host(signer: Signer) {
    return signer.kind === "practice" ? "127.0.0.1:40000" : SAMPLE_KEY.host;
  }

  previewAddress(request: { signer: Signer; address: string }) {
    return this.does("previewAddress", request, () => {
      if (request.address.trim() === "") throw new BackendError({ code: "addressEmpty" });
      const host = this.host(request.signer);
      const path = `/${encodeURIComponent(request.address)}`;
      return { url: `https://${host}${path}`, host, path, fileName: request.address };
    });
  }

  previewLifetime(lifetime: Lifetime) {
    return this.does("previewLifetime", lifetime, () => ({ expiresAt: this.end(lifetime) }));
  }

  private end(lifetime: Lifetime) {
    if (this.options.lifetime !== undefined) return now() + this.options.lifetime;
    if (lifetime.kind === "until") return Math.floor(Date.parse(lifetime.local) / 1000);
    return now() + SECONDS[lifetime.kind];
  }

  createLink(request: Parameters<Backend["createLink"]>[0]) {
    return this.does("createLink", request, (): LinkView => {
      const host = this.host(request.signer);
      const url = `https://${host}/${encodeURIComponent(request.address)}`;
      const expiresAt = this.end(request.lifetime);
      return {
        ...request,
        link: `${url}?Expires=${expiresAt}&Signature=MEUCIQ~~&Key-Pair-Id=K2JCJMDEHXQW5F`,
        url,
        host,
        fileName: request.address,
        createdAt: now(),
        expiresAt,
        qr: { modules: 45, path: "M4 4h7v7h-7zM42 4h7v7h-7zM4 42h7v7h-7zM20 20h12v9h-12z" },
      };
    });
  }

  copyText(text: string) {
    return this.does("copyText", text, () => {
      this.clipboard = text;
    });
  }

  saveQr(request: { format: string; suggestedName: string }) {
    return this.does("saveQr", request, () => ({
      kind: "saved" as const,
      fileName: `${request.suggestedName}.${request.format}`,
    }));
  }

  openLink(link: string) {
    return this.does("openLink", link, () => undefined);
  }

  startPractice() {
    return this.does("startPractice", null, () => ({
      site: "http://127.0.0.1:40000",
      host: "127.0.0.1:40000",
      documentAddress: "Practice letter.html",
    }));
  }

  leavePractice() {
    return this.does("leavePractice", null, () => undefined);
  }
}

/** `?keys&locked&strange&lifetime=5&fail=addKey:keychainLocked` sets the stage for a browser. */
export function fakeFromAddress(search: string): Fake {
  const asked = new URLSearchParams(search);
  const options: FakeOptions = { locked: asked.has("locked") };
  if (asked.has("keys")) options.start = { keys: [SAMPLE_KEY] };
  if (asked.has("strange")) {
    options.start = { ...options.start, clock: { kind: "wrong", now: 0 }, setAside: "settings.damaged-1.json" };
  }
  if (asked.has("lifetime")) options.lifetime = Number(asked.get("lifetime"));
  const [command, code] = (asked.get("fail") ?? "").split(":");
  if (command !== undefined && code !== undefined) {
    options.failing = { [command]: { code, name: "Client papers", fileName: "signing.pem", host: "docs.example.com" } };
  }
  return new Fake(options);
}
