//! The answers of a set-up that two programs change at once, put together answer by answer.

use super::guide::Answers;

impl Answers {
    /// These answers with what somebody else changed since `base`; nothing where both changed the same
    /// answer to something different.
    #[must_use]
    pub fn merged(&self, base: &Self, theirs: &Self) -> Option<Self> {
        let [mut merged, mut base, mut theirs] = [self, base, theirs].map(Self::clone);
        for ((merged, base), theirs) in
            merged.texts().into_iter().zip(base.texts()).zip(theirs.texts())
        {
            if merged == base {
                merged.clone_from(theirs);
            } else if theirs != base && theirs != merged {
                return None;
            }
        }
        // A step is ticked or not, so two who changed it did the same.
        for step in theirs.done.symmetric_difference(&base.done) {
            if theirs.done.contains(step) {
                merged.done.insert(*step);
            } else {
                merged.done.remove(step);
            }
        }
        Some(merged)
    }

    /// Takes over what is kept by now, wherever nothing else was typed since `base` was kept; there `base`
    /// goes on to that.
    pub fn follow(&mut self, base: &mut Self, kept: &Self) {
        let mut kept = kept.clone();
        for ((typed, base), kept) in self.texts().into_iter().zip(base.texts()).zip(kept.texts()) {
            if typed == base || typed == kept {
                typed.clone_from(kept);
                base.clone_from(kept);
            }
        }
        for step in kept.done.symmetric_difference(&base.done.clone()) {
            let is_untouched = self.done.contains(step) == base.done.contains(step);
            let set = |done: &mut std::collections::BTreeSet<_>| {
                if kept.done.contains(step) { done.insert(*step) } else { done.remove(step) }
            };
            if is_untouched {
                set(&mut self.done);
            }
            set(&mut base.done);
        }
    }

    fn texts(&mut self) -> [&mut String; 8] {
        let Self {
            key,
            bucket,
            region,
            distribution,
            public_key_id,
            arn,
            domain,
            profile,
            done: _,
        } = self;
        [key, bucket, region, distribution, public_key_id, arn, domain, profile]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::GuideStep::{self, BucketPolicy, KeyGroup, PublicKey};

    fn answers(bucket: &str, domain: &str, done: &[GuideStep]) -> Answers {
        let (bucket, domain) = (bucket.to_owned(), domain.to_owned());
        Answers { bucket, domain, done: done.iter().copied().collect(), ..Answers::default() }
    }

    #[test]
    fn what_two_changed_is_put_together_or_refused() {
        let base = answers("a", "b", &[PublicKey, KeyGroup]);
        for (mine, theirs, merged) in [
            (answers("a", "b", &[]), answers("a", "b", &[]), Some(answers("a", "b", &[]))),
            (answers("x", "b", &[]), base.clone(), Some(answers("x", "b", &[]))),
            (base.clone(), answers("x", "y", &[]), Some(answers("x", "y", &[]))),
            (answers("x", "b", &[]), answers("a", "y", &[]), Some(answers("x", "y", &[]))),
            (answers("x", "b", &[]), answers("x", "y", &[]), Some(answers("x", "y", &[]))),
            (answers("x", "b", &[]), answers("y", "b", &[]), None),
            (answers("", "b", &[]), answers("y", "b", &[]), None),
            (answers("x", "b", &[]), answers("", "b", &[]), None),
            (
                answers("a", "b", &[PublicKey, BucketPolicy]),
                answers("a", "b", &[KeyGroup]),
                Some(answers("a", "b", &[BucketPolicy])),
            ),
        ] {
            assert_eq!(mine.merged(&base, &theirs), merged, "{mine:?} {theirs:?}");
        }
    }

    #[test]
    fn what_was_typed_since_stays_and_the_rest_follows() {
        let mut base = answers("a", "b", &[PublicKey]);
        let mut typed = answers("typed", "b", &[PublicKey, KeyGroup]);
        let kept = answers("x", "y", &[BucketPolicy]);
        typed.follow(&mut base, &kept);
        assert_eq!(typed, answers("typed", "y", &[KeyGroup, BucketPolicy]));
        // What was typed still begins at what was shown, so that both changes are seen to clash.
        assert_eq!(base, answers("a", "y", &[BucketPolicy]));
        assert_eq!(typed.merged(&base, &kept), None);
        let same = typed.clone();
        typed.follow(&mut base, &kept);
        assert_eq!(typed, same);
    }
}
