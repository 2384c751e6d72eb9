//! What people type and paste for a site, as named cases.

use proptest::prelude::*;

use super::*;

#[test]
fn sites_are_read_into_one_form() {
    let cases = [
        ("plain host", "docs.example.com", "https://docs.example.com"),
        ("with a slash", "https://docs.example.com/", "https://docs.example.com"),
        ("capitals", "HTTPS://Docs.Example.com", "https://docs.example.com"),
        ("trailing dot", "docs.example.com.", "https://docs.example.com"),
        ("white space", " \t docs.example.com\r\n", "https://docs.example.com"),
        ("no-break space around", "\u{a0}docs.example.com\u{a0}", "https://docs.example.com"),
        ("own port", "docs.example.com:8443", "https://docs.example.com:8443"),
        ("default port", "https://docs.example.com:443/", "https://docs.example.com"),
        ("dot and port", "docs.example.com.:443", "https://docs.example.com"),
        ("IDN", "https://bücher.example", "https://xn--bcher-kva.example"),
        ("IDN in capitals", "BÜCHER.example", "https://xn--bcher-kva.example"),
        ("IDN, decomposed", "bu\u{308}cher.example", "https://xn--bcher-kva.example"),
        ("punycode", "xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("look-alike", "d\u{43e}cs.example.com", "https://xn--dcs-sed.example.com"),
        (
            "CloudFront's own",
            "d111111abcdef8.cloudfront.net",
            "https://d111111abcdef8.cloudfront.net",
        ),
        ("E at the front", "EXAMPLE.COM", "https://example.com"),
    ];
    for (name, typed, origin) in cases {
        let site = SiteAddress::parse(typed).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(site.origin(), origin, "{name}");
    }
}

#[test]
fn what_is_not_a_site_is_named() {
    let storage = |host: &str| SiteAddressError::IsStorageAddress { host: host.to_owned() };
    let id = |id: &str| SiteAddressError::IsDistributionId { id: id.to_owned() };
    let path = |path: &str| SiteAddressError::HasPath { path: path.to_owned() };
    let long = format!("{}.example", "a".repeat(2_000_000));
    let cases = [
        ("nothing", "", SiteAddressError::Empty),
        ("white space", " \n ", SiteAddressError::Empty),
        ("scheme only", "https://", SiteAddressError::Invalid),
        ("http", "http://docs.example.com", SiteAddressError::NotSecure),
        ("ftp", "ftp://docs.example.com", SiteAddressError::Invalid),
        ("one slash", "https:/docs.example.com", SiteAddressError::Invalid),
        ("user", "https://docs.example.com@evil.example/", SiteAddressError::HasUserInfo),
        ("user and password", "a:b@docs.example.com", SiteAddressError::HasUserInfo),
        ("path", "docs.example.com/a/b.pdf", path("/a/b.pdf")),
        ("query", "https://docs.example.com?x=1", path("?x=1")),
        ("fragment", "https://docs.example.com/#top", path("/#top")),
        ("bucket", "bucket.s3.amazonaws.com", storage("bucket.s3.amazonaws.com")),
        ("bucket with _", "https://My_B.s3.amazonaws.com/k", storage("my_b.s3.amazonaws.com")),
        (
            "path style",
            "https://s3.eu-west-1.amazonaws.com/bucket",
            storage("s3.eu-west-1.amazonaws.com"),
        ),
        (
            "website, http only",
            "http://b.s3-website-us-east-1.amazonaws.com",
            storage("b.s3-website-us-east-1.amazonaws.com"),
        ),
        ("s3 scheme", "s3://bucket/key.pdf", storage("s3://bucket")),
        ("distribution id", "E2QWRTYPOIUYTR", id("E2QWRTYPOIUYTR")),
        (
            "distribution ARN",
            "arn:aws:cloudfront::123456789012:distribution/E2QWRTYPOIUYT",
            id("E2QWRTYPOIUYT"),
        ),
        (
            "console",
            "https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/distributions/E2QWRTYPOIUYT",
            SiteAddressError::IsConsole,
        ),
        ("IPv4", "192.0.2.1", SiteAddressError::Invalid),
        ("IPv4, hexadecimal", "0x7f.0.0.0x1", SiteAddressError::Invalid),
        ("IPv6", "https://[2001:db8::1]/", SiteAddressError::Invalid),
        ("one word", "localhost", SiteAddressError::Invalid),
        ("wildcard", "*.example.com", SiteAddressError::Invalid),
        ("space", "docs example.com", SiteAddressError::Invalid),
        ("backslash", "docs.example.com\\a", SiteAddressError::Invalid),
        ("right-to-left", "docs.\u{202e}example.com", SiteAddressError::Invalid),
        ("zero width", "docs.exam\u{200b}ple.com", SiteAddressError::Invalid),
        ("soft hyphen", "docs.exam\u{ad}ple.com", SiteAddressError::Invalid),
        ("control", "docs.exa\0mple.com", SiteAddressError::Invalid),
        ("port zero", "docs.example.com:0", SiteAddressError::Invalid),
        ("port too big", "docs.example.com:99999", SiteAddressError::Invalid),
        ("two megabytes", &long, SiteAddressError::Invalid),
    ];
    for (name, typed, error) in cases {
        assert_eq!(SiteAddress::parse(typed), Err(error), "{name}");
    }
}

#[test]
fn the_practice_site_is_the_only_one_on_http() {
    let site = SiteAddress::practice(49152);
    assert_eq!(site.origin(), "http://127.0.0.1:49152");
    assert_eq!(site.host(), "127.0.0.1:49152");
    assert_eq!(SiteAddress::practice(80).origin(), "http://127.0.0.1");
}

proptest! {
    #[test]
    fn reading_never_panics_and_is_idempotent(text in "\\PC{0,40}|[a-zA-Z0-9.:/@ü-]{0,40}|(https://)?[a-z]{1,9}\\.[a-zé]{2,9}(:[0-9]{1,5})?/?") {
        if let Ok(site) = SiteAddress::parse(&text) {
            prop_assert!(site.origin().is_ascii());
            prop_assert_eq!(SiteAddress::parse(&site.origin()), Ok(site.clone()));
            prop_assert_eq!(SiteAddress::parse(site.host()), Ok(site));
        }
    }
}
