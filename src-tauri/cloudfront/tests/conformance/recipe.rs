//! What a random link or cookie is made from, in words that every oracle understands.

use std::net::Ipv4Addr;

use serde_json::{Value, json};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::link_conditions::{Limits, LinkConditions};
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::{PolicyResource, PolicyResourceError};
use signet_cloudfront::signed_url;
use signet_cloudfront::site::SiteAddress;

use crate::keys::{ID, TestKey, id};
use crate::random::Random;

pub struct Recipe {
    pub address: DocumentAddress,
    /// What the policy opens where that was said.
    pub resource: Option<String>,
    pub end: i64,
    pub start: Option<i64>,
    pub network: Option<String>,
    pub hash: HashAlgorithm,
}

impl Recipe {
    /// Any that can be signed: dates to the last second of 63 bits, every awkward character.
    pub fn random(random: &mut Random) -> Self {
        let address = any_address(random);
        let url = address.as_str();
        let end = end(random);
        let (mut start, mut network, mut resource) = (None, None, None);
        match random.below(12) {
            0..4 => {}
            4 => resource = Some(url.to_owned()),
            _ => {
                let latest = end - 2;
                start = (random.maybe() && latest > 0).then(|| random.second_below(latest));
                network = random.maybe().then(|| any_network(random));
                resource = random.maybe().then(|| covering(random, url));
            }
        }
        let hash = match random.below(3) {
            0 => HashAlgorithm::Sha256,
            _ => HashAlgorithm::Sha1,
        };
        Self { resource, end, start, network, hash, address }
    }

    pub fn url(&self) -> &str {
        self.address.as_str()
    }

    /// What the policy opens.
    pub fn opened(&self) -> &str {
        self.resource.as_deref().unwrap_or(self.url())
    }

    /// The rule of `aws cloudfront sign`, as it is written in its source.
    pub fn is_canned(&self) -> bool {
        self.start.is_none()
            && self.network.is_none()
            && !self.opened().contains('*')
            && self.opened() == self.url()
    }

    pub fn terms(&self) -> LinkConditions {
        let resource = self.resource.as_deref().map(|text| PolicyResource::parse(text).unwrap());
        LinkConditions::new(self.end, Limits { resource, ..self.limits() }).unwrap()
    }

    /// Without what cookies say in another place.
    pub fn limits(&self) -> Limits {
        let network = self.network.as_deref().map(|text| Network::parse(text).unwrap());
        Limits { starts_after: self.start, network, resource: None }
    }

    pub fn link(&self, key: &TestKey) -> String {
        match signed_url::sign(&self.address, &self.terms(), self.hash, &key.key, &id()) {
            Ok(link) => link.as_str().to_owned(),
            Err(error) => panic!("{error}: {}", self.to_json()),
        }
    }

    /// What CloudFront rebuilds for itself, as its documentation spells it.
    pub fn canned(&self) -> String {
        format!(
            r#"{{"Statement":[{{"Resource":"{}","Condition":{{"DateLessThan":{{"AWS:EpochTime":{}}}}}}}]}}"#,
            self.url(),
            self.end
        )
    }

    /// Somebody whom the network lets in.
    pub fn reader(&self) -> Ipv4Addr {
        let network = self.network.as_deref().unwrap_or("203.0.113.7");
        network.split('/').next().unwrap().parse().unwrap()
    }

    pub fn to_json(&self) -> Value {
        let hash = match self.hash {
            HashAlgorithm::Sha1 => "SHA1",
            HashAlgorithm::Sha256 => "SHA256",
        };
        json!({
            "url": self.url(), "resource": self.opened(), "end": self.end, "start": self.start,
            "network": self.network, "id": ID, "hash": hash,
        })
    }

    /// The Go SDK must be asked for a canned policy, and takes a network as it is.
    pub fn to_json_for_go(&self) -> Value {
        let mut case = self.to_json();
        case["canned"] = self.is_canned().into();
        if let Some(network) = self.network.as_ref().filter(|text| !text.contains('/')) {
            case["network"] = format!("{network}/32").into();
        }
        case
    }
}

/// A name on a site as a person types it, or a full address as a script gives it.
fn any_address(random: &mut Random) -> DocumentAddress {
    loop {
        let address = match random.below(3) {
            0 => DocumentAddress::parse_url(&full_address(random)).ok(),
            _ => {
                let site = SiteAddress::parse(random.one_of(SITES)).unwrap();
                DocumentAddress::parse(&name(random), &site).ok()
            }
        };
        if let Some(address) = address {
            return address;
        }
    }
}

