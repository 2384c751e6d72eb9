//! Lists that come in pages, which end: AWS says which page is the next one, and whoever believes it
//! without bounds reads for ever where an answer is wrong.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use signet_app::setup::AskError;

/// Twenty thousand things of CloudFront, two hundred thousand buckets.
const MAX_PAGES: usize = 200;

/// More nobody chooses from.
const MAX_ITEMS: usize = 200_000;

/// All pages together, beside the limit of each call.
const LONGEST: Duration = Duration::from_secs(60);

/// How far a list is read.
pub(crate) struct Pages {
    action: &'static str,
    begin: Instant,
    markers: HashSet<String>,
    items: usize,
}

impl Pages {
    /// The beginning of the list that this action gives.
    pub(crate) fn of(action: &'static str) -> Self {
        Self { action, begin: Instant::now(), markers: HashSet::new(), items: 0 }
    }

    /// Where the next page begins, after one with so many items; `None` at the end of the list. AWS
    /// writes an empty marker where there is no next page.
    ///
    /// # Errors
    /// [`AskError::Endless`] where the list has no end: a page comes again, or there are more of them
    /// than an account has.
    pub(crate) fn next(
        &mut self,
        items: usize,
        marker: Option<String>,
    ) -> Result<Option<String>, AskError> {
        self.items += items;
        let Some(marker) = marker.filter(|marker| !marker.is_empty()) else { return Ok(None) };
        let is_new = self.markers.insert(marker.clone());
        let is_within = self.markers.len() < MAX_PAGES
            && self.items <= MAX_ITEMS
            && self.begin.elapsed() <= LONGEST;
        if is_new && is_within {
            Ok(Some(marker))
        } else {
            Err(AskError::Endless { action: self.action })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTION: &str = "cloudfront:ListKeyGroups";

    #[test]
    fn a_list_that_ends_is_read_to_its_end() {
        let mut pages = Pages::of(ACTION);
        for n in 1..MAX_PAGES {
            let marker = Some(n.to_string());
            assert_eq!(pages.next(100, marker.clone()), Ok(marker));
        }
        assert_eq!(pages.next(1, Some(String::new())), Ok(None));
        assert_eq!(Pages::of(ACTION).next(0, None), Ok(None));
    }

    #[test]
    fn a_list_without_an_end_is_given_up() {
        let endless = Err(AskError::Endless { action: ACTION });
        // The same page, or two by turns.
        for markers in [&["a", "a"][..], &["a", "b", "a"]] {
            let mut pages = Pages::of(ACTION);
            let (last, first) = markers.split_last().unwrap();
            for marker in first {
                pages.next(1, Some((*marker).to_owned())).unwrap();
            }
            assert_eq!(pages.next(1, Some((*last).to_owned())), endless);
        }
        let mut pages = Pages::of(ACTION);
        let read = (0..).find(|n: &usize| pages.next(0, Some(n.to_string())).is_err());
        assert_eq!(read, Some(MAX_PAGES - 1));
        assert_eq!(Pages::of(ACTION).next(MAX_ITEMS + 1, Some("a".into())), endless);
    }
}
