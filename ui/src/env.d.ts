/// <reference types="svelte" />
/// <reference types="vite/client" />

/** Whether this build speaks with the fake backend: development and browser tests. */
declare const __FAKE__: boolean;
