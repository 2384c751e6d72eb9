/**
 * The window's first journey over what Rust answered, as `tests/ipc/journey.rs` recorded it: what the screens ask is
 * what Rust was asked, and the fake answers in the same shapes.
 */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import App from "../App.svelte";
import type { Backend } from "../backend/backend";
import { COMMANDS } from "../backend/bindings";
import { Fake } from "../backend/fake";
import { Replay, type Step } from "../backend/replay";
import { click, type, valueOf } from "./journey-steps";
import recorded from "./recorded.json";

const STEPS = recorded as Step[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 12) });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** From the welcome over practice and a key to a link, the list of links and the check of one. */
async function journey(backend: Backend) {
  render(App, { backend });
  await click("Try it with a practice document");
  await screen.findByText(/Nothing is kept/);
  await click("Create link");
  expect(await valueOf("Link")).toContain("Signature=");
  await screen.findByText("Tried just now: it opens the document.");
  await click("Leave practice");

  await click("I have a key file");
  await type("Name of the site", "Client papers");
  await type("Site address", "docs.example.com");
  await type("Public key ID", "K2JCJMDEHXQW5F");
  await click("Choose key file…");
  await screen.findByText("“Client papers” is ready.");
  await screen.findByText(/signing.pem stays in the folder Downloads/);
  await click("Make a link");
  await type("Which document?", "a.pdf");
  await fireEvent.click(await screen.findByRole("radio", { name: "One hour" }));
  await click("Create link");
  const link = await valueOf("Link");
  // Rust was told not to try it; the fake was not.
  await screen.findByText(/^(It was not tried|Tried just now)/);
  await click("My links");
  await screen.findByText("a.pdf");
  await click("Check a link");
  await type("Link", link);
  await click("Check");
  await screen.findByRole("heading", { level: 2 });
}

test("the screens go their way over what Rust answered, and ask nothing else", async () => {
  const replay = new Replay(STEPS);
  await journey(replay.backend);
  expect(screen.getByRole("heading", { level: 2 }).textContent).toMatch(/^It works until /);
  await waitFor(() => expect(replay.commandsLeft).toEqual([]));
  expect(replay.unknown).toEqual([]);
});

/** Whether there are the same fields of the same types; what is null here or there, or is of another kind, is compared no further. */
function isAlike(one: unknown, other: unknown): boolean {
  if (one === null || other === null) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === 0 || other.length === 0 || isAlike(one[0], other[0]);
  if (typeof one !== "object" || typeof other !== "object") return typeof one === typeof other;
  if ("kind" in one && "kind" in other && one.kind !== other.kind) return true;
  const [names, others] = [Object.keys(one).sort(), Object.keys(other).sort()];
  return (
    names.join() === others.join() &&
    names.every((name) => isAlike((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]))
  );
}

test("the fake answers in the shapes of Rust", async () => {
  const answers: { command: string; answer: unknown }[] = [];
  const fake = new Fake({});
  const methods = Object.entries(COMMANDS).map(([name, [command]]) => [
    name,
    async (...given: unknown[]) => {
      const answer: unknown = await (fake[name as keyof Backend] as (...given: unknown[]) => unknown)(...given);
      answers.push({ command, answer });
      return answer;
    },
  ]);
  await journey(Object.fromEntries(methods) as Backend);
  const real = STEPS.flatMap((step) => ("answer" in step && step.answer !== null ? [step] : []));
  for (const { command, answer } of real) {
    await waitFor(() => expect(answers.map((one) => one.command)).toContain(command));
    const given = answers.filter((one) => one.command === command);
    for (const one of given) expect(isAlike(answer, one.answer ?? null), `${command}: ${JSON.stringify(one.answer)}`).toBe(true);
  }
  expect(isAlike({ a: [{ b: 1 }] }, { a: [{ b: "1" }] }), "the control").toBe(false);
  expect(isAlike({ a: 1 }, { a: 1, b: null }), "the control").toBe(false);
});
