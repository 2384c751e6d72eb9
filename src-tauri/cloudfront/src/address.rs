//! A document's address: the exact URL bytes that are signed, printed and asked for.
//!
//! Here: reading what a person types or pastes (a full address, a path, or a file name) and what a
//! script gives, encoding it once, and refusing what could show one thing and sign another. What is
//! refused and can be understood is offered as a text that can be typed instead. Deliberately not
//! here: whether the document exists (nothing here connects).
//!
//! Decisions, each because CloudFront compares with the URL byte for byte:
//! - A *name or path* is text for people: everything outside RFC 3986's unreserved set is encoded
//!   (`+` becomes `%2B`, because S3 reads `+` as a space). Where every `%` of a path begins a valid
//!   `%XX`, the path counts as already encoded and those triplets stay. A `?` begins a query where it
//!   looks like one.
//! - A *full address* is a URL as given: legal characters stay as they are (`+` too), spaces and
//!   non-ASCII are encoded.
//! - What a browser rewrites on its way is signed in the form that arrives ([`browser`]): `.` goes,
//!   `'` in a query is `%27`, a host has small letters and no usual port. `..` is refused, since
//!   another document arrives than the one that was typed.
//! - `//` is not folded, and names are not normalised: a key may be stored composed (NFC) or decomposed
//!   (NFD), and its bytes decide.
//! - Invisible characters are refused. A key that really has one can be pasted encoded
//!   (`%E2%80%8D`), where it is plain to see.
//! - White space around the text is dropped; a key that ends in a space can be pasted with `%20`.

mod around;
mod browser;
mod computer;
pub(crate) mod encode;
mod extension;
mod foreign_links;
mod name;
mod unlikely;

pub use unlikely::Unlikely;

use around::Around;
use browser::GoesUp;
use extension::{has_known_extension, split_at_last_name};

use std::borrow::Cow;

use crate::characters::{code_point, hidden_name};
use crate::host::{
    Authority, is_cloudfront, is_console, split_authority, split_scheme, storage_host,
};
use crate::site::{Scheme, SiteAddress};

/// CloudFront's limit for a whole link, in bytes; an address alone may not be longer either.
pub const MAX_BYTES: usize = 8192;

/// The parameters CloudFront adds to a link; they may not stand in an address already.
pub(crate) const SIGNING_PARAMETERS: [&str; 5] =
    ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];

/// Schemes that people paste without `//` behind them.
const SCHEMES_WITHOUT_SLASHES: [&str; 10] =
    ["http", "https", "s3", "file", "mailto", "javascript", "vbscript", "tel", "blob", "data"];

/// An address on a [`SiteAddress`]: printable ASCII, no quotes, backslash, `#` or space; a `*` only where a
/// script gave it, a `'` only in its path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentAddress {
    url: String,
    host: String,
    /// Encoded path and query; begins with `/`.
    path: String,
}

