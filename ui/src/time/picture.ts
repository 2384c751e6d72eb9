/** Resolves once the window has painted what is there now. */
export const nextPicture = (): Promise<void> => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
