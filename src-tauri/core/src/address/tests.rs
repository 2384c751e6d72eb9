//! What people type and paste for a document, as named cases, and what holds for every text.

use proptest::prelude::*;

use crate::characters::unseen_name;

use super::*;

fn site() -> Site {
    Site::parse("docs.example.com").unwrap()
}

fn path_of(typed: &str) -> String {
    DocumentAddress::parse(typed, &site())
        .unwrap_or_else(|error| panic!("{typed:?}: {error:?}"))
        .path()
        .to_owned()
}

fn forbidden_as(character: &str, name: &str) -> AddressError {
    AddressError::ForbiddenCharacter {
        character: character.to_owned(),
        name: Some(name.to_owned()),
    }
}

#[test]
fn names_and_paths_are_encoded_once() {
    let cases = [
        ("file name", "a.pdf", "/a.pdf"),
        ("path", "/a/b.pdf", "/a/b.pdf"),
        ("path without slash", "a/b.pdf", "/a/b.pdf"),
        ("folder", "a/b/", "/a/b/"),
        ("root", "/", "/"),
        ("space", "annual report.pdf", "/annual%20report.pdf"),
        ("white space around", "  a.pdf\r\n", "/a.pdf"),
        ("accents, composed", "r\u{e9}sum\u{e9}.pdf", "/r%C3%A9sum%C3%A9.pdf"),
        ("accents, decomposed", "re\u{301}sume\u{301}.pdf", "/re%CC%81sume%CC%81.pdf"),
        ("plus", "a+b.pdf", "/a%2Bb.pdf"),
        ("ampersand", "R&D, Q1 (final)!.pdf", "/R%26D%2C%20Q1%20%28final%29%21.pdf"),
        ("quotes", "it's \"x\".pdf", "/it%27s%20%22x%22.pdf"),
        ("backslash", "a\\b.pdf", "/a%5Cb.pdf"),
        ("hash", "#1 a.pdf", "/%231%20a.pdf"),
        ("asterisk", "a*.pdf", "/a%2A.pdf"),
        ("colon", "Report: 17:00.pdf", "/Report%3A%2017%3A00.pdf"),
        ("at sign", "a@b.pdf", "/a%40b.pdf"),
        ("unreserved", "a-b_c.d~e.pdf", "/a-b_c.d~e.pdf"),
        ("emoji", "\u{1f4c4}.pdf", "/%F0%9F%93%84.pdf"),
        ("Arabic", "\u{645}\u{644}\u{641}.pdf", "/%D9%85%D9%84%D9%81.pdf"),
        ("encoded already", "/a%20b/%c3%a9.pdf", "/a%20b/%c3%a9.pdf"),
        ("encoded, with a space too", "a%20b c.pdf", "/a%20b%20c.pdf"),
        ("percent of a name", "100%.pdf", "/100%25.pdf"),
        ("percent among triplets", "a%20b 100%.pdf", "/a%2520b%20100%25.pdf"),
        ("query", "/a.pdf?version=2&x=a+b", "/a.pdf?version=2&x=a+b"),
        ("query with a space", "a.pdf?v=a b#c", "/a.pdf?v=a%20b%23c"),
        ("percent in the path only", "100%.pdf?v=%20", "/100%25.pdf?v=%20"),
        ("question mark in a query", "a?b?c", "/a?b?c"),
        ("empty query", "a.pdf?", "/a.pdf"),
        ("dots are not folded", "/a/../b/./c.pdf", "/a/../b/./c.pdf"),
        ("slashes are not folded", "//a//b.pdf", "//a//b.pdf"),
        ("a host further inside", "/x/docs.example.com/a", "/x/docs.example.com/a"),
        ("another host is a path", "www.other.com/x", "/www.other.com/x"),
        (
            "a user is a path",
            "docs.example.com@evil.example/x",
            "/docs.example.com%40evil.example/x",
        ),
        ("an address in a path", "/p/https://a.example/b", "/p/https%3A//a.example/b"),
    ];
    for (name, typed, path) in cases {
        assert_eq!(path_of(typed), path, "{name}");
    }
}

