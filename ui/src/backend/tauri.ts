/** The only file that speaks with Tauri. */
import { Channel, invoke } from "@tauri-apps/api/core";

import { type Backend, BackendError } from "./backend";
import { COMMANDS, type IpcError } from "./bindings";

/**
 * The commands that carry a passphrase. The webview hands its messages to Rust through memory of its own, which it
 * does not wipe but uses again for the next ones of that size. So some follow that hold nothing, and are refused for
 * their shape: more than once, because WebKit's allocator takes a place back only some time after it was given up, and
 * what comes before that goes elsewhere.
 */
const SECRET: ReadonlySet<string> = new Set(["unlockKey", "backUpKey"] satisfies (keyof Backend)[]);

/** So many messages at once went over the place of an earlier one in every trial; half of them were enough. */
const OVERWRITING = 16;

/** When each of the rounds begins, in milliseconds after the one before. */
const ROUNDS = [0, 500, 1_500, 3_000, 5_000];

async function ask(command: string, words: Record<string, unknown>): Promise<unknown> {
  try {
    return await invoke(command, words);
  } catch (error) {
    throw new BackendError(isIpcError(error) ? error : { code: "internal" });
  }
}

async function overwrite(bytes: number) {
  const nothing = "0".repeat(bytes - '""'.length);
  for (const pause of ROUNDS) {
    await new Promise((resume) => setTimeout(resume, pause));
    for (let n = 0; n < OVERWRITING; n += 1) await ask("preview_lifetime", { request: nothing }).catch(() => undefined);
  }
}

/** Tauri's own refusals (a command denied, a request of the wrong shape) are plain strings. */
function isIpcError(error: unknown): error is IpcError {
  return typeof error === "object" && error !== null && "code" in error;
}

function client() {
  const methods = Object.entries(COMMANDS).map(([name, [command, given]]) => {
    if (given === "nothing") return [name, () => ask(command, {})];
    if (given === "listener") return [name, (listener: (told: unknown) => void) => ask(command, { channel: new Channel(listener) })];
    if (!SECRET.has(name)) return [name, (request: unknown) => ask(command, { request })];
    return [
      name,
      (request: unknown) =>
        ask(command, { request }).finally(() => void overwrite(new TextEncoder().encode(JSON.stringify(request)).length)),
    ];
  });
  // COMMANDS is printed from the same table as the types.
  return Object.fromEntries(methods) as Backend;
}

export const tauri: Backend = client();