/// Why a text is not the address of a document on the site.
///
/// A `suggestion` is a text that can be typed instead, and is read without a question then.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AddressError {
    /// Nothing, or white space only.
    #[error("the address is empty")]
    Empty,
    /// The site itself, everything or a bare question mark, and no document.
    #[error("the address names no document")]
    NamesNoDocument,
    /// A full address of another host. Hosts are ASCII, so that a look-alike shows.
    #[error("the address is on {host}, not on {site}")]
    OtherSite {
        /// The host of the address, with its port if one was given.
        host: String,
        /// The site's host.
        site: String,
        /// The same as a folder of the site, where it may be one.
        suggestion: Option<String>,
    },
    /// A folder, where one document is wanted.
    #[error("this is a folder, and not a document")]
    IsFolder {
        /// Its path, encoded, with a slash on both sides.
        folder: String,
    },
    /// What a program or an instruction has in the place of a name: `undefined`, `{{name}}`.
    #[error("{text} stands where a name should be")]
    IsPlaceholder {
        /// That.
        text: String,
    },
    /// `&amp;` or the like: the address was copied out of HTML.
    #[error("the address is written as in HTML, where & is &amp;")]
    IsHtml {
        /// The same without it.
        suggestion: Option<String>,
    },
    /// A file on the person's own computer, or in an office's network.
    #[error("the file is on a computer, where nobody else can open it")]
    OnComputer {
        /// The site's host, where it is known.
        site: Option<String>,
    },
    /// The document's address in S3, which does not check CloudFront's signatures.
    #[error("{host} is a storage address")]
    IsStorageAddress {
        /// The storage host, `s3://bucket`, or an ARN.
        host: String,
        /// The document's name in the storage.
        suggestion: Option<String>,
    },
    /// A character that may not stand there.
    #[error("the address has a forbidden character: {character}")]
    ForbiddenCharacter {
        /// The character itself, or `U+202E` where it cannot be seen.
        character: String,
        /// Its name in English, for the ones that need one.
        name: Option<String>,
        /// The same with it encoded, or without it where it cannot be seen.
        suggestion: Option<String>,
    },
    /// A backslash, which a browser writes as a slash.
    #[error("the address has a backslash, which a browser sends as a slash")]
    HasBackslash {
        /// The same with slashes.
        suggestion: Option<String>,
    },
    /// A full address with `#…`, which never reaches the server.
    #[error("the address has a fragment (#), which never reaches the site")]
    HasFragment {
        /// The same without it, or with a `#` that belongs to the name.
        suggestion: Option<String>,
    },
    /// A `*`, which stands for anything.
    #[error("the address has an asterisk; %2A is one in a name")]
    IsPattern {
        /// The folder that is meant, with a slash on both sides.
        folder: Option<String>,
        /// The same with the asterisk as a part of the name.
        suggestion: Option<String>,
    },
    /// A `?` that may belong to the name or begin a query.
    #[error("the question mark may belong to the name (%3F) or end it")]
    HasQuestionMark {
        /// The text where it belongs to the name.
        name: Option<String>,
        /// The text where the name ends before it.
        query: Option<String>,
    },
    /// `..`: a browser would ask for another document than the one that was typed.
    #[error("the address goes up with \"..\", so that a browser asks for {arrives}")]
    GoesUp {
        /// Path and query that would arrive.
        #[serde(skip)]
        arrives: String,
        /// The same, where it may be meant.
        suggestion: Option<String>,
    },
    /// Several addresses or names.
    #[error("{count} addresses stand in one line")]
    Several {
        /// How many.
        count: usize,
        /// The same as one name, where it may be one.
        suggestion: Option<String>,
    },
    /// Words around an address that may belong to it.
    #[error("words stand around the address")]
    WordsAround {
        /// The likelier reading.
        suggestion: Option<String>,
    },
    /// Something that a spreadsheet would calculate.
    #[error("this is a formula, not an address")]
    IsFormula,
    /// A finished link of CloudFront.
    #[error("the address is a signed link already")]
    IsLink {
        /// Its document's address.
        suggestion: Option<String>,
    },
    /// A link that was signed for S3.
    #[error("the address is signed for S3 already, and CloudFront takes no such signature")]
    IsSignedForS3 {
        /// Its document's address.
        suggestion: Option<String>,
    },
    /// The address has a parameter of CloudFront's own.
    #[error("the address already has the parameter {name}")]
    HasSigningParameter {
        /// One of CloudFront's five names, in its usual spelling.
        name: String,
        /// The same without it.
        suggestion: Option<String>,
    },
    /// Longer than CloudFront takes.
    #[error("the address has {length} bytes of at most {most}")]
    TooLong {
        /// Bytes of the whole URL, or of the text where that alone is too long.
        length: usize,
        /// [`MAX_BYTES`].
        most: usize,
    },
    /// The site's address with `http://`.
    #[error("the address on {host} does not begin with https")]
    NotSecure {
        /// The host of the address.
        host: String,
        /// The same with `https`.
        suggestion: Option<String>,
    },
    /// A name before an `@`, which makes `https://docs.example.com@evil.example` read as the wrong host.
    #[error("the address has a user name in it")]
    HasUserInfo,
    /// Not readable as an address.
    #[error("this is no whole address")]
    Invalid {
        /// The address of the site that stands in it.
        suggestion: Option<String>,
    },
    /// Neither https nor a path: `ftp:`, `mailto:`.
    #[error("the address begins with {scheme}:")]
    OtherScheme {
        /// Lower case, without the colon.
        scheme: String,
    },
}

/// At which door a text comes in: the one choice by which the window and the terminal read addresses
/// differently.
#[derive(Clone, Copy)]
enum Door<'a> {
    /// A person, on a site. A name or path counts, in this folder (empty for none); a mark behind a
    /// document's name is none of its letters; a `*`, an unclear `?` and what is [`Unlikely`] are asked
    /// about; the address must name what is wanted.
    Person { site: &'a SiteAddress, folder: &'a str, wanted: Wanted },
    /// A script, as it calls AWS's tools: a whole address on any host, with `http` too. Of what is
    /// legal nothing is changed but what a browser changes, a `*` stays for a wildcard, and what is
    /// [`Unlikely`] is an address.
    Script,
}

/// What a person's link is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// One document.
    Document,
    /// A folder, which may be named itself, or by a document in it.
    Folder,
}

impl DocumentAddress {
    /// Reads a full address, a path (with or without the leading `/`) or a file name, as a person types
    /// or pastes it, with marks around it too.
    ///
    /// Reading the result's [`as_str`](Self::as_str) again gives the same address.
    ///
    /// # Errors
    /// [`AddressError`], what the text *is* before what is wrong with it.
    pub fn parse(text: &str, site: &SiteAddress) -> Result<Self, AddressError> {
        Self::read(text, Door::Person { site, folder: "", wanted: Wanted::Document })
    }