#[test]
fn full_addresses_of_the_site_keep_their_bytes() {
    let cases = [
        ("plain", "https://docs.example.com/a/b.pdf", "/a/b.pdf"),
        ("no path", "https://docs.example.com", "/"),
        ("query, no path", "https://docs.example.com?x=1", "/?x=1"),
        ("capitals", "HTTPS://DOCS.Example.Com/A", "/A"),
        ("default port", "https://docs.example.com:443/a", "/a"),
        ("trailing dot", "https://docs.example.com./a", "/a"),
        ("without a scheme", "docs.example.com/a b", "/a%20b"),
        ("host alone", "docs.example.com", "/"),
        ("host and port, no scheme", "docs.example.com:443/a+b", "/a+b"),
        ("legal characters", "https://docs.example.com/!$&()+,;=:@-._~", "/!$&()+,;=:@-._~"),
        ("apostrophe", "https://docs.example.com/it's", "/it%27s"),
        ("space and accent", "https://docs.example.com/a \u{e9}.pdf", "/a%20%C3%A9.pdf"),
        ("lower-case triplets", "https://docs.example.com/%c3%a9", "/%c3%a9"),
        ("brackets and braces", "https://docs.example.com/a[1]{2}|^`", "/a%5B1%5D%7B2%7D%7C%5E%60"),
        ("query", "https://docs.example.com/a?b=c/d?e&f=+", "/a?b=c/d?e&f=+"),
        ("empty query", "https://docs.example.com/a?", "/a"),
        ("dots", "https://docs.example.com/a/../b//c", "/a/../b//c"),
        (
            "similar parameter",
            "https://docs.example.com/a?expires-at=1&policyx=2",
            "/a?expires-at=1&policyx=2",
        ),
        ("encoded asterisk", "https://docs.example.com/a%2A", "/a%2A"),
    ];
    for (name, typed, path) in cases {
        assert_eq!(path_of(typed), path, "{name}");
        let address = DocumentAddress::parse(typed, &site()).unwrap();
        assert_eq!(address.as_str(), format!("https://docs.example.com{path}"), "{name}");
        assert_eq!(address.host(), "docs.example.com", "{name}");
    }
}

