import { expect, test } from "vitest";

import { shown } from "./foreign";

test.each([
  ["Müller & Söhne, 日本 😀.pdf", "Müller & Söhne, 日本 😀.pdf"],
  ["fdp\u202eexe.pdf", "fdp[U+202E]exe.pdf"],
  ["\u001b[2J\u009b\r\n\t", "[U+001B][2J[U+009B][U+000D][U+000A][U+0009]"],
  ["\u00ad\u3164\ufe0f\u{e0041}\u2065\u17b4", "[U+00AD][U+3164][U+FE0F][U+E0041][U+2065][U+17B4]"],
  ["a b\u00a0\u3000\u2028\u2800", "a b[U+00A0][U+3000][U+2028][U+2800]"],
  // A sign before Arabic digits is a format character to Unicode, and is drawn.
  ["\u06001\u0665\ud800", "\u06001\u0665[U+D800]"],
])("%j is shown as %s", (text, seen) => {
  expect(shown(text)).toBe(seen);
});
