/** What does not show as itself: controls, direction marks, what Unicode lets be ignored, blanks that are no space. */
const UNSEEN = /[^\P{C} ]|\p{Default_Ignorable_Code_Point}|[^\P{Z} ]|\u2800/gu;

/** A text of a list or a file's name as it may be shown: the same marks as Rust's, which lets what is typed come back as it was. */
export const shown = (text: string): string =>
  text.replace(UNSEEN, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`);
