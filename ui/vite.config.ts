import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  // Assets stay files: the window's policy for content allows no inlined fonts.
  build: { target: "safari16.4", assetsInlineLimit: 0, emptyOutDir: true },
  // Tests mount components, so they need Svelte's browser half.
  resolve: process.env["VITEST"] === undefined ? {} : { conditions: ["browser"] },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"], clearMocks: true },
  define: { __FAKE__: JSON.stringify(mode === "fake") },
}));
