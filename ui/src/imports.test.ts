/** Nothing in the UI imports what imports it, not even for a type. */
import { expect, test } from "vitest";

/** The text of each file, by its path from here. */
const FILES = import.meta.glob<string>(["./**/*.{ts,svelte}", "!./**/*.test.ts"], { query: "?raw", import: "default", eager: true });

const IMPORT = /^\s*(?:import|export)\s[^;"]*?from\s+"(\.[^"]+)"/gm;

/** What a file imports, by the paths above; what is fetched later (`import()`) is no part of it. */
function importsOf(path: string, text: string, files: Record<string, unknown>): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, to = ""]) => {
    const wanted = `.${new URL(to, `https://ui/${path}`).pathname}`;
    return [wanted, `${wanted}.ts`].filter((one) => one in files);
  });
}

/** The first circle that is found, as the way around it. */
function circleIn(files: Record<string, string>): string[] | null {
  const imports = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, importsOf(path, text, files)]));
  const done = new Set<string>();
  const walk = (path: string, way: string[]): string[] | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of imports[path] ?? []) {
      const circle = walk(next, [...way, path]);
      if (circle !== null) return circle;
    }
    done.add(path);
    return null;
  };
  for (const path of Object.keys(files)) {
    const circle = walk(path, []);
    if (circle !== null) return circle;
  }
  return null;
}

test("there is no circle of imports", () => {
  expect(Object.keys(FILES).length).toBeGreaterThan(100);
  expect(importsOf("./App.svelte", FILES["./App.svelte"] ?? "", FILES)).toContain("./parts/Rail.svelte");
  expect(circleIn(FILES)).toBeNull();
});

test("one would be found, also through a type", () => {
  const files = {
    "./a/one.ts": 'import type { Two } from "../b/two.svelte";',
    "./b/two.svelte.ts": 'import {\n  three,\n} from "./Three.svelte";',
    "./b/Three.svelte": '<script>\n  import { one } from "../a/one";\n</script>',
  };
  expect(circleIn(files)).toEqual(["./a/one.ts", "./b/two.svelte.ts", "./b/Three.svelte", "./a/one.ts"]);
});
