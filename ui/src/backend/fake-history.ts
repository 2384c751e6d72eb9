/** The history of the fake backend: made links in memory, and samples of them to look at. */
import { secondsLeft, stateOf } from "../time/countdown";
import { BackendError } from "./backend";
import type { EntryView, HistoryKeyView, HistoryRequest, HistoryView, KeyView, RecipeView, SiteView, StateCounts } from "./bindings";

type Ordered = { of: EntryView[]; sort: HistoryRequest["sort"]; entries: EntryView[]; texts: string[] };

export class FakeHistory {
  entries: EntryView[];
  private removed: EntryView[] = [];
  private next: number;
  private readonly unreadable: number[];
  private ordered: Ordered | null = null;

  /** Entries with one of the ids `unreadable` are counted, and never shown. */
  constructor(entries: EntryView[], unreadable: number[] = []) {
    this.entries = entries;
    this.unreadable = unreadable;
    this.next = entries.length + 1;
  }

  list({ search, state, keyId, sort, skip, take }: HistoryRequest): HistoryView {
    const wanted = search.trim().toLowerCase();
    const { entries, texts } = this.inOrder(sort);
    const ofAnyState = entries.filter((entry, index) => (texts[index] ?? "").includes(wanted) && (keyId === null || entry.keyId === keyId));
    const matching = state === null ? ofAnyState : ofAnyState.filter((entry) => stateNow(entry) === state);
    return this.view(matching.slice(skip, skip + take), matching.length, skip === 0 ? counted(ofAnyState) : null);
  }

  /** Kept until the entries are others, so that the search of many is not what the bench measures. */
  private inOrder(sort: HistoryRequest["sort"]): Ordered {
    if (this.ordered?.of !== this.entries || this.ordered.sort !== sort) {
      const entries = this.entries.toSorted(SORTS[sort]);
      this.ordered = { of: this.entries, sort, entries, texts: entries.map(searched) };
    }
    return this.ordered;
  }

  ofKey(keyId: string): HistoryView {
    const working = this.entries.filter((entry) => entry.keyId === keyId && stateNow(entry) !== "ended").sort(SORTS.newest);
    return this.view(working.slice(0, 100), working.length, counted(working));
  }

  private view(entries: EntryView[], found: number, counts: StateCounts | null): HistoryView {
    const readable = entries.filter(({ id }) => !this.unreadable.includes(id));
    return { entries: readable, found, total: this.entries.length, counts, unreadable: entries.length - readable.length };
  }

  keys(here: KeyView[]): HistoryKeyView[] {
    const known = new Map(this.entries.map(({ keyId, keyName }) => [keyId, { id: keyId, name: keyName, isHere: false }]));
    for (const { id, name } of here) known.set(id, { id, name, isHere: true });
    return [...known.values()];
  }

  add(entry: Omit<EntryView, "id">): number {
    const id = this.next++;
    this.entries = [...this.entries, { ...entry, id }];
    return id;
  }

  find(id: number): EntryView {
    const entry = this.entries.find((entry) => entry.id === id);
    if (entry === undefined) throw new BackendError({ code: "entryUnknown" });
    return entry;
  }

  /** The link's making, by the site that has its key now. */
  recipe(id: number, siteOf: (keyId: string) => SiteView): RecipeView {
    const { keyId, url, host, network, folder, note } = this.find(id);
    const limits = { start: null, network: network ?? "", folder };
    const site = siteOf(keyId);
    const address = site.host === host ? decodeURIComponent(new URL(url).pathname.slice(1)) : url;
    return { signer: { kind: "site", id: site.id }, address, limits, lifetime: { kind: "sevenDays" }, note };
  }

  change({ id, note }: { id: number; note: string }): EntryView {
    const changed = { ...this.find(id), note };
    this.entries = this.entries.map((old) => (old.id === id ? changed : old));
    return changed;
  }

  remove(ids: number[]): void {
    this.removed = [...this.removed, ...ids.map((id) => this.find(id))];
    this.entries = this.entries.filter(({ id }) => !ids.includes(id));
  }