    /// The same for a link that opens a whole folder: the folder may be named in place of a document in it.
    ///
    /// # Errors
    /// [`AddressError`], but for [`AddressError::IsFolder`].
    pub fn parse_for_folder(text: &str, site: &SiteAddress) -> Result<Self, AddressError> {
        Self::read(text, Door::Person { site, folder: "", wanted: Wanted::Folder })
    }

    /// The same where names are those of a folder of the site, which is typed like a path or a full
    /// address. A full address and a path with the leading `/` stand for themselves.
    ///
    /// # Errors
    /// [`AddressError`], of the folder too.
    pub fn parse_in(folder: &str, text: &str, site: &SiteAddress) -> Result<Self, AddressError> {
        Self::read(text, Door::Person { site, folder, wanted: Wanted::Document })
    }

    /// Reads a full address on any host, `https` or `http`, as scripts give it: what is legal stays
    /// byte for byte where a browser leaves it so, all else is encoded as in [`Self::parse`]. A `*`
    /// stays too, and is a wildcard to whoever signs the address ([`crate::link_conditions`]).
    ///
    /// # Errors
    /// [`AddressError`]; never [`AddressError::OtherSite`] and [`AddressError::NotSecure`].
    pub fn parse_url(text: &str) -> Result<Self, AddressError> {
        Self::read(text, Door::Script)
    }

    /// The address of a link that was made before, byte for byte, whatever would be asked about it
    /// today; `None` for what never was one on this site.
    pub fn signed_before(url: &str, site: &SiteAddress) -> Option<Self> {
        let path = url.strip_prefix(&site.origin())?;
        let is_refused = |byte: u8| !byte.is_ascii_graphic() || b"\"\\#<>*`".contains(&byte);
        let is_one = path.starts_with('/')
            && url.len() <= MAX_BYTES
            && !path.bytes().any(is_refused)
            && encode::has_only_triplets(path)
            && foreign_links::found_in(path).is_none();
        is_one.then(|| Self {
            url: url.to_owned(),
            host: site.host().to_owned(),
            path: path.to_owned(),
        })
    }

    fn read(text: &str, door: Door<'_>) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        // Encoding never shortens, so this is an answer and not a guess; it also keeps a paste of
        // megabytes cheap. (The origin is counted when the address is whole.)
        check_length(text.len())?;
        check_visible(text, door)?;
        let text = match (taken_out(text, door)?, door) {
            (Some(address), Door::Person { .. }) => around::without_end_marks(address),
            (Some(address), Door::Script) => address,
            (None, Door::Person { .. }) => name::unmarked(text),
            (None, Door::Script) => text,
        };
        let address = match (split_scheme(text), door) {
            (Some((scheme, rest)), _) => Self::full(text, &scheme, rest, door),
            (None, Door::Person { site, folder, .. }) => Self::name(text, site, folder, door),
            (None, Door::Script) => Err(match computer::is_there(name::unmarked(text)) {
                true => AddressError::OnComputer { site: None },
                false => AddressError::Invalid { suggestion: None },
            }),
        }?;
        // Whoever pastes what was signed shall be understood as before, whatever stands in a query.
        taken_out(&address.url, door)?;
        let document = [text, &address.url].into_iter().find_map(name::without_columns);
        match (document, door) {
            (Some(document), Door::Person { .. }) => {
                Err(AddressError::WordsAround { suggestion: offered(document, door) })
            }
            _ => Ok(address),
        }
    }

    /// A text that begins with a scheme and `://`.
    fn full(text: &str, scheme: &str, rest: &str, door: Door<'_>) -> Result<Self, AddressError> {
        let (typed, rest) = split_authority(rest);
        if scheme == "s3" {
            return Err(AddressError::IsStorageAddress {
                host: format!("s3://{typed}"),
                suggestion: offered_name(rest, door),
            });
        }
        if computer::is_there(text) {
            let site = match door {
                Door::Person { site, .. } => Some(site.host().to_owned()),
                Door::Script => None,
            };
            return Err(AddressError::OnComputer { site });
        }
        if !matches!(scheme, "http" | "https") {
            return Err(match door {
                Door::Person { site, .. } if mended(text, site).is_some() => {
                    AddressError::Invalid { suggestion: offered_mended(text, site, door) }
                }
                _ => AddressError::OtherScheme { scheme: scheme.to_owned() },
            });
        }
        if typed.contains('@') {
            return Err(AddressError::HasUserInfo);
        }
        if let Some(host) = storage_host(typed) {
            let suggestion = foreign_links::key_at(&host, rest);
            let suggestion = suggestion.and_then(|key| offered_name(&key, door));
            return Err(AddressError::IsStorageAddress { host, suggestion });
        }
        if let Door::Person { .. } = door
            && (typed.contains('\\') || rest.contains('\\'))
        {
            return Err(AddressError::HasBackslash { suggestion: offered_slashes(text, door) });
        }
        let authority = Authority::parse(typed).filter(|authority| !is_scheme(&authority.name));
        let authority = authority.ok_or_else(|| AddressError::Invalid {
            suggestion: match door {
                Door::Person { site, .. } => offered_mended(text, site, door),
                Door::Script => None,
            },
        })?;
        let (origin, host) = match door {
            Door::Person { site, .. } => {
                check_site(scheme, &authority, rest, site, door)?;
                (site.origin(), site.host().to_owned())
            }
            Door::Script => {
                let host = arriving_host(typed, scheme, &authority)?;
                (format!("{scheme}://{host}"), host)
            }
        };
        Self::whole(text, rest, origin, host, door)
    }

