//! The addresses that may have been signed in place of the one in the link: without what others
//! added, on another host, a playlist's, or spelled otherwise ([`super::spellings`]).

use super::verdict::Verdict;
use super::{inner, playlists, redact, spellings};
use crate::clock;
use crate::host::{split_authority, split_scheme};
use crate::site::SiteAddress;

/// With more parameters than this only the likely ones are taken away together.
const MAX_IN_SUBSETS: usize = 6;

/// What trackers add to every link they see.
const TRACKERS: [&str; 12] = [
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "igshid",
    "yclid", "_hsenc", "_hsmi",
];

/// An address that may have been signed, and what happened to it then.
pub(super) struct Variant {
    pub(super) base: String,
    pub(super) expires_at: i64,
    pub(super) cause: Verdict,
}

/// All of them, the likelier ones first.
pub(super) fn of(base: &str, expires_at: i64, sites: &[SiteAddress]) -> Vec<Variant> {
    let mut variants = without_parameters(base);
    variants.extend(other_scheme(base));
    variants.extend(other_hosts(base, sites));
    if base.contains("%25") {
        let once = base.replace("%25", "%");
        let cause = Verdict::EncodedTwice { signed_for: redact::address(&once) };
        variants.push((once, cause));
    }
    for signed in spellings::others(base) {
        let cause = Verdict::PathChanged {
            signed_for: redact::address(&signed),
            points_at: redact::address(base),
        };
        variants.push((signed, cause));
    }
    for signed in spellings::composed_otherwise(base) {
        let cause = Verdict::ComposedOtherwise { signed_for: redact::address(&signed) };
        variants.push((signed, cause));
    }
    for signed in spellings::not_encoded(base) {
        let cause = Verdict::SignedUnencoded { signed_for: redact::address(&signed) };
        variants.push((signed, cause));
    }
    for signed in playlists::of(base) {
        let cause = Verdict::SignedForPlaylist { signed_for: redact::address(&signed) };
        variants.push((signed, cause));
    }
    variants.extend(inside(base));
    let mut variants: Vec<_> = variants
        .into_iter()
        .filter(|(signed, _)| signed != base)
        .map(|(base, cause)| Variant { base, expires_at, cause })
        .collect();
    if let Some(meant) = seconds(expires_at) {
        let cause = Verdict::EndInMilliseconds { stated: expires_at, meant };
        variants.push(Variant { base: base.to_owned(), expires_at: meant, cause });
    }
    if let Some(signed) = expires_at.checked_mul(1_000) {
        let cause = Verdict::EndSignedInMilliseconds { stated: expires_at, signed };
        variants.push(Variant { base: base.to_owned(), expires_at: signed, cause });
    }
    variants
}

/// Addresses that stand in it as they are: another one may have been put around the one that was signed.
fn inside(base: &str) -> Vec<(String, Verdict)> {
    let Some((_, rest)) = split_scheme(base) else { return Vec::new() };
    let (points_at, rest) = split_authority(rest);
    let host = |address: &str| Some(split_authority(split_scheme(address)?.1).0.to_owned());
    let signed = |address: String| {
        let signed_for = redact::address(&host(&address)?);
        Some((
            address,
            Verdict::PointsElsewhere { signed_for, points_at: redact::address(points_at) },
        ))
    };
    inner::of(rest).into_iter().filter_map(|inner| signed(inner.address)).collect()
}

/// The second that was meant by a number that is plausible as milliseconds only.
pub(super) fn seconds(stated: i64) -> Option<i64> {
    let meant = stated / 1_000;
    (!clock::plausible_clock(stated) && clock::plausible_clock(meant)).then_some(meant)
}

fn without_parameters(base: &str) -> Vec<(String, Verdict)> {
    let Some((path, query)) = base.split_once('?') else {
        return Vec::new();
    };
    let parameters: Vec<&str> = query.split('&').collect();
    let mut removals = removals(&parameters);
    removals.sort_by_key(|removed| removed.iter().filter(|removed| **removed).count());
    let without = |removed: Vec<bool>| {
        let (mut kept, mut names) = (Vec::new(), Vec::new());
        for (parameter, removed) in parameters.iter().zip(removed) {
            if removed {
                names.push(redact::word(name(parameter)));
            } else {
                kept.push(*parameter);
            }
        }
        let base = match kept.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", kept.join("&")),
        };
        (base, Verdict::AddedAfterSigning { names })
    };
    removals.into_iter().map(without).collect()
}

/// Which parameters to take away together.
fn removals(parameters: &[&str]) -> Vec<Vec<bool>> {
    let count = parameters.len();
    if count <= MAX_IN_SUBSETS {
        let subset = |bits: usize| (0..count).map(|at| bits >> at & 1 == 1).collect();
        return (1..1_usize << count).map(subset).collect();
    }
    let count = count.min(64);
    let mut removals: Vec<Vec<bool>> =
        vec![parameters.iter().map(|parameter| is_tracker(name(parameter))).collect()];
    for at in 0..count {
        removals.push((0..parameters.len()).map(|other| other == at).collect());
        removals.push((0..parameters.len()).map(|other| other >= at).collect());
        removals.push((0..parameters.len()).map(|other| other <= at).collect());
    }
    removals
}

fn name<'a>(parameter: &&'a str) -> &'a str {
    parameter.split('=').next().unwrap_or_default()
}

fn is_tracker(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKERS.contains(&name.as_str())
        || ["utm_", "mc_", "mkt_", "pk_", "mtm_"].iter().any(|begin| name.starts_with(begin))
}

fn other_scheme(base: &str) -> Option<(String, Verdict)> {
    let (scheme, rest) = split_scheme(base)?;
    let other = match scheme.as_str() {
        "http" => "https",
        "https" => "http",
        _ => return None,
    };
    let cause = Verdict::SchemeChanged { signed_for: other.to_owned(), points_at: scheme };
    Some((format!("{other}://{rest}"), cause))
}

fn other_hosts(base: &str, sites: &[SiteAddress]) -> Vec<(String, Verdict)> {
    let Some((scheme, rest)) = split_scheme(base) else {
        return Vec::new();
    };
    let (host, path) = split_authority(rest);
    let mut hosts: Vec<String> = sites.iter().map(|site| site.host().to_owned()).collect();
    hosts.push(host.to_ascii_lowercase());
    hosts.push(host.trim_end_matches('.').to_owned());
    hosts.push(match host.strip_prefix("www.") {
        Some(bare) => bare.to_owned(),
        None => format!("www.{host}"),
    });
    for port in [":443", ":80"] {
        hosts.push(match host.strip_suffix(port) {
            Some(bare) => bare.to_owned(),
            None => format!("{host}{port}"),
        });
    }
    let signed = |signed: String| {
        let cause =
            Verdict::PointsElsewhere { signed_for: signed.clone(), points_at: host.to_owned() };
        (format!("{scheme}://{signed}{path}"), cause)
    };
    hosts.into_iter().map(signed).collect()
}
