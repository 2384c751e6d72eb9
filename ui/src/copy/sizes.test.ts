import { expect, test } from "vitest";

import { sizeOf } from "./sizes";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [1_234, "1.2 kB"],
  [9_949, "9.9 kB"],
  [9_950, "10 kB"],
  [123_456, "123 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [5 * 2 ** 30, "5.4 GB"],
  [5 * 2 ** 40, "5.5 TB"],
])("%d bytes are %s", (bytes, text) => expect(sizeOf(bytes)).toBe(text));
