//! A process that secluded itself. In a program of its own, for it cannot be taken back.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use std::os::unix::fs::MetadataExt;

use rustix::process::{
    DumpableBehavior, Resource, Rlimit, dumpable_behavior, getrlimit, getuid, setrlimit,
};

#[test]
fn memory_is_wiped_dumped_by_nobody_and_read_by_nobody_else() {
    // First, for the owner of a secluded process's memory is the system.
    a_block_that_was_given_back_is_empty();
    no_dump_is_made_and_nobody_else_reads_it();
}

fn no_dump_is_made_and_nobody_else_reads_it() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Core);
    setrlimit(Resource::Core, Rlimit { current: maximum, maximum }).unwrap();
    // The positive control: before, all of this is otherwise.
    assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::Dumpable);
    let owner = || std::fs::metadata("/proc/self/mem").unwrap().uid();
    assert_eq!(owner(), getuid().as_raw());

    signet_os::own_process::seclude();
    assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    assert_eq!(owner(), 0, "the system's own");
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    assert_eq!(getrlimit(Resource::Core), none);

    // As long as anybody lets a portal look, and no longer.
    let first = signet_os::own_process::Visible::now();
    let second = signet_os::own_process::Visible::now();
    assert_eq!(owner(), getuid().as_raw());
    drop(first);
    assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::Dumpable);
    drop(second);
    assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    assert_eq!(owner(), 0);
    assert_eq!(getrlimit(Resource::Core), none, "there is no dump at any time");
}

/// The allocator is the whole program's: a block that was given back holds nothing of what it held.
fn a_block_that_was_given_back_is_empty() {
    let secret: Vec<u8> = (0..=u8::MAX).cycle().take(64 * 1024).map(|byte| byte ^ 0x5a).collect();
    let needle = secret.get(1_024..1_088).unwrap().to_vec();
    let address = secret.as_ptr() as usize;
    let memory = std::fs::File::open("/proc/self/mem").unwrap();
    let there = || {
        use std::os::unix::fs::FileExt;
        let mut block = [0; 64];
        memory.read_exact_at(&mut block, address as u64 + 1_024).unwrap();
        block.as_slice() == needle
    };
    assert!(there(), "the positive control");
    drop(secret);
    assert!(!there());
}
