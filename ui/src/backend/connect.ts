import type { Backend } from "./backend";

/** Rust's backend in the window; the fake one in a build that says so, which never ships. */
export async function connect(): Promise<Backend> {
  if (__FAKE__) {
    const { fakeFromAddress } = await import("./fake");
    return fakeFromAddress(location.search);
  }
  return (await import("./tauri")).tauri;
}