#[test]
fn what_is_not_an_address_of_the_site_is_named() {
    let other = |host: &str| AddressError::OtherSite {
        host: host.to_owned(),
        site: "docs.example.com".to_owned(),
    };
    let storage = |host: &str| AddressError::IsStorageAddress { host: host.to_owned() };
    let scheme = |scheme: &str| AddressError::OtherScheme { scheme: scheme.to_owned() };
    let not_secure = |host: &str| AddressError::NotSecure { host: host.to_owned() };
    let signed = |name: &str| AddressError::HasSigningParameter { name: name.to_owned() };
    let cases = [
        ("nothing", "", AddressError::Empty),
        ("white space", " \t\n", AddressError::Empty),
        ("other host", "https://www.other.com/a", other("www.other.com")),
        ("other port", "https://docs.example.com:8443/a", other("docs.example.com:8443")),
        ("other port, no scheme", "docs.example.com:8443/a", other("docs.example.com:8443")),
        ("look-alike", "https://d\u{43e}cs.example.com/a", other("xn--dcs-sed.example.com")),
        (
            "longer host",
            "https://docs.example.com.evil.example/a",
            other("docs.example.com.evil.example"),
        ),
        (
            "distribution's name",
            "d111111abcdef8.cloudfront.net/a",
            other("d111111abcdef8.cloudfront.net"),
        ),
        ("other host, fragment", "https://www.other.com/#a", other("www.other.com")),
        (
            "storage",
            "https://b.s3.eu-west-1.amazonaws.com/a?X-Amz-Signature=1",
            storage("b.s3.eu-west-1.amazonaws.com"),
        ),
        ("storage over http", "http://b.s3.amazonaws.com/a", storage("b.s3.amazonaws.com")),
        ("storage, no scheme", "s3.amazonaws.com/bucket/a", storage("s3.amazonaws.com")),
        ("s3 scheme", "s3://bucket/a.pdf", storage("s3://bucket")),
        ("s3 ARN", "arn:aws:s3:::bucket/a.pdf", storage("arn:aws:s3:::bucket")),
        ("http", "http://docs.example.com/a", not_secure("docs.example.com")),
        ("http, port", "http://docs.example.com:8080/a", not_secure("docs.example.com:8080")),
        ("user", "https://docs.example.com@evil.example/a", AddressError::HasUserInfo),
        ("user of the site", "https://me@docs.example.com/a", AddressError::HasUserInfo),
        (
            "backslash before @",
            "https://docs.example.com\\@evil.example/",
            AddressError::HasUserInfo,
        ),
        ("ftp", "ftp://docs.example.com/a", scheme("ftp")),
        ("file", "file:///home/me/a.pdf", scheme("file")),
        ("mailto", "mailto:me@example.com", scheme("mailto")),
        ("script", "JavaScript:alert(1)", scheme("javascript")),
        ("drive", "C:\\Users\\me\\a.pdf", scheme("file")),
        ("network share", "\\\\server\\a.pdf", scheme("file")),
        ("one slash", "https:/docs.example.com/a", AddressError::Invalid),
        ("no host", "https:///a", AddressError::Invalid),
        ("encoded host", "https://docs%2eexample.com/a", AddressError::Invalid),
        ("fragment", "https://docs.example.com/a#b", AddressError::HasFragment),
        ("fragment, no path", "https://docs.example.com#b", AddressError::HasFragment),
        ("fragment, no scheme", "docs.example.com/a#b", AddressError::HasFragment),
        ("quote", "https://docs.example.com/\"a", forbidden_as("\"", "quotation mark")),
        ("backslash", "https://docs.example.com/a\\b", forbidden_as("\\", "backslash")),
        ("angle", "https://docs.example.com/<a>", forbidden_as("<", "less-than sign")),
        ("asterisk", "https://docs.example.com/*", forbidden_as("*", "asterisk")),
        ("stray percent", "https://docs.example.com/100%.pdf", forbidden_as("%", "percent sign")),
        ("right-to-left", "exe.\u{202e}fdp", forbidden_as("U+202E", "right-to-left override")),
        ("zero width", "a\u{200b}.pdf", forbidden_as("U+200B", "zero-width space")),
        ("byte order mark", "\u{feff}a.pdf", forbidden_as("U+FEFF", "zero-width no-break space")),
        ("line break inside", "a\nb.pdf", forbidden_as("U+000A", "line break")),
        ("NUL", "a\0.pdf", forbidden_as("U+0000", "control character")),
        (
            "hidden in a host",
            "https://docs.exam\u{ad}ple.com/a",
            forbidden_as("U+00AD", "soft hyphen"),
        ),
        (
            "signed link",
            "https://docs.example.com/a?Expires=1&Signature=x&Key-Pair-Id=K",
            signed("Expires"),
        ),
        ("policy", "https://docs.example.com/a?v=1&Policy=x", signed("Policy")),
        ("other capitals", "/a?v=1&SIGNATURE", signed("Signature")),
        ("encoded parameter", "/a?%45xpires=1", signed("Expires")),
        ("through HTML", "/a?v=1&amp;Key-Pair-Id=1", signed("Key-Pair-Id")),
        ("hash algorithm", "/a?Hash-Algorithm=SHA256", signed("Hash-Algorithm")),
    ];
    for (name, typed, error) in cases {
        assert_eq!(DocumentAddress::parse(typed, &site()), Err(error), "{name}");
    }
}

