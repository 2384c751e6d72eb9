import type { Backend } from "./backend";
import { fakeFromAddress } from "./fake-from-address";
import { tauri } from "./tauri";

/** Rust's backend in the window; the fake one in a build that says so, from which no program is made. */
export const connect = (): Backend => (__FAKE__ ? fakeFromAddress(location.search) : tauri);
