//! What a custom policy opens: an address with wildcards, `*` for any characters and `?` for one.
//!
//! Deliberately not here: leaving the resource out, which opens everything of every distribution
//! that trusts the key.

use thiserror::Error;

use crate::address::{self, DocumentAddress, encode};
use crate::characters::{code_point, hidden_name};
use crate::site::SiteAddress;
use crate::verify;

/// A policy's resource: printable ASCII without quotes, backslash, `#`, `<`, `>` and white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyResource(String);

/// Why a text is no resource.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyResourceError {
    /// Nothing.
    #[error("the resource is empty")]
    Empty,
    /// Neither `*` nor `scheme://host/…`.
    #[error("the resource is no address")]
    Invalid,
    /// A path with `..`, which no browser asks for.
    #[error("the resource goes up with \"..\", and no browser asks for such an address")]
    GoesUp,
    /// A character that may not stand there.
    #[error("the resource has a forbidden character: {character:?}")]
    ForbiddenCharacter {
        /// The character.
        character: char,
    },
}

/// Why a text is no folder of a site.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FolderError {
    /// An address on another site, or with `http://`.
    #[error("the folder is not on {site}")]
    OtherSite {
        /// The site's host.
        site: String,
    },
    /// A character that nobody can see.
    #[error("the folder has a forbidden character: {character}")]
    ForbiddenCharacter {
        /// As `U+202E`.
        character: String,
    },
}

/// An address, and whether a resource opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Encoded path and query.
    pub path: String,
    /// What CloudFront would say.
    pub opens: bool,
}

impl PolicyResource {
    /// Everything in the folder in which a document lies, and below it.
    pub fn folder_of(document: &DocumentAddress) -> Self {
        Self(format!("{}*", folder_url(document)))
    }

    /// Takes a folder of a site as a person types it, `reports` or `/reports/2026/`, or what is in it
    /// with wildcards, `/reports/*.pdf`. Encoded as a document's name is.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn folder_on(text: &str, site: &SiteAddress) -> Result<Self, FolderError> {
        let text = text.trim();
        if let Some(hidden) = text.chars().find(|c| hidden_name(*c).is_some()) {
            return Err(FolderError::ForbiddenCharacter { character: code_point(hidden) });
        }
        let origin = site.origin();
        let path = match text.strip_prefix(origin.as_str()) {
            Some(path) if path.is_empty() || path.starts_with('/') => path,
            _ if text.contains("://") => {
                return Err(FolderError::OtherSite { site: site.host().to_owned() });
            }
            _ => text,
        };
        let path = encode::pattern(path);
        let inside = match path.contains(['*', '?']) {
            true => "",
            false if path.ends_with('/') => "*",
            false => "/*",
        };
        Ok(Self(format!("{origin}{path}{inside}")))
    }

    /// Addresses near a document, to see by them what the resource opens and what not.
    pub fn examples(&self, document: &DocumentAddress) -> Vec<Example> {
        let whole = document.as_str();
        let origin = whole.strip_suffix(document.path()).unwrap_or_default();
        let folder = folder_url(document);
        let folder = folder.strip_prefix(origin).unwrap_or_default();
        let parent = folder.trim_end_matches('/').rfind('/');
        let parent = parent.and_then(|end| folder.get(..=end)).unwrap_or("/");
        let mut paths = vec![
            document.path().to_owned(),
            format!("{folder}another.pdf"),
            format!("{folder}pictures/photo.jpg"),
            format!("{parent}another.pdf"),
            "/elsewhere/another.pdf".to_owned(),
        ];
        let mut seen = std::collections::HashSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        paths
            .into_iter()
            .map(|path| Example { opens: self.opens(&format!("{origin}{path}")), path })
            .collect()
    }

    /// Takes `https://docs.example.com/reports/*`, `*://…`, or `*` alone. Spaces and what is not
    /// ASCII are encoded as in an address, a host gets small letters and a `'` in a query becomes `%27`,
    /// as browsers write them; nothing else is changed.
    ///
    /// # Errors
    /// [`PolicyResourceError`].
    pub fn parse(text: &str) -> Result<Self, PolicyResourceError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PolicyResourceError::Empty);
        }
        check_characters(text)?;
        if text == "*" {
            return Ok(Self(text.to_owned()));
        }
        let (scheme, rest) = text.split_once("://").ok_or(PolicyResourceError::Invalid)?;
        let is_scheme = |c: char| c.is_ascii_alphabetic() || matches!(c, '*' | '?');
        let host = rest.split('/').next().unwrap_or_default();
        if scheme.is_empty()
            || !scheme.chars().all(is_scheme)
            || host.is_empty()
            || !host.is_ascii()
            || host.contains(char::is_whitespace)
        {
            return Err(PolicyResourceError::Invalid);
        }
        let (own_host, tail) = rest.split_at_checked(host.len()).unwrap_or((rest, ""));
        let tail = encode::foreign(tail);
        let goes_up = address::goes_up(tail.split('?').next().unwrap_or_default());
        if goes_up {
            return Err(PolicyResourceError::GoesUp);
        }
        let host = match (scheme, own_host.to_ascii_lowercase()) {
            ("https", host) => host.strip_suffix(":443").unwrap_or(&host).to_owned(),
            ("http", host) => host.strip_suffix(":80").unwrap_or(&host).to_owned(),
            (_, host) => host,
        };
        Ok(Self(format!("{scheme}://{host}{}", with_plain_query(&tail))))
    }

    /// The resource of a link that was made before, byte for byte; `None` for what never was one.
    pub fn signed_before(text: &str) -> Option<Self> {
        let is_one = text == "*" || text.contains("://");
        (is_one && check_characters(text).is_ok() && encode::foreign(text) == text)
            .then(|| Self(text.to_owned()))
    }

    /// The resource as it is signed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Path and query, with their wildcards; all of it where it names no host.
    pub fn path(&self) -> &str {
        let after_host = self
            .0
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').and_then(|slash| rest.get(slash..)));
        after_host.unwrap_or(&self.0)
    }

    /// Whether it opens this address, judged as links are.
    pub fn opens(&self, url: &str) -> bool {
        verify::opens(&self.0, url)
    }

    /// Whether it opens everything of every distribution that trusts the key.
    pub fn opens_everything(&self) -> bool {
        self.0.bytes().all(|byte| byte == b'*')
            || ["*://*", "https://*", "http://*", "http*://*"].contains(&self.0.as_str())
            || self.0.ends_with("://*/*")
    }
}