#[test]
fn length_is_counted_after_encoding() {
    let origin = site().origin().len() + 1;
    let longest = "a".repeat(MOST_BYTES - origin);
    assert!(DocumentAddress::parse(&longest, &site()).is_ok());
    for (text, length) in [
        (format!("{longest}a"), MOST_BYTES + 1),
        (" ".repeat(9) + &"\u{e9}".repeat(2000), origin + 12_000),
        ("a".repeat(2_000_000), 2_000_000),
    ] {
        assert_eq!(
            DocumentAddress::parse(&text, &site()),
            Err(AddressError::TooLong { length, most: MOST_BYTES })
        );
    }
}

#[test]
fn practice_addresses_are_http_and_keep_their_port() {
    let site = Site::practice(9000);
    for typed in ["/a b.pdf", "http://127.0.0.1:9000/a b.pdf", "127.0.0.1:9000/a%20b.pdf"] {
        let address = DocumentAddress::parse(typed, &site).unwrap();
        assert_eq!(address.as_str(), "http://127.0.0.1:9000/a%20b.pdf");
    }
    let other_port = DocumentAddress::parse("http://127.0.0.1:9001/a", &site);
    assert!(matches!(other_port, Err(AddressError::OtherSite { .. })));
    let https = DocumentAddress::parse("https://127.0.0.1:9000/a", &site);
    assert!(matches!(https, Err(AddressError::OtherScheme { .. })));
}

#[test]
fn an_internationalised_site_takes_both_spellings_of_its_host() {
    let site = Site::parse("b\u{fc}cher.example").unwrap();
    for typed in
        ["https://B\u{dc}CHER.example/a", "xn--bcher-kva.example/a", "b\u{fc}cher.example/a"]
    {
        let address = DocumentAddress::parse(typed, &site).unwrap();
        assert_eq!(address.as_str(), "https://xn--bcher-kva.example/a", "{typed}");
    }
}

