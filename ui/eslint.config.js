import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";

const only = (message, ...group) => ({
  "no-restricted-imports": ["error", { patterns: [{ group, message }] }],
});

export default ts.config(
  { ignores: ["dist", "dist-fake", "node_modules"] },
  ts.configs.strict,
  svelte.configs["flat/recommended"],
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { "no-undef": "off", "prefer-const": "off" },
  },
  // The way of imports is: screens → parts → state → copy, backend; time knows none of them. One file speaks with Tauri.
  {
    files: ["src/**"],
    ignores: ["src/backend/tauri.ts"],
    rules: only("Only src/backend/tauri.ts speaks with Tauri.", "@tauri-apps/*"),
  },
  {
    files: ["src/{parts,backend}/**"],
    ignores: ["src/backend/tauri.ts", "**/*.test.ts"],
    rules: only("Screens import parts, never the other way.", "@tauri-apps/*", "**/screens/*"),
  },
  {
    files: ["src/{state,copy}/**"],
    ignores: ["**/*.test.ts"],
    rules: only("State and words know no parts.", "@tauri-apps/*", "**/screens/*", "**/parts/*"),
  },
  {
    files: ["src/time/**"],
    ignores: ["**/*.test.ts"],
    rules: only("Times know nothing but times.", "@tauri-apps/*", "../*"),
  },
);
