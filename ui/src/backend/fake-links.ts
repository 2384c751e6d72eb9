/** What the fake backend says of one link: what is typed for it, the link itself, and what comes of checking and trying one. */
import { BackendError } from "./backend";
import type {
  AddressRequest,
  AddressView,
  EndsRequest,
  EndsView,
  EntryView,
  FailReason,
  InspectionView,
  Lifetime,
  LimitsView,
  LinkRequest,
  LinkView,
  OpeningView,
  Signer,
  TrialAnswer,
  TrialView,
  VerdictView,
} from "./bindings";
import type { FakeHistory } from "./fake-history";
import { SAMPLE_KEY } from "./fake-keys";
import type { FakeSites } from "./fake-sites";

export type LinkOptions = {
  /** What is said of any link that is checked. */
  verdict?: VerdictView;
  /** What comes of trying any link, and after how many milliseconds. */
  trial?: Partial<TrialView>;
  trialTakes?: number;
  /** What comes of trying a link that was just made. */
  opening?: OpeningView;
  /** What comes of trying the document of a row. */
  rowTrials?: Record<number, TrialAnswer>;
  /** Seconds from a link's making to its end, whatever was chosen. */
  lifetime?: number;
  /** Why links that are made cannot be written into the history. */
  unlisted?: FailReason;
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

const PRACTICE_HOST = "127.0.0.1:40000";

const now = () => Math.floor(Date.now() / 1000);

export class FakeLinks {
  readonly #options: LinkOptions;
  readonly #sites: FakeSites;
  readonly #history: FakeHistory;
  /** The link that was made last, until it is tried. */
  #fresh: LinkRequest | null = null;
  #made = 0;
  /** Ends the trial that is under way. */
  stop: () => void = () => undefined;

  constructor(options: LinkOptions, sites: FakeSites, history: FakeHistory) {
    this.#options = options;
    this.#sites = sites;
    this.#history = history;
  }

  #host(signer: Signer): string {
    return signer.kind === "practice" ? PRACTICE_HOST : (this.#sites.find(signer.id).host ?? "");
  }

  address({ signer, address }: AddressRequest): AddressView {
    if (address.trim() === "") throw new BackendError({ code: "address", why: "empty" });
    const host = this.#host(signer);
    const path = `/${encodeURIComponent(address)}`;
    const folders = address.replace(/^https?:\/\/[^/]*\//, "").split("/");
    const fileName = folders.pop() ?? "";
    return { url: `https://${host}${path}`, host, path, folders, fileName };
  }

  end(lifetime: Lifetime): number {
    if (this.#options.lifetime !== undefined) return now() + this.#options.lifetime;
    if (lifetime.kind === "until") return Math.floor(Date.parse(lifetime.local) / 1000);
    return now() + SECONDS[lifetime.kind];
  }

  /** As on a clock on which days end when the site says. */
  ends({ signer }: EndsRequest): EndsView {
    const { lifetime } = this.#options;
    const dayEnd = signer.kind === "site" ? this.#sites.find(signer.id).dayEnd : "18:00";
    const [hour = 18, minute = 0] = dayEnd.split(":").map(Number);
    const evening = (days: number) => {
      const today = new Date();
      return Math.floor(new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour, minute).getTime() / 1000);
    };
    const end = (kind: Lifetime["kind"], otherwise: number) => (lifetime === undefined ? otherwise : this.end({ kind } as Lifetime));
    return {
      oneMinute: end("oneMinute", now() + 60),
      oneHour: end("oneHour", now() + 3_600),
      endOfToday: end("endOfToday", now() + SECONDS.endOfToday),
      oneDay: end("oneDay", evening(1)),
      sevenDays: end("sevenDays", evening(7)),
      thirtyDays: end("thirtyDays", evening(30)),
      dayEnd,
    };
  }

  limits({ limits, address }: LinkRequest): LimitsView {
    const network = limits.network.trim();
    const path = `/${encodeURIComponent(address)}`;
    return {
      startsAt: limits.start === null ? null : Math.floor(Date.parse(limits.start) / 1000),
      network:
        network === ""
          ? null
          : { text: network, readers: network === "0.0.0.0/0" ? "everybody" : network.startsWith("203.0.113.") ? "ofExamples" : "some" },
      folder:
        limits.folder === null
          ? null
          : {
              path: "/reports/*",
              examples: [
                { path, opens: true },
                { path: "/reports/another.pdf", opens: true },
                { path: "/elsewhere/another.pdf", opens: false },
              ],
            },
    };
  }

  create(request: LinkRequest): LinkView {
    const { note, ...asked } = request;
    this.#fresh = request;
    this.#made += 1;
    const host = this.#host(request.signer);
    const url = `https://${host}/${encodeURIComponent(request.address)}`;
    const expiresAt = this.end(request.lifetime);
    const limited = this.limits(request);
    const made = { url, host, fileName: request.address, createdAt: now(), expiresAt };
    return {
      ...asked,
      ...made,
      number: this.#made,
      link: `${url}?Expires=${expiresAt}&Signature=MEUCIQ~~&Key-Pair-Id=K2JCJMDEHXQW5F`,
      limited,
      ...this.#entered(request.signer, made, limited, note),
      qr: { modules: 45, path: "M4 4h7v7h-7zM42 4h7v7h-7zM4 42h7v7h-7zM20 20h12v9h-12z" },
    };
  }

  #entered(
    signer: Signer,
    made: Pick<EntryView, "url" | "host" | "fileName" | "createdAt" | "expiresAt">,
    limited: LimitsView,
    note: string,
  ): Pick<LinkView, "entryId" | "historyTrouble"> {
    if (signer.kind === "practice") return { entryId: null, historyTrouble: null };
    const { unlisted } = this.#options;
    if (unlisted !== undefined) return { entryId: null, historyTrouble: { reason: unlisted } };
    const { id, name } = this.#sites.signingKey(signer.id);
    const entryId = this.#history.add({
      ...made,
      keyId: id,
      keyName: name,
      keyIsHere: true,
      startsAt: limited.startsAt,
      network: limited.network?.text ?? null,
      folder: limited.folder?.path ?? null,
      note,
    });
    return { entryId, historyTrouble: null };
  }

  inspect(text: string): InspectionView {
    if (text.trim() === "") throw new BackendError({ code: "nothingPasted" });
    return {
      verdict: this.#options.verdict ?? { kind: "ended", at: now() - 86_400 },
      findings: [{ kind: "onlyFrom", network: "203.0.113.0/24", private: false }],
      repairs: [{ kind: "lineBreaks", count: 1 }, { kind: "htmlEntities" }],
      others: 1,
      mended: this.#options.verdict?.kind === "works" ? "https://docs.example.com/a.pdf?Expires=1&Signature=x" : null,
      document:
        this.#sites.list[0] === undefined ? null : { signer: { kind: "site", id: this.#sites.list[0].id }, typed: "reports/Q3 a.pdf" },
      details: {
        address: "https://docs.example.com/reports/Q3%20a.pdf",
        isCookies: false,
        isCustom: true,
        resource: "https://docs.example.com/reports/*",
        startsAt: null,
        endsAt: now() - 86_400,
        network: "203.0.113.0/24",
        keyId: SAMPLE_KEY.registration?.publicKeyId ?? null,
        key: SAMPLE_KEY.name,
        hash: "SHA-256",
        signature: "valid",
        signedWith: "P-256",
      },
    };
  }

  /** As `App::link_to_try` in Rust decides it, once for each link. */
  tryFresh(number: number): Promise<OpeningView> | OpeningView {
    const fresh = number === this.#made ? this.#fresh : null;
    if (fresh === null) throw new BackendError({ code: "trialCancelled" });
    this.#fresh = null;
    if (fresh.signer.kind === "site" && !this.#sites.find(fresh.signer.id).triesLinks) return { kind: "notTried", why: "switchedOff" };
    if ((this.limits(fresh).startsAt ?? 0) > now()) return { kind: "notTried", why: "notBegun" };
    return this.#later(this.#options.opening ?? { kind: "tried", answer: { kind: "opens" } });
  }

  /** Of a link, or of the document of a row. */
  answer(row?: number): Promise<TrialView> {
    const signed = row === undefined ? undefined : this.#options.rowTrials?.[row];
    const answer: TrialView = {
      host: "docs.example.com",
      signed: { kind: "opens" },
      likely: false,
      isPublic: false,
      clock: { kind: "right" },
    };
    return this.#later({ ...answer, ...this.#options.trial, ...(signed && { signed }) });
  }

  /** Sites answer after a while, or are stopped being asked. */
  #later<T>(answer: T): Promise<T> {
    this.stop();
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => resolve(answer), this.#options.trialTakes ?? 0);
      this.stop = () => {
        clearTimeout(timer);
        reject(new BackendError({ code: "trialCancelled" }));
      };
    });
  }
}
