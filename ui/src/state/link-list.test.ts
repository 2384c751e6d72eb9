import { afterEach, expect, test, vi } from "vitest";

import { Fake } from "../backend/fake";
import { sampleEntries } from "../backend/fake-history";
import { RSA_SITE, SAMPLE_SITE } from "../backend/fake-sites";
import { LinkList } from "./link-list.svelte";

const SITES = [SAMPLE_SITE, RSA_SITE];

afterEach(() => vi.useRealTimers());

const start = async (count: number) => {
  const backend = new Fake({ entries: sampleEntries(count, SITES) });
  const list = new LinkList(backend);
  await list.ask();
  const asked = () => backend.calls.map(({ request }) => (request as { skip: number }).skip);
  return { backend, list, asked };
};

/** The ids in their places, undefined for a row that is not here. */
const places = ({ rows }: LinkList) => Array.from({ length: rows?.length ?? 0 }, (_, index) => rows?.at(index)?.id);

const holes = (list: LinkList) => places(list).filter((id) => id === undefined).length;

test("only what is needed is fetched, and nothing twice", async () => {
  const { list, asked } = await start(1_000);
  expect([list.rows?.length, list.total, holes(list)]).toEqual([1_000, 1_000, 900]);
  list.need(0, 100);
  list.need(450, 505);
  list.need(460, 515);
  await vi.waitFor(() => expect(holes(list)).toBe(700));
  list.need(450, 505);
  expect(asked()).toEqual([0, 400, 500]);
});

test("a page that holds fewer rows than it should is asked for once", async () => {
  const { backend, list, asked } = await start(300);
  const all = backend.history.list.bind(backend.history);
  vi.spyOn(backend.history, "list").mockImplementation((request) => {
    const view = all(request);
    return { ...view, entries: view.entries.slice(1) };
  });
  list.need(100, 200);
  await vi.waitFor(() => expect(holes(list)).toBe(101));
  list.need(100, 200);
  await Promise.resolve();
  expect(asked()).toEqual([0, 100]);
});

test("a page that could not be fetched is asked for again", async () => {
  const { backend, list, asked } = await start(300);
  backend.options.failing = { listHistory: { code: "history", why: "unreadable" } };
  list.need(100, 200);
  await vi.waitFor(() => expect(list.error).toEqual({ code: "history", why: "unreadable" }));
  backend.options.failing = {};
  list.need(100, 200);
  await vi.waitFor(() => expect(holes(list)).toBe(100));
  expect(asked()).toEqual([0, 100, 100]);
});

test("what was changed elsewhere is asked for anew", async () => {
  const { backend, list } = await start(300);
  backend.history.remove([300]);
  list.need(100, 200);
  await vi.waitFor(() => expect(list.rows?.length).toBe(299));
  expect(list.rows?.at(0)?.id).not.toBe(300);
});

test("a removal while a question is under way does not lose its answer", async () => {
  const { backend, list } = await start(300);
  const entry = list.rows?.at(0);
  if (entry === undefined) throw new Error("a first row");
  void list.ask({ search: "résumé" });
  backend.history.remove([entry.id]);
  const index = list.drop(entry.id);
  expect(index).toBe(-1);
  await vi.waitFor(() => expect(list.rows?.length).toBe(42));
  backend.history.restore([entry.id]);
  list.putBack(entry, index);
  await vi.waitFor(() => expect(list.rows?.at(0)?.id).toBe(entry.id));
  expect(list.rows?.length).toBe(43);
});

test("nothing is fetched for rows that are about to be others", async () => {
  const { list, asked } = await start(300);
  const answer = list.ask({ sort: "name" });
  list.need(100, 200);
  await answer;
  expect(asked()).toEqual([0, 0]);
  list.need(100, 200);
  await vi.waitFor(() => expect(holes(list)).toBe(100));
});

test("after a removal the rows behind it are found in their new places", async () => {
  const { backend, list } = await start(300);
  const ids = backend.history
    .list({ search: "", state: null, keyId: null, sort: "newest", skip: 0, take: 300 })
    .entries.map(({ id }) => id);
  const first = list.rows?.at(0);
  if (first === undefined) throw new Error("a first row");
  backend.history.remove([first.id]);
  expect(list.drop(first.id)).toBe(0);
  list.need(0, 299);
  await vi.waitFor(() => expect(holes(list)).toBe(0));
  expect(places(list)).toEqual(ids.slice(1));
  backend.history.restore([first.id]);
  list.putBack(first, 0);
  expect(places(list)).toEqual(ids);
});