    /// What follows the host in a full address.
    fn whole(
        text: &str,
        rest: &str,
        origin: String,
        host: String,
        door: Door<'_>,
    ) -> Result<Self, AddressError> {
        if let Some((before, fragment)) = text.split_once('#') {
            let candidate = match has_known_extension(fragment) {
                true => text.replace('#', "%23"),
                false => before.to_owned(),
            };
            return Err(AddressError::HasFragment { suggestion: offered(&candidate, door) });
        }
        let is_script = matches!(door, Door::Script);
        if !is_script && rest.contains('*') {
            return Err(pattern(text, rest, door));
        }
        if let Some(character) = rest.chars().find(|c| matches!(c, '"' | '\\' | '<' | '>')) {
            if let Some(text) = rest.split('/').find_map(unlikely::placeholder_in_name) {
                return Err(AddressError::IsPlaceholder { text });
            }
            let candidate = match text.trim_end_matches(character) {
                marked if !marked.contains(character) => marked.to_owned(),
                _ => text.replace(character, &format!("%{:02X}", u32::from(character))),
            };
            return Err(forbidden(character, offered(&candidate, door)));
        }
        if !encode::has_only_triplets(rest) {
            return Err(forbidden('%', offered(&encode::stray_percents(text), door)));
        }
        let path = encode::full(rest, is_script);
        // A browser has encoded what it shows; raw white space is a person's own.
        if !is_script
            && rest.contains(char::is_whitespace)
            && let Some((before, query)) = rest.split_once('?')
            && !name::is_query(before, query)
        {
            return Err(AddressError::HasQuestionMark {
                name: offered(&text.replace('?', "%3F"), door),
                query: offered(&format!("{origin}{path}"), door),
            });
        }
        Self::of_path(path, origin, host, door)
    }

    /// A text without a scheme, on a site.
    fn name(
        text: &str,
        site: &SiteAddress,
        folder: &str,
        door: Door<'_>,
    ) -> Result<Self, AddressError> {
        // A host says as clearly as a scheme that the marks of a sentence are behind the address.
        let address = around::without_end_marks(text);
        if let Some(rest) = on_site(address.strip_prefix("//").unwrap_or(address), site) {
            return Self::whole(address, rest, site.origin(), site.host().to_owned(), door);
        }
        check_name(text, site, door)?;
        if let Cow::Owned(plain) =
            unlikely::without_html(text.split('?').next().unwrap_or_default())
        {
            let rest = text.find('?').and_then(|at| text.get(at..)).unwrap_or_default();
            let suggestion = offered(&format!("{plain}{rest}"), door);
            return Err(AddressError::IsHtml { suggestion });
        }
        if !text.contains('?') && !text.chars().any(is_of_a_name) {
            return Err(AddressError::NamesNoDocument);
        }
        let in_folder = |text: &str| match folder.trim() {
            "" => Ok(text.to_owned()),
            _ if text.starts_with('/') => Ok(text.to_owned()),
            folder => {
                let folder = folder_path(folder, site)?;
                Ok(format!("{}/{text}", folder.trim_end_matches('/')))
            }
        };
        let path = encode::name(&in_folder(text)?);
        if let Some((before, query)) = text.split_once('?')
            && !name::is_query(before, query)
            && !(query.is_empty() && has_known_extension(before))
        {
            if before.trim_matches('/').trim().is_empty() {
                return Err(AddressError::NamesNoDocument);
            }
            let whole = match encode::has_only_triplets(text) {
                true => text.replace('?', "%3F"),
                false => text.replace('%', "%25").replace('?', "%3F"),
            };
            return Err(AddressError::HasQuestionMark {
                name: offered(&whole, door),
                query: offered(&format!("{}{path}", site.origin()), door),
            });
        }
        Self::of_path(path, site.origin(), site.host().to_owned(), door)
    }

