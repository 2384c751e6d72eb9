/**
 * A backend of what Rust answered in a test of its own: it gives each answer to the request it was given to, and
 * refuses a request that Rust was never asked. Listeners are told nothing.
 */
import { type Backend, BackendError } from "./backend";
import { COMMANDS, type IpcError } from "./bindings";

/** What was asked, in the order in which it was, and what came of it. */
export type Step = { command: string; request: unknown } & ({ answer: unknown } | { error: IpcError });

export class Replay {
  readonly backend: Backend;
  /** What nothing was recorded for. */
  readonly unknown: string[] = [];
  private readonly left: Step[];
  private readonly used: Step[] = [];

  constructor(steps: readonly Step[]) {
    this.left = [...steps];
    const methods = Object.entries(COMMANDS).map(([name, [command, given]]) => [
      name,
      async (request: unknown = null) => (given === "listener" ? undefined : this.answer(command, request)),
    ]);
    this.backend = Object.fromEntries(methods) as Backend;
  }

  /** What was recorded and not asked for. */
  get commandsLeft(): string[] {
    return this.left.map(({ command }) => command);
  }

  private answer(command: string, request: unknown): unknown {
    const step = this.next(command, request);
    if (step === undefined) {
      this.unknown.push(`${command} ${JSON.stringify(request)}`);
      throw new BackendError({ code: "internal" });
    }
    if ("error" in step) throw new BackendError(step.error);
    return structuredClone(step.answer);
  }

  /** The same question is answered once more as it was last. */
  private next(command: string, request: unknown): Step | undefined {
    const asked = inOrder(request);
    const isIt = (step: Step) => step.command === command && inOrder(step.request) === asked;
    const at = this.left.findIndex(isIt);
    if (at === -1) return this.used.findLast(isIt);
    this.used.push(...this.left.splice(at, 1));
    return this.used.at(-1);
  }
}

/** JSON whose fields are in one order. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );
}
