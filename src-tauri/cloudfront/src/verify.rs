//! A link, taken apart and judged as CloudFront would judge it at a given moment.
//!
//! The link is read as it arrived and never re-encoded: CloudFront compares bytes. Deliberately not
//! here: what only a network can tell (whether the file exists, whether a firewall is before it).
//!
//! Where AWS's documentation is silent, the choice is named at the place where it is made.

mod wildcard;

use std::net::IpAddr;

use crate::address::SIGNING_PARAMETERS;
use crate::encoding;
use crate::key::{HashAlgorithm, PublicKey};
use crate::policy::{self, Policy};
use crate::public_key_id::PublicKeyId;

/// Whether a policy's resource opens this address.
pub(crate) fn opens(resource: &str, url: &str) -> bool {
    wildcard::opens(resource, url)
}

/// A request as it arrives at the edge.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The absolute address, byte for byte.
    pub url: &'a str,
    /// Where the reader is.
    pub from: IpAddr,
    /// When it arrived, Unix time in seconds.
    pub now: i64,
}

/// What CloudFront refuses with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// No public key ID in the link, or more than one.
    MissingKey,
    /// The id is not in the key groups.
    UnknownKey,
    /// The signature is absent or does not decode.
    MalformedSignature,
    /// The policy does not decode or is of another shape.
    MalformedPolicy,
    /// Refused; the reader is not told why.
    AccessDenied(Reason),
}

/// Why access was denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// At or after `DateLessThan`.
    Ended,
    /// On or before `DateGreaterThan`.
    NotBegun,
    /// The reader is not in `IpAddress`, or comes over IPv6.
    OtherNetwork,
    /// The policy opens something else.
    OtherResource,
    /// The signature is not this key's over this policy with this hash.
    WrongSignature,
    /// Neither an end nor a policy, both of them, or an end that is no number.
    NoPolicy,
}

/// Judges a request against the keys that are trusted.
///
/// # Errors
/// [`Denial`], in the order in which CloudFront can find out: key, signature, policy, and then
/// what the policy says.
pub fn evaluate(request: &Request<'_>, trusted: &[(PublicKeyId, PublicKey)]) -> Result<(), Denial> {
    let link = Link::take_apart(request.url);
    let id = link
        .only("Key-Pair-Id")
        .and_then(|id| PublicKeyId::parse(id).ok())
        .ok_or(Denial::MissingKey)?;
    let key = trusted
        .iter()
        .find(|(trusted, _)| *trusted == id)
        .map(|(_, key)| key)
        .ok_or(Denial::UnknownKey)?;
    let signature = link
        .only("Signature")
        .and_then(encoding::decode)
        .filter(|signature| !signature.is_empty())
        .ok_or(Denial::MalformedSignature)?;
    let denied = Denial::AccessDenied;
    let hash = match link.count("Hash-Algorithm") {
        0 => HashAlgorithm::Sha1,
        // Another name for a hash is not documented; nothing but a wrong signature can follow.
        _ if link.only("Hash-Algorithm") == Some("SHA256") => HashAlgorithm::Sha256,
        _ => return Err(denied(Reason::WrongSignature)),
    };
    let (message, policy) = link.policy()?;
    if !key.verify(hash, &message, &signature) {
        return Err(denied(Reason::WrongSignature));
    }
    if let Some(resource) = &policy.resource
        && !wildcard::opens(resource, &link.base)
    {
        return Err(denied(Reason::OtherResource));
    }
    if request.now >= policy.expires_at {
        return Err(denied(Reason::Ended));
    }
    if policy.starts_after.is_some_and(|start| request.now <= start) {
        return Err(denied(Reason::NotBegun));
    }
    let inside = match (policy.network, request.from) {
        (None, _) => true,
        (Some(network), IpAddr::V4(address)) => network.contains(address),
        (Some(_), IpAddr::V6(_)) => false,
    };
    if inside { Ok(()) } else { Err(denied(Reason::OtherNetwork)) }
}

/// A link without and with its signing parameters.
pub(crate) struct Link<'a> {
    /// The address with its own query, in its own order.
    pub(crate) base: String,
    parameters: Vec<(&'a str, &'a str)>,
}

impl<'a> Link<'a> {
    pub(crate) fn take_apart(url: &'a str) -> Self {
        let (path, query) = match url.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (url, None),
        };
        let mut parameters = Vec::new();
        let mut own = Vec::new();
        for part in query.into_iter().flat_map(|query| query.split('&')) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if SIGNING_PARAMETERS.contains(&name) {
                parameters.push((name, value));
            } else {
                own.push(part);
            }
        }
        let base =
            if own.is_empty() { path.to_owned() } else { format!("{path}?{}", own.join("&")) };
        Self { base, parameters }
    }

    pub(crate) fn count(&self, name: &str) -> usize {
        self.parameters.iter().filter(|(given, _)| *given == name).count()
    }

    /// The value of a parameter that is there once. That a repeated one is refused is our choice:
    /// what CloudFront takes then is not documented.
    pub(crate) fn only(&self, name: &str) -> Option<&'a str> {
        let mut values =
            self.parameters.iter().filter(|(given, _)| *given == name).map(|(_, value)| *value);
        values.next().filter(|_| values.next().is_none())
    }

    /// The bytes that were signed, and what they say.
    pub(crate) fn policy(&self) -> Result<(Vec<u8>, Policy), Denial> {
        match (self.count("Expires"), self.count("Policy")) {
            (1, 0) => {
                let expires_at = self.only("Expires").and_then(bare_integer);
                let expires_at = expires_at.ok_or(Denial::AccessDenied(Reason::NoPolicy))?;
                let message = policy::canned(&self.base, expires_at).into_bytes();
                // The canned policy names this very address: there is nothing left to compare.
                Ok((
                    message,
                    Policy { resource: None, expires_at, starts_after: None, network: None },
                ))
            }
            (0, 1) => {
                let message = self
                    .only("Policy")
                    .and_then(encoding::decode)
                    .ok_or(Denial::MalformedPolicy)?;
                let policy = Policy::parse(&message).map_err(|_| Denial::MalformedPolicy)?;
                Ok((message, policy))
            }
            _ => Err(Denial::AccessDenied(Reason::NoPolicy)),
        }
    }
}

/// Digits alone, as they stand in the canned policy: no sign, no leading zero, no white space.
pub(crate) fn bare_integer(text: &str) -> Option<i64> {
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
