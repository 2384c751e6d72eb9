import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The first screen's font is fetched beside the script and not after it. */
const preloadedFont: Plugin = {
  name: "preloaded-font",
  transformIndexHtml: {
    order: "post",
    handler(_, { bundle = {} }) {
      const font = Object.keys(bundle).find((file) => file.includes("inter-latin-wght"));
      if (font === undefined) return [];
      const attrs = { rel: "preload", as: "font", type: "font/woff2", href: `/${font}`, crossorigin: true };
      return [{ tag: "link", attrs, injectTo: "head" }];
    },
  },
};

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), preloadedFont],
  // Assets stay files: the window's policy for content allows no inlined fonts.
  build: { target: "safari16.4", assetsInlineLimit: 0, emptyOutDir: true },
  // Tests mount components, so they need Svelte's browser half.
  resolve: process.env["VITEST"] === undefined ? {} : { conditions: ["browser"] },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"], clearMocks: true },
  define: { __FAKE__: JSON.stringify(mode === "fake") },
}));
