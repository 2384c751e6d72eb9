/** A file of this computer on its way to a site: how far it is, and what has to be asked first. */
import type { Backend } from "../backend/backend";
import type { AlreadyThereView, Existing, ShareOutcome, ShareProgressView, ShareRequest } from "../backend/bindings";

/** How often it is asked how far it is, in milliseconds. */
const LOOK = 200;

/** A document that is on a site, and its link. */
export type SharedDocument = Extract<ShareOutcome, { kind: "shared" }>;

type Made = (outcome: SharedDocument, request: ShareRequest) => void;

export class Sharing {
  readonly #backend: Backend;
  readonly #made: Made;
  /** How far it is; null while nothing is on its way. */
  progress = $state.raw<ShareProgressView | null>(null);
  /** What is there already under the document's name, until it is said what becomes of both. */
  there = $state.raw<AlreadyThereView | null>(null);

  /** @param made gets the link of a document that is on the site. */
  constructor(backend: Backend, made: Made) {
    this.#backend = backend;
    this.#made = made;
  }

  /** The number of the file that is on its way. */
  sending = $state.raw<number | null>(null);

  get isBusy(): boolean {
    return this.progress !== null;
  }

  /** Puts the document on the site and makes its link, unless something has to be asked first. */
  async share(request: Omit<ShareRequest, "existing">, existing: Existing, size: number): Promise<void> {
    this.there = null;
    this.progress = { sent: 0, size };
    this.sending = request.document;
    const timer = setInterval(() => void this.#look(), LOOK);
    try {
      const asked = { ...request, existing };
      const outcome = await this.#backend.shareDocument(asked);
      if (outcome.kind === "shared") this.#made(outcome, asked);
      else this.there = outcome.already;
    } finally {
      clearInterval(timer);
      this.progress = this.sending = null;
    }
  }

  stop(): void {
    void this.#backend.stopSharing();
  }

  forget(): void {
    this.there = null;
  }

  async #look(): Promise<void> {
    const progress = await this.#backend.shareProgress();
    // An answer that comes too late says nothing any more.
    if (this.progress !== null && progress !== null) this.progress = progress;
  }
}
