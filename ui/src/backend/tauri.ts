/** The only file that speaks with Tauri. */
import { invoke } from "@tauri-apps/api/core";

import { type Backend, BackendError } from "./backend";
import type { IpcError } from "./bindings";

async function call<T>(command: string, request?: unknown): Promise<T> {
  try {
    return await invoke<T>(command, request === undefined ? {} : { request });
  } catch (error) {
    throw new BackendError(isIpcError(error) ? error : { code: "internal" });
  }
}

/** Tauri's own refusals (a command denied, a request of the wrong shape) are plain strings. */
function isIpcError(error: unknown): error is IpcError {
  return typeof error === "object" && error !== null && "code" in error;
}

export const tauri: Backend = {
  start: () => call("start"),
  addKey: (request) => call("add_key", request),
  unlockKey: (passphrase) => call("unlock_key", { passphrase }),
  forgetPendingKey: () => call("forget_pending_key"),
  restoreKey: (id) => call("restore_key", { id }),
  renameKey: (request) => call("rename_key", request),
  removeKey: (id) => call("remove_key", { id }),
  previewAddress: (request) => call("preview_address", request),
  previewLifetime: (lifetime) => call("preview_lifetime", { lifetime }),
  createLink: (request) => call("create_link", request),
  copyText: (text) => call("copy_text", { text }),
  saveQr: (request) => call("save_qr", request),
  openLink: (link) => call("open_link", { link }),
  startPractice: () => call("start_practice"),
  leavePractice: () => call("leave_practice"),
};
