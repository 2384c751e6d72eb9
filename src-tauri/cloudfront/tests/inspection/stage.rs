//! Keys made for the run, links made with them, and what is known of them.

use std::process::{Command, Stdio};
use std::sync::LazyLock;

use p256::ecdsa::signature::Signer;
use p256::pkcs8::DecodePrivateKey;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::encoding::encode;
use signet_cloudfront::inspection::{Inspection, KnownKey, find, inspect};
use signet_cloudfront::key::{HashAlgorithm, SigningKey};
use signet_cloudfront::key_file::{self, KeyFile};
use signet_cloudfront::link_conditions::{Limits, LinkConditions};
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url;
use signet_cloudfront::site::SiteAddress;

pub const NOW: i64 = 1_796_000_000;
pub const END: i64 = 1_796_144_400;
pub const URL: &str = "https://docs.example.com/a/Q3%20notes.pdf?v=2";

pub const RSA_ID: &str = "K2JCJMDEHXQW5F";
pub const P256_ID: &str = "K3P256P256P256";
pub const OTHER_ID: &str = "K4OTHEROTHEROT";
/// In the list, and its public half is not here.
pub const LISTED_ID: &str = "K5LISTEDLISTED";
/// In no list.
pub const STRANGE_ID: &str = "K6STRANGESTRAN";

pub static STAGE: LazyLock<Stage> = LazyLock::new(|| Stage {
    rsa: rsa(2048),
    p256: SigningKey::generate_p256(),
    other: SigningKey::generate_p256(),
    strange: SigningKey::generate_p256(),
});

pub struct Stage {
    pub rsa: SigningKey,
    pub p256: SigningKey,
    pub other: SigningKey,
    pub strange: SigningKey,
}

impl Stage {
    /// A link until [`END`], with the id under which its key is known.
    pub fn link(&self, id: &str, hash: HashAlgorithm, url: &str, limits: Limits) -> String {
        self.link_until(END, id, hash, url, limits)
    }

    pub fn link_until(
        &self,
        end: i64,
        id: &str,
        hash: HashAlgorithm,
        url: &str,
        limits: Limits,
    ) -> String {
        let address = DocumentAddress::parse_url(url).unwrap();
        let terms = LinkConditions::new(end, limits).unwrap();
        let id = PublicKeyId::parse(id).unwrap();
        let link = signed_url::sign(&address, &terms, hash, self.key(id.as_str()), &id);
        link.unwrap().as_str().to_owned()
    }

    /// A link with any policy, signed with P-256 and SHA-256.
    pub fn link_with_policy(&self, url: &str, policy: &str) -> String {
        let key = p256::ecdsa::SigningKey::from_pkcs8_der(&self.p256.to_pkcs8_der()).unwrap();
        let signature: p256::ecdsa::DerSignature = key.sign(policy.as_bytes());
        format!(
            "{url}{}Policy={}&Signature={}&Key-Pair-Id={P256_ID}&Hash-Algorithm=SHA256",
            if url.contains('?') { '&' } else { '?' },
            encode(policy.as_bytes()),
            encode(signature.as_bytes())
        )
    }

    /// A link with this text for its end, signed with P-256 and SHA-256.
    pub fn link_with_end(&self, url: &str, end: i64) -> String {
        self.link_until(end, P256_ID, HashAlgorithm::Sha256, url, Limits::default())
    }

    fn key(&self, id: &str) -> &SigningKey {
        match id {
            RSA_ID => &self.rsa,
            OTHER_ID => &self.other,
            STRANGE_ID => &self.strange,
            _ => &self.p256,
        }
    }

    pub fn keys(&self) -> Vec<KnownKey> {
        let known = |name: &str, id: &str, key: Option<&SigningKey>| KnownKey {
            name: name.to_owned(),
            public_key_id: PublicKeyId::parse(id).unwrap(),
            public_key: key.map(SigningKey::public_key),
        };
        vec![
            known("Client papers", RSA_ID, Some(&self.rsa)),
            known("Board", P256_ID, Some(&self.p256)),
            known("Other", OTHER_ID, Some(&self.other)),
            known("Listed", LISTED_ID, None),
        ]
    }

    pub fn inspect(&self, text: &str) -> Inspection {
        self.inspect_at(text, NOW)
    }

    pub fn inspect_at(&self, text: &str, now: i64) -> Inspection {
        let found = find(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        inspect(&found, now, &self.keys(), &sites())
    }
}

pub fn sites() -> Vec<SiteAddress> {
    ["docs.example.com", "d111111abcdef8.cloudfront.net"]
        .map(|site| SiteAddress::parse(site).unwrap())
        .into()
}

/// A link without one of its parameters.
pub fn without(link: &str, name: &str) -> String {
    let (path, query) = link.split_once('?').unwrap();
    let named = format!("{name}=");
    let kept: Vec<_> = query.split('&').filter(|part| !part.starts_with(&named)).collect();
    assert!(kept.len() < query.split('&').count(), "{name} in {link}");
    format!("{path}?{}", kept.join("&"))
}

/// The value of a parameter as it stands in a link.
pub fn value<'a>(link: &'a str, name: &str) -> &'a str {
    link.split(['?', '&'])
        .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        .unwrap_or_else(|| panic!("{name} in {link}"))
}

/// A link with another value for one of its parameters.
pub fn with(link: &str, name: &str, new: &str) -> String {
    let old = format!("{name}={}", value(link, name));
    link.replacen(&old, &format!("{name}={new}"), 1)
}

fn rsa(bits: usize) -> SigningKey {
    let output = Command::new("openssl")
        .args(["genrsa", &bits.to_string()])
        .stderr(Stdio::null())
        .output()
        .unwrap();
    match key_file::read(&output.stdout) {
        Ok(KeyFile::Ready(key)) => key,
        _ => panic!("openssl made another key"),
    }
}
