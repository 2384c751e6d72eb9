//! A document's address: the exact URL bytes that are signed, printed and asked for.
//!
//! Here: reading what a person types or pastes (a full address, a path, or a file name), encoding
//! it once, and refusing what could show one thing and sign another. Deliberately not here: the
//! signing parameters (`signed_url`), and whether the document exists (nothing here connects).
//!
//! Decisions, each because CloudFront compares with the URL byte for byte:
//! - A *name or path* is text for people: everything outside RFC 3986's unreserved set is encoded
//!   (`+` becomes `%2B`, because S3 reads `+` as a space). Where every `%` of a path begins a valid
//!   `%XX`, the path counts as already encoded and those triplets stay. A `?` begins a query.
//! - A *full address* is a URL as given: legal characters stay as they are (`+` too), spaces and
//!   non-ASCII are encoded. Only `'` is encoded besides, since no quote may stand in a resource.
//! - `.`, `..` and `//` are not folded, and names are not normalised: a key may be stored composed
//!   (NFC) or decomposed (NFD), and its bytes decide.
//! - Invisible characters are refused. A key that really has one can be pasted encoded
//!   (`%E2%80%8D`), where it is plain to see.
//! - White space around the text is dropped; a key that ends in a space can be pasted with `%20`.

pub(crate) mod encode;

use crate::characters::{code_point, hidden_name};
use crate::host::{
    Authority, is_cloudfront, is_console, split_authority, split_scheme, storage_host,
};
use crate::site::{Scheme, Site};
use encode::Star;

/// CloudFront's limit for a whole link, in bytes; an address alone may not be longer either.
pub const MOST_BYTES: usize = 8192;

/// The parameters CloudFront adds to a link; they may not stand in an address already.
pub(crate) const SIGNING_PARAMETERS: [&str; 5] =
    ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];

/// Schemes that people paste without `//` behind them.
const SCHEMES_WITHOUT_SLASHES: [&str; 8] =
    ["http", "https", "s3", "file", "mailto", "javascript", "tel", "blob"];

/// An address on a [`Site`]: printable ASCII, no quotes, backslash, `#` or space; a `*` only where a
/// script gave it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentAddress {
    url: String,
    host: String,
    /// Encoded path and query; begins with `/`.
    path: String,
}

/// Why a text is not the address of a document on the site.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressError {
    /// Nothing, or white space only.
    #[error("the address is empty")]
    Empty,
    /// A full address of another host. Hosts are ASCII, so that a look-alike shows.
    #[error("the address is on {host}, not on {site}")]
    OtherSite {
        /// The host of the address, with its port if one was given.
        host: String,
        /// The site's host.
        site: String,
    },
    /// The document's address in S3, which does not check CloudFront's signatures.
    #[error("{host} is a storage address")]
    IsStorageAddress {
        /// The storage host, `s3://bucket`, or an ARN.
        host: String,
    },
    /// A character that may not stand there.
    #[error("the address has a forbidden character: {character}")]
    ForbiddenCharacter {
        /// The character itself, or `U+202E` where it cannot be seen.
        character: String,
        /// Its name in English, for the ones that need one.
        name: Option<String>,
    },
    /// A full address with `#…`, which never reaches the server.
    #[error("the address has a fragment")]
    HasFragment,
    /// The address is signed already, or has a parameter of that name.
    #[error("the address already has the parameter {name}")]
    HasSigningParameter {
        /// One of CloudFront's five names, in its usual spelling.
        name: String,
    },
    /// Longer than CloudFront takes.
    #[error("the address has {length} bytes of at most {most}")]
    TooLong {
        /// Bytes of the whole URL, or of the text where that alone is too long.
        length: usize,
        /// [`MOST_BYTES`].
        most: usize,
    },
    /// The site's address with `http://`.
    #[error("the address on {host} does not begin with https")]
    NotSecure {
        /// The host of the address.
        host: String,
    },
    /// A name before an `@`, which makes `https://docs.example.com@evil.example` read as the wrong host.
    #[error("the address has a user name in it")]
    HasUserInfo,
    /// Not readable as an address.
    #[error("not an address")]
    Invalid,
    /// Neither https nor a path: `ftp:`, `file:`, or a file on this computer.
    #[error("the address begins with {scheme}:")]
    OtherScheme {
        /// Lower case, without the colon.
        scheme: String,
    },
}