#[test]
fn file_names_are_for_people() {
    let cases = [
        ("a/b c.pdf", "b c.pdf"),
        ("r\u{e9}sum\u{e9}.pdf?v=a/b", "r\u{e9}sum\u{e9}.pdf"),
        ("a/folder/", "folder"),
        ("/", "docs.example.com"),
        ("a%E2%80%AEfdp.exe", "a[U+202E]fdp.exe"),
        ("a%0Ab", "a[U+000A]b"),
        ("a%2F..%5Cb", "a%2F..%5Cb"),
        ("caf%E9.pdf", "caf%E9.pdf"),
    ];
    for (typed, name) in cases {
        let address = DocumentAddress::parse(typed, &site()).unwrap();
        assert_eq!(address.file_name(), name, "{typed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_address_is_plain_and_reads_back_as_itself(
        text in ".{0,60}|\\PC{0,60}|(https://docs\\.example\\.com)?[ -~é]{0,60}|[a-zA-Z0-9%?&=#/.:@\\\\]{0,40}"
    ) {
        let site = site();
        if let Ok(address) = DocumentAddress::parse(&text, &site) {
            let url = address.as_str();
            prop_assert!(url.starts_with("https://docs.example.com/"), "{}", url);
            prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{}", url);
            prop_assert!(!url.contains(['"', '\'', '\\', '#', '*', '<', '>', '`']), "{}", url);
            prop_assert_eq!(address.host(), site.host());
            prop_assert_eq!(format!("{}{}", site.origin(), address.path()), url);
            prop_assert_eq!(DocumentAddress::parse(url, &site), Ok(address.clone()));
            prop_assert!(address.file_name().chars().all(|c| unseen_name(c).is_none()));
        }
    }

    #[test]
    fn every_visible_name_comes_back_from_its_address(name in "[^/?%\\pC\\pZ]{1,20}\\.pdf") {
        let address = DocumentAddress::parse(&name, &site());
        if let Ok(address) = address {
            prop_assert_eq!(encode::decoded(address.path()), format!("/{name}"));
        }
    }
}

#[test]
fn urls_of_scripts_keep_their_bytes() {
    for (typed, signed) in [
        (
            "https://d111111abcdef8.cloudfront.net/a.pdf",
            "https://d111111abcdef8.cloudfront.net/a.pdf",
        ),
        (
            "https://Docs.Example.com:443/a%20b?x=1&y=(2)",
            "https://Docs.Example.com:443/a%20b?x=1&y=(2)",
        ),
        ("http://h.example/a+b;c=d,e@f:g!$&~", "http://h.example/a+b;c=d,e@f:g!$&~"),
        ("HTTPS://h.example/a", "https://h.example/a"),
        ("https://h.example/a b/\u{e9}'", "https://h.example/a%20b/%C3%A9%27"),
        ("https://b\u{fc}cher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://h.example", "https://h.example/"),
        ("https://h.example?x=1", "https://h.example/?x=1"),
        ("https://h.example/./a//../b", "https://h.example/./a//../b"),
        ("https://h.example/reports/*?v=*", "https://h.example/reports/*?v=*"),
    ] {
        let address = DocumentAddress::parse_url(typed).unwrap();
        assert_eq!(address.as_str(), signed);
        assert_eq!(DocumentAddress::parse_url(signed).unwrap(), address);
    }
    for (typed, error) in [
        (" ", AddressError::Empty),
        ("a.pdf", AddressError::Invalid),
        ("https:///a", AddressError::Invalid),
        ("ftp://h.example/a", AddressError::OtherScheme { scheme: "ftp".to_owned() }),
        ("https://me@h.example/a", AddressError::HasUserInfo),
        ("https://h.example/a#b", AddressError::HasFragment),
        (
            "https://h.example/a?Expires=1",
            AddressError::HasSigningParameter { name: "Expires".to_owned() },
        ),
        ("https://h.example/\\", forbidden_as("\\", "backslash")),
        (
            "https://b.s3.amazonaws.com/a",
            AddressError::IsStorageAddress { host: "b.s3.amazonaws.com".to_owned() },
        ),
    ] {
        assert_eq!(DocumentAddress::parse_url(typed), Err(error), "{typed}");
    }
}

#[test]
fn a_name_is_in_its_folder() {
    let site = Site::parse("docs.example.com").unwrap();
    let path = |folder: &str, text: &str| {
        DocumentAddress::parse_in(folder, text, &site).map(|address| address.path().to_owned())
    };
    for folder in [
        "reports/2026",
        "/reports/2026/",
        " reports/2026/ ",
        "https://docs.example.com/reports/2026",
    ] {
        assert_eq!(path(folder, "a b.pdf"), Ok("/reports/2026/a%20b.pdf".to_owned()), "{folder}");
    }
    assert_eq!(path("reports", "2026/a.pdf"), Ok("/reports/2026/a.pdf".to_owned()));
    assert_eq!(path("reports", "/a.pdf"), Ok("/a.pdf".to_owned()));
    assert_eq!(path("reports", "https://docs.example.com/a.pdf"), Ok("/a.pdf".to_owned()));
    for none in ["", " ", "/"] {
        assert_eq!(path(none, "a.pdf"), Ok("/a.pdf".to_owned()), "{none}");
    }
    let other = AddressError::OtherSite {
        host: "other.example".to_owned(),
        site: "docs.example.com".to_owned(),
    };
    assert_eq!(path("https://other.example/reports", "a.pdf"), Err(other));
}

#[test]
fn a_files_name_is_read_whole_whatever_stands_in_it() {
    for name in [
        "a.pdf",
        "What is this?.pdf",
        "100%.pdf",
        "100%41.pdf",
        "a%20b.pdf",
        "a*b.pdf",
        "No. #3 (v2) \"final\".pdf",
        "Müller, Q3?.pdf",
        "a\\b.pdf",
        "?",
        "*",
        "reports/What is this?.pdf",
    ] {
        let path = path_of(&typed_name(name));
        let path = path.strip_prefix('/').unwrap();
        assert!(!path.contains(['?', '*']), "{path}");
        assert_eq!(encode::decoded(path), name, "{path}");
    }
    assert_eq!(typed_name("Müller (2).pdf"), "Müller (2).pdf");
}
