//! The shapes that cross IPC. `ui/src/backend/bindings.ts` is made from them (`ipc/bindings.rs`).
//!
//! Times are Unix seconds.

pub(super) mod access_keys;
pub(super) mod documents;
pub(super) mod done_for_you;
pub(super) mod files;
pub(super) mod folders;
pub(super) mod history;
pub(super) mod inspection;
pub(super) mod key;
pub(super) mod keys;
pub(super) mod links;
pub(super) mod many;
pub(super) mod replacement;
pub(super) mod set_up;
pub(super) mod site_documents;
pub(super) mod sites;
pub(super) mod start;
pub(super) mod trial;
pub(super) mod zoom;
