/** When links would end, as Rust has it for the lifetimes that can be chosen and for a day of its own. */
import { asIpcError } from "../backend/backend";
import type { EndsView, IpcError, Lifetime, Signer } from "../backend/bindings";
import type { Session } from "./session.svelte";

export class LinkEnds {
  /** Those that are chosen by a click. */
  all = $state.raw<EndsView | null>(null);
  #own = $state.raw<number | null>(null);
  /** What is wrong with a day of its own. */
  error = $state.raw<IpcError | null>(null);
  readonly #lifetime: () => Lifetime;

  /** Asks as long as the part lives that makes it: at each minute, so that what is said stays true. */
  constructor(session: Session, signer: () => Signer | null, lifetime: () => Lifetime) {
    this.#lifetime = lifetime;
    $effect(() => session.clock.run());

    let asked = 0;
    $effect(() => {
      void session.clock.minute;
      const of = signer();
      const mine = ++asked;
      if (of === null) return;
      session.backend.previewEnds({ signer: of }).then(
        (view) => mine === asked && (this.all = view),
        () => mine === asked && (this.all = null),
      );
    });

    let askedOwn = 0;
    $effect(() => {
      void session.clock.minute;
      const of = signer();
      const chosen = $state.snapshot(lifetime());
      const mine = ++askedOwn;
      if (of === null || chosen.kind !== "until" || chosen.local === "") {
        this.#own = this.error = null;
        return;
      }
      session.backend.previewLifetime({ signer: of, lifetime: chosen }).then(
        ({ expiresAt }) => {
          if (mine !== askedOwn) return;
          this.#own = expiresAt;
          this.error = null;
        },
        (thrown: unknown) => {
          if (mine !== askedOwn) return;
          this.#own = null;
          this.error = asIpcError(thrown);
        },
      );
    });
  }

  /** When the link ends that has the chosen lifetime; null while that is not known. */
  get chosen(): number | null {
    const { kind } = this.#lifetime();
    return kind === "until" ? this.#own : (this.all?.[kind] ?? null);
  }
}