    /// An encoded path with its query.
    fn of_path(
        path: String,
        origin: String,
        host: String,
        door: Door<'_>,
    ) -> Result<Self, AddressError> {
        if let Some(found) = foreign_links::found_in(&path) {
            let without = foreign_links::without_signature(&path);
            let without = format!("{origin}{}", unlikely::without_html(&without));
            return Err(found.into_error(offered(&without, door)));
        }
        let path = browser::folded(path).map_err(|GoesUp { arrives, is_above }| {
            let candidate = format!("{origin}{arrives}");
            let suggestion = if is_above { None } else { offered(&candidate, door) };
            AddressError::GoesUp { arrives, suggestion }
        })?;
        let url = format!("{origin}{path}");
        check_length(url.len())?;
        let address = Self { url, host, path };
        match door {
            Door::Person { wanted, .. } => address.likely(wanted, &origin, door),
            Door::Script => Ok(address),
        }
    }

    /// The address where a person may mean it.
    fn likely(self, wanted: Wanted, origin: &str, door: Door<'_>) -> Result<Self, AddressError> {
        match self.unlikely() {
            None => Ok(self),
            Some(Unlikely::Folder { .. }) if wanted == Wanted::Folder => Ok(self),
            Some(Unlikely::Site) => Err(AddressError::NamesNoDocument),
            Some(Unlikely::Folder { folder }) => Err(AddressError::IsFolder { folder }),
            Some(Unlikely::Placeholder { text }) => Err(AddressError::IsPlaceholder { text }),
            Some(Unlikely::Html { plain }) => {
                let suggestion = offered(&format!("{origin}{plain}"), door);
                Err(AddressError::IsHtml { suggestion })
            }
        }
    }

    /// What the address hardly means, though it can be signed.
    #[must_use]
    pub fn unlikely(&self) -> Option<Unlikely> {
        unlikely::in_address(&self.host, &self.path)
    }

    /// The whole URL: the bytes to sign and to print.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The site's host, with `:port` where there is one.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The encoded path and query, beginning with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What a person types for this document: its name, with its folders and decoded, where `read`
    /// understands that as this very address; else the whole address.
    #[must_use]
    pub fn as_typed(&self, read: impl Fn(&str) -> Option<Self>) -> String {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        let (name, query) = path.split_at(path.find('?').unwrap_or(path.len()));
        let decoded = encode::decoded(name);
        [format!("{decoded}{query}"), format!("{}{query}", name::as_text(&decoded))]
            .into_iter()
            .find(|typed| read(typed).is_some_and(|address| address.url == self.url))
            .unwrap_or_else(|| self.url.clone())
    }

    /// The document's name for people: the last path segment that is not empty, decoded; the host
    /// where there is none.
    ///
    /// Invisible characters appear as `[U+202E]`. A slash or backslash inside the name stays
    /// encoded, and so does a name that is not UTF-8. May be up to [`MAX_BYTES`] long, and is not
    /// promised to be a file name that every system takes.
    #[must_use]
    pub fn file_name(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        match path.rsplit('/').find(|segment| !segment.is_empty()) {
            Some(segment) => encode::for_people(segment),
            None => self.host.clone(),
        }
    }

    /// The names of the folders that the document is in, outermost first, written as
    /// [`DocumentAddress::file_name`] is.
    #[must_use]
    pub fn folders(&self) -> Vec<String> {
        let path = self.path.split('?').next().unwrap_or_default();
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let _name = segments.next_back();
        segments.map(encode::for_people).collect()
    }
}

impl AddressError {
    /// What can be typed instead, where there is one such text.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            Self::OtherSite { suggestion, .. }
            | Self::IsStorageAddress { suggestion, .. }
            | Self::ForbiddenCharacter { suggestion, .. }
            | Self::HasBackslash { suggestion }
            | Self::HasFragment { suggestion }
            | Self::IsPattern { suggestion, .. }
            | Self::GoesUp { suggestion, .. }
            | Self::Several { suggestion, .. }
            | Self::WordsAround { suggestion }
            | Self::IsLink { suggestion }
            | Self::IsSignedForS3 { suggestion }
            | Self::HasSigningParameter { suggestion, .. }
            | Self::NotSecure { suggestion, .. }
            | Self::IsHtml { suggestion }
            | Self::Invalid { suggestion } => suggestion.as_deref(),
            Self::Empty
            | Self::NamesNoDocument
            | Self::IsFolder { .. }
            | Self::IsPlaceholder { .. }
            | Self::OnComputer { .. }
            | Self::HasQuestionMark { .. }
            | Self::IsFormula
            | Self::TooLong { .. }
            | Self::HasUserInfo
            | Self::OtherScheme { .. } => None,
        }
    }
}

/// The one address in a text, without what stands around it; `None` where it may be a name.
fn taken_out<'a>(text: &'a str, door: Door<'_>) -> Result<Option<&'a str>, AddressError> {
    match around::look(text) {
        Around::One(address) => Ok(Some(address)),
        Around::NoAddress => Ok(None),
        Around::Several(found) => {
            Err(AddressError::Several { count: found.len(), suggestion: None })
        }
        Around::Unclear(likelier) => {
            Err(AddressError::WordsAround { suggestion: offered(likelier, door) })
        }
        Around::Names(all, count) => {
            let may_be_one = !all.contains([',', ';', '|', '"']);
            let one = may_be_one.then(|| offered(&encode::foreign(all), door)).flatten();
            Err(AddressError::Several { count, suggestion: one })
        }
    }
}

