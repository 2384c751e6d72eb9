//! Host names: one normal form, and which hosts belong to storage or to the AWS console.
//!
//! Here: splitting an authority into name and port, IDN to punycode, and the classification of
//! Amazon's own hosts. `site` and `address` both use it, so that they cannot disagree about when
//! two hosts are the same. Deliberately not here: DNS (this crate asks nobody), and user
//! information (`name@host`), which both callers refuse before they come here.
//!
//! The `url` crate is not used: it folds `..`, drops and rewrites parts, and maps characters that
//! this product must show to a person or refuse.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use crate::characters::unseen_name;

/// A name has 253 bytes in its normal form, and each of them was some bytes at most before.
const MAX_NAME_BYTES: usize = 2_048;

/// A host in its normal form: ASCII, lower case, no trailing dot; the port as written, if any.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Authority {
    pub(crate) name: String,
    pub(crate) port: Option<u16>,
}

impl Authority {
    /// Reads `docs.example.com`, `Docs.Example.com.:8443`, `bücher.example`.
    ///
    /// `None` for everything that is not a DNS name (or an IPv4 address, which has the same form):
    /// wildcards, spaces, percent signs, IPv6, invisible characters, labels over 63 bytes, port 0.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, port) = match text.rsplit_once(':') {
            // RFC 3986 allows an empty port; it means the default.
            Some((name, "")) => (name, None),
            Some((name, port)) => (name, Some(parse_port(port)?)),
            None => (text, None),
        };
        Some(Self { name: normal_name(name)?, port })
    }

    /// `docs.example.com` or `docs.example.com:8443`.
    pub(crate) fn to_text(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether the name is an IPv4 address in any of the spellings a browser takes for one.
    pub(crate) fn is_ip_address(&self) -> bool {
        let last = self.name.rsplit('.').next().unwrap_or_default();

        last.strip_prefix("0x").map_or_else(
            || !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()),
            |hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
        )
    }
}

fn parse_port(text: &str) -> Option<u16> {
    // `u16::from_str` also takes a leading `+`.
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|port| *port != 0)
}

fn normal_name(text: &str) -> Option<String> {
    if text.len() > MAX_NAME_BYTES {
        return None;
    }
    // UTS 46 silently drops soft hyphens, zero-width spaces and variation selectors; a person would never know.
    if text.chars().any(|character| unseen_name(character).is_some()) {
        return None;
    }
    let text = text.strip_suffix('.').unwrap_or(text);
    // `CheckFirstLast` and not `Check`: names such as `r3---cdn.example.com` exist.
    Uts46::new()
        .to_ascii(text.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// Splits at the first `/`, `?` or `#`: the authority, and everything behind it with that character.
pub fn split_authority(text: &str) -> (&str, &str) {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The scheme (lower case) and what follows `://`, for text that begins with a scheme and `://`.
pub fn split_scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let mut bytes = scheme.bytes();
    let first = bytes.next()?;
    let is_scheme = first.is_ascii_alphabetic()
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// The storage host as written (lower case, without port) when an authority is one of S3's.
///
/// Works on the text as typed, because bucket names may hold what a host name may not (`_`).
/// Covers path style, virtual-hosted style, `s3-website`, `s3-accelerate`, dual-stack, FIPS,
/// directory buckets, VPC endpoints, and China.
pub fn storage_host(authority: &str) -> Option<String> {
    let host = plain_host(authority);
    let labels =
        host.strip_suffix(".amazonaws.com").or_else(|| host.strip_suffix(".amazonaws.com.cn"))?;
    let is_storage = labels
        .split('.')
        .any(|label| label == "s3" || label.starts_with("s3-") || label.starts_with("s3express-"));
    is_storage.then_some(host)
}

/// Whether an authority is the AWS console's.
pub fn is_console(authority: &str) -> bool {
    let host = plain_host(authority);
    ["console.aws.amazon.com", "console.amazonaws-us-gov.com", "console.amazonaws.cn"].iter().any(
        |console| {
            host.strip_suffix(console)
                .is_some_and(|before| before.is_empty() || before.ends_with('.'))
        },
    )
}

/// Whether an authority is the name CloudFront itself gives to a distribution.
pub fn is_cloudfront(authority: &str) -> bool {
    plain_host(authority).ends_with(".cloudfront.net")
}

fn plain_host(authority: &str) -> String {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_one_normal_form() {
        let cases = [
            ("docs.example.com", Some("docs.example.com")),
            ("DOCS.Example.COM.", Some("docs.example.com")),
            ("docs.example.com:8443", Some("docs.example.com:8443")),
            ("docs.example.com:", Some("docs.example.com")),
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("b\u{fc}cher.example", Some("xn--bcher-kva.example")),
            ("bu\u{308}cher.example", Some("xn--bcher-kva.example")),
            ("xn--bcher-kva.example", Some("xn--bcher-kva.example")),
            ("d\u{43e}cs.example.com", Some("xn--dcs-sed.example.com")),
            ("127.0.0.1:9000", Some("127.0.0.1:9000")),
            ("", None),
            (".", None),
            ("a..b", None),
            ("-a.example", None),
            ("*.example.com", None),
            ("a b.example", None),
            ("a%2eb.example", None),
            ("[::1]:80", None),
            ("a.example:0", None),
            ("a.example:65536", None),
            ("a.example:+80", None),
            ("do\u{ad}cs.example.com", None),
            ("do\u{200b}cs.example.com", None),
            ("xn--a.example", None),
        ];
        for (typed, expected) in cases {
            let found = Authority::parse(typed).map(|authority| authority.to_text());
            assert_eq!(found.as_deref(), expected, "{typed:?}");
        }
    }

    #[test]
    fn storage_hosts_are_recognised_in_every_style() {
        let cases = [
            ("bucket.s3.amazonaws.com", true),
            ("My_Bucket.S3.amazonaws.com:443", true),
            ("s3.eu-west-1.amazonaws.com", true),
            ("s3-eu-west-1.amazonaws.com", true),
            ("bucket.s3.dualstack.eu-west-1.amazonaws.com", true),
            ("bucket.s3-website-us-east-1.amazonaws.com", true),
            ("bucket.s3-website.eu-central-1.amazonaws.com", true),
            ("bucket.s3-accelerate.amazonaws.com.", true),
            ("bucket.s3.cn-north-1.amazonaws.com.cn", true),
            ("b--x.s3express-use1-az4.us-east-1.amazonaws.com", true),
            ("abc.execute-api.eu-west-1.amazonaws.com", false),
            ("s3.example.com", false),
            ("s3.amazonaws.com.evil.example", false),
            ("d111111abcdef8.cloudfront.net", false),
        ];
        for (host, expected) in cases {
            assert_eq!(storage_host(host).is_some(), expected, "{host}");
        }
    }

    #[test]
    fn console_hosts_are_recognised() {
        for host in [
            "console.aws.amazon.com",
            "US-EAST-1.console.aws.amazon.com",
            "123-abc.us-east-1.console.aws.amazon.com:443",
        ] {
            assert!(is_console(host), "{host}");
        }
        assert!(!is_console("myconsole.aws.amazon.com"));
        assert!(!is_console("console.aws.amazon.com.evil.example"));
    }

    #[test]
    fn addresses_in_numbers_are_recognised() {
        for (host, expected) in [
            ("127.0.0.1", true),
            ("0x7f.1", true),
            ("a.0x7f", true),
            ("docs.example.com", false),
            ("1.example", false),
        ] {
            let authority = Authority::parse(host).unwrap();
            assert_eq!(authority.is_ip_address(), expected, "{host}");
        }
    }
}
