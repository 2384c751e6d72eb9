//! What a document is called in a storage, and the address of a site that opens it.
//!
//! Here: a name becomes a key once, composed, and a key leads to the one address that opens this very document. A key
//! that a browser or CloudFront would change on the way is refused. Deliberately not here: what a person types for
//! a document ([`signet_cloudfront::address`]).

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::characters::{composed, hidden_in};
use signet_cloudfront::site::SiteAddress;
use signet_setup::{Bucket, Region};
use thiserror::Error;

/// So many bytes a key has at most in S3.
pub const MAX_KEY_BYTES: usize = 1_024;

/// No ending of a name is longer; what is, is a sentence with a full stop in it.
const MAX_EXTENSION: usize = 16;

/// So many names are tried for one document.
const MAX_COPIES: u32 = 10_000;

/// A number in brackets from here on is a year, and no copy's.
const FIRST_YEAR: u32 = 1_000;

/// RFC 3986's unreserved characters and the slash: what no browser and no server rewrites.
const NAME: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Where documents lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoragePlace {
    /// The bucket.
    pub bucket: Bucket,
    /// Where it is.
    pub region: Region,
    /// What the site's distribution puts before each path.
    pub origin_path: OriginPath,
}

/// What a distribution puts before each path when it fetches from its origin: nothing, or folders with a slash
/// before each, `/client/papers`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OriginPath(String);

/// A document's key: folders and a name, as the storage has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentKey(String);

/// A folder of a storage: what the keys of its documents begin with. Empty, or with a slash at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Folder(String);

/// Why a text is no document's key, or no folder.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DocumentKeyError {
    /// Nothing, or blanks.
    #[error("the name is empty")]
    Empty,
    /// Longer than S3 takes.
    #[error("the name with its folders has {length} bytes of at most {most}")]
    TooLong {
        /// In UTF-8, composed.
        length: usize,
        /// [`MAX_KEY_BYTES`].
        most: usize,
    },
    /// A character that nobody sees.
    #[error("the name has a {name} in it ({character})")]
    Hidden {
        /// `U+202E`.
        character: String,
        /// What it is called.
        name: String,
    },
    /// A backslash, which a browser sends as a slash.
    #[error("the name has a backslash in it")]
    HasBackslash,
    /// A slash at the beginning or two of them together: a folder without a name.
    #[error("a folder has no name")]
    EmptyFolder,
    /// `.` or `..`, which a browser takes for this folder and the one above.
    #[error("a browser takes {segment} for another folder")]
    Dots {
        /// Which.
        segment: String,
    },
    /// A slash at the end: a folder, and no document.
    #[error("this is a folder")]
    IsFolder,
}

/// Why no link of the site opens a document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAddressed {
    /// It does not lie in the folder that the site shows.
    #[error("the site does not show this folder")]
    OutsideTheSite,
    /// Its address would be another document's, or nobody's.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A browser would ask for another document.
    #[error("a browser would ask for another document")]
    Rewritten,
}

impl StoragePlace {
    /// The folder that the site shows as its first one.
    #[must_use]
    pub fn root(&self) -> Folder {
        self.origin_path.root()
    }
}

impl OriginPath {
    /// Takes what CloudFront has for it, `/client/papers`, or what a person types; slashes at its ends make no
    /// difference.
    ///
    /// # Errors
    /// [`DocumentKeyError`].
    pub fn parse(text: &str) -> Result<Self, DocumentKeyError> {
        let folder = Folder::parse(text)?;
        let path = folder.0.strip_suffix('/').map(|path| format!("/{path}"));
        Ok(Self(path.unwrap_or_default()))
    }

    /// The path as CloudFront has it: empty, or `/client/papers`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that the site shows as its first one.
    #[must_use]
    pub fn root(&self) -> Folder {
        match self.0.strip_prefix('/') {
            Some(path) => Folder(format!("{path}/")),
            None => Folder::default(),
        }
    }
}