/// The documents of a line in which several stand, each in its own words; `None` where there may be one.
///
/// For lists, in which they are rows.
#[must_use]
pub fn several_in(line: &str) -> Option<Vec<String>> {
    let found = match around::look(line.trim()) {
        Around::Several(found) => {
            let between = |c: char| c.is_whitespace() || ",;|<\"'([“„".contains(c);
            let bare = |one| without_joint(str::trim_end_matches(one, between));
            found.into_iter().map(bare).collect()
        }
        Around::NoAddress => name::several(line.trim())?,
        Around::One(_) | Around::Unclear(_) | Around::Names(..) => return None,
    };
    Some(found.into_iter().map(|one| name::unmarked(one.trim()).to_owned()).collect())
}

/// An address without the word that joins it to the next one.
fn without_joint(address: &str) -> &str {
    const JOINTS: [&str; 10] = ["and", "und", "et", "y", "or", "oder", "ou", "o", "&", "+"];
    let joined = address.rsplit_once(char::is_whitespace);
    joined
        .filter(|(_, word)| JOINTS.contains(word))
        .map_or(address, |(before, _)| before.trim_end())
}

/// What is typed for a document that is called so, as files are: `What is this?.pdf` has a question
/// where somebody types it, and none as the name of a file.
#[must_use]
pub fn typed_name(name: &str) -> String {
    name::as_text(name)
}

/// What follows the last name in a text that ends as a document's does; `None` where no name does.
pub(crate) fn behind_document(text: &str) -> Option<&str> {
    split_at_last_name(text).map(|(_, behind)| behind)
}

/// Whether a text only stands for a name: `<name>`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    unlikely::placeholder_in_name(text).is_some()
}

/// Whether a text ends as a document's name does: `a.pdf`.
pub(crate) fn ends_as_a_document(text: &str) -> bool {
    has_known_extension(text.split(['?', '#']).next().unwrap_or_default())
}

/// Whether a browser would fold this path, for it goes up.
pub(crate) fn goes_up(path: &str) -> bool {
    browser::folded(path.to_owned()).is_err()
}

/// A text to type instead, where it is read without a question.
fn offered(text: &str, door: Door<'_>) -> Option<String> {
    let is_read = DocumentAddress::read(text, door).is_ok();
    is_read.then(|| text.to_owned())
}

/// A document's name in a bucket, to type instead.
fn offered_name(key: &str, door: Door<'_>) -> Option<String> {
    match door {
        Door::Person { .. } => offered(&name::as_text(key.trim_start_matches('/')), door),
        Door::Script => None,
    }
}

fn offered_slashes(text: &str, door: Door<'_>) -> Option<String> {
    let slashes = text.replace('\\', "/");
    offered(slashes.strip_prefix("./").unwrap_or(&slashes), door)
}

fn offered_mended(text: &str, site: &SiteAddress, door: Door<'_>) -> Option<String> {
    mended(text, site).and_then(|text| offered(&text, door))
}

/// The site's address in a text whose scheme was damaged on the way: `https:/…`, `ttps://…`, `https//…`.
fn mended(text: &str, site: &SiteAddress) -> Option<String> {
    // The first host of the text, after letters of "https" and what stands between them and a host.
    let begin = text.find(|c: char| !matches!(c.to_ascii_lowercase(), 'h' | 't' | 'p' | 's'))?;
    let (_, rest) = text.split_at_checked(begin)?;
    let address = rest.trim_start_matches([':', ';', '.', '/', '\\']);
    let is_joined = rest.len() > address.len() && rest.starts_with([':', ';', '/', '\\']);
    match is_joined && on_site(address, site).is_some() {
        true => Some(address.to_owned()),
        // The scheme may stand there twice.
        false if is_joined && begin > 0 => mended(address, site),
        false => None,
    }
}

/// What stands for a host where a scheme was written twice: `https://https://docs.example.com`.
fn is_scheme(host: &str) -> bool {
    matches!(host, "http" | "https")
}

/// What follows the site's host at the beginning of a text.
fn on_site<'a>(text: &'a str, site: &SiteAddress) -> Option<&'a str> {
    let (first, rest) = split_authority(text);
    Authority::parse(first).filter(|authority| site.is_at(authority)).map(|_| rest)
}