  restore(ids: number[]): void {
    this.entries = [...this.entries, ...this.removed.filter(({ id }) => ids.includes(id))];
    this.removed = this.removed.filter(({ id }) => !ids.includes(id));
  }

  clear(): void {
    this.entries = this.removed = [];
  }
}

/** How many there are of each state, and until when that is so. Of many, this is what the bench measures. */
function counted(entries: EntryView[]): StateCounts {
  const now = Date.now();
  const counts: StateCounts = { waiting: 0, works: 0, ending: 0, ended: 0, nextChange: null };
  let next = Infinity;
  for (const { startsAt, expiresAt } of entries) {
    const state = stateOf(secondsLeft(expiresAt, now), startsAt === null ? 0 : secondsLeft(startsAt, now));
    counts[state]++;
    if (state === "ended") continue;
    const change = state === "waiting" ? (startsAt ?? expiresAt) : state === "works" ? expiresAt - HOUR + 1 : expiresAt;
    if (change < next) next = change;
  }
  if (next !== Infinity) counts.nextChange = next;
  return counts;
}

const stateNow = ({ startsAt, expiresAt }: EntryView) =>
  stateOf(secondsLeft(expiresAt, Date.now()), startsAt === null ? 0 : secondsLeft(startsAt, Date.now()));

/** What of an entry is searched. */
const searched = ({ fileName, url, keyName, note }: EntryView) => [fileName, url, keyName, note].join("\n").toLowerCase();

const SORTS: Record<HistoryRequest["sort"], (a: EntryView, b: EntryView) => number> = {
  newest: (a, b) => b.createdAt - a.createdAt || b.id - a.id,
  endsFirst: (a, b) => a.expiresAt - b.expiresAt || b.id - a.id,
  name: (a, b) => a.fileName.localeCompare(b.fileName) || b.id - a.id,
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What the samples repeat: how long each still works, and what is special about it. */
const SAMPLES: (Pick<EntryView, "fileName" | "note" | "network" | "folder"> & { left: number; starts?: number })[] = [
  { fileName: "Q3 résumé + notes.pdf", note: "for Ms Okafor", network: null, folder: null, left: 7 * DAY - MINUTE },
  { fileName: "Lease 14 Mill Lane.pdf", note: "", network: null, folder: null, left: 47 * MINUTE },
  { fileName: "November minutes.pdf", note: "", network: "203.0.113.0/24", folder: "/board/2026-11/*", left: 12 * DAY + 4 * HOUR },
  { fileName: "Offer letter.pdf", note: "Jun Sato", network: null, folder: null, left: -20 * HOUR },
  {
    fileName: "Statement of the independent auditor on the consolidated accounts 2025.pdf",
    note: "the bank, before they meet on Thursday",
    network: null,
    folder: null,
    left: 30 * DAY - HOUR,
    starts: 2 * HOUR,
  },
  { fileName: "عرض السعر.pdf", note: "", network: null, folder: null, left: 5 * HOUR + 2 * MINUTE },
  { fileName: "Plans.zip", note: "", network: null, folder: null, left: -90 * DAY },
];

/** The same entries at every call, but for the moment from which they are counted. */
export function sampleEntries(count: number, sites: SiteView[]): EntryView[] {
  const made = sites.flatMap(({ host, keys }) => keys.map((key) => ({ host: host ?? "", key })));
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, index) => {
    const sample = SAMPLES[index % SAMPLES.length] as (typeof SAMPLES)[number];
    const { host, key } = made[index % made.length] as (typeof made)[number];
    const { fileName, note, network, folder, left, starts } = sample;
    return {
      id: count - index,
      fileName,
      url: `https://${host}/${encodeURIComponent(fileName)}`,
      host,
      keyId: key.id,
      keyName: key.name,
      keyIsHere: true,
      createdAt: now - (index + 1) * 37 * MINUTE - Math.max(0, -left),
      startsAt: starts === undefined ? null : now + starts,
      expiresAt: now + left,
      network,
      folder,
      note,
    };
  });
}
