//! What was done to get a link out of what was pasted, which is said beside its verdict.

use super::wrappers::Wrapper;

/// What was done to get a link.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "RepairView"))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Repair {
    /// Mail's base64, by the header of its part.
    Base64,
    /// Mail's `=3D` and `=` at the end of lines.
    QuotedPrintable,
    /// The encoded words of a mail's field, its subject for example.
    EncodedWords,
    /// JSON's `\u0026` and `\/`.
    JsonEscapes,
    /// Taken out of another program's address.
    Unwrapped {
        /// Whose.
        from: Wrapper,
    },
    /// HTML's `&amp;`.
    HtmlEntities,
    /// A percent-encoding too many.
    EncodedTwice,
    /// Line breaks inside it.
    LineBreaks {
        /// How many.
        count: usize,
    },
    /// Marks of a reply (`>`) inside it.
    ReplyMarks,
    /// Spaces inside it: encoded in its path, and taken out behind.
    Spaces,
    /// Characters that nobody can see.
    HiddenCharacters {
        /// How many.
        count: usize,
    },
    /// Punctuation behind it.
    Punctuation {
        /// The characters.
        removed: String,
    },
    /// `#…` behind it, which no program sends.
    Fragment,
    /// Letters that a link cannot have were percent-encoded, as a browser does.
    Encoded,
    /// `https://` was missing.
    SchemeAdded,
    /// Behind `https:` were not two slashes.
    Slashes,
    /// Marks of a shell, of Markdown or of JavaScript inside it (`\\&`, `^&`).
    EscapeMarks,
    /// `_` at its end, which a mail program cut off.
    PaddingRestored,
}
