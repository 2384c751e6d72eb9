//! This process's memory: what is given back is wiped, no dump of it is left, and no other program of
//! the same person reads it.
//!
//! Deliberately not here: memory that C code gives back. AWS-LC wipes its own; SQLite, GTK and
//! WebKit get no byte of a key.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// Every block is overwritten when it is given back, and growing leaves no copy behind. Libraries
/// move keys through buffers of their own, which nobody else could wipe: the keychain's connection
/// and the arithmetic with large numbers above all.
#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);

/// Closes this process's memory to everybody else. To be called before anything else is done.
pub fn seclude() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        // Lowering a limit cannot fail; if some system says otherwise, Signet still has to start.
        let _ = setrlimit(Resource::Core, none);
    }
    // The limit says nothing to a program that the system pipes dumps into; this does.
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // It cannot fail either with a value that every Linux knows.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
