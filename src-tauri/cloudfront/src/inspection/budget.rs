//! How much a paste may cost, whatever was pasted: what is not linear in its length is paid for.

/// Every address of a paste, as long as its links are such as people have.
const MAX_FINISHED: usize = 10 << 20;

/// Some lines behind some hundred addresses, and the tries to make them whole.
const MAX_JOINED: usize = 1 << 20;

/// What a short address costs before its first byte is looked at, in bytes.
const PER_ADDRESS: usize = 256;

/// What a parameter costs beyond its bytes.
const PER_PARAMETER: usize = 16;

/// How often a byte counts in an address with letters outside ASCII, which are looked up in tables.
const PER_FOREIGN_BYTE: usize = 12;

/// Longer than any link, wrapped and encoded twice.
pub(super) const MAX_LINK_BYTES: usize = 40_000;

/// What may still be done for a paste.
pub(super) struct Work {
    /// Addresses, taken out of what stands around them.
    pub(super) finishing: Budget,
    /// What follows addresses, looked at and tried together with them.
    pub(super) joining: Budget,
}

impl Work {
    pub(super) fn new() -> Self {
        Self { finishing: Budget { left: MAX_FINISHED }, joining: Budget { left: MAX_JOINED } }
    }
}

/// A number of bytes that may be looked at.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// Whether so much was left. Once it was not enough, nothing is left.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }
}

/// What it costs to look at all parts of an address.
pub(super) fn price(address: &str) -> usize {
    let bytes = address.len() * if address.is_ascii() { 1 } else { PER_FOREIGN_BYTE };
    PER_ADDRESS + bytes + address.matches('&').count() * PER_PARAMETER
}

/// The beginning of a text, where it is longer than this.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    let ends = (most - 3..=most).rev();
    ends.into_iter().find_map(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::candidates::addresses;

    /// What a text of about this length costs, and how many addresses were looked at.
    fn spent(piece: &str, length: usize) -> (usize, usize) {
        let mut work = Work::new();
        let found = addresses(&piece.repeat(length / piece.len()), &mut work).len();
        (MAX_FINISHED + MAX_JOINED - work.finishing.left - work.joining.left, found)
    }

    #[test]
    fn work_grows_with_the_paste_and_then_no_more() {
        for piece in [
            "https://a ",
            "xhttps://a?Signature=Pair\n",
            "https://a?Signature=Pair\na\nb\nc\n",
            "https://a?&amp;amp;amp;amp;amp;amp;amp;amp;amp;Signature=%25252525 ",
            "https://é.é ",
        ] {
            let (short, some) = spent(piece, 8 << 10);
            let (long, more) = spent(piece, 32 << 10);
            assert!(some > 0 && more > some, "{piece}");
            assert!(long < 5 * short, "{piece}: {short}, {long}");
            let (longest, most) = spent(piece, 4 << 20);
            assert!(longest <= MAX_FINISHED + MAX_JOINED, "{piece}");
            assert!(most <= MAX_FINISHED / PER_ADDRESS + 1, "{piece}: {most}");
        }
    }

    #[test]
    fn a_budget_that_was_not_enough_is_spent() {
        let mut budget = Budget { left: 10 };
        assert!(budget.spend(4) && !budget.is_spent());
        assert!(!budget.spend(7));
        assert!(budget.is_spent() && !budget.spend(1));
    }
}
