//! Any address and any terms: a link is read as what was asked for, and opens just that.
#![no_main]

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::encoding;
use signet_cloudfront::key::{HashAlgorithm, SigningKey};
use signet_cloudfront::policy::{Network, Policy};
use signet_cloudfront::policy_resource::PolicyResource;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::verify::{Reason, Denial, Request, evaluate};
use signet_cloudfront::signed_url::{self, SignUrlError};
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::link_conditions::{Limits, LinkConditions};

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    address: &'a str,
    end: i64,
    start: Option<i64>,
    network: Option<&'a str>,
    resource: Option<Resource<'a>>,
    sha256: bool,
    changed: u16,
}

#[derive(Debug, Arbitrary)]
enum Resource<'a> {
    Typed(&'a str),
    /// The address from one place on gives way to a `*`, and the rest follows from another.
    Shortened(u16, u16),
}

fuzz_target!(|input: Input<'_>| {
    let Some((address, limits)) = asked(&input) else { return };
    let Ok(terms) = LinkConditions::new(input.end, limits.clone()) else { return };
    let hash = if input.sha256 { HashAlgorithm::Sha256 } else { HashAlgorithm::Sha1 };
    let id = PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
    let link = match signed_url::sign(&address, &terms, hash, key(), &id) {
        Ok(link) => link,
        Err(SignUrlError::NotCovered | SignUrlError::TooLong { .. }) => return,
        Err(error) => panic!("{error}"),
    };
    let added = link.as_str().strip_prefix(address.as_str()).unwrap();
    let from = limits.network.map_or("192.0.2.1".into(), |network| network.to_string());
    let from = from.split('/').next().unwrap().parse().unwrap();
    let trusted = [(id, key().public_key())];
    let judged = |url: &str, now| evaluate(&Request { url, from, now }, &trusted);
    assert_eq!(judged(link.as_str(), input.end - 1), Ok(()));
    let ended = Err(Denial::AccessDenied(Reason::Ended));
    assert_eq!(judged(link.as_str(), input.end), ended);
    if let Some(start) = limits.starts_after {
        assert_eq!(judged(link.as_str(), start + 1), Ok(()));
        let not_begun = Err(Denial::AccessDenied(Reason::NotBegun));
        assert_eq!(judged(link.as_str(), start), not_begun);
    }
    if let Some(policy) = added[1..].strip_prefix("Policy=") {
        let policy = encoding::decode(policy.split('&').next().unwrap()).unwrap();
        let resource = limits.resource.as_ref().map_or(address.as_str(), PolicyResource::as_str);
        let asked = Policy {
            resource: Some(resource.to_owned()),
            expires_at: input.end,
            starts_after: limits.starts_after,
            network: limits.network,
        };
        assert_eq!(Policy::parse(&policy), Ok(asked));
    } else {
        assert!(limits.starts_after.is_none() && limits.network.is_none());
        let mut other = link.as_str().as_bytes().to_vec();
        let byte = &mut other[usize::from(input.changed) % address.as_str().len()];
        *byte = if *byte == b'a' { b'b' } else { b'a' };
        assert!(judged(std::str::from_utf8(&other).unwrap(), input.end - 1).is_err());
    }
});

/// `None` where it cannot be asked. Text that is no URL is a document's name, so that most of what
/// a fuzzer makes is signed. Moments before 1970 stand in no link.
fn asked(input: &Input<'_>) -> Option<(DocumentAddress, Limits)> {
    let site = SiteAddress::parse("docs.example.com").unwrap();
    let address = DocumentAddress::parse_url(input.address)
        .or_else(|_| DocumentAddress::parse(input.address, &site))
        .ok()?;
    let url = address.as_str();
    let resource = match &input.resource {
        None => None,
        Some(Resource::Typed(text)) => Some((*text).to_owned()),
        Some(Resource::Shortened(from, to)) => {
            let [from, to] = [*from, *to].map(|place| usize::from(place) % url.len());
            Some(format!("{}*{}", url.get(..from)?, url.get(to..)?))
        }
    };
    let limits = Limits {
        starts_after: input.start,
        network: input.network.map(|text| Network::parse(text).ok_or(())).transpose().ok()?,
        resource: resource.map(|text| PolicyResource::parse(&text)).transpose().ok()?,
    };
    (input.end > 0).then_some((address, limits))
}

fn key() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(SigningKey::generate_p256)
}
