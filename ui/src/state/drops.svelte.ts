/** Files that are dropped on the window, wherever: who takes them. */
import type { Backend } from "../backend/backend";
import type { DropView, Taken } from "../backend/bindings";

type Receiver = (drop: DropView) => void;

export class Drops {
  readonly #backend: Backend;
  readonly #take: (taken: Taken, names: readonly string[]) => void;
  #receivers: Receiver[] = [];

  /** @param take gets what was dropped where nobody else receives it. */
  constructor(backend: Backend, take: (taken: Taken, names: readonly string[]) => void) {
    this.#backend = backend;
    this.#take = take;
  }

  /** Is told of drops from now on; without it everything but the dropping works. */
  watch(): void {
    this.#backend.watchDrops((drop) => this.#dropped(drop)).catch(() => undefined);
  }

  /** What is dropped is this screen's until it goes away. */
  receive(receiver: Receiver): () => void {
    this.#receivers.push(receiver);
    return () => {
      this.#receivers = this.#receivers.filter((one) => one !== receiver);
    };
  }

  #dropped(drop: DropView): void {
    const receiver = this.#receivers.at(-1);
    if (receiver !== undefined) receiver(drop);
    else if (drop.kind === "dropped" && drop.taken !== null) this.#take(drop.taken, drop.names);
  }
}