impl DocumentKey {
    /// Takes a name with its folders, `reports/2026/Contract.pdf`. Letters that are written in pieces, as macOS has
    /// them in names of files, are composed.
    ///
    /// # Errors
    /// [`DocumentKeyError`].
    pub fn parse(text: &str) -> Result<Self, DocumentKeyError> {
        let key = composed(text);
        check(&key)?;
        if key.ends_with('/') {
            return Err(DocumentKeyError::IsFolder);
        }
        check_segments(&key)?;
        Ok(Self(key))
    }

    /// A key that a storage has, byte for byte; `None` for what no link can open.
    #[must_use]
    pub fn found(text: &str) -> Option<Self> {
        let is_one = check(text).is_ok() && !text.ends_with('/') && check_segments(text).is_ok();
        is_one.then(|| Self(text.to_owned()))
    }

    /// The key of the document that an address of a site opens; `None` where no document of a storage is so addressed.
    #[must_use]
    pub fn opened_by(
        address: &DocumentAddress,
        origin_path: &OriginPath,
        site: &SiteAddress,
    ) -> Option<Self> {
        let path = percent_decode_str(address.path().strip_prefix('/')?).decode_utf8().ok()?;
        let key = Self::found(&format!("{}{path}", origin_path.root()))?;
        (key.address(origin_path, site).as_ref() == Ok(address)).then_some(key)
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without its folders.
    #[must_use]
    pub fn name(&self) -> &str {
        self.split().1
    }

    /// The folder it lies in.
    #[must_use]
    pub fn folder(&self) -> Folder {
        Folder(self.split().0.to_owned())
    }

    /// The address that opens it.
    ///
    /// # Errors
    /// [`NotAddressed`].
    pub fn address(
        &self,
        origin_path: &OriginPath,
        site: &SiteAddress,
    ) -> Result<DocumentAddress, NotAddressed> {
        let root = origin_path.root();
        let path = self.0.strip_prefix(&root.0).ok_or(NotAddressed::OutsideTheSite)?;
        let path = format!("/{}", utf8_percent_encode(path, NAME));
        // A whole address on its own site: what is asked about names that people type is not asked of files.
        let address = DocumentAddress::parse_url(&format!("{}{path}", site.origin()))?;
        if address.path() == path { Ok(address) } else { Err(NotAddressed::Rewritten) }
    }

    /// Names for a document that is to lie beside this one, in their order: `Contract (2).pdf`, `Contract (3).pdf`.
    pub fn copies(&self) -> impl Iterator<Item = Self> + use<> {
        let (folder, name) = self.split();
        let (stem, extension) = split_extension(name);
        let (stem, number) = match copy_number(stem) {
            Some((stem, number)) => (stem, number + 1),
            None => (stem, 2),
        };
        let (folder, stem) = (folder.to_owned(), stem.to_owned());
        let extension = extension.to_owned();
        // They end, for there may be no room for any.
        (number..number.saturating_add(MAX_COPIES)).filter_map(move |number| {
            let end = format!(" ({number}){extension}");
            let room = MAX_KEY_BYTES.saturating_sub(folder.len() + end.len());
            let stem = Some(cut(&stem, room)).filter(|stem| !stem.is_empty())?;
            Self::parse(&format!("{folder}{stem}{end}")).ok()
        })
    }

    fn split(&self) -> (&str, &str) {
        let at = self.0.rfind('/').map_or(0, |slash| slash + 1);
        self.0.split_at(at)
    }
}

impl Folder {
    /// Takes what a person types for a folder: `reports/2026`, with slashes at its ends or without. Nothing is the
    /// storage itself.
    ///
    /// # Errors
    /// [`DocumentKeyError`].
    pub fn parse(text: &str) -> Result<Self, DocumentKeyError> {
        let folder = composed(text.trim().trim_matches('/'));
        if folder.is_empty() {
            return Ok(Self::default());
        }
        check(&folder)?;
        check_segments(&folder)?;
        // A name has room behind it.
        match folder.len() + 1 {
            length if length < MAX_KEY_BYTES => Ok(Self(format!("{folder}/"))),
            length => Err(DocumentKeyError::TooLong { length, most: MAX_KEY_BYTES }),
        }
    }

