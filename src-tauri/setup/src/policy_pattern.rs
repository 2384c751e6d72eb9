//! Patterns of policies: `*` stands for any characters, `?` for one, and `${…}` for what only the
//! request knows.

/// A pattern, read.
pub(super) struct Pattern {
    parts: Vec<Part>,
    /// It has a variable in it, taken for any characters.
    pub(super) has_variable: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Byte(u8),
    One,
    Many,
}

impl Pattern {
    pub(super) fn of(text: &str) -> Self {
        let (mut parts, mut has_variable) = (Vec::with_capacity(text.len()), false);
        let mut rest = text.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            let variable = rest.strip_prefix(b"${").and_then(|inner| {
                let end = inner.iter().position(|byte| *byte == b'}')?;
                Some((inner.get(..end)?, inner.get(end + 1..)?))
            });
            rest = match (byte, variable) {
                // How a policy writes these characters themselves.
                (_, Some((&[byte @ (b'*' | b'?' | b'$')], after))) => {
                    parts.push(Part::Byte(byte));
                    after
                }
                (_, Some((_, after))) => {
                    parts.push(Part::Many);
                    has_variable = true;
                    after
                }
                (b'*', None) => {
                    parts.push(Part::Many);
                    after
                }
                (b'?', None) => {
                    parts.push(Part::One);
                    after
                }
                (byte, None) => {
                    parts.push(Part::Byte(byte));
                    after
                }
            };
        }
        Self { parts, has_variable }
    }

    /// Whether it stands for this text.
    pub(super) fn is(&self, text: &str) -> bool {
        self.after(text.as_bytes()).contains(&self.parts.len())
    }

    /// Whether it stands for some longer text that begins so.
    pub(super) fn meets_below(&self, start: &str) -> bool {
        self.after(start.as_bytes()).iter().any(|at| *at < self.parts.len())
    }

    /// Whether it stands for every longer text that begins so.
    pub(super) fn covers_below(&self, start: &str) -> bool {
        // A byte that no pattern spells out stands for every other one.
        ["\0", "\0\0"].iter().all(|rest| self.is(&format!("{start}{rest}")))
    }

    /// Where in the pattern one may be after this text, in order.
    fn after(&self, text: &[u8]) -> Vec<usize> {
        let mut places = self.with_stars(vec![0]);
        for byte in text {
            let next = places.iter().filter_map(|at| match self.parts.get(*at)? {
                Part::Byte(one) => (one == byte).then_some(at + 1),
                Part::One => Some(at + 1),
                Part::Many => Some(*at),
            });
            places = self.with_stars(next.collect());
        }
        places
    }

    /// The same, with what follows where a `*` stands for nothing.
    fn with_stars(&self, places: Vec<usize>) -> Vec<usize> {
        let mut all: Vec<usize> = Vec::with_capacity(places.len() + 1);
        for mut at in places {
            // In order, so that what was met before is the last.
            while all.last().is_none_or(|last| *last < at) {
                all.push(at);
                if self.parts.get(at) != Some(&Part::Many) {
                    break;
                }
                at += 1;
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_are_read_as_policies_mean_them() {
        for (pattern, text, is_it) in [
            ("", "", true),
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a*c", "abbcd", false),
            ("*a*b*", "xaxbx", true),
            ("a?", "a", false),
            ("a?", "ab", true),
            ("ab", "a", false),
            ("**b", "ab", true),
            ("*ab*ab", "aabab", true),
            ("a${*}b", "a*b", true),
            ("a${*}b", "axb", false),
            ("a${aws:username}b", "axb", true),
            ("a${", "a${", true),
        ] {
            assert_eq!(Pattern::of(pattern).is(text), is_it, "{pattern} {text}");
        }
        // No pattern makes it wait.
        assert!(!Pattern::of(&"*a".repeat(2_000)).is(&"a".repeat(1_999)));
        assert!(Pattern::of("a${aws:username}").has_variable);
        assert!(!Pattern::of("a${?}").has_variable);
    }

    #[test]
    fn what_is_below_a_folder_is_met_or_covered() {
        for (pattern, meets, covers) in [
            ("*", true, true),
            ("b/*", true, true),
            ("b/?*", true, true),
            ("b*", true, true),
            ("?/*", true, true),
            ("b/??*", true, false),
            ("b/?", true, false),
            ("b/a/*", true, false),
            ("b/*.pdf", true, false),
            ("b/a.pdf", true, false),
            ("b/", false, false),
            ("b", false, false),
            ("c/*", false, false),
        ] {
            let read = Pattern::of(pattern);
            assert_eq!(
                (read.meets_below("b/"), read.covers_below("b/")),
                (meets, covers),
                "{pattern}"
            );
        }
    }
}
