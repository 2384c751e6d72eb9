//! What holds for every link: the verdict is the judge's, and nothing that is pasted stops the program.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::inspection::{Verdict as V, find, inspect};
use signet_cloudfront::key::{HashAlgorithm, PublicKey};
use signet_cloudfront::link_conditions::{Limits, LinkConditions};
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::PolicyResource;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url;
use signet_cloudfront::verify::{Request, evaluate};

use crate::stage::{END, P256_ID, RSA_ID, STAGE, sites};

const HERE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 7);

#[derive(Debug, Clone)]
pub struct Good {
    pub link: String,
    start: i64,
    end: i64,
}

/// A link of any kind. RSA is rare: its signatures take the longest.
pub fn good() -> impl Strategy<Value = Good> {
    let url = "https?://[a-z]{1,8}\\.example(:8443)?/[a-zA-Z0-9%+&é(){}_~ /.-]{0,30}(\\?[a-z]=[a-zA-Z0-9/:?%é]{0,9}(&[a-z]{1,3}){0,2})?";
    let span = (1_000_000_000..4_000_000_000_i64, 2..100_000_000_i64);
    let shape = (any::<bool>(), any::<bool>(), 0..4_u8, prop::bool::weighted(0.1), any::<bool>());
    (url, span, shape).prop_filter_map("an address that can be signed", |(url, span, shape)| {
        let address = DocumentAddress::parse_url(&url).ok()?;
        let (start, length) = span;
        let (has_start, has_network, wildcard, is_rsa, is_sha1) = shape;
        let hash = if is_sha1 { HashAlgorithm::Sha1 } else { HashAlgorithm::Sha256 };
        let url = address.as_str();
        let folder = url.split('?').next()?.rsplit_once('/')?.0;
        let resource = match wildcard {
            0 => Some(format!("{folder}/*")),
            1 => Some(format!("*{}", url.strip_prefix("http")?.trim_start_matches('s'))),
            _ => None,
        };
        let limits = Limits {
            starts_after: has_start.then_some(start),
            network: has_network.then(|| Network::parse("203.0.113.0/24")).flatten(),
            resource: resource.and_then(|text| PolicyResource::parse(&text).ok()),
        };
        let end = start + length;
        let terms = LinkConditions::new(end, limits).ok()?;
        let (key, id) = if is_rsa { (&STAGE.rsa, RSA_ID) } else { (&STAGE.p256, P256_ID) };
        let link = signed_url::sign(&address, &terms, hash, key, &PublicKeyId::parse(id).ok()?);
        Some(Good { link: link.ok()?.as_str().to_owned(), start, end })
    })
}

fn trusted() -> Vec<(PublicKeyId, PublicKey)> {
    STAGE.keys().into_iter().filter_map(|key| Some((key.public_key_id, key.public_key?))).collect()
}

fn works(text: &str, now: i64) -> Option<(bool, bool)> {
    let found = find(text).ok()?;
    let request = Request { url: found.link(), from: IpAddr::V4(HERE), now };
    let verdict = inspect(&found, now, &STAGE.keys(), &sites()).verdict;
    Some((matches!(verdict, V::Works { .. }), evaluate(&request, &trusted()).is_ok()))
}

/// A policy that takes long to compare, and all the ways to explain it.
#[test]
fn a_resource_of_stars_takes_seconds_at_most() {
    let url = format!("https://h.example/{}?{}", "a".repeat(3_000), "b=1&".repeat(9));
    let resource = format!("https://h.example/{}{}b", "?".repeat(20), "*aaaa".repeat(500));
    let policy = format!(
        r#"{{"Statement":[{{"Resource":"{resource}","Condition":{{"DateLessThan":{{"AWS:EpochTime":{END}}}}}}}]}}"#
    );
    let link = STAGE.link_with_policy(&url, &policy);
    assert!(link.len() < 8_192);
    let begun = Instant::now();
    let verdict = STAGE.inspect(&link).verdict;
    assert_eq!(verdict, V::OutsideResource { resource });
    assert!(begun.elapsed() < Duration::from_secs(20));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_good_link_works_at_every_moment_inside(good in good(), part in 0.0..1.0_f64) {
        let Good { link, start, end } = good;
        let found = find(&link).unwrap();
        prop_assert_eq!(found.link(), &link);
        prop_assert_eq!(&found.repairs, &[]);
        let verdict = |now| inspect(&found, now, &STAGE.keys(), &sites()).verdict;
        let inside = start + 1 + ((end - start - 2) as f64 * part) as i64;
        for now in [start + 1, inside, end - 1] {
            prop_assert_eq!(verdict(now), V::Works { until: end });
        }
        prop_assert_eq!(verdict(end), V::Ended { at: end });
        prop_assert_eq!(verdict(end + 1), V::Ended { at: end });
        let at_start = verdict(start);
        let allowed = [V::Works { until: end }, V::NotBegun { from: start + 1 }];
        prop_assert!(allowed.contains(&at_start), "{:?}", at_start);
    }

    #[test]
    fn the_verdict_on_a_spoiled_link_is_the_judges(
        good in good(),
        at in any::<prop::sample::Index>(),
        byte in b' '..=b'~',
        how in 0..3_u8,
        moment in 0..3_u8,
    ) {
        let mut bytes = good.link.clone().into_bytes();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => drop(bytes.remove(at)),
        }
        let now = [good.start, good.start + 1, good.end][usize::from(moment)];
        let spoiled = String::from_utf8(bytes).unwrap();
        for text in [good.link, spoiled] {
            if let Some((works, opens)) = works(&text, now) {
                prop_assert_eq!(works, opens);
            }
        }
    }

    #[test]
    fn nothing_that_is_pasted_stops_it(
        good in good(),
        noise in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
        around in "\\PC{0,40}",
    ) {
        let mut bytes = good.link.into_bytes();
        for (at, byte) in noise {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let cut: String = text.chars().take(cut.index(text.len() + 1)).collect();
        for text in [&text, &cut, &around, &format!("{around}{text}{around}")] {
            if let Some((works, opens)) = works(text, good.end - 1) {
                prop_assert_eq!(works, opens);
            }
        }
    }

    #[test]
    fn any_text_is_borne(
        text in "\\PC{0,200}|([a-zA-Z0-9%&=?#:/.;<>\"*_~-]|\\n|=3D|=\\n|&amp;|https://|Signature=|Policy=|Expires=|Key-Pair-Id=|CloudFront-Policy=|%3D|__;|!!|--b\n|Content-Type: text/html\n|Content-Transfer-Encoding: base64\n|\r\n|aHR0cHM6Ly9h\n){0,80}"
    ) {
        if let Some((works, opens)) = works(&text, 0) {
            prop_assert_eq!(works, opens);
        }
    }
}
