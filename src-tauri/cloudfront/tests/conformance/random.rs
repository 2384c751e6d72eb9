//! Numbers that are the same in every run with the same seed.

/// Where the numbers begin; `SIGNET_SEED` chooses other ones.
pub struct Random(u64);

impl Random {
    /// The stream keeps tests under the same seed from drawing the same numbers.
    pub fn new(stream: u64) -> Self {
        Self(seed().wrapping_mul(1_000).wrapping_add(stream))
    }

    /// `SplitMix64`.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    /// From 0 to the bound, without it.
    pub fn second_below(&mut self, bound: i64) -> i64 {
        i64::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    pub fn maybe(&mut self) -> bool {
        self.below(2) == 0
    }

    pub fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// How many cases a test draws: all where `SIGNET_FULL` is set, as in CI, and otherwise a fifth.
pub fn drawn(all: usize) -> usize {
    if std::env::var_os("SIGNET_FULL").is_some() { all } else { all / 5 }
}

/// Printed at every use, so that each failing test shows it.
pub fn seed() -> u64 {
    let seed = std::env::var("SIGNET_SEED").map_or(1, |seed| seed.parse().unwrap());
    println!("SIGNET_SEED={seed}");
    seed
}