/// Whether an address with this host and scheme is the site's.
fn check_site(
    scheme: &str,
    authority: &Authority,
    rest: &str,
    site: &SiteAddress,
    door: Door<'_>,
) -> Result<(), AddressError> {
    if !site.has_name(authority) {
        let key =
            is_console(&authority.name).then(|| foreign_links::key_in_console(rest)).flatten();
        return Err(match key.and_then(|key| offered_name(&key, door)) {
            Some(key) => {
                AddressError::IsStorageAddress { host: authority.to_text(), suggestion: Some(key) }
            }
            None => other_site(authority, site, None),
        });
    }
    match (scheme, site.scheme()) {
        ("http", Scheme::Https) => {
            let suggestion = offered(&format!("{}{rest}", site.origin()), door);
            Err(AddressError::NotSecure { host: authority.to_text(), suggestion })
        }
        ("https", Scheme::Http) => Err(AddressError::OtherScheme { scheme: scheme.to_owned() }),
        _ if !site.is_at(authority) => Err(other_site(authority, site, None)),
        _ => Ok(()),
    }
}

/// The host as a browser asks for it: in small letters, and without the port that its scheme has anyway.
/// A full stop behind it stays, for browsers leave it.
fn arriving_host(typed: &str, scheme: &str, authority: &Authority) -> Result<String, AddressError> {
    if !browser::keeps_host(&authority.name, authority.is_ip_address()) {
        return Err(AddressError::Invalid { suggestion: None });
    }
    let usual = if scheme == "https" { 443 } else { 80 };
    let port = authority.port.filter(|port| *port != usual);
    let has_dot = typed.split(':').next().is_some_and(|name| name.ends_with('.'));
    let name = &authority.name;
    Ok(match (port, has_dot) {
        (None, false) => name.clone(),
        (None, true) => format!("{name}."),
        (Some(port), false) => format!("{name}:{port}"),
        (Some(port), true) => format!("{name}.:{port}"),
    })
}

/// What a text is that looks like a name and is none.
fn check_name(text: &str, site: &SiteAddress, door: Door<'_>) -> Result<(), AddressError> {
    if mended(text, site).is_some() {
        return Err(AddressError::Invalid { suggestion: offered_mended(text, site, door) });
    }
    if computer::is_there(text) {
        return Err(AddressError::OnComputer { site: Some(site.host().to_owned()) });
    }
    if around::is_formula(text) {
        return Err(AddressError::IsFormula);
    }
    if let Some((before, after)) = text.split_once(':') {
        let scheme = before.to_ascii_lowercase();
        if let Some((_, place)) = text.split_once("s3://") {
            // What the AWS CLI prints: `upload: ./a.pdf to s3://papers/a.pdf`.
            let (bucket, key) = split_authority(place);
            let suggestion = offered_name(key, door);
            return Err(AddressError::IsStorageAddress {
                host: format!("s3://{bucket}"),
                suggestion,
            });
        }
        if text.starts_with("arn:aws") && after.contains(":s3:::") {
            let (host, key) = split_authority(text);
            let suggestion = offered_name(key, door);
            return Err(AddressError::IsStorageAddress { host: host.to_owned(), suggestion });
        }
        if matches!(scheme.as_str(), "http" | "https") && after.starts_with(['/', '\\']) {
            return Err(AddressError::Invalid { suggestion: None });
        }
        if SCHEMES_WITHOUT_SLASHES.contains(&scheme.as_str()) {
            return Err(AddressError::OtherScheme { scheme });
        }
    }
    check_host(text, site, door)?;
    if let Some(names) = name::several(text.split('?').next().unwrap_or_default()) {
        let may_be_one = !text.contains([',', ';', '|', '"']);
        let one = may_be_one.then(|| encode::name(text)).and_then(|one| offered(&one, door));
        return Err(AddressError::Several { count: names.len(), suggestion: one });
    }
    if text.contains('\\') {
        return Err(AddressError::HasBackslash { suggestion: offered_slashes(text, door) });
    }
    if text.contains('*') {
        return Err(pattern(text, text, door));
    }
    if text.starts_with(['{', '[']) && text.contains('"') {
        // A piece of a program's text, and no name.
        return Err(forbidden('"', None));
    }
    match name::with_words_behind(text) {
        Some((document, behind)) if behind.starts_with('#') => {
            return Err(AddressError::HasFragment { suggestion: offered(document, door) });
        }
        Some((document, _)) => {
            return Err(AddressError::WordsAround { suggestion: offered(document, door) });
        }
        None => {}
    }
    let is_mark = |c: char| matches!(c, '"' | '<' | '>' | '“' | '”' | '„');
    if let Some(mark) =
        text.chars().next().into_iter().chain(text.chars().last()).find(|c| is_mark(*c))
    {
        if let Some(text) = unlikely::placeholder_in_name(text) {
            return Err(AddressError::IsPlaceholder { text });
        }
        let without = offered(text.trim_matches(is_mark), door);
        return Err(forbidden(mark, without));
    }
    Ok(())
}

