//! This process's memory: what is given back is wiped, no dump of it is left, and no other program of
//! the same person reads it.
//!
//! Deliberately not here: memory that C code gives back. AWS-LC wipes its own; SQLite, GTK and
//! WebKit get no byte of a key.

use std::alloc::System;
#[cfg(target_os = "linux")]
use std::sync::{Mutex, PoisonError};

#[cfg(target_os = "linux")]
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
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
    dumpable(DumpableBehavior::NotDumpable);
}

#[cfg(target_os = "linux")]
fn dumpable(behavior: DumpableBehavior) {
    // It cannot fail either with a value that every Linux knows.
    let _ = set_dumpable_behavior(behavior);
}

/// How many let others look at this process in this moment.
#[cfg(target_os = "linux")]
static LOOKED_AT: Mutex<usize> = Mutex::new(0);

/// While it is there, other programs of the person may look at this process; then it is secluded again.
///
/// A portal looks into `/proc` for who asks it for a file dialog. Of a secluded process it sees nothing,
/// and refuses, and the dialog never comes. What is in memory meanwhile can be read by other programs of
/// the person, so it is for that look alone.
#[cfg(target_os = "linux")]
#[derive(Debug)]
pub struct Visible(());

#[cfg(target_os = "linux")]
impl Visible {
    /// Lets others look from now on.
    #[must_use]
    pub fn now() -> Self {
        let mut looked_at = LOOKED_AT.lock().unwrap_or_else(PoisonError::into_inner);
        *looked_at += 1;
        dumpable(DumpableBehavior::Dumpable);
        Self(())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Visible {
    fn drop(&mut self) {
        let mut looked_at = LOOKED_AT.lock().unwrap_or_else(PoisonError::into_inner);
        *looked_at -= 1;
        if *looked_at == 0 {
            dumpable(DumpableBehavior::NotDumpable);
        }
    }
}
