//! The fields of an element, as a configuration has them.

use crate::xml::{Document, Element};

/// A text that is not empty.
pub(super) fn text(document: &Document<'_>, item: &Element, name: &str) -> Option<String> {
    let text = document.child_value(item, name)?;
    (!text.is_empty()).then(|| text.into_owned())
}

pub(super) fn is_true(document: &Document<'_>, item: &Element, name: &str) -> bool {
    document.child_value(item, name).is_some_and(|value| value == "true")
}

pub(super) fn ids<'a>(
    document: &'a Document<'_>,
    list: &'a Element,
) -> impl Iterator<Item = String> + 'a {
    list.items().filter_map(|item| document.value(item)).map(|id| id.into_owned())
}
