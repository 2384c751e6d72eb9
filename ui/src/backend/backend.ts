/** What the screens may ask for. One twin speaks with Rust, the other is for tests. */
import type { Commands, IpcError, SetUpAnswers } from "./bindings";

export type Backend = Commands;

/** A set-up that nobody has answered anything of. */
export const noAnswers = (): SetUpAnswers => ({
  keyId: "",
  bucket: "",
  region: "",
  distributionId: "",
  publicKeyId: "",
  arn: "",
  domain: "",
  done: [],
  profile: "",
});

/** Carries the error that Rust gave across a rejected promise. */
export class BackendError extends Error {
  readonly data: IpcError;

  constructor(data: IpcError) {
    super(data.code);
    this.name = "BackendError";
    this.data = data;
  }
}

/** The error in words the screens know; what no backend threw is our own mistake. */
export function asIpcError(error: unknown): IpcError {
  return error instanceof BackendError ? error.data : { code: "internal" };
}
