/** Takes the keyboard to what has just come up, for what had it before is gone. */
export const takeFocus = (element: HTMLElement): void => element.focus();

/** Brings into view what has just come up, without the keyboard. */
export const comeIntoView = (element: HTMLElement): void => element.scrollIntoView({ block: "nearest" });

/** For what stays at the window's lower edge: what gets the keyboard above it is not left below it. */
export const uncoversFocus = (footer: HTMLElement) => {
  const uncover = ({ target }: FocusEvent) => {
    // Whoever presses a button of the mouse has it where the pointer is.
    if (!(target instanceof HTMLElement) || footer.contains(target) || !target.matches(":focus-visible")) return;
    // The browser itself scrolls to it first.
    requestAnimationFrame(() => {
      const covered = target.getBoundingClientRect().bottom + 12 - footer.getBoundingClientRect().top;
      if (covered > 0) window.scrollBy({ top: covered });
    });
  };
  const sheet = footer.parentElement;
  sheet?.addEventListener("focusin", uncover);
  return () => sheet?.removeEventListener("focusin", uncover);
};
