//! The addresses that may have been signed in place of the one in the link: without what others
//! added, on another host, or as it was before a program encoded it anew.

use super::redact;
use super::verdict::Verdict;
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
    for signed in other_spellings(base) {
        let cause = Verdict::PathChanged {
            signed_for: redact::address(&signed),
            points_at: redact::address(base),
        };
        variants.push((signed, cause));
    }
    let mut variants: Vec<_> = variants
        .into_iter()
        .filter(|(signed, _)| signed != base)
        .map(|(base, cause)| Variant { base, expires_at, cause })
        .collect();
    if let Some(meant) = seconds(expires_at) {
        let cause = Verdict::EndInMilliseconds { stated: expires_at, meant };
        variants.push(Variant { base: base.to_owned(), expires_at: meant, cause });
    }
    variants
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

/// The same address as other programs write it.
fn other_spellings(base: &str) -> Vec<String> {
    let (path, query) = base.split_once('?').unwrap_or((base, ""));
    let with = |path: String| if query.is_empty() { path } else { format!("{path}?{query}") };
    let slash = match path.strip_suffix('/') {
        Some(bare) => bare.to_owned(),
        None => format!("{path}/"),
    };
    let paths = [
        slash,
        path.replace('+', "%20"),
        path.replace('+', "%2B"),
        path.replace("%20", "+"),
        path.replace("%2B", "+").replace("%2b", "+"),
        path.replace('(', "%28").replace(')', "%29"),
        path.replace("%28", "(").replace("%29", ")"),
        path.replace("%2F", "/").replace("%2f", "/"),
        with_triplets(path, u8::to_ascii_uppercase),
        with_triplets(path, u8::to_ascii_lowercase),
        with_plain_letters(path),
        path.replace("[", "%5B").replace("]", "%5D"),
        path.replace('\'', "%27"),
    ];
    let mut all: Vec<String> = paths.into_iter().map(with).collect();
    all.push(with_triplets(base, u8::to_ascii_uppercase));
    all.push(with_plain_letters(base));
    all
}

fn with_triplets(text: &str, case: fn(&u8) -> u8) -> String {
    let mut parts = text.split('%');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        written.push('%');
        for (at, character) in part.chars().enumerate() {
            match u8::try_from(character) {
                Ok(byte) if at < 2 => written.push(char::from(case(&byte))),
                _ => written.push(character),
            }
        }
    }
    written
}

/// Without the triplets of RFC 3986's unreserved characters, which a browser writes plain.
fn with_plain_letters(text: &str) -> String {
    let mut parts = text.split('%');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let plain = digits.filter(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
        });
        match (plain, part.get(2..)) {
            (Some(byte), Some(rest)) => {
                written.push(char::from(byte));
                written.push_str(rest);
            }
            _ => {
                written.push('%');
                written.push_str(part);
            }
        }
    }
    written
}
