//! Which version of a document is meant.

/// What a storage calls the content of a document: another one for other bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ETag(String);

impl ETag {
    /// Takes what S3 says, with its quotes or without; `None` for what is no ETag.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        let is_one = (1..=128).contains(&inner.len())
            && inner.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
        is_one.then(|| Self(inner.to_owned()))
    }

    /// Without quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it stands in `If-Match`.
    #[must_use]
    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.0)
    }
}
