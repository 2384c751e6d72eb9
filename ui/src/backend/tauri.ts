/** The only file that speaks with Tauri. */
import { Channel, invoke } from "@tauri-apps/api/core";

import { type Backend, BackendError } from "./backend";
import type { IpcError } from "./bindings";

const call = <T>(command: string, request?: unknown) => ask<T>(command, request === undefined ? {} : { request });

async function ask<T>(command: string, words: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, words);
  } catch (error) {
    throw new BackendError(isIpcError(error) ? error : { code: "internal" });
  }
}

/** So many messages went over the place of an earlier one in every trial; half of them were enough. */
const OVERWRITING = 16;

/**
 * A call with a passphrase. The webview hands its messages to Rust through memory of its own, which it does not wipe
 * but uses again for the next ones of that size. So some follow that hold nothing, and are refused for their shape.
 */
const callInSecret = <T>(command: string, request: unknown) =>
  call<T>(command, request).finally(() => {
    void overwrite(new TextEncoder().encode(JSON.stringify(request)).length);
  });

async function overwrite(bytes: number) {
  const nothing = "0".repeat(bytes - '""'.length);
  for (let n = 0; n < OVERWRITING; n += 1) await call("preview_lifetime", nothing).catch(() => undefined);
}

/** Tauri's own refusals (a command denied, a request of the wrong shape) are plain strings. */
function isIpcError(error: unknown): error is IpcError {
  return typeof error === "object" && error !== null && "code" in error;
}

export const tauri: Backend = {
  start: () => call("start"),
  watchKeys: (listener) => ask("watch_keys", { channel: new Channel(listener) }),
  addKey: (request) => call("add_key", request),
  unlockKey: (passphrase) => callInSecret("unlock_key", { passphrase }),
  forgetPendingKey: () => call("forget_pending_key"),
  restoreKey: (id) => call("restore_key", { id }),
  renameKey: (request) => call("rename_key", request),
  changeHash: (request) => call("change_hash", request),
  removeKey: (id) => call("remove_key", { id }),
  makeKey: (request) => call("make_key", request),
  connectKey: (request) => call("connect_key", request),
  replaceKey: (request) => call("replace_key", request),
  replacement: (id) => call("replacement", { id }),
  switchKey: (request) => call("switch_key", request),
  renameMadeKey: (request) => call("rename_made_key", request),
  showPublicKey: (id) => call("show_public_key", { id }),
  copyPublicKey: (id) => call("copy_public_key", { id }),
  savePublicKey: (id) => call("save_public_key", { id }),
  backUpKey: (request) => callInSecret("back_up_key", request),
  findOrphans: () => call("find_orphans"),
  restoreOrphan: (request) => call("restore_orphan", request),
  removeOrphan: (request) => call("remove_orphan", request),
  previewAddress: (request) => call("preview_address", request),
  previewLifetime: (lifetime) => call("preview_lifetime", { lifetime }),
  previewLimits: (request) => call("preview_limits", request),
  createLink: (request) => call("create_link", request),
  copyText: (text) => call("copy_text", { text }),
  saveQr: (request) => call("save_qr", request),
  inspectLink: (text) => call("inspect_link", { text }),
  tryLink: (text) => call("try_link", { text }),
  tryRow: (id) => call("try_row", { id }),
  stopTrying: () => call("stop_trying"),
  openLink: (link) => call("open_link", { link }),
  listHistory: (request) => call("list_history", request),
  historyKeys: () => call("history_keys"),
  copyAgain: (id) => call("copy_again", { id }),
  recipeOf: (id) => call("recipe_of", { id }),
  setNote: (request) => call("set_note", request),
  removeEntries: (ids) => call("remove_entries", { ids }),
  restoreEntries: (ids) => call("restore_entries", { ids }),
  clearHistory: () => call("clear_history"),
  exportHistory: (withLinks) => call("export_history", { withLinks }),
  linksOfKey: (keyId) => call("links_of_key", { keyId }),
  watchDrops: (listener) => ask("watch_drops", { channel: new Channel(listener) }),
  readList: (request) => call("read_list", request),
  chooseList: (request) => call("choose_list", request),
  listRows: (request) => call("list_rows", request),
  mendRow: (request) => call("mend_row", request),
  leaveOutRows: (request) => call("leave_out_rows", request),
  leaveOutProblems: () => call("leave_out_problems"),
  answerList: (request) => call("answer_list", { request }),
  createMany: (lifetime) => call("create_many", { lifetime }),
  manyState: () => call("many_state"),
  stopMany: () => call("stop_many"),
  retryMany: () => call("retry_many"),
  resumeMany: () => call("resume_many"),
  dropMany: () => call("drop_many"),
  copyRow: (id) => call("copy_row", { id }),
  copyAllRows: () => call("copy_all_rows"),
  saveRows: () => call("save_rows"),
  sheetCodes: (request) => call("sheet_codes", request),
  printSheet: () => call("print_sheet"),
  setUp: () => call("set_up"),
  answerSetUp: (answers) => call("answer_set_up", answers),
  clearSetUp: () => call("clear_set_up"),
  takeSentBack: (request) => call("take_sent_back", request),
  copySetUpValue: (request) => call("copy_set_up_value", request),
  saveHandOver: (request) => call("save_hand_over", request),
  connectSetUp: () => call("connect_set_up"),
  awsPlaces: () => call("aws_places"),
  planSetUp: () => call("plan_set_up"),
  applySetUp: () => call("apply_set_up"),
  setUpWork: () => call("set_up_work"),
  stopSetUp: () => call("stop_set_up"),
  setUpMade: () => call("set_up_made"),
  takeBackSetUp: () => call("take_back_set_up"),
  checkSetUp: (request) => call("check_set_up", request),
  startPractice: () => call("start_practice"),
  leavePractice: () => call("leave_practice"),
};
