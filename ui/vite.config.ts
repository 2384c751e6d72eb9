import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** What the first picture needs is fetched beside the script that asks for it, and not after it. */
const preloaded: Plugin = {
  name: "preloaded",
  transformIndexHtml: {
    order: "post",
    handler(_, { bundle = {} }) {
      const link = (part: string, attrs: Record<string, string>) =>
        Object.keys(bundle)
          .filter((file) => file.includes(`/${part}-`))
          .map((file) => ({ tag: "link", attrs: { ...attrs, href: `/${file}`, crossorigin: true }, injectTo: "head" }) as const);
      return [
        ...link("makeLink", { rel: "modulepreload" }),
        ...link("inter-latin-wght", { rel: "preload", as: "font", type: "font/woff2" }),
      ];
    },
  },
};

/**
 * What every screen needs is one file, and so is the way from a document to its link, the first screen of most
 * starts. The other screens are divided by the bundler.
 */
const FILES = [
  { name: "signet", test: /[\\/]src[\\/]main\.ts$/, priority: 2 },
  { name: "makeLink", test: /[\\/]screens[\\/](NewLink|YourLink)\.svelte$/, priority: 1 },
];

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), preloaded],
  build: {
    target: "safari16.4",
    // Assets stay files: the window's policy for content allows no inlined fonts.
    assetsInlineLimit: 0,
    emptyOutDir: true,
    // A webview without such links fetches the files a little later; what would do it for them breaks the policy.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: FILES } } },
  },
  // Tests mount components, so they need Svelte's browser half.
  resolve: process.env["VITEST"] === undefined ? {} : { conditions: ["browser"] },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"], clearMocks: true },
  define: { __FAKE__: JSON.stringify(mode === "fake") },
}));