    /// A folder that a storage has, byte for byte; `None` for one in which no link can open anything.
    #[must_use]
    pub fn found(text: &str) -> Option<Self> {
        let is_one = text.is_empty()
            || text.strip_suffix('/').is_some_and(|folder| {
                check(folder).is_ok()
                    && check_segments(folder).is_ok()
                    && text.len() < MAX_KEY_BYTES
            });
        is_one.then(|| Self(text.to_owned()))
    }

    /// What the keys of its documents begin with.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its name without the folders around it; empty for the storage itself.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }

    /// The folder around it; `None` for the storage itself.
    #[must_use]
    pub fn around(&self) -> Option<Self> {
        let inner = self.0.strip_suffix('/')?;
        let (around, _) = inner.split_at(inner.rfind('/').map_or(0, |slash| slash + 1));
        Some(Self(around.to_owned()))
    }

    /// A folder in it.
    ///
    /// # Errors
    /// [`DocumentKeyError`].
    pub fn within(&self, text: &str) -> Result<Self, DocumentKeyError> {
        let inner = Self::parse(text)?;
        Self::parse(&format!("{}{}", self.0, inner.0))
    }

    /// The key of a document in it that is called so: a name, and not a path.
    ///
    /// # Errors
    /// [`DocumentKeyError`].
    pub fn key(&self, name: &str) -> Result<DocumentKey, DocumentKeyError> {
        // A file of this computer may have a backslash in its name, and none has a slash.
        if name.trim().is_empty() {
            return Err(DocumentKeyError::Empty);
        }
        DocumentKey::parse(&format!("{}{name}", self.0))
    }
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Folder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What holds for a key and for a folder.
fn check(text: &str) -> Result<(), DocumentKeyError> {
    if text.trim().is_empty() {
        return Err(DocumentKeyError::Empty);
    }
    if text.len() > MAX_KEY_BYTES {
        return Err(DocumentKeyError::TooLong { length: text.len(), most: MAX_KEY_BYTES });
    }
    if let Some((character, name)) = hidden_in(text) {
        return Err(DocumentKeyError::Hidden { character, name: name.to_owned() });
    }
    if text.contains('\\') {
        return Err(DocumentKeyError::HasBackslash);
    }
    Ok(())
}

fn check_segments(text: &str) -> Result<(), DocumentKeyError> {
    for segment in text.split('/') {
        match segment {
            "" => return Err(DocumentKeyError::EmptyFolder),
            "." | ".." => return Err(DocumentKeyError::Dots { segment: segment.to_owned() }),
            _ => {}
        }
    }
    Ok(())
}

/// A name and its ending with the full stop: `Contract` and `.pdf`, `archive` and `.tar.gz`. A name that only begins
/// with a full stop has none.
fn split_extension(name: &str) -> (&str, &str) {
    let Some((stem, extension)) = ending(name) else { return (name, "") };
    match ending(stem) {
        Some((before, inner)) if inner.eq_ignore_ascii_case(".tar") => {
            name.split_at_checked(before.len()).unwrap_or((stem, extension))
        }
        _ => (stem, extension),
    }
}

fn ending(name: &str) -> Option<(&str, &str)> {
    let at = name.rfind('.').filter(|at| *at > 0)?;
    let (stem, extension) = name.split_at_checked(at)?;
    let letters = extension.strip_prefix('.')?;
    let is_one = (1..=MAX_EXTENSION).contains(&letters.len())
        && letters.chars().all(char::is_alphanumeric)
        && !stem.trim_start_matches('.').is_empty();
    is_one.then_some((stem, extension))
}

/// What stands before the number of a copy, and the number: `Contract (2)`.
fn copy_number(stem: &str) -> Option<(&str, u32)> {
    let (before, number) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    let is_number = !number.is_empty()
        && !number.starts_with('0')
        && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse().ok().filter(|number| *number < FIRST_YEAR - 1)?;
    (is_number && !before.trim().is_empty()).then_some((before, number))
}

/// As much of a text as has room, without a blank at its end.
fn cut(text: &str, room: usize) -> &str {
    let mut end = room.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = text.get(..end).unwrap_or_default();
    if end < text.len() { cut.trim_end() } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> SiteAddress {
        SiteAddress::parse("docs.example.com").unwrap()
    }

    fn key(text: &str) -> DocumentKey {
        DocumentKey::parse(text).unwrap()
    }

    #[test]
    fn a_name_is_composed_and_its_address_opens_it() {
        let narrow = "Screenshot at 3.00\u{202f}PM.png";
        for (text, stored, path) in [
            ("Contract.pdf", "Contract.pdf", "/Contract.pdf"),
            ("reports/2026/Q1.pdf", "reports/2026/Q1.pdf", "/reports/2026/Q1.pdf"),
            ("U\u{308}bersicht.pdf", "\u{dc}bersicht.pdf", "/%C3%9Cbersicht.pdf"),
            ("\u{110b}\u{1161}.txt", "\u{c544}.txt", "/%EC%95%84.txt"),
            ("a b+c&d=e.pdf", "a b+c&d=e.pdf", "/a%20b%2Bc%26d%3De.pdf"),
            ("50%.pdf", "50%.pdf", "/50%25.pdf"),
            ("100%25.pdf", "100%25.pdf", "/100%2525.pdf"),
            ("What is this?.pdf", "What is this?.pdf", "/What%20is%20this%3F.pdf"),
            ("a#b.pdf", "a#b.pdf", "/a%23b.pdf"),
            ("a*.pdf", "a*.pdf", "/a%2A.pdf"),
            ("\"a\" <b>.pdf", "\"a\" <b>.pdf", "/%22a%22%20%3Cb%3E.pdf"),
            ("a.pdf, b.pdf", "a.pdf, b.pdf", "/a.pdf%2C%20b.pdf"),
            ("undefined", "undefined", "/undefined"),
            ("a &amp; b.pdf", "a &amp; b.pdf", "/a%20%26amp%3B%20b.pdf"),
            ("~a.pdf", "~a.pdf", "/~a.pdf"),
            (".htaccess", ".htaccess", "/.htaccess"),
            ("...", "...", "/..."),
            ("a.", "a.", "/a."),
            (" a.pdf", " a.pdf", "/%20a.pdf"),
            ("C:/a.pdf", "C:/a.pdf", "/C%3A/a.pdf"),
            ("www.example.com/a.pdf", "www.example.com/a.pdf", "/www.example.com/a.pdf"),
            ("\u{2764}\u{fe0f}.pdf", "\u{2764}\u{fe0f}.pdf", "/%E2%9D%A4%EF%B8%8F.pdf"),
            (narrow, narrow, "/Screenshot%20at%203.00%E2%80%AFPM.png"),
        ] {
            let parsed = key(text);
            assert_eq!(parsed.as_str(), stored, "{text}");
            let address = parsed.address(&OriginPath::default(), &site()).unwrap();
            assert_eq!(address.path(), path, "{text}");
            let opened = DocumentKey::opened_by(&address, &OriginPath::default(), &site());
            assert_eq!(opened.as_ref(), Some(&parsed), "{text}");
            // What the window and the history make of it is the same document.
            assert_eq!(DocumentAddress::signed_before(address.as_str(), &site()), Some(address));
            assert_eq!(DocumentKey::found(stored), Some(parsed), "{text}");
        }
    }

    #[test]
    fn what_is_typed_for_it_is_the_same_document() {
        use signet_cloudfront::address::typed_name;
        for text in [
            "reports/2026/Q1 (final)!.pdf",
            "U\u{308}bersicht.pdf",
            "What is this?.pdf",
            "100%25.pdf",
            "a.pdf, b.pdf",
            "www.example.com/a.pdf",
        ] {
            let key = key(text);
            let typed = DocumentAddress::parse(&typed_name(key.as_str()), &site()).unwrap();
            let address = key.address(&OriginPath::default(), &site()).unwrap();
            assert_eq!(typed, address, "{text}");
        }
    }

    #[test]
    fn names_what_is_no_key() {
        use DocumentKeyError as E;
        let hidden = |character: &str, name: &str| E::Hidden {
            character: character.to_owned(),
            name: name.to_owned(),
        };
        let dots = |segment: &str| E::Dots { segment: segment.to_owned() };
        let long = "a".repeat(MAX_KEY_BYTES + 1);
        for (text, error) in [
            ("", E::Empty),
            (" \t", E::Empty),
            ("a\nb.pdf", hidden("U+000A", "line break")),
            ("a\u{0}.pdf", hidden("U+0000", "control character")),
            ("fdp\u{202e}.exe", hidden("U+202E", "right-to-left override")),
            ("a\u{200b}.pdf", hidden("U+200B", "zero-width space")),
            ("a\\b.pdf", E::HasBackslash),
            ("/a.pdf", E::EmptyFolder),
            ("a//b.pdf", E::EmptyFolder),
            ("a/", E::IsFolder),
            ("/", E::IsFolder),
            (".", dots(".")),
            ("a/./b.pdf", dots(".")),
            ("../a.pdf", dots("..")),
            ("a/..", dots("..")),
            (&long, E::TooLong { length: MAX_KEY_BYTES + 1, most: MAX_KEY_BYTES }),
        ] {
            assert_eq!(DocumentKey::parse(text), Err(error), "{text:?}");
            assert_eq!(DocumentKey::found(text), None, "{text:?}");
        }
        // Composed it has room.
        let pieces = "u\u{308}".repeat(MAX_KEY_BYTES / 2);
        assert_eq!(key(&pieces).as_str().len(), MAX_KEY_BYTES);
        // In a storage it is another document than the composed one.
        assert_ne!(DocumentKey::found("u\u{308}.pdf"), Some(key("u\u{308}.pdf")));
    }

    #[test]
    fn an_origin_path_is_in_front_of_the_key_and_not_of_the_address() {
        for text in ["/client/papers", "client/papers/", "client/papers"] {
            assert_eq!(OriginPath::parse(text).unwrap().as_str(), "/client/papers");
        }
        for text in ["", "/", " "] {
            assert_eq!(OriginPath::parse(text).unwrap(), OriginPath::default());
        }
        assert!(OriginPath::parse("a/../b").is_err());
        let origin_path = OriginPath::parse("/client/papers").unwrap();
        let address = key("client/papers/2026/a.pdf").address(&origin_path, &site()).unwrap();
        assert_eq!(address.path(), "/2026/a.pdf");
        for text in ["client/a.pdf", "client/papers.pdf", "a.pdf"] {
            let refused = key(text).address(&origin_path, &site());
            assert_eq!(refused, Err(NotAddressed::OutsideTheSite), "{text}");
        }
    }

    #[test]
    fn folders_are_typed_in_any_way_and_have_names() {
        for text in ["reports/2026", "/reports/2026/", "reports/2026/", " reports/2026 "] {
            assert_eq!(Folder::parse(text).unwrap().as_str(), "reports/2026/", "{text}");
        }
        for text in ["", "/", " ", "//"] {
            assert_eq!(Folder::parse(text).unwrap(), Folder::default(), "{text}");
        }
        for text in ["a//b", "a/../b", "..", "a\\b", "a\u{202e}b"] {
            assert!(Folder::parse(text).is_err(), "{text}");
        }
        let folder = Folder::parse("reports/2026").unwrap();
        assert_eq!(folder.name(), "2026");
        assert_eq!(folder.around().unwrap().as_str(), "reports/");
        assert_eq!(folder.around().unwrap().around(), Some(Folder::default()));
        assert_eq!(Folder::default().around(), None);
        assert_eq!(folder.within("Q1").unwrap().as_str(), "reports/2026/Q1/");
        assert_eq!(folder.key("a.pdf").unwrap().as_str(), "reports/2026/a.pdf");
        assert_eq!(folder.key("a.pdf").unwrap().folder(), folder);
        assert_eq!(folder.key("a.pdf").unwrap().name(), "a.pdf");
        assert_eq!(folder.key(""), Err(DocumentKeyError::Empty));
        assert_eq!(Folder::found("a/b/").unwrap().as_str(), "a/b/");
        for text in ["a", "/", "a//", "a/../"] {
            assert_eq!(Folder::found(text), None, "{text}");
        }
    }

    #[test]
    fn copies_are_counted_before_the_ending() {
        for (text, first, second) in [
            ("Contract.pdf", "Contract (2).pdf", "Contract (3).pdf"),
            ("a/b.c/Contract.pdf", "a/b.c/Contract (2).pdf", "a/b.c/Contract (3).pdf"),
            ("a/b.c/Contract", "a/b.c/Contract (2)", "a/b.c/Contract (3)"),
            ("archive.tar.gz", "archive (2).tar.gz", "archive (3).tar.gz"),
            ("archive.TAR.XZ", "archive (2).TAR.XZ", "archive (3).TAR.XZ"),
            (".tar.gz", ".tar (2).gz", ".tar (3).gz"),
            (".gitignore", ".gitignore (2)", ".gitignore (3)"),
            ("..a", "..a (2)", "..a (3)"),
            ("Makefile", "Makefile (2)", "Makefile (3)"),
            ("Contract (2).pdf", "Contract (3).pdf", "Contract (4).pdf"),
            ("Contract (9)", "Contract (10)", "Contract (11)"),
            ("Contract (0).pdf", "Contract (0) (2).pdf", "Contract (0) (3).pdf"),
            ("Report (2026).pdf", "Report (2026) (2).pdf", "Report (2026) (3).pdf"),
            ("Report (2026) (2).pdf", "Report (2026) (3).pdf", "Report (2026) (4).pdf"),
            ("Contract(2).pdf", "Contract(2) (2).pdf", "Contract(2) (3).pdf"),
            ("Contract ().pdf", "Contract () (2).pdf", "Contract () (3).pdf"),
            (" (2).pdf", " (2) (2).pdf", " (2) (3).pdf"),
            ("Minutes of Mr. Smith", "Minutes of Mr. Smith (2)", "Minutes of Mr. Smith (3)"),
            ("v1.2 final.pdf", "v1.2 final (2).pdf", "v1.2 final (3).pdf"),
            ("a.", "a. (2)", "a. (3)"),
            ("\u{dc}bersicht.pdf", "\u{dc}bersicht (2).pdf", "\u{dc}bersicht (3).pdf"),
        ] {
            let copies: Vec<_> = key(text).copies().take(2).map(|key| key.to_string()).collect();
            assert_eq!(copies, [first, second], "{text}");
        }
    }

    #[test]
    fn a_copy_of_a_long_name_is_not_too_long() {
        for name in ["\u{fc}".repeat(510), "a b".repeat(340), "\u{1f4c4}".repeat(255)] {
            let key = key(&format!("{name}.pdf"));
            let copy = key.copies().next().unwrap();
            assert!(copy.as_str().len() <= MAX_KEY_BYTES, "{}", copy.as_str().len());
            assert!(copy.as_str().ends_with(" (2).pdf") && !copy.as_str().contains("  "));
            let hundredth = key.copies().nth(98).unwrap();
            assert!(hundredth.as_str().ends_with(" (100).pdf"));
        }
        // No room for a number.
        let folder = format!("{}/", "a".repeat(MAX_KEY_BYTES - 2));
        let key = key(&format!("{folder}b"));
        assert_eq!(key.copies().next(), None);
    }
}
