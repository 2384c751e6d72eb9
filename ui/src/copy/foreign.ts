import ranges from "./unseen.json";

const escaped = (code = 0) => `\\u{${code.toString(16)}}`;

/** What does not show as itself: Rust's list, which it prints, and what has no character (yet), as this browser knows it. */
const UNSEEN = new RegExp(`[${ranges.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join("")}\\p{Cn}\\p{Cs}]`, "gu");

/** A text of a list or a file's name as it may be shown: the same marks as Rust's, which lets what is typed come back as it was. */
export const shown = (text: string): string =>
  text.replace(UNSEEN, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`);
