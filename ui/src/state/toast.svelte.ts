/** The one line that says what was just done: copied, saved, removed. It lies over the screen and moves nothing. */

import { createContext } from "svelte";

/** How long it is read, in milliseconds. With *Undo* it stays until the next step. */
const READ = 5_000;

export type Undo = { label: string; act: () => void };

export class Toast {
  text = $state("");
  undo = $state.raw<Undo | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says what was done, and how it is undone where it can be. */
  say(text: string, undo: Undo | null = null): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.undo = undo;
    if (undo === null) this.#timer = setTimeout(() => this.close(), READ);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.text = "";
    this.undo = null;
  }
}

/** The toast of the window, for whatever is deep in it. */
export const [toastHere, provideToast] = createContext<Toast>();
