//! The stack of a thread keeps what was computed there until something else needs the place. After
//! work with keys it is overwritten here.
//!
//! Deliberately not here: the heap, which a program wipes as a whole (`signet-os`), and what stands in
//! a processor's registers.

use zeroize::Zeroize;

/// Deeper than any work with keys goes: unoptimised, making an RSA key takes half of it.
const DEPTH: usize = 128 * 1024;

/// Does the work, and leaves nothing of it on the stack but what it gives back.
pub fn wiped_after<T>(work: impl FnOnce() -> T) -> T {
    let done = below(work);
    overwrite();
    done
}

/// Keeps the work's own variables below this frame, where they are overwritten.
#[inline(never)]
fn below<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn overwrite() {
    let mut place = [0_u8; DEPTH];
    place.zeroize();
    std::hint::black_box(&place);
}
