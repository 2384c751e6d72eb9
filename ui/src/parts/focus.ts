/** Takes the keyboard to what has just come up, for what had it before is gone. */
export const takeFocus = (element: HTMLElement): void => element.focus();
