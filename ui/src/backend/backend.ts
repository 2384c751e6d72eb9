/** What the screens may ask for. One twin speaks with Rust, the other is for tests. */
import type {
  AddKeyOutcome,
  AddKeyRequest,
  AddressRequest,
  AddressView,
  CreateLinkRequest,
  IpcError,
  KeyView,
  Lifetime,
  LifetimeView,
  LinkView,
  PracticeView,
  RenameKeyRequest,
  SaveOutcome,
  SaveQrRequest,
  StartView,
} from "./bindings";

/** Every promise rejects with a {@link BackendError} and nothing else. */
export interface Backend {
  start(): Promise<StartView>;
  addKey(request: AddKeyRequest): Promise<AddKeyOutcome>;
  unlockKey(passphrase: string): Promise<AddKeyOutcome>;
  forgetPendingKey(): Promise<void>;
  restoreKey(id: string): Promise<AddKeyOutcome>;
  renameKey(request: RenameKeyRequest): Promise<KeyView>;
  removeKey(id: string): Promise<void>;
  previewAddress(request: AddressRequest): Promise<AddressView>;
  previewLifetime(lifetime: Lifetime): Promise<LifetimeView>;
  createLink(request: CreateLinkRequest): Promise<LinkView>;
  /** Resolves once the text was read back from the clipboard. */
  copyText(text: string): Promise<void>;
  saveQr(request: SaveQrRequest): Promise<SaveOutcome>;
  openLink(link: string): Promise<void>;
  startPractice(): Promise<PracticeView>;
  leavePractice(): Promise<void>;
}

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