fn check_characters(text: &str) -> Result<(), PolicyResourceError> {
    let refused = |c: &char| hidden_name(*c).is_some() || matches!(c, '"' | '\\' | '#' | '<' | '>');
    match text.chars().find(refused) {
        Some(character) => Err(PolicyResourceError::ForbiddenCharacter { character }),
        None => Ok(()),
    }
}

/// Path and query with `'` as `%27` behind the last `?`, where that surely begins the query: one before
/// it may stand for any character.
fn with_plain_query(tail: &str) -> String {
    match tail.rsplit_once('?') {
        Some((path, query)) if query.contains('=') => {
            format!("{path}?{}", query.replace('\'', "%27"))
        }
        _ => tail.to_owned(),
    }
}

/// A document's address up to the last slash of its path.
fn folder_url(document: &DocumentAddress) -> String {
    let path = document.as_str().split('?').next().unwrap_or_default();
    path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_keep_their_wildcards() {
        for (typed, expected) in [
            ("https://h.example/*", "https://h.example/*"),
            ("*://h.example/a?.pdf", "*://h.example/a?.pdf"),
            ("https://h.example/a b/\u{e9}*?v=1", "https://h.example/a%20b/%C3%A9*?v=1"),
            ("https://h.example/%C3%A9+(1)", "https://h.example/%C3%A9+(1)"),
            (" * ", "*"),
            ("https://h.example/it's/*", "https://h.example/it's/*"),
            ("https://h.example/it's.pdf?n='*'", "https://h.example/it's.pdf?n=%27*%27"),
            ("https://h.example/it's?.pdf", "https://h.example/it's?.pdf"),
            ("https://H.Example:443/A*", "https://h.example/A*"),
            ("http://H.Example:80/*", "http://h.example/*"),
            ("http://h.example:443/*", "http://h.example:443/*"),
            ("https://*.Example/?..", "https://*.example/?.."),
        ] {
            assert_eq!(PolicyResource::parse(typed).unwrap().as_str(), expected);
        }
        for (typed, error) in [
            ("", PolicyResourceError::Empty),
            ("h.example/*", PolicyResourceError::Invalid),
            ("https:///a", PolicyResourceError::Invalid),
            ("https://b\u{fc}cher.example/a", PolicyResourceError::Invalid),
            ("https://h/\"", PolicyResourceError::ForbiddenCharacter { character: '"' }),
            ("https://h/x/../*", PolicyResourceError::GoesUp),
            ("https://h/x/%2e%2E/*", PolicyResourceError::GoesUp),
            ("https://h/\u{7}", PolicyResourceError::ForbiddenCharacter { character: '\u{7}' }),
            ("https://h/#a", PolicyResourceError::ForbiddenCharacter { character: '#' }),
        ] {
            assert_eq!(PolicyResource::parse(typed), Err(error), "{typed}");
        }
    }

    fn on(site: &str, document: &str) -> (SiteAddress, DocumentAddress) {
        let site = SiteAddress::parse(site).unwrap();
        let document = DocumentAddress::parse_for_folder(document, &site).unwrap();
        (site, document)
    }

    #[test]
    fn a_folder_is_the_documents_own_or_a_typed_one() {
        for (document, folder) in [
            ("a.pdf", "https://h.example/*"),
            ("reports/Q3 r\u{e9}sum\u{e9}.pdf", "https://h.example/reports/*"),
            ("reports/2026/a.pdf?v=1/2", "https://h.example/reports/2026/*"),
            ("reports/", "https://h.example/reports/*"),
        ] {
            let (_, document) = on("h.example", document);
            let resource = PolicyResource::folder_of(&document);
            assert_eq!(resource.as_str(), folder);
            assert!(resource.opens(document.as_str()));
        }
        let (site, _) = on("h.example:8443", "a.pdf");
        for (typed, expected) in [
            ("reports", "/reports/*"),
            (" /reports/ ", "/reports/*"),
            ("/", "/*"),
            ("Q3 + r\u{e9}sum\u{e9}", "/Q3%20%2B%20r%C3%A9sum%C3%A9/*"),
            ("a%20b", "/a%20b/*"),
            ("100%", "/100%25/*"),
            ("reports/*.pdf", "/reports/*.pdf"),
            ("reports/Q?.pdf", "/reports/Q?.pdf"),
            ("https://h.example:8443", "/*"),
            ("https://h.example:8443/reports/*", "/reports/*"),
            ("#1 \"x\"\\", "/%231%20%22x%22%5C/*"),
        ] {
            let resource = PolicyResource::folder_on(typed, &site).unwrap();
            assert_eq!(resource.as_str(), format!("https://h.example:8443{expected}"), "{typed}");
            assert_eq!(PolicyResource::parse(resource.as_str()), Ok(resource), "{typed}");
        }
        for typed in ["http://h.example:8443/a", "https://h.example/a", "https://h.example:84430/a"]
        {
            let site_named = FolderError::OtherSite { site: "h.example:8443".to_owned() };
            assert_eq!(PolicyResource::folder_on(typed, &site), Err(site_named), "{typed}");
        }
        let hidden = FolderError::ForbiddenCharacter { character: "U+202E".to_owned() };
        assert_eq!(PolicyResource::folder_on("a\u{202e}b", &site), Err(hidden));
    }

    #[test]
    fn examples_show_what_a_folder_opens_and_what_not() {
        let (site, document) = on("h.example", "reports/2026/a.pdf");
        let shown = |resource: &PolicyResource| {
            let examples = resource.examples(&document).into_iter();
            examples.map(|example| (example.path, example.opens)).collect::<Vec<_>>()
        };
        let expect = |opens: [bool; 5]| {
            let paths = [
                "/reports/2026/a.pdf",
                "/reports/2026/another.pdf",
                "/reports/2026/pictures/photo.jpg",
                "/reports/another.pdf",
                "/elsewhere/another.pdf",
            ];
            paths.map(str::to_owned).into_iter().zip(opens).collect::<Vec<_>>()
        };
        let own = PolicyResource::folder_of(&document);
        assert_eq!(shown(&own), expect([true, true, true, false, false]));
        let typed = |text: &str| PolicyResource::folder_on(text, &site).unwrap();
        assert_eq!(shown(&typed("/")), expect([true; 5]));
        assert_eq!(shown(&typed("reports/*.pdf")), expect([true, true, false, true, false]));
        // At the root the folder above is the folder itself, and is shown once.
        let (_, root) = on("h.example", "a.pdf");
        assert_eq!(PolicyResource::folder_of(&root).examples(&root).len(), 4);
    }

    #[test]
    fn what_opens_everything_is_known() {
        for (typed, everything) in [
            ("*", true),
            ("https://*", true),
            ("https://*/*", true),
            ("https://h.example/*", false),
            ("https://*.example/*", false),
        ] {
            assert_eq!(PolicyResource::parse(typed).unwrap().opens_everything(), everything);
        }
    }
}
