/** Several files of this computer that go to a site together, as Rust has them; kept while other screens are looked at. */
import { asIpcError, type Backend } from "../backend/backend";
import type { Existing, FilesView, IpcError, Lifetime, ShareFilesRequest, UnfinishedFilesView } from "../backend/bindings";

/** How often it is asked how far they are, in milliseconds. */
const LOOK = 200;

export class ManyFiles {
  readonly #backend: Backend;
  files = $state.raw<FilesView | null>(null);
  /** Their names, where they were dropped: they may be on the site already. */
  names = $state.raw<readonly string[]>([]);
  /** The folder of the site into which they go. */
  folder = $state("");
  /** Null as long as nobody chose one: then it is the one with which the site's links begin. */
  lifetime = $state<Lifetime | null>(null);
  unfinished = $state.raw<UnfinishedFilesView | null>(null);
  /** What went wrong with the last step. */
  error = $state.raw<IpcError | null>(null);
  /** Whether a step is under way, which may take as long as the files take. */
  busy = $state(false);
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Files that were chosen or dropped, in the place of those before. */
  take(files: FilesView, names: readonly string[], folder: string): void {
    this.files = files;
    this.names = names;
    this.folder = folder;
    this.lifetime = this.error = null;
  }

  /** Asks how far they are. */
  async look(): Promise<void> {
    const { files, unfinished } = await this.#backend.filesState();
    this.files = files;
    this.unfinished = unfinished;
  }

  share(request: Omit<ShareFilesRequest, "existing">, existing: Existing): Promise<boolean> {
    return this.#run(() => this.#backend.shareFiles({ ...request, existing }));
  }

  /** Also with those of an earlier run. */
  goOn(): Promise<boolean> {
    return this.#run(() => this.#backend.goOnWithFiles());
  }

  stop(): void {
    void this.#backend.stopFiles();
  }

  /** What of them is on the site stays there, with its links. */
  async drop(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await this.#backend.dropFiles();
      await this.look();
      return true;
    } catch (thrown) {
      this.error = asIpcError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #run(step: () => Promise<FilesView>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    const mine: ReturnType<typeof setInterval> = (this.#timer = setInterval(() => void this.#follow(mine), LOOK));
    try {
      const done = step();
      // What stands there now is asked at once: that it began.
      void this.#follow(mine);
      this.files = await done;
      this.unfinished = null;
      return true;
    } catch (thrown) {
      this.error = asIpcError(thrown);
      return false;
    } finally {
      clearInterval(mine);
      this.#timer = undefined;
      this.busy = false;
    }
  }

  async #follow(mine: ReturnType<typeof setInterval>): Promise<void> {
    const { files } = await this.#backend.filesState();
    // An answer that comes too late says nothing any more.
    if (this.#timer === mine && files !== null) this.files = files;
  }
}
