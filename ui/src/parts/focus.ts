/** Takes the keyboard to what has just come up, for what had it before is gone. */
export const takeFocus = (element: HTMLElement): void => element.focus();

/** Brings into view what has just come up, without the keyboard. */
export const comeIntoView = (element: HTMLElement): void => element.scrollIntoView({ block: "nearest" });