/// Whether a character may make a name: of punctuation, dashes, frames and arrows alone nothing is called.
fn is_of_a_name(character: char) -> bool {
    let is_drawn = ('\u{2010}'..='\u{2bff}').contains(&character);
    !character.is_ascii_punctuation() && !character.is_whitespace() && !is_drawn
}

/// Refuses another host at the beginning of a text without a scheme.
fn check_host(text: &str, site: &SiteAddress, door: Door<'_>) -> Result<(), AddressError> {
    let (first, rest) = split_authority(text);
    if let Some(host) = storage_host(first) {
        let key = foreign_links::key_at(&host, rest);
        let suggestion = key.and_then(|key| offered_name(&key, door));
        return Err(AddressError::IsStorageAddress { host, suggestion });
    }
    if let Some(authority) = Authority::parse(first) {
        let is_port_of_site = site.has_name(&authority) && authority.port.is_some();
        if is_port_of_site || is_cloudfront(first) || is_console(first) {
            return Err(other_site(&authority, site, None));
        }
    }
    match name::other_host(text) {
        Some(_) if first.contains('@') => Err(AddressError::HasUserInfo),
        Some((authority, may_be_folder)) => {
            let folder = format!("/{text}");
            let folder = may_be_folder.then(|| offered(&folder, door)).flatten();
            Err(other_site(&authority, site, folder))
        }
        None => Ok(()),
    }
}

/// The path of the folder in which the names of a list are.
fn folder_path(folder: &str, site: &SiteAddress) -> Result<String, AddressError> {
    let door = Door::Person { site, folder: "", wanted: Wanted::Folder };
    check_visible(folder, door)?;
    let folder = name::unmarked(folder);
    if let Some(rest) = on_site(folder, site) {
        return Ok(rest.to_owned());
    }
    match split_scheme(folder) {
        Some((scheme, rest)) => {
            let (typed, path) = split_authority(rest);
            let is_http = matches!(scheme.as_str(), "http" | "https");
            let Some(authority) = Authority::parse(typed).filter(|_| is_http) else {
                // What it is instead is said as of any address.
                return DocumentAddress::read(folder, door).map(|address| address.path);
            };
            check_site(&scheme, &authority, path, site, door)?;
            Ok(path.to_owned())
        }
        None => check_name(folder, site, door).map(|()| folder.to_owned()),
    }
}

/// What a text with a `*` is, where one document is wanted; `path` is what follows the host in it.
fn pattern(text: &str, path: &str, door: Door<'_>) -> AddressError {
    if path.trim_matches(['/', '*', '?', '.']).is_empty() {
        return AddressError::NamesNoDocument;
    }
    let folder = path.strip_suffix("/*").or_else(|| path.strip_suffix("/**"));
    let folder = folder.filter(|folder| !folder.contains(['*', '?']));
    AddressError::IsPattern {
        folder: folder.map(|folder| format!("/{}/", folder.trim_matches('/'))),
        suggestion: match folder {
            Some(_) => None,
            None => offered(&text.replace('*', "%2A"), door),
        },
    }
}

fn other_site(
    authority: &Authority,
    site: &SiteAddress,
    suggestion: Option<String>,
) -> AddressError {
    let (host, site) = (authority.to_text(), site.host().to_owned());
    AddressError::OtherSite { host, site, suggestion }
}

/// Refuses characters that nobody can see.
fn check_visible(text: &str, door: Door<'_>) -> Result<(), AddressError> {
    let Some(hidden) = text.chars().find(|c| hidden_name(*c).is_some()) else {
        return Ok(());
    };
    // Names on two lines are two names; an address that a mail broke goes on in the next line.
    let is_whole = split_scheme(text).is_some();
    let breaks =
        text.contains(['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
    let without: String = text.chars().filter(|c| hidden_name(*c).is_none()).collect();
    let suggestion = match door {
        Door::Person { .. } if is_whole || !breaks => match DocumentAddress::read(&without, door) {
            Ok(_) => Some(without),
            // Windows puts a mark before a path that is copied from its window of properties.
            Err(error @ AddressError::OnComputer { .. }) => return Err(error),
            Err(_) => None,
        },
        _ => None,
    };
    Err(forbidden(hidden, suggestion))
}

fn forbidden(character: char, suggestion: Option<String>) -> AddressError {
    let hidden = hidden_name(character);
    let name = hidden.or(match character {
        '"' | '“' | '”' | '„' => Some("quotation mark"),
        '\\' => Some("backslash"),
        '<' => Some("less-than sign"),
        '>' => Some("greater-than sign"),
        '%' => Some("percent sign"),
        _ => None,
    });
    AddressError::ForbiddenCharacter {
        character: match hidden {
            Some(_) => code_point(character),
            None => character.to_string(),
        },
        name: name.map(str::to_owned),
        suggestion,
    }
}

fn check_length(length: usize) -> Result<(), AddressError> {
    if length > MAX_BYTES {
        return Err(AddressError::TooLong { length, most: MAX_BYTES });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
