//! The site that documents are on: what an IT person types once, as an origin.
//!
//! Hosts are compared and shown in ASCII (punycode), so that no letter passes for another. The
//! crate `url` is deliberately not used: it folds paths and drops what it does not like.

use thiserror::Error;

use crate::host::{Authority, is_console, split_authority, split_scheme, storage_host};

/// No site address is longer; DNS names have at most 253 characters.
const MAX_BYTES: usize = 2_000;

/// An `https` origin: a host name, and a port where it is not 443.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteAddress {
    scheme: Scheme,
    name: String,
    port: u16,
    host: String,
}

/// How a site is reached: https, but for practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

/// What was typed instead of a site address.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SiteAddressError {
    /// Nothing.
    #[error("the site address is empty")]
    Empty,
    /// Not a host name.
    #[error("this is not a site address")]
    Invalid,
    /// `http://`.
    #[error("the site address begins with http://")]
    NotSecure,
    /// The bucket's own address; documents there are not behind CloudFront.
    #[error("this is a storage address")]
    IsStorageAddress {
        /// The host that was typed.
        host: String,
    },
    /// A distribution's id.
    #[error("this is a distribution ID")]
    IsDistributionId {
        /// What was typed.
        id: String,
    },
    /// A page of the AWS console.
    #[error("this is a page of the AWS console")]
    IsConsole,
    /// More than a host.
    #[error("the site address has a path")]
    HasPath {
        /// What follows the host.
        path: String,
    },
    /// `user@host`.
    #[error("the site address has a user name")]
    HasUserInfo,
}

impl SiteAddress {
    /// Takes `docs.example.com`, `https://docs.example.com/`, with a port or an accent.
    ///
    /// # Errors
    /// [`SiteAddressError`], named after what was typed instead.
    pub fn parse(text: &str) -> Result<Self, SiteAddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SiteAddressError::Empty);
        }
        if text.len() > MAX_BYTES {
            return Err(SiteAddressError::Invalid);
        }
        if let Some(id) = distribution_id(text) {
            return Err(SiteAddressError::IsDistributionId { id: id.to_owned() });
        }
        let (scheme, rest) = match split_scheme(text) {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, text),
        };
        let (authority, path) = split_authority(rest);
        let is_http = match scheme.as_deref() {
            None | Some("https") => false,
            Some("http") => true,
            Some("s3") => {
                return Err(SiteAddressError::IsStorageAddress {
                    host: format!("s3://{authority}"),
                });
            }
            Some(_) => return Err(SiteAddressError::Invalid),
        };
        if authority.contains('@') {
            return Err(SiteAddressError::HasUserInfo);
        }
        if let Some(host) = storage_host(authority) {
            return Err(SiteAddressError::IsStorageAddress { host });
        }
        if is_console(authority) {
            return Err(SiteAddressError::IsConsole);
        }
        let authority = Authority::parse(authority)
            .filter(|authority| authority.name.contains('.') && !authority.is_ip_address())
            .ok_or(SiteAddressError::Invalid)?;
        if is_http {
            return Err(SiteAddressError::NotSecure);
        }
        if !matches!(path, "" | "/") {
            return Err(SiteAddressError::HasPath { path: path.chars().take(200).collect() });
        }
        Ok(Self::at(Scheme::Https, authority.name, authority.port))
    }

    /// The practice edge on this computer, the one site without https.
    pub fn practice(port: u16) -> Self {
        Self::at(Scheme::Http, "127.0.0.1".to_owned(), Some(port))
    }

    fn at(scheme: Scheme, name: String, port: Option<u16>) -> Self {
        let port = port.unwrap_or(scheme.usual_port());
        let host =
            if port == scheme.usual_port() { name.clone() } else { format!("{name}:{port}") };
        Self { scheme, name, port, host }
    }

    /// `https://docs.example.com`, without a slash at its end.
    pub fn origin(&self) -> String {
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        format!("{scheme}://{}", self.host)
    }

    /// `docs.example.com`, or `docs.example.com:8443`.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is a site of practice on this computer: only those are reached without https.
    pub fn is_of_practice(&self) -> bool {
        self.scheme == Scheme::Http
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether this authority has the site's name, on whatever port.
    pub(crate) fn has_name(&self, authority: &Authority) -> bool {
        self.name == authority.name
    }

    /// Whether this authority is the site.
    pub(crate) fn is_at(&self, authority: &Authority) -> bool {
        self.has_name(authority) && self.port == authority.port.unwrap_or(self.scheme.usual_port())
    }
}

impl Scheme {
    fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// `E2QWRTYPOIUYTR` by itself or at the end of a distribution's ARN.
fn distribution_id(text: &str) -> Option<&str> {
    let id = match text.strip_prefix("arn:aws:cloudfront:") {
        Some(rest) => rest.split_once(":distribution/")?.1,
        None => text,
    };
    let looks_like_one = id.starts_with('E')
        && (12..=15).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    looks_like_one.then_some(id)
}

#[cfg(test)]
mod tests;