const SITES: &[&str] = &[
    "docs.example.com",
    "D111111abcdef8.cloudfront.net",
    "d111111abcdef8.cloudfront.net:8443",
    "bücher.example:8443",
    "日本語.example",
    "r3---cdn.example.com:65535",
];

const QUERIES: &[&str] = &[
    "",
    "",
    "",
    "?version=2",
    "?a=1&b=two",
    "?q=a%20b",
    "?download",
    "?a=b=c&&a=b=c",
    "?x=?y",
    "?at=12:30+01:00",
    "?k[]=é&to=https://other.example/a",
];

/// Text for people, in which Signet encodes what must be.
fn name(random: &mut Random) -> String {
    const PIECES: &[&str] = &[
        "report", "Q3", " ", "é", "ü", "日本", "+", "&", "%", "'", "\"", "(1)", "~", "_", "-", ".",
        "@", "=", ",", ";", "!", "$", "*", "#", "[x]", "{y}", "|", "^", "\\", "e\u{301}", "😀",
        ":", "`", "<", ">", "%20", "%2f", "..", "//",
    ];
    let mut text = pieces(random, PIECES);
    text.push_str(random.one_of(&[".pdf", ".html", "", ".tar.gz"]));
    text.push_str(random.one_of(QUERIES));
    text
}

/// A URL, in which what is legal stays as it is.
fn full_address(random: &mut Random) -> String {
    const HOSTS: &[&str] = &[
        "docs.example.com",
        "Docs.Example.COM:443",
        "d111111abcdef8.cloudfront.net",
        "bücher.example",
        "xn--bcher-kva.example:80",
        "127.0.0.1:9000",
    ];
    const PIECES: &[&str] = &[
        "report", "Q3", "%20", "%2F", "%c3%a9", "+", "&", "=", ";", ":", "@", "!", "$", "(", ")",
        ",", "~", "'", " ", "é", "//", "/./", "/../", "[", "]", "|", "^", "`", "{", "%25", "%FF",
    ];
    let scheme = random.one_of(&["https", "http"]);
    let host = random.one_of(HOSTS);
    let path = pieces(random, PIECES);
    format!("{scheme}://{host}/{path}{}", random.one_of(QUERIES))
}

fn pieces(random: &mut Random, pieces: &[&str]) -> String {
    let folders = random.below(3);
    let mut text = String::new();
    for n in 0..=folders {
        if n > 0 {
            text.push('/');
        }
        for _ in 0..=random.below(5) {
            text.push_str(random.one_of(pieces));
        }
    }
    text
}

fn end(random: &mut Random) -> i64 {
    match random.below(8) {
        0 => i64::MAX - random.second_below(1_000),
        1 => 1 + random.second_below(i64::MAX - 1),
        // To the year 2100.
        _ => 1 + random.second_below(4_102_444_800),
    }
}

fn any_network(random: &mut Random) -> String {
    let address = Ipv4Addr::from(u32::try_from(random.next() >> 32).unwrap());
    match random.below(3) {
        0 => address.to_string(),
        _ => format!("{address}/{}", random.below(33)),
    }
}

/// A resource that opens this address and mostly others too.
pub fn covering(random: &mut Random, url: &str) -> String {
    let resource = widened(random, url);
    // A `?` behind two dots makes a way up of them, which is refused.
    match PolicyResource::parse(&resource) {
        Err(PolicyResourceError::GoesUp) => url.to_owned(),
        _ => resource,
    }
}

fn widened(random: &mut Random, url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (host, _) = rest.split_once('/').unwrap();
    let (path, query) =
        url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
    let path_start = scheme.len() + "://".len() + host.len() + 1;
    match random.below(10) {
        0 => "*".to_owned(),
        1 => format!("*://{rest}"),
        2 => format!("http*://{rest}"),
        3 => format!("{scheme}://{host}/*"),
        4 => format!("{url}*"),
        5 => {
            let at = path_start + random.below(path.len() - path_start + 1);
            format!("{}*", url.split_at(at).0)
        }
        // What a `?` before a `=` means is not documented, so none is put there.
        6 if path.len() > path_start && query.is_none_or(|query| query.contains('=')) => {
            let at = path_start + random.below(path.len() - path_start);
            let (before, after) = url.split_at(at);
            let after = after.split_at(1).1;
            match after.split('?').next().unwrap().contains('=') {
                true => url.to_owned(),
                false => format!("{before}?{after}"),
            }
        }
        7 => {
            let after_label = rest.split_once('.').unwrap().1;
            format!("{scheme}://*.{after_label}")
        }
        8 => {
            let at = 1 + random.below(host.len());
            format!("{scheme}://{}*", host.split_at(at).0)
        }
        _ => url.to_owned(),
    }
}