impl DocumentAddress {
    /// Reads a full address, a path (with or without the leading `/`) or a file name.
    ///
    /// Reading the result's [`as_str`](Self::as_str) again gives the same address.
    ///
    /// # Errors
    /// [`AddressError`], what the text *is* before what is wrong with it.
    pub fn parse(text: &str, site: &Site) -> Result<Self, AddressError> {
        Self::parse_in("", text, site)
    }

    /// The same where names are those of a folder of the site, which is typed like a path or a full
    /// address. A full address and a path with the leading `/` stand for themselves.
    ///
    /// # Errors
    /// [`AddressError`], of the folder too.
    pub fn parse_in(folder: &str, text: &str, site: &Site) -> Result<Self, AddressError> {
        let text = visible(text)?;
        let path = match full_address(text, site)? {
            Some(rest) => encode::full(rest, Star::Refused).map_err(forbidden)?,
            None if folder.trim().is_empty() || text.starts_with('/') => encode::name(text),
            None => {
                let folder = visible(folder)?;
                let folder = full_address(folder, site)?.unwrap_or(folder);
                encode::name(&format!("{}/{text}", folder.trim_end_matches('/')))
            }
        };
        check_parameters(&path)?;
        let url = format!("{}{path}", site.origin());
        check_length(url.len())?;
        Ok(Self { url, host: site.host().to_owned(), path })
    }

    /// Reads a full address on any host, `https` or `http`, as scripts give it: what is legal stays
    /// byte for byte (the spelling of the host too), all else is encoded as in [`Self::parse`]. A `*`
    /// stays too, and is a wildcard to whoever signs the address ([`crate::terms`]).
    ///
    /// # Errors
    /// [`AddressError`]; never [`AddressError::OtherSite`] and [`AddressError::NotSecure`].
    pub fn parse_url(text: &str) -> Result<Self, AddressError> {
        let text = visible(text)?;
        let (scheme, rest) = split_scheme(text).ok_or(AddressError::Invalid)?;
        let (authority, rest) = split_authority(rest);
        if scheme == "s3" {
            return Err(AddressError::IsStorageAddress { host: format!("s3://{authority}") });
        }
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(AddressError::OtherScheme { scheme });
        }
        if authority.contains('@') {
            return Err(AddressError::HasUserInfo);
        }
        if let Some(host) = storage_host(authority) {
            return Err(AddressError::IsStorageAddress { host });
        }
        if rest.contains('#') {
            return Err(AddressError::HasFragment);
        }
        let normal = Authority::parse(authority).ok_or(AddressError::Invalid)?.to_text();
        let host = if authority.is_ascii() { authority.to_owned() } else { normal };
        let path = encode::full(rest, Star::Wildcard).map_err(forbidden)?;
        check_parameters(&path)?;
        let url = format!("{scheme}://{host}{path}");
        check_length(url.len())?;
        Ok(Self { url, host, path })
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

    /// The document's name for people: the last path segment that is not empty, decoded; the host
    /// where there is none.
    ///
    /// Invisible characters appear as `[U+202E]`. A slash or backslash inside the name stays
    /// encoded, and so does a name that is not UTF-8. May be up to [`MOST_BYTES`] long, and is not
    /// promised to be a file name that every system takes.
    #[must_use]
    pub fn file_name(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        match path.rsplit('/').find(|segment| !segment.is_empty()) {
            Some(segment) => encode::for_people(segment),
            None => self.host.clone(),
        }
    }
}

/// What is typed for a document that is called so, as files are: `What is this?.pdf` has a query where
/// somebody types it, and none as the name of a file.
pub fn typed_name(name: &str) -> String {
    encode::typed(name)
}

/// The text without white space around it, where something is left and all of it can be seen.
fn visible(text: &str) -> Result<&str, AddressError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    // Encoding never shortens, so this is an answer and not a guess; it also keeps a paste of
    // megabytes cheap. (The origin is counted when the address is whole.)
    check_length(text.len())?;
    match text.chars().find(|c| hidden_name(*c).is_some()) {
        Some(character) => Err(forbidden(character)),
        None => Ok(text),
    }
}

