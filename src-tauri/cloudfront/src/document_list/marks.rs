//! The marks that a note or a mail puts around a name.

use std::borrow::Cow;

use crate::address::is_placeholder;

/// What a Markdown link leads to, what stands between angle brackets or backticks, without a comma that
/// only ends the line.
pub(super) fn without_marks(text: &str) -> Cow<'_, str> {
    let text = text.trim_end_matches([',', ';']).trim();
    let inside = |before: char, behind: char| {
        let inner = text.strip_prefix(before)?.strip_suffix(behind)?;
        (!inner.contains([before, behind])).then_some(inner)
    };
    if is_placeholder(text) {
        return Cow::Borrowed(text);
    }
    if let Some(inner) = inside('`', '`').or_else(|| inside('<', '>')) {
        return Cow::Borrowed(inner.trim());
    }
    let link = text.strip_prefix('[').and_then(|text| text.strip_suffix(')'));
    match link.and_then(|text| text.split_once("](")) {
        Some((_, target)) => {
            let target = target.split_once(" \"").map_or(target, |(target, _)| target).trim();
            let inner = target.strip_prefix('<').and_then(|target| target.strip_suffix('>'));
            Cow::Borrowed(inner.unwrap_or(target))
        }
        None => Cow::Borrowed(text),
    }
}
