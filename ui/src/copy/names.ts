/** Names of documents where there is little room for them. */

/** As long as a sentence can have it; its beginning and its end tell it from others. */
const MOST = 60;

export function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= MOST ? name : [...letters.slice(0, MOST / 2), "…", ...letters.slice(1 - MOST / 2)].join("");
}
