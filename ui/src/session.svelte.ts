/** What the screens share while the window is open. */
import { asIpcError, type Backend } from "./backend/backend";
import type { IpcError, KeyView, Lifetime, LinkView, PracticeView, Signer, StartView } from "./backend/bindings";
import { WallClock } from "./time/now.svelte";

export type Screen = "welcome" | "newLink" | "keys" | "addKey";

/** What is typed on *New link*; kept while other screens are looked at. */
export type Draft = { address: string; lifetime: Lifetime };

export class Session {
  readonly backend: Backend;
  readonly clock = new WallClock();
  screen = $state<Screen>("welcome");
  keys = $state<KeyView[]>([]);
  practice = $state<PracticeView | null>(null);
  chosenKey = $state<string | null>(null);
  link = $state<LinkView | null>(null);
  clockIsWrong = $state(false);
  setAside = $state<string | null>(null);
  /** What went wrong with a step that belongs to no form; gone with the next step. */
  trouble = $state<IpcError | null>(null);
  draft = $state<Draft>({ address: "", lifetime: { kind: "sevenDays" } });
  practiceDraft = $state<Draft>({ address: "", lifetime: { kind: "oneMinute" } });
  newKey = $state({ name: "", site: "", publicKeyId: "" });

  constructor(backend: Backend, start: StartView) {
    this.backend = backend;
    this.keys = start.keys;
    this.clockIsWrong = start.clock.kind === "wrong";
    this.setAside = start.setAside;
    if (start.lastLifetime !== null) this.draft.lifetime = start.lastLifetime;
    if (start.lastSigner?.kind === "key") this.chosenKey = start.lastSigner.id;
    this.home();
  }

  /** The draft of what is being made now: a real link's or a practice link's. */
  get current(): Draft {
    return this.practice === null ? this.draft : this.practiceDraft;
  }

  get signer(): Signer | null {
    if (this.practice !== null) return { kind: "practice" };
    const key = this.keys.find(({ id }) => id === this.chosenKey) ?? this.keys[0];
    return key === undefined ? null : { kind: "key", id: key.id };
  }

  /** Where a person begins: at a link, or without a key at the welcome. */
  home(): void {
    this.link = null;
    this.go(this.signer === null ? "welcome" : "newLink");
  }

  go(screen: Screen): void {
    this.trouble = null;
    this.screen = screen;
  }

  async enterPractice(): Promise<void> {
    try {
      this.practice = await this.backend.startPractice();
      this.practiceDraft = { address: this.practice.documentAddress, lifetime: { kind: "oneMinute" } };
      this.home();
    } catch (thrown) {
      this.trouble = asIpcError(thrown);
    }
  }

  async leavePractice(): Promise<void> {
    try {
      await this.backend.leavePractice();
      this.practice = null;
      this.home();
    } catch (thrown) {
      this.trouble = asIpcError(thrown);
    }
  }
}