/// What follows the host, when the text is a full address of the site; `None` for a name or path.
fn full_address<'a>(text: &'a str, site: &Site) -> Result<Option<&'a str>, AddressError> {
    let Some((scheme, rest)) = split_scheme(text) else {
        return without_scheme(text, site);
    };
    let (authority, rest) = split_authority(rest);
    if scheme == "s3" {
        return Err(AddressError::IsStorageAddress { host: format!("s3://{authority}") });
    }
    let is_http = match scheme.as_str() {
        "http" => true,
        "https" => false,
        _ => return Err(AddressError::OtherScheme { scheme }),
    };
    if authority.contains('@') {
        return Err(AddressError::HasUserInfo);
    }
    if let Some(host) = storage_host(authority) {
        return Err(AddressError::IsStorageAddress { host });
    }
    let authority = Authority::parse(authority).ok_or(AddressError::Invalid)?;
    if !site.has_name(&authority) {
        return Err(other_site(&authority, site));
    }
    match (is_http, site.scheme()) {
        (true, Scheme::Https) => Err(AddressError::NotSecure { host: authority.to_text() }),
        (false, Scheme::Http) => Err(AddressError::OtherScheme { scheme }),
        _ if !site.is_at(&authority) => Err(other_site(&authority, site)),
        _ if rest.contains('#') => Err(AddressError::HasFragment),
        _ => Ok(Some(rest)),
    }
}

/// Text without `scheme://`: mostly a name or path, but people also lose the scheme when copying.
fn without_scheme<'a>(text: &'a str, site: &Site) -> Result<Option<&'a str>, AddressError> {
    if let Some((before, after)) = text.split_once(':') {
        let scheme = before.to_ascii_lowercase();
        let is_drive = before.len() == 1
            && before.bytes().all(|byte| byte.is_ascii_alphabetic())
            && after.starts_with(['\\', '/']);
        if is_drive {
            let scheme = "file".to_owned();
            return Err(AddressError::OtherScheme { scheme });
        }
        if text.starts_with("arn:aws") && after.contains(":s3:::") {
            let host = split_authority(text).0.to_owned();
            return Err(AddressError::IsStorageAddress { host });
        }
        if matches!(scheme.as_str(), "http" | "https") && after.starts_with(['/', '\\']) {
            return Err(AddressError::Invalid);
        }
        if SCHEMES_WITHOUT_SLASHES.contains(&scheme.as_str()) {
            return Err(AddressError::OtherScheme { scheme });
        }
    }
    if text.starts_with("\\\\") {
        let scheme = "file".to_owned();
        return Err(AddressError::OtherScheme { scheme });
    }

    let (first, rest) = split_authority(text);
    if let Some(host) = storage_host(first) {
        return Err(AddressError::IsStorageAddress { host });
    }
    let Some(authority) = Authority::parse(first) else {
        return Ok(None);
    };
    if site.is_at(&authority) {
        if rest.contains('#') {
            return Err(AddressError::HasFragment);
        }
        return Ok(Some(rest));
    }
    let is_port_of_site = site.has_name(&authority) && authority.port.is_some();
    if is_port_of_site || is_cloudfront(first) || is_console(first) {
        return Err(other_site(&authority, site));
    }
    Ok(None)
}

fn other_site(authority: &Authority, site: &Site) -> AddressError {
    AddressError::OtherSite { host: authority.to_text(), site: site.host().to_owned() }
}

fn forbidden(character: char) -> AddressError {
    let hidden = hidden_name(character);
    let name = hidden.or(match character {
        '"' => Some("quotation mark"),
        '\\' => Some("backslash"),
        '<' => Some("less-than sign"),
        '>' => Some("greater-than sign"),
        '*' => Some("asterisk"),
        '%' => Some("percent sign"),
        _ => None,
    });
    AddressError::ForbiddenCharacter {
        character: match hidden {
            Some(_) => code_point(character),
            None => character.to_string(),
        },
        name: name.map(str::to_owned),
    }
}

fn check_length(length: usize) -> Result<(), AddressError> {
    if length > MOST_BYTES {
        return Err(AddressError::TooLong { length, most: MOST_BYTES });
    }
    Ok(())
}

/// Refuses CloudFront's own parameters in any capitalisation, percent-encoded or behind `&amp;`.
fn check_parameters(path: &str) -> Result<(), AddressError> {
    let Some((_, query)) = path.split_once('?') else {
        return Ok(());
    };
    for parameter in query.split('&') {
        let name = parameter.split('=').next().unwrap_or_default();
        let name = encode::decoded(name);
        // HTML source, pasted as it is, has `&amp;` between parameters.
        let name = name.strip_prefix("amp;").unwrap_or(&name);
        if let Some(reserved) =
            SIGNING_PARAMETERS.iter().find(|reserved| reserved.eq_ignore_ascii_case(name.trim()))
        {
            return Err(AddressError::HasSigningParameter { name: (*reserved).to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
