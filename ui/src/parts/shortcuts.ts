/** The keys that work on every screen. What a field, a dialog or a menu does with a key of its own goes first. */
import type { ZoomChange } from "../backend/bindings";
import type { Session } from "../state/session.svelte";

const SIZES: Record<string, ZoomChange | undefined> = { "+": "larger", "=": "larger", "-": "smaller", "0": "reset" };

/** What lies over the screen, and has the keys for itself. */
const OVER = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

function press(session: Session, event: KeyboardEvent): void {
  const { key, defaultPrevented, isComposing, altKey, shiftKey } = event;
  if (defaultPrevented || isComposing || altKey) return;
  const isCommand = event.ctrlKey || event.metaKey;
  const size = SIZES[key];
  if (isCommand && size !== undefined) {
    event.preventDefault();
    void session.zoom(size);
    return;
  }
  if (document.querySelector(OVER) !== null) return;
  if (isCommand && !shiftKey && key.toLowerCase() === "n") {
    event.preventDefault();
    session.begin();
  } else if (!isCommand && key === "Escape" && session.back !== null) {
    event.preventDefault();
    session.goBack();
  }
}

export const shortcuts = (session: Session) => () => {
  const onkeydown = (event: KeyboardEvent) => press(session, event);
  window.addEventListener("keydown", onkeydown);
  return () => window.removeEventListener("keydown", onkeydown);
};

/** For a form: Escape does what its *Cancel* does, and goes no further. */
export const escapes = (cancel: () => void) => (form: HTMLElement) => {
  const onkeydown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    cancel();
  };
  form.addEventListener("keydown", onkeydown);
  return () => form.removeEventListener("keydown", onkeydown);
};