test("a changed row stands where the old one stood", async () => {
  const { list } = await start(300);
  const before = places(list);
  const entry = list.rows?.at(7);
  if (entry === undefined) throw new Error("an eighth row");
  list.replace({ ...entry, note: "for Ms Okafor" });
  expect(list.rows?.at(7)?.note).toBe("for Ms Okafor");
  expect(places(list)).toEqual(before);
});

test("what a newer version wrote is counted once, page by page", async () => {
  const backend = new Fake({ entries: sampleEntries(300, SITES), unreadable: [299, 150, 149] });
  const list = new LinkList(backend);
  await list.ask();
  expect(list.unreadable).toBe(1);
  list.need(100, 200);
  await vi.waitFor(() => expect(list.unreadable).toBe(3));
  await list.ask({ search: "nothing is called this" });
  expect(list.unreadable).toBe(0);
});

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A list whose links begin and end while the clock is told what it is. */
const startAt = async (now: number) => {
  vi.useFakeTimers({ toFake: ["Date"], now: now * 1000 });
  const [sample] = sampleEntries(1, SITES);
  if (sample === undefined) throw new Error("one sample");
  const entries = [
    { ...sample, id: 1, startsAt: null, expiresAt: now + 90 },
    { ...sample, id: 2, startsAt: now + 30, expiresAt: now + 5 * HOUR },
    { ...sample, id: 3, startsAt: null, expiresAt: now + HOUR + 600 },
    { ...sample, id: 4, startsAt: null, expiresAt: now - 1 },
  ];
  const backend = new Fake({ entries });
  const list = new LinkList(backend);
  await list.ask();
  const counts = () => [list.counts.waiting, list.counts.works, list.counts.ending, list.counts.ended];
  const tick = (seconds: number, isWorkedOn = () => false) => {
    vi.setSystemTime((now + seconds) * 1000);
    return list.keepCounted((now + seconds) * 1000, isWorkedOn);
  };
  return { backend, list, counts, tick };
};

const NOW = 1_800_000_000;

test("counts are asked for when a link begins or ends, and not before", async () => {
  const { backend, counts, tick } = await startAt(NOW);
  expect(counts()).toEqual([1, 1, 1, 1]);
  expect(await tick(29)).toBe(false);
  expect(backend.calls).toHaveLength(1);
  expect(await tick(30)).toBe(true);
  expect(counts()).toEqual([0, 2, 1, 1]);
  expect(await tick(89)).toBe(false);
  expect(await tick(90)).toBe(true);
  expect(counts()).toEqual([0, 2, 0, 2]);
  expect(await tick(601)).toBe(true);
  expect(counts()).toEqual([0, 1, 1, 2]);
  expect(backend.calls.slice(1).every(({ request }) => (request as { take: number }).take === 0)).toBe(true);
});

test("each minute the counts are looked at again, for others make links too", async () => {
  const { backend, list, counts, tick } = await startAt(NOW);
  await tick(30);
  await tick(90);
  const [first] = backend.history.entries;
  if (first === undefined) throw new Error("a first entry");
  backend.history.entries = [...backend.history.entries, { ...first, id: 9, expiresAt: NOW + 7 * HOUR }];
  expect(await tick(149)).toBe(false);
  expect(await tick(150)).toBe(true);
  expect(counts()).toEqual([0, 3, 0, 2]);
  expect(list.rows?.length).toBe(5);
});

test("rows of a state that is looked at go when it has passed, but not under somebody's hands", async () => {
  const { list, tick } = await startAt(NOW);
  await list.ask({ state: "ending" });
  await tick(30);
  expect(list.rows?.length).toBe(1);
  await tick(90, () => true);
  expect([list.rows?.length, list.counts.ending]).toEqual([1, 0]);
  await tick(150);
  expect(list.rows?.length).toBe(0);
});

test("an answer to an earlier question changes no count", async () => {
  const { list, counts, tick } = await startAt(NOW);
  const late = tick(30);
  const answer = list.ask({ search: "no document is called this" });
  expect(await late).toBe(false);
  await answer;
  expect(counts()).toEqual([0, 0, 0, 0]);
});

test("a list that cannot be read is asked again a minute later", async () => {
  const { backend, list, tick } = await startAt(NOW);
  backend.options.failing = { listHistory: { code: "history", why: "unreadable" } };
  expect(await tick(30)).toBe(false);
  const asked = backend.calls.length;
  expect(await tick(31)).toBe(false);
  expect(backend.calls).toHaveLength(asked);
  expect(list.error).toBeNull();
  backend.options.failing = {};
  expect(await tick(90)).toBe(true);
});
